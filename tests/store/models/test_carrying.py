from hypothesis import given
from hypothesis import strategies as st

from store.models import Item, Settings, Stage, StageKind, Workspace
from tests.store.disk.records import STAMP, item

STAGES = st.sampled_from(["inbox", "ready", "done", "elsewhere"])
ITEMS = st.builds(
    lambda stage, archived, depends: item(1, stage=stage).with_(
        archived=STAMP if archived else None, depends_on={99} if depends else set()
    ),
    STAGES,
    st.booleans(),
    st.booleans(),
)
EDITS = st.dictionaries(st.integers(1, 6), st.none() | ITEMS, max_size=3)


def looked_at(place: Workspace) -> tuple[object, ...]:
    return place.open_items, dict(place.stage_counts), place.depending_items


@given(st.lists(EDITS, max_size=6))
def test_what_is_carried_on_is_what_a_fresh_look_finds(edits: list[dict[int, Item | None]]) -> None:
    place = Workspace()
    looked_at(place)
    for edit in edits:
        named = {number: None if one is None else one.with_(id=number) for number, one in edit.items()}
        place = place.with_records({"items": named})
        assert looked_at(place) == looked_at(Workspace(items=place.items))


def test_other_stages_open_and_close_what_did_not_change() -> None:
    place = Workspace(items={5: item(5), 6: item(6, stage="done")})
    assert [one.id for one in place.open_items] == [5]
    others = tuple(stage for stage in Settings().stages if stage.name != "done")
    settings = Settings(stages=(*others, Stage(name="shipped", kind=StageKind.FINISHED)))
    after = place.with_records({"settings": {1: settings}})
    assert [one.id for one in after.open_items] == [5, 6]
