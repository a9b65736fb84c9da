import pytest

from screens.wording.counting import counted, listed


@pytest.mark.parametrize(
    ("number", "one", "many", "words"),
    [
        (0, "change", "", "0 changes"),
        (1, "change", "", "1 change"),
        (2, "change", "", "2 changes"),
        (12_345, "item", "", "12,345 items"),
        (1, "entry", "entries", "1 entry"),
        (3, "entry", "entries", "3 entries"),
    ],
)
def test_one_is_said_without_an_s(number: int, one: str, many: str, words: str) -> None:
    assert counted(number, one, many) == words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), ""),
        (("size",), "size"),
        (("size", "urgency"), "size and urgency"),
        (("urgency", "confidence", "size"), "urgency, confidence and size"),
    ],
)
def test_only_the_last_of_a_list_follows_an_and(words: tuple[str, ...], said: str) -> None:
    assert listed(words) == said
