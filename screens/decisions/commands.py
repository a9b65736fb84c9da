"""What can be done to a decision, on the list and on its page alike."""

from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from typing import Any

from screens.commands.command import AnyCommand, Command
from screens.commands.item_command import picked_person
from screens.decisions.forms import DAYS, QUESTION, edit_form, new_form
from screens.decisions.place import DecisionCommand, DecisionPlace
from screens.decisions.ruling import RULING
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Choice, Picker
from screens.requests import Copy
from screens.wording import glyphs
from screens.wording.goal_rows import SIGN
from store.change import ChangeSet, decision_archived, decision_edited, decision_linked, decision_unlinked
from store.clock import day_words, parse_day
from store.exchange import decision_madr
from store.models import Decision


class NewDecision(Command[DecisionPlace]):
    """Logs a decision."""

    id = "decision.new"
    title = "New decision"
    help = "A short form; all other fields can be filled in later with E."
    key = "n"
    hint = "new"
    group = "Decision"

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask for it."""
        return self._ask(where)

    @staticmethod
    async def _ask(where: DecisionPlace) -> None:
        change = await where.ask(new_form(where))
        if change:
            where.go_to_decision(change.edits[0].id)
            where.do(change)


class EditDecision(DecisionCommand):
    """Changes everything in one form."""

    id = "decision.edit"
    title = "Edit all of it"
    help = "All fields in one form: question, drivers, options, outcome, consequences, people, expectation."
    key = "E"
    hint = "edit"

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Show the form."""
        return self._ask(where, self.decision(where))

    @staticmethod
    async def _ask(where: DecisionPlace, decision: Decision) -> None:
        change = await where.ask(edit_form(where, decision))
        if change:
            where.do(change)


class EditDecisionTitle(DecisionCommand):
    """Changes the title."""

    id = "decision.title"
    title = "Edit the title"
    help = "Changes the question, or what was decided."
    key = "e"

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask for the title."""
        return self._ask(where, self.decision(where))

    @staticmethod
    async def _ask(where: DecisionPlace, decision: Decision) -> None:
        text = await where.ask(LineDialog("Title", value=decision.title, demanded=QUESTION, is_kept=True))
        if text:
            where.do(_edited(where, decision, title=text))


class SetDecisionOwner(DecisionCommand):
    """Says who brings it about."""

    id = "decision.owner"
    title = "Owner"
    help = "Who sees to it that it is decided, and kept."
    key = "a"
    hint = "owner"

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask for the person."""
        return self._ask(where, self.decision(where))

    @staticmethod
    async def _ask(where: DecisionPlace, decision: Decision) -> None:
        name = await picked_person(where, f"Owner of “{decision.title}”", [decision.owner])
        if name is not None:
            where.do(_edited(where, decision, owner=name))


class _SetDay(DecisionCommand):
    """Sets one of the days of a decision."""

    field: str
    words: str

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask for the day."""
        return self._ask(where, self.decision(where))

    async def _ask(self, where: DecisionPlace, decision: Decision) -> None:
        today = where.office.today
        present: date | None = getattr(decision, self.field)
        reading: Callable[[str], str] = lambda line: day_words(parse_day(line, today), today)  # noqa: E731
        value = present.isoformat() if present else ""
        text = await where.ask(LineDialog(self.words, value=value, placeholder=DAYS, reading=reading))
        if text is not None:
            where.do(_edited(where, decision, **{self.field: parse_day(text, today) if text else None}))


class SetDecideBy(_SetDay):
    """Says by when it is to be decided."""

    id = "decision.decide_by"
    title = "Decide by"
    help = "The day by which it is to be decided; empty takes it away."
    key = "D"
    hint = "decide by"
    field = "decide_by"
    words = "Decide by"


class SetReview(_SetDay):
    """Says when it is looked at again."""

    id = "decision.review"
    title = "Review on"
    help = "The day on which it is looked at again: did it bring what was expected?"
    key = "V"
    field = "review_on"
    words = "Review on"


class LinkItems(DecisionCommand):
    """Links items."""

    id = "decision.items"
    title = "Link items"
    help = "Items that wait for it or are done because of it; tab marks several, marked ones can be taken off."
    key = "l"
    hint = "link items"

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask for the items."""
        return self._ask(where, self.decision(where))

    @staticmethod
    async def _ask(where: DecisionPlace, decision: Decision) -> None:
        workspace = where.workspace
        linked = [workspace.items[number] for number in sorted(decision.items) if number in workspace.items]
        others = sorted(
            (item for item in workspace.open_items if item.id not in decision.items),
            key=lambda item: item.title.casefold(),
        )
        folded = [(item, f"{item.title} {workspace.name_of(item)}".casefold()) for item in (*linked, *others)]

        def found(text: str) -> Sequence[Choice]:
            words = text.casefold().split()
            return [
                Choice(str(item.id), item.title, workspace.name_of(item), glyphs.state_of(item, workspace)[0])
                for item, text_of_item in folded
                if all(word in text_of_item for word in words)
            ]

        current = [str(item.id) for item in linked]
        picked = await where.ask(Picker(f"Items of “{decision.title}”", found, current=current, many=True))
        if picked is not None:
            where.do(_relinked(where, decision, "items", frozenset(int(number) for number in picked)))


