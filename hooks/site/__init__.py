"""The site's own files: what templates are given, the catalogue, downloads, permanent addresses, and safe output."""
