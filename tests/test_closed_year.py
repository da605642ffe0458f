"""A year closed month by month on a copy of the sample: three months that schools missed, one late record, one
false report, one amendment; the chain is checked before and after a byte is changed.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
import yaml

from generator.accounts.filing_numbers import find_filing_number
from generator.accounts.inspection_results import find_latest_finding, list_findings
from generator.accounts.ledger import Status, make_cell, make_ledger
from generator.archive import read_corpus
from generator.documents.bulletin import compose_bulletin
from generator.records.diagnostics import Diagnostic
from generator.rules import BY_SLUG, Scope, check_corpus
from tests.closed_archive import run
from tests.test_ledger import DAY

MISSED = (("leimeng", "2020-03"), ("heli", "2020-05"), ("xuanhua", "2020-10"))
CLOSED_ON = {
    "2020-03": "2020-04-02",
    "2020-04": "2020-05-06",
    "2020-05": "2020-06-02",
    "2020-06": "2020-07-02",
    "2020-09": "2020-10-09",
    "2020-10": "2020-11-03",
    "2020-11": "2020-12-02",
    "2020-12": "2021-01-05",
}
BUREAU = "records/bureau/2020"


def only(root: Path, school: str, month: str) -> Path:
    """Return the only record that a school has in a month."""
    (record,) = (root / "records" / school / month.replace("-", "/")).glob("*/activity.md")
    return record


def key(root: Path, record: Path) -> str:
    return record.parent.relative_to(root / "records").as_posix()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(old, text)) == 1, (old, text[:400])
    path.write_text(re.sub(old, new, text), encoding="utf-8", newline="\n")


@pytest.fixture
def year(archive: Path, tmp_path: Path) -> Path:
    """Return the sample year as it was before anything was closed, with what went wrong in it."""
    root = tmp_path / "year"
    root.mkdir()
    books = shutil.ignore_patterns(
        "closings", "amendments", "filings.yml", "inspections", "assessments", "draws"
    )
    shutil.copytree(archive / "records", root / "records", ignore=books)
    shutil.copytree(archive / "content" / "plan", root / "content" / "plan")
    for school, month in MISSED:
        (root / "kept").mkdir(exist_ok=True)
        record = only(root, school, month)
        shutil.move(record.parent, root / "kept" / f"{school}-{month}")
    # One record of April came after the 30th.
    replace(only(root, "leimeng", "2020-04"), r"(?m)^reported: .*$", "reported: 2020-05-03")
    return root


def a_year_is_closed_month_by_month(year: Path) -> None:
    said = {}
    assert run(year, "close", "2020-04", "--as-of", "2020-05-06") == (
        1,
        "2020-04 现在不能结账：\n  · 前面的月份还没有结账：2020-03；先结 2020-03：pairing close 2020-03\n",
    )
    assert run(year, "close", "2020-03", "--as-of", "2020-03-30") == (
        1,
        "2020-03 现在不能结账：\n  · 2020-03 还没有过截止日 2020-03-30：2020-03-31 起才能结账\n",
    )
    for month, day in CLOSED_ON.items():
        if month == "2020-05":
            # What leimeng owed for March comes at last; it is kept, filed and late.
            place = year / "records/leimeng/2020/03/26-mentoring"
            shutil.move(year / "kept/leimeng-2020-03", place)
            replace(place / "activity.md", r"(?m)^date: .*$", "date: 2020-03-26")
            replace(place / "activity.md", r"(?m)^reported: .*$", "reported: 2020-05-20")
        before = {p: p.read_bytes() for p in (year / BUREAU).rglob("*.yml")}
        trial = run(year, "close", month, "--as-of", day, "--dry-run") if month == "2020-04" else (0, "")
        assert {p: p.read_bytes() for p in (year / BUREAU).rglob("*.yml")} == before
        code, said[month] = run(year, "close", month, "--as-of", day)
        assert (code, trial[0]) == (0, 0), said[month]
        if trial[1]:
            assert (year / BUREAU / f"closings/{month}.yml").read_text(encoding="utf-8") in trial[1]
    assert said["2020-03"] == (
        "已结账：2020-03（2020-04-02，第 1 环）\n"
        "  ✓ 完成 17 所\n"
        "  ✕ 未上报 1 所\n"
        "      蕾梦幼儿园：应 1 项，计入 0 项；依据五-4，视为当月未开展\n"
        "  计入 42 份，逾期 0 份，备案号一份一个\n"
        f"写在 {BUREAU}/closings/2020-03.yml、{BUREAU}/filings.yml；提交合并请求，合并以后生效。\n"
    )
    assert (
        "  ◔ 逾期 1 所\n      蕾梦幼儿园：应 1 项，计入 0 项，逾期 1 项；依据五-4，视为当月未开展\n"
        in said["2020-04"]
    )
    assert "      合黎镇中心幼儿园：应 1 项，计入 0 项；依据五-4，视为当月未开展\n" in said["2020-05"]
    assert "同时给结账以后收到的 1 份编号：2020-03-leimeng-01\n" in said["2020-05"]
    assert (
        "      宣化镇中心小学辖区内幼儿园：应 1 项，计入 0 项；依据五-4，视为当月未开展\n" in said["2020-10"]
    )
    closing = yaml.safe_load((year / BUREAU / "closings/2020-04.yml").read_text(encoding="utf-8"))
    (leimeng,) = (line for line in closing["schools"] if line["school"] == "leimeng")
    assert {name: leimeng[name] for name in ("quota", "counted", "status", "deemed")} == {
        "quota": 1,
        "counted": 0,
        "status": "late",
        "deemed": "五-4",
    }
    assert [record["number"] for record in leimeng["late"]] == ["2020-04-leimeng-01"]
    account = make_ledger(corpus := read_corpus(year), 2020, DAY("2021-01-20"))
    assert account is not None
    seals = set()
    for month, day in CLOSED_ON.items():
        frozen = (year / BUREAU / f"closings/{month}.yml").read_bytes()
        sent = compose_bulletin(corpus, account, month)
        assert sent.issued
        # One that was sent before the month was closed could not know its closing.
        known = DAY(day) <= sent.issued
        assert sent.seal == (hashlib.sha256(frozen).hexdigest() if known else "")
        seals.add(sent.seal)
    assert len(seals) > 4
    again = {p: p.read_bytes() for p in (year / BUREAU).rglob("*.yml")}
    for month in ("2020-03", "2020-12"):
        day = CLOSED_ON[month]
        told = f"{month} 已经在 {day} 结账，没有改动。核对：pairing check\n"
        assert run(year, "close", month, "--as-of", day) == (0, told)
    assert {p: p.read_bytes() for p in (year / BUREAU).rglob("*.yml")} == again


def chain(root: Path) -> str:
    """Return what the check says of the chain, and that it finds no other error in what was submitted."""
    corpus = read_corpus(root)
    found = check_corpus(corpus, DAY("2021-01-20"), scopes=[Scope.FILE])
    slugs = ("closing-chain", "closing-changed", "filing-register")
    assert [d.message for d in found if d.rule not in slugs and d.severity == "error"] == []
    return "".join(f"{d.span.file.path} {d.message}\n" for d in found if d.rule in slugs)


def one_byte_is_noticed_wherever_it_is_changed(year: Path) -> None:
    assert chain(year) == ""
    record = only(year, "heli", "2020-06")
    books = [f"closings/{month}.yml" for month in ("2020-03", "2020-12")]
    places = [record, next(record.parent.glob("*.jpg")), *(year / BUREAU / book for book in books)]
    for path in [*places, year / BUREAU / "filings.yml"]:
        data = path.read_bytes()
        at = len(data) * 2 // 3
        try:
            path.write_bytes(data[:at] + (b"1" if data[at : at + 1] != b"1" else b"2") + data[at + 1 :])
            told = {d.span.file.path for d in _changed(year)}
            assert path.relative_to(year).as_posix() in told
        finally:
            path.write_bytes(data)
    assert chain(year) == ""


def _changed(root: Path) -> list[Diagnostic]:
    corpus = read_corpus(root)
    return [
        d
        for slug in ("closing-chain", "closing-changed", "filing-register")
        for d in BY_SLUG[slug].check(corpus, DAY("2021-01-20"))
    ]


def a_late_record_is_kept_and_does_not_count(year: Path) -> None:
    corpus = read_corpus(year)
    march = make_cell(corpus, 2020, "leimeng", "2020-03", DAY("2021-01-20"))
    assert (march.status, march.on_time, march.late, march.closed, march.deemed) == (
        Status.MISSING,
        0,
        1,
        True,
        "五-4",
    )
    assert find_filing_number(corpus, "leimeng/2020/03/26-mentoring") == "2020-03-leimeng-01"
    # Dating it back has no effect on the account, and does not pass unnoticed for want of a closing's seal:
    # it is nobody's counted record, so only the register keeps it.
    said = run(year, "status", "--month", "2020-03", "--as-of", "2021-01-20", "--fail-missing")
    assert (said[0], said[1].splitlines()[-7:]) == (
        0,
        [
            "",
            "已结账：三月（2020-04-02）",
            "",
            "结账时没有完成，不再补报（1 个校（园）月份）：",
            "  蕾梦幼儿园（leimeng）2020-03 未上报：欠 1 项（应 1 项，按时 0 项，另有 1 项逾期）",
            "",
            "没有还可以补报的。",
        ],
    )
    (march_record,) = march.activities
    assert march_record.data.reported == DAY("2020-05-20")


def a_false_report_stays_in_the_archive_with_its_finding(year: Path) -> None:
    record = only(year, "heli", "2020-06")
    visit = (
        "---\ntitle: 六月随机入校核查\ndate: 2020-07-08\nschool: heli\nplace: 合黎镇中心幼儿园\n"
        "methods: [visit, interview]\ninspectors: [基教股干部, 县教研员]\n"
        f"records:\n  - {{activity: {key(year, record)}, finding: 'false', remark: 当天没有开展}}\n"
        "told: 2020-07-09\nreply: {date: 2020-07-10, by: 园长, text: 情况属实，当天没有开展，以后如实填报。}\ndecided: 2020-07-12\n"
        "sample: true\n---\n\n到园查看班级日志、签到表和保健室记录，分别与园长和两名教师谈话，当天园里没有外来教师，"
        "也没有开展过这次活动；照片是另一天拍的。三份材料互相印证。\n"
    )
    (year / BUREAU / "inspections").mkdir()
    (year / BUREAU / "inspections/2020-07-08-heli.md").write_text(visit, encoding="utf-8")
    corpus = read_corpus(year)
    assert find_latest_finding(list_findings(corpus, 2020)[key(year, record)]) == "false"
    june = make_cell(corpus, 2020, "heli", "2020-06", DAY("2021-01-20"))
    assert (june.status, june.on_time) == (
        Status.MET,
        1,
    )  # the account stays; the assessment takes it to zero
    assert chain(year) == ""


def an_amendment_is_open_and_counts_anew(year: Path) -> None:
    record = only(year, "leimeng", "2020-04")
    number = "2020-04-leimeng-01"
    replace(record, r"(?m)^attendance: .*$", "attendance: 99")
    (line,) = chain(year).splitlines()
    assert line.startswith(f"records/{key(year, record)}/activity.md {number} 的文字结账以后改动过：")
    words = ("--reason", "按时送达，邮件未收", "--decided-by", "基教股股长", "--as-of", "2021-01-10")
    planned = run(year, "amend", "2020-04", "--count", key(year, record), *words, "--dry-run")
    assert not (year / BUREAU / "amendments").exists()
    code, said = run(year, "amend", "2020-04", "--count", key(year, record), *words)
    assert (code, planned[0]) == (0, 0), said
    assert re.sub(r"[0-9a-f]{12} → [0-9a-f]{12}", "旧 → 新", said) == (
        "已更正：2020-04（2021-01-10，第 9 环）\n"
        "  原因：按时送达，邮件未收；决定人：基教股股长\n"
        f"  补计 {number} {key(year, record)}\n"
        "      文字：旧 → 新\n"
        "  重新计算：蕾梦幼儿园 原来计入 0 项（逾期），现在计入 1 项（完成）\n"
        f"写在 {BUREAU}/amendments/2020-04-amendment-1.yml、{BUREAU}/filings.yml；提交合并请求，合并以后生效。\n"
    )
    assert (year / BUREAU / "amendments/2020-04-amendment-1.yml").read_text(encoding="utf-8") in planned[1]
    assert chain(year) == ""
    corpus = read_corpus(year)
    april = make_cell(corpus, 2020, "leimeng", "2020-04", DAY("2021-01-20"))
    assert (april.status, april.on_time, april.late, april.deemed) == (Status.MET, 1, 0, "")
    assert run(year, "amend", "2020-04", *words) == (0, "2020-04 与结账时一样，没有要更正的，没有改动。\n")
    assert run(year, "status", "--month", "2020-04", "--as-of", "2021-01-20")[1].splitlines()[-4:] == [
        "",
        "已结账：四月（2020-05-06，更正 1 次）",
        "",
        "没有欠报。",
    ]


def test_a_year(year: Path) -> None:
    """One test: each step builds on the archive that the one before it left."""
    a_year_is_closed_month_by_month(year)
    one_byte_is_noticed_wherever_it_is_changed(year)
    a_late_record_is_kept_and_does_not_count(year)
    a_false_report_stays_in_the_archive_with_its_finding(year)
    an_amendment_is_open_and_counts_anew(year)
