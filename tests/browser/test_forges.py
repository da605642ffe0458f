"""The page's clients of four forges in a real browser, against stand-ins with real git: what is sent is what is there."""

from __future__ import annotations

import base64
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import served
from tests.browser.waiting import wait_until
from tests.conftest import ROOT
from tests.forge.repository import BareRepository
from tests.forge.server import serve_forge
from tests.forge.state import Account, Call, Cut, Fault, ForgeState, Kind

pytestmark = pytest.mark.browser

KINDS = get_args(Kind)
KEY = "school-key_0123456789abcdef"
BRANCH = "submit/guangcai/20200508-environment-guidance-k3x9"
FOLDER = "records/guangcai/2020/05/08-environment-guidance"
TITLE = "光彩幼儿园2020年5月：云上帮教：益智区材料投放"
BODY = "- 园名：光彩幼儿园\n\n- [x] 每项活动都有 方案、措施、记录、总结 和 图片。\n"
ARCHIVE = {"README.md": b"The archive\n", "records/guangcai/school.yml": "name: 光彩幼儿园\n".encode()}
_RANDOM = random.Random(15)  # noqa: S311 - pictures that are the same every time
TEXT = "---\ntitle: 云上帮教\n---\n## 方案\n写在纸上的“话”\n".encode()
FILES = {
    f"{FOLDER}/activity.md": TEXT,
    f"{FOLDER}/01.jpg": _RANDOM.randbytes(150_001),
    f"{FOLDER}/02.jpg": _RANDOM.randbytes(80_000),
}
SIZE = sum(map(len, FILES.values()))
_PAGE = """<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>-</title>
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src 'self'; connect-src http://127.0.0.1:*">
<script type="module" src="page.js"></script></html>"""
_SCRIPT = """
import { openForge } from "./forges.js";
const decode = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
window.files = (given) => Object.entries(given).map(([path, text]) => ({ path, bytes: decode(text) }));
window.open_ = (given) => openForge(given.config, given.key, { pauses: [5, 5, 5], stall: given.stall });
window.noting = async (act) => {
  try { return await act(); } catch (error) { return { fault: error.code ?? error.name, words: error.message }; }
};
document.title = "ready";
"""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A forge and a browser's page that uses it."""

    state: ForgeState
    api: str
    pages: Callable[[], Page]

    def page(self) -> Page:
        """Open another tab."""
        return self.pages()

    def run(
        self, page: Page, act: str, *, files: dict[str, bytes] = FILES, stall: int = 5000, **given: Any
    ) -> Any:
        """Return what `act`, of JavaScript with `forge`, `list` and `given`, comes to, or the fault it ends in."""
        repository = given.pop("repository", self.state.name)
        config = {
            "kind": self.state.kind,
            "api": self.api,
            "repository": repository,
            "branch": "main",
            "web": "",
        }
        packed = {path: base64.b64encode(content).decode() for path, content in files.items()}
        whole = {"config": config, "key": KEY, "files": packed, "stall": stall, **given}
        return page.evaluate(
            "(given) => noting(async () => { const forge = open_(given), list = files(given.files);"
            f" return {act} }})",
            whole,
        )

    def submit(self, page: Page, **given: Any) -> Any:
        """Hand in."""
        act = "forge.submit({ branch: given.branch, title: given.title, body: given.body, files: list })"
        return self.run(page, act, **{"branch": BRANCH, "title": TITLE, "body": BODY, **given})

    def holds_once(self, *, files: dict[str, bytes] = FILES) -> None:
        """Assert that exactly these files arrived, on one branch by one commit, in one request."""
        repository = self.state.repository
        assert repository.branches() == ["main", BRANCH]
        assert repository.read_files(BRANCH) == {**ARCHIVE, **files}
        assert repository.count_commits(BRANCH) == 1
        assert [(r.number, r.branch, r.title, r.body, r.state) for r in self.state.requests] == [
            (1, BRANCH, TITLE, BODY, "open")
        ]

    def answer(self, **more: Any) -> dict[str, Any]:
        """Return what handing in is to answer."""
        part = {"github": "pull", "gitlab": "-/merge_requests"}.get(self.state.kind, "pulls")
        url = f"{self.state.web}/county/archive/{part}/1"
        return {"number": 1, "url": url, "branch": BRANCH, "head": self.state.repository.find(BRANCH), **more}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a page with the clients and nothing else."""
    folder = tmp_path_factory.mktemp("page")
    for script in (ROOT / "theme_overrides" / "assets" / "js" / "write").glob("forge*.js"):
        shutil.copy(script, folder)
    (folder / "index.html").write_text(_PAGE, encoding="utf-8")
    (folder / "page.js").write_text(_SCRIPT, encoding="utf-8")
    with served(folder, "/") as served_at:
        yield served_at


@pytest.fixture
def start(browser: Browser, address: str, tmp_path: Path) -> Iterator[Callable[[Kind], Bench]]:
    """Return a function that makes a forge of a kind with an archive, and pages for it; looks for the key afterwards."""
    made: list[ForgeState] = []
    pattern = BareRepository.make(tmp_path / "pattern.git", ARCHIVE)
    with ExitStack() as stack:
        context = browser.new_context(locale="zh-CN")
        stack.callback(context.close)

        def open_page() -> Page:
            page = context.new_page()
            page.goto(address)
            wait_until(page, "document.title === 'ready'")
            return page

        def start(kind: Kind) -> Bench:
            repository = BareRepository(path=shutil.copytree(pattern.path, tmp_path / f"{len(made)}.git"))
            state = ForgeState(kind=kind, repository=repository, keys={KEY: Account(login="guangcai-bot")})
            made.append(state)
            return Bench(state=state, api=stack.enter_context(serve_forge(state)), pages=open_page)

        yield start
        for state in made:
            assert state.calls
            assert [call for call in state.calls if KEY in call.address] == []
            assert KEY not in repr((state.requests, state.comments))
            for branch in state.repository.branches():
                assert KEY.encode() not in state.repository.git("log", "-p", "--format=raw", branch)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_handed_in_is_what_is_there(start: Callable[[Kind], Bench], kind: Kind) -> None:
    bench = start(kind)
    page = bench.page()
    assert bench.run(page, "forge.whoAmI()") == {"name": "guangcai-bot"}
    told = bench.run(
        page,
        "(async (told) => { const answer = await forge.submit({ ...given, files: list, "
        "onProgress: (done, all) => told.push([done, all]) }); return { answer, told }; })([])",
        branch=BRANCH,
        title=TITLE,
        body=BODY,
    )
    bench.holds_once()
    assert told["answer"] == bench.answer()
    assert bench.state.requests[0].author == "guangcai-bot"
    log = bench.state.repository.git("log", "-1", "--format=%an|%s", BRANCH).decode()
    assert log == f"guangcai-bot|{TITLE}\n"
    done = [each[0] for each in told["told"]]
    assert {each[1] for each in told["told"]} == {SIZE}
    assert done == sorted(done)
    assert done[-1] == SIZE
    # Base64 makes four bytes of three; the calls around the files add little.
    assert SIZE * 4 / 3 < sum(call.size for call in bench.state.calls) < SIZE * 4 / 3 + 4000


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_is_mended_on_its_branch_and_followed_to_the_end(
    start: Callable[[Kind], Bench], kind: Kind
) -> None:
    bench = start(kind)
    page, state = bench.page(), bench.state
    sent = bench.submit(page)
    first = sent["head"]

    def stand() -> tuple[str, Any]:
        found = bench.run(page, "forge.state(given.sent)", sent=sent)
        assert found["url"] == sent["url"]
        return found["state"], found["report"]

    assert stand() == ("waiting", None)
    state.checks[first] = "pending"
    assert stand() == ("waiting", None)
    state.checks[first] = "failure"
    assert stand() == ("red", None)
    request = state.requests[0]
    state.comment(request, "请看一看。", author="officer")
    state.comment(request, "<!-- pairing-check:1 bm9uc2Vuc2U= -->", author="officer")
    state.report(request, {"head": first, "verdict": "green", "problems": []}, author="guangcai-bot")
    quoted = state.comments[request.number].pop().body
    state.comment(request, f"```\n{quoted}```\n")  # the gate quotes what stands in the request
    assert stand() == ("red", None)
    state.comment(request, quoted, author="guangcai-bot")
    assert stand() == ("red", None), "whoever made the request does not report on it"
    report = {
        "head": first,
        "verdict": "red",
        "problems": [{"message": "“措施”还没有写"}],
        "receipt": {"months": ["五月"]},
    }
    state.report(request, report)
    assert stand() == ("red", report)

    mended = {
        f"{FOLDER}/activity.md": TEXT + "## 措施\n一、……\n".encode(),
        f"{FOLDER}/01.jpg": FILES[f"{FOLDER}/01.jpg"],
    }
    act = "forge.update(given.sent, { files: list, removed: given.removed, message: '改正：措施' })"
    removed = [f"{FOLDER}/02.jpg", f"{FOLDER}/03.jpg"]
    before = len(state.calls)
    second = bench.run(page, act, files=mended, sent=sent, removed=removed)
    assert second == {**sent, "head": state.repository.find(BRANCH)}
    assert second["head"] != first
    assert state.repository.read_files(BRANCH) == {**ARCHIVE, **mended}
    assert state.repository.count_commits(BRANCH) == 2
    assert sum(call.size for call in state.calls[before:]) < 3000, "a photo that is there is not sent again"
    assert bench.run(page, act, files=mended, sent=sent, removed=removed) == second
    assert state.repository.count_commits(BRANCH) == 2
    assert stand() == ("waiting", None), "the report is on the commit before"

    # The branch moves while a page is about to change it: it looks again and goes on from there.
    foreign = state.repository.write_commit(
        state.repository.tree_of(second["head"]), [second["head"]], "Meanwhile", author="officer"
    )
    commit = {"github": "PATCH", "gitea": "POST .*/contents$"}.get(kind, "POST .*/commits$")
    state.repository.move_branch(BRANCH, foreign, second["head"])
    state.faults.append(Fault(call=commit, what=(409, {"message": "conflict"}, {})))
    third = bench.run(page, act, files=FILES, sent=sent, removed=[])
    assert third["head"] == state.repository.find(BRANCH)
    assert state.repository.read_files(BRANCH) == {**ARCHIVE, **FILES}
    assert state.repository.is_ancestor(foreign, third["head"])

    good = {"head": third["head"], "verdict": "green", "problems": [], "receipt": {}}
    state.report(request, good)
    assert stand() == ("green", good)
    state.comments.clear()
    state.checks[third["head"]] = "success"
    assert stand() == ("green", None)

    state.merge(request)
    assert state.repository.read_files("main") == {**ARCHIVE, **FILES}
    assert state.repository.branches() == ["main"]
    assert stand() == ("merged", None)
    gone = {"fault": "gone", "words": "原来那一份已经收下或关闭，不能再改。请另交一份。"}
    assert bench.run(page, act, files=mended, sent=sent, removed=[]) == gone
    # A tab that never heard of the answer hands in again: it is told of the request that was merged.
    assert bench.submit(page) == {**sent, "head": third["head"]}
    assert len(state.requests) == 1

    other = bench.submit(page, branch=f"{BRANCH}2", files={f"{FOLDER}-2/activity.md": TEXT})
    state.close(state.requests[1])
    sent = other
    assert stand() == ("closed", None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_is_withdrawn_with_its_branch(start: Callable[[Kind], Bench], kind: Kind) -> None:
    """Gitee's API deletes no branch: whoever withdraws is told that it is left."""
    bench = start(kind)
    page, state = bench.page(), bench.state
    drops = kind != "gitee"

    def withdraw(sent: dict[str, Any]) -> Any:
        return bench.run(page, "forge.withdraw(given.sent)", sent=sent)

    def states() -> list[str]:
        return [request.state for request in state.requests]

    sent = bench.submit(page)
    state.faults.append(Fault(call="^(PATCH|PUT) ", what=(403, {"message": "no"}, {})))
    assert withdraw(sent)["fault"] == "forbidden"
    assert states() == ["open"]
    if drops:
        state.faults = [Fault(call="^DELETE ", what=(422, {"message": "Cannot delete protected branch"}, {}))]
        assert withdraw(sent) is False
        assert states() == ["closed"]
        assert state.repository.branches() == ["main", BRANCH]
    assert withdraw(sent) is drops
    assert states() == ["closed"]
    assert state.repository.branches() == (["main"] if drops else ["main", BRANCH])
    if not drops:
        state.repository.drop_branch(BRANCH)  # by the bureau
    assert withdraw(sent) is True, "again, and nothing is left to do"
    # A try that never came to a request, and one whose answer was lost.
    opens = {"gitlab": "POST .*/merge_requests$"}.get(kind, "POST .*/pulls$")
    tries: tuple[tuple[str, Cut, int], ...] = (("a", "refuse", 1), ("b", "lose", 2))
    for name, what, requests in tries:
        branch = f"{BRANCH}-{name}"
        state.faults = [Fault(call=opens, what=what, times=9)]
        bench.submit(page, branch=branch)
        assert branch in state.repository.branches()
        assert withdraw({"number": None, "branch": branch}) is drops
        assert (branch in state.repository.branches()) is not drops
        assert states() == ["closed"] * requests
    state.faults = []
    sent = bench.submit(page, branch=f"{BRANCH}-3")
    state.merge(state.requests[-1])
    assert withdraw(sent)["fault"] == "gone"


