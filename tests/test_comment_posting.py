"""Commenting on a request, against a local server that answers as GitHub documents it."""

from __future__ import annotations

import io
import json
import re
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from generator.actions.comments.compose import MARKER, Circumstances, compose_comment
from generator.actions.comments.forge_api import Forge, ForgeError
from generator.actions.comments.post import unpack_report
from generator.actions.comments.report import Report, ReportError
from generator.cli.main import main

HEAD = "c" * 40
BOT = "github-actions[bot]"
REPORT = {"format": 1, "verdict": "green", "problems": [], "receipt": {}, "photos": [], "notes": []}


def pack(name: str = "report.json", data: bytes | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, json.dumps(REPORT).encode() if data is None else data)
    return out.getvalue()


@dataclass
class Hub:
    """What the forge knows, and what it was asked: (method, path, whether with the token)."""

    run: dict[str, Any]
    pulls: list[dict[str, Any]]
    files: list[dict[str, Any]]
    artifacts: list[dict[str, Any]]
    comments: list[dict[str, Any]] = field(default_factory=list)
    archive: bytes = field(default_factory=pack)
    location: str = ""
    port: int = 0
    asked: list[tuple[str, str, bool]] = field(default_factory=list)

    def answer(self, method: str, path: str, query: str, body: Any) -> tuple[int, Any]:
        repository = "/api/repos/county/archive"
        page = int((re.search(r"\bpage=(\d+)", query) or [0, 1])[1])
        match method, path.removeprefix(repository):
            case "GET", "/actions/runs/7":
                return 200, self.run
            case "GET", "/actions/runs/7/artifacts":
                return 200, {"total_count": len(self.artifacts), "artifacts": self.artifacts}
            case "GET", "/actions/artifacts/5/zip":
                return 302, self.location or f"http://127.0.0.1:{self.port}/blob?sig=1"
            case "GET", "/blob":
                return 200, self.archive
            case "GET", "/pulls":
                assert "head=teacher%3Apatch%2F1" in query
                return 200, self.pulls
            case "GET", "/pulls/12/files":
                return 200, self.files[100 * (page - 1) : 100 * page]
            case "GET", "/issues/12/comments":
                return 200, self.comments[100 * (page - 1) : 100 * page]
            case "POST", "/issues/12/comments":
                self.comments.append(
                    {
                        "id": 900 + len(self.comments),
                        "body": body["body"],
                        "user": {"login": BOT},
                        "html_url": "https://x/1",
                    }
                )
                return 201, self.comments[-1]
            case "PATCH", str(rest) if found := re.fullmatch(r"/issues/comments/(\d+)", rest):
                (one,) = [c for c in self.comments if c["id"] == int(found[1])]
                one["body"] = body["body"]
                return 200, one
        return 404, {"message": "Not Found"}


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    repo = {"full_name": "county/archive"}
    state = Hub(
        run={
            "id": 7, "event": "pull_request", "path": ".github/workflows/check.yml@refs/pull/12/merge", "status": "completed",
            "conclusion": "success", "head_sha": HEAD, "head_branch": "patch/1", "head_repository": {"full_name": "teacher/archive"},
            "html_url": "https://forge.example/county/archive/actions/runs/7", "pull_requests": [],
        },
        pulls=[
            {"number": 11, "head": {"sha": HEAD, "repo": {"full_name": "other/archive"}}, "base": {"repo": repo}},
            {"number": 12, "head": {"sha": HEAD, "repo": {"full_name": "teacher/archive"}}, "base": {"repo": repo}},
            {"number": 13, "head": {"sha": "d" * 40, "repo": {"full_name": "teacher/archive"}}, "base": {"repo": repo}},
            {"number": 14, "head": {"sha": HEAD, "repo": None}, "base": {"repo": repo}},
        ],
        files=[{"filename": f"records/yi/2021/03/{n}.jpg"} for n in range(150)],
        artifacts=[
            {"id": 5, "name": "report", "size_in_bytes": 900, "expired": False},
            {"id": 6, "name": "preview", "size_in_bytes": 90_000, "expired": False},
        ],
    )  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            path, _, query = self.path.partition("?")
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            state.asked.append((self.command, path, "Authorization" in self.headers))
            status, value = state.answer(self.command, path, query, body)
            data = value if isinstance(value, bytes) else b"" if status == 302 else json.dumps(value).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = answer

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    monkeypatch.setenv("GITHUB_API_URL", f"http://127.0.0.1:{state.port}/api")
    monkeypatch.setenv("GITHUB_REPOSITORY", "county/archive")
    monkeypatch.setenv("GITHUB_TOKEN", "sesame")
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


