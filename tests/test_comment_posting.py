"""Finding, judging and commenting on a request, against a local server that answers as GitHub documents it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.actions.comments.check_report import Report
from generator.actions.comments.compose_comment import MARKER, Circumstances, compose_comment
from generator.actions.comments.forge_api import Forge, ForgeError
from generator.cli.main import main
from tests.judging_api import BOT, TOKEN, Hub, commit_of, push_of, serving

HEAD = "c" * 40
REPORT = {"format": 1, "verdict": "green", "problems": [], "receipt": {}, "photos": [], "notes": []}


SUMMARY = "https://forge.example/county/archive/actions/runs/8"
PREVIEW = f"{SUMMARY}/artifacts/6"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    repo = {"full_name": "county/archive", "default_branch": "main"}
    base = {"ref": "main", "repo": repo}
    common = {"user": {"login": "Teacher"}, "created_at": "2021-03-29T09:00:00Z", "base": base}
    teachers = {"full_name": "teacher/archive"}
    state = Hub(
        run={
            "id": 7, "event": "pull_request", "path": ".github/workflows/check.yml@refs/pull/12/merge", "status": "completed",
            "conclusion": "success", "head_sha": HEAD, "head_branch": "patch/1", "head_repository": teachers,
            "actor": {"login": "teacher"}, "triggering_actor": {"login": "officer"}, "created_at": "2021-03-30T01:00:00Z",
            "html_url": "https://forge.example/county/archive/actions/runs/7", "pull_requests": [],
        },
        pulls=[
            {**common, "number": 11, "head": {"sha": HEAD, "repo": {"full_name": "other/archive"}}},
            {**common, "number": 12, "head": {"sha": HEAD, "repo": teachers}},
            {**common, "number": 13, "head": {"sha": "d" * 40, "repo": teachers}},
            {**common, "number": 14, "head": {"sha": HEAD, "repo": None}},
            {**common, "number": 15, "head": {"sha": HEAD, "repo": teachers}, "base": {"ref": "mine", "repo": repo}},
        ],
        commits=[commit_of("teacher"), commit_of(None), commit_of("teacher", "web-flow")],
        activity=[push_of("teacher"), push_of("teacher", "branch_creation")],
    )  # fmt: skip

    with serving(state) as api:
        monkeypatch.setenv("GITHUB_API_URL", api)
        monkeypatch.setenv("GITHUB_REPOSITORY", "county/archive")
        monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
        yield state


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the file that the runner would hand on to later steps."""
    path = tmp_path / "output"
    path.touch()
    monkeypatch.setenv("GITHUB_OUTPUT", str(path))
    return path


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT), encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def find(capsys: pytest.CaptureFixture[str], number: str = "7") -> tuple[int, str]:
    return run(capsys, "request", "--run", number)


def judge(capsys: pytest.CaptureFixture[str], report: Path, checked: str = "success") -> tuple[int, str]:
    """Comment as comment.yml does."""
    return run(
        capsys,
        *("comment", "--report", str(report), "--request", "12", "--head", HEAD, "--checked", checked),
        *("--status", "--summary", SUMMARY, "--preview", PREVIEW),
    )


def read_accounts(output: Path) -> list[str]:
    (line,) = re.findall(r"(?m)^accounts=(.*)$", output.read_text(encoding="utf-8"))
    return str(line).split(" ")


# --- which request, and whose ---------------------------------------------------------------------


