"""Findings of inspections on an activity's page: a seal, a sentence, and the school's reply."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from generator.accounts.inspection_results import LABELS, PENDING
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_date
from generator.records import NoteRecord
from generator.records.models import FindingWord, Inspection
from generator.site.pages.bureau_notes import list_private_names, make_note_url
from generator.site.pages.school_documents import Citation, cite_requirement
from generator.site.pages.site import Site

ASSESSMENT = "assessment"
"""The programme's requirement whose clause says what follows from a false report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A finding as a stamp: ``kind`` is confirmed, doubtful, false or pending, ``word`` says it."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What the school says to an inspection. ``text`` is "" while it has said nothing; ``state`` says so."""

    text: str
    by: str
    date: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """What one inspection found of one activity, for the activity's page."""

    seal: Seal
    sentence: str
    remark: str
    url: str
    title: str
    clause: Citation | None
    hearing: Hearing | None


def make_seal(finding: FindingWord | None) -> Seal:
    """Return the stamp of a finding, or of there being none yet."""
    return Seal(kind=finding or "pending", word=LABELS[finding] if finding else PENDING)


def list_findings(site: Site, key: str) -> tuple[FindingView, ...]:
    """Return what inspections found of an activity: the latest first, which counts, and last what is undecided."""
    inspected = site.inspected.get(key)
    if not inspected:
        return ()
    decided = [item for item in reversed(inspected) if item[1].finding]
    undecided = [item for item in reversed(inspected) if not item[1].finding]
    return tuple(_view(site, record, item.finding, item.remark) for record, item in (*decided, *undecided))


def _view(site: Site, record: NoteRecord, finding: FindingWord | None, remark: str | None) -> FindingView:
    data: Inspection = record.data
    clause = cite_basis(site, record.year)
    return FindingView(
        seal=make_seal(finding),
        sentence=describe_finding(data, finding, clause),
        remark=mask_private_words(remark or "", list_private_names(site, record.year)),
        url=make_note_url(record),
        title=mask_private_words(data.title, list_private_names(site, record.year)),
        clause=clause if finding == "false" else None,
        hearing=find_hearing(site, record) if finding in ("doubtful", "false") else None,
    )


def describe_finding(data: Inspection, finding: FindingWord | None, clause: Citation | None) -> str:
    """Say in one sentence what was found and what follows."""
    day = format_chinese_date(data.date)
    match finding:
        case "confirmed":
            return f"{day}督导核查，情况属实。"
        case "doubtful":
            return f"{day}督导核查，情况存疑，还没有定论。"
        case "false":
            basis = f"按实施方案{clause.id}" if clause else "按实施方案"
            return f"经核查认定虚报，{basis}相关项目按零分计算。"
        case None:
            return f"{day}督导核查，还没有结论。"


def cite_basis(site: Site, year: int) -> Citation | None:
    """Return the clause that says what follows from a false report, cut to the sentence that says it where only one does."""
    clause = cite_requirement(site, year, ASSESSMENT)
    sentences = [words for words in clause.quote.split("。") if "零分" in words] if clause else []
    return replace(clause, quote=f"{sentences[0]}。") if clause and len(sentences) == 1 else clause


def find_hearing(site: Site, record: NoteRecord) -> Hearing | None:
    """Return the school's say, or what is known of it; None where it was not asked and said nothing."""
    data: Inspection = record.data
    if data.reply:
        private = list_private_names(site, record.year)
        return Hearing(
            text=mask_private_words(data.reply.text, private),
            by=mask_private_words(data.reply.by or "", private),
            date=format_chinese_date(data.reply.date),
            state="",
        )
    if data.told is None:
        return None
    last = data.told + dt.timedelta(days=site.programmes[record.year].reply_days)
    over = site.today > last
    day = format_chinese_date(last)
    return Hearing(
        text="",
        by="",
        date="",
        state=f"学校在说明期限（{day}）内没有说明。" if over else f"学校还没有说明，期限到{day}。",
    )
