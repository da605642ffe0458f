"""The command ``pairing plan export``: plan tables (附件3) as Word or Excel, with what was done filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.completion_values import complete_schools
from generator.cli.options import OK, PROBLEMS, as_of_option, root_option
from generator.cli.plan import read_archive_with_programme, year_option
from generator.plumbing import atomic

if TYPE_CHECKING:
    from generator.archive import Corpus
    from generator.documents.tables.plan_form import PlanForm


@click.command(
    name="export",
    cls=Command,
    examples=(
        ("pairing plan export --school 园代号", "一所园的计划表，完成情况已填好"),
        ("pairing plan export --all --format xlsx --out 计划表", "全部校（园）的，放进一个文件夹"),
        ("pairing plan export --blank --out 空白表.docx", "一张空白表，发给学校填"),
    ),
)
@root_option
@click.option(
    "--school",
    metavar="代号",
    shell_complete=complete_schools,
    help="哪所校（园），见 records 下的文件夹名。",
)
@click.option("--all", "every", is_flag=True, help="全部校（园），每所一个文件。")
@click.option("--blank", is_flag=True, help="空白表；写了 --school 或 --all 就带上园名。")
@year_option
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
def export_plan(
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
    corpus = read_archive_with_programme(root)
    year = year or corpus.find_running_year(read_today(as_of)) or 0
    programme = corpus.find_programme(year)
    if programme is None:
        raise click.UsageError(f"档案里没有 {year} 年的方案（有 {'、'.join(map(str, corpus.years))} 年的）")
    if school is not None and school not in programme.school_ids:
        raise click.UsageError(f"{year} 年的方案里没有代号是“{school}”的校（园）")
    schools = programme.school_ids if every else (school,)
    target = out or Path()
    written = 0
    for form in _fill_forms(corpus, year, schools, blank, read_today(as_of)):
        path = target if suffix in ("docx", "xlsx") else target / f"{form.title}.{kind}"
        atomic.write_file(path, _render(form, kind))
        click.echo(f"已写出 {path}")
        written += 1
    if not written:
        click.echo("还没有填好的工作计划表；要空白表加 --blank", err=True)
        return PROBLEMS
    return OK


def _fill_forms(
    corpus: Corpus, year: int, schools: tuple[str | None, ...], blank: bool, day: dt.date
) -> Iterator[PlanForm]:
    from generator.accounts.filing_numbers import find_filing_number
    from generator.accounts.plan_tasks import list_tasks
    from generator.documents.tables.plan_form import make_blank_form, make_filled_form

    for school in schools:
        form: PlanForm | None
        if blank or school is None:
            form = make_blank_form(corpus, year, school)
        else:
            rows = list_tasks(corpus, year, school, day)
            if not rows:
                click.echo(f"{corpus.name_school(school)}还没有 {year} 年的计划表", err=True)
                continue
            form = make_filled_form(
                corpus, year, school, rows, number=lambda key: find_filing_number(corpus, key)
            )
        if form is not None:
            yield form


def _render(form: PlanForm, kind: str) -> bytes:
    if kind == "xlsx":
        from generator.documents.tables.xlsx_form import make_xlsx_form

        return make_xlsx_form(form)
    from generator.documents.tables.docx_form import make_docx_form

    return make_docx_form(form)
