"""Which items are shown, in which order, under which headings; without a screen."""

import pytest

from screens.backlog.listing import ORDERS, Arrangement, Lister, Listing
from store.models import Horizon, Workspace
from store.query import Context, Vocabulary, parse
from tests.screens.backlog.journey import CANCEL, COPY, DARK, DONE, OLD, PARQUET, RUNNER, WIDTHS, backlog
from tests.store.samples import NOW, a_workspace, an_item


def listed(text: str, arrangement: Arrangement | None = None, workspace: Workspace | None = None) -> Listing:
    chosen = workspace or backlog()
    scores = {COPY: 9.0, WIDTHS: 8.0, CANCEL: 7.0, PARQUET: 3.0}
    context = Context(chosen, NOW, "ana", lambda item: scores.get(item.id))
    return Lister().listing(parse(text, Vocabulary(chosen)), arrangement or Arrangement(), context)


def headings(listing: Listing) -> list[tuple[int, str, str]]:
    return [(group.first, group.heading, group.aside) for group in listing.groups]


def test_groups_carry_their_sign_and_the_count_of_what_was_found() -> None:
    assert headings(listed("")) == [
        (0, "● now", "3"),
        (3, "◐ next", "1"),
        (4, "○ later", "1"),
        (5, "no horizon", "1"),
    ]
    by_stage = listed("", Arrangement(group="stage"))
    assert headings(by_stage) == [(0, "▽ inbox", "1"), (1, "▷ ready", "4"), (5, "▶ doing", "1")]
    assert headings(listed("tag:grid")) == [(0, "● now", "2")]


def test_without_headings_it_is_one_list() -> None:
    listing = listed("", Arrangement("title", ""))
    assert listing.groups == ()
    assert list(listing.ids) == [CANCEL, DARK, PARQUET, COPY, WIDTHS, RUNNER]


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_shows_every_item_once(order: str) -> None:
    assert sorted(listed("", Arrangement(order, "")).ids) == [COPY, WIDTHS, CANCEL, PARQUET, RUNNER, DARK]


def test_the_order_of_the_query_goes_first() -> None:
    assert list(listed("sort:-title group:kind", Arrangement("size", "owner")).ids) == [
        RUNNER,
        WIDTHS,
        COPY,
        PARQUET,
        DARK,
        CANCEL,
    ]


def test_it_says_out_of_how_many_were_chosen() -> None:
    assert (len(listed("tag:grid").ids), listed("tag:grid").out_of) == (2, 6)
    assert listed("").out_of == 6
    assert list(listed("stage:done").ids) == [DONE]
    assert list(listed("is:archived").ids) == [OLD]
    assert listed("is:archived").out_of == 8
    assert listed("stage:done").out_of == 7


@pytest.mark.parametrize("text", ["is:any", "is:any -stage:inbox", "stage:done", "is:closed"])
def test_few_and_many_come_in_the_same_order(text: str) -> None:
    by_title = sorted(backlog().items.values(), key=lambda item: item.title.casefold())
    found = list(listed(text, Arrangement("title", "")).ids)
    assert found == [item.id for item in by_title if item.id in found]
    assert found


def test_another_workspace_is_sorted_anew() -> None:
    lister = Lister()
    one, two = a_workspace(an_item(1)), a_workspace(an_item(1, horizon=Horizon.NOW), an_item(2))
    for workspace, count in ((one, 1), (two, 2)):
        found = lister.listing(parse("", Vocabulary(workspace)), Arrangement(), Context(workspace, NOW))
        assert len(found.ids) == count
