"""How long each card has been looked at."""

from datetime import datetime


class CardClock:
    """Adds up the seconds each card was on the table. Stopped while the sitting is paused or out of sight."""

    def __init__(self) -> None:
        self._spent: dict[int, float] = {}
        self._card: int | None = None
        self._since: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether a card is being timed."""
        return self._since is not None

    def start(self, card: int | None, now: datetime) -> None:
        """Time this card from now on; None times nothing."""
        if card == self._card and self.is_running:
            return
        self.stop(now)
        self._card = card
        self._since = now if card is not None else None

    def stop(self, now: datetime) -> None:
        """Time nothing for a while; what was spent is kept."""
        if self._card is not None and self._since is not None:
            self._spent[self._card] = self.seconds(now)
        self._since = None

    def seconds(self, now: datetime) -> float:
        """The seconds spent on the card on the table so far."""
        if self._card is None:
            return 0.0
        running = (now - self._since).total_seconds() if self._since is not None else 0.0
        return self._spent.get(self._card, 0.0) + max(0.0, running)

    def forget(self, card: int) -> None:
        """Begin anew with a card, since its verdict has been given."""
        self._spent.pop(card, None)
        if card == self._card:
            self._card = self._since = None
