"""An issue of the form becomes a request: against a local forge with the documented shapes, and a real git remote."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.actions.intake import attachments, fetch, process_issue
from generator.actions.intake.attachments import GITHUB_STORES, Places, find_attachments
from generator.actions.intake.issue_form import LABELS, Form, parse_form
from generator.archive import Corpus
from generator.cli.main import main
from tests.phone_photos import plain_photo
from tests.receive.archive import write_archive
from tests.scratch_repository import commit, git

BOT = "github-actions[bot]"
ACCOUNTS = """accounts:
  - {name: sample-officer, bureau: true}
  - {name: Sample-Guangcai, schools: [guangcai]}
  - {name: sample-leimeng, schools: [leimeng]}
"""
TEXT = """大班区域活动观摩
时间：2020年5月14日
单位：光彩幼儿园
地点：光彩幼儿园
对方园：黑泉镇幼儿园
接待教师：2人
负责人：业务园长
方案
学习材料投放。
措施
分两组观摩。
记录
上午观摩，下午座谈。
总结
材料要分层。"""
FOLDER = "records/guangcai/2020/05/14-area-observation"
Run = Callable[..., tuple[int, str]]


def uuid(number: int) -> str:
    return f"{number:08x}-aaaa-4bbb-8ccc-0123456789ab"


@dataclass
class Hub:
    """The forge: what it holds, and what it was asked: (method, path, whether with a token)."""

    private: bool = True
    port: int = 0
    files: dict[str, Any] = field(default_factory=dict)
    html: str = ""
    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, bool]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asset(self, number: int, content: Any) -> str:
        """Put an attachment there and return its address."""
        path = f"/user-attachments/assets/{uuid(number)}"
        self.files[path] = content
        return self.url + path

    def api(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        match method, path:
            case "GET", "":
                return 200, {"full_name": "county/archive", "private": self.private}
            case "GET", "/issues/12":
                return 200, {"number": 12, "body_html": self.html}
            case "GET", "/issues/12/comments":
                return 200, self.comments
            case "POST", "/issues/12/comments":
                self.comments.append(
                    {"id": 900, "body": body["body"], "user": {"login": BOT}, "html_url": "https://x/1"}
                )
                return 201, self.comments[-1]
            case "PATCH", "/issues/comments/900":
                self.comments[0]["body"] = body["body"]
                return 200, self.comments[0]
            case "GET", "/pulls":
                return 200, self.pulls
            case "POST", "/pulls":
                head = {"ref": body["head"], "repo": {"full_name": "county/archive"}}
                self.pulls.append({"number": 34, "state": "open", **body, "head": head})
                return 201, self.pulls[-1]
            case "PATCH", "/pulls/34":
                self.pulls[0].update(body)
                return 200, self.pulls[0]
        return 404, {"message": "Not Found"}

    @property
    def fetched(self) -> list[str]:
        return [path for _, path, _ in self.asked if not path.startswith("/api/")]


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            path = self.path.partition("?")[0]
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            state.asked.append((self.command, path, "Authorization" in self.headers))
            status, headers = 200, {}
            if path.startswith("/api/repos/county/archive"):
                status, value = state.api(self.command, path.removeprefix("/api/repos/county/archive"), body)
                data = json.dumps(value).encode()
            else:
                value = state.files.get(path, (404, ""))
                if value == "drip":
                    self.send_response(200)
                    self.end_headers()
                    while not state.over.wait(0.02):
                        try:
                            self.wfile.write(b" ")
                        except OSError:
                            return
                    return
                if isinstance(value, tuple):
                    status, headers = value[0], {"Location": value[1]}
                data = value if isinstance(value, bytes) else b""
            self.send_response(status)
            for name, content in {"Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, content)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = answer

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002  # the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    monkeypatch.setenv("GITHUB_API_URL", f"{state.url}/api")
    monkeypatch.setenv("GITHUB_SERVER_URL", state.url)
    monkeypatch.setenv("GITHUB_REPOSITORY", "county/archive")
    monkeypatch.setenv("GITHUB_TOKEN", "sesame")
    monkeypatch.delenv("PAIRING_BOT_TOKEN", raising=False)
    monkeypatch.delenv("PAIRING_ATTACHMENT_HOSTS", raising=False)
    yield state
    state.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the archive, and its bare remote beside it."""
    base = tmp_path_factory.mktemp("intake")
    root = write_archive(base / "archive")
    (root / "records/bureau/2020/accounts.yml").write_text(ACCOUNTS, encoding="utf-8", newline="\n")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "The archive")
    git(base, "clone", "--quiet", "--bare", str(root), str(base / "origin.git"))
    return base


