"""The user's own keys are checked before they are used."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.commands.command import AnyCommand
from screens.commands.everywhere import EVERYWHERE
from screens.wording.clean import clean
from tui.keymap import read_keymap


@pytest.fixture(name="commands")
def _commands() -> dict[str, AnyCommand]:
    return {command.id: command() for command in EVERYWHERE}


def written(folder: Path, text: str) -> Path:
    path = folder / "keys.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_every_key_stays(tmp_path: Path, commands: dict[str, AnyCommand]) -> None:
    assert read_keymap(tmp_path / "keys.toml", commands).keys == {}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('undo = "z"', {"undo": "z"}),
        ('"go.backlog" = "g l"', {"go.backlog": "g l"}),
        ('[go]\nbacklog = "g l"', {"go.backlog": "g l"}),
        ('[keys]\nundo = "z"', {"undo": "z"}),
        ('[keys]\n"go.backlog" = "g l"\n[keys.go]\noverview = "g x"', {"go.backlog": "g l", "go.overview": "g x"}),
        ('redo = "f5"\n[keys]\nundo = "z"', {"redo": "f5", "undo": "z"}),
        ('[go]\nbacklog = "g l"\n[keys.go]\noverview = "g x"', {"go.backlog": "g l", "go.overview": "g x"}),
        ('help = "!"', {"help": "exclamation_mark"}),
        ('redo = "ctrl+y"', {"redo": "ctrl+y"}),
        ('redo = "f5"', {"redo": "f5"}),
    ],
)
def test_a_key_is_taken_over(tmp_path: Path, commands: dict[str, AnyCommand], text: str, keys: dict[str, str]) -> None:
    keymap = read_keymap(written(tmp_path, text), commands)
    assert keymap.keys == keys
    assert keymap.problems == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('redoo = "ctrl+y"', "keys.toml, line 1: there is no command “redoo”. Did you mean redo?"),
        ('[keys]\nredoo = "ctrl+y"', "keys.toml, line 2: there is no command “redoo”. Did you mean redo?"),
        ('\nundo = "not a key!!"', "keys.toml, line 2: “not a key!!” is not a key."),
        ("undo = 3", "keys.toml, line 1: “3” is not a key."),
        ('undo = "hyper+x"', "“hyper+x” is not a key."),
        ('undo = "z"\nredo = "z"', "z is given to both undo and redo"),
        ("undo = ", "keys.toml is no TOML"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(
    tmp_path: Path, commands: dict[str, AnyCommand], text: str, words: str
) -> None:
    problems = read_keymap(written(tmp_path, text), commands).problems
    assert len(problems) == 1
    assert words in problems[0]


def test_a_wrong_line_does_not_take_the_right_ones_with_it(tmp_path: Path, commands: dict[str, AnyCommand]) -> None:
    keymap = read_keymap(written(tmp_path, 'undo = "z"\nnothing = "y"'), commands)
    assert keymap.keys == {"undo": "z"}
    assert len(keymap.problems) == 1


def test_bytes_that_are_no_text_are_told(tmp_path: Path, commands: dict[str, AnyCommand]) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in read_keymap(path, commands).problems[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = " + "[" * 5_000, "keys.toml is nested too deeply. The keys stay as they are."),
        (".".join("a" * 5_000) + " = 1", "keys.toml is nested too deeply. The keys stay as they are."),
        ("a = " + "1" * 5_000, "keys.toml is no TOML: "),
        ("\n".join(f"a{number} = 'x'" for number in range(501)), "keys.toml has more than 500 entries."),
        ("#" * 70_000, "keys.toml cannot be read: it has more than 65,536 bytes."),
        (f"{'x' * 5_000} = 'y'", f"keys.toml, line 1: there is no command “{'x' * 39}…”."),
        (f"undo = '{'y' * 5_000}'", f"keys.toml, line 1: “{'y' * 39}…” is not a key. Try x, X, ctrl+x or f2."),
    ],
    ids=["nested", "dotted", "figures", "entries", "bytes", "name", "key"],
)
def test_a_file_out_of_all_bounds_is_one_sentence(
    tmp_path: Path, commands: dict[str, AnyCommand], text: str, problem: str
) -> None:
    keymap = read_keymap(written(tmp_path, text), commands)
    assert keymap.keys == {}
    assert keymap.problems[0].startswith(problem)


def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path, commands: dict[str, AnyCommand]) -> None:
    os.mkfifo(tmp_path / "keys.toml")
    problems = read_keymap(tmp_path / "keys.toml", commands).problems
    assert problems == ("keys.toml cannot be read: it is not an ordinary file. The keys stay as they are.",)


@given(st.text(st.sampled_from("undoreg.backl\"'[]{}=, \n#+\x00\x1b\u202eé0123") | st.characters(), max_size=60))
def test_no_text_at_all_breaks_it(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "keys.toml")
        path.write_text(text, encoding="utf-8", errors="replace")
        keymap = read_keymap(path, {command.id: command() for command in EVERYWHERE})
    assert all("\n" not in clean(problem) for problem in keymap.problems)
