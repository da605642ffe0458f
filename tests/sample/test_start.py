"""Starting real use: samples and their pictures go, everything real stays byte for byte."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.actions.start_archive import StartError, start_archive
from generator.archive import read_corpus
from generator.records.diagnostics import Severity
from generator.rules import check_corpus
from generator.sample import SampleCounts, write_sample


def _files(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture
def archive(tmp_path: Path, project_root: Path) -> Path:
    write_sample(tmp_path / "a", template=project_root, activities=40, photos=3)
    return tmp_path / "a"


def test_a_dry_run_changes_nothing(archive: Path) -> None:
    before = _files(archive)
    report = start_archive(archive, dry_run=True)
    assert _files(archive) == before
    assert len(report.plans) == 18
    assert sum(name.endswith("activity.md") for name in report.removed) == 40
    assert sum(name.endswith(".jpg") for name in report.removed) == 3
    assert report.kept == ()


def test_only_programme_schools_and_empty_plans_remain(archive: Path, project_root: Path) -> None:
    before = _files(archive)
    report = start_archive(archive)
    after = _files(archive)
    assert set(before) - set(after) == set(report.removed)
    assert {name for name in after if name.endswith("plan.yml")} == set(report.plans)
    assert {data for name, data in after.items() if name.endswith("plan.yml")} == {
        b"# yaml-language-server: $schema=../../schema/plan.schema.json\nrows: []\n"
    }
    rest = {name for name in after if not name.endswith(("plan.yml", "school.yml", ".schema.json"))}
    assert rest == {"records/bureau/2020/programme.yml"}
    assert all(any(folder.iterdir()) for folder in archive.rglob("*") if folder.is_dir())
    corpus = read_corpus(archive, content=project_root / "content")
    assert corpus.problems == ()
    assert not corpus.has_sample
    # Before the year has begun nothing is owed; what is left of the sample is to be replaced.
    assert [(d.severity, d.message) for d in check_corpus(corpus, dt.date(2020, 3, 1))] == [
        (Severity.WARNING, "简报末尾印的“基教股办公室（示例：电话 0936-×××××××）”还是样例")
    ]


def test_a_second_run_does_nothing_more(archive: Path) -> None:
    start_archive(archive)
    before = _files(archive)
    report = start_archive(archive)
    assert (report.removed, report.plans, report.kept) == ((), (), ())  # an empty plan is no real record
    assert _files(archive) == before


def test_real_records_are_kept_byte_for_byte(archive: Path) -> None:
    real = {
        "records/leimeng/2020/03/05-visit/activity.md": "---\ntitle: 真\n---\nsample: true\n",
        "records/leimeng/2020/03/05-visit/01.jpg": "picture",
        "records/leimeng/2020/plan.yml": "rows: []  # sample: true\n",
        "records/diyi/2020/roster.yml": "terms:\n  - note: x\n    sample: true\n",
    }
    for name, text in real.items():
        (archive / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / name).write_text(text, encoding="utf-8", newline="\n")
    report = start_archive(archive)
    assert {name: (archive / name).read_text(encoding="utf-8") for name in real} == real
    assert set(report.kept) == {name for name in real if not name.endswith(".jpg")}
    assert len(report.plans) == 17


def test_what_is_not_known_stays_and_links_are_not_followed(archive: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "activity.md").write_text("---\nsample: true\n---\n", encoding="utf-8")
    folder = next(archive.glob("records/*/2020/*/*/"))
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (folder.parent / "28-link").symlink_to(outside, target_is_directory=True)
    start_archive(archive)
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert not (folder / "activity.md").exists()
    assert (outside / "activity.md").exists()


def test_a_run_that_was_killed_is_finished_by_the_next(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink, left = Path.unlink, [7]

    def failing(self: Path, missing_ok: bool = False) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("killed")
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", failing)
        with pytest.raises(OSError, match="killed"):
            start_archive(archive)
    start_archive(archive)
    assert not list(archive.glob("records/*/2020/[01]*"))
    assert not list(archive.rglob("*.jpg"))


def test_a_sample_saved_on_windows_is_still_a_sample(archive: Path) -> None:
    record = next(archive.glob("records/*/2020/*/*/activity.md"))
    record.write_bytes(b"\xef\xbb\xbf" + record.read_bytes().replace(b"\n", b"\r\n"))
    assert record.relative_to(archive).as_posix() in start_archive(archive).removed


def test_a_folder_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"programme\.yml"):
        start_archive(tmp_path)


def test_counts_of_the_whole_sample_year(sample_year: tuple[Path, SampleCounts]) -> None:
    out, counts = sample_year
    report = start_archive(out, dry_run=True)
    documents = counts.activities + 5 + 13 + 8 + 4  # rosters, agreements, bulletin notes, events
    documents += 8 + 25 + 4  # draws, inspections, surveys
    assert len(report.removed) == documents + counts.photos


def test_pictures_beside_the_bureau_s_notes_go_with_them(tmp_path: Path) -> None:
    folder = tmp_path / "records/bureau/2020/inspections"
    for name, sample in (("2020-05-28-leimeng", True), ("2020-05-29-heiquan", False)):
        (folder / name).mkdir(parents=True)
        (folder / name / "01.jpg").write_bytes(b"picture")
        front = "title: 核查\n" + ("sample: true\n" if sample else "")
        (folder / f"{name}.md").write_text(f"---\n{front}---\n\n看了。\n", encoding="utf-8")
    (tmp_path / "records/bureau/2020/programme.yml").write_text("year: 2020\n", encoding="utf-8")
    report = start_archive(tmp_path)
    prefix = "records/bureau/2020/inspections"
    assert report.removed == (f"{prefix}/2020-05-28-leimeng/01.jpg", f"{prefix}/2020-05-28-leimeng.md")
    assert report.kept == (f"{prefix}/2020-05-29-heiquan.md",)
    assert sorted(p.name for p in folder.rglob("*")) == [
        "01.jpg",
        "2020-05-29-heiquan",
        "2020-05-29-heiquan.md",
    ]
