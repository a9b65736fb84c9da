import pytest

from store.errors import QueryError
from store.query.lexer import MAX_LENGTH, Sign, tokens_of


def shown(text: str) -> list[str]:
    found = []
    for token in tokens_of(text):
        values = ",".join(f"<{value.text}>" if value.is_quoted else value.text for value in token.values)
        found.append(f"{token.name}{token.operator}{values}" if token.sign is Sign.WORD else token.sign.value)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("stage:ready", ["stage:ready"]),
        ("Stage:ready,doing", ["stage:ready,doing"]),
        ("size<=3 age>30d", ["size<=3", "age>30d"]),
        ("-blocked", ["-", "blocked"]),
        ("a - b", ["a", "-", "b"]),
        ("re-run", ["re-run"]),
        ('"free words"', ["<free words>"]),
        ('tag:"a, b",c', ["tag:<a, b>,c"]),
        ("(a b)", ["(", "a", "b", ")"]),
        ("10:30", ["10:30"]),
        ("https://example.com/a", ["https://example.com/a"]),
        ('"never closed', ["<never closed>"]),
        ("stage:", ["stage:"]),
        ("owner!=@ana", ["owner!=@ana"]),
        ("sort:-score", ["sort:-score"]),
        ('text:"a (b) c"', ["text:<a (b) c>"]),
    ],
)
def test_a_query_is_cut_into_its_words(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_every_token_knows_its_column() -> None:
    assert [token.column for token in tokens_of(' a (stage:x) -"b"')] == [1, 3, 4, 11, 13, 14]
    assert [value.column for value in tokens_of("stage:ready,doing")[0].values] == [6, 12]


def test_a_text_that_is_too_long_is_refused() -> None:
    assert tokens_of("a" * MAX_LENGTH)
    with pytest.raises(QueryError, match="at most 1000 characters"):
        tokens_of("a" * (MAX_LENGTH + 1))
