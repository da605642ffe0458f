"""Write a plan that came in Word as the Markdown that the archive keeps: `content/plan/<year>.md`.

Every line stays, with the numbers that Word shows. Three attachments become data of the programme, whose tables the
page prints itself: the leading group, the pairings, the plan table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.archive.plan_text import ARTICLE, ATTACHMENT, CHAPTER, DECIMAL, SECTION, SUBSECTION
from generator.documents.reports.report_content import Block, Line, Table

_TITLE_END = re.compile(r"(?:方案|计划|办法|意见)(?:[（(][^（）()]{1,8}[)）])?$")
_MOST_IN_TITLE = 60
_ENDS = re.compile(r"(?:方案|计划|办法|意见|通知|局|号|日)$|[。：:，]$")
_LINES_OF_TITLE = 40
_COUNTY = re.compile(r"^(.{1,11}?(?:县|市|区|旗|州))")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MARKERS = (
    (re.compile(r"领导小组"), "leading-group"),
    (re.compile(r"安排表|结对(?:名单|安排|一览)|分组表|对子"), "pairings"),
    (re.compile(r"计划表|任务表"), "plan-table"),
)
_BARE_ATTACHMENT = re.compile(r"附件\s*(\d{1,2}|)\s*[：:]?")
_ATTACHED = re.compile(r"附件\s*(\d{1,2})")
_INDEX = re.compile(r"附件\s*[：:]\s*(?:(?=1[.．、])|$)")
_ENTRY = re.compile(r"\d{1,2}[.．、]")
_ROLE = re.compile(r"(?:组\s*长|副\s*组\s*长|成\s*员)\s*[：:]?")
_PERSON = re.compile(r"[\u4e00-\u9fff·]\s?[\u4e00-\u9fff·]{1,3} \S")
_CHINESE_SPACE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \u3000]+(?=[\u3000-\u9fff\uff00-\uffef])")
_ESCAPED = re.compile(r"([\\`*_<>#|])")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownPlan:
    """A plan's Markdown; ``county`` is "" and ``year`` None where its first lines do not say them."""

    title: str
    county: str
    year: int | None
    text: str


def write_markdown_plan(blocks: Sequence[Block]) -> MarkdownPlan:
    """Return the Markdown of a plan's lines and tables."""
    lines = [*_list_lines(blocks)]
    first, last, title = _find_title([line for line in lines if isinstance(line, str)])
    county = _COUNTY.match(title)
    year = _YEAR.search(title) or _YEAR.search(
        " ".join(line for line in lines[:_LINES_OF_TITLE] if isinstance(line, str))
    )
    written = [f"# {_escape(title)}", *_write_body(lines, first, last)]
    return MarkdownPlan(
        title=title,
        county=county[1] if county else "",
        year=int(year[1]) if year else None,
        text="\n\n".join(written) + "\n",
    )


def _list_lines(blocks: Sequence[Block]) -> Iterator[str | Table]:
    """Yield the lines, and the tables in their places; pictures say nothing here."""
    for block in blocks:
        if isinstance(block, Line):
            yield _tidy(block.text)
        elif isinstance(block, Table):
            yield block


def _tidy(text: str) -> str:
    return _CHINESE_SPACE.sub(" ", " ".join(text.split()))


def _find_title(lines: Sequence[str]) -> tuple[int, int, str]:
    """Return the title, and where its lines begin and end.

    It is the last line before any clause that ends as a plan's title does: a notice that the plan is sent with, its
    number and its address may stand before it.
    """
    head = lines[:_LINES_OF_TITLE]
    head = head[: next((n for n, line in enumerate(head) if _begins_clauses(line)), len(head))]
    for last in range(len(head) - 1, -1, -1):
        if len(head[last]) <= _MOST_IN_TITLE and _TITLE_END.search(head[last]):
            # A long title stands on two lines: 高台县2020年 / 幼儿园结对帮扶工作实施方案.
            first = last - 1 if last and _is_half_a_title(head[last - 1]) else last
            return first, last + 1, "".join(head[first : last + 1]).replace(" ", "")
    return (0, 1, head[0].replace(" ", "")) if head else (0, 0, "实施方案")


def _begins_clauses(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (SECTION, CHAPTER, ARTICLE, DECIMAL))


