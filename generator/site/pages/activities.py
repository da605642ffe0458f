"""Pages of activities: photos, facts, the written parts, findings and neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import Template

from generator.plumbing.chinese_days import format_chinese_date
from generator.site.pages.amendments import explain_lateness, explain_takedown, list_amendments
from generator.site.pages.excerpts import excerpt_activity
from generator.site.pages.findings import list_findings
from generator.site.pages.page import Page, make_path_to_root, make_shortest_link
from generator.site.pages.photo_figures import list_withheld, make_figures
from generator.site.pages.rosters import list_pairs, make_roster_url
from generator.site.pages.site import Site
from generator.site.pages.view import Part, PublicActivity

STYLES = ("activity",)
INSPECTED = ("seals",)
PHOTO_STYLES = ("photos", *STYLES)
SCRIPTS = ("lightbox",)

LEADING = 7
"""How many photos come before the text, the first of them large; the others follow it."""

_ANCHORS = {"方案": "plan", "措施": "measures", "记录": "record", "总结": "summary"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A written part with the anchor it has on the page."""

    anchor: str
    title: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Neighbours:
    """The activities before and after in one order."""

    label: str
    before: PublicActivity | None
    after: PublicActivity | None


def make_pages(site: Site, year: int, school: str) -> Iterator[Page]:
    """Yield the pages of one school's public activities of a year."""
    activities = site.of_school[year, school]
    template = site.load_template("activity.html")
    group = site.of_pairing[year, activities[0].helper]
    around = {a.key: place for place, a in enumerate(group)}
    for place, activity in enumerate(activities):
        neighbours = _joined(
            _neighbours("本园", activities, place), _neighbours("本对子", group, around[activity.key])
        )
        yield _page(site, template, activity, neighbours, site.make_school_url(school, year))


def _page(
    site: Site,
    template: Template,
    activity: PublicActivity,
    neighbours: tuple[_Neighbours, ...],
    school_url: str,
) -> Page:
    parts = site.render_parts(activity)
    source = activity.record.file.path
    findings = list_findings(site, activity.key)
    styles = PHOTO_STYLES if activity.photos or activity.hidden else STYLES
    date = format_chinese_date(activity.date)
    html = template.render(
        base=make_path_to_root(activity.url),
        link=partial(make_shortest_link, activity.url),
        a=activity,
        school_url=make_shortest_link(activity.url, school_url),
        date=date,
        reported=format_chinese_date(activity.reported),
        measure_url=site.measure_url(activity.measure, activity.year, activity.clause_url),
        partners=tuple((p, site.make_school_url(p.id, activity.year)) for p in activity.partners),
        people=_people(activity),
        duos=list_pairs(site, activity) if activity.record.data.pairs else (),
        roster_url=make_roster_url(site, activity.helper, activity.year)
        if activity.record.data.pairs
        else "",
        findings=findings,
        late_note=explain_lateness(site, activity) if activity.late else "",
        taken_note=explain_takedown(site, activity),
        amendments=list_amendments(site, activity),
        figures=make_figures(activity.photos) if activity.photos else (),
        leading=LEADING,
        withheld=list_withheld(activity.hidden) if activity.hidden else (),
        sections=tuple(_section(place, part) for place, part in enumerate(parts)),
        neighbours=tuple(n for n in neighbours if n.before or n.after),
        source_url=site.make_source_url(source),
        history_url=site.make_history_url(source),
    )
    return Page(
        url=activity.url,
        section="schools",
        # Schools report the same kind of activity again and again; a title must tell pages apart.
        title=f"{activity.title}，{activity.school.name}{date}",
        description=_description(activity, date),
        body=html,
        styles=(*styles, *INSPECTED) if findings else styles,
        scripts=SCRIPTS if activity.photos else (),
        modified=activity.reported,
        excerpt=excerpt_activity(site, activity, parts),
    )


def _neighbours(label: str, order: tuple[PublicActivity, ...], place: int) -> _Neighbours:
    return _Neighbours(
        label=label,
        before=order[place - 1] if place else None,
        after=order[place + 1] if place + 1 < len(order) else None,
    )


def _joined(own: _Neighbours, group: _Neighbours) -> tuple[_Neighbours, ...]:
    """Return both, or one where both lead to the same activities."""
    if own.before is group.before and own.after is group.after:
        return (replace(own, label=f"{own.label}、{group.label}"),)
    return own, group


def _section(place: int, part: Part) -> _Section:
    return _Section(anchor=_ANCHORS.get(part.title, f"part-{place + 1}"), title=part.title, html=part.html)


def _people(activity: PublicActivity) -> str:
    counts = (
        ("参加", activity.attendance),
        ("派出骨干", activity.sent),
        ("接待骨干", activity.received),
    )
    return "，".join(f"{name}{count}人" for name, count in counts if count)


def _description(activity: PublicActivity, date: str) -> str:
    return f"{activity.school.name}{date}开展的帮扶活动（{activity.measure_name}）：方案、措施、记录、总结和图片。"
