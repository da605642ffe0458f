"""Closings and amendments form a chain without a gap, none of them edited.

查什么
结账和更正按先后连成一串：每一份记着上一份的校验值，备案登记簿又记着每一份的校验值。一份不缺，一个字没有改；写的数字与列出的记录、方案的数量相符；方案里与计数有关的部分（月份、截止日、数量、对子，结过账的月份谁在、谁免报）也没有悄悄改动。

为什么
完成情况写进简报，用于考核。改了结账文件，就等于改了结论。

怎么改
结账和更正都由命令写成，不手改。照提示从修改记录里恢复原来的文件。结论要更正的，用 `pairing amend`：

```sh
pairing amend 2020-05 --reason 补计一份按时交来的材料 --decided-by 基教股股长
```

结账以后又要改方案的数量或对子的，也用 `pairing amend` 登记一次；已经结账的月份照旧。中途加入、退出的园在 `programme.yml` 里写 `from`、`until`，以后月份的改期、免报写进 `deadlines`、`cancelled`、`excused`，都不用更正；改到已经结账的月份，才要更正那个月，更正时重新计算。
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping

from generator.accounts.closed_months import MonthDifference, list_month_differences
from generator.accounts.ledger import Status, conclude_month
from generator.accounts.months import find_rule_deadline
from generator.archive import BureauRecords, Corpus
from generator.records import YamlRecord
from generator.records.closings import (
    Core,
    Link,
    digest_photos,
    digest_programme,
    matches_digest,
    shorten_digest,
)
from generator.records.closings.register import find_broken_seals
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.records.models import ClosedSchool, Programme
from generator.rules.dropped_months import describe_dropped_month, find_dropped_months, locate_months
from generator.rules.rule import Rule, make_problem

_Found = Iterator[Diagnostic]
_MOST_HINTS = 3
_RESTORE = "从修改记录里恢复原来的文件；结论要更正的，用 pairing amend"
_REWRITE = "已经合并过的，从修改记录里恢复原来的文件；还没有合并的，删去手写的文件和登记，改用命令"


def _check(corpus: Corpus, today: dt.date) -> _Found:
    for year, bureau in corpus.bureau.items():
        links = corpus.find_settlement(year).links
        registered = _registered(bureau)
        yield from _missing(bureau, links, registered)
        yield from _edited(corpus, links, registered, trusted=_trusted(bureau))
        yield from _serials(links, registered)
        yield from _programme(corpus, bureau, links)


def _registered(bureau: BureauRecords) -> dict[str, str]:
    """Return what the register says of every link: its digest by its name."""
    if bureau.filings is None or not bureau.filings.complete:
        return {}
    return {batch.link: batch.digest or "" for batch in bureau.filings.data.batches if batch.link}


def _trusted(bureau: BureauRecords) -> bool:
    """Say whether the register itself is whole."""
    register = bureau.filings
    return register is not None and register.complete and not any(find_broken_seals(register.file.text))


def _missing(bureau: BureauRecords, links: tuple[Link, ...], registered: dict[str, str]) -> _Found:
    there = {link.name for link in links}
    for name, digest in registered.items():
        if name not in there:
            span = SourceFile(path=f"records/bureau/{bureau.year}/{name}").make_span()
            message = f"{_called(name)}不见了，或读不出来；备案登记簿记着它的校验值 {shorten_digest(digest)}"
            yield make_problem(RULE.slug, span, message, _RESTORE, excerpt="")


def _called(name: str) -> str:
    folder, _, file = name.partition("/")
    kind = "结账" if folder == "closings" else "更正"
    return f"{kind} {file.removesuffix('.yml')} "


def _edited(corpus: Corpus, links: tuple[Link, ...], registered: dict[str, str], *, trusted: bool) -> _Found:
    following: dict[str, str] = {link.name: after.previous or "" for link, after in itertools.pairwise(links)}
    last: dict[str, Link] = {}
    faulty: set[str] = set()
    for link, before in zip(links, (None, *links), strict=False):
        last[link.month] = link
        filed = registered.get(link.name)
        if filed is None:
            message = f"{_called(link.name)}没有登记在 filings.yml：是手写的，或写到一半中断了"
            fix = _unregistered(link, last=link is links[-1])
        elif link.digest != (expected := filed if trusted else following.get(link.name, filed)):
            digests = f"校验值原是 {shorten_digest(expected)}，现在是 {shorten_digest(link.digest)}"
            message = f"{_called(link.name)}写成以后改动过：{digests}{_shown(corpus, link)}"
            fix = _RESTORE
        elif before and link.previous != before.digest and before.digest == registered.get(before.name):
            message = f"{_called(link.name)}接的不是{_called(before.name).rstrip()}：上一环的校验值应是 {shorten_digest(before.digest)}，写的是 {shorten_digest(link.previous)}"
            fix = _RESTORE
        elif wrong := _first(_figures(corpus, link)):
            message, fix = f"{_called(link.name)}里的数字不相符：{wrong}", _REWRITE
        else:
            continue
        faulty.add(link.month)
        yield make_problem(RULE.slug, link.record.file.make_span(), message, fix, excerpt="")
    for month, link in last.items():
        if month not in faulty and link.amendment and (wrong := _first(_amended_figures(corpus, link))):
            message = f"{_called(link.name)}以后，{month} 的数字不相符：{wrong}"
            yield make_problem(RULE.slug, link.record.file.make_span(), message, _REWRITE, excerpt="")


def _unregistered(link: Link, *, last: bool) -> str:
    """Return how to mend a link that the register lacks: only the last can have been interrupted."""
    if not last:
        return "从修改记录里恢复原来的 filings.yml；手写的删去，改用命令"
    if link.amendment:
        return "删去这个文件，再运行一次 pairing amend"
    return f"中断的再运行一次 pairing close {link.month}；手写的删去，改用命令"


def _shown(corpus: Corpus, link: Link) -> str:
    """Say what in an edited closing does not fit: its own figures, the programme, the records."""
    hints = _first(itertools.chain(_figures(corpus, link), _digests(corpus, link)))
    return f"；不一致的有：{hints}" if hints else ""


def _first(hints: Iterator[str]) -> str:
    return "；".join(itertools.islice(hints, _MOST_HINTS))


def _figures(corpus: Corpus, link: Link) -> Iterator[str]:
    """Yield what of a closing is not what its own lists, the programme and the records come to.

    A digest shows that a file was edited, not that what was written is right: whoever writes a closing by
    hand can write the digests too.
    """
    programme, settlement = (
        corpus.find_programme(int(link.month[:4])),
        corpus.find_settlement(int(link.month[:4])),
    )
    same = programme if programme and digest_programme(programme) == link.programme else None
    for line in link.closing.schools if link.closing else ():
        name = corpus.name_school(line.school)
        if line.counted != len(line.records):
            yield f"{name}计入写的是 {line.counted} 项，列出的是 {len(line.records)} 份"
        status = conclude_month(line.quota, line.counted, len(line.late))
        if line.status == Status.EXCUSED.value:
            if line.quota:
                yield f"{name}免报，应完成却写 {line.quota} 项"
        elif status.value != line.status:
            yield f"{name}结论写的是“{Status(line.status).label}”，按数应是“{status.label}”"
        if line.deemed and line.counted:
            yield f"{name}计入 {line.counted} 项，却写着视为未开展"
        if (
            same
            and line.status != Status.EXCUSED.value
            and (quota := _find_quota(same, line, link)) != line.quota
        ):
            yield f"{name}应完成写的是 {line.quota} 项，方案规定 {quota} 项"
        if same and link.closing and link.month in same.months:
            end = link.closing.deadline or find_rule_deadline(same, link.month)
            yield from _days(corpus, line, end, settlement.cores)


def _find_quota(programme: Programme, line: ClosedSchool, link: Link) -> int:
    """Return what a school owes a month, whether or not it was excused, or taken out, after the closing."""
    month = link.month if programme.takes_part(line.school, link.month) else None
    return programme.quotas.helper if programme.is_helper(line.school, month) else programme.quotas.helped


def _days(corpus: Corpus, line: ClosedSchool, end: dt.date, cores: Mapping[str, Core]) -> Iterator[str]:
    """Yield the records, unchanged since, that stand among those in time and came late, or the reverse."""
    for record in (*line.records, *line.late):
        there = corpus.by_key.get(record.record)
        if there is None or not there.knows("reported") or not matches_digest(there, record.text, cores):
            continue
        if (there.data.reported <= end) is not (record in line.records):
            listed = "计入" if record in line.records else "逾期"
            yield f"{record.number} 上报日期是 {there.data.reported}，却列在{listed}里"


def _amended_figures(corpus: Corpus, link: Link) -> Iterator[str]:
    """Yield the schools whose figure, after a month's last amendment, is not the number of counted records."""
    closed = corpus.find_settlement(int(link.month[:4])).months.get(link.month)
    for school, line in closed.schools.items() if closed else ():
        if line.counted != len(line.keys):
            yield f"{corpus.name_school(school)}计入写的是 {line.counted} 项，更正以后应是 {len(line.keys)} 项"
        elif line.status == Status.EXCUSED.value:
            continue
        elif (line.status == Status.MET.value) is not (line.counted >= line.quota):
            label = Status(line.status).label
            yield f"{corpus.name_school(school)}应完成 {line.quota} 项，计入 {line.counted} 项，结论却是“{label}”"


