"""What is mended in a record's text, what is left, and that it says the same before and after."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.records import parse_activity, text_fixes
from generator.records.key_order import list_names
from generator.records.models import MODELS
from generator.records.scalars import parse_day
from generator.records.text_fixes import ANYWHERE, fix_text

GOOD = """---
# yaml-language-server: $schema=../x.json
title: “云”观摩
# 哪一天
date: 2020-05-14
measure: area-observation
partners: [heiquan, jinguoguo]
direction: visit
staff: {sent: 2, received: 0}
lead: 业务园长  # 注：不写姓名
reported: 2020-05-20
photos:
  - {file: 01.jpg, caption: 大班，区角, people: none}  # 第一张
# 末尾
---
## 方案

正文：１２，date：2020年5月14日。
"""


def _fix(text: str, kind: str = "activity") -> str:
    found = fix_text(kind, text.encode())
    assert (found.before, found.doubt) == (text, "")
    return found.after


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("date: 2020-05-14", "date：2020-05-14"),
        ("date: 2020-05-14", "date:2020-05-14"),
        ("date: 2020-05-14", "date：　2020-05-14"),
        ("date: 2020-05-14", "date: 2020年5月14日"),
        ("date: 2020-05-14", "date: 2020.5.14"),
        ("date: 2020-05-14", "date: 2020/5/14"),
        ("date: 2020-05-14", "date: 2020-5-14"),
        ("date: 2020-05-14", "date: '2020年5月14日'"),
        ("date: 2020-05-14", "date: ２０２０-05-14"),
        ("partners: [heiquan, jinguoguo]", "partners: 【heiquan, jinguoguo】"),
        ("{sent: 2, received: 0}", "{sent: ２, received: 0}"),
        ("{sent: 2, received: 0}", "｛sent：2, received：0｝"),
        ("  - {file: 01", "\t- {file: 01"),
        ("  - {file: 01", "  － {file: 01"),
        ("title: “云”观摩", 'title: "云"观摩'),
        ("# 末尾\n---\n", "# 末尾\n———\n"),
        ("# 末尾\n---\n", "# 末尾\n---  \n"),
        ("# 末尾\n---\n", "# 末尾\n\n"),
        ("---\n# yaml", "\n\n---\n# yaml"),
        (
            "# 哪一天\ndate: 2020-05-14\nmeasure: area-observation\n",
            "measure: area-observation\n# 哪一天\ndate: 2020-05-14\n",
        ),
    ],
)
def test_what_can_only_mean_one_thing_is_mended(right: str, wrong: str) -> None:
    assert right in GOOD
    broken = GOOD.replace(right, wrong)
    mended = _fix(broken)
    # Blank lines and spaces that do no harm stay.
    shown = mended.replace("\n\n---\n## 方案", "\n---\n## 方案").replace("---  \n", "---\n")
    assert shown.replace("date:  ", "date: ") == GOOD
    assert _fix(mended) == mended


@pytest.mark.parametrize(
    ("right", "doubtful"),
    [
        ("date: 2020-05-14", "date: 20.5.14"),  # which century, and which number is the day
        ("date: 2020-05-14", "date: 2020-02-30"),
        ("date: 2020-05-14", "date: 5月14日"),
        ("title: “云”观摩", "title: 讲座: 区角"),
        ("lead: 业务园长", "负责人: 业务园长"),
        ("lead: 业务园长", "lead: 业务园长\nlead: 园长"),
        ("measure: area-observation", "measure: 区域活动观摩"),
        ("partners: [heiquan, jinguoguo]", "partners: heiquan"),
        ("title: “云”观摩", "title: 第 #3 次"),
        ("# 末尾\n---\n## 方案\n", "# 末尾\n"),  # nothing says where the fields end
        ("partners: [heiquan, jinguoguo]", "partners: [heiquan]\n  - jinguoguo"),  # which of the two lists
        ("title: “云”观摩\n", "sample: true\ntitle: “云”观摩\n"),  # may stand anywhere
        ("title: “云”观摩\n", "<<<<<<< a\ntitle: 一\n=======\ntitle：二\n>>>>>>> b\n"),
    ],
)
def test_what_is_in_doubt_stays(right: str, doubtful: str) -> None:
    assert right in GOOD
    text = GOOD.replace(right, doubtful)
    assert _fix(text) == text


def test_what_was_not_merged_stays() -> None:
    text = GOOD.replace("date: ", "date：", 1) + "<<<<<<< a\n一\n=======\n二\n>>>>>>> b\n"
    assert _fix(text) == text


@pytest.mark.parametrize(
    ("codec", "mark", "said"),
    [
        ("gb18030", b"", "编码：GBK → UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "编码：带 BOM 的 UTF-8 → UTF-8"),
        ("utf-16-le", b"\xff\xfe", "编码：UTF-16 → UTF-8"),
        ("utf-16-be", b"\xfe\xff", "编码：UTF-16 → UTF-8"),
    ],
)
def test_encodings_that_are_certain(codec: str, mark: bytes, said: str) -> None:
    found = fix_text("activity", mark + GOOD.replace("\n", "\r\n").encode(codec))
    assert (found.after, found.changes, found.doubt) == (GOOD, (said, "换行：Windows 格式（CRLF） → LF"), "")


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode()[:-200]
        + b"\xe6\x96"
        + GOOD.encode()[-200:],  # a byte of UTF-8 is lost: GBK would read it
        GOOD.encode() + b"\xff",
        "title: 第活".encode() + b"\xe4\xb8\n",  # GBK would make common characters of it
        "---\ntitle: 観察の記録\n---\n".encode("shift_jis"),
        b"---\ntitle: \x81\x30\x81\x30\x81\x30\n---\n",
        b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1],
        GOOD.replace("云", "\0").encode(),
        b"\xe9\xe8\xe7" * 90000,
    ],
)
def test_encodings_that_are_not(data: bytes) -> None:
    found = fix_text("activity", data)
    assert (found.is_needed, found.after) == (False, "")
    assert found.doubt


@pytest.mark.parametrize(
    "mend",
    [
        lambda front: front.replace("业务园长", "园长"),
        lambda front: front.replace("# 末尾", "---\n## 末尾"),
        lambda front: front + "\ntitle: 又一个",
    ],
    ids=["value", "body", "problem"],
)
def test_a_step_that_would_change_what_is_said_is_not_kept(
    mend: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_fixes, "_narrow_signs", mend)
    assert mend(GOOD) != GOOD
    assert _fix(GOOD) == GOOD


def test_tables_are_mended_line_by_line() -> None:
    text = (
        "# 计划\nrows：\n  - id: 2020-05-1\n    month: 2020年5月\n    date: 2020.5.8  # 周五\n    task: 观摩：区角\n"
        * 1
    )
    assert _fix(text, "plan") == text.replace("rows：", "rows:").replace("2020年5月", "2020-05").replace(
        "2020.5.8", "2020-05-08"
    )
    rows = "".join(
        f"  - {{id: 2020-05-{n}, month: 2020.5, date: 2020年5月8日, task: 第{n}项}}\n" for n in range(1, 121)
    )
    mended = _fix(f"rows:\n{rows}", "plan")
    assert mended == f"rows:\n{rows}".replace("2020.5,", "2020-05,").replace("2020年5月8日", "2020-05-08")


def test_the_order_is_the_models_with_the_samples_mark_last() -> None:
    names = list_names(MODELS["activity"])
    assert names[:3] == ("title", "date", "measure")
    assert names[-1] == "sample"
    text = "id: a\nresponsible: 某\nshort: 甲\n# 全名\nname: 甲园\nprofile: |\n  一\n\n  # 二\narchivist: 专人\nkind: helper\n\n# 完\n"
    assert _fix(text, "school") == (
        "id: a\n# 全名\nname: 甲园\nshort: 甲\nkind: helper\nresponsible: 某\narchivist: 专人\n"
        "profile: |\n  一\n\n  # 二\n\n# 完\n"
    )


_SIGNS = {
    ":": "：",
    ", ": "，",
    "[": "【",
    "]": "】",
    "{": "｛",
    "}": "｝",
    "- ": "－ ",
    "  ": "\t",
    "'": '"',
}
_DATES = (
    "2020-05-14",
    "2020年5月14日",
    "2020.5.14",
    "2020/5/14",
    "２０２０-5-14",
    "2020-02-30",
    "5月14日",
    "",
)
_LINES = GOOD.partition("---\n## 方案")[0].splitlines(keepends=True)[1:]


@st.composite
def _spoilt(draw: st.DrawFn) -> bytes:
    """A record whose signs, dates, order, line ends and encoding are spoilt at random."""
    out = []
    for line in draw(st.permutations(_LINES)) if draw(st.booleans()) else _LINES:
        spoilt = line
        for right, wrong in _SIGNS.items():
            if right in line and draw(st.integers(0, 9)) < 2:
                spoilt = spoilt.replace(right, wrong, draw(st.integers(1, 3)))
        out.append(re.sub(r"2020-\d\d-\d\d", lambda _: draw(st.sampled_from(_DATES)), spoilt))
    fence = draw(st.sampled_from(("---\n", "———\n", "－－－\n", "")))
    text = "---\n" + "".join(out) + fence + "## 方案\n\n正文：１２\n"
    end = draw(st.sampled_from(("\n", "\r\n", "\r")))
    return text.replace("\n", end).encode(draw(st.sampled_from(("utf-8", "gb18030", "utf-8-sig", "utf-16"))))


def _plain(value: object) -> object:
    """Return a value as it is meant: days and digits spelt as the archive does."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    match = re.fullmatch(
        r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", str(value).translate(str.maketrans("２０", "20"))
    )
    try:
        return str(parse_day(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")) if match else value
    except Exception:
        return value


@settings(max_examples=60, deadline=None)
@given(_spoilt())
def test_it_says_the_same_and_mending_it_again_changes_nothing(data: bytes) -> None:
    found = fix_text("activity", data)
    if found.doubt:
        return
    before, problems = parse_activity(ANYWHERE, data)
    after, fewer = parse_activity(ANYWHERE, found.after.encode())
    assert before is not None
    assert after is not None
    assert _plain(before.tree.value) == _plain(after.tree.value)
    assert before.markdown.body == after.markdown.body
    assert len(fewer) <= len(problems)
    for name in set(MODELS["activity"].model_fields) - before.unread:
        assert getattr(before.data, name) == getattr(after.data, name)
    assert sorted(re.findall("#.*", found.before)) == sorted(re.findall("#.*", found.after))
    again = fix_text("activity", found.after.encode())
    assert not again.is_needed


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=400)
    | st.text(alphabet="---\n: ：，{}[]'\"#\t　titledate2020年5月|>&*!-", max_size=200).map(str.encode)
)
def test_nothing_raises_and_twice_is_once(data: bytes) -> None:
    for kind in ("activity", "plan"):
        once = fix_text(kind, data)
        again = fix_text(kind, once.after.encode())
        assert once.doubt or not again.is_needed