@pytest.fixture
def place(untouched: Path, tmp_path: Path) -> Path:
    base = Path(shutil.copytree(untouched, tmp_path / "work"))
    git(base / "archive", "remote", "add", "origin", (base / "origin.git").as_uri())
    return base


@pytest.fixture
def run(place: Path, hub: Hub, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that has an issue taken in: exit code and what was printed."""

    def call(body: str, *, user: str = "sample-guangcai", sender: str = "", **more: Any) -> tuple[int, str]:
        event = place / "event.json"
        event.write_text(json.dumps(make_event(body, user, sender or user, **more)), encoding="utf-8")
        capsys.readouterr()
        code = main(
            ("intake", "--root", str(place / "archive"), "--event", str(event), "--as-of", "2020-05-29")
        )
        assert git(place / "archive", "status", "--porcelain", "--untracked-files=all", "records") == ""
        out, err = capsys.readouterr()
        assert "sesame" not in out + err
        return code, out + err

    return call


def make_event(body: str, user: str, sender: str, **more: Any) -> dict[str, Any]:
    """Return an event ``issues`` as GitHub documents it, as far as it matters and a little further."""
    return {
        "action": more.get("action", "opened"),
        "issue": {
            "id": 1, "number": 12, "title": "交材料：$(touch x) ${{ github.token }}", "body": body, "state": "open", "user": {"login": user, "type": "User"},
            "labels": [{"id": 3, "name": more.get("label", "交材料"), "color": "ededed"}], "html_url": "https://x/issues/12",
        },
        "repository": {"id": 2, "full_name": "county/archive", "private": more.get("private", True), "default_branch": "main"},
        "sender": {"login": sender, "type": "User"},
    }  # fmt: skip


def fill(files: str = "", text: str = TEXT, school: str = "光彩幼儿园", people: str = "只有成人") -> str:
    """Return an issue's text as the form writes it."""
    answers = dict(
        zip(
            LABELS,
            (school, "_No response_", "区域活动观摩", people, files or "_No response_", text),
            strict=True,
        )
    )
    return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items()) + "\n"


def pushed(place: Path) -> dict[str, bytes]:
    """Return what the issue's branch adds to the archive, {} where there is no branch."""
    origin = place / "origin.git"
    if "submit/issue-12" not in git(origin, "branch", "--list", "submit/*"):
        return {}
    names = git(origin, "diff", "--name-only", "main", "submit/issue-12").split("\n")
    return {name: _show(origin, name) for name in names}


def pushed_text(origin: Path) -> str:
    """Return the record on the issue's branch."""
    return _show(origin, f"{FOLDER}/activity.md").decode("utf-8")


def _show(origin: Path, name: str) -> bytes:
    done = subprocess.run(
        ["git", "-C", str(origin), "show", f"submit/issue-12:{name}"], capture_output=True, check=True
    )
    return done.stdout


def answer(hub: Hub) -> str:
    (comment,) = hub.comments
    return str(comment["body"])


