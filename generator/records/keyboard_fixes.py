"""Repair YAML that a Chinese keyboard or a tab key made unreadable.

Each sign is reported for itself and mended, so that the rest of the file is still checked in the same run.
Only signs that divide names from contents, and items from one another, are touched: texts keep theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.records.diagnostics import Diagnostic, Severity, SourceFile, find_position

Columns = dict[int, list[int]]
"""For each mended line, where each of its characters was typed (columns from 1)."""

_WIDE_SPACES = "\u3000\u00a0"
# Nearly every line is `name: text`, a comment, or a list or mapping without a wide sign: nothing in such a
# line is ever mended, so a quick look at the whole text spares it the slow one.
_PLAIN_ITEM = f"[^\\n：，、【】［］｛｝\\t{_WIDE_SPACES}:]"
_HARMLESS_LINE = (
    r"(?:#[^\n]*"
    rf"|\ *(?:-\ )?[a-z_]{{1,20}}:(?:\ (?:[^\s\[{{【［｛－—–{_WIDE_SPACES}][^\n]*|[\[{{](?:{_PLAIN_ITEM}|:[ /])*))?"
    rf"|\ *-\ [\[{{](?:{_PLAIN_ITEM}|:[ /])*"
    r")?"
)
_HARMLESS = re.compile(_HARMLESS_LINE + r"\Z")
_ALL_HARMLESS = re.compile(rf"{_HARMLESS_LINE}(?:\n{_HARMLESS_LINE})*+\Z")
_LONGEST = 4000  # characters; a longer line is no front matter, and mending costs its square
_WORD = r"[\w\-一-鿿]{1,20}"
_KEY_COLON = re.compile(rf"\s*(?:- )?{_WORD}\s*(：)")
_TIGHT_COLON = re.compile(r"^[ \t]*(?:- )?[a-z_]{1,20}(:)(?=[^\s:/])", re.MULTILINE)
_TIGHT_FLOW_COLON = re.compile(r"(?:(?<=[{,])|(?<=[{,] ))[a-z_]{1,20}(:)(?=[^\s:/,}])")
_EMPTY_FLOW_COLON = re.compile(r"(?:(?<=[{,])|(?<=[{,] ))[a-z_]{1,20}(:)(?=[,}])")
_FLOW_COLON = re.compile(r"(?:(?<=[{,，｛])|(?<=[{,，｛] ))\w{1,20}(：)")
_FLOW_LINE = re.compile(r"\s*(?:- )?(?:[\w\-]{1,20}:\s*)?([\[{【［｛])")
_NEXT_KEY = re.compile(r"\s*\w{1,20}\s*[:：]")
_WIDE_DASH = re.compile(r"\s*([－—–])(?=\s|[{｛])")
_WIDE_SPACE = re.compile(rf"[ \t]*(?:- *)?(?:[\w\-]{{1,20}} *: *)?([{_WIDE_SPACES}])")
_BLOCK_TEXT = re.compile(r":[ \t]*[|>][+-]?\d?[ \t]*$")
_NARROW = str.maketrans("，、【】［］｛｝", ",,[][]{}")


_HASH = re.compile(
    r"^\s*(?:- )?[\w\-]{1,20}:[ \t]+(?![\"'\[{|>#])[^\n]*?[^\s]([ \t]+#)(?=[^\s#])", re.MULTILINE
)


def find_text_behind_hash(file: SourceFile, text: str, first_line: int) -> list[Diagnostic]:
    """Report texts that YAML ends at ``#`` because a space stands before it; ``# `` begins a real comment."""
    if " #" not in text and "\t#" not in text:
        return []
    found = []
    for match in _HASH.finditer(text):
        at = match.end(1) - 1
        line, column = find_position(text, at)
        end = text.find("\n", at)
        lost = text[at : end if end >= 0 else None]
        found.append(
            Diagnostic(
                rule="hash-sign",
                span=file.make_span(first_line + line - 1, column, column + len(lost)),
                message=f"“{lost[:20]}”没有读进来：空格后面的 # 表示其余是注释",
                fix="要保留这几个字，就给整段文字加英文双引号，或把 # 换成“号”；是注释就在 # 后面空一格",
                severity=Severity.WARNING,
            )
        )
    return found


