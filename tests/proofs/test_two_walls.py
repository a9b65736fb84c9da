"""The first wall alone holds on every screen and dialog that keys reach."""

import pytest

from tests.hostile.walls import PRESSED, caught_late
from tests.proofs.figures import Report

CHUNKS = 2


@pytest.mark.parametrize("chunk", range(CHUNKS))
async def test_what_reaches_the_second_wall_is_clean_already(
    chunk: int, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    surfaces = list(PRESSED.values())[chunk::CHUNKS]
    found = await caught_late(surfaces, monkeypatch)
    report("First wall", {"surfaces": len(surfaces), "caught late": len(found)})
    assert found == {}
