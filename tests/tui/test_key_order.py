"""Keys that come in one piece, as over a slow line, do what they would do one by one."""

import asyncio

import pytest
from textual.events import Key, Paste

from store.exchange.demo import demo_workspace
from tests.screens.driver import NOW, Driver, running
from tui.keeping import AT_REST_SECONDS


async def burst(driver: Driver, keys: str, gap: float, pasted: str = "") -> None:
    for event in (*(Key("slash" if key == "/" else key, key) for key in keys), *([Paste(pasted)] if pasted else [])):
        driver.app.post_message(event)
        if gap:
            await asyncio.sleep(gap)
    await asyncio.sleep(0.1)
    if driver.app._working is not None:
        await driver.app._working
    await driver.pilot.pause()


@pytest.mark.parametrize("gap", [0, 0.004, 0.02])
async def test_every_second_key_of_the_go_to_menu_reaches_the_menu(gap: float) -> None:
    async with running(demo_workspace(NOW)) as driver:
        await burst(driver, "gbgdgm", gap)
        assert driver.lines[1].strip().startswith("Goals")
        assert len(driver.app.screen_stack) == 1


async def test_keys_behind_a_change_of_screen_reach_the_new_screen() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await burst(driver, "gbxx", 0)
        assert "2 selected" in driver.text


async def test_text_typed_in_one_piece_into_a_dialog_is_whole() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await burst(driver, "cquickfingers", 0)
        assert "quickfingers" in driver.text


@pytest.mark.parametrize("gap", [0, 0.004, 0.02])
async def test_a_paste_behind_a_key_goes_where_the_key_leads(gap: float) -> None:
    async with running(demo_workspace(NOW)) as driver:
        await burst(driver, "gb/", gap, pasted="stage:nowhere")
        assert "is not a stage" in driver.text


async def test_what_nobody_waits_for_waits_until_no_key_is_pressed_any_more() -> None:
    async with running(demo_workspace(NOW)) as driver:
        assert driver.app.seconds_since_key() > AT_REST_SECONDS
        await asyncio.to_thread(driver.app._give_way)
        await driver.press("j")
        await asyncio.to_thread(driver.app._give_way)
        assert driver.app.seconds_since_key() >= AT_REST_SECONDS
