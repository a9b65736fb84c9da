"""Sharing: conflicts to settle, what changed, and git."""
