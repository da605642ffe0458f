"""`pairing start --plan`: a county begins with its own plan in Word."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.archive import read_corpus
from generator.archive.plan_text import parse_plan
from generator.cli.main import main
from generator.documents.plan_file.markdown_plan import write_markdown_plan
from generator.documents.plan_file.plan_facts import find_plan_facts
from generator.documents.reports.docx_report import read_report
from generator.records.diagnostics import Severity
from generator.rules import RULES, check_corpus
from generator.rules.rule import DISPENSABLE, REQUIREMENTS
from tests.conftest import ROOT
from tests.county_plans import BAIYUN, LINJIANG, PLANS, QINGSHAN, CountyPlan, make_word

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the county's programme, plan and schools without any record."""
    root = tmp_path / "archive"
    shutil.copytree(ROOT / "content/plan", root / "content/plan")
    for path in (*ROOT.glob("records/*/school.yml"), ROOT / "records/bureau/2020/programme.yml"):
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    monkeypatch.chdir(tmp_path)
    return root


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `pairing start`."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["start", "--root", "archive", *arguments])
        return code, *capsys.readouterr()

    return call


def _give(county: CountyPlan) -> list[str]:
    Path("方案.docx").write_bytes(county.plan)
    Path("附件2.docx").write_bytes(county.pairings)
    return ["--plan", "方案.docx", "--pairings", "附件2.docx"]


def test_the_countys_own_plan_becomes_its_page_letter_by_letter() -> None:
    """The text as the county sent it, a paragraph a line, gives the file that was made by hand."""
    text = (ROOT / "tests/plan_text/plan-2020.txt").read_text(encoding="utf-8")
    blocks = read_report("方案.docx", make_word(text.split("\n"))).blocks
    made = write_markdown_plan(blocks)
    assert (made.county, made.year) == ("高台县", 2020)
    assert made.text == (ROOT / "content/plan/2020.md").read_text(encoding="utf-8")


def test_the_clauses_are_those_that_were_chosen_by_hand() -> None:
    programme = read_corpus(ROOT).find_programme(2020)
    assert programme is not None
    text = (ROOT / "content/plan/2020.md").read_text(encoding="utf-8")
    facts = find_plan_facts(parse_plan(text), text.splitlines(), {})
    assert dict(facts.requirements) == programme.requirements
    assert (facts.missing, facts.deadline_day) == ((), programme.deadline_day)
    assert (facts.helper_quota, facts.helped_quota) == (programme.quotas.helper, programme.quotas.helped)
    assert (facts.bureau, facts.office, facts.bulletin) == ("教育局", programme.office, programme.bulletin)


@pytest.mark.parametrize("county", PLANS)
def test_two_files_make_an_archive_that_passes_the_check(county: str, archive: Path, run: Run) -> None:
    plan = PLANS[county]
    given = _give(plan)
    before = sorted(archive.rglob("*"))
    code, shown, _ = run(*given, "--dry-run")
    assert (code, sorted(archive.rglob("*"))) == (0, before)
    code, shown, refused = run(*given)
    assert (code, refused) == (0, "")
    corpus = read_corpus(archive, content=archive / "content")
    programme = corpus.find_programme(plan.year)
    assert programme is not None
    assert corpus.years == (plan.year,)
    assert (programme.county, programme.plan_text) == (county, f"{plan.year}.md")
    assert set(REQUIREMENTS) - set(programme.requirements) == set(plan.silent) <= DISPENSABLE
    assert set(corpus.schools) == set(programme.school_ids)
    day = dt.date(plan.year, 1, 1)
    assert [(d.message, d.fix) for d in check_corpus(corpus, day) if d.severity is Severity.ERROR] == []
    assert all(
        f"“{REQUIREMENTS[name]}”的依据是 {clause}" in shown
        for name, clause in programme.requirements.items()
        if name in REQUIREMENTS
    )
    left = "、".join(meaning for name, meaning in REQUIREMENTS.items() if name in plan.silent)
    assert f"方案里没有写这几项，不作要求：{left}" in shown


