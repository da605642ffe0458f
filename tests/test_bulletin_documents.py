"""The bulletin's five outputs: the same facts in each, PDF and Word read back by other programs' libraries."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import os
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from generator.documents.bulletin import Bulletin, compose_bulletin, phrases
from generator.documents.bulletin.bulletin_content import Passage, TextRun
from generator.documents.bulletin.docx import make_docx
from generator.documents.bulletin.formats import DocumentCache, make_document, write_documents
from generator.documents.bulletin.illustrations import Illustration
from generator.documents.bulletin.markdown import make_markdown
from generator.documents.bulletin.pdf import find_undrawable, make_pdf
from generator.documents.bulletin.plain_text import make_plain_text
from generator.documents.bulletin.typesetting import COVERAGE, FONTS, list_drawable_characters
from generator.plumbing.chinese_days import format_chinese_date, format_chinese_day
from generator.site.pages import bulletin_files, bulletins
from generator.site.pages.site import Site
from tests.test_bulletin import TODAY, archive
from tests.test_pages import site

POINT = 72 / 25.4


def picture() -> bytes:
    """Return a small JPEG."""
    made = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 160, 120)).save(made, "JPEG")
    return made.getvalue()


PHOTOS = {"jia/2021/02/05-visit": Illustration(jpeg=picture(), caption="区角")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A month with everything, names with rarer characters too."""
    files = archive()
    note = "records/bureau/2021/bulletins/2021-02.md"
    files[note] = str(files[note]).replace("请各园", "濮丽娟、张淑沁两位园长主持。\n\n1. 请各园")
    programme = "records/bureau/2021/programme.yml"
    files[programme] = str(files[programme]).replace(
        "plan_text:", "imprint: {to: [各园], copies: [县领导小组], contact: 学前股 0999-XXXXXXX}\nplan_text:"
    )
    return site(tmp_path_factory.mktemp("documents"), files, today=TODAY)


@pytest.fixture(scope="module")
def value(made: Site) -> Bulletin:
    """The bulletin of that month, with a 备案号 as closing gives it, and an amendment."""
    found = compose_bulletin(made.corpus, made.ledgers[2021], "2021-02")
    (pairing,) = found.pairings
    lines = tuple(
        dataclasses.replace(line, filing=f"2021-02-jia-{place:02d}", finding="false")
        for place, line in enumerate(pairing.lines, 1)
    )
    return dataclasses.replace(
        found, pairings=(dataclasses.replace(pairing, lines=lines),), seal="0123456789abcdef" * 4
    )


def facts(value: Bulletin) -> Iterator[str]:
    """Yield every fact of a bulletin as a reader finds it. What only the activity's page tells is not here:
    partners and the clause of an activity, the school's name in full where the short one stands.
    """
    yield value.name
    yield f"{value.year}年第{value.number}期"
    yield value.issuer
    yield format_chinese_date(value.issued) if value.issued else format_chinese_date(value.as_of)
    yield value.title
    yield phrases.summarise_month(value)
    yield phrases.summarise_term(value)
    for passage in value.note:
        yield passage.text
    for group in value.groups:
        yield group.name
        yield f"{len(group.lines)}所，完成{group.met}所"
        for line in group.lines:
            yield from (line.name, f"{line.on_time}/{line.quota}", line.status.label)
            yield f"{line.term_done}/{line.term_quota}"
            yield str(line.late or "")
    for line in value.owed:
        yield f"{line.name}：{phrases.describe_shortfall(line)}"
    yield value.deemed_words
    yield value.deemed.id if value.deemed else ""
    for activity in value.activities:
        yield from (
            f"{activity.date.day}日",
            activity.short,
            activity.title,
            activity.measure,
            activity.filing,
        )
        yield from phrases.list_reservations(activity)
    yield f"另有{value.private}项"
    for praise in value.highlights:
        yield from (praise.activity.title, praise.activity.school, format_chinese_day(praise.activity.date))
        yield praise.remark
    for visit in value.inspections:
        yield from (format_chinese_day(visit.date), visit.school, visit.title, "存疑", visit.reply)
    for event in value.events:
        yield from (format_chinese_day(event.date), event.host, event.title, *event.schools)
    for measure in value.measures:
        yield from (measure.name, measure.clause, str(measure.month), str(measure.term))
    for task in value.next_tasks[0].tasks:
        yield from (task.short, task.task, task.lead, f"{task.date.day}日" if task.date else "待定")
    yield from (*value.sent_to, *value.copies, value.contact, value.seal[:32])


