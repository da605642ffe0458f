"""From a QR code on paper to the published page: a teacher's evening, with a closed tab and a lost network in it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.camera import SCENES, take_photo
from tests.browser.serving import served
from tests.browser.write_form import PARTS, ROW, TEXTS, Form, opening_forms
from tests.conftest import PAIRING, ROOT
from tests.forge.gate import judge
from tests.forge.repository import BareRepository
from tests.forge.server import serve_forge
from tests.forge.state import Account, Fault, ForgeState

DAY = "2020-05-29"
KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
RECORD = "records/guangcai/2020/05/12-area-lecture"
NUMBER = "138-0013-8000"
"""Added after the check in the page, and found by the gate's: a telephone number with strokes in it."""

_PHOTOS = (
    ("none", "讲座的课件第一页"),
    ("none", "种植区的泡沫箱"),
    ("adults", "三园教师在线讨论"),
    ("none", "春天的种植园地"),
)
"""Of each scene who is in it, and its caption."""
_ACCOUNTS = """accounts:
  - {name: officer, bureau: true, note: 基教股干部}
  - {name: guangcai-bot, schools: [guangcai], note: 光彩幼儿园的钥匙}
"""


@dataclass(kw_only=True)
class County:
    """A county with a forge, an archive on it and a site built of that."""

    state: ForgeState
    api: str
    address: str
    folder: Path

    def move_to(self, state: ForgeState, api: str) -> None:
        """Let the built site hand in to another forge: what a build with its options would write."""
        page, index = (self.folder / "site" / "write" / name for name in ("index.html", "index.json"))
        kept = json.loads(index.read_text("utf-8"))
        kept["forge"].update(kind=state.kind, api=api, web=state.web)
        index.write_text(json.dumps(kept, ensure_ascii=False), "utf-8")
        page.write_text(page.read_text("utf-8").replace(self.state.web, state.web), "utf-8")
        self.state, self.api = state, api

    def build(self) -> None:
        """Build the site of what the main branch holds."""
        archive = self.folder / "archive"
        if archive.exists():
            subprocess.run(["git", "-C", archive, "pull", "--quiet"], check=True)
        else:
            subprocess.run(["git", "clone", "--quiet", self.state.repository.path, archive], check=True)
        forge = {
            "PAIRING_FORGE": self.state.kind,
            "PAIRING_FORGE_API": self.api,
            "PAIRING_FORGE_WEB": self.state.web,
            "PAIRING_FORGE_REPOSITORY": self.state.name,
        }
        command: list[str | Path] = [
            PAIRING,
            "build",
            "--root",
            archive,
            "--site-dir",
            self.folder / "site",
            "--as-of",
            DAY,
        ]
        done = subprocess.run(command, env={**os.environ, **forge}, capture_output=True, check=False)
        if done.returncode:
            raise AssertionError(done.stdout.decode() + done.stderr.decode())

    def print_codes(self) -> Path:
        """Write the sheet of QR codes, as the bureau does."""
        keys, sheet = self.folder / "keys.csv", self.folder / "sheet.html"
        keys.write_text(f"代号,钥匙\nguangcai,{KEY}\n", encoding="utf-8")
        command: list[str | Path] = [
            PAIRING,
            "keys",
            "guangcai",
            "--root",
            self.folder / "archive",
            "--site",
            self.address,
        ]
        subprocess.run([*command, "--keys", keys, "--out", sheet], check=True, capture_output=True)
        return sheet


@dataclass(kw_only=True)
class Evening:
    """What the evening came to: counts for the teacher, and a picture of each step if somebody films it."""

    film: Callable[[Page, str], None] = lambda page, words: None
    screens: list[str] = field(default_factory=list)
    taps: int = 0
    """To the request, without the next three."""
    checking_taps: int = 0
    interruption_taps: int = 0
    mending_taps: int = 0
    seconds: float = 0
    checking_seconds: float = 0
    sending_seconds: float = 0
    camera_bytes: int = 0
    photo_bytes: int = 0
    sent_bytes: int = 0
    record: str = ""

    def seen(self, page: Page, words: str) -> None:
        """Note a step."""
        self.screens.append(words)
        self.film(page, words)

    def sum_up(self) -> str:
        """Return the figures, a line each."""
        return (
            f"screens {len(self.screens)}; taps to the request {self.taps} with {len(_PHOTOS)} photos; for the two "
            f"interruptions {self.interruption_taps}, to check and add a line {self.checking_taps}, "
            f"to mend {self.mending_taps}\n"
            f"photos {self.camera_bytes / 1e6:.1f} MB from the camera, {self.photo_bytes / 1e6:.2f} MB in the record, "
            f"{self.sent_bytes / 1e6:.2f} MB sent in all (one upload cut in its middle)\n"
            f"{self.seconds:.1f} s from the QR code to the published page; of it "
            f"{self.checking_seconds:.1f} s to fetch and start the check, {self.sending_seconds:.1f} s to hand in\n"
        )


