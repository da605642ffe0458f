"""Text as it was written: the words of a text are in every output, all of them, in order, and nothing else is."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

import html5lib
import pytest
from docx import Document
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from generator.documents import markup, safe_html
from generator.documents.bulletin import Bulletin, compose_bulletin
from generator.documents.bulletin.docx import make_docx
from generator.documents.bulletin.markdown import make_markdown
from generator.documents.bulletin.note import read_passages
from generator.documents.bulletin.pdf import make_pdf
from generator.documents.bulletin.plain_text import make_plain_text
from generator.documents.bulletin.typesetting import list_drawable_characters, mark_undrawable
from generator.site.open_data.write_data import write_excerpt_files
from generator.site.pages import bulletins
from generator.site.search_index.page_texts import read_page
from tests.small_archive import activity
from tests.test_bulletin import TODAY, archive
from tests.test_pages import all_pages, site

PLAIN = (
    "9:00~9:30入园", "体温36.5~37.2度", "大班~小班", "~", "~~三天~~", "~~~~~~",
    "3*4*5", "材料*2", "*注：见附表", "*要点*", "大*中*小班", "*****", "_", "姓名____班级____", "__粗__", "_斜_",
    "1、先看材料", "（1）再问幼儿", "(2)记录", "一、", "①", "时间：", "2.5元", "1.甲", "2020.5.14", "#1班", "#",
    "<3", "a<b", "a>b", "<Tom>", "<b>重点</b>", "<br>", "<!--", "-->", "&lt;", "&#49;", "A&B", "&",
    "[备注]", "[备注]: 见附件", "[课件](课件.pptx)", "![现场](01.jpg)", "![图](https://example.org/a.png)", "[]()", "](",
    '[甲](https://example.org "题")', "[](https://example.org/)", "<mailto:a@example.org>", "<a@example.org>",
    "http://example.org/a_b_c", "D:\\课件\\大班", "“先看再问”", "《指南》", "——", "……", "'\"", "{{7*7}}", "%", "$", "--a",
    "幼儿用插牌自己选区", "、", "Ａ１", "葛\U000e0100老师", "☆\ufe0f", "C#",
)  # fmt: skip
"""What a teacher types and means as it is, also at the beginning of a line."""

WITHIN = (
    "* ",
    "- ",
    "+",
    "## ",
    "###",
    "***",
    "> ",
    "|",
    "a|b",
    "1. ",
    "2) ",
    "===",
    "---",
    "    ",
    "\t",
    "\\",
)
"""What means something at the beginning of a line only, or nothing at all."""

MARKED = (
    ("**重点：**", "重点："), ("**“先看再问”**", "“先看再问”"), ("**《指南》**", "《指南》"), ("**(1)**", "(1)"),
    ("[方案](https://example.org/a_(1))", "方案"), ("<https://example.org/x?a=1&b=2>", "https://example.org/x?a=1&b=2"),
    ("`1*2*3`", "1*2*3"), ("``a`b``", "a`b"), ("\\*\\*", "**"), ("\\<b\\>", "<b>"), ("\\\\", "\\"), ("\\|", "|"),
    ("**见[表](http://example.org/b)和**", "见表和"), ("看\u200b材\ufeff料", "看材料"), ("正\u202e反\u2066里", "正反里"),
    ("软\u00ad连", "软连"), ("响\x07铃", "响铃"),
)  # fmt: skip
"""What the guide calls mark-up, and characters that nobody sees, each with what is seen of it."""

JOINTS = ("，", "和", "。", "的")
INDENTS = ("", "", " ", "    ", "\t", "　　", "        ")


class Typist:
    """Types texts as teachers do, and knows what is to be seen of them."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def text(self) -> tuple[str, str]:
        """Return a text of a few blocks, and its visible characters."""
        blocks = [self.block() for _ in range(self.random.randint(1, 4))]
        return "\n\n".join(typed for typed, _ in blocks), seen("".join(words for _, words in blocks))

    def block(self) -> tuple[str, str]:
        kind = self.random.choice(
            ("lines", "lines", "bullets", "numbers", "quotation", "heading", "table", "ruled")
        )
        lines = [self.line() for _ in range(self.random.randint(1, 4))]
        seen = "".join(seen for _, seen in lines)
        match kind:
            case "bullets":
                sign = self.random.choice("-*+")
                return "\n".join(f"{sign} {typed}" for typed, _ in lines), seen
            case "numbers":
                numbers = [self.random.choice((place, 1, 5)) for place in range(1, len(lines) + 1)]
                typed = "\n".join(f"{n}. {typed}" for n, (typed, _) in zip(numbers, lines, strict=True))
                return typed, "".join(f"{n}.{seen}" for n, (_, seen) in zip(numbers, lines, strict=True))
            case "quotation":
                return "\n".join(f"> {typed}" for typed, _ in lines), seen
            case "heading":
                return f"### {lines[0][0]}", lines[0][1]
            case "table":
                return self.table()
            case "ruled":
                return f"{lines[0][0]}\n----\n{lines[-1][0]}", lines[0][1] + lines[-1][1]
        typed = "\n".join(self.random.choice(INDENTS) + typed for typed, _ in lines)
        return typed, seen

    def table(self) -> tuple[str, str]:
        columns = self.random.randint(1, 3)
        rows = [[self.piece(PLAIN) for _ in range(columns)]]
        rows += [
            [self.piece(PLAIN) for _ in range(self.random.randint(1, 5))]
            for _ in range(self.random.randint(0, 3))
        ]
        typed = [f"| {' | '.join(typed for typed, _ in row)} |" for row in rows]
        typed.insert(1, f"|{'---|' * columns}")
        return "\n".join(typed), "".join(seen for row in rows for _, seen in row)

    def line(self) -> tuple[str, str]:
        typed, seen = self.piece(PLAIN)
        for _ in range(self.random.randint(0, 3)):
            more, also = self.piece(PLAIN + WITHIN)
            joint = self.random.choice(JOINTS)
            typed, seen = typed + joint + more, seen + joint + also
        # What ends with a space or a backslash is followed by a word.
        return f"{typed}完", f"{seen}完"

    def piece(self, plain: tuple[str, ...]) -> tuple[str, str]:
        if self.random.random() < 0.3:
            return self.random.choice(MARKED)
        typed = self.random.choice(plain)
        return typed, typed