def test_photos_and_text_become_a_request_and_an_edit_updates_it(hub: Hub, run: Run, place: Path) -> None:
    one, two = hub.asset(1, plain_photo(1)), hub.asset(2, plain_photo(2))
    files = f'![大班区域活动现场]({one})\n<img width="900" alt="Image" src="{two}" />'
    assert run(fill(files)) == (0, "已提出或更新请求。已经留言：https://x/1\n")
    made = pushed(place)
    assert sorted(made) == [f"{FOLDER}/01.jpg", f"{FOLDER}/02.jpg", f"{FOLDER}/activity.md"]
    record = made[f"{FOLDER}/activity.md"].decode()
    assert "caption: 大班区域活动现场" in record
    assert record.count("people: adults") == 2
    assert "上午观摩，下午座谈。" in record
    (pull,) = hub.pulls
    assert (pull["title"], pull["base"], pull["head"]["ref"]) == (
        "光彩幼儿园 5月14日 区域活动观摩（交材料 #12）",
        "main",
        "submit/issue-12",
    )
    said = answer(hub)
    assert said.startswith("## 收到 1 份材料\n\n已经提出合并请求 #34，等教育局收下。\n")
    assert "1 张图片的说明" in said
    assert "Reopen pull request" in said  # a request of the workflow's own token is not checked by itself
    tip = git(place / "origin.git", "rev-parse", "submit/issue-12")
    # The same once more changes nothing; an edit replaces the commit, in the same request and the same answer.
    assert run(fill(files), action="edited") == (0, "已提出或更新请求。留言没有变化：https://x/1\n")
    assert git(place / "origin.git", "rev-parse", "submit/issue-12") == tip
    run(
        fill(
            files,
            TEXT.replace("地点：光彩幼儿园\n", "").replace("两组", "三组").replace("总结\n材料要分层。", ""),
        ),
        action="edited",
    )
    assert "**还缺**：总结" in answer(hub)
    assert "分三组观摩" in pushed(place)[f"{FOLDER}/activity.md"].decode()
    assert git(place / "origin.git", "rev-list", "--count", "main..submit/issue-12") == "1"
    assert len(hub.pulls) == len(hub.comments) == 1


def test_a_newer_version_of_what_the_archive_has_takes_its_place_in_the_request(
    hub: Hub, run: Run, place: Path
) -> None:
    one, two = hub.asset(1, plain_photo(1)), hub.asset(2, plain_photo(2))
    run(fill(f"![座谈]({one})\n![材料架]({two})"))
    origin, archive = place / "origin.git", place / "archive"
    git(archive, "fetch", "--quiet", "origin", "submit/issue-12")
    git(archive, "merge", "--quiet", "--ff-only", "FETCH_HEAD")
    git(archive, "push", "--quiet", "origin", "HEAD:main", ":submit/issue-12")
    hub.pulls.clear()
    run(fill(f"![座谈]({one})\n![材料架]({two})"))
    assert (hub.pulls, pushed(place)) == ([], {})
    assert answer(hub).startswith(f"## 已经在档案里\n\n- 已经收过：与 `{FOLDER}/` 一样\n")
    text = TEXT.replace("接待教师：2人", "接待教师：3人")
    run(fill(f"![座谈]({one})", text=text), action="edited")
    assert (
        f"- 放在 `{FOLDER}/`，图片 1 张\n"
        f"- 档案里原来有这份材料（`{FOLDER}/`），合并以后换成这一份，不同之处：\n"
        "  - 业务骨干人数：派出 0 人，接待 2 人 → 派出 0 人，接待 3 人\n"
        "  - 少了图片 `02.jpg`（材料架）\n"
        "  - 图片是要求撤下的，请告诉档案员用 `pairing photos withdraw` 撤：只换记录，仓库的历史里还有它\n"
    ) in answer(hub)
    assert f"（`{FOLDER}/`，换掉 `{FOLDER}/`）" in hub.pulls[0]["body"]
    changed = git(origin, "diff", "--name-status", "main", "submit/issue-12").split("\n")
    assert changed == [f"D\t{FOLDER}/02.jpg", f"M\t{FOLDER}/activity.md"]
    assert "received: 3}" in pushed_text(origin)


