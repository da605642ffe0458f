"""The published data: each file alone gives the month matrix, the schema holds, the workbooks' formulas are right."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter.utility import xl_col_to_name

from generator.accounts.assessment.assess_schools import assess_schools
from generator.accounts.ledger import Status
from generator.archive import Corpus, read_corpus
from generator.documents.assessment_workbook import make_assessment_workbook
from generator.documents.tables.table_files import parse_sheets
from generator.documents.xlsx import Formula, Sheet, Styled, make_workbook
from generator.site.open_data import data_page
from generator.site.open_data.columns import SQL
from generator.site.open_data.sheets import list_headings
from generator.site.open_data.tables import ACTIVITIES, SCHEMA, SQL_TABLES
from generator.site.open_data.write_data import write_excerpt_files, write_table_files
from generator.site.pages import assessments
from generator.site.pages.page import Excerpt
from generator.site.pages.site import Site, compute_site
from tests.conftest import ROOT
from tests.data_files import Formulas, Matrix, faults, from_csv, from_json, from_sqlite, from_xlsx, texts_of
from tests.small_archive import activity, base
from tests.test_assessment import DAY, FOUR, PLAN, files, inspection, visit
from tests.test_pages import site
from tests.test_published_files import written


@pytest.fixture(scope="module")
def year() -> Corpus:
    """The sample year."""
    return read_corpus(ROOT)


@pytest.fixture(scope="module")
def published(year: Corpus, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path]:
    """The sample year's files, on a day on which its spring is over and assessed."""
    made = compute_site(year, today=dt.date(2020, 10, 20), data="```sh\ncurl\n```\n")
    folder = tmp_path_factory.mktemp("data")
    write_table_files(made, folder)
    (page,) = data_page.make_pages(made)
    # The activities' own items come from their pages, which this needs not.
    write_excerpt_files(made, folder, {a.url: Excerpt() for a in made.activities})
    for name, content in page.files.items():
        (folder / name).write_bytes(content)
    return made, folder / "data"


@pytest.mark.parametrize("read", [from_json, from_csv, from_xlsx, from_sqlite])
def test_each_file_alone_gives_the_month_matrix(
    published: tuple[Site, Path], read: Callable[[Path], Matrix], tmp_path: Path
) -> None:
    made, folder = published
    if read is from_json:
        # Without the activities, which are not made here.
        text = (folder / "archive.json").read_text("utf-8")
        (tmp_path / "archive.json").write_text(
            text.partition('"activities":')[0] + '"activities": []}', "utf-8"
        )
        folder = tmp_path
    account = made.ledgers[2020]
    expected = {
        place: (cell.status.value, cell.quota, cell.on_time, cell.late)
        for place, cell in account.cells.items()
        if cell.status is not Status.OFF
    }
    assert len(expected) == 18 * 8
    assert read(folder) == expected


def test_a_short_late_missing_month_is_told_in_every_file(tmp_path: Path) -> None:
    records = dict([visit("2021-02-05"), visit("2021-03-03", reported="2021-04-02")])
    made = site(tmp_path, files(*records.items()), today=DAY)
    folder = written(made, tmp_path / "out") / "data"
    expected = {
        ("jia", "2021-02"): ("short", 2, 1, 0),
        ("jia", "2021-03"): ("short", 2, 0, 1),
        ("yi", "2021-02"): ("missing", 1, 0, 0),
        ("yi", "2021-03"): ("missing", 1, 0, 0),
    }
    for read in (from_json, from_csv, from_xlsx, from_sqlite):
        assert read(folder) == expected


def test_the_archive_is_as_its_schema_says(tmp_path: Path) -> None:
    photo = "photos:\n  - {file: 01.jpg, caption: 区角}\n  - {file: 02.jpg, caption: 合影, public: false}\n"
    false = inspection("a", "2021-04-02", "jia/2021/02/05-visit", "false")
    made = site(tmp_path, files(visit("2021-02-05", photos=photo), *FOUR[1:], PLAN, false), today=DAY)
    folder = written(made, tmp_path / "out") / "data"
    schema = json.loads((folder / "schema" / SCHEMA).read_bytes())
    data = json.loads((folder / "archive.json").read_bytes())
    assert data["$schema"] == f"schema/{SCHEMA}"
    assert data["assessments"][0]["scores"][0]["lines"][4] == {
        "item": "visit", "points": 10, "got": 2, "of": 2, "zeroed": True, "score": 0.0,
    }  # fmt: skip
    assert list(faults(schema, data)) == []
    broken = data | {
        "version": 2,
        "sample": "no",
        "months": [{**data["months"][0], "status": "good", "quota": -1}],
    }
    assert list(faults(schema, broken)) == [
        "$.version: 2",
        "$.sample: 'no' is not ['boolean']",
        "$.months[0].status: 'good'",
        "$.months[0].quota: -1 is too small",
    ]


