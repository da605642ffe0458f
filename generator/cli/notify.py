"""The commands ``pairing notify`` and ``pairing remind``: send a bulletin, or what is still owed."""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from generator.cli.clock import read_now, read_today
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, Month, as_of_option, read_archive, root_option

if TYPE_CHECKING:
    from generator.accounts.ledger import Ledger
    from generator.actions.notify.message import Message
    from generator.actions.notify.sending import To
    from generator.archive import Corpus

_CHANNELS = ("dingtalk", "wecom", "smtp")
_FRESH = 7
_Function = TypeVar("_Function", bound=Callable[..., Any])


def _add_shared_options(function: _Function) -> _Function:
    """Add the options that both commands take, in this order."""
    for option in (
        as_of_option,
        click.option("--again", is_flag=True, help="已经发过、或不知收到没有的，也再发一次。"),
        click.option("--dry-run", is_flag=True, help="只显示要发的内容，不发送。"),
        click.option(
            "--state",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="文件",
            help="发送登记放在哪里；默认 records/bureau/年度/sent.yml，那里登记过的总是不再发。",
        ),
        click.option("--link", metavar="网址", help="消息里的链接；默认由环境变量 PAIRING_SITE_URL 得出。"),
        click.option(
            "--to",
            "channels",
            type=click.Choice(_CHANNELS),
            multiple=True,
            required=True,
            envvar="PAIRING_NOTIFY_TO",
            metavar="|".join(_CHANNELS),
            help="发到哪里：钉钉群、企业微信群、邮件；可以写几次。",
        ),
        root_option,
    ):
        function = option(function)
    return function


@click.command(
    cls=Command,
    examples=(
        ("pairing notify 2020-05 --to dingtalk --dry-run", "看一看要发到钉钉群的内容，不发送"),
        ("pairing notify 2020-05 --to dingtalk --to smtp", "把五月的简报发到钉钉群，再发邮件"),
        ("pairing notify --to wecom", "发刚刚结账的那个月；最近 7 天没有结账，就什么也不发"),
        ("pairing notify 2020-05 --to wecom --again", "已经发过，确实要再发一次"),
    ),
)
@_add_shared_options
@click.argument("month", type=Month(), required=False, metavar="[月份]")
def notify(month: str | None, link: str | None, as_of: dt.date | None, **options: Any) -> int:
    """把一个月的简报发到钉钉群、企业微信群或邮箱，附上网页的链接。

    发过的记在发送登记里，不会再发第二次。发出以后没有等到答复的，也不自动再发。

    地址和口令只从环境变量读，写在使用指南“命令一览”里；不要写在命令里。
    """
    from generator.actions.notify.bulletin_message import make_bulletin_message
    from generator.documents.bulletin import compose_bulletin
    from generator.documents.bulletin.phrases import is_past_deadline

    address = _check_link(link)
    day, corpus = read_today(as_of), read_archive(options["root"])
    month = month or _find_newly_closed(corpus, day)
    if month is None:
        click.echo(f"最近 {_FRESH} 天没有结账的月份，不发送。要发别的月份，写出来，如 pairing notify 2020-05")
        return OK
    account = _require_ledger(corpus, month, day)
    value = compose_bulletin(corpus, account, month)
    if not is_past_deadline(value) and not options["dry_run"]:
        click.echo(
            f"{value.month_name}的材料 {value.deadline} 截止，简报还没有定，不发送；催报用 pairing remind {month}",
            err=True,
        )
        return PROBLEMS
    link = address or _find_page_address(f"bulletins/{month}/")
    message = make_bulletin_message(corpus, value, options["root"], link=link)
    return _send(message, corpus, account, **options)


