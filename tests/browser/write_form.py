"""The page 填报 under a thumb: opened on the evening of 29 May 2020, its screens one after the other."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route, expect

from tests.browser.conftest import PHONE
from tests.phone_photos import phone_photo

EVENING = "2020-05-29T20:10:00+08:00"
ROW = "线上讲座：种植区里的学问"
PARTS = ("方案", "措施", "记录", "总结")


def make_due_site(built: Path, folder: Path) -> Path:
    """Copy of a built site what the page needs, and take back what 光彩幼儿园 did after the middle of May."""
    for part in ("write", "assets", "data/schema"):
        shutil.copytree(built / part, folder / part)
    path = folder / "write" / "guangcai.json"
    school = json.loads(path.read_text("utf-8"))
    for month in school["months"]:
        if month["month"] >= "2020-05":
            month.update(on_time=2 if month["month"] == "2020-05" else 0, late=0, closed=False)
    for row in school["plan"]:
        row["done"] = row["id"] in {"2020-05-1", "2020-05-3"} or row["month"] < "2020-05"
    school["taken"] = {month: names for month, names in school["taken"].items() if month <= "2020-05"}
    path.write_text(json.dumps(school, ensure_ascii=False), "utf-8")
    return folder


@dataclass(kw_only=True)
class Form:
    """An open page 填报. `taps` counts what a thumb does besides typing; `complaints` what the browser said."""

    page: Page
    base: str
    taps: int = 0
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note console errors and warnings, and script errors."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "blocked by Playwright" not in message.text:
            self.complaints.append(message.text)

    def open(self, hash_: str = "#school=guangcai") -> None:
        """Open the page anew, as from a link."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.base}write/{hash_}")
        expect(self.page.locator("[data-screen]:visible")).to_have_count(1)

    def screen(self, name: str) -> Locator:
        """Wait for a screen and return it."""
        found = self.page.locator(f"[data-screen={name}]")
        expect(found).to_be_visible()
        return found

    def tap(self, place: Locator) -> None:
        """Tap once."""
        self.taps += 1
        place.tap() if self.page.evaluate("navigator.maxTouchPoints") else place.click()

    def onward(self) -> None:
        """Tap 下一步, or whatever leads on."""
        self.tap(self.page.locator("[data-screen]:visible .onward__next"))

    def begin(self, row: str = ROW) -> None:
        """Tap a row of the plan."""
        self.tap(self.screen("desk").locator("[data-rows] .row", has_text=row))
        self.screen("when")

    def day(self, day: int) -> None:
        """Tap a day of the month that is shown."""
        self.tap(self.page.locator(".calendar__day", has_text=re.compile(f"^{day}$")))
        self.screen("way")

    def fill_facts(self) -> None:
        """From the day to the four parts: a lecture online on 12 May, two sent, two grades."""
        self.day(12)
        self.tap(self.page.locator("[data-platform=钉钉]"))
        numbers = self.screen("numbers")
        self.tap(numbers.locator("label", has=self.page.locator("input[name=sent][value='2']")))
        self.tap(numbers.locator("label", has=self.page.locator("input[name=grades][value=大班]")))
        self.onward()
        self.screen("place")
        self.onward()

    def fill_parts(self, texts: Mapping[str, str]) -> None:
        """Type the four parts, each in the field that has the focus already."""
        for number, part in enumerate(PARTS, 1):
            screen = self.screen(f"part-{number}")
            expect(screen.locator("textarea")).to_be_focused()
            self.page.keyboard.insert_text(texts[part])
            self.onward()

    def add_photos(self, *photos: tuple[str, bytes]) -> None:
        """Choose photos from the album; waits until each is there, or refused in words."""
        screen = self.screen("photos")
        before = screen.locator(".photo-card").count()
        self.taps += 1 + len(photos)  # the button, and each photo in the phone's own picker
        files: list[Any] = [
            {"name": name, "mimeType": "image/jpeg", "buffer": content} for name, content in photos
        ]
        screen.locator("[data-album]").set_input_files(files)
        expect(screen.locator(".photo-card, [data-photo-faults] li")).to_have_count(before + len(photos))
        expect(screen.locator("[data-photo-state]")).not_to_contain_text("正在")

    def describe_photo(self, at: int, people: str, caption: str = "") -> None:
        """Say who is in a photo, and what it shows."""
        card = self.page.locator(".photo-card").nth(at)
        self.tap(card.locator("label", has=self.page.locator(f"input[value={people}]")))
        if caption:
            self.tap(card.locator("[data-ask=caption] input"))
            self.page.keyboard.insert_text(caption)

    def write_report(self) -> None:
        """From the link to the screen of handing in, with three photos of which one is refused."""
        self.open()
        self.begin()
        self.fill_facts()
        self.fill_parts(TEXTS)
        self.add_photos(*guangcai_photos())
        self.describe_photo(0, "none", "种植区的泡沫箱")
        self.describe_photo(1, "refused")
        self.describe_photo(2, "consented", "两位老师在讲“土豆”")
        self.onward()
        self.screen("review")
        self.onward()
        self.screen("handin")


TEXTS = {
    "方案": "五月十二日用钉钉给三所结对园讲种植区。\n先问清各园有什么地、什么工具。",
    "措施": "1. 提前两天把课件发到群里。\n2. 边讲边看各园传来的种植角照片。",
    "记录": "讲座从四月播种的土豆说起：怎样让幼儿天天看、天天记。\n\n黑泉的老师问没有院子怎么办，大家想出用泡沫箱。",
    "总结": "三园都定下了要种的东西。下月看各园的观察记录本。",
}


def guangcai_photos() -> tuple[tuple[str, bytes], ...]:
    """Three photos of a phone, with place and day; another seed than the sample's drawings, another picture each."""
    return tuple(
        (f"IMG_20200512_0{number}.jpg", phone_photo(number, day=f"2020:05:12 15:0{number}:00"))
        for number in range(3)
    )


FORGE = {
    "kind": "gitea",
    "api": "https://git.example.cn/api/v1",
    "web": "https://git.example.cn",
    "repository": "county/archive",
    "branch": "main",
}


def name_forge(opened: Form) -> None:
    """Let the site have a forge, which schools can hand in to."""

    def index(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"forge": FORGE, "modules": ["forges"]})

    opened.page.route("**/write/index.json", index)


OpenForm = Callable[..., Form]


@contextmanager
def opening_forms(browser: Browser, address: str) -> Iterator[OpenForm]:
    """Yield a function that opens the page in a fresh browser profile, or in the profile of another form.

    script: runs before the page's own.   settings: of the browser's context.
    """
    contexts: list[BrowserContext] = []

    def open_form(
        *, beside: Form | None = None, script: str = "", width: int = PHONE, **settings: Any
    ) -> Form:
        if beside is None:
            options: dict[str, Any] = {
                "viewport": {"width": width, "height": 844},
                "is_mobile": width == PHONE,
                "has_touch": width == PHONE,
                "locale": "zh-CN",
                "timezone_id": "Asia/Shanghai",
                "reduced_motion": "reduce",
            } | settings
            context = browser.new_context(**options)
            context.set_default_timeout(20_000)
            contexts.append(context)
        else:
            context = beside.page.context
        page = context.new_page()
        page.clock.set_fixed_time(EVENING)
        if script:
            page.add_init_script(script)
        form = Form(page=page, base=address)
        form.watch()
        return form

    yield open_form
    for context in contexts:
        context.close()
