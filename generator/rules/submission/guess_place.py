"""Guess the day, school and short name of a misplaced record from its path and its text."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata

from generator.archive import Corpus
from generator.records import ActivityRecord

OWN_FOLDERS = ("content", "generator", "tests", "theme_overrides", ".github", ".ci")
"""Folders of the project beside ``records/``: code, pages and test cases, where pictures may lie."""
_MONTHS = re.compile(
    r"jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
    r"|january|february|march|april|june|july|august|september|october|november|december"
)
_SLUG = re.compile(r"(?:[0-9]{1,2}-)?([a-z0-9]+(?:-[a-z0-9]+)*)")


def normalise_text(text: str) -> str:
    """Return a text without differences of width and case."""
    return unicodedata.normalize("NFKC", text).casefold()


def list_programme_schools(corpus: Corpus) -> frozenset[str]:
    """Return the schools that a programme of any year names."""
    return frozenset(s for year in corpus.years if (p := corpus.find_programme(year)) for s in p.school_ids)


def guess_day(path: str, record: ActivityRecord | None) -> tuple[str, str, str]:
    """Return year, month and day: the record's, else as the path has them in order; "" where unknown."""
    if record is not None and record.knows("date"):
        return f"{record.data.date:%Y}", f"{record.data.date:%m}", f"{record.data.date:%d}"
    found = re.search(r"(?:^|/)(20[0-9]{2})/(0?[1-9]|1[0-2])/(0?[1-9]|[12][0-9]|3[01])-", path)
    try:
        day = dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    return (f"{day:%Y}", f"{day:%m}", f"{day:%d}") if day else ("", "", "")


class SchoolGuess:
    """Guess a record's school: its path names one (by id, name or spelling), or its partners' pairing has it."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.known = list_programme_schools(corpus) or frozenset(corpus.schools)
        self.ids = {normalise_text(name): school for school in self.known for name in _names(corpus, school)}

    def guess_schools(self, path: str, record: ActivityRecord | None) -> tuple[str, ...]:
        """Return the school that a record is of, or all that it may be of."""
        parts = [normalise_text(part) for part in path.split("/")[:12]]
        for part in parts:
            if part in self.ids:
                return (self.ids[part],)
        fitting = self._fitting(record)
        for part in parts[:-1]:
            if len(part) > 3 and part != "records" and not part[0].isdigit():
                near = difflib.get_close_matches(part, fitting or sorted(self.known), 1, 0.75)
                if near:
                    return tuple(near)
        return fitting

    def _fitting(self, record: ActivityRecord | None) -> tuple[str, ...]:
        """Return the schools whose pairing has all of a record's partners."""
        if record is None or not record.knows("date", "partners"):
            return ()
        programme = self.corpus.find_programme(record.data.date.year)
        partners = set(record.data.partners)
        return tuple(
            school
            for pairing in (programme.pairings if programme else ())
            if partners <= {pairing.helper, *pairing.helped}
            for school in (pairing.helper, *pairing.helped)
            if school not in partners
        )


def _names(corpus: Corpus, school: str) -> tuple[str, ...]:
    profile = corpus.find_profile(school)
    return (profile.name, profile.short, school) if profile else (school,)


def guess_slug(path: str, record: ActivityRecord | None, known: frozenset[str]) -> str:
    """Return the short name that the path holds, else the measure."""
    *folders, name = [re.sub(r"[ _]+", "-", normalise_text(part)) for part in path.split("/")]
    candidates = [*reversed(folders), name.partition(".")[0]]
    candidates.sort(key=lambda part: not re.match(r"[0-9]{1,2}-", part))
    for part in candidates:
        match = _SLUG.fullmatch(part)
        if (
            match
            and re.search("[a-z]", match[1])
            and len(part) <= 60
            and match[1] not in known
            and match[1] not in ("records", "bureau", "schema", "activity", *OWN_FOLDERS)
            and not _MONTHS.fullmatch(match[1])
        ):
            return match[1]
    return record.data.measure if record is not None and record.knows("measure") else "activity"
