"""The command ``pairing bulletin``: a month's bulletin as PDF, Word, plain text and Markdown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.options import OK, Month, as_of_option, read_archive, root_option

if TYPE_CHECKING:
    from generator.documents.bulletin.bulletin_content import Bulletin


@click.command(
    cls=Command,
    examples=(
        ("pairing bulletin 2020-05", "五月的简报，PDF、Word、纯文本和 Markdown 都要"),
        ("pairing bulletin 2020-05 --format docx --out 简报", "只要 Word 文件，放到文件夹“简报”里"),
        ("pairing bulletin 2020-05 --format text", "发到钉钉、微信群里的文字"),
    ),
)
@click.argument("month", type=Month(), metavar="月份")
@root_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "docx", "text", "markdown", "all"]),
    default="all",
    metavar="pdf|docx|text|markdown|all",
    help="文件的样子：pdf 打印，docx 可以用 Word、WPS 修改，text 发钉钉、微信；默认都要。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="文件放在哪里，没有就新建；默认是当前文件夹。同名的文件会更换。",
)
@as_of_option
def bulletin(root: Path, month: str, form: str, out: Path | None, as_of: dt.date | None) -> int:
    """写出一个月的简报：PDF、Word、纯文本、Markdown。

    内容与网站上的简报相同：各校（园）完成情况、活动、推荐的做法、督导、下月计划。期号、印发日期、标题和编者按写在 records/bureau/年度/bulletins/月份.md 里，发送范围和联系方式写在 programme.yml 的 imprint 里。
    """
    from generator.accounts.ledger import make_ledger
    from generator.documents.bulletin.compose_bulletin import compose_bulletin
    from generator.documents.bulletin.formats import FORMATS, write_documents
    from generator.documents.bulletin.illustrations import load_illustrations

    corpus = read_archive(root)
    year = int(month[:4])
    account = make_ledger(corpus, year, read_today(as_of))
    if account is None:
        raise click.UsageError(
            f"没有可用的方案数据 records/bureau/{year}/programme.yml；先运行 pairing check"
        )
    if month not in account.programme.months:
        months = "、".join(account.programme.months)
        raise click.UsageError(f"{month} 不是帮扶月；方案里的月份是 {months}")
    value = compose_bulletin(corpus, account, month)
    forms = tuple(each for each in FORMATS if form in (each, "all"))
    photos = load_illustrations(corpus, value, root) if {"pdf", "docx"} & {*forms} else {}
    written = write_documents(value, photos, forms, out or Path())
    if not value.issued:
        click.echo(
            click.style("提醒：", fg="yellow") + f"{value.month_name}还没有截止上报，这是尚未印发的样稿。",
            err=True,
        )
    if "pdf" in forms:
        _warn_of_missing_glyphs(value)
    for path in written:
        click.echo(f"已写出 {path}")
    return OK


def _warn_of_missing_glyphs(value: Bulletin) -> None:
    from generator.documents.bulletin.pdf import find_undrawable
    from generator.documents.bulletin.typesetting import format_code_point

    for sign in find_undrawable(value):
        click.echo(
            click.style("提醒：", fg="yellow")
            + f"PDF 的字库里没有“{sign}”（{format_code_point(sign)}），以“〓”代替并在文末注明；Word、纯文本和网页不受影响。",
            err=True,
        )
