"""What goes out as CSV comes back as it was and is no formula, whatever character its texts begin with."""

import csv
from io import StringIO
from typing import Final

from store.exchange import items_csv
from store.models import Item, Stamp, Standing, Workspace
from tests.proofs.figures import Report
from tests.store.exchange.build import NOW, by_key, imported

CHARACTERS: Final = [code for code in range(0x10000) if not 0xD800 <= code < 0xE000]
"""The first plane; half characters are no text and never get into a store."""

AT_ONCE: Final = 8_192
FORMULA: Final = set("=+-@\t\r\0＝＋－＠")


def test_every_first_character_comes_back_and_none_begins_a_formula(report: Report) -> None:
    lost: list[str] = []
    formulas: list[str] = []
    for start in range(0, len(CHARACTERS), AT_ONCE):
        codes = CHARACTERS[start : start + AT_ONCE]
        text = items_csv(here := _workspace(codes), list(here.items.values()))
        rows = csv.reader(StringIO(text, newline=""))
        formulas += [cell for row in rows for cell in row if cell[:1] in FORMULA]
        back = by_key(imported(text, "out.csv"))
        for item in here.items.values():
            found = back.get(here.name_of(item))
            if found is None or (found.title, found.body) != (item.title, item.body):
                lost.append(f"{item.id - 1:#x}: {found and (found.title, found.body)!r}")
    report("CSV out and in", {"first characters": len(CHARACTERS), "lost": len(lost), "formulas": len(formulas)})
    assert lost[:10] == []
    assert formulas[:10] == []


def _workspace(codes: list[int]) -> Workspace:
    stamp = Stamp(at=NOW, by="ana")
    items = {
        code + 1: Item(
            id=code + 1,
            title=f"{chr(code)}1",
            body=f"{chr(code)}=1",
            created=stamp,
            stage=Standing(stage="ready", since=NOW, by="ana"),
        )
        for code in codes
    }
    return Workspace(items=items)