def test_nothing_private_or_hidden_is_in_any_file(tmp_path: Path) -> None:
    hidden = activity("2021-02-09", title="秘密活动", extra="public: false\n")
    named = activity(
        "2021-02-10",
        title="走访王小明家",
        extra="private: [王小明]\n",
        photos="photos:\n  - {file: 01.jpg, caption: 王小明13912345678}\n",
    )
    records = {
        "records/jia/2021/02/09-hidden/activity.md": hidden,
        "records/jia/2021/02/10-visit/activity.md": named,
    }
    made = site(tmp_path, files(*FOUR, *records.items()), today=DAY)
    out = written(made, tmp_path / "out")
    assessments.write_workbooks(made, out)
    found = {path.name: "".join(texts_of(path)) for path in out.rglob("*") if path.is_file()}
    assert {"archive.xlsx", "archive.sqlite", "2021-spring.xlsx"} <= found.keys()
    for secret in ("秘密", "09-hidden", "王小明", "13912345678"):
        assert [name for name, text in found.items() if secret in text] == []
    pages = "".join(page.body for page in assessments.make_pages(made))
    assert "另有1项不公开" in pages
    assert "另有1项不公开" in found["2021-spring.xlsx"]
    assert "09-hidden" not in pages


# --- the database ---------------------------------------------------------------------------------


def test_the_database_documents_itself_and_its_keys_hold(published: tuple[Site, Path]) -> None:
    made, folder = published
    connection = sqlite3.connect(f"{(folder / 'archive.sqlite').as_uri()}?mode=ro", uri=True)
    connection.execute("PRAGMA foreign_keys = ON")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
        )
    ]
    assert tables == [*(table.name for table in SQL_TABLES), "_meta", "_columns"]
    meanings = {(t, c): m for t, c, m in connection.execute("SELECT * FROM _columns")}
    for table in SQL_TABLES:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
        assert columns == [column.name for column in table.list_columns(SQL)]
        assert all(meanings[table.name, column] for column in ("", *columns))
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
        assert all(f"-- {column.describe_meaning(SQL)}" in sql for column in table.list_columns(SQL))
    assert dict(connection.execute("SELECT name, value FROM _meta")) == {
        "version": "1", "as_of": "2020-10-20", "sample": "1",
    }  # fmt: skip
    assert connection.execute("SELECT count(*) FROM activities").fetchone() == (len(made.activities),)
    assert connection.execute("SELECT count(*) FROM participants").fetchone()[0] >= len(made.activities)
    indexed = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    assert connection.execute(indexed).fetchall() != []
    connection.close()


def test_the_page_shows_live_answers(published: tuple[Site, Path]) -> None:
    made, folder = published
    (page,) = data_page.make_pages(made)
    for table in SQL_TABLES:
        assert f'id="table-{table.name}"' in page.body
    # Code scrolls sideways on a phone, also for who has only a keyboard.
    assert page.body.count("<pre") == page.body.count('<pre tabindex="0">') > 0
    assert "&lt;pre" not in page.body
    connection = sqlite3.connect(f"{(folder / 'archive.sqlite').as_uri()}?mode=ro", uri=True)
    queries = re.findall(r"<pre tabindex=\"0\"><code>(.*?)</code></pre>", page.body, re.DOTALL)
    assert queries.pop(0) == "curl\n"
    assert len(queries) == 4
    for query in queries:
        sql = query.replace("&#34;", '"').replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
        rows = connection.execute(sql).fetchmany(8)
        for value in (str(value) for row in rows for value in row):
            assert f"<td>{value}</td>" in page.body
    connection.close()


# --- workbooks ------------------------------------------------------------------------------------

MESSY = (
    *FOUR, visit("2021-02-09", photos=""), visit("2021-03-09", reported="2021-04-02"), visit("2021-02-11", school="yi"),
    PLAN, inspection("a", "2021-04-02", "jia/2021/03/03-visit", "false"),
)  # fmt: skip


