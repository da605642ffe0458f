"""Writing a sample: the same bytes each time, any size, and never over something that is there."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.archive import read_corpus
from generator.sample import OutputNotEmptyError, SampleCounts, TemplateError, write_sample
from generator.sample.template import _han


def _digest(root: Path) -> str:
    tree = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        tree.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return tree.hexdigest()


def test_the_same_arguments_give_the_same_bytes_in_another_process(
    tmp_path: Path, project_root: Path
) -> None:
    sizes = {"activities": 60, "photos": 5}
    write_sample(tmp_path / "a", template=project_root, **sizes)  # type: ignore[arg-type]  # two counts
    code = (
        "import sys; from pathlib import Path; from generator.sample import write_sample\n"
        f"write_sample(Path(sys.argv[1]), template=Path(sys.argv[2]), **{sizes!r})"
    )
    arguments = [sys.executable, "-c", code, str(tmp_path / "b"), str(project_root)]
    subprocess.run(arguments, check=True, env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/Lima"})
    assert _digest(tmp_path / "a") == _digest(tmp_path / "b")
    write_sample(tmp_path / "c", template=project_root, seed=1, **sizes)  # type: ignore[arg-type]  # two counts
    assert _digest(tmp_path / "a") != _digest(tmp_path / "c")


def test_counts_tell_what_lies_there(sample_year: tuple[Path, SampleCounts]) -> None:
    out, counts = sample_year
    files = [path for path in out.rglob("*") if path.is_file()]
    assert (counts.schools, counts.years, counts.photos) == (18, 1, 12)
    assert counts.activities == len(list(out.glob("records/*/*/*/*/activity.md"))) >= 224
    assert counts.photos == len(list(out.glob("records/**/*.jpg")))
    assert (counts.files, counts.size) == (len(files), sum(path.stat().st_size for path in files))


def test_real_files_are_taken_over_as_they_are(
    sample_year: tuple[Path, SampleCounts], project_root: Path
) -> None:
    for name in ("bureau/2020/programme.yml", "leimeng/school.yml"):
        assert (sample_year[0] / "records" / name).read_bytes() == (
            project_root / "records" / name
        ).read_bytes()


def test_many_activities_keep_their_folders_apart(tmp_path: Path, project_root: Path) -> None:
    counts = write_sample(tmp_path / "out", template=project_root, activities=3000, photos=0)
    assert (counts.activities, counts.photos) == (3000, 0)
    assert len(list(tmp_path.glob("out/records/*/2020/*/*/activity.md"))) == 3000
    corpus = read_corpus(tmp_path / "out", content=project_root / "content")
    assert corpus.problems == ()
    assert {len(v) for v in corpus.by_school_month.values()} <= {20, 21}


def test_few_activities_are_spread_evenly(tmp_path: Path, project_root: Path) -> None:
    counts = write_sample(tmp_path / "out", template=project_root, activities=9, photos=0)
    corpus = read_corpus(tmp_path / "out", content=project_root / "content")
    assert counts.activities == len(corpus.activities) == len({a.month for a in corpus.activities}) + 1 == 9


@pytest.mark.parametrize(("schools", "years"), [(2, 1), (7, 2), (40, 1)])
def test_other_numbers_of_schools_and_years(
    tmp_path: Path, project_root: Path, schools: int, years: int
) -> None:
    counts = write_sample(
        tmp_path / "out",
        template=project_root,
        schools=schools,
        years=years,
        activities=schools * 8,
        photos=0,
    )
    assert (counts.schools, counts.years, counts.activities) == (schools, years, schools * 8)
    corpus = read_corpus(tmp_path / "out", content=project_root / "content")
    assert corpus.problems == ()
    assert corpus.years == tuple(range(2020, 2020 + years))
    assert len(corpus.schools) == schools
    assert {a.year for a in corpus.activities} == set(corpus.years)
    for year in corpus.years:
        programme = corpus.find_programme(year)
        assert programme
        assert sorted(programme.school_ids) == sorted(corpus.schools)
        assert programme.terms[0].starts.year == year
        assert all(p.helped for p in programme.pairings)


def test_pictures_asked_for_are_given_and_differ(tmp_path: Path, project_root: Path) -> None:
    counts = write_sample(tmp_path / "out", template=project_root, activities=3, photos=8)
    files = list(tmp_path.glob("out/records/**/*.jpg"))
    assert counts.photos == len(files) == len({path.read_bytes() for path in files}) == 8


def test_a_full_folder_is_refused_and_left_alone(tmp_path: Path, project_root: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(OutputNotEmptyError, match="已经有东西"):
        write_sample(tmp_path, template=project_root)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path, project_root: Path) -> None:
    (tmp_path / "out").mkdir()
    write_sample(tmp_path / "out", template=project_root, activities=1, photos=0)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_interrupted_run_leaves_nothing(tmp_path: Path, project_root: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sample(tmp_path / "out", template=project_root, activities=9, photos=0, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_template_without_a_programme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"programme\.yml"):
        write_sample(tmp_path / "out", template=tmp_path)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (5000, "五千"),
    ],
)
def test_numerals(number: int, text: str) -> None:
    assert _han(number) == text