def seen(text: str) -> str:
    """Return the characters of a text that leave a trace: all but spaces."""
    return "".join(text.split())


def shown(element: ET.Element) -> Iterator[str]:
    """Yield what a browser shows of an element, the numbers of lists too."""
    yield element.text or ""
    number = int(element.get("start", "1"))
    for child in element:
        if child.tag == "li" and element.tag == "ol":
            number = int(child.get("value", number))
            yield f"{number}."
            number += 1
        yield from shown(child)
        yield child.tail or ""


def of_html(html: str) -> str:
    return seen("".join(shown(html5lib.parseFragment(html, namespaceHTMLElements=False))))


def holds(output: str, words: str) -> bool:
    """Say whether an output has all characters of a text, in order."""
    following = iter(output)
    return all(sign in following for sign in words)


typed_texts = st.randoms(use_true_random=False).map(lambda random: Typist(random).text())


@settings(max_examples=300, deadline=None)
@given(typed_texts)
def test_pages_and_data_hold_what_was_typed(case: tuple[str, str]) -> None:
    typed, expected = case
    text = safe_html.read_text(typed)
    assert seen("".join(text.list_lines())) == expected
    assert seen(text.words) == expected
    assert of_html(safe_html.write_html(text)) == expected


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Bulletin:
    """A bulletin whose note is to be replaced."""
    made = site(tmp_path_factory.mktemp("month"), archive(), today=TODAY)
    return dataclasses.replace(compose_bulletin(made.corpus, made.ledgers[2021], "2021-02"), note=())


