"""The user's own keys: a TOML file of command ids and keys, checked before it is used."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path
from textual.keys import KEY_ALIASES, Keys

from screens.commands.command import AnyCommand
from store.disk.limited import read_limited
from store.query import nearest_name
from store.query.nearest import quoted

LARGEST = 64 * 1024
"""Bytes; ten times what a key for every command takes."""
MOST = 500
"""Entries; there are fewer commands."""

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
        text = read_limited(path, LARGEST).decode()
    except FileNotFoundError:
        return Keymap({})
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        return Keymap({}, (f"{path.name} cannot be read: {reason}. The keys stay as they are.",))
    try:
        given = _flat(tomllib.loads(text))
    except ValueError as error:  # TOMLDecodeError is one, and so is a number of too many figures
        return Keymap({}, (f"{path.name} is no TOML: {str(error)[:200]}. The keys stay as they are.",))
    except RecursionError:
        return Keymap({}, (f"{path.name} is nested too deeply. The keys stay as they are.",))
    # A heading `[keys]` is what people write because the file is about keys.
    return _checked({name.removeprefix("keys."): value for name, value in given.items()}, text, path.name, commands)


def _checked(given: Mapping[str, object], text: str, file: str, commands: Mapping[str, AnyCommand]) -> Keymap:
    if len(given) > MOST:
        return Keymap({}, (f"{file} has more than {MOST} entries. The keys stay as they are.",))
    keys: dict[str, str] = {}
    problems: list[str] = []
    for name, value in given.items():
        line = _line_of(text, name)
        if name not in commands:
            near = nearest_name(name, tuple(commands))
            meant = f" Did you mean {near}?" if near else ""
            problems.append(f"{file}{line}: there is no command {quoted(name)}.{meant}")
        elif not isinstance(value, str) or not all(_is_key(key.strip()) for key in value.split(",,")):
            problems.append(f"{file}{line}: {quoted(str(value))} is not a key. Try x, X, ctrl+x or f2.")
        else:
            keys[name] = _CHARACTERS.get(value, value)
    problems.extend(_clashes(keys, file))
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


def _clashes(keys: Mapping[str, str], file: str) -> list[str]:
    taken: dict[str, str] = {}
    problems = []
    for name, key in keys.items():
        if key in taken:
            problems.append(f"{file}: {key} is given to both {taken[key]} and {name}; the first one that fits wins.")
        taken.setdefault(key, name)
    return problems