def _is_half_a_title(line: str) -> bool:
    begins = _COUNTY.match(line) is not None or _YEAR.search(line) is not None
    return begins and len(line) <= _MOST_IN_TITLE and _ENDS.search(line) is None


def _write_body(lines: Sequence[str | Table], first: int, last: int) -> Iterator[str]:
    texts = [line for line in lines if isinstance(line, str)]
    marker = ""
    index: list[str] = []  # the list of attachments at the plan's end
    waiting = ""  # 附件1 alone on its line, whose title follows
    at = -1
    article = False  # what is numbered below an article stays its words
    decimals = not any(SECTION.fullmatch(t) or ARTICLE.fullmatch(t) for t in texts)
    for line in lines:
        if isinstance(line, Table):
            if not marker:
                yield from _write_table(line)
            continue
        at += 1
        if first <= at < last:
            continue
        following = texts[at + 1] if at + 1 < len(texts) else ""
        if index and _ENTRY.match(line):
            index.append(_escape(line))
            continue
        if index:
            yield "\\\n".join(index)
            index = []
        if (_INDEX.match(line) and not _ATTACHED.match(line)) or (
            _ATTACHED.match(line) and _comes_again(line, texts[at + 1 :])
        ):
            index = [_escape(line)]
            if _INDEX.fullmatch(line) and _ENTRY.match(following):
                index = [_escape(line + following)]
                texts[at + 1] = ""
            continue
        if not line:
            continue
        if waiting:
            heading, waiting = f"{waiting}：{line}", ""
        elif bare := _BARE_ATTACHMENT.fullmatch(line):
            waiting = f"附件{bare[1]}"
            continue
        else:
            heading = line
        if match := ATTACHMENT.fullmatch(heading):
            marker = next((name for sign, name in _MARKERS if sign.search(match["words"])), "")
            yield f"## {_escape(heading)}"
            if marker:
                yield f"<!-- attachment: {marker} -->"
        elif SECTION.fullmatch(line) or CHAPTER.fullmatch(line):
            marker, article = "", False
            yield from _write_heading("##", line)
        elif not marker and ARTICLE.fullmatch(line):
            article = True
            yield _escape(line)
        elif decimals and not marker and (match := DECIMAL.fullmatch(line)):
            level = len(re.split("[.．]", match["number"]))
            yield from _write_heading("#" * (level + 1), line) if level < 3 else [_escape(line)]
        elif not article and SUBSECTION.fullmatch(line):
            yield from _write_heading("###", line)
        elif not (marker in ("leading-group", "pairings", "plan-table") and _is_data(line, marker)):
            yield _escape(line)
    if index:
        yield "\\\n".join(index)
    if waiting:
        yield _escape(waiting)


def _comes_again(line: str, following: Sequence[str]) -> bool:
    """Say whether an attachment's line is one of the list at the plan's end: its heading stands further down."""
    found = _ATTACHED.match(line)
    return found is not None and any(
        (other := _ATTACHED.match(each)) is not None and other[1] == found[1] for each in following
    )


def _write_heading(marks: str, line: str) -> Iterator[str]:
    """Yield a numbered line as a heading; of a whole paragraph the first sentence, or what stands before a comma."""
    for stop in ("。", "；", "，", "："):
        head, sign, rest = line.partition(stop)
        if rest and len(head) <= _MOST_IN_TITLE:
            yield f"{marks} {_escape(head + sign)}"
            yield _escape(rest)
            return
        if not rest and len(line) <= _MOST_IN_TITLE:
            break
    yield f"{marks} {_escape(line)}"


def _is_data(line: str, marker: str) -> bool:
    """Say whether a line of an attachment is the programme's data: persons, schools, or the cells of a form."""
    if "。" in line or line.startswith(("备注", "注：", "说明")):
        return False
    if marker == "leading-group":
        return _ROLE.match(line) is not None or _PERSON.match(line) is not None
    return len(line) <= _MOST_IN_TITLE


def _write_table(table: Table) -> Iterator[str]:
    """Yield a table's rows as paragraphs: the plan's page has no tables but those of data."""
    for row in table.rows:
        words = [" ".join(box.text.split()) for box in row if box.text.strip()]
        if words:
            yield _escape("　".join(words))


def _escape(text: str) -> str:
    return _ESCAPED.sub(r"\\\1", text)
