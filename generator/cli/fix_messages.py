"""Show what would be mended: a comparison of the text, the photos, the new place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

import click

from generator.actions.fix.find_unread import Unread
from generator.actions.fix.repairs import Doubt, Repair
from generator.cli.report_problems import replace_controls

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def describe_repair(repair: Repair) -> Iterator[str]:
    """Yield the lines that show one repair; they carry ANSI colours, which ``click.echo`` strips off a terminal."""
    yield click.style(replace_controls(repair.path), bold=True)
    said = repair.photos.said if repair.photos else ()
    for line in (*repair.changes, *said):
        yield f"  {replace_controls(line)}"
    for move in repair.moves:
        yield f"  移动：{replace_controls(move.source)} → {replace_controls(move.target)}"
    compared = difflib.unified_diff(
        repair.before.split("\n"), repair.after.split("\n"), repair.path, repair.target, lineterm=""
    )
    for line in compared:
        yield click.style(replace_controls(line), fg=_COLOURS.get(line[:1]))


def describe_unread(path: str, unread: Unread) -> Iterator[str]:
    """Yield what is to be looked at in a record, with the reason."""
    yield click.style(f"{replace_controls(path)}:{unread.line}", bold=True)
    yield from (f"  {replace_controls(line)}" for line in unread.shown)
    yield f"  请核对：{replace_controls(unread.why)}"


def describe_doubts(doubts: Iterable[Doubt]) -> Iterator[str]:
    """Yield what is left as it is, a line each, with a headline."""
    lines = [f"  {replace_controls(doubt.path)}：{replace_controls(doubt.why)}" for doubt in doubts]
    if lines:
        yield "没有动，要请您自己看："
        yield from lines
