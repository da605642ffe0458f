"""Pages of the bulletin 《基教管理》: one a month, laid out like the printed document, and the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.accounts.ledger import Ledger, Status
from generator.accounts.months import find_deadline, name_month
from generator.documents.bulletin import Bulletin, compose_bulletin, list_bulletin_months, phrases
from generator.documents.bulletin.outline import make_outline
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.site.pages.bulletin_files import list_downloads
from generator.site.pages.excerpts import excerpt_bulletin
from generator.site.pages.page import Page
from generator.site.pages.site import Site
from generator.site.pages.view import PictureView
from generator.site.pages.yearly import YearLinks, make_yearly


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


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the bulletins, one leading to the next through all years, and the index of each year."""
    found: list[Bulletin] = []
    for account in site.ledgers.values():
        found += (compose_bulletin(site.corpus, account, month) for month in list_bulletin_months(account))
    for index, value in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        yield _page(site, value, before, after)
    for year in reversed(site.years or (site.year,)):
        of_year = [value for value in found if value.year == year]
        yield from make_yearly(site, "bulletins/", year, site.years, partial(_index, site, year, of_year))


def make_bulletin_url(month: str) -> str:
    """Return the site path of a month's bulletin."""
    return f"bulletins/{month}/"


def _changed(site: Site, value: Bulletin) -> dt.date | None:
    """Return the last day on which an issued bulletin changed: its own, or that of an amendment of its month."""
    amended = [
        record.data.amended
        for record in site.corpus.bureau[value.year].amendments.values()
        if record.complete and record.data.month == value.month
    ]
    return max((value.issued, *amended)) if value.issued else None


def _page(site: Site, value: Bulletin, before: Bulletin | None, after: Bulletin | None) -> Page:
    url = make_bulletin_url(value.month)
    title = phrases.format_bulletin_title(value)
    summary = phrases.summarise_month(value)
    contents = make_outline(value)
    return Page(
        url=url,
        section="bulletins",
        title=f"{title}（{value.month_name}）",
        description=f"{title}：{summary}",
        body=site.render_template(
            "bulletin.html",
            url,
            b=value,
            title=title,
            date=phrases.format_date_line(value),
            imprint=phrases.list_imprint_lines(value),
            printed=phrases.format_printed_line(value),
            state=phrases.describe_state(value),
            summary=summary,
            share=phrases.format_share,
            term_share=phrases.format_term_share,
            count_group=phrases.count_group,
            excuses=[phrases.describe_excuse(line) for line in value.excuses],
            reservations=phrases.list_reservations,
            filed=any(line.filing for line in value.activities),
            headings={section.key: heading for heading, section in contents.list_headings()},
            pictures=_pictures(site, value),
            verdicts={line.school: phrases.describe_shortfall(line) for line in value.owed},
            private=phrases.describe_private(value),
            term_summary=phrases.summarise_term(value),
            inspections=[phrases.describe_inspection(line) for line in value.inspections],
            corrections=[phrases.describe_correction(each) for each in value.corrections],
            events=[phrases.describe_event(event) for event in value.events],
            coming=phrases.list_coming(value),
            urls={
                line.school: f"{site.make_school_url(line.school, value.year)}#m{value.month}"
                for line in value.lines
            },
            clause_url=site.make_clause_url(value.deemed.id, value.year) if value.deemed else "",
            gallery=any(a.photos for a in site.activities if a.month == value.month),
            downloads=list_downloads(value),
            before=_neighbour(before),
            after=_neighbour(after),
            day=format_chinese_day,
        ),
        styles=("bulletin",),
        modified=value.issued
        or max((site.by_key[line.key].reported for line in value.activities), default=None),
        excerpt=excerpt_bulletin(value, url, title, summary, _changed(site, value)),
    )


def _pictures(site: Site, value: Bulletin) -> dict[str, PictureView]:
    """Return the first photo of each highlighted activity that has one."""
    praised = (site.by_key[praise.activity.key] for praise in value.highlights)
    return {activity.key: activity.photos[0].picture for activity in praised if activity.photos}


def _neighbour(value: Bulletin | None) -> _Neighbour | None:
    if value is None:
        return None
    return _Neighbour(
        url=make_bulletin_url(value.month), title=f"{phrases.format_issue_number(value)} {value.month_name}"
    )


def _index(site: Site, year: int, found: list[Bulletin], url: str, years: YearLinks) -> Page:
    programme = site.programmes.get(year)
    account = site.ledgers.get(year)
    name = programme.bulletin if programme else "工作简报"
    title = f"《{name}》工作简报"
    return Page(
        url=url,
        section="bulletins",
        title=f"{year}年{title}" if programme else title,
        description=f"{title}：每月反馈各校（园）帮扶工作的完成情况。",
        body=site.render_template(
            "bulletins.html",
            url,
            title=title,
            bulletin_name=name,
            years=years,
            tail=f"{year}/" if programme else "",
            year=year,
            issues=tuple(_issue(value, site.today) for value in reversed(found)),
            coming=_coming(account, found) if account else "",
        ),
        styles=("bulletin",),
        modified=max((value.issued for value in found if value.issued), default=None),
    )


def _issue(value: Bulletin, today: dt.date) -> _Issue:
    return _Issue(
        url=make_bulletin_url(value.month),
        number=value.number,
        year=value.year,
        month_name=value.month_name,
        issued=format_chinese_date(value.issued) if value.issued else "",
        schools=len(value.lines) - value.count_schools(Status.EXCUSED),
        met=value.count_schools(Status.MET),
        total=value.total,
        open=value.deadline >= today,
    )


def _coming(account: Ledger, found: list[Bulletin]) -> str:
    """Say when the next bulletin comes, or "" after the last month."""
    there = {value.month for value in found}
    following = next((m for m in account.programme.months if m not in there), None)
    if following is None:
        return ""
    return f"{name_month(following)}的简报在{format_chinese_date(find_deadline(account.programme, following))}截止上报之后印发。"
