"""Write the part of the archive that the check of one record asks for, of nothing but what the site says anyway.

A draft is laid beside it and judged by the rules as they are. It holds, written anew from validated values and with
numbers blacked out as on every page, so that no comment and no private word of a file gets out:

- each year's programme and the plan's text (page 方案),
- the profile, plan tables and rosters of each school of a programme (the schools' pages),
- of each closing its month and its day (the bulletins).

All else is left out: records and their photos, private names, digests of withdrawn photos, the lines of closings,
inspections, surveys. So the rules of `UNDECIDED` do not look beyond the draft; the check of the pull request does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.records import YamlRecord
from generator.records.yaml_writing import format_yaml

UNDECIDED = (
    "closing-changed",  # what a closed month's records were
    "copied-text",  # other records' texts
    "photo-reused",  # other records' photos
    "photo-withdrawn",  # digests of photos that were taken down
    "sample-mixed",  # says how many records there are
    "similar-text",  # as copied-text
)
"""Rules whose verdict on a draft may differ from the pull request's, since they ask for what is left out."""

_PROGRAMME_UNREAD = frozenset({"human_judgement", "imprint", "oddities"})
_SCHOOL_UNREAD = frozenset({"profile"})
_CLOSING_UNREAD = frozenset({"previous", "programme"})


def write_public_archive(corpus: Corpus) -> dict[str, bytes]:
    """Return the files by path below the archive's root; the same for the same published values."""
    found: dict[str, bytes] = {}
    for year, bureau in corpus.bureau.items():
        if bureau.programme is None:
            continue
        folder = f"records/bureau/{year}"
        found[f"{folder}/programme.yml"] = _write(bureau.programme, _PROGRAMME_UNREAD)
        if bureau.plan_file is not None:
            found[bureau.plan_file.path] = mask_private_words(bureau.plan_file.text).encode()
        for month, closing in bureau.closings.items():
            if closing.complete:
                found[f"{folder}/closings/{month}.yml"] = _write(closing, _CLOSING_UNREAD, schools=[])
    for path, record, unread in _list_school_records(corpus):
        found[path] = _write(record, unread)
    return dict(sorted(found.items()))


def _list_school_records(corpus: Corpus) -> Iterator[tuple[str, YamlRecord, frozenset[str]]]:
    """Yield what may be published of each school that takes part in a year: path, record, fields not to write."""
    for year in corpus.years:
        programme = corpus.find_programme(year)
        for school in programme.school_ids if programme else ():
            records = corpus.schools.get(school)
            if records is None:
                continue
            if records.profile:
                yield f"records/{school}/school.yml", records.profile, _SCHOOL_UNREAD
            if plan := records.plans.get(year):
                yield f"records/{school}/{year}/plan.yml", plan, frozenset()
            if roster := records.rosters.get(year):
                yield f"records/{school}/{year}/roster.yml", roster, frozenset()


def _write(record: YamlRecord, unread: frozenset[str], **instead: Any) -> bytes:
    """Return a record as YAML: without the fields that nobody reads, or that the file itself does not tell."""
    left_out = unread | record.unread
    fields = type(record.data).model_fields
    data = record.data.model_dump(
        mode="json",
        by_alias=True,
        exclude_defaults=True,
        exclude={name for name, info in fields.items() if (info.alias or name) in left_out},
    )
    return format_yaml(_mask_texts({**data, **instead}), for_people=False).encode()


def _mask_texts(value: Any) -> Any:
    """Return a value with the numbers in all its texts blacked out."""
    if isinstance(value, str):
        return mask_private_words(value)
    if isinstance(value, dict):
        return {key: _mask_texts(each) for key, each in value.items()}
    return [_mask_texts(each) for each in value] if isinstance(value, list) else value
