import pytest

from store.disk.mending.decoding import decoded, is_blank
from tests.store.disk.records import item
from tests.store.disk.stores import text_of

TITLE = "Grüße an Ænne, 50 € – bald"
TEXT = text_of({"items": [item(5, TITLE)]}).decode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_whole_file_in_another_encoding_is_the_same_text(encoding: str, end: str) -> None:
    found = decoded(TEXT.replace("\n", end).encode(encoding))
    assert found.text == TEXT
    assert found.encoding == ("" if "8" in encoding else encoding[:6].upper())
    assert found.odd_lines == ()


def test_only_lines_that_are_no_utf_8_are_read_as_windows() -> None:
    first, second = item(5, TITLE), item(6, TITLE)
    lines = text_of({"items": [first, second]}).split(b"\n")
    at = next(number for number, line in enumerate(lines) if TITLE.encode() in line)
    lines[at] = lines[at].decode().encode("cp1252")
    found = decoded(b"\n".join(lines))
    assert found.text == text_of({"items": [first, second]}).decode()
    assert found.odd_lines == (at + 1,)


def test_any_bytes_become_some_text() -> None:
    assert decoded(bytes(range(256))).odd_lines == (2,)
    assert decoded(b"\xff\xfe\x00\xd8").encoding == "UTF-16"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\x00" * 4096, b"\xef\xbb\xbf\n"])
def test_nothing_is_in_blanks_and_zeros(content: bytes) -> None:
    assert is_blank(content)
    assert not is_blank(content + b"{")
