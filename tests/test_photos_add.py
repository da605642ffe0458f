"""`pairing photos add`: what goes in, what is refused, and that a run changes all or nothing."""

from __future__ import annotations

import datetime as dt
import functools
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.actions.photos import shrink, take_in_photos
from generator.actions.photos.shrink import Offered
from generator.actions.transaction import ChangeError, Changes, open_transaction
from generator.archive import read_corpus
from generator.cli import photos_add
from generator.cli.main import main
from generator.images import decoder, faults
from generator.images import develop as develop_module
from generator.images.decoder import MIB, Limits
from generator.images.develop import Developed, develop_photo
from generator.images.facts import read_photo_facts
from generator.images.faults import Fault
from generator.images.recipe import RECIPE, Size
from generator.rules import check_corpus
from tests.conftest import MakeArchive
from tests.hostile_photos.cases import CASES
from tests.hostile_photos.formats import black_png, jpeg_claiming
from tests.phone_photos import RECORD, archive, files_of, phone_photo, plain_photo

Run = Callable[..., tuple[int, str, str]]

ONE = "photos:\n  - {file: 01.jpg, caption: 材料架, people: none}  # 第一张\n"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs `pairing photos add` in a folder with the user's photos beside the archive."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(photos_add, "is_terminal", lambda: False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["photos", "add", "--root", "archive", *arguments])
        return code, *capsys.readouterr()

    return call


def _record(root: Path) -> str:
    return (root / RECORD / "activity.md").read_text(encoding="utf-8")


def _lines(root: Path) -> list[str]:
    return [line for line in _record(root).splitlines() if "file:" in line]


