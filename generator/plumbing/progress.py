"""Show the progress of long work on standard error: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Task
    from rich.text import Text

Report = Callable[[str, int, int], None]
"""Called as report(stage in Chinese, steps done, steps in all); total 0 means not known."""

_LINE_EVERY = 5.0


@contextmanager
def show_stages(*, after: float = 0.0, log: bool = True) -> Iterator[Report]:
    """Show the stages that are reported while the block runs.

    after: seconds; work that is done sooner shows nothing, and the bar of longer work is cleared at its end.
    log: write lines where there is no terminal.
    """
    began = time.monotonic()
    show: Report | None = None
    with ExitStack() as stack:

        def report(stage: str, done: int, total: int) -> None:
            nonlocal show
            if show is None and time.monotonic() - began >= after:
                show = stack.enter_context(_renderer(log=log, clear=after > 0))
            if show:
                show(stage, done, total)

        yield report


def _renderer(*, log: bool, clear: bool) -> AbstractContextManager[Report]:
    if sys.stderr.isatty():
        return _bars(clear=clear)
    return _lines() if log else nullcontext(lambda stage, done, total: None)


@contextmanager
def _bars(console: Console | None = None, *, clear: bool = False) -> Iterator[Report]:
    # Late: rich takes longer to load than a check of one record takes to run.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn
    from rich.text import Text

    class Pace(ProgressColumn):
        """Steps done, steps in all where known, the rate, and the time left."""

        def render(self, task: Task) -> Text:
            return Text(_pace_text(task))

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), Pace())
    with Progress(*columns, console=console or Console(stderr=True), transient=clear) as progress:
        tasks = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total or None)
            progress.update(tasks[stage], completed=done, total=total or None)

        yield report
        for task in progress.tasks:
            if task.total is None:  # a stage whose size was not known ends where it stands
                progress.update(task.id, total=max(1, task.completed), completed=max(1, task.completed))


def _pace_text(task: Task) -> str:
    text = f"{int(task.completed)}{f'/{int(task.total)}' if task.total else ''}"
    if task.speed:
        text += f"  {_rate(task.speed)}"
    if not task.finished and task.time_remaining is not None:
        text += f" {_time_left(task.time_remaining)}"
    return text


@contextmanager
def _lines() -> Iterator[Report]:
    stage_now = ""
    last = first = (0, 0)
    printed = began = time.monotonic()

    def report(stage: str, done: int, total: int) -> None:
        nonlocal stage_now, last, first, printed, began
        now = time.monotonic()
        if stage != stage_now:
            _print_line(stage_now, *last)
            stage_now, printed, began, first = stage, now, now, (done, total)
        elif now - printed > _LINE_EVERY:
            printed = now
            pace = " …"
            if total and done > first[0]:
                rate = (done - first[0]) / (now - began)
                pace = f"，{_rate(rate)}，{_time_left((total - done) / rate)} …"
            _print_line(stage, done, total, pace)
        last = (done, total)

    yield report
    _print_line(stage_now, *last)


def _print_line(stage: str, done: int, total: int, pace: str = "") -> None:
    if stage:
        click.echo(f"{stage}：{done}{f'/{total}' if total else ''}{pace}", err=True)


def _rate(steps_a_second: float) -> str:
    return f"{steps_a_second:.{0 if steps_a_second >= 10 else 1}f}/秒"


def _time_left(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"还要 {minutes}:{rest:02}"
