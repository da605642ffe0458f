"""Write a stranger's text into a forge's Markdown, so that it is shown and does nothing.

Escaping signs is not enough: forges look for @names, #numbers, addresses and :emoji: in the finished text, where a
backslash is gone. They leave code alone, so each run of ASCII stands in a code span that its text cannot close, and
the rest, which is Chinese, has no sign that means anything. Text to copy stands in a fenced block, likewise.
"""

from __future__ import annotations

import re

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ASCII = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,6}(?:/[0-9]{1,3})?")


def strip_controls(text: str) -> str:
    """Return one line of text without line ends, control signs and invisible signs that turn its direction."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def write_code(text: str) -> str:
    """Return a text as a code span of one line; "" stays empty."""
    text = strip_controls(text).strip()
    if not text:
        return ""
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def write_prose(text: str) -> str:
    """Return a text as prose of one line, its ASCII parts but plain numbers as code spans."""

    def show(found: re.Match[str]) -> str:
        return found[0] if _PLAIN_NUMBER.fullmatch(found[0]) else write_code(found[0])

    return _ASCII.sub(show, strip_controls(text)).strip()


def write_block(line: str, language: str = "text") -> str:
    """Return a line as a fenced block that its text cannot close."""
    line = strip_controls(line)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", line)), 3)
    return f"{fence}{language}\n{line}\n{fence}"
