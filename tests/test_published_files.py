"""What programs read: whole files of a small archive, hostile cells, the feed's rules, galleries and fields.

``UPDATE_CASES=1 pytest tests/test_published_files.py`` writes the expected files anew; read every change.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from generator.archive import Photographed
from generator.records import MODELS, parse_activity, parse_note, parse_yaml
from generator.records.schemas import list_schema_files, make_schema
from generator.rules import RULES
from generator.site.open_data import data_page
from generator.site.open_data.sheets import list_headings
from generator.site.open_data.tables import ACTIVITIES, SCHEMA, SHEETS
from generator.site.open_data.write_data import write_excerpt_files, write_table_files
from generator.site.pages import bulletins, fields, galleries, rules
from generator.site.pages.site import Site, compute_site
from generator.site.pages.view import SHAPES, PictureView
from tests.data_files import texts_of
from tests.small_archive import PROGRAMME, activity, base, school
from tests.test_bulletin import TODAY, archive
from tests.test_pages import all_pages, site

GOLDEN = Path(__file__).with_name("published_files")
FEEDS = ("feed.xml", "bulletins/feed.xml")
FILES = ("data/archive.json", "data/activities.csv", *FEEDS)
ATOM = "{http://www.w3.org/2005/Atom}"


def written(made: Site, folder: Path) -> Path:
    folder.mkdir()
    write_table_files(made, folder)
    pages = (*all_pages(made).values(), *bulletins.make_pages(made), *data_page.make_pages(made))
    excerpts = {page.url: page.excerpt for page in pages if page.excerpt}
    write_excerpt_files(made, folder, excerpts)
    for name, content in {name: content for page in pages for name, content in page.files.items()}.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_whole_files(name: str, tmp_path: Path) -> None:
    content = (written(site(tmp_path, archive(), today=TODAY), tmp_path / "out") / name).read_bytes()
    expected = GOLDEN / name.removeprefix("data/").replace("/", "-")
    if os.environ.get("UPDATE_CASES"):
        GOLDEN.mkdir(exist_ok=True)
        expected.write_bytes(content)
    assert content == expected.read_bytes()
    for secret in ("小明", "13912345678", "21-care"):
        assert secret.encode() not in content


def test_files_are_the_same_every_time(tmp_path: Path) -> None:
    made = site(tmp_path, archive(), today=TODAY)
    one, two = written(made, tmp_path / "one"), written(made, tmp_path / "two")
    names = sorted(path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file())
    tables = [f"data/{table.csv}.csv" for table in SHEETS]
    others = [f"data/schema/{name}" for name in (*list_schema_files(), SCHEMA)]
    assert names == sorted({*FILES, *tables, *others, "data/archive.xlsx", "data/archive.sqlite"})
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    evil = ['=HYPERLINK("http://evil")', "+1", "-1+2", "@SUM(A1)", "＝1", '引号"，逗号,']
    files = base() | {
        f"records/jia/2021/02/{day:02}-visit/activity.md": activity(
            f"2021-02-{day:02}", title=json.dumps(title, ensure_ascii=False)
        )
        for day, title in enumerate(evil, 1)
    }
    out = written(site(tmp_path, files), tmp_path / "out")
    raw = (out / "data/activities.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 7
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == list_headings(ACTIVITIES)
    title = list_headings(ACTIVITIES).index("标题")
    assert [row[title] for row in rows[1:]] == [f"'{text}" for text in evil[:5]] + [evil[5]]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    ET.fromstring((out / "feed.xml").read_bytes())  # noqa: S314  # our own file


def test_a_moved_deadline_and_a_cancelled_month_are_news(tmp_path: Path) -> None:
    more = """deadlines:
  2021-03: {date: 2021-04-02, reason: 清明放假, decided: 2021-02-25}
  2021-02: {date: 2021-03-02, reason: 春节}
cancelled:
  2021-03: {reason: 疫情防控, decided_by: 县教育局, decided: 2021-03-10}
