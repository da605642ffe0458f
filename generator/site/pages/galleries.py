"""Galleries: all public photos by school, by month and by measure, in pages that a phone can load, with filters."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.accounts.months import name_month
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.site.pages.page import Page
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site
from generator.site.pages.view import DIRECTIONS, PictureView, PublicActivity, format_row_sizes

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
    """A gallery's address, its names (short, and in full) and its photos, newest first."""

    url: str
    name: str
    title: str
    photos: tuple[_Photo, ...]

    @property
    def cover(self) -> _Photo:
        """The gallery's cover: the newest landscape photo, else the newest."""
        return next((photo for photo in self.photos if photo.picture.shape > 100), self.photos[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shelf:
    """Galleries of one kind: the heading, and what they hold, in order."""

    id: str
    title: str
    galleries: tuple[_Gallery, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A way to another page."""

    url: str
    title: str


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the galleries' index and every gallery that holds a photo."""
    shelves = _shelves(site)
    yield _index(site, shelves)
    for shelf in shelves:
        for place, gallery in enumerate(shelf.galleries):
            before = shelf.galleries[place - 1] if place else None
            after = shelf.galleries[place + 1] if place + 1 < len(shelf.galleries) else None
            yield from _gallery(site, shelf, gallery, before, after)


def _photos(activities: Sequence[PublicActivity], *, with_year: bool) -> tuple[_Photo, ...]:
    day = format_chinese_date if with_year else format_chinese_day
    return tuple(
        _Photo(
            id=f"{activity.key}/{photo.index + 1}",
            picture=photo.picture,
            caption=photo.caption,
            sizes=format_row_sizes(photo.picture.shape),
            day=day(activity.date),
            activity=activity,
        )
        for activity in reversed(activities)
        for photo in activity.photos
    )


def _shelves(site: Site) -> tuple[_Shelf, ...]:
    by_month: defaultdict[str, list[PublicActivity]] = defaultdict(list)
    by_measure: defaultdict[str, list[PublicActivity]] = defaultdict(list)
    by_school: defaultdict[str, list[PublicActivity]] = defaultdict(list)
    names: dict[str, str] = {}
    for activity in site.activities:
        if activity.photos:
            by_month[activity.month].append(activity)
            by_school[activity.school.id].append(activity)
            names[activity.school.id] = activity.school.name
            if activity.measure:
                by_measure[activity.measure].append(activity)
                names[activity.measure] = activity.measure_name
    several = len(site.years) > 1
    months = [
        (month, f"{month[:4]}年{name_month(month)}" if several else name_month(month))
        for month in sorted(by_month)
    ]
    schools = dict.fromkeys(s for year in reversed(site.years) for s in site.schools[year])
    measures = dict.fromkeys(m.id for p in reversed(tuple(site.programmes.values())) for m in p.measures)
    return (
        _shelf("months", "按月份", by_month, months),
        _shelf("measures", "按帮扶内容", by_measure, [(m, names[m]) for m in measures if m in by_measure]),
        _shelf("schools", "按校（园）", by_school, [(s, names[s]) for s in schools if s in by_school]),
    )


def _shelf(
    kind: str, title: str, found: Mapping[str, list[PublicActivity]], order: list[tuple[str, str]]
) -> _Shelf:
    return _Shelf(
        id=kind,
        title=title,
        galleries=tuple(
            _Gallery(
                url=f"galleries/{kind}/{key}/",
                name=name,
                title=f"{name}的活动图片" if kind != "measures" else f"“{name}”活动图片",
                photos=_photos(found[key], with_year=len({a.year for a in found[key]}) > 1),
            )
            for key, name in order
        ),
    )


def _index(site: Site, shelves: tuple[_Shelf, ...]) -> Page:
    url, title = "galleries/", "活动图库"
    shown = [activity for activity in site.activities if activity.photos]
    count = sum(len(activity.photos) for activity in shown)
    return Page(
        url=url,
        section="galleries",
        title=title,
        description=f"{title}：各校（园）帮扶活动的公开图片，按月份、帮扶内容和校（园）查看。",
        body=site.render(
            "galleries.html",
            url,
            title=title,
            shelves=tuple(shelf for shelf in shelves if shelf.galleries),
            photos=count,
            activities=len(shown),
            eager=EAGER,
        ),
        styles=("photos", "gallery"),
        modified=max((activity.reported for activity in shown), default=None),
    )


def _gallery(
    site: Site, shelf: _Shelf, gallery: _Gallery, before: _Gallery | None, after: _Gallery | None
) -> Iterator[Page]:
    total = max(1, math.ceil((len(gallery.photos) - NOT_ALONE) / PER_PAGE))
    activities = len({photo.activity.key for photo in gallery.photos})
    filters = _filters(site, gallery.photos)
    for number in range(1, total + 1):
        url, skipped = _page_url(gallery, number), (number - 1) * PER_PAGE
        part = f"（第{number}页）" if number > 1 else ""
        yield Page(
            url=url,
            section="galleries",
            title=gallery.title + part,
            description=f"{gallery.title}：{activities}项帮扶活动的{len(gallery.photos)}张公开图片{part}。",
            body=site.render(
                "gallery.html",
                url,
                gallery=gallery,
                shelf=shelf,
                title=gallery.title,
                photos=gallery.photos[skipped : skipped + PER_PAGE if number < total else None],
                skipped=skipped,
                eager=EAGER,
                activities=activities,
                filters=filters,
                number=number,
                pages=tuple(_Link(url=_page_url(gallery, n), title=str(n)) for n in range(1, total + 1)),
                before=before,
                after=after,
            ),
            styles=("photos", "gallery"),
            scripts=("gallery", "lightbox"),
            modified=max(photo.activity.reported for photo in gallery.photos),
        )


def _filters(site: Site, photos: Sequence[_Photo]) -> tuple[_Filter, ...]:
    """Return the filters that divide these photos, with the choices in the order of the plan."""
    if len(photos) < FILTERED_FROM:
        return ()
    activities = [photo.activity for photo in photos]
    measures = {m.id: name_measure(m) for p in reversed(tuple(site.programmes.values())) for m in p.measures}
    helpers = {id_: view.name for year in reversed(site.years) for id_, view in site.schools[year].items()}
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
