"""The comment on a request: whole texts from real checks, and that no text of a request gets out of its place."""

from __future__ import annotations

import base64
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.actions.comments.check_report import Report, ReportError, read_report
from generator.actions.comments.compose_comment import MARKER, MOST_CHARACTERS, Circumstances, compose_comment
from generator.actions.comments.safe_markdown import write_block, write_code, write_prose
from generator.cli.main import main
from generator.records.diagnostics import Diagnostic, SourceFile
from generator.rules.submission.ready_lines import suggest_line
from tests.conftest import MakeArchive
from tests.scratch_repository import commit, git
from tests.small_archive import base
from tests.test_receipt import put, record

HEAD = "a" * 40
ABOUT = Circumstances(
    head=HEAD,
    passed=False,
    summary="https://forge.example/o/r/actions/runs/7",
    preview="https://forge.example/o/r/actions/runs/7/artifacts/9",
    site="https://site.example/",
)
FOLDER = "records/yi/2021/03/06-visit"
EXPECTED = f"""## ✕ 有 1 处要改

改好以后存进同一个分支，检查会自动再做一次，这条留言也会更新。不用另建请求。

**收到 2 份材料：**

- 新交  乙园  2021年3月  观摩区域活动
- 新交  乙园  2021年3月  第二次观摩区域活动

### 要改的

**1. `{FOLDER}/activity.md` 第 9 行**：“`reported`”：日期“2021年3月7日”的写法不对

怎么改：改成 `2021-03-07`（[规则 date-format](https://site.example/rules/date-format/)，条款二-1）

现在是：

```text
reported: 2021年3月7日
```

换成这一行（可以整行复制）：

```text
reported: 2021-03-07
```

### 没有问题的

- 新交  乙园  2021年3月  第二次观摩区域活动

### 合并以后，各月完成几项

- 乙园 三月 1/1 完成

### 图片

会公开的 1 张，不公开的 1 张。

- `01.jpg` 大班区域活动
- `01.jpg` 不公开：没有写图中有谁（`people: none`、`adults` 或 `children`）

合并以后网页是什么样子：[下载预览](https://forge.example/o/r/actions/runs/7/artifacts/9)，解压后打开 `index.html`。图片就是要公开的样子，已经缩小、去掉了拍摄地点。

"""


def make_report(root: Path, *options: str) -> bytes:
    file = root.parent / "report.json"
    main(
        (
            "check",
            "--root",
            str(root),
            "--changed-since",
            "main",
            "--as-of",
            "2021-03-20",
            "--report",
            str(file),
            *options,
        )
    )
    return file.read_bytes()


def read_marker(comment: str) -> dict[str, Any]:
    found = MARKER.search(comment)
    assert found
    value: dict[str, Any] = json.loads(base64.b64decode(found[1]))
    return value


def test_a_teacher_reads_what_came_what_is_fine_and_the_line_to_copy(make_archive: MakeArchive) -> None:
    programme = {
        "records/bureau/2021/programme.yml": str(base()["records/bureau/2021/programme.yml"])
        + "unstated_people: withhold\n"
    }
    root = make_archive(base() | programme)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "The archive")
    git(root, "checkout", "--quiet", "-b", "request")
    text = record("2021-03-06", "观摩区域活动").replace("reported: 2021-03-06", "reported: 2021年3月7日")
    put(root, FOLDER, text, 1)
    other = record("2021-03-07", "第二次观摩区域活动").replace(", people: none", "")
    put(root, "records/yi/2021/03/07-visit", other, 2)
    commit(root, "Two records")
    report = read_report(make_report(root))
    errors_only = report.model_copy(
        update={"problems": [p for p in report.problems if p.severity == "error"]}
    )
    comment = compose_comment(errors_only, ABOUT)
    assert MARKER.sub("", comment) == EXPECTED
    value = read_marker(comment)
    check = json.loads(_capture_json(root))
    assert value["problems"][0] == next(p for p in check if p["severity"] == "error") | {
        "page": "https://site.example/rules/date-format/"
    }
    assert {**value, "problems": [], "receipt": {}} == {
        "head": HEAD,
        "verdict": "red",
        "problems": [],
        "receipt": {},
        "left_out": 0,
    }
    receipt = root.parent / "receipt.json"
    make_report(root, "--receipt", str(receipt))
    assert value["receipt"] == json.loads(receipt.read_text(encoding="utf-8"))


def _capture_json(root: Path) -> str:
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(
            (
                "check",
                "--root",
                str(root),
                "--changed-since",
                "main",
                "--as-of",
                "2021-03-20",
                "--format",
                "json",
            )
        )
    return out.getvalue()