@click.command(
    cls=Command,
    examples=(
        ("pairing remind --to dingtalk --dry-run", "看一看这个月还有谁没有交，不发送"),
        ("pairing remind 2020-05 --to dingtalk", "发到钉钉群"),
        (
            "pairing remind --to dingtalk --days-before 7 --days-before 3 --days-before 1",
            "截止前 7、3、1 天才发，别的日子什么也不做（用于每天自动运行）",
        ),
    ),
)
@_add_shared_options
@click.option(
    "--days-before",
    type=click.IntRange(0, 31),
    multiple=True,
    metavar="天数",
    help="只在截止前这么多天的那一天发送；可以写几次。",
)
@click.argument("month", type=Month(), required=False, metavar="[月份]")
def remind(
    month: str | None,
    link: str | None,
    as_of: dt.date | None,
    days_before: tuple[int, ...],
    **options: Any,
) -> int:
    """截止之前提醒：列出每个校（园）这个月还欠什么、该怎么办。

    没有欠的就说没有，什么也不发。同一天不会发两次。不写月份，就是下一个要截止的月份。
    """
    from generator.accounts.months import find_deadline
    from generator.actions.notify.reminder import make_reminder, make_reminder_message

    address = _check_link(link)
    day, corpus = read_today(as_of), read_archive(options["root"])
    month = month or _find_next_due(corpus, day)
    if month is None:
        click.echo("没有要截止的月份，不发送。")
        return OK
    account = _require_ledger(corpus, month, day)
    end = find_deadline(account.programme, month)
    left = (end - day).days
    if left < 0:
        click.echo(f"{month} 已于 {end} 截止，不再提醒；看谁欠什么：pairing status --month {month}")
        return OK
    if days_before and left not in days_before:
        click.echo(f"{month} 的材料 {end} 截止，还有 {left} 天，今天不是提醒的日子，不发送。")
        return OK
    value = make_reminder(corpus, account, month)
    if not value.debts:
        click.echo(f"{month} 各校（园）都已交齐，没有欠的，不发送。")
        return OK
    message = make_reminder_message(
        value, link=address or _find_page_address(""), write_link=_find_page_address("write/")
    )
    return _send(message, corpus, account, **options)


def _check_link(link: str | None) -> str:
    if link and not re.fullmatch(r"https?://[^\s<>\"()\\]{1,500}", link):
        raise click.UsageError("--link 应当是一个网址，以 https:// 开头")
    return link or ""


def _find_page_address(path: str) -> str:
    site = _check_link(os.environ.get("PAIRING_SITE_URL", "").strip())
    return f"{site.rstrip('/')}/{path}" if site else ""


def _require_ledger(corpus: Corpus, month: str, day: dt.date) -> Ledger:
    from generator.accounts.ledger import make_ledger

    for year in corpus.years:
        account = make_ledger(corpus, year, day)
        if account and month in account.programme.months:
            return account
    raise click.UsageError(f"{month} 不是帮扶月")


def _find_newly_closed(corpus: Corpus, day: dt.date) -> str | None:
    """Return the month that was closed last, unless that was a week ago: then it must be typed."""
    found = [
        (record.data.closed, month)
        for year in corpus.years
        for month, record in corpus.bureau[year].closings.items()
        if record.complete and 0 <= (day - record.data.closed).days < _FRESH
    ]
    return max(found)[1] if found else None


def _find_next_due(corpus: Corpus, day: dt.date) -> str | None:
    from generator.accounts.months import find_deadline

    months = [
        (find_deadline(programme, month), month)
        for year in corpus.years
        if (programme := corpus.find_programme(year))
        for month in programme.months
        if find_deadline(programme, month) >= day and programme.list_members(month)
    ]
    return min(months)[1] if months else None


def _send(
    message: Message,
    corpus: Corpus,
    account: Ledger,
    *,
    root: Path,
    channels: tuple[To, ...],
    state: Path | None,
    dry_run: bool,
    again: bool,
) -> int:
    from generator.actions.notify.message import mark_as_sample
    from generator.actions.notify.sending import Sending, send_to_all

    if corpus.has_sample:
        message = mark_as_sample(message)
    sending = Sending(
        root=root,
        corpus=corpus,
        year=account.year,
        day=account.today,
        environment=os.environ,
        now=read_now,
        sleep=time.sleep,
        report=click.echo,
        state=state,
        again=again,
    )
    if dry_run:
        for to in dict.fromkeys(channels):
            for line in sending.preview_message(message, to):
                click.echo(line)
        click.echo("以上只是试运行，什么都没有发送。")
        return OK
    return OK if send_to_all(sending, message, channels) else PROBLEMS
