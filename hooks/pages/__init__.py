"""Pages: callout blocks, reference marks, and their resolution once every page is known."""
