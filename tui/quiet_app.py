"""An app that breaks quietly: the terminal is restored and the error kept for the one who started it."""

from typing import Generic, TypeVar

from rich.console import RenderableType
from textual.app import App

from store.errors import ExitCode

Answer = TypeVar("Answer")


class QuietApp(App[Answer], Generic[Answer]):
    """Textual prints the values of local variables when it breaks, and ends with exit status 0. This one does neither.

    After `run`, `broken_by` says what nobody caught; None means that all went well.
    """

    broken_by: BaseException | None = None

    def _fatal_error(self) -> None:
        # Private in Textual 8: a test fails if it is renamed, because then the values would be printed again.
        self._close_quietly()

    def panic(self, *renderables: RenderableType) -> None:
        """Close; what should be printed is left to the crash report, because it may show data."""
        del renderables
        self._close_quietly()

    def _close_quietly(self) -> None:
        # The first error is the cause; those that follow come from closing in the middle of something.
        if self.broken_by is None:
            self.broken_by = self._exception
        self._return_code = ExitCode.CRASHED
        self._close_messages_no_wait()
