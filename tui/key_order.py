"""Keys take effect in the order they were pressed, however close together they come.

Textual hands keys on without waiting for what they do. Over a slow line, or from quick fingers, `g b` arrives in one
piece, and the second key would reach the screen that the first is about to leave.
"""

import asyncio
from collections import deque
from contextlib import suppress
from typing import Final, Generic, TypeVar

from textual.app import App
from textual.events import Event, Key
from textual.message_pump import MessagePump

Answer = TypeVar("Answer")

PATIENCE_SECONDS: Final = 0.5
"""A key waits no longer than this for the one before; a program that hangs must still hear the next."""
ROUNDS: Final = 3
"""How often everybody who may hear of a key is asked whether he is done: a key opens a dialog, the dialog a list."""


class KeysInOrder(App[Answer], Generic[Answer]):
    """An app in which a key is handed on when the one before has done its work."""

    _waiting: deque[Key]
    _working: asyncio.Task[None] | None = None

    async def on_event(self, event: Event) -> None:
        """Hand a key on at once when nothing is under way, else keep it until it is its turn."""
        if not isinstance(event, Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._working is None or self._working.done():
            self._waiting = deque()
            await super().on_event(event)
            self._working = asyncio.create_task(self._in_turn())
        else:
            self._waiting.append(event)

    async def _in_turn(self) -> None:
        await self._work_of_key()
        while self._waiting:
            await super().on_event(self._waiting.popleft())
            await self._work_of_key()

    async def _work_of_key(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                for _ in range(ROUNDS):
                    for node in self._hearers():
                        await _is_done(node)

    def _hearers(self) -> list[MessagePump]:
        """Those a key goes through: from the widget in focus up to the app."""
        if not self._screen_stack:
            return [self]
        nearest = self.focused or self.screen
        return [*nearest.ancestors_with_self]


async def _is_done(node: MessagePump) -> None:
    """Wait until a node has worked off what is in its queue now."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        await done.wait()
