"""The changes of a year, each as an edit of programme.yml and school.yml.

Each takes the files' data as ruamel.yaml reads them and changes them in place. A time is a day, or a month as
``YYYY-MM``. Raises :class:`EditError` where the files don't hold what is to be changed.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from generator.actions.change_programme.yaml_layout import make_entry, put_after

Time = str | dt.date
"""A month as ``YYYY-MM``, or a day."""


class EditError(Exception):
    """Why a change cannot be made; the text is Chinese, and nothing was written."""


def find_day_before(time: Time) -> Time:
    """Return the month before a month, or the day before a day."""
    if isinstance(time, dt.date):
        return time - dt.timedelta(days=1)
    year, month = int(time[:4]), int(time[5:])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"


def find_first_day(time: Time) -> dt.date:
    """Return the first day of a month, or the day itself."""
    return time if isinstance(time, dt.date) else dt.date.fromisoformat(f"{time}-01")


def find_last_day(time: Time) -> dt.date:
    """Return the last day of a month, or the day itself."""
    if isinstance(time, dt.date):
        return time
    year, month = int(time[:4]), int(time[5:])
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def drop_member(programme: CommentedMap, school: str, since: Time, *, person: str | None) -> None:
    """Let a school take part no longer from a day on; with it its responsible person, who answers for no other."""
    ended = False
    for pairing in programme["pairings"]:
        if pairing["helper"] == school and _lasts_beyond(pairing, since):
            put_after(pairing, "until", find_day_before(since), behind=("from", "helper"))
            ended = True
            continue
        if _end_entry(pairing["helped"], "school", school, since):
            ended = True
            if not pairing["helped"]:
                raise EditError(
                    f"{school} 是这个对子里唯一的被帮扶园，从 {since} 起就没有帮扶对象了；让帮扶园 {pairing['helper']} 退出：pairing programme leave {pairing['helper']} --from {since}"
                )
            if person is not None:
                _end_entry(pairing["responsible"], "name", person, since)
    if not ended:
        raise EditError(f"{school} 从 {since} 起本来就不在对子里")


def add_member(
    programme: CommentedMap, school: str, helper: str, since: Time, *, persons: Sequence[str]
) -> None:
    """Let a helper help a school from a day on. ``persons``: who answers for the school, and for a new pairing."""
    for pairing in programme["pairings"]:
        if pairing["helper"] == helper and _lasts_beyond(pairing, since):
            if any(
                _name(each, "school") == school and _lasts_beyond(each, since) for each in pairing["helped"]
            ):
                raise EditError(f"{school} 从 {since} 起本来就由 {helper} 帮扶")
            pairing["helped"].append(make_entry({"school": school, "from": since}))
            for person in persons:
                _begin_person(pairing["responsible"], person, since)
            return
    pairing = CommentedMap()
    pairing["helper"], pairing["from"] = helper, since
    for name, values in (("helped", [school]), ("responsible", list(dict.fromkeys(persons)))):
        pairing[name] = CommentedSeq(values)
        pairing[name].fa.set_flow_style()
    programme["pairings"].append(pairing)


def replace_person(programme: CommentedMap, school: str, old: str, new: str, since: Time) -> None:
    """Let a new person answer for a school from a day on, in each pairing that names the old one then."""
    changed = False
    for pairing in programme["pairings"]:
        if school != pairing["helper"] and not any(_name(e, "school") == school for e in pairing["helped"]):
            continue
        if _end_entry(pairing["responsible"], "name", old, since):
            _begin_person(pairing["responsible"], new, since)
            changed = True
    if not changed:
        raise EditError(f"从 {since} 起，{school} 的对子里没有责任人“{old}”")


def change_profile(profile: CommentedMap, since: Time, changes: dict[str, str]) -> None:
    """Give a school another name, short name, kind or responsible person from a day on; keep what it was."""
    was = {name: str(profile[name]) for name, value in changes.items() if str(profile.get(name)) != value}
    if not was:
        raise EditError("学校档案里已经是这样")
    former = profile.get("former")
    if former is None:
        put_after(profile, "former", CommentedSeq(), behind=("short", "name"))
        former = profile["former"]
    former.append(make_entry({**was, "until": find_day_before(since)}))
    for name in was:
        profile[name] = changes[name]


def merge_profile(profile: CommentedMap, into: str, since: Time) -> None:
    """Note that a school was merged into another one."""
    put_after(profile, "merged_into", into, behind=("kind",))
    put_after(profile, "until", find_day_before(since), behind=("merged_into",))


def set_deadline(programme: CommentedMap, month: str, day: dt.date, reason: str, decided: dt.date) -> None:
    """Give a month a deadline of its own."""
    values: dict[str, str | dt.date] = {"date": day, "reason": reason, "decided": decided}
    _table(programme, "deadlines")[month] = make_entry(values)


def cancel_month(programme: CommentedMap, month: str, reason: str, decided_by: str, decided: dt.date) -> None:
    """Excuse all schools for a month."""
    values: dict[str, str | dt.date] = {"reason": reason, "decided_by": decided_by, "decided": decided}
    _table(programme, "cancelled")[month] = make_entry(values)


def excuse_school(
    programme: CommentedMap,
    school: str,
    months: Sequence[str],
    reason: str,
    decided_by: str,
    decided: dt.date,
) -> None:
    """Excuse a school for some months; what was said of these months before is replaced."""
    if "excused" not in programme:
        put_after(programme, "excused", CommentedSeq(), behind=("deadline_day",))
    entries = programme["excused"]
    for entry in [each for each in entries if each["school"] == school]:
        for month in [each for each in entry["months"] if str(each) in months]:
            entry["months"].remove(month)
        if not entry["months"]:
            entries.remove(entry)
    said: dict[str, str | dt.date] = {"reason": reason, "decided_by": decided_by, "decided": decided}
    entries.append(make_entry({"school": school, "months": months, **said}))


def _table(programme: CommentedMap, name: str) -> Any:
    if name not in programme:
        put_after(programme, name, CommentedMap(), behind=("deadline_day",))
    return programme[name]


def _name(entry: Any, field: str) -> str:
    return str(entry[field] if isinstance(entry, CommentedMap) else entry)


def _lasts_beyond(entry: Any, since: Time) -> bool:
    """Say whether what an entry tells still holds on a day; a plain name holds always."""
    until = entry.get("until") if isinstance(entry, CommentedMap) else None
    return until is None or find_last_day(until) >= find_first_day(since)


def _begins_later(entry: Any, since: Time) -> bool:
    begin = entry.get("from") if isinstance(entry, CommentedMap) else None
    return begin is not None and find_first_day(begin) >= find_first_day(since)


def _find_entries(entries: CommentedSeq, field: str, name: str, since: Time) -> Iterator[int]:
    """Yield the places, the last first, of the entries of a name that hold on a day or later."""
    for at in range(len(entries) - 1, -1, -1):
        if _name(entries[at], field) == name and _lasts_beyond(entries[at], since):
            yield at


def _end_entry(entries: CommentedSeq, field: str, name: str, since: Time) -> bool:
    """End what the entries of a name tell before a day; one that had not begun is removed."""
    found = False
    for at in _find_entries(entries, field, name, since):
        found = True
        entry = entries[at]
        if _begins_later(entry, since):
            del entries[at]
        elif isinstance(entry, CommentedMap):
            entry["until"] = find_day_before(since)
        else:
            entries[at] = make_entry({field: name, "until": find_day_before(since)})
    return found


def _begin_person(entries: CommentedSeq, person: str, since: Time) -> None:
    if not any(True for _ in _find_entries(entries, "name", person, since)):
        entries.append(make_entry({"name": person, "from": since}))
