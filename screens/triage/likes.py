"""What is like the cards: an index that is made once, and what was found for this card and the next."""

from collections.abc import Collection

from store.models import Item, Workspace
from store.triage import Likeness, LikenessIndex, similar

MOST = 5


class Likes:
    """Finds similar items; knows nothing until it has an index, which takes a moment to make."""

    def __init__(self) -> None:
        self._index: LikenessIndex | None = None
        self._found: dict[int, tuple[Likeness, ...]] = {}

    @property
    def has_index(self) -> bool:
        """Whether anything can be found."""
        return self._index is not None

    def take(self, index: LikenessIndex) -> None:
        """Use this index."""
        self._index = index

    def follow(self, work: Workspace) -> None:
        """Bring the index up to date."""
        if self._index is None:
            self._index = LikenessIndex(work)
        self._index.follow(work)

    def forget_but(self, cards: Collection[int | None]) -> None:
        """Keep only what was found for these cards."""
        self._found = {card: likes for card, likes in self._found.items() if card in cards}

    def of(self, item: Item, work: Workspace) -> tuple[Likeness, ...] | None:
        """What is like the item, in its present state; None without an index."""
        if self._index is None:
            return None
        likes = self._found.get(item.id)
        if likes is None:
            likes = self._found[item.id] = tuple(similar(item, self._index, MOST))
        items = work.items
        return tuple(Likeness(items[like.item.id], like.percent, like.words) for like in likes if like.item.id in items)
