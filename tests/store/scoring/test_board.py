from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Horizon, Item, Workspace
from store.scoring import Scoreboard, alignment, alignment_value
from store.scoring import board as board_module
from tests.store.samples import TODAY, a_goal, a_workspace, an_item


def work(number: int, strength: int = 3, **fields: Any) -> Item:
    """Value 100 / 3 x strength, so 80, 53.3 or 26.7 after 80 % and size 1."""
    return an_item(number, f"Item {number}", serves={100: strength} if strength else {}, **{"size": 1, **fields})


def board_of(*items: Item) -> Scoreboard:
    return Scoreboard(a_workspace(a_goal(100), *items), TODAY)


def test_a_blocker_is_worth_what_it_holds_up() -> None:
    board = board_of(work(1, 3, depends_on={2}), work(2, 1, depends_on={3}), work(3, 0))
    values = {number: board.value(board.workspace.items[number]) for number in (1, 2, 3)}
    assert values == pytest.approx({1: 80, 2: 80, 3: 80})
    score = board.score(board.workspace.items[3])
    assert score.value == pytest.approx(80)
    assert score.inherited_from == 1
    assert score.terms[-1].sentence == ("It blocks LL-0001, which scores 80, and is worth as much as what it holds up.")
    assert score.missing == ("goals",)
    assert board.score(board.workspace.items[1]).inherited_from is None


def test_a_blocker_with_a_higher_score_keeps_its_own() -> None:
    board = board_of(work(1, 1, depends_on={2}), work(2, 3))
    assert board.score(board.workspace.items[2]).inherited_from is None
    assert board.value(board.workspace.items[2]) == pytest.approx(80)


def test_items_that_wait_for_each_other_end_and_take_the_highest() -> None:
    board = board_of(work(1, 1, depends_on={2}), work(2, 2, depends_on={3}), work(3, 0, depends_on={1, 3}))
    assert [board.value(board.workspace.items[number]) for number in (1, 2, 3)] == pytest.approx([53.33] * 3, abs=0.01)


def test_what_is_closed_holds_nothing_up_and_takes_nothing() -> None:
    board = board_of(
        work(1, 3, stage="done", depends_on={2}), work(2, 1), work(3, 3, depends_on={4}), work(4, 1, stage="done")
    )
    assert board.value(board.workspace.items[2]) == pytest.approx(80 / 3)
    assert board.value(board.workspace.items[4]) == pytest.approx(80 / 3)


def test_a_score_never_moves_because_a_neighbour_was_added() -> None:
    alone = board_of(work(1, 2))
    among = board_of(work(1, 2), *(work(number, 3, size=number) for number in range(2, 40)))
    assert alone.value(alone.workspace.items[1]) == among.value(among.workspace.items[1])


def test_the_place_counts_items_with_a_higher_score() -> None:
    horizon = {"horizon": Horizon.NEXT}
    board = board_of(
        work(1, 3, **horizon), work(2, 2, **horizon), work(3, 1, **horizon), work(4, 0, **horizon), work(5, 2)
    )
    items = board.workspace.items
    places = {number: board.place(items[number], Horizon.NEXT) for number in items}
    assert {number: (place.position, place.of, place.is_there) for number, place in places.items()} == {
        1: (1, 4, True),
        2: (2, 4, True),
        3: (3, 4, True),
        4: (4, 4, True),
        5: (2, 5, False),
    }
    assert places[5].words == "#2 of 5 in next"
    assert board.place(items[5], Horizon.NOW).words == "#1 of 1 in now"
    assert board.place(items[1], None).words == "#1 of 2 in no horizon"


def test_an_edit_that_is_not_saved_yet_has_its_place_already() -> None:
    horizon = {"horizon": Horizon.NEXT}
    board = board_of(work(1, 3, **horizon), work(2, 2, **horizon), work(3, 1, **horizon))
    raised = board.workspace.items[3].with_(goals=board.workspace.items[1].goals, ratings={"confidence": 100})
    assert board.place(raised, Horizon.NEXT).position == 1
    lowered = board.workspace.items[1].with_(goals=())
    assert board.place(lowered, Horizon.NEXT).position == 3


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.booleans()), min_size=1, max_size=12))
def test_the_place_is_what_counting_by_hand_gives(rows: list[tuple[int, int, bool]]) -> None:
    items = [
        work(number, strength, size=size, horizon=Horizon.NOW if is_now else None)
        for number, (strength, size, is_now) in enumerate(rows, 1)
    ]
    board = board_of(*items)
    for item in items:
        others = [other for other in items if other.horizon is Horizon.NOW and other is not item]
        value = board.value(item)
        before = [other for other in others if board.value(other) is not None]
        if value is not None:
            before = [other for other in before if (board.value(other) or 0.0) > value]
        assert board.place(item, Horizon.NOW).position == len(before) + 1
        assert board.place(item, Horizon.NOW).of == len(others) + 1


def test_only_what_changed_is_scored_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(item: Item, *rest: Any) -> float | None:
        asked.append(item.id)
        return board_value(item, *rest)

    def scored(board: Scoreboard) -> list[int]:
        asked.clear()
        for item in board.workspace.items.values():
            board.value(item)
        return asked

    board_value = alignment_value
    monkeypatch.setattr(board_module, "alignment_value", counted)
    workspace = a_workspace(a_goal(100), *(work(number) for number in range(1, 20)))
    board = Scoreboard(workspace, TODAY)
    assert asked == [], "nobody has asked yet"
    assert len(scored(board)) == 19
    edited = workspace.with_records({"items": {7: work(7, 1)}})
    after = board.following(edited)
    assert scored(after) == [7]
    assert after.value(edited.items[7]) == pytest.approx(80 / 3)
    assert after.following(edited) is after
    assert len(scored(after.following(edited, TODAY + timedelta(days=1)))) == 19, "due dates count"
    assert len(scored(after.following(edited.with_records({"goals": {101: a_goal(101)}})))) == 19, "shares count"


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 3), st.sets(st.integers(1, 8))), max_size=12))
def test_following_edits_ends_where_a_fresh_start_would(edits: list[tuple[int, int, set[int]]]) -> None:
    workspace: Workspace = a_workspace(a_goal(100), *(work(number) for number in range(1, 9)))
    board = Scoreboard(workspace, TODAY)
    for number, strength, waits_for in edits:
        workspace = workspace.with_records({"items": {number: work(number, strength, depends_on=waits_for)}})
        board = board.following(workspace)
    fresh = Scoreboard(workspace, TODAY)
    for item in workspace.items.values():
        assert board.value(item) == fresh.value(item)
        assert board.score(item).value == pytest.approx(fresh.value(item)) or fresh.value(item) is None


def test_a_closed_item_can_be_asked_for_its_score() -> None:
    item = work(1, 3, stage="done")
    board = board_of(item)
    assert board.value(item) == alignment(item, board.tree, TODAY).value
