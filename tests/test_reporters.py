"""Reports of diagnostics: whole outputs, hostile text included."""

from __future__ import annotations

import json

import click
import pytest

from generator.cli.report_problems import (
    cut_excerpt,
    render_annotations,
    render_json,
    render_markdown,
    render_text,
)
from generator.records.diagnostics import Diagnostic, Severity, SourceFile

FILE = SourceFile(path="records/yi/2021/03/05-x/activity.md", text="---\ndate: 2021年3月5日\nlead: 园长\n")


def diagnostic(
    line: int = 2,
    column: int = 7,
    end: int = 16,
    *,
    message: str = "日期的写法不对",
    severity: Severity = Severity.ERROR,
    file: SourceFile = FILE,
    excerpt: str | None = None,
) -> Diagnostic:
    from generator.records.diagnostics import Span

    return Diagnostic(
        rule="date-format",
        span=Span(file=file, line=line, column=column, end_column=end),
        message=message,
        fix="改成 2021-03-05",
        severity=severity,
        clause="五-3",
        excerpt=excerpt,
    )


def test_text_shows_the_line_with_a_caret_under_wide_characters() -> None:
    report = click.unstyle(
        render_text([diagnostic(), diagnostic(3, 7, 9, severity=Severity.WARNING)], "记录")
    )
    assert report == (
        "records/yi/2021/03/05-x/activity.md:2:7  错误  日期的写法不对\n"
        "  2 | date: 2021年3月5日\n"
        "    |       ^^^^^^^^^^^^\n"
        "  怎么改：改成 2021-03-05\n"
        "  依据：条款 五-3    规则 date-format\n"
        "\n"
        "records/yi/2021/03/05-x/activity.md:3:7  提醒  日期的写法不对\n"
        "  3 | lead: 园长\n"
        "    |       ^^^^\n"
        "  怎么改：改成 2021-03-05\n"
        "  依据：条款 五-3    规则 date-format\n"
        "\n"
        "已检查记录：1 个错误，1 个提醒。\n"
    )


def test_a_line_of_ten_thousand_characters_is_cut_around_the_caret() -> None:
    file = SourceFile(path="a.md", text="字" * 5000 + "错" + "字" * 5000)
    line, start, length = cut_excerpt(diagnostic(1, 5001, 5002, file=file))
    assert line == "…" + "字" * 24 + "错" + "字" * 23 + "…"
    assert (start, length) == (1 + 48, 2)


def test_phone_numbers_never_reach_a_report() -> None:
    file = SourceFile(path="a.md", text="联系电话 13812345678")
    for report in (
        render_text([diagnostic(1, 1, 5, file=file)], "记录"),
        render_markdown([diagnostic(1, 1, 5, file=file)], "记录"),
    ):
        assert "13812345678" not in report
        assert "███████████" in report


def test_an_excerpt_of_its_own_replaces_the_line() -> None:
    assert cut_excerpt(diagnostic(excerpt=""))[0] == ""
    assert cut_excerpt(diagnostic(excerpt="王██"))[0] == "王██"


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(render_json([diagnostic()])) == [
        {
            "path": "records/yi/2021/03/05-x/activity.md",
            "line": 2,
            "column": 7,
            "severity": "error",
            "rule": "date-format",
            "clause": "五-3",
            "message": "日期的写法不对",
            "fix": "改成 2021-03-05",
        }
    ]
    assert render_json([]) == "[]\n"


def test_messages_lead_to_the_rules_page_where_the_site_is_known() -> None:
    site, page = "https://example.org/a/", "https://example.org/a/rules/date-format/"
    one = [diagnostic()]
    assert f"\n  依据：条款 五-3    规则 date-format    {page}\n" in click.unstyle(
        render_text(one, "记录", site)
    )
    assert [row["page"] for row in json.loads(render_json(one, site))] == [page]
    assert f"%0A规则：date-format {page}\n" in render_annotations(one, "记录", site)
    assert f"（条款 五\\-3，规则 [date\\-format](<{page}>)）\n" in render_markdown(one, "记录", site)


def test_github_commands_are_escaped() -> None:
    hostile = "a%b\n::error::x\r,:\x1b[31m"
    file = SourceFile(path="records/a,b:c%.md", text="x")
    assert render_annotations([diagnostic(1, 1, 2, message=hostile, file=file)], "记录") == (
        "::error file=records/a%2Cb%3Ac%25.md,line=1,endLine=1,col=1,endColumn=2,title=错误（五-3）"
        "::a%25b ::error::x\N{REPLACEMENT CHARACTER},:\N{REPLACEMENT CHARACTER}[31m%0A怎么改：改成 2021-03-05%0A规则：date-format\n"
        "已检查记录：1 个错误，0 个提醒。\n"
    )


@pytest.mark.parametrize(("number", "shown"), [(10, 10), (11, 10), (40, 10)])
def test_github_shows_blockers_first_and_ten_at_most(number: int, shown: int) -> None:
    mixed = [diagnostic(severity=Severity.WARNING)] * 3 + [diagnostic(n + 1) for n in range(number)]
    lines = render_annotations(mixed, "记录").splitlines()
    kinds = [line.partition(" ")[0] for line in lines[:-1]]
    assert kinds == ["::error"] * shown + ["::warning"] * 3
    more = [line for line in lines if "title=更多错误" in line]
    assert more == (
        []
        if number == 10
        else [f"::error title=更多错误::还有 {number - 9} 个错误，见本次运行的摘要（Summary）"]
    )


def test_summary_holds_everything_and_escapes_markdown() -> None:
    hostile = "<img src=x onerror=alert(1)> @everyone [x](javascript:1) `code` | #1"
    summary = render_markdown(
        [diagnostic(severity=Severity.WARNING), diagnostic(3, 7, 9, message=hostile)], "记录"
    )
    assert summary == (
        "## ✕ 需要修改\n"
        "\n"
        "已检查记录：1 个错误，1 个提醒。\n"
        "\n"
        "### `records/yi/2021/03/05-x/activity.md`\n"
        "\n"
        "- **✕ 第 3 行** \\<img src=x onerror=alert\\(1\\)\\> \\@everyone \\[x\\]\\(javascript\\:1\\) \\`code\\` \\| \\#1  \n"
        "  怎么改：改成 2021\\-03\\-05（条款 五\\-3，规则 date\\-format）\n"
        "\n"
        "      lead: 园长\n"
        "            ^^^^\n"
        "\n"
        "- **! 第 2 行** 日期的写法不对  \n"
        "  怎么改：改成 2021\\-03\\-05（条款 五\\-3，规则 date\\-format）\n"
        "\n"
        "      date: 2021年3月5日\n"
        "            ^^^^^^^^^^^^\n"
        "\n"
        "\n"
    )


def test_a_summary_stays_under_the_forge_s_limit() -> None:
    files = [SourceFile(path=f"records/{n}/activity.md", text="字" * 90) for n in range(6000)]
    summary = render_markdown([diagnostic(1, 1, 2, file=file) for file in files], "记录")
    assert len(summary.encode()) < 1_000_000
    assert summary.endswith("个文件的问题放不下，请在本机运行 `pairing check`。\n")
