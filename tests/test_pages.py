"""Pages: whole bodies of a tiny archive, and nothing hostile or private that gets through."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urljoin

import html5lib
import pytest

from generator.archive import Photographed, read_corpus
from generator.documents import safe_html
from generator.site.pages import activities, home, pairings, plan_page, schools, search
from generator.site.pages.page import Page, make_shortest_link
from generator.site.pages.site import Site, compute_site
from generator.site.pages.view import PictureView
from generator.site.prepare import PreparedSite
from tests.small_archive import activity, base

GOLDEN = Path(__file__).with_name("pages")
TODAY = dt.date(2021, 3, 15)
BUILDERS = (
    home.make_pages,
    pairings.make_pages,
    schools.make_pages,
    plan_page.make_pages,
    search.make_error_pages,
)


class Painted:
    """Stands in for the album: every photo is a picture of one size."""

    def find_picture(self, record: Photographed, index: int) -> PictureView | None:
        path = f"photos/{record.key.rpartition('/')[2]}-{index}.webp"
        return PictureView(
            src=path.replace("webp", "jpg"),
            full=path,
            srcset=((path, 800),),
            width=800,
            height=600,
            colour="#8a6b4c",
        )


def site(root: Path, files: dict[str, str | bytes], *, today: dt.date = TODAY) -> Site:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    corpus = read_corpus(root)
    return compute_site(
        corpus,
        today=today,
        photos=Painted(),
        site_url="https://archive.example/county/",
        repo_url="https://forge.example/county/archive",
        home="档案在此。",
    )


def all_pages(made: Site) -> dict[str, Page]:
    found = [page for builder in BUILDERS for page in builder(made)]
    found += [page for year, school in made.of_school for page in activities.make_pages(made, year, school)]
    return {page.url: page for page in found}


def archive() -> dict[str, str | bytes]:
    """One of everything: met, short, late, a hidden record, a hidden photo, a plan, a roster, an agreement."""
    photo = "photos:\n  - {file: 01.jpg, caption: 区角}\n  - {file: 02.jpg, caption: 合影, public: false}\n"
    return base() | {
        "records/jia/2021/02/05-visit/activity.md": activity(
            "2021-02-05", photos=photo, extra="plan: 2021-02-1\nplace: 多功能厅\nattendance: 20\n"
        ),
        "records/jia/2021/02/05-visit/01.jpg": b"x",
        "records/jia/2021/02/05-visit/02.jpg": b"x",
        "records/jia/2021/02/20-lesson/activity.md": activity(
            "2021-02-20",
            title="大班示范课",
            measure="lesson",
            reported="2021-03-02",
            extra="grades: [大班]\n",
        ),
        "records/yi/2021/03/03-visit/activity.md": activity("2021-03-03", partner="jia"),
        "records/yi/2021/03/04-quiet/activity.md": activity(
            "2021-03-04", partner="jia", extra="public: false\n"
        ),
        "records/jia/2021/plan.yml": "rows:\n  - {id: 2021-02-1, month: 2021-02, date: 2021-02-05, task: 观摩, measure: visit}\n",
        "records/jia/2021/roster.yml": (
            "terms:\n  - term: spring\n    reported: 2021-02-04\n    pairs:\n"
            "      - {mentor: 骨干教师, mentee: 青年教师, school: yi, focus: 备课}\n"
        ),
        "records/jia/2021/agreement-yi.md": (
            "---\ntitle: 帮扶协议\nhelped: yi\nsigned: 2021-02-03\ngoals: [每月观摩一次]\n---\n## 责任\n\n双方互通信息。\n"
        ),
    }


def golden_pages(root: Path) -> dict[str, str]:
    with patch.object(plan_page, "RULES", ()):  # which rules there are is not this test's matter
        pages = all_pages(site(root, archive()))
    return {
        "home": pages[""].body,
        "school": pages["schools/jia/2021/"].body,
        "activity": pages["schools/jia/2021/02/05-visit/"].body,
        "pairings": pages["pairings/2021/"].body,
        "pairing": pages["pairings/jia/2021/"].body,
        "plan": pages["plan/2021/"].body,
    }


@pytest.mark.parametrize("name", ["home", "school", "activity", "pairings", "pairing", "plan"])
def test_a_page_is_what_it_was(tmp_path: Path, name: str) -> None:
    """After an intended change: `python -m tests.test_pages`, then read the difference before committing it."""
    made = golden_pages(tmp_path)[name].rstrip().splitlines()
    expected = (GOLDEN / f"{name}.html").read_text(encoding="utf-8").splitlines()
    assert not list(difflib.unified_diff(expected, made, lineterm=""))


HOSTILE = """---
title: '<script>alert(1)</script>{{7*7}}"onload=x'
date: 2021-02-05
measure: visit
partners: [yi]
direction: host
staff: {sent: 0, received: 2}
place: '<img src=x onerror=alert(2)>'
lead: '{% raw %}业务园长'
reported: 2021-02-05
private: [王小明]
photos:
  - {file: 01.jpg, caption: '"><svg onload=alert(3)> 王小明'}
