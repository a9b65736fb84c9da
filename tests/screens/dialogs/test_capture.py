"""The capture line says how it is read and keeps nothing that was misread without a word."""

from store.exchange.demo import demo_workspace
from store.workbench import Workbench
from tests.screens.driver import ME, NOW, Driver, running, running_on


def titles(driver: Driver) -> set[str]:
    return {item.title for item in driver.workspace.items.values()}


async def test_the_marks_are_read_back_while_they_are_typed() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await driver.press("c")
        await driver.type("Fix it @ana #ci due:fri")
        assert "owner ana · tag ci · due Fri 27 Nov" in driver.text
        await driver.press("enter")
        assert "Fix it" in titles(driver)


async def test_the_first_enter_on_a_mistake_says_so_and_the_second_keeps_it() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await driver.press("c")
        await driver.type("Fix it ^nothing")
        await driver.press("enter")
        assert "Enter again keeps it as it is." in driver.text
        assert "Fix it ^nothing" not in titles(driver)
        await driver.press("enter")
        assert "Fix it ^nothing" in titles(driver)


async def test_an_empty_line_closes_and_esc_too() -> None:
    async with running(demo_workspace(NOW)) as driver:
        for key in ("enter", "escape"):
            await driver.press("c")
            assert "enter keeps it" in driver.text
            await driver.press(key)
            assert "enter keeps it" not in driver.text


async def test_on_a_store_that_is_only_read_nothing_is_said_to_be_captured_and_the_line_stays() -> None:
    bench = Workbench.in_memory(demo_workspace(NOW), now=lambda: NOW, who=ME, read_only="An older leadline wrote this.")
    async with running_on(bench) as driver:
        await driver.press("c")
        await driver.type("Fix it")
        await driver.press("enter")
        assert "Not captured, read only: An older leadline wrote this." in driver.text
        assert "Fix it" in driver.text
        assert "Fix it" not in titles(driver)
