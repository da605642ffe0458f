"""Edit the photo entries in a record's text, and keep every other byte.

The text is edited where libyaml says that a value stands, and then read again: unless the result says
what the old text said plus the change, nothing is returned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from generator.records import ActivityRecord, NoteRecord, parse_photographed
from generator.records.diagnostics import Diagnostic, SourceFile

MOST = 60
"""Photos a record may list."""

Value = str | Mapping[str, str]
Entry = Mapping[str, Value]
"""A photo's names with their values: texts, and for ``withdrawn`` a mapping of texts."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"---\s*")
# What makes the text that is parsed another than the text that was typed, or leaves its parts in doubt.
IN_DOUBT = frozenset(
    {
        "file-encoding",
        "file-size",
        "front-matter-fence",
        "full-width-punctuation",
        "tab-indent",
        "yaml-syntax",
        "yaml-unsafe",
        "duplicate-key",
    }
)
_HARMLESS = frozenset({"file-bom", "line-endings"})
_PLAIN = re.compile(r"[A-Za-z0-9\u4e00-\u9fff（《][A-Za-z0-9\u4e00-\u9fff（）《》·.-]*")
_WITHDRAWN = "withdrawn"
_NOTHING = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class _Edit:
    """``text`` in place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Unclear(Exception):
    """The front matter is written in a way that is not edited."""


def write_photos(
    path: str,
    data: bytes,
    *,
    added: Sequence[Entry] = (),
    changed: Mapping[int, Entry] | None = None,
) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """Return the record ``data`` with photos ``added`` behind its own, and the ``changed`` ones' values set.

    changed: new values by the photo's index; other values stay. Returns ``(None, problems)`` when the front
    matter cannot be edited: what is wrong with it, or that its lines must be added by hand.
    """
    record, problems = parse_photographed(path, data)
    if record is None or not record.knows("photos") or any(p.rule in IN_DOUBT for p in problems):
        return None, tuple(p for p in problems if p.rule not in _HARMLESS)
    if not added and not changed:
        return data, ()
    try:
        written = _written(data.decode("utf-8"), added, changed or {})
    except (Unclear, yaml.YAMLError):
        return None, (_ask_to_edit_by_hand(record.file, added, changed or {}),)
    if not _reads_back(path, written, record, _expected(record, added, changed or {})):
        return None, (_ask_to_edit_by_hand(record.file, added, changed or {}),)
    return written, ()


def strip_withdrawals(text: str) -> str:
    """Return a record's text without what :func:`write_photos` put there when photos were withdrawn.

    ``text`` has LF line ends and no byte order mark. What cannot be read is returned as it is.
    """
    try:
        start, end = find_front_matter(text)
        front = Front(text[start:end])
        gaps = sorted(front.find_withdrawals())
    except (Unclear, yaml.YAMLError, AttributeError):
        return text
    out, at = [text[:start]], 0
    for first, last in gaps:
        out.append(front.text[at:first])
        at = last
    return "".join((*out, front.text[at:], text[end:]))


def format_scalar(text: str) -> str:
    """Return a YAML scalar that reads back as ``text``, also in a flow list and after :mod:`generator.records.keyboard_fixes`."""
    if _PLAIN.fullmatch(text) and text not in _NOTHING:
        return text
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"  # an escaped quote would end the text for `keyboard_fixes`
    return json.dumps(text, ensure_ascii=False)


def format_flow(entry: Entry) -> str:
    """Return an entry on one line: ``{file: 01.jpg, caption: …}``."""
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in entry.items()) + "}"


def _value(value: Value) -> str:
    return format_scalar(value) if isinstance(value, str) else format_flow(value)


def _expected(
    record: ActivityRecord | NoteRecord, added: Sequence[Entry], changed: Mapping[int, Entry]
) -> list[dict[str, Any]]:
    photos = [dict(photo) for photo in record.tree.value.get("photos", [])]
    for index, entry in changed.items():
        photos[index] |= _plain(entry)
    return [*photos, *(_plain(entry) for entry in added)]


def _plain(entry: Entry) -> dict[str, Any]:
    return {name: value if isinstance(value, str) else dict(value) for name, value in entry.items()}


def _reads_back(
    path: str, data: bytes, old: ActivityRecord | NoteRecord, photos: list[dict[str, Any]]
) -> bool:
    """Say whether ``data`` is the old record with these photos, nothing else changed."""
    new, _ = parse_photographed(path, data)
    return (
        new is not None
        and new.knows("photos")
        and new.tree.value == {**old.tree.value, "photos": photos}
        and new.unread == old.unread
        and new.markdown.body == old.markdown.body
    )


def _ask_to_edit_by_hand(
    file: SourceFile, added: Sequence[Entry], changed: Mapping[int, Entry]
) -> Diagnostic:
    lines = [f"  - {format_flow(entry)}" for entry in added]
    lines += [
        f"photos 的第 {index + 1} 项写上 {format_flow(entry)[1:-1]}" for index, entry in changed.items()
    ]
    return Diagnostic(
        rule="yaml-syntax",
        span=file.make_span(),
        message="填写栏的写法比较特别，程序不能自动加上图片的几行",
        fix="请自己写进填写栏的 photos：\n" + "\n".join(lines),
        excerpt="",
    )


# --- editing the text ----------------------------------------------------------------------------


def _written(text: str, added: Sequence[Entry], changed: Mapping[int, Entry]) -> bytes:
    mark = _BOM if text.startswith(_BOM) else ""
    text = text.removeprefix(_BOM)
    start, end = find_front_matter(text)
    front = Front(text[start:end])
    edits = [edit for index, entry in changed.items() for edit in front.change_entry(index, entry)]
    edits += front.add_entries(added) if added else ()
    out, at = [mark, text[:start]], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        out += [front.text[at : edit.start], edit.text]
        at = edit.end
    out += [front.text[at:], text[end:]]
    return "".join(out).encode("utf-8")


def find_front_matter(text: str) -> tuple[int, int]:
    """Return where the front matter begins and where its closing fence does."""
    lines = [0, *(match.end() for match in _LINE_END.finditer(text))]
    for number, (start, stop) in enumerate(zip(lines, [*lines[1:], len(text)], strict=True)):
        fence = _FENCE.fullmatch(text[start:stop])
        if not number and not fence:
            break
        if number and fence:
            return lines[1], start
    raise Unclear


class Front:
    """A front matter's text with the nodes of its photos."""

    def __init__(self, text: str) -> None:
        self.text = text
        root: Any = yaml.compose(text, Loader=_LOADER)
        if not isinstance(root, yaml.MappingNode) or root.flow_style:
            raise Unclear
        self.root = root
        self.margin = " " * root.start_mark.column
        self.photos: Any = None
        self.key: Any = None
        for key, value in root.value:
            if key.value == "photos":
                self.key, self.photos = key, value
        found = _LINE_END.search(text)
        self.line_end = found[0] if found else "\n"

    def change_entry(self, index: int, entry: Entry) -> Iterator[_Edit]:
        """Yield the edits that set an entry's values in the photo at ``index``."""
        if not isinstance(self.photos, yaml.SequenceNode):
            raise Unclear
        item = self.photos.value[index]
        if not isinstance(item, yaml.MappingNode) or not item.value:
            raise Unclear
        there = {key.value: value for key, value in item.value}
        for name, value in entry.items():
            if name in there:
                yield self._replaced(there[name], _value(value))
            elif item.flow_style:
                at = find_end(item.value[-1][1])
                yield _Edit(at, at, f", {name}: {_value(value)}")
            else:
                at = self._next_line(find_end(item.value[-1][1]))
                indent = " " * item.start_mark.column
                yield _Edit(at, at, f"{indent}{name}: {_value(value)}{self.line_end}")

    def find_withdrawals(self) -> Iterator[tuple[int, int]]:
        """Yield where the tombstones of the photos stand, with what divides them from the other values."""
        for item in self.list_items():
            yield from self.find_values(item, (_WITHDRAWN,))

    def list_items(self) -> Iterator[Any]:
        """Yield the nodes of the photos that are mappings."""
        for item in self.photos.value if isinstance(self.photos, yaml.SequenceNode) else ():
            if isinstance(item, yaml.MappingNode):
                yield item

    def find_values(self, mapping: Any, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Yield where the values of these names stand in a mapping, with what divides them from the others."""
        pairs, kept = mapping.value, False
        for place, (key, value) in enumerate(pairs):
            if key.value not in names:
                kept = True
                continue
            start, end = key.start_mark.index, max(find_end(value), key.end_mark.index + 1)
            if mapping.flow_style and kept:
                yield find_end(pairs[place - 1][1]), end
            elif not kept and len(pairs) > place + 1:
                yield start, pairs[place + 1][0].start_mark.index
            else:
                yield self._line_start(start), self._next_line(end)

    def _replaced(self, node: yaml.Node, text: str) -> _Edit:
        start, end = node.start_mark.index, find_end(node)
        if start == end:  # a name without a value
            return _Edit(start, end, f" {text}")
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            text += self.line_end
        return _Edit(start, end, text)

    def add_entries(self, entries: Sequence[Entry]) -> list[_Edit]:
        """Return the edits that put entries behind the photos that are there."""
        photos = self.photos
        if photos is None:
            lines = f"{self.margin}photos:{self.line_end}" + self._lines(entries, f"{self.margin}  ")
            return [_Edit(len(self.text), len(self.text), lines)]
        if isinstance(photos, yaml.SequenceNode) and photos.value:
            last = photos.value[-1]
            if photos.flow_style:
                return [self._behind(last, entries)]
            at = self._next_line(find_end(last))
            block = isinstance(last, yaml.MappingNode) and not last.flow_style
            return [_Edit(at, at, self._lines(entries, " " * photos.start_mark.column, block=block))]
        if not isinstance(photos, yaml.SequenceNode) and photos.value not in _NOTHING:
            raise Unclear
        # `photos:`, `photos: ~` or `photos: []`: the list begins on the next line.
        colon = self.text.index(":", self.key.end_mark.index) + 1
        end = max(colon, find_end(photos))
        at = self._next_line(end)
        return [_Edit(colon, end, ""), _Edit(at, at, self._lines(entries, f"{self.margin}  "))]

    def _behind(self, last: yaml.Node, entries: Sequence[Entry]) -> _Edit:
        """Return the edit behind the last item of a ``[…]``, on lines of its own where the items have such."""
        at, start = find_end(last), last.start_mark.index
        line = self._line_start(start)
        own_line = not self.text[line:start].strip()
        between = f",{self.line_end}{self.text[line:start]}" if own_line else ", "
        return _Edit(at, at, "".join(between + format_flow(entry) for entry in entries))

    def _lines(self, entries: Sequence[Entry], margin: str, *, block: bool = False) -> str:
        out = []
        for entry in entries:
            if not block:
                out.append(f"{margin}- {format_flow(entry)}{self.line_end}")
                continue
            signs = ("- ", *["  "] * (len(entry) - 1))
            out += [
                f"{margin}{sign}{name}: {_value(value)}{self.line_end}"
                for sign, (name, value) in zip(signs, entry.items(), strict=True)
            ]
        return "".join(out)

    def _line_start(self, at: int) -> int:
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def _next_line(self, at: int) -> int:
        """Return where the line behind ``at`` begins; ``at`` itself where it begins a line."""
        if at and self.text[at - 1] in "\r\n":
            return at
        found = _LINE_END.search(self.text, at)
        if found is None:
            raise Unclear
        return found.end()


def find_end(node: yaml.Node) -> int:
    """Return where a node's own text ends; libyaml lets a block collection end where the next thing begins."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    return int(node.end_mark.index)
