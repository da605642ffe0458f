"""What is fuzzed: each target takes any bytes, and has to answer with diagnostics, soon, that can be reported.

A further reader is a function here or in `received.py`, decorated with its name and its seeds.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.cli.report_problems import (
    render_annotations,
    render_json,
    render_markdown,
    render_text,
    replace_controls,
)
from generator.records import MODELS, parse_activity, parse_note, parse_yaml
from generator.records.diagnostics import Diagnostic
from tests.hostile_requests.runner_commands import find_commands
from tests.small_archive import PROGRAMME, activity, school

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = Path(__file__).resolve().parent / "corpus"
MOST_SECONDS = 4.0
"""Of processor time for one input, which may have 256 KiB; a second is usual for the worst."""

Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}
SEEDS: dict[str, tuple[bytes, ...]] = {}


def load_targets() -> dict[str, Target]:
    """Return all targets by name, those of other modules included."""
    importlib.import_module("tests.fuzz.received")  # late: it adds its own here
    return TARGETS


def target(name: str, *seeds: str | bytes) -> Callable[[Target], Target]:
    """Return a decorator that adds a target: its name, and inputs that it reads without complaint."""

    def add(function: Target) -> Target:
        TARGETS[name] = function
        SEEDS[name] = tuple(seed.encode() if isinstance(seed, str) else seed for seed in seeds)
        return function

    return add


def run(name: str, data: bytes) -> None:
    """Give a target an input; an exception is a find."""
    began = time.process_time()
    TARGETS[name](data)
    took = time.process_time() - began
    assert took < MOST_SECONDS, f"{took:.1f} s for {len(data)} bytes"


def list_corpus(name: str) -> list[Path]:
    """Return the kept inputs of a target, each of which was a find once or shows a kind of input."""
    return sorted((CORPUS / name).glob("*"))


def list_seeds(name: str) -> list[bytes]:
    """Return a target's good inputs and its corpus."""
    return [*SEEDS[name], *(path.read_bytes() for path in list_corpus(name))]


def check_reports(found: Iterable[Diagnostic]) -> None:
    """Fail unless diagnostics are sound and can be reported in every form."""
    found = tuple(found)
    for each in found:
        assert each.rule
        assert each.message
        assert each.fix
        assert each.span.line >= 1
        assert 1 <= each.span.column < each.span.end_column
    texts = [render(found, "这一处") for render in (render_text, render_annotations, render_markdown)]
    for text in (*texts, render_json(found)):
        text.encode("utf-8")
    for text in texts:
        lines = text.split("\n")
        assert [line for line in lines if replace_controls(line) != line and "\x1b" not in line] == []
    assert {command.name for command in find_commands(texts[1])} <= {"error", "warning"}


_PLACE = "records/jia/2021/02/15-visit/activity.md"
_AGREEMENT = (
    "---\ntitle: 帮扶协议\nhelped: yi\nsigned: 2021-02-01\ngoals: [教学]\n---\n## 内容\n\n互相听课。\n"
)


@target(
    "activity",
    activity(
        "2021-02-15", photos="photos:\n  - {file: 01.jpg, caption: 观摩, people: children, consent: true}\n"
    ),
    activity("2021-02-15", extra="private: [小明]\nplace: 甲园\ngrades: [大班]\nattendance: 20\n"),
)
def read_activity(data: bytes) -> None:
    """Read a record of an activity."""
    check_reports(parse_activity(_PLACE, data)[1])


_TABLES = {
    "programme": PROGRAMME,
    "school": school("jia", "甲园", "helper"),
    "plan": "rows:\n  - {id: 2021-02-1, month: 2021-02, task: 观摩}\n",
    "accounts": "accounts:\n  - {name: a, bureau: true}\n",
}
_NOTES = {
    "agreement": _AGREEMENT,
    "inspection": "---\ntitle: 核查\ndate: 2021-02-15\nschool: jia\n---\n\n看了。\n",
    "event": "---\ntitle: 活动\ndate: 2021-02-15\nhost: jia\n---\n\n办了。\n",
    "bulletin": "---\nmonth: 2021-02\n---\n\n本月。\n",
}


def _add_tables() -> None:
    for kind in sorted(MODELS.keys() - {"activity", *_NOTES}):

        def read(data: bytes, kind: str = kind) -> None:
            check_reports(parse_yaml(kind, f"records/bureau/2021/{kind}.yml", data)[1])

        target(kind, _TABLES.get(kind, "a: b\n"))(read)


def _add_notes() -> None:
    for kind, seed in _NOTES.items():

        def read(data: bytes, kind: str = kind) -> None:
            check_reports(parse_note(kind, f"records/bureau/2021/{kind}s/2021-02-15.md", data)[1])

        target(kind, seed)(read)


_add_tables()
_add_notes()
