"""The reader: laid out for its width, painted line by line, scrolled with the keys of a pager."""

from screens.widgets.reader import Reader
from screens.wording.item_lines import Line, wrapped
from tests.screens.widgets.host import on_stage

TEXT = " ".join(f"word{number}" for number in range(200))


def lines(width: int) -> list[Line]:
    return wrapped([(TEXT, "")], width)


async def test_it_is_laid_out_for_its_width_and_anew_for_another() -> None:
    reader = Reader()
    async with on_stage(reader, size=(40, 10)) as stage:
        reader.show(lines)
        await stage.press()
        assert stage.lines[0].startswith("word0 word1")
        narrow = len(reader.lines)
        await stage.pilot.resize_terminal(80, 10)
        await stage.press()
        assert len(reader.lines) < narrow
        assert max(len(line) for line in stage.lines) > 40


async def test_a_width_nobody_told_of_is_mended_when_it_is_painted() -> None:
    reader = Reader()
    async with on_stage(reader, size=(40, 10)) as stage:
        reader.show(lines)
        await stage.press()
        reader._laid_out_for = 90
        reader._lines = lines(90)
        reader.refresh()
        await stage.press()
        await stage.press()
        assert max(len("".join(text for text, _ in line)) for line in reader.lines) <= 40


async def test_keys_scroll_and_a_new_text_begins_at_its_top() -> None:
    reader = Reader()
    async with on_stage(reader, size=(40, 10)) as stage:
        reader.show(lines)
        await stage.press("j")
        assert reader.scroll_offset.y == 1
        await stage.press("ctrl+d")
        assert reader.scroll_offset.y == 6
        await stage.press("end")
        assert "word199" in stage.lines[-1]
        reader.show(lines, from_top=False)
        await stage.press()
        assert "word199" in stage.lines[-1]
        reader.show(lines)
        await stage.press()
        assert stage.lines[0].startswith("word0 ")


async def test_a_text_that_became_shorter_leaves_no_lines_behind() -> None:
    reader = Reader()
    async with on_stage(reader, size=(40, 10)) as stage:
        reader.show(lines)
        await stage.press("end")
        reader.show(lambda _: [(("short", "strong"),)])
        await stage.press()
        assert [line for line in stage.lines if line] == ["short"]
