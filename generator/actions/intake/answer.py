"""Write the one answer on an issue, in Chinese: what was received, what is missing, where the request is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.actions.comments.safe_markdown import write_code, write_prose
from generator.actions.receive.answers import list_open
from generator.actions.receive.children import CHILDREN
from generator.actions.receive.draft import FIELDS
from generator.actions.receive.leftovers import list_left
from generator.actions.receive.parts import Left
from generator.actions.receive.placement import Placement
from generator.actions.receive.take_in import Outcome
from generator.archive import Corpus
from generator.records import PARTS
from generator.records.diagnostics import Diagnostic, Severity

MARK = "<!-- pairing-intake:1 -->"
MARKER = re.compile(rf"{re.escape(MARK)}\s*\Z")
_MOST_BYTES = 60_000
_MOST_ITEMS = 40
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What was handed in for an issue: the request's number, what the check said, and whether a check starts by itself."""

    request: int
    problems: tuple[Diagnostic, ...]
    starts_check: bool


def answer_refusal(reason: str, advice: str) -> str:
    """Return the answer to an issue of which nothing is taken. Both texts are the program's, Markdown."""
    return f"## ！没有收下\n\n{reason}\n\n{advice}\n\n{MARK}\n"


def answer_outcome(corpus: Corpus, outcome: Outcome, foreign: Sequence[str], handed: Handed | None) -> str:
    """Return the answer to an issue whose content was read. ``handed``: None where there was nothing to hand in."""
    lines: list[str] = []
    count = len(outcome.placements)
    if handed:
        lines += [f"## 收到 {count} 份材料", "", f"已经提出合并请求 #{handed.request}，等教育局收下。", ""]
    elif outcome.already or outcome.differing:
        lines += ["## 已经在档案里", ""]
    else:
        lines += ["## ！还没有收下", "", "没有认出能成一份记录的内容。缺什么见下面。", ""]
    for placement in outcome.placements:
        lines += [*_describe(corpus, placement), ""]
    lines += [f"- 已经收过：与 {write_code(f'records/{each.key}/')} 一样" for each in outcome.already]
    for differing in outcome.differing:
        lines += [f"- 档案里已经有这份材料，没有写：{write_prose(differing.earlier.blocked)}"]
        lines += [f"  - {write_prose(_cut(change))}" for change in differing.earlier.changes]
    refused = [f"{write_prose(_cut(each.name))}：{write_prose(each.reason)}" for each in outcome.refused]
    refused += [
        f"{write_code(_cut(address))}：不是在这份表里上传的，没有去取；请把文件拖进表里"
        for address in foreign
    ]
    lines += _list("没有收的", refused)
    left = [f"{write_prose(_cut(each.text))}（{write_prose(each.why)}）" for each in _list_left(outcome)]
    lines += _list("没有放进记录的文字，请看要不要补", left)
    if handed:
        lines += _describe_check(handed)
    lines += [
        "",
        "要补、要改：点这份表右上角的 **⋯**、**Edit**（编辑），改好再存，请求会跟着更新，不用另交一份。"
        + ("请求里已经有人改过的，不再覆盖。" if handed else ""),
    ]
    return _fit("\n".join(lines))


def _describe(corpus: Corpus, placement: Placement) -> Iterator[str]:
    record, draft = placement.record, placement.draft
    title = record.data.title if record.knows("title") else ""
    name = write_prose(f"{corpus.name_school(record.school)} {_cut(title)}")
    yield f"### {name}"
    yield ""
    yield f"- 放在 {write_code(placement.path + '/')}，图片 {len(placement.photos)} 张"
    if placement.over is not None:
        yield f"- 档案里原来有这份材料（{write_code(placement.over.path + '/')}），合并以后换成这一份，不同之处："
        yield from (f"  - {write_prose(_cut(change))}" for change in placement.over.changes)
        if placement.over.gone:
            yield "  - 图片是要求撤下的，请告诉档案员用 `pairing photos withdraw` 撤：只换记录，仓库的历史里还有它"
    if placement.alike:
        yield f"- 与 {write_code(placement.alike + '/')} 同一天、同标题，请核对是不是同一份"
    missing = []
    if draft is not None:
        missing += [FIELDS[field] for field in list_open(draft)]
        missing += [part for part in PARTS if part not in draft.sections]
    if bare := sum(not photo.caption for photo in placement.photos):
        missing.append(f"{bare} 张图片的说明")
    if missing:
        yield f"- **还缺**：{'、'.join(missing)}"
    if draft is not None and (draft.guessed or draft.unsure):
        fields = [name for field, name in {**FIELDS, "图片": "图片说明"}.items() if field in draft.unsure]
        parts = [part for part in PARTS if part in draft.guessed]
        yield f"- 从正文或位置看出来的，请核对：{'、'.join([*fields, *parts])}"
    if draft is not None and draft.private:
        parts = [part for part in PARTS if part in draft.private]
        yield f"- **请核对**：{'、'.join(parts)}里{CHILDREN}，改成不指名的"
    for source, reason in placement.skipped:
        yield f"- {write_prose(_cut(source))}：{write_prose(reason)}"
    for source, fault in placement.faults:
        yield f"- **没有放** {write_prose(_cut(source))}：{write_prose(f'{fault.message}；{fault.fix}')}"


def _describe_check(handed: Handed) -> Iterator[str]:
    errors = [each for each in handed.problems if each.severity is Severity.ERROR]
    warnings = [each for each in handed.problems if each.severity is not Severity.ERROR]
    if not handed.problems:
        yield "**检查**：没有问题。"
    yield from _list("检查说，要改", [_describe_problem(each) for each in errors])
    yield from _list("提醒，可以不改", [_describe_problem(each) for each in warnings])
    if not handed.starts_check:
        yield ""
        yield (
            f"请教育局：请求 #{handed.request} 是工作流自己提出的，GitHub 不会自动检查它。"
            f"合并以前打开它，点 **Close pull request**，再点 **Reopen pull request**，检查就开始了。"
        )


def _describe_problem(problem: Diagnostic) -> str:
    place = f"{problem.span.file.path.rpartition('/')[2]} 第 {problem.span.line} 行"
    fix = f"；{problem.fix}" if problem.fix else ""
    return f"{write_prose(_cut(place))}：{write_prose(_cut(problem.message + fix))}"


def _list(heading: str, items: Sequence[str]) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield f"**{heading}**"
    yield ""
    yield from (f"- {item}" for item in items[:_MOST_ITEMS])
    if len(items) > _MOST_ITEMS:
        yield f"- 还有 {len(items) - _MOST_ITEMS} 处"


def _list_left(outcome: Outcome) -> Iterator[Left]:
    for placement in outcome.placements:
        if placement.draft is not None:
            yield from list_left(placement.draft)
    yield from outcome.left


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _fit(text: str) -> str:
    """Return an answer that a forge takes: whole lines, then the mark by which it is found again."""
    while len(text.encode("utf-8")) > _MOST_BYTES:
        text = text[: len(text) * 9 // 10].rpartition("\n")[0] + "\n\n（太长，没有写完）"
    return f"{text.rstrip()}\n\n{MARK}\n"
