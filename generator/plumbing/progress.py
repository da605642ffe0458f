"""Progress of long work: a bar on a terminal, a line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

Report = Callable[[str, int, int], None]
"""Called as report(stage in Chinese, steps done, steps in all); total 0 means not known."""

_QUIET_SECONDS = 5.0


@contextmanager
def stages() -> Iterator[Report]:
    """Show progress on standard error while the block runs."""
    if sys.stderr.isatty():
        from generator.plumbing.progress_bar import bar  # late: a log needs no terminal library

        with bar() as report:
            yield report
    else:
        with _lines() as report:
            yield report


@contextmanager
def late_stages(after: float = 2.0) -> Iterator[Report]:
    """Show progress like :func:`stages`, but only of work that goes on after so many seconds."""
    began = time.monotonic()
    shown: Report | None = None
    with ExitStack() as stack:

        def report(stage: str, done: int, total: int) -> None:
            nonlocal shown
            if shown is None and time.monotonic() - began > after:
                shown = stack.enter_context(stages())
            if shown:
                shown(stage, done, total)

        yield report


@contextmanager
def _lines() -> Iterator[Report]:
    stage_now = ""
    last = first = (0, 0)
    printed = began = time.monotonic()

    def end() -> None:
        if stage_now:
            done, total = last
            click.echo(f"{stage_now}：{done}{f'/{total}' if total else ''}", err=True)

    def report(stage: str, done: int, total: int) -> None:
        nonlocal stage_now, last, first, printed, began
        now = time.monotonic()
        if stage != stage_now:
            end()
            stage_now, printed, began, first = stage, now, now, (done, total)
        elif now - printed > _QUIET_SECONDS:
            printed = now
            pace = _pace(done - first[0], total - done, now - began) if total else ""
            click.echo(f"{stage}：{done}{f'/{total}' if total else ''}{pace} …", err=True)
        last = (done, total)

    yield report
    end()


def _pace(done: int, left: int, seconds: float) -> str:
    """Return the rate of so many steps in so many seconds, and the time that the others will take."""
    if done <= 0 or seconds <= 0:
        return ""
    rate = done / seconds
    minutes, rest = divmod(int(left / rate), 60)
    return f"，{rate:.{0 if rate >= 10 else 1}f}/秒，还要 {minutes}:{rest:02}"
