"""Files that cannot be imported: one clear sentence each, and nothing waits for ever."""

import os
from pathlib import Path

import pytest

from store.errors import ImportFailedError
from store.exchange import ImportOptions, detect_format, read_file
from store.exchange.opening import bytes_of, text_of
from tests.store.exchange.build import FIXTURES, imported, only

ISSUE = '[{"number": 1, "title": "Größe", "state": "open", "html_url": "https://github.com/a/b/issues/1"}]'
TABLE = "id,title\n1,Größe\n"


def refusal(path: Path, options: ImportOptions | None = None) -> str:
    with pytest.raises(ImportFailedError) as caught:
        read_file(path, options or ImportOptions())
    assert caught.value.message.endswith(".")
    return caught.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.json") == f"There is no file {tmp_path / 'no.json'}."


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a plain file" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused_and_not_read_to_its_end(device: str) -> None:
    assert "not a plain file" in refusal(Path(device))


def test_a_link_to_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    assert "not a plain file" in refusal(tmp_path / "link")


def test_a_file_that_turns_into_a_pipe_between_two_looks_is_refused_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    before = (tmp_path / "file").stat()
    monkeypatch.setattr(Path, "stat", lambda _self: before)

    with pytest.raises(ImportFailedError):
        bytes_of(tmp_path / "pipe")


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(ISSUE, encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert len(read_file(tmp_path / "link").items) == 1


def test_a_link_to_itself_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "cannot be read" in refusal(tmp_path / "loop")


def test_a_name_with_a_nul_is_a_sentence() -> None:
    assert "cannot be read" in refusal(Path("a\0b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret").touch(mode=0o000)
    assert "may not be read" in refusal(tmp_path / "secret")


def test_a_file_above_the_cap_is_not_read_into_memory(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(2**20 + 1)
    with pytest.raises(ImportFailedError, match="larger than 1 MB"):
        bytes_of(tmp_path / "huge", cap=2**20)


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_empty_whatever_blanks_it_holds(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "issues.json").write_bytes(content)
    assert refusal(tmp_path / "issues.json") == "issues.json is empty."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("content", [ISSUE, TABLE], ids=["json", "csv"])
def test_utf_8_and_whatever_has_a_byte_order_mark_is_read(encoding: str, content: str) -> None:
    assert only(imported(content.encode(encoding), "file")).title == "Größe"


def test_a_wrong_encoding_names_byte_and_line_and_the_way_out() -> None:
    data = "id,title\n1,ok\n2,Größe\n".encode("latin-1")
    with pytest.raises(ImportFailedError) as caught:
        text_of(data, "board.csv")
    assert caught.value.message == "board.csv is not UTF-8: byte 19, line 3, cannot be read."
    assert "latin-1" in caught.value.hint


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ISO-8859-1"])
def test_latin_1_is_read_when_it_is_asked_for(encoding: str) -> None:
    options = ImportOptions(encoding=encoding)
    assert only(imported(TABLE.encode("latin-1"), "board.csv", options=options)).title == "Größe"


@pytest.mark.parametrize("encoding", ["klingon", "zip", "rot13", "hex", "unicode_escape", "idna", "\0", "utf-8\0", "ä"])
def test_an_encoding_that_is_none_is_a_sentence(encoding: str) -> None:
    with pytest.raises(ImportFailedError, match=r"not an encoding|cannot be read"):
        text_of(b"abc", "x", encoding)


def test_a_spreadsheet_file_is_told_from_text() -> None:
    with pytest.raises(ImportFailedError, match="is not text"):
        text_of(b"PK\x03\x04\x14\x00\x00\x00\xff\xff", "board.xlsx")


def test_half_a_file_in_utf_16_is_a_sentence() -> None:
    with pytest.raises(ImportFailedError, match="UTF-16"):
        text_of(TABLE.encode("utf-16")[:-1], "board.csv")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("gh_list.json", "github"),
        ("gh_lines.jsonl", "github"),
        ("jira_cloud.csv", "jira"),
        ("jira_server.csv", "jira"),
        ("linear.csv", "csv"),
        ("semicolons.csv", "csv"),
    ],
)
def test_the_format_is_told_by_content(tmp_path: Path, name: str, expected: str) -> None:
    (tmp_path / "export.txt").write_bytes((FIXTURES / name).read_bytes())
    assert detect_format(tmp_path / "export.txt") == expected


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    assert "“xml” is not a format" in refusal(tmp_path / "a.csv", ImportOptions(format="xml"))


def test_columns_cannot_be_named_for_json(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(ISSUE, encoding="utf-8")
    assert "no columns can be named" in refusal(tmp_path / "a.json", ImportOptions(mapping={"title": "x"}))
