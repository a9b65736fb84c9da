"""Items that are about the same: cosine of their words, rare words counting most.

Every word of the title counts once, words of the first part of the body a quarter. A word weighs `ln(1 + n / df)` with
n items of which df have it (inverse document frequency). The likeness of two items is the cosine of their weighted
words, from 0 to 100 %.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nlargest
from math import log, sqrt
from sys import intern

from store.models import Item, Workspace

BODY_LETTERS = 300
BODY_WEIGHT = 0.25
LEAST_PERCENT = 25
COMMON_SHARE = 0.25
"""Words that more than this share of all items have do not make two items alike by themselves."""
SMALL = 40
"""In a store of fewer items no word counts as common."""
MOST_COMPARED = 200
"""Of so many items the likeness is worked out, those with the most words in common."""

_WORD = re.compile(r"[^\W_]{2,40}")
_STOP_WORDS = frozenset(
    """
    a about after all also am an and any are as at be been but by can do does for from has have how i if in into is it
    its just me more my no not of off on or our out should so some such than that the their then there these they this
    to too up use used using very was we were what when where which while who why will with would you your
    """.split()  # noqa: SIM905 - ninety lines otherwise
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another item, how much it is alike in per cent, and the words both titles or bodies have, rarest first."""

    item: Item
    percent: int
    words: tuple[str, ...]


class LikenessIndex:
    """An inverted index over all items of a workspace that are not archived; `follow` brings it up to date.

    Titles and bodies are apart: what a word counts in an item is then known from the list the item is in.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._items: dict[int, Item] = {}
        self._words: dict[int, _Words] = {}
        self._in_titles: dict[str, list[int]] = {}
        self._in_bodies: dict[str, list[int]] = {}
        self._workspace: Workspace | None = None
        self.follow(workspace)

    def follow(self, workspace: Workspace) -> None:
        """Takes in what changed since the last workspace; items whose texts are the same cost next to nothing."""
        if self._workspace is not None and workspace.items is self._workspace.items:
            return
        self._workspace = workspace
        items = workspace.items
        for number in [number for number in self._items if number not in items]:
            self._remove(number)
        for number, item in items.items():
            known = self._items.get(number)
            if known is item:
                continue
            if known is not None and item.archived is None and (known.title, known.body) == (item.title, item.body):
                self._items[number] = item
                continue
            if known is not None:
                self._remove(number)
            if item.archived is None:
                self._add(item)

    def words_of(self, item: Item) -> Mapping[str, float]:
        """The words of an item with what they count: 1 in the title, a quarter in the body."""
        kept = self._items.get(item.id)
        return _weighed(self._words[item.id]) if kept is item else weighed_words(item)

    def weight(self, word: str) -> float:
        """How much a word says: much if few items have it."""
        return log(1 + max(1, len(self._items)) / max(1, self._count(word)))

    def like(self, words: Mapping[str, float], but: int = 0) -> list[tuple[float, Item]]:
        """Items by their cosine with these words, best first; `but` is left out."""
        # Asked for the same words again and again, here and for the lengths.
        weight = cache(self.weight)
        most = COMMON_SHARE * len(self._items) if len(self._items) >= SMALL else len(self._items)
        products: defaultdict[int, float] = defaultdict(float)
        for word, count in words.items():
            if self._count(word) <= most:
                gain = count * weight(word) ** 2
                for number in self._in_titles.get(word, ()):
                    products[number] += gain
                gain *= BODY_WEIGHT
                for number in self._in_bodies.get(word, ()):
                    products[number] += gain
        products.pop(but, None)
        length = _length(words, weight)
        # Lengths are only worked out for the best products, as they cost more than all the rest.
        best = nlargest(MOST_COMPARED, products, key=products.__getitem__)
        found = [
            (products[number] / (length * _length(_weighed(self._words[number]), weight)), self._items[number])
            for number in best
        ]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].id))

    def _count(self, word: str) -> int:
        return len(self._in_titles.get(word, ())) + len(self._in_bodies.get(word, ()))

    def _add(self, item: Item) -> None:
        words = _words_of(item)
        self._items[item.id] = item
        self._words[item.id] = words
        for having, there in zip((self._in_titles, self._in_bodies), words, strict=True):
            for word in there:
                if word in having:
                    having[word].append(item.id)
                else:
                    having[word] = [item.id]

    def _remove(self, number: int) -> None:
        del self._items[number]
        for having, there in zip((self._in_titles, self._in_bodies), self._words.pop(number), strict=True):
            for word in there:
                having[word].remove(number)
                if not having[word]:
                    del having[word]


def _length(words: Mapping[str, float], weight: Callable[[str], float]) -> float:
    return sqrt(sum((count * weight(word)) ** 2 for word, count in words.items())) or 1.0


def similar(item: Item, index: LikenessIndex, most: int = 5) -> list[Likeness]:
    """The items most like this one, at least 25 %, best first."""
    words = index.words_of(item)
    found = []
    for cosine, other in index.like(words, but=item.id)[:most]:
        percent = round(100 * min(1.0, cosine))
        if percent < LEAST_PERCENT:
            break
        theirs = index.words_of(other)
        shared = sorted(words.keys() & theirs.keys(), key=lambda word: (-words[word] * index.weight(word), word))
        found.append(Likeness(other, percent, tuple(shared[:4])))
    return found


def weighed_words(item: Item) -> dict[str, float]:
    """The words of an item, folded, without endings of the plural and without words that say nothing."""
    return _weighed(_words_of(item))


_Words = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a title, and those of a body that are not in the title; each once."""


def _weighed(words: _Words) -> dict[str, float]:
    titles, bodies = words
    return dict.fromkeys(titles, 1.0) | dict.fromkeys(bodies, BODY_WEIGHT)


def _words_of(item: Item) -> _Words:
    title = dict.fromkeys(_words(item.title))
    body = dict.fromkeys(word for word in _words(item.body[:BODY_LETTERS]) if word not in title)
    return tuple(title), tuple(body)


def _words(text: str) -> list[str]:
    return [stem for word in _WORD.findall(text.casefold()) if (stem := _STEMS[word])]


class _Stems(dict[str, str]):
    """The stem of each word met so far, "" for a word that says nothing: each is looked at once and kept once."""

    def __missing__(self, word: str) -> str:
        stem = self[word] = "" if word in _STOP_WORDS else intern(_singular(word))
        return stem


_STEMS = _Stems()


def _singular(word: str) -> str:
    """`grid` for grids and `query` for queries; status, analysis and class stay."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "sui":
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]
