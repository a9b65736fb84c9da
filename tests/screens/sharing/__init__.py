"""The sharing screen."""
