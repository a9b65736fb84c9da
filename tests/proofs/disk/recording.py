"""Records what a write asks of the disk, as operations on directories and on the bytes of files."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Made:
    """A name for a new, empty file."""

    name: str
    file: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A new folder."""

    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A name that became another one; what had that is gone, or (an exchange) has the first."""

    name: str
    to: str
    is_exchange: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """A second name for a file."""

    name: str
    to: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A name that is gone."""

    name: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """Bytes at a place of a file."""

    file: int
    at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file that has another size."""

    file: int
    size: int


@dataclass(frozen=True, slots=True)
class Flushed:
    """A file whose bytes are on the disk."""

    file: int


@dataclass(frozen=True, slots=True)
class FlushedFolder:
    """A folder whose names are on the disk."""

    name: str


@dataclass(frozen=True, slots=True)
class Called:
    """From here on it was called done."""


NameOperation = Made | Folder | Moved | Linked | Removed
DataOperation = Wrote | Cut
Operation = NameOperation | DataOperation | Flushed | FlushedFolder | Called


class Recorder:
    """Stands between a write and the system, and notes what it asks for.

    Args:
        root: the folder in which everything happens; names are told from there.

    Attributes:
        operations: what was asked for, in order.
        files: the number of the file that each name had before anything was asked.
        contents: what those files held.
    """

    def __init__(self, root: Path) -> None:
        self.operations: list[Operation] = []
        self.files: dict[str, int] = {}
        self.contents: dict[int, bytes] = {}
        self._root = root
        self._handles: dict[int, int | str] = {}
        self._at: dict[int, int] = {}
        self._numbers: dict[tuple[int, int], int] = {}
        self._unheard: dict[str, int] = {}
        self._lstat, self._fstat = os.lstat, os.fstat
        for path in sorted(root.rglob("*")):
            if path.is_file():
                number = self._number(self._lstat(path))
                self.files[self._name(path)] = number
                self.contents[number] = path.read_bytes()

    def done(self) -> None:
        """Notes that the write was called done."""
        self.operations.append(Called())

    def __call__(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        note = getattr(self, f"_on_{name.replace('io.', 'text_')}", None)
        if note is None:
            return real(*args, **kwargs)
        result: Any = note(real, args, kwargs)
        return result

    def _number(self, status: os.stat_result) -> int:
        return self._numbers.setdefault((status.st_dev, status.st_ino), len(self._numbers) + 1)

    def _new_number(self, status: os.stat_result) -> int:
        # The system gives the number of a file that is gone to the next one.
        self._numbers.pop((status.st_dev, status.st_ino), None)
        self._numbers[status.st_dev, status.st_ino] = number = max(self._numbers.values(), default=0) + 1000
        return number

    def _name(self, path: Any) -> str:
        return str(Path(os.path.normpath(os.fsdecode(path))).relative_to(self._root))

    def _is_ours(self, path: Any) -> bool:
        return not isinstance(path, int) and Path(os.fsdecode(path)).is_relative_to(self._root)

    def _exists(self, path: Any) -> bool:
        try:
            self._lstat(path)
        except OSError:
            return False
        return True

    def _on_open(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        path, flags = args[:2]
        was_there = self._exists(path)
        handle = real(*args, **kwargs)
        if not self._is_ours(path):
            return handle
        status = self._fstat(handle)
        if flags & os.O_DIRECTORY:
            self._handles[handle] = self._name(path)
            return handle
        number = self._number(status) if was_there else self._new_number(status)
        if not was_there:
            self.operations.append(Made(self._name(path), number))
        elif flags & os.O_TRUNC:
            self.operations.append(Cut(number, 0))
        self._handles[handle] = number
        self._at[handle] = status.st_size if flags & os.O_APPEND else 0
        return handle

    def _on_text_open(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What `pathlib` writes is seen only when the file gets its real name: it is small and never flushed."""
        file = real(*args, **kwargs)
        mode = args[1] if len(args) > 1 else kwargs.get("mode", "r")
        if "w" in mode and self._is_ours(args[0]):
            number = self._new_number(self._fstat(file.fileno()))
            self.operations.append(Made(self._name(args[0]), number))
            self._unheard[self._name(args[0])] = number
        return file

    def _on_write(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        handle, content = args
        count = real(*args, **kwargs)
        file = self._handles.get(handle)
        if isinstance(file, int):
            self.operations.append(Wrote(file, self._at[handle], bytes(content)[:count]))
            self._at[handle] += count
        return count

    def _on_ftruncate(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        handle, size = args
        real(*args, **kwargs)
        file = self._handles.get(handle)
        if isinstance(file, int):
            self.operations.append(Cut(file, size))
            self._at[handle] = min(self._at[handle], size)

    def _on_fsync(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        real(*args, **kwargs)
        file = self._handles.get(args[0])
        if file is not None:
            self.operations.append(Flushed(file) if isinstance(file, int) else FlushedFolder(file))

    _on_fdatasync = _on_fsync

    def _on_close(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        self._handles.pop(args[0], None)
        return real(*args, **kwargs)

    def _on_replace(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        one, other = self._name(args[0]), self._name(args[1])
        if one in self._unheard:
            content = (self._root / one).read_bytes()
            self.operations.append(Wrote(self._unheard.pop(one), 0, content))
        real(*args, **kwargs)
        self.operations.append(Moved(one, other, is_exchange=False))

    _on_rename = _on_replace

    def _on_renameat2(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        number = real(*args, **kwargs)
        if number == 0:
            self.operations.append(Moved(self._name(args[0]), self._name(args[1]), is_exchange=True))
        return number

    def _on_link(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        real(*args, **kwargs)
        self.operations.append(Linked(self._name(args[0]), self._name(args[1])))

    def _on_unlink(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        real(*args, **kwargs)
        self.operations.append(Removed(self._name(args[0])))

    def _on_mkdir(self, real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        real(*args, **kwargs)
        self.operations.append(Folder(self._name(args[0])))
