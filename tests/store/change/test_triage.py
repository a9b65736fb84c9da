from datetime import timedelta
from typing import Any

import pytest

from store.change import ChangeSet, applied, inverse, new_session, open_session, ruled, session_ended
from store.errors import NotFoundError, RuleError
from store.models import Ruling, Session, Verdict, Workspace
from tests.store.samples import NOW, TODAY, a_workspace, an_item, counting_ids

WORKSPACE = a_workspace(an_item(1, "Copy", "inbox"), an_item(2, "Paste", "inbox"))


def sitting() -> Session:
    return new_session(counting_ids(600), NOW, "ana", "new in inbox", frozenset({"li"}))


def say(workspace: Workspace, item: int, ruling: str, seconds: float = 12.4, **fields: Any) -> ChangeSet:
    verdict = Verdict(ruling=Ruling(ruling), at=NOW, by="ana", **fields)
    return ruled(workspace, sitting(), item, verdict, seconds)


def test_a_verdict_changes_the_item_and_the_sitting_in_one() -> None:
    after = applied(WORKSPACE, say(WORKSPACE, 1, "next"))
    assert after.items[1].stage.stage == "ready"
    (session,) = after.sessions.values()
    assert (session.started.by, session.agenda, session.people) == ("ana", "new in inbox", frozenset({"li"}))
    assert [(line.item, line.ruling, line.seconds) for line in session.verdicts] == [(1, Ruling.NEXT, 12)]
    after = applied(after, say(after, 2, "now", 3))
    assert [line.item for line in after.sessions[600].verdicts] == [1, 2]


def test_undo_takes_back_the_item_and_its_line() -> None:
    first = say(WORKSPACE, 1, "next")
    one = applied(WORKSPACE, first)
    second = say(one, 2, "now")
    two = applied(one, second)
    back = applied(two, inverse(two, second, NOW, "ana"))
    assert back.items == one.items
    assert back.sessions == one.sessions
    assert applied(back, inverse(back, first, NOW, "ana")).sessions == {}


@pytest.mark.parametrize(
    ("ruling", "fields", "sentence"),
    [
        ("now", {}, "LL-0001 is for now"),
        ("next", {"reason": "three asked"}, "LL-0001 is for next: “three asked”"),
        (
            "later",
            {"reason": "no driver", "until": TODAY + timedelta(days=8)},
            "Put off LL-0001 until 2026-12-01: “no driver”",
        ),
        ("decline", {"reason": "nobody asked"}, "Declined LL-0001: “nobody asked”"),
        ("duplicate", {"reason": "same", "of": 2}, "LL-0001 is a duplicate of LL-0002: “same”"),
        ("ask", {"reason": "Which?"}, "Asked about LL-0001: “Which?”"),
    ],
)
def test_every_verdict_has_its_sentence(ruling: str, fields: dict[str, Any], sentence: str) -> None:
    change = say(WORKSPACE, 1, ruling, **fields)
    assert change.sentence == sentence
    assert change.note == "session 600"


def test_what_a_verdict_needs_is_demanded() -> None:
    with pytest.raises(RuleError, match="without a reason"):
        say(WORKSPACE, 1, "decline")
    with pytest.raises(NotFoundError, match="repeats is not here"):
        say(WORKSPACE, 1, "duplicate", reason="same", of=77)
    with pytest.raises(NotFoundError, match="of this card"):
        say(WORKSPACE, 77, "now")


def test_a_sitting_is_paused_resumed_and_ended() -> None:
    after = applied(WORKSPACE, say(WORKSPACE, 1, "next"))
    assert open_session(after, "ana") == after.sessions[600]
    assert open_session(after, "li") is None
    ended = applied(after, session_ended(after, 600, NOW, "ana"))
    assert ended.sessions[600].ended == NOW
    assert open_session(ended, "ana") is None
    assert not session_ended(ended, 600, NOW, "ana")
    assert not session_ended(WORKSPACE, 600, NOW, "ana"), "a sitting without a verdict was never stored"
    resumed = applied(ended, say(ended, 2, "now"))
    assert resumed.sessions[600].ended is None
