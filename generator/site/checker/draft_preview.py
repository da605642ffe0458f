"""Show a draft as the site would publish it, by the site's own template: one document without scripts.

It is meant for the `srcdoc` of a frame with an empty `sandbox`. Its photos are the draft's own, within the document;
its links lead nowhere, since such a frame opens no window.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from html import escape
from pathlib import Path

from generator.archive import Corpus, Photographed
from generator.records import ActivityRecord, PhotoFile
from generator.site.pages import activities
from generator.site.pages.page import Page, make_path_to_root
from generator.site.pages.site import compute_site
from generator.site.pages.view import PictureView
from generator.site.shell import format_head_elements

_SHELL_STYLES = ("tokens", "base", "shell")
_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WebP": "image/webp"}
_PHOTO = "draft-photo/"


def preview_activity(corpus: Corpus, record: ActivityRecord, today: dt.date, address: str) -> str:
    """Return the HTML document of a draft; "" when the site would not publish it as it is.

    corpus: holds the record, and its files lie below `corpus.root`.
    address: of the site, with a final slash, for the styles.
    """
    page = _make_page(corpus, record, today)
    if page is None:
        return ""
    address = escape(address)
    up = re.escape(make_path_to_root(page.url))
    body = re.sub(rf'(?<= )(href|src)="{up}', rf'\1="{address}', page.body)
    for photo in record.photo_files:
        place = f'="{address}{_PHOTO}{photo.name}"'
        body = body.replace(f"src{place}", f'src="{_embed(corpus.root, photo)}"')
        body = body.replace(f"href{place}", 'href="#photos"')
    styles = format_head_elements("styles", (*_SHELL_STYLES, *page.styles), address)
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><base target="_blank">'
        f"<title>{escape(page.title)}</title>{styles}</head>"
        f'<body><main class="wrap site-main">{body}</main></body></html>'
    )


def _make_page(corpus: Corpus, record: ActivityRecord, today: dt.date) -> Page | None:
    site = compute_site(corpus, today=today, photos=_DraftPhotos())
    activity = site.by_key.get(record.key)
    if activity is None:
        return None
    made = activities.make_pages(site, record.year, record.school)
    return next(page for page in made if page.url == activity.url)


class _DraftPhotos:
    """The photos of drafts, each in the one size that it has."""

    def find_picture(self, record: Photographed, index: int) -> PictureView | None:
        """Return the picture of the record's photo `index`; None when its file cannot be shown."""
        name = record.data.photos[index].file
        for photo in record.photo_files:
            facts = photo.facts
            if photo.name == name and facts and facts.kind in _TYPES and facts.width and facts.height:
                path = _PHOTO + name
                return PictureView(src=path, full=path, srcset=(), width=facts.width, height=facts.height)
        return None


def _embed(root: Path, photo: PhotoFile) -> str:
    """Return a photo as a data: URL."""
    kind = _TYPES.get(photo.facts.kind if photo.facts else "", "application/octet-stream")
    return f"data:{kind};base64,{base64.b64encode((root / photo.file.path).read_bytes()).decode()}"
