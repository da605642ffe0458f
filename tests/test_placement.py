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

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.archive import read_corpus
from generator.archive.album import render_album
from generator.cli.main import main
from generator.rules.submission import find_misplaced
from generator.site.prepare import PHOTO_CACHE
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


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the cache of a build that has published the photo, which so need not be decoded by every check."""
    root = tmp_path_factory.mktemp("published")
    lay_out(root, county() | {RECORD: TEXT, f"{PLACE}/01.jpg": PHOTO})
    assert len(render_album(read_corpus(root), root / PHOTO_CACHE).pictures) == 1
    return root / PHOTO_CACHE


@settings(max_examples=20, deadline=None)
@given(path=broken_paths())
def test_a_record_in_the_wrong_place_is_never_green_and_the_advice_is_right(
    path: str, published: Path
) -> None:
    with archive() as root:
        shutil.copytree(published, root / PHOTO_CACHE)
        (root / ".git" / "info" / "exclude").write_text(".cache\n", encoding="utf-8")
        assume(not re.fullmatch(r"records/yi/2021/02/10-[a-z0-9-]+/activity\.md", path))
        assume(
            not any(p.is_file() for p in [root / path, *(root / path).parents]) and not (root / path).is_dir()
        )
        files = put(root, path)
        code, found = both_ways(root, files)
        assert code == 1, path
        files = follow(root, found, files)
        assert both_ways(root, files) == (0, []), (path, found)


WRONG = "这份材料放的地方不对，不会被读取，等于没有交"
STRAY = "这个文件放的地方不对，不会被读取"
LINE = "每次活动一个文件夹：records/校（园）代号/年/月/日-短名/activity.md，图片放在旁边"
PLACE = "records/yi/2021/02/10-area-visit"


def choice(folder: str) -> str:
    """Return the advice where only the author knows which school's the record is."""
    yi, bing = (f"records/{school}/2021/02/{folder}/activity.md" for school in ("yi", "bing"))
    along = "同一文件夹里的图片一起移过去"
    return f"看是哪一所的材料：是乙园的，移到 {yi}；是丙园的，移到 {bing}；{along}"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {
                "records/yi/2021/2/10-area-visit/activity.md": TEXT,
                "records/yi/2021/2/10-area-visit/01.jpg": PHOTO,
            },
            {
                "records/yi/2021/2/10-area-visit/activity.md": (
                    WRONG,
                    f"移到 {RECORD}，同一文件夹里的图片一起移过去",
                )
            },
        ),
        (
            {f"{PLACE}/Activity.MD": TEXT, f"{PLACE}/01.jpg": PHOTO},
            {f"{PLACE}/Activity.MD": (WRONG, f"改名为 {RECORD}")},
        ),
        (
            {"activity.md": TEXT},
            {
                "activity.md": (
                    WRONG,
                    choice("10-visit"),
                )
            },
        ),
        (
            {
                "records/yee/2021/02/10-area-visit/activity.md": TEXT.replace("[jia]", "[jia, bing]"),
                "records/yee/2021/02/10-area-visit/01.jpg": PHOTO,
            },
            {
                "records/yee/2021/02/10-area-visit/activity.md": (
                    "方案里没有代号是“yee”的校（园），这份材料不会计数，等于没有交",
                    f"移到 {RECORD}，同一文件夹里的图片一起移过去；新增的校（园）先写进 programme.yml",
                )
            },
        ),
        # No front matter that could be read: the path tells the day, or nobody does.
        (
            {"Records/乙园/2021/2/10-area visit/activity.md": "## 方案\n\n## 记录\n"},
            {
                "Records/乙园/2021/2/10-area visit/activity.md": (
                    WRONG,
                    f"移到 {RECORD}，同一文件夹里的图片一起移过去",
                )
            },
        ),
        ({"材料/活动.md": "x\n"}, {"材料/活动.md": (WRONG, f"先写好 date: 一行，再移到它的位置；{LINE}")}),
        # Other material in the wrong place.
        ({"照片.jpg": PHOTO}, {"照片.jpg": (STRAY, LINE)}),
        ({"upload/IMG_2031.HEIC": b"x"}, {"upload/IMG_2031.HEIC": (STRAY, LINE)}),
        ({"总结.docx": b"x"}, {"总结.docx": (STRAY, LINE)}),
        ({"yi/2021/Plan.yml": "rows: []\n"}, {"yi/2021/Plan.yml": (STRAY, "移到 records/yi/2021/plan.yml")}),
        (
            {"records/乙园/school.yml": "id: yi\n"},
            {"records/乙园/school.yml": (STRAY, "移到 records/yi/school.yml")},
        ),
        (
            {"records/yi/2021/02": "x\n"},
            {"records/yi/2021/02": ("这里不该有“02”", "02 应当是月份文件夹，里面放活动文件夹")},
        ),
        (
            {RECORD: TEXT, f"{PLACE}/01.jpg": PHOTO, f"{PLACE}/photos/02.jpg": PHOTO + b"\n"},
            {
                f"{PLACE}/photos/02.jpg": (
                    STRAY,
                    f"图片不再分文件夹，移到 {PLACE}/02.jpg，再在 photos: 下面加一行：  - {{file: 02.jpg, caption: 一句话说明}}",
                )
            },
        ),
        # The project's own schemas lie there, and nothing else.
        (
            {"records/schema/10-area-visit/activity.md": TEXT, "records/schema/说明.txt": "x\n"},
            {
                "records/schema/10-area-visit/activity.md": (WRONG, choice("10-area-visit")),
                "records/schema/说明.txt": (STRAY, LINE),
            },
        ),
        # Nothing but photos: what reading says stands on the folder above them.
        (
            {"records/yi/2021/02/观摩/01.jpg": PHOTO, "records/yi/2021/02/观摩/02.jpg": PHOTO + b"\n"},
            {
                "records/yi/2021/02/观摩": (
                    "名字“观摩”里有中文或特殊字符",
                    "名字只用小写英文字母、数字和短横线",
                )
            },
        ),
        (
            {"records/yi/2021/Feb/10-visit/01.jpg": PHOTO},
            {
                "records/yi/2021/Feb": (
                    "这里不该有“Feb”",
                    "这里只放 plan.yml、roster.yml、agreement-*.md 和月份文件夹（01 至 12）",
                )
            },
        ),
        # Two copies in wrong places do not go to the same right one.
        (
            {
                "a/10-area-visit/activity.md": TEXT,
                "records/yi/02/10-area-visit/activity.md": TEXT + "\n另一次。\n",
            },
            {
                "a/10-area-visit/activity.md": (
                    WRONG,
                    choice("10-area-visit"),
                ),
                "records/yi/02/10-area-visit/activity.md": (
                    WRONG,
                    "移到 records/yi/2021/02/10-area-visit-2/activity.md，同一文件夹里的图片一起移过去",
                ),
            },
        ),
        # What maintainers change stays possible.
        ({"content/guides/new.md": "## 方案\n\n## 记录\n", "content/images/01.jpg": PHOTO}, {}),
        (
            {
                "tests/rules/x/records/yi/2021/2/activity.md": TEXT,
                "generator/new.py": "",
                "NEWS.md": "# 新\n",
                "docs/decisions.md": "# Decisions\n\n**2021-02-10. One thing**, instead of another.\n",
            },
            {},
        ),
        ({"records/yi/2021/02/.gitkeep": ""}, {}),
    ],
)
def test_where_it_belongs_is_said_in_one_message(
    files: dict[str, str | bytes], expected: dict[str, tuple[str, str]]
) -> None:
    with archive() as root:
        lay_out(root, files)
        code, found = check(root, "--changed-since", "main")
        placed = [d for d in found if d["rule"] in ("unexpected-file", "file-name", "school-known")]
        assert {d["path"]: (d["message"], d["fix"]) for d in placed} == expected
        assert (code, len(placed)) == (int(bool(expected)), len(expected))