---
## 方案

<script>alert(4)</script><iframe src="https://evil.example/"></iframe>

<div style="position:fixed" onclick="x()">盖住</div>

## 措施

[点我](javascript:alert(5)) [再点](data:text/html,x) [本站](../../secret.txt) [好](https://good.example/)

![像素](https://evil.example/pixel.png)

## 记录

王小明的电话是13800138000，又写作138**0013**8000。

| 甲 | 乙 |
|---|---|
| {{7*7}} | 2 |

## 总结

### 小结

<b>未闭合
"""


@pytest.fixture
def hostile(tmp_path: Path) -> Page:
    files = base() | {
        "records/jia/2021/02/05-visit/activity.md": HOSTILE,
        "records/jia/2021/02/05-visit/01.jpg": b"x",
    }
    return all_pages(site(tmp_path, files))["schools/jia/2021/02/05-visit/"]


def test_nothing_hostile_becomes_mark_up(hostile: Page) -> None:
    tree = html5lib.parseFragment(hostile.body, namespaceHTMLElements=False)
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "iframe", "svg", "style", "object", "form", "b"}
    for element in tree.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in ("href", "src"):
                assert not re.match(r"(?i)\s*(javascript|data|vbscript):", value)
                assert "evil" not in value
    assert "{{7*7}}" in hostile.title
    assert "49" not in re.sub(r"[\d:/-]{3,}", "", hostile.body)


def test_a_part_of_another_title_cannot_turn_the_page_around(tmp_path: Path) -> None:
    files = archive()
    path = "records/jia/2021/02/05-visit/activity.md"
    files[path] = str(files[path]) + "\n## 附\u202e录\u200b\n\n另有材料。\n"
    page = all_pages(site(tmp_path, files))["schools/jia/2021/02/05-visit/"]
    assert '<h2 id="part-5">附录</h2>' in page.body


def test_nothing_private_gets_through(hostile: Page) -> None:
    assert "王小明" not in hostile.body
    assert "13800138000" not in re.sub(r"<[^>]*>", "", hostile.body)


def test_links_of_a_record_lead_to_the_web_only(hostile: Page) -> None:
    tree = html5lib.parseFragment(hostile.body, namespaceHTMLElements=False)
    links = {"".join(a.itertext()): a.get("href") for a in tree.iter("a")}
    assert links.get("好") == "https://good.example/"
    assert not {"点我", "再点", "本站", "像素"} & links.keys()
    text = "".join(tree.itertext())
    for typed in (
        "[点我](javascript:alert(5))",
        "[本站](../../secret.txt)",
        "![像素](https://evil.example/pixel.png)",
    ):
        assert typed in text


def test_a_hidden_record_is_nowhere_but_counts(tmp_path: Path) -> None:
    made = site(tmp_path, archive())
    pages = all_pages(made)
    assert not [url for url in pages if "04-quiet" in url]
    assert not [url for url, page in pages.items() if "04-quiet" in page.body]
    assert made.ledgers[2021].cells["yi", "2021-03"].on_time == 2
    assert "另有1项活动不公开" in pages["schools/yi/"].body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\n\n二", "<p>一</p>\n<p>二</p>\n"),
        ("# 大\n\n### 小", "<h3>大</h3>\n<h4>小</h4>\n"),
        ("### 小\n\n# 大", "<h3>小</h3>\n<h3>大</h3>\n"),
        ("<wbr>甲", "<p>&lt;wbr&gt;甲</p>\n"),
        ("1&lt;2", "<p>1&amp;lt;2</p>\n"),
        ("```\n<b>&\n```", "<pre><code>&lt;b&gt;&amp;\n</code></pre>\n"),
        ("电话138**0013**8000。", "<p>电话███████████。</p>\n"),
        ("", ""),
    ],
)
def test_bodies(text: str, expected: str) -> None:
    assert safe_html.render_safe_html(text) == expected


def test_parts_never_flow_into_each_other() -> None:
    first, second = safe_html.render_safe_html("```\n未闭合"), safe_html.render_safe_html("## 二\n\n<div>")
    assert first == "<pre><code>未闭合</code></pre>\n"
    assert second.startswith("<h3>二</h3>")


def test_figures_in_a_table_are_not_a_telephone_number() -> None:
    table = "| 甲 | 乙 | 丙 | 丁 | 戊 | 己 |\n|---|---|---|---|---|---|\n| 13 | 80 | 01 | 38 | 00 | 0 |\n"
    assert "█" not in safe_html.render_safe_html(table)


@pytest.mark.parametrize("today", [dt.date(2021, 1, 1), dt.date(2021, 3, 15), dt.date(2022, 1, 1)])
def test_an_archive_without_records_has_all_its_pages(tmp_path: Path, today: dt.date) -> None:
    pages = all_pages(site(tmp_path, base(), today=today))
    assert sorted(pages) == [
        "",
        "2021/",
        "404.html",
        "pairings/",
        "pairings/2021/",
        "pairings/jia/",
        "pairings/jia/2021/",
        "plan/",
        "plan/2021/",
        "schools/",
        "schools/2021/",
        "schools/jia/",
        "schools/jia/2021/",
        "schools/yi/",
        "schools/yi/2021/",
    ]


def test_a_folder_without_any_programme_has_pages(tmp_path: Path) -> None:
    pages = all_pages(site(tmp_path, {"records/bureau/.gitkeep": ""}))
    assert sorted(pages) == ["", "404.html", "pairings/", "plan/", "schools/"]
    assert "还没有帮扶工作实施方案" in pages[""].body


def test_earlier_years_have_addresses_of_their_own(tmp_path: Path) -> None:
    files = base()
    for name in ("content/plan/2021.md", "records/bureau/2021/programme.yml"):
        text = files[name]
        assert isinstance(text, str)
        files[name.replace("2021", "2020")] = text.replace("2021", "2020")
    files["records/jia/2020/02/05-visit/activity.md"] = activity("2020-02-05")
    pages = all_pages(site(tmp_path, files))
    assert {"plan/", "plan/2020/", "schools/jia/", "schools/jia/2020/", "pairings/jia/2020/"} <= pages.keys()
    old = pages["schools/jia/2020/02/05-visit/"].body
    assert 'href="../../#m2020-02"' in old
    assert 'href="../../../../../plan/2020/#c1-1"' in old
    assert 'href="../../../schools/jia/2021/"' in pages["schools/jia/2020/"].body


@pytest.mark.parametrize(
    ("url", "target", "link"),
    [
        ("schools/jia/2020/05/25-visit/", "schools/jia/2020/05/26-lesson/", "../26-lesson/"),
        ("schools/jia/2020/05/25-visit/", "schools/jia/2020/", "../../"),
        ("schools/jia/2020/05/25-visit/", "schools/jia/#plan-1", "../../../#plan-1"),
        ("schools/jia/2020/05/25-visit/", "schools/jiaxin/", "../../../../jiaxin/"),
        ("schools/jia/2020/05/25-visit/", "plan/#c1-1", "../../../../../plan/#c1-1"),
        ("schools/jia/", "", "../../"),
        ("schools/jia/", "schools/jia/", "./"),
        ("", "plan/", "plan/"),
    ],
)
def test_the_shortest_link(url: str, target: str, link: str) -> None:
    assert make_shortest_link(url, target) == link
    assert urljoin(f"https://x/{url}", link) == f"https://x/{target}"


if __name__ == "__main__":
    import tempfile

    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, html in golden_pages(Path(folder)).items():
            (GOLDEN / f"{name}.html").write_text(html.rstrip() + "\n", encoding="utf-8", newline="\n")


def test_control_characters_reach_no_page() -> None:
    shown = safe_html.render_safe_html("看\x0b完，\u202e反过来\x1b[31m。\u2066里外")
    assert shown == "<p>看完，反过来[31m。里外</p>\n"


def test_a_site_without_its_programme_must_not_replace_the_published_one(tmp_path: Path) -> None:
    good = site(tmp_path / "good", base())
    assert PreparedSite(site=good).refusal == ""
    files = base() | {"records/bureau/2021/programme.yml": "year: 二〇二一\n"}
    bad = site(tmp_path / "bad", files)
    assert PreparedSite(site=bad).refusal == (
        "没有可用的方案数据 records/bureau/2021/programme.yml，网站没有更换；运行 pairing check 看哪里需要改正"
    )
