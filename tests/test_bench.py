"""The benchmarks' own parts: timing in turn, and peers that hold the same text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from generator.archive import read_corpus
from tests.bench.hostile import try_photo
from tests.bench.peers import write_hugo, write_mkdocs
from tests.bench.timing import Subject, compare
from tests.conftest import MakeArchive
from tests.scratch_photos import photo
from tests.small_archive import activity, base


def test_subjects_run_in_turn_after_one_uncounted_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order: list[str] = []

    def subject(name: str, code: int) -> Subject:
        command = [sys.executable, "-c", f"raise SystemExit({code})"]
        return Subject(name=name, command=command, cwd=tmp_path, before=lambda: order.append(name), code=code)

    results = compare([subject("a", 0), subject("b", 1)], 2)
    capsys.readouterr()
    assert order == ["a", "b"] * 3
    assert [(r.name, len(r.seconds), r.peak > 0) for r in results] == [("a", 2, True), ("b", 2, True)]


def test_a_subject_that_fails_ends_the_bench(tmp_path: Path) -> None:
    failing = Subject(name="x", command=[sys.executable, "-c", "raise SystemExit(3)"], cwd=tmp_path)
    with pytest.raises(SystemExit, match="x: exit 3"):
        compare([failing], 1)


def test_peers_get_every_record(make_archive: MakeArchive, tmp_path: Path) -> None:
    files = base() | {
        f"records/jia/2021/03/0{day}-visit/activity.md": activity(f"2021-03-0{day}", title=f"观摩第{day}次")
        for day in (1, 2)
    }
    corpus = read_corpus(make_archive(files))
    record = corpus.activities[0]
    page = tmp_path / "page.html"
    parts = "".join(f"<section><h2>{s.title}</h2><p>{s.text}</p></section>" for s in record.markdown.sections)
    page.write_text(f"<title>观摩第1次</title>{{{{x}}}}<article>{parts}</article>", encoding="utf-8")
    write_hugo(corpus, page, record, tmp_path / "hugo")
    write_mkdocs(corpus, tmp_path / "mkdocs")
    layout = (tmp_path / "hugo/layouts/single.html").read_text("utf-8")
    assert layout == (
        "<title>{{ .Params.title }}</title>{{ `{{` }}x}}<article><section>{{ .Content }}</section></article>"
    )
    for day in (1, 2):
        text = (tmp_path / f"mkdocs/docs/schools/jia/2021/03/0{day}-visit.md").read_text("utf-8")
        body = corpus.activities[day - 1].markdown.body
        assert text.startswith(f"# 观摩第{day}次\n")
        assert text.endswith(body)
        hugo = (tmp_path / f"hugo/content/schools/jia/2021/03/0{day}-visit/index.md").read_text("utf-8")
        assert hugo.endswith(body)


def test_a_hostile_photo_is_tried_as_a_build_would(tmp_path: Path) -> None:
    found = {}
    for name, data in {"sound.jpg": photo(), "other.jpg": b"GIF89a", "cut.jpg": photo()[:300]}.items():
        (tmp_path / name).write_bytes(data)
        outcome = try_photo(tmp_path / name)
        assert 0 <= outcome.seconds < 60
        found[name] = (outcome.words, outcome.peak > 0)
    assert found == {
        "sound.jpg": ("published, pixels only", True),
        "other.jpg": ("这是 GIF 动图，不是 JPG、PNG 或 WebP 照片", True),
        "cut.jpg": ("图片已损坏，打不开或不完整", False),
    }
