"""The monthly bulletin 《基教管理》: composed from ledger and corpus as one value, laid out in five formats."""

from __future__ import annotations

from generator.documents.bulletin.compose import bulletin_months, compose_bulletin, private_names
from generator.documents.bulletin.value import (
    ActivityLine,
    Bulletin,
    Correction,
    Gathering,
    InspectionLine,
    MeasureLine,
    PairingActivities,
    PairingTasks,
    Passage,
    Praise,
    SchoolGroup,
    SchoolLine,
    TaskLine,
    TextRun,
)

__all__ = [
    "ActivityLine",
    "Bulletin",
    "Correction",
    "Gathering",
    "InspectionLine",
    "MeasureLine",
    "PairingActivities",
    "PairingTasks",
    "Passage",
    "Praise",
    "SchoolGroup",
    "SchoolLine",
    "TaskLine",
    "TextRun",
    "bulletin_months",
    "compose_bulletin",
    "private_names",
]