def test_the_assessments_workbook_reckons_to_the_same_scores(tmp_path: Path) -> None:
    made = site(tmp_path, files(*MESSY), today=DAY)
    found = assess_schools(made.corpus, 2021, "spring", DAY)
    assert found is not None
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_assessment_workbook(made.corpus, found, note="暂计"))
    book, values, formulas = (
        openpyxl.load_workbook(path),
        openpyxl.load_workbook(path, data_only=True),
        Formulas(path),
    )
    assert book.sheetnames == ["说明", "帮扶园得分", "被帮扶园得分", "计数", "分值", "依据"]
    assert book["计数"]["I2"].value == "=IF(H2=1,0,IF(G2=0,'分值'!$E$2,ROUND(F2*'分值'!$E$2/G2,2)))"
    assert book["帮扶园得分"]["C2"].value == "='计数'!$I$2"
    assert book["帮扶园得分"]["L2"].value == "=ROUND(SUM(C2:K2),2)"
    for side in ("helper", "helped"):
        sheet = {"helper": "帮扶园得分", "helped": "被帮扶园得分"}[side]
        scores = [score for score in found.scores if score.side == side]
        for row, score in enumerate(scores, 2):
            cells = [f"{xl_col_to_name(i)}{row}" for i in range(2, len(score.lines) + 3)]
            expected = [*(line.score for line in score.lines), score.total]
            assert [formulas.cell(sheet, place) for place in cells] == [Fraction(value) for value in expected]
            # The same are written beside the formulas, for viewers that do not calculate.
            assert [Decimal(str(values[sheet][place].value)) for place in cells] == expected
    assert {line.zeroed for score in found.scores for line in score.lines} == {True, False}
    assert formulas.cell("分值", "E12") == formulas.cell("分值", "F12") == 100


def test_changed_points_change_the_workbooks_scores(tmp_path: Path) -> None:
    made = site(tmp_path, files(*MESSY), today=DAY)
    found = assess_schools(made.corpus, 2021, "spring", DAY)
    assert found is not None
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_assessment_workbook(made.corpus, found, note="暂计"))
    before = Formulas(path).cell("帮扶园得分", "C2")
    book = openpyxl.load_workbook(path)
    book["分值"]["E2"].value = 80
    book.save(path)
    assert Formulas(path).cell("帮扶园得分", "C2") == 2 * before != 0


def test_a_workbook_holds_text_as_text(tmp_path: Path) -> None:
    evil = [
        "=1+1", "@SUM(A1)", "<b>&\"'", "_x0041_", "尾\x01\x0b", "  空格  ", "行\n行", "x" * 40_000, "", "+1", "-1",
        "{=1}", "https://example.org", "<r>甲<t></r>", "<r></r>", "\ud800", f"<r>{'x' * 40_000}</r>",
    ]  # fmt: skip
    sheet = Sheet(
        name="表<&>",
        head=("甲", "乙"),
        rows=[(text, 1) for text in evil]
        + [
            (dt.date(2020, 2, 29), Decimal("36.67")),
            (None, Formula(text='IF(1<2,"是","否")', value="是")),
            (Styled(value=None, style="bold"), -3),
        ],
        widths=(10, 20),
        frozen=1,
    )
    short = Sheet(name="表", rows=[(text,) for text in evil if len(text) < 100])
    data = make_workbook([sheet])
    assert data == make_workbook([sheet])
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    book = openpyxl.load_workbook(path, data_only=True)
    found = book["表<&>"]
    shown = [row[0] for row in found.iter_rows(min_row=2, values_only=True)]
    # What XML cannot hold is marked.
    expected = [
        *evil[:4],
        "尾\ufffd\ufffd",
        *evil[5:7],
        "x" * 32_767,
        None,
        *evil[9:15],
        "\ufffd",
        evil[16][:32_767],
    ]
    assert shown[:17] == expected
    assert {cell.data_type for cell in found["A"][1:18] if cell.value is not None} == {"s"}
    rows = parse_sheets("a.xlsx", make_workbook([short])).grids[0].rows
    assert [" ".join(row[0].lines) for row in rows] == [
        *evil[:4], "尾\ufffd\ufffd", "空格", "行 行", *evil[9:15], "\ufffd",
    ]  # fmt: skip
    assert (shown[17], found["B19"].value, found["B20"].value, found["B21"].value) == (
        dt.datetime(2020, 2, 29),  # noqa: DTZ001  # a cell has no time zone
        36.67,
        "是",
        -3,
    )
    assert (found.freeze_panes, found.auto_filter.ref) == ("B2", "A1:B21")


def test_the_public_workbook_is_safe_and_easy_to_filter(tmp_path: Path) -> None:
    records = {"records/jia/2021/02/05-visit/activity.md": activity("2021-02-05", title='"=HYPERLINK(1)"')}
    made = site(tmp_path, {**base(), **records}, today=DAY)
    folder = written(made, tmp_path / "out") / "data"
    book = openpyxl.load_workbook(folder / "archive.xlsx")
    assert book.sheetnames == ["说明", "校（园）", "活动", "月度", "考核"]
    sheet = book["活动"]
    assert tuple(cell.value for cell in sheet[1]) == list_headings(ACTIVITIES)
    title = sheet.cell(2, list_headings(ACTIVITIES).index("标题") + 1)
    assert (title.value, title.data_type) == ("=HYPERLINK(1)", "s")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:T2")
    assert sheet.column_dimensions["A"].width == 42
