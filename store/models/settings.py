"""What a team agrees on for its store: stages, scoring, names."""

from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from store.models.fields import Line, MergeRule, Title
from store.models.record import Part, Record

SETTINGS_ID = 1


class StageKind(StrEnum):
    """What a stage means for flow."""

    INBOX = "inbox"
    QUEUED = "queued"
    ACTIVE = "active"
    WAITING = "waiting"
    FINISHED = "finished"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether work of this kind still awaits an end."""
        return self not in {StageKind.FINISHED, StageKind.DROPPED}


class Stage(Part):
    """A place where items stand."""

    name: Annotated[Title, StringConstraints(max_length=24)]
    kind: StageKind
    wip_limit: Annotated[int | None, Field(ge=1)] = None


DEFAULT_STAGES = (
    Stage(name="inbox", kind=StageKind.INBOX),
    Stage(name="ready", kind=StageKind.QUEUED),
    Stage(name="doing", kind=StageKind.ACTIVE),
    Stage(name="review", kind=StageKind.WAITING),
    Stage(name="done", kind=StageKind.FINISHED),
    Stage(name="declined", kind=StageKind.DROPPED),
)

Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,6}$"), MergeRule.SCALAR]


class Settings(Record):
    """The one record of the settings table."""

    id: int = Field(default=SETTINGS_ID, gt=0, lt=2**53, exclude=True)
    team: Line = ""
    prefix: Prefix = "LL"
    scoring: Line = "alignment"
    stages: Annotated[tuple[Stage, ...], MergeRule.UNIT] = DEFAULT_STAGES
    answer_days: Annotated[int, Field(ge=1), MergeRule.SCALAR] = 7
    stale_days: Annotated[int, Field(ge=1), MergeRule.SCALAR] = 90

    @model_validator(mode="after")
    def _has_the_stages_triage_needs(self) -> "Settings":
        names = [stage.name for stage in self.stages]
        if len(set(names)) != len(names):
            message = "two stages have the same name"
            raise ValueError(message)
        kinds = {stage.kind for stage in self.stages}
        for kind in (StageKind.INBOX, StageKind.QUEUED, StageKind.FINISHED, StageKind.DROPPED):
            if kind not in kinds:
                message = f"there must be a stage of kind {kind}"
                raise ValueError(message)
        return self

    def kind_of(self, stage: str) -> StageKind | None:
        """The kind of the stage with that name; None where the settings do not know it."""
        return self._kinds.get(stage)

    @cached_property
    def _kinds(self) -> dict[str, StageKind]:
        return {stage.name: stage.kind for stage in self.stages}

    def first_stage(self, kind: StageKind) -> str:
        """The name of the first stage of that kind; empty where there is none."""
        return next((stage.name for stage in self.stages if stage.kind is kind), "")
