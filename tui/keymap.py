"""The user's own keys: a TOML file of command ids and keys, checked before it is used."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from platformdirs import user_config_path
from textual.keys import KEY_ALIASES, Keys

from screens.commands.command import AnyCommand

_CHARACTERS = {
    "?": "question_mark",
    ":": "colon",
    "/": "slash",
    ".": "full_stop",
    ",": "comma",
    "*": "asterisk",
    "!": "exclamation_mark",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "+": "plus",
    "-": "minus",
    "_": "underscore",
    "^": "circumflex_accent",
}
_NAMED = {key.value for key in Keys} | set(KEY_ALIASES) | {"esc", "space"}


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys by command id, and what was wrong with the file, one sentence each."""

    keys: Mapping[str, str]
    problems: tuple[str, ...] = ()


def keymap_path() -> Path:
    """Where the user's keys are: `LEADLINE_KEYS`, else keys.toml in the configuration folder."""
    return Path(os.environ.get("LEADLINE_KEYS") or user_config_path("leadline") / "keys.toml")


def read_keymap(path: Path, commands: Mapping[str, AnyCommand]) -> Keymap:
    """The keys of the file that can be used; what cannot is told and left at its default."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Keymap({})
    except (OSError, UnicodeDecodeError) as error:
        return Keymap({}, (f"{path.name} cannot be read: {error}. The keys stay as they are.",))
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Keymap({}, (f"{path.name} is no TOML: {error}. The keys stay as they are.",))
    keys: dict[str, str] = {}
    problems: list[str] = []
    # A heading `[keys]` is what people write because the file is about keys.
    for name, value in {name.removeprefix("keys."): value for name, value in _flat(given).items()}.items():
        line = _line_of(text, name)
        if name not in commands:
            near = get_close_matches(name, commands, 1)
            meant = f" Did you mean {near[0]}?" if near else ""
            problems.append(f"{path.name}{line}: there is no command “{name}”.{meant}")
        elif not isinstance(value, str) or not all(_is_key(key.strip()) for key in value.split(",,")):
            problems.append(f"{path.name}{line}: “{value}” is not a key. Try x, X, ctrl+x or f2.")
        else:
            keys[name] = _CHARACTERS.get(value, value)
    problems.extend(_clashes(keys, commands, path.name))
    return Keymap(keys, tuple(problems))


def _flat(table: Mapping[str, object], before: str = "") -> dict[str, object]:
    """`[item] stage = "s"` and `"item.stage" = "s"` mean the same."""
    flat: dict[str, object] = {}
    for name, value in table.items():
        if isinstance(value, Mapping):
            flat.update(_flat(value, f"{before}{name}."))
        else:
            flat[f"{before}{name}"] = value
    return flat


def _line_of(text: str, name: str) -> str:
    last = name.rpartition(".")[2]
    for number, line in enumerate(text.split("\n"), start=1):
        if name in line or line.strip().startswith(last):
            return f", line {number}"
    return ""


def _is_key(key: str) -> bool:
    if key.startswith("g ") and len(key) == len("g x"):
        return True
    last = key.rsplit("+", maxsplit=1)[-1] if len(key) > 1 else key
    modifiers = key.split("+")[:-1] if len(key) > 1 else []
    known = len(last) == 1 or last in _NAMED or last in _CHARACTERS.values()
    return bool(key) and known and all(modifier in {"ctrl", "shift", "alt"} for modifier in modifiers)


def _clashes(keys: Mapping[str, str], commands: Mapping[str, AnyCommand], file: str) -> list[str]:
    taken: dict[str, str] = {}
    problems = []
    for name, key in keys.items():
        if key in taken:
            problems.append(f"{file}: {key} is given to both {taken[key]} and {name}; the first one that fits wins.")
        taken.setdefault(key, name)
    del commands
    return problems
