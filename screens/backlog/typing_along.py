"""What to find while a filter is being typed."""

from collections.abc import Callable

from store.errors import QueryError
from store.query import Query, Vocabulary, parse


def query_of(text: str, vocabulary: Vocabulary) -> Query:
    """The query of a text as it stands.

    Raises:
        QueryError: it cannot be read.
    """
    return parse(text.strip(), vocabulary)


def query_so_far(text: str, rest: str, vocabulary: Vocabulary, finds_any: Callable[[Query], object]) -> Query:
    """The query of a text whose last word is not finished, `rest` being the text without it.

    A list that is empty after `stag` and full again after `stage:ready` would flicker at every field, so a word that
    cannot be read yet, or finds nothing, is left out while there are proposals for it.

    Args:
        text: the text.
        rest: the text without the word under the cursor.
        vocabulary: the words of the language.
        finds_any: whether a query finds something.

    Raises:
        QueryError: the rest cannot be read either.
    """
    try:
        query = query_of(text, vocabulary)
    except QueryError:
        return query_of(rest, vocabulary)
    return query if finds_any(query) else query_of(rest, vocabulary)
