"""Texts that attack a terminal, on a few screens and commands; `tests/proofs` has all of both."""

from pathlib import Path

import pytest

from tests.hostile.grammar import Talk, leaks
from tests.hostile.payloads import PAYLOADS
from tests.hostile.place import hostile_place
from tests.hostile.surfaces import ITEM, SCREENS
from tests.hostile.walking import ran, walk

CHOSEN = ("clear", "clipboard", "second set", "turned round", "tower of marks", "markup, unclosed", "emoji")
SHOWN = {"overview", "palette", "backlog", "item", "triage", "goals", "decisions", "sharing"}

HARMLESS = {"markup", "markup, unclosed", "formula", "html", "path", "option", "wide"}
"""What a terminal only shows; others read more into it."""


def test_screens_show_hostile_text_and_send_none_of_it(tmp_path: Path, env: dict[str, str]) -> None:
    place = hostile_place(tmp_path, CHOSEN, env)
    surfaces = [surface for surface in SCREENS if surface.name in SHOWN]
    found = dict(walk(place, surfaces))
    assert {name: sent for name, sent in found.items() if sent} == {}
    assert found.keys() == {"the beginning", *(surface.name for surface in surfaces), "the end"}
    assert len(surfaces) == len(SHOWN)


def test_commands_say_hostile_text_and_send_none_of_it(tmp_path: Path, env: dict[str, str]) -> None:
    place = hostile_place(tmp_path, CHOSEN, env)
    commands = (("show", ITEM), ("log",), ("check", "--fix"), ("export", "--format", "csv", "--raw"))
    assert dict(ran(words, place) for words in commands) == {" ".join(words): [] for words in commands}


@pytest.mark.parametrize("name", sorted(PAYLOADS.keys() - HARMLESS))
def test_the_grammar_knows_what_must_not_be_sent(name: str) -> None:
    sent = PAYLOADS[name].encode("utf-8", "surrogatepass")
    assert leaks(sent, Talk.LINES)
    assert leaks(sent, Talk.PAINTING)


@pytest.mark.parametrize(
    "sent",
    [
        b"plain\r\n",
        b"\x1b[1;38;2;1;2;3;48;2;4;5;6mred\x1b[0m",
        b"\x1b[?2026h\x1b[1;1Hx\x1b[?2026l",
        b"\x1b]22;text\x07",
    ],
)
def test_the_grammar_knows_what_the_screen_needs(sent: bytes) -> None:
    assert leaks(sent, Talk.PAINTING) == []
    assert bool(leaks(sent, Talk.LINES)) is (b"\x1b" in sent)
