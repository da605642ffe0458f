"""Records where nobody reads them: the check is never green, and what it advises makes it green."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.cli import main
from tests.scratch_repository import commit, git
from tests.small_archive import activity, base, school

RECORD = "records/yi/2021/02/10-area-visit/activity.md"
_TARGET = re.compile(r"records/[a-z0-9-]+/[0-9]{4}/[0-9]{2}/[0-9]{2}-[a-z0-9-]+(?:/activity\.md)?")


def _photo() -> bytes:
    data = io.BytesIO()
    Image.linear_gradient("L").resize((900, 700)).convert("RGB").save(data, "JPEG")
    return data.getvalue()


PHOTO = _photo()
TEXT = activity(
    "2021-02-10", partner="jia", photos="photos:\n  - {file: 01.jpg, caption: 大班区域活动, people: none}\n"
)


def county() -> dict[str, str | bytes]:
    """Return the small archive with two helped schools, so that partners alone do not tell which one wrote."""
    files = base() | {"records/bing/school.yml": school("bing", "丙园", "rural"), "README.md": "# 档案\n"}
    programme = files["records/bureau/2021/programme.yml"]
    assert isinstance(programme, str)
    files["records/bureau/2021/programme.yml"] = programme.replace("helped: [yi]", "helped: [yi, bing]")
    return files


def lay_out(root: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)


@contextlib.contextmanager
def archive() -> Iterator[Path]:
    """Make the archive as a repository, with one commit on `main`."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        lay_out(root, county())
        git(root, "init", "--quiet", "--initial-branch", "main")
        commit(root, "The archive")
        yield root


def check(root: Path, *options: str) -> tuple[int, list[dict[str, str]]]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = main(["check", "--root", str(root), "--as-of", "2021-02-20", "--format", "json", *options])
    return code, json.loads(out.getvalue())


def both_ways(root: Path, paths: Sequence[str]) -> tuple[int, list[dict[str, str]]]:
    """Check a change against `main` and the same files by hand, which must agree."""
    code, found = check(root, "--changed-since", "main")
    assert check(root, "--only", *paths)[0] == code
    return code, found


def put(root: Path, path: str) -> list[str]:
    """Lay the record and its photo where a school put them, and return the files."""
    beside = f"{path.rpartition('/')[0]}/01.jpg".lstrip("/")
    lay_out(root, {path: TEXT, beside: PHOTO})
    return [path, beside]


def follow(root: Path, found: list[dict[str, str]], files: Sequence[str]) -> list[str]:
    """Do what the messages say: move the record, and the photo with it, to the place that they name."""
    targets = [target for d in found for target in _TARGET.findall(d["fix"]) if "/yi/" in target]
    assert targets, found
    target = targets[0].removesuffix("/activity.md")
    (root / "moved").mkdir()
    for path, name in zip(files, ("activity.md", "01.jpg"), strict=True):
        shutil.move(root / path, root / "moved" / name)
    (root / target).parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(root / target, ignore_errors=True)
    shutil.move(root / "moved", root / target)
    return [f"{target}/activity.md", f"{target}/01.jpg"]


TRANSLATED = {
    "records": ("材料", "记录", "档案"),
    "yi": ("乙园", "Yi", "ｙｉ"),
    "2021": ("2021年", "二〇二一", "21"),
    "02": ("2", "二月", "2月", "Feb", "february", "０２"),
    "10-area-visit": ("10-区域观摩", "区域观摩", "10 area visit", "10_area_visit", "10", "area-visit"),
    "activity.md": ("活动.md", "activity.md.txt", "activity.markdown", "activity", "notes.md", "Activity.MD"),
}
WORDS = st.sampled_from(["x", "new", "old-files", "材料", "2020", "13", "05", "Photos", "upload"])


@st.composite
def broken_paths(draw: st.DrawFn) -> str:
    """Drop, rename, swap, translate, re-case or add a part of the record's path, once or twice."""
    parts = RECORD.split("/")
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(parts) - 1))
        match draw(st.sampled_from(["drop", "rename", "swap", "translate", "case", "add"])):
            case "drop" if len(parts) > 1:
                del parts[at]
            case "rename":
                parts[at] = draw(WORDS) + (".md" if at == len(parts) - 1 else "")
            case "swap":
                other = draw(st.integers(0, len(parts) - 1))
                parts[at], parts[other] = parts[other], parts[at]
            case "translate":
                parts[at] = draw(st.sampled_from(TRANSLATED.get(parts[at], ("其他",))))
            case "case":
                parts[at] = draw(st.sampled_from([parts[at].upper(), parts[at].title()]))
            case "add":
                parts.insert(at, draw(WORDS))
    return "/".join(parts)


@settings(max_examples=60, deadline=None)
@given(path=broken_paths())
def test_a_record_in_the_wrong_place_is_never_green_and_the_advice_is_right(path: str) -> None:
    with archive() as root:
        assume(not re.fullmatch(r"records/yi/2021/02/10-[a-z0-9-]+/activity\.md", path))
        assume(
            not any(p.is_file() for p in [root / path, *(root / path).parents]) and not (root / path).is_dir()
        )
        files = put(root, path)
        code, found = both_ways(root, files)
        assert code == 1, path
        files = follow(root, found, files)
        assert both_ways(root, files) == (0, []), (path, found)
