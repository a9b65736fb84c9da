"""What is wrong with the bytes of a store: everything `leadline check` says, and what can be mended of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from store.disk.mending import DiskSources, Mending, mending_of
from store.disk.reading.migrating import SCHEMA
from store.disk.reading.reading import Reading, read_store
from store.findings import Finding, Severity
from store.models import Workspace
from store.soundness import Lines, findings_in

BRING_UP: Final = "`leadline check --fix` asks, then brings it up, and keeps the old file:"


@dataclass(frozen=True)
class Checked:
    """What was found out about the bytes of a store.

    Args:
        findings: what is wrong with records, the worst first.
        workspace: what can be used of it, after mending where that is needed.
        mending: what would be done about it; None where there is nothing to do.
    """

    findings: tuple[Finding, ...]
    workspace: Workspace
    mending: Mending | None

    @property
    def is_broken(self) -> bool:
        """Whether the file can only be used after mending."""
        return self.mending is not None and not self.mending.is_whole

    @property
    def worst(self) -> Severity:
        """How bad it is all together."""
        if self.is_broken:
            return Severity.ERROR
        return max((finding.severity for finding in self.findings), default=Severity.NOTE)


def check(path: Path, content: bytes, *, is_the_file: bool = True) -> Checked:
    """Reads a store strictly and says everything that is wrong with it.

    Args:
        path: the real path of the file.
        content: its bytes.
        is_the_file: whether they stand in the file now, and not in the index or in a commit.

    Raises:
        UnreadableStoreError: it is no store of ours, or too little of it can be read and nothing else is to be had.
    """
    mending = mending_of(path, content, DiskSources(path, is_the_file=is_the_file))
    if mending is None or mending.is_whole:
        # Without anything known about the bytes, so that the strict reader looks at all of them.
        reading, text = read_store(content, path.name, {}), content.decode()
    else:
        reading, text = read_store(mending.text, path.name, {}), ""
    found = [*_of_schema(path.name, reading), *_of_layout(path.name, mending), *_of_records(reading, text)]
    found.sort(key=lambda finding: (-finding.severity, finding.line or 0))
    return Checked(tuple(found), reading.workspace, mending)


def _of_schema(name: str, reading: Reading) -> Iterator[Finding]:
    """That another leadline than this one wrote the store. A file that has to be mended is of this one by then."""
    if reading.is_newer:
        yield Finding(
            Severity.WARNING,
            f"{name} has schema {reading.schema}, of a newer leadline; this one knows {SCHEMA} and only reads it.",
            hint="Upgrade leadline to change it; what this one does not know stays in the file as it is.",
        )
    if reading.is_older:
        yield Finding(
            Severity.WARNING,
            f"{name} has schema {reading.schema}, of an older leadline; this one writes {SCHEMA} and only reads it.",
            hint=BRING_UP,
        )


def _of_layout(name: str, mending: Mending | None) -> Iterator[Finding]:
    if mending is not None and mending.is_whole and mending.from_schema is None:
        yield Finding(
            Severity.WARNING,
            f"{name} is not laid out as leadline writes it, so that git can merge less of it.",
            hint="The next save lays it out anew, and so does `leadline check --fix`; no value changes.",
        )


def _of_records(reading: Reading, text: str) -> Iterator[Finding]:
    """What is wrong with single records and between them; without a text they have no lines."""
    for finding in reading.findings:
        yield finding if text else replace(finding, line=None)
    lines = Lines(text)
    for finding in findings_in(reading.workspace):
        yield lines.located(finding)
