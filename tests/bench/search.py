"""Time the search of a built site on a phone's line and processor, and hold its answers against random pieces of the texts."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch
from tests.browser.search_pieces import ask, draw_pieces
from tests.browser.serving import served

SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
"""As Lighthouse throttles: 150 ms, 1.6 Mbit/s down."""
SLOWER = 4
"""So many times slower than this machine's is a phone's processor."""

_WATCH = """() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
  }).observe({ type: "longtask" });
}"""


def bench_search(site: Path, pieces: int, runs: int) -> None:
    """Print recall and precision over random pieces, what the index weighs, and what the first result costs a phone."""
    archive = json.loads((site / "data/archive.json").read_bytes())
    index = [path.stat().st_size for path in (site / "data/search").rglob("*.gz")]
    print(f"search of {len(archive['activities'])} activities")
    print(f"  index on disk: {len(index)} files, {sum(index) / 1e6:.1f} MB")
    with served(site, "/", compressed=True) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(f"{address}search/")
        outcome = ask(page, site, draw_pieces(site, pieces))
        print(
            f"  {outcome.pieces} pieces: recall {outcome.recall:.2%}, precision {outcome.precision:.2%} "
            f"of {outcome.shown} pages shown, slowest answer {outcome.slowest:.0f} ms"
        )
        for missed in outcome.missed[:5]:
            print(f"    not found: {missed.text!r} of {missed.url}")
        firsts = []
        for piece in random.Random(1).sample(draw_pieces(site, 200, seed=1), runs):  # noqa: S311  # no secret
            context = browser.new_context(viewport={"width": 390, "height": 844})
            firsts.append(_measure(context.new_page(), address, piece.text))
            context.close()
        browser.close()
    for name, unit, place in (("bytes", "KB", 0), ("time", "s", 1), ("longest task", "ms", 2)):
        values = [first[place] for first in firsts]
        print(f"  first result, {name}: median {median(values):.2f}, worst {max(values):.2f} {unit}")


def _measure(page: Page, address: str, query: str) -> tuple[float, float, float]:
    """Return what one search costs on a page that is open: KB fetched, seconds to the results, the longest task in ms."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(f"{address}search/")
    page.evaluate(_WATCH)
    fetched: list[int] = []
    page.context.on("response", lambda response: fetched.append(len(_packed(response.url, response.body()))))
    page.locator("#search-query").fill(query)
    seconds = page.evaluate(
        """() => new Promise((resolve) => {
          const started = performance.now();
          const look = () => {
            if (document.querySelector("#search-results li")) resolve((performance.now() - started) / 1000);
            else setTimeout(look, 10);
          };
          document.querySelector("#search-form button").click();
          look();
        })"""
    )
    return sum(fetched) / 1000, seconds, page.evaluate("window.longest")


def _packed(url: str, body: bytes) -> bytes:
    """Return what goes over the line: texts are packed on the way, the index is packed already."""
    return body if url.endswith(".gz") else gzip.compress(body, 6)
