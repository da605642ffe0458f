"""Write the bureau's own year in a sample: draws, inspections, surveys and “名园+” events."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.accounts import draws
from generator.records.models import Draw, Programme
from generator.sample.dice import make_random
from generator.sample.markup import format_scalar, format_schema_line
from generator.sample.phrasebook import Phrasebook
from generator.sample.schedule import list_school_days

File = tuple[str, str, tuple[str, ...]]
"""Path below the bureau's year without its suffix's folder, text, and the scenes of its pictures."""

_BANK = "visits"
_NUMERALS = "一二三四五六七八"
_SCHOOLS, _RECORDS = 3, 2
_DOUBTFUL, _CLEARED, _FALSE = 2, 3, 5
"""Places of months: one finding is doubtful, cleared up the month after; one is false."""
_SCENES = ("building", "reading", "art", "science", "shop", "corridor", "documents")
_EVENT_SCENES = (("lecture", "meeting"), ("building", "reading", "art", "sports"), ("research",))

_PARENTS = (
    ("您对孩子所在园今年的变化满意吗？", ("很满意", "满意", "一般", "不满意"), False),
    ("您参加过两园联合开展的家园共育活动吗？", ("参加过两次以上", "参加过一次", "没有参加过"), False),
    ("您希望多开展哪些活动？", ("亲子阅读", "户外游戏", "家长讲座", "开放日"), True),
)
_TEACHERS = (
    ("帮扶园的骨干教师本学期到您班里来过吗？", ("来过三次以上", "来过一两次", "没有来过"), False),
    ("观摩学到的做法，回到班里用上了吗？", ("用上了，坚持到现在", "用过，没有坚持", "还没有用"), False),
    ("您最需要哪方面的帮助？", ("区域材料", "教学活动设计", "观察与评价", "家长工作"), True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedActivity:
    """A written activity as an inspection sees it."""

    key: str
    school: str
    month: str
    date: dt.date
    reported: dt.date


class Inspectorate:
    """Writes one year's visits; what it says was seen is invented, as everything in a sample."""

    def __init__(
        self,
        programme: Programme,
        names: dict[str, str],
        written: Sequence[ReportedActivity],
        *,
        seed: object,
    ) -> None:
        self._programme = programme
        self._names = names
        self._seed = (seed, programme.year, "visits")
        self._book = Phrasebook(f"{seed}/{programme.year}/visits")
        self._written: dict[tuple[str, str], list[ReportedActivity]] = {}
        for activity in written:
            self._written.setdefault((activity.school, activity.month), []).append(activity)
        self._visited: dict[str, dt.date] = {}

    def write_files(self) -> Iterator[File]:
        """Yield every file of the year."""
        doubted: list[ReportedActivity] = []
        for place, month in enumerate(self._programme.months):
            made = self._draw(month)
            if made is None:
                continue
            yield f"draws/{month}.yml", _draw_text(made), ()
            days = [day for day in list_school_days(month) if day > made.made]
            for number, drawn in enumerate(made.schools):
                day = days[min(number, len(days) - 1)] if days else made.made
                reported = self._written.get((drawn.school, month), [])
                records = sorted(
                    (a for a in reported if a.key in drawn.drawn), key=lambda a: drawn.drawn.index(a.key)
                )
                # Nothing was reported when the lots were drawn: the visit looks at what there is on its day.
                records = records or [a for a in reported if a.date <= day][:1]
                if not records:
                    continue
                finding = {_DOUBTFUL: "doubtful", _FALSE: "false"}.get(place, "") if not number else ""
                if finding:
                    doubted = records[:1] if finding == "doubtful" else doubted
                    yield self._adverse(day, drawn.school, month, records, finding)
                else:
                    yield self._confirmed(day, drawn.school, month, records, number)
                self._visited.setdefault(drawn.school, day)
            if place == _CLEARED and doubted:
                yield self._again(made.made, doubted[0])
        yield from self._surveys()

    def _draw(self, month: str) -> Draw | None:
        """Draw on the school day nearest before the 24th, from a seed announced a week earlier."""
        days = [day for day in list_school_days(month) if day.day <= 24]
        if not days:
            return None
        made = days[-1]
        announced = made - dt.timedelta(days=7)
        chance = make_random(*self._seed, "seed", month)
        numbers = " ".join(f"{n:02d}" for n in sorted(chance.sample(range(1, 34), 6)))
        seed = f"{numbers} {chance.randrange(1, 17):02d}"
        everyone = sorted(self._programme.school_ids)
        excluded = sorted(school for school, day in self._visited.items() if day < made)
        if len(everyone) - len(excluded) < _SCHOOLS:
            excluded = []
        candidates = [school for school in everyone if school not in excluded]
        group = draws.draw_group(seed, month, "全部校（园）", candidates, min(_SCHOOLS, len(candidates)))
        schools = [
            draws.draw_records(seed, month, school, self._reported(school, month, made), _RECORDS)
            for school in group.drawn
        ]
        return Draw(
            month=month,
            seed=seed,
            source="示例：公布之后第一次开奖的双色球号码",
            announced=announced,
            made=made,
            algorithm=draws.ALGORITHM,
            records=_RECORDS,
            excluded=excluded,
            groups=[group],
            schools=schools,
            sample=True,
        )

    def _reported(self, school: str, month: str, day: dt.date) -> list[str]:
        return [t.key for t in self._written.get((school, month), ()) if t.reported <= day]

    def _head(self, day: dt.date, school: str, title: str, methods: str) -> list[str]:
        return [
            "---",
            format_schema_line(3, "inspection"),
            f"title: {format_scalar(title)}",
            f"date: {day}",
            f"school: {school}",
            f"place: {format_scalar(self._names[school])}",
            f"methods: [{methods}]",
            "inspectors: [基教股干部, 县教研员]",
        ]

    def _confirmed(
        self, day: dt.date, school: str, month: str, records: Sequence[ReportedActivity], number: int
    ) -> File:
        title = f"{_month_name(month)}随机入校核查"
        lines = self._head(day, school, title, "visit" if number else "visit, interview")
        lines += [f"draw: {month}", "records:"]
        for activity in records:
            remark = self._book.draw_sentence(_BANK, "属实句")
            lines.append(
                f"  - {{activity: {activity.key}, finding: confirmed, remark: {format_scalar(remark)}}}"
            )
        scenes: tuple[str, ...] = ()
        if not number:
            scenes = (make_random(*self._seed, "scene", month).choice(_SCENES),)
            lines += ["photos:", "  - {file: 01.jpg, caption: 核查时看到的班级环境, people: none}"]
        body = [self._book.draw_sentence(_BANK, section) for section in ("看到", "属实", "建议")]
        return f"inspections/{day}-{school}.md", _note(lines, body), scenes

    def _adverse(
        self, day: dt.date, school: str, month: str, records: Sequence[ReportedActivity], finding: str
    ) -> File:
        first, *others = records
        told = day + dt.timedelta(days=1)
        answered = told + dt.timedelta(days=3)
        lines = self._head(day, school, f"{_month_name(month)}随机入校核查", "visit, interview, survey")
        lines += [f"draw: {month}", "records:"]
        if finding == "doubtful":
            remark = "签到表少一页，受访教师记不清当天的人数"
            reply = "签到表当天另存在保健室，没有归进档案，现在补上。人数以签到表为准，记录没有写错。"
            body = [
                self._book.draw_sentence(_BANK, "看到"),
                "其中一份记录，签到表少了一页，与接待人数对不上；现场的材料和教师的说法基本一致。暂记存疑，等园里补充材料后再看一次。",
                "本记录是示例，用来演示存疑怎样登记，与该园的实际工作无关。",
            ]
        else:
            remark = "登记和签到表里都没有这次活动，受访教师说没有开展"
            reply = "这次活动因天气改期，后来没有补办，档案员按计划先写了记录，没有撤回。接受处理，今后先开展、后写记录。"
            body = [
                "到园查看了来访与外出登记、签到表和钉钉的线上记录，与园长、档案员和三名教师分别谈话。",
                "记录写明当天有业务骨干参加活动，登记和签到表里都没有，钉钉上也没有会议；受访教师说当天照常上课，没有这次活动。所附图片在班里找不到对应的材料。",
                "核查情况当面告知园长，并请学校书面说明。学校说明之后，基教股会议研究认定：这次活动没有开展，属于虚报。",
                "本记录是示例，用来演示虚报怎样登记，与该园的实际工作无关，并无此事。",
            ]
        lines.append(f'  - {{activity: {first.key}, finding: "{finding}", remark: {format_scalar(remark)}}}')
        for record in others:
            line = f"  - {{activity: {record.key}, finding: confirmed, remark: {self._book.draw_sentence(_BANK, '属实句')}}}"
            lines.append(line)
        by = self._book.draw_sentence(_BANK, "说明人")
        lines += [
            f"told: {told}",
            "reply:",
            f"  date: {answered}",
            f"  by: {by}",
            f"  text: {format_scalar(reply)}",
        ]
        if finding == "false":
            lines.append(f"decided: {answered + dt.timedelta(days=3)}")
        return f"inspections/{day}-{school}.md", _note(lines, body), ()

    def _again(self, day: dt.date, doubted: ReportedActivity) -> File:
        lines = self._head(day, doubted.school, "存疑记录复查", "visit, interview")
        remark = "补交的签到表与接待人数相符"
        lines += ["records:", f"  - {{activity: {doubted.key}, finding: confirmed, remark: {remark}}}"]
        body = [
            "上个月存疑的一份记录，园里补交了签到表。这次逐人核对，并与当天参加的教师谈话，情况属实，原来的疑点已经消除。"
        ]
        return f"inspections/{day}-{doubted.school}-again.md", _note(lines, body), ()

    def _surveys(self) -> Iterator[File]:
        """Yield a survey of parents and one of teachers a term."""
        for number, term in enumerate(self._programme.terms):
            month = term.months[-1]
            days = [day for day in list_school_days(month) if day.day <= 18]
            pairing = self._programme.pairings[number % len(self._programme.pairings)]
            for audience, school in (("parents", pairing.helped[-1]), ("teachers", pairing.helped[0])):
                if days:
                    yield self._survey(days[-1 - number], school, audience)

    def _survey(self, day: dt.date, school: str, audience: str) -> File:
        chance = make_random(*self._seed, "survey", school, audience)
        parents = audience == "parents"
        sent = chance.randrange(70, 130) if parents else chance.randrange(18, 27)
        back = sent - chance.randrange(4, 12) if parents else sent - chance.randrange(0, 3)
        lines = [
            format_schema_line(3, "survey"),
            f"title: {'家长' if parents else '教师'}问卷：结对帮扶带来了什么",
            f"date: {day}",
            f"school: {school}",
            f"audience: {audience}",
            f"sent: {sent}",
            f"respondents: {back}",
            "note: 由基教股发放，不记姓名，当场密封收回；选的人少的选项已经合并。",
            "sample: true",
            "answers:",
        ]
        for question, choices, multiple in _PARENTS if parents else _TEACHERS:
            lines += [f"  - question: {format_scalar(question)}"]
            lines += ["    multiple: true"] if multiple else []
            lines.append("    choices:")
            counts = _many(chance, choices, back) if multiple else _one(chance, choices, back)
            lines += [f"      {format_scalar(choice)}: {count}" for choice, count in counts.items()]
        return f"surveys/{day}-{school}-{audience}.yml", "\n".join(lines) + "\n", ()

    def write_event(self, number: int, month: str, title: str) -> File:
        """Return the “名园+” event of a month."""
        chance = make_random(*self._seed, "event", month)
        day = chance.choice([d for d in list_school_days(month) if 12 <= d.day <= 28])
        pairing = self._programme.pairings[number % len(self._programme.pairings)]
        guests = [p.helper for p in self._programme.pairings if p.helper != pairing.helper]
        guests = (guests + list(pairing.helped))[:100]
        visited = pairing.helped[number % len(pairing.helped)]
        shown = [scenes[number % len(scenes)] for scenes in _EVENT_SCENES]
        tour = "户外场地" if shown[1] == "sports" else "班级环境与区角材料"
        captions = ("会场：承办园汇报", f"实地查看{tour}", "研讨时的记录板")
        lines = [
            "---",
            format_schema_line(3, "event"),
            f"title: {format_scalar(f'{title}（第{_NUMERALS[number % 8]}次）')}",
            f"date: {day}",
            f"host: {pairing.helper}",
            f"place: {format_scalar(self._names[pairing.helper])}",
            f"schools: [{', '.join(guests)}]",
            f"attendance: {chance.randrange(32, 58)}",
            "agenda:",
            f"  - {{kind: report, topic: {self._book.draw_sentence(_BANK, '汇报题')}, school: {pairing.helper}}}",
            f"  - {{kind: tour, topic: {self._book.draw_sentence(_BANK, '查看题')}, school: {pairing.helper}}}",
            f"  - {{kind: report, topic: {self._book.draw_sentence(_BANK, '汇报题')}, school: {visited}}}",
            f"  - {{kind: discussion, topic: {self._book.draw_sentence(_BANK, '研讨题')}}}",
            "photos:",
        ]
        lines += [f"  - {{file: {n:02d}.jpg, caption: {t}, people: none}}" for n, t in enumerate(captions, 1)]
        body = [
            "## 汇报",
            self._book.draw_sentence(_BANK, "汇报文"),
            "## 查看",
            self._book.draw_sentence(_BANK, "查看文"),
        ]
        body += ["## 研讨", self._book.draw_sentence(_BANK, "研讨文"), "大家议定："]
        agreed = "\n".join(self._book.draw_sentence(_BANK, "议定") for _ in range(3))
        return f"events/{day}-open-day.md", _note(lines, [*body, agreed]), tuple(shown)


def _note(lines: list[str], body: list[str]) -> str:
    return "\n".join([*lines, "sample: true", "---", "", "\n\n".join(body)]) + "\n"


def _month_name(month: str) -> str:
    return ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")[
        int(month[5:]) - 1
    ] + "月"


def _draw_text(made: Draw) -> str:
    """Return a draw as ``pairing draw`` writes it."""
    return draws.format_draw(made, schema=format_schema_line(3, "draw"))


def _one(chance: random.Random, choices: Sequence[str], total: int) -> dict[str, int]:
    """Spread answers over a scale, most at its head; the last choices are joined, as small numbers are."""
    head = round(total * chance.uniform(0.52, 0.68))
    rest = total - head
    if len(choices) == 3 or rest < 12:
        return {choices[0]: head, "或".join(choices[1:]): rest}
    second = rest - max(5, round(rest * chance.uniform(0.2, 0.35)))
    return {choices[0]: head, choices[1]: second, "或".join(choices[2:]): rest - second}


def _many(chance: random.Random, choices: Sequence[str], total: int) -> dict[str, int]:
    return {choice: max(5, round(total * chance.uniform(0.3, 0.85))) for choice in choices}