def test_the_request_of_a_run_is_found_by_what_the_forge_says(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert find(capsys) == (0, f"第 12 个请求，{HEAD}；改过的账号：teacher\n")
    assert output.read_text(encoding="utf-8") == (
        f"number=12\nhead={HEAD}\nsubmitted=2021-03-29T09:00:00Z/2021-03-30T01:00:00Z\naccounts=teacher\n"
    )


def test_whoever_pushed_between_is_named_though_his_commits_bear_another_s_name(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """He pushed to the officer's branch as the officer by mail address, and the officer pushed after him."""
    hub.pulls[1]["user"] = hub.run["actor"] = {"login": "officer"}
    hub.commits = [commit_of("officer")] * 3
    hub.activity = [
        push_of("officer"),
        push_of("Intruder", "force_push"),
        push_of("officer", "branch_creation"),
        push_of("earlier", "branch_deletion"),
    ]
    find(capsys)
    assert read_accounts(output) == ["Intruder", "officer"]


def test_the_last_account_is_who_pushed_last_not_who_opened_it_again(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.run["actor"] = {"login": "officer"}
    find(capsys)
    assert read_accounts(output) == ["officer", "teacher"]


def test_authors_and_committers_are_named_and_the_forge_s_own_account_is_not(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.commits = [commit_of("teacher")] * 100 + [commit_of("writer", "carrier"), commit_of(None, "web-flow")]
    find(capsys)
    assert read_accounts(output) == ["writer", "carrier", "teacher"]


@pytest.mark.parametrize("activity", [None, {"message": "?"}, [], [push_of("teacher")] * 100])
def test_where_not_all_pushes_are_told_it_says_so(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str], activity: Any
) -> None:
    hub.activity = activity
    hub.commits = [commit_of("writer")]
    assert find(capsys)[1].endswith(
        "网站没有给出这个分支的全部推送记录，只核对提出的人、最后改动的人和提交里写的账号。\n"
    )
    assert read_accounts(output) == ["writer", "teacher"]


@pytest.mark.parametrize("login", ["a b", "x\naccounts=officer", "$(id)", "", None, 7, "é"])
def test_a_name_that_is_none_is_a_ghost_s(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str], login: Any
) -> None:
    hub.pulls[1]["user"] = {"login": login}
    assert find(capsys)[0] == 0
    assert read_accounts(output) == ["ghost", "teacher"]
    assert len(output.read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"event": "push"}, 1, "没有查到：7 不是一次做完的“.github/workflows/check.yml”\n"),
        (
            {"path": ".github/workflows/evil.yml"},
            1,
            "没有查到：7 不是一次做完的“.github/workflows/check.yml”\n",
        ),
        ({"status": "in_progress"}, 1, "没有查到：7 不是一次做完的“.github/workflows/check.yml”\n"),
        ({"conclusion": "cancelled"}, 0, "检查被取消或等待批准，不核对\n"),
        ({"head_sha": "e" * 40}, 0, "没有要核对的请求：已经关闭，或者又有了新的改动\n"),
        ({"head_sha": "../../x"}, 1, "没有查到：这次运行没有写明是哪个分支的\n"),
        ({"head_repository": None}, 1, "没有查到：这次运行没有写明是哪个分支的\n"),
        ({"created_at": "2021-03-30\nhead=x"}, 1, "没有查到：答复里的时间看不懂\n"),
    ],
)
def test_what_is_no_check_s_run_of_an_open_request_hands_nothing_on(
    hub: Hub,
    output: Path,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, Any],
    code: int,
    said: str,
) -> None:
    hub.run |= change
    assert find(capsys) == (code, said)
    assert output.read_text(encoding="utf-8") == ""