@settings(max_examples=200, deadline=None)
@given(typed_texts)
@example(("| 、 |\n|---|\n", "、"))
def test_bulletins_hold_what_was_typed(month: Bulletin, case: tuple[str, str]) -> None:
    typed, expected = case
    note = read_passages(typed)
    items = (passage.mark.replace("•", "") + passage.text for passage in note)
    assert seen("".join(items)) == expected
    value = dataclasses.replace(month, note=note)
    # Markdown is read again for feeds and mails.
    again = safe_html.read_text(make_markdown(value)).words
    assert seen(again).partition("编者按")[2].startswith(expected), make_markdown(value)
    assert holds(seen(make_plain_text(value)).partition("【编者按】")[2], expected)


SIGNS = (*"甲乙，。“”：；Z019 -+.#>='*_`[]()<&!~|\"\\/", "\n", "\n\n", "\t", "\u3000", "\u200b", "\ud800", "\x00", "\r", "\u2028", "**", "```", "---",
         "|-|", "http://a", "](http://b)", "1. ", "01. ", "- ", "> ", "    ")  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_no_output_reads_a_text_in_a_way_of_its_own(typed: str) -> None:
    text = safe_html.read_text(typed)
    words = seen("".join(text.list_lines()))
    assert of_html(safe_html.write_html(text)) == words
    assert (
        seen("".join(passage.mark.replace("•", "") + passage.text for passage in read_passages(typed)))
        == words
    )
    letters = re.sub(r"\]\(http://b\)", "", typed)
    assert holds(words, "".join(sign for sign in letters if sign in "甲乙Z019，。"))


def _cases(count: int) -> list[tuple[str, str]]:
    return [Typist(Random(number)).text() for number in range(count)]  # noqa: S311  # no secret


def test_documents_hold_what_was_typed(month: Bulletin) -> None:
    cases = [
        (f"甲{number}乙\n\n{typed}", f"甲{number}乙{expected}")
        for number, (typed, expected) in enumerate(_cases(60))
    ]
    value = dataclasses.replace(month, note=read_passages("\n\n---\n\n".join(typed for typed, _ in cases)))
    words = "".join(expected for _, expected in cases)
    written = "".join(paragraph.text for paragraph in Document(io.BytesIO(make_docx(value, {}))).paragraphs)
    assert holds(seen(written), words)
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(value, {}))).pages)
    words = seen(markup.remove_unprinted(words))
    assert set(words) <= list_drawable_characters(), set(words) - list_drawable_characters()
    assert holds(seen(printed), words)


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("**要点：**先看材料", "<p><strong>要点：</strong>先看材料</p>"),
        ("她说**“等一等”**再说", "<p>她说<strong>“等一等”</strong>再说</p>"),
        ("对照**《纲要》**、**（二）**看", "<p>对照<strong>《纲要》</strong>、<strong>（二）</strong>看</p>"),
        ("第**1**组和**2 **组", "<p>第<strong>1</strong>组和**2 **组</p>"),
        ("王**、李**两名", "<p>王**、李**两名</p>"),
        ("“赵**”“钱**”", "<p>“赵**”“钱**”</p>"),
        (
            "**一、看**（**二**），**三**。",
            "<p><strong>一、看</strong>（<strong>二</strong>），<strong>三</strong>。</p>",
        ),
        ("7:50~8:20，2~3人", "<p>7:50~8:20，2~3人</p>"),
        ("6*7=42，长*宽，*注*", "<p>6*7=42，长*宽，*注*</p>"),
        ("　　九点\n　　十点\n- 　甲", "<p>　　九点<br>\n　　十点</p>\n<ul>\n<li>　甲</li>\n</ul>"),
        ("    九点入园\n\t十点户外", "<p>九点入园<br>\n十点户外</p>"),
        ("1、一\n（1）二\n①三\n时间：四", "<p>1、一<br>\n（1）二<br>\n①三<br>\n时间：四</p>"),
        ("- 甲\n  接着写\n- 乙", "<ul>\n<li>甲<br>\n接着写</li>\n<li>乙</li>\n</ul>"),
        ("3. 甲\n3. 乙\n4. 丙", '<ol start="3">\n<li>甲</li>\n<li value="3">乙</li>\n<li>丙</li>\n</ol>'),
        ("01. 甲\n02. 乙", "<p>01. 甲<br>\n02. 乙</p>"),
        ("1. 甲\n\n02. 乙", "<ol>\n<li>甲</li>\n</ol>\n<p>02. 乙</p>"),
        ("小结\n----\n====", "<p>小结</p>\n<hr>\n<p>====</p>"),
        ("姓名\n____\n~~~", "<p>姓名<br>\n____<br>\n~~~</p>"),
        ("```活动\n# 甲\n```", "<pre><code>活动\n# 甲\n</code></pre>"),
        ("> 甲\n> 乙", "<blockquote>\n<p>甲<br>\n乙</p>\n</blockquote>"),
        (
            "[网](HTTPS://example.org/?a=1&b)",
            '<p><a href="HTTPS://example.org/?a=1&amp;b" rel="noopener nofollow">网</a></p>',
        ),
        ('<p class="x">"&amp;\'', '<p>&lt;p class="x"&gt;"&amp;amp;\'</p>'),
    ],
)
def test_what_is_typed_is_what_a_page_shows(typed: str, html: str) -> None:
    assert safe_html.read_text(typed).render_html(3).rstrip() == html


