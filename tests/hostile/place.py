"""A folder whose every text is hostile: the store, its history in git, its name, what a hook says, a file to import."""

import csv
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

from store.disk.locating import FILE_NAME, create_store
from store.models import encoded
from tests.hostile.payloads import PAYLOADS
from tests.hostile.records import DECISIONS, GOALS, ITEMS, records_of, settings_of

HOOK: Final = '#!/bin/sh\ncat "$(dirname "$0")/said" >&2\nexit 1\n'
"""Says what a hostile program may say, and lets nothing be committed."""

_AS_IT_WAS: Final = "base"
_SIDES: Final = ("ours", "theirs")


@dataclass(frozen=True)
class Place:
    """Where a hostile store is.

    Args:
        folder: a repository with the store in it.
        text: all payloads in one text.
        env: the environment of programs that run here.
    """

    folder: Path
    text: str
    env: Mapping[str, str]

    @property
    def store(self) -> Path:
        return self.folder / FILE_NAME

    @property
    def imported(self) -> Path:
        """A table of another tracker."""
        return self.folder / f"{file_name(self.text)}.csv"

    @property
    def said(self) -> str:
        """The payloads as a word of a command line may hold them."""
        return self.text.replace("\0", "")

    def version(self, name: str) -> Path:
        """The store as it was before both sides changed it (`base`), or one of the sides (`ours`, `theirs`)."""
        return self.folder.with_name(f"{self.folder.name}-{name}")


def hostile_place(parent: Path, names: Sequence[str], env: Mapping[str, str]) -> Place:
    """Make a repository in `parent` whose texts all hold these payloads."""
    texts = [" w ".join(PAYLOADS[name] for name in (*names[at:], *names[:at])) for at in range(len(names))]
    text = texts[0]
    user = {"LEADLINE_USER": text.replace("\0", ""), "USER": text.replace("\0", "")}
    # git takes a person from these before it looks at its settings, and the tests pin them.
    plain = {name: value for name, value in env.items() if not name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))}
    place = Place(parent / file_name(text), text, {**plain, **user})
    place.folder.mkdir()
    _git(place, "init", "--quiet", f"--initial-branch={branch_name(text)}")
    _git(place, "config", "user.name", f"x {_name(text)}")
    _git(place, "config", "user.email", "x@example.com")
    create_store(place.store, settings_of(text), records_of(texts))
    _spoil(place.store, text)
    _commit(place)
    _fork(place)
    _merge_wrongly(place)
    _set_up_others(place)
    place.imported.write_text(_table(text), encoding="utf-8")
    _edit(place.store, lambda items: items[str(ITEMS)].update(owner="li", title=f"once more {one_payload(text)}"))
    return place


def file_name(text: str) -> str:
    """As much of a text as a file may be called: anything but a slash and NUL."""
    name = "".join(char for char in text if char not in "/\0").encode("utf-8", "replace")[:120]
    return f"f{name.decode('utf-8', 'ignore')}"


def branch_name(text: str) -> str:
    """As much of a text as git takes for a branch: no control characters of the first set, but all that deceives."""
    return "b" + "".join(char for char in text if ord(char) > 0x7F and char not in "\uffff\ufffe")[:40]


def one_payload(text: str) -> str:
    """The beginning of a text, as a title may hold it."""
    return " ".join(text.split())[:300]


def with_marks(place: Place) -> None:
    """Leave the store as a merge of git's own leaves it, with the payloads beside its marks."""
    label = "".join(char for char in place.said if char not in "\r\n")
    base, ours, theirs = (str(place.version(name)) for name in (_AS_IT_WAS, *_SIDES))
    done = subprocess.run(
        ("git", "merge-file", "-p", "--diff3", "-L", label, "-L", label, "-L", label, ours, base, theirs),  # noqa: S607
        env=place.env,
        check=False,
        capture_output=True,
    )
    # Its exit code is the number of conflicts.
    assert 0 < done.returncode < 128, done.stderr
    place.store.write_bytes(done.stdout)


