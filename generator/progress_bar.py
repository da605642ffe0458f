"""The terminal's progress bar: stage, bar, count, rate and time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Count(ProgressColumn):
    """Steps done, steps in all where known, and the rate."""

    def render(self, task: Task) -> Text:
        total = f"/{int(task.total)}" if task.total else ""
        rate = f"  {task.speed:.0f}/秒" if task.speed else ""
        return Text(f"{int(task.completed)}{total}{rate}")


@contextmanager
def bar() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar for each stage that is reported while the block runs."""
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
