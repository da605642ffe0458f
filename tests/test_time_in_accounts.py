"""Late facts, excused months and schools of a part of the year: what each account and each output says of them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import click
import pytest

from generator.accounts.assessment.assess_schools import assess_schools
from generator.accounts.expectations import list_expectation_states
from generator.accounts.ledger import Ledger, format_fraction, make_ledger
from generator.accounts.mentoring import list_term_coverage
from generator.accounts.plan_tasks import TaskState, list_tasks
from generator.archive import Corpus, read_corpus
from generator.cli.report_status import render_text
from generator.documents.bulletin import compose_bulletin
from generator.documents.bulletin.plain_text import make_plain_text
from generator.rules.submission.receipt import describe_month
from tests.closed_archive import files as closable
from tests.closed_archive import lay_out, picture, run
from tests.conftest import MakeArchive
from tests.small_archive import PROGRAMME, activity
from tests.test_assessment import PHOTO, POINTS, files, visit
from tests.test_pages import all_pages
from tests.test_pages import site as make_site

DAY = dt.date(2021, 5, 1)
LATE = "0/2，另逾期 5"


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of which March is closed, with five records of jia that came too late."""
    content = {path: data for path, data in closable().items() if "/jia/2021/03/" not in path}
    for number in range(1, 6):
        text = activity(
            f"2021-03-{number + 9}",
            title=f"迟到{number}",
            reported="2021-03-31",
            photos="photos:\n  - {file: 01.jpg, caption: 材料架, people: none}\n",
        ).replace("教师学会", f"{number}位教师学会")
        content[f"records/jia/2021/03/{number + 9}-visit/activity.md"] = text
        content[f"records/jia/2021/03/{number + 9}-visit/01.jpg"] = picture(40 + number)
    root = lay_out(tmp_path_factory.mktemp("late"), content)
    for month, day in (("2021-02", "2021-03-02"), ("2021-03", "2021-04-01")):
        code, said = run(root, "close", month, "--as-of", day)
        assert code == 0, said
    return root


def ledger(corpus: Corpus) -> Ledger:
    found = make_ledger(corpus, 2021, DAY)
    assert found is not None
    return found


def test_late_facts_are_the_same_in_every_place(late: Path) -> None:
    corpus = read_corpus(late)
    account = ledger(corpus)
    cell = account.cells["jia", "2021-03"]
    assert (cell.closed, format_fraction(cell)) == (True, LATE)
    assert describe_month(cell) == f"三月 {LATE}，欠 2 项（已结账）"
    assert "甲园（jia）2021-03 逾期：欠 2 项（应 2 项，按时 0 项，另有 5 项逾期）" in render_text(
        corpus, account, ["2021-03"]
    )
    bulletin = make_plain_text(compose_bulletin(corpus, account, "2021-03"))
    assert re.findall("甲园：.*", bulletin)[0] == f"甲园：逾期，按时{LATE}；春学期累计2/4"
    pages = all_pages(make_site(late, {}, today=DAY))
    assert f'aria-label="甲园 三月 逾期 {LATE}"' in pages[""].body
    month = re.search('<h3 id="m2021-03-title">.*', pages["schools/jia/"].body)
    assert month is not None
    assert f'<span class="num small">{LATE}</span>' in month[0]
    wrong = [url for url, page in pages.items() if re.search(r"\b5/2\b", page.body)]
    assert wrong == []


def test_the_table_of_status_tells_late_excused_and_absent(late: Path, make_archive: MakeArchive) -> None:
    corpus = read_corpus(late)
    text = click.unstyle(render_text(corpus, ledger(corpus), ["2021-02", "2021-03"]))
    assert text.splitlines()[2:5] == [
        "        二月    三月",
        "甲园    ✓ 2/2结 ◔ 0/2，另逾期 5结",
        "  乙园  ✓ 1/1结 ✓ 1/1，另逾期 1结",
    ]
    programme = PROGRAMME.replace("helped: [yi]", "helped: [{school: yi, until: 2021-02}]") + (
        "excused:\n  - {school: jia, months: [2021-02], reason: 封控停园, decided_by: 学前股股长, decided: 2021-02-05}\n"
        "cancelled:\n  2021-03: {reason: 疫情防控, decided_by: 县教育局, decided: 2021-03-02}\n"
    )
    corpus = read(make_archive, programme, visit("2021-02-10"))
    text = click.unstyle(render_text(corpus, ledger(corpus), ["2021-02", "2021-03"]))
    assert text.splitlines()[2:12] == [
        "        二月     三月",
        "甲园    — 免报 1 — 免报",
        "  乙园  ✕ 0/1    · 已退出",
        "",
        "图例：✓ 完成  ◐ 不足  ✕ 未上报  ◔ 逾期  ○ 未到期  — 免报  · 不要求上报",
        "",
        "免报：",
        "  2021-02 甲园：封控停园（学前股股长 2021-02-05 决定）",
        "  2021-03 各校（园）：疫情防控（县教育局 2021-03-02 决定）",
        "",
    ]


