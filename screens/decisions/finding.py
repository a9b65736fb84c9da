"""A line that finds decisions by their words while it is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from store.models import Decision, Workspace


class FindLine(Input):
    """One line at the top of the list; enter keeps what was found, esc drops it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "drop", "Clear", show=False)]
    DEFAULT_CSS = """
    FindLine, FindLine:focus { height: 1; border: none; padding: 0 1; background: $panel; display: none; }
    FindLine.-open { display: block; }
    """

    class Dropped(Message):
        """Esc was pressed: nothing is to be found any more."""

    def __init__(self) -> None:
        super().__init__(placeholder="words of the question, the options, the reasons", select_on_focus=False)

    def action_drop(self) -> None:
        """Tell that nothing is looked for."""
        self.post_message(self.Dropped())


class Words:
    """The words of each decision, folded once for all that is typed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._folded: dict[int, str] = {}

    def match(self, decision: Decision, text: str) -> bool:
        """Whether every typed word is somewhere in the decision: title, id, people, question, options, reasons."""
        folded = self._folded.get(decision.id)
        if folded is None:
            folded = self._folded[decision.id] = self._text(decision).casefold()
        return all(word in folded for word in text.casefold().split())

    def _text(self, decision: Decision) -> str:
        options = (
            words for option in decision.options for words in (option.title, *option.good, *option.neutral, *option.bad)
        )
        names = (f"@{name}" for name in (decision.owner, *decision.deciders) if name)
        return "\n".join((
            decision.title,
            self._workspace.name_of(decision),
            decision.status.status.value,
            decision.status.reason,
            decision.context,
            decision.chosen,
            decision.because,
            decision.consequences,
            *names,
            *decision.drivers,
            *options,
        ))
