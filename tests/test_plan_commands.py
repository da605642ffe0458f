"""`pairing plan import` and `export` as a teacher meets them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import read_corpus
from generator.cli.main import main
from generator.documents.tables.table_files import parse_sheets
from generator.rules import check_corpus
from tests.plan_tables import FILES, ROOT, excel, word

Run = Callable[..., tuple[int, str, str]]

PLAN = "records/leimeng/2020/plan.yml"
TITLE = "蕾梦幼儿园2020年结对帮扶工作计划表"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the rules' small archive, which is where commands run."""
    root = tmp_path / "archive"
    shutil.copytree(ROOT / "rules/_base", root)
    monkeypatch.chdir(tmp_path)
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `pairing plan`."""

    def call(command: str, *arguments: str) -> tuple[int, str, str]:
        code = main(["plan", command, "--root", "archive", *arguments])
        return code, *capsys.readouterr()

    return call


TASK = "到第一幼儿园观摩区域活动"
MONTHS = {"三": "03", "四": "04", "五": "05", "六": "06", "九": "09", "十": "10", "十一": "11", "十二": "12"}


def _table(**changed: str) -> list[tuple[str, ...]]:
    """Return the archive's plan as a table, a month's task changed or, with an empty one, left out."""
    rows = ((name, f"{int(month)}月12日", changed.get(name, TASK)) for name, month in MONTHS.items())
    return [(*row, "业务园长", "") for row in rows if row[2]]


def test_a_plan_is_shown_first_then_imported_and_a_second_time_it_is_the_same(
    archive: Path, run: Run
) -> None:
    plan = archive / PLAN
    before = plan.read_text(encoding="utf-8")
    rows = _table(三="", 四="到第一幼儿园观摩大班区域活动", 五="", 十二="=跟岗实践")
    Path("三份.docx").write_bytes(word(rows, title=TITLE))
    code, told, err = run("import", "三份.docx", "--dry-run")
    assert (code, err, plan.read_text(encoding="utf-8")) == (0, "", before)
    assert told == (
        "蕾梦幼儿园 2020 年工作计划表：7 项任务（新增 1 项、改动 1 项、删去 2 项、保留 1 项、不变 4 项）\n"
        "  保留 2020-03-1 3月12日 到第一幼儿园观摩区域活动\n"
        "      写着它的活动：leimeng/2020/03/12-area-observation\n"
        "  改动 2020-04-1 4月12日 到第一幼儿园观摩大班区域活动\n"
        "      帮扶任务：到第一幼儿园观摩区域活动 → 到第一幼儿园观摩大班区域活动\n"
        "  删去 2020-05-1 5月12日 到第一幼儿园观摩区域活动\n"
        "  新增 2020-12-2 12月12日 =跟岗实践\n"
        "  删去 2020-12-1 12月12日 到第一幼儿园观摩区域活动\n"
        "  保留的任务表里没有了，但有活动记录写着它；确实不要的，加 --drop\n"
        "  没有写帮扶内容（measure），可以以后补：2020-12-2\n"
        "  将写入 records/leimeng/2020/plan.yml\n"
        "\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。\n"
    )
    code, out, err = run("import", "三份.docx")
    assert (code, err) == (0, "")
    assert out == told[: told.index("  将写入")] + (
        "  已写入 records/leimeng/2020/plan.yml\n\n接着检查：pairing check\n"
    )
    assert [(r.id, r.measure) for r in read_corpus(archive).schools["leimeng"].plans[2020].data.rows] == [
        ("2020-03-1", "area-observation"),
        ("2020-04-1", "area-observation"),
        ("2020-06-1", "area-observation"),
        ("2020-09-1", "area-observation"),
        ("2020-10-1", "area-observation"),
        ("2020-11-1", "area-observation"),
        ("2020-12-2", None),
    ]
    assert not [
        d
        for d in check_corpus(read_corpus(archive), dt.date(2020, 3, 20))
        if d.span.file.path == PLAN and d.severity == "error"
    ]
    once = plan.read_bytes()
    code, out, err = run("import", "三份.docx")
    assert (code, err, plan.read_bytes()) == (0, "", once)
    assert "  与 records/leimeng/2020/plan.yml 一致，没有改动\n" in out
    code, out, err = run("import", "三份.docx", "--drop")
    assert code == 0
    assert (
        "  删去 2020-03-1 3月12日 到第一幼儿园观摩区域活动\n      这些活动记录的 plan 要改：leimeng/2020/03/12-area-observation\n"
        in out
    )
    assert [path.name for path in plan.parent.iterdir() if path.is_file()] == ["plan.yml"]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(archive: Path, run: Run) -> None:
    before = (archive / PLAN).read_bytes()
    Path("a.docx").write_bytes(
        word([*_table(), ("七", "", "夏令营", "", ""), ("八九", "", "讲座", "", "")], title=TITLE)
    )
    Path("b.docx").write_bytes(word(_table(), title="某某幼儿园2020年结对帮扶工作计划表"))
    Path("c.docx").write_bytes(word(_table(), title="工作计划表"))
    Path("d.docx").write_bytes(word(_table(), title="蕾梦幼儿园2019年结对帮扶工作计划表"))
    code, out, err = run(
        "import", "a.docx", "b.docx", "c.docx", "d.docx", str(FILES / "old-word.doc"), "没有.docx"
    )
    assert (code, out.strip(), (archive / PLAN).read_bytes()) == (1, "", before)
    assert err == (
        "没有导入 a.docx：\n"
        "  第 1 个表格第 10 行第 3 列：七月不是方案规定的帮扶月（夏令营）；帮扶月是 三、四、五、六、九、十、十一、十二\n"
        "  第 1 个表格第 11 行第 1 列：月份“八九”看不懂（讲座）；月份写成 三 或 3月\n"
        "没有导入 b.docx：\n  方案里没有“某某幼儿园”；标题写校（园）全称，或用 --school 指定\n"
        "没有导入 c.docx：\n  看不出是哪所校（园）的计划；在表的标题里写上园名（如 光彩幼儿园2020年结对帮扶工作计划表），或用 --school 指定\n"
        "没有导入 d.docx：\n  档案里没有 2019 年的方案（有 2020 年的）；用 --year 指定年度\n"
        "没有导入 old-word.doc：\n"
        "  这是旧的 Word 格式（.doc、.wps），读不了；用 Word 或 WPS 打开，选“另存为”，类型选“Word 文档（*.docx）”，再用新文件\n"
        "没有导入 没有.docx：\n  找不到这个文件\n"
    )


@pytest.mark.parametrize(
    ("name", "title", "options"),
    [
        ("a.xlsx", "蕾梦幼儿园2020年结对帮扶工作计划表", ()),
        ("a.xlsx", "高台县蕾梦幼儿园结对帮扶工作计划表（2020年）", ()),
        ("a.xlsx", "蕾梦2020年结对帮扶工作计划表", ()),
        ("蕾梦幼儿园附件3.xlsx", "＊＊校（园）2020年结对帮扶工作计划表", ()),
        ("leimeng-plan.xlsx", "工作计划表", ()),
        ("a.xlsx", "第一幼儿园2019年结对帮扶工作计划表", ("--school", "leimeng", "--year", "2020")),
    ],
)
def test_the_school_is_found(
    archive: Path, run: Run, name: str, title: str, options: tuple[str, ...]
) -> None:
    Path(name).write_bytes(excel(_table(), title=title))
    code, out, err = run("import", name, *options)
    assert (code, err) == (0, "")
    assert "蕾梦幼儿园 2020 年工作计划表：8 项任务（不变 8 项）" in out
    assert ("照 --school 当作蕾梦幼儿园的计划" in out) == bool(options)
    assert ("照 --year 当作 2020 年的计划" in out) == bool(options)


def test_a_broken_plan_is_mended_before_it_is_replaced(archive: Path, run: Run) -> None:
    (archive / PLAN).write_text("rows:\n  - id: 2020-03-1\n", encoding="utf-8")
    Path("a.docx").write_bytes(word(_table(), title=TITLE))
    assert run("import", "a.docx") == (
        1,
        "",
        (
            "没有导入 a.docx：\n  现有的 records/leimeng/2020/plan.yml 有错误，先改正再导入；"
            "看哪里有错：pairing check --only records/leimeng/2020/plan.yml\n"
        ),
    )


def test_nothing_is_written_through_a_link(archive: Path, run: Run, tmp_path: Path) -> None:
    year = archive / "records/leimeng/2020"
    year.rename(tmp_path / "outside")
    year.symlink_to(tmp_path / "outside")
    before = (tmp_path / "outside/plan.yml").read_bytes()
    Path("a.docx").write_bytes(word(_table(五=""), title=TITLE))
    code, _, err = run("import", "a.docx")
    assert (code, (tmp_path / "outside/plan.yml").read_bytes()) == (1, before)
    assert "在链接（快捷方式）后面" in err


def test_export_and_back(archive: Path, run: Run) -> None:
    before = (archive / PLAN).read_bytes()
    day = ("--as-of", "2020-04-20")
    assert run("export", "--school", "leimeng", *day) == (0, f"已写出 {TITLE}.docx\n", "")
    assert run("export", "--school", "leimeng", "--out", "x/计划.xlsx", *day)[0] == 0
    for name in (f"{TITLE}.docx", "x/计划.xlsx"):
        grid = parse_sheets(name, Path(name).read_bytes()).grids[0]
        texts = [tuple(cell.text for cell in row) for row in grid.rows if len(row) >= 5]
        assert ("三", "3月12日", TASK, "业务园长", "已完成：3月12日《到第一幼儿园观摩大班区域活动》") in texts
        assert ("四", "4月12日", TASK, "业务园长", "未到期") in texts
        code, out, err = run("import", name)
        assert (code, err, (archive / PLAN).read_bytes()) == (0, "", before)
        assert "一致，没有改动" in out
    code, out, err = run("export", "--all", "--out", "全部", *day)
    assert (code, out) == (0, f"已写出 {Path('全部') / TITLE}.docx\n")
    assert "第一幼儿园还没有 2020 年的计划表\n" in err
    assert run("export", "--blank", "--out", "空白.docx") == (0, "已写出 空白.docx\n", "")
    assert run("export", "--all", "--out", "a.docx")[0] == 2
    assert run("export")[0] == 2
    assert run("export", "--school", "没有")[0] == 2