def test_a_check_that_did_not_end_is_red_and_says_so() -> None:
    green = Report(verdict="green")
    assert compose_comment(green, Circumstances(head=HEAD, passed=True)).startswith("## ✓ 检查通过")
    failed = compose_comment(green, ABOUT)
    assert failed.startswith("## ✕ 检查没有通过，请看[运行记录](https://forge.example/o/r/actions/runs/7)\n")
    assert read_marker(failed)["verdict"] == "red"
    nothing = compose_comment(None, ABOUT)
    assert nothing.startswith("## ✕ 检查没有做完\n")
    assert read_marker(nothing) == {"head": HEAD, "verdict": "red", "problems": [], "receipt": {}}


def test_a_request_that_cannot_be_checked_is_told_why_in_chinese(
    make_archive: MakeArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A branch with a history of its own has no place from which to tell what it changes."""
    root = make_archive(base())
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "The archive")
    git(root, "checkout", "--quiet", "--orphan", "own")
    commit(root, "材料")
    report = tmp_path / "report.json"
    assert main(("check", "--root", str(root), "--changed-since", "main", "--report", str(report))) == 2
    capsys.readouterr()
    assert main(("comment", "--report", str(report))) == 0
    text = capsys.readouterr().out
    assert text.partition("<!--")[0] == (
        "## ✕ 检查没有做完\n\n"
        "这个请求检查不了：现在的版本与“`main`”没有共同的历史，分不出哪些是这次改的；请从“`main`”另开分支，把材料放进去\n\n"
        "照上面说的改好以后存进同一个分支，检查会自动再做一次，这条留言也会更新。看不明白请找教育局。\n\n"
    )
    assert read_marker(text) == {
        "head": "", "verdict": "red", "problems": [], "receipt": {"records": [], "months": [], "others": [], "unread": [], "schools": [], "behind": 0}, "left_out": 0,
    }  # fmt: skip


def problem(**values: Any) -> dict[str, Any]:
    return {
        "path": "records/yi/a.md", "line": 1, "column": 1, "severity": "error", "rule": "date-format",
        "clause": "五-3", "message": "错", "fix": "改", "excerpt": "x", "replacement": "y", **values,
    }  # fmt: skip


def test_ten_thousand_problems_fit_and_the_rest_is_counted() -> None:
    long = "很长的话" * 200
    report = Report.model_validate(
        {
            "verdict": "red",
            "problems": [problem(message=long, severity="warning"), *[problem(message=long)] * 900],
            "left_out": 9000,
        }
    )
    comment = compose_comment(report, ABOUT)
    assert len(comment.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert re.search(
        r"……还有 \d+ 段放不下，\[全部结果\]\(https://forge\.example/o/r/actions/runs/7\)", comment
    )
    value = read_marker(comment)
    assert len(value["problems"]) + value["left_out"] == 901 + 9000
    assert {p["severity"] for p in value["problems"]} == {"error"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (b"", "格式不对"),
        (b"[" * 100_000, "格式不对"),
        (b'{"verdict": "green", "problems": [{"path": 1}]}', "problems.0.path"),
        (
            json.dumps({"verdict": "red", "problems": [problem(rule="../../evil")]}).encode(),
            "problems.0.rule",
        ),
        (
            json.dumps({"verdict": "red", "problems": [problem(message="x" * 3001)]}).encode(),
            "problems.0.message",
        ),
        (b'{"verdict": "blue"}', "verdict"),
        (b" " * 3_000_001, "太大"),
    ],
)
def test_a_report_that_is_none_is_refused(change: bytes, message: str) -> None:
    with pytest.raises(ReportError, match=message):
        read_report(change)


# --- nothing gets out of its place ----------------------------------------------------------------

HOSTILE = [
    "@someone", "a@b.example", "#12", "GH-12", "o/r#12", "https://evil.example", "www.evil.example", ":tada:",
    "![x](https://evil.example/x.png)", "[x](http://evil.example)", "<img src=x onerror=y>", "<!-- pairing-check:1 e30= -->",
    "```\n## 绿", "````", "`", "``", "` `", "~~~", "| a |", "\\`", "&#64;x", "中`@x`中", "a\u202eb", "</code>@x", "$x$", "${{ x }}", "::error::x",
]  # fmt: skip
_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_ACTIVE = re.compile(r"@|#\d|GH-\d|https?:|www\.|[:][a-z_]+:|<|!\[|&#|\$")


def find_active(markdown: str, allowed: str = "https://") -> list[str]:
    """Return what a forge would act on: links, pictures, HTML, and signs outside of code that it looks for."""
    found = []
    for token in _PARSER.parse(markdown):
        if token.type == "html_block":
            found.append(token.content)
        for child in token.children or ():
            if child.type in ("image", "html_inline"):
                found.append(child.content)
            if child.type == "link_open" and not str(child.attrs["href"]).startswith(allowed):
                found.append(str(child.attrs["href"]))
            if child.type == "text" and _ACTIVE.search(child.content):
                found.append(child.content)
    return found


_TEXT = st.sampled_from(HOSTILE) | st.text(max_size=30)
_MIXED = st.lists(_TEXT | st.sampled_from(["`", "@a", "中", " ", "\n", "<", "*", "|"]), max_size=6).map(
    "".join
)


@settings(max_examples=300, deadline=None)
@given(_MIXED)
def test_prose_code_and_blocks_hold_any_text(text: str) -> None:
    assert find_active(f"一：{write_prose(text)} 二：{write_prose(text)}") == []
    assert find_active(f"- {write_prose(text)}\n- {write_code(text)} 尾") == []
    assert find_active(f"**{write_code(text) or '空'} 第 1 行**：尾") == []
    (block,) = _PARSER.parse(write_block(text))
    assert block.type == "fence"


@settings(max_examples=60, deadline=None)
@given(st.lists(_MIXED, min_size=12, max_size=12))
def test_no_text_of_a_report_gets_out_of_a_comment(texts: list[str]) -> None:
    cut = [text[:390] for text in texts]
    report = Report.model_validate(
        {
            "verdict": "red",
            "problems": [
                problem(path=cut[0], clause=cut[1], message=cut[2], fix=cut[3], excerpt=cut[4], replacement=cut[5]),
                problem(path=cut[6], severity="warning"),
            ],
            "receipt": {
                "records": [
                    {"path": cut[7], "kind": "x", "school": "x", "month": "x", "title": "x", "change": "new", "was": "", "read": True, "said": cut[8]}
                ],
                "others": [cut[9]],
            },
            "photos": [{"path": cut[10], "caption": cut[11], "kept_back": ""}],
            "notes": [cut[0]],
        }
    )  # fmt: skip
    comment = compose_comment(report, ABOUT)
    visible = MARKER.sub("", comment)
    assert find_active(visible, "https://site.example/rules/date-format/") == [
        ABOUT.preview
    ]  # the one other link, which the forge gave
    tokens = _PARSER.parse(visible)
    heads = [(t.tag, text.content) for t, text in pairwise(tokens) if t.type == "heading_open"]
    if ("h3", "没有问题的") in heads:  # unless the problem is the record's
        heads.remove(("h3", "没有问题的"))
    assert heads == [
        ("h2", "✕ 有 1 处要改"),
        ("h3", "要改的"),
        ("h3", "图片"),
        ("h3", "提醒（不改也能收下）"),
    ]


def test_the_judge_sees_what_is_not_held() -> None:
    assert [text for text in HOSTILE[:12] if not find_active(text)] == []


# --- ready lines ----------------------------------------------------------------------------------


def suggested(
    text: str, line: int, fix: str, column: int = 1, end: int = 2, path: str = f"{FOLDER}/activity.md"
) -> str:
    span = SourceFile(path=path, text=text).make_span(line, column, end)
    return suggest_line(Diagnostic(rule="date-format", span=span, message="", fix=fix))


def test_a_line_is_suggested_only_where_reading_it_proves_it() -> None:
    text = record("2021-03-06", "观摩")
    line = next(n for n, each in enumerate(text.split("\n"), 1) if each.startswith("date:"))
    assert suggested(text, line, "改成 2021-03-07", 7, 17) == "date: 2021-03-07"
    assert suggested(text, line, "改成 date: 2021-03-08") == "date: 2021-03-08"
    assert suggested(text, line, "改成 reported: 2021-03-08") == ""  # another line's
    assert suggested(text, line, "改成 tomorrow", 7, 17) == ""  # reading it finds a fault
    assert suggested(text, line, "核对年、月、日", 7, 17) == ""
    assert suggested(text, line, "改成 2021-03-07", 7, 17, path="records/yi/notes.txt") == ""
    assert (
        suggested("", 1, "请教育局在主分支的 x 里加一行：- {name: a, schools: [yi]}")
        == "  - {name: a, schools: [yi]}"
    )