class LinkGoals(DecisionCommand):
    """Links goals."""

    id = "decision.goals"
    title = "Link goals"
    help = "Goals it rests on: when one is given up, the decision is named."
    key = "m,L"
    hint = "goals"

    def unavailable(self, where: DecisionPlace) -> str | None:
        """Needs a decision and a goal."""
        return super().unavailable(where) or (None if where.workspace.goals else "There are no goals yet.")

    def run(self, where: DecisionPlace) -> Coroutine[Any, Any, None]:
        """Ask for the goals."""
        return self._ask(where, self.decision(where))

    @staticmethod
    async def _ask(where: DecisionPlace, decision: Decision) -> None:
        workspace = where.workspace
        goals = sorted(workspace.goals.values(), key=lambda goal: goal.title.casefold())
        choices = [
            Choice(str(goal.id), goal.title, workspace.name_of(goal), SIGN[goal.status][0])
            for goal in goals
            if goal.archived is None or goal.id in decision.goals
        ]
        current = [str(number) for number in decision.goals if number in workspace.goals]
        picked = await where.ask(Picker(f"“{decision.title}” rests on", choices, current=current, many=True))
        if picked is not None:
            where.do(_relinked(where, decision, "goals", frozenset(int(number) for number in picked)))


class CopyDecision(DecisionCommand):
    """Copies the decision as Markdown."""

    id = "decision.copy"
    title = "Copy as Markdown"
    help = "Sends the decision as a Markdown record (MADR 4) to the clipboard of the terminal."
    key = "y"

    def run(self, where: DecisionPlace) -> None:
        """Copy it."""
        decision = self.decision(where)
        text = decision_madr(where.workspace, decision)
        where.post_message(Copy(text, f"{where.workspace.name_of(decision)} as Markdown"))


class ArchiveDecision(DecisionCommand):
    """Puts the decision out of sight."""

    id = "decision.archive"
    title = "Archive"
    help = "Takes the decision out of the list; nothing is removed, and undo brings it back."
    key = "A"

    def run(self, where: DecisionPlace) -> None:
        """Archive at once; it is undoable."""
        decision = self.decision(where)
        where.do(decision_archived(where.workspace, decision.id, now=where.office.now(), by=where.office.me))


DECISION_COMMANDS: tuple[type[AnyCommand], ...] = (
    RULING[0],
    EditDecision,
    SetDecideBy,
    SetDecisionOwner,
    LinkItems,
    LinkGoals,
    *RULING[1:],
    EditDecisionTitle,
    SetReview,
    CopyDecision,
    ArchiveDecision,
)
"""Commands on the decision in view, in the order of the hint bar."""


def _edited(where: DecisionPlace, decision: Decision, **fields: Any) -> ChangeSet:
    return decision_edited(where.workspace, decision.id, where.office.now(), where.office.me, **fields)


def _relinked(where: DecisionPlace, decision: Decision, field: str, wanted: frozenset[int]) -> ChangeSet:
    """Links as they are wanted; the sentence names what was added where nothing was taken off."""
    workspace, now, me = where.workspace, where.office.now(), where.office.me
    present: frozenset[int] = getattr(decision, field)
    known = {number for number in present if workspace.get(field, number) is not None}
    if not known - wanted:
        return decision_linked(workspace, decision.id, now, me, **{field: wanted - present})
    if not wanted - present:
        return decision_unlinked(workspace, decision.id, now, me, **{field: known - wanted})
    return decision_edited(workspace, decision.id, now, me, **{field: wanted})
