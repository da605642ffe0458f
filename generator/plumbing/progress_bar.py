"""The terminal's progress bar: stage, bar, count, rate and time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text


class _Count(ProgressColumn):
    """Steps done, steps in all where known, and the rate."""

    def render(self, task: Task) -> Text:
        total = f"/{int(task.total)}" if task.total else ""
        rate = f"  {task.speed:.{0 if task.speed >= 10 else 1}f}/秒" if task.speed else ""
        return Text(f"{int(task.completed)}{total}{rate}")


class _Left(ProgressColumn):
    """The time that the rest will take at this rate."""

    max_refresh = 0.5  # the last digits would only flicker

    def render(self, task: Task) -> Text:
        if task.finished or task.time_remaining is None:
            return Text("")
        minutes, seconds = divmod(int(task.time_remaining), 60)
        return Text(f"还要 {minutes}:{seconds:02}")


@contextmanager
def bar(console: Console | None = None) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each stage that is reported while the block runs."""
    columns = (TextColumn("{task.description}"), BarColumn(bar_width=30), _Count(), _Left())
    with Progress(*columns, console=console or Console(stderr=True), transient=False) as progress:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=total or None)
            progress.update(tasks[stage], completed=done, total=total or None)

        yield report
        for task in progress.tasks:
            if task.total is None:  # a stage whose size was not known ends where it stands
                progress.update(task.id, total=max(1, task.completed), completed=max(1, task.completed))
