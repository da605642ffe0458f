"""Score what is read of the reports: python -m tests.receive_table prints a line for each.

A part or fact that a report has is right, asked for (left open, or marked as a guess), or wrong without a mark.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.actions.receive.draft import Draft
from generator.actions.receive.drafting import Drafted, Group, make_drafts
from generator.actions.receive.inputs import gather, group_sources, open_desk
from generator.archive import Corpus, read_corpus
from generator.records import PARTS
from tests.receive.archive import write_archive
from tests.receive.reports import final, fresh, last, seen, unseen
from tests.receive.reports.sent import FACTS, Expect, Report, Sent
from tests.receive.reports.sent import PARTS as PART_FIELDS

TODAY = dt.date(2020, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a report was read: names of parts and facts, each once for each activity.

    noted: right ones that carry a mark.   mistaken: those that are not right, and carry one.
    """

    right: tuple[str, ...]
    asked: tuple[str, ...]
    wrong: tuple[str, ...]
    lost: tuple[str, ...]
    noted: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The share of what the report has that is right."""
        return len(self.right) / max(1, len(self.right) + len(self.asked) + len(self.wrong))


_READ: dict[int, tuple[Sent, list[tuple[Group, Drafted]]]] = {}


def draft_all(corpus: Corpus, sent: Sent) -> list[tuple[Group, Drafted]]:
    """Return the groups of files that something sent makes, with their drafts; each is read once."""
    if id(sent) not in _READ:
        received = gather([*sent.files.items()], sent.text or None)
        if received.refused:
            raise AssertionError(received.refused)
        desk = open_desk(corpus, TODAY, school=sent.school)
        groups = list(group_sources(received.sources))
        _READ[id(sent)] = sent, [(group, make_drafts(desk, group)) for group in groups]
    return _READ[id(sent)][1]


def read(corpus: Corpus, sent: Sent) -> tuple[list[Draft], str]:
    """Return the drafts that something sent comes to, and all that is shown as left over."""
    drafts: list[Draft] = []
    shown: list[str] = []
    for _, drafted in draft_all(corpus, sent):
        drafts += drafted.drafts
        shown += [left.text for left in drafted.left]
    for draft in drafts:
        shown += [left.text for left in draft.left] + list(draft.lost)
    return drafts, "\n".join(shown)


def score(corpus: Corpus, report: Report) -> Score:
    """Read a report and hold it against what is expected."""
    sent = report.make()
    drafts, shown = read(corpus, sent)
    right: list[str] = []
    asked: list[str] = []
    wrong: list[str] = []
    noted: list[str] = []
    mistaken: list[str] = []
    waiting = list(drafts)
    for expect in sent.records:
        draft = _match(waiting, expect)
        if draft is None:
            asked += [name for name, value in _expected(expect) if value is not None]
            continue
        waiting.remove(draft)
        got = dict(_read(draft))
        for name, value in _expected(expect):
            given = got.get(name)
            marked = name in draft.guessed or name in draft.unsure
            if value is None:
                if given is not None and not marked:
                    wrong.append(f"{name}={given}")
                elif given is not None:
                    mistaken.append(name)
            elif given == value:
                right.append(name)
                noted += [name] if marked else []
            elif given is None or marked:
                asked.append(name)
                mistaken += [name] if given is not None else []
            else:
                wrong.append(f"{name}={given}")
    wrong += [f"多出一份 {draft.values.get('title')}" for draft in waiting]
    lost = [words for words in sent.unplaced if _squeeze(words) not in _squeeze(shown)]
    return Score(
        right=tuple(right),
        asked=tuple(asked),
        wrong=tuple(wrong),
        lost=tuple(lost),
        noted=tuple(noted),
        mistaken=tuple(mistaken),
    )


def _match(drafts: Sequence[Draft], expect: Expect) -> Draft | None:
    for draft in drafts:
        if draft.date and draft.date.isoformat() == expect.date:
            return draft
    return drafts[0] if drafts else None


def _expected(expect: Expect) -> Iterator[tuple[str, object]]:
    for name in FACTS:
        value = getattr(expect, name)
        if name == "title" and value:
            value = _squeeze(value)
        yield name, None if value in ((), "") else value
    for part, name in zip(PARTS, PART_FIELDS, strict=True):
        text = _squeeze("".join(getattr(expect, name)))
        yield part, text or None
    yield "图片", expect.photos or None


def _read(draft: Draft) -> Iterator[tuple[str, object]]:
    for name in FACTS:
        value = draft.values.get(name)
        if isinstance(value, dt.date):
            value = value.isoformat()
        if name == "title" and isinstance(value, str):
            value = _squeeze(value)
        if name == "partners" and isinstance(value, tuple):
            value = tuple(value)
        yield name, None if value in ((), "") else value
    for part in PARTS:
        lines = [line for line in draft.sections.get(part, ()) if not line.startswith("### ")]
        yield part, _squeeze("".join(lines)) or None
    yield "图片", tuple(photo.caption for photo in draft.photos) or None


def _squeeze(text: str) -> str:
    text = re.sub(r"\|(?:---\|)+", "", text)
    return re.sub(r"[\s|]+", "", text)


def format_table(name: str, scored: Sequence[tuple[Report, Score]]) -> str:
    """Return a line for each report, what is not right of it below, and the sums."""
    lines = [name, "编号   对 / 共   待问   错   丢   样子"]
    sums = [0, 0, 0, 0, 0]
    for report, found in scored:
        total = len(found.right) + len(found.asked) + len(found.wrong)
        row = (len(found.right), total, len(found.asked), len(found.wrong), len(found.lost))
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        lines.append(
            f"{report.number}   {row[0]:3} / {row[1]:3}   {row[2]:3}   {row[3]:3}   {row[4]:2}   {report.manner}"
        )
        for what, names in (("待问", found.asked), ("错", found.wrong), ("丢", found.lost)):
            lines += [f"        {what}：{each}" for each in names]
    share = sums[0] / max(1, sums[1])
    lines.append(f"合计  {sums[0]} / {sums[1]}（{share:.1%}），待问 {sums[2]}，错 {sums[3]}，丢 {sums[4]}")
    noted = sum(len(found.noted) for _, found in scored)
    mistaken = sum(len(found.mistaken) for _, found in scored)
    lines.append(
        f"标了要核对的：对的 {noted} / {sums[0]}（{noted / max(1, sums[0]):.1%}），不对的 {mistaken}"
    )
    return "\n".join([*lines, "", ""])


def score_all(corpus: Corpus, reports: Sequence[Report]) -> list[tuple[Report, Score]]:
    """Return the reports with their scores."""
    return [(report, score(corpus, report)) for report in reports]


SETS = {
    "看过的": seen.REPORTS,
    "没有看过的": unseen.REPORTS,
    "后加的": [*fresh.REPORTS, *last.REPORTS, *final.REPORTS],
}


def main() -> None:
    """Print the tables: of all reports, or of the seen ones alone where ``seen`` is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = read_corpus(write_archive(Path(folder) / "archive"))
        for name, reports in SETS.items():
            if name == "看过的" or "seen" not in sys.argv:
                print(format_table(name, score_all(corpus, reports)), end="")
        if "seen" not in sys.argv:
            from tests.receive.blind import score_all_blind  # it scores with this module

            for name, scored in score_all_blind(corpus).items():
                print(format_table(name, scored), end="")


if __name__ == "__main__":
    main()
