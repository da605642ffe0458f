"""What must never be published is in every field a record has, and in no page, file or picture of the site."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from pathlib import Path

import html5lib
import pytest
from PIL import Image

from generator.records import parse_activity, parse_note, parse_yaml
from generator.site.pages.page import Page
from generator.site.prepare import PreparedSite, prepare_site
from generator.site.search_index.write_index import write_search_index
from generator.site.shell import name_page_file
from tests.small_archive import base

TODAY = dt.date(2021, 3, 15)
PHONE = "13812345678"
NAME = "王小明"
HIDDEN = "不公开之事"
# Would be an element of its own if any template printed it raw, and ends any attribute.
ELEMENT = "x-forged"
MARK = f"<{ELEMENT} onload='a'>\\\""
# For records that have no list of private names, and for those that have.
LOUD = f'"致电{PHONE} {MARK}"'
LOUDER = f'"{NAME}致电{PHONE} {MARK}"'
ANONYMOUS = f"致电{PHONE}，<{ELEMENT} onload='a'>又写作138**1234**5678。[点](javascript:x)\n"
BODY = NAME + ANONYMOUS

YEAR, JIA = "records/bureau/2021", "records/jia/2021"
FILES: dict[str, str] = {
    f"{JIA}/02/05-visit/activity.md": f"""---
title: {LOUDER}
date: 2021-02-05
measure: visit
partners: [yi]
direction: host
staff: {{sent: 0, received: 2}}
place: {LOUDER}
lead: {LOUDER}
reported: 2021-02-05
plan: 2021-02-1
photos:
  - {{file: 01.jpg, caption: {LOUDER}}}
  - {{file: 02.jpg, caption: {HIDDEN}, public: false}}
private: [{NAME}]
---
## 方案

{BODY}
## 措施

{BODY}
## 记录

{BODY}
## 总结

{BODY}""",
    f"{JIA}/02/06-quiet/activity.md": f"""---
title: {HIDDEN}
date: 2021-02-06
measure: visit
partners: [yi]
direction: host
staff: {{sent: 0, received: 2}}
lead: {HIDDEN}
reported: 2021-02-06
photos:
  - {{file: 01.jpg, caption: {HIDDEN}}}
public: false
---
## 方案

{HIDDEN}

## 措施

{HIDDEN}

## 记录

{HIDDEN}

## 总结

