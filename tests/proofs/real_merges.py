"""Merges that people made of their backlogs, translated into stores of ours: the base, both sides and what came out.

A time of the last change and a digest of the content are left out, as a store has no such fields. Fields a store does
not know go in as they are, under a name of their own, so that they show how fields of newer versions fare.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from store.disk.canonical import META, record_text, store_text
from store.models import Item
from tests.store.disk.stores import META_FIELDS

Fields = dict[str, Any]
Tables = dict[str, dict[str, Fields]]

DATA: Final = Path(__file__).resolve().parents[3] / "shared" / "data"
SIDES: Final = ("base", "ours", "theirs", "merged")
KINDS: Final = {"bug": "bug", "chore": "chore", "epic": "spike", "feature": "feature", "task": "improvement"}
BLANK: Final = "0001-01-01T00:00:00Z"


@dataclass(frozen=True)
class RealMerge:
    """Four versions of a backlog as stores; `merged` is None where the file was none afterwards."""

    category: str
    name: str
    base: bytes
    ours: bytes
    theirs: bytes
    merged: bytes | None


def real_merges() -> Iterator[RealMerge]:
    """Every merge there is; none where the data is not there."""
    for folder in sorted(DATA.glob("beads/**/merges/visible/*")):
        category = json.loads((folder / "meta.json").read_text())["category"]
        yield _merge(f"beads {category}", folder, {side: _of_beads(folder / f"{side}.jsonl") for side in SIDES})
    for folder in sorted(DATA.glob("backlog_md/**/merges/*")):
        is_config = (folder / "ours.yml").exists()
        versions = {side: _of_config(folder, side) if is_config else _of_task(folder, side) for side in SIDES}
        yield _merge("Backlog.md config" if is_config else "Backlog.md tasks", folder, versions)


def _merge(category: str, folder: Path, versions: Mapping[str, Tables | None]) -> RealMerge:
    texts = {side: None if tables is None else text_of(tables) for side, tables in versions.items()}
    base, ours, theirs = (texts[side] or b"" for side in SIDES[:3])
    return RealMerge(category, folder.name, base, ours, theirs, texts["merged"])


def text_of(tables: Tables) -> bytes:
    """The canonical text of a store."""
    whole: Tables = {META: {"1": META_FIELDS}, **tables}
    return store_text({
        table: {key: record_text(table, key, fields) for key, fields in records.items()}
        for table, records in whole.items()
    })


def key_of(name: str) -> str:
    """The key of the record that stands for an issue or a task."""
    return str(2**44 + int.from_bytes(hashlib.sha256(name.encode()).digest()[:5]))


def _of_beads(path: Path) -> Tables | None:
    """The issues of a file; None where a line is no issue, or an id comes twice."""
    items: dict[str, Fields] = {}
    for line in path.read_text().splitlines():
        try:
            issue: Fields = json.loads(line)
        except ValueError:
            return None
        key = key_of(issue["id"])
        if key in items:
            return None
        items[key] = _item(key, _of_issue(issue))
    return {"items": items}


def _of_issue(issue: Fields) -> Fields:
    links = issue.get("dependencies") or ()
    blocks = sorted({int(key_of(link["depends_on_id"])) for link in links if link["type"] == "blocks"})
    others = sorted(f"{link['type']} {link['depends_on_id']}" for link in links if link["type"] != "blocks")
    closed = issue.get("closed_at") if issue["status"] == "closed" else None
    fields: Fields = {
        "title": issue["title"],
        "kind": KINDS[issue["issue_type"]],
        "created": {"at": _instant(issue["created_at"])},
        "stage": {"is": issue["status"], "since": _instant(closed or issue["created_at"])},
        "owner": issue.get("assignee", ""),
        "ratings": {"urgency": issue.get("priority", 0) + 1},
        "tags": sorted(issue.get("labels") or ()),
        "depends_on": blocks,
        "body": issue.get("description", "").split("\n"),
        "x-links": others,
        "x-comments": [f"{each['author']}: {each['text']}" for each in issue.get("comments") or ()],
    }
    if "external_ref" in issue:
        fields["source"] = {"system": "beads", "key": issue["external_ref"]}
    same = ("acceptance_criteria", "close_reason", "design", "notes", "source_repo")
    return fields | {f"x-{name}": issue[name] for name in same if issue.get(name)}


def _of_task(folder: Path, side: str) -> Tables | None:
    path = folder / f"{side}.md"
    if not path.exists():
        return {"items": {}}
    _, head, body = path.read_text().split("---\n", 2)
    task = _of_yaml(head)
    created = _instant(task.pop("created_date", [BLANK])[0].strip("'\""))
    title, status, key = (" ".join(task.pop(name, ["none"])) for name in ("title", "status", "id"))
    key = key_of(key.casefold())
    fields: Fields = {
        "title": title,
        "created": {"at": created},
        "stage": {"is": status, "since": created},
        "tags": sorted({line.strip(" -'\"") for line in task.pop("labels", ())} - {"", "[]"}),
        "owner": " ".join(line.strip(" -'\"[]") for line in task.pop("assignee", ())),
        "body": body.split("\n"),
        **{f"x-{name}": lines for name, lines in task.items() if name != "updated_date"},
    }
    return {"items": {key: _item(key, fields)}}


def _of_config(folder: Path, side: str) -> Tables | None:
    path = folder / f"{side}.yml"
    return {"x-config": {"1": {name: " ".join(lines) for name, lines in _of_yaml(path.read_text()).items()}}}


def _of_yaml(text: str) -> dict[str, list[str]]:
    """The lines of each name at the top; these files hold nothing that needs more."""
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        name, colon, rest = line.partition(":")
        is_name = bool(colon and line[:1].strip(" -'"))
        if is_name:
            lines = found.setdefault(name, [])
        said = (rest if is_name else line).strip()
        if said:
            lines.append(said)
    return found


def _item(key: str, fields: Fields) -> Fields:
    full = {name: value for name, value in fields.items() if value not in ("", [], [""])}
    return dict(Item.model_validate({**full, "id": int(key)}).raw())


def _instant(text: str) -> str:
    moment = datetime.fromisoformat(text)
    moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
