"""A form: fields one after another, nothing typed is lost."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from screens.dialogs.form import FormDialog
from screens.dialogs.form_fields import FormField
from screens.theme import DARK
from store.errors import RuleError

Texts = Mapping[str, str]


class Host(App[None]):
    """Shows one form and keeps its answer."""

    def __init__(self, fields: Sequence[FormField], start: str = "") -> None:
        super().__init__()
        self.form = FormDialog("Goal", fields, self.make, start=start)
        self.answer: Texts | None = None
        self.is_closed = False

    @staticmethod
    def make(texts: Texts) -> Texts:
        if texts.get("title") == "bad":
            message = "That title is taken."
            raise RuleError(message, "Use another.")
        return dict(texts)

    def on_mount(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name
        self.push_screen(self.form, self.keep)

    def keep(self, answer: Texts | None) -> None:
        self.answer, self.is_closed = answer, True

    @property
    def text(self) -> str:
        strips = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def number(text: str) -> str:
    if not text.isdecimal():
        message = f"“{text}” is not a number."
        raise RuleError(message, "Try 3.")
    return f"{text} of ten"


FIELDS = (
    FormField("title", "Title", "Ship it", demanded="A goal needs a title.", is_kept=True),
    FormField("origin", "From", "company", words=("company", "customer", "team")),
    FormField("weight", "Weight", "3", reading=number),
    FormField("body", "Why", "Because", lines=3),
)


@asynccontextmanager
async def asked(
    fields: Sequence[FormField] = FIELDS, start: str = "", size: tuple[int, int] = (100, 30)
) -> AsyncIterator[tuple[Host, Pilot[None]]]:
    app = Host(fields, start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield app, pilot


async def test_enter_goes_on_and_ctrl_s_gives_all_texts() -> None:
    async with asked() as (app, pilot):
        await pilot.press("!", "enter", "right", "enter", "4", "tab", "x", "ctrl+s")
        await pilot.pause()
    assert app.answer == {"title": "Ship it!", "origin": "customer", "weight": "4", "body": "xBecause"}


async def test_enter_in_the_last_line_gives_all_texts() -> None:
    async with asked(FIELDS[:1]) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
    assert app.answer == {"title": "Ship it"}


async def test_a_wrong_field_takes_the_focus_says_why_and_is_right_again_once_corrected() -> None:
    async with asked(start="weight") as (app, pilot):
        await pilot.press("end", "x", "shift+tab", "ctrl+s")
        await pilot.pause()
        assert app.focused is app.form._rows[2].editor
        assert "“3x” is not a number. Try 3." in app.text
        await pilot.press("end", "backspace")
        await pilot.pause()
        assert "3 of ten" in app.text
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert app.answer is not None


async def test_a_missing_text_that_is_demanded_keeps_the_form_open() -> None:
    async with asked() as (app, pilot):
        await pilot.press(*["backspace"] * 7, "ctrl+s")
        await pilot.pause()
        assert "A goal needs a title." in app.text
        assert not app.is_closed


async def test_nobody_is_scolded_before_he_typed_or_left_the_field() -> None:
    fields = (FormField("title", "Title", demanded="A goal needs a title."), FormField("owner", "Owner"))
    async with asked(fields) as (app, pilot):
        assert "A goal needs a title." not in app.text
        await pilot.press("tab")
        await pilot.pause()
        assert "A goal needs a title." in app.text
        await pilot.press("shift+tab", "x")
        await pilot.pause()
        assert "A goal needs a title." not in app.text


async def test_a_value_is_replaced_by_typing_and_a_title_is_gone_on_with() -> None:
    async with asked() as (app, pilot):
        await pilot.press("!", "tab", "tab", "7")
        await pilot.pause()
        assert app.form.texts["title"] == "Ship it!"
        assert app.form.texts["weight"] == "7"


async def test_the_example_of_long_text_stands_in_it_beside_its_label() -> None:
    async with asked((FormField("body", "Because", lines=3, example="why this and not another"),)) as (app, pilot):
        line = next(line for line in app.text.splitlines() if "Because" in line)
        assert "why this and not another" in line
        await pilot.press("x")
        await pilot.pause()
        assert "why this and not another" not in app.text


async def test_a_refusal_of_the_whole_is_shown_and_the_input_is_kept() -> None:
    async with asked() as (app, pilot):
        await pilot.press(*["backspace"] * 7, *"bad", "ctrl+s")
        await pilot.pause()
        assert "That title is taken. Use another." in app.text
        await pilot.press("ctrl+u", *"good", "ctrl+s")
        await pilot.pause()
    assert app.answer is not None
    assert app.answer["title"] == "good"


async def test_esc_closes_at_once_unless_something_was_typed() -> None:
    async with asked() as (app, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert app.is_closed
    async with asked() as (app, pilot):
        await pilot.press("x", "escape")
        await pilot.pause()
        assert "Throw away what you typed?" in app.text
        await pilot.press("n")
        assert "Ship itx" in app.text
        await pilot.press("escape", "y")
        await pilot.pause()
        assert app.is_closed
        assert app.answer is None


async def test_text_that_nobody_touched_stays_to_the_character_and_asks_nothing() -> None:
    text = "typed\rover\u2028and\x85on"
    async with asked((FormField("body", "Why", text, lines=3),)) as (app, pilot):
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.answer == {"body": text}
    async with asked((FormField("body", "Why", text, lines=3),)) as (app, pilot):
        await pilot.press("escape")
        await pilot.pause()
        assert app.is_closed


async def test_a_choice_is_made_by_arrows_or_its_first_letter() -> None:
    async with asked(start="origin") as (app, pilot):
        await pilot.press("t")
        assert app.form.texts["origin"] == "team"
        await pilot.press("right")
        assert app.form.texts["origin"] == "company"
        await pilot.press("c")
        assert app.form.texts["origin"] == "customer"
        await pilot.press("left")
        assert app.form.texts["origin"] == "company"


async def test_several_pasted_lines_become_one_and_none_is_lost() -> None:
    async with asked() as (app, pilot):
        app.post_message(Paste(" today\n\nand tomorrow"))
        await pilot.pause()
        assert app.form.texts["title"] == "Ship ittoday and tomorrow"


async def test_fields_that_do_not_fit_scroll_into_view() -> None:
    fields = [FormField(f"field{number}", f"Field {number}") for number in range(20)]
    async with asked(fields, size=(80, 24)) as (app, pilot):
        assert "Field 19" not in app.text
        await pilot.press(*["tab"] * 19, "x")
        await pilot.pause()
        assert "Field 19" in app.text
        assert app.form.texts["field19"] == "x"
