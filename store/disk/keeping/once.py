"""What a person is told once for each store on this machine."""

from pathlib import Path

from store.disk.keeping.known import state_directory


def is_first_time(store: Path, what: str) -> bool:
    """Whether this was not asked before about the store; where nothing can be remembered, it was.

    Args:
        store: the store.
        what: what is told, as a file may be named.
    """
    mark = state_directory(store) / f"told-{what}"
    try:
        if mark.exists():
            return False
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch()
    except OSError:
        return False
    return True
