"""Whose folders a request may touch: by the base branch's list of accounts, for every path, whatever the request says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive import Corpus
from generator.cli.main import main
from generator.rules.submission.ownership import NO_LIST, Owners, find_trespasses
from tests.conftest import MakeArchive
from tests.scratch_repository import commit, git
from tests.small_archive import base
from tests.test_receipt import put, record

LIST = "records/bureau/2021/accounts.yml"
ACCOUNTS = """accounts:
  - {name: sample-officer, bureau: true}
  - {name: Sample-Jia, schools: [jia]}
  - {name: sample-yi, schools: [yi]}
  - {name: sample-both, schools: [jia, yi]}
"""
MINE, THEIRS = "records/yi/2021/03/06-visit", "records/jia/2021/03/06-host"
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def root(make_archive: MakeArchive) -> Path:
    """Return an archive with a list of accounts and a record of each school on `main`, and a branch for a request."""
    root = make_archive(base() | {LIST: ACCOUNTS, "README.md": "# 档案\n"})
    put(root, MINE, record("2021-03-06", "观摩区域活动"), 1)
    put(root, THEIRS, record("2021-03-06", "接待区域活动观摩", "yi"), 2)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "Merged records")
    git(root, "checkout", "--quiet", "-b", "request")
    return root


@pytest.fixture
def run(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that checks the request of these accounts: exit code and all about accounts."""

    def check(*accounts: str) -> tuple[int, str]:
        options = [part for account in accounts for part in ("--account", account)]
        capsys.readouterr()
        code = main(
            ("check", "--root", str(root), "--changed-since", "main", "--as-of", "2021-03-20", *options)
        )
        return code, click.unstyle(capsys.readouterr().out)

    return check


def blocks(out: str) -> list[str]:
    """Return what is said of accounts, each with its advice."""
    return [block.partition("\n  依据")[0] for block in out.split("\n\n") if "account-folders" in block]


def mend(root: Path, folder: str) -> None:
    path = root / folder / "activity.md"
    path.write_text(path.read_text("utf-8").replace("完。", "完了。"), encoding="utf-8", newline="\n")
    commit(root, "Mended")


@pytest.mark.parametrize("account", ["sample-yi", "SAMPLE-Yi", "sample-both", "sample-officer"])
def test_a_school_changes_its_own_records_and_an_officer_every_schools(
    root: Path, run: Run, account: str
) -> None:
    mend(root, MINE)
    code, out = run(account)
    assert (code, blocks(out)) == (0, [])


def test_a_foreign_folder_is_named_with_its_school_and_who_may_change_it(root: Path, run: Run) -> None:
    mend(root, MINE)
    mend(root, THEIRS)
    (root / THEIRS / "02.jpg").write_bytes(b"\xff\xd8")
    code, out = run("Sample-YI")
    told = (
        f"{THEIRS}/02.jpg:1:1  错误  账号“sample-yi”不能改jia（甲园）的文件夹：{THEIRS}/02.jpg、{THEIRS}/activity.md\n"
        f"  怎么改：自己园的材料移到 records/yi/；替它代交的，请教育局在 {LIST} 里给这个账号加上 jia；"
        "现在可以改它的：sample-both、sample-jia"
    )
    assert (code, blocks(out)) == (1, [told])


def test_the_bureaus_files_and_the_code_are_the_bureaus(root: Path, run: Run) -> None:
    (root / LIST).write_text(ACCOUNTS + "  - {name: sample-me, bureau: true}\n", encoding="utf-8")
    (root / "README.md").write_text("# 改\n", encoding="utf-8")
    commit(root, "Rights for everybody")
    advice = "\n  怎么改：恢复这些文件；确实要改的，请教育局来改（sample-officer）"
    told = [
        f"README.md:1:1  错误  账号“sample-yi”不能改程序、网页和设置：README.md{advice}",
        f"{LIST}:1:1  错误  账号“sample-yi”不能改教育局的文件：{LIST}{advice}",
    ]
    code, out = run("sample-yi")
    assert (code, blocks(out)) == (1, told)
    assert run("sample-officer")[0] == 0
    # The line that a request adds for its own author counts only once it is merged.
    assert "账号“sample-me”还没有登记" in run("sample-me")[1]


def test_a_move_touches_both_places_and_a_deletion_its_own(root: Path, run: Run) -> None:
    git(root, "mv", THEIRS, "records/yi/2021/03/06-host")
    commit(root, "Taken over")
    code, out = run("sample-yi")
    assert (code, len(blocks(out))) == (1, 1)
    assert f"{THEIRS}/01.jpg、{THEIRS}/activity.md" in blocks(out)[0]
    assert blocks(run("sample-both")[1]) == []
    git(root, "reset", "--quiet", "--hard", "main")
    git(root, "rm", "-r", "--quiet", THEIRS)
    commit(root, "Gone")
    assert f"不能改jia（甲园）的文件夹：{THEIRS}/01.jpg、{THEIRS}/activity.md" in run("sample-yi")[1]


