"""What was received is said before what is wrong: whole outputs, for a terminal, a log, a summary and a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from generator.cli.main import main
from generator.records import PARTS
from tests.conftest import MakeArchive
from tests.scratch_repository import commit, git
from tests.small_archive import activity, base
from tests.test_placement import PHOTO

FIRST, SECOND, THIRD = (f"records/yi/2021/{day}" for day in ("02/10-first", "02/12-second", "03/05-third"))
Run = Callable[..., tuple[int, str]]


def record(date: str, title: str, partner: str = "jia") -> str:
    photo = "photos:\n  - {file: 01.jpg, caption: 大班区域活动, people: none}\n"
    front, _, _ = activity(date, title=title, partner=partner, photos=photo).rpartition("---\n")
    return front + "---\n" + "".join(f"## {part}\n\n{f'{title}的{part}，' * 9}完。\n\n" for part in PARTS)


def put(root: Path, folder: str, text: str, number: int) -> None:
    """Lay a record with a photo of its own in a folder."""
    (root / folder).mkdir(parents=True, exist_ok=True)
    (root / folder / "activity.md").write_text(text, encoding="utf-8", newline="\n")
    (root / folder / "01.jpg").write_bytes(PHOTO + b"\n" * number)


@pytest.fixture
def root(make_archive: MakeArchive) -> Path:
    """Return an archive with three merged records, on a branch of its own."""
    root = make_archive(base() | {"README.md": "# 档案\n"})
    put(root, FIRST, record("2021-02-10", "第一次观摩"), 1)
    put(root, SECOND, record("2021-02-12", "第二次观摩"), 2)
    put(root, THIRD, record("2021-03-05", "第三次观摩"), 3)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "Merged records")
    git(root, "checkout", "--quiet", "-b", "request")
    return root


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def check(*options: str) -> tuple[int, str]:
        capsys.readouterr()
        command = ("check", "--root", str(root), "--changed-since", "main", "--as-of", "2021-03-20", *options)
        code = main(command)
        return code, click.unstyle(capsys.readouterr().out)

    return check


def change_everything(root: Path) -> None:
    """A new record of each school, one changed, one moved, one taken away, and two files beside the archive."""
    put(root, "records/yi/2021/03/06-fourth", record("2021-03-06", "第四次观摩"), 4)
    put(root, "records/jia/2021/03/06-fifth", record("2021-03-06", "接待第四次观摩", "yi"), 5)
    text = (root / SECOND / "activity.md").read_text(encoding="utf-8")
    (root / SECOND / "activity.md").write_text(text.replace("完。", "完了。"), encoding="utf-8")
    git(root, "mv", THIRD, THIRD.replace("third", "visit"))
    git(root, "rm", "-r", "--quiet", FIRST)
    (root / "README.md").write_text("# 改\n", encoding="utf-8")
    (root / "tools.py").write_text("", encoding="utf-8")
    commit(root, "All of it")


def test_each_record_and_each_month_is_named_before_what_is_wrong(root: Path, run: Run) -> None:
    change_everything(root)
    code, out = run()
    assert code == 0, out
    assert out == (
        "收到 5 份材料：\n"
        "  新交  甲园  2021年3月  接待第四次观摩\n"
        "  删去  乙园  2021年2月  第一次观摩\n"
        "  修改  乙园  2021年2月  第二次观摩\n"
        "  移动  乙园  2021年3月  第三次观摩（原在 records/yi/2021/03/05-third）\n"
        "  新交  乙园  2021年3月  第四次观摩\n"
        "甲园 三月 1/2，还欠 1 项（3月30日截止）\n"
        "乙园 二月 1/1 完成\n"
        "乙园 三月 2/1 完成\n"
        "这个请求里有 2 所校（园）的材料：甲园、乙园\n"
        "材料以外的文件 2 个，不作为材料读取：README.md、tools.py\n"
        "\n"
        "records/yi/2021/02/10-first/activity.md:1:1  提醒  这个请求删去了已经合并的材料：乙园2021年二月《第一次观摩》\n"
        "  怎么改：不是有意删的，就恢复它；确要删去，请教育局合并以前看一眼；合并以后二月 1/1 完成\n"
        "  依据：条款 二-1    规则 unexpected-file\n"
        "\n"
        "已检查改动的 6 处：0 个错误，1 个提醒。提醒不影响通过。\n"
    )


def test_the_summary_and_the_log_say_the_same(
    root: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_everything(root)
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    _, out = run("--format", "github")
    assert out.startswith("· 收到 5 份材料：\n· 新交  甲园  2021年3月  接待第四次观摩\n")
    assert all(line.startswith(("· ", "::warning ", "已检查")) for line in out.splitlines())
    assert summary.read_text("utf-8").startswith(
        "## 收到的材料\n"
        "\n"
        "| 情况 | 校（园） | 月份 | 材料 |\n"
        "| --- | --- | --- | --- |\n"
        "| 新交 | 甲园 | 2021年3月 | 接待第四次观摩 |\n"
        "| 删去 | 乙园 | 2021年2月 | 第一次观摩 |\n"
        "| 修改 | 乙园 | 2021年2月 | 第二次观摩 |\n"
        "| 移动 | 乙园 | 2021年3月 | 第三次观摩（原在 records/yi/2021/03/05\\-third） |\n"
        "| 新交 | 乙园 | 2021年3月 | 第四次观摩 |\n"
        "\n"
        "- 甲园 三月 1/2，还欠 1 项（3月30日截止）\n"
        "- 乙园 二月 1/1 完成\n"
        "- 乙园 三月 2/1 完成\n"
        "- 这个请求里有 2 所校（园）的材料：甲园、乙园\n"
        "- 材料以外的文件 2 个，不作为材料读取：README\\.md、tools\\.py\n"
        "\n"
        "## ✓ 检查通过\n"
    )


def test_the_same_facts_are_data_and_the_list_stays_as_it_is(root: Path, run: Run, tmp_path: Path) -> None:
    put(root, "records/yi/2021/03/06-fourth", record("2021-03-06", "第四次观摩"), 4)
    git(root, "mv", THIRD, THIRD.replace("third", "visit"))
    (root / "tools.py").write_text("", encoding="utf-8")
    written = tmp_path / "out" / "receipt.json"
    assert run("--format", "json", "--receipt", str(written)) == (0, "[]\n")
    record_of = {"kind": "活动", "school": "yi", "month": "2021-03", "read": True}
    assert json.loads(written.read_text("utf-8")) == {
        "records": [
            record_of
            | {
                "path": "records/yi/2021/03/05-visit/activity.md",
                "title": "第三次观摩",
                "change": "moved",
                "was": "records/yi/2021/03/05-third/activity.md",
            },
            record_of
            | {
                "path": "records/yi/2021/03/06-fourth/activity.md",
                "title": "第四次观摩",
                "change": "new",
                "was": "",
            },
        ],
        "months": [
            {
                "school": "yi",
                "month": "2021-03",
                "status": "met",
                "quota": 1,
                "on_time": 2,
                "late": 0,
                "owed": 0,
                "deadline": "2021-03-30",
                "closed": False,
            }
        ],
        "others": ["tools.py"],
        "unread": [],
        "schools": ["yi"],
        "behind": 0,
    }
    assert main(["check", "--root", str(root), "--receipt", str(written)]) == 2


def test_an_empty_request_says_so_and_handed_in_it_is_an_error(root: Path, run: Run) -> None:
    nothing = "什么也没有收到：与主分支相比，没有任何改动。\n\n"
    assert run() == (0, f"{nothing}没有要检查的材料。\n")
    assert run("--format", "json") == (0, "[]\n")
    code, out = run("--submitted", "2021-03-20")
    assert code == 1
    assert out == (
        f"{nothing}"
        "records:1:1  错误  这个请求里没有任何改动，什么也没有收到\n"
        "  怎么改：材料可能存进了别的分支，或者已经在主分支里：到本园的页面上看一看，没有就再交一次\n"
        "  依据：条款 二-1    规则 unexpected-file\n"
        "\n"
        "已检查改动的 0 处：1 个错误，0 个提醒。\n"
    )


def test_what_nobody_reads_is_no_empty_request(root: Path, run: Run) -> None:
    folder = root / "records/yi/2021/03/12-visit"
    folder.mkdir(parents=True)
    (folder / "总结.docx").write_bytes(b"x")
    (root / "records/说明.txt").write_text("x\n", encoding="utf-8")
    code, out = run("--submitted", "2021-03-20")
    assert code == 1
    assert out.startswith(
        "没有收到材料。\n"
        "读不到、不算收到的文件 2 个：records/yi/2021/03/12-visit/总结.docx、records/说明.txt\n"
        "\n"
        "records/yi/2021/03/12-visit/总结.docx:1:1  错误  这里不该有“总结.docx”\n"
    )
    assert out.endswith("已检查改动的 2 处：2 个错误，0 个提醒。\n")
    commit(root, "Merged all the same")
    git(root, "branch", "--force", "main")
    (root / "records/说明.txt").unlink()
    assert run("--submitted", "2021-03-20") == (
        0,
        "没有收到材料。\n材料以外的文件 1 个，不作为材料读取：records/说明.txt\n\n已检查改动的 1 处：没有问题。\n",
    )


def test_a_record_of_an_unknown_school_is_received_once(root: Path, run: Run) -> None:
    folder = root / "records/YI/2021/03/12-visit"
    folder.mkdir(parents=True)
    (folder / "activity.md").write_text(record("2021-03-12", "走廊里的图书角"), "utf-8")
    code, out = run()
    assert code == 1
    assert out.startswith("收到 1 份材料：\n  新交  乙园  2021年3月  走廊里的图书角（放错位置，读不到）\n")
    assert "2 所" not in out


def test_a_change_of_code_alone_is_no_praise_of_records(root: Path, run: Run) -> None:
    (root / "tests/rules/x/records/yi/2021/2").mkdir(parents=True)
    (root / "tests/rules/x/records/yi/2021/2/activity.md").write_text(record("2021-02-10", "样例"), "utf-8")
    (root / "tools.py").write_text("", encoding="utf-8")
    code, out = run("--submitted", "2021-03-20")
    assert code == 0
    assert out == (
        "没有收到材料。\n"
        "材料以外的文件 2 个，不作为材料读取：tests/rules/x/records/yi/2021/2/activity.md、tools.py\n"
        "\n"
        "没有要检查的材料。\n"
    )


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2021-03-20", "甲园 三月 1/2，还欠 1 项（3月30日截止）"),
        ("2021-03-31", "甲园 三月 1/2，还欠 1 项（3月30日已截止）"),
    ],
)
def test_what_is_owed_says_until_when(root: Path, run: Run, day: str, said: str) -> None:
    put(root, "records/jia/2021/03/06-fifth", record("2021-03-06", "接待观摩", "yi"), 5)
    assert said in run("--as-of", day)[1].splitlines()


def test_documents_and_the_bureaus_records_are_named_too(root: Path, run: Run) -> None:
    school = root / "records/yi/school.yml"
    school.write_text(school.read_text("utf-8").replace("专职档案员", "档案员"), encoding="utf-8")
    (root / "records/yi/2021/plan.yml").write_text("rows: []\n", encoding="utf-8")
    programme = root / "records/bureau/2021/programme.yml"
    programme.write_text(programme.read_text("utf-8") + "# 一条注释\n", encoding="utf-8")
    assert run()[1].startswith(
        "收到 3 份材料：\n"
        "  修改  教育局  2021年  实施方案 programme\n"
        "  修改  乙园  校（园）档案 school\n"
        "  新交  乙园  2021年  工作计划表 plan\n"
    )


def test_whatever_is_taken_away_is_warned_of_once(root: Path, run: Run) -> None:
    """A school's document has its line and its warning; what is refused as a change is reported there alone."""
    (root / "records/yi/2021/plan.yml").write_text("rows: []\n", encoding="utf-8")
    (root / "records/bureau/2021/draws").mkdir()
    (root / "records/bureau/2021/draws/2021-02.yml").write_text("month: 2021-02\n", encoding="utf-8")
    git(root, "checkout", "--quiet", "main")
    commit(root, "Documents")
    git(root, "checkout", "--quiet", "-B", "request")
    git(root, "rm", "--quiet", "records/yi/2021/plan.yml", "records/bureau/2021/draws/2021-02.yml")
    _, out = run()
    assert [line for line in out.splitlines() if "删去" in line and "怎么改" not in line] == [
        "  删去  教育局  2021年  抽签 2021-02",
        "  删去  乙园  2021年  工作计划表 plan",
        "records/bureau/2021/draws/2021-02.yml:1:1  错误  抽签 2021-02 已经公布，这次提交改动或删去了它",
        "records/yi/2021/plan.yml:1:1  提醒  这个请求删去了已经合并的材料：乙园2021年工作计划表",
    ]


