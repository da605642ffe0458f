"""A renewal: `pairing start` with next year's table of pairings, in an archive that is in use."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
import yaml

from generator.archive import read_corpus
from generator.cli.main import main
from generator.records.diagnostics import Severity
from generator.rules import Scope, check_corpus
from tests.conftest import ROOT
from tests.county_plans import make_word
from tests.plan_tables import word
from tests.test_start_pairings import HEAD, Run, _files, archive, run

__all__ = ["archive", "run"]  # fixtures

TABLE = word(
    [
        HEAD,
        ("光彩幼儿园", "黑泉镇中心小学辖区内幼儿园\n新坝镇中心幼儿园", "", "濮丽娟\n王大军\n赵某某"),
    ],
    title="高台县2021年幼儿园结对帮扶学校安排表",
)
TIMES = """adopted: 2020-03-10
deadlines:
  2020-10: {date: 2020-11-02, reason: 国庆放假}
cancelled:
  2020-05: {reason: 疫情防控, decided_by: 县教育局, decided: 2020-05-10}
excused:
- {school: leimeng, months: [2020-11], reason: 封控停园, decided_by: 基教股股长, decided: 2020-11-05}
"""
OLD = "records/bureau/2020/programme.yml"
NEW = "records/bureau/2021/programme.yml"


@pytest.fixture
def in_use(archive: Path) -> Path:
    """Return an archive with a real agreement, an empty plan table, and decisions about 2020."""
    note = "---\ntitle: 帮扶协议\nhelped: heiquan\nsigned: 2020-03-03\ngoals: [每月观摩]\n---\n## 责任\n\n互通信息。\n"
    folder = archive / "records/guangcai/2020"
    folder.mkdir()
    (folder / "agreement-heiquan.md").write_text(note, encoding="utf-8")
    with (archive / OLD).open("a", encoding="utf-8") as file:
        file.write(TIMES)
    Path("附件2.docx").write_bytes(TABLE)
    return archive


def test_a_renewal_says_what_it_does_and_does_it(in_use: Path, run: Run) -> None:
    before = _files(in_use)
    code, said, err = run("--pairings", "附件2.docx", "--dry-run")
    assert (code, err, _files(in_use)) == (0, "", before)
    assert said.startswith(
        "下一年：高台县从 2020 年接着办 2021 年\n对子照这张表；计划表、花名册和协议从空白开始；2020 年的"
    )
    assert said.endswith(
        "将写出 2 个文件、3 份 2021 年的空白计划表；2020 年的没有动。\n真正执行时去掉 --dry-run\n"
    )
    code, done, err = run("--pairings", "附件2.docx")
    assert (code, err) == (0, "")
    assert done.endswith("已写出 2 个文件、3 份 2021 年的空白计划表；2020 年的没有动。\n")
    after = _files(in_use)
    assert {name: after[name] for name in before} == before
    [new] = [name.split("/")[1] for name in after.keys() - before.keys() if name.endswith("school.yml")]
    plans = {f"records/{school}/2021/plan.yml" for school in ("guangcai", "heiquan", new)}
    assert after.keys() - before.keys() == {NEW, f"records/{new}/school.yml", *plans}
    assert {after[plan].decode().splitlines()[-1] for plan in plans} == {"rows: []"}
    programme = yaml.safe_load(after[NEW])
    assert programme["pairings"] == [
        {"helper": "guangcai", "helped": ["heiquan", new], "responsible": ["濮丽娟", "王大军", "赵某某"]}
    ]
    assert (programme["year"], programme["title"]) == (2021, "高台县2021年幼儿园结对帮扶工作实施方案")
    assert not programme.keys() & {"adopted", "deadlines", "cancelled", "excused"}
    assert {month[:4] for term in programme["terms"] for month in term["months"]} == {"2021"}
    corpus = read_corpus(in_use)
    assert [corpus.find_running_year(day) for day in (dt.date(2020, 12, 20), dt.date(2021, 4, 1))] == [
        2020,
        2021,
    ]


def test_started_twice_it_counts_right_and_changes_nothing(in_use: Path, run: Run) -> None:
    run("--pairings", "附件2.docx")
    once = _files(in_use)
    (in_use / "records/heiquan/2021/plan.yml").unlink()
    code, out, err = run("--pairings", "附件2.docx")
    assert (code, err, _files(in_use)) == (0, "", once)
    assert out.endswith("已写出 0 个文件、1 份 2021 年的空白计划表；2020 年的没有动。\n")
    code, out, err = run("--pairings", "附件2.docx")
    assert (code, err, _files(in_use)) == (0, "", once)
    assert out.endswith("2021 年已经开始，没有要改的；2020 年的没有动。\n")


def test_empty_plan_tables_are_not_counted_as_records(archive: Path, run: Run) -> None:
    first, second = run()[1], run()[1]
    assert first == "已删去 0 个示例文件，已写出 18 份空白计划表，保留真实记录 0 份。\n"
    assert second == "已删去 0 个示例文件，已写出 0 份空白计划表，保留真实记录 0 份。\n"


def test_status_shows_the_running_year_unless_asked(
    in_use: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--pairings", "附件2.docx")

    def status(*arguments: str) -> tuple[int, str, str]:
        return main(["status", "--root", "archive", *arguments]), *capsys.readouterr()

    code, out, err = status("--as-of", "2020-12-20")
    assert (code, err, out.splitlines()[0]) == (0, "", "高台县 2020 年度月度完成情况（截至 2020-12-20）")
    assert "2021 年度" not in out
    code, out, err = status("--as-of", "2021-04-10")
    assert out.splitlines()[0] == "高台县 2021 年度月度完成情况（截至 2021-04-10）"
    left = "个校（园）月份到期未完成、没有结账：pairing status --year 2020"
    assert out.splitlines()[-1].startswith("2020 年度还有 ")
    assert out.splitlines()[-1].endswith(left)
    assert out.count("月度完成情况") == 1
    assert status("--as-of", "2021-04-10", "--fail-missing")[0] == 1
    code, out, err = status("--as-of", "2021-04-10", "--year", "2020")
    assert out.splitlines()[0] == "高台县 2020 年度月度完成情况（截至 2021-04-10）"
    code, out, err = status("--year", "2019")
    assert (code, out) == (2, "")
    assert "档案里没有 2019 年的方案（有 2020、2021 年的）" in err
    code, out, err = status("--year", "2020", "--month", "2020-05")
    assert (code, "--month 和 --year 只写一个" in err) == (2, True)


def test_a_renewal_with_its_own_plan_leaves_last_years_alone(in_use: Path, run: Run) -> None:
    text = (ROOT / "tests/plan_text/plan-2020.txt").read_text(encoding="utf-8")
    assert text.count("每月30日前") == 1
    own = text.replace("2020", "2021").replace("每月30日前", "每月25日前")
    Path("方案.docx").write_bytes(make_word(own.split("\n")))
    (in_use / "content/plan").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "content/plan/2020.md", in_use / "content/plan")
    before = _files(in_use)
    given = ("--plan", "方案.docx", "--pairings", "附件2.docx")
    code, said, err = run(*given, "--dry-run")
    assert (code, err, _files(in_use)) == (0, "", before)
    assert said.startswith("下一年：高台县从 2020 年接着办 2021 年\n")
    assert "新方案有 Word 文件的" not in said
    code, said, err = run(*given)
    assert (code, err) == (0, "")
    assert said.endswith("已写出 3 个文件、3 份 2021 年的空白计划表；2020 年的没有动。\n")
    after = _files(in_use)
    assert {name: after[name] for name in before} == before
    assert after["content/plan/2021.md"].decode() == (
        (ROOT / "content/plan/2020.md")
        .read_text(encoding="utf-8")
        .replace("2020", "2021")
        .replace("每月30日前", "每月25日前")
    )
    corpus = read_corpus(in_use, content=in_use / "content")
    old, new = corpus.find_programme(2020), corpus.find_programme(2021)
    assert old is not None
    assert new is not None
    assert (new.plan_text, new.deadline_day, old.deadline_day) == ("2021.md", 25, 30)
    assert (new.requirements, new.quotas) == (old.requirements, old.quotas)
    measures = {measure.id: (measure.name, measure.clause) for measure in new.measures}
    assert measures.items() >= {m.id: (m.name, m.clause) for m in old.measures}.items()  # galleries go on
    assert [p.helper for p in new.pairings] == ["guangcai"]
    assert (new.adopted, new.deadlines, new.cancelled, new.excused) == (None, {}, {}, [])
    faults = check_corpus(corpus, dt.date(2020, 12, 20), scopes=[Scope.FILE])
    assert [d for d in faults if "2021" in d.span.file.path and d.severity is Severity.ERROR] == []
    code, said, err = run(*given)
    assert (code, err, _files(in_use)) == (0, "", after)
    assert said.endswith("2021 年已经开始，没有要改的；2020 年的没有动。\n")
