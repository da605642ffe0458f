"""`pairing fix`: what it shows, what it changes, what it leaves, and that a run changes all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.actions.transaction import Changes
from generator.cli import fix as fix_command
from generator.cli.main import main
from generator.images.facts import read_photo_facts
from tests.conftest import MakeArchive
from tests.phone_photos import files_of, phone_photo, plain_photo
from tests.small_archive import activity, base

HERE = "records/yi/2021/03/05-visit"
PHOTOS = "photos:\n  - {file: 01.png, caption: 材料架, people: none}  # 一\n  - {file: 02.jpg, caption: 座谈, people: adults}\n"
CARRY_OUT = Changes.carry_out
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Return a function that runs `pairing fix` on the archive, off a terminal, on a day of 2021."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("generator.cli.check.read_today", lambda as_of=None: as_of or dt.date(2021, 3, 20))

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["fix", "--root", "archive", *arguments])
        return code, *capsys.readouterr()

    return call


def _written(**changed: str) -> str:
    return activity("2021-03-05", partner="jia", staff="{sent: 0, received: 2}", **changed)


def _contents(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in files_of(root).items() if not path.startswith(".cache/")}


def test_a_record_is_shown_first_and_then_mended(make_archive: MakeArchive, run: Run) -> None:
    good = _written().replace("lead: 业务园长\n", "lead: 业务园长  # 不写姓名\n")
    spoilt = good.replace("date: 2021-03-05", "date：2021年3月5日").replace("\n", "\r\n").encode("gb18030")
    root = make_archive({**base(), f"{HERE}/activity.md": spoilt, f"{HERE}/说明.docx": b"PK"})
    before = _contents(root)
    shown = (
        f"{HERE}/activity.md\n"
        "  编码：GBK → UTF-8\n"
        "  换行：Windows 格式（CRLF） → LF\n"
        f"--- {HERE}/activity.md\n+++ {HERE}/activity.md\n@@ -1,6 +1,6 @@\n"
        " ---\n title: 观摩活动\n-date：2021年3月5日\n+date: 2021-03-05\n measure: visit\n partners: [jia]\n direction: host\n\n"
    )
    for dry in ((), ("--dry-run",)):
        assert run(*dry) == (1, f"{shown}有 1 处可以改，还没有改；要改，加上 --yes 再运行。\n", "")
        assert _contents(root) == before
    code, out, err = run("--yes", HERE)
    assert (code, err) == (1, "")
    assert out.startswith(f"{shown}改好了 1 处。再检查一遍：\n\n{HERE}/activity.md:")
    assert out.endswith("已检查指定的 1 处：2 个错误，0 个提醒。\n")  # no photos, and a Word file
    assert _contents(root) == before | {f"{HERE}/activity.md": good.encode()}
    assert run("--yes") == (0, "没有要改的。\n", "")


def test_photos_get_their_suffix_and_stand_upright(make_archive: MakeArchive, run: Run) -> None:
    root = make_archive(
        {
            **base(),
            f"{HERE}/activity.md": _written(photos=PHOTOS),
            f"{HERE}/01.png": plain_photo(1),
            f"{HERE}/02.jpg": phone_photo(2, size=(800, 600)),
            f"{HERE}/03.png": plain_photo(3),
        }
    )
    code, out, err = run("--yes")
    assert (code, err) == (1, "")
    assert out.partition("没有动")[0] == (
        f"{HERE}/activity.md\n"
        "  01.png → 01.jpg：扩展名不对，里面是 JPEG\n"
        "  02.jpg：照片是横着存的，转正，去掉拍摄地点；提交过的话，仓库的历史里还有，见“隐私与图片”\n"
        f"--- {HERE}/activity.md\n+++ {HERE}/activity.md\n@@ -8,8 +8,8 @@\n"
        " lead: 业务园长\n reported: 2021-03-05\n photos:\n"
        "-  - {file: 01.png, caption: 材料架, people: none}  # 一\n"
        "-  - {file: 02.jpg, caption: 座谈, people: adults}\n"
        "+  - {file: 01.jpg, caption: 材料架, people: none}  # 一\n"
        "+  - {file: 02.jpg, caption: 座谈, people: adults, taken: 2021-03-05}\n"
        " ---\n ## 方案\n \n\n"
    )
    assert (
        f"没有动，要请您自己看：\n  {HERE}/activity.md：03.png：扩展名不对，里面是 JPEG；记录的 photos 里没有写它，写上以后再运行一次\n"
        "改好了 1 处。"
    ) in out
    assert sorted(p.name for p in (root / HERE).iterdir()) == ["01.jpg", "02.jpg", "03.png", "activity.md"]
    assert (root / HERE / "01.jpg").read_bytes() == plain_photo(1), "a good JPEG is only renamed"
    turned = read_photo_facts((root / HERE / "02.jpg").read_bytes())
    assert (turned.width, turned.height, turned.metadata) == (600, 800, 0)
    after = _contents(root)
    run("--yes")
    assert _contents(root) == after


def test_a_record_in_the_wrong_folder_goes_with_its_photos(make_archive: MakeArchive, run: Run) -> None:
    text = _written(photos="photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n")
    root = make_archive(
        {
            **base(),
            "records/乙园/2021/3/5/活动.md": text.replace("2021-03-05", "2021.3.5"),
            "records/乙园/2021/3/5/01.jpg": phone_photo(3, size=(400, 300)),
        }
    )
    code, out, err = run("--yes")
    assert (code, err) == (0, "")
    assert "  移动：records/乙园/2021/3/5/活动.md → records/yi/2021/03/05-visit/activity.md\n" in out
    assert "  移动：records/乙园/2021/3/5/01.jpg → records/yi/2021/03/05-visit/01.jpg\n" in out
    assert not (root / "records/乙园").exists()
    assert (root / HERE / "activity.md").read_text(encoding="utf-8") == text.replace(
        "people: none}", "people: none, taken: 2021-03-05}"
    )
    assert read_photo_facts((root / HERE / "01.jpg").read_bytes()).height == 400
    assert out.endswith("已检查指定的 1 处：没有问题。\n") or "0 个错误" in out
    assert run("--yes") == (0, "没有要改的。\n", "")


@pytest.mark.parametrize(
    ("files", "left"),
    [
        (
            {"records/2021/03/05-visit/activity.md": _written().replace("[jia]", "[yi]")},
            "records/2021/03/05-visit/activity.md",
        ),
        (
            {
                "records/yi/2021/3/05-visit/activity.md": _written().replace(
                    "date: 2021-03-05", "date: 三月五日"
                )
            },
            "records/yi/2021/3/05-visit/activity.md",
        ),
        (
            {f"{HERE}/activity.md": _written(), f"{HERE}/activity (1).md": _written(title="另一次")},
            f"{HERE}/activity (1).md",
        ),
        ({f"{HERE}/activity.md": _written().encode() + b"\xe6"}, f"{HERE}/activity.md"),
    ],
    ids=["no school", "no day", "two records", "damaged"],
)
def test_what_is_in_doubt_is_listed_and_left(
    files: dict[str, str | bytes], left: str, make_archive: MakeArchive, run: Run
) -> None:
    root = make_archive({**base(), **files})
    before = _contents(root)
    code, out, err = run("--yes")
    assert (code, err) == (0, "")
    assert out.startswith(f"没有动，要请您自己看：\n  {left}：")
    assert out.count("\n") == 2
    assert _contents(root) == before


def test_links_odd_files_and_what_commands_write_stay(closed_root: Path, run: Run) -> None:
    closing = closed_root / "records/bureau/2021/closings/2021-02.yml"
    closing.write_bytes(closing.read_bytes().replace(b"\n", b"\r\n"))
    outside = closed_root.parent / "outside.md"
    outside.write_text("date：2021年3月5日\n", encoding="utf-8")
    folder = closed_root / HERE
    folder.mkdir(parents=True)
    (folder / "activity.md").symlink_to(outside)
    (closed_root / "records/jia/notes.txt").write_text("date：2021年3月5日\r\n", encoding="utf-8")
    before = _contents(closed_root)
    code, out, _ = run("--yes")
    assert (code, out) == (0, "没有要改的。\n")
    assert _contents(closed_root) == before


def test_filed_records_are_the_bureaus(closed_root: Path, run: Run) -> None:
    record = closed_root / "records/jia/2021/02/05-visit/activity.md"
    record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))
    before = _contents(closed_root)
    path = "records/jia/2021/02/05-visit/activity.md"
    amend = "pairing amend jia/2021/02/05-visit --reason 原因 --decided-by 决定人"
    assert run("--yes") == (
        0,
        f"没有动，要请您自己看：\n  {path}：已经备案（2021-02-jia-01），这里不动它；要改的，请教育局改好以后运行 {amend}\n",
        "",
    )
    assert _contents(closed_root) == before


def test_each_repair_is_asked_for_on_a_terminal(
    make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "records/jia/2021/03/05-visit/activity.md"
    spoilt = _written().replace("date: ", "date：")
    root = make_archive({**base(), f"{HERE}/activity.md": spoilt, other: spoilt.replace("[jia]", "[yi]")})
    monkeypatch.setattr(fix_command, "_is_terminal", lambda: True)
    answers = iter(("n\n", "\n"))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers).strip())
    code, out, _ = run()
    assert out.index(other) < out.index(HERE)
    assert "改好了 1 处。" in out
    assert (root / HERE / "activity.md").read_text(encoding="utf-8") == _written()
    assert (root / other).read_text(encoding="utf-8") == spoilt.replace("[jia]", "[yi]")
    assert code == 1


def test_chinese_names_become_ids_and_what_is_unclear_is_listed(make_archive: MakeArchive, run: Run) -> None:
    path = f"{HERE}/activity.md"
    good = _written().replace("partners: [jia]", "partners: [jia]  # 甲园")
    good = good.replace("lead: ", "grades: [大班, 中班]  # 两个年级\nlead: ")
    spoilt = (
        good.replace("measure: visit", 'measure: "观摩"')
        .replace("partners: [jia]", "partners: [甲园]")
        .replace("direction: host", "direction: 请进来")
        .replace("[大班, 中班]", "大班、中班")
    )
    root = make_archive({**base(), path: spoilt})
    code, out, _ = run("--yes", "--as-of", "2021-03-06")
    assert (root / path).read_text(encoding="utf-8") == good, out
    assert "-partners: [甲园]  # 甲园\n" in out
    unclear = (
        good.replace("[jia]", "[甲园, 外县幼儿园, jia]")
        .replace("host", "一起")
        .replace("measure: visit", "measure: 观")
    )
    (root / path).write_text(unclear.replace("[大班, 中班]", "[大班, 学前班]"), encoding="utf-8")
    code, out, _ = run("--yes", "--as-of", "2021-03-06")
    assert out.partition("没有动，要请您自己看：\n")[2].partition("改好了")[0] == (
        f"  {path}：measure 写的“观”不是代号：没有“观”这个帮扶内容；可以写：visit 观摩（一-1）、lesson 示范课（一-1）、care 慰问（一-2）、papers 文件（一-2）\n"
        f"  {path}：direction 写的“一起”不是代号：没有“一起”这个方式；可以写：host 请进来、visit 走出去、online 线上\n"
        f"  {path}：partners 写的“外县幼儿园”不是代号：没有“外县幼儿园”这个参与园；可以写：jia 甲园\n"
        f"  {path}：grades 写的“学前班”不是代号：看不懂年级“学前班”；从这些里选：大班、中班、小班\n"
    )
    assert "partners: [jia, 外县幼儿园, jia]  # 甲园\n" in (root / path).read_text(encoding="utf-8")
    assert code == 1


def test_what_nobody_has_looked_at_is_asked_about_and_never_taken_for_granted(
    make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    confirm = "（请填写：这一段分得不一定对，核对后删去这一行）"
    good = _written(photos="photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n")
    good = good.replace("lead: 业务园长\n", "lead: 业务园长  # 不写姓名\n")
    marked = (
        good.replace("date: 2021-03-05\n", "date: 2021-03-05  # 请核对：推断的\n")
        .replace("# 不写姓名\n", "# 不写姓名  # 请核对：从正文看的\n")
        .replace("photos:\n", "# 请核对：图片的说明是按位置配的\nphotos:\n")
        .replace("## 记录\n\n", f"## 记录\n\n{confirm}\n\n")
    )
    path = f"{HERE}/activity.md"
    root = make_archive({**base(), path: marked, f"{HERE}/01.jpg": plain_photo()})
    before = _contents(root)
    left = "".join(
        f"  {path}：第 {line} 行还没有核对（{why}）；在终端里运行 pairing fix，逐处回答\n"
        for line, why in (
            (3, "推断的"),
            (8, "从正文看的"),
            (10, "图片的说明是按位置配的"),
            (24, "“记录”这一段分得不一定对"),
        )
    )
    assert run("--yes") == (0, f"没有动，要请您自己看：\n{left}", "")
    assert _contents(root) == before
    monkeypatch.setattr(fix_command, "_is_terminal", lambda: True)
    answers = iter(("", "y", "y", "y"))
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: next(answers))
    code, out, _ = run()
    for shown in (
        f"{path}:3\n  date: 2021-03-05\n  请核对：推断的\n",
        f"{path}:8\n  lead: 业务园长  # 不写姓名\n  请核对：从正文看的\n",
        f"{path}:10\n  01.jpg 材料架\n  请核对：图片的说明是按位置配的\n",
        f"{path}:24\n  上午观摩，下午研讨。\n  请核对：“记录”这一段分得不一定对\n",
    ):
        assert shown in out
    assert (root / path).read_text(encoding="utf-8") == good.replace(
        "date: 2021-03-05\n", "date: 2021-03-05  # 请核对：推断的\n"
    )
    assert code == 1
    assert out.count("规则 scaffold-unanswered") == 1


def test_an_interrupt_or_a_failure_changes_nothing(
    make_archive: MakeArchive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _written(photos="photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n").replace(
        "date: ", "date："
    )
    files: dict[str, str | bytes] = {
        "records/yi/2021/3/05-visit/activity.md": text,
        "records/yi/2021/3/05-visit/01.jpg": plain_photo(),
        "records/jia/2021/03/06-visit/activity.md": text.replace("[jia]", "[yi]").replace("03-05", "03-06"),
        "records/jia/2021/03/06-visit/01.jpg": phone_photo(size=(400, 300)),
    }
    root = make_archive({**base(), **files})
    before = _contents(root)
    for error, code in ((KeyboardInterrupt(), 130), (PermissionError(13, "no"), 2)):
        with monkeypatch.context() as patch:

            def fail(self: Changes, error: BaseException = error) -> tuple[Path, ...]:
                def stop() -> Callable[[], None]:
                    raise error

                self._steps.append(stop)
                return CARRY_OUT(self)

            patch.setattr(Changes, "carry_out", fail)
            found, _, err = run("--yes")
        assert found == code
        assert err.splitlines()[-1].startswith(("已停止；原有文件没有改变。", "什么都没有改："))
        assert _contents(root) == before
        assert not (root / "records/yi/2021/03").exists()
    run("--yes")
    assert (root / HERE / "activity.md").read_text(encoding="utf-8") == text.replace("date：", "date: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--yes", "--dry-run"), "--yes 和 --dry-run 只写一个"),
        (("no/such",), "找不到“no/such”（在档案文件夹 archive 之内）"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, make_archive: MakeArchive, run: Run) -> None:
    make_archive(base())
    assert run(*arguments) == (2, "", f"用法不对：{message}\n看用法：pairing fix --help\n")


def test_the_sample_year_needs_no_mending(project_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["fix", "--root", str(project_root), "--dry-run", str(project_root / "records/guangcai")])
    assert (code, capsys.readouterr().out) == (0, "没有要改的。\n")