def _digests(corpus: Corpus, link: Link) -> Iterator[str]:
    """Yield the records of a closing that are not as it says, unless an amendment says why."""
    settlement = corpus.find_settlement(int(link.month[:4]))
    for line in link.closing.schools if link.closing else ():
        for record in (*line.records, *line.late):
            there = corpus.by_key.get(record.record)
            if record.record in settlement.changes or there is None:
                continue
            if not matches_digest(there, record.text, settlement.cores):
                yield f"{record.number} 文字的校验值"
            elif digest_photos(there) != record.photos:
                yield f"{record.number} 图片的校验值"


def _serials(links: tuple[Link, ...], registered: dict[str, str]) -> _Found:
    """Report a gap where the register does not already name what is missing."""
    if registered.keys() - {link.name for link in links}:
        return
    for place, link in enumerate(links, 1):
        if link.serial != place:
            message = (
                f"{_called(link.name)}写的是第 {link.serial} 环，按先后应是第 {place} 环：中间缺了，或写重了"
            )
            yield make_problem(RULE.slug, link.record.find_span("serial"), message, _RESTORE)
            return


def _programme(corpus: Corpus, bureau: BureauRecords, links: tuple[Link, ...]) -> _Found:
    programme = corpus.find_programme(bureau.year)
    if not links or programme is None or bureau.programme is None:
        return
    for before, link in itertools.pairwise(links):
        if link.closing and link.programme != before.programme:
            message = f"{_called(link.name)}的方案校验值 {shorten_digest(link.programme)} 与上一环的 {shorten_digest(before.programme)} 不同"
            yield make_problem(RULE.slug, link.record.find_span("programme"), message, _RESTORE)
    head, now = links[-1], digest_programme(programme)
    if head.programme != now and (gone := find_dropped_months(corpus, bureau.year)):
        for found in gone:
            span, line = locate_months(corpus, bureau.year, found.month)
            message = f"在{_called(head.name)}以后，方案里少了 {found.month}：{'，'.join(describe_dropped_month(found))}"
            fix = f"加回去：{line}；确实取消的，登记更正：pairing amend {head.month} --reason 原因 --decided-by 决定人"
            yield make_problem(RULE.slug, span, message, fix)
    elif head.programme != now:
        message = (
            f"方案里的月份、截止日、数量要求或帮扶对子，在{_called(head.name)}以后改动过："
            f"校验值当时是 {shorten_digest(head.programme)}，现在是 {shorten_digest(now)}"
        )
        fix = f"改回去；确实要改的，登记更正：pairing amend {head.month} --reason 原因 --decided-by 决定人"
        yield make_problem(RULE.slug, bureau.programme.find_span("quotas", key=True), message, fix)
    for month in corpus.find_settlement(bureau.year).months.values():
        if changed := tuple(list_month_differences(corpus, programme, month)):
            yield _report_changed_month(bureau.programme, programme, month.month, changed)


