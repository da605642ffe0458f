"""A message independent of its channel, and how it is shortened to a channel's limit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

_SAMPLE = "【示例数据】仅作演示，不代表任何幼儿园的真实工作。\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is to be sent.

    plain, markdown: the text in at most so many bytes of UTF-8 (None: all of it), with the link where there
        is one. What had to be left out is said in the text.
    html: the whole text as safe HTML, for mail.   attachments: made when a mail is sent.
    """

    what: Literal["bulletin", "reminder"]
    month: str
    title: str
    link: str
    plain: Callable[[int | None], str]
    markdown: Callable[[int | None], str]
    html: Callable[[], str]
    attachments: Callable[[], tuple[Attachment, ...]] = tuple

    @property
    def digest(self) -> str:
        """The SHA-256 of what is sent."""
        return hashlib.sha256(f"{self.title}\n{self.plain(None)}".encode()).hexdigest()


def mark_as_sample(message: Message) -> Message:
    """Return a message that says that it is made of sample records, if it does not say so itself."""
    title = f"【示例】{message.title}"
    if "示例数据" in message.plain(None):
        return replace(message, title=title)

    def marked(form: Callable[[int | None], str]) -> Callable[[int | None], str]:
        return lambda limit: _SAMPLE + form(limit if limit is None else max(0, limit - len(_SAMPLE.encode())))

    return replace(
        message,
        title=title,
        plain=marked(message.plain),
        markdown=marked(message.markdown),
        html=lambda: f"<p>{_SAMPLE.strip()}</p>\n{message.html()}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A text that fits; `shortened` when some of the message was left out."""

    text: str
    shortened: bool


def fit_message(
    message: Message, form: Callable[[int | None], str], *, size: Callable[[str], int], most: int
) -> Fitted:
    """Return the longest form of a message whose `size` is at most `most`, its link in it."""
    text = form(None)
    limit = len(text.encode())
    shortened = size(text) > most
    while size(text) > most and limit > 0:
        limit = max(0, min(limit, len(text.encode())) - max(1, size(text) - most))
        text = form(limit)
    if message.link and message.link not in text:
        text = f"{message.title}\n\n{message.link}\n"
        shortened = True
    return Fitted(text=text, shortened=shortened)


def cut_at_line_end(lines: list[str], limit: int | None, *, foot: list[str], left_out: str) -> str:
    """Return lines and foot, as many whole lines as `limit` bytes hold; the text says how much is missing.

    left_out: the sentence, with {} for the number of lines.
    """
    kept = len(lines)
    while True:
        missing = [left_out.format(len(lines) - kept)] if kept < len(lines) else []
        text = "\n".join([*lines[:kept], *missing, *foot]) + "\n"
        if limit is None or len(text.encode()) <= limit or kept == 0:
            return text
        kept -= 1
