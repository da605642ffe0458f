"""Measure how much of the host's space published photos take, by year and school, and how many more fit."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.archive import Corpus
from generator.archive.album import FOLDER, list_public_photos
from generator.images.cache import Source, Store
from generator.images.develop import list_codec_versions
from generator.images.recipe import RECIPE

LIMIT = 1_000_000_000
"""Bytes that GitHub Pages publishes of one site."""
_ALARM = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The public photos of a school, a year or all: how many, how many have renditions, the renditions' bytes."""

    photos: int
    made: int
    size: int

    @property
    def mean(self) -> int:
        """Mean bytes of a photo, all its renditions together; 0 when there are none."""
        return round(self.size / self.made) if self.made else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What the photos take; ``rest`` is what else is in the built site, None when none is built.

    A photo of several records is counted in each of them and takes space once: ``total.size``
    counts it once.
    """

    total: Share
    years: Mapping[int, Share]
    schools: Mapping[int, Mapping[str, Share]]
    rest: int | None

    @property
    def expected(self) -> int:
        """Bytes of the site once all photos are made, at the mean of those that are."""
        return self.total.size + (self.total.photos - self.total.made) * self.total.mean + (self.rest or 0)

    @property
    def left(self) -> int | None:
        """How many more photos fit, None when none is made yet."""
        return max(0, LIMIT - self.expected) // self.total.mean if self.total.mean else None


def measure_budget(corpus: Corpus, cache: Path, site: Path) -> Budget:
    """Measure the renditions that the cache holds of a corpus' public photos, and the rest of a built site."""
    store = Store(cache, RECIPE, list_codec_versions())
    sizes: dict[str, int | None] = {}
    places: dict[tuple[int, str], list[str]] = {}
    for (activity, _), photo in list_public_photos(corpus):
        school, year = activity.split("/")[:2]
        source = Source.from_name(photo.digest, photo.name)
        entry = store.locate_entry(source)
        places.setdefault((int(year), school), []).append(entry)
        if entry not in sizes:
            found = store.find_renditions(source)
            files = [*map(found.locate_file, found.sizes), found.fallback_file] if found else []
            sizes[entry] = sum(file.stat().st_size for file in files) if found else None
    years = sorted({year for year, _ in places})
    return Budget(
        total=_share(sizes, sizes),
        years={
            y: _share([e for (year, _), own in places.items() if year == y for e in own], sizes)
            for y in years
        },
        schools={y: {s: _share(own, sizes) for (year, s), own in places.items() if year == y} for y in years},
        rest=_folder_size(site, without=FOLDER) if (site / "sitemap.xml").is_file() else None,
    )


def warn_of_full_site(site: Path) -> str | None:
    """Return a line for the end of a build when the site takes most of what the host allows."""
    used = _folder_size(site)
    if used <= _ALARM * LIMIT:
        return None
    over = "已经超过" if used > LIMIT else "快到"
    return f"网站有 {format_size(used)}，{over} GitHub Pages 的上限 {format_size(LIMIT)}；运行 pairing photos budget 看看占在哪里"


def format_budget_text(corpus: Corpus, found: Budget, *, tried: bool = False) -> str:
    """Lay the budget out as a table, with what follows from it.

    tried: the renditions were just made; those still missing cannot be.
    """
    from rich.cells import cell_len

    rows: list[tuple[str, Share]] = []
    for year, share in found.years.items():
        rows.append((f"{year} 年", share))
        order = _order(corpus, year, found.schools[year])
        rows += [(f"  {corpus.name_school(school)}", found.schools[year][school]) for school in order]
    rows.append(("全部图片", found.total))
    width = max(cell_len(name) for name, _ in rows) + 2
    lines = [" " * width + "  图片       占用    平均一张"]
    for name, share in rows:
        gap = " " * (width - cell_len(name))
        size, mean = (format_size(share.size), format_size(share.mean)) if share.made else ("-", "-")
        lines.append(f"{name}{gap}{share.photos:>6,}{size:>11}{mean:>12}")
    lines.append("")
    unmade = found.total.photos - found.total.made
    if not found.total.photos:
        lines.append("还没有公开的图片。")
    elif tried and unmade:
        lines.append(f"有 {unmade:,} 张做不出小图，网站上不会有；照上面的提醒换掉。")
    elif not found.total.made:
        lines.append("网站的小图还没有生成，占多少还不知道；先运行 pairing build，或加 --make。")
    elif unmade:
        lines.append(
            f"有 {unmade:,} 张的小图还没有生成，按平均大小估计；要准数，先运行 pairing build，或加 --make。"
        )
    if found.rest is None:
        lines.append("网站还没有生成，网页等其他文件没有计入。")
    else:
        lines.append(f"网页等其他文件：{format_size(found.rest)}。")
    if found.total.photos and not found.total.made:
        return "\n".join(lines) + "\n"
    share_used = found.expected / LIMIT
    lines.append(
        f"共 {format_size(found.expected)}，占 GitHub Pages 上限 {format_size(LIMIT)} 的 {share_used:.1%}。"
    )
    if found.left is not None:
        lines.append(f"照现在一张图片的大小，还放得下约 {found.left:,} 张。")
    if share_used > _ALARM:
        lines.append("快放满了：少放相近的图片，或者把往年的档案另建一个网站。")
    return "\n".join(lines) + "\n"


def format_budget_json(corpus: Corpus, found: Budget) -> str:
    """Return the budget as JSON; sizes are bytes, ``null`` is what is not known."""

    def describe(share: Share) -> dict[str, int]:
        return {"photos": share.photos, "made": share.made, "bytes": share.size, "mean": share.mean}

    data = {
        "limit": LIMIT,
        "expected": found.expected,
        "rest": found.rest,
        "photos_left": found.left,
        "photos": describe(found.total),
        "years": [
            {
                "year": year,
                **describe(share),
                "schools": [
                    {
                        "school": school,
                        "name": corpus.name_school(school),
                        **describe(found.schools[year][school]),
                    }
                    for school in _order(corpus, year, found.schools[year])
                ],
            }
            for year, share in found.years.items()
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def format_size(size: int) -> str:
    """Return a size for people: ``512 KB``, ``1.5 MB``; decimal units, as hosts count."""
    if size >= 1_000_000_000:
        return f"{size / 1_000_000_000:.2f} GB".replace(".00", "")
    if size >= 999_500:
        return f"{size / 1_000_000:.1f} MB"
    return f"{-(-size // 1000)} KB"


def _share(entries: Iterable[str], sizes: Mapping[str, int | None]) -> Share:
    found = [sizes[entry] for entry in entries]
    made = [size for size in found if size is not None]
    return Share(photos=len(found), made=len(made), size=sum(made))


def _order(corpus: Corpus, year: int, schools: Mapping[str, Share]) -> list[str]:
    """Return schools in the order of the programme's pairings."""
    programme = corpus.find_programme(year)
    known = programme.school_ids if programme else ()
    return [school for school in known if school in schools] + sorted(set(schools) - set(known))


def _folder_size(folder: Path, *, without: str = "") -> int:
    """Return the bytes of all files below a folder, one of its own folders left out."""
    total = 0
    for place, folders, names in os.walk(folder):
        if without in folders and Path(place) == folder:
            folders.remove(without)
        total += sum((Path(place) / name).lstat().st_size for name in names)
    return total
