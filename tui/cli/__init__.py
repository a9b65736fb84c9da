"""The command line: every screen's plain twin. Loads Textual only to open the full screen."""

from tui.cli.running import run

__all__ = ["run"]
