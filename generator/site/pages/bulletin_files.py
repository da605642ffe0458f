"""The bulletins' documents on the site: each issued one as PDF, Word, text and Markdown beside its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.documents.bulletin import Bulletin, compose_bulletin, list_bulletin_months
from generator.documents.bulletin.formats import (
    DOCUMENT_CACHE,
    FORMATS,
    SUFFIXES,
    DocumentCache,
    Format,
    make_document,
)
from generator.documents.bulletin.illustrations import Illustration, choose_illustrations
from generator.site.pages.pictures import AlbumPhotos
from generator.site.pages.site import Site

_LABELS: dict[Format, tuple[str, str]] = {
    "pdf": ("PDF", "打印、存档"),
    "docx": ("Word", "可以修改"),
    "text": ("纯文本", "发钉钉、微信"),
    "markdown": ("Markdown", ""),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A document to be had. ``file`` is its name beside the page."""

    file: str
    label: str
    purpose: str


def list_downloads(value: Bulletin) -> tuple[Download, ...]:
    """Return a bulletin's documents; there are none before it is issued, since its figures still move."""
    if not value.issued:
        return ()
    return tuple(
        Download(file=f"{value.month}{SUFFIXES[form]}", label=_LABELS[form][0], purpose=_LABELS[form][1])
        for form in FORMATS
    )


def write_bulletin_files(site: Site, folder: Path) -> None:
    """Put every issued bulletin's documents below the site's folder."""
    cache = DocumentCache(folder=site.corpus.root / DOCUMENT_CACHE)
    for value in _issued(site):
        url = f"bulletins/{value.month}/"
        place = folder / url
        place.mkdir(parents=True, exist_ok=True)
        photos = _photos(site, value)
        link = f"{site.site_url}{url}" if site.site_url else None
        for form in FORMATS:
            data = make_document(value, photos, form, link=link, cache=cache)
            (place / f"{value.month}{SUFFIXES[form]}").write_bytes(data)
    cache.remove_unwanted()


def _issued(site: Site) -> Iterator[Bulletin]:
    for account in site.ledgers.values():
        for month in list_bulletin_months(account):
            value = compose_bulletin(site.corpus, account, month)
            if value.issued:
                yield value


def _photos(site: Site, value: Bulletin) -> dict[str, Illustration]:
    if isinstance(site.photos, AlbumPhotos):
        return choose_illustrations(site.corpus, value, site.photos.album)
    return {}
