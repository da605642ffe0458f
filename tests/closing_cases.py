"""Writes the cases of the rules about closings: what the commands write over `tests/rules/_base`, then a change.

``python -m tests.closing_cases`` writes them anew when the base archive or the form of a closing changes; then
``UPDATE_CASES=1 pytest tests/test_rules.py``, and read every change.
"""

from __future__ import annotations

import contextlib
import io
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from generator.cli.main import main
from generator.records.closings.digests import digest_string

CASES = Path(__file__).parent / "rules"
BASE = CASES / "_base"
KEY = "leimeng/2020/03/12-area-observation"
RECORD = f"records/{KEY}/activity.md"
BUREAU = "records/bureau/2020"
MARCH = f"{BUREAU}/closings/2020-03.yml"
FILINGS = f"{BUREAU}/filings.yml"
AMENDMENT = f"{BUREAU}/amendments/2020-03-amendment-1.yml"

Step = Callable[[Path], None]


def run(*arguments: str) -> Step:
    """Return a step that runs a command, which must do its work."""

    def step(root: Path) -> None:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = main([*arguments, "--root", str(root)])
        if code:
            raise RuntimeError(f"{arguments}: {code}\n{out.getvalue()}")

    return step


def replace(path: str, old: str, new: str) -> Step:
    """Return a step that replaces a text once."""

    def step(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        if old not in text:
            raise RuntimeError(f"{path} has no {old}")
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    return step


def put(path: str, source: str) -> Step:
    """Return a step that copies a file of the base, as text or picture, to another place."""

    def step(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(BASE / source, root / path)

    return step


def remove(path: str) -> Step:
    """Return a step that removes a file or a folder."""

    def step(root: Path) -> None:
        target = root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()

    return step


def move(old: str, new: str) -> Step:
    """Return a step that renames a folder."""

    def step(root: Path) -> None:
        (root / old).rename(root / new)

    return step


def reseal(name: str, bureau: str = BUREAU) -> Step:
    """Return a step that makes the register fit an edited closing again, as anybody can who knows the form."""

    def step(root: Path) -> None:
        path = root / bureau / "filings.yml"
        digest = digest_string((root / bureau / name).read_text(encoding="utf-8"))
        text = re.sub(
            rf"(link: {name}\n    digest: )\w+", rf"\g<1>{digest}", path.read_text(encoding="utf-8")
        )
        text = text[: text.rindex("    seal: ")]
        path.write_text(f"{text}    seal: {digest_string(text)}\n", encoding="utf-8", newline="\n")

    return step


def without_cores(root: Path, bureau: str = BUREAU) -> None:
    """Make the register what older versions wrote: without cores, its seals as they were then."""
    path = root / bureau / "filings.yml"
    old = re.sub(r"(?m)^    (?:cores|hidden):\n(?:      .*\n)+", "", path.read_text(encoding="utf-8"))
    text = ""
    for line in old.splitlines(keepends=True):
        text += f"    seal: {digest_string(text)}\n" if line.startswith("    seal: ") else line
    path.write_text(text, encoding="utf-8", newline="\n")


def record(folder: str, month: str, day: str, reported: str) -> Step:
    """Return a step that adds a record of another activity, with its own words."""
    path = f"records/leimeng/2020/{month}/{day}-{folder}"
    text = (
        f"---\ntitle: {folder}活动\ndate: 2020-{month}-{day}\nmeasure: area-observation\npartners: [diyi]\n"
        "direction: visit\nstaff: {sent: 2, received: 0}\nlead: 业务园长\n"
        f"reported: {reported}\nphotos:\n  - {{file: 01.jpg, caption: 材料架, people: none}}\n---\n"
        f"## 方案\n\n{folder}的方案。\n\n## 措施\n\n{folder}的措施。\n\n"
        f"## 记录\n\n{folder}的记录。\n\n## 总结\n\n{folder}的总结。\n"
    )

    def step(root: Path) -> None:
        (root / path).mkdir(parents=True)
        (root / path / "activity.md").write_text(text, encoding="utf-8", newline="\n")
        picture = (BASE / "records" / KEY / "01.jpg").read_bytes()
        # A comment of its own makes it another file with the same picture.
        comment = f"{month}-{day}".encode()
        marked = picture[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + picture[2:]
        (root / path / "01.jpg").write_bytes(marked)

    return step


def expect_nothing(root: Path) -> None:
    """Take the measures' expectations away, so that a case shows what its rule says and nothing else."""
    path = root / BUREAU / "programme.yml"
    text = re.sub(r"(?m)^    expectations:\n(?:      .*\n)+", "", path.read_text(encoding="utf-8"))
    clauses = ("一-（一）-1", "一-（二）-1", "一-（二）-2", "一-（二）-4")
    reasons = "".join(f"  - {{clause: {clause}, reason: 本例只看一条规则}}\n" for clause in clauses)
    text = text.replace("leading_group:\n", f"human_judgement:\n{reasons}leading_group:\n")
    path.write_text(text, encoding="utf-8", newline="\n")


CLOSE = run("close", "2020-03", "--as-of", "2020-04-02")
CLOSE_APRIL = run("close", "2020-04", "--as-of", "2020-05-06")
WORDS = ("--reason", "参加人数写错", "--decided-by", "基教股股长")
AMEND = run("amend", KEY, *WORDS, "--as-of", "2020-04-10")
EDIT = replace(RECORD, "attendance: 12", "attendance: 21")

BY_HAND = """\
month: 2020-03
closed: 2020-04-01
schools:
  - {school: diyi, quota: 3, counted: 3, status: met}
  - {school: leimeng, quota: 1, counted: 1, status: met}
"""

PROGRAMME = f"{BUREAU}/programme.yml"
AMEND_MARCH = run(
    "amend", "2020-03", "--reason", "决定得晚", "--decided-by", "基教股股长", "--as-of", "2020-04-10"
)


def programme(helped: str = "[xinba, leimeng]", more: str = "") -> Step:
    """Return a step that changes who is helped by diyi, and writes more into the programme."""

    def step(root: Path) -> None:
        replace(PROGRAMME, "helped: [xinba, leimeng]", f"helped: {helped}")(root)
        replace(PROGRAMME, "deadline_day: 30\n", f"deadline_day: 30\n{more}")(root)

    return step


DRAW = run(
    "draw",
    "--month",
    "2020-03",
    "--count",
    "2",
    "--records",
    "0",
    "--seed",
    "04 11 17 22 28 31",
    "--source",
    "双色球第2020020期开奖号码",
    "--announced",
    "2020-03-16",
    "--as-of",
    "2020-04-05",
    "--out",
)
EXCUSE = """\
excused:
  - {school: leimeng, months: [2020-03], reason: 封控停园, decided_by: 基教股股长, decided: 2020-04-09}
"""
CANCEL = """\
cancelled:
  2020-03: {reason: 疫情防控, decided_by: 县教育局, decided: 2020-04-09}
"""
DELAY = """\
deadlines:
  2020-03: {date: 2020-04-03, reason: 停电}
"""
LATER = """\
deadlines:
  2020-10: {date: 2020-11-02, reason: 国庆放假}
cancelled:
  2020-05: {reason: 疫情防控, decided_by: 县教育局, decided: 2020-04-09}
excused:
  - {school: xinba, months: [2020-06], reason: 封控停园, decided_by: 基教股股长, decided: 2020-04-09}
"""

STEPS: dict[str, tuple[Step, ...]] = {
    "bureau-records/good-closing": (CLOSE,),
    "month-quota/good-closed": (CLOSE,),
    "closing-changed/good-closed": (CLOSE,),
    "closing-changed/good-late-arrival": (CLOSE, record("late", "03", "20", "2020-04-08")),
    "closing-changed/good-withdrawn": (
        CLOSE,
        run("photos", "withdraw", f"records/{KEY}/01.jpg", "--reason", "监护人要求", "--as-of", "2020-04-08"),
    ),
    "closing-changed/good-not-public": (CLOSE, replace(RECORD, "lead:", "public: false\nlead:")),
    "closing-changed/good-photo-not-public": (
        CLOSE,
        replace(RECORD, "people: none}", "people: none, public: false}"),
    ),
    "closing-changed/good-caption": (
        CLOSE,
        replace(RECORD, "caption: 大班建构区的材料架", 'caption: "材料架，拍得清楚些"'),
    ),
    "closing-changed/good-older-version": (
        CLOSE,
        without_cores,
        replace(RECORD, "people: none}", "people: none, public: false}"),
    ),
    "closing-changed/bad-caption-older-version": (
        CLOSE,
        without_cores,
        replace(RECORD, "caption: 大班建构区的材料架", "caption: 架子"),
    ),
    "closing-changed/bad-more-than-a-caption": (
        CLOSE,
        replace(RECORD, "caption: 大班建构区的材料架, people: none", "caption: 架子, people: adults"),
    ),
    "closing-changed/good-amended": (CLOSE, EDIT, AMEND),
    "closing-changed/bad-text": (CLOSE, EDIT),
    "closing-changed/bad-photo": (CLOSE, put(f"records/{KEY}/01.jpg", "records/bureau/2020/programme.yml")),
    "closing-changed/bad-photo-gone": (CLOSE, remove(f"records/{KEY}/01.jpg")),
    "closing-changed/bad-gone": (CLOSE, remove(f"records/{KEY}")),
    "closing-changed/bad-renamed": (CLOSE, move(f"records/{KEY}", f"records/{KEY}-2")),
    "closing-changed/bad-false-tombstone": (
        CLOSE,
        remove(f"records/{KEY}/01.jpg"),
        replace(
            RECORD,
            "people: none}",
            f"people: none, withdrawn: {{date: 2020-04-03, reason: 监护人要求, digest: {'0' * 64}}}}}",
        ),
    ),
    "closing-changed/bad-after-amendment": (
        CLOSE,
        EDIT,
        AMEND,
        replace(RECORD, "attendance: 21", "attendance: 22"),
    ),
    "closing-chain/good-two-months": (CLOSE, CLOSE_APRIL),
    "closing-chain/bad-edited": (CLOSE, replace(MARCH, "status: met", "status: short")),
    "closing-chain/bad-figures": (
        CLOSE,
        replace(MARCH, "counted: 1\n    status: met", "counted: 2\n    status: short"),
        reseal("closings/2020-03.yml"),
    ),
    "closing-chain/bad-edited-before": (
        CLOSE,
        CLOSE_APRIL,
        replace(MARCH, "closed: 2020-04-02", "closed: 2020-04-03"),
    ),
    "closing-chain/bad-last-removed": (CLOSE, CLOSE_APRIL, remove(f"{BUREAU}/closings/2020-04.yml")),
    "closing-chain/bad-removed-everywhere": (CLOSE, CLOSE_APRIL, remove(MARCH), remove(FILINGS)),
    "closing-chain/bad-amendment": (CLOSE, EDIT, AMEND, replace(AMENDMENT, "写错", "变更")),
    "closing-chain/bad-amendment-removed": (CLOSE, EDIT, AMEND, remove(AMENDMENT)),
    "closing-chain/bad-programme": (
        CLOSE,
        replace(f"{BUREAU}/programme.yml", "helper: 3, helped: 1", "helper: 2, helped: 1"),
    ),
    "closing-chain/good-later-months": (
        CLOSE,
        programme("[xinba, {school: leimeng, until: 2020-03}, {school: heiquan, from: 2020-04}]", LATER),
        CLOSE_APRIL,
    ),
    "closing-chain/good-excused-before": (programme(more=EXCUSE), CLOSE),
    "closing-chain/bad-excused-after": (CLOSE, programme(more=EXCUSE)),
    "closing-chain/good-excused-after-and-amended": (CLOSE, programme(more=EXCUSE), AMEND_MARCH),
    "closing-chain/bad-excuse-taken-back": (
        programme(more=EXCUSE),
        CLOSE,
        replace(PROGRAMME, EXCUSE, ""),
    ),
    "closing-chain/good-excuse-taken-back-and-amended": (
        programme(more=EXCUSE),
        CLOSE,
        replace(PROGRAMME, EXCUSE, ""),
        AMEND_MARCH,
    ),
    "closing-chain/bad-cancelled-after": (CLOSE, programme(more=CANCEL)),
    "closing-chain/good-cancelled-after-and-amended": (CLOSE, programme(more=CANCEL), AMEND_MARCH),
    "closing-chain/bad-deadline-moved-after": (CLOSE, programme(more=DELAY)),
    "closing-chain/good-deadline-moved-after-and-amended": (
        record("late", "03", "20", "2020-04-01"),
        record("later", "03", "21", "2020-04-08"),
        CLOSE,
        programme(more=DELAY),
        AMEND_MARCH,
    ),
    "closing-chain/bad-left-before": (CLOSE, programme("[xinba, {school: leimeng, until: 2020-03-15}]")),
    "closing-chain/good-left-before-and-amended": (
        CLOSE,
        programme("[xinba, {school: leimeng, until: 2020-03-15}]"),
        AMEND_MARCH,
    ),
    "closing-chain/good-joined-before-and-amended": (
        programme("[xinba, {school: leimeng, from: 2020-04}]"),
        CLOSE,
        replace(PROGRAMME, "{school: leimeng, from: 2020-04}", "{school: leimeng, from: 2020-03-01}"),
        AMEND_MARCH,
    ),
    "closing-chain/bad-by-hand": (lambda root: _write(root / MARCH, BY_HAND),),
    "draw-repeatable/good-left-before": (programme("[{school: xinba, until: 2020-03-31}, leimeng]"), DRAW),
    "draw-repeatable/good-left-after": (DRAW, programme("[{school: xinba, until: 2020-04-30}, leimeng]")),
    "draw-repeatable/good-joined-after-for-an-earlier-time": (
        programme("[xinba]"),
        remove("records/leimeng/2020"),
        remove("records/diyi/2020"),
        DRAW,
        replace(PROGRAMME, "helped: [xinba]", "helped: [xinba, {school: leimeng, from: 2020-03-20}]"),
    ),
    "filing-register/good-filed-later": (
        CLOSE,
        record("late", "03", "20", "2020-04-08"),
        run("file", "--as-of", "2020-04-09"),
    ),
    "filing-register/bad-edited": (CLOSE, replace(FILINGS, "leimeng-01: leimeng", "leimeng-02: leimeng")),
    "filing-register/bad-date": (CLOSE, replace(FILINGS, "filed: 2020-04-02", "filed: 2020-04-01")),
    "filing-register/bad-added-behind": (CLOSE, lambda root: _append(root / FILINGS, "# 补充\n")),
    "filing-register/bad-gone": (
        CLOSE,
        record("late", "03", "20", "2020-04-08"),
        run("file", "--as-of", "2020-04-09"),
        remove("records/leimeng/2020/03/20-late"),
    ),
    "filing-register/bad-none": (CLOSE, remove(FILINGS)),
}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def write_case(name: str, steps: tuple[Step, ...]) -> None:
    """Lay the base out, take the steps, and keep what differs as the case."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "archive"
        shutil.copytree(BASE, root)
        (root / "records/schema").mkdir()
        for step in (expect_nothing, *steps):
            step(root)
        (root / "as-of.txt").write_text("2020-05-08\n" if CLOSE_APRIL in steps else "2020-04-12\n")
        case = CASES / name
        shutil.rmtree(case, ignore_errors=True)
        there = {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
        base = {p.relative_to(BASE).as_posix(): p for p in BASE.rglob("*") if p.is_file()}
        for path, file in there.items():
            if path.startswith(".cache/") or (path in base and base[path].read_bytes() == file.read_bytes()):
                continue
            (case / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, case / path)
        gone = sorted(base.keys() - there.keys())
        if gone:
            text = "remove:\n" + "".join(f"  - {path}\n" for path in gone)
            (case / "files.yml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for case_name, case_steps in STEPS.items():
        write_case(case_name, case_steps)
