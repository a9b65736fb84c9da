"""The decision log: what waits, what is in force, and each decision on a page of its own."""
