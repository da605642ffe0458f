"""Name the branch, the commit and the request of received records in a school's and an officer's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from generator.actions.receive.branch import Submission
from generator.actions.receive.placement import Placement
from generator.archive import Corpus
from generator.plumbing.chinese_days import format_chinese_day
from generator.records import ActivityRecord

_LONGEST_TITLE = 70


def make_submission(corpus: Corpus, placements: Sequence[Placement], today: dt.date) -> Submission:
    """Return how records are handed in. Names of the files that were received stay out: they may name people."""
    records = [placement.record for placement in placements]
    schools = list(dict.fromkeys(record.school for record in records))
    first = records[0]
    names = "、".join(corpus.name_school(school) for school in schools)
    if len(records) == 1:
        day = first.folder.partition("-")[0]
        measure = first.folder.partition("-")[2]
        branch = f"submit/{first.school}/{first.month.replace('-', '')}{day}-{measure}"
        title = f"{names} {_day_of(first)} {_title_of(first)}"
    else:
        folder = schools[0] if len(schools) == 1 else "received"
        branch = f"submit/{folder}/{today:%Y%m%d}-{len(records)}-records"
        title = f"{names} {len(records)} 份材料"
    lines = [
        f"- {_day_of(each.record)} {_title_of(each.record)}（{each.key}{f'，换掉 {each.over.record.key}' if each.over else ''}）"
        for each in placements
    ]
    return Submission(
        branch=branch,
        title=title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…",
        body="\n".join(["由 pairing receive 收进档案：", "", *lines]),
    )


def _day_of(record: ActivityRecord) -> str:
    if record.knows("date"):
        return format_chinese_day(record.data.date)
    return f"{int(record.month[5:])}月{int(record.folder[:2])}日"


def _title_of(record: ActivityRecord) -> str:
    return " ".join(record.data.title.split()) if record.knows("title") else record.folder
