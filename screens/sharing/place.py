"""What commands of the sharing screen act on."""

from collections.abc import Sequence

from screens.commands.command import Command
from screens.screen import LeadlineScreen
from screens.wording.dispute import Dispute
from store.change import Choice

NO_CONFLICT = "No conflict is under the cursor."
"""Why a choice cannot be made."""


class SharingPlace(LeadlineScreen):
    """A screen on which conflicts are settled."""

    @property
    def disputes(self) -> Sequence[Dispute]:
        """The conflicts that a choice is made for: those that are selected, else the one under the cursor."""
        raise NotImplementedError

    @property
    def waiting(self) -> Sequence[Dispute]:
        """All conflicts that wait to be settled, in their order."""
        raise NotImplementedError

    def choose(self, choices: Sequence[tuple[Dispute, Choice]]) -> None:
        """Settle conflicts, each with its choice."""
        raise NotImplementedError


class DisputeCommand(Command[SharingPlace]):
    """A command on the conflict in view."""

    group = "Conflict"

    def unavailable(self, where: SharingPlace) -> str | None:
        """Needs a conflict."""
        if where.disputes:
            return None
        return NO_CONFLICT if where.waiting else "There is no conflict to settle."
