"""CSV: dialects, broken quotes, line numbers."""

import csv

import pytest

from store.errors import ImportFailedError
from store.exchange.csv_rows import csv_rows, fitted, header_of, unused_columns


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found_in_the_header(sign: str) -> None:
    table = csv_rows(f'a{sign}"b,;|x"{sign}c\r\n1{sign}"x,y;z|q"{sign}3\r\n', "x.csv")

    assert table.header == ("a", "b,;|x", "c")
    assert table.rows == ((2, ["1", "x,y;z|q", "3"]),)


def test_a_note_to_spreadsheets_names_the_sign() -> None:
    table = csv_rows("sep=;\r\na;b,c\r\n1;2\r\n", "x.csv")

    assert table.header == ("a", "b,c")
    assert table.rows[0][0] == 3


def test_line_breaks_in_cells_are_kept_and_counted() -> None:
    table = csv_rows('a,b\n1,"x\r\ny\r\n"\n2,z\n\n,\n3,q\n', "x.csv")

    assert table.rows == ((2, ["1", "x\r\ny\r\n"]), (5, ["2", "z"]), (8, ["3", "q"]))


def test_a_quote_that_is_never_closed_is_named_by_the_line_of_its_row() -> None:
    with pytest.raises(ImportFailedError, match=r"the row that starts in line 3 has a broken quotation mark"):
        csv_rows('a,b\n1,x\n2,"y\n3,z\n', "x.csv")


def test_a_cell_may_be_larger_than_the_limit_of_the_csv_module_which_stays_as_it_is() -> None:
    before = 99_999
    csv.field_size_limit(before)
    table = csv_rows(f"a,b\n1,{'x' * 300_000}\n", "x.csv")

    assert len(table.rows[0][1][1]) == 300_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize("text", ["a,b\n", "a,b", "a,b\n\n,\n"])
def test_a_header_without_rows_is_named(text: str) -> None:
    with pytest.raises(ImportFailedError, match="has a header but no rows"):
        csv_rows(text, "x.csv")


def test_nothing_but_signs_is_empty() -> None:
    with pytest.raises(ImportFailedError, match="is empty"):
        csv_rows(",,\n,,\n", "x.csv")


@pytest.mark.parametrize(
    ("cells", "fit"),
    [(["1", "2"], ["1", "2"]), (["1", "2", "", ""], ["1", "2"]), (["1"], None), (["1", "2", "3"], None)],
)
def test_only_empty_cells_may_be_too_many(cells: list[str], fit: list[str] | None) -> None:
    assert fitted(cells, 2) == fit


def test_the_header_is_read_alone_and_a_broken_one_is_none() -> None:
    assert header_of("Summary, Issue  key ,,\n1,2") == ("Summary", "Issue key")
    assert header_of('a,"b') == ()


def test_unused_columns_are_those_with_values() -> None:
    table = csv_rows("a,b,c,c,d\n1,,x,,2\n", "x.csv")

    assert unused_columns(table, {"a"}) == ("c", "d")
