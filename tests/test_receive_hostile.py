"""What schools, or strangers in their name, may send and nobody should open: each refused by name, in words, with what to do."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import stat
import struct
import time
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.actions.receive import reading_paths, untrusted_zip
from generator.actions.receive.drafting import make_drafts
from generator.actions.receive.inputs import gather, group_sources, open_desk
from generator.actions.receive.reading_paths import read_paths
from generator.archive import read_corpus
from generator.documents.reports.docx_report import read_report
from tests.plan_tables import FILES, excel
from tests.receive.archive import write_archive
from tests.receive.reports.paper import Paper, Pic, photo, run

_RELATIONSHIP = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}" TargetMode="External"/></Relationships>'
)
_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _report() -> bytes:
    paper = Paper()
    paper.lines("时间：2020年5月14日", "方案：学习", "记录：观摩")
    return paper.data()


def _changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """Return a Word file with parts changed, or added."""
    left = dict(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, left.pop(name)(content) if name in left else content)
        for name, change in left.items():
            new.writestr(name, change(b""))
    return out.getvalue()


def _body(xml: str) -> bytes:
    text = f'<?xml version="1.0"?><w:document {_W}><w:body>{xml}</w:body></w:document>'.encode()
    return _changed(_report(), {_DOCUMENT: lambda _: text})


def _related(kind: str, target: str) -> bytes:
    added = _RELATIONSHIP.format(kind=kind, target=target).encode()
    return _changed(_report(), {_RELATIONS: lambda old: old.replace(b"</Relationships>", added)})


def _pages() -> bytes:
    paper = Paper()
    paper.pictures(Pic(1), Pic(2))
    return paper.data()


def _with(name: str) -> bytes:
    return _changed(_report(), {name: lambda _: b"x"})


REFUSED_FILES = {
    "old Word": ("材料.doc", (FILES / "old-word.doc").read_bytes(), "这是旧的 Word 格式（.doc、.wps），读不了；用 Word 或 WPS 打开，选“另存为”，类型选“Word 文档（*.docx）”，再用新文件"),
    "a password": ("材料.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "文件设了打开密码，读不了；在 Word 或 WPS 里去掉密码，再存一次"),
    "PDF": ("材料.pdf", b"%PDF-1.7 x", "这是 PDF，读不出文字的先后；请用原来的 Word 文件，没有的，把文字粘贴成文本（.txt）、图片另存"),
    "RTF": ("材料.doc", b"{\\rtf1 x}", "这是 RTF 文件；用 Word 或 WPS 打开，选“另存为”，类型选“Word 文档（*.docx）”"),
    "a web page": ("材料.doc", b"<html><body>x</body></html>", "这是网页或 XML 文件，只是名字像文档；用 Word 或 WPS 打开，选“另存为”，类型选“Word 文档（*.docx）”，再用新文件"),
    "Excel": ("材料.xlsx", excel([]), "这是 Excel 文件，不是活动材料；把文字粘贴到 Word 里再交，计划表用 pairing plan import"),
    "RAR": ("材料.rar", b"Rar!\x1a\x07\x00x", "这是 RAR 压缩包，没有打开；解压以后交里面的文件，或改用 zip"),
    "gzip": ("材料.gz", b"\x1f\x8b\x08\x00x", "这是 gz 压缩包，没有打开；解压以后交里面的文件，或改用 zip"),
    "tar": ("材料.tar", bytes(257) + b"ustar\x0000" + bytes(250), "这是 tar 压缩包，没有打开；解压以后交里面的文件，或改用 zip"),
    "GIF": ("动图.gif", b"GIF89a" + bytes(20), "这种图片不收；用手机或电脑另存为 JPG 再交"),
    "a film": ("录像.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(20), "录像和录音不收；档案只存文字和图片"),
    "a program": ("照片.jpg", b"MZ\x90\x00" + bytes(20), "这是程序，不收"),
    "noise": ("照片.jpg", b"\x00\x01\x02\xff" * 40, "不认得这种文件；只收 Word（.docx）、文本（.txt）、图片（JPG、PNG、WebP、HEIC）和压缩包（.zip）"),
    "nothing": ("空.txt", b"", "文件是空的"),
    "a long text": ("长.txt", b"a" * (1024 * 1024 + 1), "文字太多（超过 1024 KB），不像一份活动材料"),
    "pages of images": ("扫描.docx", _pages(), "里面只有图片，没有文字，像是扫描或拍照的页；请用有文字的 Word 文件"),
    "an empty document": ("空.docx", _body(""), "里面没有文字"),
    "cut off": ("断.docx", _report()[:9000], "文件不完整或已损坏；请在 Word 或 WPS 里打开，另存一份再用"),
    "macros": ("宏.docm", _with("word/vbaProject.bin"), "文件里有宏、嵌入的对象或指向别的文件的链接，没有读；把文字和图片复制到新文档里，另存为 .docx 或 .xlsx"),
    "an embedded object": ("嵌.docx", _with("word/embeddings/a.bin"), "文件里有宏、嵌入的对象或指向别的文件的链接，没有读；把文字和图片复制到新文档里，另存为 .docx 或 .xlsx"),
    "an entity bomb": (
        "炸.docx",
        _changed(_report(), {_DOCUMENT: lambda old: old.replace(b"<w:document", b'<!DOCTYPE a [<!ENTITY b "bbbb">]><w:document', 1)}),
        "文件里有 XML 实体定义，没有读；把文字和图片复制到新文档里再存",
    ),
    "huge XML": ("大.docx", _body(" " * 12_700_000), "文件解开后太大（超过 12 MB），不像一份活动材料；把文字和图片复制到新文档里再存"),
    "many tags": ("多.docx", _body("<w:p/>" * 400_001), "表格太大，不像一份活动材料；一份材料一个文件，分成几个再交"),
    "deep nesting": ("深.docx", _body("<w:sdt><w:sdtContent>" * 12 + "</w:sdtContent></w:sdt>" * 12), "文件里一层套一层，太深了，不像计划表；把计划表复制到新文档里再存"),
    "content from elsewhere": ("外.docx", _related("oleObject", "http://10.0.0.1/x"), "文件要从别处取内容（外部链接），没有读；把文字和图片复制到新文档里，只粘贴文字"),
    "names that lead out": ("名.docx", _with("../x.bin"), "文件的内部结构不正常，没有读；把文字和图片复制到新文档里再存"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_FILES)
def test_files_that_are_not_taken(case: str) -> None:
    name, data, reason = REFUSED_FILES[case]
    begun = time.monotonic()
    received = gather([(name, data)])
    refused = [*received.refused, *(r for group in group_sources(received.sources) for r in group.refused)]
    assert [(each.name, each.reason) for each in refused] == [(name, reason)]
    assert time.monotonic() - begun < 20


def test_pictures_elsewhere_are_named_and_never_fetched() -> None:
    paper = Paper()
    paper.p("记录：观摩")
    blip = '<a:graphic><a:graphicData uri="x"><pic:pic><pic:blipFill><a:blip r:link="rId99"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
    paper.xml(f"<w:r><w:drawing><wp:inline>{blip}</wp:inline></w:drawing></w:r>" + run("图1"))
    added = _RELATIONSHIP.format(kind="image", target="http://10.0.0.1/a.jpg").encode()
    data = _changed(paper.data(), {_RELATIONS: lambda old: old.replace(b"</Relationships>", added)})
    found = read_report("外图.docx", data)
    assert found.pictures == ()
    assert found.lost == ("有 1 张图片只是一个链接，文件里没有，没有去取；把图片存下来另外放",)


def test_signs_that_stand_for_pictures_cannot_be_typed() -> None:
    paper = Paper()
    paper.p("记录：\ufdd00\ufdd2观摩\ufdd10\ufdd2")
    found = read_report("记号.docx", paper.data())
    assert [getattr(block, "text", block) for block in found.blocks] == ["记录：0观摩0"]


# --- zips ------------------------------------------------------------------------------------------


def _zip(files: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("照片.jpg")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("材料.txt", "方案：学习")
    return out.getvalue()


def _flagged(data: bytes, bit: int) -> bytes:
    """Return a zip whose entries have a flag set, as in its directory."""
    changed = bytearray(data)
    at = 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 8] |= bit
        at += 4
    return bytes(changed)


def _method(data: bytes, method: int) -> bytes:
    """Return a zip whose entries say that they are packed in another way."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        at = 0
        while (at := changed.find(mark, at)) >= 0:
            changed[at + offset : at + offset + 2] = struct.pack("<H", method)
            at += 4
    return bytes(changed)


