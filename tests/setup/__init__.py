"""Tests of the installation: the pins, and what puts them in place."""
