"""The parsers: every mistake of a teacher at its place, and hostile input that neither raises nor lasts."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.archive import find_name_problem, read_corpus
from generator.documents.markup import dialect
from generator.records import MODELS, ActivityRecord, keyboard_fixes, parse_activity, parse_note, parse_yaml
from generator.records.decoding import MAX_BYTES, decode_record
from generator.records.diagnostics import Diagnostic, SourceFile
from generator.records.markdown_record import mark_code_lines, split_markdown
from generator.records.yaml_tree import MAX_DEPTH, MAX_NODES, read_yaml
from generator.rules import BY_SLUG, check_corpus

PATH = "records/leimeng/2020/03/12-area-observation/activity.md"
HERE = Path(__file__).resolve().parent
GOOD = (HERE / "records" / "activity.md").read_text(encoding="utf-8")


def parse(text: str | bytes) -> tuple[ActivityRecord, list[Diagnostic]]:
    record, problems = parse_activity(PATH, text.encode() if isinstance(text, str) else text)
    assert record is not None
    return record, problems


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


def marked(diagnostic: Diagnostic) -> str:
    """Return the text that a diagnostic's span covers in the file as it was typed."""
    span = diagnostic.span
    return span.file.read_line(span.line)[span.column - 1 : span.end_column - 1]


# --- a good record -------------------------------------------------------------------------------


def test_a_good_record_is_read_whole() -> None:
    record, problems = parse(GOOD)
    assert problems == []
    assert record.complete
    assert record.unread == frozenset()
    assert (record.school, record.year, record.month, record.folder) == (
        "leimeng",
        2020,
        "2020-03",
        "12-area-observation",
    )
    assert record.key == "leimeng/2020/03/12-area-observation"
    assert record.data.date == dt.date(2020, 3, 12)
    assert record.data.staff.sent == 2
    assert record.data.grades == ["大班"]
    assert record.data.photos[0].caption == "大班建构区的材料架"
    assert [s.title for s in record.markdown.sections] == ["方案", "措施", "记录", "总结"]
    assert [s.line for s in record.markdown.sections] == [18, 22, 26, 30]
    assert record.markdown.sections[0].text.startswith("派两名骨干教师")


@pytest.mark.parametrize(
    ("path", "key", "text"),
    [
        (("title",), False, "到第一幼儿园观摩大班区域活动"),
        (("title",), True, "title"),
        (("partners", 0), False, "diyi"),
        (("staff", "received"), False, "0"),
        (("staff", "received"), True, "received"),
        (("photos", 0, "caption"), False, "大班建构区的材料架"),
        (("photos", 0, "caption"), True, "caption"),
        (("photos",), True, "photos"),
        (("photos", 7, "caption"), False, "-"),  # the nearest parent that is there
        (("nothing",), False, "t"),
    ],
)
def test_every_value_knows_its_place(path: tuple[str | int, ...], key: bool, text: str) -> None:
    record, _ = parse(GOOD)
    span = record.find_span(*path, key=key)
    assert record.file.read_line(span.line)[span.column - 1 : span.end_column - 1] == text


def test_texts_stay_texts() -> None:
    text = changed("place: 第一幼儿园", "place: no").replace("lead: 业务园长", "lead: 12:30")
    record, problems = parse(text.replace("title: 到", "title: 0x1F 到"))
    assert problems == []
    assert (record.data.place, record.data.lead) == ("no", "12:30")


@pytest.mark.parametrize(
    ("typed", "caption"),
    [('"\'\\"，0:"', "'\"，0:"), ("'甲''，乙: 丙'", "甲'，乙: 丙"), ('"甲，乙：丙"', "甲，乙：丙")],
)
def test_signs_within_quotes_are_left_alone(typed: str, caption: str) -> None:
    text = f"photos: [{{file: 01.jpg, caption: {typed}}}]"
    tree, problems = read_yaml(SourceFile(path="activity.md", text=text), text)
    assert (tree and tree.value, problems) == ({"photos": [{"file": "01.jpg", "caption": caption}]}, [])


