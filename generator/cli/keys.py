"""The command ``pairing keys``: each school's link to 填报, on a terminal or as a sheet of QR codes to cut."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.options import OK, PROBLEMS, as_of_option, read_archive, root_option
from generator.plumbing import atomic
from generator.plumbing.chinese_days import format_chinese_day

if TYPE_CHECKING:
    from generator.archive import Corpus
    from generator.cli.key_file import SchoolKey
    from generator.documents.key_sheet import Strip

_SOON = 30
_SITE = re.compile(r"https?://[^\s<>\"()\\?#]{1,300}")


@click.command(
    cls=Command,
    examples=(
        ("pairing keys", "各园的填报链接，不带钥匙"),
        ("pairing keys 园代号 --qr", "一个园的，在屏幕上画出二维码"),
        ("pairing keys --keys ~/钥匙.csv --out ~/二维码.pdf", "带钥匙，每园一条，打印出来裁开发给各园"),
    ),
)
@root_option
@click.option("--site", metavar="网址", help="网站的网址；默认是环境变量 PAIRING_SITE_URL。")
@click.option(
    "--keys",
    "key_file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="文件",
    help="各园的钥匙：CSV（代号、钥匙、到期三栏）或 YAML；要放在仓库外面。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写成可打印的一张张二维码：.pdf 或 .html。",
)
@click.option("--qr", is_flag=True, help="在屏幕上画出二维码。")
@as_of_option
@click.argument("schools", nargs=-1, metavar="[代号]...")
def keys(
    root: Path,
    site: str | None,
    key_file: Path | None,
    out: Path | None,
    qr: bool,
    as_of: dt.date | None,
    schools: tuple[str, ...],
) -> int:
    """给出各校（园）的填报链接和二维码，可以打印了发给各园。

    有钥匙的放在链接里，老师扫一扫就能用。

    钥匙在链接的 # 后面，浏览器不会把它发给任何网站。怎样做钥匙、到期和收回，见使用指南“钥匙”。
    """
    from generator.cli.key_file import KeyFileError, list_expiring, read_keys, require_private

    page = _find_page(site)
    day, corpus = read_today(as_of), read_archive(root)
    names = _name_schools(corpus)
    if unknown := [school for school in schools if school not in names]:
        raise click.UsageError(f"没有代号是“{unknown[0]}”的校（园）；代号见使用指南“怎样写记录”")
    wanted = schools or tuple(names)
    try:
        given = read_keys(key_file, names) if key_file else {}
        if out and given:
            require_private(out)
    except KeyFileError as error:
        raise click.UsageError(str(error)) from None
    strips = [_make_strip(school, names[school], page, given.get(school)) for school in wanted]
    if out:
        _write_sheet(out, strips)
    else:
        _list_links(strips, with_keys=bool(given), qr=qr)
    return _remind(given, list_expiring(given, wanted, day=day, within=_SOON), names, day)


def _find_page(site: str | None) -> str:
    found = (site or os.environ.get("PAIRING_SITE_URL", "")).strip()
    if not found:
        raise click.UsageError("不知道网站的网址；加 --site https://…，或设环境变量 PAIRING_SITE_URL")
    if not _SITE.fullmatch(found):
        raise click.UsageError("--site 应当是一个网址，以 https:// 开头")
    return f"{found.rstrip('/')}/write/"


def _name_schools(corpus: Corpus) -> dict[str, str]:
    for year in reversed(corpus.years):
        if programme := corpus.find_programme(year):
            return {school: corpus.name_school(school) for school in programme.school_ids}
    raise click.UsageError("档案里还没有帮扶工作实施方案，不知道有哪些校（园）")


def _make_strip(school: str, name: str, page: str, key: SchoolKey | None) -> Strip:
    from generator.documents.key_sheet import Strip

    bare = f"{page}#school={quote(school, safe='')}"
    return Strip(
        school=school,
        name=name,
        link=f"{bare}&key={quote(key.key, safe='')}" if key else bare,
        page=bare,
        has_key=key is not None,
        until=_format_day(key.expires) if key and key.expires else "",
    )


def _format_day(day: dt.date) -> str:
    return f"{day.year}年{format_chinese_day(day)}"


def _list_links(strips: list[Strip], *, with_keys: bool, qr: bool) -> None:
    from generator.documents.key_sheet import write_terminal_qr

    for strip in strips:
        state = f"，钥匙用到{strip.until}" if strip.until else ""
        state = state or ("，没有钥匙" if with_keys and not strip.has_key else "")
        click.echo(f"{strip.name}（{strip.school}）{state}")
        click.echo(f"  {strip.link}")
        if qr:
            click.echo(write_terminal_qr(strip.link))


def _write_sheet(out: Path, strips: list[Strip]) -> None:
    from generator.documents.key_sheet import make_html, make_pdf

    makers: dict[str, Callable[[list[Strip]], bytes | str]] = {".pdf": make_pdf, ".html": make_html}
    maker = makers.get(out.suffix.lower())
    if not maker:
        raise click.UsageError("--out 写成 .pdf 或 .html 的文件名")
    atomic.write_file(out, maker(strips))
    count = sum(strip.has_key for strip in strips)
    click.echo(f"写好 {out}：{len(strips)} 个校（园），每园一条，{count} 条里有钥匙。")
    if count:
        click.echo("打印、裁开，当面交给各园的档案员；这个文件用完就删掉。")


def _remind(given: Mapping[str, SchoolKey], soon: list[str], names: Mapping[str, str], day: dt.date) -> int:
    over = 0
    for school in soon:
        expires = given[school].expires
        left = (expires - day).days if expires else 0
        over += left < 0
        when = "已经到期" if left < 0 else f"还有 {left} 天到期" if left else "今天到期"
        click.echo(f"{names[school]}的钥匙{when}，请做一把新的，重发二维码。", err=True)
    return PROBLEMS if over else OK
