"""`pairing receive` as an archivist meets it: shown first, written whole, never over anything, checked, handed in."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.actions.photos.paths import RECORD
from generator.actions.transaction import ChangeError, open_transaction
from generator.cli import receive as command
from generator.cli.main import main
from generator.images.facts import read_photo_facts
from generator.records import parse_activity
from tests.phone_photos import files_of, phone_photo, plain_photo
from tests.receive.archive import write_archive
from tests.receive.reports import seen
from tests.receive.reports.paper import Paper, Pic, photo
from tests.scratch_repository import git

Run = Callable[..., tuple[int, str, str]]
OUTPUT = Path(__file__).parent / "receive"
KEY = "guangcai/2020/05/14-area-observation"


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_archive(tmp_path_factory.mktemp("receive") / "archive")


@pytest.fixture
def root(untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the archive, in the folder where commands run."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(untouched, tmp_path / "archive"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs `pairing receive` on the last day of 2020."""
    monkeypatch.setattr(command, "is_terminal", lambda: False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["receive", "--root", "archive", "--as-of", "2020-05-29", *arguments])
        return code, *capsys.readouterr()

    return call


def _report(number: str) -> dict[str, bytes]:
    (found,) = (each for each in seen.REPORTS if each.number == number)
    return dict(found.make().files)


def _put(files: dict[str, bytes]) -> list[str]:
    for name, data in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)
    return list(files)


def _simple(*lines: str, pictures: int = 0, day: str = "2020年5月14日") -> bytes:
    """Return a report of 光彩幼儿园 that says all that a record needs."""
    paper = Paper()
    paper.lines(
        "活动名称：大班区域活动观摩",
        f"时间：{day}",
        "单位：光彩幼儿园",
        "地点：光彩幼儿园",
        "对方园：黑泉镇幼儿园",
        "接待教师：2人",
        "负责人：业务园长",
        *(
            lines
            or (
                "方案：学习材料投放。",
                "措施：分两组观摩。",
                "记录：上午观摩，下午座谈。",
                "总结：材料要分层。",
            )
        ),
    )
    for number in range(pictures):
        paper.pictures(Pic(90 + number))
        paper.p(f"图{number + 1}：观摩现场{number + 1}")
    return paper.data()


def test_what_is_where_is_shown_first_then_written_then_checked(root: Path, run: Run) -> None:
    """Whole output: the table, what has no place, the check's own report, the next step."""
    (name,) = _put(_report("01"))
    before = files_of(Path())
    code, out, err = run(name, "--dry-run")
    assert (code, err, files_of(Path())) == (0, "", before)
    code, out, err = run(name)
    assert (code, err) == (1, "")  # a school that is told by the file's name alone is to be looked at
    assert out == (OUTPUT / "receive.txt").read_text(encoding="utf-8")
    record = root / "records" / KEY / RECORD
    assert record.read_text(encoding="utf-8") == (OUTPUT / "receive.md").read_text(encoding="utf-8")
    assert set(files_of(Path())) - set(before) == {
        f"archive/records/{KEY}/{RECORD}",
        f"archive/records/{KEY}/01.jpg",
        f"archive/records/{KEY}/02.jpg",
        "archive/.cache/changes/.lock",
        "光彩幼儿园5月14日活动记录（没有放进记录的内容）.txt",
    }
    left = Path("光彩幼儿园5月14日活动记录（没有放进记录的内容）.txt").read_text(encoding="utf-8")
    assert left == (OUTPUT / "left.txt").read_text(encoding="utf-8")


def test_what_was_received_is_not_received_again_and_nothing_is_written_over(root: Path, run: Run) -> None:
    _put({"a.docx": _simple(), "b.docx": _simple("方案：另一次。", "记录：又一次。")})
    assert run("a.docx")[0] == 1  # no picture: the check says so
    first = files_of(root)
    code, out, _ = run("a.docx")
    assert code == 0
    assert f"a.docx：已经收过，与 records/{KEY}/ 一样，没有再写\n" in out
    assert files_of(root) == first
    code, out, _ = run("b.docx")
    assert code == 1
    assert f"b.docx → records/{KEY}-2/\n" in out
    assert {path: data for path, data in files_of(root).items() if path in first} == first
    text = (root / f"records/{KEY}-2" / RECORD).read_text(encoding="utf-8")
    assert "## 措施\n\n（请填写措施）\n" in text
    assert "## 总结\n\n（请填写总结）\n" in text


