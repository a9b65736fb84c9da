"""The order of the cards, and the one on the table."""

from screens.triage.round import Round


def test_it_goes_on_to_the_next_card_without_a_verdict() -> None:
    cards = Round((1, 2, 3, 4), at=0)
    assert cards.on_to_next({1, 2}).current == 3
    assert cards.on_to_next({1, 2, 3, 4}).current is None
    assert cards.on_to_next(set()).current == 1


def test_stepping_stays_between_the_first_card_and_the_end() -> None:
    cards = Round((1, 2), at=0)
    assert cards.stepped(-1).current == 1
    assert cards.stepped(1).current == 2
    assert cards.stepped(5).current is None
    assert cards.stepped(5).place == 2


def test_the_card_after_next_is_known_beforehand() -> None:
    assert Round((1, 2, 3), at=0).next_after({2}) == 3
    assert Round((1, 2, 3), at=2).next_after(set()) is None


def test_further_cards_come_last_and_each_once() -> None:
    assert Round((1, 2)).with_more((2, 3)).order == (1, 2, 3)


def test_a_card_put_first_is_on_the_table_wherever_it_was() -> None:
    assert Round((1, 2, 3), at=2).with_first(1) == Round((1, 2, 3), at=0)
    assert Round((1, 2, 3), at=1).with_first(9) == Round((1, 9, 2, 3), at=1)


def test_without_a_card_that_is_gone_the_table_shows_the_next() -> None:
    assert Round((1, 2, 3), at=2).without({1}).current == 3
    assert Round((1, 2, 3), at=1).without({2}).current == 3
    assert Round((1, 2, 3), at=2).without({3}).current is None
