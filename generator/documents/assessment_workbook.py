"""Write a term's assessment as an Excel workbook: points, counts, and scores as formulas over both, with their results."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xlsxwriter.utility import xl_col_to_name

from generator.accounts.assessment.scores import (
    COUNTED,
    FALSE,
    METHODS,
    ROUNDING,
    SIDES,
    Assessment,
    Evidence,
    Line,
    Score,
    Side,
    find_points,
)
from generator.archive import Corpus
from generator.documents.xlsx import Cell, Formula, Sheet, Styled, make_workbook

POINTS, COUNTS = "分值", "计数"
_POINTS_COLUMN: dict[Side, str] = {"helper": "E", "helped": "F"}


def make_assessment_workbook(
    corpus: Corpus, found: Assessment, *, note: str, shown: Callable[[str], bool] = lambda key: True
) -> bytes:
    """Return the XLSX file. ``note`` says what standing the scores have; ``shown`` which activities may be named."""
    return make_workbook(make_assessment_sheets(corpus, found, note=note, shown=shown))


def make_assessment_sheets(
    corpus: Corpus, found: Assessment, *, note: str, shown: Callable[[str], bool] = lambda key: True
) -> tuple[Sheet, ...]:
    """Return the workbook's sheets."""
    lines = [(score, line) for score in found.scores for line in score.lines]
    places = {(score.school, line.item.id): row for row, (score, line) in enumerate(lines, 2)}
    rows = {item.id: row for row, item in enumerate(found.items, 2)}
    return (
        Sheet(name="说明", rows=list(_words(corpus, found, note)), widths=(14, 96)),
        *(_scores(corpus, found, side, places) for side in SIDES if found.list_scores(side)),
        Sheet(
            name=COUNTS,
            head=("代号", "校（园）", "类别", "项目代号", "项目", "做到", "应做", "按零分", "得分"),
            rows=[
                (
                    score.school,
                    corpus.name_school(score.school),
                    SIDES[score.side],
                    line.item.id,
                    line.item.name,
                    line.got,
                    line.of,
                    int(line.zeroed),
                    _formula(score, line, places[score.school, line.item.id], rows[line.item.id]),
                )
                for score, line in lines
            ],
            widths=(14, 32, 12, 22, 22, 8, 8, 9, 10),
            frozen=2,
        ),
        Sheet(
            name=POINTS,
            head=("代号", "项目", "条款", "算法", "帮扶园", "被帮扶园"),
            rows=[
                *((i.id, i.name, i.clause, METHODS[i.kind], i.helper, i.helped) for i in found.items),
                ("", Styled(value="合计", style="bold"), "", "", *(_sum(found, side) for side in SIDES)),
            ],
            widths=(22, 22, 16, 80, 9, 10),
        ),
        Sheet(
            name="依据",
            head=("校（园）", "项目", "时段", "做到", "应做", "依据"),
            rows=list(_evidence(corpus, lines, shown)),
            widths=(32, 22, 10, 8, 8, 100),
            frozen=2,
        ),
    )


def _words(corpus: Corpus, found: Assessment, note: str) -> Iterator[tuple[Cell, ...]]:
    programme = corpus.find_programme(found.year)
    county = programme.county if programme else ""
    yield (Styled(value=f"{county}{found.title}帮扶工作考核", style="title"),)
    yield (Styled(value=note, style="bold"),)
    yield ()
    for name, text in (("怎样算", ROUNDING), ("计入什么", COUNTED), ("虚报", FALSE)):
        yield (Styled(value=name, style="wrap"), Styled(value=text, style="wrap"))
    words = (
        f"得分由公式算出：每一行得分取“{COUNTS}”的做到、应做、按零分和“{POINTS}”的分值。改“{POINTS}”里的数，得分随之变化；"
        "公布的结果以网站和档案为准。“按零分”写 1 的，是查实虚报。"
    )
    yield (Styled(value="公式", style="wrap"), Styled(value=words, style="wrap"))


def _formula(score: Score, line: Line, row: int, item_row: int) -> Formula:
    points = f"'{POINTS}'!${_POINTS_COLUMN[score.side]}${item_row}"
    return Formula(
        text=f"IF(H{row}=1,0,IF(G{row}=0,{points},ROUND(F{row}*{points}/G{row},2)))",
        value=line.score,
        style="zero" if line.zeroed else "score",
    )


def _sum(found: Assessment, side: Side) -> Formula:
    column = _POINTS_COLUMN[side]
    return Formula(
        text=f"SUM({column}2:{column}{len(found.items) + 1})",
        value=sum(find_points(item, side) for item in found.items),
        style="bold",
    )


def _scores(corpus: Corpus, found: Assessment, side: Side, places: dict[tuple[str, str], int]) -> Sheet:
    items = found.list_items_of(side)
    first, last = xl_col_to_name(2), xl_col_to_name(len(items) + 1)
    rows: list[tuple[Cell, ...]] = []
    for row, score in enumerate(found.list_scores(side), 2):
        lines = {line.item.id: line for line in score.lines}
        cells: list[Cell] = [score.school, corpus.name_school(score.school)]
        for item in items:
            line = lines.get(item.id)
            cells.append(
                Formula(
                    text=f"'{COUNTS}'!$I${places[score.school, item.id]}",
                    value=line.score,
                    style="zero" if line.zeroed else "score",
                )
                if line
                else None
            )
        # Decimal sums are exact; a spreadsheet's are not before they are rounded.
        cells.append(
            Formula(text=f"ROUND(SUM({first}{row}:{last}{row}),2)", value=score.total, style="total")
        )
        rows.append(tuple(cells))
    return Sheet(
        name=f"{SIDES[side]}得分",
        head=("代号", "校（园）", *(item.name for item in items), "总分"),
        rows=rows,
        widths=(14, 32, *(11 for _ in items), 10),
        frozen=2,
    )


def _evidence(
    corpus: Corpus, lines: list[tuple[Score, Line]], shown: Callable[[str], bool]
) -> Iterator[tuple[Cell, ...]]:
    for score, line in lines:
        for part in line.parts:
            words = "、".join(describe_evidence(part.evidence, shown))
            yield (corpus.name_school(score.school), line.item.name, part.name, part.got, part.of, words)


def describe_evidence(evidence: tuple[Evidence, ...], shown: Callable[[str], bool]) -> Iterator[str]:
    """Yield each piece of evidence in a few words; activities that are not shown are only counted."""
    hidden = 0
    for one in evidence:
        if one.kind == "activity" and not shown(one.key):
            hidden += 1
        elif one.kind == "inspection":
            yield f"核查为虚报：{one.text}"
        elif one.kind == "closing":
            yield f"{one.text}结账"
        elif one.kind == "row":
            yield f"未完成的任务 {one.key}"
        elif one.text:
            yield f"{one.key}（{one.text}）"
        else:
            yield one.key
    if hidden:
        yield f"另有{hidden}项不公开"
