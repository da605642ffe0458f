"""The site as one value, computed once from the archive; every page reads it, and nothing else.

A page builder is a function `make_pages(site) -> Iterator[Page]` in a module of its own; `generator.site.prepare`
calls them all. Since a page depends on this value alone, any process can make any page.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jinja2 import Template

from generator.accounts.assessment.publication import Result, list_results
from generator.accounts.inspection_results import InspectedRecord, group_by_activity
from generator.accounts.ledger import Ledger, make_ledger
from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.documents import safe_html
from generator.documents.markup import remove_invisible
from generator.records.models import PARTS, Programme
from generator.site.forge import Forge
from generator.site.pages.example_words import ExampleWords
from generator.site.pages.page import make_path_to_root
from generator.site.pages.public_values import list_schools, publish_activities
from generator.site.pages.templates import make_environment
from generator.site.pages.view import NoPhotos, Part, Photos, PublicActivity, SchoolView

LATEST = 40
"""So many entries the feed has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that the pages show, computed once.

    year: the running programme's (today's when there is none).   years: oldest first.
    schools: by year and id, in the order of the pairings.
    activities: the public ones of all years, in order of date.
    of_school, of_pairing: the same by (year, school id) and by (year, helper id), in order of date.
    pictured: (year, measure id) of what has a public photo, and so a gallery.
    latest: keys of the activities that the feed may show.
    assessments: the terms that are over and assessed, oldest first.
    inspected: what inspections looked at, by the activity's key, in order of date.
    photos: the published pictures; a public activity already holds its own.
    home, data: the Markdown of content/home.md and content/data.md.
    site_url: with a final slash, or "".   repo_url: without one, or None.
    forge: where the page 填报 opens requests, or None.
    words: puts this county's words into texts of ours that speak of another's.
    """

    corpus: Corpus
    today: dt.date
    year: int
    years: tuple[int, ...]
    programmes: Mapping[int, Programme]
    ledgers: Mapping[int, Ledger]
    schools: Mapping[int, Mapping[str, SchoolView]]
    activities: tuple[PublicActivity, ...]
    by_key: Mapping[str, PublicActivity]
    of_school: Mapping[tuple[int, str], tuple[PublicActivity, ...]]
    of_pairing: Mapping[tuple[int, str], tuple[PublicActivity, ...]]
    pictured: frozenset[tuple[int, str]]
    latest: frozenset[str]
    assessments: tuple[Result, ...]
    inspected: Mapping[str, tuple[InspectedRecord, ...]]
    photos: Photos
    home: str
    data: str
    site_url: str
    repo_url: str | None
    forge: Forge | None
    words: ExampleWords

    def load_template(self, name: str) -> Template:
        """Return a template of theme_overrides/pages; compiled once a process."""
        return make_environment().get_template(name)

    def render_template(self, name: str, url: str, **values: object) -> str:
        """Render a template for the page at `url`; `base` and `site` are always there."""
        return self.load_template(name).render(values, base=make_path_to_root(url), site=self)

    def render_parts(self, activity: PublicActivity) -> tuple[Part, ...]:
        """Render the written parts of an activity, in the order of 五-3, then whatever else it holds."""
        sections = {s.title: s.text for s in reversed(activity.record.markdown.sections)}
        titles = [*PARTS, *(s.title for s in activity.record.markdown.sections if s.title not in PARTS)]
        names = activity.record.data.private
        texts = ((title, safe_html.read_text(sections.get(title, ""), names)) for title in titles)
        return tuple(
            Part(
                title=mask_private_words(remove_invisible(title), names),
                html=safe_html.write_html(text),
                words=text.words,
            )
            for title, text in texts
        )

    def make_year_path(self, folder: str, year: int) -> str:
        """Return the site path of a page that exists once a year; it never changes."""
        return f"{folder}{year}/"

    def make_school_url(self, school: str, year: int) -> str:
        """Return the site path of a school's page for a year."""
        return self.make_year_path(f"schools/{school}/", year)

    def make_pairing_url(self, helper: str, year: int) -> str:
        """Return the site path of a pairing's page for a year."""
        return self.make_year_path(f"pairings/{helper}/", year)

    def make_clause_url(self, clause: str, year: int) -> str:
        """Return the site path of a clause on the plan's page, or "" when the plan has no such clause."""
        bureau = self.corpus.bureau.get(year)
        found = bureau.plan.find_clause(clause) if bureau and bureau.plan else None
        return f"{self.make_year_path('plan/', year)}#{found.anchor}" if found else ""

    def measure_url(self, measure: str, year: int, clause_url: str) -> str:
        """Return the site path of a measure's gallery of a year, or of its clause while it has no picture."""
        return f"galleries/measures/{measure}/{year}/" if (year, measure) in self.pictured else clause_url

    def words_of(self, year: int) -> ExampleWords:
        """Return the words that stand for ours on a page of a year."""
        return replace(self.words, programme=self.programmes.get(year))

    def make_source_url(self, path: str) -> str:
        """Return the address of a record's source on the forge, or "" without one."""
        return f"{self.repo_url}/blob/HEAD/{path}" if self.repo_url else ""

    def make_history_url(self, path: str) -> str:
        """Return the address of a record's history on the forge, or "" without one."""
        return f"{self.repo_url}/commits/HEAD/{path}" if self.repo_url else ""


def compute_site(
    corpus: Corpus,
    *,
    today: dt.date,
    photos: Photos | None = None,
    site_url: str = "",
    repo_url: str | None = None,
    forge: Forge | None = None,
    home: str = "",
    data: str = "",
) -> Site:
    """Compute a site's values from a corpus as of a day."""
    years, year = corpus.years, corpus.find_running_year(today) or today.year
    programmes = {year: programme for year in years if (programme := corpus.find_programme(year))}
    ledgers = {year: account for year in years if (account := make_ledger(corpus, year, today))}
    schools = {year: list_schools(corpus, programme, today) for year, programme in programmes.items()}
    photos = photos or NoPhotos()
    activities = publish_activities(corpus, programmes, schools, photos, today)
    of_school: defaultdict[tuple[int, str], list[PublicActivity]] = defaultdict(list)
    of_pairing: defaultdict[tuple[int, str], list[PublicActivity]] = defaultdict(list)
    for activity in activities:
        of_school[activity.year, activity.school.id].append(activity)
        of_pairing[activity.year, activity.helper].append(activity)
    return Site(
        corpus=corpus,
        today=today,
        year=year,
        years=years,
        programmes=programmes,
        ledgers=ledgers,
        schools=schools,
        activities=activities,
        by_key={activity.key: activity for activity in activities},
        of_school={key: tuple(found) for key, found in of_school.items()},
        of_pairing={key: tuple(found) for key, found in of_pairing.items()},
        pictured=frozenset((a.year, a.measure) for a in activities if a.photos),
        latest=frozenset(
            a.key for a in heapq.nlargest(LATEST, activities, key=lambda a: (a.reported, a.key))
        ),
        assessments=list_results(corpus, today),
        inspected={key: found for year in years for key, found in group_by_activity(corpus, year).items()},
        photos=photos,
        home=home,
        data=data,
        site_url=site_url,
        repo_url=repo_url,
        forge=forge,
        words=ExampleWords(corpus=corpus, programme=programmes.get(year)),
    )
