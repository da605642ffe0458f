"""Prepare `pairing start --pairings`: what a table of pairings changes in the archive, described before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.archive import Corpus
from generator.documents.plan_file.word_plan import WordPlan
from generator.documents.tables.arrangement_reading import read_arrangement
from generator.documents.tables.existing_archive import read_existing
from generator.documents.tables.new_county import NewCounty, arrange_county
from generator.documents.tables.table_files import read_sheets
from generator.documents.tables.table_to_plan import Refusal
from generator.documents.tables.untrusted_office import TableError

__all__ = ["Refusal", "describe_county", "prepare_county"]


def prepare_county(
    corpus: Corpus,
    pairings: Path,
    *,
    county: str | None,
    year: int | None,
    ids: Sequence[str],
    plan: WordPlan | None = None,
) -> NewCounty | Refusal:
    """Plan what a table of pairings, and a plan in Word, change in the archive. Nothing is written.

    pairings: the file with the table; the plan's own where its attachment holds it.   ids: ``name=id`` as typed.
    """
    archive = read_existing(corpus)
    if archive is None:
        return Refusal(
            reasons=("没有可用的方案数据 records/bureau/年度/programme.yml；先运行 pairing check",)
        )
    own: dict[str, str] = {}
    for typed in ids:
        name, sign, id_ = typed.replace("＝", "=").rpartition("=")
        if not sign or not name.strip():
            return Refusal(reasons=(f"--id {typed}：写成 园名=代号，如 蓝天幼儿园=lantian",))
        own[name.strip()] = id_.strip()
    try:
        reading = read_arrangement(read_sheets(pairings))
    except TableError as error:
        return Refusal(reasons=(str(error),))
    planned = arrange_county(reading, archive, county=county, year=year, ids=own, plan=plan)
    return Refusal(reasons=planned.faults) if planned.faults else planned


def describe_county(planned: NewCounty, *, dry_run: bool) -> Iterator[str]:
    """Yield the schools as a table, what is to be confirmed, and the files."""
    yield from planned.summary
    table = [line for line in planned.messages if " | " in line]
    yield from table
    yield ""
    for line in planned.messages:
        if line not in table:
            yield f"注意：{line}"
    verb = "将" if dry_run else "已"
    for path in planned.files:
        yield f"{verb}写出 {path}"
    for path in planned.removed:
        yield f"{verb}删去 {path}"