def test_a_row_keeps_the_cells_that_the_head_lacks() -> None:
    html = safe_html.read_text("| 甲 | 乙 |\n|:-:|--|\n| 1 | 2 | 3 | 4 |\n| 5 |").render_html(3)
    rows = re.findall(r"<tr>\n(.*?)\n</tr>", html, re.DOTALL)
    assert rows == [
        '<th align="center">甲</th>\n<th>乙</th>',
        '<td align="center">1</td>\n<td>2</td>\n<td>3</td>\n<td>4</td>',
        '<td align="center">5</td>\n<td></td>',
    ]


def test_a_number_stays_before_whatever_its_item_holds() -> None:
    note = read_passages("1. ### 甲\n2. > 乙\n3.\n4. - 丙")
    assert [f"{p.mark}{p.text}" for p in note] == ["1.甲", "2.乙", "3.", "4.", "•丙"]
    assert safe_html.read_text("3.\n4. - 丙").words == "3. 4. 丙"


def test_what_hides_in_a_number_hides_it_from_nobody() -> None:
    for hidden in ("\u200b", "\u00ad", "\u2060", "\ufeff", "\U000e0031"):
        assert (
            safe_html.render_safe_html(f"电话138{hidden}0013{hidden}8000。") == "<p>电话███████████。</p>\n"
        )
    (passage,) = read_passages("请**小\u200b明**拨138**0013**8000", ["小明"])
    assert passage.text == "请██拨███████████"


CHARACTERS = "甲\u200b乙\u00ad丙\ufeff丁\u202e戊\U000e0041己\ufffe庚"


def test_nobody_is_led_astray_by_what_nobody_sees() -> None:
    assert markup.remove_invisible(CHARACTERS) == "甲乙丙丁戊己庚"
    assert (
        markup.remove_invisible("葛\U000e0100☆\ufe0f👨\u200d👩\u2028次\r\n行")
        == "葛\U000e0100☆\ufe0f👨\u200d👩\n次\n行"
    )
    assert markup.remove_unprinted(f"葛\U000e0100☆\ufe0f{CHARACTERS}") == "葛☆甲乙丙丁戊己庚"


def test_print_drops_what_is_invisible_and_marks_what_it_lacks(month: Bulletin) -> None:
    named = dataclasses.replace(month, title="星\ufe0f月葛\U000e0101老\u200d师\u2060们𠮷")
    printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(named, {}))).pages)
    assert "星月葛老师们〓" in printed
    assert "U+20BB7。" in seen(printed)
    make_docx(dataclasses.replace(month, title="甲\ufffe乙\x00"), {})  # XML holds neither


def test_print_lacks_no_blank() -> None:
    blanks = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) == "Zs"]
    missing: set[str] = set()
    printed = mark_undrawable("".join(f"甲{blank}乙" for blank in ("\t", *blanks)), missing)
    assert (printed.split(), missing) == (["甲", *["乙甲"] * len(blanks), "乙"], set())


