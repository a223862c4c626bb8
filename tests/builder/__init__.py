"""The policy builder."""
