"""The home page: the county's progress, the matrix of months, and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.accounts.months import find_deadline, name_month
from generator.documents import safe_html
from generator.plumbing.chinese_days import format_chinese_date
from generator.site.pages.matrix import make_matrix
from generator.site.pages.page import Page
from generator.site.pages.site import Site
from generator.site.pages.trends import Trends, make_trends
from generator.site.pages.view import PublicActivity
from generator.site.pages.year_progress import Standing, describe_standing
from generator.site.pages.yearly import YearLinks, make_yearly

LATEST = 6
RECENT = 40
"""From so many newest activities the latest are chosen."""
NAMED_DEBTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bulletin:
    month_name: str
    number: int
    url: str


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the county's page of every year; the running year's is the home page, too."""
    for year in reversed(site.years or (site.year,)):
        for page in make_yearly(site, "", year, site.years, partial(_page, site, year)):
            yield replace(page, canonical="")  # the home page holds more than its year's


def _page(site: Site, year: int, url: str, years: YearLinks) -> Page:
    account = site.ledgers.get(year)
    programme = site.programmes.get(year)
    title = f"{programme.county}{programme.year}年结对帮扶档案" if programme else "结对帮扶档案"
    state = describe_standing(site, account) if account else None
    shown = [a for a in site.activities if not url or a.year == year]
    return Page(
        url=url,
        section="home",
        title=title,
        description=f"{title}：各校（园）每月帮扶活动的完成情况、活动记录、图片和工作简报。",
        body=site.render_template(
            "home.html",
            url,
            years=years,
            trends=None if url else _trends(site),
            year=year,
            title=title,
            today=format_chinese_date(site.today),
            programme=programme,
            state=state,
            sentence=_sentence(state) if state else "",
            named_debts=NAMED_DEBTS,
            matrix=make_matrix(site, account) if account else None,
            latest=_latest(shown),
            bulletin=_bulletin(site, year),
            numbers=_numbers(site, year),
            text="" if url else safe_html.render_own(site.home),
        ),
        styles=("matrix", "cards", "home"),
        modified=max((a.reported for a in shown), default=None),
    )


def _trends(site: Site) -> Trends | None:
    def of_year(year: int) -> list[PublicActivity]:
        return [activity for activity in site.activities if activity.year == year]

    return make_trends(site, lambda account, cell: True, of_year)


def _sentence(state: Standing) -> str:
    missed = f"另有{len(state.debts)}个月度任务到期未完成。" if state.debts and state.phase != "over" else ""
    return state.cancelled + _now(state) + missed


def _now(state: Standing) -> str:
    if state.phase == "over":
        if not state.months_due - state.months_met:
            return f"本年度已结束，{state.schools}所校（园）{state.months}个月的帮扶任务全部完成。"
        return f"本年度已结束，{state.months_due}个月度任务完成{state.months_met}个。"
    left = "今天截止" if not state.days else f"还有{state.days}天"
    if state.phase == "month":
        return (
            f"{state.month_name}材料{state.deadline_text}截止{state.moved}，{left}；"
            f"{state.schools}所校（园）中{state.met}所已完成。"
        )
    if state.phase == "before":
        return f"本年度从{state.month_name}开始，首批材料{state.deadline_text}{state.moved}前上报。"
    return f"下一个帮扶月是{state.month_name}，材料{state.deadline_text}{state.moved}前上报。"


def _latest(shown: Sequence[PublicActivity]) -> tuple[PublicActivity, ...]:
    """Return the latest activities with a photo, of different measures where possible."""
    newest = [a for a in reversed(shown) if a.photos] or list(reversed(shown))
    first_of_measure = {a.measure: a for a in reversed(newest[:RECENT])}
    varied = [a for a in newest[:RECENT] if first_of_measure[a.measure] is a]
    others = [a for a in newest[:RECENT] if first_of_measure[a.measure] is not a]
    chosen = {a.key for a in (varied + others)[:LATEST]}
    return tuple(a for a in newest[:RECENT] if a.key in chosen)


def _bulletin(site: Site, year: int) -> _Bulletin | None:
    programme = site.programmes.get(year)
    if programme is None:
        return None
    past = [
        m for m in programme.months if programme.list_members(m) and find_deadline(programme, m) < site.today
    ]
    if not past:
        return None
    note = site.corpus.bureau[year].bulletins.get(past[-1])
    return _Bulletin(
        month_name=name_month(past[-1]),
        number=(note.data.number if note else None) or len(past),
        url=f"bulletins/{past[-1]}/",
    )


def _numbers(site: Site, year: int) -> tuple[tuple[str, int, str], ...]:
    account = site.ledgers.get(year)
    if account is None:
        return ()
    done = [a for cell in account.cells.values() for a in cell.activities]
    online = sum(a.data.direction == "online" for a in done)
    staff = sum(a.data.staff.sent for a in done)
    photos = sum(len(a.photos) for a in site.activities if a.year == year)
    return (
        ("帮扶活动", len(done), "项"),
        ("其中线上", online, "项"),
        ("派出骨干", staff, "人次"),
        ("公开图片", photos, "张"),
    )