def _report_changed_month(
    record: YamlRecord, programme: Programme, month: str, found: tuple[MonthDifference, ...]
) -> Diagnostic:
    """Report all that the programme now says otherwise of a closed month, at the first of it."""
    first = found[0]
    if first.kind == "deadline" and month in programme.deadlines:
        span = record.find_span("deadlines", month, "date")
    elif first.kind == "excused" and month in programme.cancelled:
        span = record.find_span("cancelled", month, key=True)
    elif first.kind == "excused":
        places = [
            n for n, e in enumerate(programme.excused) if e.school == first.school and month in e.months
        ]
        span = record.find_span("excused", places[0])
    else:
        span = record.find_span("pairings", key=True)
    more = f"；还有 {len(found) - _MOST_HINTS} 处" if len(found) > _MOST_HINTS else ""
    message = f"{month} 已经结账，方案里这个月后来改过：{_first(each.words for each in found)}{more}"
    fix = f"改回去；确实要改的，登记更正：pairing amend {month} --reason 原因 --decided-by 决定人"
    return make_problem(RULE.slug, span, message, fix)


RULE = Rule(
    slug="closing-chain",
    requirement="assessment",
    severity=Severity.ERROR,
    summary="结账和更正一份不缺、没有改动",
    check=_check,
    text=__doc__,
    heeds_seals=True,
)