@pytest.mark.parametrize("kind", KINDS)
def test_one_lost_call_costs_nothing(start: Callable[[Kind], Bench], kind: Kind) -> None:
    clean = start(kind)
    page = clean.page()
    clean.submit(page)
    calls = [f"{call.method} {call.address.partition('?')[0]}" for call in clean.state.calls]
    assert len(calls) in {6, 7, 13}
    for number, call in enumerate(calls):
        if call.endswith("/git/blobs") and calls[number - 1] == call:
            continue  # as the one before
        cuts: tuple[Cut, ...] = ("refuse",) if call.startswith("GET") else ("cut", "lose")
        for cut in cuts:
            bench = start(kind)
            bench.state.keep_alive = (
                cut == "lose"
            )  # then the browser itself sends again what was done already
            bench.state.faults.append(Fault(call=".", what=cut, after=number))
            sent = bench.submit(page)
            assert sent == bench.answer(), (call, cut)
            bench.holds_once()


@pytest.mark.parametrize("kind", KINDS)
def test_a_network_lost_in_the_middle_goes_on_in_another_tab(
    start: Callable[[Kind], Bench], kind: Kind
) -> None:
    offline = {"fault": "offline", "words": _said("offline")}
    cuts: tuple[Cut, ...] = ("cut", "lose")
    for cut in cuts:
        bench = start(kind)
        page = bench.page()
        # From the first change on nothing comes back: as a telephone that goes into a lift.
        bench.state.faults += [
            Fault(call="^(POST|PATCH)", what=cut, after=1 if kind == "github" else 0, times=1),
            Fault(call=".", what="refuse", after=len(bench.state.calls) + _calls_before(kind), times=99),
        ]
        assert bench.submit(page) == offline
        page.close()
        bench.state.faults.clear()
        assert bench.submit(bench.page()) == bench.answer()
        bench.holds_once()


