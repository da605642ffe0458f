"""《基教管理》 on the site: one page a month that already looks like the printed document, and the index."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.bulletin import Bulletin, SchoolLine, bulletin, bulletin_months, private_names
from generator.ledger import Ledger, Status, deadline, month_name
from generator.pages import body
from generator.pages.open_data import bulletin_excerpt
from generator.pages.page import Page
from generator.pages.site import Site
from generator.pages.view import DIRECTIONS, PictureView, chinese_date, chinese_day

FINDINGS = {"confirmed": "属实", "doubtful": "存疑", "false": "虚报"}
_NUMBERS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issue:
    """A bulletin in the index; ``open`` while its month has not ended."""

    url: str
    number: int
    year: int
    month_name: str
    issued: str
    schools: int
    met: int
    total: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Neighbour:
    """The bulletin before or after."""

    url: str
    title: str


def pages(site: Site) -> Iterator[Page]:
    """Yield the bulletins of all years and their index."""
    found: list[Bulletin] = []
    for account in site.ledgers.values():
        found += (bulletin(site.corpus, account, month) for month in bulletin_months(account))
    for index, value in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        yield _page(site, value, before, after)
    yield _index(site, found)


def bulletin_url(month: str) -> str:
    """Return the site path of a month's bulletin."""
    return f"bulletins/{month}/"


def bulletin_title(value: Bulletin) -> str:
    """Return a bulletin's title: 《基教管理》2020年第3期."""
    return f"《{value.name}》{value.year}年第{value.number}期"


def summary(value: Bulletin) -> str:
    """Return the month in a sentence or two, as the bulletin begins."""
    schools = len(value.lines)
    met, late = value.count(Status.MET), value.count(Status.LATE)
    counts = [(met, "完成"), (late, "逾期")]
    counts += [(value.count(status), status.label) for status in (Status.SHORT, Status.MISSING)]
    counts.append((value.count(Status.OPEN), "待报"))
    state = "，".join(f"{count}所{what}" for count, what in counts if count)
    state = f"{schools}所校（园）中，{state}" if met < schools else f"{schools}所校（园）全部完成"
    ways = Counter(line.direction for line in value.activities)
    shares = "、".join(f"{name}{ways[key]}项" for key, name in DIRECTIONS.items() if ways[key])
    shares = f"，其中{shares}" if len(ways) > 1 or value.private else ""
    done = f"共开展帮扶活动{value.total}项" if value.total else "没有开展帮扶活动"
    return f"{value.month_name}应上报的{state}。{done}{shares}。"


def _page(site: Site, value: Bulletin, before: Bulletin | None, after: Bulletin | None) -> Page:
    url = bulletin_url(value.month)
    title = bulletin_title(value)
    names = private_names(site.corpus, value.year)
    settled = value.deadline < site.today
    words = summary(value)
    return Page(
        url=url,
        section="bulletins",
        title=f"{title}（{value.month_name}）",
        description=f"{title}：{words}",
        body=site.render(
            "bulletin.html",
            url,
            b=value,
            title=title,
            date=chinese_date(value.issued) if value.issued else f"截至{chinese_date(value.as_of)}",
            printed=f"{chinese_date(value.issued)}印发" if value.issued else "尚未印发",
            settled=settled,
            deadline=chinese_day(value.deadline),
            summary=words,
            note=body.render((value.note,), names=names)[0] if value.note else Markup(""),
            numbers=_NUMBERS,
            sections=_sections(value),
            pictures=_pictures(site, value),
            verdicts={line.school: _verdict(line) for line in value.owed},
            urls={
                line.school: f"{site.school_url(line.school, value.year)}#m{value.month}"
                for line in value.lines
            },
            clause_url=site.clause_url(value.deemed.id, value.year) if value.deemed else "",
            gallery=any(a.photos for a in site.activities if a.month == value.month),
            next_name=month_name(value.next_month) if value.next_month else "",
            findings=FINDINGS,
            before=_neighbour(before),
            after=_neighbour(after),
            day=chinese_day,
        ),
        styles=("bulletin",),
        modified=value.issued
        or max((site.by_key[line.key].reported for line in value.activities), default=None),
        excerpt=bulletin_excerpt(value, url, title, words),
    )


def _sections(value: Bulletin) -> tuple[str, ...]:
    """Return the sections that the bulletin has, in order; their place gives the number."""
    there = {
        "completion": True,
        "owed": bool(value.owed),
        "activities": bool(value.total),
        "highlights": bool(value.highlights),
        "visits": bool(value.visits or value.events),
        "term": bool(value.measures),
        "next": bool(value.next_tasks),
    }
    return tuple(name for name, is_there in there.items() if is_there)


def _pictures(site: Site, value: Bulletin) -> dict[str, PictureView]:
    """Return the first photo of each highlighted activity that has one."""
    praised = (site.by_key[praise.activity.key] for praise in value.highlights)
    return {activity.key: activity.photos[0].picture for activity in praised if activity.photos}


def _verdict(line: SchoolLine) -> str:
    if line.status is Status.MISSING:
        return f"应完成{line.quota}项，没有上报"
    parts = [f"应完成{line.quota}项"]
    parts += [f"按时上报{line.on_time}项"] if line.on_time else []
    parts += [f"逾期上报{line.late}项"] if line.late else []
    parts += [f"还差{line.quota - line.on_time - line.late}项"] if line.status is Status.SHORT else []
    return "，".join(parts)


def _neighbour(value: Bulletin | None) -> _Neighbour | None:
    if value is None:
        return None
    return _Neighbour(
        url=bulletin_url(value.month), title=f"{value.year}年第{value.number}期 {value.month_name}"
    )


def _index(site: Site, found: list[Bulletin]) -> Page:
    programme = site.programmes.get(site.year)
    account = site.ledgers.get(site.year)
    name = programme.bulletin if programme else "工作简报"
    years: dict[int, list[_Issue]] = {}
    for value in reversed(found):
        years.setdefault(value.year, []).append(_issue(value, site.today))
    title = f"《{name}》工作简报"
    url = "bulletins/"
    return Page(
        url=url,
        section="bulletins",
        title=title,
        description=f"{title}：每月反馈各校（园）帮扶工作的完成情况。",
        body=site.render(
            "bulletins.html",
            url,
            title=title,
            bulletin_name=name,
            years=tuple(years.items()),
            coming=_coming(account, found) if account else "",
        ),
        styles=("bulletin",),
        modified=max((value.issued for value in found if value.issued), default=None),
    )


def _issue(value: Bulletin, today: dt.date) -> _Issue:
    return _Issue(
        url=bulletin_url(value.month),
        number=value.number,
        year=value.year,
        month_name=value.month_name,
        issued=chinese_date(value.issued) if value.issued else "",
        schools=len(value.lines),
        met=value.count(Status.MET),
        total=value.total,
        open=value.deadline >= today,
    )


def _coming(account: Ledger, found: list[Bulletin]) -> str:
    """Say when the next bulletin comes, or "" after the last month."""
    there = {value.month for value in found}
    following = next((m for m in account.programme.months if m not in there), None)
    if following is None:
        return ""
    return f"{month_name(following)}的简报在{chinese_date(deadline(account.programme, following))}截止上报之后印发。"
