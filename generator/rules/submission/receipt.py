"""The receipt of a submission: its records, what it does to each, and the accounts of their months."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from generator.accounts.ledger import Cell, Status, format_fraction
from generator.accounts.months import name_month
from generator.plumbing.chinese_days import format_chinese_day
from generator.records.diagnostics import Diagnostic, Severity, SourceFile

_UNDELETABLE = {"filings.yml", "closings", "amendments", "draws", "assessments"}
"""Files whose deletion is an error in :mod:`as_a_change`, so that no warning is needed."""


class Change(enum.StrEnum):
    """What a submission does to a record."""

    NEW = "new"
    CHANGED = "changed"
    MOVED = "moved"
    DELETED = "deleted"

    @property
    def label(self) -> str:
        """The Chinese name, as reports show it."""
        return {"new": "新交", "changed": "修改", "moved": "移动", "deleted": "删去"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One record: an activity, or another document with the year in ``month``.

    ``school`` is an id, "" for the bureau and where it is unknown; ``was`` the path of a moved record
    before; ``read`` says whether it lies where it is read.
    """

    path: str
    school: str
    month: str
    title: str
    change: Change
    kind: str = "活动"
    was: str = ""
    read: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything that a submission holds: records, the months that they belong to, and other files.

    ``names`` are the schools' Chinese names by id. ``behind`` counts the commits of the base branch that
    the submission lacks; the months include them. ``unread`` are files below ``records/`` that belong to no
    record: a Word file alone, a name that is refused.
    """

    records: tuple[Received, ...]
    months: tuple[Cell, ...]
    others: tuple[str, ...]
    names: dict[str, str]
    unread: tuple[str, ...] = ()
    behind: int = 0

    @property
    def empty(self) -> bool:
        """Say whether nothing at all was submitted."""
        return not self.records and not self.others and not self.unread

    @property
    def schools(self) -> tuple[str, ...]:
        """Ids of the schools that records are of, in order."""
        return tuple(dict.fromkeys(r.school for r in self.records if r.school))

    def list_warnings(self) -> Iterator[Diagnostic]:
        """Yield a warning for each merged record that is taken away."""
        for record in self.records:
            if record.change is Change.DELETED and _UNDELETABLE.isdisjoint(record.path.split("/")):
                whose = f"{self.names.get(record.school, '')}{_month(record.month)}"
                what = f"《{record.title}》" if record.kind == "活动" else record.kind
                owed = next(
                    (c for c in self.months if (c.school, c.month) == (record.school, record.month)), None
                )
                then = f"；合并以后{describe_month(owed)}" if owed else ""
                yield _diagnostic(
                    record.path,
                    f"这个请求删去了已经合并的材料：{whose}{what}",
                    f"不是有意删的，就恢复它；确要删去，请教育局合并以前看一眼{then}",
                    Severity.WARNING,
                )


def refuse_empty(receipt: Receipt) -> Iterator[Diagnostic]:
    """Yield an error for a submission without any change: a green check would mean that it had arrived."""
    if receipt.empty:
        yield _diagnostic(
            "records",
            "这个请求里没有任何改动，什么也没有收到",
            "材料可能存进了别的分支，或者已经在主分支里：到本园的页面上看一看，没有就再交一次",
            Severity.ERROR,
        )


def _diagnostic(path: str, message: str, fix: str, severity: Severity) -> Diagnostic:
    span = SourceFile(path=path).make_span()
    return Diagnostic(
        rule="unexpected-file", span=span, message=message, fix=fix, severity=severity, excerpt=""
    )


def describe_month(account: Cell, *, with_year: bool = False) -> str:
    """Return what a month counts and owes: ``五月 3/3 完成``, ``五月 2/3，还欠 1 项（5月30日截止）``."""
    year = f"{account.month[:4]}年" if with_year else ""
    name = f"{year}{name_month(account.month)}"
    if account.status is Status.OFF:
        return f"{name}不是本园的帮扶月，不计数" if account.activities else f"{name}不是帮扶月，不计数"
    fraction = format_fraction(account)
    closed = "（已结账）" if account.closed else ""
    if account.status is Status.EXCUSED:
        return f"{name}免报（{account.reason}），收到 {fraction}{closed}"
    if not account.owed:
        return f"{name} {fraction} 完成{closed}"
    end = format_chinese_day(account.deadline)
    until = closed or (f"（{end}截止）" if account.status is Status.OPEN else f"（{end}已截止）")
    verb = "欠" if account.closed else "还欠"
    return f"{name} {fraction}，{verb} {account.owed} 项{until}"


def _month(month: str) -> str:
    if len(month) == 7:
        return f"{month[:4]}年{name_month(month)}"
    return f"{month}年" if month else ""