def test_months_count_what_the_base_branch_has_meanwhile(root: Path, run: Run) -> None:
    """On a forge that checks out the request's head, 2 records that others merged since are not forgotten."""
    put(root, "records/jia/2021/03/06-fifth", record("2021-03-06", "接待观摩", "yi"), 5)
    commit(root, "Of the request")
    git(root, "checkout", "--quiet", "main")
    put(root, "records/jia/2021/03/07-sixth", record("2021-03-07", "再次接待观摩", "yi"), 6)
    commit(root, "Meanwhile")
    git(root, "checkout", "--quiet", "request")
    assert run()[1].startswith(
        "收到 1 份材料：\n"
        "  新交  甲园  2021年3月  接待观摩\n"
        "甲园 三月 2/2 完成\n"
        "主分支在这以后又有 1 次提交；上面各月的数已经把主分支的材料算在内\n"
    )


HOSTILE = "::error::x ##[error]y | <b>@all</b> [z](javascript:1) 13812345678"


def test_a_title_can_neither_command_the_log_nor_break_the_table(
    root: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "records/yi/2021/03/06-fourth", record("2021-03-06", f'"{HOSTILE}"'), 4)
    (root / "::error::of a file name").write_text("", encoding="utf-8")
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    _, out = run("--format", "github")
    received = [line for line in out.splitlines() if "##" in line]
    assert received == [
        "· 新交  乙园  2021年3月  ::error::x ## [error]y | <b>@all</b> [z](javascript:1) ███████████"
    ]
    assert [line for line in out.splitlines() if line.lstrip().startswith("::") and "of a file" in line] == []
    (row,) = [line for line in summary.read_text("utf-8").splitlines() if line.startswith("| 新交")]
    assert row == (
        "| 新交 | 乙园 | 2021年3月 | \\:\\:error\\:\\:x \\#\\#\\[error\\]y \\| \\<b\\>\\@all\\</b\\> "
        "\\[z\\]\\(javascript\\:1\\) ███████████ |"
    )