def test_what_is_filed_is_not_replaced_by_an_issue(
    hub: Hub, run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(fill())
    archive = place / "archive"
    git(archive, "fetch", "--quiet", "origin", "submit/issue-12")
    git(archive, "merge", "--quiet", "--ff-only", "FETCH_HEAD")
    git(archive, "push", "--quiet", "origin", "HEAD:main", ":submit/issue-12")
    hub.pulls.clear()
    monkeypatch.setattr(Corpus, "filing_number", lambda self, key: "2020-05-guangcai-01")
    run(fill(text=TEXT.replace("接待教师：2人", "接待教师：3人")), action="edited")
    assert (hub.pulls, pushed(place)) == ([], {})
    assert answer(hub).startswith(
        "## 已经在档案里\n\n- 档案里已经有这份材料，没有写：已经备案（`2020-05-guangcai-01`），这里不能换：请教育局在电脑上改好 "
    )
    assert "\n  - 业务骨干人数：派出 0 人，接待 2 人 → 派出 0 人，接待 3 人\n" in answer(hub)


def test_what_others_did_on_the_branch_is_not_overwritten(hub: Hub, run: Run, place: Path) -> None:
    run(fill())
    other = place / "other"
    git(place, "clone", "--quiet", "--branch", "submit/issue-12", str(place / "origin.git"), str(other))
    (other / FOLDER / "activity.md").write_text("mended", encoding="utf-8")
    mended = commit(other, "An officer's change")
    git(other, "push", "--quiet", "origin", "HEAD")
    assert run(fill(text=TEXT + "\n又一句。"), action="edited")[0] == 0
    assert git(place / "origin.git", "rev-parse", "submit/issue-12") == mended
    assert "已经有人在请求里改过，没有覆盖" in answer(hub)


def test_several_commits_that_the_runner_has_not_fetched_change_nothing(
    hub: Hub, run: Run, place: Path
) -> None:
    """Both branches went on by three commits since the runner's checkout; what others did on ours stays."""
    run(fill())
    origin, other = place / "origin.git", place / "other"
    git(place, "clone", "--quiet", str(origin), str(other))
    for number in range(3):
        (other / f"note-{number}.txt").write_text("x", encoding="utf-8")
        commit(other, f"Main goes on {number}")
    git(other, "push", "--quiet", "origin", "HEAD:main")
    assert run(fill(text=TEXT + "\n又一句。"), action="edited")[0] == 0
    assert git(origin, "rev-list", "--count", "main..submit/issue-12") == "1"
    assert "又一句。" in pushed_text(origin)
    git(other, "fetch", "--quiet")
    git(other, "checkout", "--quiet", "submit/issue-12")
    for number in range(3):
        (other / FOLDER / "activity.md").write_text(f"mended {number}", encoding="utf-8")
        commit(other, f"An officer's change {number}")
    mended = git(other, "rev-parse", "HEAD")
    git(other, "push", "--quiet", "origin", "HEAD")
    run(fill(text=TEXT + "\n再一句。"), action="edited")
    assert git(origin, "rev-parse", "submit/issue-12") == mended
    assert "已经有人在请求里改过，没有覆盖" in answer(hub)


@pytest.mark.parametrize(("change", "said"), [({"state": "closed"}, "已经关闭"), ({"state": "closed", "merged_at": "2020-05-30T00:00:00Z"}, "已经合并")])  # fmt: skip
def test_a_request_that_is_over_is_left_alone(
    hub: Hub, run: Run, place: Path, change: dict[str, str], said: str
) -> None:
    run(fill())
    before = pushed(place)
    hub.pulls[0].update(change)
    run(fill(text=TEXT + "\n又一句。"), action="edited")
    assert pushed(place) == before
    assert f"这份表的请求 #34 {said}" in answer(hub)


def test_a_package_and_a_bots_own_token(
    hub: Hub, run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(fill())
    record = pushed(place)[f"{FOLDER}/activity.md"]
    hub.pulls.clear()
    git(place / "origin.git", "branch", "-D", "submit/issue-12")
    manifest = {"format": 1, "school": "guangcai", "made": "2020-05-29T20:10:00+08:00", "kept_back": 0}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("档案包.json", json.dumps(manifest))
        archive.writestr(f"{FOLDER}/activity.md", record)
    hub.files["/user-attachments/files/77/default.zip"] = packed.getvalue()
    monkeypatch.setenv("PAIRING_BOT_TOKEN", "open")
    files = f"[光彩.zip]({hub.url}/user-attachments/files/77/default.zip)"
    assert run(fill(files, "_No response_"))[0] == 0
    assert pushed(place) == {f"{FOLDER}/activity.md": record}
    assert "Reopen pull request" not in answer(hub)


def test_pictures_of_a_private_repository_come_by_their_signed_address(hub: Hub, run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    store = f"localhost:{hub.port}"
    monkeypatch.setenv("PAIRING_ATTACHMENT_HOSTS", store)
    hub.files[f"/9/{uuid(1)}.png"] = plain_photo(1)
    hub.html = f'<p><img src="http://{store}/9/{uuid(1)}.png?jwt=ey"><img src="http://evil.example/{uuid(2)}.png"></p>'
    run(fill(f"![]({hub.asset(1, (404, ''))})"))
    assert sorted(pushed(place)) == [f"{FOLDER}/01.jpg", f"{FOLDER}/activity.md"]
    assert hub.fetched == [f"/9/{uuid(1)}.png"]
    # The token goes to the forge alone.
    assert {path for _, path, with_token in hub.asked if not with_token} == {f"/9/{uuid(1)}.png"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"private": False}, "这个仓库是公开的"),
        ({"user": "stranger"}, "账号 `stranger` 还没有登记"),
        ({"sender": "stranger"}, "账号 `stranger` 还没有登记"),
    ],
)
def test_nothing_is_fetched_for_those_who_may_not(
    hub: Hub, run: Run, place: Path, more: Any, said: str
) -> None:
    code, out = run(fill(f"![]({hub.asset(1, plain_photo(1))})"), **more)
    assert (code, out) == (0, "没有提出请求。已经留言：https://x/1\n")
    assert said in answer(hub)
    assert (hub.fetched, pushed(place), hub.pulls) == ([], {}, [])


