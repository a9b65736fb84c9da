"""What each query finds in one small workspace."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import QueryError
from store.models import (
    Blocked,
    Conflict,
    Horizon,
    Kind,
    Ruling,
    Source,
    Stamp,
    Team,
    Verdict,
    Workspace,
)
from store.query import FIELDS, STATES, Context, Query, Scope, Vocabulary, parse
from tests.store.samples import ANA, NOW, TODAY, a_goal, a_workspace, ago, an_item

FLOW, SUPPORT, GRID = 100, 101, 102

WORKSPACE = a_workspace(
    a_goal(FLOW, "Analysts stay in flow", weight=3),
    a_goal(SUPPORT, "Fewer support hours"),
    a_goal(GRID, "A grid that remembers", parent=FLOW),
    an_item(1, "Copy with headers", "ready", serves={FLOW: 3}, size=2, owner="ana", tags={"grid", "ux"}),
    an_item(
        2,
        "Keep column widths",
        "ready",
        serves={GRID: 2, SUPPORT: 1},
        size=3,
        owner="li",
        kind=Kind.BUG,
        horizon=Horizon.NOW,
        due=TODAY + timedelta(days=4),
        created=Stamp(at=ago(40), by="li"),
    ),
    an_item(3, "Dark mode", "inbox", body="For the START page.", tags={"Infra-CI"}, requester="contoso"),
    an_item(
        4,
        "Cancel a query",
        "doing",
        size=5,
        horizon=Horizon.NEXT,
        blocked=(Blocked(since=ago(1), reason="driver"),),
        since=ago(2),
        team=700,
        due=TODAY - timedelta(days=1),
    ),
    an_item(5, "Export to Parquet", "done", serves={FLOW: 1}, owner="ana"),
    an_item(6, "Old idea", "declined", archived=Stamp(at=ago(1))),
    an_item(
        7,
        "Snoozed one",
        "inbox",
        horizon=Horizon.LATER,
        verdict=Verdict(ruling=Ruling.LATER, reason="not yet", until=TODAY + timedelta(days=9), at=ago(3)),
    ),
    an_item(
        8,
        "Which driver?",
        "inbox",
        verdict=Verdict(ruling=Ruling.ASK, reason="Which?", at=ago(3)),
        source=Source(system="github:made/up", key="1893"),
        depends_on={4},
    ),
    Team(id=700, title="Web platform", created=Stamp(at=NOW)),
    conflicts={
        1: Conflict(id=1, table="items", record=3, field="owner", sides=("ana", "li")),
        2: Conflict(id=2, table="items", record=6, field="size", sides=(1, 2)),
        3: Conflict(id=3, table="items", record=4, field="size", sides=(1, 2), settled=Stamp(at=NOW)),
    },
)
SCORES = {1: 9.14, 2: 8.4, 4: 3.0}
CONTEXT = Context(WORKSPACE, NOW, ANA, lambda item: SCORES.get(item.id))
VOCABULARY = Vocabulary(WORKSPACE)


def read(text: str) -> Query:
    return parse(text, VOCABULARY)


def found(text: str, workspace: Workspace = WORKSPACE) -> list[int]:
    return [item.id for item in read(text).select(workspace, CONTEXT)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {1, 2, 3, 4, 7, 8}),
        ("stage:ready", {1, 2}),
        ("STAGE:Ready", {1, 2}),
        ("stage:ready,doing", {1, 2, 4}),
        ("stage:done", {5}),
        ("stage!=ready is:open", {3, 4, 7, 8}),
        ("goal:none", {3, 4, 7, 8}),
        ("goal:any", {1, 2}),
        ("goal:flow", {1, 2}),
        ("goal:flow,none", {1, 2, 3, 4, 7, 8}),
        ("goal:remem", {2}),
        ("goal:support", {2}),
        ('goal:"support hours"', {2}),
        ("goal:G-0036", {2}),
        ("tag:grid", {1}),
        ("tag:infra-ci", {3}),
        ("tag:in*ci", {3}),
        ("tag:*", {1, 3}),
        ("tag:none", {2, 4, 7, 8}),
        ("owner:@me", {1}),
        ("owner:ana,@li", {1, 2}),
        ("owner:none", {3, 4, 7, 8}),
        ("-owner:none", {1, 2}),
        ("kind:bug", {2}),
        ("horizon:now", {2}),
        ("horizon:none", {1, 3, 8}),
        ("horizon:any", {2, 4, 7}),
        ("text:headers", {1}),
        ('text:"start page"', {3}),
        ("start page", {3}),
        ("page start", {3}),
        ('"page start"', set()),
        ("widths,driver", set()),
        ("text:widths,driver", {2, 8}),
        ("size:2", {1}),
        ("size<=3", {1, 2}),
        ("size>=3", {2, 4}),
        ("size:2,5", {1, 4}),
        ("size=2", {1}),
        ("size!=2", {2, 3, 4, 7, 8}),
        ("size:none", {3, 7, 8}),
        ("age:10d", {1, 3, 4, 7, 8}),
        ("age>30d", {2}),
        ("age>=40d", {2}),
        ("age>40d", set()),
        ("age<6w", {1, 2, 3, 4, 7, 8}),
        ("age<=10", {1, 3, 4, 7, 8}),
        ("age<10", set()),
        ("moved<1w", {4}),
        ("closed<8w", {5}),
        ("closed<10d", set()),
        ("closed:10d", {5}),
        ("closed:none", {1, 2, 3, 4, 7, 8}),
        ("closed:any", {5}),
        ("is:any closed:any", {5, 6}),
        ("closed:1d,10d", {5}),
        ("is:finished", {5}),
        ("is:any is:finished", {5}),
        ("due<+2w", {2, 4}),
        ("due:fri", {2}),
        ("due<today", {4}),
        ("due>=today", {2}),
        ("due:any", {2, 4}),
        ("due:none", {1, 3, 7, 8}),
        ("score>=8.4", {1, 2}),
        ("score:9.1", {1}),
        ("score:none", {3, 7, 8}),
        ("id:1", {1}),
        ("id:LL-5", {5}),
        ("id:6", {6}),
        ("source:github", {8}),
        ("source:1893", {8}),
        ("source:none", {1, 2, 3, 4, 7}),
        ("requester:@contoso", {3}),
        ("requester:any", {3}),
        ("team:web", {4}),
        ("team:none", {1, 2, 3, 7, 8}),
        ("verdict:later", {7}),
        ("verdict:none", {1, 2, 3, 4}),
        ("verdict:any", {7, 8}),
        ("is:open", {1, 2, 3, 4, 7, 8}),
        ("is:closed", {5}),
        ("is:archived", {6}),
        ("is:any", {1, 2, 3, 4, 5, 6, 7, 8}),
        ("is:inbox", {3, 7, 8}),
        ("is:active", {4}),
        ("is:blocked", {4, 8}),
        ("blocked", {4, 8}),
        ("-blocked", {1, 2, 3, 7}),
        ('"blocked"', set()),
        ("is:snoozed", {7}),
        ("is:waiting", {8}),
        ("is:unmapped", {3, 4, 7, 8}),
        ("unmapped stage:done", set()),
        ("is:overdue", {4}),
        ("is:disputed", {3, 6}),
        ("is:snoozed,waiting", {7, 8}),
        ("stage:ready or stage:doing", {1, 2, 4}),
        ("stage:ready and owner:li", {2}),
        ("stage:ready (owner:li or tag:ux)", {1, 2}),
        ("stage:ready owner:li or stage:doing", {2, 4}),
        ("not stage:ready is:open", {3, 4, 7, 8}),
        ("-(stage:ready or stage:doing) is:open", {3, 7, 8}),
        ("not not owner:ana", {1}),
        ("sort:age owner:ana", {1}),
    ],
)
def test_a_query_finds_its_items(text: str, expected: set[int]) -> None:
    assert set(found(text)) == expected


def test_every_field_and_every_state_is_tried_here() -> None:
    mark = next(mark for mark in test_a_query_finds_its_items.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    tried = " ".join(text for text, _ in mark.args[1])
    assert [field.name for field in FIELDS if f"{field.name}:" not in tried and f"{field.name}<" not in tried] == []
    assert [state for state in STATES if f"is:{state}" not in tried] == []


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_example_of_every_field_can_be_read(field: object) -> None:
    read(field.example)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("stage:ready,doing", [1, 2, 4]),
        ("stage:ready,doing sort:score", [4, 2, 1]),
        ("stage:ready,doing sort:-score", [1, 2, 4]),
        ("is:open sort:size", [1, 2, 4, 3, 7, 8]),
        ("is:open sort:-size", [4, 2, 1, 3, 7, 8]),
        ("is:open sort:-age,-size", [2, 4, 1, 3, 7, 8]),
        ("is:open sort:horizon,title", [2, 4, 7, 1, 3, 8]),
        ("is:any sort:stage,id", [3, 7, 8, 1, 2, 4, 5, 6]),
        ("is:open sort:due", [4, 2, 1, 3, 7, 8]),
        ("is:open sort:goal", [2, 1, 3, 4, 7, 8]),
        ("is:open sort:owner,-id", [1, 2, 8, 7, 4, 3]),
    ],
)
def test_items_come_in_the_order_asked_for_and_those_without_a_value_last(text: str, expected: list[int]) -> None:
    assert found(text) == expected


def test_every_sortable_field_can_be_sorted_by() -> None:
    for field in FIELDS:
        if field.can_sort:
            assert set(found(f"is:any sort:{field.name}")) == set(range(1, 9)), field.name


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("horizon", [("now", [2]), ("next", [4]), ("later", [7]), ("no horizon", [1, 3, 8])]),
        ("goal", [("Analysts stay in flow", [1]), ("A grid that remembers", [2]), ("serves nothing", [4, 3, 7, 8])]),
        ("stage", [("inbox", [3, 7, 8]), ("ready", [1, 2]), ("doing", [4])]),
        ("owner", [("@ana", [1]), ("@li", [2]), ("nobody", [4, 3, 7, 8])]),
        ("kind", [("feature", [1, 4, 3, 7, 8]), ("bug", [2])]),
        ("team", [("Web platform", [4]), ("no team", [1, 2, 3, 7, 8])]),
        ("source", [("github:made/up", [8]), ("captured here", [1, 2, 4, 3, 7])]),
        ("requester", [("@contoso", [3]), ("nobody asked", [1, 2, 4, 7, 8])]),
        ("verdict", [("later", [7]), ("ask", [8]), ("no verdict", [1, 2, 4, 3])]),
    ],
)
def test_items_are_grouped_in_the_fields_own_order(field: str, expected: list[tuple[str, list[int]]]) -> None:
    groups = read(f"group:{field}").groups(WORKSPACE, CONTEXT)
    assert [(group.label, [item.id for item in group.items]) for group in groups] == expected


def test_every_groupable_field_is_tried_here() -> None:
    mark = next(
        mark
        for mark in test_items_are_grouped_in_the_fields_own_order.pytestmark  # type: ignore[attr-defined]
        if mark.name == "parametrize"
    )
    assert {field for field, _ in mark.args[1]} == {field.name for field in FIELDS if field.can_group}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("", Scope.OPEN),
        ("owner:ana is:blocked", Scope.OPEN),
        ("stage:ready", Scope.STANDING),
        ("closed<8w", Scope.STANDING),
        ("is:finished", Scope.STANDING),
        ("-is:closed", Scope.STANDING),
        ("is:any", Scope.ALL),
        ("stage:done is:archived", Scope.ALL),
        ("id:7KQ2", Scope.ALL),
    ],
)
def test_only_open_items_are_looked_at_unless_the_query_speaks_of_it(text: str, scope: Scope) -> None:
    assert read(text).scope is scope


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("stage:ready", Scope.OPEN),
        ("stage:ready,doing owner:ana", Scope.OPEN),
        ("is:open", Scope.OPEN),
        ("stage:ready,done", Scope.STANDING),
        ("stage:ready or owner:ana", Scope.STANDING),
        ("-stage:ready", Scope.STANDING),
        ("is:any stage:ready", Scope.ALL),
    ],
)
def test_a_query_for_open_stages_is_counted_among_open_items(text: str, scope: Scope) -> None:
    assert read(text).looks_at(WORKSPACE.settings) is scope


def test_days_since_closed_count_from_the_last_time_it_was_finished() -> None:
    walked = an_item(1, stage="doing", since=ago(30)).moved("done", ago(20), ANA).moved("declined", ago(3), ANA)
    workspace = a_workspace(walked, an_item(2, stage="declined", since=ago(9)).moved("done", ago(2), ANA))
    here = Context(workspace, NOW)
    days = {
        number: [
            days for days in range(40) if number in {each.id for each in read(f"closed:{days}d").found(workspace, here)}
        ]
        for number in (1, 2)
    }
    assert days == {1: [20], 2: [2]}


@pytest.mark.parametrize(
    ("text", "column", "message", "hint"),
    [
        ("stge:ready", 0, "There is no field “stge”.", "Did you mean stage:?"),
        ("a xyz:1", 2, "There is no field “xyz”.", "in quotes"),
        ("stage:redy", 6, "“redy” is not a stage.", "Did you mean ready?"),
        ("stage:ready,dong", 12, "“dong” is not a stage.", "Did you mean doing?"),
        ("stage:xxxx", 6, "“xxxx” is not a stage.", "Possible: inbox, ready"),
        ("kind:bgu", 5, "“bgu” is not a kind.", "Did you mean bug?"),
        ("horizon:nxt", 8, "“nxt” is not a horizon.", "Did you mean next?"),
        ("verdict:no", 8, "“no” is not a verdict.", "Did you mean now?"),
        ("is:bloked", 3, "“bloked” is not a state.", "Did you mean blocked?"),
        ("goal:flwo", 5, "No goal is called “flwo”.", "Did you mean flow"),
        ("goal:zzz", 5, "No goal is called “zzz”.", "goal:none"),
        ("goal:s", 5, "could be", "an id"),
        ("size<many", 5, "“many” is not a number.", "size<=3"),
        ("size<3,5", 7, "< takes one value.", "size<=3"),
        ("size<none", 5, "“none” is not a number.", "size<=3"),
        ("age>soon", 4, "“soon” is not a number of days.", "age>30d"),
        ("due<someday", 4, "“someday” is not a day.", "Try fri"),
        ("kind<bug", 0, "“kind” cannot be compared with <.", "kind:bug"),
        ("stage:", 0, "“stage” needs a value.", "stage:ready,doing"),
        ("sort:colour", 5, "Items cannot be sorted by “colour”.", "Possible: stage"),
        ("group:stag", 6, "Items cannot be grouped by “stag”.", "Did you mean stage?"),
        ("sort<3", 0, "“sort” needs a field.", "sort:-score"),
        ("-sort:age", 0, "An order cannot be negated.", "sort:-score"),
        ("(a", 0, "This parenthesis is never closed.", "quotes"),
        ("a)", 1, "This parenthesis closes nothing.", "quotes"),
        ("a ()", 2, "There is nothing between these parentheses.", "quotes"),
        ("or a", 0, "“or” needs something on both sides.", "stage:ready"),
        ("a or", 2, "“or” needs something on both sides.", "stage:ready"),
        ("a or or b", 2, "“or” needs something on both sides.", "stage:ready"),
        ("and a", 0, "“and” needs something on both sides.", "left out"),
        ("a and", 2, "“and” needs something on both sides.", "left out"),
        ("a and and b", 6, "“and” needs something on both sides.", "left out"),
        ("a and or b", 2, "“and” needs something on both sides.", "left out"),
        ("not", 0, "“not” needs something after it.", "-is:blocked"),
        ("(-)", 1, "“-” needs something after it.", "-is:blocked"),
        ("(" * 40 + "a" + ")" * 40, 33, "nested deeper than 32", "parenthesis"),
        ("-" * 40 + "a", 33, "nested deeper than 32", "parenthesis"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_column_and_a_way_out(
    text: str, column: int, message: str, hint: str
) -> None:
    with pytest.raises(QueryError) as caught:
        read(text)
    assert message in caught.value.message
    assert caught.value.column == column
    assert hint in caught.value.hint


def test_a_goal_that_is_still_pursued_wins_over_one_that_is_not() -> None:
    done = a_goal(200, "Flow of last year", status="achieved")
    workspace = WORKSPACE.with_records({"goals": {200: done}})
    assert parse("goal:flow", Vocabulary(workspace)) == read("goal:flow")
    assert [goal.id for goal in Vocabulary(workspace).goals_named("last")] == [200]


def test_a_whole_word_wins_over_the_beginning_of_one() -> None:
    workspace = WORKSPACE.with_records({"goals": {200: a_goal(200, "Flows"), 201: a_goal(201, "Fl")}})
    assert [goal.id for goal in Vocabulary(workspace).goals_named("flow")] == [FLOW]
    assert len(Vocabulary(workspace).goals_named("flo")) == 2


def test_a_word_of_a_title_wins_over_an_id_that_happens_to_read_like_it() -> None:
    # An id that ends with FLOW, whose letters are F, 1, 0 and W.
    named_like_it = 0b01111_00001_00000_11100 | 1 << 40
    workspace = WORKSPACE.with_records({"goals": {named_like_it: a_goal(named_like_it, "Other")}})
    vocabulary = Vocabulary(workspace)
    assert [goal.id for goal in vocabulary.goals_named("flow")] == [FLOW]
    assert [goal.id for goal in vocabulary.goals_named("G-FLOW")] == [named_like_it]
    assert [goal.id for goal in vocabulary.goals_named("F10W")] == [named_like_it]


def test_a_long_word_does_not_make_a_long_sentence() -> None:
    with pytest.raises(QueryError) as caught:
        read("stage:" + "x" * 900)
    assert len(caught.value.message) < 80


@given(st.lists(st.tuples(st.integers(1, 6), st.none() | st.integers(0, 9)), max_size=10))
def test_the_order_by_age_is_kept_through_edits(edits: list[tuple[int, int | None]]) -> None:
    workspace = a_workspace(*(an_item(number, created=Stamp(at=ago(number % 3))) for number in range(1, 5)))
    context = Context(workspace, NOW)
    assert context.oldest_first
    for number, days in edits:
        changed = None if days is None else an_item(number, created=Stamp(at=ago(days)))
        workspace = workspace.with_records({"items": {number: changed}})
        context = context.following(workspace, NOW)
        assert context.oldest_first == Context(workspace, NOW).oldest_first


def test_folded_texts_follow_the_item_and_not_its_id() -> None:
    edited = WORKSPACE.with_records({"items": {3: WORKSPACE.items[3].with_(title="Light mode")}})
    assert found("dark") == [3]
    after = CONTEXT.following(edited, NOW)
    assert read("dark").select(edited, after) == []
    assert [item.id for item in read("light").select(edited, after)] == [3]


def test_a_goal_deleted_after_the_query_was_read_finds_nothing() -> None:
    query = read("goal:support")
    without = WORKSPACE.with_records({"goals": {SUPPORT: None}, "items": {2: None}})
    assert query.select(without, CONTEXT.following(without, NOW)) == []


@pytest.mark.parametrize(
    "text", ["", "stage:ready", "owner:ana stage:ready,done", "-stage:ready", "stage:done or owner:ana"]
)
def test_a_query_that_is_asked_once_finds_what_it_always_finds(text: str) -> None:
    query = parse(text, Vocabulary(WORKSPACE))
    once, often = Context(WORKSPACE, NOW, ANA), Context(WORKSPACE, NOW, ANA)
    assert often.oldest_first
    assert query.found(WORKSPACE, once) == query.found(WORKSPACE, often)
