"""Describe syntax errors of YAML in Chinese, with what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from generator.records.diagnostics import Diagnostic, SourceFile, Span

_MESSAGES = (
    # the beginning of libyaml's message, ours, what to do
    (
        "mapping values are not allowed",
        "一行里有两个冒号，或上一行没有写完",
        "把话里的英文冒号换成中文冒号“：”，或给整段文字加英文双引号",
    ),
    ("could not find expected ':'", "这一行缺少冒号", "写成“名称: 内容”，冒号后空一格"),
    (
        "did not find expected key",
        "缩进不整齐，或上一行的引号、括号没有配对",
        "同一级的各行左边对齐；检查引号和括号是否成对",
    ),
    ("did not find expected '-' indicator", "列表的各行没有对齐", "每一项都以“- ”开头并左对齐"),
    ("did not find expected ',' or", "方括号或花括号没有配对", "补上缺少的 ] 或 }，各项之间用英文逗号"),
    ("found unexpected end of stream", "引号没有配对", "补上另一半英文引号"),
    ("found character that cannot start any token", "这个符号不能放在开头", "给这段文字加英文双引号"),
    ("did not find expected alphabetic", "文字不能以 * 或 & 开头", "给这段文字加英文双引号"),
    ("did not find URI escaped", "文字不能以 ! 开头", "给这段文字加英文双引号"),
    ("did not find expected whitespace", "这个符号不能放在开头", "给这段文字加英文双引号"),
    ("found unknown escape character", "英文双引号里不能有反斜杠", "把双引号换成英文单引号，或删去反斜杠"),
    ("control characters are not allowed", "有看不见的控制字符", "把这一行重新打一遍"),
    (
        "block sequence entries are not allowed",
        "“- ”不能写在冒号后面的同一行",
        "“- ”另起一行，并缩进两个空格",
    ),
)

_PURE = (
    # the same of PyYAML's own parser, which reads where libyaml is not (the check in a browser): context, message
    ("", r"expected ',' or ", "did not find expected ',' or"),
    ("while parsing a block mapping", r"expected <block end>", "did not find expected key"),
    ("while parsing a block collection", r"expected <block end>", "did not find expected '-' indicator"),
    ("", r"sequence entries are not allowed", "block sequence entries are not allowed"),
    ("", r"special characters are not allowed", "control characters are not allowed"),
    ("", r"found character .* that cannot start any token", "found character that cannot start any token"),
    ("", r"expected alphabetic or numeric", "did not find expected alphabetic"),
)


def describe_syntax_error(
    file: SourceFile, place: Callable[[int, int, int], Span], error: yaml.YAMLError, first_line: int
) -> Diagnostic:
    """Return an error of libyaml's as a diagnostic with what to type instead.

    ``place`` gives the span of a line, a column and an end column; the text begins at ``first_line`` of ``file``.
    """
    mark = getattr(error, "problem_mark", None)
    context = str(getattr(error, "context", "") or "")
    if "quoted scalar" in context or "flow" in context:
        # What was left open is where the mend belongs, not where the parser gave up.
        mark = getattr(error, "context_mark", None) or mark
    problem = _word_as_libyaml(
        str(getattr(error, "problem", "") or getattr(error, "reason", "") or ""), context
    )
    line = first_line + (mark.line if mark else 0)
    column = (mark.column if mark else 0) + 1
    # libyaml points behind the end when something is left open: show the last line that has text.
    while line > first_line and not file.read_line(line).strip():
        line -= 1
        column = len(file.read_line(line)) or 1
    message, fix = next(
        ((message, fix) for start, message, fix in _MESSAGES if problem.startswith(start)),
        ("这里的写法读不懂", "对照填写指南的样例检查这一行和上一行"),
    )
    if problem.startswith("mapping values") and re.fullmatch(
        r"\s+[\w-]+\s*", file.read_line(line)[: column - 1]
    ):
        message, fix = "这一行前面多了空格", "删去行首的空格，与上一行左边对齐"
    return Diagnostic(rule="yaml-syntax", span=place(line, column, column + 1), message=message, fix=fix)


def _word_as_libyaml(problem: str, context: str) -> str:
    """Return PyYAML's message as libyaml words it; one of libyaml's as it is."""
    found = (
        words
        for where, own, words in _PURE
        if context.startswith(where) and re.match(own, problem, re.DOTALL)
    )
    return next(found, problem)
