"""The words of the top line: what waits, and whether it is saved. Text only; the bar gives them their place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from screens.wording import glyphs
from screens.wording.counting import counted
from store.models import DecisionStatus, StageKind, Workspace
from store.workbench import SaveKind, SaveState

Words = tuple[str, str, int]
"""Text, tone, and priority: the higher it is, the sooner the words leave a narrow line."""


def waiting(workspace: Workspace, today: date) -> Iterator[Words]:
    """How many conflicts wait to be settled, how many items stand in each open stage, and how many decisions wait."""
    if workspace.disputes:
        yield f"{glyphs.DISPUTED} {counted(len(workspace.questions), 'conflict')}", "warning", 1
    counts = workspace.stage_counts
    for stage in workspace.settings.stages:
        count = counts.get(stage.name, 0)
        if count and stage.kind.is_open:
            yield f"{count:,} {stage.name}", "strong" if stage.kind is StageKind.INBOX else "", 3
    proposed = [
        decision
        for decision in workspace.decisions.values()
        if decision.status.status is DecisionStatus.PROPOSED and decision.archived is None
    ]
    overdue = sum(1 for decision in proposed if decision.decide_by is not None and decision.decide_by < today)
    if proposed:
        late = f", {overdue} overdue" if overdue else ""
        yield f"{len(proposed):,} to decide{late}", "warning" if overdue else "", 4


def saving(state: SaveState) -> tuple[str, str]:
    """Whether the newest edit is in the file, and the tone to say it in."""
    at = f"{state.at.astimezone():%H:%M}"
    match state.kind:
        case SaveKind.SAVED:
            return f"saved {at}", "good"
        case SaveKind.SAVING | SaveKind.UNSAVED:
            return "saving…", "muted"
        case SaveKind.READ_ONLY:
            return f"read only: {state.reason}", "warning"
        case SaveKind.FAILED:
            return f"not saved: {state.reason}", "warning"


def set_aside(findings: int) -> str:
    """That some records of the file cannot be used; empty where all can."""
    return f"{counted(findings, 'record')} set aside" if findings else ""


def farewell(workspace: Workspace, path: Path | None) -> str:
    """The one line that is left in the terminal after the program."""
    if path is None:
        return "Nothing was kept: this was in memory only."
    count = sum(workspace.stage_counts.values())
    return f"{counted(count, 'item')} in {path}."
