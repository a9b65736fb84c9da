"""Every key that works on a screen, searchable; enter runs what is under the cursor."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList, Static

from screens.dialogs.picker import Choice, Picker
from screens.screen import LeadlineScreen
from screens.wording.clean import clean, fit
from screens.wording.keys import shown

KEY_WIDTH = 10
TITLE_WIDTH = 28


class HelpDialog(Picker):
    """The commands of a screen by group, those that cannot work now dimmed and with the reason."""

    most = 200
    DEFAULT_CSS = """
    HelpDialog {
        #dialog { width: 110; height: 90%; }
        OptionList { height: 1fr; max-height: 100%; }
        .dialog-note { height: 2; }
    }
    """

    def __init__(self, screen: LeadlineScreen) -> None:
        super().__init__(f"Keys of {screen.TITLE_WORDS or 'this screen'}", commands_of(screen))
        self._keys = "type to search · enter runs it · esc closes"

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say below the list, in full, what the key under the cursor does."""
        if event.option_index < len(self._shown):
            self.query_one(".dialog-note", Static).update(Content(clean(self._shown[event.option_index].remark)))

    def _line(self, choice: Choice) -> Content:
        is_dimmed = choice.glyph == "dim"
        return Content.assemble(
            (f"{choice.value.partition(' ')[2]:<{KEY_WIDTH}}", "$text-muted" if is_dimmed else "$accent"),
            (f"{fit(clean(choice.words), TITLE_WIDTH, pad=True)}  ", "$text-muted" if is_dimmed else ""),
            (clean(choice.remark), "$text-muted"),
        )


def commands_of(screen: LeadlineScreen) -> Sequence[Choice]:
    """What can be done: a screen's commands, those that cannot be used now last, then the keys of the widget in focus.

    The value of a choice is the command's id and its keys; a key of a widget has no id and cannot be run from here.
    """
    choices = []
    for command in screen.commands.values():
        reason = command.unavailable(screen)
        choices.append(
            Choice(
                value=f"{command.id} {screen.office.key_of(command)}",
                words=command.title,
                remark=command.help if reason is None else f"not now: {reason}",
                glyph="" if reason is None else "dim",
            )
        )
    choices.sort(key=lambda choice: choice.glyph == "dim")
    if screen.focused is not None:
        for keys, words in _keys_of(screen):
            choices.append(Choice(value=f" {keys}", words=words))
    return choices


def _keys_of(screen: LeadlineScreen) -> list[tuple[str, str]]:
    by_words: dict[str, list[str]] = {}
    for node in (screen.focused,):
        if node is not None:
            for key, bindings in node._bindings.key_to_bindings.items():  # noqa: SLF001 - Textual has no other way to ask
                for binding in bindings:
                    if binding.description:
                        by_words.setdefault(binding.description, []).append(shown(key))
    return [(" ".join(keys[:3]), words) for words, keys in by_words.items()]