def words_of(arguments: Sequence[str], place: Place) -> list[str]:
    """A command line with the texts of a place in it."""
    names = {
        "{item}": f"LL-{_short(ITEMS)}",
        "{goal}": f"G-{_short(GOALS)}",
        "{decision}": f"D-{_short(DECISIONS)}",
        "{imported}": str(place.imported),
        "{store}": str(place.store),
        "{base}": str(place.version(_AS_IT_WAS)),
        "{ours}": str(place.version("ours")),
        "{theirs}": str(place.version("theirs")),
        "{text}": place.said,
    }
    filled = list(arguments)
    for name, text in names.items():
        filled = [word.replace(name, text) for word in filled]
    return filled


def _short(number: int) -> str:
    return encoded(number)[-6:]


def _name(text: str) -> str:
    return "".join(char for char in text if char not in "\0\n<>")[:200]


def _git(place: Place, *arguments: str) -> None:
    subprocess.run(("git", *arguments), cwd=place.folder, env=place.env, check=True, capture_output=True)  # noqa: S607


def _commit(place: Place) -> None:
    _git(place, "add", FILE_NAME)
    _git(place, "commit", "--quiet", "--no-verify", "--allow-empty-message", "-m", f"m {place.said}")


def _edit(path: Path, change: Any) -> None:
    """Change the raw items of a store; it stays as a program without taste would lay it out."""
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["items"])
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _fork(place: Place) -> None:
    """Three files beside the repository: the store, and what two people made of it."""
    base = place.store.read_bytes()
    for name in (_AS_IT_WAS, *_SIDES):
        place.version(name).write_bytes(base)
    for name in _SIDES:
        title = f"{name} {one_payload(place.text)}"
        _edit(place.version(name), lambda items, title=title: items[str(ITEMS + 2)].update(title=title, body=[title]))


def _merge_wrongly(place: Place) -> None:
    """Two branches and a merge that drops what one of them said."""
    main = branch_name(place.text)
    _git(place, "switch", "--quiet", "-c", f"{main}2")
    place.store.write_bytes(place.version("theirs").read_bytes())
    _commit(place)
    _git(place, "switch", "--quiet", main)
    _edit(place.store, lambda items: items[str(ITEMS + 3)].update(title=f"changed {one_payload(place.text)}"))
    _commit(place)
    _git(place, "merge", "--quiet", "--no-verify", "-s", "ours", "-m", f"m {place.said}", f"{main}2")


def _set_up_others(place: Place) -> None:
    """Another side that is not there, and a hook that talks."""
    there = str(place.folder.with_name(f"remote {file_name(place.text)[:60]}")).replace("\n", "")
    main = branch_name(place.text)
    _git(place, "config", "remote.origin.url", there)
    _git(place, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    _git(place, "config", f"branch.{main}.remote", "origin")
    _git(place, "config", f"branch.{main}.merge", f"refs/heads/{main}")
    hooks = place.folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "said").write_text(place.text, encoding="utf-8")
    hook = hooks / "pre-commit"
    hook.write_text(HOOK, encoding="utf-8")
    Path(hook).chmod(0o755)


def _spoil(path: Path, text: str) -> None:
    """Put things into the file that nobody can use: a record that is set aside, a field and a table we do not know."""
    content = json.loads(path.read_text(encoding="utf-8"))
    content["items"][str(ITEMS + 99)] = {"title": text, "created": text, text: text}
    content["items"][str(ITEMS)][f"x {text}"] = text
    content[f"x {text}"] = {"1": {text: text}}
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _table(text: str) -> str:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "title", "status", "owner", "labels", "description", text])
    cell = text.encode("utf-8", "replace").decode()
    writer.writerows([str(number), f"i {cell}", cell, cell, cell, cell, cell] for number in range(3))
    return out.getvalue()