@contextmanager
def founding(folder: Path) -> Iterator[County]:
    """Yield a county on the evening of 29 May 2020: 光彩幼儿园 has still one activity to hand in."""
    files = {"records/bureau/2020/accounts.yml": _ACCOUNTS.encode()}
    wanted = ["bureau/2020/programme.yml", "*/school.yml", "*/2020/plan.yml"]
    wanted += ["guangcai/2020/0[34]/*/*", "guangcai/2020/05/0*/*", "guangcai/2020/05/13*/*"]
    for pattern in wanted:
        for path in sorted((ROOT / "records").glob(pattern)):
            content = path.read_bytes()
            if path.suffix in {".md", ".yml"}:
                content = re.sub(rb"(?m)^sample: true\n", b"", content)
            files[f"records/{path.relative_to(ROOT / 'records').as_posix()}"] = content
    repository = BareRepository.make(folder / "archive.git", files)
    state = ForgeState(kind="gitea", repository=repository, keys={KEY: Account(login="guangcai-bot")})
    (folder / "site").mkdir()
    with ExitStack() as stack:
        api = stack.enter_context(serve_forge(state))
        address = stack.enter_context(served(folder / "site", "/archive/", compressed=True))
        county = County(state=state, api=api, address=address, folder=folder)
        county.build()
        yield county


def scan(browser: Browser, sheet: Path, evening: Evening) -> str:
    """Return what a camera reads from the printed sheet."""
    page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    page.goto(sheet.as_uri())
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    evening.seen(page, "QR code")
    page.close()
    return code.text


def live_through(browser: Browser, county: County, evening: Evening, *, upload: float = 0) -> None:
    """Hand in, be interrupted, mend, be merged. upload: bits a second that the network takes; 0 for all it can."""
    link = scan(browser, county.print_codes(), evening)
    photos = [take_photo(number) for number in range(len(SCENES))]
    evening.camera_bytes = sum(len(content) for _, content in photos)
    began = time.monotonic()
    with opening_forms(browser, county.address) as open_form:
        form = open_form()
        form.page.goto(link)
        form.screen("desk")
        assert form.page.url == f"{county.address}write/#school=guangcai", "the key is out of the address"
        evening.seen(form.page, "What is owed")
        form = _write(form, open_form, evening, photos)
        _hand_in(form, county, evening, upload)
        _be_checked(form, county, evening)
        county.state.merge(county.state.requests[0])
        _look_again(form, "已经收下")
        evening.seen(form.page, "Merged")
        county.build()
        _see_published(form.page.context.new_page(), county, evening)
        evening.seconds = time.monotonic() - began
        # An offline browser and a missing branch are no surprise; anything else is.
        expected = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|status of 404|ForgeError|sandboxed")
        assert [words for words in form.complaints if not expected.search(words)] == []


def _write(
    form: Form, open_form: Callable[..., Form], evening: Evening, photos: list[tuple[str, bytes]]
) -> Form:
    form.begin()
    evening.seen(form.page, "The day")
    form.day(12)
    evening.seen(form.page, "With whom, how")
    form.tap(form.page.locator("[data-platform=钉钉]"))
    numbers = form.screen("numbers")
    form.tap(numbers.locator("label", has=form.page.locator("input[name=sent][value='2']")))
    form.tap(numbers.locator("label", has=form.page.locator("input[name=grades][value=大班]")))
    evening.seen(form.page, "How many")
    form.onward()
    form.screen("place")
    evening.seen(form.page, "Where, by whom")
    form.onward()
    for number, part in enumerate(PARTS, 1):
        screen = form.screen(f"part-{number}")
        expect(screen.locator("textarea")).to_be_focused()
        form.page.keyboard.insert_text(TEXTS[part])
        evening.seen(form.page, f"Part {number}")
        form.onward()
        if number == 3:
            form.screen("part-4")
            form = _close_the_tab(form, open_form, evening)
    form.screen("photos")
    form.add_photos(*photos)
    for at, (people, caption) in enumerate(_PHOTOS):
        form.describe_photo(at, people, caption)
    evening.seen(form.page, "Four photos")
    form.onward()
    form.screen("review")
    evening.seen(form.page, "Read over")
    _check(form, evening)
    form.onward()
    return form


def _check(form: Form, evening: Evening) -> None:
    """Have the archive's own check say that all is well, look at the preview, and then add a line that is not."""
    before, began = form.taps, time.monotonic()
    review = form.screen("review")
    form.tap(review.locator("[data-check]"))
    said = review.locator("[data-check-progress] p")
    expect(said).to_contain_text("检查过了", timeout=90_000)
    evening.checking_seconds = time.monotonic() - began
    frame = form.page.frame_locator("[data-preview] iframe")
    expect(frame.locator("h1")).to_contain_text(ROW)
    said.scroll_into_view_if_needed()
    evening.seen(form.page, "Checked in the page")
    form.tap(review.locator(".review a[href$='step=part-3']"))
    field = form.screen("part-3").locator("textarea")
    field.fill(f"{TEXTS['记录']}有事请打{NUMBER}。")
    form.page.go_back()
    form.screen("review")
    evening.checking_taps = form.taps - before


