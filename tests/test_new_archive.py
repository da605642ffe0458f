"""`pairing new-archive` and `pairing upgrade`: a county's own archive, begun and brought to a newer program."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from generator import __version__
from generator.actions.new_archive import format_changes, given_files, manifest
from generator.cli.main import main
from generator.records.schemas import list_schema_files
from tests.conftest import ROOT
from tests.county_plans import QINGSHAN
from tests.phone_photos import files_of as snapshot


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Begin in a folder that holds a county's two Word files and nothing else."""
    (tmp_path / "方案.docx").write_bytes(QINGSHAN.plan)
    (tmp_path / "附件2.docx").write_bytes(QINGSHAN.pairings)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _make(*arguments: str) -> Path:
    assert main(["new-archive", "county", *arguments]) == 0
    return Path("county")


def test_an_empty_archive_holds_the_program_s_files_and_nothing_of_a_county() -> None:
    files = snapshot(_make())
    guides = {path.relative_to(ROOT).as_posix() for path in (ROOT / "content/guides").rglob("*.md")}
    workflows = {path.relative_to(ROOT).as_posix() for path in (ROOT / ".github/workflows").iterdir()}
    forms = {path.relative_to(ROOT).as_posix() for path in (ROOT / ".github/ISSUE_TEMPLATE").iterdir()}
    assert files.keys() == {
        *(".gitattributes", ".gitignore", ".pairing.yml", "README.md", "mkdocs.yml", "program.txt"),
        *("requirements.txt", "content/home.md", "content/data.md", ".github/actions/setup/action.yml"),
        *(".github/CODEOWNERS", ".github/PULL_REQUEST_TEMPLATE.md"),
        *guides,
        *workflows,
        *forms,
        *(f"records/schema/{name}" for name in list_schema_files()),
    }
    for name in (*guides, *workflows, "requirements.txt"):
        assert files[name] == (ROOT / name).read_bytes()
    mine = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert files["mkdocs.yml"].decode() == mine.replace("  custom_dir: theme_overrides\n", "")