def squeezed(text: str) -> str:
    """Return text as a reader sees it: without mark-up's escapes and without the breaks of lines."""
    return re.sub(r"[\s\\*]|<[^>]*>", "", text)


def pdf_text(data: bytes) -> str:
    """Return the words of a PDF as another library reads them."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def docx_text(data: bytes) -> str:
    """Return the words of a Word document, its tables' too, in order."""
    body = Document(io.BytesIO(data)).element.body
    return "".join(each.text or "" for each in body.iter(qn("w:t")))


def test_every_fact_is_in_all_five_outputs(
    value: Bulletin, made: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulletins, "compose_bulletin", lambda corpus, account, month: value)
    page = next(page for page in bulletins.make_pages(made) if page.url == "bulletins/2021-02/")
    outputs = {
        "page": squeezed(page.body),
        "pdf": squeezed(pdf_text(make_pdf(value, PHOTOS))),
        "docx": squeezed(docx_text(make_docx(value, PHOTOS))),
        "text": squeezed(make_plain_text(value)),
        "markdown": squeezed(make_markdown(value)),
        "markdown without tables": squeezed(make_markdown(value, tables=False)),
    }
    lacking = [
        (name, fact) for name, text in outputs.items() for fact in facts(value) if squeezed(fact) not in text
    ]
    assert lacking == []
    for text in outputs.values():
        assert "小明" not in text
        assert "13912345678" not in text
        assert "濮丽娟、张淑沁" in text


def test_a_pdf_is_a_document_of_its_own(value: Bulletin) -> None:
    reader = PdfReader(io.BytesIO(make_pdf(value, PHOTOS)))
    about = reader.metadata
    assert about is not None
    assert (about.title, about.author) == ("《帮扶简报》2021年第7期（二月）", "甲县教育局学前股")
    assert (about.creation_date, about.modification_date) == (None, None)
    root = reader.root_object
    assert str(root["/Lang"]) == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert reader.xmp_metadata is not None
    assert "pdfuaid:part" in reader.xmp_metadata.stream.get_data().decode()
    assert [str(item.title) for item in reader.outline if not isinstance(item, list)][:1] == [value.title]
    for page in reader.pages:
        assert [round(float(edge) / POINT) for edge in page.mediabox[2:]] == [210, 297]


def test_a_note_may_begin_with_a_heading(value: Bulletin) -> None:
    heading = Passage(kind="heading", runs=(TextRun(text="本月情况"),))
    note = (heading, Passage(kind="paragraph", runs=(TextRun(text="很好。"),)), heading)
    noted = dataclasses.replace(value, note=note)
    assert pdf_text(make_pdf(noted, PHOTOS)).count("本月情况") == 2
    assert [p.text for p in Document(io.BytesIO(make_docx(noted, PHOTOS))).paragraphs].count("本月情况") == 2


def test_a_long_address_stays_in_its_column_and_is_copied_whole(value: Bulletin) -> None:
    address = f"https://example.org/{'W' * 70}"
    pairing = value.pairings[0]
    long = dataclasses.replace(pairing.lines[0], title=address)
    pairings = (dataclasses.replace(pairing, lines=(long, *pairing.lines[1:])), *value.pairings[1:])
    note = (Passage(kind="paragraph", runs=(TextRun(text=address),)),)
    data = make_pdf(dataclasses.replace(value, pairings=pairings, note=note), PHOTOS)
    text = pdf_text(data)
    assert re.sub(r"\s", "", text).count(address) == 2
    assert "W" * 40 not in text  # a line holds fewer, a column fewer still


