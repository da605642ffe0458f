"""Read the archive as it will be once a submission is merged."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from generator.archive import Corpus
from generator.records import parse_activity
from generator.rules.submission.archive_paths import ACTIVITY_FOLDER, has_place, list_activity_records
from generator.rules.submission.changed_paths import Submission
from generator.rules.submission.file_readers import FileReader


def merge_base_branch(corpus: Corpus, touched: Submission, there: Iterable[str], read: FileReader) -> Corpus:
    """Return the archive as a merge would leave the months that a submission touches.

    ``there`` are the files of the base branch's tip, which ``read`` reads: its records that the submission
    does not touch count as they are there.
    """
    months = {ACTIVITY_FOLDER.match(path) for path in list_activity_records(touched.paths)}
    folders = {f"records/{m['school']}/{m['month']}/" for m in months if m}
    own = set(list_activity_records(touched.paths))
    schools = dict(corpus.schools)
    files = [path for path in there if path.endswith("/activity.md") and has_place(path)]
    for folder in folders:
        school = folder.split("/")[1]
        theirs = [
            record
            for path in files
            if path.startswith(folder) and path not in own
            if (data := read(path)) is not None and (record := parse_activity(path, data)[0])
        ]
        if records := schools.get(school):
            kept = [a for a in records.activities if a.file.path in own or not a.file.path.startswith(folder)]
            schools[school] = dataclasses.replace(records, activities=(*kept, *theirs))
    return dataclasses.replace(corpus, schools=schools)
