"""The values that page builders hand on: a `Page`, the `Shell` around all pages, a whole `PreparedSite`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, get_args

from generator.records.diagnostics import Diagnostic

if TYPE_CHECKING:
    from generator.archive import BegunReading

Section = Literal[
    "home", "pairings", "schools", "bulletins", "inspections", "galleries", "rules", "plan", "guides", "search", "data"
]  # fmt: skip

SECTIONS: tuple[Section, ...] = get_args(Section)

Progress = Callable[[str, int, int], None]
"""Called as progress(stage in Chinese, steps done, steps in all); total 0 means not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What header, banner and footer say about this archive; the same on every page.

    All values are plain text and are escaped by the templates.

    subtitle: the line below the site's name, e.g. "高台县 2020 年幼儿园结对帮扶".
    issuer: who keeps the archive, for the footer, e.g. "高台县教育局基教股"; None leaves the line out.
    """

    subtitle: str
    issuer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A page as an entry of the feed; ``seed`` never changes for the same thing, whatever the site's address.

    day: when it changed last.   published: when it came out, if that is told.
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

    record: its item in archive.json, empty when it has none.   search: its item in search.json. Both are JSON,
        UTF-8.
    news: its entry in the feed, if it may have one.
    files: what is published beside the page and was made together with it, by site path.
    """

    search: bytes
    record: bytes = b""
    news: News | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One finished page, ready to be stamped into the frame of its section.

    url: the site path, relative and without a leading slash: "" is the home page, a folder URL ends
        with "/" and is written as its index.html ("schools/leimeng/"), anything else is written under
        that very name ("404.html"). ASCII letters, digits and "-_./" only.
    section: which frame it gets; decides the tab that is marked as current.
    title: plain text; the frame adds the site's name after it. The home page's title stands alone.
    description: plain text for the description meta element, one sentence; "" leaves the element out.
    body: trusted HTML, already escaped and sanitised, placed inside <main>; its links are relative and
        start with `base`. It holds the page's only <h1>.
    styles: component sheets beside the shell's, by name: "gallery" is assets/css/gallery.css.
    scripts: component scripts by name, loaded deferred: "lightbox" is assets/js/lightbox.js.
    modified: last day on which the page's content changed, for the sitemap.
    index: False keeps the page out of the sitemap and marks it `noindex`.
    excerpt: what the data files say of it, if anything.
    """

    url: str
    section: Section
    title: str
    description: str
    body: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    modified: datetime.date | None = None
    index: bool = True
    excerpt: Excerpt | None = None

    @property
    def base(self) -> str:
        """The way from this page up to the site's root: "" or a run of "../"."""
        return base_of(self.url)


def base_of(url: str) -> str:
    """The relative way from the page at `url` (as in `Page.url`) to the site's root."""
    return "../" * url.count("/")


PageTask = Callable[[], Iterable[Page]]
"""Makes some of the site's pages."""


class PreparedSite(Protocol):
    """A whole site, ready to be written."""

    @property
    def sample(self) -> bool:
        """Say whether there are sample records: then every page carries the 示例数据 banner and `noindex`."""

    @property
    def problems(self) -> Sequence[Diagnostic]:
        """What is wrong with the records; a strict build stops on any error among them."""

    @property
    def pictures(self) -> int:
        """How many photos are published."""

    @property
    def refusal(self) -> str:
        """Why this must not take the place of the published site, in Chinese; "" when it may."""

    def page_tasks(self) -> Sequence[PageTask]:
        """Makers of all generated pages, each URL once; lazily, so that no build holds all bodies at a time.

        They are independent of each other, so that two processes can share them; the longest come first.
        """

    def file_tasks(self, folder: Path) -> Sequence[Callable[[], None]]:
        """Writers of all that needs no page (photos, tables, schemas) below the site's `folder`.

        They are as independent as `page_tasks`. `folder` is a staging folder of this build alone, so plain
        writes do.
        """

    def finish(self, folder: Path, excerpts: Mapping[str, Excerpt]) -> None:
        """Write below `folder` what is put together from the pages' excerpts, which go by the pages' URLs."""


class Preparation(Protocol):
    """A site of which only the shell is known: its records are still being read."""

    @property
    def shell(self) -> Shell:
        """What the shell says."""

    def read(self) -> PreparedSite:
        """Read what is left of the archive and return its site."""


class Prepare(Protocol):
    """The one function that the plugin calls for the generated part of the site."""

    def __call__(
        self,
        *,
        root: Path,
        content: Path,
        today: datetime.date,
        site_url: str,
        repo_url: str | None,
        progress: Progress,
        begun: BegunReading | None = None,
    ) -> Preparation:
        """Begin to read the archive, of which MkDocs needs little to make the frames.

        root: the folder that holds `records/`.   content: the hand-written pages (the plan's text).
        today: the day as of which months are due, in Asia/Shanghai.
        site_url: absolute address of the site with a final slash, or "" when it is not known.
        repo_url: address of the repository for links to sources, without a final slash, or None.
        begun: the reading of `root` that was begun already.
        """
