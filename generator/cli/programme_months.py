"""The commands ``pairing programme deadline``, ``cancel`` and ``excuse``: months that are not as the rule says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.clock import read_today
from generator.cli.command import Command
from generator.cli.options import Day, Month
from generator.cli.programme import (
    add_change_options,
    find_programme,
    make_change,
    open_archive,
    require_member,
    require_month,
)
from generator.cli.programme_members import school_argument

if TYPE_CHECKING:
    from generator.archive import Corpus
    from generator.records.models import Programme


class Words(click.ParamType[str]):
    """A sentence for the archive: short, on one line, without anybody's number."""

    name = "一句话"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words, or fail with what is wrong with them."""
        from generator.actions.closing.reasons import explain_unfit_words

        if problem := explain_unfit_words(str(value)):
            self.fail(problem, param, ctx)
        return str(value).strip()


reason_option = click.option(
    "--reason", type=Words(), required=True, metavar="原因", help="为什么，一句话，不写姓名。"
)
decided_by_option = click.option(
    "--decided-by",
    type=Words(),
    required=True,
    metavar="决定人",
    help="由谁决定，只写单位或职务，如 分管股长。",
)
decided_option = click.option("--decided", type=Day(), metavar="日期", help="哪天决定的；默认今天。")


@click.command(
    cls=Command,
    examples=(
        ("pairing programme deadline 2020-10 2020-11-02 --reason 国庆放假", "十月的材料收到 11 月 2 日"),
    ),
)
@add_change_options
@click.argument("month", type=Month(), metavar="月份")
@click.argument("day", type=Day(), metavar="日期")
@reason_option
@decided_option
def deadline(
    root: Path,
    year: int | None,
    dry_run: bool,
    yes: bool,
    month: str,
    day: dt.date,
    reason: str,
    decided: dt.date | None,
) -> int:
    """个别月份改截止日：网站、日历、提醒和简报都照新的，并写明原因。"""
    from generator.actions.change_programme.edits import set_deadline

    corpus = open_archive(root)
    programme = find_programme(corpus, year, month)
    require_month(programme, month)
    decision = read_today(decided)

    def edit(data: Any) -> None:
        set_deadline(data, month, day, reason, decision)

    return make_change(root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit)


@click.command(
    cls=Command,
    examples=(("pairing programme cancel 2020-05 --reason 疫情防控 --decided-by 县教育局", "五月全县免报"),),
)
@add_change_options
@click.argument("month", type=Month(), metavar="月份")
@reason_option
@decided_by_option
@decided_option
def cancel(
    root: Path,
    year: int | None,
    dry_run: bool,
    yes: bool,
    month: str,
    reason: str,
    decided_by: str,
    decided: dt.date | None,
) -> int:
    """一个月全县免报：各处显示“免报”和原因，不算未上报，考核不加也不扣。"""
    from generator.actions.change_programme.edits import cancel_month

    corpus = open_archive(root)
    programme = find_programme(corpus, year, month)
    require_month(programme, month)
    _require_office(corpus, programme, decided_by)
    day = read_today(decided)

    def edit(data: Any) -> None:
        cancel_month(data, month, reason, decided_by, day)

    return make_change(root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit)


@click.command(
    cls=Command,
    examples=(
        (
            "pairing programme excuse 园代号 2020-11 --reason 封控停园 --decided-by 分管股长",
            "一所园十一月免报",
        ),
    ),
)
@add_change_options
@school_argument
@click.argument("months", nargs=-1, required=True, type=Month(), metavar="月份…")
@reason_option
@decided_by_option
@decided_option
def excuse(
    root: Path,
    year: int | None,
    dry_run: bool,
    yes: bool,
    school: str,
    months: tuple[str, ...],
    reason: str,
    decided_by: str,
    decided: dt.date | None,
) -> int:
    """一所校（园）一个月或几个月免报：各处显示“免报”和原因，不算未上报，考核不加也不扣。"""
    from generator.actions.change_programme.edits import excuse_school

    corpus = open_archive(root)
    programme = find_programme(corpus, year, months[0])
    require_member(corpus, programme, school)
    require_month(programme, *months)
    _require_office(corpus, programme, decided_by)
    day = read_today(decided)

    def edit(data: Any) -> None:
        excuse_school(data, school, sorted(dict.fromkeys(months)), reason, decided_by, day)

    return make_change(root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit)


def _require_office(corpus: Corpus, programme: Programme, words: str) -> None:
    """Raise a usage error where a person is named in place of an office."""
    from generator.accounts.mentoring import list_known_persons
    from generator.archive.privacy import names_person

    if names_person(words, list_known_persons(corpus, programme.year)):
        raise click.UsageError(
            f"--decided-by“{words[:20]}”像是姓名；只写单位或职务，如 {programme.office}股长"
        )