# --- mistakes, each at its place -----------------------------------------------------------------

MISTAKES = [
    # (what is typed, instead of what, [(rule, line, what is marked)], fields that are not read)
    ("date：2020-03-12", "date: 2020-03-12", [("full-width-punctuation", 3, "：")], ""),
    ("date ： 2020-03-12", "date: 2020-03-12", [("full-width-punctuation", 3, "：")], ""),
    (
        "date：2020.3.12",
        "date: 2020-03-12",
        [("full-width-punctuation", 3, "："), ("date-format", 3, "2020.3.12")],
        "date",
    ),
    (
        "staff：{sent：二，received：0}",
        "staff: {sent: 2, received: 0}",
        [
            ("full-width-punctuation", 7, "："),
            ("full-width-punctuation", 7, "："),
            ("field-value", 7, "二"),
            ("full-width-punctuation", 7, "，"),
            ("full-width-punctuation", 7, "："),
        ],
        "staff",
    ),
    ("partners: ［diyi］", "partners: [diyi]", [("full-width-punctuation", 5, "［"), ("full-width-punctuation", 5, "］")], ""),
    ("\t- {file", "  - {file", [("tab-indent", 15, "\t")], ""),
    ("\t- {file: 01.jpg, captoin", "  - {file: 01.jpg, caption", [("tab-indent", 15, "\t"), ("unknown-key", 15, "captoin")], "photos"),
    ("－ {file", "  - {file", [("full-width-punctuation", 15, "－")], ""),
    ("date: 2020年3月12日", "date: 2020-03-12", [("date-format", 3, "2020年3月12日")], "date"),
    ("date: 2020/3/12", "date: 2020-03-12", [("date-format", 3, "2020/3/12")], "date"),
    ("date: ２０２０-03-12", "date: 2020-03-12", [("full-width-digits", 3, "２０２０-03-12")], "date"),
    ("date: 2020-02-30", "date: 2020-03-12", [("date-format", 3, "2020-02-30")], "date"),
    ("date: 2020-00-12", "date: 2020-03-12", [("date-format", 3, "2020-00-12")], "date"),
    ("date: 0000-03-12", "date: 2020-03-12", [("date-format", 3, "0000-03-12")], "date"),
    ("date: [2020]", "date: 2020-03-12", [("field-value", 3, "[")], "date"),
    ("date:", "date: 2020-03-12", [("missing-field", 3, "date")], "date"),
    ("tilte: 到", "title: 到", [("unknown-key", 2, "tilte")], "title tilte"),
    ("标题: 到", "title: 到", [("unknown-key", 2, "标题")], "title 标题"),
    ("lead:业务园长", "lead: 业务园长", [("yaml-syntax", 11, ":")], ""),
    ("staff: {sent:2, received: 0}", "staff: {sent: 2, received: 0}", [("yaml-syntax", 7, ":")], ""),
    ("lead: 业务: 园长", "lead: 业务园长", [("yaml-syntax", 11, ":")], "lead + lists"),
    ("lead: 业务园长\nlead: 园长", "lead: 业务园长", [("duplicate-key", 12, "lead")], ""),
    ("lead: &a 业务园长", "lead: 业务园长", [("yaml-unsafe", 11, "&a 业务园长")], ""),
    ("lead: !!str 业务园长", "lead: 业务园长", [("yaml-unsafe", 11, "!!str 业务园长")], ""),
    ("attendance: 约12", "attendance: 12", [("field-value", 10, "约12")], "attendance"),
    ("attendance: １２", "attendance: 12", [("full-width-digits", 10, "１２")], "attendance"),
    ("attendance: -1", "attendance: 12", [("field-value", 10, "-1")], "attendance"),
    ("attendance: 1234567", "attendance: 12", [("field-value", 10, "1234567")], "attendance"),
    ("direction: 走出去", "direction: visit", [("field-value", 6, "走出去")], "direction"),
    ("direction: Visit", "direction: visit", [("field-value", 6, "Visit")], "direction"),
    ("partners: diyi", "partners: [diyi]", [("field-value", 5, "diyi")], "partners"),
    ("partners: [Diyi]", "partners: [diyi]", [("field-value", 5, "Diyi")], "partners"),
    ("grades: [大班, 大]", "grades: [大班]", [("field-value", 8, "大")], "grades"),
    ("place: 第\u200b一", "place: 第一幼儿园", [("field-value", 9, "第\u200b一")], "place"),
    (f"place: {'长' * 201}", "place: 第一幼儿园", [("field-value", 9, "长" * 201)], "place"),
    ("——\n\n## 方案", "---\n\n## 方案", [("front-matter-fence", 16, "——")], ""),
    ("\n## 方案", "---\n\n## 方案", [("front-matter-fence", 17, "## 方案")], ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "instead", "expected", "unread"),
    MISTAKES,
    ids=lambda v: str(v)[:24] if isinstance(v, str) else "",
)
def test_a_mistake_is_found_at_its_place(
    typed: str, instead: str, expected: list[tuple[str, int, str]], unread: str
) -> None:
    record, problems = parse(changed(instead, typed))
    problems.sort(key=lambda p: p.sort_key)
    assert [(p.rule, p.span.line, marked(p)) for p in problems] == expected
    lists = {name for name, info in MODELS["activity"].model_fields.items() if "list" in str(info.annotation)}
    wanted = set(unread.replace("+ lists", "").split())
    if "lists" in unread:  # a line that was left out may have belonged to any list, or held any absent name
        assert wanted | (lists & record.unread) <= record.unread
        assert {"photos", "partners", "private", "public"} <= record.unread
    else:
        assert record.unread == wanted
    assert record.complete == (not record.unread)
    assert all(p.message and p.fix for p in problems)


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("2020年3月5日", "改成 2020-03-05"),
        ("2020.3.5", "改成 2020-03-05"),
        ("2020/03/5", "改成 2020-03-05"),
        ("2020-3-5", "改成 2020-03-05"),
        ("2020 3 5", "改成 2020-03-05"),
        ("２０２０年３月５日", "改成 2020-03-05"),
        ("2020－03－05", "改用半角：2020-03-05"),
        ("3月5日", "写成 年-月-日，如 2020-05-14"),
        ("2020-13-05", "核对年、月、日后重写，如 2020-05-14"),
        ("20200305", "写成 年-月-日，如 2020-05-14"),
        ("2020-03-05 ", None),
        ('"2020-03-05"', None),
    ],
)
def test_a_day_is_read_or_its_right_spelling_told(typed: str, fix: str | None) -> None:
    record, problems = parse(changed("reported: 2020-03-16", f"reported: {typed}"))
    assert [p.fix for p in problems] == ([fix] if fix else [])
    assert fix or record.data.reported == dt.date(2020, 3, 5)