def test_an_empty_archive_is_checked_and_takes_a_plan_later(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What then lies in it is what `new-archive --plan` gives at once."""
    root = _make()
    assert main(["check", "--root", str(root)]) == 0
    assert main(["build", "--root", str(root)]) == 1
    assert (
        capsys.readouterr().err
        == "没有生成网站：档案里还没有方案；先放进方案：pairing start --plan 实施方案.docx\n"
    )
    assert main(["start", "--root", str(root), "--plan", "方案.docx", "--pairings", "附件2.docx"]) == 0
    later = {name: data for name, data in snapshot(root).items() if not name.startswith(("site/", ".cache/"))}
    assert main(["new-archive", "once", "--plan", "方案.docx", "--pairings", "附件2.docx"]) == 0
    assert later == snapshot(Path("once"))
    assert f"records/bureau/{QINGSHAN.year}/programme.yml" in later
    assert "content/plan/2020.md" not in later


def test_a_table_of_pairings_alone_takes_the_model_s_clauses_and_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    root = _make("--pairings", "附件2.docx", "--county", "青山县", "--year", "2021")
    assert (root / "content/plan/2020.md").read_bytes() == (ROOT / "content/plan/2020.md").read_bytes()
    said = capsys.readouterr().out
    assert "注意：方案原文还是高台县的：把本县方案全文存为 content/plan/2021.md" in said
    programme = yaml.safe_load((root / "records/bureau/2021/programme.yml").read_text("utf-8"))
    assert (programme["county"], programme["plan_text"], programme["leading_group"]) == (
        "青山县",
        "2020.md",
        [],
    )


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("full",), 2, "用法不对：full 里已经有东西；换一个新的文件夹\n"),
        (
            ("new", "--county", "青山县"),
            2,
            "用法不对：--county、--year、--id、--clause 和 --pairings、--plan 一起用\n",
        ),
        (
            ("new", "--program", "wheels/a.whl"),
            2,
            "用法不对：--program wheels/a.whl：写网址，以 https:// 开头\n",
        ),
        (("new", "--plan", "没有.docx"), 1, "没有建成：\n  没有.docx：找不到这个文件\n"),
        (("new", "--plan", "full/a.docx"), 1, "没有建成：\n  a.docx："),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_left(
    arguments: tuple[str, ...], code: int, words: str, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty / "full").mkdir()
    (empty / "full" / "a.docx").write_bytes(b"no zip")
    before = snapshot(empty)
    assert main(["new-archive", *arguments]) == code
    assert capsys.readouterr().err.startswith(words)
    assert snapshot(empty) == before
    assert sorted(path.name for path in empty.iterdir()) == ["full", "方案.docx", "附件2.docx"]


def test_a_run_that_is_ended_leaves_nothing(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def end(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("generator.actions.start_archive.start_archive", end)
    assert main(["new-archive", "county", "--plan", "方案.docx", "--pairings", "附件2.docx"]) == 130
    assert sorted(path.name for path in empty.iterdir()) == ["方案.docx", "附件2.docx"]


def test_the_pin_names_this_version_and_where_it_lies() -> None:
    head = "# The program of this archive; `pairing upgrade` names a newer one here.\n"
    assert given_files.write_pin() == f"{head}pairing-archive=={__version__}\n"
    address = f"https://example.org/pairing_archive-{__version__}-py3-none-any.whl"
    root = _make("--program", address)
    assert (root / "program.txt").read_text("utf-8") == f"{head}pairing-archive @ {address}\n"


def _age(root: Path, *names: str, gone: str = "") -> None:
    """Make an archive one that an older program made: these files were others, and ``gone`` was given."""
    noted = yaml.safe_load((root / manifest.NAME).read_text("utf-8"))
    noted["version"] = "0.0.9"
    for name in (*names, *([gone] if gone else [])):
        (root / name).write_bytes(b"older\n")
        noted["files"][name] = hashlib.sha256(b"older\n").hexdigest()
    (root / manifest.NAME).write_text(yaml.safe_dump(noted), encoding="utf-8")


def test_an_upgrade_replaces_what_the_county_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Its own changes, its configuration and its records stay; what it deleted stays deleted."""
    root = _make()
    fresh = snapshot(root)
    _age(
        root,
        "content/guides/faq.md",
        "content/guides/photos.md",
        "mkdocs.yml",
        "README.md",
        gone="content/guides/old.md",
    )
    noted = yaml.safe_load((root / manifest.NAME).read_text("utf-8"))
    del noted["files"][".github/workflows/messages.yml"]  # a newer program's
    (root / manifest.NAME).write_text(yaml.safe_dump(noted), encoding="utf-8")
    (root / ".github/workflows/messages.yml").unlink()
    (root / "content/guides/photos.md").write_bytes(b"our own\n")
    (root / "content/guides/keys.md").unlink()
    (root / "records/guangming").mkdir()
    (root / "records/guangming/school.yml").write_bytes(b"id: guangming\n")
    before = snapshot(root)
    capsys.readouterr()

    assert main(["upgrade", "--root", str(root), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "将放进 .github/workflows/messages.yml",
        "将换掉 content/guides/faq.md",
        "将删去 content/guides/old.md",
        "没有动 content/guides/photos.md：本县改过，程序也改了；照新版的自己改",
        f"将从 0.0.9 版换到 {__version__} 版。看一看 git diff，再运行 pairing check。",
    ]
    assert snapshot(root) == before

    assert main(["upgrade", "--root", str(root)]) == 0
    after = {name: data for name, data in snapshot(root).items() if not name.startswith(".cache/")}
    own = {
        **dict.fromkeys(("mkdocs.yml", "README.md"), b"older\n"),
        "content/guides/photos.md": b"our own\n",
        "records/guangming/school.yml": b"id: guangming\n",
    }
    assert after == {**{k: v for k, v in fresh.items() if k != "content/guides/keys.md"}, **own}
    capsys.readouterr()
    assert main(["upgrade", "--root", str(root)]) == 0
    assert capsys.readouterr().out == f"已经是 {__version__} 版给的文件，没有要换的。\n"


def test_changes_of_the_format_are_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_changes, "CHANGES", (("0.0.9", "甲"), ("0.2.0", "乙"), ("0.10.0", "丙")))
    assert list(format_changes.list_changes(since="0.1.0")) == ["0.2.0 版：乙", "0.10.0 版：丙"]
    assert list(format_changes.list_changes(since="0.10.0")) == []


@pytest.mark.parametrize("note", [None, b"\xff", b"version: 1\n", b"[]\n", b"a: [\n"])
def test_an_archive_without_its_note_is_left_alone(
    note: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _make()
    (root / manifest.NAME).unlink()
    if note is not None:
        (root / manifest.NAME).write_bytes(note)
    before = snapshot(root)
    assert main(["upgrade", "--root", str(root)]) == 2
    advice = "没有要换的文件" if note is None else "从 git 里找回它原来的样子，再运行一次"
    assert capsys.readouterr().err.splitlines()[0].endswith(advice)
    assert snapshot(root) == before
