"""Commas that are missing, doubled or one too many: what hands leave behind most often when they edit JSON."""

import re
from typing import Final

_TOKEN: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\[\]{},:]|[^\s"\[\]{},:]+|"')
_COMMA: Final = ","
_OPENS: Final = frozenset("[{")
_ENDS: Final = frozenset("]}")
_SIGNS: Final = frozenset("[]{},:")


def punctuated(text: str) -> str:
    """JSON with a comma between every two values and nowhere else; whatever else is wrong with it stays wrong."""
    signs: list[str] = []
    for match in _TOKEN.finditer(text):
        sign, last = match[0], signs[-1] if signs else ":"
        if last == _COMMA and (sign in _ENDS or sign == _COMMA):
            signs.pop()
        elif _is_end(last) and _is_start(sign):
            signs.append(_COMMA)
        if sign != _COMMA or (signs and signs[-1] not in _OPENS):
            signs.append(sign)
    return "".join(signs).rstrip(_COMMA)


def _is_end(sign: str) -> bool:
    return sign in _ENDS or sign not in _SIGNS


def _is_start(sign: str) -> bool:
    return sign in _OPENS or sign not in _SIGNS
