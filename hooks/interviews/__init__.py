"""Interviews held for the series: consent that the build enforces, withdrawal that leaves no trace, and a scaffold for records."""
