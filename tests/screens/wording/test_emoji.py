import pytest
from rich.cells import cell_len

from screens.wording.emoji import steady


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("thumb 👍🏽 up", "thumb 👍 up"),
        ("family 👨\u200d👩\u200d👧.", "family 👨."),
        ("heart ❤\ufe0f.", "heart ❤ ."),
        ("key 1\ufe0f\u20e3.", "key 1 ."),
        ("pirate 🏴\u200d☠\ufe0f", "pirate 🏴"),
        ("flag 🇩🇪", "flag 🇩🇪"),
        ("party 🎉 漢字", "party 🎉 漢字"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_a_sequence_becomes_its_first_picture_and_the_line_keeps_its_width(text: str, shown: str) -> None:
    assert steady(text) == shown
    assert cell_len(steady(text)) == cell_len(text)
