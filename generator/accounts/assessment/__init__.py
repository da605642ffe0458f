"""The term's assessment (学期考核): count, score, publish and explain."""

from __future__ import annotations

from generator.accounts.assessment.assess import assess, find_term, term_names
from generator.accounts.assessment.value import (
    SIDES,
    Assessment,
    Evidence,
    Line,
    Part,
    Score,
    Side,
    points_of,
)

__all__ = [
    "SIDES",
    "Assessment",
    "Evidence",
    "Line",
    "Part",
    "Score",
    "Side",
    "assess",
    "find_term",
    "points_of",
    "term_names",
]