def test_a_repository_that_became_public_since_the_event_is_refused(hub: Hub, run: Run) -> None:
    hub.private = False
    run(fill())
    assert answer(hub).startswith("## ！没有收下\n\n这个仓库是公开的")


@pytest.mark.parametrize("accounts", [{"user": "sample-leimeng"}, {"sender": "sample-leimeng"}])
def test_another_schools_folder_is_refused_before_anything_is_made(hub: Hub, run: Run, place: Path, accounts: Any) -> None:  # fmt: skip
    run(fill(), **accounts)
    assert "账号 `sample-leimeng` 不能替它交，没有收" in answer(hub)
    assert (pushed(place), hub.pulls) == ({}, [])


def test_issues_that_are_no_submission_are_left_alone(hub: Hub, run: Run, place: Path) -> None:
    nothing = (0, "不是刚填好或改好的“交材料”的表，什么也没有做。\n")
    assert run(fill(), label="建议") == nothing
    assert run(fill(), action="closed") == nothing
    assert hub.asked == []
    (place / "event.json").write_text('{"action": "opened"}', encoding="utf-8")
    assert main(("intake", "--root", str(place / "archive"), "--event", str(place / "event.json"))) == 1


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 20_000_000)
    return out.getvalue()


LIMITS = fetch.Limits(file=400_000, total=500_000, count=3, silence=5, each=0.4, whole=5)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ((302, "http://169.254.169.254/latest/meta-data"), "网站要转到 `169.254.169.254` 去取"),
        ((302, "http://localhost:1/x"), "网站要转到 `localhost` 去取"),
        ((302, "file:///etc/passwd"), "网站要转到 别处 去取"),
        ((302, "https://github.com@evil.example/x"), "网站要转到 `evil.example` 去取"),
        ((302, f"/user-attachments/assets/{uuid(1)}"), "网站转来转去"),
        ((404, ""), "网站不让程序取这个附件"),
        ((500, ""), "网站答复 500"),
        (b"x" * 400_001, "太大"),
        (b"<html><script>alert(1)</script></html>", "这是网页"),
        (b"MZ\x90\0" * 50, "这是程序，不收"),
        (b"", "文件是空的"),
        (bomb(), "解压炸弹"),
        ("drip", "等得太久"),
    ],
)  # fmt: skip
def test_an_attachment_that_is_not_taken_is_named_and_the_rest_is_received(hub: Hub, run: Run, place: Path, monkeypatch: pytest.MonkeyPatch, content: Any, reason: str) -> None:  # fmt: skip
    monkeypatch.setattr(
        process_issue, "fetch_all", lambda *a, **k: fetch.fetch_all(*a, **(k | {"limits": LIMITS}))
    )
    assert run(fill(f"![]({hub.asset(1, content)})"))[0] == 0
    assert sorted(pushed(place)) == [f"{FOLDER}/activity.md"]
    assert reason in answer(hub)


