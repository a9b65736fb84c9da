"""What all records share: an id, frozen fields, and the way to and from the raw fields of the file."""

from typing import Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from store.errors import RuleError
from store.models.complaints import words_of
from store.models.fields import Json


class Part(BaseModel):
    """A small value inside a record; its fields change together and stand on one line of the file."""

    # Infinity and not-a-number have no place in JSON: a record that holds one could never be saved.
    model_config = ConfigDict(
        frozen=True,
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        allow_inf_nan=False,
        # Validators are built at first use: most starts never see a standard or a team.
        defer_build=True,
    )

    def with_(self, **changes: Any) -> Self:
        """A checked copy with some fields changed.

        Raises:
            RuleError: a value is not allowed; the sentence names the field.
        """
        return made(type(self), **{**dict(self), **changes})


P = TypeVar("P", bound=Part)


def made(model: type[P], /, **fields: Any) -> P:
    """A part or a record of values that a person gave.

    Raises:
        RuleError: a value is not allowed; the sentence names the field.
    """
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise RuleError(sentence_of(error)) from error


class Record(Part):
    """One entry of a table.

    The id is the key in the file, not a field of it. Fields that this version does not know are kept as they are.
    """

    is_written_whole: ClassVar[bool] = False
    """Whether the file has its fields also when they hold nothing.

    Without our driver git joins lines. A field that comes up for the first time touches the one after it, which is a
    conflict when the other side edited that; and when both sides add one, git may write it twice. So the records that
    several people edit at once always have a line for each field.
    """

    id: int = Field(gt=0, lt=2**53, exclude=True)

    def raw(self) -> dict[str, Json]:
        """The fields as the file holds them: defaults left out, unknown fields last by name."""
        fields = self.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
        if not self.__pydantic_extra__:
            return fields
        known = {name: value for name, value in fields.items() if name not in self.__pydantic_extra__}
        return known | dict(sorted(self.__pydantic_extra__.items()))


def sentence_of(error: ValidationError) -> str:
    """What pydantic found, as one sentence a person can act on; only the first complaint is told."""
    first = error.errors(include_url=False, include_input=True)[0]
    where = " ".join(str(part).replace("_", " ") for part in first["loc"]) or "the record"
    if first["type"] == "missing":
        return f"{where} is missing."
    return f"{where}: {words_of(first)}."
