"""The open data as a SQLite database: documented tables, foreign keys and indexes, the same bytes every time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.accounts.ledger import Status
from generator.archive.privacy import mask
from generator.site.pages.site import Site

VERSION = 1

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its SQL type with constraints, and what it means in Chinese."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; ``keys`` are its primary and foreign keys, ``indexes`` the columns that have one."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    rows: Callable[[Site], Iterable[Row]]
    indexes: tuple[str, ...] = ()


def database(site: Site) -> sqlite3.Connection:
    """Return the database, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA page_size = 4096")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("BEGIN")
    for table in (*TABLES, *_DOCUMENTATION):
        connection.execute(definition(table))
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.rows(site))  # noqa: S608  # our own names
    for table in TABLES:
        for column in table.indexes:
            connection.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
    connection.execute("COMMIT")
    return connection


def definition(table: Table) -> str:
    """Return the SQL that makes a table, each column with its meaning as a comment; SQLite keeps the text."""
    lines = [f"  {column.name} {column.type}" for column in table.columns] + [
        f"  {key}" for key in table.keys
    ]
    meanings = [column.meaning for column in table.columns] + [""] * len(table.keys)
    last = len(lines) - 1
    body = "\n".join(
        f"{line}{',' if index < last else ''}{f'  -- {meaning}' if meaning else ''}"
        for index, (line, meaning) in enumerate(zip(lines, meanings, strict=True))
    )
    return f"CREATE TABLE {table.name} (  -- {table.meaning}\n{body}\n)"


def _schools(site: Site) -> Iterator[Row]:
    views = {id_: view for schools in site.schools.values() for id_, view in schools.items()}
    return ((v.id, v.name, v.short, v.kind, v.url) for v in views.values())


def _pairings(site: Site) -> Iterator[Row]:
    for year, programme in site.programmes.items():
        for pairing in programme.pairings:
            yield from ((year, pairing.helper, helped) for helped in pairing.helped)


def _terms(site: Site) -> Iterator[Row]:
    for year, programme in site.programmes.items():
        for term in programme.terms:
            yield f"{year}-{term.id}", year, term.name, term.starts.isoformat(), term.ends.isoformat()


def _measures(site: Site) -> Iterator[Row]:
    for year, programme in site.programmes.items():
        yield from ((year, m.id, mask(m.name), m.clause) for m in programme.measures)


def _months(site: Site) -> Iterator[Row]:
    for year, account in site.ledgers.items():
        terms = {month: f"{year}-{term.id}" for term in account.programme.terms for month in term.months}
        for c in account.cells.values():
            if c.status is not Status.OFF:
                yield (
                    c.school,
                    c.month,
                    terms[c.month],
                    c.status.value,
                    c.quota,
                    c.on_time,
                    c.late,
                    c.owed,
                    int(c.closed),
                )


def _activities(site: Site) -> Iterator[Row]:
    for a in site.activities:
        yield (
            a.key,
            a.number or None,
            a.school.id,
            a.month,
            a.year,
            a.date.isoformat(),
            a.reported.isoformat(),
            int(a.late),
            a.title,
            a.measure or None,
            a.direction,
            a.place,
            a.lead,
            a.sent,
            a.received,
            a.attendance,
            "、".join(a.grades),
            a.plan_row,
            len(a.photos) + len(a.hidden),
            a.url,
        )


def _participants(site: Site) -> Iterator[Row]:
    for activity in site.activities:
        for school in dict.fromkeys(school.id for school in activity.partners):
            yield activity.key, school


def _photos(site: Site) -> Iterator[Row]:
    for activity in site.activities:
        for photo in activity.photos:
            picture = photo.picture
            yield activity.key, photo.index + 1, photo.caption, picture.full, picture.width, picture.height


def _items(site: Site) -> Iterator[Row]:
    for result in site.assessments:
        found = result.assessment
        for item in found.items:
            yield found.name, item.id, mask(item.name), item.clause, item.kind, item.helper, item.helped


def _scores(site: Site) -> Iterator[Row]:
    for result in site.assessments:
        found = result.assessment
        published = result.published.isoformat() if result.published else None
        for score in found.scores:
            yield found.name, score.school, score.side, float(score.total), score.full, published


def _lines(site: Site) -> Iterator[Row]:
    for result in site.assessments:
        found = result.assessment
        for score in found.scores:
            for line in score.lines:
                yield (
                    found.name,
                    score.school,
                    line.item.id,
                    line.points,
                    line.got,
                    line.of,
                    int(line.zeroed),
                    float(line.score),
                )


