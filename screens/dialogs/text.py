"""Long text: in a dialog, or in the editor of the person's choice."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from screens.dialogs.dialog import Dialog
from store.disk.limited import read_limited
from store.errors import RuleError

LARGEST = 1024 * 1024
"""Bytes that are read back from an editor."""


class TextDialog(Dialog[str]):
    """Asks for long text; ctrl+s gives it, esc closes without a change.

    Args:
        title: what is asked.
        value: what stands there at first.
        keeps: what giving the text does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", show=False, priority=True),
        Binding("ctrl+e", "edit_outside", "Edit in $EDITOR", show=False, priority=True),
        Binding("escape", "leave", "Close", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    TextDialog {
        #dialog { width: 96; height: 80%; }
        TextArea { height: 1fr; }
    }
    """

    def __init__(self, title: str, value: str = "", *, keeps: str = "keeps") -> None:
        super().__init__(title, f"ctrl+s {keeps} · ctrl+e opens your editor · esc closes")
        self._value = value
        self._area = TextArea(value, soft_wrap=True, show_line_numbers=False)
        # Not always the value: the editor knows one kind of line end.
        self._at_first = self._area.text

    def compose_inside(self) -> ComposeResult:
        """The text."""
        yield self._area

    def action_keep(self) -> None:
        """Give the text; to the character what stood there, if nothing was typed."""
        self.dismiss(self._area.text if self._is_touched else self._value)

    def action_leave(self) -> None:
        """Close; ask first when something was typed."""
        if self._is_touched:
            self.run_worker(self._ask_and_leave())
        else:
            self.dismiss(None)

    @property
    def _is_touched(self) -> bool:
        return self._area.text != self._at_first

    async def _ask_and_leave(self) -> None:
        from screens.dialogs.confirm import Confirm  # late: most texts are kept

        if await self.app.push_screen_wait(Confirm("Throw away what you typed?", "ctrl+s would keep it.")):
            self.dismiss(None)

    def action_edit_outside(self) -> None:
        """Go on in the person's own editor."""
        area = self._area
        try:
            area.text = edited_outside(self.app, area.text)
        except RuleError as error:
            self.notify(str(error), severity="warning", markup=False)


def edited_outside(app: App[Any], text: str, name: str = "text") -> str:
    """The text after a visit to $VISUAL or $EDITOR; leadline waits meanwhile.

    Args:
        app: the program, which gives the terminal away for the time.
        text: what stands in the editor at first.
        name: the file's name without ending; never taken from data.

    Raises:
        RuleError: no editor is set, it could not be started, it failed, or it left too much or unreadable text.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not command.strip():
        message = "No editor is set."
        raise RuleError(message, "Set EDITOR, for example: export EDITOR=vim.")
    # A folder that nobody else may look into (0700): the text may be private.
    with tempfile.TemporaryDirectory(prefix="leadline-") as folder:
        file = Path(folder, f"{name}.md")
        file.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                ended = subprocess.run([*shlex.split(command), str(file)], check=False)  # noqa: S603 - the person's own editor
        except SuspendNotSupported as error:
            message = "This terminal cannot be given to an editor."
            raise RuleError(message, "E edits the text here.") from error
        except (OSError, ValueError) as error:
            message = f"The editor “{command}” could not be started: {error}."
            raise RuleError(message, "Set EDITOR to a program that is installed.") from error
        if ended.returncode != 0:
            message = f"The editor ended with {ended.returncode}; the text was left as it was."
            raise RuleError(message)
        try:
            return read_limited(file, LARGEST).decode().rstrip("\n")
        except FileNotFoundError as error:
            message = "The editor left no file behind; the text was left as it was."
            raise RuleError(message) from error
        except OSError as error:
            message = f"The text was left as it was: {error.strerror}."
            raise RuleError(message, "One megabyte is the most.") from error
        except UnicodeDecodeError as error:
            message = "The editor left text that is not UTF-8; it was left as it was."
            raise RuleError(message, "Save it as UTF-8.") from error
