"""Lists made from the whole series, the interactive tools and the policy builder."""
