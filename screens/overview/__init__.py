"""The first screen of the day."""

from screens.overview.screen import OverviewScreen

__all__ = ["OverviewScreen"]
