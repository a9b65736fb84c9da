"""What all proofs share: time enough, and a place for their figures."""

from pathlib import Path

import pytest

from tests.proofs.figures import PROPERTY, Figures, Report, line_of, lines_of
from tests.proofs.sizes import is_long

SECONDS = 14_400 if is_long() else 900
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(SECONDS))


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """Puts a line into the table of figures, whether the test passes or fails afterwards."""

    def add(name: str, figures: Figures) -> None:
        request.node.user_properties.append((PROPERTY, line_of(name, figures)))

    return add


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    done = [
        entry
        for entries in terminalreporter.stats.values()
        for entry in entries
        if isinstance(entry, pytest.TestReport) and entry.when == "call"
    ]
    lines = sorted((line, entry.duration) for entry in done for line in lines_of(entry.user_properties))
    if lines:
        terminalreporter.section("figures of the proofs")
        for line, seconds in lines:
            terminalreporter.line(f"{line} ({seconds:.0f} s)")
