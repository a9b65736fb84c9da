"""Whatever a person types, a builder gives a change or says what is wrong with it."""

from collections.abc import Callable

import pytest

from store.change import (
    ChangeSet,
    blocked,
    captured,
    decision_ruled,
    decision_superseded,
    key_result_set,
    new_session,
    owned,
    read_capture,
    ruled,
    tagged,
    unblocked,
)
from store.errors import RuleError
from store.models import DecisionStatus, KeyResult, Ruling, Verdict
from tests.store.samples import NOW, TODAY, a_decision, a_goal, a_workspace, an_item, counting_ids

WORKSPACE = a_workspace(
    an_item(1, stage="inbox"),
    a_goal(100, key_results=(KeyResult(title="late bills", start=40, target=5),)),
    a_decision(500, "Old"),
    a_decision(501, "New", "proposed"),
)
SESSION = new_session(counting_ids(), NOW, "ana")

BUILDERS: dict[str, Callable[[str], ChangeSet]] = {
    "blocked": lambda text: blocked(WORKSPACE, [1], text, NOW, "ana"),
    "rejected": lambda text: decision_ruled(WORKSPACE, 501, DecisionStatus.REJECTED, text, NOW, "ana"),
    "superseded": lambda text: decision_superseded(WORKSPACE, 500, 501, text, NOW, "ana"),
    "tagged": lambda text: tagged(WORKSPACE, [1], [text], [], NOW, "ana"),
    "owned": lambda text: owned(WORKSPACE, [1], text, NOW, "ana"),
}


@pytest.mark.parametrize("text", ["x" * 90_000, "a\udce9b"], ids=["endless", "half a character"])
@pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS)
def test_a_text_that_no_field_takes_is_refused_with_a_sentence(build: Callable[[str], ChangeSet], text: str) -> None:
    with pytest.raises(RuleError) as error:
        build(text)
    assert len(error.value.message) < 300


@pytest.mark.parametrize("text", ["x" * 90_000, "x\udce9"], ids=["endless", "half a character"])
def test_a_captured_tag_has_its_limits(text: str) -> None:
    line = read_capture(f"Copy #{text}", WORKSPACE, TODAY)
    with pytest.raises(RuleError):
        captured(WORKSPACE, [line], counting_ids(), NOW, "ana")


def test_a_tag_that_is_too_long_stays_in_the_title_and_says_so() -> None:
    line = read_capture(f"Copy #{'x' * 101}", WORKSPACE, TODAY)
    assert line.title == f"Copy #{'x' * 101}"
    assert line.problems[0].startswith("A tag has at most 100 letters; this one has 101.")


@pytest.mark.parametrize("value", [1e16, float("nan"), float("inf")])
def test_a_measure_beyond_all_figures_is_refused(value: float) -> None:
    with pytest.raises(RuleError, match="now: "):
        key_result_set(WORKSPACE, 100, 0, value, NOW, "ana")


def test_a_spell_ends_with_every_field_it_had() -> None:
    item = blocked(WORKSPACE, [1], "waits", NOW, "ana").edits[0].after
    assert item is not None
    done = unblocked(WORKSPACE.with_records({"items": {1: item}}), [1], NOW, "li").edits[0].after
    assert done == item.with_(blocked=[{"since": NOW, "until": NOW, "reason": "waits", "by": "ana"}])


def test_a_verdict_keeps_only_what_its_ruling_needs() -> None:
    verdict = Verdict(ruling=Ruling.ASK, reason="Who?", until=TODAY, of=1, at=NOW, by="ana")
    item = ruled(WORKSPACE, SESSION, 1, verdict, 3).edits[0].after
    assert item == WORKSPACE.items[1].with_(verdict=verdict.with_(until=None, of=None))
