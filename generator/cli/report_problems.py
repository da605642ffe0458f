"""Render diagnostics as terminal text, GitHub annotations with a job summary, or JSON.

Record text is hostile: it is stripped of control characters everywhere, never begins a line of a workflow
log, and is escaped for workflow commands (``%``, CR, LF, and ``:`` ``,`` in properties) and for Markdown.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.archive.privacy import mask_private_words
from generator.records.diagnostics import Diagnostic, Severity
from generator.site.site_address import make_rule_url

ANNOTATIONS_PER_STEP = 10  # GitHub shows no more errors, and no more warnings, of one step
SUMMARY_BYTES = 900_000  # GitHub refuses a step's summary over 1 MiB
_EXCERPT_CELLS = 96
_REACH = 2 * _EXCERPT_CELLS
_LABEL = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
_COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
# Controls, and what is not seen, turns others or fills a place: also in names, where a look-alike is a trap.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def replace_controls(text: str) -> str:
    """Make record text safe for one line of a terminal or a log."""
    line = make_encodable(text).replace("\t", " ").replace("\n", " ")
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", line)


def make_encodable(text: str) -> str:
    """Return a text as UTF-8 can hold it: a name need not be text, and such bytes stand in it as numbers."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _cells(text: str) -> int:
    # Imported late: only the text report measures columns, and a check of one record must start fast.
    from rich.cells import cell_len

    return cell_len(text)


