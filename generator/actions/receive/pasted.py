"""Read a text file or a pasted message as a report: any encoding that Windows writes, and what a chat adds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.actions.receive.labels import split_facts
from generator.documents.reports.report_content import Line, ReportContent
from generator.documents.tables.grid import split_lines

MOST_BYTES = 1024 * 1024
_USUAL = re.compile("[\t-~\u00a0-\u00ff\u2010-\u303f\u4e00-\u9fff\uff00-\uffef\U0001f000-\U0001faff]")
"""What nine of ten characters of a report are: ASCII, Chinese, its punctuation, signs."""
_MOST_ODD = 100
"""One character in so many may be of no text."""
_SENDER = re.compile(
    r"(?P<who>\S.{0,40}?)\s+(?:20[0-9]{2}[-/年.])?[0-9]{1,2}[-/月.][0-9]{1,2}日?\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?\s*\Z"
)
_SENT_AT = re.compile(
    r"(?:20[0-9]{2}[-/年.])?[0-9]{1,2}[-/月.][0-9]{1,2}日?\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
)
_HOUR = re.compile(r"\s+[0-9]{1,2}:[0-9]{2}.*")
_LONGEST_SENDER = 20
_LONGEST_ANSWER = 30
"""Characters of what somebody else in a chat says to a report."""
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode_text(data: bytes) -> str | None:
    """Return a text, whatever encoding it is in; None where it is none."""
    for text in _list_readings(data):
        if _is_plausible(text):
            return text
    return None


def _list_readings(data: bytes) -> Iterator[str]:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            yield data[len(mark) :].decode(codec, errors="replace")
            return
    codecs = ("utf-16-le", "utf-16-be") if b"\0" in data else ("utf-8", "gb18030")
    for codec in codecs:
        try:
            yield data.decode(codec)
        except UnicodeDecodeError:
            continue


def _is_plausible(text: str) -> bool:
    """Say whether decoded bytes are a text: next to no control characters, none that nobody has assigned."""
    odd = sum(
        unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs") and char not in "\t\n\r\f\x0b" for char in text
    )
    return (
        "\0" not in text and odd * _MOST_ODD <= len(text) and len(_USUAL.findall(text)) * 10 >= len(text) * 9
    )


def read_message(name: str, text: str) -> ReportContent:
    """Return a message's lines; who sent it stands in the margin, as a page's header does.

    Of a chat, what others answered in a word or two (收到) is no line of the report, and is shown as left over.
    """
    said = list(_list_said(text))
    writer = max(said, key=lambda each: sum(map(len, each.lines)), default=_Said())
    lines: list[Line] = []
    lost: list[str] = []
    for each in said:
        answered = each.who != writer.who and sum(map(len, each.lines)) <= _LONGEST_ANSWER
        if answered and not any(map(split_facts, each.lines)):
            lost += [f"群里别人的话：{line}" for line in each.lines if line.strip()]
        else:
            lines += [Line(text=line) for line in each.lines]
    whose = [each.who for each in said if each.who]
    return ReportContent(
        name=name,
        blocks=tuple(lines),
        margins=tuple(dict.fromkeys(whose)),
        lost=tuple(lost),
        sent=writer.at,
    )


@dataclass(slots=True)
class _Said:
    """What somebody sent at a time: "" where the text does not say who or when."""

    who: str = ""
    at: str = ""
    lines: list[str] = field(default_factory=list)


def _list_said(text: str) -> Iterator[_Said]:
    said = _Said()
    for line in split_lines(text):
        sender, at = _SENDER.fullmatch(line), _SENT_AT.fullmatch(line)
        if not (sender or at):
            said.lines.append(line)
            continue
        who = sender["who"] if sender else ""
        if at and said.lines and len(said.lines[-1]) <= _LONGEST_SENDER:
            who = said.lines.pop()
        yield said
        said = _Said(who=who, at=_HOUR.sub("", line.removeprefix(who)))
    yield said
