"""The memory of what the last import found."""

from hypothesis import given
from hypothesis import strategies as st

from store.exchange.seen import digest, seen_of, set_digest, written


@given(st.frozensets(st.text(), max_size=20))
def test_a_set_has_one_digest_whatever_the_order_of_its_members(values: frozenset[str]) -> None:
    parts = set_digest(values).split(".")

    assert parts == sorted(parts)


def test_a_digest_is_short_and_empty_for_nothing() -> None:
    assert digest("Slow start") == "750ddc", "stores in the field hold this one"
    assert digest("") == digest(None) == ""
    assert digest("a") != digest("b")


def test_what_is_written_is_read_again_without_the_empty_fields() -> None:
    line = written({"title": "123456", "body": "", "state": "inbox"})

    assert line == "state:inbox title:123456"
    assert seen_of(line) == {"title": "123456", "state": "inbox"}


@given(st.text())
def test_any_line_is_read(line: str) -> None:
    assert all(seen_of(line).values())
