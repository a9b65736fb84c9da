"""Rows become items here, whatever the format: checked, bounded, told apart, and what was wrong is remembered."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from store.exchange.imported import ImportedItem, Reading, Refused
from store.exchange.texts import MAX_PERSON, MAX_TAG, block, counted, cut, one_line, whole
from store.exchange.vocabulary import LONGEST, tag_of
from store.models import StageKind
from store.models.fields import MAX_LINE, MAX_LINES, MAX_TAGS, MAX_TITLE

_SHOWN_LINES: Final = 3


@dataclass(slots=True)
class Draft:
    """A row before it is checked: texts as the file has them; `is_ours` means that they were checked here before."""

    place: int
    key: str
    title: str
    body: str = ""
    labels: list[str] = field(default_factory=list)
    owner: str = ""
    requester: str = ""
    url: str = ""
    is_ours: bool = False


class Collector:
    """Takes the rows of one file in order; `reading` is what came of them.

    Args:
        line_of: turns the place of a row into the line it starts on; asked only for rows with something to tell.
    """

    def __init__(self, line_of: Callable[[int], int] = int) -> None:
        self._line_of = line_of
        self._items: dict[tuple[str, str], ImportedItem] = {}
        self._refused: list[Refused] = []
        self._left_out: Counter[str] = Counter()
        self._notes: dict[str, list[int]] = {}

    def refuse(self, place: int, reason: str) -> None:
        """Remember a row that cannot be imported."""
        self._refused.append(Refused(self._line_of(place), reason))

    def leave_out(self, what: str) -> None:
        """Count a row that is left out on purpose."""
        self._left_out[what] += 1

    def note(self, what: str, place: int) -> None:
        """Remember that something about a row should be told: a sentence about several rows, without its full stop."""
        self._notes.setdefault(what, []).append(self._line_of(place))

    def item(self, draft: Draft, system: str, says: frozenset[str]) -> ImportedItem | None:
        """The checked texts of a row as an item that `add` takes; None where the row had to be refused."""
        key, title, body = one_line(draft.key), one_line(draft.title), block(draft.body)
        if draft.is_ours:
            title, body = whole(draft.title), whole(draft.body)
        if not key:
            # A row that is known by its title, and has none, lacks the title.
            self.refuse(draft.place, "it has no id" if title else "it has no title")
            return None
        if len(key) > MAX_PERSON:
            self.refuse(draft.place, f"its id is longer than {MAX_PERSON} characters")
            return None
        if not title:
            self.refuse(draft.place, f"{key} has no title")
            return None
        if len(title) > MAX_TITLE:
            body = f"{title}\n\n{body}".rstrip()
            title = cut(title, MAX_TITLE)
            says |= {"body"}
            self.note(
                f"a title longer than {MAX_TITLE} characters was cut; the whole is first in the body", draft.place
            )
        if len(body) > MAX_LINE * MAX_LINES:
            body = cut(body, MAX_LINE * MAX_LINES)
            self.note("a text longer than 50 million characters was cut", draft.place)
        return ImportedItem(
            system=cut(one_line(system), MAX_LINE),
            key=key,
            place=draft.place,
            title=title,
            says=says,
            url=self._url(draft),
            body=body,
            tags=self._tags(draft),
            owner=_person(draft.owner, is_ours=draft.is_ours),
            requester=_person(draft.requester, is_ours=draft.is_ours),
        )

    def add(self, item: ImportedItem) -> None:
        """Take a row; a second one with the same key is left out if it is the same and refused if it is not."""
        if ends(item.stands) and item.closed is None:
            self.note("closed without a date: the last update was taken, else the day it was created", item.place)
        elif ends(item.stands) and item.closed and item.created and item.closed < item.created:
            self.note("closed before it was created: the day it was created was taken", item.place)
        first = self._items.setdefault((item.system.casefold(), item.key), item)
        if first is item:
            return
        if replace(first, place=item.place) == item:
            self.leave_out("repeated rows")
        else:
            self.refuse(item.place, f"{item.key} is in line {self._line_of(first.place):,} already, with other values")

    def reading(
        self,
        name: str,
        made_of: str,
        mapping: Mapping[str, str],
        unused: tuple[str, ...] = (),
        warnings: tuple[str, ...] = (),
    ) -> Reading:
        """Everything that was taken, refused, left out and noted."""
        return Reading(
            name=name,
            format=made_of,
            items=tuple(self._items.values()),
            refused=tuple(self._refused),
            left_out=dict(self._left_out),
            mapping=mapping,
            unused=unused,
            warnings=(*warnings, *(_told(what, lines) for what, lines in self._notes.items())),
        )

    def _url(self, draft: Draft) -> str:
        url = one_line(draft.url)
        if not url:
            return ""
        if not url.lower().startswith(("https://", "http://")) or len(url) > MAX_LINE:
            self.note("an address that is no web address was left out", draft.place)
            return ""
        return url

    def _tags(self, draft: Draft) -> frozenset[str]:
        tags = frozenset(cut(tag, MAX_TAG) for label in draft.labels if (tag := tag_of(one_line(label[:LONGEST]))))
        if len(tags) <= MAX_TAGS:
            return tags
        self.note(f"more than {MAX_TAGS} labels: only the first {MAX_TAGS} by name were taken", draft.place)
        return frozenset(sorted(tags)[:MAX_TAGS])


def _person(text: str, *, is_ours: bool) -> str:
    """A handle as we keep it: `@` is how people are shown, not a part of their name."""
    return cut((whole(text) if is_ours else one_line(text)).lstrip("@").lstrip(), MAX_PERSON)


def _told(what: str, lines: list[int]) -> str:
    where = ", ".join(f"{line:,}" for line in lines[:_SHOWN_LINES])
    more = f" and {len(lines) - _SHOWN_LINES:,} more" if len(lines) > _SHOWN_LINES else ""
    return f"{counted(len(lines), 'row')}: {what} ({'line' if len(lines) == 1 else 'lines'} {where}{more})."


def ends(stands: StageKind | None) -> bool:
    """Whether the state is an end: finished or dropped."""
    return stands is not None and not stands.is_open
