"""The report that a check leaves for the comment: plain data, read as if a stranger had written it.

Its texts are a request's, and where somebody comments by hand it may come from a run of the request's own workflow.
Everything in it is therefore bounded here and escaped where it is laid out; which request and which commit it is about
is said beside it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

MOST_BYTES = 3_000_000
MOST_ITEMS = 1000

_Short = Annotated[str, StringConstraints(max_length=400)]
_Long = Annotated[str, StringConstraints(max_length=3000)]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=60)]
_Number = Annotated[int, Field(ge=0, le=10_000_000)]


class ReportError(Exception):
    """The report cannot be used; the message, in Chinese, says why."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class ReportedProblem(_Data):
    """A problem as in ``check --format json``, with the line it is in and the line to put there, if one is certain."""

    path: _Short
    line: _Number
    column: _Number
    severity: Literal["error", "warning"]
    rule: _Slug
    clause: _Short
    message: _Long
    fix: _Long
    excerpt: _Short = ""
    replacement: _Short = ""


class ReceivedRecord(_Data):
    """A record as in ``check --receipt``, with ``said``, its line in Chinese."""

    path: _Short
    kind: _Short
    school: _Short
    month: _Short
    title: _Short
    change: Literal["new", "changed", "moved", "deleted"]
    was: _Short
    read: bool
    said: _Short = ""


class ReceivedMonth(_Data):
    """A school's month as in ``check --receipt``, with ``said``, what it counts and owes in Chinese."""

    school: _Short
    month: _Short
    status: _Short
    quota: _Number
    on_time: _Number
    late: _Number
    owed: _Number
    deadline: _Short
    closed: bool
    said: _Short = ""


class ReportedReceipt(_Data):
    """What was received, as in ``check --receipt``."""

    records: Annotated[list[ReceivedRecord], Field(max_length=MOST_ITEMS)] = []
    months: Annotated[list[ReceivedMonth], Field(max_length=MOST_ITEMS)] = []
    others: Annotated[list[_Short], Field(max_length=MOST_ITEMS)] = []
    unread: Annotated[list[_Short], Field(max_length=MOST_ITEMS)] = []
    schools: Annotated[list[_Short], Field(max_length=MOST_ITEMS)] = []
    behind: _Number = 0


class ReportedPhoto(_Data):
    """A photo of a received record; ``kept_back`` says why it is not published, "" where it is."""

    path: _Short
    caption: _Short
    kept_back: _Short = ""


class Report(_Data):
    """All that a check found; ``left_out`` counts problems that are not listed.

    refused: why nothing could be checked at all, "" where it was; the verdict is then red and nothing else is there.
    """

    format: Literal[1] = 1
    verdict: Literal["green", "red"]
    refused: _Long = ""
    problems: Annotated[list[ReportedProblem], Field(max_length=MOST_ITEMS)] = []
    left_out: _Number = 0
    receipt: ReportedReceipt = ReportedReceipt()
    photos: Annotated[list[ReportedPhoto], Field(max_length=MOST_ITEMS)] = []
    notes: Annotated[list[_Short], Field(max_length=20)] = []


def read_report(data: bytes) -> Report:
    """Return the report that a file holds. Raises ReportError for anything else."""
    if len(data) > MOST_BYTES:
        raise ReportError("检查报告太大")
    try:
        return Report.model_validate_json(data)
    except ValidationError as error:
        place = ".".join(str(step) for step in error.errors(include_input=False)[0]["loc"])
        raise ReportError(f"检查报告的格式不对（{place[:80]}）") from None
