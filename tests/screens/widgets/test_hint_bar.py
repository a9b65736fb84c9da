import pytest

from screens.widgets import Hint, HintBar
from tests.screens.widgets.host import on_stage

HINTS = (
    Hint("enter", "open", action="item.open"),
    Hint("space", "peek", action="item.peek"),
    Hint("u", "undo", enabled=False, action="edit.undo"),
    Hint("c", "capture", action="item.capture"),
)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (80, " enter open   space peek   u undo   c capture   ? more"),
        (54, " enter open   space peek   u undo   ? more"),
        (43, " enter open   space peek   u undo   ? more"),
        (42, " enter open   space peek   ? more"),
        (20, " ? more"),
        (8, " ? more"),
    ],
)
async def test_hints_are_whole_or_behind_more(width: int, shown: str) -> None:
    async with on_stage(HintBar(HINTS), size=(width, 3)) as stage:
        assert stage.lines[0] == shown


async def test_a_click_tells_which_hint_also_of_one_that_cannot_work_now() -> None:
    bar = HintBar(HINTS)
    async with on_stage(bar, size=(80, 3)) as stage:
        for x in (1, 10, 11, 15, 28, 49, 79):
            await stage.pilot.click(bar, offset=(x, 0))
        await stage.pilot.pause()
        pressed = [message.hint.action for message in stage.heard(HintBar.Pressed)]
        assert pressed == ["item.open", "item.open", "item.peek", "edit.undo", "help"]


async def test_a_hint_that_cannot_work_now_is_dimmed() -> None:
    bar = HintBar([Hint("u", "undo")])
    async with on_stage(bar, size=(80, 3)) as stage:
        enabled = bar.render_line(0)
        bar.hints = [Hint("u", "undo", enabled=False)]
        await stage.pilot.pause()
        disabled = bar.render_line(0)
        assert enabled.text == disabled.text
        assert list(enabled)[0].style != list(disabled)[0].style  # noqa: RUF015


async def test_hints_follow_what_is_set() -> None:
    bar = HintBar()
    async with on_stage(bar, size=(80, 3)) as stage:
        assert stage.lines[0] == " ? more"
        bar.hints = [Hint("[", "previous [view]")]
        await stage.pilot.pause()
        assert stage.lines[0] == " [ previous [view]   ? more"
