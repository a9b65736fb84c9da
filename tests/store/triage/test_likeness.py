from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import Item, Stamp, Workspace
from store.triage import LikenessIndex, similar
from store.triage.likeness import weighed_words
from tests.store.samples import NOW, a_workspace, an_item


def test_the_percent_is_the_cosine_of_words_weighed_by_rarity() -> None:
    workspace = a_workspace(
        an_item(1, "grid widths"), an_item(2, "grid scroll"), an_item(3, "azure login"), an_item(4, "azure widths")
    )
    # Four items: grid, widths and azure are in two, scroll and login in one.
    common, rare = log(1 + 4 / 2), log(1 + 4 / 1)
    by_hand = common**2 / (sqrt(common**2 + common**2) * sqrt(common**2 + rare**2))
    found = {each.item.id: each.percent for each in similar(workspace.items[1], LikenessIndex(workspace))}
    assert found == {2: round(100 * by_hand), 4: 50}


def test_the_same_title_is_alike_in_full_and_nothing_is_like_itself() -> None:
    workspace = a_workspace(an_item(1, "Keep the column widths"), an_item(2, "keep column width"), an_item(3, "Other"))
    index = LikenessIndex(workspace)
    found = similar(workspace.items[1], index)
    assert [(each.item.id, each.percent) for each in found] == [(2, 100)]
    assert set(found[0].words) == {"keep", "column", "width"}
    assert similar(workspace.items[3], index) == []


def test_plurals_count_as_their_singular_and_words_that_only_look_like_one_stay() -> None:
    words = weighed_words(an_item(1, "Queries grids status analysis class ties bus"))
    assert set(words) == {"query", "grid", "status", "analysis", "class", "tie", "bus"}


def test_words_of_the_body_count_a_little() -> None:
    assert weighed_words(an_item(1, "Grid", body="The grid is slow")) == {"grid": 1.0, "slow": 0.25}


def test_an_item_that_is_not_stored_yet_can_be_compared() -> None:
    index = LikenessIndex(a_workspace(an_item(1, "Dark mode for the start page")))
    assert [each.item.id for each in similar(an_item(99, "dark mode"), index)] == [1]


def test_the_index_follows_edits_arrivals_and_removals() -> None:
    workspace = a_workspace(an_item(1, "dark mode"), an_item(2, "dark mode"), an_item(3, "azure"))
    index = LikenessIndex(workspace)
    wanted = an_item(99, "dark mode")
    assert {each.item.id for each in similar(wanted, index)} == {1, 2}
    gone = an_item(2, "dark mode", archived=Stamp(at=NOW))
    workspace = workspace.with_records({"items": {1: None, 2: gone, 3: an_item(3, "dark mode"), 4: an_item(4, "dark")}})
    index.follow(workspace)
    assert {each.item.id for each in similar(wanted, index)} == {3, 4}


WORDS = st.lists(
    st.sampled_from(["grid", "azure", "dark", "mode", "login", "copy", "paste"]), min_size=1, max_size=4
).map(" ".join)


def likenesses(index: LikenessIndex, item: Item) -> list[tuple[int, int]]:
    return [(each.item.id, each.percent) for each in similar(item, index, most=20)]


@given(st.lists(st.tuples(st.integers(1, 6), st.none() | WORDS), max_size=12))
def test_following_ends_where_a_fresh_index_would(edits: list[tuple[int, str | None]]) -> None:
    workspace = Workspace()
    index = LikenessIndex(workspace)
    for number, title in edits:
        workspace = workspace.with_records({"items": {number: an_item(number, title) if title else None}})
        index.follow(workspace)
    wanted = an_item(99, "dark mode login")
    assert likenesses(index, wanted) == likenesses(LikenessIndex(workspace), wanted)


@pytest.mark.parametrize("title", ["", "。。。", "a of the", "🙂"])
def test_a_title_without_words_is_like_nothing(title: str) -> None:
    index = LikenessIndex(a_workspace(an_item(1, "dark mode")))
    assert similar(an_item(99, title or "-"), index) == []
