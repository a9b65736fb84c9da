"""The command palette: every command of the screen, and every record by id or title."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from screens.requests import Open
from screens.screen import LeadlineScreen
from screens.wording.clean import clean
from store.models import Decision, Goal, Item

if TYPE_CHECKING:
    from screens.commands.command import AnyCommand

MOST = 50
BEFORE_RECORDS = 1.0
"""Commands stand before records, whose scores stay below one."""
SHORTEST_SEARCH = 2


class CommandProvider(Provider):
    """The commands of the screen below the palette; those that cannot work now are dimmed and say why."""

    async def discover(self) -> Hits:
        """Every command, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(self._line(command), partial(self._run, command), command.title, command.help)

    async def search(self, query: str) -> Hits:
        """The commands whose title matches; those whose id or help has every word come after them."""
        matcher = self.matcher(query)
        words = query.lower().split()
        for command in self._commands():
            score = matcher.match(command.title)
            if score > 0:
                score += BEFORE_RECORDS
            elif all(word in f"{command.id} {command.help}".lower() for word in words):
                score = BEFORE_RECORDS
            if score > 0:
                yield Hit(score, self._line(command), partial(self._run, command), command.title, command.help)

    def _commands(self) -> list["AnyCommand"]:
        screen = self.screen
        return list(screen.commands.values()) if isinstance(screen, LeadlineScreen) else []

    def _line(self, command: "AnyCommand") -> Content:
        screen = self.screen
        assert isinstance(screen, LeadlineScreen)  # noqa: S101 - no commands without one
        reason = command.unavailable(screen)
        key = screen.office.key_of(command)
        return Content.assemble(
            (command.title, "" if reason is None else "$text-muted"),
            (f"  {key}" if key else "", "$text-accent" if reason is None else "$text-muted"),
            (f"  {clean(reason)}" if reason else "", "$text-muted"),
        )

    def _run(self, command: "AnyCommand") -> None:
        screen = self.screen
        if isinstance(screen, LeadlineScreen):
            screen.run_command(command)


class RecordProvider(Provider):
    """Items, goals and decisions whose id or title matches; only the best are shown."""

    async def search(self, query: str) -> Hits:
        """The first matches in the order of the tables; an id finds its record at once."""
        if len(query.strip()) >= SHORTEST_SEARCH:
            async for hit in self._found(query.strip().lower()):
                yield hit

    async def _found(self, query: str) -> AsyncIterator[Hit]:
        screen = self.screen
        if not isinstance(screen, LeadlineScreen):
            return
        words = query.split()
        workspace = screen.workspace
        records: Iterator[Goal | Decision | Item] = chain(
            workspace.goals.values(), workspace.decisions.values(), workspace.items.values()
        )
        found = (
            record
            for record in records
            if all(word in record.title.lower() for word in words) or workspace.name_of(record).lower().endswith(query)
        )
        for place, record in enumerate(islice(found, MOST)):
            name = workspace.name_of(record)
            line = Content.assemble((f"{name}  ", "$text-muted"), clean(record.title))
            yield Hit(0.5 - place / 1000, line, partial(screen.post_message, Open(record)), text=name)
