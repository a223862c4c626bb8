"""How the tests start Java."""

QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a run of a few seconds: the first compiler only, and no threads that clean up beside the work. It halves the processor time."""