def _read(archive: Path, name: str) -> str:
    return (archive / name).read_text(encoding="utf-8")


def test_what_a_plan_says_is_in_the_programme(archive: Path, run: Run) -> None:
    assert run(*_give(QINGSHAN))[0] == 0
    programme = read_corpus(archive, content=archive / "content").find_programme(2021)
    assert programme is not None
    assert (programme.issuer, programme.office, programme.bulletin) == (
        "青山县教育和体育局",
        "学前教育股",
        "青山学前",
    )
    assert (programme.deadline_day, programme.quotas.helper, programme.quotas.helped) == (28, 2, 1)
    assert [(p.name, p.post, p.role) for p in programme.leading_group] == [
        ("赵远山", "县教育和体育局局长", "leader"),
        ("钱江", "县教育和体育局副局长", "deputy"),
        ("孙立", "学前教育股股长", "member"),
        ("李秀", "县直幼儿园园长", "member"),
    ]
    assert [(m.id, m.name, m.clause) for m in programme.measures] == [
        ("agreement", "签订帮扶协议", "三-（一）-1"),
        ("zhi-du-gong-jian", "制度共建", "三-（一）-2"),
        ("staff-exchange", "跟岗实践", "三-（二）-1"),
        ("area-observation", "区域活动观摩", "三-（二）-1"),
        ("song-jiao-xia-xiang", "送教下乡", "三-（二）-2"),
        ("home-coeducation", "家园共育", "三-（二）-3"),
    ]
    assert [(p.helper, p.helped, p.responsible) for p in programme.pairings] == [
        ("xianzhi", ["shiqiao", "xiaotaiyang"], ["李秀", "周平", "吴月"]),
        ("dier", ["liuhe", "yunling"], ["郑兰", "王田", "冯雨"]),
    ]


def test_a_notice_and_words_own_numbers_are_read(archive: Path, run: Run) -> None:
    assert run(*_give(LINJIANG))[0] == 0
    text = _read(archive, "content/plan/2022.md")
    assert text.startswith(
        "# 临江区学前教育“手拉手”帮扶行动实施方案\n\n临教体发〔2022〕15号\n\n临江区教育体育局\n\n"
        "关于印发《临江区学前教育“手拉手”帮扶行动实施方案》的通知\n\n各幼儿园、中心小学：\n\n"
    )
    assert "### （一）教研共同体。\n\n牵头园每月组织一次联合教研，受援园教师全员参加。\n\n" in text
    assert run(*_give(BAIYUN))[0] == 0
    text = _read(archive, "content/plan/2021.md")
    assert "## 二、结对任务\n\n### （一）共建目标\n\n1.一年内，" in text
    assert text.endswith(
        "## 附件1：白云市结对共建工作领导小组名单\n\n<!-- attachment: leading-group -->\n\n"
        "## 附件2：白云市2021年结对安排表\n\n<!-- attachment: pairings -->\n"
    )