def test_pictures_go_the_way_of_photos_add(root: Path, run: Run) -> None:
    """Turned, scaled, without their place, the day kept; one that lies elsewhere in the archive is named."""
    here = root / "records/guangcai/2020/04/02-area-observation"
    here.mkdir(parents=True)
    paper = _simple(pictures=1)
    _put(
        {
            "a.docx": paper,
            "照片/座谈.jpg": phone_photo(3, day="2020:05:14 09:00:00"),
            "坏.jpg": photo(5)[:600],
        }
    )
    shutil.move("a.docx", "照片/a.docx")
    shutil.move("坏.jpg", "照片/坏.jpg")
    code, out, _ = run("照片")
    assert code == 1
    folder = root / "records" / KEY
    facts = read_photo_facts((folder / "02.jpg").read_bytes())
    assert (facts.width, facts.height, facts.located, facts.metadata) == (1536, 2048, False, 0)
    record, _ = parse_activity(f"records/{KEY}/{RECORD}", (folder / RECORD).read_bytes())
    assert record
    assert [(p.file, p.caption, str(p.taken)) for p in record.data.photos] == [
        ("01.jpg", "观摩现场1", "None"),
        ("02.jpg", "座谈", "2020-05-14"),
    ]
    assert "拍摄于 2020-05-14，已去掉拍摄地点）\n" in out
    assert "【没有放】 照片/坏.jpg：" in out
    (here / "01.jpg").write_bytes((folder / "01.jpg").read_bytes())
    (here / RECORD).write_bytes(
        (folder / RECORD)
        .read_bytes()
        .replace(b"2020-05-14", b"2020-04-02")
        .replace(b"  - {file: 02.jpg", b"#")
    )
    shutil.rmtree(folder)
    _, out, _ = run("照片", "--dry-run")
    assert " 与 records/guangcai/2020/04/02-area-observation/01.jpg 一模一样\n" in out


def test_a_withdrawn_picture_does_not_come_back(root: Path, run: Run) -> None:
    gone = root / "records/guangcai/2020/04/02-area-observation"
    gone.mkdir(parents=True)
    digest = hashlib.sha256(photo(90)).hexdigest()
    (gone / RECORD).write_text(
        f"---\nphotos:\n  - {{file: 01.jpg, caption: 甲, withdrawn: {{date: 2020-05-01, reason: 要求, digest: {digest}}}}}\n---\n",
        encoding="utf-8",
    )
    _put({"a.docx": _simple(pictures=1)})
    _, out, _ = run("a.docx", "--dry-run")
    assert (
        "这张照片已经撤下（记在 guangcai/2020/04/02-area-observation 里），不能再放进来；换一张照片\n" in out
    )


def test_a_message_and_pictures(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (report,) = (each for each in seen.REPORTS if each.number == "09")
    sent = report.make()
    names = _put(dict(sent.files))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(sent.text.encode("gb18030"))))
    code, out, _ = run(*names, "--text", "-")
    assert code == 1
    assert "这一处是程序读出来的，还没有人核对：" in out
    folder = root / "records/jinguoguo/2020/05/26-staff-exchange"
    assert sorted(path.name for path in folder.iterdir()) == ["01.jpg", "02.jpg", RECORD]
    assert Path("mmexport1590580000001（没有放进记录的内容）.txt").is_file()
    Path("话.txt").write_text("没有日期的一句话，光彩幼儿园。", encoding="utf-8")
    code, out, _ = run("--text", "话.txt", "--left", "余.txt")
    assert code == 1
    assert "  粘贴的文字： 没有日期的一句话，光彩幼儿园。（不像一次活动的材料）\n" in out
    assert "没有日期的一句话" in Path("余.txt").read_text(encoding="utf-8")
    assert run("--text", "话.txt", "--left", "余.txt")[2].startswith("没有另存：余.txt 已经有了，不覆盖")