@pytest.mark.parametrize(
    ("typed", "fix"),
    [("true", None), ("false", None), ("否", "写成 false"), ("yes", "写成 true"), ("False", "写成 false"), ("嗯", "写成 true 或 false")],
)  # fmt: skip
def test_a_flag_is_true_or_false(typed: str, fix: str | None) -> None:
    _, problems = parse(changed("photos:", f"public: {typed}\nphotos:"))
    assert [p.fix for p in problems] == ([fix] if fix else [])


@pytest.mark.parametrize(
    ("typed", "fix"),
    [("26", None), ("26人", "只写数字：26"), ("十二", "只写数字，如 2"), ("13800138000", "只写数字，如 2")],
)
def test_a_count_is_never_part_of_a_longer_number(typed: str, fix: str | None) -> None:
    _, problems = parse(changed("sent: 2", f"sent: {typed}"))
    assert [p.fix for p in problems] == ([fix] if fix else [])


@pytest.mark.parametrize(
    "caption", ["大班：建构区，三处", "【大班】建构区", "第１次——观摩", "“小小超市”里的收银台", "a#b"]
)
def test_chinese_punctuation_in_texts_is_left_alone(caption: str) -> None:
    record, problems = parse(changed("大班建构区的材料架", caption))
    assert problems == []
    assert record.data.photos[0].caption == caption


