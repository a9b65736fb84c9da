import pytest

from store.change import (
    ChangeSet,
    applied,
    goal_archived,
    goal_created,
    goal_edited,
    goal_reparented,
    goal_restored,
    goal_status_set,
    goal_weighed,
    inverse,
    key_result_set,
)
from store.errors import NotFoundError, RuleError
from store.models import GoalStatus, KeyResult, Origin, Stamp, Workspace
from tests.store.samples import NOW, a_goal, a_workspace, counting_ids

COMPANY, FLOW, GRID, CONTOSO = 1, 11, 111, 2
WORKSPACE = a_workspace(
    a_goal(COMPANY, "Company"),
    a_goal(FLOW, "Flow", parent=COMPANY, key_results=(KeyResult(title="Hours", start=40, now=40, target=20),)),
    a_goal(GRID, "Grid", parent=FLOW),
    a_goal(CONTOSO, "Contoso", origin=Origin.CUSTOMER),
)


def after(change: ChangeSet, workspace: Workspace = WORKSPACE) -> Workspace:
    done = applied(workspace, change)
    assert applied(done, inverse(done, change, NOW, "li")).goals == workspace.goals
    return done


def test_a_new_priority_has_the_origin_it_is_given() -> None:
    change = goal_created(WORKSPACE, counting_ids(), NOW, "li", title="Renewals", origin=Origin.CUSTOMER, weight=3)
    goal = after(change).goals[9000]
    assert (goal.title, goal.origin, goal.weight, goal.created) == (
        "Renewals",
        Origin.CUSTOMER,
        3,
        Stamp(at=NOW, by="li"),
    )
    assert change.sentence == "Added the customer priority “Renewals”"


def test_a_new_goal_below_another_has_the_origin_of_its_priority() -> None:
    change = goal_created(WORKSPACE, counting_ids(), NOW, "li", title="Sign-in", parent=CONTOSO)
    assert after(change).goals[9000].origin is Origin.CUSTOMER
    assert change.sentence == "Added the goal “Sign-in”"
    with pytest.raises(NotFoundError):
        goal_created(WORKSPACE, counting_ids(), NOW, "li", title="Sign-in", parent=77)
    with pytest.raises(RuleError, match="title"):
        goal_created(WORKSPACE, counting_ids(), NOW, "li", title="")


def test_fields_are_edited_and_named_in_the_sentence() -> None:
    change = goal_edited(WORKSPACE, FLOW, NOW, "li", share=30, said_by="ana")
    assert change.sentence == "Changed the wished effort, said by of “Flow”"
    assert after(change).goals[FLOW].share == 30
    assert not goal_edited(WORKSPACE, FLOW, NOW, "li", title="Flow")
    with pytest.raises(RuleError, match="share"):
        goal_edited(WORKSPACE, FLOW, NOW, "li", share=101)
    with pytest.raises(RuleError, match="below “Flow” itself"):
        goal_edited(WORKSPACE, FLOW, NOW, "li", parent=GRID)


def test_a_goal_moves_below_another_and_takes_its_origin() -> None:
    change = goal_reparented(WORKSPACE, FLOW, CONTOSO, NOW, "li")
    goal = after(change).goals[FLOW]
    assert (goal.parent, goal.origin) == (CONTOSO, Origin.CUSTOMER)
    assert change.sentence == "Moved “Flow” below “Contoso”"
    up = goal_reparented(WORKSPACE, FLOW, None, NOW, "li")
    assert up.sentence == "Moved “Flow” up as a priority"
    assert after(up).goals[FLOW].parent is None
    with pytest.raises(RuleError, match="itself"):
        goal_reparented(WORKSPACE, COMPANY, GRID, NOW, "li")


def test_weight_and_status_are_set() -> None:
    assert goal_weighed(WORKSPACE, FLOW, 5, NOW, "li").sentence == "Weighed “Flow” at 5"
    assert not goal_weighed(WORKSPACE, FLOW, 1, NOW, "li")
    with pytest.raises(RuleError, match="weight"):
        goal_weighed(WORKSPACE, FLOW, -1, NOW, "li")
    change = goal_status_set(WORKSPACE, FLOW, GoalStatus.DROPPED, NOW, "li")
    assert change.sentence == "Marked “Flow” as dropped"
    assert after(change).goals[GRID].status is GoalStatus.ACTIVE


def test_a_key_result_is_measured() -> None:
    change = key_result_set(WORKSPACE, FLOW, 0, 31, NOW, "li")
    assert change.sentence == "Measured “Hours” at 31"
    assert after(change).goals[FLOW].key_results[0].progress == pytest.approx(0.45)
    with pytest.raises(RuleError, match="no key result number 2"):
        key_result_set(WORKSPACE, FLOW, 1, 31, NOW, "li")


def test_archiving_takes_the_goals_below_along_and_restoring_brings_those_above_back() -> None:
    change = goal_archived(WORKSPACE, COMPANY, NOW, "li")
    assert change.sentence == "Archived “Company” and 2 goals below it"
    archived = after(change)
    assert [goal.id for goal in archived.goals.values() if goal.archived is None] == [CONTOSO]
    assert not goal_archived(archived, COMPANY, NOW, "li")
    back = goal_restored(archived, FLOW, NOW, "li")
    assert {edit.id for edit in back.edits} == {FLOW, COMPANY}
    assert goal_archived(WORKSPACE, GRID, NOW, "li").sentence == "Archived “Grid”"
    assert goal_archived(WORKSPACE, FLOW, NOW, "li").sentence == "Archived “Flow” and 1 goal below it"


def test_a_goal_that_is_gone_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        goal_weighed(WORKSPACE, 77, 1, NOW, "li")
