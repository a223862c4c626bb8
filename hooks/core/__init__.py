"""What knows nothing of the series: problems, the cache, YAML with lines, HTML trees, addresses, processes, citation syntax."""
