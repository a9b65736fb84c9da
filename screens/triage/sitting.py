"""One triage sitting as it goes: which card is on the table, what was said, and how long it took. Knows no widget."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from screens.triage.card_clock import CardClock
from screens.triage.round import Round
from store.change import ChangeSet, Edit, new_session, open_session, ruled
from store.models import Item, NewId, Session, SessionRuled, Verdict, Workspace
from store.triage import Card, Pace, TriageSummary, queue, summary

RESUME_WITHIN = timedelta(hours=24)
"""A sitting that was left longer ago is not gone on with: its minutes would be about two days."""


@dataclass(frozen=True, slots=True)
class Given:
    """The verdict given last: what `.` repeats and `r` explains."""

    item: int
    verdict: Verdict


class Sitting:
    """The state of one sitting. Times come in as arguments; `workspace` is always the newest one known here.

    Args:
        me: who sits.
        new_id: draws the id of the session.
    """

    def __init__(self, me: str, new_id: NewId) -> None:
        self._me = me
        self._new_id = new_id
        self._before: dict[int, Item] = {}
        self._settled: set[int] = set()
        self.workspace = Workspace()
        self.round = Round()
        self.cards: dict[int, Card] = {}
        self.session: Session | None = None
        self.clock = CardClock()
        self.is_resumed = False

    # Beginning and ending

    def begin(self, workspace: Workspace, now: datetime, *, include_stale: bool = False) -> None:
        """Lay out the cards: those of a sitting that was paused lately first, then all that waits."""
        self.workspace = workspace
        self.session = self._resumable(workspace, now)
        # Asked for, and so made: an item that is made later would look as if somebody had changed it.
        done = tuple(dict.fromkeys(line.item for line in self._lines() if workspace.items.get(line.item) is not None))
        self.is_resumed = bool(done)
        self._settled = set(done)
        self.cards = {}
        self._before = {card: item for card, item in self._before.items() if card in self._settled}
        self._deal(queue(workspace, now, include_stale=include_stale, without=set(done)))
        self.round = Round((*done, *self.cards), len(done))

    def add(self, now: datetime, *, include_stale: bool = False) -> int:
        """Put what waits and has no card yet behind the others; the number of new cards."""
        known = set(self.round.order)
        found = queue(self.workspace, now, include_stale=include_stale, without=known)
        self._deal(found)
        self.round = self.round.with_more(card.item.id for card in found)
        return len(found)

    def place_first(self, item: int) -> None:
        """Put this item on the table now."""
        self._settled.discard(item)
        self.round = self.round.with_first(item)

    def _deal(self, cards: Iterable[Card]) -> None:
        self.cards.update({card.item.id: card for card in cards})

    def _resumable(self, workspace: Workspace, now: datetime) -> Session | None:
        session = open_session(workspace, self._me)
        if session is None:
            return None
        latest = max([session.started.at, *(line.at for line in session.verdicts)])
        return session if now - latest < RESUME_WITHIN else None

    # The table

    @property
    def item(self) -> Item | None:
        """The item on the table; None at the end."""
        return None if self.round.current is None else self.workspace.items.get(self.round.current)

    @property
    def skipped(self) -> int:
        """How many cards before the one on the table have no verdict yet."""
        return sum(1 for card in self.round.order[: self.round.at] if card not in self._settled)

    @property
    def waiting(self) -> int:
        """How many cards from the one on the table on have no verdict yet."""
        return sum(1 for card in self.round.order[self.round.at :] if card not in self._settled)

    @property
    def said(self) -> Verdict | None:
        """The verdict that the card on the table got in this sitting; None while it waits."""
        item = self.item
        return item.verdict if item is not None and any(line.item == item.id for line in self._lines()) else None

    @property
    def last(self) -> Given | None:
        """The verdict given last in this sitting, as it is now; None before the first."""
        for line in reversed(self._lines()):
            item = self.workspace.items.get(line.item)
            if item is not None and item.verdict is not None:
                return Given(item.id, item.verdict)
        return None

    @property
    def pace(self) -> Pace:
        """The seconds of the cards so far."""
        return Pace(tuple(line.seconds for line in self._lines()))

    @property
    def summary(self) -> TriageSummary | None:
        """What came out so far; None before the first verdict."""
        session = self.stored_session
        return summary(session, self.workspace) if session is not None and session.verdicts else None

    @property
    def stored_session(self) -> Session | None:
        """The session as the workspace has it."""
        return None if self.session is None else self.workspace.sessions.get(self.session.id)

    @property
    def next_card(self) -> int | None:
        """The card that will come after a verdict."""
        return self.round.next_after(self._settled)

    def step(self, by: int) -> None:
        """Go on or back by one card."""
        self.round = self.round.stepped(by)

    def _lines(self) -> tuple[SessionRuled, ...]:
        stored = self.stored_session
        return stored.verdicts if stored is not None else ()

    # Verdicts

    def rule(self, verdict: Verdict) -> ChangeSet:
        """The change that gives this verdict to the card on the table; nothing is changed yet.

        A card that had its verdict in this sitting gets the new one as if the old had never been given. The last card
        ends the session in the same change, so that undoing it opens the session again.

        Raises:
            LookupError: no card is on the table.
            RuleError: the verdict lacks what it needs.
        """
        item = self.item
        if item is None:
            message = "no card is on the table"
            raise LookupError(message)
        if self.session is None:
            self.session = new_session(self._new_id, verdict.at, self._me, agenda="what waits")
        fresh = self._as_before(item)
        workspace = self.workspace if fresh is item else self.workspace.with_records({"items": {item.id: fresh}})
        change = ruled(workspace, self.session, item.id, verdict, self.clock.seconds(verdict.at))
        first, session = change.edits
        if self.next_card is None and not self.skipped and isinstance(session.after, Session):
            session = replace(session, after=session.after.with_(ended=verdict.at))
        return replace(change, edits=(replace(first, before=item), session))

    def ruled(self, change: ChangeSet) -> None:
        """Take note of a verdict that is being carried out, and turn to the next card."""
        edit = change.edits[0]
        if isinstance(edit.before, Item):
            self._before.setdefault(edit.id, edit.before)
            self._settled.add(edit.id)
            self.clock.forget(edit.id)
        self.round = self.round.on_to_next(self._settled)

    def _as_before(self, item: Item) -> Item:
        """The item as it was before this sitting spoke of it; goals, size and all else as they are now."""
        before = self._before.get(item.id)
        if before is None or self.said is None:
            return item
        return item.with_(
            stage=before.stage, past_moves=before.past_moves, horizon=before.horizon, verdict=before.verdict
        )

    # Changes

    def bring_back(self, ids: Collection[int]) -> bool:
        """Put a card on the table that waits for its verdict again, such as after an undo; whether there is one."""
        waiting = [card for card in self.round.order if card in ids and card not in self._settled]
        if waiting:
            self.round = self.round.to(waiting[-1])
        return bool(waiting)

    def follow(self, workspace: Workspace) -> bool:
        """Take the next workspace. The card on the table stays there unless it has its verdict.

        Args:
            workspace: the newest one.

        Returns:
            Whether a card changed.
        """
        before, self.workspace = self.workspace, workspace
        if before.items is workspace.items and before.sessions is workspace.sessions:
            return False
        old, new = before.items, workspace.items
        changed = [card for card in self.round.order if old.get(card) is not new.get(card)]
        gone = {card for card in changed if card not in new}
        if gone:
            self.round = self.round.without(gone)
            changed = [card for card in changed if card not in gone]
        was_settled = {card for card in changed if card in self._settled}
        spoken = {line.item for line in self._lines()}
        for card in changed:
            is_waiting = card not in spoken and self._is_open(new[card])
            (self._settled.discard if is_waiting else self._settled.add)(card)
        self._before = {card: item for card, item in self._before.items() if card in spoken or card in self._settled}
        if self.round.current in changed and self.round.current not in was_settled:
            self.round = self.round.on_to_next(self._settled)
        return bool(changed or gone)

    def _is_open(self, item: Item) -> bool:
        return item.archived is None and self.workspace.kind_of(item).is_open


def reason_given(workspace: Workspace, given: Given, reason: str, now: datetime, by: str) -> ChangeSet:
    """Another reason for a verdict that was given already."""
    item = workspace.items.get(given.item)
    if item is None or item.verdict is None or item.verdict.reason == reason:
        return ChangeSet("Left the reason as it was", (), now, by)
    after = item.with_(verdict=item.verdict.with_(reason=reason))
    sentence = f"Gave a reason for {workspace.name_of(item)}"
    return ChangeSet(sentence, (Edit(item, after),), now, by)
