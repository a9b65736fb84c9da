"""The first screen of the day."""

from textual.app import ComposeResult
from textual.widgets import Static

from screens.screen import LeadlineScreen


class OverviewScreen(LeadlineScreen):
    """Being built."""

    TITLE_WORDS = "Overview"

    def compose_body(self) -> ComposeResult:
        """Nothing yet."""
        yield Static("")
