"""What a key costs in the record list, by number of rows, beside Textual's DataTable.

Run with `python -m tests.bench.bench_record_list`. Times are CPU milliseconds, the least of several rounds.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import DataTable

from screens.theme import DARK
from screens.widgets import Cell, Column, Group, RecordList

ROWS: Final = (100, 10_000, 100_000)
PEER_ROWS: Final = 1_000
KEYS: Final = 16
ROUNDS: Final = 3
SIZE: Final = (140, 45)

COLUMNS: Final = (
    Column("glyph", "", 1, 0, gap=1),
    Column("id", "Id", 7, 1),
    Column("title", "Title", None),
    Column("goals", "Goals", 9, 4),
    Column("score", "Score", 5, 3, right=True),
    Column("age", "Age", 4, 7, right=True),
)


def cells(record_id: int) -> dict[str, Cell]:
    """A row as a backlog would show it."""
    return {
        "glyph": Cell("▷"),
        "id": Cell(f"LL-{record_id:04X}", "muted"),
        "title": Cell(f"Results grid loses column widths after re-run {record_id}"),
        "goals": Cell("flow ■■□", "muted"),
        "score": Cell(f"{record_id % 100 / 10:.1f}"),
        "age": Cell(f"{record_id % 400}d", "warning" if record_id % 9 == 0 else "muted"),
    }


def show(records: RecordList, rows: int) -> None:
    """Fill the list, in two groups."""
    records.set_rows(range(rows), cells, [Group(0, "● now", "50"), Group(50, "◐ next", f"{rows - 50}")])


class OursApp(App[None]):
    """The record list alone."""

    def compose(self) -> ComposeResult:
        yield RecordList(COLUMNS)

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name


class PeerApp(App[None]):
    """Textual's table alone."""

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")


async def cost_of(work: Callable[[], Awaitable[None]], times: int) -> float:
    """The least CPU milliseconds of one of `times` pieces of work."""
    least = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        await work()
        least = min(least, (time.process_time() - start) * 1000 / times)
    return least


def keys(pilot: Pilot[None], *pressed: str) -> Callable[[], Awaitable[None]]:
    """Work that presses these keys in turn, each painted before the next, until there are `KEYS`."""

    async def work() -> None:
        for number in range(KEYS):
            await pilot.press(pressed[number % len(pressed)])

    return work


async def ours(rows: int) -> dict[str, float]:
    """Costs in the record list."""
    app = OursApp()
    async with app.run_test(size=SIZE) as pilot:
        records = app.query_one(RecordList)

        async def fill() -> None:
            show(records, rows)
            await pilot.pause()

        figures = {"fill": await cost_of(fill, 1)}
        figures["move"] = await cost_of(keys(pilot, "down", "up"), KEYS)
        await pilot.press(*["down"] * SIZE[1])
        figures["scroll a line"] = await cost_of(keys(pilot, "down"), KEYS)
        figures["scroll a page"] = await cost_of(keys(pilot, "home", "end"), KEYS)
        await pilot.press("home")
        figures["extend"] = await cost_of(keys(pilot, "shift+down", "shift+up"), KEYS)
        await pilot.press("asterisk")
        figures["all, then move"] = await cost_of(keys(pilot, "down", "up"), KEYS)
    return figures


async def peer(rows: int) -> dict[str, float]:
    """Costs in Textual's table with the same texts."""
    app = PeerApp()
    async with app.run_test(size=SIZE) as pilot:
        table: DataTable[str] = app.query_one(DataTable)
        table.add_columns(*(column.heading for column in COLUMNS))

        async def fill() -> None:
            table.clear()
            for record_id in range(rows):
                table.add_row(*(cell.text for cell in cells(record_id).values()))
            await pilot.pause()

        figures = {"fill": await cost_of(fill, 1)}
        figures["move"] = await cost_of(keys(pilot, "down", "up"), KEYS)
        await pilot.press(*["down"] * SIZE[1])
        figures["scroll a line"] = await cost_of(keys(pilot, "down"), KEYS)
        figures["scroll a page"] = await cost_of(keys(pilot, "ctrl+home", "ctrl+end"), KEYS)
    return figures


async def main() -> None:
    """Print the table."""
    found = {f"{rows:,} rows": await ours(rows) for rows in ROWS}
    base = next(iter(found.values()))
    found[f"DataTable, {PEER_ROWS:,} rows"] = await peer(PEER_ROWS)
    print(f"{'CPU ms, and times the cost at 100 rows':40}", *(f"{name:>18}" for name in base))
    for name, figures in found.items():
        shown = (f"{figures[what]:8.2f} x{figures[what] / base[what]:5.1f}" if what in figures else "" for what in base)
        print(f"{name:40}", *(f"{text:>18}" for text in shown))


if __name__ == "__main__":
    asyncio.run(main())
