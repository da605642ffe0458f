"""Build an archive's site from its records: which pages and files there are, and who writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.archive import NO_PROGRAMME, Corpus, read_corpus
from generator.records.diagnostics import Diagnostic
from generator.site.checker import publish
from generator.site.forge import Forge
from generator.site.open_data import data_page, write_data
from generator.site.pages import (
    about,
    activities,
    assessments,
    bulletin_files,
    bulletins,
    calendar,
    events,
    fields,
    galleries,
    home,
    inspections,
    pairings,
    pictures,
    plan_files,
    plan_page,
    rosters,
    rules,
    schools,
    search,
    surveys,
    write,
)
from generator.site.pages.page import Excerpt, Page, Progress
from generator.site.pages.site import Site, compute_site
from generator.site.pages.view import NoPhotos, Photos
from generator.site.search_index import write_index

PHOTO_CACHE = ".cache/photos"
"""Where renditions are kept between builds, below the archive's root."""

PAGES: tuple[Callable[[Site], Iterable[Page]], ...] = (
    bulletins.make_pages,
    home.make_pages,
    pairings.make_pages,
    rosters.make_pages,
    schools.make_pages,
    assessments.make_pages,
    inspections.make_pages,
    surveys.make_pages,
    events.make_pages,
    calendar.make_pages,
    galleries.make_pages,
    plan_page.make_pages,
    rules.make_pages,
    fields.make_pages,
    data_page.make_pages,
    about.make_pages,
    search.make_pages,
    search.make_error_pages,
    write.make_pages,
)
"""The makers of all pages but the activities'; the bulletins take longest, and begin."""

FILES: tuple[Callable[[Site, Path], None], ...] = (
    bulletin_files.write_bulletin_files,
    write_data.write_table_files,
    assessments.write_workbooks,
    calendar.write_calendar_files,
    plan_files.write_plan_files,
    publish.write_checker,
)
"""The writers of all files that are no pages and need none, but the photos."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedSite:
    """A site ready to be written: what its pages read, and what is wrong with the records."""

    site: Site
    problems: tuple[Diagnostic, ...] = ()

    @property
    def sample(self) -> bool:
        """Say whether there are sample records: then every page carries the 示例数据 banner and `noindex`."""
        return self.site.corpus.has_sample

    @property
    def pictures(self) -> int:
        """How many photos are published."""
        shown = self.site.photos
        return len(shown.album.pictures) if isinstance(shown, pictures.AlbumPhotos) else 0

    @property
    def subtitle(self) -> str:
        """The line below the site's name: 高台县 2020 年幼儿园结对帮扶."""
        programme = self.site.programmes.get(self.site.year)
        return f"{programme.county} {programme.year} 年幼儿园结对帮扶" if programme else "幼儿园结对帮扶"

    @property
    def imprint(self) -> tuple[about.ImprintLine, ...]:
        """What the footer says of who runs the site: 主办：高台县教育局基教股, and what else the programme gives."""
        programme = self.site.programmes.get(self.site.year)
        return about.list_imprint_lines(programme) if programme else ()

    @property
    def refusal(self) -> str:
        """Say which programme cannot be read: without it every page would be empty or wrong; "" for none."""
        unread = [year for year, bureau in self.site.corpus.bureau.items() if bureau.programme is None]
        if not unread and self.site.programmes:
            return ""
        if not unread:
            return NO_PROGRAMME
        path = f"records/bureau/{max(unread)}/programme.yml"
        return f"没有可用的方案数据 {path}，网站没有更换；运行 pairing check 看哪里需要改正"

    def list_page_makers(self) -> list[Callable[[], Iterable[Page]]]:
        """Return the makers of all pages, each independent of the others, the longest first."""
        of_school = self.site.of_school
        return [
            *(partial(make, self.site) for make in PAGES),
            *(
                partial(activities.make_pages, self.site, year, school)
                for year, school in sorted(of_school, key=lambda key: -len(of_school[key]))
            ),
        ]

    def list_file_writers(self, folder: Path) -> list[Callable[[], None]]:
        """Return the writers of what needs no page below `folder`, as independent as the makers of pages."""
        return [
            *(partial(write, self.site, folder) for write in FILES),
            *(partial(pictures.write_pictures, self.site, folder, first) for first in pictures.FIRST_DIGITS),
        ]

    def write_excerpt_files(self, folder: Path, excerpts: Mapping[str, Excerpt]) -> None:
        """Write what all pages' excerpts make up: the data files and the feeds."""
        write_data.write_excerpt_files(self.site, folder, excerpts)

    def write_search_index(self, folder: Path, urls: Iterable[str]) -> None:
        """Write the search index of the finished pages at `urls` below `folder`."""
        write_index.write_search_index(self.site, folder, urls)


def prepare_site(
    *,
    root: Path,
    content: Path,
    today: dt.date,
    site_url: str,
    repo_url: str | None,
    forge: Forge | None = None,
    progress: Progress,
    with_photos: bool = True,
    photos_of: Collection[str] | None = None,
) -> PreparedSite:
    """Read the archive and compute what its pages show.

    root: the folder that holds `records/`.   content: the hand-written pages, and the plan's text.
    today: the day as of which months are due, in Asia/Shanghai.
    site_url: absolute address of the site with a final slash, or "" when it is not known.
    repo_url: address of the repository for links to sources, without a final slash, or None.
    forge: where the page 填报 may open requests, or None.
    with_photos: False leaves the photos undecoded, for what shows none of them.
    photos_of: keys of the records whose photos are made, for what shows no others; by default all.
    """
    corpus = read_corpus(root, content=content, progress=lambda done: progress("读取记录", done, 0))
    photos, problems = (
        _photos(corpus, root / PHOTO_CACHE, progress, photos_of) if with_photos else (NoPhotos(), ())
    )
    site = compute_site(
        corpus,
        today=today,
        photos=photos,
        site_url=site_url,
        repo_url=repo_url,
        forge=forge,
        home=_text(content / "home.md"),
        data=_text(content / "data.md"),
    )
    return PreparedSite(site=site, problems=(*corpus.problems, *problems))


def _photos(
    corpus: Corpus, cache: Path, progress: Progress, only: Collection[str] | None
) -> tuple[Photos, tuple[Diagnostic, ...]]:
    if not any(record.data.photos for record in corpus.photographed):
        return NoPhotos(), ()  # without loading the imaging library
    from generator.archive.album import render_album

    album = render_album(
        corpus, cache, progress=lambda done, total: progress("处理图片", done, total), only=only
    )
    return pictures.AlbumPhotos(album), tuple(album.problems)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
