"""Changes that triage makes: sittings and verdicts."""

from datetime import datetime

from store.change.building import original_is_here, quoted
from store.change.edits import ChangeSet, Edit
from store.errors import NotFoundError
from store.models import NewId, Ruling, Session, SessionRuled, Stamp, Verdict, Workspace, made
from store.triage import decide

_SAID = {
    Ruling.NOW: "{} is for now",
    Ruling.NEXT: "{} is for next",
    Ruling.LATER: "Put off {}",
    Ruling.DECLINE: "Declined {}",
    Ruling.DUPLICATE: "{} is a duplicate",
    Ruling.ASK: "Asked about {}",
}


def new_session(
    new_id: NewId, now: datetime, by: str, agenda: str = "", people: frozenset[str] = frozenset()
) -> Session:
    """A sitting that begins now. It is stored with its first verdict, so that a look into the inbox leaves no trace."""
    return made(Session, id=new_id(), started=Stamp(at=now, by=by), agenda=agenda, people=people)


def open_session(workspace: Workspace, by: str) -> Session | None:
    """The latest sitting of this person that was not ended: the one to resume."""
    paused = [
        session
        for session in workspace.sessions.values()
        if session.ended is None and session.archived is None and session.started.by == by
    ]
    return max(paused, key=lambda session: session.started.at, default=None)


def ruled(workspace: Workspace, session: Session, item: int, verdict: Verdict, seconds: float) -> ChangeSet:
    """A verdict on an item and its line in the sitting, as one change.

    Args:
        workspace: where the item is; it may have a newer state of the sitting, which is then continued.
        session: the sitting; it need not be stored yet.
        item: the id of the item.
        verdict: what is said, with `at` and `by`.
        seconds: how long the card was open.

    Raises:
        NotFoundError: no such item, or a duplicate of an item that is not here.
        RuleError: the verdict lacks what it needs; see `decide`.
    """
    before = workspace.items.get(item)
    if before is None:
        message = "The item of this card is not here any more."
        raise NotFoundError(message, "It was taken out by an undo or another branch.")
    original_is_here(workspace, verdict)
    after = decide(before, verdict, workspace.settings)
    stored = workspace.sessions.get(session.id)
    sitting = stored or session
    line = made(SessionRuled, item=item, ruling=verdict.ruling, seconds=max(0, round(seconds)), at=verdict.at)
    with_line = sitting.with_(verdicts=(*sitting.verdicts, line), ended=None)
    name = workspace.name_of(before)
    sentence = _SAID[verdict.ruling].format(name)
    if after.verdict is not None and after.verdict.until is not None:
        sentence += f" until {after.verdict.until.isoformat()}"
    if verdict.ruling is Ruling.DUPLICATE and verdict.of is not None:
        sentence += f" of {workspace.name_of(workspace.items[verdict.of])}"
    if verdict.reason:
        sentence += f": {quoted(verdict.reason)}"
    edits = (Edit(before, after), Edit(stored, with_line))
    return ChangeSet(sentence, edits, verdict.at, verdict.by, note=f"session {session.id}")


def session_ended(workspace: Workspace, session: int, now: datetime, by: str) -> ChangeSet:
    """The end of a sitting; empty where it was never stored or is over."""
    stored = workspace.sessions.get(session)
    if stored is None or stored.ended is not None:
        return ChangeSet("Ended the triage", (), now, by)
    return ChangeSet("Ended the triage", (Edit(stored, stored.with_(ended=now)),), now, by, note=f"session {session}")
