"""What the README says is so."""

import re
import subprocess

import pytest

from store.errors import ExitCode
from tests.keys import with_keys
from tests.promises.sources import ROOT
from tui.cli.program import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
_COMMAND = re.compile(r"^leadline ([a-z][a-z-]*)", re.MULTILINE)


def between(mark: str) -> str:
    found = re.search(rf"<!-- {mark} -->\n(.*?)<!-- /{mark} -->", README, re.DOTALL)
    assert found is not None, f"README.md has no <!-- {mark} --> ... <!-- /{mark} -->"
    return found[1]


@pytest.mark.parametrize("mark", ["demo", "test"])
def test_each_of_the_two_commands_is_one_line_that_brings_its_own_environment(mark: str) -> None:
    (line,) = [line for line in between(mark).splitlines() if not line.startswith("```")]
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert "://" not in line


def test_ci_runs_the_test_command_of_the_readme_and_no_other() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    extract = next(line for line in script.splitlines() if line.startswith("command=$("))
    told = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", f'{extract}\nprintf %s "$command"'),  # noqa: S607 - bash by name
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"```sh\n{told.stdout}\n```\n" == between("test")
    assert "pytest" not in script


def test_the_table_of_exit_codes_is_complete() -> None:
    table = re.findall(r"^\| (\d+) \| ", README, re.MULTILINE)
    assert [int(code) for code in table] == [code.value for code in ExitCode]


def test_every_command_it_shows_exists() -> None:
    shown = set(_COMMAND.findall(README))
    assert shown <= COMMANDS.keys()
    assert {"add", "list", "show", "import", "export", "check", "init"} <= shown


def test_the_table_of_keys_is_that_of_the_commands() -> None:
    assert with_keys(README) == README, "run python -m tests.keys"


def test_the_picture_is_there_and_calls_nobody() -> None:
    (path,) = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    picture = (ROOT / path).read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert set(re.findall(r"https?://[^\"' )<]+", picture)) == {"http://www.w3.org/2000/svg"}
    assert "Quay platform" in picture.replace("&#160;", " ")
