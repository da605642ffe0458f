"""Publishes every term of a new archive, as the office would have done a week after its last closing: for the sample."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.accounts.assessment.assess import assess
from generator.accounts.assessment.publication import path_of, published_text, refusal
from generator.archive import read_corpus

_WEEK = dt.timedelta(days=7)


def publish_terms(root: Path, content: Path) -> None:
    """Write the published assessments of all terms whose months are closed below ``root``.

    ``content`` as in :func:`generator.archive.read_corpus`.
    """
    corpus = read_corpus(root, content=content)
    for year in corpus.years:
        programme = corpus.programme(year)
        for term in programme.terms if programme else ():
            closing = corpus.bureau[year].closings.get(term.months[-1])
            if closing is None:
                continue
            day = closing.data.closed + _WEEK
            found = assess(corpus, year, term.id, day)
            if found is None or refusal(found):
                continue
            path = root / path_of(year, found.name)
            path.parent.mkdir(exist_ok=True)
            text = published_text(found, day, (), sample=corpus.has_sample)
            path.write_text(text, encoding="utf-8", newline="\n")
