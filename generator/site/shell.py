"""Write pages with the site's shell around them: head, header, navigation, footer, as MkDocs rendered them.

MkDocs renders one page of slots a section: finished HTML with a token, `make_slot_token(name)`, for each of `SLOTS`. Its
relative links are rewritten once for every distance from the site's root, and every page fills the slots.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from generator.site.pages.page import Excerpt, Page, Section

SLOTS = ("policy", "modules", "title", "description", "canonical", "robots", "styles", "scripts", "body")
"""Every slot occurs exactly once in a section's shell. `title` is the text of the title element; `policy`,
`modules`, `description`, `canonical`, `robots`, `styles` and `scripts` are whole elements of the head; `body` is all of <main>."""

POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
"""The Content-Security-Policy of every page that has none of its own."""

_TOKEN = re.compile(r"<!--slot:([^<>]*)-->")
_SAMPLE = re.compile(r"<!--sample-->(.*?)<!--/sample-->", re.DOTALL)
_LINK = re.compile(r'(?<=\s)(href|src|action)="([^"]*)"')
_KEPT = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?]|$")
_URL = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\.html)?")


class ShellError(Exception):
    """The shell or a page is unusable: a defect in a template or a page builder, never a user's mistake."""


def resolve_sample_parts(html: str, *, sample: bool) -> str:
    """Keep or remove the parts of a document that only sample records have."""
    return _SAMPLE.sub(r"\1" if sample else "", html)


def make_slot_token(name: str) -> str:
    """Return the token that a template writes where the slot's content goes."""
    return f"<!--slot:{name}-->"


def name_page_file(url: str) -> str:
    """Return the site path of the file of a page, by its URL as in `Page.url`."""
    return f"{url}index.html" if not url or url.endswith("/") else url


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One address of the site map: `url` as in `Page.url`."""

    url: str
    modified: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: all pages' URLs, the entries of the site map, and excerpts by URL."""

    urls: tuple[str, ...] = ()
    entries: tuple[SitemapEntry, ...] = ()
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)

    @classmethod
    def join_parts(cls, parts: Iterable[Written]) -> Written:
        """Return the whole of several parts. Raises ShellError for a URL that comes twice."""
        parts = tuple(parts)
        urls = Counter(url for part in parts for url in part.urls)
        twice = [url for url, times in urls.items() if times > 1]
        if twice:
            raise ShellError(f"two pages at {twice[0]!r}")
        return cls(
            urls=tuple(urls),
            entries=tuple(entry for part in parts for entry in part.entries),
            excerpts={url: excerpt for part in parts for url, excerpt in part.excerpts.items()},
        )