def _close_the_tab(form: Form, open_form: Callable[..., Form], evening: Evening) -> Form:
    """Lose the tab and open the page again in the same browser: the draft is there, where it was left."""
    again = open_form(beside=form)
    again.taps = form.taps
    form.page.close()
    again.page.goto(f"{again.base}write/")
    desk = again.screen("desk")
    evening.seen(again.page, "Tab closed, opened again")
    again.tap(desk.locator("[data-drafts] a.row"))
    evening.interruption_taps += 1
    screen = again.screen("part-4")
    again.page.go_back()
    again.page.go_forward()
    expect(screen.locator("textarea")).to_be_visible()
    screen.locator("textarea").focus()
    return again


def _hand_in(form: Form, county: County, evening: Evening, upload: float) -> None:
    handin = form.screen("handin")
    evening.seen(form.page, "Hand in")
    state, context = county.state, form.page.context
    state.faults.append(Fault(call="^POST .*/contents$", what="hold"))
    form.tap(handin.locator("[data-way=request]"))
    assert state.held.wait(20), "the upload began"
    context.set_offline(True)
    state.let_go.set()
    failed = handin.locator("[data-failed]")
    expect(failed).to_contain_text("会接着交，不会交成两份")
    expect(failed).to_be_in_viewport(ratio=1)
    expect(failed).to_be_focused()
    evening.seen(form.page, "Network lost in the upload")
    assert (state.requests, state.repository.branches()) == ([], ["main"])
    context.set_offline(False)
    state.speed = upload / 8
    began = time.monotonic()
    form.tap(handin.locator("[data-way=request]"))
    evening.interruption_taps += 1
    expect(form.screen("result").locator("[data-state]")).to_contain_text("正在检查", timeout=90_000)
    evening.sending_seconds = time.monotonic() - began
    evening.taps = form.taps - evening.checking_taps - evening.interruption_taps
    evening.seen(form.page, "Request opened")
    evening.sent_bytes = sum(call.size for call in state.calls)
    (request,) = state.requests
    assert state.repository.branches() == ["main", request.branch]
    assert state.repository.count_commits(request.branch) == 1
    arrived = state.repository.read_files(request.branch)
    names = sorted(path for path in arrived if path.startswith(RECORD))
    assert names == [f"{RECORD}/{name}" for name in ("01.jpg", "02.jpg", "03.jpg", "04.jpg", "activity.md")]
    evening.photo_bytes = sum(len(arrived[path]) for path in names[:-1])


def _be_checked(form: Form, county: County, evening: Evening) -> None:
    """See the archive's own check find the number, take it out, and see the check find nothing."""
    state = county.state
    (request,) = state.requests
    assert judge(state, request, day=DAY) is False
    _look_again(form, "有要改的地方")
    result = form.screen("result")
    expect(result.locator(".finding--error")).to_have_count(1)
    expect(result.locator(".finding--error")).to_contain_text("这里有像电话号码的数字")
    evening.seen(form.page, "Check red")
    before = form.taps
    form.tap(result.locator(".finding--error button"))
    field = form.screen("part-3").locator("textarea")
    field.fill(TEXTS["记录"])
    evening.seen(form.page, "Mended in its place")
    form.page.go_back()
    form.tap(form.screen("result").locator("[data-mend]"))
    form.screen("review")
    form.onward()
    form.tap(form.screen("handin").locator("[data-way=mend]"))
    expect(form.screen("result").locator("[data-state]")).to_contain_text("正在检查")
    evening.mending_taps = form.taps - before
    assert state.repository.count_commits(request.branch) == 2
    assert judge(state, request, day=DAY) is True
    _look_again(form, "检查通过")
    evening.seen(form.page, "Check green")
    assert state.requests == [request]
    evening.record = state.repository.read_files(request.branch)[f"{RECORD}/activity.md"].decode()


def _look_again(form: Form, words: str) -> None:
    """Come back to the page, as after looking at something else on the telephone."""
    form.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(form.screen("result").locator("[data-state]")).to_contain_text(words)


def _see_published(page: Page, county: County, evening: Evening) -> None:
    page.goto(f"{county.address}schools/guangcai/2020/05/12-area-lecture/", wait_until="load")
    expect(page.locator("h1")).to_contain_text(ROW)
    expect(page.locator("article")).to_contain_text("五月十二日用钉钉给三所结对园讲种植区。")
    pictures = page.locator("article .gallery img, article figure img")
    expect(pictures).to_have_count(len(_PHOTOS))
    for _, caption in _PHOTOS:
        expect(page.locator("article")).to_contain_text(caption)
    evening.seen(page, "Published")