def test_every_font_is_embedded_and_cut_to_what_is_used(value: Bulletin) -> None:
    fonts: dict[str, DictionaryObject] = {}
    for page in PdfReader(io.BytesIO(make_pdf(value, PHOTOS))).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[str(descendant["/BaseFont"])] = descendant["/FontDescriptor"]
    assert {name.partition("+")[2] for name in fonts} == {
        "FandolFang-Regular", "NotoSansCJKsc-Bold", "NotoSerifCJKsc-Bold", "LibertinusSerif-Regular",
    }  # fmt: skip
    for name, descriptor in fonts.items():
        assert re.match(r"/[A-Z]{6}\+", name), name
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), name


def _lines(page: object) -> dict[int, str]:
    """Return a page's lines by their height in points."""
    found: dict[int, str] = {}

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            height = round(cm[5] + tm[5] * cm[3])
            found[height] = found.get(height, "") + text.strip()

    page.extract_text(visitor_text=visit)  # type: ignore[attr-defined]
    return dict(sorted(found.items(), reverse=True))


def test_a_page_of_text_has_22_lines_of_28_characters(value: Bulletin) -> None:
    note = (Passage(kind="paragraph", runs=(TextRun(text="园" * 2000),)),)
    long = dataclasses.replace(value, note=note, groups=(), pairings=(), owed=(), highlights=())
    second = PdfReader(io.BytesIO(make_pdf(long, {}))).pages[1]
    lines = _lines(second)
    number = lines.pop(min(lines))
    assert number == "—2—"
    assert {len(line) for line in lines.values()} == {28}
    assert len(lines) == 22
    heights = list(lines)
    assert heights[0] > (297 - 37 - 6) * POINT
    assert heights[-1] > 35 * POINT


def test_sixty_rows_break_with_their_heads(value: Bulletin) -> None:
    (pairing,) = value.pairings
    line = pairing.lines[0]
    many = tuple(
        dataclasses.replace(line, title=f"第{number}项活动", filing=f"2021-02-jia-{number:02d}")
        for number in range(1, 71)
    )
    crowded = dataclasses.replace(value, pairings=(dataclasses.replace(pairing, lines=many),))
    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(make_pdf(crowded, {}))).pages]
    with_rows = [page for page in pages if "项活动" in page]
    assert len(with_rows) >= 3
    for page in with_rows:
        assert "日期校（园）活动帮扶内容备案号" in page
        assert "甲园帮扶组" in page
    assert [int(n) for page in pages for n in re.findall(r"第(\d+)项活动", page)] == list(range(1, 71))


