"""A file that is not whole: what can be read of it, what will be done, and only then a write."""
