"""Close every month and publish every term of a new sample archive, as an officer would have."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from generator.accounts.assessment.assess_schools import assess_schools
from generator.accounts.assessment.publication import (
    find_published_path,
    find_reason_not_to_publish,
    format_published,
)
from generator.actions.closing.plan_closing import PlannedFiles, list_planned_paths, plan_closing
from generator.archive import BureauRecords, Corpus, read_corpus
from generator.records import YamlRecord, parse_yaml

_WEEK = dt.timedelta(days=7)


def close_years(root: Path, content: Path) -> None:
    """Write the closings of all years' months below ``root``.

    ``content`` as in :func:`generator.archive.read_corpus`. Each month is closed on the first weekday after
    the first day of the next.
    """
    corpus = read_corpus(root, content=content)
    written: dict[str, str] = {}
    for year in corpus.years:
        programme = corpus.find_programme(year)
        if programme is None:
            continue
        for month in programme.months:
            writing = plan_closing(corpus, programme, month, _closing_day(month)).writing
            written |= dict(zip(list_planned_paths(writing), writing.files.values(), strict=True))
            corpus = _after(corpus, writing)
    for path, text in written.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")


def publish_terms(root: Path, content: Path) -> None:
    """Write the published assessments of all terms whose months are closed below ``root``.

    ``content`` as in :func:`generator.archive.read_corpus`.
    """
    corpus = read_corpus(root, content=content)
    for year in corpus.years:
        programme = corpus.find_programme(year)
        for term in programme.terms if programme else ():
            closing = corpus.bureau[year].closings.get(term.months[-1])
            if closing is None:
                continue
            day = closing.data.closed + _WEEK
            found = assess_schools(corpus, year, term.id, day)
            if found is None or find_reason_not_to_publish(found):
                continue
            path = root / find_published_path(year, found.name)
            path.parent.mkdir(exist_ok=True)
            text = format_published(found, day, (), sample=corpus.has_sample)
            path.write_text(text, encoding="utf-8", newline="\n")


def _closing_day(month: str) -> dt.date:
    last = dt.date.fromisoformat(f"{month}-28")
    day = (last + dt.timedelta(days=4)).replace(day=2)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day


def _after(corpus: Corpus, writing: PlannedFiles) -> Corpus:
    """Return the archive as it is read once a closing is written."""
    bureau = corpus.bureau[writing.year]
    closings, filings = dict(bureau.closings), bureau.filings
    for path, text in zip(list_planned_paths(writing), writing.files.values(), strict=True):
        if path.endswith("/filings.yml"):
            filings = _parsed("filings", path, text)
        else:
            closings[Path(path).stem] = _parsed("closing", path, text)
    changed: BureauRecords = dataclasses.replace(bureau, closings=closings, filings=filings)
    return dataclasses.replace(corpus, bureau={**corpus.bureau, writing.year: changed})


def _parsed(kind: str, path: str, text: str) -> YamlRecord:
    record, _ = parse_yaml(kind, path, text.encode())
    if record is None:
        raise ValueError(path)  # what this program wrote
    return record
