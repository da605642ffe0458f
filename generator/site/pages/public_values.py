"""Select and mask what of the records may be published: activities, photos, schools."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from generator.accounts.months import find_deadline, name_month
from generator.archive import Corpus, Photographed
from generator.archive.privacy import Withheld, list_withholding_reasons, mask_private_words
from generator.records import ActivityRecord
from generator.records.models import Measure, Programme
from generator.site.pages.view import (
    DIRECTIONS,
    KINDS,
    HiddenPhoto,
    Photos,
    PublicActivity,
    PublicPhoto,
    SchoolView,
)

_HIDDEN = {
    Withheld.WITHDRAWN: "图片已撤下",
    Withheld.CONSENT: "图片中有幼儿，未取得监护人同意，不公开",
    Withheld.PRIVATE: "图片只存档，不公开",
    Withheld.UNSTATED: "图片尚未注明人物，暂不公开",
    None: "图片文件有问题，暂时不能显示",
}


def name_measure(measure: Measure) -> str:
    """Return a measure's name as every page and file publishes it."""
    return mask_private_words(measure.name)


def list_schools(corpus: Corpus, programme: Programme, today: dt.date) -> dict[str, SchoolView]:
    """Return a programme's schools by id, in the order of its pairings, as they are today.

    Once the year is over, as they were on its last day.
    """
    day = min(today, programme.terms[-1].ends)
    found = {}
    for school in programme.school_ids:
        profile = corpus.find_profile_on(school, day)
        helper = _find_helper(programme, school, day)
        kind = profile.kind if profile else ("helper" if school == helper else "rural")
        found[school] = SchoolView(
            id=school,
            name=profile.name if profile else school,
            short=profile.short if profile else school,
            kind=kind,
            kind_name=KINDS[kind],
            url=f"schools/{school}/{programme.year}/",
            helper=helper,
        )
    return found


def _find_helper(programme: Programme, school: str, day: dt.date) -> str:
    """Return the helper of a school's pairing on a day, else of its latest, or of its first before it begins."""
    stays = sorted(programme.list_stays(school), key=lambda stay: stay.span.first)
    begun = [stay for stay in stays if stay.span.first <= day]
    now = next((stay for stay in begun if stay.span.holds(day)), None)
    stay = now or (begun[-1] if begun else next(iter(stays), None))
    return stay.pairing.helper if stay else next(p.helper for p in programme.list_pairings_of(school))


def publish_activities(
    corpus: Corpus,
    programmes: Mapping[int, Programme],
    schools: Mapping[int, Mapping[str, SchoolView]],
    photos: Photos,
    today: dt.date,
) -> tuple[PublicActivity, ...]:
    """Return all public activities in order of date.

    An activity that is incomplete, `public: false`, or of a school or year that no programme knows stays
    out (the rules name the latter two); whether it counts is the ledger's matter.
    """
    years = {year: _Year(corpus, programme, schools[year], today) for year, programme in programmes.items()}
    found = [
        year.activity(record, photos)
        for record in corpus.activities
        if record.complete
        and record.data.public
        and (year := years.get(record.year))
        and record.school in year.schools
    ]
    order = {
        (number, school): place for number, year in years.items() for place, school in enumerate(year.schools)
    }
    found.sort(key=lambda a: (a.date, order[a.year, a.school.id], a.key))
    return tuple(found)


class _Year:
    """What all activities of a year share, looked up once."""

    def __init__(
        self,
        corpus: Corpus,
        programme: Programme,
        schools: Mapping[str, SchoolView],
        today: dt.date,
    ) -> None:
        self.schools = schools
        self._corpus = corpus
        plan = corpus.bureau[programme.year].plan
        self._measures = {}
        for measure in programme.measures:
            clause = plan.find_clause(measure.clause) if plan else None
            url = f"plan/{programme.year}/#{clause.anchor}" if clause else ""
            self._measures[measure.id] = (name_measure(measure), measure.clause, url)
        self._rows = {
            school: {row.id: mask_private_words(row.task) for row in table.data.rows}
            for school in schools
            if (records := corpus.schools.get(school)) and (table := records.plans.get(programme.year))
        }
        self._settlement = corpus.find_settlement(programme.year)
        self._closed = {
            month: closed
            for month in programme.months
            if (closed := self._settlement.find_month(month, today))
        }
        self._deadlines = {month: find_deadline(programme, month) for month in programme.months}
        self._month_names = {month: name_month(month) for month in programme.months}

    def activity(self, record: ActivityRecord, photos: Photos) -> PublicActivity:
        data, names, key = record.data, record.data.private, record.key
        school = self.schools[record.school]
        name, clause, clause_url = self._measures.get(data.measure, (data.measure, "", ""))
        row, rows = data.plan or "", self._rows.get(record.school, {})
        row = row if row in rows else ""
        shown, hidden = publish_photos(self._corpus, record, photos) if data.photos else ((), ())
        return PublicActivity(
            key=key,
            url=f"schools/{key}/",
            school=school,
            helper=school.helper,
            year=record.year,
            month=record.month,
            month_name=self._month_names.get(record.month) or name_month(record.month),
            date=data.date,
            reported=data.reported,
            number=self._settlement.numbers.get(key, ""),
            late=self._late(record),
            title=mask_private_words(data.title, names),
            measure=data.measure if clause else "",
            measure_name=name,
            clause=clause,
            clause_url=clause_url,
            partners=tuple(p for id_ in data.partners if (p := self.schools.get(id_))),
            direction=data.direction,
            direction_name=DIRECTIONS[data.direction],
            place=mask_private_words(data.place, names) if data.place else "",
            lead=mask_private_words(data.lead, names),
            sent=data.staff.sent,
            received=data.staff.received,
            attendance=data.attendance,
            grades=tuple(data.grades),
            plan_row=row,
            plan_task=rows.get(row, ""),
            plan_url=f"schools/{record.school}/{record.year}/#plan-{row}" if row else "",
            photos=shown,
            hidden=hidden,
            record=record,
        )

    def _late(self, record: ActivityRecord) -> bool:
        """Say the same as `ledger.is_late`, by what this year has looked up."""
        if closed := self._closed.get(record.month):
            line = closed.schools.get(record.school)
            return line is None or record.key not in line.keys
        return record.data.reported > self._deadlines.get(record.month, dt.date.max)


def publish_photos(
    corpus: Corpus, record: Photographed, photos: Photos
) -> tuple[tuple[PublicPhoto, ...], tuple[HiddenPhoto, ...]]:
    """Return a record's photos as they may be shown, and those that may not, with the reason."""
    shown, hidden = [], []
    for index, reason in enumerate(list_withholding_reasons(corpus, record)):
        if not reason and (picture := photos.find_picture(record, index)):
            caption = mask_private_words(record.data.photos[index].caption, record.data.private)
            shown.append(PublicPhoto(index=index, caption=caption, picture=picture))
        else:
            hidden.append(HiddenPhoto(index=index, reason=reason, text=_HIDDEN[reason]))
    return tuple(shown), tuple(hidden)
