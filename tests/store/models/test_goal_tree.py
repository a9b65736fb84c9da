import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Goal, GoalStatus, Origin, Stamp, tree_of
from tests.store.samples import NOW, a_goal


def goals(*given: Goal) -> dict[int, Goal]:
    return {goal.id: goal for goal in given}


def test_shares_are_parts_of_parts_of_a_hundred() -> None:
    tree = tree_of(
        goals(
            a_goal(1, "Company", weight=6),
            a_goal(2, "Customer", weight=3, origin=Origin.CUSTOMER),
            a_goal(3, "Team", weight=1, origin=Origin.TEAM),
            a_goal(11, "Flow", parent=1, weight=3),
            a_goal(12, "Support", parent=1, weight=1),
            a_goal(111, "Grid", parent=11),
        )
    )
    assert tree.shares == pytest.approx({1: 60, 2: 30, 3: 10, 11: 45, 12: 15, 111: 45})
    assert [goal.id for goal in tree.roots] == [1, 2, 3]
    assert list(tree.below(1)) == [1, 11, 111, 12]
    assert list(tree.above(111)) == [11, 1]
    assert tree.root_of(111) == 1
    assert tree.origin_of(111) is Origin.COMPANY


@pytest.mark.parametrize("status", [GoalStatus.PROPOSED, GoalStatus.ACHIEVED, GoalStatus.DROPPED])
def test_a_goal_that_is_not_pursued_leaves_its_share_to_its_siblings(status: GoalStatus) -> None:
    tree = tree_of(goals(a_goal(1), a_goal(2, status=status), a_goal(21, parent=2), a_goal(3)))
    assert tree.shares == pytest.approx({1: 50, 3: 50})
    assert not tree.is_pursued(21)
    assert tree.is_over(21) is (status is not GoalStatus.PROPOSED)


def test_an_archived_goal_is_over_and_so_is_all_below_it() -> None:
    tree = tree_of(goals(a_goal(1, archived=Stamp(at=NOW)), a_goal(2, parent=1), a_goal(3)))
    assert tree.shares == {3: 100}
    assert tree.is_over(2)
    assert tree.is_over(77), "a goal that is missing is over"
    assert not tree.is_over(3)


def test_a_goal_whose_parent_is_missing_is_a_priority() -> None:
    tree = tree_of(goals(a_goal(1, parent=77)))
    assert [goal.id for goal in tree.roots] == [1]
    assert tree.shares == {1: 100}


def test_weights_of_nothing_give_shares_of_nothing() -> None:
    assert tree_of(goals(a_goal(1, weight=0), a_goal(2, weight=0))).shares == {1: 0, 2: 0}


def test_a_circle_is_cut_at_its_smallest_id_whatever_the_order() -> None:
    family = [a_goal(3, parent=2), a_goal(2, parent=1), a_goal(1, parent=3), a_goal(9, parent=3)]
    for order in (family, family[::-1]):
        tree = tree_of(goals(*order))
        assert [goal.id for goal in tree.roots] == [1]
        assert list(tree.below(1)) == [1, 2, 3, 9]
        assert list(tree.above(9)) == [3, 2, 1]


@given(st.dictionaries(st.integers(1, 12), st.none() | st.integers(1, 14), max_size=12))
def test_any_parents_make_a_tree_that_has_every_goal_once(parents: dict[int, int | None]) -> None:
    tree = tree_of({number: a_goal(number, parent=parent) for number, parent in parents.items()})
    found = [number for root in tree.roots for number in tree.below(root.id)]
    assert sorted(found) == sorted(parents)
    roots = sum(tree.shares[root.id] for root in tree.roots)
    assert roots == pytest.approx(100 if parents else 0)
