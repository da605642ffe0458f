"""What decoding a photo takes is told from its header: no less than its process's real peak, and 1 GiB at most.

Each photo is made and decoded by a process of its own, since a peak never goes down. Photos of one colour will do:
what a decoder keeps does not depend on what they show.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator.images.memory import MOST, of_heic, of_jpeg, of_png, of_webp

ROOT = Path(__file__).resolve().parent.parent

WRITE = """
import sys
from PIL import Image
import pillow_heif
pillow_heif.register_heif_opener()
path, mode, width, height, options = sys.argv[1:]
picture = Image.new(mode, (int(width), int(height)), 90)
picture.paste(200, (300, 500, 4000, 3000))
options = eval(options)
if options.pop("deep", False):
    picture = pillow_heif.from_bytes("RGB;16", picture.size, b'\\x40\\x9c' * (3 * picture.width * picture.height))
    options["bit_depth"] = 10
picture.save(path, **options)
"""
TRY = """
import json, re, sys
from pathlib import Path
from generator.images.develop import Developed, develop
from generator.images.recipe import RECIPE
photo = Path(sys.argv[1])
made = develop(photo.read_bytes(), photo.name, RECIPE)
# Unlike getrusage, this does not begin with the peak of the process that started this one.
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
size = made.sizes[0].size if isinstance(made, Developed) else None
print(json.dumps({"peak": peak, "size": [size.width, size.height] if size else made.message}))
"""

FAST = "enc_params={'preset': 'ultrafast'}, quality=30"
FIT = {
    "plain.jpg": ("RGB", 8160, 6120, "dict(quality=50)"),
    "progressive.jpg": ("RGB", 9000, 6666, "dict(quality=50, progressive=True)"),
    "progressive-444.jpg": ("RGB", 9000, 6666, "dict(quality=50, progressive=True, subsampling='4:4:4')"),
    "progressive-cmyk.jpg": ("CMYK", 9000, 6666, "dict(quality=50, progressive=True)"),
    "rgb.png": ("RGB", 8160, 6120, "dict(compress_level=1)"),
    "undrafted-444.jpg": ("RGB", 3190, 2392, "dict(quality=50, subsampling='4:4:4')"),
    "undrafted-square.jpg": ("RGB", 3190, 3190, "dict(quality=50)"),
    "small.png": ("RGB", 3200, 2400, "dict(compress_level=1)"),
    "palette.png": ("P", 8160, 6120, "dict(compress_level=1)"),
    "deep-grey.png": ("I;16", 8160, 6120, "dict(compress_level=1)"),
    "colour-clear.png": ("RGB", 4800, 3600, "dict(compress_level=1, transparency=(90, 0, 0))"),
    "small-clear.png": ("RGB", 2300, 1725, "dict(compress_level=1, transparency=(90, 0, 0))"),
    "small-rgba.png": ("RGBA", 4600, 3450, "dict(compress_level=1)"),
    "lossy.webp": ("RGB", 8160, 6120, "dict(quality=50, method=0)"),
    "largest.webp": ("RGB", 9000, 6666, "dict(quality=50, method=0)"),
    "clear.webp": ("RGBA", 9000, 6666, "dict(quality=50, method=0)"),
    "lossless.webp": ("RGB", 9000, 6666, "dict(lossless=True, method=0)"),
    "small.heic": ("RGB", 4032, 3024, f"dict({FAST})"),
    "whole.heic": ("RGB", 8160, 6120, f"dict({FAST})"),
    "deep.heic": ("RGB", 9000, 6666, f"dict({FAST}, deep=True)"),
    "clear.heic": ("RGBA", 9000, 6666, f"dict({FAST})"),
}
"""By name: mode, width, height and how it is saved."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")
@pytest.mark.parametrize("name", FIT)
def test_a_photo_takes_no_more_than_is_told(name: str, tmp_path: Path) -> None:
    path = _written(tmp_path / name, FIT[name])
    _, width, height, _ = FIT[name]
    told = estimate(path.read_bytes(), name, (width, height))
    found = json.loads(_run(TRY, str(path)))
    assert max(found["size"]) == 1600
    assert found["peak"] <= told <= MOST


def estimate(data: bytes, name: str, size: tuple[int, int]) -> int:
    suffix = Path(name).suffix
    if suffix == ".heic":
        return of_heic(data, size)
    return {".jpg": of_jpeg, ".png": of_png, ".webp": of_webp}[suffix](data)


def _written(path: Path, photo: tuple[str, int, int, str]) -> Path:
    _run(WRITE, str(path), *map(str, photo))
    return path


def _run(script: str, *arguments: str) -> str:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
