"""Parse bounded YAML into plain values that know their places.

Reads libyaml's events in one loop, so that nothing recurses and nothing is constructed but text, lists
and mappings: every scalar stays text, and tags, anchors, aliases, merge keys, several documents, deep
nesting and duplicate keys are reported instead of obeyed. Full-width punctuation and tabs, which a
phone's Chinese keyboard produces, are reported each for itself and mended before parsing, so that the
rest of the file is still checked in the same run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from generator.records.diagnostics import Diagnostic, SourceFile, Span
from generator.records.keyboard_fixes import (
    Columns,
    find_text_behind_hash,
    fix_keyboard_signs,
    fix_unreadable_signs,
)
from generator.records.yaml_messages import describe_syntax_error

MAX_DEPTH = 12
MAX_NODES = 20_000
MAX_BOOK_NODES = 4_000_000
MAX_BROKEN_LINES = 8

Path = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Node:
    """A value and its place; ``children`` maps keys or indexes to nodes, ``keys`` to the keys' own places."""

    value: Any
    line: int
    column: int
    end_column: int
    children: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str, tuple[int, int, int]] = field(default_factory=dict)


class Tree:
    """A parsed mapping: ``value`` in plain Python, and the place of every path in it.

    Places are found by a second pass over the text when the first one is asked for: a good record never asks,
    and a large archive need not keep a node for every word of it.
    """

    __slots__ = ("_root", "broken", "columns", "file", "first_line", "text", "value")

    def __init__(
        self,
        file: SourceFile,
        value: dict[str, Any],
        *,
        text: str = "",
        first_line: int = 1,
        columns: Columns | None = None,
        root: Node | None = None,
        broken: bool = False,
    ) -> None:
        """Keep a mapping read from ``text``, which begins at ``first_line``.

        ``value`` holds plain dicts, lists and texts; empty values are left out. ``broken`` says that some
        lines could not be parsed and were left out.
        """
        self.file = file
        self.value = value
        self.text = text
        self.first_line = first_line
        self.columns = columns or {}
        self.broken = broken
        self._root = root

    @property
    def root(self) -> Node:
        """The node of the whole mapping."""
        if self._root is None:
            builder = _Builder(self.file, self.columns, self.first_line, MAX_BOOK_NODES)
            for event in yaml.parse(self.text, Loader=_LOADER):
                builder.take(event)
            self._root = builder.root or Node({}, self.first_line, 1, 2)
        return self._root

    def find_span(self, path: Path = (), *, key: bool = False) -> Span:
        """Return the place of the value (or the key) at ``path``, or of the nearest parent that exists."""
        node, parent = self.root, None
        name: str | int = ""
        for name in path:
            child = node.children.get(name)
            if child is None:
                if isinstance(name, str) and name in node.keys:  # a key without a value
                    return self.translate_place(*node.keys[name])
                key = False
                break
            parent, node = node, child
        if key and parent is not None and isinstance(name, str) and name in parent.keys:
            return self.translate_place(*parent.keys[name])
        return self.translate_place(node.line, node.column, node.end_column)

    def list_unfilled(self) -> list[Path]:
        """Return the paths of all names that have no value; where there are such, the nodes were kept."""
        if self._root is None:
            return []
        found: list[Path] = []
        todo: list[tuple[Path, Node]] = [((), self._root)]
        while todo:
            path, node = todo.pop()
            found += [(*path, key) for key in node.keys if key not in node.children]
            todo += [((*path, key), child) for key, child in node.children.items()]
        return found

    def translate_place(self, line: int, column: int, end_column: int) -> Span:
        """Return a place of the mended text as a place of the file as it was typed."""
        if typed := self.columns.get(line):
            column, end_column = _typed(typed, column), _typed(typed, end_column - 1) + 1
        return self.file.make_span(line, column, max(column + 1, end_column))


def _typed(columns: list[int], column: int) -> int:
    """Return where the character at ``column`` of a mended line was typed; behind the end, as far behind."""
    over = column - len(columns)
    return columns[column - 1] if over <= 0 else columns[-1] + over


