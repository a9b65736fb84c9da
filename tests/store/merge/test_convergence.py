"""Three clones that merge with each other at random end with the same store, and nothing that anybody did is lost."""

from random import Random
from typing import Any

import pytest

from tests.store.merge.whole import START, Fields, Tables, conflicts_of, item, together

KEYS = [str(17592186050000 + number) for number in range(6)]
CLONES = 3


class Clone:
    """A store, and for every other one what both had when they last met."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.met: dict[int, Tables] = {}

    def change(self, random: Random, said: list[tuple[str, Any]], by: str) -> None:
        """One change of one item; what is said is unlike anything said before."""
        tables = {name: dict(records) for name, records in self.tables.items()}
        key = random.choice([*tables["items"]])
        fields: Fields = dict(tables["items"][key])
        word = f"{by}{len(said)}"
        match random.randrange(3):
            case 0:
                fields["tags"] = sorted([*fields.get("tags", ()), word])
                said.append(("tags", word))
            case 1:
                fields["body"] = [*fields.get("body", ()), word]
                said.append(("body", word))
            case _:
                fields = item(word, created={**START, "by": by})
                key = str(17592186060000 + len(said))
                said.append(("title", word))
        tables["items"][key] = fields
        self.tables = tables


@pytest.mark.parametrize("seed", range(20))
def test_clones_that_meet_in_any_order_end_alike_with_everything_that_was_said(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - the same clones every time
    start: Tables = {"items": {key: item() for key in KEYS}}
    clones = [Clone(start) for _ in range(CLONES)]
    said: list[tuple[str, Any]] = []
    for _ in range(8):
        for by, clone in zip("abc", clones, strict=True):
            clone.change(random, said, by)
        one, other = random.sample(range(CLONES), 2)
        meet(clones, one, other, start)
    for one, other in ((0, 1), (1, 2), (0, 1), (0, 2)):
        meet(clones, one, other, start)
    assert clones[0].tables == clones[1].tables == clones[2].tables
    held = list(clones[0].tables["items"].values())
    told = repr(conflicts_of(clones[0].tables))
    for field, word in said:
        is_held = any(word == each[field] if field == "title" else word in each.get(field, ()) for each in held)
        # Clones that had a text from a third one know of no version both started from: that may be asked about.
        assert is_held or repr(word) in told, word


def meet(clones: list[Clone], one: int, other: int, start: Tables) -> None:
    """Two clones take over what the other one has."""
    base = clones[one].met.get(other, start)
    merged = together(base, clones[one].tables, clones[other].tables)
    for clone, beside in ((one, other), (other, one)):
        clones[clone].tables = merged
        clones[clone].met[beside] = merged