def test_all_mistakes_are_told_at_once() -> None:
    text = GOOD.replace("title: 到", "title: a: 到").replace("date: ", "date：").replace("visit", "去")
    text = (
        text.replace("lead: 业务园长", "lead: *业务")
        .replace("reported: 2020-03-16", "reported: 3.16")
        .replace("12\n", "x\n", 2)
    )
    _, problems = parse(text)
    assert {p.rule for p in problems} == {
        "yaml-syntax",
        "full-width-punctuation",
        "field-value",
        "date-format",
    }
    assert {p.span.line for p in problems} == {2, 3, 6, 10, 11, 12}


def test_an_incomplete_record_has_stand_ins_from_its_folder() -> None:
    record, _ = parse(changed("date: 2020-03-12\n", ""))
    assert not record.complete
    assert record.data.date == dt.date(2020, 3, 12)
    assert not record.knows("date")
    assert record.knows("title", "photos")


# --- fences and sections -------------------------------------------------------------------------

FENCES = [
    ("---\na: 1\n---\n## 方案\nx", [], "a: 1", ["方案"]),
    ("\n\n---\na: 1\n---\nx", [1], "a: 1", []),
    ("a: 1\n---\nx", [1], "a: 1", []),
    ("# yaml-language-server: x\na: 1\n---\nx", [1], "# yaml-language-server: x\na: 1", []),
    ("---\na: 1\n## 方案\nx", [3], "a: 1", ["方案"]),
    ("---\na: 1\n", [2], "a: 1\n", []),
    ("--\na: 1\n－－－\nx", [1, 3], "a: 1", []),
    ("----\na: 1\n***\nx", [1, 3], "a: 1", []),
    ("正文而已", [1], None, []),
    ("", [1], None, []),
    (" \n\n", [1], None, []),
    ("---\r\na: 1\r\n---", [], "a: 1\r", []),
]


@pytest.mark.parametrize(("text", "lines", "front", "sections"), FENCES)
def test_fences(text: str, lines: list[int], front: str | None, sections: list[str]) -> None:
    markdown, problems = split_markdown(SourceFile(path="a.md", text=text))
    assert [(p.rule, p.span.line) for p in problems] == [("front-matter-fence", n) for n in lines]
    assert markdown.front == front
    assert [s.title for s in markdown.sections] == sections


def test_sections_are_of_the_second_level_and_outside_code() -> None:
    text = (
        "---\na: 1\n---\n前言\n# 大\n## 方案 ##\n一\n### 小\n二\n```\n## 码\n```\n＃＃ 措施\n三\n##记录\n四\n"
    )
    markdown, _ = split_markdown(SourceFile(path="a.md", text=text))
    assert [(s.title, s.line, s.text) for s in markdown.sections] == [
        ("方案", 6, "一\n### 小\n二\n```\n## 码\n```"),
        ("措施", 13, "三"),
        ("记录", 15, "四"),
    ]


@pytest.mark.parametrize("typed", ["```重点```", "```\n没有合上", "````\n```\n```"])
def test_backticks_that_close_nothing_swallow_no_section(typed: str) -> None:
    text = f"---\na: 1\n---\n## 方案\n{typed}\n## 措施\n二\n"
    markdown, _ = split_markdown(SourceFile(path="a.md", text=text))
    assert [(s.title, s.text) for s in markdown.sections] == [("方案", typed), ("措施", "二")]


