"""Targets: what strangers send in, a Word file, a zip, a message or an issue, up to the text of the record it becomes."""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
import tempfile
import zipfile
from pathlib import Path

from generator.actions.intake.attachments import GITHUB, Places, find_attachments, find_signed
from generator.actions.intake.issue import EventError, read_event
from generator.actions.intake.issue_form import find_measure, find_school, parse_day, parse_form
from generator.actions.receive.drafting import make_drafts
from generator.actions.receive.evidence import Desk
from generator.actions.receive.inputs import gather, group_sources, open_desk
from generator.actions.receive.placing import Placer
from generator.archive import read_corpus
from generator.documents.tables.table_files import parse_sheets
from generator.documents.tables.untrusted_office import TableError
from tests.fuzz.targets import read_activity, target
from tests.plan_tables import excel
from tests.receive.archive import write_archive
from tests.receive.reports.paper import Paper

TODAY = dt.date(2020, 5, 31)
LINES = (
    "大班区域活动观摩",
    "时间：2020年5月14日",
    "单位：光彩幼儿园",
    "对方园：黑泉镇幼儿园",
    "接待教师：2人",
    "负责人：业务园长",
    "方案",
    "学习材料投放。",
    "措施",
    "分两组观摩。",
    "记录",
    "上午观摩，下午座谈。",
    "总结",
    "材料要分层。",
)
_DOCUMENT = "word/document.xml"
_PARTS = ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml")
_ACTIVITY = "records/guangcai/2020/05/14-area-observation/activity.md"


@functools.cache
def open_fuzzed_desk() -> Desk:
    """Return the desk of a county's archive without activities."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "archive"
        write_archive(root)
        return open_desk(read_corpus(root), TODAY)


@functools.cache
def make_report() -> bytes:
    """Return a Word report."""
    paper = Paper()
    paper.lines(*LINES)
    return paper.data()


@functools.cache
def make_workbook() -> bytes:
    """Return a plan as a workbook."""
    return excel([("三", "3月5日", "示范教学", "园长", "")])


def _read_part(office: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(office)) as whole:
        return whole.read(name)


def _replace_part(office: bytes, part: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return out.getvalue()


def make_package() -> bytes:
    """Return a package of the page 填报, stored, so that changed bytes still are one now and then."""
    manifest = {"format": 1, "school": "guangcai", "made": "2020-05-29T20:10:00+08:00", "kept_back": 0}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(zipfile.ZipInfo("档案包.json"), json.dumps(manifest))
        package.writestr(
            zipfile.ZipInfo(_ACTIVITY), "---\ntitle: 观摩\ndate: 2020-05-14\n---\n## 方案\n\n学习。\n"
        )
    return out.getvalue()


def take_in(name: str, data: bytes, text: str | None = None) -> None:
    """Receive a file and a message, place what they come to and read it back."""
    desk = open_fuzzed_desk()
    received = gather([(name, data)] if data else [], text)
    with tempfile.TemporaryDirectory() as scratch:
        placer = Placer(desk.corpus, TODAY, Path(scratch), lambda *_: None)
        for refused in received.refused:
            assert refused.reason
        for group in group_sources(received.sources):
            for draft in make_drafts(desk, group).drafts:
                placer.place_draft(draft)
        for package in received.packages:
            for packed in package.records:
                read_activity(packed.text)
                placer.place_packed(packed, package.name)


@target("message", "\n".join(LINES))
def read_message(data: bytes) -> None:
    """Receive a pasted message."""
    take_in("材料.txt", data)
    take_in("", b"", data.decode("utf-8", "replace"))


@target("document", _read_part(make_report(), _DOCUMENT))
def read_document(data: bytes) -> None:
    """Receive a Word file with these bytes for its text."""
    take_in("材料.docx", _replace_part(make_report(), _DOCUMENT, data))


@target("workbook", *(_read_part(make_workbook(), part) for part in _PARTS))
def read_workbook(data: bytes) -> None:
    """Read a plan's workbook with these bytes for its sheet, its styles or its list of sheets."""
    for part in _PARTS:
        try:
            parse_sheets("计划表.xlsx", _replace_part(make_workbook(), part, data))
        except TableError as error:
            assert str(error)  # noqa: PT017  # that it is raised is not asked


@target("zip", make_package(), make_report())
def read_zip(data: bytes) -> None:
    """Receive a zip: a package, a Word file, or what these bytes are."""
    take_in("材料.zip", data)


_ISSUE = """### 园名

光彩幼儿园

### 活动日期

2020-05-14

### 帮扶内容

区域活动观摩

### 照片里的人

没有人

### 照片、Word 文件或档案包

![现场](https://github.com/user-attachments/assets/00000001-aaaa-4bbb-8ccc-0123456789ab)
[材料.docx](https://github.com/user-attachments/files/1/a.docx) ![b](http://169.254.169.254/a.jpg)

### 文字

大班区域活动观摩，方案：学习材料投放。
"""


@target(
    "issue",
    _ISSUE,
    '<p><a href="https://github.com/user-attachments/files/1/a.docx">a</a><img src="http://x"></p>',
)
def read_issue(data: bytes) -> None:
    """Read an issue's text, as it is written and as the forge shows it."""
    text, desk = data.decode("utf-8", "replace"), open_fuzzed_desk()
    form = parse_form(text)
    find_school(desk, form.school)
    find_measure(desk.programme, form.measure)
    parse_day(form.date)
    places = Places(server=GITHUB, repository="county/archive")
    found = find_attachments(places, form.files, form.text)
    assert all(places.is_own(each.address) for each in found.attachments)
    assert all(places.allows(address) for address in find_signed(places, text).values())
    take_in("", b"", found.text)


_EVENT = {
    "action": "opened",
    "issue": {"number": 12, "title": "a", "body": "b", "state": "open", "user": {"login": "a"}, "labels": [{"name": "材料"}]},
    "repository": {"full_name": "county/archive", "private": True, "default_branch": "main"},
    "sender": {"login": "a"},
}  # fmt: skip


@target("event", json.dumps(_EVENT))
def read_issue_event(data: bytes) -> None:
    """Read the event of an issue."""
    try:
        read_event(data)
    except EventError as error:
        assert str(error)  # noqa: PT017  # that it is raised is not asked
