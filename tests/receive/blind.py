"""Score the sets that others wrote unseen: small headings may stay or go, equal titles are equal, an old file is refused."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import Any

from generator.actions.receive.draft import Draft
from generator.actions.receive.inputs import gather
from generator.archive import Corpus
from generator.records import PARTS
from tests.receive.reports import blind_a, blind_b
from tests.receive.reports.blind_paper import Extra
from tests.receive.reports.sent import PARTS as FIELDS
from tests.receive.reports.sent import Expect, Report
from tests.receive_table import Score, read, score

BLIND = {
    "盲测甲（第一次读：对 166 / 228，72.8%；标了而错 10，没有标而错 4，没有读出 49）": blind_a,
    "盲测乙（第一次读：对 149 / 241，61.8%；标了而错 14，没有标而错 10，没有读出 69）": blind_b,
}
"""The sets with their first readings, before anything was mended on them; the second after mending on the first."""


def squeeze(text: str) -> str:
    return re.sub(r"[\s|]+", "", re.sub(r"\|(?:---\|)+", "", text))


def bare(heading: str) -> str:
    """Return a heading without its brackets and its number."""
    return re.sub(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)", "", heading.strip("【】"))


def plain(caption: str) -> str:
    return re.sub(r"^图为", "", caption.strip("（）▲ 　")).rstrip("。")


def resolve(expect: Expect, draft: Draft | None, titles: tuple[str, ...] = ()) -> Expect:
    """Settle what may be so or so by the draft: optional headings and places, other titles, orders, marks of captions."""
    changed: dict[str, Any] = {}
    for part, name in zip(PARTS, FIELDS, strict=True):
        lines = getattr(expect, name)
        given = (
            squeeze("".join(x for x in draft.sections.get(part, ()) if not x.startswith("### ")))
            if draft
            else ""
        )
        choices = [("", x[1:], bare(x[1:])) if x.startswith("？") else (x,) for x in lines]
        tries = list(itertools.product(*choices))
        changed[name] = next((x for x in tries if squeeze("".join(x)) == given), tries[0])
    values = draft.values if draft else {}
    for name in ("grades", "partners"):
        several = values.get(name)
        if not isinstance(several, tuple):
            continue
        if sorted(several) == sorted(getattr(expect, name)):
            changed[name] = several
    if expect.place and expect.place.startswith("？"):
        changed["place"] = expect.place[1:] if values.get("place") else None
    if values.get("title") and squeeze(str(values["title"])) in map(squeeze, titles):
        changed["title"] = values["title"]
    if draft:
        captions = tuple(p.caption or "" for p in draft.photos)
        if [plain(x) for x in captions] == [plain(x) for x in expect.photos]:
            changed["photos"] = captions
    return replace(expect, **changed)


def score_blind(corpus: Corpus, report: Report, extra: Extra) -> Score:
    """Return how a report was read, with what may be so or so settled by the draft."""
    sent = report.make()
    if report.number in extra.refused:
        refused = bool(gather([*sent.files.items()], sent.text or None).refused)
        return Score(
            right=("拒收",) if refused else (), asked=(), wrong=() if refused else ("没有拒收",), lost=()
        )
    drafts, _ = read(corpus, sent)
    waiting = list(drafts)
    settled = []
    for expect in sent.records:
        draft = next(
            (d for d in waiting if d.date and d.date.isoformat() == expect.date),
            waiting[0] if waiting else None,
        )
        if draft is not None:
            waiting.remove(draft)
        settled.append(resolve(expect, draft, extra.titles.get(report.number, ())))
    fixed = replace(sent, records=tuple(settled))
    return score(corpus, Report(number=report.number, manner=report.manner, make=lambda: fixed))


def score_all_blind(corpus: Corpus) -> dict[str, list[tuple[Report, Score]]]:
    """Return each set's reports with their scores."""
    return {
        name: [(report, score_blind(corpus, report, module.EXTRA)) for report in module.REPORTS]
        for name, module in BLIND.items()
    }
