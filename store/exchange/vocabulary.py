"""The words of other trackers and what they mean here: states, resolutions, kinds, labels."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from store.models import Kind, StageKind

_STANDS: Final = {
    StageKind.INBOX: (
        "backlog, inbox, icebox, intake, needs triage, new, open, opened, proposed, received, reopened, submitted, "
        "to do, todo, triage, triaged, unstarted"
    ),
    StageKind.QUEUED: (
        "accepted, approved, committed, next, next up, planned, prioritised, prioritized, queued, ready, "
        "ready for development, ready to start, scheduled, selected for development, up next"
    ),
    StageKind.ACTIVE: (
        "active, coding, designing, developing, development, doing, implementing, in analysis, in design, "
        "in development, in progress, in work, ongoing, started, wip, working"
    ),
    StageKind.WAITING: (
        "awaiting review, blocked, code review, in qa, in review, in test, in testing, in validation, on hold, paused, "
        "peer review, pending, pending review, qa, ready for qa, ready for release, ready for review, ready for test, "
        "ready for testing, ready to merge, review, reviewing, test, testing, to be verified, under review, "
        "validating, verification, verifying, waiting, waiting for customer, waiting for review, waiting for support"
    ),
    StageKind.FINISHED: (
        "accepted and done, closed, complete, completed, deployed, done, finished, fixed, implemented, live, merged, "
        "released, resolved, shipped, solved, verified"
    ),
    StageKind.DROPPED: (
        "abandoned, canceled, cancelled, deferred indefinitely, declined, discarded, dropped, duplicate, invalid, "
        "not planned, obsolete, rejected, removed, won't do, won't fix, wont do, wont fix, wontfix"
    ),
}
# The states that Jira has from the start, as it names them in German, French, Spanish and Russian.
_ELSEWHERE: Final = {
    StageKind.INBOX: (
        "offen, neu, zu erledigen, wiedereröffnet, à faire, ouvert, ouverte, rouvert, nouveau, abierta, abierto, "
        "por hacer, reabierta, reabierto, nueva, nuevo, открыт, открыта, открыто, открытый, новая, новый, сделать, "
        "к выполнению, переоткрыт"
    ),
    StageKind.QUEUED: "bereit, geplant, prêt, planifié, listo para desarrollo, planificado, готово к работе",
    StageKind.ACTIVE: "in arbeit, in bearbeitung, en cours, en curso, en progreso, в работе, в процессе, выполняется",
    StageKind.WAITING: "in prüfung, blockiert, wartet, en revue, bloqué, en revisión, bloqueado, на проверке, отложено",
    StageKind.FINISHED: (
        "erledigt, fertig, geschlossen, gelöst, abgeschlossen, terminé, terminée, fermé, fermée, résolu, résolue, "
        "fini, hecho, listo, cerrada, cerrado, resuelta, resuelto, finalizada, finalizado, готово, закрыт, закрыта, "
        "закрыто, закрытый, решен, решена, решено, решенный, выполнено"
    ),
    StageKind.DROPPED: (
        "abgebrochen, abgelehnt, verworfen, annulé, annulée, rejeté, rejetée, cancelada, cancelado, rechazada, "
        "rechazado, отменен, отменена, отменено, отклонен, отклонено"
    ),
}
_STATE_WORDS: Final = {
    word: kind for table in (_STANDS, _ELSEWHERE) for kind, words in table.items() for word in words.split(", ")
}

# Closed, and nothing came of it.
_DROPPED: Final = (
    "abandoned, by design, canceled, cancelled, cannot reproduce, can't reproduce, declined, done elsewhere, "
    "duplicate, hold, incomplete, invalid, known error, needs more info, no longer applicable, not a bug, "
    "not our bug, not planned, not reproducible, obsolete, out of scope, postponed, rejected, removed, superseded, "
    "timed out, unresolved, won't do, won't fix, won't implement, wont do, wont fix, wontfix, works as designed, "
    "works for me"
)
_DROPPED_WORDS: Final = frozenset(_DROPPED.split(", "))

_KINDS: Final = {
    Kind.FEATURE: "epic, feature, feature request, new feature, product backlog item, request, story, user story",
    Kind.IMPROVEMENT: "change request, enhancement, improvement, optimization, refactor, refactoring, suggestion",
    Kind.BUG: "bug, bug report, crash, defect, error, regression",
    Kind.CHORE: (
        "chore, chores, dependencies, docs, documentation, housekeeping, maintenance, sub-task, subtask, task, "
        "tech debt, technical debt, technical task"
    ),
    Kind.INCIDENT: "hotfix, incident, outage, production issue",
    Kind.SPIKE: "investigation, question, research, spike",
}
_KIND_WORDS: Final = {word: kind for kind, words in _KINDS.items() for word in words.split(", ")}
# Words that say a kind as an issue type but are too common as a label: "docs" is an area, "error" a topic.
_NOT_AS_LABEL: Final = frozenset({"docs", "documentation", "epic", "error", "request", "dependencies"})
# "type: bug", "kind/feature", "T-Bug", "issue-type::bug": the word after the sign.
_LABEL_HEAD: Final = re.compile(r"^(?:issue[ -]?type|type|kind|t|c|category)\s*[:/=-]+\s*", re.IGNORECASE)

_JOINT: Final = re.compile(r"\s*([:/])\s*|\s*-\s+|\s+-\s*|\s+")


LONGEST: Final = 200
"""Characters of a word that are looked at; none that we know is longer."""

# A file says the same few words thousands of times.
_remembered = lru_cache(maxsize=4096)


def plain(word: str) -> str:
    """A state, resolution or type as it is looked up: small letters, single spaces, typographic quotes made plain."""
    return _plain(unicodedata.normalize("NFC", word[:LONGEST]))


@_remembered
def _plain(word: str) -> str:
    return " ".join(word.replace("’", "'").replace("_", " ").lower().split())


def stands_as(status: str) -> StageKind | None:
    """What a state of another tracker means; None for a word we do not know."""
    word = plain(status)
    return _STATE_WORDS.get(word) or _STATE_WORDS.get(word.replace("-", " "))


def is_dropped(resolution: str) -> bool:
    """Whether a closed item with that resolution or reason was dropped rather than finished."""
    return plain(resolution) in _DROPPED_WORDS


def kind_of_type(word: str) -> Kind | None:
    """The kind an issue type names; None for a word we do not know."""
    return _KIND_WORDS.get(plain(word))


def kind_of_labels(labels: list[str]) -> Kind | None:
    """The kind that the labels agree on; None where none names one or two name different ones."""
    named = set()
    for label in labels:
        word = plain(_LABEL_HEAD.sub("", label.strip()))
        if word not in _NOT_AS_LABEL and word in _KIND_WORDS:
            named.add(_KIND_WORDS[word])
    return named.pop() if len(named) == 1 else None


def tag_of(label: str) -> str:
    """A label as a tag: small letters, no spaces; `Area - Query Editor` becomes `area-query-editor`.

    Small letters make `Alloy` and `alloy` one tag, whichever of them comes first. Spaces become hyphens, and those
    around `:` and `/` go, so that `Triage: Needed` can be typed as `tag:triage:needed`.
    """
    return _tag(label[:LONGEST])


@_remembered
def _tag(label: str) -> str:
    return _JOINT.sub(lambda found: found[1] or "-", label.strip().lower()).strip("-")
