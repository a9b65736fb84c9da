"""Every change of items: what it does, how it says it, that it undoes, and that it is empty where nothing changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from store.change import (
    ChangeSet,
    applied,
    archived,
    blocked,
    body_set,
    depending,
    due_set,
    independent,
    inverse,
    kind_set,
    mapped,
    moved,
    owned,
    rated,
    renamed,
    restored,
    sized,
    tagged,
    unblocked,
    with_horizon,
)
from store.errors import NotFoundError, RuleError
from store.models import Blocked, Horizon, Item, Kind, Serves, Stamp, Workspace
from tests.store.samples import NOW, a_goal, a_workspace, ago, an_item

BY = "li"
SPELL = Blocked(since=ago(2), reason="driver", by="ana")


def workspace() -> Workspace:
    return a_workspace(
        a_goal(100, "Flow"),
        an_item(
            1, "Copy", tags={"ux"}, owner="ana", serves={100: 2}, size=3, ratings={"urgency": 4}, due=date(2026, 12, 1)
        ),
        an_item(2, "Paste", depends_on={1}),
        an_item(3, "Cut", "doing", blocked=(SPELL,), archived=Stamp(at=ago(1))),
    )


Build = Callable[[Workspace], ChangeSet]

CHANGES: list[tuple[str, Build, str, Callable[[Item], Any], Any]] = [
    (
        "rename",
        lambda w: renamed(w, [1], " Copy all ", NOW, BY),
        "Renamed LL-0001 to “Copy all”",
        lambda i: i.title,
        "Copy all",
    ),
    ("body", lambda w: body_set(w, [1], "a\nb", NOW, BY), "Rewrote the text of LL-0001", lambda i: i.body, "a\nb"),
    ("stage", lambda w: moved(w, [1], "doing", NOW, BY), "Moved LL-0001 to doing", lambda i: i.stage.stage, "doing"),
    (
        "horizon",
        lambda w: with_horizon(w, [1], Horizon.NEXT, NOW, BY),
        "Put LL-0001 in next",
        lambda i: i.horizon,
        Horizon.NEXT,
    ),
    (
        "tags",
        lambda w: tagged(w, [1], ["#debt", "two words"], ["ux"], NOW, BY),
        "Tagged LL-0001 debt, two-words and took ux off",
        lambda i: i.tags,
        frozenset({"debt", "two-words"}),
    ),
    ("untag", lambda w: tagged(w, [1], [], ["ux"], NOW, BY), "Took ux off LL-0001", lambda i: i.tags, frozenset()),
    ("owner", lambda w: owned(w, [1], "@li", NOW, BY), "Gave LL-0001 to @li", lambda i: i.owner, "li"),
    ("no owner", lambda w: owned(w, [1], "", NOW, BY), "Took the owner off LL-0001", lambda i: i.owner, ""),
    ("kind", lambda w: kind_set(w, [1], Kind.BUG, NOW, BY), "Marked LL-0001 as bug", lambda i: i.kind, Kind.BUG),
    ("size", lambda w: sized(w, [1], 5, NOW, BY), "Sized LL-0001 at 5", lambda i: i.size, 5),
    ("no size", lambda w: sized(w, [1], None, NOW, BY), "Took the size off LL-0001", lambda i: i.size, None),
    (
        "rating",
        lambda w: rated(w, [1], "confidence", 50, NOW, BY),
        "Rated confidence of LL-0001 at 50",
        lambda i: dict(i.ratings),
        {"urgency": 4, "confidence": 50},
    ),
    (
        "no rating",
        lambda w: rated(w, [1], "urgency", None, NOW, BY),
        "Took urgency off LL-0001",
        lambda i: dict(i.ratings),
        {},
    ),
    (
        "due",
        lambda w: due_set(w, [1], date(2026, 11, 27), NOW, BY),
        "Made LL-0001 due Fri 27 Nov",
        lambda i: i.due,
        date(2026, 11, 27),
    ),
    ("no due", lambda w: due_set(w, [1], None, NOW, BY), "Took the due date off LL-0001", lambda i: i.due, None),
    (
        "strength",
        lambda w: mapped(w, [1], 100, 3, NOW, BY),
        "Mapped LL-0001 to “Flow” with strength 3",
        lambda i: i.goals,
        (Serves(goal=100, strength=3),),
    ),
    ("unmap", lambda w: mapped(w, [1], 100, 0, NOW, BY), "Took “Flow” off LL-0001", lambda i: i.goals, ()),
    (
        "block",
        lambda w: blocked(w, [1], "no driver", NOW, BY),
        "Blocked LL-0001: no driver",
        lambda i: i.blocked,
        (Blocked(since=NOW, reason="no driver", by=BY),),
    ),
    ("block without a reason", lambda w: blocked(w, [1], "", NOW, BY), "Blocked LL-0001", lambda i: i.is_blocked, True),
    (
        "unblock",
        lambda w: unblocked(w, [3], NOW, BY),
        "Unblocked LL-0003",
        lambda i: i.blocked,
        (SPELL.model_copy(update={"until": NOW}),),
    ),
    (
        "depend",
        lambda w: depending(w, [3], 2, NOW, BY),
        "Made LL-0003 wait for LL-0002",
        lambda i: i.depends_on,
        frozenset({2}),
    ),
    (
        "free",
        lambda w: independent(w, [2], 1, NOW, BY),
        "Freed LL-0002 from LL-0001",
        lambda i: i.depends_on,
        frozenset(),
    ),
    ("archive", lambda w: archived(w, [1], NOW, BY), "Archived LL-0001", lambda i: i.archived, Stamp(at=NOW, by=BY)),
    ("restore", lambda w: restored(w, [3], NOW, BY), "Restored LL-0003", lambda i: i.archived, None),
]
IDS = [name for name, *_ in CHANGES]


@pytest.mark.parametrize(("build", "sentence", "look", "expected"), [case[1:] for case in CHANGES], ids=IDS)
def test_a_change_does_what_its_sentence_says(
    build: Build, sentence: str, look: Callable[[Item], Any], expected: Any
) -> None:
    before = workspace()
    change = build(before)
    assert change.sentence == sentence
    assert (change.at, change.by, len(change.edits)) == (NOW, BY, 1)
    assert look(applied(before, change).items[change.edits[0].id]) == expected


@pytest.mark.parametrize("build", [case[1] for case in CHANGES], ids=IDS)
def test_a_change_made_twice_is_empty_the_second_time(build: Build) -> None:
    before = workspace()
    after = applied(before, build(before))
    assert not build(after)


@pytest.mark.parametrize("build", [case[1] for case in CHANGES], ids=IDS)
def test_a_change_can_be_taken_back_in_full(build: Build) -> None:
    before = workspace()
    change = build(before)
    after = applied(before, change)
    assert applied(after, inverse(after, change, NOW, BY)).items == before.items


def test_several_items_are_counted_and_those_that_are_so_already_stay_out() -> None:
    change = moved(workspace(), [1, 2, 3, 2], "doing", NOW, BY)
    assert change.sentence == "Moved 2 items to doing"
    assert [edit.id for edit in change.edits] == [1, 2]


def test_a_move_keeps_where_the_item_stood() -> None:
    before = workspace()
    item = applied(before, moved(before, [1], "doing", NOW, BY)).items[1]
    assert item.past_moves == before.items[1].moves
    assert (item.stage.since, item.stage.by) == (NOW, BY)


def test_a_second_goal_is_added_beside_the_first() -> None:
    before = workspace().with_records({"goals": {101: a_goal(101, "Support")}})
    item = applied(before, mapped(before, [1], 101, 1, NOW, BY)).items[1]
    assert item.goals == (Serves(goal=100, strength=2), Serves(goal=101, strength=1))


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda w: renamed(w, [1], " ", NOW, BY), "at least one letter"),
        (lambda w: renamed(w, [1], "x" * 501, NOW, BY), "at most 500"),
        (lambda w: moved(w, [1], "doign", NOW, BY), "no stage “doign”. Did you mean doing?"),
        (lambda w: tagged(w, [1], ["#"], [], NOW, BY), "at least one letter"),
        (lambda w: sized(w, [1], 0, NOW, BY), "size"),
        (lambda w: rated(w, [1], "urgency", 9, NOW, BY), "from 1 to 5"),
        (lambda w: rated(w, [1], "luck", 1, NOW, BY), "no rating “luck”"),
        (lambda w: mapped(w, [1], 100, 4, NOW, BY), "goes from 1 to 3"),
        (lambda w: depending(w, [1], 1, NOW, BY), "circle"),
        (lambda w: depending(w, [1], 2, NOW, BY), "circle"),
    ],
)
def test_what_the_rules_forbid_is_refused_with_a_sentence(build: Build, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        build(workspace())
    assert message in str(caught.value)


def test_an_item_or_a_goal_that_is_gone_is_not_found() -> None:
    builds: list[Build] = [lambda w: sized(w, [77], 1, NOW, BY), lambda w: mapped(w, [1], 77, 1, NOW, BY)]
    for build in builds:
        with pytest.raises(NotFoundError, match="not here any more"):
            build(workspace())


def test_a_title_cannot_reach_into_the_sentence() -> None:
    before = a_workspace(a_goal(100, "{} {0} %s"), an_item(1))
    assert mapped(before, [1], 100, 1, NOW, BY).sentence == "Mapped LL-0001 to “{} {0} %s” with strength 1"