def test_what_is_not_found_is_asked_for_and_can_be_said(archive: Path, run: Run) -> None:
    given = _give(LINJIANG)
    lines = [
        "某某区结对工作方案",
        "一、工作任务",
        "1.每月去一次。",
        "2.互相学习。",
        "二、要求",
        "1.抓好落实。",
    ]
    Path("方案.docx").write_bytes(make_word(lines))
    before = sorted(archive.rglob("*"))
    code, _, refused = run(*given)
    asked = (
        "format",
        "archive-parts",
        "monthly-report",
        "privacy",
        "truthful",
        "quota",
        "arrangement",
        "responsible",
    )
    assert code == 1
    assert refused == "什么都没有改：\n" + "".join(
        f"  方案里没有认出“{REQUIREMENTS[name]}”的依据；用 --clause {name}=条款编号 指出，如 --clause {name}=五-1\n"
        for name in asked
    )
    said = [part for name in asked for part in ("--clause", f"{name}=二-1")]
    assert run(*given, *said[2:], "--clause", "format=九-1")[2] == (
        "什么都没有改：\n  --clause format=九-1：方案里没有条款“九-1”；有 一-1、一-2、二-1\n"
    )
    assert run(*given, *said, "--clause", "formt=二-1")[0] == 1
    assert sorted(archive.rglob("*")) == before
    assert run(*given, *said)[0] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--clause", "format=五-1"), 2, "--county、--year、--id、--clause 和 --pairings、--plan 一起用"),
        (("--pairings", "附件2.docx", "--clause", "format=五-1"), 2, "--clause 和 --plan 一起用"),
        (("--plan", "方案.docx", "--clause", "format"), 2, "--clause format：写成 检查=条款"),
        (("--plan", "没有.docx"), 1, "什么都没有改：\n  没有.docx：找不到这个文件\n"),
        (("--plan", "乱.docx"), 1, "什么都没有改：\n  乱.docx："),
        (("--plan", "方案.docx"), 1, "没有找到结对安排表"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], code: int, said: str, archive: Path, run: Run) -> None:
    _give(LINJIANG)
    Path("乱.docx").write_bytes(b"PK\x03\x04 nothing")
    found, _, refused = run(*arguments)
    assert (found, said in refused) == (code, True), refused


def test_the_plan_may_hold_the_table_of_pairings(archive: Path, run: Run) -> None:
    _give(QINGSHAN)
    assert run("--plan", "方案.docx")[0] == 0
    alone = _read(archive, "records/bureau/2021/programme.yml")
    assert "helper: xianzhi" in alone


def test_what_protects_the_archive_is_never_silent() -> None:
    """Missing months, closings and inspections are judged whether or not the plan has a clause for them."""
    silent = {rule.slug: rule.requirement for rule in RULES if rule.only_if_asked}
    assert silent == {
        "agreement-late": "agreement",
        "roster-late": "roster",
        "roster-schools": "roster",
        "assessment-points": "assessment",
    }
    assert set(silent.values()) <= DISPENSABLE


def test_a_missing_month_is_told_where_no_clause_deems_it_undone(archive: Path, run: Run) -> None:
    assert run(*_give(LINJIANG))[0] == 0
    corpus = read_corpus(archive, content=archive / "content")
    found = {d.rule for d in check_corpus(corpus, dt.date(2022, 5, 1))}
    assert found == {"month-quota"}


def test_code_owners_are_the_new_countys(archive: Path, run: Run) -> None:
    owners = archive / ".github/CODEOWNERS"
    owners.parent.mkdir()
    shutil.copy(ROOT / ".github/CODEOWNERS", owners)
    before = owners.read_text(encoding="utf-8")
    assert "基教股" in before
    code, said, _ = run(*_give(LINJIANG), "--dry-run")
    assert (code, owners.read_text(encoding="utf-8")) == (0, before)
    assert "将改写 .github/CODEOWNERS\n.github/CODEOWNERS 里还是示例的组织：用 --owners 写上本局的" in said
    code, said, _ = run(*_give(LINJIANG), "--owners", "linjiang-edu")
    assert code == 0
    assert "示例的组织" not in said
    after = owners.read_text(encoding="utf-8")
    office = read_corpus(archive, content=archive / "content").find_programme(2022)
    assert office is not None
    assert f"any officer of {office.office} …" in after
    assert "基教股" not in after
    assert "example-county" not in after
    assert [line for line in after.splitlines() if line and line[0] != "#"] == [
        line.replace("example-county", "linjiang-edu")
        for line in before.splitlines()
        if line and line[0] != "#"
    ]


@pytest.mark.parametrize("name", ["@someone", "a b", "某县", "x\n*  @evil/all", ""])
def test_an_organisation_is_a_plain_name(name: str, archive: Path, run: Run) -> None:
    code, _, err = run(*_give(LINJIANG), "--owners", name)
    assert code == 2
    assert "只写代号" in err


