"""The page 填报, on which a school writes a record and hands it in, and the data that fills its form."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.accounts.months import name_month
from generator.accounts.plan_tasks import TaskState, list_tasks
from generator.archive.privacy import mask_private_words
from generator.records.models import DIRECTIONS, PARTS, Programme
from generator.site.open_data.archive_json import encode_json
from generator.site.pages.page import Page
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site
from generator.site.pages.write_scripts import has_module, list_modules, make_service_worker, read_scripts
from generator.site.shell import POLICY

URL = "write/"
STYLES = ("write",)

_LATER = ("checker", "forges")
"""Modules of the page that it can do without: what they do is offered where they are."""
_SUGGESTED = 6


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the page, with its data: an index, and a file for every school of the newest programme."""
    programme = site.programmes.get(site.year)
    files = {**read_scripts(), f"{URL}index.json": _encode(_index(site, programme))}
    for school in site.schools.get(site.year, {}):
        files[f"{URL}{school}.json"] = _encode(_school(site, school))
    body = site.render_template("write.html", URL, parts=PARTS, directions=DIRECTIONS)
    files[f"{URL}sw.js"] = make_service_worker(
        (body.encode(), encode_json(site.corpus.has_sample)), site.forge.kind if site.forge else None
    )
    yield Page(
        url=URL,
        section="write",
        title="填报",
        description="用手机填写帮扶活动记录：从计划表开始，加上照片，检查后交给教育局。",
        body=body,
        styles=STYLES,
        modules=list_modules(),
        policy=_policy(site),
        files=files,
    )


def _policy(site: Site) -> str:
    """The site's own policy, but for a worker with WebAssembly, photos in memory, and the one host of the forge's API."""
    api = f" {site.forge.origin}" if site.forge else ""
    own = {
        "script-src": "'self' 'wasm-unsafe-eval'",
        "worker-src": "'self'",
        "img-src": "'self' blob: data:",
        "connect-src": f"'self'{api}",
        "form-action": "'none'",
    }
    directives = dict(part.split(" ", 1) for part in POLICY.split("; ")) | own
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def _index(site: Site, programme: Programme | None) -> dict[str, object]:
    """What every school needs: the schools, the measures with the plan's words, the terms."""
    bureau = site.corpus.bureau.get(site.year)
    plan = bureau.plan if bureau else None
    return {
        "version": 1,
        "year": site.year,
        "sample": site.corpus.has_sample,
        "office": f"{programme.issuer}{programme.office}" if programme else "",
        "schools": [
            {"id": s.id, "name": s.name, "short": s.short, "kind": s.kind_name}
            for s in site.schools.get(site.year, {}).values()
        ],
        "terms": [
            {"name": t.name, "starts": t.starts.isoformat(), "ends": t.ends.isoformat()}
            for t in (programme.terms if programme else ())
        ],
        "measures": [
            {
                "id": measure.id,
                "name": name_measure(measure),
                "clause": measure.clause,
                "clause_url": site.make_clause_url(measure.clause, site.year),
                "quote": clause.quote if plan and (clause := plan.find_clause(measure.clause)) else "",
                "expects": {
                    by: [e.text for e in measure.expectations if e.by == by and e.kind != "document"]
                    for by in ("helper", "helped")
                },
                "by_grade": [e.by for e in measure.expectations if e.kind == "grades"],
            }
            for measure in (programme.measures if programme else ())
        ],
        "repository": site.repo_url,
        "forge": dataclasses.asdict(site.forge) if site.forge else None,
        "modules": _list_modules(),
    }


def _school(site: Site, school: str) -> dict[str, object]:
    """What a school's own form needs, all of it public: what is due, its plan, names that are taken, its usual words."""
    account = site.ledgers[site.year]
    schools = site.schools[site.year]
    view = schools[school]
    activities = site.of_school.get((site.year, school), ())
    taken: dict[str, list[str]] = {}
    for activity in activities:
        taken.setdefault(activity.month, []).append(activity.record.folder)
    return {
        "id": view.id,
        "name": view.name,
        "short": view.short,
        "kind": view.kind_name,
        "helper": view.is_helper,
        "year": site.year,
        "sample": site.corpus.has_sample,
        "partners": [
            {"id": other.id, "name": other.name, "short": other.short}
            for other in schools.values()
            if other.helper == view.helper and other.id != school
        ],
        "months": [
            {
                "month": cell.month,
                "name": name_month(cell.month),
                "deadline": cell.deadline.isoformat(),
                "quota": cell.quota,
                "on_time": cell.on_time,
                "late": cell.late,
                "closed": cell.closed,
            }
            for cell in account.find_row(school)
        ],
        "plan": [
            {
                "id": task.row.id,
                "month": task.row.month,
                "date": task.row.date.isoformat() if task.row.date else None,
                "task": mask_private_words(task.row.task),
                "measure": task.row.measure,
                "lead": mask_private_words(task.row.lead) if task.row.lead else None,
                "done": task.state in (TaskState.DONE, TaskState.LATE),
            }
            for task in list_tasks(site.corpus, site.year, school, site.today)
        ],
        "taken": {month: sorted(names) for month, names in sorted(taken.items())},
        "leads": _list_usual(activity.lead for activity in activities),
        "places": _list_usual(activity.place for activity in activities),
    }


def _list_usual(words: Iterable[str]) -> list[str]:
    """The words that come most often, the most frequent first; the earlier one of two as frequent."""
    return [word for word, _ in Counter(filter(None, words)).most_common(_SUGGESTED)]


def _list_modules() -> list[str]:
    return [name for name in _LATER if has_module(name)]


def _encode(value: object) -> bytes:
    return encode_json(value) + b"\n"
