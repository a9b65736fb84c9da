"""What git makes of three texts line by line."""

from pathlib import Path

import pytest

from store.disk.git.line_merges import merges_by_lines

BASE, OURS, THEIRS = b"a\nb\nc\n", b"a\nx\nc\n", b"a\ny\nc\n"


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_the_marks_are_those_of_git_whatever_style_a_person_has(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings"
    settings.write_text(f"[merge]\n\tconflictStyle = {style}\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert merges_by_lines(BASE, OURS, THEIRS) == (b"a\n<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\nc\n",)
    with_base = merges_by_lines(BASE, OURS, THEIRS, with_base=True)
    assert with_base
    assert all(b"\n|||||||" in text for text in with_base)


def test_a_text_that_both_sides_began_has_no_base() -> None:
    assert merges_by_lines(b"", OURS, OURS) == (OURS,)
    assert all(text.count(b"<<<<<<< ") == 1 for text in merges_by_lines(b"", OURS, THEIRS))


def test_what_git_takes_for_no_text_stays_ours() -> None:
    assert merges_by_lines(b"a\0", b"b\0", b"c\0") in {(b"b\0",), ()}


def test_without_git_there_are_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert merges_by_lines(BASE, OURS, THEIRS) == ()
