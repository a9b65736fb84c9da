"""What this machine remembers between two starts; nothing about the work."""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from platformdirs import user_config_path

from store.disk.limited import read_limited

LARGEST = 64 * 1024
THEMES = ("leadline-dark", "leadline-light")


def preferences_path() -> Path:
    """Where they are: `LEADLINE_PREFERENCES`, else preferences.toml in the configuration folder."""
    return Path(os.environ.get("LEADLINE_PREFERENCES") or user_config_path("leadline") / "preferences.toml")


@dataclass
class Preferences:
    """The remembered choices, and the file they are in (None keeps them in memory only)."""

    theme: str = THEMES[0]
    path: Path | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """The choices of the file; a file that is missing or broken counts as empty, since it only holds comfort."""
        try:
            given = tomllib.loads(read_limited(path, LARGEST).decode())
        except (OSError, ValueError, RecursionError):  # broken TOML and broken text are ValueErrors
            given = {}
        theme = given.get("theme")
        return cls(theme=theme if theme in THEMES else THEMES[0], path=path)

    def remember(self, *, theme: str) -> None:
        """Keep a choice; a folder that cannot be written only means that it is asked again."""
        if theme == self.theme or theme not in THEMES:
            return
        self.theme = theme
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(f'theme = "{theme}"\n', encoding="utf-8")
        except OSError:
            return
