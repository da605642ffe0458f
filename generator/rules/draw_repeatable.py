"""A draw gives the same result when anyone repeats it, and left no candidate out.

查什么
抽查的抽签：照记下的种子和候选名单重新抽一遍，抽中的园和记录、名单的校验值都与记下的相同；种子在抽签以前已经公布；方案里的校（园）不是候选就是“除外”，“除外”的本年确实已经核查过；候选记录是那所园当月的活动。

为什么
随机入校，要让人信得过是随机的。谁都能照公开的种子重抽一遍，改动一个字就对不上。

怎么改
不要手工改抽签文件。写错了，或者名单变了，用 `git restore` 找回原来的，再用 `pairing draw` 另抽一次，写成另一个文件，如 `2020-05-2.yml`；原来的留着。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.accounts.closed_months import has_own_beginning
from generator.accounts.draws import ALGORITHM, normalise_seed, repeat_draw
from generator.archive import BureauRecords, Corpus
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Draw, Programme
from generator.records.sealed_files import find_remedy
from generator.rules.rule import Rule, make_problem

_RESTORE = "用 git restore 找回原来的文件；要重抽的，用 pairing draw 写成另一个文件"


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, bureau in corpus.bureau.items():
        programme = corpus.find_programme(year)
        for record in bureau.draws.values():
            if programme is not None and record.complete:
                yield from _days(record, today)
                yield from _lots(record)
                yield from _candidates(corpus, programme, bureau, record)


def _days(record: YamlRecord, today: dt.date) -> Iterator[Diagnostic]:
    data: Draw = record.data
    if data.announced >= data.made:
        message = f"种子来源 {data.announced} 才公布，抽签在 {data.made}"
        fix = f"先公布用什么作种子，隔天以后再抽。{find_remedy(record.file.path)}"
        yield make_problem(RULE.slug, record.find_span("announced"), message, fix)
    if data.made > today:
        message = f"日期 {data.made} 还没有到（今天是 {today}）"
        yield make_problem(RULE.slug, record.find_span("made"), message, find_remedy(record.file.path))


def _lots(record: YamlRecord) -> Iterator[Diagnostic]:
    data: Draw = record.data
    if data.algorithm != ALGORITHM:
        message = f"没有叫“{data.algorithm}”的算法，无法重抽"
        yield make_problem(
            RULE.slug, record.find_span("algorithm"), message, f"用 pairing draw 重抽；算法是 {ALGORITHM}"
        )
        return
    if data.seed != normalise_seed(data.seed):
        message = "种子里有全角数字或多余的空格"
        fix = f"重抽时种子写成 {normalise_seed(data.seed)}。{find_remedy(record.file.path)}"
        yield make_problem(RULE.slug, record.find_span("seed"), message, fix)
    right = repeat_draw(data)
    for index, (group, made) in enumerate(zip(data.groups, right.groups, strict=True)):
        at = ("groups", index)
        if group.digest != made.digest or group.candidates != made.candidates:
            message = f"“{group.name}”的候选名单与校验值对不上，或没有按字母顺序写"
            yield make_problem(RULE.slug, record.find_span(*at, "candidates"), message, _RESTORE)
        if group.drawn != made.drawn:
            message = f"照种子重抽，“{group.name}”应当抽中 {'、'.join(made.drawn)}"
            yield make_problem(RULE.slug, record.find_span(*at, "drawn"), message, _RESTORE)
    for index, (school, again_drawn) in enumerate(zip(data.schools, right.schools, strict=True)):
        if school != again_drawn:
            message = (
                f"照种子重抽，{school.school} 的记录应当抽中 {'、'.join(again_drawn.drawn) or '（没有）'}"
            )
            yield make_problem(RULE.slug, record.find_span("schools", index, "drawn"), message, _RESTORE)
    if sorted(s.school for s in data.schools) != sorted(right.drawn):
        message = "列出记录的校（园）与抽中的不同"
        yield make_problem(RULE.slug, record.find_span("schools", key=True), message, _RESTORE)


def _candidates(
    corpus: Corpus, programme: Programme, bureau: BureauRecords, record: YamlRecord
) -> Iterator[Diagnostic]:
    data: Draw = record.data
    candidates = [school for group in data.groups for school in group.candidates]
    there = {*candidates, *data.excluded}
    words = []
    if missing := [s for s in _list_known_members(corpus, programme, data.made) if s not in there]:
        words.append(f"候选名单里没有 {'、'.join(missing)}")
    if unknown := sorted(there - set(programme.school_ids)):
        words.append(f"方案里没有 {'、'.join(unknown)}")
    if len(candidates) + len(data.excluded) > len(there):
        words.append("有的校（园）在名单里出现了两次")
    for message in words:
        yield make_problem(RULE.slug, record.find_span("groups", key=True), message, _RESTORE)
    visited = {r.data.school for r in bureau.inspections if r.complete and r.data.date < data.made}
    for index, school in enumerate(data.excluded):
        if school not in visited:
            message = f"{corpus.name_school(school)}（{school}）在抽签以前没有核查记录，却不在候选之列"
            yield make_problem(RULE.slug, record.find_span("excluded", index), message, _RESTORE)
    for index, drawn in enumerate(data.schools):
        for place, key in enumerate(drawn.candidates):
            if not key.startswith(f"{drawn.school}/{data.month.replace('-', '/')}/"):
                span = record.find_span("schools", index, "candidates", place)
                yield make_problem(
                    RULE.slug, span, f"“{key[:80]}”不是 {drawn.school} {data.month} 的活动", _RESTORE
                )


def _list_known_members(corpus: Corpus, programme: Programme, day: dt.date) -> Iterator[str]:
    """Yield who could be drawn on a day: who was there from the beginning, or in a closing made by that day.

    A school that is written into the programme afterwards, for an earlier time, upsets no draw.
    """
    closed = [m for m in corpus.find_settlement(programme.year).months.values() if m.closed <= day]
    for school in programme.list_members_on(day):
        if not has_own_beginning(programme, school) or any(school in month.schools for month in closed):
            yield school


RULE = Rule(
    slug="draw-repeatable",
    requirement="assessment",
    severity=Severity.ERROR,
    summary="抽签照公开的种子重抽，结果相同",
    check=_check,
    text=__doc__,
    heeds_seals=True,
)
