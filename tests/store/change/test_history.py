from store.change import ChangeSet, Deed, Did, History, Step, history_of, in_order
from store.change.history import DEPTH
from tests.store.benches import START


def step(name: str, did: Did = Did.DO, of: str = "", seconds: int = 0) -> Step:
    run, _, number = name.partition("-")
    return Step(run, int(number), did, ChangeSet(f"{name}", (), START), of, seconds)


def told(history: History) -> tuple[list[str], list[str]]:
    return [deed.change.sentence for deed in history.done], [deed.change.sentence for deed in history.undone]


def test_the_past_is_what_was_done_less_what_was_undone() -> None:
    steps = [step("a-1"), step("a-2"), step("a-3", Did.UNDO, "a-2"), step("b-1", Did.UNDO, "a-1")]
    assert told(history_of(steps)) == ([], ["a-2", "a-1"])
    assert told(history_of([*steps, step("b-2", Did.REDO, "a-1")])) == (["b-2"], ["a-2"])
    assert told(history_of([*steps, step("b-2")])) == (["b-2"], [])


def test_what_was_done_again_keeps_the_name_it_had() -> None:
    steps = [step("a-1"), step("a-2", Did.UNDO, "a-1"), step("a-3", Did.REDO, "a-1"), step("a-4", Did.UNDO, "a-1")]
    assert [deed.name for deed in history_of(steps).undone] == ["a-1"]


def test_steps_about_changes_that_are_forgotten_say_nothing() -> None:
    assert told(history_of([step("a-2", Did.UNDO, "a-1"), step("a-3", Did.REDO, "a-9"), step("a-4")])) == (["a-4"], [])


def test_steps_come_by_their_time_and_those_of_a_sitting_in_their_order() -> None:
    steps = [step("b-1", seconds=5), step("a-2", seconds=-60), step("a-1", seconds=3), step("a-3", seconds=9)]
    assert [each.name for each in in_order(steps)] == ["a-1", "a-2", "b-1", "a-3"]


def test_this_sitting_stands_on_those_before() -> None:
    past = History(done=(Deed("a-1", step("a-1").change),), undone=(Deed("a-2", step("a-2").change),))
    assert told(History().on_top_of(past)) == (["a-1"], ["a-2"])
    own = History().with_done(Deed("b-1", step("b-1").change))
    assert told(own.on_top_of(past)) == (["a-1", "b-1"], [])
    assert told(own.with_undone().on_top_of(past)) == (["a-1"], ["b-1"])


def test_no_more_is_kept_than_anybody_would_undo() -> None:
    many = [step(f"a-{number}") for number in range(1, DEPTH + 9)]
    past = history_of(many)
    assert (len(past.done), past.done[-1].name) == (DEPTH, f"a-{DEPTH + 8}")
    assert len(past.with_done(Deed("b-1", many[0].change)).done) == DEPTH
    assert len(past.on_top_of(past).done) == DEPTH
