"""Merges and edits by chance, each from a seed: whatever hands and both sides wrote is in the store, or told."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from store.disk.git.line_merges import merges_by_lines
from store.disk.git.objects import Stages
from store.disk.mending import Mending, mending_of
from store.disk.reading.reading import read_store
from store.models import Item
from tests.store.disk.mending.sources import MadeUp
from tests.store.disk.records import item
from tests.store.disk.stores import text_of

SEEDS = range(24)
Items = dict[int, Item]


def side(random: Random, base: Items, word: str) -> Items:
    """The items with some titles and owners changed, and a new one; no two sides write the same."""
    items = {}
    for number, record in base.items():
        changes = {"title": f"Title {word} {number}", "owner": f"owner-{word}-{number}"}
        items[number] = record.with_(**{name: value for name, value in changes.items() if random.random() < 0.5})
    new = 100 + 2 * random.randrange(50) + (word == "ours")
    return {**items, new: item(new, f"New {word} {new}")}


def made_up(random: Random) -> tuple[Stages, list[str], str] | None:
    """The versions of a merge, everything that a side wrote in it, and what git left; None where git could merge it."""
    base = {number: item(number, f"Base {number}") for number in random.sample(range(10, 40), random.randint(2, 5))}
    ours, theirs = side(random, base, "ours"), side(random, base, "theirs")
    three = [text_of({"items": list(items.values())}) for items in (base, ours, theirs)]
    left = random.choice(merges_by_lines(three[0], three[1], three[2], with_base=random.random() < 0.5)).decode()
    wrote = [value for items in (ours, theirs) for record in items.values() for value in (record.title, record.owner)]
    told = [value for value in wrote if "ours" in value or "theirs" in value]
    return (Stages(*three), told, left) if "<<<<<<<" in left else None


def cases() -> Iterator[tuple[Random, Stages, list[str], str]]:
    for seed in SEEDS:
        random = Random(seed)  # noqa: S311 - the same cases in every run, no secret
        found = made_up(random)
        if found is not None:
            yield random, *found


def plan(text: str, three: Stages) -> Mending:
    mending = mending_of(Path("/nowhere/leadline.json"), text.encode(), MadeUp(head=three.ours, unfinished=three))
    assert mending is not None
    assert read_store(mending.text, "leadline.json", {}).findings == ()
    return mending


def test_what_git_left_is_nobody_s_edit_and_keeps_both_sides() -> None:
    for _, three, wrote, left in cases():
        mending = plan(left, three)
        assert [value for value in wrote if f'"{value}"' not in mending.text.decode()] == []
        assert not any("dited" in sentence for sentence in mending.sentences)
        assert mending.lost == ()


def test_whatever_hands_wrote_is_kept_or_told() -> None:
    values = re.compile(r'^  "(?:title|owner)": "([^"]*)"', re.MULTILINE)
    for random, three, _, left in cases():
        text = re.sub(r"^\|{7}.*?^(?=={7})", "", left, flags=re.MULTILINE | re.DOTALL)
        wrote = [f"hand {number}" for number in range(random.randint(1, 3))]
        for word in wrote:
            start, end = random.choice([found.span(1) for found in values.finditer(text) if "hand" not in found[1]])
            text = f"{text[:start]}{word}{text[end:]}"
        mending = plan(text, three)
        said = mending.text.decode() + "".join(mending.lost)
        assert [word for word in wrote if f'"{word}"' not in said] == []


@pytest.mark.parametrize("count", [1, 2])
def test_marks_that_are_gone_in_part_take_nothing_from_either_side(count: int) -> None:
    for random, three, wrote, left in cases():
        lines = left.split("\n")
        for _ in range(count):
            del lines[random.choice([at for at, line in enumerate(lines) if re.match(r"[<=>|]{7}", line)])]
        mending = plan("\n".join(lines), three)
        assert [value for value in wrote if f'"{value}"' not in mending.text.decode()] == []
        assert not any("dited" in sentence for sentence in mending.sentences)
