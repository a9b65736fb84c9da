"""Conflicts are settled: one key a choice, or a value of one's own."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from screens.commands.command import AnyCommand
from screens.dialogs.line import LineDialog
from screens.dialogs.picker import Picker
from screens.dialogs.text import TextDialog
from screens.dialogs.verdict import what_it_needs
from screens.sharing.own_values import options_for, why_not_typed
from screens.sharing.place import DisputeCommand, SharingPlace
from screens.wording.dispute import SIDES, Dispute
from screens.wording.typed_values import typed
from store.change import ChangeSet, Choice, joined, lines_of, settled
from store.models import Json, Ruling
from store.triage import LikenessIndex, similar


class TakeFirst(DisputeCommand):
    """Takes the side that stands first."""

    id = "sharing.first"
    title = "Take the first side"
    help = "Settles the conflict with what the first side says: ours where git knows it. The other value is kept, too."
    key = "1"
    hint = "first"
    place = 0

    def run(self, where: SharingPlace) -> None:
        """Settle."""
        where.choose([(each, each.order[self.place]) for each in where.disputes])


class TakeSecond(TakeFirst):
    """Takes the side that stands second."""

    id = "sharing.second"
    title = "Take the second side"
    help = "Settles the conflict with what the second side says: theirs where git knows it. The first is kept, too."
    key = "2"
    hint = "second"
    place = 1


class TakeBase(DisputeCommand):
    """Takes what was there before."""

    id = "sharing.base"
    title = "Take what was there before"
    help = "Settles the conflict with the value from before both changes."
    key = "0"
    hint = "before"

    def run(self, where: SharingPlace) -> None:
        """Settle."""
        where.choose([(each, Choice.BASE) for each in where.disputes])


class TakeBoth(DisputeCommand):
    """Keeps what both sides say."""

    id = "sharing.both"
    title = "Keep both"
    help = "Settles the conflict with both: of a text both blocks, of a list what either has."
    key = "3"
    hint = "both"

    def unavailable(self, where: SharingPlace) -> str | None:
        """Needs room for two."""
        reason = super().unavailable(where)
        if reason is not None:
            return reason
        for each in where.disputes:
            if not each.conflict.field:
                return "One side deleted it and the other changed it: it can go or stay."
            first, second = (each.value(side) for side in SIDES)
            if joined(each.conflict.table, each.conflict.field, each.conflict.base, first, second) is None:
                return f"There is room for one {each.field} only; take a side, or e gives another."
        return None

    def run(self, where: SharingPlace) -> None:
        """Settle."""
        where.choose([(each, Choice.BOTH) for each in where.disputes])


class GiveOwn(DisputeCommand):
    """Asks for another value."""

    id = "sharing.own"
    title = "Give another value"
    help = "Settles the conflict with a value of your own; a text opens with what both sides say."
    key = "e"
    hint = "edit"

    def unavailable(self, where: SharingPlace) -> str | None:
        """Needs one conflict, about a value that can be typed."""
        reason = super().unavailable(where)
        if reason is not None:
            return reason
        if len(where.disputes) > 1:
            return "One at a time: a value of your own goes to one conflict."
        return why_not_typed(where.disputes[0])

    def run(self, where: SharingPlace) -> Coroutine[Any, Any, None]:
        """Ask for the value and settle."""
        return self._ask(where, where.disputes[0])

    @staticmethod
    async def _ask(where: SharingPlace, dispute: Dispute) -> None:
        conflict = dispute.conflict
        title = f"The {dispute.field} of {dispute.record}"
        if dispute.is_text or dispute.is_list:
            both = joined(conflict.table, conflict.field, conflict.base, *(dispute.value(side) for side in SIDES))
            text = await where.ask(TextDialog(title, "\n".join(lines_of(both))))
            if text is not None:
                where.do(_own(where, dispute, text if dispute.is_text else typed(dispute, text, where.office.today)))
            return
        if options := options_for(dispute):
            for picked in await where.ask(Picker(title, options)) or ():
                await _take_picked(where, dispute, picked)
            return

        def reading(text: str) -> str:
            return _own(where, dispute, typed(dispute, text, where.office.today)).sentence

        value = dispute.words(Choice.FIRST) if isinstance(dispute.value(Choice.FIRST), str | int) else ""
        text = await where.ask(LineDialog(title, value=value.strip("“”"), reading=reading))
        if text is not None:
            where.do(_own(where, dispute, typed(dispute, text, where.office.today)))


class NextDispute(DisputeCommand):
    """Goes to the next conflict."""

    id = "sharing.next"
    title = "Next conflict"
    help = "Goes to the next conflict that waits, and from the last to the first."
    key = "n"

    def unavailable(self, where: SharingPlace) -> str | None:
        """Needs one that waits."""
        return None if where.waiting else "There is no conflict to settle."

    def run(self, where: SharingPlace) -> None:
        """Go there."""
        where.arrive(record=_next(where).conflict.id)


SETTLING: tuple[type[AnyCommand], ...] = (TakeFirst, TakeSecond, TakeBase, TakeBoth, GiveOwn, NextDispute)
"""Commands on conflicts, in the order of the hint bar."""


def _next(where: SharingPlace) -> Dispute:
    ids = [each.conflict.id for each in where.waiting]
    present = where.disputes[0].conflict.id if where.disputes else 0
    at = ids.index(present) + 1 if present in ids else 0
    return where.waiting[at % len(ids)]


async def _take_picked(where: SharingPlace, dispute: Dispute, picked: str) -> None:
    item = where.workspace.items.get(dispute.conflict.record)
    if dispute.conflict.field != "verdict" or item is None or not picked:
        where.do(_own(where, dispute, typed(dispute, picked, where.office.today)))
        return
    work, ruling = where.workspace, Ruling(picked)
    # What is like it takes a moment to find.
    is_like = ruling is Ruling.DUPLICATE
    likes = await asyncio.to_thread(lambda: similar(item, LikenessIndex(work))) if is_like else ()
    answer = await what_it_needs(ruling, where, item, work, likes)
    if answer is not None:
        until = None if answer.until is None else answer.until.isoformat()
        said: Json = {"is": picked, "reason": answer.reason, "until": until, "of": answer.of}
        where.do(_own(where, dispute, {name: part for name, part in said.items() if part is not None}))


def _own(where: SharingPlace, dispute: Dispute, value: Json) -> ChangeSet:
    office = where.office
    return settled(where.workspace, dispute.conflict, Choice.OWN, office.now(), office.me, value)
