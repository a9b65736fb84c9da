import pytest

from store.query import FIELDS, describe, parse
from tests.store.query.test_query import VOCABULARY, WORKSPACE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "There is nothing here."),
        ("stage:ready size<=3 goal:flow", "Nothing is ready, of size at most 3 and for “Analysts stay in flow”."),
        ("stage:ready,doing", "Nothing is ready or doing."),
        ("-is:blocked owner:@me", "Nothing is not blocked and owned by you."),
        ("goal:none kind:bug", "Nothing is without a goal and a bug."),
        ("grid or age>30d", "Nothing is about “grid” or older than 30 days."),
        ("horizon:next (tag:ux or due<+2w)", "Nothing is meant for next and (tagged ux or due before +2w)."),
        ("-(a b)", "Nothing is not (about “a” and about “b”)."),
        ("age:1d", "Nothing is exactly 1 day old."),
        ("id:7kq2", "Nothing is called LL-7KQ2."),
        ("requester:none score:any", "Nothing is asked for by nobody and scored."),
        ("moved>=2w", "Nothing is at least 2 weeks in its stage."),
    ],
)
def test_an_empty_result_is_said_in_words(text: str, expected: str) -> None:
    assert describe(parse(text, VOCABULARY), WORKSPACE) == expected


@pytest.mark.parametrize("field", [field for field in FIELDS if field.can_be_none], ids=lambda field: field.name)
def test_without_and_with_are_said_of_every_field_that_has_them(field: object) -> None:
    name = field.name  # type: ignore[attr-defined]
    for value in ("none", "any"):
        assert ":" not in describe(parse(f"{name}:{value}", VOCABULARY), WORKSPACE)
