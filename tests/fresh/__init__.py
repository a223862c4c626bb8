"""The README followed word by word on a bare machine."""
