"""The term's assessment: its arithmetic, what a false report zeroes, and what must hold of every archive."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.accounts.assessment.assess_schools import assess_schools, find_term
from generator.accounts.assessment.publication import list_results
from generator.accounts.assessment.scores import Assessment, compute_share
from generator.accounts.assessment.what_if import WeightError, change_points
from generator.accounts.inspection_results import find_latest_finding, list_findings
from generator.archive import BureauRecords, Corpus, read_corpus
from generator.cli.main import main
from generator.records import parse_activity, parse_note
from generator.sample.whole_years import close_years
from tests.conftest import MakeArchive
from tests.small_archive import PROGRAMME, activity, base

DAY = dt.date(2021, 5, 1)
POINTS = """assessment:
  - {id: quota, name: 每月完成数量, clause: 一-1, kind: quota, helper: 40, helped: 50}
  - {id: on-time, name: 按时足额, clause: 二-1, kind: full-months, helper: 10, helped: 10}
  - {id: archive, name: 材料齐全, clause: 二-1, kind: archive, helper: 10, helped: 10}
  - {id: plan-rows, name: 计划落实, clause: 二-1, kind: plan, helper: 10, helped: 10}
  - {id: visit, name: 观摩, clause: 一-1, kind: measure, measure: visit, helper: 10, helped: 10}
  - {id: care, name: 慰问, clause: 一-2, kind: measure, measure: care, helper: 8}
  - {id: roster, name: 花名册, clause: 一-2, kind: document, document: roster, helper: 3}
  - {id: agreement, name: 协议, clause: 一-2, kind: document, document: agreement, helper: 3}
  - {id: plan-table, name: 计划表, clause: 一-2, kind: document, document: plan, helped: 4}
  - {id: truthful, name: 如实填报, clause: 二-2, kind: truthful, helper: 6, helped: 6}
