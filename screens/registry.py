"""Every command of the program, for the user's keymap and for the key table of the README."""

from collections.abc import Mapping
from functools import cache

from screens.backlog.screen import BacklogScreen
from screens.commands.command import AnyCommand
from screens.decisions.page import DecisionScreen
from screens.decisions.screen import DecisionsScreen
from screens.goals.screen import GoalsScreen
from screens.item.screen import ItemScreen
from screens.overview.screen import OverviewScreen
from screens.screen import LeadlineScreen
from screens.sharing.screen import SharingScreen
from screens.triage.screen import TriageScreen
from screens.wording.keys import shown

SCREENS: tuple[type[LeadlineScreen], ...] = (
    OverviewScreen,
    TriageScreen,
    BacklogScreen,
    ItemScreen,
    GoalsScreen,
    DecisionsScreen,
    DecisionScreen,
    SharingScreen,
)


@cache
def every_command() -> Mapping[str, AnyCommand]:
    """All commands by id, those that work everywhere first."""
    found: dict[str, AnyCommand] = {}
    for screen in SCREENS:
        for name, command in screen.commands.items():
            found.setdefault(name, command)
    return dict(sorted(found.items(), key=lambda entry: entry[1].group != "Everywhere"))


def key_table() -> str:
    """The keys of every screen as a Markdown table, for the README."""
    lines = ["| Where | Key | What it does |", "| --- | --- | --- |"]
    told: set[str] = set()
    for group, commands in _by_group().items():
        for command in commands:
            if command.id in told or not command.key:
                continue
            told.add(command.id)
            keys = " ".join(f"`{shown(key)}`" for key in command.keys)
            title = command.title if command.title.endswith("?") else f"{command.title}."
            lines.append(f"| {group} | {keys} | {title} {command.help} |")
    return "\n".join(lines) + "\n"


def _by_group() -> Mapping[str, list[AnyCommand]]:
    groups: dict[str, list[AnyCommand]] = {}
    for screen in SCREENS:
        for command in screen.commands.values():
            group = screen.TITLE_WORDS.capitalize() if command.group == "This screen" else command.group
            groups.setdefault(group, []).append(command)
    return groups