{HIDDEN}
""",
    "records/jia/school.yml": (
        "id: jia\nname: 甲园\nshort: 甲园\nkind: helper\n"
        f"township: {LOUD}\nresponsible: {LOUD}\narchivist: {LOUD}\nprofile: {LOUD}\n"
    ),
    f"{JIA}/plan.yml": (
        f"rows:\n  - {{id: 2021-02-1, month: 2021-02, date: 2021-02-05, task: {LOUD}, measure: visit, lead: {LOUD}}}\n"
        f"  - {{id: 2021-03-1, month: 2021-03, task: {LOUD}, lead: {LOUD}}}\n"
    ),
    f"{JIA}/roster.yml": (
        "terms:\n  - term: spring\n    reported: 2021-02-04\n    pairs:\n"
        f"      - {{mentor: {LOUD}, mentee: {LOUD}, school: yi, focus: {LOUD}}}\n"
    ),
    f"{JIA}/agreement-yi.md": f"---\ntitle: {LOUD}\nhelped: yi\nsigned: 2021-02-03\ngoals: [{LOUD}]\n---\n{ANONYMOUS}",
    f"{YEAR}/bulletins/2021-02.md": (
        f"---\nmonth: 2021-02\nhighlights:\n  - {{activity: jia/2021/02/05-visit, remark: {LOUDER}}}\n"
        f"  - {{activity: jia/2021/02/06-quiet, remark: {HIDDEN}}}\n---\n{BODY}"
    ),
    f"{YEAR}/inspections/a.md": (
        f"---\ntitle: {LOUDER}\ndate: 2021-02-24\nschool: yi\nfinding: doubtful\n---\n{BODY}"
    ),
    f"{YEAR}/events/a.md": f"---\ntitle: {LOUDER}\ndate: 2021-02-26\nhost: jia\nschools: [yi]\n---\n{BODY}",
}


def _photo(shade: int) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = NAME  # ImageDescription
    Image.new("RGB", (900, 600), (shade, 90, 90)).save(out, "JPEG", exif=exif, comment=PHONE.encode())
    return out.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> PreparedSite:
    root = tmp_path_factory.mktemp("secrets")
    photos = {
        f"{JIA}/02/05-visit/01.jpg": _photo(10),
        f"{JIA}/02/05-visit/02.jpg": _photo(80),
        f"{JIA}/02/06-quiet/01.jpg": _photo(160),
    }
    for name, content in (base() | FILES | photos).items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return prepare_site(
        root=root,
        content=root / "content",
        today=TODAY,
        site_url="https://archive.example/county/",
        repo_url="https://forge.example/county/archive",
        progress=lambda stage, done, total: None,
    )


@pytest.fixture(scope="module")
def pages(made: PreparedSite) -> list[Page]:
    return [page for make in made.list_page_makers() for page in make()]


def test_the_records_are_read_whole() -> None:
    """Else what is not on the site was merely not read."""
    for path, text in FILES.items():
        data = text.encode()
        kind = {"school.yml": "school", "plan.yml": "plan", "roster.yml": "roster"}.get(Path(path).name)
        folder = Path(path).parent.name
        parsed: object
        if path.endswith("activity.md"):
            parsed, problems = parse_activity(path, data)
        elif kind:
            parsed, problems = parse_yaml(kind, path, data)
        else:
            note = {"bulletins": "bulletin", "inspections": "inspection", "events": "event"}.get(
                folder, "agreement"
            )
            parsed, problems = parse_note(note, path, data)
        assert problems == [], path
        assert getattr(parsed, "complete", False), path


def test_no_page_tells_a_secret(pages: list[Page]) -> None:
    wrong = [
        f"{page.url}: {secret} in its {part}"
        for page in pages
        for part in ("title", "description", "body")
        for secret in (PHONE, NAME, HIDDEN, "138**1234", "06-quiet")
        if secret in getattr(page, part)
    ]
    assert not wrong, "\n".join(wrong)
    assert sum("█" in page.body for page in pages) >= 5  # the same texts are there, blacked out


def test_no_text_of_a_record_becomes_mark_up(pages: list[Page]) -> None:
    wrong = []
    for page in pages:
        for element in html5lib.parseFragment(page.body, namespaceHTMLElements=False).iter():
            if element.tag == ELEMENT or any(name.startswith(("on", '"')) for name in element.attrib):
                wrong.append(f"{page.url}: <{element.tag} {sorted(element.attrib)}>")
            if "javascript:" in element.get("href", ""):
                wrong.append(f"{page.url}: {element.get('href')}")
    assert not wrong, "\n".join(wrong)
    assert sum(f"&lt;{ELEMENT}" in page.body for page in pages) >= 5


def test_no_file_tells_a_secret(made: PreparedSite, pages: list[Page], tmp_path: Path) -> None:
    for write in made.list_file_writers(tmp_path):
        write()
    made.write_excerpt_files(tmp_path, {page.url: page.excerpt for page in pages if page.excerpt})
    for page in pages:
        for name, content in page.files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        file = tmp_path / name_page_file(page.url)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<main>{page.body}</main>", "utf-8")
    write_search_index(made.site, tmp_path, [page.url for page in pages])
    for path in tmp_path.rglob("*.gz"):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    wrong = [
        f"{path.relative_to(tmp_path).as_posix()}: {secret}"
        for path in files
        for secret in (PHONE, NAME, HIDDEN, "06-quiet")
        for spelling in {secret, json.dumps(secret).strip('"')}
        if spelling.encode() in path.read_bytes()
    ]
    assert not wrong, "\n".join(wrong)
    # One photo of three is public, in the sizes 320, 800 and its own.
    assert len([path for path in files if path.suffix == ".webp"]) == 3
    assert {"archive.json", "activities.csv", "search.json", "t00000", "feed.xml"} <= {
        path.name for path in files
    }
