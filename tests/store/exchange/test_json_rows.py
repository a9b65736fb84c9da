"""JSON that is not what it should be is named by line and column."""

import pytest

from store.errors import ImportFailedError
from store.exchange.json_rows import JsonRows


def refusal(text: str) -> str:
    with pytest.raises(ImportFailedError) as caught:
        JsonRows(text, "issues.json")
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('[{"a": 1}, {"a": 2}]', 2),
        ('{"a": 1}\n{"a": 2}\n', 2),
        ('{"a": 1}\r\n\r\n{"a": 2}', 2),
        ('[{"a": 1}]\n[{"a": 2}, {"a": 3}]', 3),
        ('[{"a": 1}][]', 1),
        ('{"total_count": 1, "items": [{"a": 1}]}', 1),
        ('{"items": [{"a": 1}]}{"items": [{"a": 2}]}', 2),
        ('[{"a": "\\ud83d"}]', 1),
        ('{"a": "one\u2028line"}\n{"a": 2}', 2),
    ],
)
def test_lists_pages_lines_and_search_answers_are_read(text: str, rows: int) -> None:
    assert len(JsonRows(text, "x").rows) == rows


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[\n  {"a": 1},\n  {"a": ', "line 3, column"),
        ('[\n  {"a": 1},\n', "line 3, column 1"),
        ('[{"a": 1}', "line 1, column 10, it ends in the middle of the list"),
        ('[{"a": "text', "it ends in the middle of a value"),
        ('[{"a": 1} {"a": 2}]', "line 1, column 11, a comma or ] is missing"),
        ("[{'a': 1}]", "line 1, column 3"),
        ('[{"a": 1}]\nrest', "line 2, column 1"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('[{"a": ' + "9" * 5_000 + "}] x", "a number in it is too long"),
    ],
)
def test_broken_json_is_named_by_line_and_column(text: str, where: str) -> None:
    assert "is not whole JSON" in refusal(text)
    assert where in refusal(text)


@pytest.mark.parametrize("text", ['"text"', "12", "null", "true", '{"a": 1}\n"text"'])
def test_json_that_is_no_list_is_named(text: str) -> None:
    assert refusal(text) == "issues.json is JSON but not a list of objects."


@pytest.mark.parametrize("text", ["[]", "[][]", '{"items": []}'])
def test_an_empty_list_is_named(text: str) -> None:
    assert refusal(text) == "issues.json holds an empty list."


def test_a_row_knows_the_line_it_starts_on() -> None:
    rows = JsonRows('[\n  {\n    "a": 1\n  },\n  {"a": 2}, {"a": 3}\n]\n[\n{"a": 4}]', "x")

    assert [rows.line(index) for index in range(4)] == [2, 5, 5, 8]
