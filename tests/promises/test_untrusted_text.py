"""No text from data is ever read as markup: the lint that goes with `screens/wording/clean.py`."""

import ast

import pytest

from tests.promises.sources import calls, is_made_up, keyword, last_name, sources

READ_MARKUP = {"Static", "Label", "Button", "Checkbox", "RadioButton", "TabPane", "Link", "Digits"}
"""Widgets whose first argument is read as markup unless they are told not to."""

TOLD_BY = {"notify", "Static", "Label", "Button", "Checkbox", "OptionList", "RadioButton", "Link"}
READ_AS_MARKUP = {"border_title", "border_subtitle", "tooltip"}
PARSERS = {"from_markup", "render_markup"}


def test_nothing_asks_for_markup() -> None:
    found = [
        source.place(node)
        for source, node, _ in calls()
        if isinstance(value := keyword(node, "markup"), ast.Constant) and value.value is True
    ]
    assert found == []


def test_nothing_parses_markup_by_itself() -> None:
    found = [source.place(node) for source, node, name in calls() if name in PARSERS]
    found += [
        source.place(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"rich.markup", "textual.markup"}
    ]
    assert found == []


def test_a_widget_that_reads_markup_gets_no_text_that_is_put_together() -> None:
    found = [
        source.place(node)
        for source, node, name in calls()
        if name in READ_MARKUP and node.args and is_made_up(node.args[0]) and keyword(node, "markup") is None
    ]
    assert found == []


def test_every_toast_of_more_than_fixed_words_switches_markup_off() -> None:
    found = [
        source.place(node)
        for source, node, name in calls()
        if name == "notify" and node.args and not isinstance(node.args[0], ast.Constant)
        if not (isinstance(value := keyword(node, "markup"), ast.Constant) and value.value is False)
    ]
    assert found == []


def test_titles_in_borders_and_tooltips_are_never_put_together_as_plain_text() -> None:
    found = [
        source.place(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assign) and is_made_up(node.value)
        if any(last_name(target) in READ_AS_MARKUP for target in node.targets)
    ]
    assert found == []


CLEANING = {"clean", "clean_block"}
OWN_WORDS = {
    ("screens/overview/screen.py", "day_line(now)"),
    ("screens/backlog/filter_bar.py", "f\"{' ' * len(LEAD)}{EXAMPLES}\""),
    ("screens/backlog/summary.py", "GAP"),
    ("screens/backlog/summary.py", "words"),
    ("screens/dialogs/picker.py", "words"),
    (
        "screens/triage/goals_dialog.py",
        "f'{glyphs.strength(1)} helps   {glyphs.strength(2)} serves   {glyphs.strength(3)} is what it is about'",
    ),
    ("screens/widgets/status_bar.py", "' ' * GAP"),
}
"""Texts made of numbers and words of the program alone, by the files they are in."""


def test_content_is_made_of_clean_text_or_of_words_of_our_own() -> None:
    found = {
        (source.name, ast.unparse(node.args[0]))
        for source, node, _ in calls()
        if ast.unparse(node.func) in {"Content", "Content.styled"} and node.args
        if not isinstance(node.args[0], ast.Constant)
        if not (isinstance(node.args[0], ast.Call) and last_name(node.args[0].func) in CLEANING)
    }
    assert found == OWN_WORDS


@pytest.mark.parametrize("name", sorted(TOLD_BY))
def test_textual_still_takes_the_switch_we_rely_on(name: str) -> None:
    import inspect

    from textual import widgets
    from textual.app import App

    taker = App.notify if name == "notify" else getattr(widgets, name).__init__
    assert "markup" in inspect.signature(taker).parameters or name in {"Button", "Checkbox", "RadioButton", "Link"}
