"""The program saves what is done, says so, and loses nothing when it cannot."""

import asyncio
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from screens.dialogs.confirm import Confirm
from screens.requests import Copy, Do, Go, LeaveProgram, Reload
from store.change import captured, read_capture, renamed
from store.disk import create_store
from store.errors import NotSavedError
from store.exchange.demo import demo_workspace
from store.models import Settings
from store.workbench import Workbench
from tests.screens.driver import ME, NOW, Driver, running
from tui.app import LeadlineApp
from tui.keeping import SAVE_SECONDS
from tui.preferences import Preferences


@pytest.fixture(name="store")
def _store(tmp_path: Path) -> Path:
    return create_store(tmp_path / "leadline.json", Settings(team="dock"))


def opened(store: Path) -> tuple[LeadlineApp, Workbench]:
    bench = Workbench.open(store, now=lambda: NOW, who=ME)
    return LeadlineApp(bench, Preferences(), now=lambda: NOW), bench


def capture(bench: Workbench, line: str) -> Do:
    read = read_capture(line, bench.workspace, NOW.date(), "ana")
    return Do(captured(bench.workspace, [read], bench.new_id, NOW, "ana"))


async def test_what_is_done_is_in_the_file_soon_after(store: Path) -> None:
    app, bench = opened(store)
    async with app.run_test(notifications=True) as pilot:
        app.post_message(capture(bench, "Write it down"))
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Write it down" in store.read_text(encoding="utf-8")
        assert any("saved" in part.text for part in app.status)


async def test_what_is_done_is_saved_although_the_dialog_it_waited_for_is_gone(store: Path) -> None:
    app, bench = opened(store)
    async with app.run_test() as pilot:
        await app.push_screen(Confirm("A dialog", "that is about to close"))
        await pilot.pause()
        app.post_message(capture(bench, "Write it down"))
        for _ in range(100):
            # As soon as the save waits for the next picture of the dialog, that picture is gone.
            waiting = app.screen._callbacks
            if any("save" in str(callback) for callback, _ in waiting):
                waiting.clear()
                break
            await asyncio.sleep(0)
        app.pop_screen()
        await asyncio.sleep(2 * SAVE_SECONDS)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Write it down" in store.read_text(encoding="utf-8")


async def test_undo_and_redo_name_what_they_did_and_reach_the_file(store: Path) -> None:
    app, bench = opened(store)
    async with app.run_test(notifications=True) as pilot:
        app.post_message(capture(bench, "Write it down"))
        await pilot.pause()
        await pilot.press("u")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Write it down" not in store.read_text(encoding="utf-8")
        assert "Undid: Captured “Write it down”" in [toast.message for toast in app._notifications]
        await pilot.press("ctrl+r")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Write it down" in store.read_text(encoding="utf-8")
        assert [toast.message for toast in app._notifications] == ["Redid: Captured “Write it down”"]


async def quiet(app: LeadlineApp, pilot: Pilot[str]) -> None:
    """Until everything that runs in threads has come back."""
    for _ in range(3):
        await pilot.pause()
        await app.workers.wait_for_complete()
    await pilot.pause()


def toasts(app: LeadlineApp) -> str:
    return "\n".join(toast.message for toast in app._notifications)


async def test_what_is_saved_goes_on_top_of_what_others_wrote_and_that_is_told(store: Path) -> None:
    app, bench = opened(store)
    async with app.run_test(notifications=True) as pilot:
        other = Workbench.open(store, now=lambda: NOW, who=ME)
        other.do(capture(other, "From outside").change)
        other.save()
        app.post_message(capture(bench, "From inside"))
        await quiet(app, pilot)
        text = store.read_text(encoding="utf-8")
        assert "From inside" in text
        assert "From outside" in text
        assert {item.title for item in app.workspace.items.values()} == {"From inside", "From outside"}
        assert toasts(app) == "Came in from the file: 1 item new."
        assert any("saved" in part.text for part in app.status)


