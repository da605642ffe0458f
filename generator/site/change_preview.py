"""Show the pages that a submission changes as they will be published: one small folder that opens from the disk.

Its pages are the site's own, with the shell and styles that all pages have; what they link to beyond the folder is on
the published site, or is no link where its address is not known.
"""

from __future__ import annotations

import posixpath
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from generator.plumbing.chinese_days import format_chinese_date
from generator.rules.submission.archive_paths import ACTIVITY_FOLDER
from generator.site.pages import activities, pictures, schools
from generator.site.pages.page import Page
from generator.site.pages.photo_figures import Figure, list_withheld, make_figures
from generator.site.pages.photo_figures import Withheld as WithheldPhotos
from generator.site.pages.site import Site
from generator.site.prepare import PreparedSite
from generator.site.shell import Shell, name_page_file

PREVIEW_PROOF = "preview.txt"
"""What every finished preview holds: a folder without it is not taken for one."""
MOST_ACTIVITIES = 40
"""So many activities at most: a preview is for a look at a request, and must be there soon."""

_SCHOOL = re.compile(r"records/(?!bureau/|schema/)([^/]+)/(?:([0-9]{4})/|school\.yml$)", re.ASCII)
_HREF = re.compile(r'(?<=\s)href="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?]|$")
_KEPT = ("css", "images", "js")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a submission touches: keys of activities, and schools with the year, 0 for their profile.

    ``left_out`` counts activities beyond :data:`MOST_ACTIVITIES`.
    """

    activities: frozenset[str]
    schools: frozenset[tuple[str, int]]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewBuilt:
    """What a preview holds: pages, and photos on them."""

    pages: int
    photos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """An activity on the overview, with its photos as they will be published."""

    title: str
    url: str
    school: str
    date: str
    figures: tuple[Figure, ...]
    withheld: tuple[WithheldPhotos, ...]
    day: object


def choose_pages(paths: Iterable[str]) -> Preview:
    """Return what of the site the touched paths change, POSIX and relative to the archive's root."""
    paths = sorted(paths)
    keys = dict.fromkeys(
        m[0].removeprefix("records/").rstrip("/") for p in paths if (m := ACTIVITY_FOLDER.match(p))
    )
    return Preview(
        activities=frozenset(list(keys)[:MOST_ACTIVITIES]),
        schools=frozenset((m[1], int(m[2] or 0)) for p in paths if (m := _SCHOOL.match(p))),
        left_out=max(0, len(keys) - MOST_ACTIVITIES),
    )


def write_preview(prepared: PreparedSite, shell: Shell, folder: Path, preview: Preview) -> PreviewBuilt:
    """Write the preview below ``folder``, a staging folder in which MkDocs has put the site's assets and pages."""
    site = prepared.site
    _keep_assets(folder)
    changed = [*_list_pages(site, preview)]
    urls = {page.url for page in changed} | {""}
    pages = [_make_overview(site, preview, changed), *changed]
    for page in pages:
        target = folder / name_page_file(page.url)
        target.parent.mkdir(parents=True, exist_ok=True)
        html = make_links_local(shell.render_page(page), page.url, urls, site.site_url)
        target.write_text(html, encoding="utf-8", newline="\n")
    pictures.write_pictures(site, folder, "")
    (folder / PREVIEW_PROOF).write_text("打开 index.html 看预览。\n", encoding="utf-8", newline="\n")
    return PreviewBuilt(pages=len(pages), photos=prepared.pictures)


def make_links_local(html: str, url: str, urls: Iterable[str], site_url: str) -> str:
    """Rewrite the links of a page at ``url``: to a page of the preview its file, to any other the published site."""
    there, here = frozenset(urls), posixpath.dirname(url)

    def rewrite(found: re.Match[str]) -> str:
        link = unescape(found[1])
        if _ELSEWHERE.match(link):
            return found[0]
        path, mark, rest = (*link.partition("#"),)
        target = posixpath.normpath(posixpath.join(here, path or "."))
        target = (
            "" if target == "." else target + ("/" if path.endswith("/") or target.endswith("..") else "")
        )
        if target.startswith(("assets/", "photos/")):
            return found[0]
        if target in there or f"{target}/" in there:
            name = "" if path.endswith(".html") else "index.html"
            return f'href="{escape(posixpath.join(path or ".", name))}{mark}{escape(rest)}"'
        return f'href="{escape(site_url + target + mark + rest)}"' if site_url else "data-elsewhere"

    return _HREF.sub(rewrite, html)


def _list_pages(site: Site, preview: Preview) -> Iterator[Page]:
    """Yield the pages of the public activities that are touched, then of their schools."""
    shown = [a for a in site.activities if a.key in preview.activities]
    wanted = {activity.url for activity in shown}
    for year, school in dict.fromkeys((a.year, a.school.id) for a in shown):
        yield from (page for page in activities.make_pages(site, year, school) if page.url in wanted)
    named = {(year or site.year, school) for school, year in preview.schools}
    urls = {site.make_school_url(s, y) for y, s in named if s in site.schools.get(y, {})}
    yield from (page for page in schools.make_pages(site) if page.url in urls)


def _make_overview(site: Site, preview: Preview, changed: list[Page]) -> Page:
    shown = [a for a in site.activities if a.key in preview.activities]
    unseen = sorted(preview.activities - {activity.key for activity in shown})
    activity_urls = {activity.url for activity in shown}
    return Page(
        url="",
        section="schools",
        title="预览：合并以后的网页",
        description="一个合并请求改动的网页，合并以后的样子。",
        body=site.render_template(
            "preview.html",
            "",
            shown=[
                _Shown(
                    title=a.title,
                    url=a.url,
                    school=a.school.name,
                    date=format_chinese_date(a.date),
                    figures=make_figures(a.photos, leading=False),
                    withheld=list_withheld(a.hidden),
                    day=a.date,
                )
                for a in shown
            ],
            schools=[(page.title, page.url) for page in changed if page.url not in activity_urls],
            unseen=unseen,
            left_out=preview.left_out,
        ),
        styles=("photos", "activity"),
        scripts=activities.SCRIPTS,
        index=False,
    )


def _keep_assets(folder: Path) -> None:
    """Remove what MkDocs wrote besides the shell's own styles, scripts and images."""
    for path in folder.iterdir():
        if path.name != "assets":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (folder / "assets").iterdir():
        if path.name == "vendor":
            for part in path.iterdir():
                if not part.name.startswith("photoswipe-"):  # the lightbox's
                    shutil.rmtree(part) if part.is_dir() else part.unlink()
        elif path.name not in _KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.rmtree(folder / "assets/js/write", ignore_errors=True)