_AS_RULES = (
    "云岭县2021年幼儿园结对帮扶实施办法",
    "第一章 总则",
    "第一条 为促进城乡幼儿园共同发展，制定本办法。",
    "第二条 各园园长是帮扶工作第一责任人，结对安排表见附件。",
    "第二章 帮扶任务",
    "第三条 环境创设指导。帮扶园到被帮扶园指导环境创设，内容包括：",
    "（一）区角设置；",
    "1.材料投放；",
    "第四条 示范教学。帮扶园每月到被帮扶园上一节示范课。",
    "第三章 管理",
    "第五条 帮扶园每月开展活动不少于2次，被帮扶园每月开展活动不少于1次。",
    "第六条 各园每月28日前将活动资料报县教育局学前股，资料包括方案、记录、总结和图片，归入帮扶档案。",
    "第七条 资料应当真实，不得虚报；保护幼儿个人信息。",
)
_DECIMAL = (
    "云岭县2021年幼儿园结对帮扶实施方案",
    "1 总则",
    "1.1 为促进城乡幼儿园共同发展，制定本方案。",
    "1.2 各园园长是帮扶工作第一责任人，结对安排表见附件。",
    "2 帮扶任务",
    "2.1 环境创设指导。帮扶园到被帮扶园指导环境创设。",
    "2.2 示范教学。帮扶园每月到被帮扶园上一节示范课。",
    "3 管理",
    "3.1 报送",
    "3.1.1 帮扶园每月开展活动不少于2次，被帮扶园每月开展活动不少于1次。",
    "3.1.2 各园每月28日前将活动资料报县教育局学前股，资料包括方案、记录、总结和图片，归入帮扶档案。",
    "3.2 资料应当真实，不得虚报；保护幼儿个人信息。",
)
_ARRANGED = (
    "云岭县2021年结对安排表",
    [
        ["帮扶园", "被帮扶农村园", "被帮扶民办园", "责任人"],
        ["云岭县第一幼儿园", "坝子镇中心幼儿园", "小星星幼儿园", "赵一 钱二 孙三"],
    ],
)


@pytest.mark.parametrize(
    ("lines", "clauses"),
    [
        (
            _AS_RULES,
            {"quota": "第五条", "monthly-report": "第六条", "truthful": "第七条", "measures": "第二章"},
        ),
        (_DECIMAL, {"quota": "3.1.1", "monthly-report": "3.1.2", "truthful": "3.2", "measures": "2"}),
    ],
)
def test_a_plan_keeps_its_own_numbering(
    lines: tuple[str, ...], clauses: dict[str, str], archive: Path, run: Run
) -> None:
    Path("方案.docx").write_bytes(make_word(lines))
    Path("附件2.docx").write_bytes(make_word(_ARRANGED))
    code, shown, refused = run("--plan", "方案.docx", "--pairings", "附件2.docx")
    assert (code, refused) == (0, "")
    assert f"的依据是 {clauses['quota']}\n" in shown
    corpus = read_corpus(archive, content=archive / "content")
    programme, plan = corpus.find_programme(2021), corpus.bureau[2021].plan
    assert programme is not None
    assert plan is not None
    assert plan.problems == ()
    assert {name: programme.requirements[name] for name in clauses} == clauses
    assert (programme.deadline_day, programme.quotas.helper, programme.quotas.helped) == (28, 2, 1)
    assert [plan.find_clause(m.clause) is not None for m in programme.measures] == [True, True]
    assert all(name in plan for name in programme.requirements.values())
    faults = check_corpus(corpus, dt.date(2021, 1, 1))
    assert [(d.message, d.fix) for d in faults if d.severity is Severity.ERROR] == []
    text = _read(archive, "content/plan/2021.md")
    words = "".join(text.replace("#", "").split())
    assert [line for line in lines[1:] if "".join(line.split()) not in words] == []  # every line is there
