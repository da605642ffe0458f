"""Compose the comment on a request, in Chinese and for a teacher, with the report for programs at its end.

A comment holds 65,536 characters on GitHub, and no picture without an address of its own: what is to be changed comes
first, the rest is counted; photos are shown by the preview that the comment links to.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.actions.comments.check_report import Report, ReportedPhoto, ReportedProblem
from generator.actions.comments.safe_markdown import write_block, write_code, write_prose
from generator.rules import BY_SLUG

MOST_CHARACTERS = 65_000
"""As UTF-16 counts them; GitHub takes 65,536."""
_MOST_MARKER = 20_000
_MOST_ITEMS = 30
MARKER = re.compile(r"<!-- pairing-check:1 ([A-Za-z0-9+/=]+) -->\s*\Z")
"""What ends the comment: base64 of UTF-8 JSON ``{head, verdict, problems, receipt}``, for the page 填报."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of the check beside its report; no text of the request.

    head: the commit that was checked.   passed: whether the check ended green.
    laid_out: whether git could lay out the request's files to be checked.
    summary, preview: addresses of the run and of the preview's artifact, "" where there is none.
    site: address of the site with a final slash, "" where it is not known.
    """

    head: str
    passed: bool
    laid_out: bool = True
    summary: str = ""
    preview: str = ""
    site: str = ""


def compose_comment(report: Report | None, about: Circumstances) -> str:
    """Return the whole comment; ``report`` is None where the check left none that can be read."""
    red = not about.passed or report is None or report.verdict == "red"
    marker = _mark(report, about, red=red)
    parts = list(_parts(report, about, red=red))
    body, room = "", MOST_CHARACTERS - _count(marker) - 200
    for number, part in enumerate(parts):
        if _count(body) + _count(part) > room:
            body += f"……还有 {len(parts) - number} 段放不下，{_link('全部结果', about.summary)}\n\n"
            break
        body += f"{part}\n\n"
    return f"{body}{marker}\n"


def _parts(report: Report | None, about: Circumstances, *, red: bool) -> Iterator[str]:
    if report is None or report.refused or not about.laid_out:
        yield "## ✕ 检查没有做完"
        if not about.laid_out:
            yield (
                "git 放不下请求里的文件，多半是文件名有问题：太长，有系统不收的名称（如 `.git`），"
                "或者只有大小写不同。这样的文件请改名或删去；改好以后存进同一个分支，检查会自动再做一次。"
                f"git 的原话在{_link('运行记录', about.summary)}里，看不明白请找教育局。"
            )
        elif report is None:
            yield f"没有得到检查报告，请教育局看{_link('运行记录', about.summary)}。"
        else:
            yield f"这个请求检查不了：{write_prose(report.refused)}"
            yield "照上面说的改好以后存进同一个分支，检查会自动再做一次，这条留言也会更新。看不明白请找教育局。"
        return
    errors = [p for p in report.problems if p.severity == "error"]
    warnings = [p for p in report.problems if p.severity == "warning"]
    if not red:
        yield "## ✓ 检查通过，等教育局收下"
    elif errors:
        yield f"## ✕ 有 {len(errors) + report.left_out} 处要改"
        yield "改好以后存进同一个分支，检查会自动再做一次，这条留言也会更新。不用另建请求。"
    else:
        yield f"## ✕ 检查没有通过，请看{_link('运行记录', about.summary)}"
    yield _describe_receipt(report)
    yield from _list_problems("### 要改的", errors, about.site)
    if report.left_out:
        yield f"……另有 {report.left_out} 处没有列出。"
    if fine := _list_fine(report):
        yield "### 没有问题的\n\n" + fine
    yield from _describe_months(report)
    yield from _describe_photos(report.photos, about)
    yield from _list_problems("### 提醒（不改也能收下）", warnings, about.site)
    if report.notes:
        yield "\n".join(f"- {write_prose(note)}" for note in report.notes)


def _describe_receipt(report: Report) -> str:
    records = report.receipt.records
    if not records:
        head = "**没有收到材料。**"
    else:
        head = f"**收到 {len(records)} 份材料：**\n\n" + _list(
            record.said or record.path for record in records
        )
    for what, paths in (
        ("读不到、不算收到的文件", report.receipt.unread),
        ("材料以外的文件", report.receipt.others),
    ):
        if paths:
            head += f"\n\n{what} {len(paths)} 个：\n\n" + _list(paths)
    return head


def _list(lines: Sequence[str] | Iterator[str]) -> str:
    shown = [f"- {write_prose(line)}" for line in lines]
    more = [f"- ……其余 {len(shown) - _MOST_ITEMS} 个"] if len(shown) > _MOST_ITEMS else []
    return "\n".join(shown[:_MOST_ITEMS] + more)


def _list_problems(title: str, problems: Sequence[ReportedProblem], site: str) -> Iterator[str]:
    for number, problem in enumerate(problems, 1):
        head = f"{title}\n\n" if number == 1 else ""
        yield head + _describe_problem(number, problem, site)


def _describe_problem(number: int, problem: ReportedProblem, site: str) -> str:
    clause = f"，条款{write_prose(problem.clause)}" if problem.clause else ""
    lines = [
        f"**{number}. {write_code(problem.path)} 第 {problem.line} 行**：{write_prose(problem.message)}",
        f"怎么改：{write_prose(problem.fix)}（{_name_rule(problem.rule, site)}{clause}）",
    ]
    if problem.excerpt:
        lines += ["现在是：", write_block(problem.excerpt)]
    if problem.replacement:
        lines += [
            "换成这一行（可以整行复制）：" if problem.excerpt else "要加的一行：",
            write_block(problem.replacement),
        ]
    return "\n\n".join(lines)


def _name_rule(rule: str, site: str) -> str:
    # A rule that is none of ours has no page: what the report says is not made into an address.
    return f"[规则 {rule}]({site}rules/{rule}/)" if site and rule in BY_SLUG else f"规则 {write_code(rule)}"


def _list_fine(report: Report) -> str:
    wrong = {p.path.rpartition("/")[0] for p in report.problems if p.severity == "error"}
    wrong |= {p.path for p in report.problems if p.severity == "error"}
    fine = [
        r.said or r.path
        for r in report.receipt.records
        if r.read and r.path not in wrong and r.path.rpartition("/")[0] not in wrong
    ]
    return _list(fine) if fine and report.verdict == "red" else ""


def _describe_months(report: Report) -> Iterator[str]:
    if report.receipt.months:
        yield "### 合并以后，各月完成几项\n\n" + _list([m.said or m.month for m in report.receipt.months])


def _describe_photos(photos: Sequence[ReportedPhoto], about: Circumstances) -> Iterator[str]:
    if photos:
        kept = [photo for photo in photos if photo.kept_back]
        shown = [photo for photo in photos if not photo.kept_back]
        text = f"### 图片\n\n会公开的 {len(shown)} 张，不公开的 {len(kept)} 张。"
        names = [f"{photo.path.rpartition('/')[2]} {photo.caption}" for photo in shown]
        reasons = [f"{photo.path.rpartition('/')[2]} 不公开：{photo.kept_back}" for photo in kept]
        lists = [_list(lines) for lines in (names, reasons) if lines]
        text += "\n\n" + "\n".join(lists)  # one list: Markdown makes one of two anyhow, with gaps
        yield text
    if about.preview:
        link = _link("下载预览", about.preview)
        yield f"合并以后网页是什么样子：{link}，解压后打开 `index.html`。图片就是要公开的样子，已经缩小、去掉了拍摄地点。"


def _link(text: str, address: str) -> str:
    """Return a link to an address that the forge gave; the text alone for any other."""
    return f"[{text}]({address})" if re.fullmatch(r"https?://[A-Za-z0-9._:/?=&%-]+", address) else text


def _mark(report: Report | None, about: Circumstances, *, red: bool) -> str:
    """Return the marker with as many problems as fit, errors first."""
    value: dict[str, Any] = {
        "head": about.head,
        "verdict": "red" if red else "green",
        "problems": [],
        "receipt": {},
    }
    if report:
        found = sorted(report.problems, key=lambda p: p.severity != "error")
        problems = [p.model_dump(exclude={"excerpt", "replacement"}) for p in found]
        if about.site:
            problems = [p | {"page": f"{about.site}rules/{p['rule']}/"} for p in problems]
        receipt = report.receipt.model_dump()
        for key in ("records", "months", "others", "unread", "schools"):
            receipt[key] = receipt[key][:_MOST_ITEMS]
        for name in ("records", "months"):
            for each in receipt[name]:
                each.pop("said")
        value |= {"problems": problems, "receipt": receipt, "left_out": report.left_out}
    while len(text := _encode(value)) > _MOST_MARKER:
        if value["problems"]:
            fewer = len(value["problems"]) // 2
            value["left_out"] += len(value["problems"]) - fewer
            value["problems"] = value["problems"][:fewer]
        else:
            value["receipt"] = {}
    return f"<!-- pairing-check:1 {text} -->"


def _encode(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")


def _count(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