def test_count_and_total_are_limited(hub: Hub) -> None:
    places = Places(server=hub.url, repository="county/archive")
    found = find_attachments(places, "".join(f"![]({hub.asset(n, b'x' * 200_000)})" for n in range(1, 6)))
    done = fetch.fetch_all(places, found.attachments, token="t", signed={}, limits=LIMITS)  # noqa: S106  # no secret
    assert [name for name, _ in done.files] == ["IMG_0001", "IMG_0002"]
    assert [(each.name, each.reason[:4]) for each in done.refused] == [
        ("IMG_0003", "太大，最"),
        ("其余 2 个附件", "一次最多"),
    ]


def test_foreign_addresses_are_named_and_never_asked(hub: Hub, run: Run, place: Path) -> None:
    urls = ["https://evil.example/a.png", f"http://127.0.0.1:{hub.port + 1}/user-attachments/assets/{uuid(1)}", f"{hub.url}/county/archive/settings"]  # fmt: skip
    run(fill("".join(f"![图]({url})\n" for url in urls)))
    assert hub.fetched == []
    assert all(f"`{url}`：不是在这份表里上传的，没有去取" in answer(hub) for url in urls)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        (f"https://github.com/user-attachments/assets/{uuid(1)}", True),
        ("https://github.com/user-attachments/files/7/default.zip", True),
        ("https://github.com/county/archive/files/7/a.zip", True),
        ("https://github.com/other/archive/files/7/a.zip", False),
        (f"http://github.com/user-attachments/assets/{uuid(1)}", False),
        (f"https://github.com:444/user-attachments/assets/{uuid(1)}", False),
        (f"https://github.com.evil.example/user-attachments/assets/{uuid(1)}", False),
        (f"https://me@github.com/user-attachments/assets/{uuid(1)}", False),
        ("https://github.com/user-attachments/files/7/..%2f..%2fsettings", False),
        (f"https://github.com/user-attachments/assets/{uuid(1)}?x=1", False),
        ("https://github.com:x/user-attachments/files/7/a.zip", False),
    ],
)
def test_own_addresses(address: str, own: bool) -> None:
    assert (
        Places(server="https://github.com", repository="county/archive", stores=GITHUB_STORES).is_own(address)
        == own
    )


def test_no_text_of_an_issue_means_anything_to_a_forge_a_shell_or_a_log(
    hub: Hub, run: Run, place: Path
) -> None:
    evil = "@county/all Closes #1 $(touch pwned) `id` ::error::x <img src=x onerror=alert(1)> [a](javascript:x) ${{ github.token }}"
    text = (
        TEXT.replace("大班区域活动观摩\n", f"活动名称：{evil}\n")
        + f"\n\n其他\n::set-output name=x::y\n{evil}\n-->"
    )
    code, out = run(fill(text=text))
    assert (code, out) == (0, "已提出或更新请求。已经留言：https://x/1\n")
    (pull,) = hub.pulls
    message = git(place / "origin.git", "log", "-1", "--format=%B", "submit/issue-12").strip()
    assert message == f"{pull['title']}\n\n{pull['body']}"
    assert pull["title"] == "光彩幼儿园 5月14日 区域活动观摩（交材料 #12）"
    assert pull["body"] == (
        "由“交材料”的表收来：#12。合并以后，那份表自动关闭（Closes #12）。\n\n"
        f"- 光彩幼儿园 5月14日 区域活动观摩（`{FOLDER}/`）"
    )
    # In the answer all of it stands in code spans: outside of them no sign of it is left.
    bare = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", answer(hub))
    assert not re.search(r"@|\$\(|::|<img|javascript|\$\{\{|Closes", bare), bare
    assert not list(place.rglob("pwned"))


def test_answers_in_the_text_do_not_pass_for_answers_of_the_form() -> None:
    body = fill(text="一句。\r\n### 园名\r\n\r\n蕾梦幼儿园\r\n### 文字\r\n再一句。")
    assert parse_form(body) == Form(
        school="光彩幼儿园",
        measure="区域活动观摩",
        people="adults",
        text="一句。\n### 园名\n\n蕾梦幼儿园\n### 文字\n再一句。",
    )
    assert parse_form("只有文字") == Form(text="只有文字")
    assert (
        attachments.find_attachments(Places(server="https://x", repository="a/b"), "[" * 60_000).text
        == "[" * 60_000
    )
