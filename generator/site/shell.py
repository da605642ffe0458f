"""Stamp pages into the HTML frames that MkDocs rendered, one frame a section.

A frame is the finished HTML of a section's page with a slot token, `slot(name)`, for each of `SLOTS`.
It is split once for every distance from the site's root: at its slots, and at its relative links, which
are rewritten for that distance. A page then costs one join and one write.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from generator.plumbing import forks
from generator.site.pages.page import Excerpt, Page, PageTask, Progress, Section

SLOTS = ("title", "description", "canonical", "robots", "styles", "scripts", "body")
"""Every slot stands exactly once in a frame. `title` is the text of the title element; `description`,
`canonical`, `robots`, `styles` and `scripts` are whole elements of the head; `body` is all of <main>."""

_TOKEN = re.compile(r"<!--slot:([^<>]*)-->")
_SAMPLE = re.compile(r"<!--sample-->(.*?)<!--/sample-->", re.DOTALL)
_LINK = re.compile(r'(?<=\s)(href|src|action)="([^"]*)"')
_KEPT = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?]|$")
_URL = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\.html)?")


FORK_FROM = 8
"""So many tasks are worth a second process: a real archive has one a school and a dozen more."""


class FrameError(Exception):
    """A frame or a page is unusable: a defect in a template or a page builder, never a user's mistake."""


def for_sample(html: str, *, sample: bool) -> str:
    """Leave what the shell says of sample records in a document, or take it out."""
    return _SAMPLE.sub(r"\1" if sample else "", html)


def slot(name: str) -> str:
    """The token that a template writes where the slot's content goes."""
    return f"<!--slot:{name}-->"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One address of the site map: `url` as in `Page.url`."""

    url: str
    modified: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """What was written: all pages' URLs, the entries of the site map, and excerpts by URL."""

    urls: tuple[str, ...]
    entries: tuple[SitemapEntry, ...]
    excerpts: Mapping[str, Excerpt]


class Frames:
    """The frames of all sections.

    rendered: the HTML that MkDocs made for a section, with the URL (as in `Page.url`) it was made for.
    site_name: stands behind every title but the home page's.
    site_url: absolute address with a final slash, or ""; then there are no canonical links.
    sample: every page is `noindex`.

    Raises FrameError if a frame lacks a slot, has one twice, or one of another name.
    """

    def __init__(
        self,
        rendered: Mapping[Section, tuple[str, str]],
        *,
        site_name: str,
        site_url: str = "",
        sample: bool = False,
    ) -> None:
        for section, (html, _) in rendered.items():
            _require_slots(section, html)
        self._rendered = {
            section: (for_sample(html, sample=sample), url) for section, (html, url) in rendered.items()
        }
        self._site_name = site_name
        self._site_url = site_url
        self._sample = sample
        self._split: dict[tuple[Section, str], tuple[list[bytes], list[tuple[int, str]]]] = {}
        self._elements: dict[tuple[str, tuple[str, ...], str], bytes] = {}

    def render(self, page: Page) -> bytes:
        """The finished HTML document of `page`, UTF-8.

        Raises FrameError for a section without a frame.
        """
        prefix = self._prefix(page.url)
        try:
            pieces, places = self._split[page.section, prefix]
        except KeyError:
            pieces, places = self._split_frame(page.section, prefix)
        filled = pieces.copy()
        for place, name in places:
            filled[place] = self._fill(name, page, prefix)
        return b"".join(filled)

    def stamp(
        self,
        tasks: Sequence[PageTask],
        folder: Path,
        *,
        others: Sequence[Callable[[], None]] = (),
        progress: Progress | None = None,
    ) -> Stamped:
        """Write every page that the tasks make below `folder`, and do the `others` beside them.

        Files are written straight to their place: `folder` is the staging folder of this build. Many tasks
        are shared with a second process where the system can fork.
        progress: called with the stage, the tasks done and all tasks.
        Raises FrameError for a URL that is not a plain relative path or that comes twice.
        """
        root = os.fspath(folder)
        work = [
            *(partial(_do, other) for other in others),
            *(partial(self._stamp, task, root) for task in tasks),
        ]
        parts = forks.run(
            work,
            fork=len(work) >= FORK_FROM,
            progress=progress and (lambda done: progress("写入网站", done, len(work))),
        )
        urls = Counter(url for part in parts for url in part.urls)
        twice = [url for url, times in urls.items() if times > 1]
        if twice:
            raise FrameError(f"two pages at {twice[0]!r}")
        return Stamped(
            urls=tuple(url for part in parts for url in part.urls),
            entries=tuple(entry for part in parts for entry in part.entries),
            excerpts={url: excerpt for part in parts for url, excerpt in part.excerpts.items()},
        )

    def _stamp(self, task: PageTask, root: str) -> Stamped:
        urls: list[str] = []
        entries: list[SitemapEntry] = []
        excerpts: dict[str, Excerpt] = {}
        for page in task():
            if not _URL.fullmatch(page.url):
                raise FrameError(f"bad URL of a page: {page.url!r}")
            urls.append(page.url)
            _write(root, page.url, self.render(page))
            if page.index:
                entries.append(SitemapEntry(url=page.url, modified=page.modified))
            if page.excerpt:
                excerpts[page.url] = page.excerpt
        return Stamped(urls=tuple(urls), entries=tuple(entries), excerpts=excerpts)

    def _prefix(self, url: str) -> str:
        # An error page is served at any depth, so its links start at the site's root.
        if url == "404.html":
            return urlsplit(self._site_url).path or "/"
        return "../" * url.count("/")

    def _split_frame(self, section: Section, prefix: str) -> tuple[list[bytes], list[tuple[int, str]]]:
        try:
            html, url = self._rendered[section]
        except KeyError:
            raise FrameError(f"no frame for the section {section!r}") from None
        # With one group, split() returns text and slot names in turn.
        parts = _TOKEN.split(_rebase(html, url, prefix))
        pieces = [b"" if index % 2 else part.encode() for index, part in enumerate(parts)]
        places = [(index, parts[index]) for index in range(1, len(parts), 2)]
        self._split[section, prefix] = pieces, places
        return pieces, places

    def _fill(self, name: str, page: Page, prefix: str) -> bytes:
        match name:
            case "body":
                return page.body.encode()
            case "title":
                title = page.title if page.url == "" else f"{page.title} - {self._site_name}"
                return escape(title, quote=False).encode()
            case "description" if page.description:
                return f'<meta name="description" content="{escape(page.description)}">'.encode()
            case "canonical" if self._site_url and page.url != "404.html":
                return f'<link rel="canonical" href="{escape(self._site_url + page.url)}">'.encode()
            case "robots" if self._sample or not page.index:
                return b'<meta name="robots" content="noindex">'
            case "styles" | "scripts":
                names = page.styles if name == "styles" else page.scripts
                key = (name, names, prefix)
                if key not in self._elements:
                    self._elements[key] = elements(name, names, prefix).encode()
                return self._elements[key]
            case _:
                return b""


