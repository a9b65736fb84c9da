"""What changed, in the words of the work."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from screens.wording.differences import grouped, summary, told
from screens.wording.field_values import Names
from store.change import differences
from store.models import (
    Blocked,
    Conflict,
    Decision,
    DecisionRuled,
    DecisionStatus,
    Goal,
    GoalStatus,
    Horizon,
    Item,
    KeyResult,
    Option,
    Record,
    Ruling,
    Serves,
    Session,
    Settings,
    Stamp,
    Standing,
    Supersedes,
    Verdict,
    Workspace,
)
from tests.screens.sharing.conflicts import two_verdicts
from tests.store.benches import START

LATER = START + timedelta(days=1)
TODAY = date(2026, 3, 5)
ANA = Stamp(at=START, by="ana")
GOAL = Goal(id=0x1000, title="Reports in a day", created=ANA)
ITEM = Item(
    id=0x2000,
    title="Results grid",
    created=ANA,
    stage=Standing(stage="inbox", since=START, by="ana"),
    goals=(Serves(goal=GOAL.id, strength=2),),
    body="One\nTwo",
    tags=frozenset({"ui"}),
)
OTHER = ITEM.with_(id=0x2001, title="Export", goals=())
RULED = DecisionRuled(status=DecisionStatus.PROPOSED, since=START, by="ana")
DECISION = Decision(id=0x3000, title="Which grid?", created=ANA, status=RULED)
BEFORE = Workspace(items={ITEM.id: ITEM, OTHER.id: OTHER}, goals={GOAL.id: GOAL}, decisions={DECISION.id: DECISION})


def sentences(after: Workspace, before: Workspace = BEFORE, by: str = "") -> list[str]:
    names = Names(after, before, today=TODAY)
    return [each.sentence for each in told(differences(before, after), names, by)]


def changed(record: Record, **fields: object) -> str:
    table = {Item: "items", Goal: "goals", Decision: "decisions"}[type(record)]
    (sentence,) = sentences(BEFORE.with_records({table: {record.id: record.with_(**fields)}}))
    return sentence.partition(": ")[2]


ITEM_CASES: list[tuple[dict[str, object], str]] = [
    ({"title": "Grid"}, "renamed, was “Results grid”"),
    ({"owner": "bo"}, "owner @bo"),
    ({"size": 5}, "size 5"),
    ({"horizon": Horizon.NOW}, "for now"),
    ({"due": date(2026, 3, 6)}, "due tomorrow"),
    ({"ratings": {"urgency": 4}}, "urgency 4"),
    ({"tags": frozenset({"ci", "db"})}, "tagged #ci #db, without #ui"),
    ({"tags": frozenset()}, "without #ui"),
    ({"depends_on": frozenset({OTHER.id})}, "waits for LL-0801"),
    ({"depends_on": frozenset({99})}, "waits for an item that is gone"),
    ({"goals": (Serves(goal=GOAL.id, strength=3),)}, "serves “Reports in a day” with strength 3, was 2"),
    ({"goals": ()}, "serves “Reports in a day” no more"),
    ({"blocked": (Blocked(since=LATER, reason="no data"),)}, "blocked: “no data”"),
    ({"archived": Stamp(at=START, by="bo")}, "archived Mon 2 Mar by @bo"),
    ({"body": "One\nTwo\nThree\nFour"}, "text: 2 lines added"),
    ({"body": "One\nThree"}, "text: 1 line changed"),
    ({"body": "Two\nOne"}, "text: lines moved"),
    ({"body": "Three\nFour\nOne"}, "text: 2 lines added, 1 taken out"),
    ({"body": "Two"}, "text: 1 line taken out"),
    ({"body": ""}, "text taken out"),
    (
        {"verdict": Verdict(ruling=Ruling.LATER, until=date(2026, 4, 1), reason="after Easter", at=LATER)},
        "verdict later, not before Wed 1 Apr “after Easter”",
    ),
    (
        {"verdict": Verdict(ruling=Ruling.DUPLICATE, of=OTHER.id, at=LATER)},
        "verdict duplicate of LL-0801",
    ),
]


@pytest.mark.parametrize(("fields", "words"), ITEM_CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_change_of_an_item_is_told(fields: dict[str, object], words: str) -> None:
    assert changed(ITEM, **fields) == words


def test_a_move_is_told_once_and_not_by_its_past_moves() -> None:
    after = BEFORE.with_records({"items": {ITEM.id: ITEM.moved("ready", LATER, "bo")}})
    assert sentences(after) == ["LL-0800 Results grid: ready, was inbox"]


def test_moves_that_came_in_between_are_told_one_by_one() -> None:
    moved = ITEM.moved("ready", LATER, "bo")
    before = BEFORE.with_records({"items": {ITEM.id: moved}})
    doing = Standing(stage="doing", since=START + timedelta(hours=3), by="li")
    after = before.with_records({"items": {ITEM.id: moved.with_(past_moves=(*moved.past_moves, doing))}})
    assert sentences(after, before) == ["LL-0800 Results grid: also moved to doing (Mon 2 Mar by @li)"]
    assert sentences(before, after) == ["LL-0800 Results grid: without its move to doing (Mon 2 Mar by @li)"]


def test_taking_a_value_away_says_what_it_was() -> None:
    before = BEFORE.with_records({"items": {ITEM.id: ITEM.with_(owner="bo", size=3, horizon=Horizon.NEXT)}})
    assert sentences(BEFORE, before) == [
        "LL-0800 Results grid: in no horizon, was next; no owner, was @bo; no size, was 3"
    ]


GOAL_CASES: list[tuple[dict[str, object], str]] = [
    ({"weight": 5}, "weight 5, was 1"),
    ({"status": GoalStatus.ACHIEVED}, "achieved, was active"),
    ({"key_results": (KeyResult(title="Hours", target=4),)}, "key result “Hours”"),
    ({"parent": 99}, "parent a goal that is gone"),
]


@pytest.mark.parametrize(("fields", "words"), GOAL_CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_change_of_a_goal_is_told(fields: dict[str, object], words: str) -> None:
    assert changed(GOAL, **fields) == words


def test_a_measured_key_result_says_now_and_before() -> None:
    results = tuple(KeyResult(title="Hours out of office", now=now, target=4, unit="h") for now in (14, 9.5))
    before = BEFORE.with_records({"goals": {GOAL.id: GOAL.with_(key_results=results[:1])}})
    after = BEFORE.with_records({"goals": {GOAL.id: GOAL.with_(key_results=results[1:])}})
    assert sentences(after, before) == ["G-0400 Reports in a day: “Hours out of office” now 9.5 h, was 14"]


DECISION_CASES: list[tuple[dict[str, object], str]] = [
    (
        {"status": DecisionRuled(status=DecisionStatus.ACCEPTED, since=LATER, by="bo", reason="cheap")},
        "accepted, was proposed “cheap”",
    ),
    ({"options": (Option(title="AG Grid"), Option(title="own"))}, "option “AG Grid” and “own”"),
    ({"items": frozenset({ITEM.id})}, "items with LL-0800"),
    ({"supersedes": (Supersedes(decision=99, part="the cache"),)}, "replaces “the cache” of a decision that is gone"),
    ({"is_reversible": True}, "can be taken back yes"),
    ({"because": "It is cheap"}, "because written: 1 line"),
]


@pytest.mark.parametrize(("fields", "words"), DECISION_CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_change_of_a_decision_is_told(fields: dict[str, object], words: str) -> None:
    assert changed(DECISION, **fields) == words


def test_new_and_removed_records_are_told_whole() -> None:
    new = ITEM.with_(id=0x2002, title="Login", owner="bo")
    after = BEFORE.with_records({"items": {new.id: new, OTHER.id: None}})
    assert sentences(after) == [
        "LL-0801 Export: removed",
        "LL-0802 Login: new; in inbox; owner @bo; serves “Reports in a day”",
    ]


def test_other_records_have_their_names() -> None:
    session = Session(id=0x5000, started=ANA)
    conflict = Conflict(id=0x6000, table="items", record=ITEM.id, field="owner", sides=("ana", "bo"), labels=("a", "b"))
    after = BEFORE.with_records({
        "sessions": {session.id: session},
        "conflicts": {conflict.id: conflict},
        "settings": {1: Settings(team="Platform")},
    })
    assert sentences(after) == [
        "settings of the store: team Platform",
        "conflict about the owner of LL-0800: new; @ana (a) or @bo (b)",
        "M-0M00 triage session, Mon 2 Mar by @ana: new; 0 verdicts",
    ]


def test_a_conflict_that_came_settled_says_so() -> None:
    settled = Conflict(
        id=0x6000, table="items", record=ITEM.id, field="owner", sides=("ana", "bo"), settled=Stamp(at=LATER, by="bo")
    )
    assert sentences(BEFORE.with_records({"conflicts": {settled.id: settled}})) == [
        "conflict about the owner of LL-0800: new; settled Tue 3 Mar by @bo; @ana or @bo"
    ]


def test_a_verdict_and_what_goes_with_it_are_one_conflict() -> None:
    both = differences(Workspace(), Workspace(conflicts=two_verdicts().conflicts))
    assert summary(both) == "1 conflict new"
    (only,) = told(both, Names(two_verdicts(), today=TODAY))
    assert "conflict about the verdict" in only.sentence


def test_an_unknown_field_is_told_as_it_stands_in_the_file() -> None:
    odd = Item.model_validate({"id": ITEM.id, **ITEM.raw(), "colour_of_it": {"r": 1}})
    assert sentences(BEFORE.with_records({"items": {ITEM.id: odd}})) == ['LL-0800 Results grid: colour of it {"r": 1}']


def test_what_was_changed_is_grouped_by_who_did_it() -> None:
    after = BEFORE.with_records({
        "items": {
            ITEM.id: ITEM.moved("ready", LATER, "bo").with_(size=3),
            OTHER.id: OTHER.with_(size=1),
        },
        "goals": {GOAL.id: GOAL.with_(weight=2)},
    })
    names = Names(after, BEFORE, today=TODAY)
    found = grouped(told(differences(BEFORE, after), names))
    # The size carries no stamp; bo moved the item in the same span.
    assert [(group.heading, [each.record for each in group.told]) for group in found] == [
        ("bo: 1 record", [ITEM.id]),
        ("Nobody named: 2 records", [GOAL.id, OTHER.id]),
    ]
    (by_author, by_stamp) = grouped(told(differences(BEFORE, after), names, "cleo"))
    assert (by_author.by, by_stamp.by) == ("cleo", "bo")
    assert [each.phrases for each in by_stamp.told] == [("ready, was inbox",)]


def _two_items(workspace: Workspace) -> Workspace:
    more = {number: ITEM.with_(id=number) for number in (0x2002, 0x2003)}
    return workspace.with_records({"items": {**more, ITEM.id: ITEM.with_(size=1)}})


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda workspace: workspace, ""),
        (_two_items, "2 items new, 1 changed"),
        (lambda ws: ws.with_records({"goals": {GOAL.id: None}}), "1 goal removed"),
        (lambda ws: ws.with_records({"settings": {1: Settings(team="A")}}), "settings changed"),
    ],
)
def test_the_sum_of_it_is_one_line(edit: Callable[[Workspace], Workspace], words: str) -> None:
    assert summary(differences(BEFORE, edit(BEFORE))) == words


def test_a_long_title_and_a_long_value_are_cut() -> None:
    before = BEFORE.with_records({"items": {ITEM.id: ITEM.with_(title="x " * 100, owner="o")}})
    (sentence,) = sentences(BEFORE.with_records({"items": {ITEM.id: ITEM.with_(title="y" * 200)}}), before)
    assert len(sentence) < 200
    assert "…" in sentence
