"""Draw the schools and the records to inspect in a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from generator.accounts import draws
from generator.accounts.inspection_results import list_inspections
from generator.archive import Corpus
from generator.records.models import Draw, Programme

KINDS = {"helper": "帮扶园", "rural": "农村园", "private": "民办园"}
ALL = "全部校（园）"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRequest:
    """What is asked for: ``count`` schools (of each kind with ``by_kind``) and ``records`` of each.

    ``made`` is the day of the draw; ``announced`` and ``source`` say when and where the seed was published.
    """

    month: str
    seed: str
    source: str
    announced: dt.date
    made: dt.date
    count: int
    records: int
    by_kind: bool
    exclude_visited: bool


def draw_month(corpus: Corpus, programme: Programme, request: DrawRequest) -> Draw | None:
    """Draw schools and their records; None where every school was visited and none of those is wanted."""
    visited = {r.data.school for r in list_inspections(corpus, programme.year) if r.data.date < request.made}
    excluded = sorted(visited & set(programme.school_ids)) if request.exclude_visited else []
    names = [school for school in programme.list_members_on(request.made) if school not in excluded]
    parts: dict[str, list[str]] = {}
    for school in names:
        parts.setdefault(_kind(corpus, programme, school) if request.by_kind else ALL, []).append(school)
    if not parts:
        return None
    groups = [
        draws.draw_group(request.seed, request.month, name, part, request.count)
        for name, part in parts.items()
    ]
    schools = [
        draws.draw_records(
            request.seed,
            request.month,
            school,
            [a.key for a in corpus.by_school_month.get((school, request.month), ())],
            request.records,
        )
        for group in groups
        for school in group.drawn
    ]
    return Draw(
        month=request.month,
        seed=request.seed,
        source=request.source,
        announced=request.announced,
        made=request.made,
        algorithm=draws.ALGORITHM,
        records=request.records,
        excluded=excluded,
        groups=groups,
        schools=schools,
    )


def _kind(corpus: Corpus, programme: Programme, school: str) -> str:
    profile = corpus.find_profile(school)
    return KINDS[profile.kind if profile else "helper" if programme.is_helper(school) else "rural"]


def find_draw_file(corpus: Corpus, made: Draw) -> tuple[Path, bool]:
    """Return where a draw is written, and whether the very same lies there already.

    A month's further draw has a number of its own: none is ever replaced, so that nobody can draw until the result suits.
    """
    year = int(made.month[:4])
    folder = corpus.root / "records" / "bureau" / str(year) / "draws"
    known = corpus.bureau[year].draws
    number = 1
    while (name := made.month if number == 1 else f"{made.month}-{number}") in known:
        if known[name].complete and known[name].data.model_copy(update={"sample": False}) == made:
            return folder / f"{name}.yml", True
        number += 1
    return folder / f"{name}.yml", False


def describe_draw(corpus: Corpus, made: Draw) -> str:
    """Return a draw for the terminal, with all that anyone needs to draw again."""
    lines = [
        f"种子：{made.seed}",
        *([f"来源：{made.source}（{made.announced} 公布）"] if made.announced < made.made else []),
        f"算法：{made.algorithm}，对“种子、月份、代号”三行求 SHA-256，从小到大取前几名",
    ]
    if made.excluded:
        lines.append(f"除外：{'、'.join(map(corpus.name_school, made.excluded))}（本年已核查）")
    records = {each.school: each for each in made.schools}
    for group in made.groups:
        lines += [
            f"{group.name}：候选 {len(group.candidates)} 所，抽中 {len(group.drawn)} 所",
            f"  名单 {group.digest}",
        ]
        for number, school in enumerate(group.drawn, 1):
            lines.append(
                f"  {number}. {corpus.name_school(school)}（{school}） {draws.make_lot(made.seed, made.month, school)[:16]}…"
            )
            lines += [f"       {key}" for key in records[school].drawn]
            if made.records and not records[school].candidates:
                lines.append("       这个月还没有上报记录")
    return "\n".join(lines) + "\n"
