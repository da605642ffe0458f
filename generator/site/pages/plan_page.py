"""The plan's text as a page, an anchor for each clause, its attachments set from the programme's data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.accounts.months import name_month
from generator.archive.plan_clauses import Attachment, AttachmentIndex, Block, Clause, IndexEntry, Paragraph
from generator.records.models import Programme
from generator.rules import RULES
from generator.site.pages.page import Page
from generator.site.pages.public_values import name_measure
from generator.site.pages.site import Site
from generator.site.pages.yearly import YearLinks, make_yearly

_ROLES = {"leader": "组长", "deputy": "副组长", "member": "成员"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference:
    """A small link from a clause to what carries it out: a measure's pictures or a rule."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """One piece of the page in the plan's order.

    kind: `h2`, `h3` (headings), `clause` (a numbered item), `text`, `attachment` or `index`.
    """

    kind: str
    anchor: str = ""
    label: str = ""
    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    attachment: str = ""
    entries: tuple[IndexEntry, ...] = ()
    clause: str = ""
    measures: tuple[_Reference, ...] = ()
    rules: tuple[_Reference, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _PairingRow:
    """A line of 附件2."""

    helper: str
    rural: tuple[str, ...]
    private: tuple[str, ...]
    responsible: tuple[str, ...]


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the plan of every year; without any programme, a page that says so."""
    for year in reversed(site.years or (site.year,)):
        yield from make_yearly(site, "plan/", year, site.years, partial(_page, site, year))


def _page(site: Site, year: int, url: str, years: YearLinks) -> Page:
    programme = site.programmes.get(year)
    bureau = site.corpus.bureau.get(year)
    plan = bureau.plan if bureau else None
    items = tuple(_Reader(site, programme).items(plan.blocks)) if plan and programme else ()
    return Page(
        url=url,
        section="plan",
        title=f"{year}年工作实施方案" if programme else "工作实施方案",
        description=f"{programme.title}全文，每条都有固定地址。" if programme else "帮扶工作实施方案全文。",
        body=site.render_template(
            "plan.html",
            url,
            title=plan.title if plan and plan.title else programme.title if programme else "帮扶工作实施方案",
            items=items,
            contents=tuple(item for item in items if item.kind == "h2"),
            years=years,
            programme=programme,
            people=_people(programme) if programme else (),
            pairings=_pairings(site, programme) if programme else (),
            months=tuple(name_month(m) for m in programme.months) if programme else (),
            rows=programme.quotas.helper if programme else 0,
            source_url=site.make_source_url(bureau.plan_file.path) if bureau and bureau.plan_file else "",
        ),
        styles=("cards", "plan"),
    )


class _Reader:
    """Lays the plan's tree out as a flat run of items, each with what refers to it."""

    def __init__(self, site: Site, programme: Programme) -> None:
        self._measures: defaultdict[str, list[_Reference]] = defaultdict(list)
        self._rules: defaultdict[str, list[_Reference]] = defaultdict(list)
        self._notes: defaultdict[str, list[str]] = defaultdict(list)
        for measure in programme.measures:
            url = site.measure_url(measure.id, programme.year, "")
            self._measures[measure.clause].append(_Reference(text=name_measure(measure), url=url))
        for rule in RULES:
            clause = programme.requirements.get(rule.requirement, "")
            self._rules[clause].append(_Reference(text=rule.summary, url=f"rules/{rule.slug}/"))
        for oddity in programme.oddities:
            self._notes[oddity.clause].append(oddity.note)

    def items(self, blocks: tuple[Block, ...]) -> Iterator[_Item]:
        for block in blocks:
            match block:
                case Paragraph():
                    yield _Item(kind="text", paragraphs=tuple(block.text.split("\n")))
                case Attachment():
                    yield _Item(kind="attachment", attachment=block.name)
                case AttachmentIndex():
                    yield _Item(kind="index", label=block.label, entries=block.entries)
                case Clause():
                    yield from self._clause(block)

    def _clause(self, clause: Clause) -> Iterator[_Item]:
        item = clause.level == 3
        own = clause.blocks[:1] if item else ()
        yield _Item(
            kind="clause" if item else f"h{clause.level + 1}",
            anchor=clause.anchor,
            label=clause.label,
            heading=clause.heading or "",
            paragraphs=tuple(b.text for b in own if isinstance(b, Paragraph)),
            clause=clause.id,
            measures=tuple(self._measures[clause.id]),
            rules=tuple(self._rules[clause.id]),
            notes=tuple(self._notes[clause.id]),
        )
        yield from self.items(clause.blocks[1:] if item else clause.blocks)


def _people(programme: Programme) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple(
        (name, found)
        for role, name in _ROLES.items()
        if (found := tuple((p.name, p.post) for p in programme.leading_group if p.role == role))
    )


def _pairings(site: Site, programme: Programme) -> tuple[_PairingRow, ...]:
    schools = site.schools[programme.year]
    return tuple(
        _PairingRow(
            helper=schools[pairing.helper].name,
            rural=tuple(schools[s].name for s in pairing.helped if schools[s].kind != "private"),
            private=tuple(schools[s].name for s in pairing.helped if schools[s].kind == "private"),
            responsible=tuple(pairing.responsible),
        )
        for pairing in programme.pairings
    )
