"""The floor: the smallest Textual program, one widget that answers a key."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Bare(App[None]):
    """Shows one line and repeats keys."""

    def compose(self) -> ComposeResult:
        yield Static("bare and ready", markup=False)

    def on_key(self, event: Key) -> None:
        self.query_one(Static).update(event.key)


if __name__ == "__main__":
    Bare().run()
