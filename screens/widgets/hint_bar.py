"""The last line of a screen: the keys that matter here, in whole words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from screens.theme import TONES
from screens.wording.clean import clean

GAP: Final = "   "


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and the words for what it does; `action` names the command for who hears `Pressed`.

    A hint that is not enabled stays, dimmed: pressing it says why it cannot work now.
    """

    key: str
    words: str
    enabled: bool = True
    action: str = ""

    @property
    def text(self) -> str:
        """What the bar shows."""
        return f"{clean(self.key)} {clean(self.words)}"


MORE: Final = Hint("?", "more", action="help")


class HintBar(Widget):
    """One line of hints, the most important first.

    Hints are shown whole or not at all; those without room are behind `? more`, which is always there.
    """

    DEFAULT_CSS = """
    HintBar { height: 1; padding: 0 1; color: $foreground; }
    """

    ALLOW_SELECT = False

    hints: reactive[Sequence[Hint]] = reactive[Sequence[Hint]](())
    """The hints in the order of their importance, without `? more`."""

    class Pressed(Message):
        """A hint was clicked; also one that is not enabled."""

        def __init__(self, hint: Hint) -> None:
            super().__init__()
            self.hint = hint

    def __init__(
        self,
        hints: Sequence[Hint] = (),
        *,
        id: str | None = None,  # noqa: A002  every widget calls it so
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(HintBar.hints, tuple(hints))

    def shown(self) -> tuple[Hint, ...]:
        """The hints there is room for, `? more` last."""
        room = self.size.width - cell_len(MORE.text)
        shown: list[Hint] = []
        for hint in self.hints:
            room -= cell_len(hint.text) + len(GAP)
            if room < 0:
                break
            shown.append(hint)
        return (*shown, MORE)

    def render(self) -> Content:
        """The line."""
        parts: list[Content | str | tuple[str, str]] = []
        for hint in self.shown():
            key, words = ("accent", "") if hint.enabled else ("muted", "muted")
            parts += [(clean(hint.key), TONES[key]), " ", (clean(hint.words), TONES[words]), GAP]
        return Content.assemble(*parts[:-1])

    def on_click(self, event: Click) -> None:
        """Tell which hint was clicked."""
        at = event.get_content_offset(self)
        x = 0
        for hint in self.shown():
            end = x + cell_len(hint.text)
            if at is not None and x <= at.x < end:
                event.stop()
                self.post_message(self.Pressed(hint))
                return
            x = end + len(GAP)
