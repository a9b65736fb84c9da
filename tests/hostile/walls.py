"""What gets past the first wall, `clean`, and is caught by the second one only."""

import re
from collections.abc import Iterable
from typing import Final

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.widgets import Input, TextArea

from screens.widgets.control_filter import ControlFilter
from screens.wording.clean import lowered, masked
from store.hidden import ALL_HIDDEN
from store.models import Workspace
from tests.hostile.payloads import PAYLOADS
from tests.hostile.records import records_of, settings_of
from tests.hostile.surfaces import SCREENS, Surface
from tests.screens.driver import Driver, running

PRESSED: Final = {
    surface.name: surface for surface in SCREENS if not any(key[:1] == "=" and len(key) > 1 for key in surface.keys)
}
"""What is reached by keys alone; what is typed elsewhere stands in a text field, as it is."""

_TEXT: Final = " w ".join(PAYLOADS[name] for name in ("turned round", "clear", "second set", "tower of marks"))
_KEYS: Final = {
    "esc": "escape",
    "?": "question_mark",
    ":": "colon",
    "/": "slash",
    ".": "full_stop",
    "%": "percent_sign",
    "+": "plus",
    "=": "equals_sign",
    "]": "right_square_bracket",
}
_HIDDEN: Final = re.compile(f"[{ALL_HIDDEN}]")


async def caught_late(surfaces: Iterable[Surface], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The surfaces on which the second wall had something to do, each with the beginning of what it was."""
    caught: list[str] = []
    apply = ControlFilter.apply

    def watching(wall: ControlFilter, segments: list[Segment], background: Color) -> list[Segment]:
        caught.extend(each.text for each in segments if lowered(masked(each.text)) != each.text)
        return apply(wall, segments, background)

    monkeypatch.setattr(ControlFilter, "apply", watching)
    found: dict[str, str] = {}
    async with running(Workspace(settings=settings_of(_TEXT)).with_records(records_of([_TEXT]))) as driver:
        for surface in surfaces:
            caught.clear()
            await driver.press(*(_KEYS.get(key, key) for key in surface.keys))
            if caught and not _has_text_to_edit(driver):
                found[surface.name] = repr(caught[0][:80])
            await driver.press(*["escape"] * 4, "g", "o")
    return found


def _has_text_to_edit(driver: Driver) -> bool:
    """Whether a text field holds hostile text: it must be edited as it is, so only the second wall stands there."""
    values = [field.value for field in driver.app.screen.query(Input)]
    values += [area.text for area in driver.app.screen.query(TextArea)]
    return any(_HIDDEN.search(value) for value in values)
