import pytest

from store.query import completions
from tests.store.query.test_query import VOCABULARY


def proposed(text: str, cursor: int | None = None) -> list[str]:
    return [each.replacement for each in completions(text, len(text) if cursor is None else cursor, VOCABULARY)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("st", ["stage:"]),
        ("-st", ["stage:"]),
        ("(st", ["stage:"]),
        ("a ow", ["owner:"]),
        ("gr", ["group:"]),
        ("stage:r", ["ready", "review"]),
        ("stage:ready,d", ["doing", "done", "declined"]),
        ("goal:f", ["flow"]),
        ("goal:few", ["fewer"]),
        ("owner:@", ["@me", "@ana", "@li"]),
        ("owner:n", ["none"]),
        ("tag:gr", ["grid"]),
        ("tag:inf", ["Infra-CI"]),
        ("team:w", ['"Web platform"']),
        ("is:bl", ["blocked"]),
        ("sort:-sc", ["score"]),
        ("group:ho", ["horizon"]),
        ("kind:b", ["bug"]),
        ("horizon:l", ["later"]),
        ("verdict:a", ["ask", "any"]),
        ("source:git", ["github:made/up"]),
        ("age>", ["7d", "30d", "90d", "365d"]),
        ("nothing:x", []),
    ],
)
def test_what_could_stand_there_is_proposed(text: str, first: list[str]) -> None:
    assert proposed(text)[: len(first)] == first
    if not first:
        assert proposed(text) == []


def test_a_proposal_replaces_the_part_before_the_cursor() -> None:
    text = "tag:grid stage:ready,re sort:age"
    best = completions(text, 23, VOCABULARY)[0]
    assert text[: best.start] + best.replacement + text[best.end :] == "tag:grid stage:ready,review sort:age"


def test_what_is_written_already_is_not_proposed() -> None:
    assert "ready" not in proposed("stage:ready")


def test_every_proposal_says_what_it_is() -> None:
    assert all(each.description for each in completions("", 0, VOCABULARY))
    assert [each.description for each in completions("goal:f", 6, VOCABULARY)][:1] == ["Analysts stay in flow"]
