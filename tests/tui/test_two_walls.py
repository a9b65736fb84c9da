"""The first wall alone holds on the screens people look at most; `tests/proofs` has all of them."""

import pytest

from tests.hostile.walls import PRESSED, caught_late

LOOKED_AT = (
    "overview",
    "backlog",
    "peek",
    "item",
    "why",
    "owner",
    "triage",
    "goals",
    "decisions",
    "decision",
    "sharing",
)


async def test_what_reaches_the_second_wall_is_clean_already(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await caught_late([PRESSED[name] for name in LOOKED_AT], monkeypatch) == {}


@pytest.mark.parametrize(
    ("forgotten", "surface"),
    [
        ("screens.wording.item_lines.clean", "item"),
        ("screens.dialogs.picker.clean", "owner"),
        ("screens.widgets.record_columns.clean", "backlog"),
    ],
)
async def test_a_forgotten_clean_is_noticed(forgotten: str, surface: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgotten, str)
    assert surface in await caught_late([PRESSED[surface]], monkeypatch)
