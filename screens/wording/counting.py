"""Numbers of things, in words."""


def counted(count: int, thing: str, things: str = "") -> str:
    """`1 change`, `2 changes`, `1,812 items`; `things` where the plural is not made with an s."""
    return f"{count:,} {thing if count == 1 else things or f'{thing}s'}"
