import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.terminal.conftest import Start
from tests.terminal.terminal import LEADLINE

CRASHING = """
import sys
import tui.cli.fullscreen, tui.app
class Broken(tui.app.LeadlineApp):
    def on_mount(self):
        note = "a private note"
        raise LookupError(len(note))
tui.app.LeadlineApp = Broken
from tui.__main__ import main
sys.argv = ["leadline"]
main()
"""


def ended(
    command: Sequence[str], folder: Path, env: dict[str, str], stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=folder, env=env, input=stdin, capture_output=True, text=True, timeout=60, check=False
    )


def run(*arguments: str, folder: Path, env: dict[str, str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    return ended((LEADLINE, *arguments), folder, env, stdin)


@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_without_a_terminal_there_is_a_text_and_exit_code_2(
    folder: Path, env: dict[str, str], arguments: tuple[str, ...]
) -> None:
    ended = run(*arguments, folder=folder, env=env)
    assert ended.returncode == 2
    assert "leadline list" in ended.stdout
    assert "\x1b" not in ended.stdout + ended.stderr
    assert list(folder.iterdir()) == []


def test_the_commands_work_one_after_the_other(folder: Path, env: dict[str, str]) -> None:
    assert run("init", folder=folder, env=env).returncode == 0
    name = run("add", "Größer denken #ideas", folder=folder, env=env).stdout.strip()
    assert run("list", "tag:ideas", folder=folder, env=env).stdout.endswith("\tGrößer denken\n")
    assert "Größer denken" in run("show", name, folder=folder, env=env).stdout
    assert run("check", folder=folder, env=env).returncode == 0


def test_python_m_tui_is_the_same_program(folder: Path, env: dict[str, str]) -> None:
    root = Path(__file__).resolve().parents[2]
    same = subprocess.run(
        (sys.executable, "-m", "tui", "--version"),
        cwd=folder,
        env={**env, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert same.stdout == run("--version", folder=folder, env=env).stdout


def test_a_reader_that_goes_away_is_no_fault(folder: Path, env: dict[str, str]) -> None:
    run("demo", "--keep", "leadline.json", folder=folder, env=env)
    with subprocess.Popen(
        (LEADLINE, "export", "is:any", "--format", "json"),
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) in {0, 141}
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


def in_shell(line: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """One line of a shell, in which `leadline` is the installed program."""
    function = f'leadline() {{ "{LEADLINE}" "$@"; }}\n'
    return ended(("sh", "-c", function + line), folder, env)


@pytest.mark.parametrize("line", ["leadline add one >&-", "leadline add one 2>&-", "leadline add one 2>/dev/full"])
def test_a_stream_that_is_closed_or_full_stops_no_work(line: str, folder: Path, env: dict[str, str]) -> None:
    run("init", folder=folder, env=env)
    ended = in_shell(line, folder, env)
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False)
    assert run("list", folder=folder, env=env).stdout.endswith("\tone\n")


def test_an_input_that_is_closed_holds_nothing(folder: Path, env: dict[str, str]) -> None:
    run("init", folder=folder, env=env)
    ended = in_shell("leadline add - <&-", folder, env)
    assert ended.returncode == 1
    assert "There is no title" in ended.stderr


@pytest.mark.parametrize("arguments", ["--help", "list", "list --json", "add two"])
def test_a_full_output_is_told_once(arguments: str, folder: Path, env: dict[str, str]) -> None:
    run("init", folder=folder, env=env)
    run("add", "one", folder=folder, env=env)
    ended = in_shell(f"leadline {arguments} >/dev/full", folder, env)
    assert ended.returncode == 1
    assert ended.stderr.count("Standard output takes no more: no space left on device.") == 1
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("lost", ["2>/dev/full", "2>&-", "2>&1 >/dev/null | true"])
def test_a_merge_that_can_tell_nobody_is_a_merge_all_the_same(lost: str, folder: Path, env: dict[str, str]) -> None:
    run("init", folder=folder, env=env)
    in_shell(
        """
        git init -q . && leadline add one && leadline git-setup --yes && git add -A && git commit -qm base
        git checkout -qb side && sed -i 's/"one"/"theirs"/' leadline.json && git commit -qam theirs
        git checkout -q - && sed -i 's/"one"/"ours"/' leadline.json && git commit -qam ours
        """,
        folder,
        env,
    )
    in_shell(f"git merge side {lost}", folder, env)
    tables = json.loads((folder / "leadline.json").read_text())
    (conflict,) = tables["conflicts"].values()
    assert sorted(conflict["sides"]) == ["ours", "theirs"]
    assert "UU leadline.json" in in_shell("git status --porcelain", folder, env).stdout


def hear_ctrl_c() -> None:
    """What runs in the background of a shell is deaf to ctrl+c, and so would be all it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_ends_a_command_that_waits_for_input(folder: Path, env: dict[str, str]) -> None:
    run("init", folder=folder, env=env)
    with subprocess.Popen(
        (LEADLINE, "add", "-"),
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_ctrl_c,  # noqa: PLW1509 - no threads here, and nothing else reaches the child before it starts
    ) as process:
        # It has to have started: before that Python itself would answer.
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        said = process.stderr.read()
        assert process.wait(60) == 130
    assert said == ""


def test_the_shell_can_ask_for_completion(folder: Path, env: dict[str, str]) -> None:
    script = run(folder=folder, env={**env, "_LEADLINE_COMPLETE": "zsh_source"}).stdout
    assert "_LEADLINE_COMPLETE" in script
    asked = {**env, "_LEADLINE_COMPLETE": "zsh_complete", "COMP_WORDS": "leadline ex", "COMP_CWORD": "1"}
    assert "export" in run(folder=folder, env=asked).stdout


def test_columns_fit_the_terminal(start: Start, folder: Path, env: dict[str, str]) -> None:
    run("demo", "--keep", "leadline.json", folder=folder, env=env)
    terminal = start("list", "stage:ready", columns=60, lines=40)
    assert terminal.ended() == 0
    rows = [row for row in terminal.rows if "LL-" in row]
    assert len(rows) == 12
    assert "12 items." in terminal.text


def test_a_crash_gives_the_terminal_back_says_little_and_ends_with_70(
    start: Start, folder: Path, env: dict[str, str]
) -> None:
    run("init", folder=folder, env=env)
    terminal = start(command=(sys.executable, "-c", CRASHING))
    assert terminal.ended() == 70
    assert terminal.raw.rindex(b"\x1b[?1049l") > terminal.raw.rindex(b"\x1b[?1049h")
    after = terminal.raw[terminal.raw.rindex(b"\x1b[?1049l") :]
    assert after.count(b"\n") <= 6
    assert b"Your data is safe" in after
    assert b"private" not in terminal.raw
    (kept,) = Path(env["LEADLINE_STATE_DIR"]).glob("crash-*.txt")
    assert "a private note" not in kept.read_text(encoding="utf-8").replace('note = "a private note"', "")
    assert kept.stat().st_mode & 0o077 == 0
