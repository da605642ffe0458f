r"""Draw lots from a published seed, so that anyone can repeat the draw by hand.

Each candidate's lot is SHA-256 of three lines — seed, month, candidate's name — joined by a line feed, in UTF-8,
written in hexadecimal; the smallest lots are drawn. With a tool of any system::

    printf '%s\n%s\n%s' 'the seed' 2020-05 heiquan | sha256sum

A candidate's lot does not depend on the others, so neither order nor number of the candidates can be used to
push one forward. The hash is unpredictable before the seed is known and as good as uniform (tested).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable

from generator.records.models import Draw, DrawGroup, DrawnSchool

ALGORITHM = "sha256-1"


def normalise_seed(text: str) -> str:
    """Return a seed as it is hashed: NFKC (full-width digits become plain), without space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def make_lot(seed: str, month: str, name: str) -> str:
    """Return a candidate's lot, 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}\n{month}\n{name}".encode()).hexdigest()


def draw_names(seed: str, month: str, names: Iterable[str], count: int) -> tuple[str, ...]:
    """Return the ``count`` names with the smallest lots, the smallest first; all where there are fewer."""
    return tuple(sorted(dict.fromkeys(names), key=lambda name: (make_lot(seed, month, name), name))[:count])


def digest_candidates(names: Iterable[str]) -> str:
    """Return SHA-256 of a list of candidates: sorted, one a line, each line ended by a line feed."""
    return hashlib.sha256("".join(f"{name}\n" for name in sorted(names)).encode()).hexdigest()


def draw_group(seed: str, month: str, name: str, candidates: Iterable[str], count: int) -> DrawGroup:
    """Draw ``count`` of a group's candidates."""
    known = sorted(dict.fromkeys(candidates))
    return DrawGroup(
        name=name,
        count=count,
        candidates=known,
        digest=digest_candidates(known),
        drawn=list(draw_names(seed, month, known, count)),
    )


def draw_records(seed: str, month: str, name: str, candidates: Iterable[str], count: int) -> DrawnSchool:
    """Draw ``count`` of a school's records."""
    known = sorted(dict.fromkeys(candidates))
    return DrawnSchool(school=name, candidates=known, drawn=list(draw_names(seed, month, known, count)))


def format_draw(made: Draw, *, schema: str = "") -> str:
    """Return the text of a draw's file; ``schema`` is its first line, which names the schema for editors."""
    lines = [schema] if schema else []
    lines += [
        f"month: {made.month}",
        f"seed: {_quoted(made.seed)}",
        f"source: {_quoted(made.source)}",
        f"announced: {made.announced}",
        f"made: {made.made}",
        f"algorithm: {made.algorithm}",
        f"records: {made.records}",
    ]
    lines += [f"excluded: [{', '.join(made.excluded)}]"] if made.excluded else []
    lines += ["sample: true"] if made.sample else []
    lines.append("groups:")
    for each in made.groups:
        lines += [
            f"  - name: {_quoted(each.name)}",
            f"    count: {each.count}",
            f"    candidates: [{', '.join(each.candidates)}]",
            f"    digest: {each.digest}",
            f"    drawn: [{', '.join(each.drawn)}]",
        ]
    lines.append("schools:" if made.schools else "schools: []")
    for drawn in made.schools:
        lines += [f"  - school: {drawn.school}"]
        for name in ("candidates", "drawn"):
            keys = getattr(drawn, name)
            lines += [f"    {name}:", *(f"      - {key}" for key in keys)] if keys else []
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """Return a text as a YAML scalar that reads back as itself, whatever it holds."""
    return json.dumps(value, ensure_ascii=False)


def repeat_draw(made: Draw) -> Draw:
    """Draw again with the recorded seed and candidates: the same value results unless somebody changed it."""
    groups = [draw_group(made.seed, made.month, g.name, g.candidates, g.count) for g in made.groups]
    schools = [
        draw_records(made.seed, made.month, s.school, s.candidates, made.records) for s in made.schools
    ]
    return made.model_copy(update={"groups": groups, "schools": schools})