def test_a_request_to_another_branch_gets_no_verdict(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The branch could hold a list of accounts of the attacker's own, and the status is its commit's, not its request's."""
    del hub.pulls[1]
    assert find(capsys) == (0, "请求不是要合并到默认分支的，不核对\n")
    assert output.read_text(encoding="utf-8") == ""


def test_two_requests_of_one_branch_are_not_guessed_at(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.pulls.append({**hub.pulls[1], "number": 16})
    assert find(capsys) == (1, "没有查到：分支 patch/1 有 2 个请求，不知道是哪一个的检查\n")
    assert output.read_text(encoding="utf-8") == ""


def test_more_commits_than_the_forge_lists_are_not_judged(
    hub: Hub, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.commits = [commit_of("teacher")] * 250
    code, said = find(capsys)
    assert (code, said.startswith("没有查到：请求有 250 次以上的提交")) == (1, True)
    assert output.read_text(encoding="utf-8") == ""


def test_the_forge_that_refuses_is_named_without_the_token(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert find(capsys, "8") == (1, "没有查到：GET /actions/runs/8 没有成功：404\n")


# --- verdict and comment --------------------------------------------------------------------------


def test_the_first_verdict_comments_and_the_next_one_updates_it(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judge(capsys, report) == (0, "已经留言：https://x/1\n")
    (comment,) = hub.comments
    about = Circumstances(head=HEAD, passed=True, summary=SUMMARY, preview=PREVIEW)
    assert comment["body"] == compose_comment(Report.model_validate(REPORT), about)
    assert judge(capsys, report) == (0, "留言没有变化：https://x/1\n")
    # A green report of a step that then failed is not believed.
    assert judge(capsys, report, "failure") == (0, "已经更新留言：https://x/1\n")
    assert len(hub.comments) == 1
    assert comment["body"].startswith("## ✕ 检查没有通过")
    shared = {"context": "pairing/verdict", "target_url": SUMMARY}
    green = {**shared, "state": "success", "description": "主分支的程序核对过：通过"}
    red = {**shared, "state": "failure", "description": "主分支的程序核对过：没有通过，请看留言"}
    assert hub.statuses == [(HEAD, green), (HEAD, green), (HEAD, red)]


def test_a_red_report_is_a_red_verdict_however_the_step_ended(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report.write_text(json.dumps({**REPORT, "verdict": "red"}), encoding="utf-8")
    judge(capsys, report, "success")
    assert [status["state"] for _, status in hub.statuses] == ["failure"]


@pytest.mark.parametrize(
    ("data", "checked"),
    [
        (None, "failure"),
        (None, "success"),
        (b'{"verdict": "purple"}', "success"),
        (b"\0" * 3_500_000, "success"),
        (None, "skipped"),
        (json.dumps(REPORT).encode(), "skipped"),
        (json.dumps(REPORT).encode(), "cancelled"),
    ],
)
def test_what_was_not_checked_to_the_end_is_red(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, checked: str
) -> None:
    report.unlink()
    if data is not None:
        report.write_bytes(data)
    assert judge(capsys, report, checked)[0] == 0
    assert [status["state"] for _, status in hub.statuses] == ["failure"]
    head = "## ✕ 检查没有通过" if checked == "cancelled" else "## ✕ 检查没有做完"
    assert hub.comments[0]["body"].startswith(head)
    assert ("git 放不下请求里的文件" in hub.comments[0]["body"]) == (checked == "skipped")
    assert MARKER.search(hub.comments[0]["body"])


def test_another_account_s_comment_with_the_marker_is_left_alone(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = "绿的\n<!-- pairing-check:1 e30= -->"
    hub.comments += [{"id": n, "body": "好", "user": {"login": BOT}} for n in range(100)]
    hub.comments.append({"id": 500, "body": forged, "user": {"login": "teacher"}})
    hub.comments.append({"id": 501, "body": forged + " 后面还有字", "user": {"login": BOT}})
    assert judge(capsys, report)[0] == 0
    assert [c["id"] for c in hub.comments if c["body"].startswith("##")] == [1002]
    assert hub.comments[100]["body"] == forged


@pytest.mark.parametrize(
    ("api", "repository"), [("http://forge.example", "a/b"), ("https://forge.example", "a/b/../c")]
)
def test_an_address_that_is_not_safe_is_refused(api: str, repository: str) -> None:
    with pytest.raises(ForgeError):
        Forge(api=api, repository=repository, token="t")  # noqa: S106  # no secret


def test_a_report_at_hand_can_be_posted_to_any_forge_of_this_api(
    hub: Hub, report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("comment", "--report", str(report), "--request", "12", "--head", HEAD)
    assert run(capsys, *options) == (0, "已经留言：https://x/1\n")
    assert run(capsys, *options, "--author", "Someone-Else")[1].startswith("已经留言")
    assert hub.statuses == []
    gone = ("comment", "--report", f"{report}.gone", "--request", "12", "--head", HEAD)
    for wrong in (gone, ("comment", "--report", str(report), "--request", "12"), (*options[:3], "--status")):
        assert main(wrong) == 2
