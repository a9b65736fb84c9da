"""Writes the key table of the README anew from the commands: `python -m tests.keys`."""

import re
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BETWEEN = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)


def with_keys(readme: str) -> str:
    """The README with the table as the commands say it now."""
    from screens.registry import key_table

    return BETWEEN.sub(lambda found: f"{found[1]}{key_table()}{found[2]}", readme)


if __name__ == "__main__":
    README.write_text(with_keys(README.read_text(encoding="utf-8")), encoding="utf-8")
