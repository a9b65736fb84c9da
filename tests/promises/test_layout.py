"""The house plan: what stands where, and that no file holds two ideas."""

import ast
import subprocess

import pytest

from tests.promises.conftest import TOO_LONG
from tests.promises.sources import ROOT, last_name, sources

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "pyproject.toml",
    "screens",
    "store",
    "tests",
    "tui",
}
VAGUE = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base", "core"}


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    listed = subprocess.run(
        ("git", "-c", "core.quotePath=false", "ls-files"),  # noqa: S607 - git by name, as a person has it
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not in a git checkout")
    return listed.stdout.splitlines()


def test_nothing_else_stands_at_the_top(tracked: list[str]) -> None:
    assert {path.partition("/")[0] for path in tracked} <= TOP_LEVEL


def test_no_file_is_named_after_nothing_in_particular() -> None:
    assert [source.name for source in sources() if source.path.stem in VAGUE] == []


def test_no_file_is_far_too_long() -> None:
    assert {source.name: size for source in sources() if (size := len(source.text.splitlines())) > TOO_LONG} == {}


def test_every_file_says_what_it_is_for() -> None:
    assert [source.name for source in sources() if ast.get_docstring(source.tree) is None] == []


def test_a_shop_window_holds_no_code() -> None:
    """`__init__.py` is a docstring, imports and `__all__`."""
    windows = [source for source in sources() if source.path.name == "__init__.py"]
    assert [source.name for source in windows if any(_is_code(node) for node in source.tree.body)] == []


def _is_code(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return last_name(node.targets[0]) != "__all__"
    return not isinstance(node, (ast.Expr, ast.Import, ast.ImportFrom))
