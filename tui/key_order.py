"""Keys and pastes take effect in the order in which they came, however close together.

Textual hands keys on without waiting for what they do. Over a slow line, or from quick fingers, `g b` arrives in one
piece, and the second key would reach the screen that the first is about to leave; so would a paste right after `/`.
"""

import asyncio
import math
import time
from collections import deque
from contextlib import suppress
from typing import Final, Generic, TypeVar

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen

Answer = TypeVar("Answer")

PATIENCE_SECONDS: Final = 0.5
"""A key waits no longer than this for the one before; a program that hangs must still hear the next."""
ROUNDS: Final = 3
"""How often everybody who may hear of a key is asked whether he is done: a key opens a dialog, the dialog a list."""


class KeysInOrder(App[Answer], Generic[Answer]):
    """An app in which a key or a paste is handed on when the one before has done its work."""

    _waiting: deque[Key | Paste]
    _working: asyncio.Task[None] | None = None
    _pressed_at = -math.inf

    def seconds_since_key(self) -> float:
        """How long ago the last key was pressed, or something pasted."""
        return time.monotonic() - self._pressed_at

    async def on_event(self, event: Event) -> None:
        """Hand a key or a paste on at once when nothing is under way, else keep it until it is its turn."""
        if isinstance(event, Paste):
            # Terminals end the lines of a paste as the enter key does, with a carriage return.
            event.text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._pressed_at = time.monotonic()
        if self._working is None or self._working.done():
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
                before = None
                while before is not self._screen_in_front():
                    before = self._screen_in_front()
                    while before is not None and not before.is_mounted:  # noqa: ASYNC110 - Textual tells nobody
                        await asyncio.sleep(0)
                    for _ in range(ROUNDS):
                        for node in self._hearers():
                            await _is_done(node)
                    while any(getattr(screen, "is_about_to_ask", False) for screen in self._stack()):  # noqa: ASYNC110
                        await asyncio.sleep(0)

    def _stack(self) -> list[Screen[object]]:
        return list(self.screen_stack) if self._screen_stack else []

    def _screen_in_front(self) -> Screen[object] | None:
        return self._stack()[-1] if self._stack() else None

    def _hearers(self) -> list[MessagePump]:
        """Those a key goes through: from the widget in focus up to the app."""
        if not self._stack():
            return [self]
        nearest = self.focused or self.screen
        return [*nearest.ancestors_with_self]


async def _is_done(node: MessagePump) -> None:
    """Wait until a node has worked off what is in its queue now."""
    done = asyncio.Event()
    if node.is_running and node.call_later(done.set):
        await done.wait()
