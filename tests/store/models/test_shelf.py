"""Records that were not read yet are compared by their text, and none is made for it."""

from pathlib import Path

import pytest

from store.disk import Database, FileStorage
from store.models import Item, Shelf, differing
from tests.store.disk.records import item
from tests.store.disk.stores import text_of, written


@pytest.fixture(name="made")
def _made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of items that were made of their text."""
    made: list[int] = []
    original = Item.model_validate_json

    def counted(text: bytes) -> Item:
        record = original(text)
        made.append(record.id)
        return record

    monkeypatch.setattr(Item, "model_validate_json", counted)
    return made


def shelf(path: Path, *items: Item) -> Shelf[Item]:
    """The items as a start finds them that nobody has looked at."""
    written(path, text_of({"items": list(items)}))
    # From now on its bytes are known to be ours.
    Database(path).commit({})
    items_of = FileStorage(path).load().workspace.items
    assert isinstance(items_of, Shelf)
    return items_of


def test_what_differs_is_found_without_making_any(tmp_path: Path, made: list[int]) -> None:
    one = shelf(tmp_path / "a.json", item(1), item(2), item(3), item(4))
    other = shelf(tmp_path / "b.json", item(1), item(2, "new"), item(4), item(5))
    made.clear()
    assert differing(one, other) == {2, 3, 5}
    assert differing(one, one) == set()
    assert made == []


def test_after_an_edit_only_what_was_edited_differs(tmp_path: Path, made: list[int]) -> None:
    one = shelf(tmp_path / "a.json", *(item(number) for number in range(1, 9)))
    made.clear()
    after = one.replaced({3: item(3, "new"), 4: None, 9: item(9)})
    assert differing(one, after) == {3, 4, 9}
    assert made == []


def test_records_that_were_made_on_one_side_are_known_again(tmp_path: Path) -> None:
    one = shelf(tmp_path / "a.json", *(item(number) for number in range(1, 9)))
    after = one.replaced({3: item(3, "new")})
    assert one[1] is after[1]
    assert one[3] is not None
    assert differing(one, after) == differing(after, one) == {3}
    assert len(list(after.values())) == 8
    assert differing(one, after) == differing(after, one) == {3}


def test_tables_of_other_kinds_are_compared_record_by_record() -> None:
    one = {1: item(1), 2: item(2)}
    assert differing(one, {**one, 2: item(2, "new"), 3: item(3)}) == {2, 3}
    assert differing(one, Shelf(dict(one), None)) == set()
