"""Whatever is in a file: it is imported, row by row refused, or refused as a whole with a sentence; nothing else."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.change import applied
from store.errors import ImportFailedError
from store.exchange import ImportOptions, items_csv, items_text, plan_import, read_bytes, to_change
from store.exchange.dates import DateReader, order_of_day_and_month
from store.models import Item, Workspace
from tests.store.exchange.build import FIXTURES, NOW, ids

SEEDS = [path.read_bytes() for path in sorted(FIXTURES.iterdir()) if path.suffix in {".json", ".jsonl", ".csv"}]
BITS = [
    b'"', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"[", b"]", b"{", b"}",
    b":", b"null", b"1e999", b"-0", b"\\u0000", b"\\ud800", b"99999999999999999999", b"sep=;\n", b"=1+1", b"'=1", b"https://",
    b"2026-02-30", b"31/Feb/26 9:00 AM", b"0001-01-01", "\u2028\u202e".encode(), "é".encode("latin-1"), b"x" * 600,
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        match draw(st.sampled_from(["flip", "cut", "insert", "repeat", "drop", "swap"])):
            case "flip" if at < len(data):
                data[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[at:]
            case "insert":
                data[at:at] = draw(st.sampled_from(BITS))
            case "repeat":
                data[at:at] = data[at : at + length]
            case "drop":
                del data[at : at + length]
            case _:
                other = draw(st.sampled_from(SEEDS))
                data[at : at + length] = other[at : at + length]
    return bytes(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "login", "nodes", "x"]), inner)
    ),
    max_leaves=5,
)
issue_fields = st.sampled_from([
    "number", "title", "body", "state", "stateReason", "state_reason", "labels", "assignees", "assignee", "author",
    "user", "createdAt", "created_at", "closedAt", "closed_at", "updatedAt", "url", "html_url", "type", "pull_request",
])  # fmt: skip
sensible = st.sampled_from(["open", "CLOSED", "2026-01-01T00:00:00Z", "https://github.com/a/b/issues/1", 1, 2, "x"])
COLUMNS = (
    "id,title,Title,Summary,Issue key,status,state,created,closed,due,updated,labels,Labels,owner,points,url,system,"
    "key,stage,type,description,resolution,started,canceled,team project,,x"
)
columns = st.sampled_from(COLUMNS.split(","))
cells = st.text(max_size=12) | st.sampled_from(["A-1", "Open", "Done", "2026-01-01", "1/2/2026", "3", "x", "", "="])


def taken(data: bytes, options: ImportOptions | None = None) -> Workspace:
    """The workspace after two imports of the same bytes; it can be written, and the second import changes nothing."""
    workspace = Workspace()
    reading = read_bytes(data, "board.csv", options or ImportOptions())
    plan = plan_import(workspace, reading, NOW, "ana", ids())
    workspace = applied(workspace, to_change(plan, NOW, "ana"))
    assert all(isinstance(line, str) for line in plan.summary())
    for item in workspace.items.values():
        assert Item.model_validate({"id": item.id, **json.loads(json.dumps(item.raw()))}) == item
        assert all(first.since <= second.since for first, second in zip(item.moves, item.moves[1:], strict=False))
    assert plan_import(workspace, reading, NOW, "ana", ids()).is_empty
    return workspace


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_a_damaged_file_is_read_or_refused_with_a_sentence(data: bytes) -> None:
    with suppress(ImportFailedError):
        taken(data)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["github", "jira", "csv"]))
def test_any_bytes_in_any_format_are_read_or_refused_with_a_sentence(data: bytes, wanted: str) -> None:
    with suppress(ImportFailedError):
        taken(data, ImportOptions(format=wanted))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(issue_fields, json_values | sensible, max_size=10), min_size=1, max_size=4))
def test_issues_with_fields_of_any_type_are_read_or_refused(rows: list[dict[str, object]]) -> None:
    rows[0] |= {"number": 7, "title": "x"}
    with suppress(ImportFailedError):
        taken(json.dumps(rows).encode())


@settings(max_examples=200, deadline=None)
@given(st.lists(columns, min_size=1, max_size=8), st.data())
def test_tables_with_any_columns_and_cells_are_read_or_refused(header: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(cells, min_size=len(header), max_size=len(header)), min_size=1, max_size=4))
    lines = [",".join(header), *(",".join(_quoted(cell) for cell in row) for row in rows)]
    with suppress(ImportFailedError):
        workspace = taken("\n".join(lines).encode("utf-8", "surrogatepass"))
        for wanted in ("json", "csv", "markdown", "list"):
            items_text(workspace, list(workspace.items.values()), wanted)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30) | st.from_regex(r"\A\d{1,4}[/.-]\w{1,5}[/.-]\d{1,4}( \d{1,2}:\d{2}( [AP]M)?)?\Z"))
def test_a_text_is_a_date_or_a_value_error(text: str) -> None:
    order_of_day_and_month([text])
    for day_first in (True, False):
        with suppress(ValueError):
            moment = DateReader(day_first=day_first).moment(text)
            assert 1899 <= moment.year <= 3000


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=20), st.text(max_size=20), st.text(max_size=10))
def test_text_survives_the_way_out_and_back_as_csv(title: str, body: str, owner: str) -> None:
    table = json.dumps([{"number": 1, "title": f"x{title}", "body": body, "author": owner, "state": "open"}]).encode()
    once = taken(table)
    (item,) = once.items.values()
    text = items_csv(once, [item])
    (back,) = taken(text.encode()).items.values()

    assert (back.title, back.body, back.requester) == (item.title, item.body, item.requester)


@pytest.mark.parametrize("data", SEEDS, ids=range(len(SEEDS)))
def test_every_way_to_cut_a_file_off_is_read_or_refused(data: bytes) -> None:
    for end in range(0, len(data), 7):
        with suppress(ImportFailedError):
            taken(data[:end])


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