def test_what_is_missing_is_asked_for(root: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = Paper()
    paper.lines("教师学习活动", "时间：5月14日", "方案：学习。", "措施：分组。", "记录：听课。", "总结：好。")
    paper.pictures(Pic(90))
    _put({"a.docx": paper.data()})
    monkeypatch.setattr(command, "is_terminal", lambda: True)
    answers = [
        "金果果幼儿园",
        "没有这项",
        "跟岗实践",
        "1",
        "外出",
        "2",
        "好多",
        "2",
        "王丽老师",
        "教研组长",
        "y",
        "听课现场",
        "none",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*answers, ""])))
    code, out, _ = run("a.docx", "--ask")
    assert code == 0, out
    for problem in (
        "写代号，如 area-observation，或帮扶内容的全名\n",
        "只能写 host（请进来）、visit（走出去）、online（线上）\n",
        "写一个数，没有就写 0\n",
        "像是姓名；只写职务，如 业务园长\n",
    ):
        assert problem in out
    text = (root / "records/jinguoguo/2020/05/14-staff-exchange" / RECORD).read_text(encoding="utf-8")
    assert text.partition("\n---\n\n## 方案")[0] == (
        "---\ntitle: 教师学习活动\ndate: 2020-05-14\nmeasure: staff-exchange\npartners: [guangcai]\ndirection: visit\n"
        "staff: {sent: 2, received: 0}\nlead: 教研组长\nreported: 2020-05-29\nphotos:\n"
        "  - {file: 01.jpg, caption: 听课现场, people: none}"
    )


