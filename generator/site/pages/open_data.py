"""The archive as data: archive.json and the search index; public, masked, the same every time.

content/data.md documents every name in these files. `version` counts up when one is renamed or removed.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.accounts.ledger import Status
from generator.archive.privacy import mask
from generator.documents import safe_html
from generator.documents.bulletin import Bulletin
from generator.documents.bulletin.markdown import markdown
from generator.rules import RULES
from generator.site.pages.page import Excerpt, News
from generator.site.pages.site import Site
from generator.site.pages.view import Part, PublicActivity, PublicPhoto

VERSION = 1
SCHEMA = "schema/archive.schema.json"

_SEARCHED = 400
_SEARCHED_IN_ALL = 600_000
_WORDS = 160


def archive_json(site: Site, excerpts: Mapping[str, Excerpt]) -> bytes:
    """Return everything public as one JSON object, one item a line."""
    head = {
        "$schema": SCHEMA,
        "version": VERSION,
        "as_of": site.today.isoformat(),
        "sample": site.corpus.has_sample,
    }
    lists = {
        "programmes": map(_bytes, _programmes(site)),
        "schools": map(_bytes, _schools(site)),
        "months": map(_bytes, _months(site)),
        "assessments": map(_bytes, _assessments(site)),
        "activities": (excerpts[activity.url].record for activity in site.activities),
    }
    lines = [b"%s: %s" % (_bytes(key), _bytes(value)) for key, value in head.items()]
    lines += [b"%s: %s" % (_bytes(key), _list(items)) for key, items in lists.items()]
    return b"{\n%s\n}\n" % b",\n".join(lines)


def search_json(site: Site, excerpts: Mapping[str, Excerpt]) -> bytes:
    """Return what search.js looks through: url, title, kind, school, month and text of every page."""
    urls = [activity.url for activity in reversed(site.activities)]
    others = sorted(excerpts.keys() - set(urls))
    found = (*map(_bytes, _static_entries(site)), *(excerpts[url].search for url in (*others, *urls)))
    return _list(found) + b"\n"


def activity_excerpt(site: Site, activity: PublicActivity, parts: tuple[Part, ...]) -> Excerpt:
    """Return what the data files say of an activity."""
    # A phone downloads the whole index: the more activities, the fewer words of each.
    limit = max(60, min(_SEARCHED, _SEARCHED_IN_ALL // max(1, len(site.activities))))
    words = " ".join(part.words for part in parts if part.words)
    entry = _entry(
        activity.url,
        activity.title,
        activity.measure_name,
        activity.school.name,
        f"{activity.year}年{int(activity.month[5:])}月",
        words[:limit],
    )
    news = None
    if activity.key in site.latest:
        news = News(
            seed=activity.key,
            title=f"{activity.title}（{activity.school.name}）",
            url=activity.url,
            day=activity.reported,
            summary=words if len(words) <= _WORDS else f"{words[: _WORDS - 1]}…",
            category=activity.measure_name,
        )
    return Excerpt(record=_bytes(_activity(activity, parts)), search=_bytes(entry), news=news)


def bulletin_excerpt(value: Bulletin, url: str, title: str, text: str, changed: dt.date | None) -> Excerpt:
    """Return what the data files say of a bulletin, whose page is at ``url``; ``text`` is its summary.

    changed: the last day on which the bulletin changed, None while it is not issued.
    """
    title = f"{title}（{value.month_name}）"
    month = f"{value.year}年{int(value.month[5:])}月"
    news = None
    if value.issued and changed:
        news = News(
            seed=f"bulletin/{value.month}",
            title=title,
            url=url,
            day=changed,
            published=value.issued,
            summary=text,
            category="工作简报",
            content=str(safe_html.render(markdown(value), level=2)),
        )
    return Excerpt(search=_bytes(_entry(url, title, "工作简报", month=month, text=text)), news=news)


def page_excerpt(
    url: str, title: str, kind: str, text: str, files: Mapping[str, bytes] | None = None
) -> Excerpt:
    """Return what the search says of a page of some kind, and the files made together with it."""
    return Excerpt(search=_bytes(_entry(url, title, kind, text=text)), files=files or {})


def note_excerpt(url: str, title: str, kind: str, school: str, day: dt.date, text: str) -> Excerpt:
    """Return what the search says of a page of the bureau's records."""
    entry = _entry(url, title, kind, school, f"{day.year}年{day.month}月", text[:_SEARCHED])
    return Excerpt(search=_bytes(entry))


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _bytes(value: object) -> bytes:
    # Encoded piece by piece, where the pieces are made: the whole is long, and only put together in the end.
    return _json(value).encode()


def _list(items: Iterable[bytes]) -> bytes:
    lines = b",\n".join(items)
    return b"[\n%s\n]" % lines if lines else b"[]"


