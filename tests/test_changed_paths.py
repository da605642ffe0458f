"""What a submission touches, asked of real repositories in every shape that a forge or a school makes."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.plumbing.git import RevisionError
from generator.rules.submission.changed_paths import find_changes_since
from generator.rules.submission.file_readers import make_base_reader
from tests.scratch_repository import commit, git

MINE, THEIRS, BOTH = "records/yi/mine.md", "records/jia/theirs.md", "records/yi/both.md"


def write(root: Path, path: str, text: str, message: str = "") -> str:
    """Write a file and, with a message, commit it."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    return commit(root, message) if message else ""


@pytest.fixture
def forge(tmp_path: Path) -> Path:
    """Return a repository with three commits on `main`, which a school and the bureau clone."""
    root = tmp_path / "forge"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch", "main")
    for number in range(3):
        write(root, "records/yi/old.md", f"{number}\n", f"Commit {number}")
    write(root, BOTH, "1\n2\n3\n4\n5\n6\n7\n", "A file that both sides will change")
    git(root, "config", "receive.denyCurrentBranch", "ignore")
    git(root, "config", "uploadpack.allowFilter", "true")
    git(root, "checkout", "--quiet", "--detach")
    return root


def clone(forge: Path, name: str, *options: str) -> Path:
    target = forge.parent / name
    git(forge.parent, "clone", "--quiet", *options, forge.as_uri(), str(target))
    return target


def on_main(forge: Path, path: str, text: str) -> None:
    """Let somebody else put a file into `main`."""
    other = forge.parent / "other"
    shutil.rmtree(other, ignore_errors=True)
    write(clone(forge, "other", "--branch", "main"), path, text, f"Main: {path}")
    git(other, "push", "--quiet", "origin", "main")


def school(forge: Path) -> Path:
    root = clone(forge, "school", "--branch", "main")
    git(root, "checkout", "--quiet", "-b", "request")
    return root


Story = Callable[[Path, Path], None]
"""What happens to the forge and in the school's clone, which is on its branch, until the check runs there."""


def several_commits(forge: Path, root: Path) -> None:
    write(root, MINE, "1\n", "One")
    write(root, MINE, "2\n", "Two")
    write(root, BOTH, "changed\n2\n3\n4\n5\n6\n7\n", "Three")


def thirty_behind(forge: Path, root: Path) -> None:
    several_commits(forge, root)
    other = clone(forge, "busy", "--branch", "main")
    for number in range(30):
        write(other, THEIRS, f"{number}\n", f"Main {number}")
    git(other, "push", "--quiet", "origin", "main")


def main_merged_inside(forge: Path, root: Path) -> None:
    write(root, MINE, "1\n", "One")
    on_main(forge, THEIRS, "1\n")
    git(root, "pull", "--quiet", "--no-rebase", "--no-edit", "origin", "main")
    write(root, BOTH, "changed\n2\n3\n4\n5\n6\n7\n", "Two")
    on_main(forge, THEIRS, "2\n")


def force_pushed(forge: Path, root: Path) -> None:
    several_commits(forge, root)
    git(root, "push", "--quiet", "origin", "request")
    on_main(forge, THEIRS, "1\n")
    git(root, "fetch", "--quiet")
    git(root, "rebase", "--quiet", "origin/main")
    git(root, "push", "--quiet", "--force", "origin", "request")


def trial_merge(forge: Path, root: Path) -> None:
    """GitHub's: its first parent is the base branch, which then goes on."""
    several_commits(forge, root)
    on_main(forge, THEIRS, "1\n")
    git(root, "fetch", "--quiet")
    git(root, "checkout", "--quiet", "-b", "trial", "origin/main")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "request")
    on_main(forge, THEIRS, "2\n")


def trial_merge_the_other_way(forge: Path, root: Path) -> None:
    """A merge whose first parent is the request."""
    several_commits(forge, root)
    on_main(forge, THEIRS, "1\n")
    git(root, "fetch", "--quiet")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "origin/main")


def squashed_and_gone_on(forge: Path, root: Path) -> None:
    """An earlier request from the same branch was squashed into `main`; the branch still has its commits."""
    write(root, "records/yi/earlier.md", "1\n", "Earlier")
    write(root, "records/yi/earlier.md", "2\n", "Earlier, mended")
    on_main(forge, "records/yi/earlier.md", "2\n")
    several_commits(forge, root)


def criss_cross(forge: Path, root: Path) -> None:
    """The branch was merged into `main` while it merged an older `main`: two merge bases."""
    write(root, "records/yi/earlier.md", "1\n", "Earlier")
    on_main(forge, THEIRS, "1\n")
    git(root, "fetch", "--quiet")
    merged = clone(forge, "merger", "--branch", "main")
    git(merged, "pull", "--quiet", "--no-rebase", "--no-edit", str(root), "request")
    git(root, "merge", "--quiet", "--no-edit", "origin/main")
    git(merged, "push", "--quiet", "origin", "main")
    several_commits(forge, root)
    on_main(forge, THEIRS, "2\n")
    git(root, "fetch", "--quiet")
    assert len(git(root, "merge-base", "--all", "HEAD", "origin/main").split()) == 2


