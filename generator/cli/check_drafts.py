"""Check drafts in a browser, where Pyodide runs this: beside the public part of the archive, on the browser's clock.

The answer is that of `pairing check --only PATHS --format json` for the same files, but for what only a decoder tells
of a photo (rules/submission/photo_trial.py): FFmpeg and Pillow do not run there. Rules that ask for more of the archive
than is public are `UNDECIDED` of site/checker/public_archive.py. A draft goes no further than the browser's memory.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator.archive import Corpus, read_corpus
from generator.archive.school_folder import read_school
from generator.cli import clock, report_problems
from generator.rules.submission import verdict
from generator.rules.submission.changed_paths import Submission

_ACTIVITY = re.compile(r"(records/[^/]+/[0-9]{4}/(?:0[1-9]|1[0-2])/[^/]+)/[^/]+")
_OF_SCHOOL = re.compile(r"records/([^/]+)/.+")


class DraftChecker:
    """The public archive, read once, beside which drafts are laid, judged and taken away again.

    root: its folder. While a method runs, the drafts' files lie there in their places. Plan tables are read when a draft
    is of their school: of a year's data they are two thirds, and a phone needs seconds for them.
    The methods take the drafts' `paths`, POSIX and below the root, and the day to judge by, `as_of`, written
    2020-05-31; "" is today.
    """

    def __init__(self, root: str) -> None:
        self.root = Path(root)
        self._plans: dict[Path, bytes] = {}
        for plan in self.root.glob("records/*/[0-9][0-9][0-9][0-9]/plan.yml"):
            self._plans[plan] = plan.read_bytes()
            plan.unlink()
        self.base = read_corpus(self.root)

    def check(self, paths: Sequence[str], *, as_of: str = "", site: str = "") -> str:
        """Return a JSON list as `report_problems.render_json` does, of the problems that concern drafts.

        site: as in `render_json`.
        """
        corpus = self._read(paths)
        given = Submission(paths=list_touched(paths))
        judged = verdict.judge_paths(corpus, _parse_day(as_of), given)
        found = [d for d in judged.diagnostics if given.is_concerned_by(d)]
        return report_problems.render_json(found, site)

    def preview(self, paths: Sequence[str], *, address: str, as_of: str = "") -> str:
        """Return a JSON list of `{path, html}`, a document for each draft that the site would publish as it is.

        path: of its activity.md.   address: of the site, with a final slash.
        """
        # Imported late: it takes longer than a check, which must not wait for it.
        from generator.site.checker.draft_preview import preview_activity

        corpus = self._read(paths)
        made = (
            (record.file.path, preview_activity(corpus, record, _parse_day(as_of), address))
            for record in corpus.activities
            if record.file.path in paths
        )
        return json.dumps([{"path": path, "html": html} for path, html in made if html], ensure_ascii=False)

    def _read(self, paths: Sequence[str]) -> Corpus:
        """Read the drafts; where all are of known schools, nothing but these schools is read anew."""
        matches = [_OF_SCHOOL.fullmatch(path) for path in paths]
        schools = {match[1] for match in matches if match}
        base = self.base
        known = all(matches) and schools <= base.schools.keys()
        for plan, data in self._plans.items():
            if not plan.exists() and (not known or plan.relative_to(self.root).parts[1] in schools):
                plan.parent.mkdir(parents=True, exist_ok=True)
                plan.write_bytes(data)
        if not known:
            return read_corpus(self.root)
        of_schools = sum(len(each.problems) for each in base.schools.values())
        read = {
            name: read_school(self.root, name) if name in schools else records
            for name, records in base.schools.items()
        }
        problems = base.problems[: len(base.problems) - of_schools]
        problems += tuple(problem for each in read.values() for problem in each.problems)
        return replace(base, schools=read, problems=problems)


def list_touched(paths: Sequence[str]) -> tuple[str, ...]:
    """Return what is to be judged: the folders of activities, and files that lie in none."""
    folders = (match[1] if (match := _ACTIVITY.fullmatch(path)) else path for path in paths)
    return tuple(dict.fromkeys(folders))


def _parse_day(as_of: str) -> dt.date:
    return clock.read_today(dt.date.fromisoformat(as_of) if as_of else None)
