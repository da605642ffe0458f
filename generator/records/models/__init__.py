"""The record format: one typed, frozen model for each kind of file in ``records/``.

The models are the only definition of the format: the JSON Schemas, the fields page and the messages
for unknown or missing keys are all derived from their titles and descriptions (which are Chinese,
because teachers read them). Formats follow the plan: 附件3 for plan rows, 四-（三）-2 for rosters,
四-（一）-2 for agreements, 五-3 for activities, 五-4 for closings, inspections, events and surveys.
"""

from __future__ import annotations

from generator.records.models.accounts import Account, Accounts
from generator.records.models.activity import Activity
from generator.records.models.assessment import (
    AssessedSchool,
    AssessmentRevision,
    PublishedAssessment,
)
from generator.records.models.base import (
    DIRECTIONS,
    PARTS,
    FindingWord,
    Kind,
    Model,
    format_month,
    list_written_fields,
)
from generator.records.models.books import (
    AmendedPhoto,
    AmendedRecord,
    Amendment,
    ClosedRecord,
    ClosedSchool,
    Closing,
    FilingBatch,
    Filings,
    MonthWord,
    Recount,
)
from generator.records.models.bulletin import BulletinNote, Dispatch, Sent
from generator.records.models.membership import (
    ALWAYS,
    Excuse,
    ExcusedSchool,
    HelpedSchool,
    MovedDeadline,
    Pairing,
    ResponsiblePerson,
    Span,
    Stay,
    find_gap,
    span_month,
)
from generator.records.models.oversight import (
    Answer,
    Draw,
    DrawGroup,
    DrawnSchool,
    Event,
    Inspection,
    LookedAt,
    Reply,
    Survey,
)
from generator.records.models.photo import Photo
from generator.records.models.programme import (
    AssessmentItem,
    Expectation,
    Measure,
    Programme,
    Quotas,
    Term,
)
from generator.records.models.school import (
    Agreement,
    FormerSelf,
    MentorPair,
    PlanRow,
    PlanTable,
    Roster,
    RosterTerm,
    School,
)

MODELS: dict[str, type[Model]] = {
    "activity": Activity,
    "school": School,
    "plan": PlanTable,
    "roster": Roster,
    "agreement": Agreement,
    "programme": Programme,
    "closing": Closing,
    "amendment": Amendment,
    "filings": Filings,
    "assessment": PublishedAssessment,
    "bulletin": BulletinNote,
    "inspection": Inspection,
    "event": Event,
    "survey": Survey,
    "draw": Draw,
    "sent": Sent,
    "accounts": Accounts,
}

__all__ = [
    "ALWAYS",
    "DIRECTIONS",
    "MODELS",
    "PARTS",
    "Account",
    "Accounts",
    "Activity",
    "AmendedPhoto",
    "AmendedRecord",
    "Amendment",
    "Answer",
    "AssessedSchool",
    "AssessmentItem",
    "AssessmentRevision",
    "BulletinNote",
    "ClosedRecord",
    "ClosedSchool",
    "Closing",
    "Dispatch",
    "Draw",
    "DrawGroup",
    "DrawnSchool",
    "Event",
    "Excuse",
    "ExcusedSchool",
    "Expectation",
    "FilingBatch",
    "FindingWord",
    "FormerSelf",
    "HelpedSchool",
    "Inspection",
    "Kind",
    "LookedAt",
    "Measure",
    "MentorPair",
    "Model",
    "MonthWord",
    "MovedDeadline",
    "Pairing",
    "Photo",
    "PlanRow",
    "PlanTable",
    "Programme",
    "PublishedAssessment",
    "Quotas",
    "Recount",
    "Reply",
    "ResponsiblePerson",
    "RosterTerm",
    "School",
    "Sent",
    "Span",
    "Stay",
    "Survey",
    "Term",
    "find_gap",
    "format_month",
    "list_written_fields",
    "span_month",
]
