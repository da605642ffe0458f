"""Cut the bulletin's fonts from those that Debian packages: ``python -m tests.fonts FOLDER``.

FOLDER holds what ``apt-get download fonts-noto-cjk texlive-lang-chinese`` fetched, or the fonts unpacked from
it. Each cut holds GB 2312, ASCII and the signs that a bulletin sets; the same sources give the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).resolve().parents[1] / "generator" / "documents" / "bulletin" / "fonts"
# Beyond GB 2312: what phones and computers type, and what the bulletin itself sets.
_MORE = "—―–•·×✓✕◐◔○█□■※①②③④⑤⑥⑦⑧⑨⑩％‰℃㎡…“”‘’〇珺玥堃喆頔赟昇珅祎翀"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A font to cut: the file in the package, the face in a collection, the file it becomes."""

    source: str
    face: str
    name: str


CUTS = (
    Cut(source="FandolFang-Regular.otf", face="FandolFang R", name="FandolFang-GB2312.otf"),
    Cut(source="NotoSansCJK-Bold.ttc", face="Noto Sans CJK SC", name="NotoSansSC-Bold-GB2312.otf"),
    Cut(source="NotoSerifCJK-Bold.ttc", face="Noto Serif CJK SC", name="NotoSerifSC-Bold-GB2312.otf"),
)


def characters() -> set[int]:
    """Return the characters of every cut."""
    found = {*range(0x20, 0x7F), 0xA0, *map(ord, _MORE)}
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes([row, cell]).decode("gb2312", errors="ignore")))
    return found


def cut(source: Path, wanted: Cut, target: Path) -> None:
    """Write one cut, without hints and without the time at which it was made."""
    font = _face(source, wanted.face)
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.recalc_timestamp = False
    # Copyright, licence, names and version stay with the font.
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters())
    subsetter.subset(font)
    font.recalcTimestamp = False
    font.save(target)


def _face(source: Path, face: str) -> TTFont:
    if source.suffix != ".ttc":
        return TTFont(source, recalcTimestamp=False)
    for number, font in enumerate(TTCollection(source, lazy=True).fonts):
        if font["name"].getDebugName(1) == face:
            return TTFont(source, fontNumber=number, recalcTimestamp=False)
    raise SystemExit(f"{source} has no face {face}")


def write_coverage() -> None:
    """Write down every character that one of the cuts has."""
    found: set[int] = set()
    for path in sorted(FONTS.glob("*.otf")):
        found |= set(TTFont(path, lazy=True).getBestCmap())
    (FONTS / "coverage.txt").write_text("".join(map(chr, sorted(found))), encoding="utf-8", newline="\n")


def main(folder: Path) -> None:
    """Cut every font found below ``folder``."""
    with tempfile.TemporaryDirectory() as scratch:
        for package in sorted(folder.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(package), scratch], check=True)
        FONTS.mkdir(parents=True, exist_ok=True)
        for wanted in CUTS:
            found = [path for place in (folder, Path(scratch)) for path in place.rglob(wanted.source)]
            if not found:
                raise SystemExit(f"no {wanted.source} in {folder}")
            cut(found[0], wanted, FONTS / wanted.name)
            print(f"{wanted.name}: {(FONTS / wanted.name).stat().st_size} bytes")
        write_coverage()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
