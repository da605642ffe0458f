"""The site folder: whole before and after, whoever dies or builds beside it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.site import staging
from generator.site.staging import SiteFolderError, StagedSite

FILES = 40

# Builds one site after another until it is killed, as `pairing build` would: stage, write, publish.
BUILDER = """
import itertools, sys
from pathlib import Path
from generator.site.staging import StagedSite
for round in itertools.count():
    staged = StagedSite(Path(sys.argv[1]))
    for name in ("sitemap.xml", *(f"{i}.html" for i in range(int(sys.argv[2]) - 1))):
        (staged.folder / name).write_text(f"{sys.argv[3]} {round}")
    staged.publish_site()
    print(round, flush=True)
"""


def _fill(staged: StagedSite, text: str) -> StagedSite:
    for name in ("sitemap.xml", "index.html"):
        (staged.folder / name).write_text(text, encoding="utf-8")
    return staged


def _texts(target: Path) -> set[str]:
    return {path.read_text(encoding="utf-8") for path in target.iterdir()}


@pytest.fixture(params=["at once", "by renames"])
def exchange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "by renames":
        monkeypatch.setattr(staging, "_exchange_at_once", lambda staged, target: False)
    elif sys.platform != "linux":
        pytest.skip("renameat2 is Linux's")
    return str(request.param)


@pytest.mark.usefixtures("exchange")
def test_a_site_is_published_and_then_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out" / "site"
    for text in ("first", "second"):
        staged = _fill(StagedSite(target), text)
        staged.publish_site()
        staged.publish_site()
        staged.remove_staging()
        assert _texts(target) == {text}
        assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_what_a_killed_build_left_is_found_whatever_the_folder_is_called(tmp_path: Path) -> None:
    target = tmp_path / "site [1]*"
    left = tmp_path / f".{target.name}-build-1-abc.previous"
    left.mkdir()
    (left / "sitemap.xml").write_text("old", encoding="utf-8")
    (tmp_path / f".{target.name}-build-2-def").mkdir()
    StagedSite(target).remove_staging()
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert _texts(target) == {"old"}


@pytest.mark.usefixtures("exchange")
def test_a_discarded_build_leaves_the_old_site(tmp_path: Path) -> None:
    target = tmp_path / "site"
    _fill(StagedSite(target), "first").publish_site()
    _fill(StagedSite(target), "second").remove_staging()
    assert _texts(target) == {"first"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("exchange")
def test_builds_side_by_side_keep_apart(tmp_path: Path) -> None:
    target = tmp_path / "site"
    one, other = _fill(StagedSite(target), "one"), _fill(StagedSite(target), "other")
    one.publish_site()
    assert _texts(target) == {"one"}
    other.publish_site()
    assert _texts(target) == {"other"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    _fill(StagedSite(tmp_path / "site"), "new").publish_site()
    assert (tmp_path / "site").is_symlink()
    assert _texts(tmp_path / "real") == {"new"}


def test_a_folder_of_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "01.jpg").touch()
    (tmp_path / "file").touch()
    for name, message in (("photos", "为免误删不予覆盖"), ("file", "不是文件夹")):
        with pytest.raises(SiteFolderError, match=message):
            StagedSite(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "photos"]


def test_a_target_that_cannot_be_exchanged_is_told_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(staged: Path, target: Path) -> bool:
        raise OSError(16, "Device or resource busy", str(target))

    target = tmp_path / "site"
    _fill(StagedSite(target), "first").publish_site()
    monkeypatch.setattr(staging, "_exchange_at_once", refused)
    staged = _fill(StagedSite(target), "second")
    with pytest.raises(SiteFolderError, match=r"无法替换网站文件夹 .*：正被别的程序使用"):
        staged.publish_site()
    staged.remove_staging()
    assert _texts(target) == {"first"}


def test_a_build_cut_between_two_renames_is_mended(tmp_path: Path) -> None:
    target = tmp_path / "site"
    previous = tmp_path / ".site-build-1-abc.previous"
    previous.mkdir()
    (previous / "sitemap.xml").write_text("old", encoding="utf-8")
    (tmp_path / ".site-build-1-abc").mkdir()
    staged = StagedSite(target)
    assert _texts(target) == {"old"}
    staged.remove_staging()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")
def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 # moments, not secrets
    target = tmp_path / "site"
    live = _fill(StagedSite(target), "live")
    for attempt in range(10):
        with subprocess.Popen(
            [sys.executable, "-c", BUILDER, str(target), str(FILES), str(attempt)], stdout=subprocess.PIPE
        ) as builder:
            assert builder.stdout is not None
            builder.stdout.readline()
            time.sleep(chance.random() / 50)
            builder.send_signal(signal.SIGKILL)
        texts = _texts(target)
        assert len(texts) == 1, "a mixture of two builds"
        assert texts.pop().startswith(f"{attempt} ")
        assert len(list(target.iterdir())) == FILES
    StagedSite(target).remove_staging()
    # What the killed ones left is gone; what a living build is about to publish is not.
    assert sorted(path.name for path in tmp_path.iterdir()) == [live.folder.name, "site"]
    live.publish_site()
    assert _texts(target) == {"live"}