def test_the_same_value_gives_the_same_bytes_in_any_process(value: Bulletin, tmp_path: Path) -> None:
    script = (
        "import hashlib, pickle, sys\n"
        "from generator.documents.bulletin.formats import make_document\n"
        "value, photos = pickle.load(open(sys.argv[1], 'rb'))\n"
        "for form in ('pdf', 'docx'):\n"
        "    print(hashlib.sha256(make_document(value, photos, form)).hexdigest())\n"
    )
    handed = tmp_path / "value"
    handed.write_bytes(pickle.dumps((value, PHOTOS)))
    here = [hashlib.sha256(make_document(value, PHOTOS, form)).hexdigest() for form in ("pdf", "docx")]
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": "."}
        ran = subprocess.run(
            [sys.executable, "-c", script, str(handed)],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.split() == here


def test_no_word_of_a_record_is_markup(value: Bulletin) -> None:
    bad = "#panic() *粗* $x$ [a] <b> `c` \\ // @d </w:t>&amp;"
    hostile = dataclasses.replace(value, title=bad)
    assert squeezed(bad) in squeezed(docx_text(make_docx(hostile, {})))
    shown = re.sub(r"\s", "", pdf_text(make_pdf(hostile, {})))
    assert re.sub(r"\s", "", bad) in shown


def test_a_character_that_no_font_has_is_seen_and_named(value: Bulletin) -> None:
    rare = dataclasses.replace(value, title="𠮷家园的一天")
    assert find_undrawable(rare) == ("𠮷",)
    text = squeezed(pdf_text(make_pdf(rare, {})))
    assert "〓家园的一天" in text
    assert "注：字库中没有的字以“〓”代替：U+20BB7。" in text
    assert find_undrawable(value) == ()


def test_the_list_of_characters_is_that_of_the_fonts() -> None:
    found: set[int] = set()
    for path in FONTS.glob("*.otf"):
        with TTFont(path, lazy=True) as font:
            found |= set(font.getBestCmap())
    assert COVERAGE.read_text("utf-8") == "".join(map(chr, sorted(found)))
    encoded = (
        bytes([row, cell]).decode("gb2312", "ignore")
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
    )
    assert set("".join(encoded)) <= list_drawable_characters()


def test_a_word_document_can_be_edited(value: Bulletin) -> None:
    data = make_docx(value, PHOTOS)
    made = Document(io.BytesIO(data))
    headings = [p.text for p in made.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [
        "一、各校（园）完成情况", "二、未按时完成的校（园）", "三、二月开展的活动", "四、值得推荐的做法",
        "五、督导核查与观摩互促", "六、春学期以来的帮扶内容", "七、三月工作计划",
    ]  # fmt: skip
    fonts = {
        name: made.styles[name].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "红头", "表头")
    }
    assert fonts == {
        "Normal": "仿宋_GB2312", "Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体_GB2312",
        "红头": "方正小标宋简体", "表头": "黑体",
    }  # fmt: skip
    tables = [table for table in made.tables if len(table.columns) > 2]
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [
        ["校（园）", "按时/应报", "逾期", "情况", "春学期累计"],
        ["日期", "校（园）", "活动", "帮扶内容", "备案号"],
        ["帮扶内容", "条款", "二月", "春学期累计"],
        ["日期", "校（园）", "任务", "负责人"],
    ]
    for table in tables:
        assert [len(list(row._tr.iter(qn("w:tblHeader")))) for row in table.rows][:2] == [1, 0]
        assert all(len(list(row._tr.iter(qn("w:cantSplit")))) == 1 for row in table.rows)
    section = made.sections[0]
    edges = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(edge.mm) for edge in edges if edge is not None] == [210, 297, 37, 35]
    for footer in (section.footer, section.even_page_footer):
        assert [each.text for each in footer._element.iter(qn("w:instrText"))] == [" PAGE "]
    about = made.core_properties
    assert (about.title, about.author) == ("《帮扶简报》2021年第7期（二月）", "甲县教育局学前股")
    assert about.created == about.modified == dt.datetime(2021, 3, 4, tzinfo=dt.UTC)
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        assert {member.date_time for member in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "楷体" in members.read("word/fontTable.xml").decode()


def test_only_an_issued_bulletin_has_files_on_the_site(made: Site, tmp_path: Path) -> None:
    bulletin_files.write_bulletin_files(made, tmp_path)
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert found == [f"bulletins/2021-02/2021-02{suffix}" for suffix in (".docx", ".md", ".pdf", ".txt")]
    bodies = {page.url: page.body for page in bulletins.make_pages(made)}
    links = re.findall(r'<a href="([^"]*)" download>', bodies["bulletins/2021-02/"])
    assert links == ["2021-02.pdf", "2021-02.docx", "2021-02.txt", "2021-02.md"]


def test_a_kept_document_is_found_mended_and_forgotten(value: Bulletin, tmp_path: Path) -> None:
    def names() -> set[str]:
        return {path.name for path in tmp_path.iterdir()}

    cache = DocumentCache(folder=tmp_path)
    first = make_document(value, PHOTOS, "docx", cache=cache)
    (name,) = names()
    later = dataclasses.replace(value, as_of=dt.date(2021, 9, 1))
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-1] + b"?")
    assert make_document(later, PHOTOS, "docx", cache=cache) == first
    assert names() == {name}
    fresh = DocumentCache(folder=tmp_path)
    assert make_document(dataclasses.replace(value, number=8), PHOTOS, "docx", cache=fresh) != first
    fresh.remove_unwanted()
    assert names() == fresh.wanted
    assert name not in fresh.wanted


def test_files_are_written_beside_and_renamed(value: Bulletin, tmp_path: Path) -> None:
    written = write_documents(value, {}, ("text", "markdown"), tmp_path / "new")
    assert [path.name for path in written] == ["2021-02.txt", "2021-02.md"]
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"2021-02.txt", "2021-02.md"}
