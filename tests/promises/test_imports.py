import json
import subprocess
import sys
from pathlib import Path

import pytest

from store.exchange.demo import demo_workspace
from tests.promises.sources import ROOT, sources
from tests.tui.cli.conftest import NOW

TERMINAL = {"textual", "rich", "click"}


def loaded(program: str, folder: Path = ROOT) -> set[str]:
    """The packages that a program has loaded when it ends, in a Python of its own."""
    lines = (
        f"import json, sys; sys.path.insert(0, {str(ROOT)!r})",
        program,
        "print('\\n' + json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))",
    )
    told = subprocess.run(
        (sys.executable, "-c", "\n".join(lines)), cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(told.stdout.splitlines()[-1]))


def test_no_module_of_the_store_loads_anything_of_a_terminal() -> None:
    modules = [source.module for source in sources() if source.module.startswith("store")]
    assert len(modules) > 50
    assert not loaded(f"import {', '.join(modules)}") & TERMINAL


def test_importing_the_store_costs_nothing() -> None:
    assert not loaded("import store") & {*TERMINAL, "pydantic", "tinydb", "orjson"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["add", "one more"],
        ["list"],
        ["list", "--json"],
        ["show", "ID"],
        ["show", "ID", "--json"],
        ["export", "--format", "csv"],
        ["import", "issues.json"],
        ["check"],
        ["--at", "HEAD", "list"],
        ["diff"],
        ["log"],
        ["git-setup"],
        ["textconv", "leadline.json"],
        ["init", "elsewhere"],
        ["demo"],
        [],
    ],
    ids=" ".join,
)
def test_no_command_loads_textual(arguments: list[str], tmp_path: Path) -> None:
    from tui.cli.demo import write_demo

    write_demo(tmp_path / "leadline.json")
    (tmp_path / "issues.json").write_text("[]", encoding="utf-8")
    workspace = demo_workspace(NOW)
    name = workspace.name_of(next(iter(workspace.items.values())))
    words = [name if word == "ID" else word for word in arguments]
    assert "textual" not in loaded(f"from tui.cli import run\nrun({words!r})", tmp_path)


def test_help_and_version_load_no_records() -> None:
    assert not loaded("from tui.cli import run\nrun(['--version'])") & {"pydantic", "tinydb"}
