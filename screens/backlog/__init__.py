"""The backlog: every item in one list."""
