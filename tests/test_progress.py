"""Progress: count, rate and time left, on a terminal and in a log."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from generator.plumbing import progress


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


def test_a_log_gets_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    with progress.show_stages() as report:
        report("读取记录", 50, 0)
        clock.now += 6
        report("读取记录", 90, 0)
        for done in range(400, 601):  # the cache knew 400 of them
            report("处理图片", done, 2500)
            clock.now += 0.1
        clock.now += 30
        report("处理图片", 605, 2500)
    assert capsys.readouterr().err.splitlines() == [
        "读取记录：90 …",
        "读取记录：90",
        "处理图片：451/2500，10/秒，还要 3:24 …",
        "处理图片：502/2500，10/秒，还要 3:19 …",
        "处理图片：553/2500，10/秒，还要 3:14 …",
        "处理图片：605/2500，4.1/秒，还要 7:43 …",
        "处理图片：605/2500",
    ]


def test_a_terminal_shows_count_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100, get_time=clock.monotonic)
    with progress._bars(console) as report:
        for done in range(400, 501):
            report("处理图片", done, 2500)
            clock.now += 0.25
        clock.now += 1.0
        report("处理图片", 501, 2500)
        clock.now += 1.0
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue())
    assert re.search(r"处理图片 .* 501/2500  3\.8/秒 还要 8:40", shown), shown


def test_short_work_shows_nothing_and_a_long_wait_is_cleared_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    with progress.show_stages(after=2) as report:
        report("打开图片", 0, 3)
        clock.now += 1.9
        report("打开图片", 2, 3)
    assert capsys.readouterr().err == ""
    with progress.show_stages(after=2) as report:
        report("打开图片", 0, 3)
        clock.now += 2
        report("打开图片", 2, 3)
    assert capsys.readouterr().err == "打开图片：2/3\n"
    with progress.show_stages(after=2, log=False) as report:
        clock.now += 2
        report("打开图片", 2, 3)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("clear", [False, True])
def test_a_bar_leaves_the_terminal_as_it_was(clear: bool) -> None:
    out = io.StringIO()
    with progress._bars(Console(file=out, force_terminal=True, width=100), clear=clear) as report:
        report("读取记录", 2400, 0)
    hide, show, erase = "\x1b[?25l", "\x1b[?25h", "\x1b[1A\x1b[2K"
    assert out.getvalue().count(hide) == out.getvalue().count(show) == 1
    assert out.getvalue().endswith(erase) == clear
    assert "读取记录" in out.getvalue()
    assert "2400" in out.getvalue()
