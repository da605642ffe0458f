"""The set of phone photos that the benchmark of renditions works on, made of real photographs.

The largest photographs that a Debian package ships under a free licence are those of the community's wallpaper
contest for Ubuntu Touch. Twelve real photographs (no renderings, 6 to 20 megapixels) are cut to a phone's 4:3
or 3:4, scaled to 8, 10 or 12 megapixels (the smaller ones up by up to a fifth), given a sensor's noise and
saved as a phone does: quality 92, 4:2:0, upright ones lying on their side with EXIF orientation 6.

``python -m tests.bench.photo_set FOLDER`` writes them; the packages come from Debian's own client, which
needs no root for that.
"""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pillow_heif
from PIL import Image, ImageChops, ImageFilter

PACKAGES = ("lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04")
# File, its author, its licence, as the packages' copyright file says.
PHOTOGRAPHS = (
    ("Bridge_by_Sander_Klootwijk", "Sander Klootwijk", "CC-BY-SA-4.0"),
    ("Dragonfly_by_Bolly", "Bolly", "CC-BY-SA-4.0"),
    ("Kleiber_by_Lukas_Baubkus", "Lukas Baubkus", "CC-BY-SA-3.0"),
    ("Wine_by_Jakkub_Mede", "Jakub Mede", "CC-BY-4.0"),
    ("aitzgorri_by_Aitzol_Berasategi", "Aitzol Berasategi", "CC-BY-4.0"),
    ("free_by_Peter_Nerlich", "Peter Nerlich", "CC-BY-SA-4.0"),
    ("friends_by_Aitzol_Berasategi", "Aitzol Berasategi", "CC-BY-4.0"),
    ("greentock_by_Peter_Nerlich", "Peter Nerlich", "CC-BY-SA-4.0"),
    ("life_by_Aitzol_Berasategi", "Aitzol Berasategi", "CC-BY-4.0"),
    ("picosdeeuropa_by_Aitzol_Berasategi", "Aitzol Berasategi", "CC-BY-4.0"),
    ("seeding_by_Clements_Engelhardt", "Clemens Engelhardt", "CC0-1.0"),
    ("sunset_by_Aitzol_Berasategi", "Aitzol Berasategi", "CC-BY-4.0"),
)
_ORIENTATION = 0x0112
_MAKER = 0x010F


def fetch(folder: Path) -> list[Path]:
    """Download and unpack the packages; return the photographs in the order of :data:`PHOTOGRAPHS`."""
    for package in PACKAGES:
        command = ["apt-get", "download", "--quiet", package]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise SystemExit(f"the photographs come from Debian's package {package}: {error}") from None
        (archive,) = folder.glob(f"{package}_*.deb")
        subprocess.run(["dpkg-deb", "-x", archive, folder / "packages"], check=True)
        archive.unlink()
    found = {path.stem: path for path in (folder / "packages").rglob("*.jpg")}
    return [found[name] for name, _, _ in PHOTOGRAPHS]


def phone_shape(photograph: Image.Image) -> Image.Image:
    """Return the largest 4:3 or 3:4 part of a photograph at 8, 10 or 12 megapixels."""
    tall = photograph.height > photograph.width
    wide, high = (3, 4) if tall else (4, 3)
    unit = min(photograph.width / wide, photograph.height / high)
    width, height = int(unit * wide), int(unit * high)
    megapixels = width * height / 1e6
    edge = 4000 if megapixels > 9.5 else 3648 if megapixels > 7.5 else 3264
    left, top = (photograph.width - width) // 2, (photograph.height - height) // 2
    size = (edge * 3 // 4, edge) if tall else (edge, edge * 3 // 4)
    part = (left, top, left + width, top + height)
    return photograph.resize(size, Image.Resampling.LANCZOS, box=part)


def noisy(picture: Image.Image, seed: int) -> Image.Image:
    """Return the picture with what a small sensor and its software leave: fine grain, coarser colour blotches."""
    # Pillow's noise is not seeded: one tile of noise is laid at places that are.
    random_ = random.Random(seed)  # noqa: S311  # not a secret
    bands = []
    for band, blur in zip(picture.convert("YCbCr").split(), (0.5, 1.0, 1.0), strict=True):
        grain = Image.effect_noise(picture.size, 6).filter(ImageFilter.GaussianBlur(blur))
        grain = ImageChops.offset(grain, random_.randrange(1000), random_.randrange(1000))
        bands.append(ImageChops.add(band, grain, 1, -128))
    return Image.merge("YCbCr", bands).convert("RGB")


def write_set(folder: Path) -> None:
    """Write the photos ``00.jpg`` … into a folder, and one of 50 megapixels beside them: ``50mp.jpeg`` and others."""
    for number, path in enumerate(fetch(folder)):
        with Image.open(path) as photograph:
            picture = noisy(phone_shape(photograph.convert("RGB")), number)
        exif = Image.Exif()
        exif[_MAKER] = "Phone"
        if picture.height > picture.width:
            picture = picture.transpose(Image.Transpose.ROTATE_90)
            exif[_ORIENTATION] = 6
        picture.save(folder / f"{number:02}.jpg", quality=92, subsampling="4:2:0", exif=exif)
        if number == 1:
            large = picture.resize((8160, 6120), Image.Resampling.BICUBIC)
            large.save(folder / "50mp.jpeg", quality=90, subsampling="4:2:0", exif=exif)
            large.save(folder / "50mp-progressive.jpeg", quality=90, progressive=True)
            large.save(folder / "50mp.webp", quality=85, method=0)
            pillow_heif.from_pillow(large).save(
                folder / "50mp.heic", quality=60, enc_params={"preset": "ultrafast"}
            )
            # Without its noise, or it would be too many bytes.
            large.reduce(8).resize(large.size, Image.Resampling.NEAREST).save(folder / "50mp.png")
    shutil.rmtree(folder / "packages")


def variant(photo: bytes, number: int) -> bytes:
    """Return the same photo in other bytes: a comment with a number behind the JPEG's start."""
    text = b"%d" % number
    return photo[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + photo[2:]


if __name__ == "__main__":
    write_set(Path(sys.argv[1]))
