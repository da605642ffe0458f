"""附件3 of each school as Word and Excel files beside its page: filled in, or blank while there is no plan."""

from __future__ import annotations

from pathlib import Path

from generator.accounts.filing_numbers import find_filing_number
from generator.accounts.plan_tasks import list_tasks
from generator.documents.tables.docx_form import make_docx_form
from generator.documents.tables.plan_form import PlanForm, make_blank_form, make_filled_form
from generator.documents.tables.xlsx_form import make_xlsx_form
from generator.site.pages.site import Site

MOST = 200
"""So many schools' files are made: 12 ms a school. A larger archive has `pairing plan export`."""


def list_links(site: Site, year: int, school: str) -> tuple[tuple[str, str], ...]:
    """Return (name of the format, site path) of a school's files, none in a large archive."""
    if not _offered(site):
        return ()
    return tuple((name, _path(school, year, kind)) for name, kind in (("Word", "docx"), ("Excel", "xlsx")))


def write_plan_files(site: Site, folder: Path) -> None:
    """Write every school's files of every year below the site's folder."""
    if not _offered(site):
        return
    for year in site.years:
        for school in site.schools[year]:
            form = _form(site, year, school)
            if form is None:
                continue
            (folder / "schools" / school).mkdir(parents=True, exist_ok=True)
            (folder / _path(school, year, "docx")).write_bytes(make_docx_form(form))
            (folder / _path(school, year, "xlsx")).write_bytes(make_xlsx_form(form))


def _offered(site: Site) -> bool:
    return sum(len(schools) for schools in site.schools.values()) <= MOST


def _path(school: str, year: int, kind: str) -> str:
    return f"schools/{school}/plan-{year}.{kind}"


def _form(site: Site, year: int, school: str) -> PlanForm | None:
    """Return what the public may see: an activity that is not public is only counted."""
    rows = list_tasks(site.corpus, year, school, site.today)
    if not rows:
        return make_blank_form(site.corpus, year, school)
    return make_filled_form(
        site.corpus,
        year,
        school,
        rows,
        number=lambda key: find_filing_number(site.corpus, key),
        shown=lambda activity: activity.key in site.by_key,
    )
