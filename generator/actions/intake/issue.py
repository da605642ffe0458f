"""Read the event that a forge writes when an issue is opened or edited, as a stranger's text within limits."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

MOST_BYTES = 2_000_000
LABEL = "交材料"
"""The label that the form gives its issues."""

_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?:\[bot\])?$")]


class EventError(Exception):
    """The file is no event of an issue; the message is Chinese."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _User(_Part):
    login: _Name


class _Label(_Part):
    name: str


class _Issue(_Part):
    number: Annotated[int, Field(ge=1, lt=2**31)]
    body: str | None = None
    state: str = "open"
    user: _User
    labels: list[_Label] = []
    pull_request: object | None = None


class _Repository(_Part):
    full_name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+$")]
    private: bool
    default_branch: Annotated[str, Field(min_length=1, max_length=250)]


class Event(_Part):
    """An issue that was opened or edited, in the shape that GitHub documents for the event ``issues``."""

    action: str
    issue: _Issue
    repository: _Repository
    sender: _User

    @property
    def accounts(self) -> tuple[str, ...]:
        """Who wrote the issue and who changed it last; both must be allowed to hand in what it says."""
        return tuple(dict.fromkeys((self.issue.user.login, self.sender.login)))

    @property
    def is_submission(self) -> bool:
        """Say whether this is an open issue of the form, just opened or edited."""
        return (
            self.action in ("opened", "edited", "reopened")
            and self.issue.state == "open"
            and self.issue.pull_request is None
            and any(label.name == LABEL for label in self.issue.labels)
        )


def read_event(data: bytes) -> Event:
    """Return the event in a file's bytes. Raises :class:`EventError`."""
    if len(data) > MOST_BYTES:
        raise EventError("事件文件太大")
    try:
        return Event.model_validate_json(data)
    except (ValidationError, ValueError, RecursionError):
        raise EventError("事件文件读不出来，或者不是问题（issue）的事件") from None
