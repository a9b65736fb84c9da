"""Key results and numbers as people type them."""

import pytest

from screens.wording.goal_results import far_words, measured_words, number, read_result, result_words, whole
from store.errors import RuleError
from store.models import KeyResult


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("calls out of hours 14 -> 4 a week", ("calls out of hours", 14, 4, "a week")),
        ("uptime: 99.5 -> 99.9 %", ("uptime", 99.5, 99.9, "%")),
        ("minutes from 190 to 60 min", ("minutes", 190, 60, "min")),
        ("Kosten 41,5 → 31 k€", ("Kosten", 41.5, 31, "k€")),
        ("debt -3 -> 0", ("debt", -3, 0, "")),
        ("2 of 3 teams ready 0->3", ("2 of 3 teams ready", 0, 3, "")),
    ],
)
def test_words_two_numbers_and_a_unit_are_a_key_result(text: str, read: tuple[str, float, float, str]) -> None:
    title, start, target, unit = read
    assert read_result(text) == KeyResult(title=title, start=start, now=start, target=target, unit=unit)


@pytest.mark.parametrize("text", ["faster", "14 -> 4", "calls 14", "calls 14 4", "", "calls 5 -> 5", "x" * 700])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RuleError) as told:
        read_result(text)
    assert told.value.hint


def test_it_is_read_back_while_it_is_typed() -> None:
    assert result_words("calls 14 -> 4 a week") == "calls: 14 now, from 14 to 4 a week"
    result = KeyResult(title="Minutes", start=190, now=125, target=60, unit="min")
    assert measured_words(result, "60") == "100 % of the way, 60 now, from 190 to 60 min"


@pytest.mark.parametrize(("value", "is_far"), [(60, False), (-1240, False), (1490, False), (1491, True), (-1241, True)])
def test_a_value_is_far_more_than_ten_spans_beyond_start_and_target(value: float, is_far: bool) -> None:  # noqa: FBT001
    result = KeyResult(title="Minutes", start=190, now=125, target=60, unit="min")
    assert bool(far_words(result, value)) is is_far


def test_numbers_take_a_point_or_a_comma_and_nothing_else() -> None:
    assert (number("12"), number(" 0,5 "), number("-3.25")) == (12, 0.5, -3.25)
    for text in ("", "1e9", "nan", "inf", "1 000", "x", "9" * 40):
        with pytest.raises(RuleError):
            number(text)


def test_whole_numbers_have_a_most() -> None:
    assert (whole("7", 10), whole("30 %", 100)) == (7, 30)
    for text in ("11", "-1", "1.5", "², ", ""):
        with pytest.raises(RuleError):
            whole(text, 10)
