"""Count a questionnaire's table, one row a respondent, into anonymous totals. No row is kept.

Takes what 问卷星 and its like export, and what Excel makes of that: CSV in UTF-8, GBK or UTF-16, its columns
separated by commas, tabs or semicolons; a header with the questions, answers as words; several answers of one
person in a cell (joined by ┋) or in a column each (``3、您希望…(开放日)`` with 1 and 0).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.accounts.anonymous_counts import LEAST, LONGEST_CHOICE, asks_who, drop_small, join_small
from generator.archive.privacy import find_numbers

MOST_BYTES = 8 * 1024 * 1024
MOST_CHOICES = 20
_MOST_QUESTIONS = 50
_MOST_TEXT = 200

_META = re.compile(
    r"序号|编号|提交(?:答卷)?时间|开始时间|结束时间|所用时间|答题时长|来源(?:详情)?|来自\s?IP|IP(?:地址)?|总分|昵称|"
    r"用户(?:ID|名)?|openid|答卷ID|地理位置|省份?|城市|浏览器|操作系统"
)
_SEPARATOR = re.compile(r"sep=([,;\t])\n", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?:Q?\d{1,3}[、.．:：]\s*)")
_OPTION = re.compile(r"(.+?)[(（]([^()（）]{1,40})[)）]\s*")
_LETTER = re.compile(r"[A-Za-z][.．、:：]\s*")
_NONE = {"", "(空)", "（空）", "(跳过)", "（跳过）", "-3", "-2"}
_SCALES = (
    ("非常满意", "很满意", "比较满意", "满意", "一般", "不太满意", "不满意", "很不满意", "非常不满意"),
    ("非常同意", "很同意", "同意", "比较同意", "一般", "不确定", "不太同意", "不同意", "非常不同意"),
    ("总是", "经常", "有时", "偶尔", "很少", "从不", "从来没有"),
    ("是", "有", "参加过", "不清楚", "否", "没有", "没参加过"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedQuestion:
    """A question's counts, small ones joined already."""

    text: str
    choices: dict[str, int]
    multiple: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedSurvey:
    """A whole table. ``left_out`` are questions with the reason in Chinese why their answers are not kept."""

    respondents: int
    questions: tuple[CountedQuestion, ...]
    left_out: tuple[tuple[str, str], ...]


def count_answers(data: bytes) -> CountedSurvey | str:
    """Count a table, or say in Chinese why it cannot be."""
    if len(data) > MOST_BYTES:
        return "文件太大（超过 8 MB），不像一份问卷"
    text = _decoded(data)
    if text is None or "\0" in text:
        return "文件不是 UTF-8 或 GBK 的 CSV；在 Excel 里“另存为”CSV 再试"
    separator, lines = _separated(io.StringIO(text, newline=None))
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator) if any(map(str.strip, row))]
    except csv.Error:
        return "表格读不出来；在 Excel 里“另存为”CSV 再试"
    if len(rows) < 2:
        return "表格里没有答卷：第一行应当是题目，以下每行一份"
    header, answers = rows[0], rows[1:]
    if len(answers) < LEAST:
        return f"只有 {len(answers)} 份答卷，少于 {LEAST} 份，猜得出谁说了什么，不能写进档案"
    return _counted(header, answers)


def _separated(lines: io.StringIO) -> tuple[str, io.StringIO]:
    """Return a table's separator and its lines; Excel may name the separator in a line before them."""
    first = lines.readline()
    if named := _SEPARATOR.fullmatch(first):
        return named[1], lines
    lines.seek(0)
    return max(",\t;", key=first.count), lines


def _decoded(data: bytes) -> str | None:
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))  # what Excel calls Unicode 文本
    for codec in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _counted(header: Sequence[str], answers: Sequence[Sequence[str]]) -> CountedSurvey:
    questions: list[CountedQuestion] = []
    left_out: list[tuple[str, str]] = []
    spread: dict[str, dict[str, int]] = {}
    for place, heading in enumerate(header):
        name = _NUMBER.sub("", heading, count=1).strip()[:_MOST_TEXT]
        if not name or _META.fullmatch(name):
            continue
        values = [row[place].strip() if place < len(row) else "" for row in answers]
        option = _OPTION.fullmatch(name)
        if option and set(values) - _NONE <= {"0", "1"} and "1" in values:
            spread.setdefault(option[1].strip(), {})[_clean(option[2])] = values.count("1")
            continue
        found = _question(name, [value for value in values if value not in _NONE])
        if isinstance(found, CountedQuestion):
            questions.append(found)
        else:
            left_out.append((name, found))
    for name, choices in spread.items():
        kept = None if asks_who(name) else drop_small(choices)
        if kept is None:
            left_out.append((name, "没有一个选项够 5 人"))
        else:
            questions.append(CountedQuestion(text=name, choices=kept, multiple=True))
    left_out += [(question.text, "题目太多，只收前 50 题") for question in questions[_MOST_QUESTIONS:]]
    return CountedSurvey(
        respondents=len(answers), questions=tuple(questions[:_MOST_QUESTIONS]), left_out=tuple(left_out)
    )


def _question(name: str, values: Sequence[str]) -> CountedQuestion | str:
    """Return a column's counts, or why they are not kept."""
    if asks_who(name):
        return "问的是谁在回答"
    if not values:
        return "没有人作答"
    multiple = any("┋" in value for value in values)
    given = [_clean(part) for value in values for part in dict.fromkeys(value.split("┋")) if part.strip()]
    counts = Counter(given)
    if len(counts) > MOST_CHOICES or any(len(choice) > LONGEST_CHOICE for choice in counts):
        return "是各人自己写的话，不是选项"
    if any(any(find_numbers(choice)) for choice in counts):
        return "答案里有电话或证件号"
    ordered = {choice: counts[choice] for choice in _ordered(counts)}
    kept = drop_small(ordered) if multiple else join_small(ordered)
    if kept is None:
        return "选的人太少，合并以后什么也看不出"
    if any(len(choice) > LONGEST_CHOICE for choice in kept):
        return "选项太多、太分散，合并以后什么也看不出"
    return CountedQuestion(text=name, choices=kept, multiple=multiple)


def _clean(choice: str) -> str:
    return _LETTER.sub("", " ".join(choice.split()), count=1)


def _ordered(counts: Counter[str]) -> list[str]:
    """Order a scale from its good end; anything else by how many chose it."""
    for scale in _SCALES:
        if counts.keys() <= set(scale):
            return sorted(counts, key=scale.index)
    return sorted(counts, key=lambda choice: (-counts[choice], choice))


def format_survey(
    counted: CountedSurvey, *, title: str, date: str, school: str, audience: str, sent: int | None
) -> str:
    """Return the record of a survey."""
    lines = [
        "# yaml-language-server: $schema=../../../schema/survey.schema.json",
        f"title: {_quoted(title)}",
        f"date: {date}",
        f"school: {school}",
        f"audience: {audience}",
    ]
    lines += [f"sent: {sent}"] if sent is not None else []
    lines += [f"respondents: {counted.respondents}", "answers:"]
    for question in counted.questions:
        lines += [f"  - question: {_quoted(question.text)}"]
        lines += ["    multiple: true"] if question.multiple else []
        lines += ["    choices:"]
        lines += [f"      {_quoted(choice)}: {number}" for choice, number in question.choices.items()]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
