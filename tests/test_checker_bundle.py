"""What is published for the check in a browser: nothing private, the same bytes every time, versions that fit."""

from __future__ import annotations

import ast
import datetime as dt
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nh3
import pytest

from generator.archive import read_corpus
from generator.cli.check_drafts import DraftChecker, list_touched
from generator.documents.markup import parse_own_text, parse_text, parsed_text
from generator.site.checker import nh3_stand_in, publish
from generator.site.checker.code_bundle import ENTRY, bundle_code
from generator.site.checker.public_archive import UNDECIDED, write_public_archive
from generator.site.pages.site import compute_site
from tests.browser.checker_cases import lay, read_drafts
from tests.conftest import ROOT, MakeArchive
from tests.hostile_texts import BODIES
from tests.test_markup import MARKED
from tests.test_rules import BASE

VENDOR = ROOT / "theme_overrides" / publish.RUNTIME
_NEVER_IN_A_BROWSER = {"fcntl", "msvcrt", "multiprocessing", "sqlite3", "subprocess", "tkinter"}


def published(root: Path, folder: Path) -> dict[str, bytes]:
    """Return all that is published for the check of an archive's drafts, by path: packed files by what they hold."""
    publish.write_checker(compute_site(read_corpus(root), today=dt.date(2020, 12, 31)), folder)
    found = {}
    for path in sorted((folder / publish.FOLDER).iterdir()):
        if path.suffix == ".json":
            found[path.name] = path.read_bytes()
            continue
        with tarfile.open(path) as packed:
            for entry in packed:
                file = packed.extractfile(entry)
                assert file is not None
                found[f"{path.name.partition('-')[0]}/{entry.name}"] = file.read()
    return found


def test_the_public_archive_holds_nothing_private(make_archive: MakeArchive, tmp_path: Path) -> None:
    files = {
        path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()
    }
    record = "records/leimeng/2020/03/12-area-observation/activity.md"
    plan = "records/leimeng/2020/plan.yml"
    root = make_archive(
        {
            **files,
            record: files[record].replace(
                b"---\ntitle: ", "---\nprivate: [保密甲]\ntitle: 题目乙".encode(), 1
            ),
            plan: "# 注释丙\n".encode()
            + files[plan].replace(b"task: ", "task: 电话 13800138000 ".encode(), 1),
            "records/leimeng/school.yml": files["records/leimeng/school.yml"] + "# 联系人丁\n".encode(),
        }
    )
    assert "题目乙" in read_corpus(root).activities[0].data.title
    found = published(root, tmp_path / "site")
    archive = {path: data for path, data in found.items() if path.startswith("archive/")}
    assert sorted(archive) == [
        "archive/content/plan/2020.md",
        "archive/records/bureau/2020/programme.yml",
        "archive/records/diyi/2020/roster.yml",
        "archive/records/diyi/school.yml",
        "archive/records/guangcai/2020/roster.yml",
        "archive/records/guangcai/school.yml",
        "archive/records/heiquan/school.yml",
        "archive/records/leimeng/2020/plan.yml",
        "archive/records/leimeng/school.yml",
        "archive/records/xinba/school.yml",
    ]
    everything = b"\n".join(found.values())
    for private in ("保密甲", "题目乙", "注释丙", "联系人丁", "13800138000", str(ROOT)):
        assert private.encode() not in everything
    assert "电话 ███████████ " in archive["archive/records/leimeng/2020/plan.yml"].decode()


def test_a_draft_is_judged_beside_the_public_archive_as_in_the_whole(tmp_path: Path) -> None:
    public = write_public_archive(read_corpus(BASE))
    whole = {
        path.relative_to(BASE).as_posix(): path.read_bytes() for path in BASE.rglob("*") if path.is_file()
    }
    cases, _ = read_drafts(public)
    checkers = []
    for name, tree in (("public", public), ("whole", whole)):
        lay(tree, tmp_path / name)
        checkers.append((DraftChecker(str(tmp_path / name)), tree))
    seen = 0
    for case in cases:
        if "/bad-" not in case.name or len(case.touched) > 1 or "activity.md" not in "".join(case.files):
            continue
        answers = []
        for checker, tree in checkers:
            shutil.rmtree(checker.root / case.touched[0], ignore_errors=True)
            lay(case.files, checker.root)
            found = json.loads(checker.check(list(case.files), as_of=case.as_of))
            answers.append([each for each in found if each["rule"] not in UNDECIDED])
            shutil.rmtree(checker.root / case.touched[0])
            lay({p: data for p, data in tree.items() if p.startswith(f"{case.touched[0]}/")}, checker.root)
        assert answers[0] == answers[1], case.name
        seen += bool(answers[0])
    assert seen > 100


def test_a_record_of_a_closed_month_is_late(closed_root: Path, tmp_path: Path) -> None:
    public = write_public_archive(read_corpus(closed_root))
    closing = next(path for path in public if "/closings/" in path)
    record = next(
        path for path in sorted(closed_root.rglob("activity.md")) if f"/{closing[-6:-4]}/" in path.as_posix()
    )
    draft = record.relative_to(closed_root).as_posix().replace("/activity.md", "-2/activity.md")
    lay({**public, draft: record.read_bytes()}, tmp_path / "archive")
    found = json.loads(DraftChecker(str(tmp_path / "archive")).check([draft], as_of="2021-12-31"))
    late = [each["message"] for each in found if each["rule"] == "late-report"]
    assert len(late) == 1
    assert re.fullmatch(r".+已在 2021-\d\d-\d\d 结账，没有计入这份材料，按逾期存档", late[0])


