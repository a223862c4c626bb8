"""The build as MkDocs runs it: weaving the pages, staging, kept pages, what templates are given."""
