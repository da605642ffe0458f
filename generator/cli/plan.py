"""The commands ``pairing plan …``: 附件3 from Word and Excel into the archive, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from generator.accounts.filing_numbers import filing_number
from generator.accounts.ledger import tasks
from generator.archive import Corpus
from generator.cli.chinese_click import Command
from generator.cli.options import OK, PROBLEMS, Clock, as_of_option, read_archive, root_option
from generator.documents.tables.plan_form import PlanForm, blank_form, filled_form
from generator.documents.tables.plan_import import Refusal, prepare, shown_name, told, write
from generator.plumbing import atomic

_year = click.option(
    "--year", type=click.IntRange(2000, 2099), metavar="年度", help="哪一年的计划，如 2020。"
)


@click.command(
    name="import",
    cls=Command,
    examples=(
        ("pairing plan import 光彩幼儿园计划表.docx --dry-run", "先看会改什么"),
        ("pairing plan import 光彩幼儿园计划表.docx", "导入一所园的计划表"),
        ("pairing plan import 计划表.xlsx --school guangcai --year 2020", "表里没有写园名和年度"),
    ),
)
@root_option
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option("--school", metavar="代号", help="哪所校（园）；不写就从表的标题或文件名认。")
@_year
@click.option("--drop", is_flag=True, help="表里没有了的任务，即使有活动记录写着它，也删去。")
@click.option("--dry-run", is_flag=True, help="只说会做什么，不动任何文件。")
def import_(
    root: Path, files: tuple[Path, ...], school: str | None, year: int | None, drop: bool, dry_run: bool
) -> int:
    """把填好的工作计划表（附件3，.docx 或 .xlsx）导入为 plan.yml。

    认得合并的月份、空行、全角数字，“3月5日、3.5、3/5、03-05、5日”等写法。表里哪一格没有用上，都会说明。

    再导入一次时，月份和任务相同的行编号不变；活动记录写着的任务，即使表里没有了也保留。
    """
    if school is not None and len(files) > 1:
        raise click.UsageError("--school 一次只能用在一个文件上")
    corpus = _archive(root)
    failed, planned = False, 0
    for number, file in enumerate(files):
        if number:
            click.echo()
        found = prepare(corpus, file, school=school, year=year, drop=drop)
        if isinstance(found, Refusal):
            failed = True
            click.echo(click.style(f"没有导入 {shown_name(file)}：", fg="red"), err=True)
            for reason in found.reasons:
                click.echo(f"  {reason}", err=True)
            continue
        planned += 1
        if not dry_run:
            try:
                write(found)
            except OSError as error:
                click.echo(
                    click.style("什么都没有改：", fg="red") + f"写不进去（{error.strerror}）", err=True
                )
                return PROBLEMS
        for line in told(corpus, found, dry_run=dry_run):
            click.echo(line)
    if dry_run and planned:
        click.echo("\n以上只是试运行，什么都没有改；真正执行时去掉 --dry-run。")
    elif planned:
        click.echo("\n接着检查：pairing check")
    return PROBLEMS if failed else OK


@click.command(
    cls=Command,
    examples=(
        ("pairing plan export --school guangcai", "光彩幼儿园的计划表，完成情况已填好"),
        ("pairing plan export --all --format xlsx --out 计划表", "全部校（园）的，放进一个文件夹"),
        ("pairing plan export --blank --out 空白表.docx", "一张空白表，发给学校填"),
    ),
)
@root_option
@click.option("--school", metavar="代号", help="哪所校（园），如 guangcai。")
@click.option("--all", "every", is_flag=True, help="全部校（园），每所一个文件。")
@click.option("--blank", is_flag=True, help="空白表；写了 --school 或 --all 就带上园名。")
@_year
@click.option(
    "--format",
    "kind",
    type=click.Choice(["docx", "xlsx"]),
    metavar="docx|xlsx",
    help="Word 或 Excel；不写就看 --out 的扩展名，默认 docx。",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；默认是当前文件夹，文件名用表的标题。",
)
@as_of_option
@click.pass_obj
def export(
    clock: Clock,
    root: Path,
    school: str | None,
    every: bool,
    blank: bool,
    year: int | None,
    kind: str | None,
    out: Path | None,
    as_of: dt.date | None,
) -> int:
    """把计划表写成附件3的样子（Word 或 Excel），完成情况由活动记录填好。

    同样的记录写出同样的文件，一个字节也不差。写出的表改了以后可以再导入。
    """
    if every and school is not None:
        raise click.UsageError("--school 和 --all 只写一个")
    if not every and school is None and not blank:
        raise click.UsageError("写明哪所校（园）：--school 代号，或 --all")
    suffix = out.suffix.lower().lstrip(".") if out else ""
    kind = kind or (suffix if suffix in ("docx", "xlsx") else "docx")
    if suffix in ("docx", "xlsx") and (every or suffix != kind):
        raise click.UsageError("--all 要写到文件夹" if every else f"--out 的扩展名和 --format {kind} 不一致")
    corpus = _archive(root)
    year = year or corpus.years[-1]
    programme = corpus.programme(year)
    if programme is None:
        raise click.UsageError(f"档案里没有 {year} 年的方案（有 {'、'.join(map(str, corpus.years))} 年的）")
    if school is not None and school not in programme.school_ids:
        raise click.UsageError(f"{year} 年的方案里没有代号是“{school}”的校（园）")
    schools = programme.school_ids if every else (school,)
    target = out or Path()
    written = 0
    try:
        for form in _forms(corpus, year, schools, blank, clock(as_of)):
            path = target if suffix in ("docx", "xlsx") else target / f"{form.title}.{kind}"
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, _bytes(form, kind))
            click.echo(f"已写出 {path}")
            written += 1
    except OSError as error:
        click.echo(click.style("没有写完：", fg="red") + f"写不进去（{error.strerror}）", err=True)
        return PROBLEMS
    if not written:
        click.echo("还没有填好的工作计划表；要空白表加 --blank", err=True)
        return PROBLEMS
    return OK


def _archive(root: Path) -> Corpus:
    corpus = read_archive(root)
    if not corpus.years:
        raise click.UsageError(
            f"“{root}”里没有可用的方案数据 records/bureau/年度/programme.yml；先运行 pairing check"
        )
    return corpus


def _forms(
    corpus: Corpus, year: int, schools: tuple[str | None, ...], blank: bool, today: dt.date
) -> Iterator[PlanForm]:
    for school in schools:
        form: PlanForm | None
        if blank or school is None:
            form = blank_form(corpus, year, school)
        else:
            rows = tasks(corpus, year, school, today)
            if not rows:
                click.echo(f"{corpus.name(school)}还没有 {year} 年的计划表", err=True)
                continue
            form = filled_form(corpus, year, school, rows, number=lambda key: filing_number(corpus, key))
        if form is not None:
            yield form


def _bytes(form: PlanForm, kind: str) -> bytes:
    if kind == "xlsx":
        from generator.documents.tables.xlsx_form import xlsx_form

        return xlsx_form(form)
    from generator.documents.tables.docx_form import docx_form

    return docx_form(form)


COMMANDS: tuple[click.Command, ...] = (import_, export)