def test_the_code_is_the_same_bytes_every_time() -> None:
    program = (
        "import hashlib; from generator.site.checker import publish, code_bundle;"
        "print(hashlib.sha256(publish.pack_tar(code_bundle.bundle_code())).hexdigest())"
    )
    environment = {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai"}
    line = [sys.executable, "-c", program]
    other = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True, env=environment).stdout
    assert other == hashlib.sha256(publish.pack_tar(bundle_code())).hexdigest() + "\n"


def test_the_code_needs_no_more_than_it_brings() -> None:
    code = bundle_code()
    assert ENTRY in code
    assert not [
        path
        for path in code
        if path.startswith(("generator/sample/", "generator/actions/", "generator/site/plugin"))
    ]
    with zipfile.ZipFile(VENDOR / "python_stdlib.zip") as library:
        there = {
            name.removesuffix(".pyc").replace("/", ".").removesuffix(".__init__")
            for name in library.namelist()
        }
    own = [path for path in code if path.startswith("generator/") or path == "nh3.py"]
    asked = {name for path in own for name in _list_imported_modules(code[path])}
    asked &= {*sys.stdlib_module_names}
    missing = asked - there - {*sys.builtin_module_names} - _NEVER_IN_A_BROWSER
    assert missing <= {"array", "binascii", "math", "unicodedata", "zlib"}, (
        "built into Pyodide's program, or missing from its library"
    )


def _list_imported_modules(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_vendored_versions_fit_the_lock() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    (locked,) = re.findall(r"(?m)^pydantic-core==(\S+)", lock)
    assert publish.CORE.split("-")[:3] == ["pydantic_core", locked, "cp314"]
    assert sorted(path.name for path in VENDOR.iterdir()) == sorted(
        [
            "LICENSE",
            "LICENSE-python",
            "python_stdlib.zip",
            "pyodide.asm.min.js",
            "pyodide.asm.wasm.gz",
            "pyodide.min.js",
            publish.CORE,
        ]
    )
    assert f'"{publish.VERSION}"' in (VENDOR / "pyodide.min.js").read_text("utf-8")
    with gzip.open(VENDOR / "pyodide.asm.wasm.gz") as program:
        assert program.read(8) == b"\0asm\1\0\0\0"
    with zipfile.ZipFile(VENDOR / publish.CORE) as wheel:
        licences = [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]
    assert licences


def test_the_manifest_is_true(tmp_path: Path) -> None:
    publish.write_checker(compute_site(read_corpus(BASE), today=dt.date(2020, 12, 31)), tmp_path)
    manifest = json.loads((tmp_path / "write/checker/manifest.json").read_text("utf-8"))
    for piece in manifest["files"].values():
        path = tmp_path / piece["path"]
        data = (path if path.exists() else ROOT / "theme_overrides" / piece["path"]).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (piece["bytes"], piece["sha256"])
    assert sum(piece["bytes"] for piece in manifest["files"].values()) < 8_000_000
    for path in manifest["scripts"]:
        assert (ROOT / "theme_overrides" / path).is_file()


@pytest.mark.parametrize(
    "text",
    [*(typed for typed, _ in MARKED), "a<b>&amp;\"'\xa0|x|\n|-|\n|[a](javascript:b)|", "3. a\n5. b\n\n> c"],
)
def test_the_stand_in_writes_as_nh3_does(text: str) -> None:
    for cleaner, parse in (
        (parsed_text._RECORDS, lambda t: parse_text(t, str)),
        (parsed_text._OWN, parse_own_text),
    ):
        parsed = parse(text)
        rendered = parsed.parser.renderer.render(list(parsed.tokens), parsed.parser.options, {})
        assert _stand_in(cleaner).clean(rendered) == cleaner.clean(rendered)


@pytest.mark.parametrize("name", ["brackets", "list items", "lists in lists", "quoted lines", "dashes apart"])
def test_the_stand_in_bears_hostile_texts(name: str) -> None:
    parsed = parse_text(BODIES[name][:20_000], str)
    rendered = parsed.parser.renderer.render(list(parsed.tokens), parsed.parser.options, {})
    assert _stand_in(parsed_text._RECORDS).clean(rendered) == parsed_text._RECORDS.clean(rendered)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>a",
        "<p onclick=b>c</p>",
        '<a href="javascript:d">e</a>',
        "<img src=x onerror=y>f",
        "<a href=/g>h</a>",
    ],
)
def test_the_stand_in_keeps_only_what_is_listed(html: str) -> None:
    made = _stand_in(parsed_text._RECORDS).clean(html)
    assert not re.search(r"script|onclick|onerror|<img|href", made)


def _stand_in(cleaner: nh3.Cleaner) -> nh3_stand_in.Cleaner:
    """Return the stand-in's cleaner with the same lists."""
    of_records = cleaner is parsed_text._RECORDS
    return nh3_stand_in.Cleaner(
        tags=set(parsed_text._TAGS),
        attributes=parsed_text._ATTRIBUTES,
        url_schemes={"http", "https"},
        url_relative="deny" if of_records else "pass",
        link_rel="noopener nofollow" if of_records else None,
    )


def test_photos_concern_their_record() -> None:
    folder = "records/leimeng/2020/03/12-area-observation"
    paths = [f"{folder}/01.jpg", f"{folder}/activity.md", "records/leimeng/2020/plan.yml"]
    assert list_touched(paths) == (folder, "records/leimeng/2020/plan.yml")


def test_packing_keeps_every_byte() -> None:
    files = {"a/b.txt": b"\0\xff", "c": b"", "d" * 90 + "/" + "e" * 90: b"f" * 1000}
    with tarfile.open(fileobj=io.BytesIO(publish.pack_tar(files))) as packed:
        assert {entry.name: packed.extractfile(entry).read() for entry in packed} == files  # type: ignore[union-attr]
