"""`pairing start --pairings`: a county begins with its own Word table of pairings (附件2)."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.archive import read_corpus
from generator.cli.main import main
from generator.documents.tables.arrangement_reading import ArrangementReading, read_arrangement
from generator.documents.tables.pinyin import spell_pinyin
from generator.documents.tables.school_ids import propose_ids, propose_short_names
from generator.documents.tables.table_files import parse_sheets
from generator.records.diagnostics import Severity
from generator.rules import check_corpus
from tests.conftest import ROOT
from tests.plan_tables import FILES, excel, word

Run = Callable[..., tuple[int, str, str]]

OWN = (FILES / "pairings.docx").read_bytes()
HEAD = ("帮扶园", "被帮扶农村园", "被帮扶 民办园", "责任人")


def _programme() -> dict[str, object]:
    text = (ROOT / "records/bureau/2020/programme.yml").read_text(encoding="utf-8")
    found: dict[str, object] = yaml.safe_load(text)
    return found


def _reading(data: bytes) -> ArrangementReading:
    return read_arrangement(parse_sheets("附件2", data))


def _short(reading: ArrangementReading) -> list[list[tuple[str, str, str | None]]]:
    return [[(s.name, s.kind, s.responsible) for s in pairing.schools] for pairing in reading.pairings]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the county's programme, plan and schools without any record."""
    root = tmp_path / "archive"
    shutil.copytree(ROOT / "content/plan", root / "content/plan")
    for path in ROOT.glob("records/*/school.yml"):
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True)
        shutil.copy(path, target)
    target = root / "records/bureau/2020/programme.yml"
    target.parent.mkdir(parents=True)
    shutil.copy(ROOT / "records/bureau/2020/programme.yml", target)
    monkeypatch.chdir(tmp_path)
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `pairing start`."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["start", "--root", "archive", *arguments])
        return code, *capsys.readouterr()

    return call


def _files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _errors(root: Path, day: dt.date) -> list[str]:
    return [d.message for d in check_corpus(read_corpus(root), day) if d.severity is Severity.ERROR]


def test_this_countys_own_table_is_the_present_arrangement() -> None:
    reading = _reading(OWN)
    assert (reading.county, reading.year, reading.faults, reading.notes) == ("高台县", 2020, (), ())
    schools = {
        p.parent.name: yaml.safe_load(p.read_text(encoding="utf-8"))
        for p in ROOT.glob("records/*/school.yml")
    }
    expected = [
        [
            tuple(schools[id_][key] for key in ("name", "kind", "responsible"))
            for id_ in (p["helper"], *p["helped"])
        ]
        for p in _programme()["pairings"]  # type: ignore[attr-defined]
    ]
    assert _short(reading) == expected
    assert [list(p.persons) for p in reading.pairings] == [
        p["responsible"]
        for p in _programme()["pairings"]  # type: ignore[attr-defined]
    ]


def test_the_same_county_changes_nothing_but_adds_plans(archive: Path, run: Run) -> None:
    before = _files(archive)
    Path("附件2.docx").write_bytes(OWN)
    code, out, err = run("--pairings", "附件2.docx", "--dry-run")
    assert (code, err, _files(archive)) == (0, "", before)
    assert (
        "guangcai | 光彩幼儿园 | 光彩 | 帮扶园 | 濮丽娟\n  heiquan | 黑泉镇中心小学辖区内幼儿园 | 黑泉 | 农村园 | 王大军\n"
        in out
    )
    assert "注意" not in out
    code, out, err = run("--pairings", "附件2.docx")
    assert (code, err) == (0, "")
    after = _files(archive)
    assert {k: v for k, v in after.items() if not k.endswith("plan.yml")} == before
    assert len(after) == len(before) + 18


def test_another_county_gets_its_own_ids_and_the_check_is_quiet(archive: Path, run: Run) -> None:
    Path("乙县.docx").write_bytes(
        word(
            [
                (
                    "实验幼儿园",
                    "大寨乡中心幼儿园\n红星镇中心小学辖区内\n幼儿园",
                    "蓝天幼儿园  㐂㐂幼儿园",
                    "甲一 乙二\n丙　三 丁四丁 戊五",
                ),
                ("机关幼儿园", "", "白云：幼儿园", "己六，庚七，辛八"),
            ],
            head=HEAD,
            title="附件2：乙县2021年幼儿园结对帮扶学校安排表",
        )
    )
    code, out, err = run("--pairings", "乙县.docx", "--id", "㐂㐂幼儿园=xixi")
    assert (code, err) == (0, "")
    assert out.startswith(
        "代号 | 名称 | 简称 | 类别 | 责任人\n"
        "shiyan | 实验幼儿园 | 实验 | 帮扶园 新 | 甲一\n"
        "  dazhai | 大寨乡中心幼儿园 | 大寨 | 农村园 新 | 乙二\n"
        "  hongxing | 红星镇中心小学辖区内幼儿园 | 红星 | 农村园 新 | 丙三\n"
        "  lantian | 蓝天幼儿园 | 蓝天 | 民办园 新 | 丁四丁\n"
        "  xixi | 㐂㐂幼儿园 | 㐂㐂 | 民办园 新 | 戊五\n"
        "jiguan | 机关幼儿园 | 机关 | 帮扶园 新 | 请填写\n"
        "  baiyun | 白云：幼儿园 | 白云: | 民办园 新 | 请填写\n"
    )
    assert "注意：学期的日期按 2020 年推到 2021 年，请照校历改 programme.yml 的 terms\n" in out
    assert (
        "机关幼儿园一组有 2 所园，责任人有 3 位（己六、庚七、辛八），对不上，请在各园的 school.yml 里填\n"
        in out
    )
    corpus = read_corpus(archive)
    assert corpus.years == (2021,)
    assert sorted(corpus.schools) == ["baiyun", "dazhai", "hongxing", "jiguan", "lantian", "shiyan", "xixi"]
    programme = corpus.find_programme(2021)
    assert programme
    assert (programme.county, programme.title, programme.issuer) == (
        "乙县",
        "乙县2021年幼儿园结对帮扶工作实施方案",
        "乙县教育局",
    )
    assert [(p.helper, p.helped, p.responsible) for p in programme.pairings] == [
        ("shiyan", ["dazhai", "hongxing", "lantian", "xixi"], ["甲一", "乙二", "丙三", "丁四丁", "戊五"]),
        ("jiguan", ["baiyun"], ["己六", "庚七", "辛八"]),
    ]
    # What the officer has to fill in is said by the check, and nothing else.
    assert sorted(set(_errors(archive, dt.date(2021, 1, 5)))) == [
        "模板里的提示“（请填写责任人）”还没有换成内容",
        "责任人“（请填写责任人）”不在方案为这个对子列出的人里",
    ]