def test_all_of_a_site_holds_what_was_typed(tmp_path: Path) -> None:
    cases = [case for case in _cases(120) if len(case[0]) < 140][:16]
    assert len(cases) == 16
    files = archive()
    for day, (typed, _) in enumerate(cases, 1):
        text = activity(f"2021-02-{day:02}").partition("## 方案")[0]
        files[f"records/jia/2021/02/{day:02}-typed/activity.md"] = f"{text}## 记录\n\n{typed}\n"
    note = "records/bureau/2021/bulletins/2021-02.md"
    files[note] = f"{str(files[note]).rpartition('---')[0]}---\n{cases[0][0]}\n\n乙\n\n{cases[1][0]}\n"
    made = site(tmp_path, files, today=TODAY)
    pages = all_pages(made) | {page.url: page for page in bulletins.make_pages(made)}
    folder = tmp_path / "site"
    write_excerpt_files(made, folder, {url: page.excerpt for url, page in pages.items() if page.excerpt})
    data = {a["url"]: a for a in json.loads((folder / "data/archive.json").read_text("utf-8"))["activities"]}
    atom = "{http://www.w3.org/2005/Atom}"
    news = {
        str(entry.find(f"{atom}link").get("href")): entry  # type: ignore[union-attr]
        for entry in ET.parse(folder / "feed.xml").iter(f"{atom}entry")  # noqa: S314  # our own
    }
    for day, (_, expected) in enumerate(cases, 1):
        url = f"schools/jia/2021/02/{day:02}-typed/"
        (part,) = (part for part in data[url]["parts"] if part["html"])
        assert of_html(part["html"]) == expected
        (shown_part,) = re.findall(
            r'<h2 id="record">.*?<div>(.*?)</div>\n</section>', pages[url].body, re.DOTALL
        )
        assert of_html(shown_part) == expected
        # The numbers of a list's items are the browser's, no text.
        words = "".join(html5lib.parseFragment(shown_part, namespaceHTMLElements=False).itertext())
        assert seen(words) in seen("".join(read_page(pages[url].body)[1]))
        assert seen(news[made.site_url + url].findtext(f"{atom}summary") or "") == expected
    month_url = "bulletins/2021-02/"
    whole = cases[0][1] + "乙" + cases[1][1]
    assert holds(of_html(pages[month_url].body), whole)
    (issue,) = (e for e in ET.parse(folder / "bulletins/feed.xml").iter(f"{atom}entry"))  # noqa: S314  # our own
    assert whole in of_html(issue.findtext(f"{atom}content") or "").partition("编者按")[2]


@pytest.mark.parametrize(
    "piece",
    ["*", "**啊", "**啊**", "[", "![", "[a](", "[a](http://b", "[a](http://b)", "`", "`a", "\\", "<", "<http://a", "&lt;", "> ",
     "- ", "1. ", "- a\n", "1. a\n", "|", "|\n", "|a", "a|b\n-|-\n", "~~", "_a_", "# a\n", "```\n", "啊\n", "138 ", "    a\n\n"],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 60.0
        for _ in range(2):
            begun = time.process_time()
            read = safe_html.read_text(text)
            safe_html.write_html(read)
            best = min(best, time.process_time() - begun)
        return best

    small, large = seconds(2_000), seconds(16_000)
    assert large < 32 * small + 0.2  # eight times as long; the square would be 64 times


def test_hostile_tables_and_depths_stay_small() -> None:
    wide = "|a" * 200 + "\n" + "|-" * 200 + "\n" + "|\n" * 2000
    assert len(safe_html.render_safe_html(wide)) < 3 * len(wide)
    deep = f"{'> - ' * 500}底"
    assert of_html(safe_html.render_safe_html(deep)).endswith(">->-底")
    assert safe_html.render_safe_html(deep).count("<blockquote>") < 10


def test_a_note_of_thousands_of_items_takes_seconds(month: Bulletin) -> None:
    note = read_passages("- 甲\n" * 8000)
    assert len(note) == 8000
    begun = time.process_time()
    make_docx(dataclasses.replace(month, note=note), {})
    assert time.process_time() - begun < 5  # paragraph by paragraph, python-docx takes 27 s
