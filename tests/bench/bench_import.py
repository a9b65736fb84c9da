"""What an import costs, beside the least it could cost: only parsing the same bytes.

Run with `python -m tests.bench.bench_import [rows]`. Times are CPU seconds, the least of several rounds, without disk.
"""

import csv
import gc
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO

from store.change import applied
from store.exchange import ImportPlan, items_csv, items_json, items_table, json_text, plan_import, read_bytes, to_change
from store.models import Workspace, id_maker

ROWS = 20_000
ROUNDS = 3
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
WORDS = ("list", "filter", "query", "score", "goal", "lead", "branch", "merge", "store", "screen", "key", "cell")
LABELS = (
    "Bug",
    "Enhancement",
    "Triage: Needed",
    "Area - Query Editor",
    "Area - Shell",
    "User-filed",
    "Pri: 1",
    "Pri: 2",
)


def issues(rows: int) -> list[dict[str, object]]:
    """Made-up issues in the shape of `gh issue list --json`, with texts as long as real ones."""
    dice = random.Random(20_000)  # noqa: S311 - made-up data, the same each time
    made = []
    for number in range(1, rows + 1):
        created = NOW - timedelta(minutes=dice.randrange(3_000_000))
        closed = created + timedelta(minutes=dice.randrange(200_000)) if dice.random() < 0.8 else None
        made.append({
            "number": number,
            "title": " ".join(dice.choices(WORDS, k=8)),
            "body": "\r\n".join(" ".join(dice.choices(WORDS, k=14)) for _ in range(12)),
            "state": "CLOSED" if closed else "OPEN",
            "stateReason": dice.choice(["COMPLETED", "COMPLETED", "NOT_PLANNED"]) if closed else "",
            "labels": [{"name": name, "color": "aabbcc"} for name in dice.sample(LABELS, k=3)],
            "assignees": [{"login": "ana"}] if dice.random() < 0.5 else [],
            "author": {"login": dice.choice(["sam", "li", "kim"])},
            "createdAt": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "closedAt": closed.strftime("%Y-%m-%dT%H:%M:%SZ") if closed else None,
            "updatedAt": created.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "url": f"https://github.com/example/depth/issues/{number}",
        })
    return made


def as_jira(made: list[dict[str, object]]) -> str:
    """The same issues as Jira writes them, with sixty columns that nobody needs."""
    out = StringIO()
    writer = csv.writer(out)
    spare = [f"Custom field ({number})" for number in range(60)]
    writer.writerow([
        "Summary", "Issue key", "Issue Type", "Status", "Resolution", "Assignee", "Reporter", "Created", "Updated",
        "Resolved", "Labels", "Labels", "Labels", "Description", *spare,
    ])  # fmt: skip
    for row in made:
        created, closed = (_jira_date(row[name]) for name in ("createdAt", "closedAt"))
        labels = [str(label["name"]).replace(" ", "") for label in row["labels"]]  # type: ignore[attr-defined]
        writer.writerow([
            row["title"], f"SHOP-{row['number']}", "Bug", "Closed" if closed else "Open", "Fixed" if closed else "",
            "ana", "sam", created, created, closed, *labels, row["body"], *[""] * len(spare),
        ])  # fmt: skip
    return out.getvalue()


def _jira_date(text: object) -> str:
    return datetime.fromisoformat(str(text)).strftime("%d/%b/%y %I:%M %p") if text else ""


def least(work: Callable[[], object]) -> float:
    """The least CPU seconds of one run."""
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def imported(data: bytes, name: str, workspace: Workspace) -> tuple[ImportPlan, Workspace]:
    """Read, plan and apply."""
    plan = plan_import(workspace, read_bytes(data, name), NOW, "ana", id_maker("ana", workspace.items))
    return plan, applied(workspace, to_change(plan, NOW, "ana"))


def told(name: str, seconds: float, floor: float) -> None:
    """One line of the table."""
    print(f"{name:<42} {seconds:8.3f} {floor:8.3f} {seconds / floor:8.1f}")


def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    made = issues(rows)
    github, jira = json.dumps(made).encode(), as_jira(made).encode()
    later = json.dumps([
        row | {"title": f"{row['title']}!"} if index % 10 == 0 else row for index, row in enumerate(made)
    ])
    print(f"{rows:,} rows; GitHub {len(github) / 2**20:.0f} MB, Jira {len(jira) / 2**20:.0f} MB; CPU seconds")
    print(f"{'':<42} {'ours':>8} {'floor':>8} {'ratio':>8}")
    floor_json = least(lambda: json.loads(github))
    floor_csv = least(lambda: list(csv.reader(StringIO(jira.decode(), newline=""))))
    told("GitHub: read", least(lambda: read_bytes(github, "i.json")), floor_json)
    told("GitHub: read, plan, apply", least(lambda: imported(github, "i.json", Workspace())), floor_json)
    plan, workspace = imported(github, "i.json", Workspace())
    assert len(plan.new) == rows
    told("GitHub again: nothing new", least(lambda: imported(github, "i.json", workspace)), floor_json)
    told("GitHub later: one in ten changed", least(lambda: imported(later.encode(), "i.json", workspace)), floor_json)
    told("Jira: read, plan, apply", least(lambda: imported(jira, "j.csv", Workspace())), floor_csv)
    items = list(workspace.items.values())
    floor_dump = least(lambda: json.dumps([item.raw() for item in items]))
    told("out as JSON (floor: raw fields)", least(lambda: json_text(items_json(workspace, items))), floor_dump)
    told("out as CSV", least(lambda: items_csv(workspace, items)), floor_dump)
    told("out as a Markdown table", least(lambda: items_table(workspace, items)), floor_dump)


if __name__ == "__main__":
    main()
