"""What is wrong between records, each of which is right by itself."""

from collections.abc import Iterator
from typing import Final

from store.findings import Finding, Severity
from store.models import TABLE_OF, TABLES, DecisionStatus, Item, Record, Ruling, Workspace
from store.soundness.circles import circles_of
from store.soundness.links import links_in

_GONE: Final = "It may be on another branch, or taken out by hand; link it anew or take the record from git again."


def findings_in(workspace: Workspace) -> tuple[Finding, ...]:
    """Everything that is wrong between the records, in the order of the tables.

    - warning: a link to a record that is not here, a circle (of goals, of dependencies, of duplicates or of decisions
      that replace each other), two items from one source, an item in a stage that the settings do not know
    - error: a conflict of a merge that nobody has settled
    - note: a decision that says it is superseded, though none names it
    """
    return (
        *_conflicts(workspace),
        *_gone(workspace),
        *_circles(workspace),
        *_doubles(workspace),
        *_unknown_stages(workspace),
        *_superseded_by_none(workspace),
    )


def _finding(workspace: Workspace, record: Record, field: str, words: str, hint: str) -> Finding:
    return Finding(
        Severity.WARNING,
        f"{workspace.name_of(record)} {words}.",
        table=TABLE_OF[type(record)],
        record=record.id,
        field=field,
        hint=hint,
    )


def _gone(workspace: Workspace) -> Iterator[Finding]:
    for link in links_in(workspace):
        if workspace.known(link.table, link.to) is None:
            yield _finding(workspace, link.record, link.field, f"{link.words} that is not here ({link.to})", _GONE)


def _circles(workspace: Workspace) -> Iterator[Finding]:
    for circle in circles_of(workspace):
        names = circle.link.join(workspace.name_of(record) for record in (*circle.records, circle.records[0]))
        yield _finding(workspace, circle.records[0], circle.field, f"{circle.words}: {names}", circle.hint)


def _doubles(workspace: Workspace) -> Iterator[Finding]:
    first: dict[tuple[str, str], Item] = {}
    for item in workspace.items.values():
        if item.source is None:
            continue
        key = (item.source.system.casefold(), item.source.key)
        other = first.setdefault(key, item)
        if other is not item and not _is_duplicate(item, other) and not _is_duplicate(other, item):
            words = f"has the same source as {workspace.name_of(other)}: {item.source.system} {item.source.key}"
            hint = "Call one the duplicate of the other; an import follows only one of them."
            yield _finding(workspace, item, "source", words, hint)


def _is_duplicate(item: Item, of: Item) -> bool:
    """Whether somebody has settled it: a verdict calls the one a duplicate of the other."""
    return item.verdict is not None and item.verdict.ruling is Ruling.DUPLICATE and item.verdict.of == of.id


def _unknown_stages(workspace: Workspace) -> Iterator[Finding]:
    known = ", ".join(stage.name for stage in workspace.settings.stages)
    for item in workspace.items.values():
        if workspace.settings.kind_of(item.stage.stage) is None:
            words = f"stands in “{item.stage.stage}”, a stage that the settings do not have"
            yield _finding(
                workspace, item, "stage", words, f"Until it is moved it counts as inbox. Stages are {known}."
            )


def _conflicts(workspace: Workspace) -> Iterator[Finding]:
    for conflict in workspace.questions:
        record = workspace.get(conflict.table, conflict.record)
        name = workspace.name_of(record) if record is not None else f"record {conflict.record} of {conflict.table}"
        is_known = conflict.table in TABLES
        about = f"has two versions of its {conflict.field.replace('_', ' ')} from a merge"
        yield Finding(
            Severity.ERROR if is_known else Severity.WARNING,
            f"{name} {about if conflict.field else 'was removed on one side of a merge and changed on the other'}.",
            table="conflicts",
            record=conflict.id,
            field=conflict.field,
            hint=f"Both are kept; {'settle it on the full screen' if is_known else 'a newer leadline settles it'}.",
        )


def _superseded_by_none(workspace: Workspace) -> Iterator[Finding]:
    for decision in workspace.decisions.values():
        if decision.status.status is DecisionStatus.SUPERSEDED and not workspace.named_as_older.get(decision.id):
            yield Finding(
                Severity.NOTE,
                f"{workspace.name_of(decision)} is superseded, but no decision says that it replaces it.",
                table="decisions",
                record=decision.id,
                field="status",
                hint="Name it in the newer decision, or deprecate it instead.",
            )
