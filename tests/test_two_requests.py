"""What the guides say of two requests that meet, tried with git: the same folder, the same register."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli.main import main
from tests.closed_archive import BUREAU, files
from tests.conftest import MakeArchive
from tests.scratch_repository import commit, git
from tests.small_archive import activity
from tests.test_placement import PHOTO

FOLDER = "records/yi/2021/03/20-visit"


@pytest.fixture
def root(make_archive: MakeArchive) -> Path:
    """Return an archive of which no month is closed, on `main`."""
    root = make_archive(files())
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "The archive")
    return root


def merge(root: Path, branch: str) -> list[str]:
    """Merge a request into `main` as a forge would; return the files in conflict, and then leave it."""
    git(root, "checkout", "--quiet", "main")
    try:
        git(root, "merge", "--quiet", "--no-ff", "--no-edit", branch)
    except AssertionError:
        conflicts = git(root, "diff", "--name-only", "--diff-filter=U").splitlines()
        git(root, "merge", "--abort")
        return conflicts
    return []


def submit(root: Path, branch: str, text: str, photo: str) -> None:
    git(root, "checkout", "--quiet", "-b", branch, "main")
    (root / FOLDER).mkdir(parents=True)
    (root / FOLDER / "activity.md").write_text(text, encoding="utf-8")
    (root / FOLDER / photo).write_bytes(PHOTO + branch.encode())
    commit(root, branch)


def test_two_requests_with_the_same_folder_are_a_conflict_and_a_new_name_ends_it(root: Path) -> None:
    submit(root, "one", "甲\n", "01.jpg")
    submit(root, "two", "乙\n", "01.jpg")
    assert merge(root, "one") == []
    assert merge(root, "two") == [f"{FOLDER}/01.jpg", f"{FOLDER}/activity.md"]
    git(root, "checkout", "--quiet", "two")
    git(root, "mv", FOLDER, f"{FOLDER}-2")
    commit(root, "Renamed")
    assert merge(root, "two") == []


def test_photos_of_other_names_are_no_conflict_and_seen_when_checked_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = activity("2021-03-20", partner="jia", photos="photos:\n  - {file: 01.jpg, caption: 活动}\n")
    submit(root, "one", text, "01.jpg")
    submit(root, "two", text, "02.jpg")
    assert merge(root, "one") == []
    git(root, "checkout", "--quiet", "two")
    git(root, "merge", "--quiet", "--no-edit", "main")  # what “Update branch” does
    capsys.readouterr()
    main(["check", "--root", str(root), "--changed-since", "main", "--as-of", "2021-03-25"])
    assert "02.jpg" in capsys.readouterr().out
    assert merge(root, "two") == []


def close(root: Path, branch: str, *command: str) -> None:
    git(root, "checkout", "--quiet", "-b", branch, "main")
    assert main([*command, "--root", str(root)]) == 0
    commit(root, branch)


@pytest.mark.parametrize(
    ("second", "left"),
    [
        (("close", "2021-02", "--as-of", "2021-03-02"), False),
        (("file", "--as-of", "2021-03-25"), True),
    ],
)
def test_two_officers_who_write_the_register_conflict_and_the_second_does_it_again(
    root: Path, capsys: pytest.CaptureFixture[str], second: tuple[str, ...], *, left: bool
) -> None:
    close(root, "first", "close", "2021-02", "--as-of", "2021-03-01")
    close(root, "second", *second)
    assert merge(root, "first") == []
    assert f"{BUREAU}/filings.yml" in merge(root, "second")
    # The guide: leave the second branch and give the command again on the newest archive.
    git(root, "checkout", "--quiet", "-b", "again", "main")
    assert main([*second, "--root", str(root)]) == 0
    assert bool(git(root, "status", "--porcelain")) is left
    capsys.readouterr()
    options = ["--changed-since", "main", "--as-of", "2021-03-25"]
    assert main(["check", "--root", str(root), *options]) == 0, capsys.readouterr().out
    if left:
        commit(root, "Again")
        assert merge(root, "again") == []


def test_two_officers_who_close_the_same_month_on_the_same_day_write_the_same(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for branch in ("first", "second"):
        close(root, branch, "close", "2021-02", "--as-of", "2021-03-01")
    assert merge(root, "first") == []
    git(root, "checkout", "--quiet", "second")
    capsys.readouterr()
    assert main(["check", "--root", str(root), "--changed-since", "main"]) == 0
    assert capsys.readouterr().out.startswith("什么也没有收到")
    assert merge(root, "second") == []


@pytest.mark.parametrize("text", ["<<<<<<< HEAD\n", ""])
def test_a_register_put_together_by_hand_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    close(root, "first", "close", "2021-02", "--as-of", "2021-03-01")
    close(root, "second", "file", "--as-of", "2021-03-02")
    theirs = git(root, "show", f"second:{BUREAU}/filings.yml").partition("batches:\n")[2]
    assert merge(root, "first") == []
    git(root, "checkout", "--quiet", "-b", "by-hand", "main")
    register = root / BUREAU / "filings.yml"
    register.write_text(register.read_text("utf-8") + text + theirs + "\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--root", str(root), "--changed-since", "main", "--as-of", "2021-03-20"]) == 1