class _Line:
    """A line while it is mended: its text, and where each character was typed."""

    def __init__(self, file: SourceFile, number: int, text: str) -> None:
        self.file, self.number, self.text = file, number, text
        self.columns = list(range(1, len(text) + 1))
        self.problems: list[Diagnostic] = []
        self._spaces: set[int] = set()  # columns of the wide spaces that were mended

    def put(self, at: int, sign: str) -> None:
        """Replace the character at ``at`` by ``sign``."""
        self.text = self.text[:at] + sign + self.text[at + 1 :]
        self.columns[at : at + 1] = [self.columns[at]] * len(sign)

    def report(self, rule: str, at: int, message: str, fix: str) -> None:
        span = self.file.make_span(self.number, self.columns[at])
        self.problems.append(Diagnostic(rule=rule, span=span, message=message, fix=fix))

    def narrow(self, at: int, sign: str) -> None:
        """Report a wide sign and put the narrow one that was meant."""
        shown = "英文冒号加一个空格“: ”" if sign == ":" else f"英文的“{sign}”"
        message, fix = f"这里用了中文输入法的全角“{self.text[at]}”", f"切换到英文输入法，改成{shown}"
        self.report("full-width-punctuation", at, message, fix)
        self.put(at, sign if sign in ",[]{}" else self._spaced(at, sign))

    def narrow_space(self, at: int) -> None:
        """Put a plain space for a wide or a non-breaking one; a run of them is reported once."""
        if self.columns[at] == 1 or self.columns[at] - 1 not in self._spaces:
            shown = "全角空格" if self.text[at] == "\u3000" else "特殊空格（不换行空格）"
            fix = "删去它，切换到英文输入法再打空格"
            self.report("full-width-punctuation", at, f"这里用了{shown}", fix)
        self._spaces.add(self.columns[at])
        self.put(at, " ")

    def loosen(self, at: int) -> None:
        """Report a colon that its content follows without a space, and put the space."""
        name = re.split(r"[\s{\[,]", self.text[:at])[-1]
        self.report("yaml-syntax", at, "冒号后面没有空格", f"冒号后空一格：{name}: …")
        self.put(at, ": ")

    def _spaced(self, at: int, sign: str) -> str:
        follows = self.text[at + 1 : at + 2]
        return sign if follows in (" ", "") else sign + " "


def fix_keyboard_signs(file: SourceFile, text: str, first_line: int) -> tuple[str, Columns, list[Diagnostic]]:
    """Return the mended text, the columns of the lines that were changed, and what was mended."""
    if _ALL_HARMLESS.match(text):
        return text, {}, []
    columns: Columns = {}
    problems: list[Diagnostic] = []
    lines = text.split("\n")
    for index in _outside_block_texts(lines):
        typed = lines[index]
        if len(typed) <= _LONGEST and not _HARMLESS.match(typed):
            line = _Line(file, first_line + index, typed)
            _mend_line(line, len(typed) - len(typed.lstrip()))
            if line.text != typed:
                lines[index] = line.text
                columns[line.number] = line.columns
                problems += line.problems
    return "\n".join(lines), columns, problems


def _mend_line(line: _Line, indent: int) -> None:
    if "\t" in line.text[:indent]:
        line.report("tab-indent", line.text.index("\t"), "行首用了 Tab 键缩进", "删去 Tab，改用两个空格")
        for at in range(indent - 1, -1, -1):
            if line.text[at] == "\t":
                line.put(at, "  ")
    while match := _WIDE_SPACE.match(line.text):
        line.narrow_space(match.start(1))
    if match := _WIDE_DASH.match(line.text):
        line.narrow(match.start(1), "-")
    if match := _KEY_COLON.match(line.text):
        line.narrow(match.start(1), ":")
    if match := _TIGHT_COLON.match(line.text):
        line.loosen(match.start(1))
    if match := _FLOW_LINE.match(line.text):
        _mend_flow(line, match.start(1))