def test_what_came_too_late_reaches_no_expectation(late: Path) -> None:
    corpus = read_corpus(late)
    states = {
        state.period: (state.got, state.met)
        for state in list_expectation_states(corpus, 2021, today=DAY)
        if (state.school, state.measure.id, state.expectation.every) == ("jia", "visit", "month")
    }
    assert states["2021-03"] == (0, False)
    assert states["2021-02"][1]


def scores(corpus: Corpus) -> dict[str, dict[str, tuple[int, int]]]:
    found = assess_schools(corpus, 2021, "spring", DAY)
    assert found is not None
    return {s.school: {line.item.id: (line.got, line.of) for line in s.lines} for s in found.scores}


EXCUSED = """excused:
  - {school: yi, months: [2021-03], reason: 封控停园, decided_by: 学前股股长, decided: 2021-03-05}
"""


def read(make_archive: MakeArchive, programme: str, *found: tuple[str, str]) -> Corpus:
    content = files(*found) | {"records/bureau/2021/programme.yml": programme + POINTS}
    corpus = read_corpus(make_archive(content))
    assert corpus.problems == ()
    return corpus


def test_an_excused_month_scores_neither_for_nor_against(make_archive: MakeArchive) -> None:
    done = [visit("2021-02-10", school="yi"), visit("2021-03-10", school="yi", reported="2021-04-20")]
    owing = scores(read(make_archive, PROGRAMME, *done))["yi"]
    assert (owing["quota"], owing["on-time"], owing["visit"]) == ((1, 2), (1, 2), (1, 2))
    corpus = read(make_archive, PROGRAMME + EXCUSED, *done)
    excused = scores(corpus)["yi"]
    assert (excused["quota"], excused["on-time"], excused["visit"]) == ((1, 1), (1, 1), (1, 1))
    assert [
        state.period
        for state in list_expectation_states(corpus, 2021, today=DAY)
        if state.school == "yi" and state.expectation.every == "month"
    ] == ["2021-02"]


def test_work_in_an_excused_month_counts_for_the_term(make_archive: MakeArchive) -> None:
    excused = EXCUSED.replace("school: yi", "school: jia")
    care = activity("2021-03-10", measure="care", photos=PHOTO)
    found = [("records/jia/2021/03/10-visit/activity.md", care)]
    corpus = read(make_archive, PROGRAMME + excused, *found)
    assert [
        (state.got, state.met, state.due)
        for state in list_expectation_states(corpus, 2021, today=DAY)
        if (state.school, state.measure.id) == ("jia", "care")
    ] == [(1, True, dt.date(2021, 3, 31))]
    done = scores(corpus)["jia"]
    assert (done["care"], done["quota"], done["visit"]) == ((1, 1), (0, 2), (0, 1))
    late = read(
        make_archive,
        PROGRAMME + excused,
        *[(p, t.replace("reported: 2021-03-10", "reported: 2021-04-10")) for p, t in found],
    )
    assert scores(late)["jia"]["care"] == (0, 1)


def test_a_school_is_assessed_for_its_months_alone(make_archive: MakeArchive) -> None:
    for time, months in (("until: 2021-02", 1), ("from: 2021-03", 1), ("until: 2021-03-30", 1)):
        programme = PROGRAMME.replace("helped: [yi]", f"helped: [{{school: yi, {time}}}]")
        found = scores(read(make_archive, programme))
        assert (found["jia"]["quota"], found["yi"]["quota"]) == ((0, 4), (0, months)), time
    programme = PROGRAMME.replace("helped: [yi]", "helped: [{school: yi, until: 2021-02-20}]")
    corpus = read(make_archive, programme)
    assert "yi" not in scores(corpus)
    assert {s.school for s in list_expectation_states(corpus, 2021, today=DAY)} == {"jia"}


AUTUMN = """  - {id: autumn, name: 秋学期, starts: 2021-09-01, ends: 2021-10-31, months: [2021-09, 2021-10]}
quotas:"""


