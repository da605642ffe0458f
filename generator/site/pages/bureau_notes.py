"""The bureau's own records as pages show them: address, masked texts, photos."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from generator.archive.privacy import mask_private_words
from generator.documents import safe_html
from generator.documents.bulletin import collect_private_names
from generator.records import NoteRecord, YamlRecord
from generator.site.pages.photo_figures import Figure, Withheld, list_withheld, make_figures
from generator.site.pages.public_values import publish_photos
from generator.site.pages.site import Site
from generator.site.pages.view import SchoolView

STYLES = ("cards", "seals", "visits")
PHOTO_STYLES = ("photos", "activity", *STYLES)
SCRIPTS = ("lightbox",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A page of the section as its navigation names it."""

    url: str
    label: str
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A note's page. ``key`` names the record; ``words`` is its text without mark-up, ``figures`` its photos."""

    key: str
    url: str
    title: str
    html: Markup
    words: str
    figures: tuple[Figure, ...]
    withheld: tuple[Withheld, ...]
    source_url: str
    history_url: str

    @property
    def styles(self) -> tuple[str, ...]:
        """The style sheets that the page needs."""
        return PHOTO_STYLES if self.figures or self.withheld else STYLES

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that the page needs."""
        return SCRIPTS if self.figures else ()


def make_note_url(record: YamlRecord) -> str:
    """Return the site path of one of the bureau's records: ``inspections/2020-05-28-heiquan/``."""
    _, _, year, folder, name = record.file.path.split("/")
    slug = name.rpartition(".")[0]
    # Without the year in their names they would collide with another year's.
    # The year alone is the address of the year's index.
    named = slug.startswith(year) and slug != year
    return f"{folder}/{slug}/" if named else f"{folder}/{year}-{slug}/"


def list_tabs(here: str, url: str) -> tuple[Tab, ...]:
    """Return the section's navigation; ``here`` is the index that is shown, ``url`` its address, of a year or without.

    Who reads a year goes on reading that year.
    """
    tail = url.removeprefix(here)
    found = (
        ("inspections/", "核查与抽签"),
        ("surveys/", "问卷"),
        ("events/", "“名园+”"),
        ("assessment/", "学期考核"),
    )
    return tuple(Tab(url=url + tail, label=label, here=url == here) for url, label in found)


def list_private_names(site: Site, year: int) -> tuple[str, ...]:
    """Return the names to mask in the bureau's texts of a year: those of every school."""
    return collect_private_names(site.corpus, year)


def view_note(site: Site, record: NoteRecord) -> NoteView:
    """Return a note as its page shows it."""
    private = list_private_names(site, record.year)
    text = safe_html.read_text(record.markdown.body, private)
    shown, hidden = publish_photos(site.corpus, record, site.photos) if record.data.photos else ((), ())
    return NoteView(
        key=record.key,
        url=make_note_url(record),
        title=mask_private_words(record.data.title, private),
        html=safe_html.write_html(text),
        words=text.words,
        figures=make_figures(shown, leading=False),
        withheld=list_withheld(hidden),
        source_url=site.make_source_url(record.file.path),
        history_url=site.make_history_url(record.file.path),
    )


def find_school(site: Site, year: int, identity: str) -> SchoolView | None:
    """Return a school that the year's programme knows, or None."""
    return site.schools[year].get(identity)
