"""A school corrects its own record of a closed month: what the guides say, tried with git from red to merged."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from generator.cli.main import main
from tests.closed_archive import BUREAU, files
from tests.conftest import MakeArchive
from tests.scratch_repository import commit, git

KEY = "yi/2021/02/09-visit"
ACCOUNTS = """accounts:
  - {name: officer, bureau: true}
  - {name: school-yi, schools: [yi]}
"""


@pytest.fixture
def root(make_archive: MakeArchive, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return an archive with a closed month on `main`, and the school's correction on the branch `request`."""
    root = make_archive(files() | {f"{BUREAU}/accounts.yml": ACCOUNTS})
    git(root, "init", "--quiet", "--initial-branch", "main")
    assert main(["close", "2021-02", "--as-of", "2021-03-02", "--root", str(root)]) == 0
    capsys.readouterr()
    commit(root, "Closed")
    git(root, "checkout", "--quiet", "-b", "request")
    record = root / f"records/{KEY}/activity.md"
    text = record.read_text("utf-8")
    assert "received: 2" in text
    record.write_text(text.replace("received: 2", "received: 3"), encoding="utf-8", newline="\n")
    commit(root, "Corrected")
    return root


def check(root: Path, capsys: pytest.CaptureFixture[str], *accounts: str) -> tuple[int, str]:
    options = [part for account in accounts for part in ("--account", account)]
    capsys.readouterr()
    code = main(["check", "--root", str(root), "--changed-since", "main", "--as-of", "2021-03-20", *options])
    return code, click.unstyle(capsys.readouterr().out)


def amend(root: Path, said: str) -> None:
    """Give the command that the check told, with a reason and an office."""
    told = re.search(r"学前股在同一个请求里加上更正：pairing (amend .*)", said)
    assert told is not None, said
    words = {"原因": "人数写错", "决定人": "学前股股长"}
    command = [words.get(part, part) for part in shlex.split(told[1])]
    assert command == ["amend", KEY, "--reason", "人数写错", "--decided-by", "学前股股长"]
    assert main([*command, "--as-of", "2021-03-19", "--root", str(root)]) == 0


def test_the_officer_adds_the_amendment_to_the_schools_request(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = check(root, capsys, "school-yi")
    assert code == 1
    amend(root, said)
    commit(root, "Amended")
    assert check(root, capsys, "school-yi", "officer")[0] == 0
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "request")
    assert main(["check", "--root", str(root), "--as-of", "2021-03-20", "--only", f"records/{KEY}"]) == 0


def test_a_school_cannot_amend_whoever_opened_the_request(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    amend(root, check(root, capsys, "school-yi")[1])
    commit(root, "Amended")
    for accounts in (("school-yi",), ("officer", "school-yi"), ("school-yi", "school-yi"), ("school-yi", "")):
        code, said = check(root, capsys, *accounts)
        assert (code, "account-folders" in said) == (1, True), accounts


def test_an_officer_behind_a_school_covers_nothing_but_the_amendment(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    amend(root, check(root, capsys, "school-yi")[1])
    programme = root / BUREAU / "programme.yml"
    programme.write_text(programme.read_text("utf-8") + "\n", encoding="utf-8", newline="\n")
    commit(root, "Amended, and more")
    code, said = check(root, capsys, "school-yi", "officer")
    assert code == 1
    assert f"账号“school-yi”不能改教育局的文件：{BUREAU}/programme.yml\n" in said


def test_the_officers_own_request_with_the_schools_change_is_as_good(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = check(root, capsys, "school-yi")[1]
    git(root, "checkout", "--quiet", "-b", "correction-1")
    amend(root, said)
    commit(root, "Amended")
    assert check(root, capsys, "officer")[0] == 0


def test_another_amendment_merged_meanwhile_conflicts_and_is_done_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = check(root, capsys, "school-yi")[1]
    school = git(root, "rev-parse", "HEAD").strip()
    amend(root, said)
    commit(root, "Amended")
    git(root, "checkout", "--quiet", "-b", "other", "main")
    assert main(["file", "--as-of", "2021-03-18", "--root", str(root)]) == 0
    commit(root, "Filed")
    git(root, "checkout", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "--no-edit", "other")
    with pytest.raises(AssertionError):
        git(root, "merge", "--quiet", "--no-ff", "--no-edit", "request")
    assert git(root, "diff", "--name-only", "--diff-filter=U").split() == [f"{BUREAU}/filings.yml"]
    git(root, "merge", "--abort")
    git(root, "checkout", "--quiet", "request")
    git(root, "reset", "--quiet", "--hard", school)
    git(root, "merge", "--quiet", "--no-edit", "main")
    amend(root, said)
    commit(root, "Amended again")
    assert check(root, capsys, "school-yi", "officer")[0] == 0
