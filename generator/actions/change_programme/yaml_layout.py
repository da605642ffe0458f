"""Edit a YAML file and keep its comments, its order and its layout.

ruamel.yaml keeps comments and quotes. How far lists are indented it must be told: of the usual ways the one is taken
that writes the file as it is.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.tokens import CommentToken

_INDENTS = ((2, 4, 2), (2, 2, 0), (4, 6, 4), (4, 4, 2))
"""Indents of mappings and of lists, and where the dash of an item stands."""
_WIDTH = 100_000  # characters: no line is broken


class EditedFile:
    """A YAML file that the reader has read without fault; ``data`` is changed in place."""

    def __init__(self, text: str) -> None:
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._text = text.replace("\r\n", "\n")
        for indents in _INDENTS:
            self._yaml = _make_yaml(indents)
            self.data: CommentedMap = self._yaml.load(self._text)
            if self._write() == self._text:
                break
        else:
            self._yaml = _make_yaml(_INDENTS[0])
            self.data = self._yaml.load(self._text)

    def format_text(self) -> str:
        """Return the file's text as it is now."""
        return self._write().replace("\n", self._line_end)

    def _write(self) -> str:
        stream = io.StringIO()
        self._yaml.dump(self.data, stream)
        return stream.getvalue()


def _make_yaml(indents: tuple[int, int, int]) -> YAML:
    made = YAML()
    made.preserve_quotes = True
    made.width = _WIDTH
    mapping, sequence, offset = indents
    made.indent(mapping=mapping, sequence=sequence, offset=offset)
    return made


def make_entry(values: Mapping[str, str | dt.date | Iterable[str]]) -> CommentedMap:
    """Return values as an entry on one line: ``{school: heiquan, until: 2020-10}``."""
    entry = CommentedMap()
    for name, value in values.items():
        if isinstance(value, str | dt.date):
            entry[name] = value
        else:
            items = CommentedSeq(value)
            items.fa.set_flow_style()
            entry[name] = items
    entry.fa.set_flow_style()
    return entry


def put_after(data: CommentedMap, name: str, value: Any, *, behind: Iterable[str]) -> None:
    """Set a field; a new one goes behind the first of ``behind`` that is there, or to the end."""
    if name in data:
        data[name] = value
        return
    names = list(data)
    at = next((names.index(each) + 1 for each in behind if each in data), len(names))
    data.insert(at, name, value)
    if 0 < at < len(names):
        _pass_comments(data, names[at - 1], name)


def _pass_comments(data: CommentedMap, before: str, name: str) -> None:
    """Let the lines of comment that follow a field follow the new one behind it; they are about the next field."""
    found = data.ca.items.get(before)
    token = found[2] if found else None
    if token is None:
        return
    own, line_end, following = token.value.partition("\n")
    if following:
        data.ca.items[name] = [None, None, CommentToken(line_end + following, token.start_mark), None]
        token.value = own + line_end