def run(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    code = main(("comment", *(options or ("--run", "7"))))
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_the_first_run_comments_and_the_next_one_updates_it(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys) == (0, "已经留言：https://x/1\n")
    (comment,) = hub.comments
    about = Circumstances(
        head=HEAD,
        passed=True,
        summary=hub.run["html_url"],
        preview=f"{hub.run['html_url']}/artifacts/6",
    )
    assert comment["body"] == compose_comment(Report.model_validate(REPORT), about)
    assert run(capsys) == (0, "留言没有变化：https://x/1\n")
    hub.run["conclusion"] = "failure"
    assert run(capsys) == (0, "已经更新留言：https://x/1\n")
    assert len(hub.comments) == 1
    assert comment["body"].startswith("## ✕ 检查没有通过")
    # The token goes to the API alone, not to where the archive lies.
    assert {path for _, path, with_token in hub.asked if not with_token} == {"/blob"}


def test_another_accounts_comment_with_the_marker_is_left_alone(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = "绿的\n<!-- pairing-check:1 e30= -->"
    hub.comments += [{"id": n, "body": "好", "user": {"login": BOT}} for n in range(100)]
    hub.comments.append({"id": 500, "body": forged, "user": {"login": "teacher"}})
    hub.comments.append({"id": 501, "body": forged + " 后面还有字", "user": {"login": BOT}})
    assert run(capsys)[0] == 0
    assert [c["id"] for c in hub.comments if c["body"].startswith("##")] == [1002]
    assert hub.comments[100]["body"] == forged


def test_a_request_that_changes_the_checks_is_not_believed(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.files[120] = {"filename": "records/x.yml", "previous_filename": ".github/workflows/check.yml"}
    run(capsys)
    assert hub.comments[0]["body"].startswith("## ！检查结果不能作数")
    hub.files[:] = [{"filename": "records/x.jpg"}] * 3000
    hub.comments.clear()
    run(capsys)
    assert hub.comments[0]["body"].startswith("## ！检查结果不能作数")


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"event": "push"}, 1, "没有留言：7 不是一次做完的“.github/workflows/check.yml”\n"),
        (
            {"path": ".github/workflows/evil.yml"},
            1,
            "没有留言：7 不是一次做完的“.github/workflows/check.yml”\n",
        ),
        ({"status": "in_progress"}, 1, "没有留言：7 不是一次做完的“.github/workflows/check.yml”\n"),
        ({"conclusion": "cancelled"}, 0, "检查被取消或等待批准，不留言\n"),
        ({"head_sha": "e" * 40}, 0, "没有要留言的请求：已经关闭，或者又有了新的改动\n"),
        ({"head_sha": "../../x"}, 1, "没有留言：这次运行没有写明是哪个分支的\n"),
        ({"head_repository": None}, 1, "没有留言：这次运行没有写明是哪个分支的\n"),
    ],
)
def test_what_is_no_checks_run_of_an_open_request_gets_no_comment(
    hub: Hub, capsys: pytest.CaptureFixture[str], change: dict[str, Any], code: int, said: str
) -> None:
    hub.run |= change
    assert run(capsys) == (code, said)
    assert hub.comments == []


def test_two_requests_of_one_branch_are_not_guessed_at(hub: Hub, capsys: pytest.CaptureFixture[str]) -> None:
    hub.pulls.append({**hub.pulls[1], "number": 15})
    assert run(capsys) == (1, "没有留言：分支 patch/1 有 2 个请求，不知道是哪一个的检查\n")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda hub: hub.artifacts.pop(0),
        lambda hub: hub.artifacts[0].update(expired=True),
        lambda hub: hub.artifacts[0].update(size_in_bytes=3_000_000),
        lambda hub: setattr(hub, "archive", b"PK no archive"),
        lambda hub: setattr(hub, "archive", pack("../report.json")),
        lambda hub: setattr(hub, "archive", pack(data=b"\0" * 3_500_000)),
        lambda hub: setattr(hub, "archive", b"x" * 2_000_001),
        lambda hub: setattr(hub, "archive", pack(data=b'{"verdict": "purple"}')),
        lambda hub: setattr(hub, "location", "http://internal.example/latest/meta-data"),
        lambda hub: setattr(hub, "location", "file:///etc/passwd"),
    ],
)
def test_a_report_that_cannot_be_used_is_none(
    hub: Hub, capsys: pytest.CaptureFixture[str], spoil: Any
) -> None:
    spoil(hub)
    assert run(capsys)[0] == 0
    assert hub.comments[0]["body"].startswith("## ✕ 检查没有做完")
    assert MARKER.search(hub.comments[0]["body"])


def test_nothing_is_written_while_an_archive_is_read() -> None:
    for data in (b"", pack("report.json/x"), pack()[:-30], pack().replace(b"\x08\x00", b"\x63\x00")):
        with pytest.raises(ReportError):
            unpack_report(data)


def test_the_forge_that_refuses_is_named_without_the_token(
    hub: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = run(capsys, "--run", "8")
    assert (code, said) == (1, "没有留言：GET /actions/runs/8 没有成功：404\n")
    assert "sesame" not in said


@pytest.mark.parametrize(
    ("api", "repository"), [("http://forge.example", "a/b"), ("https://forge.example", "a/b/../c")]
)
def test_an_address_that_is_not_safe_is_refused(api: str, repository: str) -> None:
    with pytest.raises(ForgeError):
        Forge(api=api, repository=repository, token="t")  # noqa: S106  # no secret


def test_a_report_at_hand_can_be_posted_to_any_forge_of_this_api(
    hub: Hub, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(REPORT), encoding="utf-8")
    options = ("--report", str(file), "--request", "12", "--head", HEAD)
    assert run(capsys, *options) == (0, "已经留言：https://x/1\n")
    assert run(capsys, *options, "--author", "Someone-Else")[1].startswith("已经留言")
    for wrong in (("--report", str(file), "--request", "12"), ("--run", "7", "--head", HEAD), ()):
        assert main(("comment", *wrong)) == 2
