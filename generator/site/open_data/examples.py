"""Examples for the data page: questions in SQL, answered from this archive's own database."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question, its SQL and the answer's first rows; ``more`` says that there are others."""

    question: str
    sql: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: bool


_QUESTIONS = (
    (
        "哪些园的哪些月份没有完成？",
        """SELECT s.name AS "校（园）", m.month AS 月份, m.on_time AS 按时, m.quota AS 应完成
FROM months AS m JOIN schools AS s ON s.id = m.school
WHERE m.status NOT IN ('met', 'open', 'excused')
ORDER BY m.month, s.id""",
    ),
    (
        "每类帮扶内容开展了多少次，哪种方式最多？",
        """SELECT me.name AS 帮扶内容, count(*) AS 次数,
       sum(a.direction = 'host') AS 请进来, sum(a.direction = 'visit') AS 走出去, sum(a.direction = 'online') AS 线上
FROM activities AS a JOIN measures AS me ON me.year = a.year AND me.id = a.measure
GROUP BY me.id ORDER BY 次数 DESC, me.id""",
    ),
    (
        "每个对子一起开展了多少次活动？",
        """SELECT h.name AS 帮扶园, d.name AS 被帮扶园, count(DISTINCT a.key) AS 次数
FROM pairings AS p JOIN schools AS h ON h.id = p.helper JOIN schools AS d ON d.id = p.helped
LEFT JOIN participants AS x ON x.school IN (p.helper, p.helped)
LEFT JOIN activities AS a ON a.key = x.activity AND a.year = p.year
  AND a.school IN (p.helper, p.helped) AND a.school <> x.school
GROUP BY p.year, p.helper, p.helped ORDER BY 次数 DESC, p.helped""",
    ),
    (
        "考核中失分最多的是哪些项目？",
        """SELECT l.term AS 学期, i.name AS 项目, i.clause AS 条款, round(sum(l.points - l.score), 2) AS 失分
FROM assessment_lines AS l JOIN assessment_items AS i ON i.term = l.term AND i.item = l.item
GROUP BY l.term, l.item HAVING 失分 > 0 ORDER BY 失分 DESC, l.term, l.item""",
    ),
)


def answer_examples(connection: sqlite3.Connection) -> tuple[Example, ...]:
    """Ask the archive's database."""
    return tuple(_ask(connection, question, sql) for question, sql in _QUESTIONS)


def _ask(connection: sqlite3.Connection, question: str, sql: str) -> Example:
    cursor = connection.execute(sql)
    found = cursor.fetchmany(_ROWS + 1)
    return Example(
        question=question,
        sql=sql,
        columns=tuple(column[0] for column in cursor.description),
        rows=tuple(tuple("" if value is None else str(value) for value in row) for row in found[:_ROWS]),
        more=len(found) > _ROWS,
    )
