"""The screens of the program by name. Each is imported when it is first shown, so that the first frame comes early."""

from collections.abc import Callable, Mapping
from typing import Final

from screens.office import Office
from screens.screen import LeadlineScreen
from store.models import Decision, Item, Record

FIRST_MODE: Final = "overview"


def _overview(office: Office) -> LeadlineScreen:
    from screens.overview.screen import OverviewScreen

    return OverviewScreen(office)


def _triage(office: Office) -> LeadlineScreen:
    from screens.triage.screen import TriageScreen

    return TriageScreen(office)


def _backlog(office: Office) -> LeadlineScreen:
    from screens.backlog.screen import BacklogScreen

    return BacklogScreen(office)


def _goals(office: Office) -> LeadlineScreen:
    from screens.goals.screen import GoalsScreen

    return GoalsScreen(office)


def _decisions(office: Office) -> LeadlineScreen:
    from screens.decisions.screen import DecisionsScreen

    return DecisionsScreen(office)


def _sharing(office: Office) -> LeadlineScreen:
    from screens.sharing.screen import SharingScreen

    return SharingScreen(office)


SCREENS: Final[Mapping[str, Callable[[Office], LeadlineScreen]]] = {
    "overview": _overview,
    "triage": _triage,
    "backlog": _backlog,
    "goals": _goals,
    "decisions": _decisions,
    "sharing": _sharing,
}
"""How to make the screen of each mode."""


def page_of(record: Record, office: Office) -> LeadlineScreen | None:
    """The page that shows one record by itself; None for kinds that are shown inside their list."""
    if isinstance(record, Item):
        from screens.item.screen import ItemScreen

        return ItemScreen(office, record.id)
    if isinstance(record, Decision):
        from screens.decisions.page import DecisionScreen

        return DecisionScreen(office, record.id)
    return None