"""
PHOTO = "photos:\n  - {file: 01.jpg, caption: 区角}\n"


def files(*found: tuple[str, str]) -> dict[str, str | bytes]:
    return base() | {"records/bureau/2021/programme.yml": PROGRAMME + POINTS} | dict(found)


def visit(
    day: str, *, school: str = "jia", reported: str = "", extra: str = "", photos: str = PHOTO
) -> tuple[str, str]:
    partner = "yi" if school == "jia" else "jia"
    staff = "{sent: 0, received: 2}" if school == "jia" else "{sent: 1, received: 0}"
    text = activity(day, partner=partner, reported=reported, extra=extra, photos=photos, staff=staff)
    return f"records/{school}/2021/{day[5:7]}/{day[8:]}-visit/activity.md", text


def inspection(name: str, date: str, key: str, finding: str) -> tuple[str, str]:
    text = f"---\ntitle: 入校核查\ndate: {date}\nschool: {key.partition('/')[0]}\nactivity: {key}\nfinding: {finding}\n---\n看了材料。\n"
    return f"records/bureau/2021/inspections/{name}.md", text


def assessed(make_archive: MakeArchive, *found: tuple[str, str]) -> Assessment:
    made = assess_schools(read_corpus(make_archive(files(*found))), 2021, "spring", DAY)
    assert made is not None
    return made


def lines(found: Assessment, school: str) -> dict[str, str]:
    score = found.find_score(school)
    assert score is not None
    return {line.item.id: line.arithmetic for line in score.lines}


FOUR = (visit("2021-02-05"), visit("2021-02-20"), visit("2021-03-03", extra="plan: 2021-03-1\n"))
PLAN = (
    "records/jia/2021/plan.yml",
    "rows:\n" + "".join(f"  - {{id: 2021-03-{n}, month: 2021-03, task: 观摩}}\n" for n in range(1, 6)),
)


def test_every_line_says_how_it_comes_about(make_archive: MakeArchive) -> None:
    """Three of four in time, one without a picture, one row of five fulfilled, care and documents missing."""
    bare = visit("2021-02-20", photos="")
    found = assessed(make_archive, FOUR[0], bare, FOUR[2], visit("2021-03-09", reported="2021-04-02"), PLAN)
    assert lines(found, "jia") == {
        "quota": "3/4 × 40 = 30.00",
        "on-time": "1/2 × 10 = 5.00",
        "archive": "2/4 × 10 = 5.00",
        "plan-rows": "1/5 × 10 = 2.00",
        "visit": "2/2 × 10 = 10.00",
        "care": "0/1 × 8 = 0.00",
        "roster": "0/1 × 3 = 0.00",
        "agreement": "0/1 × 3 = 0.00",
        "truthful": "1/1 × 6 = 6.00",
    }
    score = found.find_score("jia")
    assert score is not None
    assert (score.total, score.full) == (Decimal("58.00"), 100)
    archive = next(line for line in score.lines if line.item.id == "archive")
    assert [(p.name, p.got, p.of, [(e.key, e.text) for e in p.evidence]) for p in archive.parts] == [
        ("二月", 1, 2, [("jia/2021/02/20-visit", "缺图片")]),
        ("三月", 1, 2, []),
    ]
    assert found.over
    assert lines(found, "yi")["truthful"] == "1/1 × 6 = 6.00"


def test_a_month_s_whole_records_count_up_to_what_it_asks_for(make_archive: MakeArchive) -> None:
    """Four whole records in one month do not make up for a month without any, nor for one that lacks something."""
    many = [visit(f"2021-02-{day:02}") for day in (5, 9, 12, 20)]
    assert lines(assessed(make_archive, *many), "jia")["archive"] == "2/4 × 10 = 5.00"
    bare = visit("2021-03-03", photos="")
    assert lines(assessed(make_archive, *many, bare), "jia")["archive"] == "2/4 × 10 = 5.00"
    assert lines(assessed(make_archive, *many, visit("2021-03-03")), "jia")["archive"] == "3/4 × 10 = 7.50"
    helped = [visit(f"2021-02-{day:02}", school="yi") for day in (6, 7, 8)]
    assert lines(assessed(make_archive, *helped), "yi")["archive"] == "1/2 × 10 = 5.00"


def test_a_false_report_zeroes_its_measure_and_its_month(make_archive: MakeArchive) -> None:
    """五-4: the measure for the whole term, the month in what is counted by month, its plan row, truthfulness."""
    key = "jia/2021/03/03-visit"
    found = assessed(make_archive, *FOUR, PLAN, inspection("a", "2021-04-02", key, "false"))
    assert lines(found, "jia") == {
        "quota": "2/4 × 40 = 20.00",
        "on-time": "1/2 × 10 = 5.00",
        "archive": "2/4 × 10 = 5.00",
        "plan-rows": "0/5 × 10 = 0.00",
        "visit": "虚报，按零分计算（原为 1/2 × 10 = 5.00）",
        "care": "0/1 × 8 = 0.00",
        "roster": "0/1 × 3 = 0.00",
        "agreement": "0/1 × 3 = 0.00",
        "truthful": "虚报，按零分计算（原为 0/1 × 6 = 0.00）",
    }
    score = found.find_score("jia")
    assert score is not None
    assert score.total == Decimal("30.00")
    assert [(e.kind, e.key, e.activity) for e in score.false] == [
        ("inspection", "records/bureau/2021/inspections/a.md", key)
    ]
    other = found.find_score("yi")
    assert other is not None
    assert other.false == ()


@pytest.mark.parametrize(
    ("first", "second", "decides"),
    [("doubtful", "", "doubtful"), ("false", "confirmed", "confirmed"), ("false", "doubtful", "doubtful")],
)
def test_doubt_takes_nothing_and_the_latest_finding_decides(
    make_archive: MakeArchive, first: str, second: str, decides: str
) -> None:
    key = "jia/2021/03/03-visit"
    found = [inspection("a", "2021-04-02", key, first)]
    found += [inspection("b", "2021-04-09", key, second)] if second else []
    corpus = read_corpus(make_archive(files(*FOUR, PLAN, *found)))
    assert find_latest_finding(list_findings(corpus, 2021)[key]) == decides
    assert assess_schools(corpus, 2021, "spring", DAY) == dataclasses.replace(
        assessed(make_archive, *FOUR, PLAN), today=DAY
    )


def test_a_programme_without_points_is_not_assessed(make_archive: MakeArchive) -> None:
    corpus = read_corpus(make_archive(base()))
    assert assess_schools(corpus, 2021, "spring", DAY) is None
    assert find_term(corpus, "2021-spring") is not None
    assert assess_schools(corpus, 2021, "autumn", DAY) is None
    assert assess_schools(corpus, 2020, "spring", DAY) is None


@pytest.mark.parametrize(
    ("got", "of", "points", "score"),
    [
        (11, 12, 40, "36.67"),
        (7, 40, 9, "1.58"),
        (1, 8, 1, "0.13"),
        (1, 3, 10, "3.33"),
        (0, 0, 7, "7.00"),
        (9, 8, 5, "5.00"),
    ],
)
def test_scores_are_rounded_half_up_to_two_places(got: int, of: int, points: int, score: str) -> None:
    assert str(compute_share(got, of, points)) == score


def test_changed_points_name_everything_that_is_wrong(make_archive: MakeArchive) -> None:
    corpus = read_corpus(make_archive(files()))
    programme = corpus.find_programme(2021)
    assert programme is not None
    items = change_points(programme.assessment, ["quota=20", "care=9", "visit:helped=1"])
    assert [(i.id, i.helper, i.helped) for i in items if i.id in ("quota", "care", "visit")] == [
        ("quota", 20, 20),
        ("visit", 10, 1),
        ("care", 9, 0),
    ]
    with pytest.raises(WeightError) as caught:
        change_points(programme.assessment, ["quota", "nothing=3", "quota=-1"])
    assert str(caught.value).splitlines() == [
        "看不懂“quota”，写成 quota=40 或 quota:helper=40 的样子",
        "没有考核项目“nothing”，只有：quota、on-time、archive、plan-rows、visit、care、roster、agreement、plan-table、truthful",
        "看不懂“quota=-1”，写成 quota=40 或 quota:helper=40 的样子",
    ]


# --- what must hold of every archive ---------------------------------------------------------------

_DAYS = [f"2021-{month:02}-{day:02}" for month in (2, 3) for day in range(1, 29)]
_MEASURES = ("visit", "lesson", "care", "papers")


@st.composite
def records(draw: st.DrawFn) -> tuple[str, str]:
    """One activity, on time or late, with or without photos, perhaps fulfilling a row."""
    school = draw(st.sampled_from(["jia", "yi"]))
    day = draw(st.sampled_from(_DAYS))
    measure = draw(st.sampled_from(_MEASURES))
    late = draw(st.booleans())
    extra = "grades: [大班, 小班]\n" + (
        f"plan: 2021-03-{draw(st.integers(1, 5))}\n" if draw(st.booleans()) else ""
    )
    text = activity(
        day,
        measure=measure,
        partner="yi" if school == "jia" else "jia",
        reported="2021-04-09" if late else day,
        extra=extra,
        photos=PHOTO if draw(st.booleans()) else "",
        staff="{sent: 1, received: 2}",
    )
    slug = f"{measure}-{draw(st.integers(1, 3))}"
    return f"records/{school}/2021/{day[5:7]}/{day[8:]}-{slug}/activity.md", text


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    root = tmp_path_factory.mktemp("assessed")
    for name, content in files(PLAN).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_corpus(root)


def filled(empty: Corpus, found: list[tuple[str, str]], false: list[str] = []) -> Corpus:  # noqa: B006  # never changed
    """Return the archive with so many activities, in the order given, and inspections that found some false."""
    parsed = [(path, parse_activity(path, text.encode())[0]) for path, text in found]
    schools = {
        id_: dataclasses.replace(s, activities=tuple(a for p, a in parsed if a and p.split("/")[1] == id_))
        for id_, s in empty.schools.items()
    }
    notes = [inspection(f"n{n}", "2021-04-20", key, "false") for n, key in enumerate(false)]
    visits = tuple(note for path, text in notes if (note := parse_note("inspection", path, text.encode())[0]))
    bureau: dict[int, BureauRecords] = {2021: dataclasses.replace(empty.bureau[2021], inspections=visits)}
    return Corpus(root=empty.root, bureau=bureau, schools=schools, problems=())


def totals(corpus: Corpus) -> dict[str, dict[str, Decimal]]:
    found = assess_schools(corpus, 2021, "spring", DAY)
    assert found is not None
    return {score.school: {line.item.id: line.score for line in score.lines} for score in found.scores}


found_records = st.lists(records(), max_size=9, unique_by=lambda r: r[0])


@settings(max_examples=60, deadline=None)
@given(found=found_records, more=records())
def test_more_work_never_lowers_a_score(
    empty: Corpus, found: list[tuple[str, str]], more: tuple[str, str]
) -> None:
    before = totals(filled(empty, [r for r in found if r[0] != more[0]]))
    after = totals(filled(empty, [*(r for r in found if r[0] != more[0]), more]))
    assert all(after[s][i] >= score for s, scores in before.items() for i, score in scores.items())


@settings(max_examples=40, deadline=None)
@given(found=found_records, seed=st.integers(0, 99))
def test_the_order_of_records_does_not_matter(empty: Corpus, found: list[tuple[str, str]], seed: int) -> None:
    mixed = random.Random(seed).sample(found, len(found))  # noqa: S311  # not a secret
    assert totals(filled(empty, mixed)) == totals(filled(empty, found))


@settings(max_examples=40, deadline=None)
@given(found=found_records, data=st.data())
def test_bounds_sums_and_zeroes(empty: Corpus, found: list[tuple[str, str]], data: st.DataObject) -> None:
    """0 ≤ score ≤ points, the total is the sum, and each false report can only take away."""
    keys = [path.removeprefix("records/").removesuffix("/activity.md") for path, _ in found]
    false = data.draw(st.lists(st.sampled_from(keys), unique=True)) if keys else []
    made = assess_schools(filled(empty, found, false), 2021, "spring", DAY)
    clean = totals(filled(empty, found))
    assert made is not None
    for score in made.scores:
        assert all(0 <= line.score <= line.points and line.got <= line.of for line in score.lines)
        assert score.total == sum(line.score for line in score.lines)
        assert 0 <= score.total <= score.full <= 100
        assert all(line.score <= clean[score.school][line.item.id] for line in score.lines)
        assert bool(score.false) == any(key.startswith(f"{score.school}/") for key in false)


@settings(max_examples=20, deadline=None)
@given(found=found_records)
def test_trying_out_the_same_points_changes_nothing(empty: Corpus, found: list[tuple[str, str]]) -> None:
    corpus = filled(empty, found)
    programme = corpus.find_programme(2021)
    assert programme is not None
    same = change_points(
        programme.assessment,
        [f"{i.id}:{s}={getattr(i, s)}" for i in programme.assessment for s in ("helper", "helped")],
    )
    assert assess_schools(corpus, 2021, "spring", DAY, same) == assess_schools(corpus, 2021, "spring", DAY)


# --- publishing -------------------------------------------------------------------------------------


def run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["assess", *arguments, "--root", str(root)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """An archive whose spring is over and closed."""
    for name, content in files(*FOUR, PLAN).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    close_years(tmp_path, tmp_path / "content")
    return tmp_path


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_what_is_published_stays_whatever_the_points_become(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = ("--as-of", "2021-05-01")
    code, out, _ = run(closed, capsys, "2021-spring", "--publish", "--dry-run", *day)
    assert (code, out.partition("\n")[0]) == (0, "将写出 records/bureau/2021/assessments/2021-spring.yml：")
    before = tree(closed)
    assert run(closed, capsys, "2021-spring", "--publish", *day)[:2] == (
        0,
        "已公布2021年春学期考核结果：records/bureau/2021/assessments/2021-spring.yml（2 所校（园））\n",
    )
    path = closed / "records/bureau/2021/assessments/2021-spring.yml"
    assert tree(closed).keys() - before.keys() == {path.relative_to(closed).as_posix()}
    text = path.read_text("utf-8")
    assert out.partition("\n")[2] == text
    programme = closed / "records/bureau/2021/programme.yml"
    programme.write_text(
        programme.read_text("utf-8").replace("helper: 40, helped: 50", "helper: 39, helped: 49"), "utf-8"
    )
    assert run(closed, capsys, "2021-spring", "--publish", *day)[:2] == (
        0,
        "2021年春学期的考核结果已于 2021-05-01 公布，与档案相符，没有变化。\n",
    )
    assert path.read_text("utf-8") == text
    (result,) = list_results(read_corpus(closed), DAY)
    assert (result.published, result.differences, result.note) == (DAY, 0, "2021年5月1日公布。")
    assert str(result.assessment.scores[0].lines[0].score) == "30.00"
    # The day before, nobody knows of it.
    assert [r.published for r in list_results(read_corpus(closed), DAY - dt.timedelta(days=1))] == [None]


def test_trying_out_points_writes_nothing(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(closed, capsys, "2021-spring", "--publish", "--as-of", "2021-05-01")
    other = closed / "other.yml"
    other.write_text(
        "assessment:\n  - {id: all, name: 全看数量, clause: 一-1, kind: quota, helper: 100, helped: 100}\n",
        "utf-8",
    )
    before = tree(closed)
    points = ["--weight", "quota:helper=46", "--weight", "truthful:helper=0"]
    for arguments, line in (
        (points, "  甲园    59.00  （-1.50）"),
        (["--what-if", str(other)], "  甲园    75.00  （+14.50）"),
    ):
        code, out, err = run(closed, capsys, "2021-spring", *arguments, "--as-of", "2021-05-02")
        assert (code, err) == (0, "")
        assert out.splitlines()[1].startswith("试算：")
        assert out.splitlines()[4].startswith(line)
    assert tree(closed) == before
    for place in ("records/x.xlsx", "site/x.xlsx"):
        code, _, err = run(closed, capsys, "2021-spring", "--format", "xlsx", "--out", str(closed / place))
        assert (code, "--out 不写进" in err) == (2, True)


def test_a_changed_result_is_published_again_with_its_reason(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(closed, capsys, "2021-spring", "--publish", "--as-of", "2021-05-01")
    name, text = inspection("a", "2021-05-03", "jia/2021/03/03-visit", "false")
    (closed / name).parent.mkdir(exist_ok=True)
    (closed / name).write_text(text, "utf-8")
    code, _, err = run(closed, capsys, "2021-spring", "--publish", "--as-of", "2021-05-08")
    assert code == 1
    assert "  甲园“观摩”公布为 10.00（2/2），按档案算是 0.00（虚报，按零分）\n" in err
    code, _, _ = run(
        closed, capsys, "2021-spring", "--publish", "--reason", '核查"虚报"', "--as-of", "2021-05-08"
    )
    assert code == 0
    (result,) = list_results(read_corpus(closed), dt.date(2021, 5, 9))
    assert (result.differences, result.note) == (0, "2021年5月8日重新公布。")
    (revision,) = result.revisions
    assert (revision.reason, len(revision.changes)) == ('核查"虚报"', 6)
    code, out, _ = run(closed, capsys, "2021-spring", "--explain", "jia", "--as-of", "2021-05-09")
    assert run(closed, capsys, "2021-spring", "--explain", "甲园", "--as-of", "2021-05-09") == (code, out, "")
    assert code == 0
    assert out.splitlines()[:2] == ["甲园（jia）2021年春学期：30.00 分（满分 100）", "已于 2021-05-08 公布"]
    assert "✕ 观摩（一-1） 0.00 / 10\n    虚报，按零分计算（原为 1/2 × 10 = 5.00）\n" in out


def test_a_term_that_is_not_over_or_not_closed_is_not_published(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(closed, capsys, "2021-spring", "--publish", "--as-of", "2021-03-20")
    assert (code, err) == (1, "没有公布：2021年春学期还没有结束：三月的材料还没有到截止日\n")
    code, out, _ = run(closed, capsys, "2021-spring", "--as-of", "2021-03-20")
    assert (code, out.splitlines()[1]) == (
        0,
        "暂计：截至 2021-03-20，2021年春学期还没有结束：三月的材料还没有到截止日",
    )
    shutil.rmtree(closed / "records/bureau/2021/closings")
    (closed / "records/bureau/2021/filings.yml").unlink()
    code, _, err = run(closed, capsys, "2021-spring", "--publish", "--as-of", "2021-05-01")
    assert (code, err) == (1, "没有公布：2021年春学期有月份还没有结账：二月、三月；先结账，再公布考核结果\n")
    assert not (closed / "records/bureau/2021/assessments").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2021-autumn"], "没有学期“2021-autumn”，可以写：2021-spring"),
        (["2021-spring", "--explain", "bing"], "没有校（园）“bing”，可以写：jia（甲园）、yi（乙园）"),
        (["2021-spring", "--format", "xlsx"], "--format xlsx 要用 --out 写明存到哪里，如 --out 考核.xlsx"),
        (["2021-spring", "--reason", "x"], "--reason 和 --dry-run 只和 --publish 一起用"),
        (
            ["2021-spring", "--publish", "--weight", "quota=1"],
            "--publish 只按方案的分值公布，不和试算、说明、导出一起用",
        ),
        (["2021-spring", "--what-if", "没有.yml"], "读不了 没有.yml：没有这个文件或文件夹"),
    ],
)
def test_wrong_usage_says_what_to_type(
    closed: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, _, err = run(closed, capsys, *arguments)
    assert (code, err) == (2, f"用法不对：{message}\n看用法：pairing assess --help\n")


def test_a_closed_month_counts_as_it_was_closed(closed: Path) -> None:
    """Whatever a record that came afterwards says of the day on which it was reported."""
    before = assess_schools(read_corpus(closed), 2021, "spring", DAY)
    assert before is not None
    name, text = visit("2021-03-20", reported="2021-03-21")
    (closed / name).parent.mkdir(parents=True)
    (closed / name).write_text(text, "utf-8")
    after = assess_schools(read_corpus(closed), 2021, "spring", DAY)
    assert after == before
    assert after.open == ()
    quota = after.scores[0].lines[0]
    assert [[(e.kind, e.key, e.text) for e in part.evidence] for part in quota.parts] == [
        [
            ("activity", "jia/2021/02/05-visit", ""),
            ("activity", "jia/2021/02/20-visit", ""),
            ("closing", "2021-02", "3月2日"),
        ],
        [("activity", "jia/2021/03/03-visit", ""), ("closing", "2021-03", "4月2日")],
    ]
