"""The line of proposals: which words have room, and which one tab takes."""

from screens.backlog.proposals import Proposals
from store.query import Completion

WORDS = ("inbox", "ready", "doing", "review", "done", "declined")


def proposals() -> Proposals:
    return Proposals([Completion(word, f"all that is {word}", 6, 6) for word in WORDS])


def test_the_first_is_taken_until_somebody_moves() -> None:
    found = proposals()
    assert (found.taken.replacement, found.at) == ("inbox", None)
    found.move(1)
    assert (found.taken.replacement, found.at) == ("ready", 1)
    found.move(-1)
    found.move(-1)
    assert found.taken.replacement == "declined"


def test_the_words_begin_under_the_word_that_is_typed_and_end_with_the_meaning_of_the_chosen_one() -> None:
    line = proposals().line(10, 100).plain
    assert line.startswith(" " * 10 + "inbox  ready  doing  review  done  declined  all that is inbox")


def test_near_the_right_edge_they_move_left() -> None:
    assert proposals().line(90, 100).plain.startswith(" " * 52 + "inbox")


def test_the_chosen_one_is_in_sight_where_not_all_have_room() -> None:
    found = proposals()
    for _ in range(5):
        found.move(1)
        line = found.line(0, 16).plain
        assert found.taken.replacement in line
        assert len(line.rstrip()) <= 18


def test_data_in_them_is_text() -> None:
    found = Proposals([Completion("[red]tag\x1b", "", 0, 0)])
    assert "[red]tag␛" in found.line(0, 80).plain