_FENCES = (
    "```",
    "````",
    "   ```",
    "``` ",
    "```py",
    "```a```",
    "``",
    "~~~",
    "## 码",
    "一",
    "",
    "　```",
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_FENCES), max_size=12))
def test_code_is_where_the_parser_finds_it(lines: list[str]) -> None:
    whole = [*lines, "`" * 9]  # which closes whatever is open
    tokens = [
        token for token in dialect.make_record_parser().parse("\n".join(whole)) if token.type == "fence"
    ]
    code = {line for token in tokens for line in range(*(token.map or ()))}
    assert mark_code_lines(whole)[:-1] == [place in code for place in range(len(lines))]


# --- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (GOOD.encode("utf-8"), []),
        (GOOD.encode("utf-8-sig"), ["file-bom"]),
        (GOOD.encode("gbk"), ["file-encoding"]),
        (GOOD.encode("gb18030"), ["file-encoding"]),
        (GOOD.encode("utf-16"), ["file-encoding"]),
        (GOOD.encode("utf-16-be"), ["file-encoding"]),
        (GOOD.replace("\n", "\r\n").encode(), ["line-endings"]),
        (GOOD.replace("\n", "\r\n").encode("gbk"), ["file-encoding", "line-endings"]),
        (GOOD.replace("\n", "\r\n").encode("utf-8-sig"), ["file-bom", "line-endings"]),
    ],
)
def test_a_wrong_encoding_is_named_and_the_text_still_read(data: bytes, rules: list[str]) -> None:
    record, problems = parse(data)
    assert [p.rule for p in problems] == rules
    assert record.complete
    assert record.data.title == "到第一幼儿园观摩大班区域活动"


def test_too_large_a_file_is_not_read() -> None:
    for size, expected in ((MAX_BYTES, []), (MAX_BYTES + 1, ["file-size"])):
        assert [p.rule for p in decode_record(PATH, b"x" * size).problems] == expected
    assert parse_activity(PATH, b"x" * (MAX_BYTES + 1))[0] is None
    assert parse_yaml("plan", "plan.yml", b"x" * (MAX_BYTES + 1))[0] is None


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["01.jpg", "14-area-observation", "IMG_2031.JPG", "a" * 80])
def test_a_plain_name_passes(name: str) -> None:
    assert find_name_problem(name) is None


@pytest.mark.parametrize(
    "name",
    ["..", ".hidden", "a b.jpg", "图.jpg", "con", "CON.md", "nul.jpg", "Com1.txt", "a.", "-x", "a" * 81, "a\u202eb", "é", "a\nb", "a:b", "ａ.jpg", "x\x00y"],
)  # fmt: skip
def test_a_hostile_name_is_refused_in_words(name: str) -> None:
    problem = find_name_problem(name)
    assert problem is not None
    assert all(part.isprintable() for part in problem)


# --- hostile input -------------------------------------------------------------------------------

