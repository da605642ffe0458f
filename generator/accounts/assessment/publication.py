"""Write a term's published result, frozen with the items that scored it, and compare it with the archive.

Later changes of the programme's points do not affect it. A result is written once, and again only with a
reason, when something that it rests on was changed or found to be false.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.accounts.assessment.assess_schools import assess_schools
from generator.accounts.assessment.scores import Assessment, Line, Score
from generator.accounts.months import name_month
from generator.archive import Corpus
from generator.plumbing.chinese_days import format_chinese_date
from generator.records import YamlRecord
from generator.records.models import AssessedSchool, AssessmentItem, AssessmentRevision, PublishedAssessment

FOLDER = "records/bureau/{year}/assessments"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A difference between a published result and the archive: its place in the file, and a sentence."""

    place: tuple[str | int, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published term. ``assessment`` has the published counts, with evidence where they still hold."""

    record: YamlRecord
    data: PublishedAssessment
    assessment: Assessment
    differences: tuple[Difference, ...]


def find_published_path(year: int, name: str) -> str:
    """Return the path of a term's published result, relative to the archive's root."""
    return f"{FOLDER.format(year=year)}/{name}.yml"


def read_published(corpus: Corpus, year: int, term_id: str, today: dt.date) -> Published | None:
    """Return a term's published result, or ``None`` where there is none, none yet, or a faulty one."""
    record = corpus.bureau[year].assessments.get(f"{year}-{term_id}") if year in corpus.bureau else None
    if record is None or not record.complete or record.data.published > today:
        return None
    data: PublishedAssessment = record.data
    now = assess_schools(corpus, year, term_id, today, data.items)
    if now is None or data.term != term_id:
        return None
    items = {item.id: item for item in data.items}
    frozen = {school.school: school for school in data.schools}
    scores = tuple(
        _as_published(score, frozen[score.school]) for score in now.scores if score.school in frozen
    )
    return Published(
        record=record,
        data=data,
        assessment=dataclasses.replace(now, scores=scores),
        differences=tuple(_differences(corpus, now, data.schools, items)),
    )


def _as_published(score: Score, frozen: AssessedSchool) -> Score:
    lines = {line.item: line for line in frozen.lines}
    return dataclasses.replace(
        score,
        lines=tuple(
            line
            if _same(line, was)
            else dataclasses.replace(line, got=was.got, of=was.of, zeroed=was.zeroed, parts=())
            for line in score.lines
            if (was := lines.get(line.item.id))
        ),
    )


def _same(line: Line, was: object) -> bool:
    return all(getattr(line, name) == getattr(was, name) for name in ("got", "of", "zeroed"))


def _differences(
    corpus: Corpus, now: Assessment, schools: Sequence[AssessedSchool], items: dict[str, AssessmentItem]
) -> Iterator[Difference]:
    scores = {score.school: score for score in now.scores}
    for index, frozen in enumerate(schools):
        place: tuple[str | int, ...] = ("schools", index)
        score = scores.pop(frozen.school, None)
        name = corpus.name_school(frozen.school)
        if score is None:
            yield Difference(place=(*place, "school"), words=f"方案里没有“{name}”，不应有它的考核结果")
            continue
        lines = {line.item.id: line for line in score.lines}
        for at, was in enumerate(frozen.lines):
            line = lines.pop(was.item, None)
            here = (*place, "lines", at)
            if line is None:
                what = items[was.item].name if was.item in items else was.item
                yield Difference(place=(*here, "item"), words=f"{name}不考核“{what}”，或这一项写了两次")
            elif not _same(line, was) or was.score != str(line.score):
                yield Difference(
                    place=(*here, "score"),
                    words=f"{name}“{line.item.name}”公布为 {_shown(was.score, was.got, was.of, was.zeroed)}，"
                    f"按档案算是 {_shown(str(line.score), line.got, line.of, line.zeroed)}",
                )
        for line in lines.values():
            yield Difference(place=(*place, "lines"), words=f"{name}缺“{line.item.name}”一项")
        if frozen.total != str(score.total):
            words = f"{name}总分公布为 {frozen.total}，按档案算是 {score.total}"
            yield Difference(place=(*place, "total"), words=words)
    for school in scores:
        yield Difference(place=("schools",), words=f"缺{corpus.name_school(school)}的考核结果")


def _shown(score: str, got: int, of: int, zeroed: bool) -> str:
    return f"{score}（虚报，按零分）" if zeroed else f"{score}（{got}/{of}）"


def find_reason_not_to_publish(found: Assessment) -> str:
    """Return why a term cannot be published yet, or ""."""
    if not found.over:
        last = name_month(found.term.months[-1])
        return f"{found.title}还没有结束：{last}的材料还没有到截止日"
    if found.open:
        return (
            f"{found.title}有月份还没有结账：{'、'.join(map(name_month, found.open))}；先结账，再公布考核结果"
        )
    return ""


def format_published(
    found: Assessment, day: dt.date, revisions: Sequence[AssessmentRevision], *, sample: bool
) -> str:
    """Return the text of a published result's file."""
    lines = [
        "# yaml-language-server: $schema=../../../schema/assessment.schema.json",
        "# 由 pairing assess --publish 写出；手工修改会在检查时报错。",
        *(["sample: true"] if sample else []),
        f"term: {found.term.id}",
        f"published: {day.isoformat()}",
        "items:",
    ]
    for item in found.items:
        data = item.model_dump(exclude_defaults=True)
        lines.append(f"  - {{{', '.join(f'{key}: {_scalar(value)}' for key, value in data.items())}}}")
    lines.append("schools:")
    for score in found.scores:
        lines += [f"  - school: {score.school}", f"    total: {score.total}", "    lines:"]
        for line in score.lines:
            zeroed = ", zeroed: true" if line.zeroed else ""
            lines.append(
                f"      - {{item: {line.item.id}, got: {line.got}, of: {line.of}{zeroed}, score: {line.score}}}"
            )
    if revisions:
        lines.append("revisions:")
    for revision in revisions:
        lines += [
            f"  - date: {revision.date.isoformat()}",
            f"    reason: {_scalar(revision.reason)}",
            "    changes:",
        ]
        lines += [f"      - {_scalar(change)}" for change in revision.changes]
    return "\n".join(lines) + "\n"


def _scalar(value: object) -> str:
    # JSON's strings are YAML's too.
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A term that is over, as the site shows it: published, or counted as of today."""

    assessment: Assessment
    published: dt.date | None = None
    revisions: tuple[AssessmentRevision, ...] = ()
    differences: int = 0

    @property
    def note(self) -> str:
        """Whether the scores are published or provisional, as a sentence."""
        found = self.assessment
        if self.published is None:
            waiting = f"，{'、'.join(map(name_month, found.open))}尚未结账" if found.open else ""
            return f"按截至{format_chinese_date(found.today)}的档案计算{waiting}，尚未公布。"
        again = "重新公布" if self.revisions else "公布"
        return f"{format_chinese_date(self.published)}{again}。"


def list_results(corpus: Corpus, today: dt.date) -> tuple[Result, ...]:
    """Return all terms that are over and assessed, oldest first."""
    found = []
    for year in corpus.years:
        programme = corpus.find_programme(year)
        for term in programme.terms if programme else ():
            if frozen := read_published(corpus, year, term.id, today):
                found.append(
                    Result(
                        assessment=frozen.assessment,
                        published=frozen.data.published,
                        revisions=tuple(frozen.data.revisions),
                        differences=len(frozen.differences),
                    )
                )
            elif (counted := assess_schools(corpus, year, term.id, today)) and counted.over:
                found.append(Result(assessment=counted))
    return tuple(found)
