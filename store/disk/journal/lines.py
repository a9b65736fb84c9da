"""How the journal says what was done: one line of JSON for each step, with a checksum."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zlib import crc32

from store.change import Did, FieldEdit, Remembered, Step, remembered
from store.models import Json

_SAVED: Final = "saved"
_OPENED: Final = "opened"
_HEAD: Final = b'{"crc":"%08x",'
_HEAD_LENGTH: Final = len(_HEAD % 0)
_encoded = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def line_of(step: Step, moment: int) -> bytes:
    """One step as a line. Everything beyond ASCII is escaped, so that a journal can be printed.

    Args:
        step: what was done.
        moment: nanoseconds since the epoch.
    """
    change = remembered(step.change)
    return _line({
        "run": step.run,
        "n": step.number,
        "t": moment,
        "did": step.did.value,
        **({"of": step.of} if step.of else {}),
        "at": change.at.isoformat(),
        "by": change.by,
        **({"note": change.note} if change.note else {}),
        "what": change.sentence,
        "edits": [[edit.table, edit.id, _plain(edit.before), _plain(edit.after)] for edit in change.edits],
    })


def saved_line(run: str, number: int) -> bytes:
    """The mark that all steps of a sitting up to a number are in the store file."""
    return _line({"run": run, "n": number, "did": _SAVED})


def opened_line(run: str) -> bytes:
    """The mark that from now on a sitting writes into the file."""
    return _line({"run": run, "n": 0, "did": _OPENED})


@dataclass(slots=True)
class Lines:
    """What the lines of a journal say.

    Args:
        steps: the steps, with their lines, by name.
        saved: up to which step each sitting is in the store file.
        writer: the sitting that took the file last; empty when there is none.
        is_damaged: whether there are lines that cannot be used. Those at the end, where a power cut interrupted the
            writing, do not count: nobody was told that they are safe.
    """

    steps: dict[str, tuple[Step, bytes]] = field(default_factory=dict)
    saved: dict[str, int] = field(default_factory=dict)
    writer: str = ""
    is_damaged: bool = False

    def unsaved(self) -> list[Step]:
        """The steps that are not known to be in the store file."""
        return [step for step, _ in self.steps.values() if step.number > self.saved.get(step.run, 0)]

    def add(self, other: "Lines") -> None:
        """Take in what another journal says."""
        self.steps.update(other.steps)
        for run, number in other.saved.items():
            self.saved[run] = max(number, self.saved.get(run, 0))
        self.is_damaged = self.is_damaged or other.is_damaged


def read_lines(content: bytes) -> Lines:
    """Everything that can be read in a journal."""
    lines = Lines()
    bad = False
    for line in content.split(b"\n")[:-1]:
        values = _values(line)
        is_good = values is not None and _took(lines, values, line)
        lines.is_damaged = lines.is_damaged or (bad and is_good)
        bad = bad or not is_good
    return lines


def _took(lines: Lines, values: Mapping[str, Json], line: bytes) -> bool:
    try:
        run, number = str(values["run"]), int(values["n"])
        if values["did"] == _SAVED:
            lines.saved[run] = max(number, lines.saved.get(run, 0))
        elif values["did"] == _OPENED:
            lines.writer = run
        else:
            step = _step(run, number, values)
            lines.steps[step.name] = step, line
    except (KeyError, TypeError, ValueError):
        return False
    return True


def _step(run: str, number: int, values: Mapping[str, Json]) -> Step:
    edits = tuple(FieldEdit(str(table), int(key), before, after) for table, key, before, after in values["edits"])
    at = datetime.fromisoformat(values["at"])
    change = Remembered(str(values["what"]), edits, at, str(values["by"]), str(values.get("note", "")))
    return Step(run, number, Did(values["did"]), change, str(values.get("of", "")), int(values["t"]))


def _line(values: Mapping[str, Json]) -> bytes:
    rest = _encoded(values).encode("ascii")[1:]
    return b"%b%b\n" % (_HEAD % crc32(rest), rest)


def _values(line: bytes) -> Mapping[str, Json] | None:
    rest = line[_HEAD_LENGTH:]
    if line[:_HEAD_LENGTH] != _HEAD % crc32(rest):
        return None
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _plain(fields: Mapping[str, Json] | None) -> dict[str, Json] | None:
    return None if fields is None else dict(fields)
