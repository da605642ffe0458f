"""The monthly bulletin 《基教管理》 as a value: composed from ledger and corpus, laid out elsewhere."""

from __future__ import annotations

from generator.documents.bulletin.compose import bulletin, bulletin_months, private_names
from generator.documents.bulletin.value import (
    ActivityLine,
    Bulletin,
    Correction,
    Gathering,
    Group,
    MeasureLine,
    PairingActivities,
    PairingTasks,
    Passage,
    Praise,
    Run,
    SchoolLine,
    Task,
    Visit,
)

__all__ = [
    "ActivityLine",
    "Bulletin",
    "Correction",
    "Gathering",
    "Group",
    "MeasureLine",
    "PairingActivities",
    "PairingTasks",
    "Passage",
    "Praise",
    "Run",
    "SchoolLine",
    "Task",
    "Visit",
    "bulletin",
    "bulletin_months",
    "private_names",
]
