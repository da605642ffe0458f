"""Render a term's assessment for the terminal, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import click
from rich.cells import cell_len

from generator.accounts.assessment.scores import COUNTED, ROUNDING, SIDES, Assessment, Line, Score
from generator.archive import Corpus
from generator.documents.assessment_workbook import describe_evidence

FORMAT_VERSION = 1


def render_text(corpus: Corpus, found: Assessment, note: str, base: Assessment | None = None) -> str:
    """Lay out every school's total and where it lost points; with ``base`` what differs from it."""
    lines = [click.style(f"{found.title}帮扶工作考核", bold=True), note, ""]
    for side, name in SIDES.items():
        scores = found.list_scores(side)
        if not scores:
            continue
        full = scores[0].full
        width = max(cell_len(corpus.name_school(score.school)) for score in scores) + 2
        lines.append(click.style(f"{name}（满分 {full}）", bold=True))
        for score in scores:
            before = base.find_score(score.school) if base else None
            change = f"  {_signed(score.total - before.total)}" if before else ""
            lost = [_lost(line) for line in score.lines if line.score < line.points]
            words = f"  失分：{'，'.join(lost)}" if lost else ""
            lines.append(
                f"  {_pad(corpus.name_school(score.school), width)}{score.total!s:>7}{change}{words}"
            )
        lines.append("")
    lines.append(f"{ROUNDING}\n逐项依据：pairing assess {found.name} --explain 校（园）代号")
    return "\n".join(lines) + "\n"


def render_explanation(corpus: Corpus, found: Assessment, score: Score, note: str) -> str:
    """Lay out one school's lines, each with its clause, its arithmetic, its parts and its evidence."""
    head = f"{corpus.name_school(score.school)}（{score.school}）{found.title}：{score.total} 分（满分 {score.full}）"
    lines = [click.style(head, bold=True), note, ""]
    for line in score.lines:
        mark = "✓" if line.score == line.points else "◐" if line.score else click.style("✕", fg="red")
        lines.append(
            f"{mark} {click.style(line.item.name, bold=True)}（{line.item.clause}） {line.score} / {line.points}"
        )
        lines.append(f"    {line.arithmetic}")
        lines += [f"    核查为虚报：{found.text}（{found.key}）" for found in line.false]
        for part in line.parts:
            words = "、".join(describe_evidence(part.evidence, lambda key: True))
            lines.append(f"    {part.name} {part.got}/{part.of}{f'：{words}' if words else ''}")
    lines += ["", COUNTED + ROUNDING]
    return "\n".join(lines) + "\n"


def render_json(corpus: Corpus, found: Assessment, standing: str, *, only: str | None = None) -> str:
    """Return the assessment as JSON, of all schools or of ``only`` one.

    ``standing`` is published, counted (over, not published), provisional or what-if.
    """
    data = {
        "version": FORMAT_VERSION,
        "term": found.name,
        "standing": standing,
        "as_of": found.today.isoformat(),
        "schools": [
            {
                "school": score.school,
                "name": corpus.name_school(score.school),
                "side": score.side,
                "total": _number(score.total),
                "full": score.full,
                "lines": [_line(line) for line in score.lines],
            }
            for score in found.scores
            if only in (None, score.school)
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _line(line: Line) -> dict[str, Any]:
    return {
        "item": line.item.id,
        "name": line.item.name,
        "clause": line.item.clause,
        "points": line.points,
        "got": line.got,
        "of": line.of,
        "zeroed": line.zeroed,
        "score": _number(line.score),
        "arithmetic": line.arithmetic,
        "parts": [
            {
                "name": part.name,
                "got": part.got,
                "of": part.of,
                "zeroed": part.zeroed,
                "evidence": list(describe_evidence(part.evidence, lambda key: True)),
            }
            for part in line.parts
        ],
    }


def _number(value: Decimal) -> float:
    return float(value)  # two places: as JSON it reads exactly as the decimal does


def _lost(line: Line) -> str:
    return f"{line.item.name} {line.score}/{line.points}{'（虚报）' if line.zeroed else ''}"


def _signed(change: Decimal) -> str:
    return f"（{change:+.2f}）" if change else "（不变）"


def _pad(text: str, width: int) -> str:
    return text + " " * max(0, width - cell_len(text))


def list_names(corpus: Corpus, found: Assessment) -> Iterator[str]:
    """Yield the schools' ids with their names, for a message."""
    return (f"{score.school}（{corpus.name_school(score.school)}）" for score in found.scores)