def _calls_before(kind: Kind) -> int:
    """Return how many calls get through before and with the one that is cut."""
    return {"github": 7, "gitea": 4, "gitlab": 4, "gitee": 4}[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_tab_closed_during_the_upload_leaves_no_half(start: Callable[[Kind], Bench], kind: Kind) -> None:
    bench = start(kind)
    page = bench.page()
    upload = {"github": "POST .*/git/blobs", "gitea": "POST .*/contents"}.get(kind, "POST .*/commits")
    bench.state.faults.append(Fault(call=upload, what="hold", after=1 if kind == "github" else 0))
    act = "(window.job = forge.submit({ ...given, files: list }), 1)"
    assert bench.run(page, act, branch=BRANCH, title=TITLE, body=BODY) == 1
    assert bench.state.held.wait(5)
    page.close()
    bench.state.let_go.set()
    assert bench.state.requests == []
    assert bench.submit(bench.page()) == bench.answer()
    bench.holds_once()


@pytest.mark.parametrize("kind", KINDS)
def test_handing_in_can_be_stopped(start: Callable[[Kind], Bench], kind: Kind) -> None:
    bench = start(kind)
    page = bench.page()
    upload = {"github": "POST .*/git/blobs", "gitea": "POST .*/contents"}.get(kind, "POST .*/commits")
    bench.state.faults.append(Fault(call=upload, what="hold"))
    act = "(window.stop = new AbortController(), window.job = noting(() => forge.submit({ ...given, files: list, signal: stop.signal })), 1)"
    bench.run(page, act, branch=BRANCH, title=TITLE, body=BODY)
    assert bench.state.held.wait(5)
    assert page.evaluate("(stop.abort(), job)") == {"fault": 20, "words": "signal is aborted without reason"}
    bench.state.let_go.set()
    assert bench.state.requests == []
    # A forge that says nothing any more is given up.
    bench.state.let_go.clear()
    bench.state.faults.append(Fault(call=".", what="hold", times=9))
    assert bench.submit(page, stall=60) == {"fault": "offline", "words": _said("offline")}
    bench.state.let_go.set()


def _said(code: str) -> str:
    return {
        "offline": "网络断了，或档案所在的网站没有回应。连上网后再按一次：会接着交，不会交成两份。",
        "broken": "档案所在的网站出了故障。过几分钟再按一次：会接着交，不会交成两份。",
        "key": "这把钥匙不能用了：可能过期了，也可能被收回了。请向教育局要一把新的，放进“钥匙”里，再按一次。",
        "forbidden": "这把钥匙没有交材料的权限。请把这句话转告教育局，换一把能建分支、能提合并请求的钥匙。",
        "missing": "找不到档案的仓库，或者这把钥匙看不到它。请把这句话转告教育局，核对仓库的名称和钥匙能用在哪个仓库。",
        "exists": "档案里刚刚有了同名的文件夹。请回到第一步刷新本页，再交一次，本页会换一个名称。",
        "large": "一次交的太大，档案所在的网站不收。请去掉几张照片，分两次交。",
        "strange": "档案所在的网站答的话看不懂，可能网站的地址填错了。请把这句话转告教育局。",
    }[code]


@pytest.mark.parametrize("kind", KINDS)
def test_every_refusal_says_what_to_do(start: Callable[[Kind], Bench], kind: Kind) -> None:
    bench = start(kind)
    page, state = bench.page(), bench.state
    fine = dict(state.keys)

    def refused(fault: Fault | None = None, **given: Any) -> tuple[str, str]:
        state.faults[:] = [fault] if fault else []
        found = bench.submit(page, **given)
        return found["fault"], found["words"]

    state.keys.clear()
    assert refused() == ("key", _said("key"))
    state.keys.update(fine)
    state.keys[KEY].may_write = False
    assert refused() == ("forbidden", _said("forbidden"))
    state.keys[KEY].may_write = True
    assert refused(repository="county/other") == ("missing", _said("missing"))
    state.most = 30_000
    assert refused() == ("large", _said("large"))
    state.most = 50_000_000
    for content in (b"name: x\n", ARCHIVE["records/guangcai/school.yml"]):
        assert refused(files={"records/guangcai/school.yml": content}) == ("exists", _said("exists"))
    assert refused(Fault(call="^GET", what=(502, {"message": "Bad Gateway"}, {}), times=9)) == (
        "broken",
        _said("broken"),
    )
    for nonsense in (b"<p>Sign in</p>", {"message": "Moved"}, None):
        assert refused(Fault(call="^GET", what=(200, nonsense, {}))) == ("strange", _said("strange"))
    wait = Fault(call="^POST", what=(429, {"message": "Too many"}, {}))
    assert refused(wait) == ("busy", "交得太勤，档案所在的网站请您等一等。过几分钟再按一次。")
    if kind == "github":
        headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1590754200"}
        limited = Fault(call="^POST", what=(403, {"message": "API rate limit exceeded"}, headers))
        assert refused(limited) == ("busy", "交得太勤，档案所在的网站请您等一等。20:10以后再按一次。")
    odd = Fault(
        call="^POST .*/(pulls|merge_requests)$", what=(422, {"message": "Title is too long"}, {}), times=9
    )
    words = "档案所在的网站不收这一份。请把下面这句话转告教育局：“Title is too long”（422）"
    assert refused(odd) == ("refused", words)
    assert state.requests == []
    state.cors = False
    assert refused() == ("offline", _said("offline"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_branch_or_request_that_is_there_is_taken(start: Callable[[Kind], Bench], kind: Kind) -> None:
    bench = start(kind)
    state, page = bench.state, bench.page()
    branch = f"{BRANCH}-other"
    bench.submit(page, branch=branch, files={f"{FOLDER}-9/activity.md": b"x"})
    find = {"github": "GET .*/git/ref/heads/submit"}.get(kind, "GET .*/branches/submit")
    # The branch and the request are made by another tab between the question and the deed.
    missing: tuple[int, Any, dict[str, str]] = (404, {"message": "Not Found"}, {})
    nothing: tuple[int, Any, dict[str, str]] = (200, [], {})
    bench.submit(page)
    assert len(state.requests) == 2
    state.faults += [
        Fault(call=find, what=missing),
        Fault(call="GET .*/(pulls|merge_requests)$", what=nothing, times=2),
    ]
    sent = bench.submit(page)
    assert sent == bench.answer(number=2, url=bench.answer()["url"][:-1] + "2")
    assert len(state.requests) == 2
    assert state.repository.count_commits(BRANCH) == 1


def test_calls_are_as_few_as_the_kind_allows(start: Callable[[Kind], Bench]) -> None:
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        bench = start(kind)
        bench.submit(bench.page())
        found[kind] = [_short(call) for call in bench.state.calls]
    assert found == {
        "github": [
            "GET pulls",
            "GET git/ref/heads/…",
            f"GET contents/{FOLDER}",
            "GET git/ref/heads/main",
            "GET git/commits/…",
            *["POST git/blobs"] * 3,
            "POST git/trees",
            "POST git/commits",
            "POST git/refs",
            "GET pulls",
            "POST pulls",
        ],
        "gitea": [
            "GET pulls",
            "GET branches/…",
            f"GET contents/{FOLDER}",
            "POST contents",
            "GET pulls",
            "POST pulls",
        ],
        "gitlab": [
            "GET merge_requests",
            "GET repository/branches/…",
            "GET repository/tree",
            "POST repository/commits",
            "GET merge_requests",
            "POST merge_requests",
        ],
        "gitee": [
            "GET pulls",
            "GET branches/…",
            f"GET contents/{FOLDER}",
            "POST branches",
            "POST commits",
            "GET pulls",
            "POST pulls",
        ],
    }


def _short(call: Call) -> str:
    path = unquote(call.address.partition("?")[0]).partition("county/archive/")[2]
    path = path.replace(BRANCH, "…")
    head, _, last = path.rpartition("/")
    return f"{call.method} {f'{head}/…' if len(last) == 40 else path}"
