"""Galleries: all public photos by school, by month and by measure, in pages that a phone can load, with filters."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from generator.accounts.months import name_month
from generator.plumbing.chinese_days import format_chinese_day
from generator.records.models import Programme
from generator.site.pages.page import Page
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site
from generator.site.pages.view import DIRECTIONS, PictureView, PublicActivity, format_row_sizes
from generator.site.pages.yearly import YearLinks, make_yearly

PER_PAGE = 32
NOT_ALONE = 10
"""So many photos or fewer do not make a page of their own; the last page takes them along."""
FILTERED_FROM = 12
"""A gallery of fewer photos is seen at a glance and gets no filters."""
EAGER = 4
"""So many photos of a page are asked for at once: the first row, whatever its shapes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Photo:
    """A photo in a gallery.

    id: the same in every gallery, `ACTIVITY-KEY/NUMBER`; the address of an opened photo ends with it.
    sizes: how wide the picture is shown.   day: the activity's, as its caption shows it.
    """

    id: str
    picture: PictureView
    caption: str
    sizes: str
    day: str
    activity: PublicActivity


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """Photos of a term that follow one another on a page; ``name`` is "" where the whole gallery is of one."""

    name: str
    photos: tuple[_Photo, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """One value of a filter and how many photos of the whole gallery have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filter:
    """A question that a gallery's photos answer differently; `key` is its name in the address."""

    key: str
    label: str
    everything: str
    choices: tuple[_Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gallery:
    """A gallery's address, its names (short, and in full) and its photos, newest first.

    folder: what its address begins with, for a gallery that exists once a year; "" for a month's.
    """

    url: str
    folder: str
    name: str
    title: str
    photos: tuple[_Photo, ...]

    @property
    def cover(self) -> _Photo:
        """The gallery's cover: the newest landscape photo, else the newest."""
        return next((photo for photo in self.photos if photo.picture.shape > 100), self.photos[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """Galleries of one kind: the heading, and what they hold, in order.

    groups: the same as the index shows them: heading ("" for none) and galleries.
    """

    id: str
    title: str
    galleries: tuple[_Gallery, ...]
    groups: tuple[tuple[str, tuple[_Gallery, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A way to another page."""

    url: str
    title: str


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the galleries' index and every gallery that holds a photo."""
    shelves = {year: _shelves(site, year) for year in site.years}
    pages: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for year, found in shelves.items():
        for gallery in (gallery for shelf in found for gallery in shelf.galleries if gallery.folder):
            pages[gallery.folder][year] = _count_pages(gallery)
    for year in reversed(site.years or (site.year,)):
        make = partial(_index, site, year, shelves.get(year, ()))
        yield from make_yearly(site, "galleries/", year, site.years, make)
        for shelf in shelves.get(year, ()):
            for place, gallery in enumerate(shelf.galleries):
                before = shelf.galleries[place - 1] if place else None
                after = shelf.galleries[place + 1] if place + 1 < len(shelf.galleries) else None
                show = _GalleryPages(site, year, shelf, gallery, before, after)
                for number in range(1, _count_pages(gallery) + 1):
                    if not gallery.folder:
                        yield show.page(number, _page_url(gallery, number), ())
                        continue
                    years = [each for each, count in pages[gallery.folder].items() if count >= number]
                    tail = f"{number}/" if number > 1 else ""
                    yield from make_yearly(
                        site, gallery.folder, year, years, partial(show.page, number), tail=tail
                    )


def _photos(activities: Sequence[PublicActivity]) -> tuple[_Photo, ...]:
    return tuple(
        _Photo(
            id=f"{activity.key}/{photo.index + 1}",
            picture=photo.picture,
            caption=photo.caption,
            sizes=format_row_sizes(photo.picture.shape),
            day=format_chinese_day(activity.date),
            activity=activity,
        )
        for activity in reversed(activities)
        for photo in activity.photos
    )


def _shelves(site: Site, year: int) -> tuple[_Shelf, ...]:
    programme = site.programmes[year]
    by_month: defaultdict[str, list[PublicActivity]] = defaultdict(list)
    by_measure: defaultdict[str, list[PublicActivity]] = defaultdict(list)
    by_school: defaultdict[str, list[PublicActivity]] = defaultdict(list)
    names: dict[str, str] = {}
    for activity in site.activities:
        if activity.photos and activity.year == year:
            by_month[activity.month].append(activity)
            by_school[activity.school.id].append(activity)
            names[activity.school.id] = activity.school.name
            if activity.measure:
                by_measure[activity.measure].append(activity)
                names[activity.measure] = activity.measure_name
    months = [(month, f"{month[:4]}年{name_month(month)}") for month in sorted(by_month)]
    measures = [(m.id, names[m.id]) for m in programme.measures if m.id in by_measure]
    schools = [(school, names[school]) for school in site.schools[year] if school in by_school]
    by_term = _shelf(site, year, "months", "按月份", by_month, months)
    return (
        replace(by_term, groups=tuple(_group_by_term(programme, by_term.galleries))),
        _shelf(site, year, "measures", "按帮扶内容", by_measure, measures),
        _shelf(site, year, "schools", "按校（园）", by_school, schools),
    )


def _group_by_term(
    programme: Programme, galleries: tuple[_Gallery, ...]
) -> Iterator[tuple[str, tuple[_Gallery, ...]]]:
    """Yield the months' galleries term by term, newest first; those outside every term come last."""
    left = list(reversed(galleries))
    for term in reversed(programme.terms):
        own = tuple(gallery for gallery in left if gallery.url.split("/")[-2] in term.months)
        left = [gallery for gallery in left if gallery not in own]
        if own:
            yield f"{programme.year}年{term.name}", own
    if left:
        yield "学期以外", tuple(left)


def _shelf(
    site: Site,
    year: int,
    kind: str,
    title: str,
    found: Mapping[str, list[PublicActivity]],
    order: list[tuple[str, str]],
) -> _Shelf:
    yearly = kind != "months"
    galleries = tuple(
        _Gallery(
            url=f"galleries/{kind}/{key}/{f'{year}/' if yearly else ''}",
            folder=f"galleries/{kind}/{key}/" if yearly else "",
            name=name,
            title=f"“{name}”活动图片" if kind == "measures" else f"{name}的活动图片",
            photos=_photos(found[key]),
        )
        for key, name in order
    )
    return _Shelf(id=kind, title=title, galleries=galleries, groups=(("", galleries),))


def _index(site: Site, year: int, shelves: tuple[_Shelf, ...], url: str, years: YearLinks) -> Page:
    title = "活动图库"
    shown = [activity for activity in site.activities if activity.photos and activity.year == year]
    count = sum(len(activity.photos) for activity in shown)
    return Page(
        url=url,
        section="galleries",
        title=f"{year}年{title}" if site.years else title,
        description=f"{year}年{title}：各校（园）帮扶活动的公开图片，按月份、帮扶内容和校（园）查看。",
        body=site.render_template(
            "galleries.html",
            url,
            year=year,
            years=years,
            title=title,
            shelves=tuple(shelf for shelf in shelves if shelf.galleries),
            photos=count,
            activities=len(shown),
            eager=EAGER,
        ),
        styles=("photos", "gallery"),
        modified=max((activity.reported for activity in shown), default=None),
    )


def _count_pages(gallery: _Gallery) -> int:
    return max(1, math.ceil((len(gallery.photos) - NOT_ALONE) / PER_PAGE))


class _GalleryPages:
    """The pages of one gallery, with its neighbours on the shelf."""

    def __init__(
        self,
        site: Site,
        year: int,
        shelf: _Shelf,
        gallery: _Gallery,
        before: _Gallery | None,
        after: _Gallery | None,
    ) -> None:
        self._site, self._year, self._shelf, self._gallery = site, year, shelf, gallery
        self._before, self._after = before, after
        self._total = _count_pages(gallery)
        self._activities = len({photo.activity.key for photo in gallery.photos})
        self._filters = _filters(site, year, gallery.photos)
        terms = site.programmes[year].terms
        self._terms = {month: f"{year}年{term.name}" for term in terms for month in term.months}

    def page(self, number: int, url: str, years: YearLinks) -> Page:
        """Return one page; further pages link to the year's addresses, wherever this one lies."""
        gallery, total = self._gallery, self._total
        skipped = (number - 1) * PER_PAGE
        part = f"（第{number}页）" if number > 1 else ""
        title = f"{gallery.title}（{self._year}年）" if gallery.folder else gallery.title
        return Page(
            url=url,
            section="galleries",
            title=title + part,
            description=f"{title}：{self._activities}项帮扶活动的{len(gallery.photos)}张公开图片{part}。",
            body=self._site.render_template(
                "gallery.html",
                url,
                gallery=gallery,
                shelf=self._shelf,
                title=gallery.title,
                index_url=self._site.make_year_path("galleries/", self._year),
                year=self._year,
                years=years,
                stretches=self._split(
                    gallery.photos[skipped : skipped + PER_PAGE if number < total else None]
                ),
                skipped=skipped,
                eager=EAGER,
                activities=self._activities,
                filters=self._filters,
                number=number,
                pages=tuple(_Link(url=_page_url(gallery, n), title=str(n)) for n in range(1, total + 1)),
                before=self._before,
                after=self._after,
            ),
            styles=("photos", "gallery"),
            scripts=("gallery", "lightbox"),
            modified=max(photo.activity.reported for photo in gallery.photos),
        )

    def _split(self, photos: Sequence[_Photo]) -> tuple[_Stretch, ...]:
        """Return photos term by term, in their order."""
        if len({self._name_term(photo) for photo in self._gallery.photos}) == 1:
            return (_Stretch(name="", photos=tuple(photos)),)
        groups = groupby(photos, self._name_term)
        return tuple(_Stretch(name=name, photos=tuple(found)) for name, found in groups)

    def _name_term(self, photo: _Photo) -> str:
        return self._terms.get(photo.activity.month, "学期以外")


def _filters(site: Site, year: int, photos: Sequence[_Photo]) -> tuple[_Filter, ...]:
    """Return the filters that divide these photos, with the choices in the order of the plan."""
    if len(photos) < FILTERED_FROM:
        return ()
    activities = [photo.activity for photo in photos]
    measures = {m.id: name_measure(m) for m in site.programmes[year].measures}
    helpers = {id_: view.name for id_, view in site.schools[year].items()}
    found = (
        _Filter(
            key="measure",
            label="帮扶内容",
            everything="全部帮扶内容",
            choices=_choices(measures, [a.measure for a in activities]),
        ),
        _Filter(
            key="pairing",
            label="帮扶对子",
            everything="全部对子",
            choices=_choices(helpers, [a.helper for a in activities]),
        ),
        _Filter(
            key="direction",
            label="方式",
            everything="全部方式",
            choices=_choices(DIRECTIONS, [a.direction for a in activities]),
        ),
    )
    return tuple(each for each in found if len(each.choices) > 1)


def _choices(names: Mapping[str, str], values: Sequence[str]) -> tuple[_Choice, ...]:
    counts = Counter(values)
    return tuple(_Choice(value=v, name=name, count=counts[v]) for v, name in names.items() if counts[v])


def _page_url(gallery: _Gallery, number: int) -> str:
    return gallery.url if number == 1 else f"{gallery.url}{number}/"
