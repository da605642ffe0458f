"""The frame of the code: who may import whom, who reads the clock, what no tracked file may name."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A module imports only from those before it.
ORDER = (
    "forks",
    "whole_files",
    "file_lock",
    "spreadsheet",
    "progress_bar",
    "progress",
    "chinese_click",
    "git",
    "site_address",
    "days",
    "markup",
    "diagnostics",
    "policy",
    "jpeg_scans",
    "soundness",
    "heif",
    "photo_memory",
    "records",
    "schemas",
    "closings",
    "revisions",
    "corpus",
    "arguments",
    "privacy",
    "sealed_files",
    "draws",
    "surveys",
    "inspections",
    "filing",
    "ledger",
    "mentoring",
    "assessment",
    "tables",
    "wording",
    "rules",
    "renditions",
    "evidence",
    "bulletin",
    "calendars",
    "site_folder",
    "pages",
    "frames",
    "reporters",
    "status_report",
    "submission",
    "moved_records",
    "gate",
    "placement",
    "relocation",
    "receipt",
    "receipt_report",
    "verdict",
    "photos",
    "settling",
    "visits",
    "notify",
    "plugin",
    "cli",
)
# Not in the order: only the command starts them, and they know the record format alone.
APART = {"sample": {"diagnostics", "records", "draws"}, "start": {"diagnostics", "records", "tables"}}

CLOCK_READERS = {
    "cli": "its arguments hold the day that everything else is given",
    "plugin": "MkDocs starts it without arguments",
}
CLOCK = {
    *(f"datetime.{name}" for name in ("now", "today", "utcnow")),
    "date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
}
# Ages of files on this machine, never a date of the programme.
CLOCK_ALLOWED = {("site_folder", "time.time")}

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}


def _sources() -> list[Path]:
    return sorted((ROOT / "generator").rglob("*.py"))


def _module(path: Path) -> str:
    """Return the name below `generator` that the order lists: a module or a package."""
    return path.relative_to(ROOT / "generator").parts[0].removesuffix(".py")


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, absolute dotted name) of everything that the file imports, wherever in the file."""
    package = ("generator", *path.relative_to(ROOT / "generator").parts[:-1])
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module or "") if part)
            for alias in node.names:
                yield node.lineno, f"{source}.{alias.name}"


def test_every_module_has_its_place_in_the_order() -> None:
    known = {*ORDER, *APART, "__init__", "__main__"}
    unplaced = {_module(path) for path in _sources()} - known
    assert not unplaced, f"say in ORDER what {sorted(unplaced)} may import"


def test_the_map_for_contributors_is_this_order() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| (`[^|]*`) \|", text.partition("## Map")[2].partition("\n## ")[0])
    named = [name.rstrip("/") for row in rows for name in re.findall(r"`([^`]+)`", row)]
    assert named == [*ORDER, *APART]


def test_imports_point_one_way() -> None:
    wrong = []
    for path in _sources():
        module = _module(path)
        if module in APART:
            allowed = APART[module] | {module}
        elif module in ORDER:
            allowed = {*ORDER[: ORDER.index(module) + 1]}
            if module == "cli":
                allowed |= set(APART)
        elif module == "__main__":
            allowed = {"cli"}
        else:
            allowed = set()
        for line, name in _imports(path):
            root, *rest = name.split(".")
            if root == "generator" and rest and rest[0] not in allowed and not _is_own_attribute(rest[0]):
                wrong.append(f"{path.relative_to(ROOT).as_posix()}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def _is_own_attribute(name: str) -> bool:
    """Say whether `from generator import name` means something of the package's own `__init__`."""
    package = ROOT / "generator"
    return not (package / f"{name}.py").exists() and not (package / name).is_dir()


def test_only_the_plugin_knows_mkdocs() -> None:
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}:{line} imports {name}"
        for path in _sources()
        for line, name in _imports(path)
        if name.split(".")[0] in {"mkdocs", "material", "markdown"} and _module(path) != "plugin"
    ]
    assert not wrong, "\n".join(wrong)


def _clock_reads(path: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of calls that tell the day or the time, under whatever name they were imported."""
    imported: dict[str, str] = {}
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module in {"time", "datetime"}:
            for alias in node.names:
                # datetime.datetime and datetime.date are known by their last name, time.time by both.
                full = alias.name if node.module == "datetime" else f"time.{alias.name}"
                imported[alias.asname or alias.name] = full
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in {"time", "datetime"}:
                    imported[alias.asname or alias.name] = alias.name
    for node in ast.walk(_tree(path)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        first, _, rest = name.partition(".")
        name = ".".join(part for part in (imported.get(first, first), rest) if part)
        name = name.removeprefix("datetime.") if name.count(".") > 1 else name
        if name in CLOCK:
            yield node.lineno, name


def test_only_the_command_and_the_plugin_read_the_clock() -> None:
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}:{line} calls {name}: take the day as an argument"
        for path in _sources()
        for line, name in _clock_reads(path)
        if _module(path) not in CLOCK_READERS and (_module(path), name) not in CLOCK_ALLOWED
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.date.today()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from datetime import date as day\nday.today()",
        "from datetime import datetime\ndatetime.utcnow()",
        "import time\ntime.time()",
        "from time import localtime\nlocaltime()",
    ],
)
def test_the_clock_is_seen_under_any_name(source: str, tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    assert [line for line, _ in _clock_reads(path)] == [2]


def test_no_module_is_named_after_nothing() -> None:
    named = {path.stem.lower() for folder in ("generator", "tests") for path in (ROOT / folder).rglob("*.py")}
    assert not named & BANNED_NAMES


# Parts joined here, so that this file does not name what it forbids.
_MACHINE = [
    r"(?<![\w.:/-])/(?:root|home|Users|work)/\w",
    r"\b[Cc]:\\+Users\b",
    *(
        re.escape(".".join(host))
        for host in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs", "org"),
            ("deb", "debian", "org"),
        )
    ),
]


def test_no_tracked_file_names_this_machine_or_a_package_host() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    pattern = re.compile("|".join(_MACHINE))
    wrong = []
    for name in listed.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file() or path.is_symlink() or path.name.endswith(".min.js"):
            continue
        data = path.read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if found := pattern.search(line):
                wrong.append(f"{name}:{number}: {found[0]}")
    assert not wrong, "\n".join(wrong)


def test_both_locks_agree() -> None:
    def pins(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return dict(re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, re.MULTILINE))

    site, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: dev[name] for name in site.keys() & dev.keys()} == {
        name: site[name] for name in site.keys() & dev.keys()
    }
