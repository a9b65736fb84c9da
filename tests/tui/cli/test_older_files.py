"""Stores of an older and of a newer schema on the command line."""

import json
from pathlib import Path

import click
import pytest

from store.disk.reading.migrating import SCHEMA
from store.errors import ExitCode
from store.models import Workspace
from tests.store.disk.git.repositories import Clone
from tests.store.disk.stores import of_schema
from tests.tui.cli.conftest import Leadline
from tui.cli.fullscreen import opened
from tui.cli.offering import brought_up_first


@pytest.fixture
def path(demo: Workspace, folder: Path) -> Path:
    """The demo as if an older leadline had written it."""
    del demo
    store = folder / "leadline.json"
    store.write_bytes(of_schema(store.read_bytes(), 1))
    return store


def test_a_check_shows_the_steps_and_changes_nothing(leadline: Leadline, path: Path) -> None:
    before = path.read_bytes()
    ended = leadline("check")
    assert ended.code == ExitCode.FAILED
    assert ended.lines[0] == (
        f"leadline.json: warning: leadline.json has schema 1, of an older leadline; this one writes {SCHEMA} and only"
        " reads it."
    )
    assert ended.lines[2].startswith("    - Schema 2: items, goals and decisions get a line for each field")
    assert "records get other fields." in ended.lines[2]
    told = json.loads(leadline("check", "--json").out)
    assert told["mending"]["sentences"][0] == ended.lines[2].removeprefix("    - ")
    assert not told["mending"]["done"]
    assert path.read_bytes() == before


def test_the_fix_asks_keeps_the_old_file_and_recover_brings_it_back(leadline: Leadline, path: Path) -> None:
    before = path.read_bytes()
    asked = leadline("check", "--fix")
    assert "--yes does it" in asked.err
    assert path.read_bytes() == before
    done = leadline("check", "--fix", "--yes")
    assert done.code == 0
    assert f"leadline.json has schema {SCHEMA} now." in done.err
    assert of_schema(path.read_bytes(), 1) == before
    assert leadline("check").code == 0
    assert leadline("add", "Now it can be written").code == 0
    listed = leadline("recover").lines
    (number,) = [line.split()[0] for line in listed if "before upgrading" in line]
    assert leadline("recover", number, "--restore", "--yes").code == 0
    assert path.read_bytes() == before


def test_looking_works_and_changing_says_what_to_run(leadline: Leadline, path: Path) -> None:
    before = path.read_bytes()
    assert leadline("list", "is:any", "--json").code == 0
    ended = leadline("add", "Anything")
    assert ended.code != 0
    assert "leadline check --fix" in ended.err
    assert path.read_bytes() == before


def test_a_newer_store_is_only_looked_at(leadline: Leadline, demo: Workspace, folder: Path) -> None:
    del demo
    path = folder / "leadline.json"
    path.write_bytes(of_schema(path.read_bytes(), 99))
    before = path.read_bytes()
    ended = leadline("list")
    assert (ended.code, ended.out != "", "A newer leadline" in ended.err) == (0, True, True)
    for arguments in (("add", "Anything"), ("check", "--fix", "--yes")):
        assert leadline(*arguments).code != 0
    ended = leadline("check")
    assert ended.code == ExitCode.FAILED
    assert "has schema 99, of a newer leadline" in ended.lines[0]
    assert "Upgrade leadline" in ended.lines[1]
    assert path.read_bytes() == before


@pytest.mark.parametrize("agrees", ["yes", ""])
def test_the_full_screen_asks_first_and_opens_it_either_way(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], agrees: str
) -> None:
    monkeypatch.setenv("LEADLINE_STATE_DIR", str(path.parent / "state"))
    before = path.read_bytes()
    monkeypatch.setattr(click, "confirm", lambda *_args, **_options: bool(agrees))
    bench = opened(path)
    assert bench.is_read_only is not bool(agrees)
    assert (path.read_bytes() == before) is not bool(agrees)
    assert f"has schema 1, of an older leadline; this one writes schema {SCHEMA}." in capsys.readouterr().err
    bench.close()


def test_nobody_is_asked_about_a_store_of_the_newest_schema(leadline: Leadline, demo: Workspace, folder: Path) -> None:
    del leadline, demo
    assert not brought_up_first(folder / "leadline.json")


def test_old_commits_are_read_and_the_step_itself_is_no_change(past: Clone, leadline: Leadline) -> None:
    newest = past.store.read_bytes()
    past.store.write_bytes(of_schema(newest, 1))
    past.commit("An older leadline")
    past.store.write_bytes(newest)
    past.commit("The store brought up")
    then, now = (json.loads(leadline("--at", rev, "list", "is:any", "--json").out) for rev in ("HEAD~1", "HEAD"))
    assert then["items"] == now["items"]
    assert leadline("diff", "HEAD~1", "HEAD").out == ""
    assert "Export" in leadline("log").out
    assert "schema 1" in leadline("--at", "HEAD~1", "check").out


def test_merges_of_an_older_store_are_made_again_in_the_newest_schema(past: Clone, leadline: Leadline) -> None:
    newest = past.store.read_bytes()
    older = of_schema(newest, 1)
    past.store.write_bytes(older)
    past.commit("An older leadline")
    past.git("switch", "--quiet", "--create", "side")
    past.store.write_bytes(older.replace(b'"size": null', b'"size": 3', 1))
    past.commit("side")
    past.git("switch", "--quiet", "main")
    past.store.write_bytes(older.replace(b'"owner": ""', b'"owner": "cy"', 1))
    past.commit("main")
    past.git("merge", "--quiet", "--no-edit", "--strategy", "ours", "side")
    past.store.write_bytes(newest.replace(b'"owner": ""', b'"owner": "cy"', 1))
    ended = leadline("check", "--merges")
    assert ended.code == ExitCode.BAD_DATA
    assert "size 3" in ended.out