def _programmes(site: Site) -> Iterator[dict[str, Any]]:
    for year, programme in site.programmes.items():
        yield {
            "year": year,
            "county": programme.county,
            "title": programme.title,
            "months": list(programme.months),
            "terms": [
                {
                    "id": t.id,
                    "name": t.name,
                    "starts": t.starts.isoformat(),
                    "ends": t.ends.isoformat(),
                    "months": list(t.months),
                }
                for t in programme.terms
            ],
            "deadline_day": programme.deadline_day,
            "quotas": {"helper": programme.quotas.helper, "helped": programme.quotas.helped},
            "measures": [{"id": m.id, "name": m.name, "clause": m.clause} for m in programme.measures],
            "pairings": [{"helper": p.helper, "helped": list(p.helped)} for p in programme.pairings],
        }


def _schools(site: Site) -> Iterator[dict[str, Any]]:
    views = {id_: view for schools in site.schools.values() for id_, view in schools.items()}
    for view in views.values():
        yield {"id": view.id, "name": view.name, "kind": view.kind, "url": view.url}


def _months(site: Site) -> Iterator[dict[str, Any]]:
    for account in site.ledgers.values():
        for cell in account.cells.values():
            if cell.status is not Status.OFF:
                yield {
                    "school": cell.school,
                    "month": cell.month,
                    "status": cell.status.value,
                    "quota": cell.quota,
                    "on_time": cell.on_time,
                    "late": cell.late,
                    "owed": cell.owed,
                    "closed": cell.closed,
                }


def _assessments(site: Site) -> Iterator[dict[str, Any]]:
    for result in site.assessments:
        found = result.assessment
        yield {
            "term": found.name,
            "url": f"assessment/{found.name}/",
            "published": result.published.isoformat() if result.published else None,
            "items": [
                {
                    "id": item.id,
                    "name": mask(item.name),
                    "clause": item.clause,
                    "kind": item.kind,
                    "helper": item.helper,
                    "helped": item.helped,
                }
                for item in found.items
            ],
            "scores": [
                {
                    "school": score.school,
                    "side": score.side,
                    "total": float(score.total),
                    "full": score.full,
                    "lines": [
                        {
                            "item": line.item.id,
                            "points": line.points,
                            "got": line.got,
                            "of": line.of,
                            "zeroed": line.zeroed,
                            "score": float(line.score),
                        }
                        for line in score.lines
                    ],
                }
                for score in found.scores
            ],
        }


def _activity(activity: PublicActivity, parts: tuple[Part, ...]) -> dict[str, Any]:
    return {
        "key": activity.key,
        "number": activity.number,
        "url": activity.url,
        "school": activity.school.id,
        "date": activity.date.isoformat(),
        "reported": activity.reported.isoformat(),
        "late": activity.late,
        "title": activity.title,
        "measure": activity.measure,
        "clause": activity.clause,
        "partners": [school.id for school in activity.partners],
        "direction": activity.direction,
        "place": activity.place,
        "lead": activity.lead,
        "sent": activity.sent,
        "received": activity.received,
        "attendance": activity.attendance,
        "grades": list(activity.grades),
        "plan": activity.plan_row,
        "parts": [{"title": part.title, "html": str(part.html)} for part in parts],
        "photos": [_photo(photo) for photo in activity.photos],
        "withheld": [{"number": h.index + 1, "reason": h.reason or "unreadable"} for h in activity.hidden],
    }


def _photo(photo: PublicPhoto) -> dict[str, Any]:
    picture = photo.picture
    return {
        "url": picture.full,
        "width": picture.width,
        "height": picture.height,
        "caption": photo.caption,
        "number": photo.index + 1,
        "jpeg": picture.src,
        "colour": picture.colour,
    }


def _entry(
    url: str, title: str, kind: str, school: str = "", month: str = "", text: str = ""
) -> dict[str, str]:
    return {"u": url, "t": title, "k": kind, "s": school, "m": month, "x": text}


def _static_entries(site: Site) -> Iterator[dict[str, str]]:
    for view in site.schools.get(site.year, {}).values():
        profile = site.corpus.profile(view.id)
        words = safe_html.read(profile.profile).words if profile and profile.profile else ""
        yield _entry(view.url, view.name, view.kind_name, view.name, text=words)
        if view.is_helper:
            others = [s.name for s in site.schools[site.year].values() if s.helper == view.id and s != view]
            title = f"{view.name}帮扶对子"
            yield _entry(
                site.pairing_url(view.id, site.year), title, "帮扶对子", view.name, text="、".join(others)
            )
    bureau = site.corpus.bureau.get(site.year)
    for clause in bureau.plan.leaves if bureau and bureau.plan else ():
        title = f"{clause.id} {(clause.heading or '').rstrip('。')}".strip()
        yield _entry(site.clause_url(clause.id, site.year), title, "实施方案", text=clause.text)
    yield _entry("calendar/", "帮扶日历", "日历", text="各月上报截止的日期和观摩互促活动，可以订阅到手机")
    for rule in RULES:
        yield _entry(f"rules/{rule.slug}/", rule.summary, "校验规则", text=rule.documentation().checks)