def test_an_unknown_account_is_read_and_red_until_an_officer_assigns_it(root: Path, run: Run) -> None:
    mend(root, MINE)
    code, out = run("newcomer")
    assert code == 1
    assert out.startswith("收到 1 份材料：\n  修改  乙园  2021年3月  观摩区域活动\n")
    assert blocks(out)[0].endswith(
        f"{LIST}:1:1  错误  账号“newcomer”还没有登记，不知道它替哪所校（园）交材料；材料照样检查过了，登记以后才能收下\n"
        f"  怎么改：请教育局（sample-officer）核实以后，在主分支的 {LIST} 里加一行：- {{name: newcomer, schools: [yi]}}"
    )
    git(root, "checkout", "--quiet", "main")
    (root / LIST).write_text(ACCOUNTS + "  - {name: newcomer, schools: [yi]}\n", encoding="utf-8")
    commit(root, "Assigned")
    git(root, "checkout", "--quiet", "request")
    assert run("newcomer")[0] == 0


def test_who_pushed_last_must_be_allowed_to_as_well(root: Path, run: Run) -> None:
    """Else whoever can push to an officer's branch acts in the officer's name."""
    mend(root, THEIRS)
    assert run("sample-officer", "sample-yi")[0] == run("sample-yi", "sample-officer")[0] == 1
    assert run("sample-jia", "sample-officer")[0] == 0


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("", "不知道这个请求是谁交的（账号“”）"),
        ("sample-yi Kim/../x", "不知道这个请求是谁交的（账号“Kim/../x”）"),
    ],
)
def test_a_workflow_that_hands_over_no_name_is_red(
    root: Path, run: Run, monkeypatch: pytest.MonkeyPatch, given: str, message: str
) -> None:
    mend(root, MINE)
    assert run()[0] == 0
    monkeypatch.setenv("PAIRING_ACCOUNT", given)
    code, out = run()
    assert (code, message in out) == (1, True)


def test_letters_that_only_look_like_an_accounts_are_another_account(root: Path, run: Run) -> None:
    mend(root, MINE)
    assert "sample-y\u0131" in run("sample-y\u0131")[1]  # a dotless i
    assert run("sample-yi\u2028")[0] == 1


def test_without_a_list_the_check_is_as_before_and_says_so(root: Path, run: Run) -> None:
    git(root, "checkout", "--quiet", "main")
    (root / LIST).unlink()
    commit(root, "No list")
    git(root, "checkout", "--quiet", "-B", "request")
    mend(root, THEIRS)
    code, out = run()
    assert run("sample-yi") == (code, f"{out}{NO_LIST}\n")
    assert code == 0


def test_a_list_that_cannot_be_read_lets_nobody_through(root: Path, run: Run) -> None:
    git(root, "checkout", "--quiet", "main")
    (root / LIST).write_text(ACCOUNTS + "  - {name: , schools: [jia}\n", encoding="utf-8")
    commit(root, "Broken")
    git(root, "checkout", "--quiet", "-B", "request")
    mend(root, MINE)
    code, out = run("sample-officer")
    assert (code, "主分支上的账号名单读不出来" in out) == (1, True)


def test_the_newest_years_list_counts_for_all_years(root: Path, run: Run) -> None:
    git(root, "checkout", "--quiet", "main")
    newer = root / LIST.replace("2021", "2022")
    newer.parent.mkdir()
    newer.write_text(ACCOUNTS.replace("sample-yi, schools: [yi]", "sample-yi, schools: [jia]"), "utf-8")
    commit(root, "A new year")
    git(root, "checkout", "--quiet", "-B", "request")
    mend(root, MINE)
    assert "records/bureau/2022/accounts.yml" in blocks(run("sample-yi")[1])[0]


def test_a_thousand_foreign_folders_are_counted_and_not_all_listed() -> None:
    paths = [f"records/jia/2021/03/{n:04}/activity.md" for n in range(1000)]
    found = list(find_trespasses(EMPTY, OWNERS, ["sample-yi"], paths))
    assert len(found) == 41
    assert found[-1].message == "还有 960 个文件，这个账号也不能改"


EMPTY = Corpus(root=Path(), bureau={}, schools={}, problems=())
OWNERS = Owners(
    path=LIST,
    officers=frozenset({"sample-officer"}),
    schools={"sample-yi": frozenset({"yi"}), "sample-both": frozenset({"yi", "jia"})},
)
_STEP = st.sampled_from(["records", "yi", "jia", "bureau", "schema", "YI", "yi ", "..", ".", "2021", "x.md"])
_OWN = st.lists(_STEP.filter(lambda step: step != ".."), min_size=1, max_size=4).map(
    lambda steps: "/".join(["records", "yi", *steps])
)
_ANY = st.lists(_STEP | st.text(max_size=4), min_size=1, max_size=5).map("/".join)


@settings(max_examples=300, deadline=None)
@given(own=st.lists(_OWN, max_size=5), others=st.lists(_ANY, max_size=3), data=st.data())
def test_no_change_outside_of_the_own_folder_is_ever_green(
    own: list[str], others: list[str], data: st.DataObject
) -> None:
    paths = data.draw(st.permutations([*own, *others]))
    outside = [p for p in paths if not (p.startswith("records/yi/") and ".." not in p.split("/"))]
    found = list(find_trespasses(EMPTY, OWNERS, ["Sample-YI"], paths))
    assert bool(found) == bool(outside)
    for path in outside:
        assert any(path in d.message for d in found)
    assert list(find_trespasses(EMPTY, OWNERS, ["sample-officer"], paths)) == []
