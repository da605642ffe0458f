"""The search index: one spelling on both sides, nothing that the pages do not show, the same bytes however it is built."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive import read_corpus
from generator.site.pages.site import Site, compute_site
from generator.site.search_index.page_texts import read_page
from generator.site.search_index.spelling import fold_for_search, list_other_dates, spell_name
from generator.site.search_index.write_index import write_search_index
from tests.browser.search_pieces import read_main
from tests.conftest import SITE_URL

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("光彩，幼兒園（民辦）", "光彩幼儿园民办"),
        ("ＡＢc　１２-3", "abc123"),
        ("四-（二）-1", "四二1"),
        ("臺灣、薴", "台湾苎"),
        ("！？ 　\n", ""),
        ("𠮷①㎡", "𠮷1m2"),
    ],
)
def test_one_spelling(text: str, folded: str) -> None:
    assert fold_for_search(text) == folded


@given(st.text())
def test_what_is_folded_stays_and_holds_no_punctuation(text: str) -> None:
    assert fold_for_search(text) == "".join(map(fold_for_search, text))
    assert all(unicodedata.category(c)[0] in "LN" for c in fold_for_search(text))


@pytest.mark.parametrize(
    "text",
    [
        "2020-05-14",
        "2020年5月14日",
        "2020/5/14",
        "2020.05.14",
        "２０２０年０５月１４日",
        "二〇二〇年五月十四日",
    ],
)
def test_a_full_date_is_found_in_every_form(text: str) -> None:
    assert {"5月14日", "05月14日", "五月十四日", "2020年5月14日", "20200514", "二〇二〇年五月十四日"} <= {
        text,
        *list_other_dates(text),
    }


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("5月14日", ["5月14日", "05月14日", "五月十四日"]),
        ("十二月三十一日", ["12月31日", "12月31日", "十二月三十一日"]),
        ("2020年9月", ["2020年9月", "2020年09月", "202009", "2020年九月", "二〇二〇年九月"]),
        ("13月40日、3-5岁、1.2米、2020年13月", []),
        ("十十月十日、〇月〇日", []),
    ],
)
def test_dates_in_other_forms(text: str, others: list[str]) -> None:
    assert list_other_dates(text) == list(dict.fromkeys(others))


def test_pinyin_of_a_name() -> None:
    assert spell_name("光彩幼儿园") == ("guangcaiyoueryuan", "gcyey")


def test_a_page_is_read_as_it_is_seen() -> None:
    main = (
        "<nav>找不到</nav><h1>题<em>目</em></h1><p>甲&lt;b&gt;<strong>乙</strong>\n丙</p><ul><li>一</li><li>二</li></ul>"
        '<img alt="不显示"><svg><title>图</title></svg><script>let x</script>'
    )
    assert read_page(main) == ("题目", ("题目", "甲<b>乙 丙", "一", "二"))


@pytest.fixture(scope="module")
def made() -> Site:
    return compute_site(read_corpus(ROOT, content=ROOT / "content"), today=dt.date(2021, 1, 31))


def _read_texts(site: Path) -> list[dict[str, Any]]:
    files = sorted((site / json.loads((site / "data/search.json").read_bytes())["folder"]).glob("t0*.gz"))
    return [entry for path in files for entry in json.loads(gzip.decompress(path.read_bytes()))]


def test_nothing_is_found_that_no_page_shows(built_site: Path) -> None:
    """Whatever the index tells as text stands on that very page, as another parser reads it."""
    entries = _read_texts(built_site)
    assert len(entries) > 500
    assert len({entry["u"] for entry in entries}) == len(entries)
    for entry in entries[::7]:
        shown = fold_for_search(read_main(built_site / entry["u"] / "index.html"))
        assert [line for line in (entry["t"], *entry["x"]) if fold_for_search(line) not in shown] == []


def test_all_pages_but_lists_are_found_each_once_at_its_own_address(built_site: Path) -> None:
    sitemap = (built_site / "sitemap.xml").read_text("utf-8")
    pages = {url.partition(SITE_URL)[2] for url in re.findall(r"<loc>(.*?)</loc>", sitemap)}
    listed = [entry["u"] for entry in _read_texts(built_site)]
    assert len(listed) == len(set(listed))
    assert set(listed) == {u for u in pages if u.partition("/")[0] not in {"galleries", "search", "write"}}
    assert {"schools/leimeng/2020/", "guides/faq/", "plan/2020/", "pairings/diyi/2020/roster/"} <= set(listed)


def test_the_newest_comes_first_and_files_are_named_by_what_they_hold(made: Site, tmp_path: Path) -> None:
    for number, text in enumerate(("甲乙", "甲乙", "丙丁")):
        folder = tmp_path / str(number)
        for url, words in (("guides/a", text), ("bulletins/2020-04", "旧"), ("bulletins/2020-05", "新")):
            (folder / url).mkdir(parents=True)
            (folder / url / "index.html").write_text(f"<main><h1>题</h1><p>{words}</p></main>", "utf-8")
        write_search_index(made, folder, ["guides/a/", "bulletins/2020-05/", "bulletins/2020-04/"])
    files = [
        {
            path.relative_to(tmp_path / str(n)): path.read_bytes()
            for path in (tmp_path / str(n) / "data").rglob("*.gz")
        }
        for n in range(3)
    ]
    assert files[0] == files[1]
    assert files[0].keys().isdisjoint(files[2])
    assert [entry["u"] for entry in _read_texts(tmp_path / "0")] == [
        "bulletins/2020-05/",
        "bulletins/2020-04/",
        "guides/a/",
    ]


def test_an_empty_site_has_an_index(made: Site, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    write_search_index(made, tmp_path, [])
    assert _read_texts(tmp_path) == []
