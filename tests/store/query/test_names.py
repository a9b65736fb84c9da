import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.models import encoded
from store.models.ids import ALPHABET
from store.query.names import ids_test, name_test


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("infra", "infra", True),
        ("infra", "INFRA", True),
        ("infra", "infra-ci", False),
        ("infra*", "infra-ci", True),
        ("*ci", "infra-ci", True),
        ("i*a*i", "infra-ci", True),
        ("i*z*i", "infra-ci", False),
        ("a*a", "a", False),
        ("*", "", True),
        ("@ana", "ana", True),
    ],
)
def test_a_name_fits_its_pattern(pattern: str, name: str, fits: bool) -> None:  # noqa: FBT001
    assert name_test([pattern], "")([name]) is fits


@given(st.lists(st.text("ab", max_size=3), min_size=1, max_size=5), st.lists(st.text("ab", max_size=3), max_size=4))
def test_a_name_built_from_a_pattern_fits_it(pieces: list[str], fillings: list[str]) -> None:
    name = pieces[0]
    for place, piece in enumerate(pieces[1:]):
        name += (fillings[place] if place < len(fillings) else "") + piece
    assert name_test(["*".join(pieces)], "")([name])


def test_me_is_whoever_asks() -> None:
    assert name_test(["@me"], "ana")(["ana"])
    assert not name_test(["@me"], "ana")(["me"])
    assert not name_test(["@me"], "")(["ana"])


def test_an_id_is_found_by_its_end_whatever_the_look_alikes() -> None:
    assert ids_test(["LL-1O"])(32)
    assert ids_test(["io"])(32)
    assert not ids_test(["LL-"])(32)
    assert not ids_test(["LL-U"])(32)


@given(st.integers(0, 2**45 - 1), st.text(ALPHABET, min_size=1, max_size=11), st.integers(1, 9))
def test_an_id_ends_as_it_is_spelt(number: int, letters: str, length: int) -> None:
    spelt = encoded(number)
    assert ids_test([spelt[-length:]])(number)
    assert ids_test([letters])(number) is spelt.endswith(letters)
