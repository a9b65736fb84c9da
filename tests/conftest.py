"""Makes the test machine nobody's machine: no test may depend on who runs it, where, or in which time zone."""

import gc
import os
import time
from collections.abc import Iterator

import pytest

# What a person's shell may carry and a test would silently follow.
FOREIGN = (
    "COLUMNS",
    "EDITOR",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "PAGER",
    "VISUAL",
    *(name for name in os.environ if name.startswith(("GIT_", "LC_", "LEADLINE_", "TEXTUAL_", "XDG_"))),
)


YOUNG_OBJECTS = 50_000
"""New objects after which garbage is looked for; by default a screen that is painted brings it about many times."""


def pytest_collection_finish() -> None:
    """As in the program: what is loaded by now stays, and is not looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def nobodys_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home, a git identity, a locale and a time zone of our own, for this process and those it starts."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as machine:
        for name in FOREIGN:
            machine.delenv(name, raising=False)
        for name, value in pinned(str(home)).items():
            machine.setenv(name, value)
        time.tzset()
        yield
    time.tzset()


def pinned(home: str) -> dict[str, str]:
    """The environment every test and every program under test sees."""
    return {
        "HOME": home,
        "XDG_CONFIG_HOME": f"{home}/config",
        "XDG_STATE_HOME": f"{home}/state",
        "XDG_CACHE_HOME": f"{home}/cache",
        "XDG_DATA_HOME": f"{home}/data",
        # A person's own git settings could sign commits, run hooks or rename the first branch.
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "ana",
        "GIT_AUTHOR_EMAIL": "ana@example.com",
        "GIT_COMMITTER_NAME": "ana",
        "GIT_COMMITTER_EMAIL": "ana@example.com",
        "LANG": "C.UTF-8",
        # Not UTC, so that a day taken in the wrong zone shows.
        "TZ": "Europe/Berlin",
        "USER": "ana",
        "TERM": "xterm-256color",
    }