def _do(other: Callable[[], None]) -> Stamped:
    other()
    return Stamped(urls=(), entries=(), excerpts={})


def elements(kind: str, names: tuple[str, ...], prefix: str) -> str:
    """The head elements for component sheets (kind "styles") or scripts (kind "scripts")."""
    if kind == "styles":
        return "".join(f'<link rel="stylesheet" href="{prefix}assets/css/{name}.css">' for name in names)
    return "".join(f'<script src="{prefix}assets/js/{name}.js" defer></script>' for name in names)


def sitemap(entries: Iterable[SitemapEntry], site_url: str) -> str:
    """The sitemap.xml of `entries`, sorted by address (https://www.sitemaps.org/protocol.html).

    Without a `site_url` the addresses start with "/": the protocol wants absolute ones, but whoever
    builds without an address only looks at the site locally.
    """
    base = site_url or "/"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for entry in sorted(entries, key=lambda each: each.url):
        modified = f"<lastmod>{entry.modified.isoformat()}</lastmod>" if entry.modified else ""
        lines.append(f"<url><loc>{escape(base + entry.url)}</loc>{modified}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def _require_slots(section: str, html: str) -> None:
    found = _TOKEN.findall(html)
    faults = [
        *(f"no slot {name!r}" for name in SLOTS if name not in found),
        *(f"slot {name!r} {found.count(name)} times" for name in SLOTS if found.count(name) > 1),
        *(f"unknown slot {name!r}" for name in dict.fromkeys(found) if name not in SLOTS),
    ]
    if faults:
        raise FrameError(f"frame of the section {section!r}: " + ", ".join(faults))


def _path_length(link: str) -> int:
    return min(len(link.partition("?")[0]), len(link.partition("#")[0]))


def _rebase(html: str, url: str, prefix: str) -> str:
    """Rewrite the relative links of a document made for `url`, for a page `prefix` away from the root."""
    here = posixpath.dirname(url)

    def rewritten(match: re.Match[str]) -> str:
        attribute, value = match.groups()
        if _KEPT.match(value):
            return match.group()
        path, rest = value[: (end := _path_length(value))], value[end:]
        target = posixpath.normpath(posixpath.join(here, path))
        if target.startswith(".."):
            raise FrameError(f"a link of the frame at {url!r} leaves the site: {value!r}")
        target = "" if target == "." else target
        if target and (path.endswith("/") or posixpath.basename(path) in {".", ".."}):
            target += "/"
        return f'{attribute}="{prefix + target or "./"}{rest}"'

    return _LINK.sub(rewritten, html)


def _write(root: str, url: str, content: bytes) -> None:
    path = f"{root}/{url}index.html" if not url or url.endswith("/") else f"{root}/{url}"
    # Plain descriptors: pathlib and buffered files cost more than the write itself, 4,000 times over.
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o666)
    except FileNotFoundError:
        _make_folder(path.rpartition("/")[0])
        descriptor = os.open(path, flags, 0o666)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102 # nearly always its parent is there
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 # see above
    except FileExistsError:
        pass  # the other process was faster
