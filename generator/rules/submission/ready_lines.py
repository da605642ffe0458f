"""Suggest the line that mends a problem, where its advice leaves only one and reading it again proves it."""

from __future__ import annotations

import re

from generator.archive.privacy import mask_private_words
from generator.records import parse_activity, parse_note, parse_yaml
from generator.records.diagnostics import Diagnostic
from generator.rules.submission.archive_paths import ACTIVITY_FOLDER

_VALUE = re.compile(
    r"(?:改成|改用半角：|写成|只写数字：) ?(?P<value>[A-Za-z0-9\[\]{}:, ./-]+|[\u4e00-\u9fff]{1,8})"
)
_FIELD = re.compile(r"改成 (?P<field>[a-z_]+: [A-Za-z0-9.-]+)")
_ADDED = re.compile(r"加一行：(?P<line>- \{[ -~]+\})")
_TABLES = {
    "school": "school",
    "plan": "plan",
    "roster": "roster",
    "programme": "programme",
    "accounts": "accounts",
}
_MOST = 300


def suggest_line(diagnostic: Diagnostic) -> str:
    """Return the whole line to put in the place of the one with the problem, "" where nothing is certain.

    What it offers was read: the problem is gone, and there is none that was not there before.
    """
    if added := _ADDED.search(diagnostic.fix):
        return f"  {added['line']}"
    span = diagnostic.span
    line = span.file.read_line(span.line)
    if not line or len(line) > _MOST or diagnostic.excerpt is not None or mask_private_words(line) != line:
        return ""
    changed = _change(line, diagnostic)
    if not changed or changed == line:
        return ""
    lines = span.file.text.split("\n")
    lines[span.line - 1] = changed
    before, after = (_read(span.file.path, text) for text in (span.file.text, "\n".join(lines)))
    if before is None or after is None or not after <= before:
        return ""
    own = (diagnostic.rule, diagnostic.message)
    return "" if own in after else changed


def _change(line: str, diagnostic: Diagnostic) -> str:
    if field := _FIELD.fullmatch(diagnostic.fix):
        name = field["field"].partition(":")[0]
        return field["field"] if re.match(rf"{name}:", line) else ""
    if value := _VALUE.fullmatch(diagnostic.fix):
        span, new = diagnostic.span, value["value"]
        name = new.partition(":")[0]
        if ": " in new:
            return new if re.match(rf"{re.escape(name)}\s*[:：]", line) else ""
        return line[: span.column - 1] + new + line[span.end_column - 1 :]
    return ""


def _read(path: str, text: str) -> set[tuple[str, str]] | None:
    """Return the problems of a file's text, by rule and message; ``None`` for a file that is no record."""
    data, name = text.encode("utf-8", "surrogatepass"), path.rpartition("/")[2]
    if name == "activity.md" and ACTIVITY_FOLDER.match(path):
        found = parse_activity(path, data)[1]
    elif name.startswith("agreement-") and name.endswith(".md"):
        found = parse_note("agreement", path, data)[1]
    elif name.endswith(".yml") and (kind := _TABLES.get(name.removesuffix(".yml"))):
        found = parse_yaml(kind, path, data)[1]
    else:
        return None
    return {(each.rule, each.message) for each in found}
