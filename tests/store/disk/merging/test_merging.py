import json

import pytest

from store.disk.merging.merging import merge_texts
from store.errors import UnreadableStoreError
from tests.store.disk.merges import KEY, OTHER_KEY, STAMP, item, store


def test_changes_of_both_sides_are_in_the_text_whichever_side_is_ours() -> None:
    base = store({KEY: item(), OTHER_KEY: item("Export")})
    ours = store({KEY: item(owner="ana"), OTHER_KEY: item("Export")})
    theirs = store({KEY: item(due="2026-05-01")})
    merged = merge_texts(base, ours, theirs, "leadline.json")
    assert merged.text == store({KEY: item(owner="ana", due="2026-05-01")})
    assert merged.text == merge_texts(base, theirs, ours, "leadline.json").text
    assert merged.conflicts == ()


def test_what_both_changed_differently_is_kept_as_a_record_of_the_text() -> None:
    base = store({KEY: item()})
    merged = merge_texts(base, store({KEY: item(owner="ana")}), store({KEY: item(owner="bo")}), "leadline.json")
    (conflict,) = merged.conflicts
    assert merged.text == store({KEY: item(owner="ana")}, conflicts={str(conflict.id): conflict.raw()})


def test_a_record_that_gets_another_id_never_takes_that_of_one_which_nobody_changed() -> None:
    later = item("Export", created={**STAMP, "by": "bo"})
    first = json.loads(merge_texts(store({}), store({KEY: item()}), store({KEY: later}), "leadline.json").text)["items"]
    (key,) = first.keys() - {KEY}
    base = store({key: first[key]})
    ours, theirs = store(first), store({key: first[key], KEY: {**later, "owner": "ana"}})
    merged = json.loads(merge_texts(base, ours, theirs, "leadline.json").text)["items"]
    assert (merged[KEY], merged[key]) == (first[KEY], first[key])
    assert [fields["owner"] for fields in merged.values()].count("ana") == 1
    assert merged == json.loads(merge_texts(base, theirs, ours, "leadline.json").text)["items"]


def test_a_text_of_a_newer_version_is_left_alone() -> None:
    with pytest.raises(UnreadableStoreError, match="newer"):
        merge_texts(store({}), store({}), store({}, schema=99), "leadline.json")


def test_a_record_that_is_not_whole_is_named() -> None:
    base = store({KEY: item()})
    broken = base.replace(b'"title": "Copy', b'"title": Copy')
    with pytest.raises(UnreadableStoreError, match=r"their leadline\.json cannot be read at line"):
        merge_texts(base, base, broken, "leadline.json")
