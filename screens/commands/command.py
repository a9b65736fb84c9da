"""One class per thing a person can do; keys, hints, palette, help and the README table all come from it."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from screens.screen import LeadlineScreen

Where = TypeVar("Where", bound="LeadlineScreen")


class Command(Generic[Where]):
    """Something a person can do on a screen of type `Where`.

    Attributes:
        id: what the user's keymap calls it, such as `item.stage`.
        title: what the palette and the help call it; starts with a capital, no full stop.
        help: what happens, as one sentence.
        key: default keys, the first is the one that is shown; `g b` is reached through the go-to menu;
            a command without a key is in the palette and the help only.
        hint: the words in the hint bar; empty to stay out of it.
        group: the heading in the help.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    help: ClassVar[str]
    key: ClassVar[str] = ""
    hint: ClassVar[str] = ""
    group: ClassVar[str] = "This screen"

    def unavailable(self, where: Where) -> str | None:  # noqa: ARG002 - most commands always work
        """Why the command cannot be used now, as a sentence; None when it can."""
        return None

    def run(self, where: Where) -> Coroutine[Any, Any, None] | None:
        """Do it. A coroutine may ask questions in dialogs on the way."""
        raise NotImplementedError

    @property
    def keys(self) -> tuple[str, ...]:
        """The default keys, the shown one first."""
        return tuple(key.strip() for key in self.key.split(",") if key.strip())


AnyCommand = Command[Any]