def read_yaml(
    file: SourceFile, text: str, *, first_line: int = 1, typed: bool = True
) -> tuple[Tree | None, list[Diagnostic]]:
    """Parse ``text``, which begins at line ``first_line`` of ``file``, into a :class:`Tree`.

    What no person ``typed`` is not searched for what a keyboard does to it, while it can be read as it
    stands; and it may be long.

    Returns ``(None, problems)`` when there is no mapping to work with; otherwise the tree of what could
    be read, with the problems found on the way. Never raises for bad input.
    """
    if not typed:
        tree, found, _ = _compose(file, text, {}, first_line, most=MAX_BOOK_NODES)
        if tree is not None and not found:
            return tree, []
    mended, columns, problems = fix_keyboard_signs(file, text, first_line)
    problems += find_text_behind_hash(file, mended, first_line)
    tree, found, _ = _compose(file, mended, columns, first_line)
    if tree is not None and not found:
        return tree, problems
    mended, more, left_out = fix_unreadable_signs(file, mended, first_line, columns)
    problems += more
    lines = mended.split("\n")
    blanked: list[int] = []
    syntax: list[Diagnostic] = []
    while True:
        tree, found, broken_line = _compose(file, "\n".join(lines), columns, first_line)
        if broken_line is None:
            break
        # A line that cannot be parsed is blanked, so that the lines behind it are checked in the same run.
        syntax += [p for p in found if p.rule == "yaml-syntax"]
        index = broken_line - first_line
        if len(syntax) > MAX_BROKEN_LINES or index in blanked or not 0 <= index < len(lines):
            break
        blanked.append(index)
        lines[index] = ""
    seen = {(p.span.line, p.rule) for p in found}
    found += [p for p in syntax if (p.span.line, p.rule) not in seen]
    if syntax and tree is None:
        found = [p for p in found if p not in syntax] + syntax[:1]
    if tree is not None:
        tree.broken = bool(syntax) or left_out
    return tree, problems + found


class _Stop(Exception):
    """The text goes beyond a bound; the problem is already noted."""