async def test_leaving_while_it_cannot_be_saved_asks_first(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app, bench = opened(store)

    def refuse() -> None:
        message = "The disk is full."
        raise NotSavedError(message, "Make room.")

    async with app.run_test(notifications=True) as pilot:
        with monkeypatch.context() as full_disk:
            full_disk.setattr(bench, "save", refuse)
            app.post_message(capture(bench, "Only in memory"))
            await pilot.pause()
            app.post_message(LeaveProgram())
            await pilot.pause()
            await pilot.press("n")
            await pilot.pause()
            assert app.is_running
            assert bench.pending == 1
        app.post_message(LeaveProgram())
        for _ in range(100):
            if app._exit:
                break
            await asyncio.sleep(0.05)
    assert "Only in memory" in store.read_text(encoding="utf-8")
    assert app.return_value == f"1 item in {store}."


async def test_an_undo_of_a_field_that_was_changed_since_says_why(store: Path) -> None:
    app, bench = opened(store)
    async with app.run_test(notifications=True) as pilot:
        app.post_message(capture(bench, "First"))
        await pilot.pause()
        (item,) = bench.workspace.items.values()
        app.post_message(Do(renamed(bench.workspace, [item.id], "Second", NOW, "ana")))
        await pilot.pause()
        await app.workers.wait_for_complete()
        other = Workbench.open(store, now=lambda: NOW, who=ME)
        other.do(renamed(other.workspace, [item.id], "Third", NOW, "li"))
        other.save()
        app.post_message(Reload())
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert any("changed since" in notification.message for notification in app._notifications)
        (item,) = bench.workspace.items.values()
        assert item.title == "Third"


@pytest.mark.parametrize("mode", ["overview", "triage", "backlog", "goals", "decisions"])
async def test_every_screen_opens_on_an_empty_store_and_says_what_to_press(store: Path, mode: str) -> None:
    app, bench = opened(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.post_message(Go(mode))
        await pilot.pause()
        text = Driver(app, pilot, bench).text
        assert any(f"{key} " in text for key in ("c", "n")), text


@pytest.mark.parametrize("mode", ["overview", "triage", "backlog", "goals", "decisions"])
@pytest.mark.parametrize("size", [(140, 45), (80, 24), (60, 16), (40, 10)])
async def test_every_screen_fits_its_window(mode: str, size: tuple[int, int]) -> None:
    async with running(demo_workspace(NOW), size=size, mode=mode) as driver:
        assert driver.lines[0].strip()
        assert "? more" in driver.lines[-1]


async def test_a_window_that_is_too_small_gets_one_sentence() -> None:
    async with running(demo_workspace(NOW), size=(39, 9)) as driver:
        assert "39x9 is too small" in " ".join(driver.text.split())
        await driver.resize(140, 45)
        assert "too small" not in driver.text


async def test_a_screen_that_is_just_being_put_together_is_not_asked_yet(store: Path) -> None:
    app, _ = opened(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        going = asyncio.create_task(app.on_go(Go("decisions")))
        # What earlier sittings left is known at any moment, also at this one.
        while not going.done():
            app.show_possible()
            await asyncio.sleep(0.001)
        await going
        await pilot.pause()
        assert app.current_mode == "decisions"


async def test_the_go_to_menu_leads_to_every_screen() -> None:
    async with running(demo_workspace(NOW)) as driver:
        for key, word in (("t", "Triage"), ("b", "Backlog"), ("m", "Goals"), ("d", "Decisions")):
            await driver.press("g", key)
            assert word in driver.lines[1]


async def test_an_unavailable_command_says_why() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await driver.press("u")
        assert "Nothing to undo" in driver.text


async def test_the_help_runs_what_is_picked() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await driver.press("question_mark")
        await driver.type("capture")
        await driver.press("enter")
        assert "Capture" in driver.text
        assert "enter keeps it" in driver.text


async def test_a_wrong_key_in_the_go_to_menu_is_told() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await driver.press("g", "z")
        assert "leads nowhere" in driver.text


async def test_esc_never_quits() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await driver.press("escape", "escape", "escape")
        assert driver.app.is_running


async def test_a_key_that_means_nothing_says_so() -> None:
    async with running(demo_workspace(NOW), mode="backlog") as driver:
        await driver.press("Z")
        assert "“Z” does nothing here" in driver.text
        await driver.press("slash", "Z")
        assert "does nothing" not in driver.lines[1]


async def test_a_pasted_list_is_offered_however_the_terminal_ends_its_lines() -> None:
    async with running(demo_workspace(NOW)) as driver:
        await driver.press("c")
        driver.app.post_message(Paste("- first\r- second\r\n- third"))
        await driver.pilot.pause()
        assert "Create 3 items?" in driver.text


async def test_only_the_newest_toast_is_shown() -> None:
    async with running(demo_workspace(NOW), mode="backlog") as driver:
        await driver.press("Z", "Z", "Z", "u")
        assert len(driver.app._notifications) == 1


async def test_what_is_copied_carries_no_control_characters() -> None:
    async with running(demo_workspace(NOW)) as driver:
        driver.app.post_message(Copy("a\x1b[201~\rcurl x", "it"))
        await driver.pilot.pause()
        assert "\x1b" not in driver.app.clipboard
        assert "\r" not in driver.app.clipboard


async def test_a_file_changed_outside_is_read_again_when_nothing_is_unsaved(store: Path) -> None:
    app, bench = opened(store)
    async with app.run_test(notifications=True) as pilot:
        other = Workbench.open(store, now=lambda: NOW, who=ME)
        other.do(capture(other, "From outside").change)
        other.save()
        app._look()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [item.title for item in bench.workspace.items.values()] == ["From outside"]


async def test_what_is_done_while_the_last_save_runs_is_in_the_file_when_the_program_is_left(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, bench = opened(store)
    save, late = bench.save, [capture(bench, "Second"), capture(bench, "Third")]

    def saving() -> None:
        save()
        if late:
            bench.do(late.pop(0).change)

    async with app.run_test() as pilot:
        bench.do(capture(bench, "First").change)
        monkeypatch.setattr(bench, "save", saving)
        app.post_message(LeaveProgram())
        await pilot.pause(0.3)
    assert bench.pending == 0
    assert all(title in store.read_text(encoding="utf-8") for title in ("First", "Second", "Third"))
    assert (app.return_value or "").startswith("3 items in ")


async def test_a_program_that_is_never_done_saving_asks_before_it_is_left(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, bench = opened(store)
    async with app.run_test() as pilot:
        bench.do(capture(bench, "First").change)
        monkeypatch.setattr(bench, "save", lambda: None)
        app.post_message(LeaveProgram())
        await pilot.pause(0.3)
        assert isinstance(app.screen, Confirm)
        await pilot.press("n")
        assert app.is_running


async def test_what_cannot_be_saved_on_leaving_is_put_into_a_copy(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app, bench = opened(store)

    def refuse() -> None:
        message = "The disk is full."
        raise NotSavedError(message)

    async with app.run_test(notifications=True) as pilot:
        monkeypatch.setattr(bench, "save", refuse)
        app.post_message(capture(bench, "Rescued"))
        await pilot.pause()
        app.post_message(LeaveProgram())
        await pilot.pause(0.3)
        await pilot.press("y")
        await pilot.pause(0.1)
    last = app.return_value or ""
    assert last.endswith("The next start brings it back from the journal.")
    rescued = Path(last.removeprefix("A copy with 1 change is in ").partition(". ")[0])
    assert "Rescued" in rescued.read_text(encoding="utf-8")
