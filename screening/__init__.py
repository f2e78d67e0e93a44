"""Message in, verdict out. Pure functions and small classes: no HTTP, no files written."""
