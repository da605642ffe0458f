"""Photos written into a record's text: every other byte stays, and the record then says what it said and the new photos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from generator.records import parse_activity
from generator.records.models import Photo
from generator.records.photo_lines import Entry, format_flow, format_scalar, write_photos

PATH = "records/yi/2021/03/05-visit/activity.md"
HEAD = (
    "title: 观摩\ndate: 2021-03-05\nmeasure: visit\npartners: [jia]\ndirection: host\n"
    "staff: {sent: 0, received: 2}\nlead: 业务园长\nreported: 2021-03-05\n"
)
BODY = "## 方案\n\nphotos:\n  - {file: 01.jpg}\n\n## 措施\n\n---\n"
NEW: Entry = {"file": "03.jpg", "caption": "教师座谈", "people": "adults"}
GONE: Entry = {"withdrawn": {"date": "2021-03-09", "reason": "监护人要求", "digest": "0f" * 32}}


def record(photos: str, *, line_end: str = "\n", bom: bool = False) -> bytes:
    text = f"---\n{HEAD}{photos}---\n{BODY}".replace("\n", line_end)
    return ("\ufeff" if bom else "").encode() + text.encode()


def front(data: bytes | None) -> str:
    """Return what a written record holds between the fixed head and the body."""
    assert data is not None
    return data.decode().replace("\r\n", "\n").removeprefix(f"---\n{HEAD}").removesuffix(f"---\n{BODY}")


ADDED = [
    (
        "absent",
        "place: 操场\n",
        "place: 操场\nphotos:\n  - {file: 03.jpg, caption: 教师座谈, people: adults}\n",
    ),
    (
        "empty",
        "photos: []  # 还没有\nplace: 操场\n",
        "photos:  # 还没有\n  - {file: 03.jpg, caption: 教师座谈, people: adults}\nplace: 操场\n",
    ),
    (
        "no value",
        "photos: # 待放\n# 说明\nplace: 操场\n",
        "photos: # 待放\n  - {file: 03.jpg, caption: 教师座谈, people: adults}\n# 说明\nplace: 操场\n",
    ),
    ("null", "photos: ~\n", "photos:\n  - {file: 03.jpg, caption: 教师座谈, people: adults}\n"),
    (
        "items on one line each",
        "photos:\n    # 先后\n    -   {file: 01.jpg, caption: 甲}   # 一\n\n    # 完\nplace: 操场\n",
        (
            "photos:\n    # 先后\n    -   {file: 01.jpg, caption: 甲}   # 一\n"
            "    - {file: 03.jpg, caption: 教师座谈, people: adults}\n\n    # 完\nplace: 操场\n"
        ),
    ),
    (
        "items not indented",
        "photos:\n- {file: 01.jpg, caption: 甲}\n",
        "photos:\n- {file: 01.jpg, caption: 甲}\n- {file: 03.jpg, caption: 教师座谈, people: adults}\n",
    ),
    (
        "items over several lines",
        "photos:\n  - caption: >-\n      甲\n      乙\n    file: 01.jpg  # 一\nplace: 操场\n",
        (
            "photos:\n  - caption: >-\n      甲\n      乙\n    file: 01.jpg  # 一\n"
            "  - file: 03.jpg\n    caption: 教师座谈\n    people: adults\nplace: 操场\n"
        ),
    ),
    (
        "the last value a block of text",
        "photos:\n  - file: 01.jpg\n    caption: |-\n      甲\nplace: 操场\n",
        (
            "photos:\n  - file: 01.jpg\n    caption: |-\n      甲\n"
            "  - file: 03.jpg\n    caption: 教师座谈\n    people: adults\nplace: 操场\n"
        ),
    ),
    (
        "in brackets",
        "photos: [{file: 01.jpg, caption: 甲}, ]\n",
        "photos: [{file: 01.jpg, caption: 甲}, {file: 03.jpg, caption: 教师座谈, people: adults}, ]\n",
    ),
    (
        "in brackets over several lines",
        "photos: [\n    {file: 01.jpg, caption: 甲},  # 一\n    {file: 02.jpg, caption: 乙}  # 二\n  ]\n",
        (
            "photos: [\n    {file: 01.jpg, caption: 甲},  # 一\n    {file: 02.jpg, caption: 乙},\n"
            "    {file: 03.jpg, caption: 教师座谈, people: adults}  # 二\n  ]\n"
        ),
    ),
]


@pytest.mark.parametrize(("before", "after"), [case[1:] for case in ADDED], ids=[case[0] for case in ADDED])
@pytest.mark.parametrize(("line_end", "bom"), [("\n", False), ("\r\n", False), ("\n", True)])
def test_a_photo_is_added_in_the_record_s_own_style(
    before: str, after: str, line_end: str, bom: bool
) -> None:
    written, problems = write_photos(PATH, record(before, line_end=line_end, bom=bom), added=[NEW])
    assert problems == ()
    assert written == record(after, line_end=line_end, bom=bom)


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (
            "photos:\n  - {file: 01.png, caption: 甲}  # 一\n",
            {"file": "01.jpg", "taken": "2021-03-04"},
            "photos:\n  - {file: 01.jpg, caption: 甲, taken: 2021-03-04}  # 一\n",
        ),
        (
            "photos:\n  - file: '01.png'  # 名\n    caption: 甲\n    # 完\nplace: 操场\n",
            {"file": "01.jpg", "people": "none"},
            "photos:\n  - file: 01.jpg  # 名\n    caption: 甲\n    people: none\n    # 完\nplace: 操场\n",
        ),
        (
            "photos:\n  - file: 01.jpg\n    caption: |-\n      甲\nplace: 操场\n",
            {"caption": "乙：丙"},
            'photos:\n  - file: 01.jpg\n    caption: "乙：丙"\nplace: 操场\n',
        ),
        (
            "photos: [{file: 01.jpg, caption: 甲}]\n",
            GONE,
            "photos: [{file: 01.jpg, caption: 甲, withdrawn: {date: 2021-03-09, reason: 监护人要求, digest: "
            + "0f" * 32
            + "}}]\n",
        ),
        (
            "photos:\n  - file: 01.jpg\n    caption: 甲\n",
            GONE,
            "photos:\n  - file: 01.jpg\n    caption: 甲\n"
            "    withdrawn: {date: 2021-03-09, reason: 监护人要求, digest: " + "0f" * 32 + "}\n",
        ),
        ("photos:\n  - {file: 01.jpg, caption: 甲}\n", {}, "photos:\n  - {file: 01.jpg, caption: 甲}\n"),
    ],
)
def test_a_photo_s_values_are_set_where_they_stand(before: str, change: Entry, after: str) -> None:
    for line_end in ("\n", "\r\n"):
        written, problems = write_photos(PATH, record(before, line_end=line_end), changed={0: change})
        assert problems == ()
        assert written == record(after, line_end=line_end)


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (b"", {"front-matter-fence"}),
        (record("photos:\n  - {file: 01.jpg, caption: 甲\n"), {"yaml-syntax"}),
        (record("photos：\n  - {file: 01.jpg, caption: 甲}\n"), {"full-width-punctuation"}),
        (record("photos:\n\t- {file: 01.jpg, caption: 甲}\n"), {"tab-indent"}),
        (record("photos:\n  - {file: 01.jpg, caption: 甲, people: 幼儿}\n"), {"field-value"}),
        (record("photos: &a [{file: 01.jpg, caption: 甲}]\n"), {"yaml-unsafe"}),
        (record("photos: []\nphotos: []\n"), {"duplicate-key"}),
        (record("photos: 01.jpg\n"), {"field-value"}),
        (record("").decode().encode("gb18030"), {"file-encoding"}),
        (record("").decode().encode("utf-16"), {"file-encoding"}),
        (record("", line_end="\n") + b" " * 300_000, {"file-size"}),
        (b"---\n{title: x, photos: []}\n---\n", {"yaml-syntax", "missing-field"}),
    ],
)
def test_a_record_in_doubt_is_not_touched(data: bytes, rules: set[str]) -> None:
    written, problems = write_photos(PATH, data, added=[NEW])
    assert written is None
    assert rules & {problem.rule for problem in problems}
    assert all(problem.fix for problem in problems)


def test_what_cannot_be_edited_is_told_with_the_lines_to_add() -> None:
    data = ("---\n{" + HEAD.replace("\n", ",\n") + "}\n---\n" + BODY).encode()
    written, (problem,) = write_photos(PATH, data, added=[NEW])
    assert written is None
    assert problem.fix == (
        "请自己写进填写栏的 photos：\n  - {file: 03.jpg, caption: 教师座谈, people: adults}"
    )


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("教师座谈", "教师座谈"),
        ("（请填写图片说明）", "（请填写图片说明）"),
        ("01.jpg", "01.jpg"),
        ("null", '"null"'),
        ("说：好", '"说：好"'),
        ("a, b", '"a, b"'),
        ('说"好"，然后', "'说\"好\"，然后'"),
        ('it\'s "x"', '"it\'s \\"x\\""'),
        ("-", '"-"'),
    ],
)
def test_a_text_is_quoted_where_it_must_be(text: str, written: str) -> None:
    assert format_scalar(text) == written
    assert format_flow({"caption": text}) == f"{{caption: {written}}}"


# --- any record ----------------------------------------------------------------------------------


def _is_caption(text: str) -> bool:
    try:
        return Photo(file="01.jpg", caption=text).caption == text
    except ValidationError:
        return False


captions = st.one_of(
    st.text("大班区域活动：，、。“”（）—— abz019.-'\"#{}[]&*!|>%@`~:?", min_size=1, max_size=24),
    st.text(min_size=1, max_size=24),
).filter(_is_caption)
comments = st.sampled_from(["", "", "  # 说明", " # photos: []"])
own_lines = st.sampled_from(["", "", "# 一行说明\n", "\n", "  # 缩进的说明\n"])
others = st.lists(
    st.sampled_from(["place: 操场\n", "attendance: 12  # 人\n", "public: true\n", "grades:\n- 大班\n"]),
    unique=True,
)


@st.composite
def photo_lists(draw: st.DrawFn) -> tuple[str, str]:
    """Return a list of photos as somebody may have typed it, and the sign that stands for none in it."""
    style = draw(st.sampled_from(["absent", "[]", "~", "", "rows", "items", "inline", "brackets"]))
    if style == "absent":
        return "", ""
    if style in ("[]", "~", ""):
        return f"photos: {style}{draw(comments)}\n{draw(own_lines)}", f" {style}" if style else ""
    texts = draw(st.lists(st.sampled_from(["甲", "乙丙", "'丁：戊'", '"己 \\" 庚"']), min_size=1, max_size=4))
    indent = " " * draw(st.integers(0, 4))
    named = [(f"{number:02}.jpg", text) for number, text in enumerate(texts, 1)]
    if style == "rows":
        rows = [f"{indent}- {{file: {n}, caption: {t}}}{draw(comments)}\n{draw(own_lines)}" for n, t in named]
        return "photos:\n" + "".join(rows), ""
    if style == "items":
        rows = [
            f"{indent}- file: {n}{draw(comments)}\n{draw(own_lines)}{indent}  caption: {t}{draw(comments)}\n"
            for n, t in named
        ]
        return f"photos:{draw(comments)}\n" + "".join(rows) + draw(own_lines), ""
    if style == "inline":
        return "photos: [" + ", ".join(f"{{file: {n}, caption: {t}}}" for n, t in named) + "]\n", ""
    rows = [f"  {{file: {n}, caption: {t}}},{draw(comments)}\n" for n, t in named]
    return "photos: [\n" + "".join(rows) + " ]\n", ""


@st.composite
def records(draw: st.DrawFn) -> tuple[bytes, str]:
    photos, nothing = draw(photo_lists())
    lines = draw(others)
    at = draw(st.integers(0, len(lines)))
    text = f"---\n{draw(own_lines)}{HEAD}{''.join(lines[:at])}{photos}{''.join(lines[at:])}---\n"
    text += draw(st.sampled_from([BODY, "", "## 方案\n没有换行"]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode(), nothing


entries = st.lists(
    st.fixed_dictionaries(
        {"file": st.sampled_from(["05.jpg", "06.jpg"]), "caption": captions},
        optional={
            "people": st.sampled_from(["none", "adults", "children"]),
            "consent": st.just("true"),
            "taken": st.just("2021-03-05"),
        },
    ),
    min_size=1,
    max_size=3,
)


def _read(data: bytes) -> tuple[dict[str, Any], str]:
    found, _ = parse_activity(PATH, data)
    assert found is not None
    return found.tree.value, found.markdown.body


@given(records(), entries)
@settings(max_examples=400, deadline=None)
def test_adding_keeps_every_other_byte(typed: tuple[bytes, str], new: Sequence[Entry]) -> None:
    data, nothing = typed
    written, problems = write_photos(PATH, data, added=new)
    assert written is not None, problems
    values, body = _read(data)
    assert _read(written) == ({**values, "photos": [*values.get("photos", []), *map(dict, new)]}, body)
    # One piece was put in, and only a sign for nothing taken away.
    rest = data.replace(f"photos:{nothing}".encode(), b"photos:", 1) if nothing else data
    start = next((n for n, (a, b) in enumerate(zip(rest, written, strict=False)) if a != b), len(rest))
    end = len(rest) - start
    assert written[len(written) - end :] == rest[start:]
    assert (b"\r\n" in data) == (b"\r\n" in written)
    assert written.count(b"\n") - written.count(b"\r\n") == (0 if b"\r\n" in data else written.count(b"\n"))


@given(records(), st.data())
@settings(max_examples=200, deadline=None)
def test_changing_keeps_every_other_line(typed: tuple[bytes, str], data: st.DataObject) -> None:
    old, _ = typed
    values, body = _read(old)
    photos = values.get("photos", [])
    assume(photos)
    index = data.draw(st.integers(0, len(photos) - 1))
    change = {"file": "09.jpg", "taken": "2021-03-05", "caption": data.draw(captions), **GONE}
    written, problems = write_photos(PATH, old, changed={index: change})
    assert written is not None, problems
    expected = [{**photo, **(change if n == index else {})} for n, photo in enumerate(photos)]
    assert _read(written) == ({**values, "photos": expected}, body)
    kept = [line for line in old.splitlines(keepends=True) if f"{index + 1:02}.jpg".encode() not in line]
    kept = [line for line in kept if b"caption" not in line]
    lines = iter(written.splitlines(keepends=True))
    assert all(line in lines for line in kept), "in the same order"


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    for bytes_ in (data, b"---\n" + data, record("")[:-40] + data):
        written, problems = write_photos(PATH, bytes_, added=[NEW], changed={0: {"people": "none"}})
        assert (written is None) == bool(problems)


@pytest.mark.parametrize("caption", [r'"己 \" 庚"', r'"己\\"', r'"\"己\" 庚"', "'己 '' 庚'"])
def test_an_escaped_quote_ends_no_text_beside_one_that_is_looked_at_twice(caption: str) -> None:
    """A `~` has the whole front matter read with care; what is good in it stays good."""
    photos = f'photos:\n  - {{file: 01.jpg, caption: {caption}}}\n  - {{file: 02.jpg, caption: "~"}}\n'
    found, problems = parse_activity(PATH, record(photos))
    assert [p.message for p in problems] == []
    assert found is not None
    assert found.data.photos[0].caption.replace('"', "").startswith("己")