def test_what_was_found_by_less_than_a_label_is_asked_about(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter keeps the mark, y takes it away, any other answer is the value."""
    paper = Paper()
    paper.lines(
        "活动名称：大班区域活动观摩", "时间：5月14日", "单位：光彩幼儿园", "对方园：黑泉镇幼儿园", "接待教师：2人",
        "受益人数：10人", "方案：学习。", "措施：提前通知，由教研组长主持。", "记录：听课。", "意外收获篇", "也看了户外。", "总结：好。",
    )  # fmt: skip
    paper.pictures(Pic(90), Pic(91))
    paper.p("观摩现场")
    _put({"a.docx": paper.data()})
    month = root / "records/guangcai/2020/05"
    monkeypatch.setattr(command, "is_terminal", lambda: True)

    def call(*answers: str) -> tuple[str, list[str]]:
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join([*answers, ""])))
        _, out, _ = run("a.docx", "--ask")
        (record,) = month.glob(f"*/{RECORD}")
        lines = record.read_text(encoding="utf-8").split("\n")
        shutil.rmtree(month)
        return out, lines

    out, lines = call(*[""] * 12)
    assert [line.partition(":")[0] for line in lines if "# 请核对：" in line] == [
        "date", "attendance", "lead", "plan", "# 请核对：图片的说明是按位置配的",
    ]  # fmt: skip
    assert "（请填写：这一段分得不一定对，核对后删去这一行）" in lines
    assert out.count("还没有人核对") == 5
    assert "还有 7 处要填或要核对" in out
    out, lines = call("不是日期", "2020-05-15", "12人", "y", "不对", "对", "y", "y", "第一张", "", "")
    assert "活动日期 2020-05-14（推断的，材料里是“时间：5月14日”）\n" in out
    assert "写成 2020-05-14 的样子\n" in out
    assert "计划任务对吗？（对就写 y；以后再看就按回车）: 不对的，先按回车，收好以后在记录里改\n" in out
    assert "  听课。\n  意外收获篇\n  也看了户外。\na.docx：以上是“记录”，分得对吗？" in out
    assert "还没有人核对" not in out
    assert [line for line in lines if "请核对" in line or "请填写" in line] == []
    assert {"date: 2020-05-15", "attendance: 12", "lead: 教研组长", "plan: 2020-05-1"} <= set(lines)


def test_what_is_left_open_is_refused_by_the_check(root: Path, run: Run) -> None:
    paper = Paper()
    paper.lines("教师学习活动", "时间：5月14日（星期五）", "记录：讨论。")
    _put({"a.docx": paper.data()})
    code, out, _ = run("a.docx", "--school", "jinguoguo")
    assert code == 1
    text = (root / "records/jinguoguo/2020/05/14-activity" / RECORD).read_text(encoding="utf-8")
    assert text == (
        "---\ntitle: 教师学习活动\ndate: （请填写活动日期）  # 可选：2020-05-14\nmeasure: （请填写帮扶内容）\n"
        "partners: [（请填写参与园）]  # 可选：guangcai 光彩幼儿园\n"
        "direction: （请填写方式）  # 可选：host 请进来；visit 走出去；online 线上\n"
        "staff: {sent: （请填写派出人数）, received: （请填写接待人数）}\nlead: （请填写负责人）\nreported: 2020-05-29\n---\n\n"
        "## 方案\n\n（请填写方案）\n\n## 措施\n\n（请填写措施）\n\n## 记录\n\n讨论。\n\n## 总结\n\n（请填写总结）\n"
    )
    prompts = [line for line in text.splitlines() if "（请填写" in line]
    assert out.count("规则 scaffold-unanswered") == len(prompts) + 1  # two in one line
    assert "还有 10 处要填或要核对" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "还要写收到的文件，或者用 --text - 粘贴一段文字"),
        (("a.docx", "--ask"), "--ask 要在终端里用"),
        (("a.docx", "--school", "nobody"), "2020 年的方案里没有代号是“nobody”的校（园）"),
        (
            ("a.docx", "--measure", "nothing"),
            "没有“nothing”这项帮扶内容；有 needs-survey 园情调研与帮扶计划、",
        ),
        (("a.docx", "--year", "2031"), "档案里没有 2031 年的方案（有 2020 年的）"),
        (("--text", "没有.txt"), "--text“没有.txt”：没有这个文件；看看路径和文件名有没有写错"),
        (("a.docx", "--branch"), "这个文件夹不是 git 仓库，或者还没有一次提交；不用 --branch 也可以收材料"),
    ],
)
def test_wrong_usage(root: Path, run: Run, arguments: tuple[str, ...], message: str) -> None:
    _put({"a.docx": b"x"})
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_school_or_a_day_that_nothing_says_is_refused_with_what_to_do(root: Path, run: Run) -> None:
    paper = Paper()
    paper.lines("外出学习活动", "方案：学习。", "记录：听课。")
    _put({"a.docx": paper.data(), "b.jpg": photo(1)})
    before = files_of(root)
    code, out, _ = run("a.docx", "--dry-run")
    assert code == 1
    assert "没有收 a.docx：看不出是哪所校（园）的材料；用 --school 写明，如 --school 园代号\n" in out
    assert "用 --date 写明，如 --date 2020-05-14" in run("a.docx", "--school", "leimeng")[1]
    assert (
        "没有收 b.jpg：只有图片，没有文字；加上 --text，或把文字和图片放在一个文件夹里\n" in run("b.jpg")[1]
    )
    assert {path: data for path, data in files_of(root).items() if path in before} == before
    out = run("a.docx", "--school", "leimeng", "--date", "2020-05-14", "--measure", "mentoring")[1]
    assert "→ records/leimeng/2020/05/14-mentoring/" in out


def test_a_report_of_two_days_lies_at_the_first_until_somebody_chooses(
    root: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ("日期：2020年5月18日", "方案：学习。", "措施：分组。", "记录：听课。", "总结：好。")
    _put({"a.docx": _simple(*lines, pictures=1)})
    code, out, _ = run("a.docx")
    assert code == 1
    assert "活动日期  【要填】 写了不止一个日期（可选：2020-05-14；2020-05-18）\n" in out
    record = root / "records" / KEY / RECORD
    text = record.read_text(encoding="utf-8")
    assert "\ndate: （请填写活动日期）  # 可选：2020-05-14；2020-05-18\n" in text
    record.write_text(
        text.replace("（请填写活动日期）  # 可选：2020-05-14；2020-05-18", "2020-05-18"), encoding="utf-8"
    )
    assert (
        main(["check", "--root", "archive", "--only", f"archive/records/{KEY}", "--as-of", "2020-05-29"]) == 1
    )
    assert "日期对，就把文件夹改为 records/guangcai/2020/05/18-area-observation" in capsys.readouterr().out


# --- packages of the page 填报 ---------------------------------------------------------------------


def _package(text: str, photos: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    manifest = {"format": 1, "school": "guangcai", "made": "2020-05-29T20:10:00+08:00", "kept_back": 2}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("档案包.json", json.dumps(manifest))
        archive.writestr(f"records/{KEY}/{RECORD}", text)
        for name, data in photos.items():
            archive.writestr(f"records/{KEY}/{name}", data)
    return out.getvalue()


_PACKED = """---
title: 大班区域活动观摩
date: 2020-05-14
measure: area-observation
partners: [heiquan]
direction: host
staff: {sent: 0, received: 2}
lead: 业务园长
reported: 2020-05-29
photos:
  - {file: 01.jpg, caption: 座谈, people: adults, taken: 2020-05-14}
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


def test_a_package_lies_as_it_was_packed_and_its_photos_are_cleaned(root: Path, run: Run) -> None:
    big = phone_photo(4, day="2020:05:14 09:00:00")
    _put({"包.zip": _package(_PACKED, {"01.jpg": big, "02.jpg": plain_photo(7)})})
    code, out, _ = run("包.zip")
    assert code == 0, out
    assert "包.zip：填报页的档案包，2020-05-29 存的，另有 2 张没有同意公开的留在手机上\n" in out
    folder = root / "records" / KEY
    assert (folder / RECORD).read_text(encoding="utf-8") == _PACKED
    assert (folder / "02.jpg").read_bytes() == plain_photo(7)
    facts = read_photo_facts((folder / "01.jpg").read_bytes())
    assert (facts.located, facts.metadata, max(facts.width, facts.height)) == (False, 0, 2048)
    assert "已经收过" in run("包.zip")[1]
    other = _PACKED.replace("材料要分层。", "又一次。").replace("title: 大班", "title: 中班")
    _put({"包.zip": _package(other, {"01.jpg": photo(8), "02.jpg": photo(9)})})
    assert f"包.zip → records/{KEY}-2/\n" in run("包.zip")[1]


# --- written whole or not at all -------------------------------------------------------------------


def test_a_second_folder_that_cannot_be_written_takes_the_first_back(root: Path) -> None:
    before = files_of(root)
    taken = root / "records/guangcai/2020/06/01-b"
    taken.mkdir(parents=True)
    with open_transaction(root) as changes:
        changes.add_folder(root / "records/guangcai/2020/05/01-a", {RECORD: b"x", "01.jpg": b"y"})
        changes.add_folder(taken, {RECORD: b"x"})
        with pytest.raises(ChangeError, match="别的程序刚刚放进了同名的文件；再运行一次"):
            changes.carry_out()
    assert {p: d for p, d in files_of(root).items() if ".cache" not in p} == before
    assert not (root / "records/guangcai/2020/05").exists()
    assert list(taken.iterdir()) == []


def test_a_folder_comes_whole_also_from_another_file_system(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def across(self: Path, target: Path) -> Path:
        if ".cache" in self.parts:
            raise OSError(18, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", across)
    target = root / "records/guangcai/2020/05/01-a"
    with open_transaction(root) as changes:
        changes.add_folder(target, {RECORD: b"x", "01.jpg": b"y"})
        changes.carry_out()
    assert files_of(target.parent) == {f"01-a/{RECORD}": b"x", "01-a/01.jpg": b"y"}


_KILLED = """
import os, sys
from pathlib import Path
from generator.actions.transaction import open_transaction
root = Path(sys.argv[1])
rename, count = Path.rename, [0]
def counted(self, target):
    count[0] += 1
    if count[0] == 2:
        os._exit(9)
    return rename(self, target)
Path.rename = counted
with open_transaction(root) as changes:
    for name in ("01-a", "02-b"):
        changes.add_folder(root / "records/guangcai/2020/05" / name, {"activity.md": b"x", "01.jpg": b"y"})
    changes.carry_out()
"""


def test_a_killed_run_leaves_whole_folders_and_nothing_else(root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(root)], check=False)
    assert done.returncode == 9
    month = root / "records/guangcai/2020/05"
    assert files_of(month) == {"01-a/activity.md": b"x", "01-a/01.jpg": b"y"}
    with open_transaction(root):
        assert sorted(path.name for path in (root / ".cache/changes").iterdir()) == [".lock", "staged"]


# --- a branch and a request ------------------------------------------------------------------------


@pytest.fixture
def repository(root: Path) -> Path:
    """Make the archive a repository with one commit and somebody's change that is not committed."""
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "user.name", "档案员")
    git(root, "config", "user.email", "a@example.org")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "start")
    (root / "records/leimeng/school.yml").write_text("id: leimeng\n", encoding="utf-8")
    (root / "new.txt").write_text("x", encoding="utf-8")
    git(root, "add", "new.txt")
    (root / ".git/hooks/pre-commit").write_text("#!/bin/sh\ntouch hooked\n", encoding="utf-8")
    (root / ".git/hooks/pre-commit").chmod(0o755)
    return root


