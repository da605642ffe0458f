"""The command ``pairing bulletin``: a month's bulletin as files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from generator.accounts.ledger import ledger
from generator.cli.options import OK, PROBLEMS, Clock, read_archive
from generator.documents.bulletin.compose import bulletin
from generator.documents.bulletin.documents import FORMATS, Format, write
from generator.documents.bulletin.photos import photos_of
from generator.documents.bulletin.value import Bulletin


def run(
    root: Path, month: str, form: Format | None, out: Path | None, as_of: dt.date | None, clock: Clock
) -> int:
    """Write a bulletin's files and say where they are. Raises a usage error for a month without a bulletin."""
    corpus = read_archive(root)
    year = int(month[:4])
    account = ledger(corpus, year, clock(as_of))
    if account is None:
        raise click.UsageError(
            f"没有可用的方案数据 records/bureau/{year}/programme.yml；先运行 pairing check"
        )
    if month not in account.programme.months:
        months = "、".join(account.programme.months)
        raise click.UsageError(f"{month} 不是帮扶月；方案里的月份是 {months}")
    value = bulletin(corpus, account, month)
    forms = (form,) if form else FORMATS
    drawn = [each for each in forms if each in ("pdf", "docx")]
    try:
        photos = photos_of(corpus, value, root) if drawn else {}
        written = write(value, photos, forms, out or Path())
    except OSError as error:
        click.echo(
            click.style("没有写成：", fg="red")
            + f"{error.strerror}（{error.filename}）；换一个文件夹：--out",
            err=True,
        )
        return PROBLEMS
    if not value.issued:
        click.echo(
            click.style("提醒：", fg="yellow") + f"{value.month_name}还没有截止上报，这是尚未印发的样稿。",
            err=True,
        )
    if "pdf" in forms:
        _say_missing(value)
    for path in written:
        click.echo(f"已写出 {path}")
    return OK


def _say_missing(value: Bulletin) -> None:
    from generator.documents.bulletin.glyphs import code
    from generator.documents.bulletin.pdf import undrawable

    for sign in undrawable(value):
        click.echo(
            click.style("提醒：", fg="yellow")
            + f"PDF 的字库里没有“{sign}”（{code(sign)}），以“〓”代替并在文末注明；Word、纯文本和网页不受影响。",
            err=True,
        )
