"""Addresses that stay: a site of 2020 is asked again, address by address, when later years have been added."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import html5lib
import pytest

from generator.archive import read_corpus
from generator.site.pages import assessments, calendar, plan_files
from generator.site.pages.activities import make_pages as make_activity_pages
from generator.site.pages.page import Page
from generator.site.pages.site import compute_site
from generator.site.prepare import PAGES
from tests.small_archive import activity, base, school
from tests.test_pages import Painted

Files = dict[str, str | bytes]

PAIRINGS = "  - {helper: jia, helped: [yi], responsible: [某甲, 某乙]}\n"
ASSESSMENT = (
    "assessment:\n  - {id: quota, name: 完成数量, clause: 一-1, kind: quota, helper: 100, helped: 100}\n"
)
SCHOOLS = {"jia": "甲园", "yi": "乙园", "bing": "丙园", "ding": "丁园", "wu": "戊园"}
HELPERS = {"jia", "ding"}

OLD = {"jia": ["yi"], "ding": ["bing"]}
"""The pairings of 2020."""
NEW = {"jia": ["bing", "wu"]}
"""Later: 乙园 and the pairing of 丁园 are gone, 戊园 is new, 丙园 has another helper."""

TOLD_BY_THE_RUNNING_YEAR = re.compile(r"404\.html|search/|site-map/|write/|data/|fields/|rules/(.+/)?")
"""Pages that have no year: they go on and change with the archive. Their addresses stay."""
NOT_CONTENT = re.compile(r"(^| )(years|no-print|pager|breadcrumb|visually-hidden)( |$)")


def add_year(files: Files, year: int, pairings: dict[str, list[str]]) -> None:
    """Add a year with a plan, a programme, papers, and an activity with two photos of every school each month."""
    small = base()
    lines = "".join(
        f"  - {{helper: {helper}, helped: [{', '.join(helped)}], responsible: [某甲]}}\n"
        for helper, helped in pairings.items()
    )
    programme = str(small["records/bureau/2021/programme.yml"])
    assert PAIRINGS in programme
    programme = (
        programme.replace(PAIRINGS, lines).replace("quota: 一-1}", "quota: 一-1, roster: 一-2}") + ASSESSMENT
    )
    files[f"content/plan/{year}.md"] = str(small["content/plan/2021.md"]).replace("2021", str(year))
    files[f"records/bureau/{year}/programme.yml"] = programme.replace("2021", str(year))
    notes = f"records/bureau/{year}"
    visited = f"title: 入校核查\ndate: {year}-02-20\nschool: jia\nrecords: []\nfinding: confirmed\n"
    files[f"{notes}/inspections/{year}-02-20-jia.md"] = f"---\n{visited}---\n看了材料。\n"
    files[f"{notes}/events/{year}-02-24-open-day.md"] = (
        f"---\ntitle: 观摩\ndate: {year}-02-24\nhost: jia\n---\n看了区角。\n"
    )
    files[f"{notes}/surveys/{year}-03-10-jia.yml"] = (
        f"title: 家长问卷\ndate: {year}-03-10\nschool: jia\naudience: parents\nrespondents: 24\n"
        "answers:\n  - question: 满意吗？\n    choices: {满意: 18, 一般: 6}\n"
    )
    for helper, helped in pairings.items():
        for identity in (helper, *helped):
            kind = "helper" if identity in HELPERS else "rural"
            files[f"records/{identity}/school.yml"] = school(identity, SCHOOLS[identity], kind)
            for month in ("02", "03"):
                folder = f"records/{identity}/{year}/{month}/05-visit"
                photos = "photos:\n  - {file: 01.jpg, caption: 区角}\n  - {file: 02.jpg, caption: 观摩}\n"
                partner = helped[0] if identity == helper else helper
                text = activity(f"{year}-{month}-05", partner=partner, photos=photos)
                files |= {f"{folder}/activity.md": text, f"{folder}/01.jpg": b"x", f"{folder}/02.jpg": b"x"}
        for each in helped:
            files[f"records/{helper}/{year}/agreement-{each}.md"] = (
                f"---\ntitle: 帮扶协议\nhelped: {each}\nsigned: {year}-02-03\ngoals: [每月观摩]\n---\n## 责任\n\n互通信息。\n"
            )


def build(root: Path, files: Files, today: dt.date) -> tuple[dict[str, Page], set[str]]:
    """Return every page by its address, and the addresses of the files that phones and readers keep."""
    for name, content in files.items():
        path = root / "archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = read_corpus(root / "archive")
    assert not corpus.problems
    site = compute_site(corpus, today=today, photos=Painted(), site_url="https://archive.example/")
    found = [page for make in PAGES for page in make(site)]
    found += [page for year, identity in site.of_school for page in make_activity_pages(site, year, identity)]
    pages = {page.url: page for page in found}
    assert len(pages) == len(found)
    out = root / "files"
    for write in (calendar.write_calendar_files, plan_files.write_plan_files, assessments.write_workbooks):
        write(site, out)
    return pages, {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}


def read_content(page: Page) -> str:
    """Return a page's text and the addresses it leads to from the site's root, without its navigation."""
    tree = html5lib.parseFragment(page.body, namespaceHTMLElements=False)
    for parent in list(tree.iter()):
        for child in list(parent):
            if isinstance(child.tag, str) and NOT_CONTENT.search(child.get("class", "")):
                parent.remove(child)
    words = "".join(tree.itertext())
    links = [e.get("href", "").removeprefix(page.base) for e in tree.iter("a")]
    return "\n".join([re.sub(r"\s+", "", words), *links])


def list_links(page: Page) -> set[str]:
    return {link.removeprefix(page.base) for link in re.findall(r'href="([^"#]+)', page.body)}


def ask_again(before: dict[str, Page], after: dict[str, Page]) -> dict[str, str]:
    """Return what became of each address: same, switch (another year, which leads to the old page), or goes on."""
    outcome = {}
    for url, page in before.items():
        there = after[url]  # a KeyError names the address that is dead
        own = page.canonical or url
        if read_content(there) == read_content(page):
            outcome[url] = "same"
        elif page.canonical and own in list_links(there):
            outcome[url] = "switch"
        elif TOLD_BY_THE_RUNNING_YEAR.fullmatch(url) or url == "":
            outcome[url] = "goes on"
        else:
            outcome[url] = "changed"
    return outcome


@pytest.mark.parametrize("last", [2021, 2024])
def test_every_address_of_2020_still_leads_to_2020(tmp_path: Path, last: int) -> None:
    today = dt.date(last, 3, 15)
    files: Files = {}
    add_year(files, 2020, OLD)
    before, kept = build(tmp_path / "before", files, today)
    for year in range(2021, last + 1):
        add_year(files, year, NEW)
    after, now = build(tmp_path / "after", files, today)
    assert not kept - now
    outcome = ask_again(before, after)
    assert not {url: what for url, what in outcome.items() if what == "changed"}
    with_year = [url for url in before if "2020" in url]
    assert {outcome[url] for url in with_year} == {"same"}
    assert len(with_year) == 46
    # Who takes part no more keeps the short address; who does shows the running year.
    gone = [
        "schools/yi/",
        "schools/ding/",
        "pairings/ding/",
        "pairings/ding/roster/",
        "pairings/jia/agreement-yi/",
    ]
    assert [outcome[url] for url in gone] == ["same"] * len(gone)
    running = [
        "schools/",
        "schools/jia/",
        "schools/bing/",
        "pairings/",
        "pairings/jia/",
        "plan/",
        "calendar/",
    ]
    running += ["bulletins/", "inspections/", "surveys/", "events/"]
    running += ["galleries/", "galleries/schools/jia/", "galleries/measures/visit/", "assessment/"]
    assert [outcome[url] for url in running] == ["switch"] * len(running)
    assert [after[url].canonical for url in running] == [f"{url}{last}/" for url in running]
    assert {"schools/yi/2020/", "pairings/ding/2020/"} <= list_links(after["schools/2020/"])


def test_next_years_plan_does_not_run_before_it_begins(tmp_path: Path) -> None:
    files: Files = {}
    add_year(files, 2020, OLD)
    before, _ = build(tmp_path / "before", files, dt.date(2020, 12, 20))
    add_year(files, 2021, NEW)
    after, _ = build(tmp_path / "after", files, dt.date(2020, 12, 20))
    short = [url for url, page in before.items() if page.canonical]
    assert [after[url].canonical for url in short] == [before[url].canonical for url in short]
    assert after["schools/wu/"].canonical == "schools/wu/2021/"
    assert read_content(after[""]).startswith("甲县2020年结对帮扶档案")


def test_a_year_has_a_switch_only_beside_another(tmp_path: Path) -> None:
    files: Files = {}
    add_year(files, 2020, OLD)
    alone, _ = build(tmp_path / "alone", files, dt.date(2021, 3, 15))
    assert not [url for url, page in alone.items() if 'class="years' in page.body or "years" in page.styles]
    add_year(files, 2021, NEW)
    both, _ = build(tmp_path / "both", files, dt.date(2021, 3, 15))
    switched = {url for url, page in both.items() if 'class="years' in page.body}
    assert switched == {url for url, page in both.items() if "years" in page.styles}
    for url in ("", "2020/", "schools/2020/", "schools/jia/2020/", "pairings/2020/", "pairings/jia/roster/"):
        assert url in switched
    for url in (
        "plan/2020/",
        "calendar/2020/",
        "assessment/2020/",
        "galleries/2020/",
        "galleries/schools/jia/2020/",
        "bulletins/2020/",
        "inspections/2020/",
        "surveys/2020/",
        "events/2020/",
    ):
        assert url in switched
    for url in switched:  # no switch leads nowhere
        [nav] = re.findall(r'<nav class="years.*?</nav>', both[url].body)
        links = [link.removeprefix(both[url].base) for link in re.findall(r'href="([^"]+)"', nav)]
        assert both.keys() >= {link.partition("#")[0] for link in links}
        assert len([link for link in links if re.search(r"/?\d{4}/", link)]) == 2


def read_trends(page: Page) -> list[list[str]]:
    """Return the rows of the table of years, and check that each has its bar in each of the four charts."""
    tree = html5lib.parseFragment(page.body, namespaceHTMLElements=False)
    found = tree.findall(".//table[@class='trends__table']/tbody/tr")
    rows = [["".join(cell.itertext()) for cell in row] for row in found]
    charts = re.findall(r'<figure class="trend">(.*?)</figure>', page.body, re.DOTALL)
    assert [chart.count("<rect") for chart in charts] == [len(rows)] * (4 if rows else 0)
    return rows


def test_years_stand_side_by_side_where_no_year_is_named(tmp_path: Path) -> None:
    files: Files = {}
    add_year(files, 2020, OLD)
    alone, _ = build(tmp_path / "alone", files, dt.date(2021, 3, 15))
    assert not [url for url, page in alone.items() if "trends" in page.body]
    add_year(files, 2021, NEW)
    both, _ = build(tmp_path / "both", files, dt.date(2021, 3, 15))
    shown = {url: rows for url, page in both.items() if (rows := read_trends(page))}
    running = "2021年（进行中）"
    assert shown == {
        "": [[running, "6", "2/3（67%）", "12", "12"], ["2020年", "8", "4/8（50%）", "16", "16"]],
        "schools/jia/": [[running, "2", "0/1（0%）", "4", "4"], ["2020年", "2", "0/2（0%）", "4", "4"]],
        "schools/bing/": [[running, "2", "1/1（100%）", "4", "4"], ["2020年", "2", "2/2（100%）", "4", "4"]],
        "pairings/jia/": [[running, "6", "2/3（67%）", "12", "12"], ["2020年", "4", "2/4（50%）", "8", "8"]],
    }


AUTUMN = "  - {id: autumn, name: 秋学期, starts: 2020-09-01, ends: 2020-12-31, months: [2020-09]}\nquotas:"


def test_a_gallery_names_the_terms_of_its_photos_newest_first(tmp_path: Path) -> None:
    files: Files = {}
    add_year(files, 2020, OLD)
    programme = str(files["records/bureau/2020/programme.yml"])
    files["records/bureau/2020/programme.yml"] = programme.replace("quotas:", AUTUMN, 1)
    photos = "photos:\n  - {file: 01.jpg, caption: 区角}\n"
    folder = "records/jia/2020/09/08-visit"
    files[f"{folder}/activity.md"] = activity("2020-09-08", partner="yi", photos=photos)
    files[f"{folder}/01.jpg"] = b"x"
    pages, _ = build(tmp_path, files, dt.date(2020, 12, 1))
    body = pages["galleries/schools/jia/2020/"].body
    assert re.findall(r'<h2>(.*?)</h2>|<time datetime="(.*?)"', body) == [
        ("2020年秋学期", ""),
        ("", "2020-09-08"),
        ("2020年春学期", ""),
        ("", "2020-03-05"),
        ("", "2020-03-05"),
        ("", "2020-02-05"),
        ("", "2020-02-05"),
    ]
    assert body.count('class="wall__rest"') == 1  # the row before a heading is not stretched
    assert body.count("fetchpriority") + body.count('loading="lazy"') == 5
    assert "<h2>" not in pages["galleries/schools/yi/2020/"].body  # one term needs no heading
    assert "<h2>" not in pages["galleries/months/2020-03/"].body
