"""The blocks that authors write in a page, each completed from its options and from the records of the series."""
