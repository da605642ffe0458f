"""The commands ``pairing programme rename`` and ``person``: what a school is called, and who answers for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.command import Command
from generator.cli.programme import (
    add_change_options,
    find_programme,
    make_change,
    open_archive,
    require_member,
    since_option,
)
from generator.cli.programme_members import school_argument

if TYPE_CHECKING:
    from generator.actions.change_programme.edits import Time


@click.command(
    cls=Command,
    examples=(
        ("pairing programme rename 园代号 --name 新名称 --from 2020-09-16", "九月十六日起改名"),
        ("pairing programme rename 园代号 --kind private --from 2020-09", "改了类别"),
    ),
)
@add_change_options
@school_argument
@click.option("--name", metavar="园名", help="新的全称。")
@click.option("--short", metavar="简称", help="新的简称，不超过 4 个字。")
@click.option(
    "--kind",
    type=click.Choice(["rural", "private", "helper"]),
    metavar="类别",
    help="新的类别：rural 农村园、private 民办园、helper 帮扶园。",
)
@since_option
def rename(
    root: Path,
    year: int | None,
    dry_run: bool,
    yes: bool,
    school: str,
    name: str | None,
    short: str | None,
    kind: str | None,
    since: Time,
) -> int:
    """改园名、简称或类别。代号、文件夹和网址不变；那以前的简报、协议、结账仍写以前的名字。"""
    from generator.actions.change_programme.edits import change_profile

    given = {"name": name, "short": short, "kind": kind}
    changes = {field: value for field, value in given.items() if value}
    if not changes:
        raise click.UsageError("写上 --name、--short、--kind 里要改的")
    corpus = open_archive(root)
    programme = find_programme(corpus, year, since)
    require_member(corpus, programme, school)

    def edit(data: Any) -> None:
        change_profile(data, since, changes)

    return make_change(root, corpus, programme.year, dry_run=dry_run, yes=yes, schools={school: edit})


@click.command(
    cls=Command,
    examples=(("pairing programme person 园代号 李某 --from 2020-09-01", "九月一日起换了园长"),),
)
@add_change_options
@school_argument
@click.argument("name", metavar="姓名")
@since_option
def person(
    root: Path, year: int | None, dry_run: bool, yes: bool, school: str, name: str, since: Time
) -> int:
    """换责任人（园长、校长）：方案的对子和学校档案一起改，那以前的仍写以前的人。"""
    from generator.actions.change_programme.edits import change_profile, replace_person

    corpus = open_archive(root)
    programme = find_programme(corpus, year, since)
    require_member(corpus, programme, school)
    profile = corpus.find_profile(school)
    if profile is None:
        raise click.UsageError(f"没有 records/{school}/school.yml，或它读不出来；先运行 pairing check")
    old = profile.responsible

    def edit(data: Any) -> None:
        replace_person(data, school, old, name, since)

    def note(data: Any) -> None:
        change_profile(data, since, {"responsible": name})

    return make_change(
        root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit, schools={school: note}
    )