class _Builder:
    """Builds nodes from libyaml's events; one method for each kind of event that matters."""

    def __init__(self, file: SourceFile, columns: Columns, first_line: int, most: int) -> None:
        self.where = Tree(file, {}, root=Node({}, first_line, 1, 2), columns=columns)
        self.first_line = first_line
        self.problems: list[Diagnostic] = []
        self.root: Node | None = None
        self.stack: list[Node] = []
        # For each open mapping the key that waits for its value; None while a key is expected.
        self.pending: list[str | None] = []
        self.skipping = 0  # open collections inside a key that is itself a collection
        self.nodes = 0
        self.most = most
        self.unfilled = False  # a name without a value was seen

    def report(self, rule: str, place: tuple[int, int, int], message: str, fix: str) -> None:
        self.problems.append(
            Diagnostic(rule=rule, span=self.where.translate_place(*place), message=message, fix=fix)
        )

    def take(self, event: Any) -> None:
        """Take one event; raises :class:`_Stop` beyond a bound."""
        kind = type(event)
        if kind in (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent):
            return
        start, stop = event.start_mark, event.end_mark
        line, column = self.first_line + start.line, start.column + 1
        place = (line, column, max(column + 1, stop.column + 1) if stop.line == start.line else column + 1)
        if kind is yaml.DocumentStartEvent:
            if self.root is not None:
                self.report(
                    "yaml-unsafe", (line, 1, 4), "一个文件里有两份数据", "只保留一份，删去中间的 --- 行"
                )
                raise _Stop
            return
        if kind in (yaml.MappingEndEvent, yaml.SequenceEndEvent):
            if self.skipping:
                self.skipping -= 1
            else:
                self.stack.pop()
                self.pending.pop()
            return
        self._refuse_references(event, place)
        self.nodes += 1
        if self.nodes > self.most:
            self.report("yaml-unsafe", place, "条目太多", f"一个文件最多 {self.most} 个条目")
            raise _Stop
        opens = kind in (yaml.MappingStartEvent, yaml.SequenceStartEvent)
        if self.skipping:
            self.skipping += opens
            if self.skipping > MAX_DEPTH:
                self.report("yaml-unsafe", place, "嵌套太深", f"最多 {MAX_DEPTH} 层")
                raise _Stop
        elif self.stack and isinstance(self.stack[-1].value, dict) and self.pending[-1] is None:
            self._take_key(event, place, opens=opens)
        else:
            self._take_value(event, place, opens=opens)

    def _refuse_references(self, event: Any, place: tuple[int, int, int]) -> None:
        if type(event) is yaml.AliasEvent or event.anchor:
            fix = "删去记号，把内容完整写出来；文字以 & 或 * 开头时加英文引号"
            self.report("yaml-unsafe", place, "用了 & 或 * 引用记号", fix)
        if tag := getattr(event, "tag", None):
            fix = "删去以 ! 开头的标签；文字以 ! 开头时加英文引号"
            typed = str(tag).replace("tag:yaml.org,2002:", "!!")[:30]
            self.report("yaml-unsafe", place, f"用了 YAML 标签“{typed}”", fix)

    def _take_key(self, event: Any, place: tuple[int, int, int], *, opens: bool) -> None:
        parent = self.stack[-1]
        self.pending[-1] = ""  # the value that follows is read and left out, unless the key is good
        if type(event) is not yaml.ScalarEvent:
            self.report("yaml-syntax", place, "冒号前面不是一个名称", "每行写成“名称: 内容”")
            self.skipping = int(opens)
            return
        key = event.value
        if key == "<<":
            self.report("yaml-unsafe", place, "用了合并记号 <<", "删去这一行，把内容完整写出来")
        elif key in parent.keys:
            first = parent.keys[key][0]
            message = f"“{key[:40]}”写了两次，前一次在第 {first} 行"
            self.report("duplicate-key", place, message, "只保留一行，删去另一行")
        else:
            parent.keys[key] = place
            self.pending[-1] = key

    def _take_value(self, event: Any, place: tuple[int, int, int], *, opens: bool) -> None:
        kind = type(event)
        empty = False
        if kind is yaml.ScalarEvent:
            node = Node(event.value, *place)
            empty = not event.style and event.value in ("", "~", "null")
        elif opens:
            node = Node({} if kind is yaml.MappingStartEvent else [], place[0], place[1], place[1] + 1)
        else:  # an alias: reported already, read as an empty value
            node, empty = Node("", *place), True
        if self.stack:
            self._attach(node, empty=empty)
        else:
            self.root = node
        if opens:
            if len(self.stack) >= MAX_DEPTH:
                self.report("yaml-unsafe", place, "嵌套太深", f"最多 {MAX_DEPTH} 层")
                raise _Stop
            self.stack.append(node)
            self.pending.append(None)

    def _attach(self, node: Node, *, empty: bool) -> None:
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.children[len(parent.value)] = node
            parent.value.append("" if empty else node.value)
            return
        key = self.pending[-1]
        self.pending[-1] = None
        self.unfilled |= bool(key) and empty
        if key and not empty:
            parent.children[key] = node
            parent.value[key] = node.value


def _compose(
    file: SourceFile, text: str, columns: Columns, first_line: int, *, most: int = MAX_NODES
) -> tuple[Tree | None, list[Diagnostic], int | None]:
    """Make one pass over the events; the last value is the line at which the syntax broke, if it did."""
    builder = _Builder(file, columns, first_line, most)
    broken_line: int | None = None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        return None, builder.problems, None
    except yaml.YAMLError as error:
        builder.problems.append(describe_syntax_error(file, builder.where.translate_place, error, first_line))
        broken_line = builder.problems[-1].span.line
    root, problems = builder.root, builder.problems
    if root is None or not isinstance(root.value, dict):
        if not problems:
            message, fix = "这里没有读到“名称: 内容”的数据", "每行写一项，如 title: 区域活动观摩"
            builder.report("yaml-syntax", (first_line, 1, 2), message, fix)
        return None, problems, broken_line
    kept = root if problems or builder.unfilled else None
    tree = Tree(file, root.value, text=text, first_line=first_line, root=kept, columns=columns)
    return tree, problems, broken_line
