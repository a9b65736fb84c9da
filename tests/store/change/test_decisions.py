import pytest

from store.change import (
    ChangeSet,
    applied,
    decision_archived,
    decision_edited,
    decision_linked,
    decision_logged,
    decision_restored,
    decision_ruled,
    decision_superseded,
    decision_unlinked,
    decline_logged,
    inverse,
)
from store.decisions import standing
from store.errors import NotFoundError, RuleError
from store.models import DecisionStatus, Ruling, Supersedes, Verdict, Workspace
from tests.store.samples import NOW, TODAY, a_decision, a_goal, a_workspace, an_item, counting_ids

OLD, NEW, DRAFT = 500, 501, 502
WORKSPACE = a_workspace(
    a_goal(100),
    an_item(1, "Copy"),
    an_item(2, "Dark mode", "declined", verdict=Verdict(ruling=Ruling.DECLINE, reason="no", at=NOW, by="ana")),
    a_decision(OLD, "Keep the old grid"),
    a_decision(NEW, "One new grid"),
    a_decision(DRAFT, "Two grids", "proposed"),
)


def after(change: ChangeSet, workspace: Workspace = WORKSPACE) -> Workspace:
    done = applied(workspace, change)
    assert applied(done, inverse(done, change, NOW, "li")).decisions == workspace.decisions
    return done


def status_of(workspace: Workspace, number: int) -> DecisionStatus:
    return standing(workspace.decisions[number], workspace, TODAY).status


def test_a_decision_is_logged_as_proposed_and_linked_at_once() -> None:
    change = decision_logged(WORKSPACE, counting_ids(), NOW, "li", title="Use one widget?", items={1}, goals={100})
    decision = after(change).decisions[9000]
    assert (decision.status.status, decision.owner) == (DecisionStatus.PROPOSED, "li")
    assert (decision.items, decision.goals) == (frozenset({1}), frozenset({100}))
    assert change.sentence == "Logged the decision “Use one widget?”"
    with pytest.raises(RuleError, match="title"):
        decision_logged(WORKSPACE, counting_ids(), NOW, "li", title="")


def test_a_decline_is_logged_as_a_decision() -> None:
    change = decline_logged(WORKSPACE, 2, counting_ids(), NOW, "ana")
    assert change.sentence == "Logged the decline of LL-0002 as a decision"
    assert after(change).decisions[9000].items == frozenset({2})
    with pytest.raises(RuleError, match="was not declined"):
        decline_logged(WORKSPACE, 1, counting_ids(), NOW, "ana")
    with pytest.raises(NotFoundError):
        decline_logged(WORKSPACE, 77, counting_ids(), NOW, "ana")


def test_fields_are_edited_but_the_status_is_not_one_of_them() -> None:
    change = decision_edited(WORKSPACE, OLD, NOW, "li", because="It works", decide_by=TODAY)
    assert change.sentence == "Changed because, decide by of “Keep the old grid”"
    assert after(change).decisions[OLD].because == "It works"
    with pytest.raises(RuleError, match="not a field to edit"):
        decision_edited(WORKSPACE, OLD, NOW, "li", status=None)


def test_superseding_as_a_whole_changes_both_sides_in_one() -> None:
    change = decision_superseded(WORKSPACE, OLD, NEW, "", NOW, "li")
    assert change.sentence == "Superseded “Keep the old grid” by “One new grid”"
    done = after(change)
    assert {edit.id for edit in change.edits} == {OLD, NEW}
    assert done.decisions[OLD].status.status is DecisionStatus.SUPERSEDED
    assert done.decisions[OLD].status.reason == "Superseded by “One new grid”"
    assert done.decisions[NEW].supersedes == (Supersedes(decision=OLD),)
    assert not decision_superseded(done, OLD, NEW, "", NOW, "li")


def test_superseding_a_part_leaves_the_older_one_in_force() -> None:
    change = decision_superseded(WORKSPACE, OLD, NEW, "the export", NOW, "li")
    assert change.sentence == "Superseded “the export” of “Keep the old grid” by “One new grid”"
    assert status_of(after(change), OLD) is DecisionStatus.ACCEPTED


def test_a_proposal_supersedes_only_once_it_is_accepted_and_gives_way_when_reopened() -> None:
    linked = after(decision_superseded(WORKSPACE, OLD, DRAFT, "", NOW, "li"))
    assert status_of(linked, OLD) is DecisionStatus.ACCEPTED
    change = decision_ruled(linked, DRAFT, DecisionStatus.ACCEPTED, "", NOW, "li")
    assert change.sentence == "Accepted “Two grids”, “Keep the old grid” is superseded now"
    accepted = after(change, linked)
    assert status_of(accepted, OLD) is DecisionStatus.SUPERSEDED
    assert accepted.decisions[OLD].status.status is DecisionStatus.SUPERSEDED
    change = decision_ruled(accepted, DRAFT, DecisionStatus.PROPOSED, "new facts", NOW, "li")
    assert change.sentence == "Reopened “Two grids”, “Keep the old grid” is back in force"
    reopened = after(change, accepted)
    assert status_of(reopened, OLD) is DecisionStatus.ACCEPTED
    assert reopened.decisions[OLD].status.reason == "“Two grids” was reopened"


