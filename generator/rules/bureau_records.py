"""The bureau's records name schools, activities and months that exist.

查什么
基教股的结账、简报、核查、抽签、观摩活动和问卷：文件名与月份、日期一致，月份是帮扶月，校（园）在方案里，提到的活动在档案里、属于被核查的园或它的对子，提到的抽签抽中了这所园，日期不在将来（观摩活动可以先登记，好让日历提醒）。

为什么
核查结论和结账会改变一所园的考核，写错一个代号，就算到了别人头上。

怎么改
照提示核对代号。活动写文件夹的路径，前面不带 `records/`：

```yaml
activity: guangcai/2020/05/14-area-observation
```
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.accounts.months import find_rule_deadline
from generator.archive import BureauRecords, Corpus
from generator.records import NoteRecord, YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Draw, Programme
from generator.rules.dropped_months import find_dropped_months
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest

_Found = Iterator[Diagnostic]


def _check(corpus: Corpus, today: dt.date) -> _Found:
    for year, bureau in corpus.bureau.items():
        programme = corpus.find_programme(year)
        if programme is not None:
            yield from _months(corpus, programme, bureau, today)
            yield from _records(corpus, programme, bureau, today)


def _months(corpus: Corpus, programme: Programme, bureau: BureauRecords, today: dt.date) -> _Found:
    gone = {
        found.month for found in find_dropped_months(corpus, bureau.year)
    }  # reported once, at the programme
    for record in (*bureau.closings.values(), *bureau.bulletins.values(), *bureau.draws.values()):
        if record.knows("month") and record.data.month not in gone:
            yield from _month(programme, record)
    for closing in bureau.closings.values():
        for index, entry in enumerate(closing.data.schools if closing.knows("schools") else ()):
            yield from _school(corpus, programme, closing, entry.school, "schools", index, "school")
        if closing.knows("closed"):
            yield from _past(closing, "closed", today)
            month = closing.data.month
            # A deadline that was moved after the closing is a matter of the chain.
            end = closing.data.deadline or find_rule_deadline(programme, month)
            if month in programme.months and closing.data.closed <= end:
                message = f"{closing.data.closed} 还没有过 {month} 的截止日"
                yield make_problem(
                    RULE.slug,
                    closing.find_span("closed"),
                    message,
                    f"{end} 以后再结账",
                )
    for note in bureau.bulletins.values():
        for index, highlight in enumerate(note.data.highlights):
            yield from _activity(corpus, note, highlight.activity, "highlights", index, "activity")


def _records(corpus: Corpus, programme: Programme, bureau: BureauRecords, today: dt.date) -> _Found:
    for record in (
        *bureau.inspections,
        *bureau.surveys,
    ):  # an event is announced beforehand, for the calendar
        if record.knows("date"):
            yield from _past(record, "date", today)
    for record in (*bureau.inspections, *bureau.surveys):
        if record.knows("school"):
            yield from _school(corpus, programme, record, record.data.school, "school")
    for inspection in bureau.inspections:
        yield from _dated(inspection)
        yield from _inspection(corpus, programme, bureau, inspection)
    for event in bureau.events:
        yield from _dated(event)
        if event.knows("host"):
            yield from _school(corpus, programme, event, event.data.host, "host")
        for index, school in enumerate(event.data.schools):
            yield from _school(corpus, programme, event, school, "schools", index)
        for index, part in enumerate(event.data.agenda):
            if part.school:
                yield from _school(corpus, programme, event, part.school, "agenda", index, "school")


def _inspection(corpus: Corpus, programme: Programme, bureau: BureauRecords, record: NoteRecord) -> _Found:
    data = record.data
    places: list[tuple[str, tuple[str | int, ...]]] = [
        (item.activity, ("records", index, "activity")) for index, item in enumerate(data.records)
    ]
    if data.activity is not None:
        places.append((data.activity, ("activity",)))
    partners = programme.list_partners_of(data.school)
    schools = (data.school, *partners) if partners else ()
    for place, (key, path) in enumerate(places):
        yield from _activity(corpus, record, key, *path)
        if key in [other for other, _ in places[:place]]:
            yield make_problem(
                RULE.slug, record.find_span(*path), "这份记录写了两次", "一份记录只写一个结论，删去一处"
            )
        if key in corpus.by_key and schools and corpus.by_key[key].school not in schools:
            owner = corpus.by_key[key].school
            message = f"核查的是{corpus.name_school(data.school)}（{data.school}），活动却是 {owner} 的，两园不在一个对子"
            yield make_problem(RULE.slug, record.find_span(*path), message, "核对校（园）和活动")
        if key in corpus.by_key and record.knows("date") and corpus.by_key[key].data.date > data.date:
            day = corpus.by_key[key].data.date
            message = f"核查在 {data.date}，活动却在以后的 {day}"
            yield make_problem(
                RULE.slug, record.find_span(*path), message, "核对核查的日期，或换成当时已经开展的活动"
            )
    if data.draw is not None:
        drawn = bureau.draws.get(data.draw)
        if drawn is None:
            known = "、".join(sorted(bureau.draws)) or "还没有"
            message, fix = (
                f"档案里没有抽签“{data.draw[:40]}”",
                f"写抽签文件的名字，不带 .yml；现有的：{known}",
            )
            yield make_problem(RULE.slug, record.find_span("draw"), message, fix)
        elif data.school not in drawn.data.drawn:
            message = f"抽签 {data.draw} 没有抽中{corpus.name_school(data.school)}"
            fix = "不是抽签抽中的，删去 draw 这一行；核对校（园）代号"
            yield make_problem(RULE.slug, record.find_span("draw"), message, fix)


def _dated(record: NoteRecord) -> _Found:
    path = PurePosixPath(record.file.path)
    named, day = re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", path.stem), record.data.date.isoformat()
    if named and record.knows("date") and named[0] != day:
        message = f"日期是 {day}，文件名却是 {path.name}"
        fix = f"把文件改名为 {path.name.replace(named[0], day)}（图片文件夹也改），或改正日期"
        yield make_problem(RULE.slug, record.find_span("date"), message, fix)


def _month(programme: Programme, record: YamlRecord) -> _Found:
    month, path = record.data.month, PurePosixPath(record.file.path)
    if month not in programme.months:
        fix = f"帮扶月是：{'、'.join(programme.months)}"
        yield make_problem(RULE.slug, record.find_span("month"), f"{month} 不是方案规定的帮扶月", fix)
    elif path.stem != month and not (isinstance(record.data, Draw) and path.stem.startswith(f"{month}-")):
        message = f"月份是 {month}，文件名却是 {path.name}"
        yield make_problem(
            RULE.slug, record.find_span("month"), message, f"把文件改名为 {month}{path.suffix}，或改正月份"
        )


def _past(record: YamlRecord, field: str, today: dt.date) -> _Found:
    day = getattr(record.data, field)
    if day > today:
        yield make_problem(
            RULE.slug, record.find_span(field), f"日期 {day} 还没有到（今天是 {today}）", "核对年、月、日"
        )


def _school(
    corpus: Corpus, programme: Programme, record: YamlRecord, school: str, *path: str | int
) -> _Found:
    if school not in programme.school_ids:
        near = find_nearest(school, programme.school_ids)
        fix = (
            f"是不是想写 {near}（{corpus.name_school(near)}）？"
            if near
            else "代号见方案数据 programme.yml 的 pairings"
        )
        yield make_problem(RULE.slug, record.find_span(*path), f"方案里没有代号是“{school}”的校（园）", fix)


def _activity(corpus: Corpus, record: YamlRecord, key: str, *path: str | int) -> _Found:
    if key not in corpus.by_key:
        near = find_nearest(
            key.removeprefix("records/").removesuffix("/activity.md").strip("/"), corpus.by_key
        )
        fix = (
            f"是不是想写 {near}？"
            if near
            else "照抄活动文件夹的路径，如 guangcai/2020/05/14-area-observation"
        )
        yield make_problem(RULE.slug, record.find_span(*path), f"档案里没有活动“{key[:80]}”", fix)


RULE = Rule(
    slug="bureau-records",
    requirement="assessment",
    severity=Severity.ERROR,
    summary="教育局的记录与方案、档案对得上",
    check=_check,
    text=__doc__,
)
