import itertools
from typing import Any

import pytest

from store.decisions import NEXT, checked_supersession, defer, from_decline, needs_reason, rule
from store.errors import RuleError
from store.models import Decision, DecisionStatus, Ruling, Supersedes, Verdict
from tests.store.samples import NOW, TODAY, a_decision, ago, an_item, counting_ids

STATUSES = list(DecisionStatus)


def ready(status: str) -> Decision:
    return a_decision(status=status, owner="ana", trigger="a second customer asks")


@pytest.mark.parametrize(("before", "after"), list(itertools.product(STATUSES, STATUSES)))
def test_only_the_drawn_steps_are_possible(before: DecisionStatus, after: DecisionStatus) -> None:
    if after in NEXT[before]:
        ruled = rule(ready(before), after, "because", NOW, "li")
        assert (ruled.status.status, ruled.status.since, ruled.status.by) == (after, NOW, "li")
        assert ruled.status.reason == "because"
    else:
        with pytest.raises(RuleError, match=r"already|cannot be"):
            rule(ready(before), after, "because", NOW, "li")


@pytest.mark.parametrize("status", STATUSES)
def test_every_step_but_accepting_needs_a_reason(status: DecisionStatus) -> None:
    before = next((each for each in STATUSES if status in NEXT[each]), None)
    if before is None:
        return
    if needs_reason(status):
        with pytest.raises(RuleError, match="without a reason"):
            rule(ready(before), status, " ", NOW, "li")
    else:
        assert rule(ready(before), status, "", NOW, "li").status.status is status


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"trigger": "a second customer asks"}, "needs an owner"),
        ({"owner": "ana"}, "needs a trigger"),
        ({"owner": "ana", "decide_by": TODAY}, "needs a trigger, or a day in the future"),
    ],
)
def test_a_deferred_decision_has_an_owner_and_a_way_back(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleError, match=message):
        defer(a_decision(status="proposed", **fields), "not now", NOW, "li")
    ways_back: list[dict[str, Any]] = [{"trigger": "x"}, {"decide_by": TODAY.replace(day=24)}]
    for way_back in ways_back:
        assert defer(a_decision(status="proposed", owner="ana", **way_back), "not now", NOW, "li")


def test_what_cannot_follow_says_what_can() -> None:
    with pytest.raises(RuleError) as caught:
        rule(ready("rejected"), DecisionStatus.ACCEPTED, "", NOW, "li")
    assert caught.value.hint == "It can be reopened."


def test_only_what_was_accepted_can_be_superseded_and_not_by_itself() -> None:
    new = a_decision(501, status="proposed")
    checked_supersession(new, a_decision(500), {})
    with pytest.raises(RuleError, match="itself"):
        checked_supersession(new, new, {})
    with pytest.raises(RuleError, match="is proposed; only what was accepted"):
        checked_supersession(a_decision(500), new, {})
    with pytest.raises(RuleError, match="supersedes this one already"):
        checked_supersession(new, a_decision(500, supersedes=(Supersedes(decision=501),)), {})


def test_a_ring_through_others_is_found_however_long_and_other_rings_do_no_harm() -> None:
    def naming(number: int, *older: int) -> Decision:
        return a_decision(number, supersedes=tuple(Supersedes(decision=each) for each in older))

    chain = {number: naming(number, number - 1, 900) for number in range(502, 600)}
    everything = {**chain, 501: naming(501, 77), 900: naming(900, 901), 901: naming(901, 900)}
    checked_supersession(a_decision(1000), everything[599], everything)
    with pytest.raises(RuleError, match=r"supersedes this one already, through others\."):
        checked_supersession(everything[501], everything[599], everything)


@pytest.mark.parametrize("status", STATUSES)
def test_only_what_is_proposed_or_accepted_supersedes(status: DecisionStatus) -> None:
    newer = a_decision(501, status=status)
    if status in {DecisionStatus.PROPOSED, DecisionStatus.ACCEPTED}:
        checked_supersession(newer, a_decision(500), {})
    else:
        with pytest.raises(RuleError, match="only what is proposed or accepted"):
            checked_supersession(newer, a_decision(500), {})


def test_a_decline_becomes_a_decision_in_force() -> None:
    verdict = Verdict(ruling=Ruling.DECLINE, reason="nobody asked twice", at=ago(1), by="li")
    item = an_item(7, "Dark mode", "declined", serves={100: 1}, verdict=verdict, requester="contoso", body="Please.")
    decision = from_decline(item, counting_ids(), NOW, "ana")
    assert decision.title == "We will not do: Dark mode"
    assert (decision.status.status, decision.status.since) == (DecisionStatus.ACCEPTED, ago(1))
    assert (decision.because, decision.owner, decision.informed) == ("nobody asked twice", "li", frozenset({"contoso"}))
    assert (decision.items, decision.goals) == (frozenset({7}), frozenset({100}))
    assert decision.context == "Asked for by @contoso.\n\nPlease."
    with pytest.raises(RuleError, match="was not declined"):
        from_decline(an_item(8), counting_ids(), NOW, "ana")
    assert from_decline(an_item(7, "x" * 500, verdict=verdict), counting_ids(), NOW, "ana")
