"""Keys as people write them."""

_NAMES = {
    "question_mark": "?",
    "colon": ":",
    "slash": "/",
    "full_stop": ".",
    "asterisk": "*",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "underscore": "_",
    "comma": ",",
    "circumflex_accent": "^",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


def shown(key: str) -> str:
    """A Textual key name as it stands on the keyboard: `question_mark` is ?, `upper_a` is A."""
    *before, last = key.split("+")
    last = last.removeprefix("upper_").upper() if last.startswith("upper_") else _NAMES.get(last, last)
    return "+".join((*before, last)) if key not in _NAMES else _NAMES[key]