def _mend_flow(line: _Line, start: int) -> None:
    """Mend the signs of a ``[…]`` or ``{…}`` outside quotes.

    In a list every wide comma separates; in a mapping a wide comma separates only before another key.
    """
    is_list = line.text[start] in "[【［"
    at, quote = start, ""
    while at < len(line.text):
        char = line.text[at]
        if quote:
            # Within double quotes a backslash, within single ones a second quote keeps the text going.
            if (quote == '"' and char == "\\") or (quote == "'" and line.text[at : at + 2] == "''"):
                at += 1
            elif char == quote:
                quote = ""
        elif char in "\"'" and line.text[at - 1] in " [{,:":
            quote = char
        elif char in _WIDE_SPACES and line.text[at - 1] in ":,{[ ":
            line.narrow_space(at)
        elif (char in "【［｛" and at == start) or (char in "】］｝" and not line.text[at + 1 :].strip()):
            line.narrow(at, char.translate(_NARROW))
        elif char in "，、" and (is_list or _NEXT_KEY.match(line.text, at + 1)):
            line.narrow(at, ",")
        elif char == "：" and _follows_name(_FLOW_COLON, line.text, at):
            line.narrow(at, ":")
        elif char == ":" and not is_list and _follows_name(_TIGHT_FLOW_COLON, line.text, at):
            line.loosen(at)
        elif char == ":" and not is_list and _follows_name(_EMPTY_FLOW_COLON, line.text, at):
            line.put(at, ": ")  # a name without its content, which validation reports
        at += 1


def _follows_name(pattern: re.Pattern[str], text: str, at: int) -> bool:
    """Say whether the colon at ``at`` ends a name that stands behind a brace or a comma."""
    return any(match.start(1) == at for match in pattern.finditer(text, max(0, at - 24), at + 2))


_VALUE = re.compile(r"( *)(?=- |[\w\-]{1,20}: )(?:- +)?(?:([\w\-]{1,20}): +)?(\S.*?) *$")
_RULED = re.compile(r"[ \t]*([-—－–_=*]{2}|[-—－–_=*]{4,})[ \t]*")
_LIST_ITEM = re.compile(r"( *)- ")
_NOTHING = re.compile(r"\[ *\]|\{ *\}|无|没有|暂无")
_OWN_VALUE = re.compile(rf"(?:{_NOTHING.pattern}|\[[^#]*\]|\{{[^#]*\}})(?= *$| +#)")
_QUOTES = {'"': "“”", "'": "‘’"}
_FLOW_QUOTE = re.compile(r"(?<=[\[{,:])( *)([\"'])")
_MOST_QUOTES = 100
_MOST_BELOW = 40  # lines: farther below nobody means the same text


def fix_unreadable_signs(
    file: SourceFile, text: str, first_line: int, columns: Columns
) -> tuple[str, list[Diagnostic], bool]:
    """Mend what a teacher writes in good faith and no YAML parser reads; every line keeps its length.

    A text in quotes that goes on behind them gets Chinese quotes. A name that says it has nothing, with a
    list under it, has the list. The last value says whether something was left out.
    """
    lines = text.split("\n")
    left_out = False
    problems: list[Diagnostic] = []

    def report(index: int, start: int, end: int, message: str, fix: str) -> None:
        typed = columns.get(first_line + index)
        place = [typed[at] if typed else at + 1 for at in (start, end - 1)]
        span = file.make_span(first_line + index, place[0], place[1] + 1)
        problems.append(Diagnostic(rule="yaml-syntax", span=span, message=message, fix=fix))

    for index in _outside_block_texts(lines):
        line = lines[index]
        if ruled := _RULED.fullmatch(line):
            lines[index] = ""
            message = f"这一行只有横线“{ruled[1][:12]}”"
            report(index, ruled.start(1), ruled.end(1), message, "删去这一行；这个文件里不用横线分隔")
            continue
        if len(line) > _LONGEST or not (match := _VALUE.match(line)):
            continue
        name, value, start = match[2], match[3], match.start(3)
        shown = f"“{name}”" if name else ""
        if name and _is_above_list(lines, index, len(match[1])) and (found := _OWN_VALUE.match(value)):
            end = start + found.end()
            lines[index] = line[:start] + " " * (end - start) + line[end:]
            if _NOTHING.fullmatch(found[0]):
                message = f"{shown}后面写着 {found[0]}，下面又列了内容"
                report(index, start, end, message, f"删去 {found[0]}，这一行只留 {name}:")
            else:
                left_out = True
                message = f"{shown}后面的括号里有内容，下面又列了内容"
                fix = f"都写在下面，每项一行，以“- ”开头；这一行只留 {name}:"
                report(index, start, end, message, fix)
        elif value[0] in _QUOTES and (end := _quoted_too_far(line, start)):
            if line.count(value[0], start, end) % 2:
                if _is_closed_below(lines, index, value[0]):
                    continue
                lines[index] = f"{line[:start]} {line[start + 1 :]}"
                fix = f"删去这个引号，或在这段话末尾补上另一半：{name + ': ' if name else ''}{value[1:61]}"
                report(index, start, start + 1, f"{shown}开头的英文引号没有配对", fix)
                continue
            mended = _chinese_quotes(line[start:end])
            lines[index] = line[:start] + mended + line[end:]
            fix = f"把英文引号换成中文引号：{name + ': ' if name else ''}{mended[:60]}"
            report(index, start, end, f"{shown}里的英文引号没有把整段话括起来", fix)
    for index in _outside_block_texts(lines):
        line = lines[index]
        if len(line) <= _LONGEST and _FLOW_LINE.match(line):
            for match in list(_FLOW_QUOTE.finditer(line))[:_MOST_QUOTES]:
                start = match.start(2)
                if lines[index][start] in _QUOTES and (end := _quoted_too_far(lines[index], start, ",]}")):
                    mended = _chinese_quotes(line[start:end])
                    lines[index] = lines[index][:start] + mended + lines[index][end:]
                    message, fix = "英文引号没有把整段话括起来", f"把英文引号换成中文引号：{mended[:60]}"
                    report(index, start, end, message, fix)
    return "\n".join(lines), problems, left_out


