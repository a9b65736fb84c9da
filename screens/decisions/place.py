"""What the list and the page of decisions share: the decision that commands act on."""

from screens.commands.command import Command
from screens.screen import LeadlineScreen
from store.decisions import Standing, standing
from store.models import Decision, Record

NO_DECISION = "No decision is under the cursor."
"""Why a command on a decision cannot be used."""


class DecisionPlace(LeadlineScreen):
    """A screen on which one decision is in view."""

    @property
    def decision(self) -> Decision | None:
        """The decision that commands act on."""
        raise NotImplementedError

    @property
    def standing(self) -> Standing | None:
        """How that decision stands today."""
        decision = self.decision
        return None if decision is None else standing(decision, self.workspace, self.office.today)

    def target_record(self) -> Record | None:
        """The decision."""
        return self.decision

    def go_to_decision(self, number: int) -> None:
        """Bring a decision into view, now or as soon as it is there."""


class DecisionCommand(Command[DecisionPlace]):
    """A command on the decision in view."""

    group = "Decision"

    def unavailable(self, where: DecisionPlace) -> str | None:
        """Needs a decision."""
        return None if where.decision is not None else NO_DECISION

    @staticmethod
    def decision(where: DecisionPlace) -> Decision:
        """The decision in view.

        Raises:
            LookupError: there is none; `unavailable` has said so before.
        """
        if where.decision is None:
            raise LookupError(NO_DECISION)
        return where.decision
