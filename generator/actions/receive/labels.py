"""Recognise the facts of a report by the words in front of them: 时间、地点、参加人员、主持人 and what schools write for these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.actions.receive.folding import fold_text, split_number
from generator.actions.receive.vocabulary import LABELS

_LABELS = tuple((name, re.compile(pattern)) for name, pattern in LABELS.items())
_ORDER = (
    "none",
    "helper",
    "helped",
    "own",
    "measure",
    "sent",
    "received",
    "staff",
    "count",
    "date",
    "place",
    "lead",
    "speaker",
    "direction",
)
_BY_NAME = dict(_LABELS)
_RANKED = tuple((name, _BY_NAME[name]) for name in dict.fromkeys((*_ORDER, *_BY_NAME)))
_LONGEST = 16
_GAP = re.compile(r"[\s　_；;，,。、|｜]")
_SPACED = re.compile("([\u4e00-\u9fff]{2,6})[ 　]+([^。；：:]{1,40})")
_PLAIN = frozenset(("date", "place", "title", "lead", "count"))
"""Fields whose labels stand in front of a space as well, on a short line."""
_MOST_LABELLED = 240
"""Characters of a line that may hold several facts; a longer line holds one at its beginning, or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a report says behind a label: the field's name, the label, the words."""

    field: str
    label: str
    text: str


def match_label(words: str) -> str | None:
    """Return the field that words label, None where they label nothing."""
    text = re.sub(r"[(].*?[)]|[:*]", "", fold_text(words))
    if not 0 < len(text) <= _LONGEST:
        return None
    return next((name for name, pattern in _RANKED if pattern.fullmatch(text)), None)


def split_facts(line: str) -> tuple[Fact, ...]:
    """Return the facts that a line states as ``标签：内容``, several side by side; none where it states none.

    What stands in front of the first label is a fact without a label.
    """
    _, text = split_number(line)
    text = text.lstrip("【[〖（( 　")
    marks = list(_list_labels(text))
    if not marks:
        return _without_colon(text)
    before = clean_value(text[: marks[0][0]])
    return (*([Fact(field="", label="", text=before)] if before else ()), *_cut(text, marks))


def _without_colon(text: str) -> tuple[Fact, ...]:
    """Return the fact of a short line such as ``时间 10月21日上午``."""
    found = _SPACED.fullmatch(text.strip())
    name = match_label(found[1]) if found else None
    if found is None or name not in _PLAIN:
        return ()
    return (Fact(field=name, label=found[1], text=clean_value(found[2])),)


def _list_labels(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield where a label begins, where its text does, its field and its words."""
    at = 0
    for colon in re.finditer(r"\s*[】\]〗]?\s*[:：]|\s*[】\]〗]", text[:_MOST_LABELLED]):
        for start in range(at, colon.start()):
            if start and not (_GAP.match(text[start - 1]) or text[start - 1] in "【[〖"):
                continue
            words = text[start : colon.start()].strip(" 　【[〖_")
            if words and (name := match_label(words)):
                yield start, colon.end(), name, words
                at = colon.end()
                break


def _cut(text: str, marks: list[tuple[int, int, str, str]]) -> Iterator[Fact]:
    ends = [mark[0] for mark in marks[1:]] + [len(text)]
    for (_, begins, name, words), end in zip(marks, ends, strict=True):
        yield Fact(field=name, label=words, text=clean_value(text[begins:end]))


def clean_value(text: str) -> str:
    """Return a fact's words without the lines that a form has to be written on, and what parts them from the next."""
    return text.replace("_", " ").strip(" 　；;，,、【[〖|").strip()