def _meta(site: Site) -> Iterator[Row]:
    yield "version", str(VERSION), "格式版本：改名或删去表和栏时加一"
    yield "as_of", site.today.isoformat(), "按哪一天计算"
    yield "sample", "1" if site.corpus.has_sample else "0", "含示例数据为 1"


def _columns(site: Site) -> Iterator[Row]:
    for table in TABLES:
        yield table.name, "", table.meaning
        yield from ((table.name, column.name, column.meaning) for column in table.columns)


def _c(name: str, kind: str, meaning: str) -> Column:
    return Column(name=name, type=kind, meaning=meaning)


_TEXT, _INT, _FLAG = "TEXT NOT NULL", "INTEGER NOT NULL", "INTEGER NOT NULL"

TABLES = (
    Table(
        name="schools",
        meaning="校（园）",
        columns=(
            _c("id", _TEXT, "代号"),
            _c("name", _TEXT, "名称"),
            _c("short", _TEXT, "简称"),
            _c("kind", _TEXT, "helper 帮扶园、rural 农村园、private 民办园"),
            _c("url", _TEXT, "页面，相对于网站首页"),
        ),
        keys=("PRIMARY KEY (id)",),
        rows=_schools,
    ),
    Table(
        name="pairings",
        meaning="帮扶对子，一行一所被帮扶园",
        columns=(
            _c("year", _INT, "年度"),
            _c("helper", "TEXT NOT NULL REFERENCES schools (id)", "帮扶园代号"),
            _c("helped", "TEXT NOT NULL REFERENCES schools (id)", "被帮扶园代号"),
        ),
        keys=("PRIMARY KEY (year, helped)",),
        rows=_pairings,
    ),
    Table(
        name="terms",
        meaning="学期",
        columns=(
            _c("term", _TEXT, "学期，如 2020-autumn"),
            _c("year", _INT, "年度"),
            _c("name", _TEXT, "名称"),
            _c("starts", _TEXT, "开学日期"),
            _c("ends", _TEXT, "结束日期"),
        ),
        keys=("PRIMARY KEY (term)",),
        rows=_terms,
    ),
    Table(
        name="measures",
        meaning="帮扶内容",
        columns=(
            _c("year", _INT, "年度"),
            _c("id", _TEXT, "代号"),
            _c("name", _TEXT, "名称"),
            _c("clause", _TEXT, "条款"),
        ),
        keys=("PRIMARY KEY (year, id)",),
        rows=_measures,
    ),
    Table(
        name="months",
        meaning="月度完成情况，一行一所园一个月；不公开的活动也计入",
        columns=(
            _c("school", "TEXT NOT NULL REFERENCES schools (id)", "校（园）代号"),
            _c("month", _TEXT, "月份，如 2020-05"),
            _c("term", "TEXT NOT NULL REFERENCES terms (term)", "学期"),
            _c("status", _TEXT, "met 完成、short 不足、missing 未上报、late 逾期、open 未到期"),
            _c("quota", _INT, "应完成项数"),
            _c("on_time", _INT, "按时上报项数"),
            _c("late", _INT, "逾期上报项数"),
            _c("owed", _INT, "还欠项数"),
            _c("closed", _FLAG, "已结账为 1"),
        ),
        keys=("PRIMARY KEY (school, month)",),
        rows=_months,
        indexes=("month",),
    ),
    Table(
        name="activities",
        meaning="公开的活动",
        columns=(
            _c("key", _TEXT, "编号，即活动的文件夹"),
            _c("number", "TEXT", "备案号；还没有备案为空"),
            _c("school", "TEXT NOT NULL REFERENCES schools (id)", "校（园）代号"),
            _c("month", _TEXT, "月份"),
            _c("year", _INT, "年度"),
            _c("date", _TEXT, "活动日期"),
            _c("reported", _TEXT, "上报日期"),
            _c("late", _FLAG, "逾期为 1"),
            _c("title", _TEXT, "标题"),
            _c("measure", "TEXT", "帮扶内容代号；方案里没有的为空"),
            _c("direction", _TEXT, "host 请进来、visit 走出去、online 线上"),
            _c("place", _TEXT, "地点"),
            _c("lead", _TEXT, "负责人职务"),
            _c("sent", _INT, "派出业务骨干人数"),
            _c("received", _INT, "接待业务骨干人数"),
            _c("attendance", "INTEGER", "参加人数；没有填为空"),
            _c("grades", _TEXT, "年级，用顿号隔开"),
            _c("plan", _TEXT, "计划表任务编号"),
            _c("photos", _INT, "档案里的图片张数，包括不公开的"),
            _c("url", _TEXT, "页面，相对于网站首页"),
        ),
        keys=("PRIMARY KEY (key)", "FOREIGN KEY (year, measure) REFERENCES measures (year, id)"),
        rows=_activities,
        indexes=("school", "month", "measure"),
    ),
    Table(
        name="participants",
        meaning="活动的参与园，一行一所",
        columns=(
            _c("activity", "TEXT NOT NULL REFERENCES activities (key)", "活动编号"),
            _c("school", "TEXT NOT NULL REFERENCES schools (id)", "参与园代号"),
        ),
        keys=("PRIMARY KEY (activity, school)",),
        rows=_participants,
        indexes=("school",),
    ),
    Table(
        name="photos",
        meaning="公开的图片",
        columns=(
            _c("activity", "TEXT NOT NULL REFERENCES activities (key)", "活动编号"),
            _c("number", _INT, "在记录里的序号，从 1 起"),
            _c("caption", _TEXT, "图片说明"),
            _c("url", _TEXT, "最大的 WebP，相对于网站首页"),
            _c("width", _INT, "宽，像素"),
            _c("height", _INT, "高，像素"),
        ),
        keys=("PRIMARY KEY (activity, number)",),
        rows=_photos,
    ),
    Table(
        name="assessment_items",
        meaning="学期考核的项目与分值",
        columns=(
            _c("term", "TEXT NOT NULL REFERENCES terms (term)", "学期"),
            _c("item", _TEXT, "项目代号"),
            _c("name", _TEXT, "项目"),
            _c("clause", _TEXT, "条款"),
            _c("kind", _TEXT, "算法，见考核页"),
            _c("helper", _INT, "帮扶园分值"),
            _c("helped", _INT, "被帮扶园分值"),
        ),
        keys=("PRIMARY KEY (term, item)",),
        rows=_items,
    ),
    Table(
        name="assessment_scores",
        meaning="学期考核总分",
        columns=(
            _c("term", "TEXT NOT NULL REFERENCES terms (term)", "学期"),
            _c("school", "TEXT NOT NULL REFERENCES schools (id)", "校（园）代号"),
            _c("side", _TEXT, "helper 帮扶园、helped 被帮扶园"),
            _c("total", "REAL NOT NULL", "总分"),
            _c("full", _INT, "满分"),
            _c("published", "TEXT", "公布日期；暂计的为空"),
        ),
        keys=("PRIMARY KEY (term, school)",),
        rows=_scores,
    ),
    Table(
        name="assessment_lines",
        meaning="学期考核的每一项：做到 ÷ 应做 × 分值",
        columns=(
            _c("term", _TEXT, "学期"),
            _c("school", _TEXT, "校（园）代号"),
            _c("item", _TEXT, "项目代号"),
            _c("points", _INT, "分值"),
            _c("got", _INT, "做到"),
            _c("of", _INT, "应做"),
            _c("zeroed", _FLAG, "因虚报按零分为 1"),
            _c("score", "REAL NOT NULL", "得分"),
        ),
        keys=(
            "PRIMARY KEY (term, school, item)",
            "FOREIGN KEY (term, school) REFERENCES assessment_scores (term, school)",
            "FOREIGN KEY (term, item) REFERENCES assessment_items (term, item)",
        ),
        rows=_lines,
    ),
)

_DOCUMENTATION = (
    Table(
        name="_meta",
        meaning="这个文件",
        columns=(_c("name", _TEXT, "名称"), _c("value", _TEXT, "值"), _c("meaning", _TEXT, "含义")),
        keys=("PRIMARY KEY (name)",),
        rows=_meta,
    ),
    Table(
        name="_columns",
        meaning="各表各栏的含义；栏名为空的一行说的是整张表",
        columns=(
            _c("table_name", _TEXT, "表"),
            _c("column_name", _TEXT, "栏"),
            _c("meaning", _TEXT, "含义"),
        ),
        keys=("PRIMARY KEY (table_name, column_name)",),
        rows=_columns,
    ),
)
