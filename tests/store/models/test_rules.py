from store.models import TABLES, MergeRule, always_written, rules_of
from tests.store.disk.records import ONE_OF_EACH


def test_every_field_of_every_table_says_by_which_rule_it_is_merged() -> None:
    for table, model in TABLES.items():
        names = {field.alias or name for name, field in model.model_fields.items() if name != "id"}
        assert rules_of(table).keys() == names


def test_a_field_that_may_be_left_out_takes_the_rule_of_what_it_is_otherwise() -> None:
    rules = rules_of("items")
    assert (rules["due"], rules["verdict"], rules["goals"]) == (MergeRule.SCALAR, MergeRule.UNIT, MergeRule.LINKS)


def test_a_table_that_this_version_does_not_know_has_no_rules() -> None:
    assert rules_of("rituals") == {}


def test_what_is_always_written_says_that_there_is_nothing() -> None:
    assert always_written("goals") == {
        "origin": "company",
        "status": "active",
        "parent": None,
        "weight": 1,
        "said_by": "",
        "share": None,
        "owner": "",
        "key_results": [],
        "due": None,
        "teams": [],
        "guideline": "",
        "archived": None,
        "body": [],
    }
    assert always_written("sessions") == always_written("rituals") == {}
    for table, record in ONE_OF_EACH.items():
        emptied = type(record).model_validate({**record.raw(), **always_written(table), "id": record.id})
        assert not emptied.raw().keys() & always_written(table).keys()
