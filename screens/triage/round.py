"""The cards of one sitting in their order, and which of them is on the table."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Round:
    """Ids in the order of the sitting. `at` is the place on the table; one past the last card is the end.

    Cards that have had their verdict stay in the order, so that one can step back to them.
    """

    order: tuple[int, ...] = ()
    at: int = 0

    @property
    def current(self) -> int | None:
        """The card on the table; None at the end."""
        return self.order[self.at] if self.at < len(self.order) else None

    @property
    def place(self) -> int:
        """The number of the card on the table, from 1."""
        return min(self.at + 1, len(self.order))

    def to(self, card: int) -> "Round":
        """With this card on the table; the same where it is not in the order."""
        return replace(self, at=self.order.index(card)) if card in self.order else self

    def stepped(self, step: int) -> "Round":
        """One card on or back, whether it has had its verdict or not; at most to the end."""
        return replace(self, at=max(0, min(self.at + step, len(self.order))))

    def on_to_next(self, settled: Collection[int]) -> "Round":
        """The next card that is not settled, from the one on the table on; the end where there is none."""
        at = self.at
        while at < len(self.order) and self.order[at] in settled:
            at += 1
        return replace(self, at=at)

    def next_after(self, settled: Collection[int]) -> int | None:
        """The card that will follow a verdict on the one on the table."""
        return next((card for card in self.order[self.at + 1 :] if card not in settled), None)

    def with_more(self, cards: Iterable[int]) -> "Round":
        """With further cards at the end."""
        known = set(self.order)
        return replace(self, order=(*self.order, *(card for card in cards if card not in known)))

    def without(self, cards: Collection[int]) -> "Round":
        """Without cards that are gone; the place on the table goes to the next."""
        order = tuple(card for card in self.order if card not in cards)
        return Round(order, sum(1 for card in self.order[: self.at] if card not in cards))

    def with_first(self, card: int) -> "Round":
        """With this card on the table now; a new one is put in front of the present one."""
        if card in self.order:
            return self.to(card)
        return replace(self, order=(*self.order[: self.at], card, *self.order[self.at :]))
