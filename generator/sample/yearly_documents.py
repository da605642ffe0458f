"""Write the rosters, agreements, bulletin notes and “名园+” events of a sample year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from generator.records.models import Pairing, Programme
from generator.sample.dice import make_random
from generator.sample.markup import format_scalar, format_schema_line
from generator.sample.phrasebook import Phrasebook
from generator.sample.schedule import list_school_days

_BANK = "documents"
PAIRS = 3
"""So many pairs of teachers a roster has for each helped school, numbered from 1."""


class Clerk:
    """Writes one year's documents."""

    def __init__(self, programme: Programme, names: dict[str, str], *, seed: object) -> None:
        self._programme = programme
        self._names = names
        self._seed = (seed, programme.year)
        self._book = Phrasebook(f"{seed}/{programme.year}/documents")

    def _few(self, section: str, count: int) -> list[str]:
        found: list[str] = []
        while len(found) < count:
            text = self._book.draw_sentence(_BANK, section)
            if text not in found:
                found.append(text)
        return found

    def write_roster(self, pairing: Pairing) -> str:
        """Return the roster of a helper: every term three pairs of teachers for each helped school."""
        lines = [format_schema_line(2, "roster"), "sample: true", "terms:"]
        for term in self._programme.terms:
            chance = make_random(*self._seed, "roster", pairing.helper, term.id)
            days = [term.starts + dt.timedelta(days=i) for i in range(1, 7)]
            days = [day for day in days if day.weekday() < 5]
            lines += [f"  - term: {term.id}", f"    reported: {chance.choice(days)}", "    pairs:"]
            for helped in pairing.helped:
                drawn = (self._few(section, PAIRS) for section in ("师傅", "徒弟", "内容"))
                for number, (mentor, mentee, focus) in enumerate(zip(*drawn, strict=True), start=1):
                    who = f"id: {helped}-{number}, mentor: {mentor}, mentee: {mentee}"
                    lines.append(f"      - {{{who}, school: {helped}, focus: {focus}}}")
        return "\n".join(lines) + "\n"

    def choose_signing_day(self, pairing: Pairing) -> dt.date:
        """Return the day on which a helper signs with all its helped schools, in the year's first weeks."""
        days = list_school_days(self._programme.months[0])
        return days[make_random(*self._seed, "signing", pairing.helper).randrange(3, min(10, len(days)))]

    def write_agreement(self, pairing: Pairing, helped: str, signed: dt.date) -> str:
        """Return the agreement of a helper with one helped school."""
        ours, theirs = self._names[pairing.helper], self._names[helped]
        goals = self._few("目标", 4)
        first, second, both = self._few("甲方", 4), self._few("乙方", 4), self._few("共同", 3)
        county = self._programme.title
        lines = [
            "---",
            format_schema_line(2, "agreement"),
            f"title: {format_scalar(f'{ours}与{theirs}结对帮扶协议')}",
            f"helped: {helped}",
            f"signed: {signed}",
            "goals:",
            *(f"  - {format_scalar(goal)}" for goal in goals),
            "sample: true",
            "---",
            "",
            f"甲方（帮扶园）：{ours}",
            "",
            f"乙方（被帮扶园）：{theirs}",
            "",
            f"为落实《{county}》，经双方协商，就年度结对帮扶工作达成如下协议。",
            "",
            "## 甲方职责",
            "",
            *(f"{number}. {text}" for number, text in enumerate(first, start=1)),
            "",
            "## 乙方职责",
            "",
            *(f"{number}. {text}" for number, text in enumerate(second, start=1)),
            "",
            "## 共同约定",
            "",
            *(f"{number}. {text}" for number, text in enumerate(both, start=1)),
            "",
            "本协议一式三份，甲乙双方各执一份，报教育局基教股备案一份，自签订之日起至年末有效。",
        ]
        return "\n".join(lines) + "\n"

    def write_bulletins(self, activities: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
        """Yield (month, text) of the bulletin notes; ``activities`` are the keys of each month's activities."""
        for month in self._programme.months:
            keys = activities.get(month, ())
            chance = make_random(*self._seed, "bulletin", month)
            tags = frozenset({f"{int(month[5:])}月"})
            later = dt.date.fromisoformat(f"{month}-28") + dt.timedelta(days=4)
            issued = later.replace(day=chance.randrange(3, 8))
            while issued.weekday() > 4:
                issued += dt.timedelta(days=1)
            chosen = sorted(chance.sample(range(len(keys)), min(3, len(keys))))
            lines = ["---", format_schema_line(3, "bulletin"), f"month: {month}", f"issued: {issued}"]
            if chosen:
                lines.append("highlights:")
            for index in chosen:
                lines += [
                    f"  - activity: {keys[index]}",
                    f"    remark: {self._book.draw_sentence('bulletins', '点评')}",
                ]
            lines += ["sample: true", "---", "", self._book.draw_sentence("bulletins", "导语", tags), ""]
            lines.append(self._book.draw_sentence("bulletins", "要求"))
            yield month, "\n".join(lines) + "\n"

    def plan_events(self) -> Iterator[tuple[int, str, str]]:
        """Yield (number from 0, month, title) of the monthly “名园+” events, held from the autumn term on (五-4)."""
        if len(self._programme.terms) < 2:
            return
        for number, month in enumerate(self._programme.terms[1].months):
            yield number, month, f"{self._book.draw_sentence('bulletins', '活动题')}活动"
