import pytest

from screens.widgets import StatusBar, StatusPart
from tests.screens.widgets.host import on_stage

PARTS = (
    StatusPart("leadline", "strong", 1, left=True),
    StatusPart("vscode-mssql", "muted", 3, left=True),
    StatusPart("30 inbox", priority=5),
    StatusPart("43 ready", priority=5),
    StatusPart("2 to decide", "warning", 4),
    StatusPart("saved 10:02", "good", 0),
    StatusPart("main", "muted", 2),
)


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [
        (90, "leadline   vscode-mssql", "30 inbox   43 ready   2 to decide   saved 10:02   main"),
        (76, "leadline   vscode-mssql", "30 inbox   2 to decide   saved 10:02   main"),
        (50, "leadline   vscode-mssql", "saved 10:02   main"),
        (35, "leadline", "saved 10:02   main"),
        (25, "leadline", "saved 10:02"),
        (14, "", "saved 10:02"),
        (8, "", "saved…"),
    ],
)
async def test_parts_leave_by_priority_and_the_save_state_last(width: int, left: str, right: str) -> None:
    async with on_stage(StatusBar(PARTS), size=(width, 3)) as stage:
        assert stage.lines[0] == f" {left}{right.rjust(width - 2 - len(left))}"


async def test_a_long_reason_is_cut_at_the_edge() -> None:
    bar = StatusBar([StatusPart("not saved: no room on the disk", "warning")])
    async with on_stage(bar, size=(20, 3)) as stage:
        assert stage.lines[0] == " not saved: no roo…"


async def test_parts_follow_what_is_set_and_data_is_only_text() -> None:
    bar = StatusBar()
    async with on_stage(bar, size=(60, 3)) as stage:
        assert stage.lines[0] == ""
        bar.parts = [StatusPart("saving…"), StatusPart(""), StatusPart("feature/[b]x\x1b[2J", "muted")]
        await stage.pilot.pause()
        assert stage.lines[0].split() == ["saving…", "feature/[b]x␛[2J"]