def count_problems(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """Return the numbers of errors and of warnings."""
    errors = warnings = 0
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.ERROR:
            errors += 1
        else:
            warnings += 1
    return errors, warnings


def describe_verdict(diagnostics: Sequence[Diagnostic], checked: str) -> str:
    """Return the closing line: what was checked ("" for nothing at all) and what was found."""
    errors, warnings = count_problems(diagnostics)
    if not checked:
        return "没有要检查的材料。"
    if not errors and not warnings:
        return f"已检查{checked}：没有问题。"
    return f"已检查{checked}：{errors} 个错误，{warnings} 个提醒。" + ("" if errors else "提醒不影响通过。")


def cut_excerpt(diagnostic: Diagnostic) -> tuple[str, int, int]:
    """Return the source line to show (masked, cut to a window) and where in it the marked part is.

    The numbers are the marked part's start and length in terminal cells. The line is "" where there is
    nothing to show.
    """
    span = diagnostic.span
    line = span.file.read_line(span.line) if diagnostic.excerpt is None else diagnostic.excerpt
    start, end = max(0, span.column - 1), max(span.column, span.end_column - 1)
    # No more of a long line is looked at than can be shown, and what may be part of a number that is.
    before = max(0, min(start, len(line)) - _REACH)
    behind = before + 3 * _REACH < len(line)
    line = mask_private_words(replace_controls(line[before : before + 3 * _REACH]))
    start, end = start - before, end - before
    if not line.strip():
        return "", 0, 0
    if before or behind or _cells(line) > _EXCERPT_CELLS:
        # A window of whole characters around the marked part; Han characters take two cells.
        half = _EXCERPT_CELLS // 4
        left = max(0, min(start, len(line)) - half)
        window = line[left : left + 2 * half]
        cut = bool(before or left)
        line = ("…" if cut else "") + window + ("…" if behind or left + 2 * half < len(line) else "")
        start, end = start - left + cut, end - left + cut
    start, end = min(start, len(line)), min(max(end, start + 1), max(len(line), start + 1))
    return line, _cells(line[:start]), max(1, _cells(line[start:end]))


def render_text(diagnostics: Sequence[Diagnostic], checked: str, site: str = "") -> str:
    """Lay out diagnostics for a terminal, with the line, a caret, the fix, the clause and the rule.

    site: address of the site with a final slash, for links to the rules' pages; "" where it is not known.
    The text carries ANSI colours; ``click.echo`` strips them where the output is not a terminal.
    """
    # Imported late: a check in a browser, which asks for JSON, has no terminal and no click.
    import click

    blocks = []
    for d in diagnostics:
        place = f"{replace_controls(d.span.file.path)}:{d.span.line}:{d.span.column}"
        label = click.style(_LABEL[d.severity], fg=_COLOUR[d.severity], bold=True)
        block = [f"{click.style(place, bold=True)}  {label}  {replace_controls(d.message)}"]
        line, start, length = cut_excerpt(d)
        if line:
            number = str(d.span.line)
            block.append(f"  {click.style(number + ' |', dim=True)} {line}")
            caret = click.style("^" * length, fg=_COLOUR[d.severity])
            block.append(f"  {' ' * len(number)} {click.style('|', dim=True)} {' ' * start}{caret}")
        block.append(f"  怎么改：{click.style(replace_controls(d.fix), fg='green')}")
        clause = f"条款 {d.clause}    " if d.clause else ""
        page = f"    {page}" if (page := make_rule_url(site, d.rule)) else ""
        block.append(click.style(f"  依据：{clause}规则 {d.rule}{page}", dim=True))
        blocks.append("\n".join(block))
    blocks.append(describe_verdict(diagnostics, checked))
    return "\n\n".join(blocks) + "\n"


def render_json(diagnostics: Sequence[Diagnostic], site: str = "") -> str:
    """Return a JSON list of ``{path, line, column, severity, rule, clause, message, fix}``.

    Where the site's address is known, each has the address of its rule's ``page`` besides.
    """
    rows: list[dict[str, Any]] = [
        {
            "path": d.span.file.path,
            "line": d.span.line,
            "column": d.span.column,
            "severity": d.severity.value,
            "rule": d.rule,
            "clause": d.clause,
            "message": d.message,
            "fix": d.fix,
        }
        | ({"page": make_rule_url(site, d.rule)} if site else {})
        for d in diagnostics
    ]
    return make_encodable(json.dumps(rows, ensure_ascii=False, indent=2)) + "\n"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")


def sort_blockers_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return errors before warnings, each in the order given."""
    return sorted(diagnostics, key=lambda d: d.severity is not Severity.ERROR)


def render_annotations(diagnostics: Sequence[Diagnostic], checked: str, site: str = "") -> str:
    """Return workflow commands for the first errors and warnings, then the verdict.

    GitHub shows ten errors and ten warnings a step, so where there are more the tenth says how many more
    the summary has.
    """
    lines = []
    for severity in (Severity.ERROR, Severity.WARNING):
        of_kind = [d for d in diagnostics if d.severity is severity]
        shown = of_kind if len(of_kind) <= ANNOTATIONS_PER_STEP else of_kind[: ANNOTATIONS_PER_STEP - 1]
        for d in shown:
            properties = {
                "file": d.span.file.path,
                "line": str(d.span.line),
                "endLine": str(d.span.line),
                "col": str(d.span.column),
                "endColumn": str(d.span.end_column),
                "title": f"{_LABEL[severity]}（{d.clause or d.rule}）",
            }
            joined = ",".join(f"{k}={_escape_property(replace_controls(v))}" for k, v in properties.items())
            page = f" {page}" if (page := make_rule_url(site, d.rule)) else ""
            body = f"{replace_controls(d.message)}\n怎么改：{replace_controls(d.fix)}\n规则：{d.rule}{page}"
            lines.append(f"::{severity.value} {joined}::{_escape_data(body)}")
        if len(shown) < len(of_kind):
            more = f"还有 {len(of_kind) - len(shown)} 个{_LABEL[severity]}，见本次运行的摘要（Summary）"
            lines.append(f"::{severity.value} title=更多{_LABEL[severity]}::{_escape_data(more)}")
    lines.append(describe_verdict(diagnostics, checked))
    return "\n".join(lines) + "\n"


def render_refusal_annotation(reason: str) -> str:
    """Return a workflow command that says why a request could not be checked at all."""
    return f"::error title=没有检查成::{_escape_data(replace_controls(reason))}\n"


def render_refusal(reason: str) -> str:
    """Return a job summary that says why a request could not be checked at all."""
    return f"## ✕ 没有检查成\n\n{escape_markdown(reason)}\n"


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>&~@:])")


def escape_markdown(text: str) -> str:
    """Escape a text for Markdown prose, so that a record can neither mark up nor mention anyone."""
    return _MARKDOWN.sub(r"\\\1", replace_controls(text))


def _code(text: str) -> str:
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{ticks} {text} {ticks}" if "`" in text else f"`{text}`"


def render_markdown(diagnostics: Sequence[Diagnostic], checked: str, site: str = "") -> str:
    """Return the job summary: every diagnostic, by file, blockers first, in Markdown; ``site`` as in the text."""
    errors, _ = count_problems(diagnostics)
    passed = "✓ 检查通过" if checked else "没有要检查的材料"
    head = [f"## {'✕ 需要修改' if errors else passed}", "", describe_verdict(diagnostics, checked), ""]
    files: dict[str, list[Diagnostic]] = {}
    for d in sort_blockers_first(diagnostics):
        files.setdefault(d.span.file.path, []).append(d)
    size = 0
    out = head
    for index, (path, found) in enumerate(files.items()):
        part = [f"### {_code(replace_controls(path))}", ""]
        for d in found:
            sign = "✕" if d.severity is Severity.ERROR else "!"
            clause = f"条款 {escape_markdown(d.clause)}，" if d.clause else ""
            page = make_rule_url(site, d.rule)
            rule = f"[{escape_markdown(d.rule)}](<{page}>)" if page else escape_markdown(d.rule)
            part.append(
                f"- **{sign} 第 {d.span.line} 行** {escape_markdown(d.message)}  \n"
                f"  怎么改：{escape_markdown(d.fix)}（{clause}规则 {rule}）"
            )
            line, start, length = cut_excerpt(d)
            if line:
                part += ["", f"      {line}", f"      {' ' * start}{'^' * length}", ""]
        part.append("")
        size += sum(len(p.encode("utf-8")) + 1 for p in part)
        if size > SUMMARY_BYTES:
            out.append(f"……其余 {len(files) - index} 个文件的问题放不下，请在本机运行 `pairing check`。")
            break
        out += part
    return "\n".join(out) + "\n"
