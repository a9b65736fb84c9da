"""What is shown where there is no store yet."""

from screens.start.screen import StartScreen

__all__ = ["StartScreen"]
