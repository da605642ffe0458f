"""Notes on an activity's page about its month's closing: lateness, amendments, takedowns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from generator.accounts.ledger import Status
from generator.accounts.months import find_deadline
from generator.archive.privacy import mask_private_words
from generator.plumbing.chinese_days import format_chinese_date
from generator.records.closings import Change, digest_text, matches_digest, was_only_hidden
from generator.site.pages.site import Site
from generator.site.pages.view import PublicActivity


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """An amendment of the record's closed month: when, what, why and by whom, as it is shown."""

    day: dt.date
    date: str
    what: str
    reason: str
    decided_by: str


def explain_lateness(site: Site, activity: PublicActivity) -> str:
    """Say why an activity does not count, and that it is kept all the same."""
    account = site.ledgers[activity.year]
    end = find_deadline(account.programme, activity.month)
    if activity.reported > end:
        why = f"材料在{activity.month_name}的期限之后上报"
    elif closed := site.corpus.find_settlement(activity.year).find_month(activity.month, site.today):
        why = f"{activity.month_name}已在{format_chinese_date(closed.closed)}结账，材料在那以后收到"
    else:
        why = "材料没有按时上报"
    return f"{why}，照样存档，不计入当月完成数。"


def explain_takedown(site: Site, activity: PublicActivity) -> str:
    """Say that something was taken down after the closing, without a word of what it was."""
    settlement, record = site.corpus.find_settlement(activity.year), activity.record
    seal = settlement.seals.get(activity.key)
    if (
        seal is None
        or digest_text(record) == seal.text
        or not matches_digest(record, seal.text, settlement.cores)
    ):
        return ""
    what = "有图片改为不公开" if was_only_hidden(record, seal.text) else "改过图片说明"
    return f"结账以后{what}，计入和结论不变。"


def list_amendments(site: Site, activity: PublicActivity) -> tuple[Amended, ...]:
    """Return what amendments did to an activity's record, in their order."""
    return tuple(_amendments(site, activity))


def _amendments(site: Site, activity: PublicActivity) -> Iterator[Amended]:
    names = activity.record.data.private
    for change in site.corpus.find_settlement(activity.year).changes.get(activity.key, ()):
        amendment = change.amendment
        yield Amended(
            day=amendment.amended,
            date=format_chinese_date(amendment.amended),
            what="，".join(_amended(change, activity)),
            reason=mask_private_words(amendment.reason, names),
            decided_by=mask_private_words(amendment.decided_by, names),
        )


def _amended(change: Change, activity: PublicActivity) -> Iterator[str]:
    record = change.record
    if record.change == "counted":
        yield "补计入完成数"
    if record.change == "moved":
        yield f"文件夹改名，原为 {record.record}"
    if record.change != "counted":
        if record.before != record.after:
            yield "更正文字"
        if record.photos:
            yield f"更正图片 {'、'.join(photo.file for photo in record.photos)}"
    for recount in change.amendment.schools:
        if recount.school == activity.school.id:
            before, after = (Status(word).label for word in (recount.status_before, recount.status))
            counts = f"计入项数由{recount.counted_before}改为{recount.counted}"
            yield f"{activity.month_name}{counts}" + (
                f"，由“{before}”改为“{after}”" if before != after else ""
            )
