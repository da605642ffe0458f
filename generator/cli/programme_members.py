"""The commands ``pairing programme leave``, ``join``, ``move`` and ``merge``: who takes part from when on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.command import Command
from generator.cli.completion_values import complete_schools
from generator.cli.programme import (
    add_change_options,
    find_programme,
    make_change,
    open_archive,
    require_member,
    since_option,
)

if TYPE_CHECKING:
    from generator.actions.change_programme.edits import Time
    from generator.archive import Corpus
    from generator.records.models import Programme

school_argument = click.argument("school", metavar="代号", shell_complete=complete_schools)
helper_option = click.option(
    "--helper", required=True, metavar="代号", shell_complete=complete_schools, help="由哪所帮扶园帮扶。"
)


@click.command(
    cls=Command,
    examples=(
        ("pairing programme leave 园代号 --from 2020-10 --dry-run", "先看影响什么"),
        ("pairing programme leave 园代号 --from 2020-10", "这所园十月起不再参加"),
    ),
)
@add_change_options
@school_argument
@since_option
def leave(root: Path, year: int | None, dry_run: bool, yes: bool, school: str, since: Time) -> int:
    """一所校（园）退出：从那时起不欠、不计、不考核、不抽查。

    以前的记录、网页、备案号都留着，已经结账的不变。帮扶园退出，它的整个对子到那时为止。
    """
    from generator.actions.change_programme.edits import drop_member

    corpus = open_archive(root)
    programme = find_programme(corpus, year, since)
    require_member(corpus, programme, school)
    person = _find_own_person(corpus, programme, school)

    def edit(data: Any) -> None:
        drop_member(data, school, since, person=person)

    return make_change(root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit)


@click.command(
    cls=Command,
    examples=(
        ("pairing programme join 园代号 --helper 帮扶园代号 --from 2020-09", "已经有 school.yml 的园"),
        (
            "pairing programme join 新园代号 --helper 帮扶园代号 --from 2020-09 --name 新苑幼儿园 --kind private --responsible 李某",
            "新的园：school.yml 一起建好",
        ),
    ),
)
@add_change_options
@school_argument
@helper_option
@since_option
@click.option("--name", metavar="园名", help="新的园的全称；已经有 school.yml 的不写。")
@click.option("--short", metavar="简称", help="新的园的简称，不超过 4 个字；默认取园名的前几个字。")
@click.option(
    "--kind",
    type=click.Choice(["rural", "private", "helper"]),
    metavar="类别",
    help="新的园的类别：rural 农村园、private 民办园、helper 帮扶园。",
)
@click.option(
    "--responsible", "persons", multiple=True, metavar="姓名", help="新的园的责任人（园长、校长）。"
)
def join(
    root: Path,
    year: int | None,
    dry_run: bool,
    yes: bool,
    school: str,
    helper: str,
    since: Time,
    name: str | None,
    short: str | None,
    kind: str | None,
    persons: tuple[str, ...],
) -> int:
    """一所校（园）加入：从哪月起由哪所园帮扶。月中加入的，从下个整月起欠。

    帮扶园还没有对子的，另建一个对子。
    """
    from generator.actions.change_programme.edits import add_member

    corpus = open_archive(root)
    programme = find_programme(corpus, year, since)
    profile = corpus.find_profile(school)
    new: dict[str, dict[str, object]] = {}
    if profile is None:
        if not (name and kind and persons):
            raise click.UsageError(
                f"还没有 records/{school}/school.yml；新的园写上 --name 园名 --kind 类别 --responsible 责任人"
            )
        new[school] = {
            "id": school,
            "name": name,
            "short": short or name[:4],
            "kind": kind,
            "responsible": persons[0],
            "archivist": "专职档案员（待指定）",
        }
    elif name or kind or short:
        raise click.UsageError(
            f"{school} 已经有 school.yml（{profile.name}）；不用写 --name、--short、--kind"
        )
    answering = [*persons] or ([profile.responsible] if profile else [])
    if helper not in programme.school_ids and (leader := corpus.find_profile(helper)):
        answering.insert(0, leader.responsible)

    def edit(data: Any) -> None:
        add_member(data, school, helper, since, persons=answering)

    return make_change(
        root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit, new_schools=new
    )


@click.command(
    cls=Command,
    examples=(("pairing programme move 园代号 --helper 帮扶园代号 --from 2020-09", "秋学期起换一所帮扶园"),),
)
@add_change_options
@school_argument
@helper_option
@since_option
def move(
    root: Path, year: int | None, dry_run: bool, yes: bool, school: str, helper: str, since: Time
) -> int:
    """一所被帮扶园换帮扶园：原来的对子到那时为止，新的从那时起。"""
    from generator.actions.change_programme.edits import add_member, drop_member

    corpus = open_archive(root)
    programme = find_programme(corpus, year, since)
    for each in (school, helper):
        require_member(corpus, programme, each)
    person = _find_own_person(corpus, programme, school)

    def edit(data: Any) -> None:
        drop_member(data, school, since, person=person)
        add_member(data, school, helper, since, persons=[person] if person else [])

    return make_change(root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit)


@click.command(
    cls=Command,
    examples=(("pairing programme merge 园代号 --into 另一所园代号 --from 2020-09", "九月起并入"),),
)
@add_change_options
@school_argument
@click.option(
    "--into", required=True, metavar="代号", shell_complete=complete_schools, help="并入哪所校（园）。"
)
@since_option
def merge(root: Path, year: int | None, dry_run: bool, yes: bool, school: str, into: str, since: Time) -> int:
    """一所校（园）并入另一所：退出对子，学校档案里写明并入哪里，以前的都留着。"""
    from generator.actions.change_programme.edits import drop_member, merge_profile

    corpus = open_archive(root)
    programme = find_programme(corpus, year, since)
    for each in (school, into):
        require_member(corpus, programme, each)
    person = _find_own_person(corpus, programme, school)

    def edit(data: Any) -> None:
        drop_member(data, school, since, person=person)

    def note(data: Any) -> None:
        merge_profile(data, into, since)

    return make_change(
        root, corpus, programme.year, dry_run=dry_run, yes=yes, programme=edit, schools={school: note}
    )


def _find_own_person(corpus: Corpus, programme: Programme, school: str) -> str | None:
    """Return who answers for a school, None where the same person answers for another one of its pairings."""
    profile = corpus.find_profile(school)
    if profile is None:
        return None
    others: Iterable[str] = (
        each
        for pairing in programme.list_pairings_of(school)
        for each in (pairing.helper, *pairing.helped)
        if each != school
    )
    shared = {found.responsible for each in others if (found := corpus.find_profile(each))}
    return None if profile.responsible in shared else profile.responsible
