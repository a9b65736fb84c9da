"""The address of an item is shown whole, and nothing is opened before a person said yes."""

import os
from pathlib import Path

import pytest

from store.models import Source, Workspace
from tests.screens.driver import NARROW, WIDE, Driver, running
from tests.store.samples import a_workspace, an_item

OPENS = '#!/bin/sh\nprintf "%s\\n" "$@" > "{said}"\nexit {code}\n'


def with_address(url: str) -> Workspace:
    return a_workspace(an_item(1, "Grid", source=Source(system="github a/b", key="1", url=url)))


@pytest.fixture(name="said")
def _said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return with_opener(tmp_path, monkeypatch)


def with_opener(folder: Path, monkeypatch: pytest.MonkeyPatch, code: int = 0) -> Path:
    """An opener that writes down what it was given."""
    said = folder / "said"
    for name in ("xdg-open", "open"):
        script = folder / name
        script.write_text(OPENS.format(said=said, code=code), encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return said


async def until_ended(driver: Driver) -> None:
    await driver.app.workers.wait_for_complete()
    await driver.quiet()


async def test_it_is_opened_by_one_word_of_a_list_after_yes(said: Path) -> None:
    url = "https://github.com/a/b/issues/1?x='$(touch%20owned)'"
    async with running(with_address(url), mode="backlog") as driver:
        await driver.press("ctrl+o")
        assert "Open this address?" in driver.text
        assert url in driver.text
        assert not said.exists()
        await driver.press("y")
        await until_ended(driver)
    assert said.read_text(encoding="utf-8") == "https://github.com/a/b/issues/1?x=%27%24%28touch%20owned%29%27\n"


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_no_opens_nothing(said: Path, key: str) -> None:
    async with running(with_address("https://github.com/a"), mode="backlog") as driver:
        await driver.press("ctrl+o", key)
        await until_ended(driver)
        assert "Open this address?" not in driver.text
    assert not said.exists()


async def test_c_copies_the_address_instead(said: Path) -> None:
    async with running(with_address("https://bücher.example/"), mode="backlog") as driver:
        await driver.press("ctrl+o", "c")
        await until_ended(driver)
        assert driver.app.clipboard == "https://xn--bcher-kva.example/"
    assert not said.exists()


async def test_where_it_goes_and_what_deceives_stand_above_the_address() -> None:
    url = f"https://github.com@аpple.com/{'x' * 9_900}"
    for size in (WIDE, NARROW):
        async with running(with_address(url), size, "backlog") as driver:
            await driver.press("ctrl+o")
            assert "goes to xn--pple-43d.com" in driver.text
            assert "“github.com” before the @ is no host" in driver.text
            assert "letters that may look like others" in driver.text
            assert "https://github.com@аpple.com/xxxx" in driver.text
            await driver.press("end")
            assert "goes to xn--pple-43d.com" in driver.text


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "-x", "https://a.example/\x1b[2J", "https:\\\\a.example"]
)
async def test_what_is_not_opened_is_refused_in_a_sentence(said: Path, url: str) -> None:
    async with running(with_address(url), mode="backlog") as driver:
        await driver.press("ctrl+o")
        assert "Open this address?" not in driver.text
        assert "That is not possible" in driver.text
        await driver.press("y")
        await until_ended(driver)
    assert not said.exists()


async def test_without_an_opener_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(with_address("https://github.com/a"), mode="backlog") as driver:
        monkeypatch.setenv("PATH", str(tmp_path))
        await driver.press("ctrl+o", "y")
        await until_ended(driver)
        assert "No program that opens addresses is installed here." in driver.text


async def test_an_opener_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_opener(tmp_path, monkeypatch, code=3)
    async with running(with_address("https://github.com/a"), mode="backlog") as driver:
        await driver.press("ctrl+o", "y")
        await until_ended(driver)
        assert "could not open the address: it ended with 3." in driver.text


async def test_an_item_without_an_address_says_so() -> None:
    async with running(a_workspace(an_item(1)), mode="backlog") as driver:
        await driver.press("ctrl+o")
        assert "LL-0001 has no address" in driver.text
