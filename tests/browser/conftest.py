"""The browser and the served site, once for each worker; a page that reports what went wrong in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.serving import served
from tests.conftest import PAIRING, SITE_URL, once

if TYPE_CHECKING:
    from tests.browser.write_form import OpenForm

Scheme = Literal["light", "dark"]
Motion = Literal["reduce", "no-preference"]

PHONE, DESKTOP = 390, 1280

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@dataclass(kw_only=True)  # not frozen: playwright leaves a mark on the object whose method it calls
class View:
    """An open page of the site and what was noticed while it was open."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        """Go to an address relative to the site's root and wait until it and its pictures are loaded."""
        self.page.goto(self.base + url, wait_until="load")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.type}: {message.text}")

    def watch(self) -> None:
        """Note console errors, script errors, failed requests and every request's address."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", lambda request: self.requests.append(request.url))

    def _failed(self, request: Request) -> None:
        # A picture still loading when the page is left is no failure.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{self.page.url}: {request.url}: {request.failure}")

    def foreign(self) -> list[str]:
        """Return the addresses asked for that lie outside the site."""
        return [url for url in self.requests if not url.startswith((self.base, "data:", "blob:"))]


OpenView = Callable[..., View]
Tab = Callable[[int, bool], View]


@pytest.fixture(scope="session")
def site_address(built_site: Path) -> Iterator[str]:
    """Serve the built site below its sub-path."""
    with served(built_site, urlsplit(SITE_URL).path) as address:
        yield address


@pytest.fixture(scope="session")
def photo_site(shared: Path) -> Path:
    """Build the site of the archive that is made for its photos, once."""
    archive, site = shared / "photo-archive", shared / "photo-site"
    once(shared / "photo-archive-written", [sys.executable, "-m", "tests.browser.photo_archive", archive])
    once(shared / "photo-site-built", [PAIRING, "build", "--root", archive, "--site-dir", site])
    return site


@pytest.fixture(scope="session")
def photo_address(photo_site: Path) -> Iterator[str]:
    """Serve the site of photos below its sub-path."""
    with served(photo_site, urlsplit(SITE_URL).path) as address:
        yield address


@pytest.fixture(scope="session")
def years_address(shared: Path) -> Iterator[str]:
    """Serve the site of two years below its sub-path; it is built once."""
    archive, site = shared / "years-archive", shared / "years-site"
    once(shared / "years-archive-written", [sys.executable, "-m", "tests.browser.two_years", archive])
    day = "2021-03-20"
    build = (PAIRING, "build", "--root", archive, "--site-dir", site, "--as-of", day)
    once(shared / "years-site-built", build)
    with served(site, urlsplit(SITE_URL).path) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def view(browser: Browser, site_address: str) -> Iterator[OpenView]:
    """Return a function that opens a fresh page, watched, of a width and colour scheme.

    address: of another site than the sample year's.   dots: of the screen, a pixel.
    """
    with _opening(browser, site_address) as open_view:
        yield open_view


@pytest.fixture(scope="module")
def tab(browser: Browser, site_address: str) -> Iterator[Tab]:
    """Return a function that gives a width's one tab, with JavaScript or without, empty and nothing noticed.

    For a look at one page after the other: what the browser has compiled it need not compile again.
    """
    with _opening(browser, site_address) as open_view:
        opened: dict[tuple[int, bool], View] = {}

        def empty_tab(width: int, javascript: bool) -> View:
            if (width, javascript) not in opened:
                opened[width, javascript] = open_view(width, javascript=javascript)
            view = opened[width, javascript]
            view.page.goto("about:blank")
            view.page.emulate_media(color_scheme="light")
            view.complaints.clear()
            view.requests.clear()
            return view

        yield empty_tab


@pytest.fixture(scope="session")
def due_address(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve what the page 填报 needs of the built site, on a day on which 光彩幼儿园 owes an activity."""
    from tests.browser.write_form import make_due_site

    site = make_due_site(built_site, tmp_path_factory.mktemp("due") / "site")
    with served(site, urlsplit(SITE_URL).path, compressed=True) as address:
        yield address


@pytest.fixture
def form(browser: Browser, due_address: str) -> Iterator[OpenForm]:
    """Return a function that opens the page 填报 in a fresh browser profile, or beside another form."""
    from tests.browser.write_form import opening_forms

    with opening_forms(browser, due_address) as open_form:
        yield open_form


@contextmanager
def _opening(browser: Browser, site_address: str) -> Iterator[OpenView]:
    """Yield the function that opens pages, and close them in the end."""
    contexts = []

    def open_view(
        width: int = DESKTOP,
        scheme: Scheme = "light",
        *,
        javascript: bool = True,
        address: str = "",
        dots: float = 1,
        motion: Motion = "reduce",
    ) -> View:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width == PHONE else 800},
            color_scheme=scheme,
            java_script_enabled=javascript,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion=motion,
            device_scale_factor=dots,
            is_mobile=width == PHONE,
            has_touch=width == PHONE,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        opened = View(page=context.new_page(), base=address or site_address)
        opened.watch()
        return opened

    yield open_view
    for context in contexts:
        context.close()