@pytest.mark.parametrize(
    ("written", "names", "expected"),
    [
        (
            "微信图片_1.jpg",
            ["微信图片_1.jpg"],
            [
                (
                    "file-name",
                    "名字“微信图片_1.jpg”里有中文或特殊字符",
                    "改名为 01.jpg，记录里的 file 也写 01.jpg",
                )
            ],
        ),
        (
            "01.jpg",
            ["活动 照片.JPG"],
            [
                (
                    "file-name",
                    "名字“活动 照片.JPG”里有中文或特殊字符",
                    "改名为 01.jpg，记录里的 file 已经是这样写的",
                )
            ],
        ),
        (
            "01.jpg",
            ["01.jpg", "01 (1).jpg", "图.png"],
            [
                (
                    "file-name",
                    "名字“01 (1).jpg”里有空格或特殊符号，或太长",
                    "改名为 02.jpg，再在 photos: 下面加一行：  - {file: 02.jpg, caption: 一句话说明}",
                ),
                (
                    "file-name",
                    "名字“图.png”里有中文或特殊字符",
                    "改名为 01.png，再在 photos: 下面加一行：  - {file: 01.png, caption: 一句话说明}",
                ),
            ],
        ),
        ("01.jpg", ["照片/01.jpg"], [("unexpected-file", STRAY, f"图片不再分文件夹，移到 {PLACE}/01.jpg")]),
        (
            "图.jpg",
            ["照片/图.jpg"],
            [
                (
                    "unexpected-file",
                    STRAY,
                    f"图片不再分文件夹，移到 {PLACE}/01.jpg，记录里的 file 也写 01.jpg",
                )
            ],
        ),
    ],
)
def test_a_photo_under_a_refused_name_or_in_a_folder_of_its_own_is_told_once(
    written: str, names: list[str], expected: list[tuple[str, str, str]]
) -> None:
    with archive() as root:
        lay_out(
            root, {RECORD: TEXT.replace("01.jpg", written), **{f"{PLACE}/{name}": PHOTO for name in names}}
        )
        code, found = both_ways(root, [PLACE])
        assert (code, [(d["rule"], d["message"], d["fix"]) for d in found]) == (1, expected)