def test_a_table_with_a_row_for_each_school() -> None:
    head = ("序号", "帮扶园", "被帮扶园", "类别", "责任人", "电话")
    rows = [
        (1, "实验幼儿园", "大寨乡中心幼儿园", "农村", "甲一、乙二", None),
        (2, None, "蓝天幼儿园", "民办", "丙三", None),
        (3, "机关幼儿园", "白云幼儿园", "民办", "丁四 戊五", "13800000000"),
    ]
    reading = _reading(excel(rows, head=head, title="结对安排"))
    assert _short(reading) == [
        [
            ("实验幼儿园", "helper", "甲一"),
            ("大寨乡中心幼儿园", "rural", "乙二"),
            ("蓝天幼儿园", "private", "丙三"),
        ],
        [("机关幼儿园", "helper", "丁四"), ("白云幼儿园", "private", "戊五")],
    ]
    assert reading.notes == ("工作表“Sheet”第 5 行 F 列“13800000000”没有用上",)


def test_all_that_is_wrong_with_the_table_is_said(archive: Path, run: Run) -> None:
    before = _files(archive)
    rows = [
        ("", "大寨乡中心幼儿园", "", "甲一"),
        ("实验幼儿园 机关幼儿园", "红星小学", "", ""),
        ("东风幼儿园", "", "蓝天幼儿园\n蓝天幼儿园", ""),
        ("晨光幼儿园", "", "", "乙二"),
    ]
    Path("a.docx").write_bytes(word(rows, head=HEAD, title="高台县2020年学校安排表"))
    code, out, err = run("--pairings", "a.docx")
    assert (code, out, _files(archive)) == (1, "", before)
    assert err == (
        "什么都没有改：\n"
        "  第 1 个表格第 2 行第 1 列：这一行前面没有帮扶园（大寨乡中心幼儿园）\n"
        "  第 1 个表格第 3 行第 1 列：一格里有 2 所帮扶园（实验幼儿园、机关幼儿园）；每个对子一行\n"
        "  第 1 个表格第 5 行第 1 列：晨光幼儿园没有被帮扶园\n"
        "  “蓝天幼儿园”在表里出现了 2 次；一所园只能在一个对子里\n"
    )
    Path("b.docx").write_bytes(word([("三", "", "", "", "")]))
    assert "没有找到结对安排表" in run("--pairings", "b.docx")[2]
    assert run("--county", "乙县")[0] == 2
    assert "写成 园名=代号" in run("--pairings", "a.docx", "--id", "lantian")[2]
    assert "代号只用小写字母" in run("--pairings", "a.docx", "--id", "蓝天幼儿园=Lan Tian")[2]


def test_real_records_stop_the_change_to_another_county(archive: Path, run: Run) -> None:
    plan = archive / "records/guangcai/2020/plan.yml"
    plan.parent.mkdir()
    plan.write_text("rows:\n  - {id: 2020-03-1, month: 2020-03, task: 示范教学}\n", encoding="utf-8")
    before = _files(archive)
    Path("附件2.docx").write_bytes(OWN)
    code, _, err = run("--pairings", "附件2.docx", "--county", "乙县")
    assert (code, _files(archive)) == (1, before)
    assert "换成乙县以前，高台县的真实记录要先移走：guangcai" in err


def test_ids_are_unique_valid_and_stable() -> None:
    names = [
        "蓝天幼儿园",
        "蓝天幼儿园（东校区）",
        "黑泉镇十坝幼儿园",
        "新坝镇十坝幼儿园",
        "长征幼儿园",
        "㐂幼儿园",
        "某县鑫鑫幼儿园",
    ]
    found = propose_ids(names, county="某县", known={"蓝天幼儿园": "lan"}, taken={"changzheng"})
    assert found == {
        "蓝天幼儿园": ("lan", True),
        "蓝天幼儿园（东校区）": ("lantian", True),
        "黑泉镇十坝幼儿园": ("shiba", True),
        "新坝镇十坝幼儿园": ("xinba-shiba", True),
        "长征幼儿园": ("changzheng-2", False),
        "㐂幼儿园": ("school", False),
        "某县鑫鑫幼儿园": ("xinxin", True),
    }
    shorts = propose_short_names(names, county="某县")
    assert len(set(shorts.values())) == len(names)
    assert max(map(len, shorts.values())) <= 4


def test_readings_of_the_first_and_last_characters_of_syllables() -> None:
    assert spell_pinyin("啊座吕女略虐卢驴挪糯Ab3园") == [
        "a",
        "zuo",
        "lv",
        "nv",
        "lue",
        "nue",
        "lu",
        "lv",
        "nuo",
        "nuo",
        "ab3",
        "yuan",
    ]
    assert spell_pinyin("㐂") == [None]
