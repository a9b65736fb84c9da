"""What came in from the file, as data."""

from dataclasses import dataclass

from store.change import Difference, Step, differences
from store.models import Conflict, Workspace, asked


@dataclass(frozen=True, slots=True)
class Arrival:
    """The file was another one and is in memory now, with everything that was not saved on top.

    Args:
        before: what was in memory.
        after: what is in memory now.
        lacking: what was saved in this sitting and is gone now, oldest first: neither in the new file nor brought back
            by what was put on top.
        refused: records whose edits could not be put on top, by table and id.
    """

    before: Workspace
    after: Workspace
    lacking: tuple[Step, ...] = ()
    refused: tuple[tuple[str, int], ...] = ()

    @property
    def disputes(self) -> tuple[Conflict, ...]:
        """The conflicts that came in or arose and wait for a person; see `asked`."""
        before = self.before.conflicts
        return tuple(
            asked(
                conflict
                for number, conflict in self.after.conflicts.items()
                if conflict.settled is None and (number not in before or before[number].settled is not None)
            )
        )

    def differences(self) -> tuple[Difference, ...]:
        """What is not as it was, record by record."""
        return differences(self.before, self.after)


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What the journals of earlier sittings had to say.

    Args:
        steps: what had never reached the file and is on top of it now, oldest first.
        refused: records whose edits could not be put on top, by table and id.
        is_damaged: whether a journal held lines that cannot be used; it is kept aside.
    """

    steps: tuple[Step, ...] = ()
    refused: tuple[tuple[str, int], ...] = ()
    is_damaged: bool = False
