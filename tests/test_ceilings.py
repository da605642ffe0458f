"""No text within the limits makes a command take long or much memory: every command over every hostile text.

A ceiling is several times what a command takes, and far below what anything that grows with the square of its
text does: 7,500 telephone numbers in a line once took 323 seconds and 1.3 GiB.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from generator.archive import read_corpus
from generator.cli.report_problems import cut_excerpt
from generator.documents.safe_html import render_safe_html
from generator.documents.tables.plan_merging import merge_plans
from generator.documents.tables.plan_reading import PlanEntry
from generator.records import parse_activity
from generator.records.models import PlanRow
from generator.rules import Scope, check_corpus
from tests.conftest import PAIRING, MakeArchive
from tests.hostile_texts import BODIES, FRONTS, TABLES, records
from tests.plan_tables import excel
from tests.small_archive import PROGRAMME, activity, base

_SHARE = 0.1
_SECONDS = 12
_MEGABYTES = 700
_ASSESSMENT = "assessment:\n  - {id: quota, name: 数量, clause: 一-1, kind: quota, helper: 60, helped: 60}\n  - {id: archive, name: 材料, clause: 一-1, kind: archive, helper: 40, helped: 40}\n"
_DAY = ("--as-of", "2021-03-31")
COMMANDS = {
    "check": ("check", *_DAY, "--format", "github"),
    "status": ("status", *_DAY),
    "assess": ("assess", "2021-spring", *_DAY),
    "close": ("close", "2021-02", "--dry-run", "--as-of", "2021-04-01"),
    "file": ("file", "--dry-run", "--as-of", "2021-04-01"),
    "bulletin": ("bulletin", "2021-02", *_DAY, "--out", "made"),
    "draw": ("draw", "--month", "2021-02", "--seed", "1", *_DAY),
    "survey": (
        *("survey", "import", "answers.csv", "--school", "jia", "--audience", "parents", "--title", "问卷"),
        *("--date", "2021-03-01"),
    ),
    "photos report": ("photos", "report", *_DAY, "--out", "report.html"),
    "photos budget": ("photos", "budget"),
    "plan import": ("plan", "import", "plan.xlsx", "--school", "jia", "--year", "2021", "--dry-run"),
    "plan export": ("plan", "export", "--all", "--out", "made", *_DAY),
    "build": ("build", *_DAY, "--site-dir", "site"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write an archive with a part of every hostile text, and tables and answers to import."""
    root = tmp_path_factory.mktemp("hostile")
    files = {**base(), **records(_SHARE)}
    files["records/bureau/2021/programme.yml"] = PROGRAMME + _ASSESSMENT
    files["answers.csv"] = "您满意吗,您的电话\n" + "满意,13800138000\n" * 10_000
    rows = [("二", f"2月{n % 28 + 1}日", f"观摩{n}", "园长") for n in range(4_000)]
    files["plan.xlsx"] = excel(rows, title="甲园2021年结对帮扶工作计划表")
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return root


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="only POSIX tells what a process has used")
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_over_every_hostile_text(command: str, hostile: Path) -> None:
    log = hostile / "log"
    with log.open("wb") as out:
        begun = partial(subprocess.Popen, stdout=out, stderr=subprocess.STDOUT, cwd=hostile)
        process = begun([PAIRING, *COMMANDS[command]], preexec_fn=_limit)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    told = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    assert process.returncode in (0, 1), (process.returncode, told)
    assert "Traceback" not in told
    assert used.ru_utime + used.ru_stime < _SECONDS, told
    assert used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024) < _MEGABYTES
    assert log.stat().st_size < 2_000_000


def _limit() -> None:
    """Have the system end a process that goes far beyond the ceiling."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (2 * _SECONDS, 2 * _SECONDS))


@pytest.mark.parametrize("name", BODIES)
def test_a_text_is_checked_and_shown_in_time(name: str, make_archive: MakeArchive) -> None:
    """One text by itself: which of them it is, where a command is over its ceiling."""
    text, path = BODIES[name], "records/jia/2021/02/01-a/activity.md"
    whole = activity("2021-02-01", extra="private: [小明]\n").replace("上午观摩，下午研讨。", text)
    root = make_archive({**base(), path: whole})
    began = time.process_time()
    found = check_corpus(read_corpus(root), dt.date(2021, 3, 31), scopes=(Scope.FILE,))
    excerpts = [cut_excerpt(diagnostic) for diagnostic in found]
    render_safe_html(text[: len(text) // 16], names=("小明",))
    assert time.process_time() - began < 4
    assert max((len(line) for line, *_ in excerpts), default=0) < 200
    assert max((len(d.message) + len(d.fix) for d in found), default=0) < 600


@pytest.mark.parametrize("name", FRONTS)
def test_a_front_matter_is_read_in_time(name: str) -> None:
    began = time.process_time()
    whole = activity("2021-03-01", extra=FRONTS[name])
    _, problems = parse_activity("records/jia/2021/03/01-a/activity.md", whole.encode())
    assert time.process_time() - began < 4
    assert len(problems) < 1000


def test_months_with_too_many_tasks_are_refused_before_they_are_compared() -> None:
    """The words of two tasks are compared in the square of their length, and each with each."""
    old = [PlanRow(id=f"2021-02-{n}", month="2021-02", task=f"{n}{'观摩' * 95}") for n in range(1, 100)]
    entries = [PlanEntry(where="", month="2021-02", task=f"{'摩观' * 95}{n}") for n in range(5_000)]
    began = time.process_time()
    found = merge_plans(old, entries, measures=(), referred={})
    assert time.process_time() - began < 5
    assert found.faults == ("二月有 5000 项任务，一个月最多 99 项",)
    assert found.rows == tuple(old)


def test_the_tables_are_as_long_as_a_record_may_be() -> None:
    assert all(100_000 < len(text.encode()) < 256 * 1024 for text in TABLES.values())
