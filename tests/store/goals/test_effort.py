import pytest

from store.goals import effort, share_by_origin
from store.models import Origin, Workspace, tree_of
from tests.store.samples import a_goal, a_workspace, ago, an_item

FLOW, GRID, CONTOSO = 1, 11, 2
GOALS = (
    a_goal(FLOW, "Flow", weight=3),
    a_goal(GRID, "Grid", parent=FLOW),
    a_goal(CONTOSO, "Contoso", origin=Origin.CUSTOMER, share=40),
)


def test_effort_is_split_by_strength_and_summed_up_the_tree() -> None:
    found = effort(
        a_workspace(
            *GOALS,
            an_item(1, serves={GRID: 2, CONTOSO: 1}, size=3),
            an_item(2, serves={FLOW: 1}, size=5),
            an_item(3, size=2),
            an_item(4, stage="inbox", serves={CONTOSO: 3}, size=100),
            an_item(5, stage="done", serves={CONTOSO: 3}, size=100),
        )
    )
    # Of 8 that serve a goal: grid 2, flow 5 and what grid has, contoso 1. Two of ten serve nothing.
    assert found.unit == "size"
    assert found.by_goal == pytest.approx({GRID: 25, FLOW: 87.5, CONTOSO: 12.5})
    assert found.by_origin == pytest.approx({Origin.COMPANY: 87.5, Origin.CUSTOMER: 12.5})
    assert found.serving_nothing == pytest.approx(20)
    assert found.counted == 3


def test_one_item_without_a_size_makes_it_a_count_of_items() -> None:
    found = effort(a_workspace(*GOALS, an_item(1, serves={FLOW: 1}, size=13), an_item(2, serves={CONTOSO: 2})))
    assert found.unit == "items"
    assert found.by_goal == pytest.approx({FLOW: 50, CONTOSO: 50})


def test_what_was_finished_since_a_day_counts_if_asked_for() -> None:
    workspace = a_workspace(
        *GOALS,
        an_item(1, stage="done", serves={FLOW: 1}, since=ago(3)),
        an_item(2, stage="done", serves={CONTOSO: 1}, since=ago(30)),
    )
    assert effort(workspace, since=ago(7)).by_goal == pytest.approx({FLOW: 100})
    assert effort(workspace).counted == 0


def test_an_empty_store_has_no_effort() -> None:
    found = effort(Workspace())
    assert (found.by_goal, found.serving_nothing, found.counted) == ({}, 0.0, 0)


def test_the_shares_of_each_origin_are_the_sums_of_those_of_its_priorities() -> None:
    tree = tree_of({goal.id: goal for goal in GOALS})
    assert share_by_origin(tree) == {Origin.COMPANY: 75, Origin.CUSTOMER: 25}