HOSTILE = {
    "brackets": "rows: " + "[" * 100_000,
    "braces": "rows: " + "{" * 100_000,
    "closing": "rows: " + "]" * 100_000,
    "dashes": "rows:\n" + "- " * 100_000 + "x",
    "questions": "? " * 60_000,
    "flow keys": "rows: {" + "a: 1, " * 30_000 + "}",
    "wide colons": "a：" * 60_000,
    "wide flow": "rows: [" + "，" * 60_000 + "]",
    "wide braces": "a: {" + "a：1，" * 30_000 + "}",
    "indent": "\n".join(" " * i + "a:" for i in range(600)),
    "tabs": "\t" * 200_000 + "a: 1",
    "lines": "a: 1\n" * 40_000,
    "broken lines": 'a: "\n' * 40_000,
    "tight": "a:b\n" * 40_000,
    "quotes": "a: " + "'" * 200_000,
    "laughs": "a: &a [x, x]\n" + "\n".join(f"b{i}: &b{i} [*a, *a, *a, *a]" for i in range(4000)),
    "anchors": "a: " + "&a " * 60_000,
    "documents": "---\n" * 60_000,
    "digits": "1" * 250_000,
    "number gaps": "1 " * 120_000,
    "links": "](" * 100_000,
    "images": "![" * 100_000,
    "ticks": "`" * 100_000 + "a" + "``" * 20_000,
    "tick runs": " ".join("`" * i for i in range(1, 700)),
    "open brackets": "[\n" * 80_000,
    "references": "[a]: x\n" * 30_000,
    "tags": "<a" * 100_000,
    "comments": "<!--" * 60_000,
    "headings": "## \n" * 60_000,
    "hashes": "#" * 200_000,
    "spaces": " " * 200_000 + "x",
    "blank lines": "\n" * 250_000,
    "prompts": "请填写" * 20_000,
    "ellipses": "…" * 80_000,
    "underscores": "a: " + "_" * 200_000 + "b",
    "hash marks": "a: " + "x # " * 60_000,
    "hashes after spaces": "a: x" + " " * 200_000 + "#",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_ends_soon(text: str, tmp_path: Path) -> None:
    data = text.encode()[:MAX_BYTES]
    folder = tmp_path / "records" / "leimeng" / "2020"
    (folder / "03" / "12-x").mkdir(parents=True)
    (folder / "plan.yml").write_bytes(data)
    (folder / "03" / "12-x" / "activity.md").write_bytes(b"---\n" + data[:-4])
    (folder / "03" / "13-x").mkdir()
    (folder / "03" / "13-x" / "activity.md").write_bytes(
        GOOD.encode() + data[: MAX_BYTES - len(GOOD.encode())]
    )
    start = time.process_time()
    corpus = read_corpus(tmp_path)
    check_corpus(corpus, dt.date(2020, 12, 31))
    assert time.process_time() - start < 15  # seconds of work; what costs its square takes minutes


def test_depth_and_number_of_values_are_bounded() -> None:
    file = SourceFile(path="a.yml")
    for depth, refused in ((MAX_DEPTH - 1, False), (MAX_DEPTH, True)):
        text = "a: " + "[" * depth + "]" * depth
        tree, problems = read_yaml(file, text)
        assert (tree is None) == refused == bool(problems)
    tree, problems = read_yaml(file, "a: [" + "1," * MAX_NODES + "]")
    assert tree is None
    assert [p.rule for p in problems] == ["yaml-unsafe"]


def test_aliases_are_not_obeyed() -> None:
    text = "a: &a [x, x]\nb: &b [*a, *a]\nc: *b\n"
    tree, problems = read_yaml(SourceFile(path="a.yml", text=text), text)
    assert tree is not None
    assert tree.value == {"a": ["x", "x"], "b": ["", ""]}
    assert {p.rule for p in problems} == {"yaml-unsafe"}


def _sound(problems: list[Diagnostic]) -> None:
    for problem in problems:
        lines = problem.span.file.text.split("\n")
        assert problem.rule in BY_SLUG
        assert problem.message
        assert problem.fix
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column < problem.span.end_column
        assert problem.span.column <= len(lines[problem.span.line - 1]) + 2


_ALPHABET = st.sampled_from(
    [
        *"：，、【】［］｛｝－—\t\r\n\0-#:{}[]&*!'\"|>%@`?, ",
        "---\n",
        "## ",
        "……",
        "\ufeff",
        "\u202e",
        "２",
        "😀",
        "a",
        "1",
    ]
)


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Return the good record with a few cuts, insertions, repetitions and bad bytes."""
    text = GOOD
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 30))
        match draw(st.sampled_from(["cut", "insert", "repeat", "replace"])):
            case "cut":
                text = text[:at] + text[at + length :]
            case "insert":
                text = text[:at] + "".join(draw(st.lists(_ALPHABET, max_size=5))) + text[at:]
            case "repeat":
                text = text[:at] + text[at : at + length] * 3 + text[at:]
            case _:
                text = text[:at] + draw(st.text(max_size=5)) + text[at + length :]
    data = text.encode(draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "gb18030", "utf-16"])), "replace")
    if draw(st.booleans()):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=4)) + data[at:]
    return data


@settings(max_examples=400, deadline=2000, derandomize=True)
@given(mutations())
def test_a_spoilt_record_never_raises(data: bytes) -> None:
    record, problems = parse_activity(PATH, data)
    _sound(problems)
    assert record is None or record.complete or problems


@settings(max_examples=200, deadline=2000, derandomize=True)
@given(st.binary(max_size=400), st.sampled_from(sorted(MODELS)))
def test_random_bytes_never_raise(data: bytes, kind: str) -> None:
    _sound(parse_activity(PATH, data)[1])
    _sound(parse_yaml(kind, "a.yml", data)[1])
    if kind in ("agreement", "inspection", "event", "bulletin"):
        _sound(parse_note(kind, "a.md", data)[1])


@settings(max_examples=60, deadline=4000, derandomize=True)
@given(mutations())
def test_rules_bear_whatever_the_parsers_let_through(data: bytes) -> None:
    from tests.test_rules import BASE

    corpus = read_corpus(BASE)
    record, problems = parse_activity(PATH, data)
    assert record is not None  # only what is too long is not read at all
    school = corpus.schools["leimeng"]
    import dataclasses

    schools = {**corpus.schools, "leimeng": dataclasses.replace(school, activities=(record,))}
    spoilt = dataclasses.replace(corpus, schools=schools, problems=tuple(problems))
    _sound([d for d in check_corpus(spoilt, dt.date(2020, 12, 31)) if d.span.file.path == PATH])


_SCALARS = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6).filter(
    lambda s: s not in ("null", "~")
)
_VALUES = st.recursive(
    _SCALARS, lambda v: st.lists(v, max_size=4) | st.dictionaries(_SCALARS, v, max_size=4), max_leaves=12
)


@settings(max_examples=150, deadline=2000, derandomize=True)
@given(st.dictionaries(_SCALARS, _VALUES, min_size=1, max_size=5))
def test_both_passes_read_the_same(value: dict[str, object]) -> None:
    def flow(v: object) -> str:
        if isinstance(v, dict):
            return "{" + ", ".join(f"'{k}': {flow(x)}" for k, x in v.items()) + "}"
        return "[" + ", ".join(map(flow, v)) + "]" if isinstance(v, list) else f"'{v}'"

    text = "\n".join(f"'{key}': {flow(item)}" for key, item in value.items())
    tree, problems = read_yaml(SourceFile(path="a.yml", text=text), text)
    slow, _ = read_yaml(SourceFile(path="a.yml", text=text + "\n'z z': &q x"), text + "\n'z z': &q x")
    assert problems == []
    assert tree is not None
    assert slow is not None
    assert tree.value == value
    assert {k: v for k, v in slow.value.items() if k != "z z"} == value
    assert tree.root.value == value


_LINE = (
    ("", "  ", "\t", "　"),
    ("", "- ", "－ ", "-　"),
    ("title: ", "title:", "title：", "title:　", "标题: ", ""),
    ("{", "[", "【", ""),
)
_PIECES = ("file: x", "file:x", "file：x", "file:", ", ", ",", "，", " ", "　", "－", "#", "'", "/")
_ENDS = ("}", "]", "】", "")


def _typed_lines() -> Iterator[str]:
    """Yield every line of up to three pieces: among so many a random search finds few that are passed by."""
    yield "title: x"
    for count in range(4):
        for middle in map("".join, itertools.product(_PIECES, repeat=count)):
            for *begin, end in itertools.product(*_LINE, _ENDS):
                yield f"{''.join(begin)}{middle}{end}"


def test_a_line_that_is_passed_by_would_not_have_been_mended() -> None:
    passed_by = list(filter(keyboard_fixes._HARMLESS.match, _typed_lines()))
    assert len(passed_by) > 30_000
    assert {"title: x", "- {file: x}"} <= set(passed_by)
    for text in passed_by:
        line = keyboard_fixes._Line(SourceFile(path="activity.md", text=text), 1, text)
        keyboard_fixes._mend_line(line, len(text) - len(text.lstrip()))
        assert (line.text, line.problems) == (text, [])
