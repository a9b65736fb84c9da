"""Hands an address to the program that opens addresses here."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.errors import RuleError

if TYPE_CHECKING:
    from screens.wording.address import Address

# In the order of trying; a Mac has `open`, which elsewhere is another program.
_OPENERS: Final = (("xdg-open",), ("wslview",), ("termux-open-url",), ("gio", "open"))
_ON_A_MAC: Final = (("open",),)
PATIENCE: Final = 3.0
"""Seconds after which a program that is still running has opened it: some stay as long as their window."""

_STEP: Final = 0.05
_started: Final[list[subprocess.Popen[bytes]]] = []
"""Openers that may still run; kept so that nothing ends them."""


async def browse(address: "Address") -> None:
    """Open the address with the system's opener; never by a shell, and it gets neither keyboard nor screen.

    Raises:
        RuleError: there is no opener, or it failed.
    """
    command = opener()
    if command is None:
        message = "No program that opens addresses is installed here."
        raise RuleError(message, "xdg-open is one; c in the same dialog copies the address.")
    name = Path(command[0]).name
    try:
        process = subprocess.Popen(  # noqa: ASYNC220, S603 - starts and does not wait; the list is ours, the address was checked
            [*command, address.opened],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        message = f"{name} could not be started: {error.strerror}."
        raise RuleError(message, "c in the same dialog copies the address.") from error
    _started[:] = [*(each for each in _started if each.poll() is None), process]
    for _ in range(round(PATIENCE / _STEP)):
        if process.poll() is not None:
            break
        await asyncio.sleep(_STEP)
    if process.poll():
        message = f"{name} could not open the address: it ended with {process.returncode}."
        raise RuleError(message, "c in the same dialog copies the address.")


def opener() -> tuple[str, ...] | None:
    """The command that opens an address, without the address; None where there is none."""
    commands = _ON_A_MAC if sys.platform == "darwin" else _OPENERS
    for name, *words in commands:
        found = shutil.which(name)
        if found:
            return (found, *words)
    return None
