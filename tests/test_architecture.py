"""The frame of the code: who may import whom, who reads the clock, what no tracked file may name."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The twelve rooms, from the ground up: a room imports only from those before it.
ROOMS = (
    "plumbing",
    "images",
    "records",
    "archive",
    "accounts",
    "reuse",
    "rules",
    "documents",
    "actions",
    "site",
    "sample",
    "cli",
)

CLOCK_READERS = {
    "cli": "its arguments hold the day that everything else is given",
    "site/plugin": "MkDocs starts it without arguments",
}
CLOCK = {
    *(f"datetime.{name}" for name in ("now", "today", "utcnow")),
    "date.today",
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "strftime")),
}
# Ages of files on this machine, never a date of the programme.
CLOCK_ALLOWED = {("site/staging", "time.time")}

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}


def _sources() -> list[Path]:
    return sorted((ROOT / "generator").rglob("*.py"))


def _room(path: Path) -> str:
    """Return the name of the folder below `generator` that the file lies in, "" for the package itself."""
    folders = path.relative_to(ROOT / "generator").parts[:-1]
    return folders[0] if folders else ""


def _place(path: Path) -> str:
    """Return the path of a module below `generator`, without its suffix."""
    return path.relative_to(ROOT / "generator").with_suffix("").as_posix()


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


def test_every_module_lies_in_a_room() -> None:
    folders = {path.name for path in (ROOT / "generator").iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(ROOMS)
    loose = {path.name for path in (ROOT / "generator").glob("*.py")}
    assert loose == {"__init__.py"}, "a module belongs into a room"


def _map() -> list[tuple[str, str, set[str]]]:
    """Return (room, its job, the rooms it may import) of each row of the contributors' map, from the top down."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Map")[2].partition("\n## ")[0]
    rows = re.findall(r"(?m)^\| `([^`]+)/` \| (.+?) \| (.+?) \|$", text)
    return [(room, job, set(re.findall(r"\w+", imported)) - {"nothing"}) for room, job, imported in rows]


def test_the_map_for_contributors_is_the_code() -> None:
    imported: dict[str, set[str]] = {room: set() for room in ROOMS}
    for path in _sources():
        for _, name in _imports(path):
            parts = name.split(".")
            if parts[0] == "generator" and parts[1:] and parts[1] in ROOMS and parts[1] != _room(path):
                imported[_room(path)].add(parts[1])
    assert [(room, rooms) for room, _, rooms in _map()] == [
        (room, imported[room]) for room in reversed(ROOMS)
    ]


def test_the_readme_names_the_rooms() -> None:
    text = (
        (ROOT / "README.md").read_text(encoding="utf-8").partition("## The folders")[2].partition("\n## ")[0]
    )
    listed = re.findall(
        r"(?m)^  (\w+)/ +(.+)$", text.partition("\ngenerator/")[2].partition("\ntheme_overrides/")[0]
    )
    assert listed == [(room, job) for room, job, _ in _map()]


def test_imports_between_rooms_point_downwards() -> None:
    wrong = []
    for path in _sources():
        room = _room(path)
        allowed = {*ROOMS[: ROOMS.index(room) + 1]} if room else set()
        for line, name in _imports(path):
            root, *rest = name.split(".")
            if root == "generator" and rest and rest[0] not in allowed and not _is_own_attribute(rest[0]):
                wrong.append(f"{path.relative_to(ROOT).as_posix()}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def _imported_files(path: Path) -> set[Path]:
    """Return the files of `generator` that a file imports, late imports too; only what types need does not count."""
    typing_only = {
        inner
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(_tree(path)):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {file for name in names if (file := _file_of(name)) and file != path}


def _file_of(name: str) -> Path | None:
    """Return the file of a dotted name: of a module, or of the module that an attribute is of."""
    parts = name.split(".")
    for known in (parts, parts[:-1]):
        place = ROOT.joinpath(*known)
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if known[:1] == ["generator"] and file.is_file():
                return file
    return None


def test_no_file_imports_itself_in_a_circle() -> None:
    """An import that only types need (under TYPE_CHECKING) may point back: nothing of it runs."""
    imports = {path: tuple(_imported_files(path)) for path in _sources()}
    try:
        tuple(TopologicalSorter(imports).static_order())
    except CycleError as error:
        circle = [path.relative_to(ROOT).as_posix() for path in error.args[1]]
        pytest.fail("a circle of imports:\n" + "\n  imported by ".join(circle), pytrace=False)


def _is_own_attribute(name: str) -> bool:
    """Say whether `from generator import name` means something of the package's own `__init__`."""
    return not (ROOT / "generator" / name).is_dir()


def test_only_the_plugin_knows_mkdocs() -> None:
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}:{line} imports {name}"
        for path in _sources()
        for line, name in _imports(path)
        if name.split(".")[0] in {"mkdocs", "material", "markdown"}
        and not _place(path).startswith("site/plugin/")
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
        if not _place(path).startswith(tuple(f"{reader}/" for reader in CLOCK_READERS))
        and (_place(path), name) not in CLOCK_ALLOWED
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