def _outside_block_texts(lines: list[str]) -> Iterator[int]:
    """Yield the indexes of the lines that are YAML: not those of a `key: |` text."""
    block_indent: int | None = None
    for index, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if block_indent is not None and (not line.strip() or indent > block_indent):
            continue
        yield index
        block_indent = indent if _BLOCK_TEXT.search(lines[index]) else None


def _is_closed_below(lines: list[str], index: int, quote: str) -> bool:
    """Say whether a quoted text goes on in the lines below, which stand further right, and ends there."""
    indent = len(lines[index]) - len(lines[index].lstrip())
    for below in range(index + 1, min(index + _MOST_BELOW, len(lines))):
        line = lines[below]
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            return False
        if quote in line:
            return True
    return False


def _is_above_list(lines: list[str], index: int, indent: int) -> bool:
    for below in range(index + 1, min(index + _MOST_BELOW, len(lines))):
        line = lines[below].strip()
        if line and not line.startswith("#"):
            item = _LIST_ITEM.match(lines[below])
            return item is not None and len(item[1]) >= indent
    return False


def _quoted_too_far(line: str, start: int, stops: str = "") -> int:
    """Return where a text that begins with a quote at ``start`` ends, if it goes on behind the quote; else 0.

    stops: signs that end a text.
    """
    quote = line[start]
    closing = line.find(quote, start + 1)
    while quote == '"' and closing > 0 and _is_escaped(line, closing):
        closing = line.find(quote, closing + 1)
    comment = line.find(" #", max(start, closing)) if not stops else -1
    line = line[:comment] if comment > 0 else line
    behind = line[closing + 1 :].lstrip() if closing > 0 else ""
    if closing > 0 and (not behind or behind[0] in f"#:{quote}{stops}"):
        return 0
    at, inside = closing + 1 if closing > 0 else start + 1, False
    while at < len(line) and (inside or line[at] not in stops):
        inside = inside != (line[at] == quote)
        at += 1
    end = len(line[:at].rstrip())
    return end if closing > 0 or not stops else 0


def _is_escaped(line: str, at: int) -> bool:
    """Say whether an odd number of backslashes stands before a place."""
    return (at - len(line[:at].rstrip("\\"))) % 2 == 1


def _chinese_quotes(text: str) -> str:
    """Put Chinese quotes for the ASCII ones, by turns opening and closing."""
    out, opened = [], dict.fromkeys(_QUOTES, False)
    for char in text:
        if char in _QUOTES:
            out.append(_QUOTES[char][opened[char]])
            opened[char] = not opened[char]
        else:
            out.append(char)
    return "".join(out)
