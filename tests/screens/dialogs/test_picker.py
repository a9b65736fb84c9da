"""A picker is driven by typing."""

from textual.app import App

from screens.dialogs.picker import Choice, Picker

TAGS = (Choice("infra", "infra"), Choice("debt", "debt", "3 open"), Choice("ui", "ui"))


class Host(App[None]):
    """Shows one dialog and keeps its answer."""

    answer: object = "none yet"

    def __init__(self, dialog: Picker) -> None:
        super().__init__()
        self.dialog = dialog

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.keep)

    def keep(self, answer: object) -> None:
        self.answer = answer


async def answer_after(dialog: Picker, *keys: str) -> object:
    host = Host(dialog)
    async with host.run_test() as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        return host.answer


async def test_enter_gives_what_is_under_the_cursor() -> None:
    assert await answer_after(Picker("Tag", TAGS), "enter") == ("infra",)
    assert await answer_after(Picker("Tag", TAGS), "down", "enter") == ("debt",)


async def test_the_cursor_starts_on_the_present_value() -> None:
    assert await answer_after(Picker("Tag", TAGS, current=["ui"]), "enter") == ("ui",)


async def test_typing_narrows_down() -> None:
    assert await answer_after(Picker("Tag", TAGS), "d", "e", "enter") == ("debt",)


async def test_esc_gives_nothing() -> None:
    assert await answer_after(Picker("Tag", TAGS), "escape") is None


async def test_nothing_that_matches_cannot_be_picked() -> None:
    assert await answer_after(Picker("Tag", TAGS), "z", "z", "enter") == "none yet"


async def test_tab_marks_several() -> None:
    assert await answer_after(Picker("Tags", TAGS, many=True), "tab", "down", "tab", "enter") == ("infra", "debt")


async def test_marks_that_were_held_can_be_taken_away() -> None:
    dialog = Picker("Tags", TAGS, current=["infra", "debt"], many=True)
    assert await answer_after(dialog, "tab", "enter") == ("debt",)


async def test_a_typed_word_becomes_a_new_choice_where_that_is_allowed() -> None:
    assert await answer_after(Picker("Tag", TAGS, new="new tag"), *"speed", "enter") == ("speed",)
    assert await answer_after(Picker("Tags", TAGS, many=True, new="new tag"), *"speed", "tab", "enter") == ("speed",)


async def test_only_so_many_are_laid_out_and_the_rest_is_told() -> None:
    dialog = Picker("Item", [Choice(str(n), f"item {n}") for n in range(200)])
    host = Host(dialog)
    async with host.run_test() as pilot:
        await pilot.pause()
        assert "150 more" in str(dialog.query_one(".dialog-note").render())


async def test_markup_in_a_choice_is_shown_as_it_is() -> None:
    dialog = Picker("Tag", (Choice("[/]", "[/] [b]x[/b]"),))
    assert await answer_after(dialog, "enter") == ("[/]",)
