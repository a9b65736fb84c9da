import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotFoundError, RuleError
from store.goals import can_reparent, idle, idle_since, items_under, rows, unmapped
from store.models import GoalStatus, Stamp, Workspace, tree_of
from tests.store.samples import NOW, a_goal, a_workspace, ago, an_item

COMPANY, FLOW, GRID, SUPPORT, LATER, OLD = 1, 11, 111, 12, 3, 4


def workspace() -> Workspace:
    return a_workspace(
        a_goal(COMPANY, "Company", weight=3),
        a_goal(FLOW, "Flow", parent=COMPANY, weight=2),
        a_goal(GRID, "Grid", parent=FLOW),
        a_goal(SUPPORT, "Support", parent=COMPANY),
        a_goal(LATER, "Perhaps", status=GoalStatus.PROPOSED),
        a_goal(OLD, "Old", weight=9, archived=Stamp(at=NOW)),
        an_item(1, serves={FLOW: 2}),
        an_item(2, serves={GRID: 2, FLOW: 1}),
        an_item(3, serves={GRID: 1}),
        an_item(4, "Done", "done", serves={SUPPORT: 3}, since=ago(3)),
        an_item(5),
        an_item(6, stage="inbox"),
        an_item(7, archived=Stamp(at=NOW)),
    )


def test_the_tree_is_read_from_top_to_bottom_heavier_goals_first() -> None:
    found = rows(tree_of(workspace().goals))
    assert [(row.goal.id, row.depth, row.share, row.has_children) for row in found] == [
        (COMPANY, 0, 100, True),
        (FLOW, 1, pytest.approx(66.67, abs=0.01), True),
        (GRID, 2, pytest.approx(66.67, abs=0.01), False),
        (SUPPORT, 1, pytest.approx(33.33, abs=0.01), False),
        (LATER, 0, None, False),
    ]


def test_folded_goals_hide_what_is_below_and_archived_ones_can_be_shown() -> None:
    tree = tree_of(workspace().goals)
    assert [row.goal.id for row in rows(tree, folded=frozenset({FLOW}))] == [COMPANY, FLOW, SUPPORT, LATER]
    assert next(iter(rows(tree, with_archived=True))).goal.id == OLD


def test_items_under_a_goal_are_told_apart_by_how_they_serve_it() -> None:
    direct, below = items_under(workspace(), FLOW)
    assert [item.id for item in direct] == [1, 2]
    assert [item.id for item in below] == [3]
    direct, below = items_under(workspace(), COMPANY)
    assert (direct, sorted(item.id for item in below)) == ([], [1, 2, 3])
    assert items_under(workspace(), SUPPORT) == ([], []), "what is done is no work any more"


def test_unmapped_items_are_accepted_ones_unless_the_inbox_is_asked_for() -> None:
    assert [item.id for item in unmapped(workspace())] == [5]
    assert [item.id for item in unmapped(workspace(), with_inbox=True)] == [5, 6]


def test_a_goal_is_idle_if_nothing_open_serves_it_or_what_is_below() -> None:
    assert [goal.id for goal in idle(workspace())] == [SUPPORT]
    assert idle_since(workspace(), SUPPORT) == ago(3)
    assert idle_since(workspace(), COMPANY) == ago(3)
    assert idle_since(workspace(), LATER) is None


@pytest.mark.parametrize(
    ("goal", "parent", "message"),
    [
        (FLOW, FLOW, "cannot stand below itself"),
        (COMPANY, GRID, "“Grid” stands below “Company” itself"),
        (FLOW, GRID, "“Grid” stands below “Flow” itself"),
        (FLOW, OLD, "“Old” is archived"),
    ],
)
def test_a_goal_cannot_be_put_where_it_would_close_a_circle(goal: int, parent: int, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        can_reparent(workspace().goals, goal, parent)


def test_other_places_are_allowed_and_missing_goals_are_not_found() -> None:
    for goal, parent in ((FLOW, None), (GRID, COMPANY), (GRID, SUPPORT), (COMPANY, LATER)):
        can_reparent(workspace().goals, goal, parent)
    for goal, parent in ((77, None), (FLOW, 77)):
        with pytest.raises(NotFoundError):
            can_reparent(workspace().goals, goal, parent)


@given(st.dictionaries(st.integers(1, 8), st.none() | st.integers(1, 8)), st.integers(1, 8), st.integers(1, 8))
def test_what_is_allowed_never_closes_a_circle(parents: dict[int, int | None], goal: int, parent: int) -> None:
    goals = {number: a_goal(number, parent=above) for number, above in parents.items()}
    before = tree_of(goals)
    if goal not in goals or parent not in goals or before.parents.get(goal) != goals[goal].parent:
        return
    try:
        can_reparent(goals, goal, parent)
    except RuleError:
        return
    goals[goal] = a_goal(goal, parent=parent)
    at: int | None = parent
    seen = set()
    while at is not None and at in goals and at not in seen:
        assert at != goal
        seen.add(at)
        at = goals[at].parent
