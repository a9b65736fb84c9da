"""Characters that act or cannot be seen, and so can make a text look like another one."""

from typing import Final

HIDDEN: Final = (
    "\x7f-\x9f"  # DEL and the second set of control characters
    "\u180e\u200b\u2060-\u2065\ufeff\ufff9-\ufffb"  # invisible; joiners, which emoji and scripts need, are not here
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction of writing
    "\u2028\u2029"  # line ends for some programs, not for others
    "\ud800-\udfff"  # half characters, which no encoder takes
    "\ufdd0-\ufdef\ufffe\uffff"  # never characters
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "\U000e0000-\U000e007f"  # tags: text nobody sees
)
"""They, as the inside of a character class. The first set of control characters is left to the user of it: which of
them act depends on where the text goes."""
