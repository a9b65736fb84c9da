from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import NotFoundError
from store.models import ShortIds, bucket_of, encoded, id_maker
from store.models.ids import ALPHABET

IDS = st.integers(1, 2**45 - 1)


@given(st.text(max_size=40), st.integers(0, 2**32 - 1))
def test_an_id_has_fourteen_digits_and_is_safe_in_javascript(author: str, bits: int) -> None:
    number = id_maker(author, (), lambda _: bits)()
    assert len(str(number)) == 14
    assert number < 2**53
    assert number >> 32 == bucket_of(author)


def test_no_id_is_drawn_twice_or_when_taken() -> None:
    bits = iter([1, 2, 2, 1, 3])
    block = bucket_of("ana") << 32
    new_id = id_maker("ana", {block | 1}, lambda _: next(bits))
    assert [new_id() - block, new_id() - block] == [2, 3]


def test_the_letters_of_an_id_leave_out_those_that_look_alike() -> None:
    assert not set("ILOU") & set(ALPHABET)
    assert encoded(0) == "000000000"
    assert encoded(32**9 - 1) == "Z" * 9


@given(st.sets(IDS, min_size=1, max_size=30), st.data())
def test_the_short_form_of_an_id_leads_back_to_it(ids: set[int], data: st.DataObject) -> None:
    near = {number ^ (1 << data.draw(st.integers(20, 44))) for number in ids}
    everyone = {number for number in ids | near if number}
    index = ShortIds(everyone)
    for number in everyone:
        short = index.short(number)
        assert len(short) >= 4
        assert index.find(short) == number
        assert index.find(encoded(number).lower()) == number
        if len(short) > 4:
            assert sum(encoded(other).endswith(short[1:]) for other in everyone) > 1


def test_three_letters_are_enough_where_nothing_else_ends_with_them() -> None:
    numbers = count(2**44, 33)
    ids = [next(numbers) for _ in range(50)]
    index = ShortIds(ids)
    assert index.find(encoded(ids[7])[-3:]) == ids[7]


def test_look_alike_letters_count_as_digits() -> None:
    index = ShortIds([32**3 + 1])
    assert index.find("1001") == index.find("iooL") == 32**3 + 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "too short"),
        ("01", "too short"),
        ("00U1", "is not an id"),
        ("é001", "is not an id"),
        ("0000000001", "is not an id"),
        ("0009", "No record has an id that ends with 0009"),
        ("001", "2 records have an id that ends with 001"),
    ],
)
def test_what_leads_to_no_record_says_why(text: str, says: str) -> None:
    with pytest.raises(NotFoundError, match=says) as error:
        ShortIds([1, 32**3 + 1]).find(text)
    assert error.value.hint
