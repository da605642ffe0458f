"""A Word report: what stands beside its text, and pictures that are not in it, are told as what they are."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from generator.documents.reports.docx_report import read_report
from generator.documents.reports.report_content import Line
from tests.receive.reports.paper import Paper, Pic

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relate(kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="x{kind}{len(target)}" Type="{_OFFICE}/{kind}" Target="{target}"{more}/>'


def _change(data: bytes, parts: Mapping[str, str], relations: str, *, without: str = "-") -> bytes:
    """Return a Word file with further parts and relations, and without the parts whose names begin so."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name.startswith(without):
                continue
            content = old.read(name)
            if name == "word/_rels/document.xml.rels":
                content = content.replace(b"</Relationships>", f"{relations}</Relationships>".encode())
            new.writestr(name, content)
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def _note(kind: str, number: int, text: str, more: str = "") -> str:
    return f'<w:{kind} w:id="{number}"{more}><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:{kind}>'


def test_notes_are_kept_as_words_without_a_place_and_headers_and_footers_apart() -> None:
    paper = Paper()
    paper.p("大班区域活动观摩")
    paper.xml(
        '<w:r><w:t>上午观摩</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'
        '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:t>，下午座谈。</w:t></w:r>'
    )
    section = paper.document.sections[0]
    section.header.paragraphs[0].text = "光彩幼儿园帮扶材料"
    section.footer.paragraphs[0].text = "第 1 页 共 2 页"
    section.footer.add_paragraph("联系人：保教处")
    lines = _note("footnote", 0, "——", ' w:type="separator"')
    parts = {
        "word/footnotes.xml": f"<w:footnotes {_W}>{lines}{_note('footnote', 2, '两园教师共 10 人：本园 6 人')}</w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {_W}>{_note('endnote', 2, '照片另附')}</w:endnotes>",
        "word/comments.xml": f"<w:comments {_W}>{_note('comment', 0, '这里写具体一点' * 6)}<w:comment w:id='1'/></w:comments>",
    }
    relations = "".join(_relate(f"{kind}s", f"{kind}s.xml") for kind in ("footnote", "endnote", "comment"))
    content = read_report("a.docx", _change(paper.data(), parts, relations))
    assert content.blocks == (Line(text="大班区域活动观摩"), Line(text="上午观摩，下午座谈。"))
    assert content.margins == ("光彩幼儿园帮扶材料", "第 1 页 共 2 页", "联系人：保教处")
    assert content.lost == (
        "脚注没有对应的栏目：两园教师共 10 人：本园 6 人",
        "尾注没有对应的栏目：照片另附",
        f"批注没有对应的栏目：{'这里写具体一点' * 6}",
    )


def test_what_is_hidden_or_deleted_is_kept_whole_and_named_by_its_place() -> None:
    words = "这一行在修订里删去了，可是档案员也许还要看一看里面写了什么"
    paper = Paper()
    paper.xml('<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>一段话。</w:t></w:r>')
    paper.xml(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{words}</w:t></w:r>")
    paper.table(["时间", "5月14日"], [words, "乙"])
    row = paper.document.tables[0].rows[1]._tr
    row.get_or_add_trPr().append(row.makeelement(f"{{{_W[9:-1]}}}del"))
    content = read_report("a.docx", paper.data())
    assert content.lost == (
        f"修订中删去的行没有读：{words} 乙",
        "脚注没有读：（正文）",  # the file has no part with its words
        f"隐藏的文字没有读：{words}",
    )


def test_a_picture_that_is_not_in_the_file_is_no_picture() -> None:
    paper = Paper()
    paper.p("图片如下")
    paper.pictures(Pic(1))
    data = paper.data()
    content = read_report("a.docx", data)
    assert ([len(picture.data) > 500 for picture in content.pictures], content.lost) == ([True], ())
    gone = read_report("b.docx", _change(data, {}, "", without="word/media/"))
    assert (gone.pictures, gone.lost) == ((), ("有 1 张图片文件里没有内容，没有读；打开看看，把图片另外放",))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (relation,) = (
            one.split('Id="')[1].split('"')[0]
            for one in archive.read("word/_rels/document.xml.rels").decode().split("<Relationship ")
            if "/image" in one
        )
        document = archive.read("word/document.xml").decode()
    outside = f'<Relationship Id="xout" Type="{_OFFICE}/image" Target="https://example.org/1.jpg" TargetMode="External"/>'
    for attribute in ("r:embed", "r:link"):
        changed = document.replace(f'r:embed="{relation}"', f'{attribute}="xout"')
        linked = read_report(
            "c.docx", _change(data, {"word/document.xml": changed}, outside, without="word/document.xml")
        )
        assert linked.pictures == ()
        assert linked.lost == ("有 1 张图片只是一个链接，文件里没有，没有去取；把图片存下来另外放",)