def test_who_joins_in_autumn_changes_nothing_of_spring_and_has_its_own_agreement(
    make_archive: MakeArchive,
) -> None:
    programme = PROGRAMME.replace("quotas:", AUTUMN, 1)
    before = scores(read(make_archive, programme))
    joined = programme.replace("helped: [yi]", "helped: [yi, {school: bing, from: 2021-10}]")
    school = (
        "records/bing/school.yml",
        "id: bing\nname: 丙园\nshort: 丙\nkind: rural\nresponsible: 某甲\narchivist: 档案员\n",
    )
    corpus = read(make_archive, joined, school)
    assert scores(corpus) == before
    assert [
        (state.helped, state.due)
        for state in list_expectation_states(corpus, 2021, today=DAY)
        if state.expectation.document == "agreement"
    ] == [(("yi",), dt.date(2021, 3, 1)), (("bing",), dt.date(2021, 10, 31))]
    autumn = assess_schools(corpus, 2021, "autumn", DAY)
    assert autumn is not None
    assert [(s.school, s.lines[0].of) for s in autumn.scores] == [("jia", 4), ("yi", 2), ("bing", 1)]
    (agreement,) = [line for s in autumn.scores for line in s.lines if line.item.id == "agreement"]
    assert (agreement.got, agreement.of, agreement.score) == (0, 2, Decimal("0.00"))


def test_nothing_is_due_from_before_the_programme_was_adopted(make_archive: MakeArchive) -> None:
    corpus = read(make_archive, PROGRAMME + "adopted: 2021-02-20\n")
    assert {(s.expectation.document, s.due) for s in list_expectation_states(corpus, 2021, today=DAY)} == {
        ("roster", dt.date(2021, 2, 27)),
        ("agreement", dt.date(2021, 3, 31)),
        ("plan", dt.date(2021, 3, 31)),
        (None, dt.date(2021, 3, 31)),
    }


def test_planned_tasks_of_months_that_do_not_count_are_not_undone(make_archive: MakeArchive) -> None:
    rows = "".join(f"  - {{id: {m}-1, month: {m}, task: 观摩}}\n" for m in ("2021-02", "2021-03"))
    programme = PROGRAMME.replace("helped: [yi]", "helped: [{school: yi, from: 2021-03}]") + EXCUSED
    corpus = read(make_archive, programme, ("records/yi/2021/plan.yml", f"rows:\n{rows}"))
    assert [task.state for task in list_tasks(corpus, 2021, "yi", DAY)] == [TaskState.OFF, TaskState.EXCUSED]


def test_pairs_of_teachers_meet_only_while_their_school_is_helped(make_archive: MakeArchive) -> None:
    programme = PROGRAMME.replace("helped: [yi]", "helped: [{school: yi, until: 2021-02-15}]")
    done = [
        (path, text.replace("measure: visit", "measure: papers"))
        for path, text in (visit("2021-02-10", school="yi"), visit("2021-02-20", school="yi"))
    ]
    (term,) = list_term_coverage(read(make_archive, programme, *done), 2021, "jia")
    assert {s: [a.data.date.day for a in found] for s, found in term.unmarked.items()} == {"yi": [10]}


ADOPTED = "adopted: 2021-02-15\n"


def test_months_before_the_programme_are_not_closed_and_hold_nothing_up(tmp_path: Path) -> None:
    content = closable()
    path = "records/bureau/2021/programme.yml"
    content[path] = f"{content[path]!s}{ADOPTED}"
    root = lay_out(tmp_path, content)
    code, said = run(root, "close", "2021-02", "--as-of", "2021-03-02")
    assert (code, said) == (
        1,
        "2021-02 现在不能结账：\n  · 2021-02 没有要报的校（园）：方案还没有起算，或当月没有一所一直在方案里；不用结账\n",
    )
    code, said = run(root, "status", "--as-of", "2021-04-01")
    assert code == 0
    assert "可以结账：三月（pairing close 2021-03 --dry-run）" in said
    assert run(root, "close", "2021-03", "--as-of", "2021-04-01")[0] == 0


def test_a_deadline_is_not_moved_forward_after_the_closing(late: Path, tmp_path: Path) -> None:
    content = {p.relative_to(late).as_posix(): p.read_bytes() for p in late.rglob("*") if p.is_file()}
    root = lay_out(tmp_path / "again", content)
    programme = root / "records/bureau/2021/programme.yml"
    text = programme.read_text("utf-8")
    words = ("--reason", "停电", "--decided-by", "学前股股长", "--as-of", "2021-04-10")

    def move(day: str) -> tuple[int, str]:
        moved = f"{text}deadlines:\n  2021-03: {{date: {day}, reason: 停电}}\n"
        programme.write_text(moved, encoding="utf-8", newline="\n")
        return run(root, "amend", "2021-03", *words)

    assert move("2021-03-25") == (
        1,
        "现在不能更正：\n  · 截止日只能往后改：2021-03 是按 2021-03-30 结的账，已经计入的不退回；把方案里的日期改回去\n",
    )
    code, said = move("2021-03-31")
    assert code == 0
    assert "截止日：2021-03-31" in said
    assert "重新计算：甲园 原来计入 0 项（逾期），现在计入 5 项（完成）" in said
    account = ledger(read_corpus(root))
    assert format_fraction(account.cells["jia", "2021-03"]) == "5/2"
    assert run(root, "check", "--as-of", "2021-04-10", "--only", "records/bureau/2021")[0] == 0