"""
    files = base() | {"records/bureau/2021/programme.yml": PROGRAMME + more}

    def read(day: str) -> list[tuple[str, str, str, str]]:
        made = site(tmp_path, files, today=dt.date.fromisoformat(day))
        feed = ET.fromstring((written(made, tmp_path / day) / "feed.xml").read_bytes())  # noqa: S314  # our own file
        return [
            (
                entry.findtext(f"{ATOM}title", ""),
                entry.findtext(f"{ATOM}updated", ""),
                entry.findtext(f"{ATOM}summary", ""),
                link.get("href", ""),
            )
            for entry in feed.findall(f"{ATOM}entry")
            for link in entry.findall(f"{ATOM}link")
            if "calendar" in link.get("href", "")
        ]

    told = [
        (
            "三月各校（园）免报",
            "2021-03-10T00:00:00+08:00",
            "三月各校（园）免报：疫情防控（县教育局2021年3月10日决定）。",
            "https://archive.example/county/calendar/2021/",
        ),
        (
            "三月材料截止日改为4月2日",
            "2021-02-25T00:00:00+08:00",
            "三月帮扶材料的上报截止日由2021年3月30日改为2021年4月2日：清明放假。",
            "https://archive.example/county/calendar/2021/",
        ),
        (
            "二月材料截止日改为3月2日",
            "2021-02-01T00:00:00+08:00",
            "二月帮扶材料的上报截止日由2021年2月28日改为2021年3月2日：春节。",
            "https://archive.example/county/calendar/2021/",
        ),
    ]
    assert read("2021-03-20") == told
    assert read("2021-02-26") == told[1:]


@pytest.mark.parametrize("site_url", ["", "https://archive.example/county/"])
@pytest.mark.parametrize("name", FEEDS)
def test_the_feeds_keep_atoms_rules(name: str, site_url: str, tmp_path: Path) -> None:
    corpus = site(tmp_path, archive(), today=TODAY).corpus
    made = compute_site(corpus, today=TODAY, site_url=site_url)
    feed = ET.fromstring((written(made, tmp_path / "out") / name).read_bytes())  # noqa: S314  # our own file
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for element in (feed, *entries):
        for part in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{part}")) == 1, part
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", element.findtext(f"{ATOM}updated", ""))
        assert element.findtext(f"{ATOM}id", "").startswith("urn:uuid:")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    days = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
    assert schema.validate(etree.fromstring(ET.tostring(feed))), schema.error_log
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans"
    links = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
    assert all(link.startswith(site_url) for link in links)
    home = site_url or "https://x.example/a/"
    found = [urljoin(home + name, link) for link in links]
    page = home + name.removesuffix("feed.xml")
    assert found[:2] == [home + name, page]
    urls = {f"{home}{url}" for url in (*all_pages(made), *(p.url for p in bulletins.make_pages(made)))}
    assert urls.issuperset(found[2:])


def test_the_feeds_ids_do_not_depend_on_the_address(tmp_path: Path) -> None:
    corpus = site(tmp_path, archive(), today=TODAY).corpus
    found = []
    for number, url in enumerate(("", "https://other.example/")):
        out = written(compute_site(corpus, today=TODAY, site_url=url), tmp_path / str(number))
        found.append(re.findall("<id>(.*)</id>", (out / "feed.xml").read_text(encoding="utf-8")))
    assert found[0] == found[1]


def test_an_empty_archive_still_has_valid_files(tmp_path: Path) -> None:
    out = written(site(tmp_path, {}), tmp_path / "out")
    assert json.loads((out / "data/archive.json").read_bytes())["activities"] == []
    ET.fromstring((out / "feed.xml").read_bytes())  # noqa: S314  # our own file


WITHHELD = """photos:
  - {file: 01.jpg, caption: 公开的说明}
  - {file: 02.jpg, caption: 秘密一, withdrawn: {date: 2021-02-09, reason: 秘密原因, digest: DIGEST}}
  - {file: 03.jpg, caption: 秘密二, public: false}
  - {file: 04.jpg, caption: 秘密三, people: children}
  - {file: 05.jpg, caption: 秘密四, people: children}
