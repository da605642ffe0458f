"""What comes a second time: the same, another version of what the archive has, or twice in one run."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.actions.photos.paths import RECORD
from generator.cli import receive as command
from generator.cli.main import main
from tests import closed_archive
from tests.phone_photos import files_of, phone_photo, plain_photo
from tests.receive.archive import write_archive
from tests.receive.reports.paper import Paper, Pic
from tests.scratch_repository import git

Run = Callable[..., tuple[int, str, str]]
KEY = "guangcai/2020/05/14-area-observation"
FOLDER = Path("archive/records") / KEY
_PARTS = ("方案：学习材料投放。", "措施：分两组观摩。", "记录：上午观摩，下午座谈。", "总结：材料要分层。")
_PACKED = """---
title: 大班区域活动观摩
date: 2020-05-14
measure: area-observation
partners: [heiquan]
direction: host
staff: {sent: 0, received: 2}
lead: 业务园长
reported: 2020-05-20
photos:
  - {file: 01.jpg, caption: 座谈, people: adults}
  - {file: 02.jpg, caption: 材料架, people: none}
---

## 方案

学习材料投放。

## 措施

分两组观摩。

## 记录

上午观摩，下午座谈。

## 总结

材料要分层。
"""
_SECOND = "  - {file: 02.jpg, caption: 材料架, people: none}\n"
_HOW = "  没有写。要换成新的，加上 --replace 再收；原来的在 git 的历史里还有。\n"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("again") / "archive")


@pytest.fixture(autouse=True)
def root(untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the archive, in the folder where commands run."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(untouched, tmp_path / "archive"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(command, "is_terminal", lambda: False)

    def call(*arguments: str, day: str = "2020-05-29") -> tuple[int, str, str]:
        code = main(["receive", "--root", "archive", "--as-of", day, *arguments])
        return code, *capsys.readouterr()

    return call


def _report(*lines: str, pictures: tuple[int, ...] = (), lead: str = "业务园长") -> bytes:
    """Return a report of 光彩幼儿园 that says all that a record needs."""
    paper = Paper()
    paper.lines(
        "活动名称：大班区域活动观摩", "时间：2020年5月14日", "单位：光彩幼儿园", "对方园：黑泉镇幼儿园", "接待教师：2人",
        *((f"负责人：{lead}",) if lead else ()), *(lines or _PARTS),
    )  # fmt: skip
    for number in pictures:
        paper.pictures(Pic(number))
        paper.p(f"图1：现场{number}")
    return paper.data()


def _pack(text: str = _PACKED, photos: tuple[int, ...] = (7, 8)) -> bytes:
    return _zip(KEY, text, [plain_photo(number) for number in photos])


def _zip(key: str, text: str, photos: list[bytes]) -> bytes:
    """Return a package of the page 填报 with one record; its photos are 01.jpg and so on."""
    out = io.BytesIO()
    made = "2020-05-20T20:10:00+08:00"
    manifest = {"format": 1, "school": key.partition("/")[0], "made": made, "kept_back": 0}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("档案包.json", json.dumps(manifest))
        archive.writestr(f"records/{key}/{RECORD}", text)
        for place, photo in enumerate(photos, start=1):
            archive.writestr(f"records/{key}/{place:02}.jpg", photo)
    return out.getvalue()


def _put(name: str, data: bytes) -> str:
    Path(name).write_bytes(data)
    return name


def _text() -> str:
    return (FOLDER / RECORD).read_text(encoding="utf-8")


def test_a_package_whose_facts_and_photos_changed_is_no_repetition_and_replaces_on_request(run: Run) -> None:
    run(_put("包.zip", _pack()))
    first = files_of(FOLDER)
    assert "包.zip：已经收过，与 records/" in run("包.zip")[1]
    newer = _PACKED.replace("received: 2}", "received: 4}").replace(_SECOND, "")
    _put("包.zip", _pack(newer, (7,)))
    changes = "业务骨干人数：派出 0 人，接待 2 人 → 派出 0 人，接待 4 人", "少了图片 02.jpg（材料架）"
    withdraw = (
        f"图片 records/{KEY}/02.jpg 如果是要求撤下的，先用 pairing photos withdraw records/{KEY}/02.jpg "
        "--reason 原因：只换记录，仓库的历史里还有它\n"
    )
    code, out, _ = run("包.zip")
    assert code == 1
    said = f"包.zip：档案里已经有这份材料（records/{KEY}/），不同之处：\n"
    assert said + "".join(f"  {line}\n" for line in changes) + f"  {withdraw}{_HOW}" in out
    assert files_of(FOLDER) == first
    code, out, _ = run("包.zip", "--replace")
    assert code == 0, out
    assert (
        f"  换掉      records/{KEY}/，原来的在 git 的历史里\n  不同之处  {changes[0]}\n            {changes[1]}\n"
        in out
    )
    assert f"  {withdraw}" in out
    text = newer.replace("reported: 2020-05-20", "reported: 2020-05-29")
    assert files_of(FOLDER) == {
        RECORD: text.encode(), "01.jpg": first["01.jpg"],
    }  # fmt: skip
    assert "已经收过" in run("包.zip", "--replace")[1]


def test_a_package_is_reported_on_the_day_it_is_received(run: Run, root: Path) -> None:
    """So the check of its request, opened that day, is green; an archive without requests may say when it came."""
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "user.name", "档案员")
    git(root, "config", "user.email", "a@example.org")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "start")
    _put("包.zip", _pack())
    assert run("包.zip", "--reported", "2020-05-30")[0] == 2
    code, out, _ = run("包.zip", "--dry-run", "--reported", "2020-05-20")
    assert (code, "上报日期写收进档案的这天" in out) == (0, False)
    code, out, _ = run("包.zip", "--branch")
    assert code == 0
    assert (
        "包.zip：填报页的档案包，2020-05-20 存的\n"
        "  上报日期写收进档案的这天 2020-05-29；如果学校 2020-05-20 就交到了，档案也不经过合并请求，加上 --reported 2020-05-20。"
        "要合并的，自动检查以提出请求的日子为准，按时交到的请教育局补计（pairing amend --count）\n"
    ) in out
    assert "\nreported: 2020-05-29\n" in _text()
    check = ("check", "--root", "archive", "--changed-since", "main", "--as-of", "2020-05-29")
    assert main([*check, "--submitted", "2020-05-29T10:00:00+08:00"]) == 0
    (FOLDER / RECORD).write_text(
        _text().replace("reported: 2020-05-29", "reported: 2020-05-20"), encoding="utf-8"
    )
    git(root, "commit", "--quiet", "--all", "--message", "back-dated")
    assert main([*check, "--submitted", "2020-05-29T10:00:00+08:00"]) == 1


def test_a_replaced_record_keeps_what_only_the_archive_knows(run: Run) -> None:
    run(_put("包.zip", _pack()))
    (FOLDER / RECORD).write_text(
        _text()
        .replace("reported: 2020-05-29\n", "reported: 2020-05-22\nplan: 2020-05-1\n")
        .replace(_SECOND, "  - {file: 02.jpg, caption: 材料架, people: none, public: false}\n"
                 f"  - {{file: 03.jpg, caption: 丙, withdrawn: {{date: 2020-05-24, reason: 要求, digest: {'a' * 64}}}}}\n"
                 "public: false\nprivate: [李小花]\n"),
        encoding="utf-8",
    )  # fmt: skip
    code, out, _ = run(_put("包.zip", _pack(_PACKED.replace("材料要分层。", "材料分三层。"))), "--replace")
    assert "  不同之处  计划任务：2020-05-1 → 没有写\n            “总结”的文字改了（6 字 → 6 字）\n" in out
    assert code == 0, out
    assert _text().partition("\n---\n")[0].partition("reported")[2] == (
        ": 2020-05-22\nphotos:\n  - {file: 01.jpg, caption: 座谈, people: adults}\n"
        "  - {file: 02.jpg, caption: 材料架, people: none, public: false}\n"
        f"  - {{file: 03.jpg, caption: 丙, withdrawn: {{date: 2020-05-24, reason: 要求, digest: {'a' * 64}}}}}\n"
        "public: false\nprivate: [李小花]"
    )


def test_what_the_bureau_keeps_back_is_not_published_by_a_newer_version(run: Run) -> None:
    run(_put("包.zip", _pack()))
    (FOLDER / RECORD).write_text(_text().replace("photos:", "public: false\nphotos:"), encoding="utf-8")
    before = files_of(FOLDER)
    code, out, _ = run(_put("包.zip", _pack(_PACKED.replace("lead:", "public: true\nlead:"))), "--replace")
    assert (code, files_of(FOLDER)) == (1, before)
    assert "  公开：否 → 是\n  没有写。档案里的这一份撤下过图片，或者设了不公开，程序带不过来" in out


def test_a_tombstone_that_a_new_photo_would_cover_is_left_to_people(run: Run) -> None:
    run(_put("包.zip", _pack()))
    stone = (
        f"{{file: 02.jpg, caption: 丙, withdrawn: {{date: 2020-05-24, reason: 要求, digest: {'a' * 64}}}}}"
    )
    (FOLDER / RECORD).write_text(_text().replace(_SECOND, f"  - {stone}\n"), encoding="utf-8")
    (FOLDER / "02.jpg").unlink()
    before = files_of(FOLDER)
    code, out, _ = run("包.zip", "--replace")
    assert (code, files_of(FOLDER)) == (1, before)
    assert (
        f"  没有写。档案里的这一份撤下过图片，或者设了不公开，程序带不过来：请在电脑上改好 records/{KEY}/{RECORD}\n"
        in out
    )


def test_a_report_with_more_pictures_and_fewer_facts_replaces_without_losing_what_was_filled_in(
    run: Run,
) -> None:
    run(_put("a.docx", _report(*_PARTS[:3], pictures=(90, 91), lead="")))
    (FOLDER / RECORD).write_text(
        _text().replace("（请填写负责人）", "教研组长").replace("（请填写总结）", "材料要分层。")
        .replace("caption: 现场90}", "caption: 现场90, people: adults}"),
        encoding="utf-8",
    )  # fmt: skip
    first = files_of(FOLDER)
    code, out, _ = run("a.docx")
    assert (code, files_of(FOLDER)) == (0, first)
    assert "a.docx：已经收过" in out
    code, out, _ = run(_put("a.docx", _report(*_PARTS[:3], pictures=(92, 90), lead="")), "--replace")
    assert code == 0, out
    assert "  不同之处  多了图片 03.jpg（现场92）\n            少了图片 02.jpg（现场91）\n" in out
    old = first[RECORD].decode()
    photos = "  - {file: 03.jpg, caption: 现场92}\n  - {file: 01.jpg, caption: 现场90, people: adults}\n"
    assert _text() == old.partition("photos:\n")[0] + f"photos:\n{photos}---" + old.rpartition("\n---")[2]
    assert set(files_of(FOLDER)) == {RECORD, "01.jpg", "03.jpg"}
    assert (FOLDER / "01.jpg").read_bytes() == first["01.jpg"]


def test_a_day_that_was_wrong_moves_the_record(run: Run, root: Path) -> None:
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "user.name", "档案员")
    git(root, "config", "user.email", "a@example.org")
    run(_put("包.zip", _pack()))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "start")
    first = files_of(FOLDER)
    newer = _pack(_PACKED.replace("date: 2020-05-14", "date: 2020-05-15"))
    newer = newer.replace(b"14-area-observation", b"15-area-observation")
    code, out, _ = run(_put("包.zip", newer), "--replace", "--branch")
    assert code == 0, out
    other = FOLDER.with_name("15-area-observation")
    assert not FOLDER.exists()
    assert files_of(other) == {
        **first,
        RECORD: first[RECORD].replace(b"date: 2020-05-14", b"date: 2020-05-15"),
    }
    assert git(root, "status", "--porcelain", "records") == ""
    assert git(root, "show", "--name-only", "--no-renames", "--format=%b").split("\n")[2:] == [
        f"- 5月15日 大班区域活动观摩（guangcai/2020/05/15-area-observation，换掉 {KEY}）", "", "",
        *(f"records/{KEY}/{name}" for name in ("01.jpg", "02.jpg", RECORD)),
        *(f"records/guangcai/2020/05/15-area-observation/{name}" for name in ("01.jpg", "02.jpg", RECORD)),
    ]  # fmt: skip


def test_another_text_of_the_same_day_and_title_lies_beside_and_is_named(run: Run) -> None:
    run(_put("a.docx", _report()))
    before = files_of(FOLDER)
    other = _put("b.docx", _report("方案：另一次。", "措施：又分组。", "记录：又一次。", "总结：又好。"))
    code, out, _ = run(other)
    assert code == 1
    assert (
        f"b.docx → records/{KEY}-2/\n            【要核对】 与 records/{KEY}/ 同一天、同标题，文字不同" in out
    )
    assert files_of(FOLDER) == before
    shutil.rmtree(FOLDER.with_name("14-area-observation-2"))
    _, out, _ = run(other, "--replace")
    assert f"b.docx → records/{KEY}/\n  换掉      records/{KEY}/，" in out
    assert "## 方案\n\n另一次。\n" in _text()


def test_what_a_closing_has_counted_is_not_replaced(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "closed" / "archive"
    closed_archive.closed(root)
    monkeypatch.chdir(root.parent)
    key = "jia/2021/03/04-visit"
    folder = root / "records" / key
    text = (folder / RECORD).read_text(encoding="utf-8").replace("received: 2", "received: 4")
    photos = [(folder / name).read_bytes() for name in ("01.jpg", "02.jpg")]
    before = files_of(root / "records")
    code, out, _ = run(_put("包.zip", _zip(key, text, photos)), "--replace", day="2021-04-05")
    assert code == 1
    assert out == (
        "包.zip：填报页的档案包，2020-05-20 存的\n"
        f"包.zip：档案里已经有这份材料（records/{key}/），不同之处：\n"
        "  业务骨干人数：派出 0 人，接待 2 人 → 派出 0 人，接待 4 人\n"
        f"  没有写。已经备案（2021-03-jia-01），这里不能换：请教育局在电脑上改好 records/{key}/{RECORD}，"
        f"再运行 pairing amend {key} --reason 原因 --decided-by 决定人\n\n没有新的记录。\n"
    )
    assert files_of(root / "records") == before


def test_a_newer_version_is_asked_about(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run(_put("包.zip", _pack()))
    _put("包.zip", _pack(_PACKED.replace("received: 2}", "received: 4}")))
    monkeypatch.setattr(command, "is_terminal", lambda: True)
    before = _text()
    for answer, text in (("\n", before), ("y\n", before.replace("received: 2}", "received: 4}"))):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        _, out, _ = run("包.zip", "--ask")
        assert "不同之处：\n  业务骨干人数：派出 0 人，接待 2 人 → 派出 0 人，接待 4 人\n换成新的吗？" in out
        assert _text() == text


def test_the_same_report_twice_in_one_run_is_one_record(run: Run, root: Path) -> None:
    paper, other = _report(pictures=(90,)), _report(pictures=(91,))
    for name, data in {"a.docx": paper, "b.docx": paper, "c.docx": other}.items():
        _put(name, data)
    code, out, _ = run("a.docx", "b.docx", "c.docx")
    assert code == 1
    assert f"b.docx：这一次里交了两遍，与 records/{KEY}/ 一样，没有再写\n" in out
    assert "没有收 c.docx：与这一次收的“a.docx”是同一份材料，里面却不一样；两份里只交对的那一份\n" in out
    assert [path.name for path in FOLDER.parent.iterdir()] == [FOLDER.name]
    shutil.rmtree(FOLDER)
    for name, data in {
        "1.zip": _pack(),
        "2.zip": _pack(),
        "3.zip": _pack(_PACKED.replace("分三层", "分层").replace("学习", "看")),
    }.items():
        _put(name, data)
    code, out, _ = run("1.zip", "2.zip", "3.zip")
    assert f"2.zip：这一次里交了两遍，与 records/{KEY}/ 一样，没有再写\n" in out
    assert "没有收 3.zip：与这一次收的“1.zip”是同一份材料，里面却不一样" in out
    assert [path.name for path in FOLDER.parent.iterdir()] == [FOLDER.name]


def test_no_message_names_a_file_of_the_run_itself(run: Run) -> None:
    _, out, _ = run(_put("a.docx", _report(pictures=(90, 90))))
    assert "a.docx 图片 2（image1.jpg）：与 a.docx 图片 1（image1.jpg） 是同一张，只放一次\n" in out
    assert "001.jpg" not in out


def test_a_withdrawn_picture_does_not_come_back_in_a_package(run: Run) -> None:
    """Its tombstone has the digest of what was published, not of what the phone packed."""
    big = phone_photo(4, day="2020:05:14 09:00:00")
    run(_put("包.zip", _zip(KEY, _PACKED, [plain_photo(7), big])))
    words = ("--root", "archive", f"records/{KEY}/02.jpg", "--reason", "要求")
    assert main(["photos", "withdraw", *words]) == 0
    assert "包.zip：已经收过" in run("包.zip", "--replace")[1]
    renamed = _PACKED.replace(_SECOND, _SECOND.replace("02.jpg", "01-2.jpg")).replace(
        "材料要分层", "材料分层"
    )
    data = _zip(KEY, renamed, [plain_photo(7), big]).replace(b"/02.jpg", b"/03.jpg")
    code, out, _ = run(_put("包.zip", data), "--replace")
    assert code == 1
    assert f"【没有放】 03.jpg：这张照片已经撤下（记在 {KEY} 里），不能再放进来；换一张照片\n" in out
    assert sorted(files_of(FOLDER)) == ["01.jpg", RECORD]
