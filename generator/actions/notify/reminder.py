"""Compose the reminder before a month ends: what each school still owes and what to do (五-3, 五-4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from generator.accounts.expectations import list_expectation_states
from generator.accounts.ledger import Cell, Ledger
from generator.accounts.months import find_deadline, name_month
from generator.actions.notify.message import Message, cut_at_line_end
from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.documents.bulletin import compose_bulletin
from generator.plumbing.chinese_days import format_chinese_day

_DOCUMENTS = {"plan": "工作计划表", "roster": "师徒结对花名册", "agreement": "帮扶协议"}
_SITE, _WRITE = "完成情况和怎样上报", "用手机填报"
_Links = list[tuple[str, str]]
_LEFT_OUT = "（后面还有 {} 行，从略，见网页。）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A school and what it has not reported yet, in words."""

    school: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What is owed for a month on a day. `deadline` is the last day that counts as in time.

    moved: why that is another day than usual, or "".
    """

    month: str
    deadline: dt.date
    moved: str
    days: int
    debts: tuple[Debt, ...]
    schools: int
    office: str
    warning: str


def make_reminder(corpus: Corpus, account: Ledger, month: str) -> Reminder:
    """Return what the schools still owe for a month, as of the account's day."""
    programme, end = account.programme, find_deadline(account.programme, month)
    papers = _papers(corpus, account, month)
    debts = tuple(
        Debt(school=corpus.name_school(cell.school), words="；".join(words))
        for cell in account.find_month(month)
        if cell.counts and (words := [*_activities(cell), *papers.get(cell.school, ())])
    )
    return Reminder(
        month=month,
        deadline=end,
        moved=mask_private_words(moved.reason).rstrip("。")
        if (moved := programme.deadlines.get(month))
        else "",
        days=(end - account.today).days,
        debts=debts,
        schools=sum(cell.counts for cell in account.find_month(month)),
        office=programme.office,
        warning=compose_bulletin(corpus, account, month).deemed_words,
    )


def _activities(cell: Cell) -> Iterator[str]:
    if cell.owed:
        done = f"已报{cell.on_time}项，" if cell.on_time else "还没有上报，"
        yield f"活动应报{cell.quota}项，{done}还差{cell.owed}项"


def _papers(corpus: Corpus, account: Ledger, month: str) -> dict[str, list[str]]:
    """Return documents that are missing and due by the month's deadline."""
    end = find_deadline(account.programme, month)
    found: dict[str, list[str]] = {}
    for state in list_expectation_states(corpus, account.year, today=account.today):
        last = state.due - dt.timedelta(days=1)
        if state.expectation.kind == "document" and not state.met and last <= end:
            name = _DOCUMENTS.get(state.expectation.document or "", state.measure.name)
            when = (
                ""
                if last == end
                else f"，{format_chinese_day(last)}{'已经' if last < account.today else ''}到期"
            )
            period = f"{state.period_name}的" if state.expectation.every == "term" else ""
            found.setdefault(state.school, []).append(f"{period}{name}没有交{when}")
    return found


def make_reminder_message(value: Reminder, *, link: str, write_link: str = "") -> Message:
    """Return a reminder as a message.

    link: leads to the site, write_link to its page 填报; "" where the address is not known.
    """
    moved = f"（{value.moved}，改期）" if value.moved else ""
    title = (
        f"{name_month(value.month)}帮扶材料{format_chinese_day(value.deadline)}截止{moved}，{_left(value)}"
    )
    head = [title, f"{value.schools}所校（园）中，还有{len(value.debts)}所没有交齐："]
    debts = [f"{number}. {debt.school}：{debt.words}" for number, debt in enumerate(value.debts, 1)]
    foot = [
        f"怎么办：每项活动写一份记录（方案、措施、记录、总结、图片），{format_chinese_day(value.deadline)}（含）前报{value.office}。已经报了的，请不必理会。",
        *([value.warning] if value.warning else []),
    ]
    links = [(words, address) for words, address in ((_WRITE, write_link), (_SITE, link)) if address]
    plain_links = [f"{words}：{address}" for words, address in links]

    def plain(limit: int | None) -> str:
        return cut_at_line_end([*head, *debts], limit, foot=[*foot, *plain_links], left_out=_LEFT_OUT)

    return Message(
        what="reminder",
        month=value.month,
        title=title,
        link=link,
        plain=plain,
        markdown=partial(_markdown, head, debts, foot, links),
        html=lambda: _html(head, debts, foot, links),
    )


def _left(value: Reminder) -> str:
    return f"还有{value.days}天" if value.days else "今天是最后一天"


def _markdown(head: list[str], debts: list[str], foot: list[str], links: _Links, limit: int | None) -> str:
    title, state = (_escaped(line) for line in head)
    lines = [f"### {title}", "", state, "", *map(_escaped, debts)]
    linked = [f"[{words}]({address})" for words, address in links]
    below = [text for line in (*map(_escaped, foot), *linked) for text in ("", line)]
    return cut_at_line_end(lines, limit, foot=below, left_out=f"\n{_LEFT_OUT}")


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|~#" else sign for sign in text)


def _html(head: list[str], debts: list[str], foot: list[str], links: _Links) -> str:
    title, state = head
    items = "\n".join(f"<li>{escape(debt.partition('. ')[2])}</li>" for debt in debts)
    rest = "\n".join(f"<p>{escape(line)}</p>" for line in foot)
    more = "".join(f'\n<p><a href="{escape(address)}">{words}</a></p>' for words, address in links)
    return f"<h1>{escape(title)}</h1>\n<p>{escape(state)}</p>\n<ol>\n{items}\n</ol>\n{rest}{more}\n"