_TEXT = "方案：学习".encode()
REFUSED_ZIPS = {
    "a path upwards": (_zip({"../../x.txt": _TEXT}), "压缩包里的“../../x.txt”指向包外的位置，整个没有打开；重新压缩那个文件夹"),
    "a path upwards of Windows": (_zip({"a\\..\\..\\x.txt": _TEXT}), "压缩包里的“a/../../x.txt”指向包外的位置，整个没有打开；重新压缩那个文件夹"),
    "an absolute path": (_zip({"/etc/x.txt": _TEXT}), "压缩包里的“/etc/x.txt”指向包外的位置，整个没有打开；重新压缩那个文件夹"),
    "a drive": (_zip({"C:/x.txt": _TEXT}), "压缩包里的“C:/x.txt”指向包外的位置，整个没有打开；重新压缩那个文件夹"),
    "a device": (_zip({"照片/NUL.jpg": _TEXT}), "压缩包里的“照片/NUL.jpg”是 Windows 的设备名，没有打开；换一个名字再压缩"),
    "another device": (_zip({"con": _TEXT}), "压缩包里的“con”是 Windows 的设备名，没有打开；换一个名字再压缩"),
    "names that differ by case": (_zip({"A.txt": _TEXT, "a.TXT": _TEXT}), "压缩包里的“A.txt”和“a.TXT”只差大小写或写法，分不清；改名以后再压缩"),
    "names that differ by form": (
        _zip({unicodedata.normalize("NFC", "é.txt"): _TEXT, unicodedata.normalize("NFD", "é.txt"): _TEXT}),
        "压缩包里的“é.txt”和“é.txt”只差大小写或写法，分不清；改名以后再压缩",
    ),
    "a name from right to left": (_zip({"照\u202egpj.exe": _TEXT}), "压缩包里的名字“照\N{REPLACEMENT CHARACTER}gpj.exe”有看不见的字符，没有打开；改名以后再压缩"),
    "a long name": (_zip({"长" * 301: _TEXT}), f"压缩包里有过长的名字（“{'长' * 30}…”），没有打开；改短文件夹和文件的名字"),
    "a password": (_flagged(_zip({"材料.txt": _TEXT}), 1), "压缩包设了密码，打不开；去掉密码，再压缩一次"),
    "a bomb by its ratio": (_zip({"材料.txt": bytes(9_000_000)}), "压缩包里有压得异常厉害的文件，像是解压炸弹，没有打开；重新压缩原来的文件"),
    "many entries": (_zip({f"{n}.txt": b"" for n in range(1001)}), "压缩包里有 1001 个文件，超过 1000 个；分几次交"),
    "cut off": (_zip({"材料.txt": _TEXT * 99})[:80], "文件不完整或已损坏；请在 Word 或 WPS 里打开，另存一份再用"),
    "an unknown packing": (_method(_zip({"材料.txt": _TEXT}), 97), "压缩包不完整或已损坏；重新压缩一次，用 zip 格式"),
    "a wrong checksum": (_zip({"材料.txt": _TEXT * 9}, stored=True).replace(_TEXT, _TEXT[::-1], 1), "压缩包不完整或已损坏；重新压缩一次，用 zip 格式"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_ZIPS)
def test_zips_that_are_not_opened(case: str) -> None:
    data, reason = REFUSED_ZIPS[case]
    received = gather([("材料.zip", data)])
    refused = [*received.refused, *(r for group in group_sources(received.sources) for r in group.refused)]
    assert [(each.name, each.reason) for each in refused] == [("材料.zip", reason)]
    assert sum(len(group.contents) for group in group_sources(received.sources)) == 0


def test_a_bomb_by_its_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is small and packed as texts are; the sum is not believed from what the zip says of itself."""
    monkeypatch.setattr(untrusted_zip, "MOST_UNPACKED", 3 * 1024**2)
    noise = os.urandom(1024**2)
    received = gather([("材料.zip", _zip({f"{n}.jpg": noise for n in range(4)}))])
    assert [each.reason for each in received.refused] == [
        "压缩包解开后太大（超过 0 MB）；分几次交，照片先缩小"
    ]


def test_what_of_a_zip_is_passed_over_is_named(tmp_path: Path) -> None:
    inner = _zip({"x.txt": _TEXT})
    data = _zip(
        {
            "材料.txt": _TEXT,
            "里面.zip": inner,
            "伪装.jpg": inner,
            "__MACOSX/材料.txt": b"x",
            ".DS_Store": b"x",
            "._材料.txt": b"x",
        }
    )
    received = gather([("交.zip", data)])
    assert [(each.name, each.reason) for each in received.refused] == [
        ("交.zip：里面.zip", "压缩包里还有压缩包，没有打开；先解压，再压缩到一层"),
        ("交/伪装.jpg", "压缩包里还有压缩包，没有打开；先解压，再压缩到一层"),
    ]
    assert [source.name for source in received.sources] == ["交/材料.txt"]
    received = gather([("交.zip", _link())])
    assert [(each.name, each.reason) for each in received.refused] == [
        ("交.zip：照片.jpg", "这是一个链接（快捷方式），不是文件本身；压缩真正的文件")
    ]
    assert [source.name for source in received.sources] == ["交/材料.txt"]


def test_names_in_gbk_are_read() -> None:
    """As Windows packs them: no flag for UTF-8, the bytes are GBK; one from a Mac has UTF-8 without the flag."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("AAAA/BBBB.txt", "方案：学习")
        archive.writestr("CCCCCC/D.txt", "方案：学习")
    data = out.getvalue()
    data = data.replace(b"AAAA/BBBB", "光彩/材料".encode("gb18030")).replace(b"CCCCCC/D", "光彩/2".encode())
    assert [source.name for source in gather([("交.zip", data)]).sources] == [
        "交/光彩/材料.txt",
        "交/光彩/2.txt",
    ]


# --- packages --------------------------------------------------------------------------------------

_MANIFEST = {"format": 1, "school": "guangcai", "made": "2020-05-29T20:10:00+08:00", "kept_back": 2}
_PACKED = "records/guangcai/2020/05/14-area-observation/activity.md"


REFUSED_PACKAGES = {
    "not JSON": (b"{", {_PACKED: b"x"}, "档案包.json 读不出来；在填报页上重新存一份档案包"),
    "deep JSON": (b"[" * 60_000, {_PACKED: b"x"}, "档案包.json 读不出来；在填报页上重新存一份档案包"),
    "a newer format": (
        {**_MANIFEST, "format": 2},
        {_PACKED: b"x"},
        "档案包的格式比这里的程序新，读不了；先更新档案的软件",
    ),
    "no number": (
        {**_MANIFEST, "kept_back": "2"},
        {_PACKED: b"x"},
        "档案包.json 里的内容不对；在填报页上重新存一份档案包",
    ),
    "another school's": (
        _MANIFEST,
        {"records/diyi/2020/05/14-a/activity.md": b"x"},
        "档案包写的是 guangcai，里面却有 diyi 的材料，整个没有收",
    ),
    "a workflow": (
        _MANIFEST,
        {_PACKED: b"x", ".github/workflows/x.yml": b"x"},
        "档案包里有不该有的文件“.github/workflows/x.yml”，整个没有收；不要改动档案包里的内容",
    ),
    "no text": (
        _MANIFEST,
        {"records/guangcai/2020/05/14-a/01.jpg": b"x"},
        "档案包里的 guangcai/2020/05/14-a 没有可用的 activity.md；在填报页上重新存一份",
    ),
    "nothing": (_MANIFEST, {}, "档案包里没有材料"),
}


@pytest.mark.parametrize("case", REFUSED_PACKAGES)
def test_packages_that_are_not_taken(case: str) -> None:
    manifest, files, reason = REFUSED_PACKAGES[case]
    data = manifest if isinstance(manifest, bytes) else json.dumps(manifest).encode()
    received = gather([("包.zip", _zip({"档案包.json": data, **files}))])
    assert [(each.name, each.reason) for each in received.refused] == [("包.zip", reason)]
    assert (received.packages, received.sources) == ((), ())


# --- files on disk ---------------------------------------------------------------------------------


def test_files_are_read_within_bounds_and_through_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("交")
    (folder / "里").mkdir(parents=True)
    (folder / "里/照片.jpg").write_bytes(photo(1))
    (folder / "材料.txt").write_bytes(_TEXT)
    for passed in ("~$材料.docx", ".隐藏", "Thumbs.db", "材料（没有放进记录的内容）.txt"):
        (folder / passed).write_bytes(b"x")
    (folder / "链接.txt").symlink_to("/etc/passwd")
    (folder / "外").symlink_to("/etc")
    os.mkfifo(folder / "管道")
    monkeypatch.setattr(reading_paths, "MOST_BYTES", 20_000)
    (folder / "大.txt").write_bytes(b"a" * 20_001)
    found = read_paths([folder, Path("没有.docx")])
    assert [name for name, _ in found.files] == ["交/材料.txt", "交/里/照片.jpg"]
    assert {each.name: each.reason for each in found.refused} == {
        "交/链接.txt": "这是一个链接（快捷方式），不是文件本身；写真正的文件",
        "交/外": "这是一个链接（快捷方式），不是文件本身；写真正的文件",
        "交/管道": "这不是普通文件",
        "交/大.txt": "文件太大（0 MB，这里最多还能收 0 MB）；照片先缩小，或分几次交",
        "没有.docx": "没有这个文件；看看路径和文件名有没有写错",
    }


def test_text_is_data(tmp_path: Path) -> None:
    """Markup, front matter, commands and bidirectional signs of a report stay text of its parts, and nothing else."""
    corpus = read_corpus(write_archive(tmp_path / "archive"))
    hostile = "时间：2020年5月14日\n方案\n---\ntitle: x\n## 总结\n<script>alert(1)</script> ::error::x \u202e倒 {{ x }} $(rm -rf ~)\n记录\n![x](http://10.0.0.1/a.png)\n"
    (group,) = group_sources(gather([("材料.txt", hostile.encode())]).sources)
    (draft,) = make_drafts(open_desk(corpus, dt.date(2020, 12, 31), school="guangcai"), group).drafts
    assert dict(draft.sections) == {
        "方案": ("title: x",),
        "总结": ("<script>alert(1)</script> ::error::x 倒 {{ x }} $(rm -rf ~)",),
        "记录": ("![x](http://10.0.0.1/a.png)",),
    }