def test_a_branch_holds_the_records_and_nothing_else(repository: Path, run: Run) -> None:
    _put({"王丽交的.docx": _simple(pictures=1)})
    code, out, err = run("王丽交的.docx", "--branch")
    assert (code, err) == (0, "")
    branch = "submit/guangcai/20200514-area-observation"
    assert out.endswith(
        f"\n已在分支 {branch} 上提交：光彩幼儿园 5月14日 大班区域活动观摩\n"
        f"接着推送：git push -u origin {branch}，再在网页上提出合并请求\n回到原来的分支：git switch main\n"
    )
    assert git(repository, "branch", "--show-current") == branch
    assert git(repository, "show", "--name-only", "--format=%B").split("\n") == [
        "光彩幼儿园 5月14日 大班区域活动观摩",
        "",
        "由 pairing receive 收进档案：",
        "",
        f"- 5月14日 大班区域活动观摩（{KEY}）",
        "",
        "",
        f"records/{KEY}/01.jpg",
        f"records/{KEY}/{RECORD}",
    ]
    assert git(repository, "status", "--porcelain").split("\n") == [
        "A  new.txt",
        " M records/leimeng/school.yml",
        "?? .cache/",
    ]
    assert not (repository / "hooked").exists()
    git(repository, "checkout", "--quiet", "main")
    _put({"又.docx": _simple("方案：又。", "措施：又。", "记录：又。", "总结：又。", pictures=2)})
    assert f"已在分支 {branch}-2 上提交" in run("又.docx", "--branch")[1]