def test_a_merged_record_moved_to_a_wrong_place_goes_back_to_its_own_school() -> None:
    """Its partners alone would fit two schools."""
    with archive() as root:
        put(root, RECORD)
        commit(root, "Merged")
        git(root, "checkout", "--quiet", "-b", "request")
        shutil.move(root / PLACE, root / "10-area-visit")
        code, found = check(root, "--changed-since", "main")
        assert (code, [(d["path"], d["fix"]) for d in found]) == (
            1,
            [("10-area-visit/activity.md", f"移到 {RECORD}，同一文件夹里的图片一起移过去")],
        )


def test_a_copy_of_a_merged_record_is_to_be_taken_away() -> None:
    with archive() as root:
        put(root, RECORD)
        commit(root, "Merged")
        put(root, "records/yi/2021/Feb/10-area-visit/activity.md")
        code, found = check(root, "--changed-since", "main")
        assert (code, [d["fix"] for d in found]) == (1, [f"同样的材料已经在 {PLACE}/ 里，这里的删去"])


def test_all_that_is_wrong_with_a_misplaced_record_is_said_at_once() -> None:
    """Where it belongs, and what its rules say of it and of its photo, at the lines of the file as it lies."""
    path = "records/yi/2021/2/10-area-visit/activity.md"
    with archive() as root:
        put(root, path)
        (root / path).write_text(TEXT.replace("direction: host", "direction: hots"), encoding="utf-8")
        (root / path).with_name("02.jpg").write_bytes(PHOTO + b"\n")
        _, found = check(root, "--changed-since", "main")
        assert [f"{d['path']}:{d['line']} {d['rule']}" for d in found] == [
            f"{path}:1 unexpected-file",
            f"{path}:6 field-value",
            f"{path}:10 photo-unnamed",
        ]
        assert check(root, "--only", "records/yi/2021/2")[1] == found


def test_the_whole_archive_s_check_names_the_place_too() -> None:
    with archive() as root:
        put(root, "records/yi/2021/2/10-area-visit/activity.md")
        _, found = check(root)
        assert [d["fix"] for d in found if d["rule"] == "unexpected-file"] == [
            f"移到 {RECORD}，同一文件夹里的图片一起移过去"
        ]


def test_a_flood_of_misplaced_records_is_named_and_no_longer_worked_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(find_misplaced, "MOST_ADVISED", 3)
    with archive() as root:
        lay_out(root, {f"records/yi/2021/2/1{n}-visit/activity.md": TEXT for n in range(5)})
        _, found = check(root, "--changed-since", "main")
        fixes = [d["fix"] for d in found if d["rule"] == "unexpected-file"]
        assert [fix.startswith("移到 records/yi/2021/02/10-visit") for fix in fixes] == [True] * 3 + [
            False
        ] * 2
        assert fixes[3:] == [LINE] * 2