def test_phones_photos_go_in_small_and_without_notes(
    make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = archive(make_archive, {"01.jpg": plain_photo()}, ONE, extra="place: 操场  # 南\n")
    before = _record(root)
    (tmp_path / "IMG_2031.JPG").write_bytes(phone_photo(1))
    (tmp_path / "屏幕截图 1.png").write_bytes(
        phone_photo(2, size=(900, 700), kind="PNG", day="", place=False)
    )
    code, out, err = run(
        RECORD, "IMG_2031.JPG", "屏幕截图 1.png", "--people", "adults", "--caption", " 两园教师：座谈"
    )
    assert (code, err) == (0, "")
    assert _record(root) == before.replace(
        "# 第一张\n",
        "# 第一张\n"
        '  - {file: 02.jpg, caption: "两园教师：座谈", people: adults, taken: 2021-03-05}\n'
        "  - {file: 03.jpg, caption: （请填写图片说明）, people: adults}\n",
    )
    first, second = ((root / RECORD / name).read_bytes() for name in ("02.jpg", "03.jpg"))
    for data, size in ((first, (1536, 2048)), (second, (900, 700))):
        facts = read_photo_facts(data)
        assert (facts.kind, facts.width, facts.height) == ("JPEG", *size)
        assert (facts.metadata, facts.located, facts.taken, facts.appended, facts.whole) == (
            0,
            False,
            None,
            0,
            True,
        )
    sizes = [len(phone_photo(1)), len(first)]
    assert out == (
        f"02.jpg ← IMG_2031.JPG：{-(-sizes[0] // 1000)} KB → {-(-sizes[1] // 1000)} KB，省 {1 - sizes[1] / sizes[0]:.0%}；"
        "拍摄于 2021-03-05；已去掉拍摄地点\n" + out.split("\n", 1)[1]
    )
    assert "记录 records/yi/2021/03/05-visit/activity.md 的 photos 里加了 2 行。\n" in out
    assert "提醒：图片说明还没有写；打开记录，把“（请填写图片说明）”换成一句话。\n" in out
    assert out.endswith("\n接着检查：pairing check --only records/yi/2021/03/05-visit\n")
    assert (tmp_path / "IMG_2031.JPG").read_bytes() == phone_photo(1), "the user's own photo stays"
    assert set(files_of(root / ".cache")) == {"changes/.lock"}


def test_add_doubts_a_day_where_the_check_does(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    root = archive(make_archive, {}, "")
    days = {
        "before": "2021-03-03",  # looking at the room
        "after": "2021-03-08",  # looking back
        "reset": "2020-01-01",  # a clock that began anew
        "ahead": "2099-01-01",
        "early": "2021-02-20",
        "late": "2021-04-01",
    }
    for number, (name, day) in enumerate(days.items()):
        photo = phone_photo(number, size=(400, 300), day=f"{day.replace('-', ':')} 08:00:00")
        (tmp_path / f"{name}.jpg").write_bytes(photo)
    out = run(RECORD, *(f"{name}.jpg" for name in days), "--people", "none")[1]
    assert [line for line in out.splitlines() if line.endswith("请核对。")] == [
        "提醒：05.jpg 拍摄于 2021-02-20，活动日期是 2021-03-05；请核对。",
        "提醒：06.jpg 拍摄于 2021-04-01，活动日期是 2021-03-05；请核对。",
    ]
    corpus = read_corpus(root)
    found = [p.message for p in check_corpus(corpus, dt.date(2021, 4, 20)) if p.rule == "photo-date"]
    assert [message.partition("拍于")[0] for message in found] == ["图片“05.jpg”", "图片“06.jpg”"]


def test_the_picture_stands_upright(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    root = archive(make_archive, {}, "")
    for orientation in (1, 6):
        picture = Image.new("RGB", (400, 200), "blue")
        picture.paste("red", (0, 0, 100, 100))
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture.save(tmp_path / f"{orientation}.jpg", exif=exif)
    assert run(RECORD, "1.jpg", "6.jpg")[0] == 0
    with Image.open(root / RECORD / "01.jpg") as flat, Image.open(root / RECORD / "02.jpg") as turned:
        assert (flat.size, turned.size) == ((400, 200), (200, 400))
        for picture, corner in ((flat, (20, 20)), (turned, (180, 20))):
            red, _, blue = picture.crop((*corner, corner[0] + 1, corner[1] + 1)).tobytes()
            assert red > 200 > 60 > blue


def test_an_apple_phone_s_photo_goes_in_as_jpeg(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    heif = pytest.importorskip("pillow_heif")
    root = archive(make_archive, {}, "")
    with Image.open(io.BytesIO(phone_photo(1, size=(800, 600), orientation=1))) as picture:
        exif = picture.getexif().tobytes()
        heif.from_pillow(picture).save(tmp_path / "IMG_0001.HEIC", quality=80, exif=exif)
    assert read_photo_facts((tmp_path / "IMG_0001.HEIC").read_bytes()).located
    assert run(RECORD, "IMG_0001.HEIC", "--people", "none", "--caption", "材料")[0] == 0
    line = "  - {file: 01.jpg, caption: 材料, people: none, taken: 2021-03-05}"
    assert _lines(root) == [line]
    facts = read_photo_facts((root / RECORD / "01.jpg").read_bytes())
    assert (facts.kind, facts.width, facts.height, facts.metadata, facts.located) == (
        "JPEG", 800, 600, 0, False,
    )  # fmt: skip
    # One that lies in the archive already is turned where it lies.
    (root / RECORD / "01.jpg").unlink()
    (tmp_path / "IMG_0001.HEIC").rename(root / RECORD / "01.heic")
    text = _record(root).replace(line, "  - {file: 01.heic, caption: 材料, people: none}")
    (root / RECORD / "activity.md").write_text(text, encoding="utf-8")
    assert run(f"{RECORD}/01.heic")[0] == 0
    assert _lines(root) == [line]
    assert sorted(p.name for p in (root / RECORD).iterdir()) == ["01.jpg", "activity.md"]


@pytest.mark.parametrize(
    "typed",
    [
        RECORD,
        f"{RECORD}/",
        f"{RECORD}/activity.md",
        RECORD.removeprefix("records/"),
        f"archive/{RECORD}",
        f"archive/content/../{RECORD}",
    ],
)
def test_a_record_is_named_by_its_folder_or_file(
    typed: str, make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = archive(make_archive, {}, "")
    (tmp_path / "a.jpg").write_bytes(plain_photo())
    assert run(typed, "a.jpg", "--people", "none", "--caption", "材料")[0] == 0
    assert _lines(root) == ["  - {file: 01.jpg, caption: 材料, people: none}"]
    assert (root / RECORD / "01.jpg").read_bytes() == plain_photo(), "what is fit is not encoded once more"


def test_hostile_sources_are_all_named_and_nothing_changes(
    make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = archive(make_archive, {"01.jpg": plain_photo()}, ONE)
    gif = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "blue")]
    frames[0].save(gif, "GIF", save_all=True, append_images=frames[1:])
    (tmp_path / "good.jpg").write_bytes(phone_photo(1))
    (tmp_path / "empty.jpg").write_bytes(b"")
    (tmp_path / "text.jpg").write_bytes(b"<script>")
    (tmp_path / "cut.jpg").write_bytes(phone_photo(1)[:40_000])
    (tmp_path / "moving.jpg").write_bytes(gif.getvalue())
    (tmp_path / "link.jpg").symlink_to(tmp_path / "good.jpg")
    (tmp_path / "folder.jpg").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    (tmp_path / "odd\n\x1b[31m.jpg").write_bytes(b"x")
    before = files_of(root)
    names = ["good.jpg", *sorted(p.name for p in tmp_path.glob("*.jpg") if p.name != "good.jpg"), "none.jpg"]
    code, out, err = run(RECORD, *names)
    assert (code, out) == (1, "")
    assert files_of(root) == before
    lines = [line for line in err.splitlines() if not line.startswith("处理照片：")]  # after two seconds
    assert lines[0] == f"有 {len(names) - 1} 张照片放不进去，什么都没有改："
    told = dict(line.strip().split("：", 1) for line in lines[1::2])
    told.setdefault("pipe.jpg", "这不是普通文件")  # Windows has no such thing
    assert told == {
        "empty.jpg": "图片是空文件（0 字节）",
        "text.jpg": "文件内容不是 JPG、PNG 或 WebP 图片",
        "cut.jpg": "图片已损坏，打不开或不完整",
        "moving.jpg": "这是 GIF 动图，不是 JPG、PNG 或 WebP 照片",
        "link.jpg": "这是一个链接（快捷方式），不是照片本身",
        "folder.jpg": "这是文件夹，不是照片",
        "pipe.jpg": "这不是普通文件",
        "huge.jpg": "照片有 101 MB，超过 100 MB",
        "odd��[31m.jpg": "文件内容不是 JPG、PNG 或 WebP 图片",
        "none.jpg": "没有这个文件",
    }
    assert all(line.startswith("    怎么改：") for line in lines[2::2])


def _fit(path: Path, **options: Any) -> Offered | Fault:
    (found,) = shrink.shrink_photos([path], lambda done, total: None, **options)
    return found


@pytest.mark.slow
def test_what_a_build_refuses_never_gets_in_and_the_rest_only_as_pixels(
    hostile_files: list[Path], tmp_path: Path
) -> None:
    """The largest are light ones here: a build makes them with half of the memory that is allowed for adding."""
    paths = list(hostile_files)
    for number, case in enumerate(CASES):
        if case.light:
            paths[number] = tmp_path / hostile_files[number].name
            paths[number].write_bytes(case.light())
    found = shrink.shrink_photos(paths, lambda done, total: None)
    for case, fit in zip(CASES, found, strict=True):
        # A wrong suffix is put right, and what is too large made small.
        small = case.kind.endswith(("61 megapixels", "25 MB and one byte"))
        if case.expected and not small and not case.expected.startswith("文件名是"):
            assert isinstance(fit, Fault), case.kind
            continue
        assert isinstance(fit, Offered), case.kind
        facts = read_photo_facts(fit.data)
        assert (facts.kind, facts.whole, facts.metadata, facts.appended, facts.located) == (
            "JPEG",
            True,
            0,
            0,
            False,
        ), case.kind
        assert max(facts.width, facts.height) <= shrink.EDGE
        assert b"SECRET" not in fit.data


BOMB = """
import os
from generator.images import decoder
reduce = decoder.normalise_photo
def normalise(data, name, edges, weight):
    if b"BOMB" in data:
        os._exit(9)
    if b"LIAR" in data:
        return decoder_liar(data)
    return reduce(data, name, edges, weight)
def decoder_liar(data):
    from generator.images.develop import Normalised
    return Normalised(data=data, width=1, height=1)
decoder.normalise_photo = normalise
decoder.main()
"""


def test_a_bomb_costs_one_photo_by_its_name_and_no_command(
    make_archive: MakeArchive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = archive(make_archive, {}, "")
    before = files_of(root)
    for name, more in (("a.jpg", b""), ("bomb.jpg", b"BOMB"), ("liar.jpg", b"LIAR"), ("z.jpg", b"")):
        (tmp_path / name).write_bytes(phone_photo(ord(name[0])) + more)
    monkeypatch.setattr(
        take_in_photos, "shrink_photos", functools.partial(shrink.shrink_photos, program=BOMB)
    )
    for module in (develop_module, decoder):
        monkeypatch.setattr(module, "normalise_photo", None)  # nothing is decoded in this process
    code, out, err = run(RECORD, "a.jpg", "bomb.jpg", "liar.jpg", "z.jpg")
    assert (code, out) == (1, "")
    died, mend = "处理这张图片时解码程序意外退出", "在手机或电脑上打开这张照片，另存为 JPG 后换掉这一张"
    assert err == (
        "有 2 张照片放不进去，什么都没有改：\n"
        f"  bomb.jpg：{died}\n    怎么改：{mend}\n  liar.jpg：{died}\n    怎么改：{mend}\n"
    )
    assert files_of(root) == before | {key: files_of(root)[key] for key in files_of(root) if ".cache" in key}
    assert run(RECORD, "a.jpg", "z.jpg", "--people", "none")[0] == 0


def _grey_jpeg() -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((12_000, 9_000)).save(out, "JPEG", quality=60)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("IMG_0108.jpg", _grey_jpeg),
        ("a.png", lambda: black_png(10_000, 7_500)),
    ],
)
def test_a_photo_of_more_megapixels_than_a_build_takes_is_made_small(
    tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    """A build has no such photo, and the check says what to type; what comes out, a build takes."""
    path = tmp_path / name
    path.write_bytes(make())
    assert develop_photo(path.read_bytes(), path.name, RECIPE) == faults.report_too_many_pixels()
    made = _fit(path)
    assert isinstance(made, Offered)
    assert (read_photo_facts(made.data).width, read_photo_facts(made.data).height) == (2048, 1536)
    assert isinstance(develop_photo(made.data, "a.jpg", RECIPE), Developed)


def test_there_is_an_end_to_what_is_made_small(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg_claiming(20_000, 12_000))
    assert _fit(path) == Fault(
        message="图片尺寸过大（上限 22000 万像素）", fix="缩小后重新上传，长边 2000 像素左右就够"
    )


def test_a_heavy_photo_is_decoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many sizes are tried until one is light enough."""
    decoded: list[Size] = []
    real = develop_module._decode

    def noted(source: Image.Image, data: bytes, size: Size) -> object:
        decoded.append(size)
        return real(source, data, size)

    monkeypatch.setattr(develop_module, "_decode", noted)
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).convert("RGB").save(out, "JPEG", quality=95)
    made = develop_module.normalise_photo(out.getvalue(), "a.jpg", (2048, 1600, 1200), weight=700_000)
    assert isinstance(made, develop_module.Normalised)
    assert (decoded, made.width, len(made.data) <= 700_000) == ([Size(width=2048, height=1536)], 1200, True)
    assert (
        develop_module.normalise_photo(out.getvalue(), "a.jpg", (2048,), weight=900)
        == faults.report_still_too_large()
    )


def test_memory_is_limited(tmp_path: Path) -> None:
    Image.new("RGB", (5000, 4000)).save(tmp_path / "a.webp", lossless=True, method=0)
    found = _fit(tmp_path / "a.webp", limits=Limits(memory=100 * MIB, processor=20, clock=60.0))
    assert isinstance(found, Fault)
    assert isinstance(_fit(tmp_path / "a.webp"), Offered)


def test_the_same_photo_is_put_in_once(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    root = archive(make_archive, {}, "")
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(phone_photo(1))
    code, out, _ = run(RECORD, "a.jpg", "b.jpg", "--people", "none")
    assert code == 0
    assert "b.jpg：与 a.jpg 是同一张，只放一次\n" in out
    before = files_of(root)
    assert run(RECORD, "b.jpg", "archive/" + RECORD + "/01.jpg") == (
        0,
        "b.jpg：已经在这份记录里：01.jpg\n01.jpg：已经合适，不用改\n",
        "",
    )
    assert files_of(root) == before


def test_captions_go_with_their_photos_even_if_one_is_there_already(
    make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = archive(make_archive, {"01.jpg": plain_photo()}, ONE)
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(plain_photo(number))
    captions = ("--caption", "甲", "--caption", "乙", "--caption", "丙")
    assert run(RECORD, "0.jpg", "1.jpg", "2.jpg", "--people", "none", *captions)[0] == 0
    assert _lines(root)[1:] == [
        "  - {file: 02.jpg, caption: 乙, people: none}",
        "  - {file: 03.jpg, caption: 丙, people: none}",
    ]


def test_a_photo_in_the_folder_is_put_right_in_its_place(make_archive: MakeArchive, run: Run) -> None:
    root = archive(
        make_archive,
        {
            "01.jpg": phone_photo(1),
            "02.png": plain_photo(2, kind="PNG"),
            "03.JPG": phone_photo(3),
            "IMG_9.jpg": phone_photo(4),
            "05.jpg": plain_photo(5),
        },
        "photos:\n  - {file: 01.jpg, caption: 甲, people: none}\n  - {file: 02.png, caption: 乙, people: none}\n"
        "  - {file: 03.JPG, caption: 丙, people: none}\n  - {file: IMG_9.jpg, caption: 丁, people: none}\n",
    )
    names = ("01.jpg", "02.png", "03.JPG", "IMG_9.jpg", "05.jpg")
    code, out, err = run(RECORD, *(f"archive/{RECORD}/{name}" for name in names), "--people", "none")
    assert (code, err) == (0, "")
    assert _lines(root) == [
        "  - {file: 01.jpg, caption: 甲, people: none, taken: 2021-03-05}",
        "  - {file: 02.jpg, caption: 乙, people: none}",
        "  - {file: 03.jpg, caption: 丙, people: none, taken: 2021-03-05}",
        "  - {file: 06.jpg, caption: 丁, people: none, taken: 2021-03-05}",
        "  - {file: 05.jpg, caption: （请填写图片说明）, people: none}",
    ]
    there = {
        p.name: read_photo_facts(p.read_bytes()) for p in (root / RECORD).glob("*.*") if p.suffix != ".md"
    }
    assert sorted(there) == ["01.jpg", "02.jpg", "03.jpg", "05.jpg", "06.jpg"]
    assert not any(facts.located or facts.metadata for facts in there.values())
    assert out.count("提醒：换下的原图带着拍摄地点") == 1
    found = check_corpus(read_corpus(root), dt.date(2021, 3, 6))
    own = {d.rule for d in found if RECORD in d.span.file.path and d.rule != "scaffold-unanswered"}
    assert own == set(), "what the check had asked for is done"
    again = run(RECORD, *(f"archive/{RECORD}/{name}" for name in sorted(there)), "--people", "none")
    assert again == (0, "".join(f"{name}：已经合适，不用改\n" for name in sorted(there)), "")


def test_a_photo_s_path_alone_is_enough(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, {"01.jpg": phone_photo(1), "02.jpg": phone_photo(2)}, ONE)
    code, out, _ = run(f"{RECORD}/01.jpg", f"archive/{RECORD}/02.jpg", "--people", "none")
    assert code == 0
    assert out.startswith(f"01.jpg ← archive/{RECORD}/01.jpg：")
    assert _lines(root) == [
        "  - {file: 01.jpg, caption: 材料架, people: none, taken: 2021-03-05}  # 第一张",
        "  - {file: 02.jpg, caption: （请填写图片说明）, people: none, taken: 2021-03-05}",
    ]
    assert not read_photo_facts((root / RECORD / "01.jpg").read_bytes()).located


def test_two_photos_never_get_one_name(make_archive: MakeArchive, run: Run) -> None:
    root = archive(
        make_archive,
        {"a.png": plain_photo(1, kind="PNG"), "a.webp": plain_photo(2, kind="WEBP")},
        "photos:\n  - {file: a.png, caption: 甲, people: none}\n  - {file: a.webp, caption: 乙, people: none}\n",
    )
    sources = [f"archive/{RECORD}/{name}" for name in ("a.png", "a.png", "a.webp")]
    code, out, _ = run(RECORD, *sources)
    assert code == 0
    assert out.splitlines()[1] == f"{sources[1]}：这张照片写了两次，只算一次"
    assert _lines(root) == [
        "  - {file: a.jpg, caption: 甲, people: none}",
        "  - {file: 01.jpg, caption: 乙, people: none}",
    ]
    assert sorted(p.name for p in (root / RECORD).iterdir()) == ["01.jpg", "a.jpg", "activity.md"]


def test_what_is_said_of_a_known_photo_is_written_into_its_line(make_archive: MakeArchive, run: Run) -> None:
    root = archive(make_archive, {"01.jpg": plain_photo()}, ONE)
    arguments = ("--people", "children", "--consent", "--caption", "现场")
    assert run(RECORD, f"archive/{RECORD}/01.jpg", *arguments)[0] == 0
    assert _lines(root) == ["  - {file: 01.jpg, caption: 现场, people: children, consent: true}  # 第一张"]


def test_a_number_that_was_used_is_not_used_again(
    make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    gone = "withdrawn: {date: 2021-03-09, reason: 监护人要求, digest: " + "0f" * 32 + "}"
    root = archive(
        make_archive,
        {"01.jpg": plain_photo()},
        ONE + f"  - {{file: 04.png, caption: 乙, {gone}}}\n",
    )
    (tmp_path / "a.jpg").write_bytes(plain_photo(1))
    assert run(RECORD, "a.jpg", "--people", "none", "--caption", "丙")[0] == 0
    assert _lines(root)[-1] == "  - {file: 05.jpg, caption: 丙, people: none}"


def test_a_withdrawn_photo_does_not_come_back(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(phone_photo(1))
    root = archive(make_archive, {}, "")
    assert run(RECORD, "a.jpg", "--people", "none", "--caption", "甲")[0] == 0
    assert main(["photos", "withdraw", "--root", "archive", f"{RECORD}/01.jpg", "--reason", "要求"]) == 0
    before = files_of(root)
    code, _, err = run(RECORD, "a.jpg")
    assert (code, files_of(root)) == (1, before)
    assert "a.jpg：这张照片已经撤下（记在 yi/2021/03/05-visit 里），不能再放进来" in err
    (root / RECORD / "01.jpg").write_bytes(plain_photo(7))
    code, _out, err = run(RECORD, f"archive/{RECORD}/01.jpg")
    assert code == 1
    assert "01.jpg 已经撤下，不能再放进来" in err


def test_sixty_photos_are_enough(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    lines = "photos:\n" + "".join(f"  - {{file: x{n}.jpg, caption: 甲}}\n" for n in range(59))
    root = archive(make_archive, {}, lines)
    before = files_of(root)
    for number in range(2):
        (tmp_path / f"{number}.jpg").write_bytes(plain_photo(number))
    code, _, err = run(RECORD, "0.jpg", "1.jpg")
    assert (code, files_of(root)) == (1, before)
    assert "有 1 张照片放不进去，什么都没有改：\n  1.jpg：一份记录最多 60 张图片，放不下了\n" in err


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/etc", "“/etc”不在档案的 records 文件夹里；写 records 里的路径；档案在别处时用 --root 指出"),
        ("records/../../x", "“records/../../x”不在档案的 records 文件夹里；写 records 里的路径；档案在别处时用 --root 指出"),
        ("records/bureau/2021/03/05-visit", "“records/bureau/2021/03/05-visit”不是一份活动记录；写活动的文件夹，如 records/园代号/2020/09/17-area-observation"),
        ("yi/2021/03", "“yi/2021/03”不是一份活动记录；写活动的文件夹，如 records/园代号/2020/09/17-area-observation"),
        ("yi/2021/03/05-vist", "没有“yi/2021/03/05-vist”这份活动记录；是不是 records/yi/2021/03/05-visit？"),
        ("yi/2021/03/09-empty", "records/yi/2021/03/09-empty 里还没有 activity.md；先照“怎样写记录”写好文字，再放图片"),
        ("yi/2021/03/08-link", "records/yi/2021/03/08-link 是一个链接（快捷方式），不是文件夹本身；换成真正的文件夹"),
        ("yi/2021/03/07-file", "records/yi/2021/03/07-file/activity.md 是一个链接（快捷方式），不是文件本身；换成真正的文件"),
        ("", "路径是空的，或者有看不见的字符；写活动文件夹的路径"),
    ],
)  # fmt: skip
def test_only_a_plain_activity_s_folder_takes_photos(
    typed: str, told: str, make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    root = archive(make_archive, {}, "")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "activity.md").write_bytes((root / RECORD / "activity.md").read_bytes())
    month = root / "records/yi/2021/03"
    (month / "08-link").symlink_to(outside)
    (month / "09-empty").mkdir()
    (month / "07-file").mkdir()
    (month / "07-file/activity.md").symlink_to(outside / "activity.md")
    (tmp_path / "a.jpg").write_bytes(plain_photo())
    before = files_of(tmp_path)
    code, out, err = run(typed, "a.jpg")
    assert (code, out, files_of(tmp_path)) == (2, "", before)
    assert err == f"用法不对：{told}\n看用法：pairing photos add --help\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "还要写照片：先写活动的文件夹，再写一张或几张照片"),
        (("a.jpg", "--people", "kids"), "--people：只能写 none、adults、children"),
        (("a.jpg", "--consent"), "--consent 只和 --people children 一起用：它说的是图中幼儿的监护人同意公开"),
        (("a.jpg", "--caption", "甲", "--caption", "乙"), "照片有 1 张，--caption 却写了 2 次"),
        (("a.jpg", "--caption", "甲\x1b[0m"), "--caption“甲\N{REPLACEMENT CHARACTER}[0m”里有看不见的字符，请重新打一遍"),
        (("a.jpg", "--caption", "甲" * 201), f"--caption“{'甲' * 40}”太长，最多 200 个字"),
        (("a.jpg", "--caption", " "), "--caption“ ”是空的"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(
    arguments: tuple[str, ...], told: str, make_archive: MakeArchive, run: Run, tmp_path: Path
) -> None:
    archive(make_archive, {}, "")
    (tmp_path / "a.jpg").write_bytes(plain_photo())
    assert run(RECORD, *arguments) == (2, "", f"用法不对：{told}\n看用法：pairing photos add --help\n")


def test_a_record_in_doubt_takes_no_photos(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    root = archive(make_archive, {}, "photos：\n", extra="place: 操场: 南\n")
    (tmp_path / "a.jpg").write_bytes(plain_photo())
    before = files_of(root)
    code, out, err = run(RECORD, "a.jpg")
    assert (code, out, files_of(root)) == (1, "", before)
    assert err.startswith("这份记录要先改好，才能放照片：\n  records/yi/2021/03/05-visit/activity.md 第 ")
    assert err.count("怎么改：") >= 2


def test_a_dry_run_changes_nothing(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    root = archive(make_archive, {"01.jpg": phone_photo(1)}, ONE)
    (tmp_path / "a.jpg").write_bytes(plain_photo(3))
    before = files_of(tmp_path)
    code, out, err = run(RECORD, "a.jpg", f"archive/{RECORD}/01.jpg", "--dry-run")
    assert (code, err, files_of(tmp_path)) == (0, "", before)
    assert out.startswith("02.jpg ← a.jpg：")
    assert out.endswith("以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。\n")
    assert not (root / ".cache").exists()


def test_on_a_terminal_what_is_not_said_is_asked(
    make_archive: MakeArchive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = archive(make_archive, {}, "")
    for number in range(2):
        (tmp_path / f"{number}.jpg").write_bytes(plain_photo(number))
    monkeypatch.setattr(photos_add, "is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO("甲\x07\n材料架\n幼儿\nnone\n\n\n"))
    code, out, _ = run(RECORD, "0.jpg", "1.jpg")
    assert code == 0
    assert "01.jpg（0.jpg）的说明（以后再写就按回车）: " in out
    assert "说明里有看不见的字符，请重新打一遍" in out
    assert "只能写 none、adults、children\n" in out
    assert "Error" not in out
    assert _lines(root) == [
        "  - {file: 01.jpg, caption: 材料架, people: none}",
        "  - {file: 02.jpg, caption: （请填写图片说明）}",
    ]
    assert "提醒：还没有写图中人物" in out


def test_stopping_at_a_question_changes_nothing(
    make_archive: MakeArchive, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = archive(make_archive, {}, "")
    (tmp_path / "a.jpg").write_bytes(plain_photo())
    before = files_of(root)
    monkeypatch.setattr(photos_add, "is_terminal", lambda: True)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, err = run(RECORD, "a.jpg")
    assert (code, files_of(root)) == (130, before)
    assert err.endswith("已停止；原有文件没有改变。\n")


def test_a_heavy_photo_is_made_light_enough(tmp_path: Path) -> None:
    noise = Image.effect_noise((2048, 2048), 120).convert("RGB")
    noise.save(tmp_path / "a.jpg", quality=95)
    fit = _fit(tmp_path / "a.jpg")
    assert isinstance(fit, Offered)
    assert len(fit.data) <= shrink.MOST_WEIGHT < (tmp_path / "a.jpg").stat().st_size == fit.size
    assert max(read_photo_facts(fit.data).width, read_photo_facts(fit.data).height) < 2048


# --- all or nothing ------------------------------------------------------------------------------


STEPS = 4
"""Moves that the run below makes: two new photos, one in place, the record."""

_KILLED = """
import os, sys
from generator.cli.main import main
from generator.actions import transaction
left = [int(sys.argv[1])]
def dying(function):
    def call(*arguments, **named):
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return function(*arguments, **named)
    return call
transaction._create, transaction._replace = dying(transaction._create), dying(transaction._replace)
transaction.Path.unlink = dying(transaction.Path.unlink) if left[0] >= 4 else transaction.Path.unlink
sys.exit(main(sys.argv[2:]))
"""


def _three(make_archive: MakeArchive, tmp_path: Path) -> tuple[Path, list[str]]:
    root = archive(make_archive, {"01.png": plain_photo(kind="PNG"), "02.jpg": phone_photo(2)}, (
        "photos:\n  - {file: 01.png, caption: 甲, people: none}\n  - {file: 02.jpg, caption: 乙, people: none}\n"
    ))  # fmt: skip
    (tmp_path / "a.jpg").write_bytes(phone_photo(3))
    sources = [f"archive/{RECORD}/01.png", "a.jpg", f"archive/{RECORD}/02.jpg"]
    return root, ["photos", "add", "--root", "archive", RECORD, *sources, "--people", "none"]


@pytest.mark.parametrize("step", range(STEPS + 2))
def test_a_killed_run_leaves_whole_files_and_the_next_one_finishes(
    step: int, make_archive: MakeArchive, tmp_path: Path, run: Run
) -> None:
    root, arguments = _three(make_archive, tmp_path)
    old = _record(root)
    done = subprocess.run([sys.executable, "-c", _KILLED, str(step), *arguments], cwd=tmp_path, check=False)
    assert done.returncode == (9 if step < STEPS + 1 else 0)
    assert _record(root) == old if step < STEPS else _record(root) != old
    for path in (root / RECORD).iterdir():
        if path.suffix != ".md":
            assert read_photo_facts(path.read_bytes()).whole, "no half photo"
    named = {line.split("file: ")[1].split(",")[0] for line in _lines(root)}
    assert named <= {path.name for path in (root / RECORD).iterdir()}, "the record names what is there"
    left = [source for source in arguments[5:8] if (tmp_path / source).exists()]
    assert main([*arguments[:5], *left, "--people", "none"]) == 0
    assert [line.split("file: ")[1].split(",")[0] for line in _lines(root)] == ["01.jpg", "02.jpg", "03.jpg"]
    assert sorted(p.name for p in (root / RECORD).iterdir()) == ["01.jpg", "02.jpg", "03.jpg", "activity.md"]
    assert set(files_of(root / ".cache")) == {"changes/.lock"}


@pytest.mark.parametrize("step", range(STEPS))
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_run_that_fails_puts_everything_back(
    step: int,
    error: BaseException,
    make_archive: MakeArchive,
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root, arguments = _three(make_archive, tmp_path)
    before = files_of(root)
    left = [step]

    def failing(source: Path, target: Path, own: Callable[..., None]) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise error
        own(source, target)

    move, link = Path.replace, os.link
    monkeypatch.setattr(Path, "replace", lambda s, t: failing(s, t, move))
    monkeypatch.setattr(os, "link", lambda s, t: failing(s, t, link))
    code, out, err = run(*arguments[4:])
    if isinstance(error, KeyboardInterrupt):
        assert (code, out) == (130, "")
    elif code:
        assert (code, out) == (2, "")
        assert err.startswith("什么都没有改：写不进档案文件夹（")
    else:  # a way round was found
        return
    assert {k: v for k, v in files_of(root).items() if not k.startswith(".cache")} == before


def test_a_file_that_appears_meanwhile_is_not_overwritten(make_archive: MakeArchive, tmp_path: Path) -> None:
    root = archive(make_archive, {}, "")
    with open_transaction(root) as changes:
        changes.add_file(root / RECORD / "01.jpg", b"new")
        changes.replace_file(root / RECORD / "activity.md", b"new", old=_record(root).encode())
        (root / RECORD / "01.jpg").write_bytes(b"mine")
        before = files_of(root / "records")
        with pytest.raises(ChangeError, match="同名的文件"):
            changes.carry_out()
    assert files_of(root / "records") == before


def test_a_record_that_changes_meanwhile_is_not_overwritten(make_archive: MakeArchive) -> None:
    root = archive(make_archive, {}, "")
    with open_transaction(root) as changes:
        changes.add_file(root / RECORD / "01.jpg", b"new")
        changes.replace_file(root / RECORD / "activity.md", b"new", old=_record(root).encode())
        (root / RECORD / "activity.md").write_bytes(b"mine")
        with pytest.raises(ChangeError, match=r"activity\.md 刚刚被别的程序改动了"):
            changes.carry_out()
    assert (root / RECORD / "activity.md").read_bytes() == b"mine"
    assert not (root / RECORD / "01.jpg").exists()


def test_two_runs_at_once_do_not_mix(make_archive: MakeArchive, run: Run, tmp_path: Path) -> None:
    root = archive(make_archive, {}, "")
    (tmp_path / "a.jpg").write_bytes(plain_photo())
    with open_transaction(root):
        assert run(RECORD, "a.jpg") == (
            2,
            "",
            "什么都没有改：另一个命令正在改动档案；等它结束，再运行一次\n",
        )
    assert run(RECORD, "a.jpg", "--people", "none")[0] == 0


def test_nothing_is_removed_before_the_rest_is_done(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"old")
    changes = Changes(tmp_path)
    changes.remove_file(tmp_path / "old")
    assert (tmp_path / "old").exists()
    assert changes.carry_out() == ()
    assert not (tmp_path / "old").exists()
