"""Every shape of file we read, and what comes of it, written out beside the files in `fixtures/golden`."""

from pathlib import Path

import pytest

from store.exchange import ImportOptions, ImportPlan
from store.models import Item
from tests.store.exchange.build import FIXTURES, SEMICOLONS, planned

FILES = sorted(path for path in FIXTURES.iterdir() if path.is_file() and path.suffix)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_this_shape_becomes_what_its_golden_file_says(path: Path) -> None:
    options = SEMICOLONS if path.name == "semicolons.csv" else ImportOptions()
    plan = planned(path.read_bytes(), path.name, options=options)

    assert told(plan) == (FIXTURES / "golden" / f"{path.name}.txt").read_text(encoding="utf-8")


def told(plan: ImportPlan) -> str:
    lines = [*plan.summary(), ""]
    for item in plan.new:
        lines += _told_item(item)
    return "\n".join(lines).rstrip() + "\n"


def _told_item(item: Item) -> list[str]:
    assert item.source is not None
    return [
        f"{item.source.system} {item.source.key} {item.source.url}".rstrip(),
        f"  title {item.title!r}",
        f"  {item.kind}, created {item.created.at:%Y-%m-%d %H:%M} by {item.created.by!r}",
        *(f"  {move.stage} since {move.since:%Y-%m-%d %H:%M}" for move in item.moves),
        f"  tags {sorted(item.tags)}, owner {item.owner!r}, requester {item.requester!r}",
        f"  size {item.size}, due {item.due}",
        f"  body {item.body!r}",
        "",
    ]