""".replace("DIGEST", "0" * 64)


def test_a_withheld_photo_leaves_its_reason_and_nothing_else(tmp_path: Path) -> None:
    """Counted in the table; in its place on the page a reason; its caption nowhere, nor why it was withdrawn."""
    files = base() | {"records/jia/2021/02/05-visit/activity.md": activity("2021-02-05", photos=WITHHELD)}
    made = site(tmp_path, files)
    pages = all_pages(made) | {page.url: page for page in galleries.make_pages(made)}
    place = re.compile(r'withheld"><p>((?:<span id="photo=\d"></span>)+)([^<]*)</p>')
    found = [
        (re.findall(r"\d", ids), text)
        for ids, text in place.findall(pages["schools/jia/2021/02/05-visit/"].body)
    ]
    assert found == [
        (["2"], "图片已撤下"),
        (["3"], "图片只存档，不公开"),
        (["4", "5"], "图片中有幼儿，未取得监护人同意，不公开（2张）"),
    ]
    out = written(made, tmp_path / "out")
    (one,) = json.loads((out / "data/archive.json").read_bytes())["activities"]
    assert [photo["number"] for photo in one["photos"]] == [1]
    assert one["withheld"] == [
        {"number": 2, "reason": "withdrawn"},
        {"number": 3, "reason": "private"},
        {"number": 4, "reason": "consent"},
        {"number": 5, "reason": "consent"},
    ]
    (row,) = csv.DictReader(io.StringIO((out / "data/activities.csv").read_text("utf-8-sig")))
    assert row["图片数"] == "5"
    texts = [page.body for page in pages.values()]
    texts += [text for path in out.rglob("*") if path.is_file() for text in texts_of(path)]
    assert sum("公开的说明" in text for text in texts) > 3
    assert not [text for text in texts if "秘密" in text]


# --- galleries -----------------------------------------------------------------------------------


class Many:
    """Stands in for the album: pictures of several shapes."""

    def find_picture(self, record: Photographed, index: int) -> PictureView | None:
        path = f"photos/{record.key.rpartition('/')[2]}-{index}.webp"
        width, height = [(800, 600), (600, 800), (800, 450), (800, 800)][index % 4]
        return PictureView(
            src=path, full=path, srcset=((path, width),), width=width, height=height, colour="#8a6b4c"
        )


def _photographed(day: str, count: int) -> str:
    photos = "photos:\n" + "".join(f"  - {{file: {i:02}.jpg, caption: 图{i}}}\n" for i in range(count))
    return activity(day, photos=photos)


def test_a_large_gallery_comes_in_pages(tmp_path: Path) -> None:
    files = base() | {
        f"records/jia/2021/02/{day:02}-visit/activity.md": _photographed(f"2021-02-{day:02}", 50)
        for day in range(1, 6)
    }
    made = compute_site(site(tmp_path, files).corpus, today=TODAY, photos=Many())
    pages = {page.url: page.body for page in galleries.make_pages(made)}
    kinds = ("months/2021-02", "schools/jia", "measures/visit")
    numbers = ("", *(f"{n}/" for n in range(2, 9)))
    assert set(pages) == {
        "galleries/",
        "galleries/2021/",
        *(f"galleries/{kind}/{n}" for kind in kinds for n in numbers),
        *(f"galleries/{kind}/2021/{n}" for kind in kinds[1:] for n in numbers),
    }
    shown = [len(re.findall('class="photo ', pages[f"galleries/schools/jia/{n}"])) for n in numbers]
    assert shown == [32, 32, 32, 32, 32, 32, 32, 26]
    first = pages["galleries/schools/jia/"]
    assert {int(n) for n in re.findall(r'wall__item s(\d+)"', first)} == {74, 100, 134, 175}
    # The first row is asked for at once, everything else when it comes near.
    assert first.count('fetchpriority="high"') == galleries.EAGER
    assert first.count('loading="lazy"') == galleries.PER_PAGE - galleries.EAGER
    assert pages["galleries/"].count("250张") == 3


@pytest.mark.parametrize(
    ("count", "filters"),
    [
        (galleries.FILTERED_FROM - 1, []),
        (
            galleries.FILTERED_FROM,
            [
                "全部帮扶内容", "观摩（6）", "示范课（6）",
                "全部对子", "甲园（6）", "丙园（6）",
                "全部方式", "请进来（6）", "走出去（6）",
            ],
        ),
    ],
)  # fmt: skip
def test_filters_ask_what_parts_a_gallery(tmp_path: Path, count: int, filters: list[str]) -> None:
    """Only questions with two answers or more; each answer with its number of photos, all pages counted."""
    half = count // 2
    files = base() | {
        "records/bureau/2021/programme.yml": PROGRAMME.replace(
            "leading_group", "  - {helper: bing, helped: [ding], responsible: [某丙, 某丁]}\nleading_group"
        ),
        "records/bing/school.yml": school("bing", "丙园", "helper"),
        "records/ding/school.yml": school("ding", "丁园", "rural"),
        "records/jia/2021/02/01-visit/activity.md": _photographed("2021-02-01", half),
        "records/bing/2021/02/02-lesson/activity.md": _photographed("2021-02-02", count - half)
        .replace("measure: visit", "measure: lesson")
        .replace("[yi]", "[ding]")
        .replace("direction: host", "direction: visit"),
    }
    made = compute_site(site(tmp_path, files).corpus, today=TODAY, photos=Many())
    pages = {page.url: page.body for page in galleries.make_pages(made)}
    assert re.findall(r"<option[^>]*>([^<]*)<", pages["galleries/months/2021-02/"]) == filters
    assert "<select" not in pages["galleries/schools/jia/"]


def test_every_shape_and_tone_has_its_style(project_root: Path) -> None:
    css = (project_root / "theme_overrides/assets/css/photos.css").read_text(encoding="utf-8")
    found = re.findall(r"(?m)^\.s(\d+) \{ --ratio: ([\d.]+); \}$", css)
    assert [int(shape) for shape, _ in found] == list(SHAPES)
    assert all(round(100 * float(ratio)) == int(shape) for shape, ratio in found)
    tones = re.findall(r"(?m)^\.([rgb])([0-9a-f]) \{ --\1: (\d+); \}$", css)
    assert tones == [(c, f"{n:x}", str(17 * n)) for c in "rgb" for n in range(16)]


@pytest.mark.parametrize(
    ("width", "height", "shape"),
    [(800, 600, 134), (600, 800, 74), (800, 800, 100), (1600, 266, 390), (300, 1500, 51)],
)
def test_a_picture_is_shown_in_the_nearest_shape(width: int, height: int, shape: int) -> None:
    view = PictureView(src="", full="", srcset=(), width=width, height=height, colour="#8a6bff")
    assert (view.shape, view.tone) == (shape, "tone r8 g6 bf")


def test_rows_cut_next_to_nothing_off_a_picture() -> None:
    cut = []
    for ratio in range(520, 3900):
        view = PictureView(src="", full="", srcset=(), width=ratio, height=1000)
        cut.append(1 - min(view.shape / 100 / view.ratio, view.ratio / view.shape * 100))
    assert max(cut) < 0.025


def test_no_photo_no_gallery(tmp_path: Path) -> None:
    made = compute_site(site(tmp_path, archive()).corpus, today=TODAY)
    pages = list(galleries.make_pages(made))
    assert [page.url for page in pages] == ["galleries/2021/", "galleries/"]
    assert all("还没有公开的活动图片" in page.body for page in pages)


# --- rules and fields ----------------------------------------------------------------------------


def test_every_rule_has_its_page(tmp_path: Path) -> None:
    pages = {page.url: page.body for page in rules.make_pages(site(tmp_path, archive()))}
    assert set(pages) == {"rules/", *(f"rules/{rule.slug}/" for rule in RULES)}
    for rule in RULES:
        assert f'href="../rules/{rule.slug}/"' in pages["rules/"]
        for heading in ("查什么", "为什么", "怎么改"):
            assert f"<h2>{heading}</h2>" in pages[f"rules/{rule.slug}/"]
    assert "各园每月二十八日前上报材料。" in pages["rules/file-encoding/"]


def _names(part: dict[str, Any], path: str, definitions: dict[str, dict[str, Any]]) -> set[str]:
    found = set()
    properties = part.get("properties", {})
    assert isinstance(properties, dict)
    for key, field in properties.items():
        found.add(f"{path}-{key}")
        places = (field, field.get("items", {}), *field.get("patternProperties", {}).values())
        for reference in (place["$ref"] for place in places if "$ref" in place):
            within = definitions[reference.rpartition("/")[2]]
            for either in within.get("anyOf", (within,)):  # a text, or names with values
                found |= _names(either, f"{path}-{key}", definitions)
    return found


def test_every_field_of_every_model_is_documented(tmp_path: Path) -> None:
    (page,) = fields.make_pages(site(tmp_path, archive()))
    ids = re.findall(r'class="entry" id="([^"]+)"', page.body)
    assert len(ids) == len(set(ids))
    wanted = set()
    for kind in MODELS:
        schema = make_schema(kind)
        wanted |= _names(schema, kind, schema.get("$defs", {}))
    assert set(ids) == wanted


@pytest.mark.parametrize("kind", MODELS)
def test_examples_are_right(kind: str) -> None:
    text = fields.read_example(kind).encode()
    path = fields.PLACES[kind]
    parsed: object
    if kind == "activity":
        parsed, problems = parse_activity(path, text)
    elif path.endswith(".md"):
        parsed, problems = parse_note(kind, path, text)
    else:
        parsed, problems = parse_yaml(kind, path, text)
    assert problems == []
    assert parsed is not None
    line = re.search(r"\$schema=(\S+)", text.decode())
    assert line is not None
    assert posixpath.normpath(posixpath.join(path, "..", line[1])) == f"records/schema/{kind}.schema.json"


def test_days_of_the_examples_are_of_one_year() -> None:
    days = {
        dt.date.fromisoformat(d).year
        for k in MODELS
        for d in re.findall(r"\d{4}-\d\d-\d\d", fields.read_example(k))
    }
    assert days == {2020}


def test_the_name_of_a_measure_is_masked_wherever_it_is_published(tmp_path: Path) -> None:
    files = archive()
    path = "records/bureau/2021/programme.yml"
    files[path] = str(files[path]).replace("name: 观摩", "name: 观摩13987654321")
    made = site(tmp_path, files, today=TODAY)
    out = written(made, tmp_path / "out")
    with zipfile.ZipFile(out / "data/archive.xlsx") as book:
        sheets = b"".join(map(book.read, book.namelist()))
    published = {"data/archive.xlsx": sheets} | {
        page.url: page.body.encode() for page in all_pages(made).values()
    }
    published |= {name: (out / name).read_bytes() for name in (*FILES, "data/archive.sqlite")}
    assert [name for name, content in published.items() if b"13987654321" in content] == []
    for name in ("data/archive.json", "data/activities.csv", "data/archive.xlsx"):
        assert "观摩███████████".encode() in published[name]
