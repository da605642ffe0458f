"""Settings and field types that all record models share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.records.scalars import Flag

PARTS = ("方案", "措施", "记录", "总结")
"""The written parts of an activity (五-3), in their order."""

Grade = Literal["大班", "中班", "小班"]
Direction = Literal["host", "visit", "online"]
Kind = Literal["helper", "rural", "private"]
People = Literal["none", "adults", "children"]
FindingWord = Literal["confirmed", "doubtful", "false"]
Method = Literal["visit", "interview", "survey"]

DIRECTIONS: dict[str, str] = {"host": "请进来", "visit": "走出去", "online": "线上"}

LongText = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
ClauseId = Annotated[str, StringConstraints(min_length=1, max_length=20)]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Score = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}\.[0-9]{2}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Model(BaseModel):
    """Common settings: frozen, no unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        defer_build=True,  # a check of one record needs three of these models, not thirty
    )


def list_written_fields(model: type[Model]) -> dict[str, FieldInfo]:
    """Return a model's fields by the names that are written in a file: ``from`` is no name in Python."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


class Short(Model):
    """A mapping of which its first field alone, as a text, is enough: ``xuanhua`` for ``{school: xuanhua}``."""

    @model_validator(mode="before")
    @classmethod
    def _lengthen(cls, value: Any) -> Any:
        return {next(iter(list_written_fields(cls))): value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _shorten(self, handler: SerializerFunctionWrapHandler) -> Any:
        first, *others = type(self).model_fields
        return handler(self) if any(getattr(self, n) is not None for n in others) else getattr(self, first)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Allow the text beside the mapping."""
        whole = handler.resolve_ref_schema(handler(core_schema))
        first = next(iter(whole["properties"].values()))
        mapping = {key: value for key, value in whole.items() if key not in ("title", "description")}
        whole.clear()
        bare = {key: value for key, value in first.items() if key not in ("title", "description", "default")}
        whole["anyOf"] = [bare, mapping]
        return whole


class Sampled(Model):
    """A record that may be sample data."""

    sample: Flag = Field(False, title="示例数据", description="示例数据写 true；真实记录不写这一行。")


def format_month(day: dt.date) -> str:
    """Return the month of a day as ``YYYY-MM``."""
    return f"{day.year:04d}-{day.month:02d}"