class Shell:
    """The shell of every section's pages.

    rendered: the HTML that MkDocs made for a section, with the URL (as in `Page.url`) it was made for.
    site_name: follows every title but the home page's.
    site_url: absolute address with a final slash, or ""; then there are no canonical links.
    sample: every page is `noindex`.
    policies: False leaves every Content-Security-Policy out, as a live preview's own script needs.

    Raises ShellError if a section's HTML lacks a slot, has one twice, or one of another name.
    """

    def __init__(
        self,
        rendered: Mapping[Section, tuple[str, str]],
        *,
        site_name: str,
        site_url: str = "",
        sample: bool = False,
        policies: bool = True,
    ) -> None:
        for section, (html, _) in rendered.items():
            _require_slots(section, html)
        self._rendered = {
            section: (resolve_sample_parts(html, sample=sample), url)
            for section, (html, url) in rendered.items()
        }
        self._site_name = site_name
        self._site_url = site_url
        self._sample = sample
        self._policies = policies
        self._split: dict[tuple[Section, str], list[str]] = {}

    def render_page(self, page: Page) -> str:
        """Return the finished HTML document of `page`.

        Raises ShellError for a section that was not rendered.
        """
        prefix = self._prefix(page.url)
        if (page.section, prefix) not in self._split:
            self._split[page.section, prefix] = self._split_shell(page.section, prefix)
        pieces = self._split[page.section, prefix]
        # Text and names of slots in turn.
        return "".join(
            self._fill(piece, page, prefix) if place % 2 else piece for place, piece in enumerate(pieces)
        )

    def write_pages(self, pages: Iterable[Page], folder: Path) -> Written:
        """Write pages, and what is published together with them, below `folder`.

        Files are written straight to their place: `folder` is the staging folder of this build.
        Raises ShellError for a URL that is not a plain relative path.
        """
        urls: list[str] = []
        entries: list[SitemapEntry] = []
        excerpts: dict[str, Excerpt] = {}
        for page in pages:
            if not _URL.fullmatch(page.url):
                raise ShellError(f"bad URL of a page: {page.url!r}")
            urls.append(page.url)
            for path, content in {
                name_page_file(page.url): self.render_page(page).encode(),
                **page.files,
            }.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content)
            if page.index and not page.canonical:
                entries.append(SitemapEntry(url=page.url, modified=page.modified))
            if page.excerpt:
                excerpts[page.url] = page.excerpt
        return Written(urls=tuple(urls), entries=tuple(entries), excerpts=excerpts)

    def _prefix(self, url: str) -> str:
        # An error page is served at any depth, so its links start at the site's root.
        if url == "404.html":
            return urlsplit(self._site_url).path or "/"
        return "../" * url.count("/")

    def _split_shell(self, section: Section, prefix: str) -> list[str]:
        """Return text and names of slots in turn, for pages `prefix` away from the root."""
        if section not in self._rendered:
            raise ShellError(f"no shell for the section {section!r}")
        html, url = self._rendered[section]
        return _TOKEN.split(_rebase(html, url, prefix))

    def _fill(self, name: str, page: Page, prefix: str) -> str:
        match name:
            case "body":
                return page.body
            case "policy" if self._policies:
                return format_policy(page.policy or POLICY)
            case "modules" if page.modules:
                return format_modules(page.modules, prefix)
            case "title":
                title = page.title if page.url == "" else f"{page.title} - {self._site_name}"
                return escape(title, quote=False)
            case "description" if page.description:
                return f'<meta name="description" content="{escape(page.description)}">'
            case "canonical" if self._site_url and page.url != "404.html":
                return (
                    f'<link rel="canonical" href="{escape(self._site_url + (page.canonical or page.url))}">'
                )
            case "robots" if self._sample or not page.index:
                return '<meta name="robots" content="noindex">'
            case "styles":
                return format_head_elements("styles", page.styles, prefix)
            case "scripts":
                return format_head_elements("scripts", page.scripts, prefix)
            case _:
                return ""


def format_policy(policy: str) -> str:
    """Return the head element that gives a page its Content-Security-Policy."""
    return f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'


def format_modules(paths: tuple[str, ...], prefix: str) -> str:
    """Return the head elements of modules: each is named, so that the last of an import's chain is not asked for last."""
    return "".join(f'<script type="module" src="{prefix}{path}"></script>' for path in paths)


def format_head_elements(kind: str, names: tuple[str, ...], prefix: str) -> str:
    """Return the head elements for component sheets (kind "styles") or scripts (kind "scripts")."""
    if kind == "styles":
        return "".join(f'<link rel="stylesheet" href="{prefix}assets/css/{name}.css">' for name in names)
    return "".join(f'<script src="{prefix}assets/js/{name}.js" defer></script>' for name in names)


def format_sitemap(entries: Iterable[SitemapEntry], site_url: str) -> str:
    """Return the sitemap.xml of `entries`, sorted by address (https://www.sitemaps.org/protocol.html).

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
        raise ShellError(f"shell of the section {section!r}: " + ", ".join(faults))


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
            raise ShellError(f"a link of the shell at {url!r} leaves the site: {value!r}")
        target = "" if target == "." else target
        if target and (path.endswith("/") or posixpath.basename(path) in {".", ".."}):
            target += "/"
        return f'{attribute}="{prefix + target or "./"}{rest}"'

    return _LINK.sub(rewritten, html)
