"""Which ids a new record must not get."""

from collections.abc import Callable, Container


class Taken(Container[int]):
    """The ids in use at the moment of asking.

    Args:
        is_taken: whether an id is in use now.
    """

    def __init__(self, is_taken: Callable[[object], bool]) -> None:
        self._is_taken = is_taken

    def __contains__(self, number: object) -> bool:
        return self._is_taken(number)
