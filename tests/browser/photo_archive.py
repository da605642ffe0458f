"""An archive made for its photos: odd shapes, galleries of one, 60 and 200, long captions, withheld ones.

The pictures are noise with the spectrum of a photo, so that their renditions weigh what a photo's weigh
(measured: 15 KB at 320, 65 KB at 800 pixels). Those on one page of a gallery are all different; after a page or
more they come again, as every one takes a build its time.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import random
import sys
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

from PIL import Image, ImageChops

from tests.small_archive import PROGRAMME, activity, base, school

# Width and height as phones make them, for the large gallery: 4:3, 3:4 and now and then 16:9.
USUAL = (*((1000, 750),) * 3, (750, 1000), *((1000, 750),) * 3, (750, 1000), (1000, 563), (750, 1000))
# And for the gallery of sixty what hardly ever comes: square, 2:3, panoramas, a strip, a tiny one.
ODD = (
    *USUAL,
    (1000, 1000),
    (1600, 400),
    (800, 1200),
    (1600, 266),
    (300, 1500),
    (200, 150),
)
LONG = "大班孩子在区域活动里一起搭建家乡的大桥，向来观摩的教师介绍自己的设计和分工的情况"
CAPTIONS = (LONG, "区角", "区域活动现场", "教师围坐研讨", "户外自主游戏", "环境创设一角")
WITHDRAWN = "撤下的说明不得公开"
MEASURES = ("visit", "lesson", "care")
DIRECTIONS = ("host", "visit", "online")

# Photos in one gallery: the month's is all of jia's and one of yi's; bing's month has 60.
MANY, SIXTY = 200, 60
_PER_ACTIVITY = 8
_ROUNDS = 4
"""After so many rounds of the shapes the pictures begin anew."""
_LIGHTS = 8
"""So many are drawn anew, as that takes long; the others are these, moved by no small way and in other colours."""
_PLAN = "records/bureau/2021/programme.yml"


def write_archive(root: Path) -> None:
    """Write the archive; some 260 JPEG files, about 2 seconds."""
    for name, content in _files():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def picture(number: int, width: int, height: int) -> Image.Image:
    """Return a picture whose detail falls off towards small structures as a photo's does."""
    chance = random.Random(number)  # noqa: S311 - nothing secret hangs on it
    light = _light(number % _LIGHTS, width, height)
    light = ImageChops.offset(light, chance.randrange(width), chance.randrange(height))
    bands = []
    for level in (chance.randrange(70, 190) for _ in range(3)):
        tint = _noise(chance, 8, 6, 0.2).resize((width, height), Image.Resampling.BICUBIC)
        band = ImageChops.add(light, tint, 1, -128)
        bands.append(ImageChops.add(band, Image.new("L", (width, height), level), 1, -128))
    return Image.merge("RGB", bands)


def _noise(chance: random.Random, across: int, down: int, strength: float) -> Image.Image:
    grey = Image.frombytes("L", (across, down), chance.randbytes(across * down))
    return grey.point([round(128 + (value - 128) * strength) for value in range(256)])


@cache
def _light(number: int, width: int, height: int) -> Image.Image:
    chance = random.Random(number)  # noqa: S311 - as above
    light = Image.new("L", (width, height), 128)
    for octave in range(8):
        step = 2**octave
        size = max(2, width // step + 2), max(2, height // step + 2)
        part = _noise(chance, *size, 0.5 * (6 + 5 * octave) / 74)
        light = ImageChops.add(light, part.resize((width, height), Image.Resampling.BICUBIC), 1, -128)
    return light


def _files() -> Iterator[tuple[str, bytes | str]]:
    yield from base().items()
    yield (
        _PLAN,
        PROGRAMME.replace(
            "leading_group", "  - {helper: bing, helped: [ding], responsible: [某丙, 某丁]}\nleading_group"
        ),
    )
    yield "records/bing/school.yml", school("bing", "丙园", "helper")
    yield "records/ding/school.yml", school("ding", "丁园", "private")
    yield from _month("jia", "yi", 2, MANY - 1, _jpegs(0, USUAL))
    yield from _month("yi", "jia", 2, 1, _jpegs(1000, USUAL))
    yield from _month("bing", "ding", 3, SIXTY, _jpegs(2000, ODD))
    yield from _withheld(_jpegs(3000, USUAL))


def _month(
    home: str, partner: str, month: int, photos: int, jpegs: Iterator[bytes]
) -> Iterator[tuple[str, bytes | str]]:
    day = dt.date(2021, month, 1)
    while photos:
        count = min(_PER_ACTIVITY, photos)
        place = f"records/{home}/2021/{month:02}/{day.day:02}-visit"
        lines = []
        for index in range(1, count + 1):
            lines.append(
                f"  - {{file: {index:02}.jpg, caption: {CAPTIONS[(day.day + index) % len(CAPTIONS)]}, people: none}}\n"
            )
            yield f"{place}/{index:02}.jpg", next(jpegs)
        yield (
            f"{place}/activity.md",
            activity(
                day.isoformat(),
                title=f"第{day.day}次活动",
                measure=MEASURES[day.day % 3],
                partner=partner,
                photos="photos:\n" + "".join(lines),
            ).replace("direction: host", f"direction: {DIRECTIONS[day.day % 3 - 1]}"),
        )
        photos -= count
        day += dt.timedelta(days=1)


def _withheld(jpegs: Iterator[bytes]) -> Iterator[tuple[str, bytes | str]]:
    """One activity that shows one photo of five, and one that shows none."""
    lines = (
        "photos:\n"
        "  - {file: 01.jpg, caption: 区角, people: none}\n"
        "  - {file: 02.jpg, caption: 孩子们, people: children}\n"
        "  - {file: 03.jpg, caption: 孩子们又一张, people: children}\n"
        "  - {file: 04.jpg, caption: 存档, people: none, public: false}\n"
        f"  - {{file: 05.jpg, caption: {WITHDRAWN}, people: adults, withdrawn: {{date: 2021-03-20, "
        f"reason: 家长要求, digest: {'0' * 64}}}}}\n"
    )
    yield "records/yi/2021/03/10-some/activity.md", activity("2021-03-10", partner="jia", photos=lines)
    for index in (1, 2, 3, 4):
        yield f"records/yi/2021/03/10-some/{index:02}.jpg", next(jpegs)
    one = "photos:\n  - {file: 01.jpg, caption: 孩子们, people: children}\n"
    yield "records/yi/2021/03/11-none/activity.md", activity("2021-03-11", partner="jia", photos=one)
    yield "records/yi/2021/03/11-none/01.jpg", next(jpegs)


def _jpegs(first: int, shapes: tuple[tuple[int, int], ...]) -> Iterator[bytes]:
    return itertools.cycle(map(partial(_jpeg, first, shapes), range(_ROUNDS * len(shapes))))


def _jpeg(first: int, shapes: tuple[tuple[int, int], ...], number: int) -> bytes:
    buffer = io.BytesIO()
    picture(first + number, *shapes[number % len(shapes)]).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
