"""What all pages of the assessment share: their addresses and styles, an item, the state of a line."""

from __future__ import annotations

from dataclasses import dataclass

from generator.accounts.assessment.scores import METHODS, Assessment, Line
from generator.archive.privacy import mask_private_words
from generator.records.models import AssessmentItem
from generator.site.pages.site import Site

URL = "assessment/"
TITLE = "学期考核"
STYLES = ("assessment",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item as a table's head and the description of the method show it."""

    name: str
    clause: str
    clause_url: str
    method: str
    helper: int
    helped: int


def make_term_url(found: Assessment) -> str:
    """Return the site path of a term's page."""
    return f"{URL}{found.name}/"


def make_school_url(found: Assessment, school: str) -> str:
    """Return the site path of a school's page of a term."""
    return f"{URL}{found.name}/{school}/"


def make_workbook_url(found: Assessment) -> str:
    """Return the site path of a term's workbook."""
    return f"{URL}{found.name}/{found.name}.xlsx"


def view_item(site: Site, year: int, item: AssessmentItem) -> ItemView:
    """Return an item of a year's programme as pages show it."""
    return ItemView(
        name=mask_private_words(item.name),
        clause=item.clause,
        clause_url=site.make_clause_url(item.clause, year),
        method=METHODS[item.kind],
        helper=item.helper,
        helped=item.helped,
    )


def describe_state(line: Line) -> str:
    """Return met, short, missing (no point) or false for a line."""
    if line.zeroed:
        return "false"
    if line.score == line.points:
        return "met"
    return "short" if line.score else "missing"
