"""Texts that attack a terminal reach none, whatever shows them: every payload on every screen, dialog and command."""

from pathlib import Path

import pytest

from tests.hostile.payloads import PAYLOADS
from tests.hostile.place import Place, hostile_place, with_marks
from tests.hostile.surfaces import COMMANDS, MARKED_COMMANDS, SCREENS
from tests.hostile.walking import Leaks, ran, walk, walk_after_mending, walk_from_the_start
from tests.proofs.figures import Report
from tests.proofs.sizes import size
from tests.terminal.terminal import program_env
from tui.cli.program import COMMANDS as PROGRAM

NAMES = list(PAYLOADS)
SCREEN_GROUPS = size(4, len(NAMES))
"""How many stores the payloads are spread over: the more, the more of each is in view."""
COMMAND_GROUPS = size(3, len(NAMES))


def place_of(group: int, groups: int, tmp_path: Path) -> Place:
    parent = tmp_path / "place"
    parent.mkdir()
    return hostile_place(parent, NAMES[group::groups], program_env(tmp_path / "home"))


def told(what: str, found: dict[str, Leaks], group: int, groups: int, report: Report) -> None:
    figures = {"payloads": len(NAMES[group::groups]), "surfaces": len(found), "leaks": sum(map(len, found.values()))}
    report(f"Hostile text, {what} {group + 1} of {groups}", figures)
    assert {name: leaks for name, leaks in found.items() if leaks} == {}


@pytest.mark.parametrize("group", range(SCREEN_GROUPS))
def test_no_screen_and_no_dialog_lets_anything_through(group: int, tmp_path: Path, report: Report) -> None:
    place = place_of(group, SCREEN_GROUPS, tmp_path)
    told("screens", dict(walk(place, SCREENS)), group, SCREEN_GROUPS, report)


@pytest.mark.parametrize("group", range(COMMAND_GROUPS))
def test_no_command_lets_anything_through(group: int, tmp_path: Path, report: Report) -> None:
    place = place_of(group, COMMAND_GROUPS, tmp_path)
    found = dict(ran(words, place) for words in COMMANDS)
    told("commands", found, group, COMMAND_GROUPS, report)


@pytest.mark.parametrize("group", range(COMMAND_GROUPS))
def test_neither_the_start_nor_what_mends_a_store_lets_anything_through(
    group: int, tmp_path: Path, report: Report
) -> None:
    place = place_of(group, COMMAND_GROUPS, tmp_path)
    found = dict(walk_from_the_start(place))
    with_marks(place)
    found |= dict(ran(words, place) for words in MARKED_COMMANDS[:-1])
    found |= {f"{name} after mending": leaks for name, leaks in walk_after_mending(place)}
    with_marks(place)
    found |= dict([ran(MARKED_COMMANDS[-1], place)])
    told("beginnings", found, group, COMMAND_GROUPS, report)


def test_every_command_is_among_them() -> None:
    assert {words[0] for words in COMMANDS} >= set(PROGRAM)
