from store.models import TABLES, MergeRule, rules_of


def test_every_field_of_every_table_says_by_which_rule_it_is_merged() -> None:
    for table, model in TABLES.items():
        names = {field.alias or name for name, field in model.model_fields.items() if name != "id"}
        assert rules_of(table).keys() == names


def test_a_field_that_may_be_left_out_takes_the_rule_of_what_it_is_otherwise() -> None:
    rules = rules_of("items")
    assert (rules["due"], rules["verdict"], rules["goals"]) == (MergeRule.SCALAR, MergeRule.UNIT, MergeRule.LINKS)


def test_a_table_that_this_version_does_not_know_has_no_rules() -> None:
    assert rules_of("rituals") == {}
