"""The value that a page builder makes: a `Page`, with its `Excerpt` for the data files."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Section = Literal[
    "home", "pairings", "schools", "bulletins", "inspections", "galleries", "rules", "plan", "guides", "search", "data",
    "write",
]  # fmt: skip

SECTIONS: tuple[Section, ...] = get_args(Section)

Progress = Callable[[str, int, int], None]
"""Called as progress(stage in Chinese, steps done, steps in all); total 0 means not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A page as an entry of the feed; ``seed`` never changes for the same thing, whatever the site's address.

    day: when it changed last.   published: when it came out, if that is known.
    content: the whole as safe HTML without links of this site, if the feed has it.
    """

    seed: str
    title: str
    url: str
    day: datetime.date
    summary: str
    category: str
    published: datetime.date | None = None
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What the data files say of a page, made together with it so that its texts are rendered once.

    record: its item in archive.json, JSON in UTF-8, empty when it has none.
    news: its entry in the feed, if it may have one.
    """

    record: bytes = b""
    news: News | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One finished page without the site's shell.

    url: the site path, relative and without a leading slash: "" is the home page, a folder URL ends
        with "/" and is written as its index.html ("schools/leimeng/"), anything else is written under
        that very name ("404.html"). ASCII letters, digits and "-_./" only.
    section: decides the tab of the shell that is marked as current.
    title: plain text; the shell adds the site's name after it. The home page's title stands alone.
    description: plain text for the description meta element, one sentence; "" leaves the element out.
    body: trusted HTML, already escaped and sanitised, placed inside <main>; its links are relative and
        start with `base`. It holds the page's only <h1>.
    styles: component sheets beside the shell's, by name: "gallery" is assets/css/gallery.css.
    scripts: component scripts by name, loaded deferred: "lightbox" is assets/js/lightbox.js.
    modules: site paths of a script that is a module, and of all that it imports, which are fetched at once.
    policy: the page's Content-Security-Policy, where the site's own will not do.
    modified: last day on which the page's content changed, for the sitemap.
    index: False keeps the page out of the sitemap and marks it `noindex`.
    excerpt: what the data files say of it, if anything.
    files: what is published together with it, by site path.
    canonical: the address that is the page's own, in the form of `url`, where this one is a second; "" otherwise.
    """

    url: str
    section: Section
    title: str
    description: str
    body: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    policy: str = ""
    modified: datetime.date | None = None
    index: bool = True
    excerpt: Excerpt | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    canonical: str = ""

    @property
    def base(self) -> str:
        """The way from this page up to the site's root: "" or a run of "../"."""
        return make_path_to_root(self.url)


def make_shortest_link(url: str, target: str) -> str:
    """Return the shortest relative link from the page at `url` to a page or a place of the site; both as in `Page.url`."""
    here, there = url.split("/"), target.split("/")
    shared = 0
    while shared < min(len(here), len(there)) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared) + "/".join(there[shared:]) or "./"


def make_path_to_root(url: str) -> str:
    """Return the relative way from the page at `url` (as in `Page.url`) to the site's root."""
    return "../" * url.count("/")
