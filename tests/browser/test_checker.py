"""The check in a browser says what `pairing check` says: every case of the rules that drafts can express, in Chromium."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.archive import Corpus, read_corpus
from generator.cli.check_drafts import DraftChecker
from generator.site.checker import publish
from generator.site.checker.public_archive import write_public_archive
from generator.site.pages.site import compute_site
from tests.browser.checker_cases import DraftCase, check_natively, lay, read_drafts
from tests.browser.conftest import OpenView
from tests.browser.serving import served
from tests.conftest import ROOT, SITE_URL
from tests.test_rules import BASE

pytestmark = pytest.mark.browser

ASSETS = ROOT / "theme_overrides" / "assets"
# No eval anywhere, in the worker either: a policy in the page alone would not hold there.
POLICY = (
    "default-src 'self'; img-src 'self' data:; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "object-src 'none'; base-uri 'none'"
)
PREFIX = "/archive/"

START = """
async (stopAt) => {
  const { loadChecker } = await import("../assets/js/write/checker.js");
  const stopping = new AbortController();
  const said = [];
  const onProgress = (loaded, total, stage) => {
    said.push([loaded, total, stage]);
    if (loaded >= stopAt) stopping.abort();
  };
  try {
    window.checker = await loadChecker({ base: "../", onProgress, signal: stopping.signal });
    return { said, undecided: window.checker.undecided };
  } catch (error) {
    return { said, error: `${error.name}: ${error.message}` };
  }
}
"""

# Begins without waiting: the command has its say meanwhile, on the other core.
CHECK = """
(cases) => void (window.answers = (async () => {
  const answers = [];
  for (const { files, asOf, preview } of cases) {
    const drafts = files.map(({ path, start, length }) => {
      const bytes = new Uint8Array(length);
      bytes.set(Uint8Array.from(atob(start), (character) => character.charCodeAt(0)));
      return { path, bytes };
    });
    answers.push(await window.checker.check(drafts, { asOf, preview: Boolean(preview) }));
  }
  return answers;
})())
"""
SHOW = """
(html) => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "");
  frame.srcdoc = html;
  document.body.append(frame);
}
"""
NEVER = 2**40
BUREAU = "no school hands in the bureau's files"
LEFT_OUT = {
    "document-due/bad-roster": "takes a file of the public archive away",
    "document-due/good-not-yet": "takes a file of the public archive away",
    "event-due/good-none-asked": "nothing is handed in: only the day differs",
    "plan-reference/bad-no-plan": "takes a file of the public archive away",
    "school-known/bad-no-profile": "takes a file of the public archive away",
    "unsafe-path/bad-link": "a link is no file that a form hands in",
}
"""The rules' cases that no draft can express, but for the bureau's, and why."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Return the archive that the rules' cases are laid over."""
    return read_corpus(BASE)


