"""Texts that somebody may put into a shared store, a commit or a file name to reach the terminal of a reader."""

from typing import Final

PAYLOADS: Final[dict[str, str]] = {
    # Sequences of the terminal.
    "clear": "a\x1b[2J\x1b[Hb",
    "colours": "a\x1b[31;41mb\x1b[0m",
    "cursor": "a\x1b[999;1Hb\x1b[6n",
    "scroll": "a\x1b[1;2r\x1b[99Sb",
    "alternate screen": "a\x1b[?1049l\x1b[?25lb",
    "mouse": "a\x1b[?1003h\x1b[?1006hb",
    "paste": "a\x1b[201~:q\rb",
    "reset": "a\x1bcb",
    "clipboard": "a\x1b]52;c;ZXZpbA==\x07b",
    "clipboard, string end": "a\x1b]52;c;ZXZpbA==\x1b\\b",
    "title": "a\x1b]0;owned\x07\x1b]2;owned\x07b",
    "title report": "a\x1b[21tb",
    "link": "a\x1b]8;;https://evil.example\x1b\\b\x1b]8;;\x1b\\",
    "notification": "a\x1b]9;owned\x07\x1b]777;notify;x;y\x07b",
    "picture": "a\x1b]1337;File=inline=1:AAAA\x07b",
    "device control": "a\x1bPq#0~\x1b\\b\x1bP+q544e\x1b\\",
    "application": "a\x1b_Gf=24;AAAA\x1b\\b",
    "privacy": "a\x1b^x\x1b\\\x1bXx\x1b\\b",
    "device report": "a\x1b[c\x1b[>c\x1bZ\x05b",
    "character sets": "a\x1b(0\x0eb\x0f",
    "tmux": "a\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\b",
    "unfinished": "a\x1b[",
    "unfinished string": "a\x1b]0;",
    # The same as single characters of the second set, as UTF-8 and on their own.
    "second set": "a\x9b2Jb\x9d0;owned\x9cc\x90q\x9c\x9f\x9e\x98",
    "second set, clipboard": "a\x9d52;c;eA==\x9cb",
    # Single control characters.
    "bell and back": "a\x07\x08\x08\x08b\x0b\x0c\x7f",
    "carriage return": "denied\rapproved",
    "line breaks": "a\r\nb\u2028c\u2029d\x85e",
    "nul": "a\x00b",
    "all of them": "".join(map(chr, range(1, 32))) + "\x7f",
    # What deceives the eye.
    "turned round": "a\u202edeined\u202cb",
    "isolated": "a\u2066\u2067b\u2069\u061c\u200f",
    "zero width": "ap\u200bpro\u200dv\u2060ed\ufeff",
    "tags": "a\U000e0001\U000e0069\U000e0067b",
    "fillers": "a\u3164\u115f\u1160\uffa0\u00ad\u034fb",
    "selectors": "a\ufe0f\U000e0101b\u180e\u180b",
    "shorthand": "a\U0001bca0\U0001d173b\ufff9x\ufffay\ufffb",
    "tower of marks": "z" + "\u0301\u0489\u20dd" * 6,
    "tower of vowels": "ก" + "\u0e47" * 12,
    "non-characters": "a\uffff\ufdd0\U0010ffff\ufffeb",
    # What a widget may read as something else.
    "markup": "[bold]a[/bold] [@click=app.exit]b[/] [/] [link=https://evil.example]c[/link] $accent",
    "markup, unclosed": "[red]a [/ \\[b] [",
    "emoji": "👩\u200d👩\u200d👧 🏴\U000e0067\U000e0062\U000e007f ☝🏽 1\ufe0f\u20e3",
    "wide": "漢字" * 3 + "ｆｕｌｌ",
    # What a file or a page may run.
    "formula": '=HYPERLINK("https://evil.example","x")',
    "html": "<script>alert(1)</script><img src=x onerror=y> [x](javascript:alert(1)) ![i](http://evil.example/t)",
    "path": "../../../../etc/passwd; $(touch owned) `touch owned` | touch owned && touch owned",
    "option": "--upload-pack=touch owned -o /tmp/owned",
}
"""By what they try."""


def together(names: list[str]) -> str:
    """Several in one text, apart from each other by words, so that one surface shows them all."""
    return " w ".join(PAYLOADS[name] for name in names)
