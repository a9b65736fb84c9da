"""Triage: one card at a time over what waits for a verdict."""

from screens.triage.screen import TriageScreen

__all__ = ["TriageScreen"]
