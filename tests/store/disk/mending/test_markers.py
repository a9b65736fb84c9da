import subprocess
from pathlib import Path

import pytest

from store.disk.mending.markers import first_mark, sides_of, without_marks
from tests.store.disk.records import item
from tests.store.disk.stores import text_of

BASE = text_of({"items": [item(5, "as it was"), item(6), item(7), item(8, "as it was")]}).decode()
OURS = text_of({"items": [item(5, "ours"), item(6), item(7), item(8, "ours too")]}).decode()
THEIRS = text_of({"items": [item(5, "theirs"), item(6), item(7), item(8, "theirs too")]}).decode()


def merged(folder: Path, *options: str) -> str:
    """What git makes of the three texts."""
    for name, text in (("base", BASE), ("ours", OURS), ("theirs", THEIRS)):
        (folder / name).write_text(text, encoding="utf-8")
    command = (
        "git",
        "merge-file",
        "-p",
        *options,
        "-L",
        "HEAD",
        "-L",
        "base",
        "-L",
        "feature/x y",
        "ours",
        "base",
        "theirs",
    )
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("size", [7, 8, 15, 32])
@pytest.mark.parametrize("style", ["--no-diff3", "--diff3", "--zdiff3"])
def test_both_sides_of_a_merge_come_back_from_its_marks(tmp_path: Path, style: str, size: int) -> None:
    options = [] if style == "--no-diff3" else [style]
    text = merged(tmp_path, f"--marker-size={size}", *options)
    found = sides_of(text)
    assert found is not None
    assert (found.ours, found.theirs) == (OURS, THEIRS)
    assert found.base == (None if style == "--no-diff3" else BASE)
    assert found.labels == ("HEAD", "feature/x y")
    for ours, theirs in found.spans:
        assert any("ours" in line for line in OURS.split("\n")[ours.start : ours.stop])
        assert any("theirs" in line for line in THEIRS.split("\n")[theirs.start : theirs.stop])
    lines = text.split("\n")
    assert [lines[number - 1] for number in found.lines] == ["<" * size + " HEAD"] * 2


def test_a_text_without_marks_has_no_sides() -> None:
    assert sides_of(BASE) is None
    assert first_mark(BASE) is None
    assert first_mark(text_of({"items": [item(5).with_(body="<<<<<<< HEAD\n=======\n>>>>>>> x")]}).decode()) is None


def test_a_base_that_was_itself_a_merge_keeps_its_longer_marks() -> None:
    text = "a\n<<<<<<< o\n1\n||||||| b\n<<<<<<<<< x\n2\n=========\n3\n>>>>>>>>> y\n=======\n4\n>>>>>>> t\nz"
    found = sides_of(text)
    assert found is not None
    assert (found.ours, found.theirs) == ("a\n1\nz", "a\n4\nz")
    assert found.base == "a\n<<<<<<<<< x\n2\n=========\n3\n>>>>>>>>> y\nz"


def test_marks_that_were_committed_and_merged_again_belong_to_the_side_they_are_in() -> None:
    text = "<<<<<<< o\n<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n=======\n3\n>>>>>>> t"
    found = sides_of(text)
    assert found is not None
    assert found.ours == "<<<<<<< a\n1\n=======\n2\n>>>>>>> b"
    assert found.theirs == "3"


def test_one_place_without_a_base_leaves_the_whole_without() -> None:
    text = "<<<<<<< o\n1\n||||||| b\n0\n=======\n2\n>>>>>>> t\n<<<<<<< o\n1\n=======\n2\n>>>>>>> t\n"
    found = sides_of(text)
    assert found is not None
    assert found.base is None


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< o\n1\n=======\n2\n",
        "1\n=======\n2\n>>>>>>> t\n",
        "<<<<<<< o\n1\n>>>>>>> t\n",
        "<<<<<<< o\n1\n=======\n2\n||||||| b\n3\n",
        "<<<<<<< o\n1\n=======\n2\n>>>>>>> t\n>>>>>>> t\n",
        "<<<<<<< o\n1\n========\n2\n>>>>>>> t\n",
    ],
)
def test_marks_that_do_not_go_together_give_no_sides(text: str) -> None:
    assert sides_of(text) is None
    assert first_mark(text) is not None
    bare = without_marks(text)
    assert first_mark(bare) is None
    assert bare.count("\n") == text.count("\n")
