"""Titles in borders, from data that must never be read as markup."""

from textual.content import Content
from textual.widget import Widget

from screens.wording.clean import clean


def entitle(widget: Widget, title: str, subtitle: str = "") -> None:
    """Put plain words into the border of a widget."""
    widget.border_title = Content(clean(title))
    widget.border_subtitle = Content(clean(subtitle))