def main_renamed(forge: Path, root: Path) -> None:
    several_commits(forge, root)
    other = clone(forge, "renamer", "--branch", "main")
    git(other, "mv", "records/yi/old.md", "records/yi/renamed.md")
    commit(other, "Renamed")
    git(other, "push", "--quiet", "origin", "main")


STORIES = [
    several_commits,
    thirty_behind,
    main_merged_inside,
    force_pushed,
    trial_merge,
    trial_merge_the_other_way,
    squashed_and_gone_on,
    criss_cross,
    main_renamed,
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_only_what_the_request_itself_changes_is_touched(forge: Path, story: Story) -> None:
    root = school(forge)
    story(forge, root)
    git(root, "fetch", "--quiet")
    assert find_changes_since(root, "origin/main").paths == (BOTH, MINE)
    # And on a forge that hands out a shallow clone: the same, or a refusal; once mended, the same.
    git(root, "push", "--quiet", "--force", "origin", "HEAD:refs/heads/checked")
    for depth in (1, 3):
        shallow = clone(forge, f"depth-{depth}", f"--depth={depth}", "--branch", "checked")
        git(shallow, "fetch", "--quiet", f"--depth={depth}", "origin", "+main:refs/remotes/origin/main")
        assert _paths_or_mended(shallow) == (BOTH, MINE), depth


def _paths_or_mended(shallow: Path) -> tuple[str, ...]:
    """Ask a shallow clone and, where it refuses, do what it says and ask again."""
    try:
        return find_changes_since(shallow, "origin/main").paths
    except RevisionError as error:
        message = str(error)
    mend = re.search(r"先运行 (git fetch --unshallow origin(?: [0-9a-f]{40})+)，", message)
    assert mend, message
    subprocess.run(shlex.split(mend[1]), cwd=shallow, check=True, capture_output=True)
    return find_changes_since(shallow, "origin/main").paths


def test_a_rename_is_a_file_gone_and_a_file_come(forge: Path) -> None:
    root = school(forge)
    git(root, "mv", "records/yi/old.md", "records/yi/new.md")
    commit(root, "Renamed")
    assert find_changes_since(root, "origin/main").paths == ("records/yi/new.md", "records/yi/old.md")


def test_what_is_not_committed_counts_and_what_is_beside_records_too(forge: Path) -> None:
    root = school(forge)
    write(root, "records/yi/old.md", "changed\n")
    write(root, "Records/yi/new.md", "untracked\n")
    write(root, "说明.txt", "untracked\n")
    expected = ("Records/yi/new.md", "records/yi/old.md", "说明.txt")
    assert find_changes_since(root, "origin/main").paths == expected


def test_an_archive_in_a_folder_of_its_repository_sees_what_lies_outside(forge: Path) -> None:
    root = school(forge)
    write(root, "sub/records/a.md", "1\n")
    write(root, "records/yi/a.md", "1\n")
    assert find_changes_since(root / "sub", "origin/main").paths == ("../records/yi/a.md", "records/a.md")


def test_histories_without_a_common_commit_are_refused(forge: Path) -> None:
    root = school(forge)
    git(root, "checkout", "--quiet", "--orphan", "apart")
    commit(root, "Apart")
    with pytest.raises(RevisionError, match="没有共同的历史"):
        find_changes_since(root, "origin/main")


def test_a_file_before_is_that_of_the_merge_base(forge: Path) -> None:
    """Not that of the base branch's tip, be it in git or in a folder; a partial clone reads the folder's."""
    root = school(forge)
    write(root, BOTH, "mine\n", "Mine")
    on_main(forge, THEIRS, "new on main\n")
    git(root, "fetch", "--quiet")
    git(root, "push", "--quiet", "origin", "request")
    partial = clone(forge, "partial", "--branch", "request", "--filter=blob:none")
    tip = clone(forge, "tip", "--branch", "main")
    for place, folder in ((root, None), (root, tip), (partial, tip)):
        if place is partial:
            git(partial, "remote", "set-url", "origin", (forge.parent / "gone").as_uri())
        before = make_base_reader(place, find_changes_since(place, "origin/main").before, folder)
        assert before(BOTH) == b"1\n2\n3\n4\n5\n6\n7\n"
        assert before(MINE) is None
        assert before(THEIRS) == b"new on main\n"  # came to main since: it was there before a merge
    # What the folder has otherwise, and git has not at all, is never guessed.
    (tip / BOTH).write_text("otherwise\n", encoding="utf-8")
    before = make_base_reader(partial, find_changes_since(partial, "origin/main").before, tip)
    with pytest.raises(RevisionError, match="git 不能比较版本"):
        before(BOTH)
