import os
from pathlib import Path

import pytest

from store.errors import ExitCode, LeadlineError
from tests.tui.cli.conftest import Leadline
from tui.cli.program import COMMANDS
from tui.cli.running import INTERRUPTED, PIPE_CLOSED


def test_the_help_names_every_command_and_every_exit_code(leadline: Leadline) -> None:
    ended = leadline("--help")
    assert ended.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in ended.out
    for code in ExitCode:
        assert f"\n  {code.value:>3}  " in ended.out
    assert "_LEADLINE_COMPLETE" in ended.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(leadline: Leadline, name: str) -> None:
    ended = leadline(name, "-h")
    assert ended.code == 0
    assert ended.out.startswith(f"Usage: leadline {name}")
    assert max(len(line) for line in ended.lines) <= 100


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_stand_on_lines_of_their_own(leadline: Leadline, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = leadline(name, "--help").lines
    assert not any("\\b" in line or "\b" in line for line in lines)
    assert max(len(line) for line in lines) < 80
    if name in {"add", "list", "import", "export"}:
        examples = lines[lines.index("Examples:") + 1 :]
        assert len(examples) >= 2
        assert all(not line or line.startswith("  ") for line in examples)
        assert any(line.startswith(f"  leadline {name} ") for line in examples)


def test_the_version_is_said(leadline: Leadline) -> None:
    assert leadline("--version").out.startswith("leadline ")


def test_a_mistyped_command_is_answered_with_the_nearest(leadline: Leadline) -> None:
    ended = leadline("lst")
    assert ended.code == ExitCode.USAGE
    assert "Did you mean “list”?" in ended.err
    assert ended.out == ""


def test_an_unknown_option_is_a_usage_error(leadline: Leadline) -> None:
    assert leadline("list", "--jsn").code == ExitCode.USAGE


def test_without_a_store_the_error_says_how_to_start_one(leadline: Leadline) -> None:
    for name in (("list",), ("show", "7KQ"), ("add", "x"), ("check",), ("export", "--format", "csv")):
        ended = leadline(*name)
        assert ended.code == ExitCode.NO_STORE
        assert ended.out == ""
        assert "leadline init" in ended.err


def test_an_error_is_a_title_a_sentence_and_a_hint_without_a_traceback(
    leadline: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    class OddError(LeadlineError):
        title = "Odd"
        exit_code = ExitCode.BAD_DATA

    def fail(*_: object) -> None:
        message = "The \x1b[31mworld\x1b[0m is odd."
        raise OddError(message, "Turn it round.")

    monkeypatch.setattr("tui.cli.checking.store_path", fail)
    ended = leadline("check")
    assert ended.code == ExitCode.BAD_DATA
    assert ended.err == "Odd: The ␛[31mworld␛[0m is odd.\nTurn it round.\n"


def test_a_fault_of_ours_ends_with_its_own_code_and_few_words(
    leadline: Leadline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tui.cli.checking.store_path", fail)
    ended = leadline("check")
    assert ended.code == ExitCode.CRASHED
    assert len(ended.err.splitlines()) <= 6
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, INTERRUPTED), (BrokenPipeError, PIPE_CLOSED)])
def test_ctrl_c_and_a_closed_pipe_end_without_a_word(
    leadline: Leadline, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], code: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("tui.cli.checking.store_path", fail)
    # The program gives its standard output away when the pipe is closed; a test still needs it.
    monkeypatch.setattr("os.dup2", lambda *_: None)
    ended = leadline("check")
    assert (ended.code, ended.out, ended.err) == (code, "", "")


def test_without_a_terminal_the_full_screen_is_a_text_that_says_what_can_be_run(leadline: Leadline) -> None:
    for arguments in ((), ("demo",)):
        ended = leadline(*arguments)
        assert ended.code == ExitCode.USAGE
        assert "leadline list" in ended.out
        assert "leadline --help" in ended.out
        assert "\x1b" not in ended.out


@pytest.mark.parametrize(
    "arguments", [["ls\x1b[2J"], ["list", "--\x1b]0;x\x07"], ["show", "\u202e\x9b31m"], ["import", "\x1bc"]]
)
def test_what_was_typed_is_quoted_without_acting_on_the_terminal(leadline: Leadline, arguments: list[str]) -> None:
    ended = leadline(*arguments)
    assert ended.code
    assert all(char == "\n" or char.isprintable() for char in ended.out + ended.err)


@pytest.mark.parametrize(
    "arguments", [["--store", "x" * 5_000, "list"], ["init", "x" * 5_000], ["import", "x" * 5_000]]
)
def test_a_name_that_is_too_long_is_refused_in_a_sentence(leadline: Leadline, arguments: list[str]) -> None:
    assert leadline(*arguments).code in {ExitCode.NO_STORE, ExitCode.NOT_SAVED, ExitCode.BAD_DATA}


@pytest.mark.parametrize("value", ["x" * 5_000, "~nobody-here/x", "\x1b]0;x\x07", "-"])
def test_a_variable_that_names_no_store_is_refused_in_a_sentence(
    leadline: Leadline, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("LEADLINE_STORE", value)
    ended = leadline("list")
    assert ended.code == ExitCode.NO_STORE
    assert all(char == "\n" or char.isprintable() for char in ended.err)


def test_in_a_folder_that_is_gone_a_named_store_is_still_found(leadline: Leadline, folder: Path) -> None:
    leadline("init")
    gone = folder / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    assert leadline("--store", str(folder / "leadline.json"), "list").code == ExitCode.OK
    ended = leadline("list")
    assert ended.code == ExitCode.NO_STORE
    assert "The folder you are in is not there any more." in ended.err


def test_the_hint_about_a_name_like_an_option_can_be_run(leadline: Leadline, folder: Path) -> None:
    assert "`leadline init ./-x`" in leadline("--store", "-x", "list").err
    assert leadline("init", "./-x").code == ExitCode.OK
    assert (folder / "-x" / "leadline.json").is_file()


@pytest.mark.parametrize("content", [b"", b"id,title\n1,x\n", b"[]", b"{}"])
def test_a_file_of_which_nothing_can_be_read_is_no_empty_list(leadline: Leadline, folder: Path, content: bytes) -> None:
    (folder / "leadline.json").write_bytes(content)
    ended = leadline("list")
    assert (ended.code, ended.out) == (ExitCode.BAD_DATA, "")


@pytest.mark.parametrize("words", [None, "leadline"])
def test_a_completion_that_no_shell_asked_for_is_a_usage_error(
    leadline: Leadline, monkeypatch: pytest.MonkeyPatch, words: str | None
) -> None:
    monkeypatch.setenv("_LEADLINE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_CWORD", "one")
    if words is not None:
        monkeypatch.setenv("COMP_WORDS", words)
    assert leadline().code == ExitCode.USAGE