_TOOL = """#!{python}
import json, os, sys
with open(os.environ["TOLD"], "a", encoding="utf-8") as file:
    file.write(json.dumps([os.path.basename(sys.argv[0]), *sys.argv[1:]], ensure_ascii=False) + "\\n")
print("https://forge.example.org/pulls/7")
sys.exit(int(os.environ.get("FAILS", "0")))
"""


def _install(folder: Path, *tools: str) -> None:
    folder.mkdir()
    for tool in tools:
        (folder / tool).write_text(_TOOL.format(python=sys.executable), encoding="utf-8")
        (folder / tool).chmod(0o755)
    real = shutil.which("git")
    assert real
    (folder / "git").symlink_to(real)


@pytest.mark.parametrize(
    ("installed", "url", "told"),
    [
        (("gh", "tea"), "github", ["gh", "pr", "create", "--head=BRANCH", "--title=TITLE", "--body=BODY"]),
        (("gh", "glab"), "gitlab", ["glab", "mr", "create", "--source-branch=BRANCH", "--title=TITLE", "--description=BODY", "--yes"]),
        (("tea",), "elsewhere", ["tea", "pulls", "create", "--head=BRANCH", "--title=TITLE", "--description=BODY"]),
        (("tea",), "github", None),
    ],
)  # fmt: skip
def test_a_request_is_opened_with_the_forges_own_tool(
    repository: Path,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    installed: tuple[str, ...],
    url: str,
    told: list[str] | None,
) -> None:
    remote = tmp_path / f"{url}.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(repository, "remote", "add", "origin", str(remote))
    _install(tmp_path / "bin", *installed)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    _put({"a.docx": _simple("方案：$(touch x)", "措施：`touch x`", "记录：--yes", "总结：好。", pictures=1)})
    code, out, err = run("a.docx", "--request")
    branch = "submit/guangcai/20200514-area-observation"
    assert git(remote, "rev-parse", branch) == git(repository, "rev-parse", branch)
    if told is None:
        assert (code, err) == (
            1,
            "没有做完：已经推送；这台电脑没有 gh、glab 或 tea，请在网页上提出合并请求\n",
        )
        return
    assert (code, err) == (0, "")
    assert "https://forge.example.org/pulls/7\n已提出合并请求。\n" in out
    said = json.loads((tmp_path / "told").read_text(encoding="utf-8"))
    words = {
        "BRANCH": branch,
        "TITLE": "光彩幼儿园 5月14日 大班区域活动观摩",
        "BODY": f"由 pairing receive 收进档案：\n\n- 5月14日 大班区域活动观摩（{KEY}）",
    }
    assert said == [_filled(word, words) for word in told]


def _filled(word: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        word = word.replace(name, value)
    return word


def test_a_request_that_fails_says_how_far_it_came(
    repository: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put({"a.docx": _simple(pictures=1)})
    code, _, err = run("a.docx", "--request")
    assert (code, err) == (1, "没有做完：这个仓库没有远程地址，推送不了；先运行 git remote add origin 网址\n")
    git(repository, "remote", "add", "origin", str(tmp_path / "nowhere"))
    git(repository, "checkout", "--quiet", "main")
    _put({"b.docx": _simple("方案：又。", "措施：又。", "记录：又。", "总结：又。", pictures=2)})
    code, _, err = run("b.docx", "--request")
    assert code == 1
    assert err.startswith("没有做完：推送不了（")
    assert err.endswith("；网络好了再运行 git push -u origin submit/guangcai/20200514-area-observation-2\n")


def test_help_shows_examples(run: Run) -> None:
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert "pairing receive 某园5月材料.docx --dry-run\n" in out
    assert "--request" in out
