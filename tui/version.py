"""Which leadline this is."""

from importlib.metadata import PackageNotFoundError, version  # costs 20 ms: import this module only when asked


def version_words() -> str:
    """The version of the installed package, or that it runs straight from its source."""
    try:
        return version("leadline")
    except PackageNotFoundError:
        return "from source"
