"""Write a whole sample archive beside its place and rename it into place."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.records.models import Programme
from generator.sample.dice import make_random
from generator.sample.inspectorate import Inspectorate, ReportedActivity
from generator.sample.markup import format_activity, format_plan
from generator.sample.painter import Painter
from generator.sample.schedule import Calendar, Slot, spread_activities
from generator.sample.template import Template, read_template, scale_template
from generator.sample.writing import Account, Author
from generator.sample.yearly_documents import PAIRS, Clerk

Progress = Callable[[str, int, int], None]

_ROWS = 40  # plan rows a month at most; a table takes 400 (see PlanTable)
_PHOTOS = 60  # pictures a record at most


class OutputNotEmptyError(Exception):
    """The folder to write to holds something; its text is a Chinese message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCounts:
    """How much was written. ``size`` is in bytes."""

    schools: int
    years: int
    activities: int
    photos: int
    files: int
    size: int


def write_sample(
    out: Path,
    *,
    template: Path,
    seed: object = 2020,
    schools: int | None = None,
    years: int = 1,
    activities: int | None = None,
    photos: int | None = None,
    progress: Progress | None = None,
    finish: Callable[[Path], None] | None = None,
) -> SampleCounts:
    """Write an archive of sample records to ``out/records``; the same arguments give the same bytes.

    ``template`` is an archive root whose first programme and schools are the model; another number of
    ``schools`` is invented in the same shape. Without ``activities`` every school does what the programme
    expects of each month and a little more; otherwise so many are spread evenly over schools and months.
    ``finish`` is called with the archive's root before it is renamed into place; it adds what is made from
    records, such as closings, by the same modules as for real ones.
    Raises :class:`OutputNotEmptyError` when ``out`` is not an empty or new folder, ``TemplateError`` when
    the template cannot be used.
    """
    if out.is_symlink() or (out.exists() and (not out.is_dir() or any(out.iterdir()))):
        raise OutputNotEmptyError(f"{out} 里已经有东西；示例只写进新的或空的文件夹，换一个 --out")
    model = read_template(template)
    if schools is not None and schools != len(model.schools):
        model = scale_template(model, schools)
    target = Path(os.path.abspath(out))  # noqa: PTH100  # resolve() would follow links of the parents
    staging = target.with_name(f".{target.name}.{os.getpid()}")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(staging, ignore_errors=True)
    try:
        archive = _Archive(staging, model, seed, progress or (lambda stage, done, total: None))
        counts = archive.write(years=years, activities=activities, photos=photos)
        if finish:
            finish(staging)
        if target.exists():
            target.rmdir()
        staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return counts


