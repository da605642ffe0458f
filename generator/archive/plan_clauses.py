"""A plan as a value: its clauses by id, and its blocks in the order of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

ATTACHMENTS: Final = ("leading-group", "pairings", "plan-table")
"""The names that ``<!-- attachment: … -->`` may give: data of the programme, set where the line stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Plain text of one paragraph; a wanted line break is a line feed."""

    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The place of generated data: ``name`` is one of :data:`ATTACHMENTS`."""

    name: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One line of the list of attachments. ``anchor`` is "" when the plan holds no such attachment."""

    label: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentIndex:
    """The list of attachments after the last section; ``label`` is its lead-in (``附件：``)."""

    label: str
    entries: tuple[IndexEntry, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A numbered passage of the plan.

    ``label`` is the number as printed (``四、``, ``（二）``, ``1.``, ``附件1：``, ``备注：``). ``heading`` is
    None for an item that has none; an item's heading ends with its full stop. ``text`` is the clause's own
    words without label, heading and children. ``level`` is 1 for sections and attachments, 2 for
    subsections, 3 for items and notes, wherever they stand. ``blocks`` holds everything below the heading
    in the plan's order, sub-clauses included.
    """

    id: str
    anchor: str
    label: str
    heading: str | None
    text: str
    level: int
    line: int
    blocks: tuple[Block, ...] = field(default=(), repr=False)

    @property
    def children(self) -> tuple[Clause, ...]:
        """The clauses directly below this one."""
        return tuple(block for block in self.blocks if isinstance(block, Clause))

    @property
    def quote(self) -> str:
        """The clause's own words as the plan prints them, without the number: heading and text."""
        separator = "\n" if self.level < 3 and self.heading and self.text else ""
        return f"{self.heading or ''}{separator}{self.text}"


Block = Paragraph | Attachment | AttachmentIndex | Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProblem:
    """Something wrong in a plan's file: ``line`` counts from 1, ``message`` and ``fix`` are Chinese."""

    line: int
    message: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan's text: ``blocks`` in the order of the page, and every clause by its id."""

    title: str
    blocks: tuple[Block, ...] = field(repr=False)
    problems: tuple[PlanProblem, ...] = ()
    index: dict[str, Clause] = field(repr=False, compare=False, hash=False)

    def __iter__(self) -> Iterator[Clause]:
        return iter(self.index.values())

    def __contains__(self, clause_id: object) -> bool:
        return clause_id in self.index

    def __len__(self) -> int:
        return len(self.index)

    def find_clause(self, clause_id: str) -> Clause | None:
        """Return the clause of that id, e.g. ``四-（二）-1``, or None: a citation may be wrong."""
        return self.index.get(clause_id)

    @property
    def leaves(self) -> tuple[Clause, ...]:
        """The normative clauses: all that have no clause below them.

        Which sentence binds and which only explains is a judgement; that every leaf is either enforced or
        listed with a reason why not is a fact that a test can hold.
        """
        return tuple(clause for clause in self if not clause.children)
