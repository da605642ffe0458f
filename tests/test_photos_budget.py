"""`pairing photos budget`: what the published photos take is what lies in the cache, and nothing is guessed silently."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.actions.photos import budget
from generator.archive import Corpus, read_corpus
from generator.archive.album import render_album
from generator.cli.main import main
from tests.conftest import MakeArchive
from tests.phone_photos import plain_photo
from tests.small_archive import activity, base


@pytest.fixture
def root(make_archive: MakeArchive) -> Path:
    """An archive of two schools: three public photos, of which two are the same picture, and one withheld."""
    files = base()
    for school, partner, photos in (("jia", "yi", (1, 2)), ("yi", "jia", (1, 3))):
        lines = ["photos:"]
        for number in photos:
            hidden = ", public: false" if number == 3 else ""
            lines.append(f"  - {{file: 0{number}.jpg, caption: 图, people: none{hidden}}}")
            files[f"records/{school}/2021/03/05-visit/0{number}.jpg"] = plain_photo(number)
        text = activity("2021-03-05", partner=partner, photos="\n".join([*lines, ""]))
        files[f"records/{school}/2021/03/05-visit/activity.md"] = text
    return make_archive(files)


def _made(root: Path) -> Corpus:
    corpus = read_corpus(root)
    album = render_album(corpus, root / ".cache/photos", workers=1)
    site = root / "site"
    site.mkdir()
    (site / "sitemap.xml").write_bytes(b"x" * 1000)
    (site / "page").mkdir()
    (site / "page/index.html").write_bytes(b"x" * 2500)
    album.write_pictures(site)
    return corpus


def _run(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["photos", "budget", "--root", str(root), *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_the_sizes_are_those_of_the_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _made(root)
    found = json.loads(_run(root, capsys, "--format", "json"))
    published = sum(path.stat().st_size for path in (root / "site/photos").iterdir())
    assert found["photos"] == {"photos": 2, "made": 2, "bytes": published, "mean": round(published / 2)}
    (year,) = found["years"]
    jia, yi = year["schools"]
    assert (year["year"], year["photos"], jia["school"], jia["photos"], yi["name"], yi["photos"]) == (
        2021, 3, "jia", 2, "乙园", 1,
    )  # fmt: skip
    assert year["bytes"] == jia["bytes"] + yi["bytes"] == published + yi["bytes"]
    assert found["rest"] == 3500
    assert found["expected"] == published + 3500
    assert found["photos_left"] == (budget.LIMIT - published - 3500) // round(published / 2)


def test_the_table(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = _made(root)
    share = budget.measure_budget(corpus, root / ".cache/photos", root / "site")
    sizes = {name: budget.format_size(s.size) for name, s in share.schools[2021].items()}
    means = {name: budget.format_size(s.mean) for name, s in share.schools[2021].items()}
    year, total = share.years[2021], share.total
    assert _run(root, capsys) == (
        "            图片       占用    平均一张\n"
        f"2021 年        3{budget.format_size(year.size):>11}{budget.format_size(year.mean):>12}\n"
        f"  甲园         2{sizes['jia']:>11}{means['jia']:>12}\n"
        f"  乙园         1{sizes['yi']:>11}{means['yi']:>12}\n"
        f"全部图片       2{budget.format_size(total.size):>11}{budget.format_size(total.mean):>12}\n"
        "\n"
        "网页等其他文件：4 KB。\n"
        f"共 {budget.format_size(total.size + 3500)}，占 GitHub Pages 上限 1 GB 的 0.0%。\n"
        f"照现在一张图片的大小，还放得下约 {share.left:,} 张。\n"
    )


def test_what_is_not_made_yet_is_told_and_can_be_made(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = _run(root, capsys)
    assert out.splitlines()[1] == "2021 年        3          -           -"
    assert out.endswith(
        "\n网站的小图还没有生成，占多少还不知道；先运行 pairing build，或加 --make。\n"
        "网站还没有生成，网页等其他文件没有计入。\n"
    )
    assert not (root / ".cache").exists()
    assert "还没有生成小图" not in _run(root, capsys, "--make")
    (root / "records/jia/2021/03/05-visit/02.jpg").write_bytes(plain_photo(7))
    out = _run(root, capsys)
    assert "有 1 张的小图还没有生成，按平均大小估计；要准数，先运行 pairing build，或加 --make。\n" in out
    found = budget.measure_budget(read_corpus(root), root / ".cache/photos", root / "site")
    assert (found.total.photos, found.total.made) == (2, 1)
    assert found.expected == 2 * found.total.size


def test_what_cannot_be_made_is_named_and_not_asked_for_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = root / "records/jia/2021/03/05-visit/02.jpg"
    broken.write_bytes(broken.read_bytes()[:-400])
    assert main(["photos", "budget", "--root", str(root), "--make"]) == 0
    out, err = capsys.readouterr()
    assert err.startswith("提醒：records/jia/2021/03/05-visit/activity.md:")
    assert "图片“02.jpg”没有发布：图片已损坏，打不开或不完整；重新上传原图" in err
    assert err.count("\n") == 1
    assert "\n有 1 张做不出小图，网站上不会有；照上面的提醒换掉。\n" in out
    assert "--make" not in out


def test_no_photos_at_all(make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(make_archive(base()), capsys) == (
        "            图片       占用    平均一张\n"
        "全部图片       0          -           -\n"
        "\n"
        "还没有公开的图片。\n"
        "网站还没有生成，网页等其他文件没有计入。\n"
        "共 0 KB，占 GitHub Pages 上限 1 GB 的 0.0%。\n"
    )


@pytest.mark.parametrize(
    ("limit", "told"),
    [(100_000, None), (40_000, "快到"), (35_000, "已经超过")],
)
def test_a_build_warns_when_the_site_is_nearly_full(
    limit: int, told: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.html").write_bytes(b"x" * 30_000)
    (tmp_path / "c.jpg").write_bytes(b"x" * 6_000)
    monkeypatch.setattr(budget, "LIMIT", limit)
    line = budget.warn_of_full_site(tmp_path)
    if told is None:
        assert line is None
    else:
        assert line == (
            f"网站有 36 KB，{told} GitHub Pages 的上限 {limit // 1000} KB；运行 pairing photos budget 看看占在哪里"
        )


def test_the_build_says_so_at_its_end(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(budget, "LIMIT", 1000)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert main(["build", "--root", str(root), "--as-of", "2021-03-10"]) == 0
    assert "已经超过 GitHub Pages 的上限" in capsys.readouterr().err
    assert "已经超过 GitHub Pages 的上限" in (tmp_path / "summary.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 KB"), (1, "1 KB"), (999_499, "1000 KB"), (999_500, "1.0 MB"), (1_540_000, "1.5 MB"),
     (1_000_000_000, "1 GB"), (1_234_000_000, "1.23 GB")],
)  # fmt: skip
def test_sizes_for_people(size: int, text: str) -> None:
    assert budget.format_size(size) == text
