"""Lines of ours in files that others write as well, marked so that exactly they can be taken out again.

Above each line of ours stands a mark, which also remembers what else was changed so that the line has its place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MARK: Final = "# leadline git-setup"
_BEGAN: Final = f"{MARK} began this file"
_ENDED: Final = f"{MARK} ended the line above"
_MARKS: Final = {each.encode(): each for each in (MARK, _BEGAN, _ENDED)}


@dataclass(frozen=True, slots=True)
class OwnLines:
    """The lines of ours in one kind of file.

    Args:
        line: the line as it is to be now.
        is_it: whether a line is this one, perhaps as an older version of leadline wrote it.
        is_ours: whether it is one of ours, perhaps for another store.
        head: what a file of this kind begins with.
    """

    line: bytes
    is_it: Callable[[bytes], bool]
    is_ours: Callable[[bytes], bool]
    head: bytes = b""

    def is_in(self, content: bytes | None) -> bool:
        """Whether the line is there, whoever wrote it."""
        return content is not None and self.line in (line.strip() for line in content.splitlines())

    def are_in(self, content: bytes | None) -> bool:
        """Whether lines of ours are there, for this store or another one."""
        return content is not None and any(_bare(line) in _MARKS for line in content.splitlines())

    def added(self, content: bytes | None) -> bytes:
        """The file with the line at its end, in the place of an older one; None is a file that is not there."""
        rest = None if content is None else self.taken_out(content)
        mark = MARK
        if rest is None:
            rest, mark = self.head, _BEGAN
        elif rest and not rest.endswith(b"\n"):
            rest, mark = rest + b"\n", _ENDED
        return b"%b%b\n%b\n" % (rest, mark.encode(), self.line)

    def taken_out(self, content: bytes) -> bytes | None:
        """The file as it was before the line; None where it was not there.

        A line that stands under no mark of ours, nor under one that was moved away from it, is somebody else's.
        """
        lines = content.splitlines(keepends=True)
        gone: set[int] = set()
        kinds: list[tuple[int, str]] = []
        for place, line in enumerate(lines):
            if not self.is_it(_bare(line)):
                continue
            mark = self._mark_of(lines, place, gone)
            if mark is not None:
                gone |= {mark, place}
                kinds.append((mark, _MARKS[_bare(lines[mark])]))
        for mark, kind in kinds:
            if kind != MARK and not _handed_on(lines, gone, mark, kind) and kind == _ENDED:
                _without_end(lines, gone, mark)
        rest = b"".join(line for place, line in enumerate(lines) if place not in gone)
        return None if rest == self.head and _BEGAN in (kind for _, kind in kinds) else rest

    def _mark_of(self, lines: list[bytes], place: int, gone: set[int]) -> int | None:
        """The mark right above a line, else one that stands above nothing of ours, as after sorting."""
        marks = [at for at, line in enumerate(lines) if at not in gone and _bare(line) in _MARKS]
        if place - 1 in marks:
            return place - 1
        return next((at for at in marks if at + 1 == len(lines) or not self.is_ours(_bare(lines[at + 1]))), None)


def _handed_on(lines: list[bytes], gone: set[int], mark: int, kind: str) -> bool:
    """Whether the next mark of ours remembers from now on what this one did."""
    for place in range(mark + 1, len(lines)):
        if place in gone:
            continue
        if _bare(lines[place]) == MARK.encode():
            lines[place] = kind.encode() + b"\n"
            return True
        if kind == _ENDED:
            return False
    return False


def _without_end(lines: list[bytes], gone: set[int], mark: int) -> None:
    """Takes the end away that the last line had got from us, if it still is the last one."""
    kept = [place for place in range(len(lines)) if place not in gone]
    if kept and kept[-1] == mark - 1:
        lines[kept[-1]] = lines[kept[-1]].removesuffix(b"\n")


def _bare(line: bytes) -> bytes:
    return line.rstrip(b"\r\n")