@pytest.mark.parametrize(
    ("part", "sentence", "told"),
    [
        (
            "",
            "“Two grids” will replace “Keep the old grid” once it is accepted",
            "“Keep the old grid” is superseded now",
        ),
        (
            "the export",
            "“Two grids” will replace “the export” of “Keep the old grid” once it is accepted",
            "“the export” of “Keep the old grid” is replaced now",
        ),
    ],
)
def test_nothing_is_called_superseded_before_it_is(part: str, sentence: str, told: str) -> None:
    change = decision_superseded(WORKSPACE, OLD, DRAFT, part, NOW, "li")
    assert change.sentence == sentence
    linked = after(change)
    accepted = decision_ruled(linked, DRAFT, DecisionStatus.ACCEPTED, "", NOW, "li")
    assert accepted.sentence == f"Accepted “Two grids”, {told}"


def test_an_older_decision_with_another_successor_stays_superseded_when_one_is_reopened() -> None:
    both = after(decision_superseded(WORKSPACE, OLD, NEW, "", NOW, "li"))
    both = after(decision_superseded(both, OLD, DRAFT, "", NOW, "li"), both)
    both = after(decision_ruled(both, DRAFT, DecisionStatus.ACCEPTED, "", NOW, "li"), both)
    reopened = after(decision_ruled(both, DRAFT, DecisionStatus.PROPOSED, "new facts", NOW, "li"), both)
    assert status_of(reopened, OLD) is DecisionStatus.SUPERSEDED


@pytest.mark.parametrize(
    ("number", "status", "reason", "sentence"),
    [
        (DRAFT, DecisionStatus.ACCEPTED, "", "Accepted “Two grids”"),
        (DRAFT, DecisionStatus.REJECTED, "no", "Rejected “Two grids”"),
        (OLD, DecisionStatus.DEPRECATED, "no", "Deprecated “Keep the old grid”"),
        (OLD, DecisionStatus.PROPOSED, "no", "Reopened “Keep the old grid”"),
    ],
)
def test_every_step_has_its_sentence(number: int, status: DecisionStatus, reason: str, sentence: str) -> None:
    change = decision_ruled(WORKSPACE, number, status, reason, NOW, "li")
    assert change.sentence == sentence
    assert after(change).decisions[number].status.status is status


def test_links_are_added_named_and_taken_away() -> None:
    change = decision_linked(WORKSPACE, OLD, NOW, "li", items=[1, 2], goals=[100])
    assert change.sentence == "Linked “Keep the old grid” to LL-0001, LL-0002, G-0034"
    linked = after(change)
    assert linked.decisions[OLD].items == frozenset({1, 2})
    assert not decision_linked(linked, OLD, NOW, "li", items=[1])
    without = after(decision_unlinked(linked, OLD, NOW, "li", items=[1, 77]), linked)
    assert without.decisions[OLD].items == frozenset({2})
    with pytest.raises(NotFoundError):
        decision_linked(WORKSPACE, OLD, NOW, "li", items=[77])


def test_a_decision_comes_back_from_the_archive_as_it_was() -> None:
    assert not decision_restored(WORKSPACE, OLD, NOW, "li")
    away = after(decision_archived(WORKSPACE, OLD, NOW, "li"))
    change = decision_restored(away, OLD, NOW, "li")
    assert change.sentence == "Restored “Keep the old grid”"
    assert after(change, away).decisions[OLD] == WORKSPACE.decisions[OLD]
    with pytest.raises(NotFoundError):
        decision_restored(WORKSPACE, 77, NOW, "li")


def test_decisions_never_supersede_each_other_in_a_ring() -> None:
    third = 503
    place = WORKSPACE.with_records({"decisions": {third: a_decision(third, "No grid")}})
    place = applied(place, decision_superseded(place, OLD, NEW, "", NOW, "li"))
    place = applied(place, decision_superseded(place, NEW, third, "", NOW, "li"))
    with pytest.raises(RuleError, match=r"is superseded; only what is proposed or accepted"):
        decision_superseded(place, third, OLD, "", NOW, "li")
    with pytest.raises(RuleError, match=r"is superseded; only what is proposed or accepted"):
        decision_edited(place, OLD, NOW, "li", supersedes=(Supersedes(decision=third),))
    assert status_of(place, third) is DecisionStatus.ACCEPTED


def test_a_decision_is_archived_once() -> None:
    done = after(decision_archived(WORKSPACE, OLD, NOW, "li"))
    assert done.decisions[OLD].archived is not None
    assert not decision_archived(done, OLD, NOW, "li")
    with pytest.raises(NotFoundError):
        decision_archived(WORKSPACE, 77, NOW, "li")
