"""The records of the store, frozen and validated; see each module for its nouns."""

from store.models.decision import Decision, DecisionStatus, Expectation, Option, Supersedes
from store.models.decision import Ruled as DecisionRuled
from store.models.fields import MAX_TAG, NO_RATINGS, Json, MergeRule
from store.models.goal import Goal, GoalStatus, KeyResult, Origin
from store.models.goal_tree import GoalTree, tree_of
from store.models.ids import NewId, ShortIds, bucket_of, decoded, encoded, id_maker
from store.models.item import (
    Blocked,
    Horizon,
    Item,
    Kind,
    Ruling,
    Serves,
    Source,
    Stamp,
    Standing,
    Verdict,
)
from store.models.many import lean, many_at_once
from store.models.practice import Conflict, Deviation, Obligation, Session, Standard, StandardStatus, Team
from store.models.practice import Ruled as SessionRuled
from store.models.questions import asked, going_along
from store.models.record import Part, Record, made, sentence_of
from store.models.rules import always_written, rules_of
from store.models.settings import DEFAULT_STAGES, SETTINGS_ID, Settings, Stage, StageKind
from store.models.shelf import Place, Shelf, Unread, differing
from store.models.workspace import LETTERS, TABLE_OF, TABLES, Workspace

__all__ = [
    "DEFAULT_STAGES",
    "LETTERS",
    "MAX_TAG",
    "NO_RATINGS",
    "SETTINGS_ID",
    "TABLES",
    "TABLE_OF",
    "Blocked",
    "Conflict",
    "Decision",
    "DecisionRuled",
    "DecisionStatus",
    "Deviation",
    "Expectation",
    "Goal",
    "GoalStatus",
    "GoalTree",
    "Horizon",
    "Item",
    "Json",
    "KeyResult",
    "Kind",
    "MergeRule",
    "NewId",
    "Obligation",
    "Option",
    "Origin",
    "Part",
    "Place",
    "Record",
    "Ruling",
    "Serves",
    "Session",
    "SessionRuled",
    "Settings",
    "Shelf",
    "ShortIds",
    "Source",
    "Stage",
    "StageKind",
    "Stamp",
    "Standard",
    "StandardStatus",
    "Standing",
    "Supersedes",
    "Team",
    "Unread",
    "Verdict",
    "Workspace",
    "always_written",
    "asked",
    "bucket_of",
    "decoded",
    "differing",
    "encoded",
    "going_along",
    "id_maker",
    "lean",
    "made",
    "many_at_once",
    "rules_of",
    "sentence_of",
    "tree_of",
]
