"""A small archive whose months are closed, as the commands leave it, for tests that spoil it."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from generator.cli.main import main
from generator.rules.rule import REQUIREMENTS
from tests.small_archive import PROGRAMME, activity, base

BUREAU = "records/bureau/2021"
CLOSED = {
    "jia/2021/02/05-visit": ("2021-02-05", "2021-02-08"),
    "jia/2021/02/18-care": ("2021-02-18", "2021-02-20"),
    "yi/2021/02/09-visit": ("2021-02-09", "2021-02-26"),
    "jia/2021/03/04-visit": ("2021-03-04", "2021-03-09"),
    "yi/2021/03/11-visit": ("2021-03-11", "2021-03-12"),
    "yi/2021/03/16-visit": ("2021-03-16", "2021-03-31"),  # late
}
"""Keys of the records in the closings, with the days of the activity and of its report."""

PHOTOS = "photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n  - file: 02.jpg\n    caption: 建构区\n    people: none\n"


def picture(seed: int) -> bytes:
    """Return a small JPEG, another for each seed."""
    image = Image.new("RGB", (48, 32))
    image.putdata([((x * seed) % 256, (x * 7 + seed * 31) % 256, seed * 13 % 256) for x in range(48 * 32)])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def files() -> dict[str, str | bytes]:
    """Return the archive before any month was closed."""
    found: dict[str, str | bytes] = dict(base())
    clauses = dict.fromkeys(REQUIREMENTS, "二-1") | {"deemed-undone": "二-2", "quota": "一-1"}
    needs = ", ".join(f"{name}: {clause}" for name, clause in clauses.items())
    text, count = re.subn(r"(?m)^requirements: .*$", f"requirements: {{{needs}}}", PROGRAMME)
    assert count == 1
    found[f"{BUREAU}/programme.yml"] = text
    for number, (key, (date, reported)) in enumerate(CLOSED.items(), 1):
        school = key.partition("/")[0]
        text = activity(
            date,
            title=f"第{number}次活动",
            partner="yi" if school == "jia" else "jia",
            reported=reported,
            photos=PHOTOS,
        )
        words = {
            "观摩区域": f"第{number}次观摩",
            "分三组": f"分{number}组",
            "上午": f"{number}日",
            "教师学会": f"{number}位教师学会",
        }
        for old, new in words.items():
            text = text.replace(old, new)
        found[f"records/{key}/activity.md"] = text
        found[f"records/{key}/01.jpg"] = picture(2 * number)
        found[f"records/{key}/02.jpg"] = picture(2 * number + 1)
    return found


def lay_out(root: Path, content: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder and return it."""
    for path, data in content.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def collect(root: Path) -> dict[str, bytes]:
    """Return the files below a folder, without the cache."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def run(root: Path, *arguments: str) -> tuple[int, str]:
    """Run a command on an archive and return its exit code and all that it said."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main([*arguments, "--root", str(root)])
    return code, out.getvalue()


def closed(root: Path) -> dict[str, bytes]:
    """Close both months of the archive, amend one record, and return all files."""
    lay_out(root, files())
    record = root / "records/jia/2021/02/05-visit/activity.md"
    words = ("--reason", "人数写错", "--decided-by", "学前股股长")
    for step in (
        ("close", "2021-02", "--as-of", "2021-03-02"),
        ("amend", "jia/2021/02/05-visit", *words, "--as-of", "2021-03-20"),
        ("close", "2021-03", "--as-of", "2021-04-01"),
    ):
        if step[0] == "amend":
            record.write_bytes(record.read_bytes().replace(b"received: 2", b"received: 3"))
        code, said = run(root, *step)
        if code:
            raise RuntimeError(said)
    return collect(root)
