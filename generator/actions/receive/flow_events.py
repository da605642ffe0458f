"""The pieces of a report's flow: facts, headings, lines of text, pictures; and what one line is of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.actions.receive.headings import Heading, find_heading
from generator.actions.receive.labels import Fact, split_facts

SENTENCE = re.compile("[。！？；;!?]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line of text. ``fixed``: a table's label says what it belongs to. ``joined``: it stands in a picture's paragraph."""

    text: str
    fixed: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Facts that one line or cell states; ``line`` is all of it. ``form``: behind a table's label."""

    facts: tuple[Fact, ...]
    line: str
    form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A heading; ``form``: a table's label."""

    heading: Heading
    line: str
    form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture's place, with the caption that a table gives it ("" for none)."""

    number: int
    caption: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A new activity begins here, as a table's row or a table of its own says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """Words that are no part of an activity, such as a list of who signed, and why."""

    text: str
    why: str


Event = Text | Stated | Headed | Shown | Begun | Apart


def read_line(text: str, *, joined: bool = False) -> Iterator[Event]:
    """Yield what a line is: facts, a heading with perhaps text behind it, or text."""
    heading = find_heading(text)
    facts = split_facts(text)
    if facts and facts[0].label and not (heading and _is_section(facts)):
        yield Stated(facts=facts, line=text)
    elif heading:
        yield Headed(heading=heading, line=text)
        if heading.rest:
            yield Text(text=heading.rest)
    elif facts and facts[0].text and len(facts) > 1 and not SENTENCE.search(text):
        yield Stated(facts=facts, line=text)
    else:
        yield Text(text=text, joined=joined)


def _is_section(facts: Sequence[Fact]) -> bool:
    """Say whether words behind 活动内容 are a passage, not a name."""
    return facts[0].field in ("topic", "measure") and is_passage(facts[0].text)


def is_passage(text: str) -> bool:
    """Say whether a text is told, not named: long, of several lines, or of sentences."""
    return len(text) > 40 or "\n" in text.strip() or bool(SENTENCE.search(text))
