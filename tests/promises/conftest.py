"""Says at the end which files are getting long."""

import pytest

from tests.promises.sources import sources

LONG = 300
TOO_LONG = 400


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Files that may be telling us that they hold two ideas."""
    long = {source.name: size for source in sources() if (size := len(source.text.splitlines())) > LONG}
    if long:
        terminalreporter.section(f"files with more than {LONG} lines")
        for name, size in sorted(long.items(), key=lambda entry: -entry[1]):
            terminalreporter.line(f"{size:5}  {name}")
