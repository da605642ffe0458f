"""Make of a judged submission the report that the comment on the request is composed from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from generator.actions.comments.check_report import MOST_ITEMS
from generator.archive import Corpus
from generator.archive.privacy import Withheld, list_withholding_reasons, mask_private_words
from generator.cli.report_problems import (
    count_problems,
    cut_excerpt,
    make_encodable,
    replace_controls,
    sort_blockers_first,
)
from generator.cli.report_receipt import describe_record, render_json
from generator.records.diagnostics import Diagnostic
from generator.rules.submission.ready_lines import suggest_line
from generator.rules.submission.receipt import Receipt, describe_month
from generator.rules.submission.verdict import Verdict

_KEPT_BACK = {
    Withheld.WITHDRAWN: "已经撤下，请不要再放回来",
    Withheld.PRIVATE: "写了不公开",
    Withheld.CONSENT: "有幼儿，没有写明监护人同意（consent: true）",
    Withheld.UNSTATED: "没有写图中有谁（people: none、adults 或 children）",
}
_MOST_SUGGESTED = 60
"""So many problems at most are read again with the line that would mend them."""


def make_report(corpus: Corpus, judged: Verdict, found: Sequence[Diagnostic]) -> str:
    """Return the report as JSON: see :class:`generator.actions.comments.check_report.Report`."""
    ordered = sort_blockers_first(found)
    receipt = judged.receipt
    value = {
        "format": 1,
        "verdict": "red" if count_problems(found)[0] else "green",
        "problems": [_problem(d, suggest=n < _MOST_SUGGESTED) for n, d in enumerate(ordered[:MOST_ITEMS])],
        "left_out": max(0, len(ordered) - MOST_ITEMS),
        "receipt": _receipt(receipt) if receipt else {},
        "photos": list(_photos(corpus, receipt))[:MOST_ITEMS] if receipt else [],
        "notes": list(judged.notes),
    }
    return make_encodable(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"


def make_refusal(reason: str) -> str:
    """Return the report of a submission that could not be checked at all, as JSON; ``reason`` in Chinese says why."""
    value = {"format": 1, "verdict": "red", "refused": replace_controls(reason)[:3000]}
    return make_encodable(json.dumps(value, ensure_ascii=False, indent=1)) + "\n"


def _problem(diagnostic: Diagnostic, *, suggest: bool) -> dict[str, Any]:
    return {
        "path": _short(diagnostic.span.file.path),
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        "clause": _short(diagnostic.clause),
        "message": diagnostic.message[:3000],
        "fix": diagnostic.fix[:3000],
        "excerpt": _short(cut_excerpt(diagnostic)[0]),
        "replacement": suggest_line(diagnostic)[:400] if suggest else "",
    }


def _receipt(receipt: Receipt) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(render_json(receipt))
    with_year = len({account.month[:4] for account in receipt.months}) > 1
    for row, record in zip(value["records"], receipt.records, strict=True):
        row["said"] = describe_record(receipt, record)
    for row, account in zip(value["months"], receipt.months, strict=True):
        name = receipt.names.get(account.school, account.school)
        row["said"] = f"{name} {describe_month(account, with_year=with_year)}"
    for key in ("records", "months"):
        value[key] = [
            {name: _short(each) if isinstance(each, str) else each for name, each in row.items()}
            for row in value[key][:MOST_ITEMS]
        ]
    for key in ("others", "unread", "schools"):
        value[key] = [_short(path) for path in value[key][:MOST_ITEMS]]
    return value


def _photos(corpus: Corpus, receipt: Receipt) -> Iterator[dict[str, str]]:
    """Yield the photos of the received activities, with why the site would not show them."""
    for received in receipt.records:
        record = corpus.by_key.get(received.path.removeprefix("records/").removesuffix("/activity.md"))
        if record is None:
            continue
        place = received.path.rpartition("/")[0]
        reasons = list_withholding_reasons(corpus, record)
        there = {photo.name for photo in record.photo_files}
        for photo, reason in zip(record.data.photos, reasons, strict=True):
            kept = "" if reason is None else _KEPT_BACK[reason]
            if not record.data.public:
                kept = "整份记录写了不公开"
            elif photo.file not in there and not photo.withdrawn:
                kept = "没有收到这张图片"
            caption = mask_private_words(photo.caption or "", record.data.private)
            yield {"path": _short(f"{place}/{photo.file}"), "caption": _short(caption), "kept_back": kept}


def _short(text: str) -> str:
    return replace_controls(text)[:400]
