"""Text that was broken at a fixed width."""

import pytest

from screens.wording.reflow import reflowed

FULL = "This line is as long as a line of eighty characters often is, to be"


@pytest.mark.parametrize(
    ("text", "flows"),
    [
        (f"{FULL}\nsure of it.", f"{FULL} sure of it."),
        ("Short.\nAlso short.", "Short.\nAlso short."),
        (f"{FULL}\n\nAnother paragraph.", f"{FULL}\n\nAnother paragraph."),
        (f"{FULL}\n- a list\n- of two", f"{FULL}\n- a list\n- of two"),
        (f"- {FULL}\n  that goes on", f"- {FULL} that goes on"),
        (f"# {FULL}\ntext", f"# {FULL}\ntext"),
        (f"```\n{FULL}\ncode\n```", f"```\n{FULL}\ncode\n```"),
        (f"| {FULL} |\n| b |", f"| {FULL} |\n| b |"),
        (f"{FULL}  \nwanted break", f"{FULL}  \nwanted break"),
        (f"{FULL}\n    code", f"{FULL}\n    code"),
    ],
)
def test_only_full_lines_of_plain_text_are_joined(text: str, flows: str) -> None:
    assert reflowed(text) == flows