class _Archive:
    """One run: decides every activity first, then writes records, pictures and documents."""

    def __init__(self, root: Path, model: Template, seed: object, progress: Progress) -> None:
        self._records = root / "records"
        self._model = model
        self._seed = seed
        self._progress = progress
        self._names = {id_: school.name for id_, school in model.schools.items()}
        self._pictured = True
        self._painted = 0
        self._files = 0
        self._size = 0
        self._made: set[Path] = set()

    def _put(self, path: str, content: str | bytes) -> None:
        file = self._records / path
        data = content.encode() if isinstance(content, str) else content
        if file.parent not in self._made:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(file.parent)
        file.write_bytes(data)
        self._files += 1
        self._size += len(data)

    def write(self, *, years: int, activities: int | None, photos: int | None) -> SampleCounts:
        first = self._model.programme.year
        programmes = [self._model.move_to_year(first + i) for i in range(years)]
        for name, data in self._model.schemas.items():
            self._put(f"schema/{name}", data)
        for id_, data in self._model.school_files.items():
            self._put(f"{id_}/school.yml", data)
        for programme, text in programmes:
            self._put(f"bureau/{programme.year}/programme.yml", text)
        slots = list(self._slots([programme for programme, _ in programmes], activities))
        pictures = len(slots) + len(slots) // 20 if photos is None else min(photos, _PHOTOS * len(slots))
        by_year: dict[int, list[tuple[str, Slot, Account, str | None]]] = {p.year: [] for p, _ in programmes}
        painter = Painter(seed=self._seed, total=pictures)
        author = Author(self._model.programme, self._names, seed=self._seed)
        rows: dict[tuple[str, str], int] = {}
        self._pictured = photos is None
        for done, (slot, count) in enumerate(
            zip(slots, spread_activities(pictures, len(slots)), strict=True), start=1
        ):
            account = author.write_account(slot)
            serial = rows[slot.school, slot.month] = rows.get((slot.school, slot.month), 0) + 1
            row = f"{slot.month}-{serial}" if serial <= _ROWS else None
            slug = slot.measure if slot.serial == 1 else f"{slot.measure}-{slot.serial}"
            key = f"{slot.school}/{slot.year}/{slot.month[5:]}/{slot.date.day:02d}-{slug}"
            scenes = [account.scenes[i % len(account.scenes)] for i in range(count)]
            captions = [painter.write_caption(scene, key, i) for i, scene in enumerate(scenes)]
            self._put(
                f"{key}/activity.md",
                format_activity(slot, account, row=row, pairs=self._pairs(slot, key), captions=captions),
            )
            for number, scene in enumerate(scenes, start=1):
                self._put(f"{key}/{number:02d}.jpg", painter.paint_picture(scene, slot.date.month))
            self._painted += count
            by_year[slot.year].append((key, slot, account, row))
            self._progress("写记录和图片", done, len(slots))
        for programme, _ in programmes:
            self._documents(programme, by_year[programme.year])
        return SampleCounts(
            schools=len(self._model.schools),
            years=years,
            activities=len(slots),
            photos=self._painted,
            files=self._files,
            size=self._size,
        )

    def _pairs(self, slot: Slot, key: str) -> list[str]:
        """Return the pairs of teachers that took part in an activity of the roster's measure; some do not say."""
        chance = make_random(self._seed, "pairs", key)
        if slot.measure != "mentoring" or not chance.randrange(6):
            return []
        helped = slot.partners if slot.helper else (slot.school,)
        numbers = [sorted(chance.sample(range(1, PAIRS + 1), chance.choice((2, PAIRS)))) for _ in helped]
        return [f"{school}-{number}" for school, some in zip(helped, numbers, strict=True) for number in some]

    def _slots(self, programmes: Sequence[Programme], activities: int | None) -> Iterator[Slot]:
        """Decide every activity; agreements signed on one day are reported on that day."""
        calendars = [(p, Calendar(p, seed=f"{self._seed}/{p.year}")) for p in programmes]
        cells = [(p, calendar, *cell) for p, calendar in calendars for cell in calendar.list_cells()]
        counts = None if activities is None else list(spread_activities(activities, len(cells)))
        for index, (_, calendar, month, school) in enumerate(cells):
            if counts is None:
                measures = calendar.choose_measures(month, school)
            else:
                measures = calendar.draw_measures(month, school, counts[index])
            yield from calendar.plan_slots(month, school, measures)

    def _documents(self, programme: Programme, written: list[tuple[str, Slot, Account, str | None]]) -> None:
        clerk = Clerk(programme, self._names, seed=self._seed)
        tables: dict[str, list[tuple[str, str, str, str, str, str]]] = {s: [] for s in programme.school_ids}
        months: dict[str, list[str]] = {}
        signings: dict[str, dt.date] = {}
        names = {m.id: m.name for m in programme.measures}
        for key, slot, account, row in written:
            months.setdefault(slot.month, []).append(key)
            if slot.measure == "agreement" and slot.helper:
                signings.setdefault(slot.school, slot.date)
            if row:
                task = f"{names[slot.measure]}：{account.title}"
                date = slot.date.isoformat()
                tables[slot.school].append((row, slot.month, date, task, slot.measure, account.lead))
        year = programme.year
        for school, table in tables.items():
            self._put(f"{school}/{year}/plan.yml", format_plan(sorted(table, key=_by_month)))
        for pairing in programme.pairings:
            self._put(f"{pairing.helper}/{year}/roster.yml", clerk.write_roster(pairing))
            signed = signings.get(pairing.helper) or clerk.choose_signing_day(pairing)
            for helped in pairing.helped:
                self._put(
                    f"{pairing.helper}/{year}/agreement-{helped}.md",
                    clerk.write_agreement(pairing, helped, signed),
                )
        for month, text in clerk.write_bulletins(months):
            self._put(f"bureau/{year}/bulletins/{month}.md", text)
        self._write_oversight(programme, clerk, written)

    def _write_oversight(
        self, programme: Programme, clerk: Clerk, written: list[tuple[str, Slot, Account, str | None]]
    ) -> None:
        reported = [
            ReportedActivity(
                key=key, school=slot.school, month=slot.month, date=slot.date, reported=slot.reported
            )
            for key, slot, _, _ in written
        ]
        bureau = Inspectorate(programme, self._names, reported, seed=self._seed)
        files = [*bureau.write_files(), *(bureau.write_event(*each) for each in clerk.plan_events())]
        painter = Painter(seed=f"{self._seed}/{programme.year}/visits", total=len(files))
        for path, text, scenes in files:
            # Where a number of pictures is asked for, the activities have them all.
            drawn = scenes if self._pictured else ()
            bare = re.sub(r"(?m)^photos:\n(?:  - .*\n)+", "", text)
            self._put(f"bureau/{programme.year}/{path}", text if drawn else bare)
            month = int(path.rpartition("/")[2][5:7])
            for number, scene in enumerate(drawn, start=1):
                folder = path.removesuffix(".md")
                self._put(
                    f"bureau/{programme.year}/{folder}/{number:02d}.jpg", painter.paint_picture(scene, month)
                )
            self._painted += len(drawn)


def _by_month(row: tuple[str, str, str, str, str, str]) -> tuple[str, int]:
    return row[1], int(row[0].rpartition("-")[2])
