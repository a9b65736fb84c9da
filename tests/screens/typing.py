"""Typing as fast as a paste: a journey waits once for a text, not at every letter."""

from textual.events import Paste

from tests.screens.driver import Driver


async def write(driver: Driver, text: str) -> None:
    """Put a text where the cursor is."""
    driver.app.post_message(Paste(text))
    await driver.pilot.pause()
