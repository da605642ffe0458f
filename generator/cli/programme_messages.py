"""Describe a change of the programme to the officer: the lines that change, and what is owed and counted afterwards."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Iterator

from generator.accounts.ledger import Cell, Status, format_fraction
from generator.accounts.months import name_month
from generator.actions.change_programme.effects import Effect
from generator.actions.change_programme.plan_change import ChangedFile, PlannedChange
from generator.archive import Corpus
from generator.plumbing.chinese_days import format_chinese_day
from generator.records.diagnostics import Diagnostic

_MOST = 20


def describe_change(planned: PlannedChange) -> Iterator[str]:
    """Yield what a change does: each file's lines, then the months that count otherwise."""
    for file in planned.files:
        yield from _describe_file(file)
    yield ""
    if not planned.effects:
        yield "各月应完成的和完成情况都不变。"
    else:
        yield "改了以后："
        yield from _describe_effects(planned.after, planned.effects)
    if planned.consequences:
        yield ""
        yield "这些也要跟着改："
        yield from describe_problems(planned.consequences)


def describe_problems(problems: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield problems, each with its place and what to do; many are cut short."""
    found = tuple(problems)
    for problem in found[:_MOST]:
        yield f"  · {problem.span.file.path} 第 {problem.span.line} 行：{problem.message}；{problem.fix}"
    if len(found) > _MOST:
        yield f"  · 还有 {len(found) - _MOST} 处"


def _describe_file(file: ChangedFile) -> Iterator[str]:
    yield f"{'新建' if file.old is None else '改动'} {file.path}"
    old = (file.old or "").splitlines()
    for line in itertools.islice(difflib.unified_diff(old, file.new.splitlines(), lineterm="", n=0), 2, None):
        if not line.startswith("@@"):
            yield f"  {line[0]} {line[1:]}"


def _describe_effects(corpus: Corpus, effects: tuple[Effect, ...]) -> Iterator[str]:
    """Yield one line for the same change of several schools in a month, and what is closed already."""
    groups: dict[tuple[str, str], list[str]] = {}
    for effect in effects:
        groups.setdefault((effect.month, _describe_cells(effect)), []).append(
            corpus.name_school(effect.school)
        )
    for (month, words), names in groups.items():
        shown = f"{names[0]}等 {len(names)} 所" if len(names) > 3 else "、".join(names)
        yield f"  {month[:4]}年{name_month(month)} {shown}：{words}"
    closed = {effect.month: effect.closed for effect in effects if effect.closed}
    for month, day in sorted(closed.items()):
        assert day is not None  # noqa: S101  # only closed months are kept
        yield (
            f"  {month} 已在 {format_chinese_day(day)}结账，结账的数不变；确实要改，接着登记更正："
            f"pairing amend {month} --reason 原因 --decided-by 决定人"
        )


def _describe_cells(effect: Effect) -> str:
    before, after = _describe_cell(effect.before), _describe_cell(effect.after)
    if effect.before and effect.after and effect.before.deadline != effect.after.deadline and before == after:
        days = (format_chinese_day(effect.before.deadline), format_chinese_day(effect.after.deadline))
        return f"截止日 {days[0]} → {days[1]}"
    return f"{before} → {after}"


def _describe_cell(cell: Cell | None) -> str:
    if cell is None or cell.status is Status.OFF:
        extra = len(cell.activities) if cell else 0
        return f"不欠（已有 {extra} 份，留着）" if extra else "不欠"
    if cell.status is Status.EXCUSED:
        return f"{cell.status.label}（{cell.reason}）"
    return f"{cell.status.label} {format_fraction(cell)}"
