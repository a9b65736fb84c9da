"""The next version of a store is read only where it is not like the last one."""

import pytest

from store.change import differences
from store.disk.reading.versions import Version, version_of
from store.errors import UnreadableStoreError
from store.models import Item, Settings
from tests.store.disk.git.repositories import item
from tests.store.disk.stores import json_of, text_of

ITEMS = [item(number) for number in range(100, 120)]


def version(content: bytes, near: Version | None = None) -> Version:
    return version_of(content, "leadline.json", {}, near)


def same(one: Version, other: Version) -> bool:
    """Whether two readings found the same, however they came by it."""
    return differences(one.workspace, other.workspace) == ()


FIRST = version(text_of({"items": ITEMS}))


@pytest.mark.parametrize(
    "items",
    [
        [*ITEMS, item(200)],
        ITEMS[1:],
        [ITEMS[0].with_(title="Other"), *ITEMS[1:]],
        [],
        [each.with_(title="All of them") for each in ITEMS],
    ],
)
def test_a_near_version_leads_to_the_same_as_none(items: list[Item]) -> None:
    content = text_of({"items": items})
    found = version(content, FIRST)
    assert same(found, version(content))
    assert found.set_aside == 0
    assert list(found.workspace.items) == [each.id for each in items]


def test_what_did_not_change_is_the_same_object() -> None:
    found = version(text_of({"items": [ITEMS[0].with_(title="Other"), *ITEMS[1:]]}), FIRST)
    kept = [
        number for number in found.workspace.items if found.workspace.items[number] is FIRST.workspace.items[number]
    ]
    assert len(kept) == len(ITEMS) - 1
    assert version(FIRST.content, FIRST) is FIRST


def test_changed_settings_are_read() -> None:
    content = FIRST.content.replace(b'"1": {\n}', b'"1": {\n  "team": "Platform"\n}')
    assert version(content, FIRST).workspace.settings == Settings(team="Platform")


def test_a_record_that_cannot_be_used_is_set_aside_alone() -> None:
    content = FIRST.content.replace(b'"title": "Item 105"', b'"title": 5')
    found = version(content, FIRST)
    assert 105 not in found.workspace.items
    assert (len(found.workspace.items), found.set_aside) == (len(ITEMS) - 1, 1)
    back = version(FIRST.content, found)
    assert same(back, FIRST)


@pytest.mark.parametrize(
    "broken", [b"", b"{}", b"<<<<<<< ours\n", FIRST.content[:-9], FIRST.content.replace(b": {", b":", 3)]
)
def test_a_text_that_is_not_whole_is_refused_as_ever(broken: bytes) -> None:
    with pytest.raises(UnreadableStoreError):
        version(broken, FIRST)


def test_any_layout_is_read() -> None:
    other = version(json_of({"items": {str(each.id): each.raw() for each in ITEMS}}), FIRST)
    assert same(other, FIRST)
    assert same(version(FIRST.content, other), FIRST)
