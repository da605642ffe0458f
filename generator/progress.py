"""Progress of long work: a bar with count, rate and time left on a terminal, a line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

Report = Callable[[str, int, int], None]
"""Called as report(stage in Chinese, steps done, steps in all); total 0 means not known."""

_QUIET_SECONDS = 5.0


class _Count(ProgressColumn):
    """Steps done, steps in all where known, and the rate."""

    def render(self, task: Task) -> Text:
        total = f"/{int(task.total)}" if task.total else ""
        rate = f"  {task.speed:.0f}/秒" if task.speed else ""
        return Text(f"{int(task.completed)}{total}{rate}")


@contextmanager
def stages() -> Iterator[Report]:
    """Show progress on standard error while the block runs."""
    if sys.stderr.isatty():
        with _bar() as report:
            yield report
    else:
        with _lines() as report:
            yield report


@contextmanager
def _bar() -> Iterator[Report]:
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), _Count(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=False) as progress:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total or None)
            progress.update(tasks[stage], completed=done, total=total or None)

        yield report
        for task in progress.tasks:  # a stage whose size was not known ends where it stands
            progress.update(task.id, total=max(1, task.completed), completed=max(1, task.completed))


@contextmanager
def _lines() -> Iterator[Report]:
    stage_now = ""
    last = (0, 0)
    printed = time.monotonic()

    def end() -> None:
        if stage_now:
            done, total = last
            click.echo(f"{stage_now}：{done}{f'/{total}' if total else ''}", err=True)

    def report(stage: str, done: int, total: int) -> None:
        nonlocal stage_now, last, printed
        if stage != stage_now:
            end()
            stage_now, printed = stage, time.monotonic()
        elif time.monotonic() - printed > _QUIET_SECONDS:
            printed = time.monotonic()
            click.echo(f"{stage}：{done}{f'/{total}' if total else ''} …", err=True)
        last = (done, total)

    yield report
    end()
