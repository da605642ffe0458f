"""What a phone has to fetch, and whether anything moves while it comes.

Counted are the bytes of the answers' bodies. Texts count as they are, uncompressed, which no host of static
files sends: GitHub Pages sends a seventh of it. Photos are noise that weighs what photos weigh (photo_archive).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, Route

from tests.browser.conftest import PHONE, OpenView, View
from tests.browser.kinds import sample

pytestmark = pytest.mark.browser

LARGE = "galleries/months/2021-02/"
ACTIVITY = "schools/jia/2021/02/05-visit/"
ACTIVITY_BUDGET = 150_000
SCREEN_BUDGET = 400_000
SHIFT_BUDGET = 0.02

SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.startTime]);
  }).observe({ type: "layout-shift", buffered: true });
"""


class Weighed:
    """Counts the bytes of everything that a page fetches, photos apart from the rest."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        page.on("requestfinished", self._finished)

    def _finished(self, request: Request) -> None:
        self.requests.append(request)

    def count(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for request in self.requests:
            kind = "photos" if "/photos/" in request.url else "page"
            found[kind] += max(0, request.sizes()["responseBodySize"])
        return found


def _weigh(opened: View, url: str) -> Counter[str]:
    weighed = Weighed(opened.page)
    opened.open(url)
    opened.page.wait_for_load_state("networkidle")
    return weighed.count()


def test_an_activity_page_is_light_before_its_photos(view: OpenView, photo_address: str) -> None:
    """Also when the lightbox has been opened, which brings a library."""
    opened = view(PHONE, address=photo_address, dots=3)
    weighed = Weighed(opened.page)
    opened.open(ACTIVITY)
    opened.page.wait_for_load_state("networkidle")
    plain = weighed.count()["page"]
    opened.page.locator("figure a.photo").first.click()
    opened.page.locator(".pswp--ui-visible").wait_for()
    opened.page.wait_for_load_state("networkidle")
    whole = weighed.count()["page"]
    assert 20_000 < plain < ACTIVITY_BUDGET
    assert plain + 50_000 < whole < ACTIVITY_BUDGET
    print(f"activity: {plain:,} bytes before photos, {whole:,} with the lightbox open")


@pytest.mark.parametrize("kind", ["home", "school", "galleries", "gallery of a measure", "activity"])
def test_pages_of_the_sample_year_are_light(view: OpenView, built_site: Path, kind: str) -> None:
    found = _weigh(view(PHONE, dots=3), sample(built_site, kind))
    assert found["page"] < ACTIVITY_BUDGET, found


@pytest.mark.parametrize("dots", [1, 2, 2.625, 3])
def test_the_first_screen_of_two_hundred_photos_is_light(
    view: OpenView, photo_address: str, dots: float
) -> None:
    """Everything that is fetched without scrolling: also the photos below, which the browser fetches ahead."""
    found = _weigh(view(PHONE, address=photo_address, dots=dots), LARGE)
    print(f"gallery at {dots}: {dict(found)}")
    assert found["photos"] > 50_000
    assert found.total() < SCREEN_BUDGET, found


@pytest.mark.parametrize(
    ("site", "url"),
    [
        ("photos", LARGE),
        ("photos", "galleries/schools/bing/"),
        ("photos", f"{LARGE}?measure=care"),
        ("photos", ACTIVITY),
        ("photos", "schools/yi/2021/03/10-some/"),
        ("sample", "home"),
        ("sample", "school"),
        ("sample", "galleries"),
        ("sample", "activity"),
    ],
)
@pytest.mark.parametrize("width", [PHONE, 1280])
def test_nothing_moves_while_photos_come(
    view: OpenView, built_site: Path, photo_address: str, site: str, url: str, width: int
) -> None:
    """Photos come late and one after the other; the reader scrolls to the end meanwhile."""
    opened = view(width, address=photo_address if site == "photos" else "")
    page = opened.page
    page.add_init_script(SHIFTS)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/photos/**", hold)
    page.goto(
        opened.base + (url if site == "photos" else sample(built_site, url)), wait_until="domcontentloaded"
    )
    page.wait_for_timeout(300)
    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height + 1, 600):
        page.evaluate(f"scrollTo({{ top: {top}, behavior: 'instant' }})")
        page.wait_for_timeout(60)
        for route in held:
            route.continue_()
        held.clear()
    page.wait_for_timeout(300)
    shift = sum(value for value, _ in page.evaluate("window.shifts"))
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert shift < SHIFT_BUDGET


def test_a_shift_would_be_seen(view: OpenView, photo_address: str) -> None:
    opened = view(PHONE, address=photo_address)
    opened.page.add_init_script(SHIFTS)
    opened.open(LARGE)
    opened.page.wait_for_timeout(700)  # what follows the reader's own input is not counted
    opened.page.evaluate(
        "document.querySelector('.wall').before(Object.assign(document.createElement('pre'), {textContent: '1\\n2\\n3\\n'}))"
    )
    opened.page.wait_for_timeout(200)
    assert sum(value for value, _ in opened.page.evaluate("window.shifts")) > SHIFT_BUDGET