@pytest.fixture(scope="module")
def site(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what a build publishes for the check, and the page's scripts."""
    folder = tmp_path_factory.mktemp("checker-site")
    publish.write_checker(compute_site(corpus, today=dt.date(2020, 12, 31)), folder)
    for part in ("js/write", "css", publish.RUNTIME.removeprefix("assets/")):
        shutil.copytree(ASSETS / part, folder / "assets" / part)
    (folder / "write" / "index.html").write_text("<!doctype html><title>填报</title>", encoding="utf-8")
    manifest = json.loads((folder / publish.FOLDER / "manifest.json").read_text("utf-8"))
    for piece in manifest["files"].values():
        piece["path"] = "../" + piece["path"]
    manifest["scripts"] = ["../" + path for path in manifest["scripts"]]
    manifest["files"]["archive"]["sha256"] = "0" * 64
    (folder / "other" / publish.FOLDER).mkdir(parents=True)
    (folder / "other" / publish.FOLDER / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Serve the folder, and yield its page's address."""
    with served(site, PREFIX, policy=POLICY) as found:
        yield found + "write/"


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open the page in a context whose storage later pages share."""
    context = browser.new_context()
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_the_browser_says_what_the_command_says(
    page: Page, corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    public = write_public_archive(corpus)
    cases, left_out = read_drafts(public)
    assert {name: why for name, why in left_out.items() if why != BUREAU} == LEFT_OUT
    lay(public, tmp_path)

    assert page.evaluate(START, 1)["error"].startswith("AbortError: ")
    started = page.evaluate(START, NEVER)
    manifest = json.loads(page.request.get(page.url + "checker/manifest.json").text())
    total = sum(piece["bytes"] for piece in manifest["files"].values())
    loaded = [each[0] for each in started["said"]]
    assert loaded == sorted(loaded)
    assert started["said"][-1] == [total, total, "启动检查程序"]
    assert started["undecided"] == manifest["undecided"]

    page.evaluate(CHECK, [case.for_browser() for case in cases])
    expected = [check_natively(case, tmp_path, monkeypatch) for case in cases]
    found = [as_text(answer["problems"]) for answer in page.evaluate("window.answers")]
    different = [case.name for case, here, there in zip(cases, found, expected, strict=True) if here != there]
    assert different == []
    assert digest(found) == digest(expected)
    assert sum(text != "[]\n" for text in found) > 150

    # The page as the site would publish it, by nh3 here and by what stands in for it there.
    (shown,) = (case for case in cases if case.name == "photo-people/good-stated")
    page.evaluate(CHECK, [{**shown.for_browser(), "preview": True}])
    (answer,) = page.evaluate("window.answers")
    lay(shown.files, tmp_path)
    address = page.url.removesuffix("write/")
    paths, checker = list(shown.files), DraftChecker(str(tmp_path))
    assert answer["previews"] == json.loads(checker.preview(paths, address=address, as_of=shown.as_of))
    (preview,) = answer["previews"]
    assert preview["path"] == "records/leimeng/2020/03/12-area-observation/activity.md"
    assert page.evaluate(SHOW, preview["html"]) is None
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("到第一幼儿园观摩大班区域活动")
    expect(frame.locator("h1")).to_have_css("font-weight", "650")

    # What was fetched once is not fetched again, and the second start compiles nothing.
    kept = page.evaluate(
        "async () => (await (await caches.open('pairing-write checker')).keys()).map((k) => k.url)"
    )
    pieces = [address + piece["path"] for piece in manifest["files"].values()]
    bytecode = [url for url in kept if "/write/checker/bytecode-" in url]
    assert sorted(kept) == sorted([*pieces, page.url + "checker/manifest.json", *bytecode])
    assert len(bytecode) == 1
    requests.clear()
    assert page.evaluate(START, NEVER)["undecided"] == manifest["undecided"]
    page.evaluate(CHECK, [shown.for_browser()])
    assert page.evaluate("window.answers")[0]["problems"] == json.loads(found[cases.index(shown)])
    assert not set(pieces) & set(requests)

    assert complaints == []
    assert [url for url in requests if not url.startswith(address)] == []


def test_what_is_not_as_the_manifest_says_is_not_run(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    said = page.evaluate(START.replace('"../"', '"../other/"'), NEVER)["error"]
    assert said.startswith("TypeError: not what the manifest says: ../write/checker/archive-")
    context.close()


def test_a_browser_that_may_not_run_it_says_so(browser: Browser, site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with served(site, PREFIX, policy=POLICY.replace(" 'wasm-unsafe-eval'", "")) as address:
        page.goto(address + "write/")
        assert page.evaluate(START, NEVER)["error"].startswith("Error: WebAssembly.")
    context.close()


def test_the_published_page_checks_a_draft(view: OpenView, archive: Path) -> None:
    """With the scripts as they are published, under the page's own policy, beside the sample year."""
    record = next(
        path for path in sorted(archive.glob("records/*/*/*/*")) if (path / "activity.md").is_file()
    )
    folder = f"{record.relative_to(archive).as_posix()}-9"
    files = {f"{folder}/{path.name}": path.read_bytes() for path in sorted(record.iterdir())}
    text = files[f"{folder}/activity.md"].decode()
    files[f"{folder}/activity.md"] = re.sub(r"(?m)^lead: .*$", "lead: 王丽", text).encode()
    draft = DraftCase(name="a draft", files=files, touched=(folder,), as_of="2021-01-31")
    opened = view()
    opened.open("write/")
    assert opened.page.evaluate(START, NEVER)["said"][-1][2] == "启动检查程序"
    opened.page.evaluate(CHECK, [{**draft.for_browser(), "preview": True}])
    (answer,) = opened.page.evaluate("window.answers")
    assert "“王丽”像是姓名，这里只写职务" in [each["message"] for each in answer["problems"]]
    assert {each["page"] for each in answer["problems"]} == {
        f"{SITE_URL}rules/{each['rule']}/" for each in answer["problems"]
    }
    assert [each["path"] for each in answer["previews"]] == [f"{folder}/activity.md"]
    assert opened.complaints == []
    assert opened.foreign() == []


def as_text(problems: list[dict[str, Any]]) -> str:
    """Return problems as `pairing check --format json` writes them."""
    return json.dumps(problems, ensure_ascii=False, indent=2) + "\n"


def digest(answers: list[str]) -> str:
    """Return the SHA-256 of all answers."""
    return hashlib.sha256("".join(answers).encode()).hexdigest()
