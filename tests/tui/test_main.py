"""What is done before anything is imported."""

import subprocess
import sys

ASKED = """
import sys
from tui.__main__ import without_plugins
without_plugins()
from store.models import Settings
print(Settings(), "importlib.metadata" in sys.modules)
"""


def test_validation_starts_without_looking_for_plugins() -> None:
    asked = subprocess.run((sys.executable, "-c", ASKED), capture_output=True, text=True, check=False)
    assert asked.stderr == ""
    assert asked.stdout.endswith(" False\n")
