"""Compose an activity's title and four sections from the phrasebook."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from generator.records.models import Programme
from generator.sample.dice import make_random
from generator.sample.phrasebook import Phrasebook, has_bank, read_areas, read_lessons
from generator.sample.schedule import Slot

Draw = Callable[[str], str]

_WEEKDAYS = "一二三四五六日"
_LONGEST = 255  # characters of a section
_SCENES: dict[str, tuple[str, ...]] = {
    "area-observation": ("front", "research", "meeting", "corridor"),
    "needs-survey": ("front", "meeting", "corridor", "nap"),
    "agreement": ("signing", "signing", "meeting"),
    "planning-guidance": ("documents", "meeting", "research"),
    "institution-building": ("documents", "meeting", "washing", "supplies"),
    "staff-exchange": ("corridor", "front", "nap", "washing", "reading"),
    "environment-guidance": ("crafts", "planting", "reading", "building"),
    "area-lecture": ("lecture", "lecture", "crafts", "research"),
    "demonstration-lesson": ("lesson", "lesson", "lesson", "art", "science", "reading"),
    "mentoring": ("meeting", "research", "crafts", "documents"),
    "joint-research": ("research", "research", "course", "meeting"),
    "home-coeducation": ("home", "sports", "home", "reading"),
    "outdoor-support": ("slide", "equipment", "course", "garden"),
    "resource-support": ("toys", "crafts", "toys", "science"),
    "hardship-care": ("parcels", "knitwear", "toys"),
}
_ONLINE_MEETING = frozenset(
    {"needs-survey", "planning-guidance", "institution-building", "mentoring", "area-lecture"}
)
_HELPER_LEADS = ("业务园长", "保教主任", "教研组长", "骨干教师", "大班组长", "中班组长", "小班组长")
_HELPED_LEADS = ("业务园长", "教研组长", "骨干教师", "班主任", "保教负责人")
_LOGISTIC = frozenset({"outdoor-support", "hardship-care", "resource-support"})
_PLACES = ("大班活动室", "中班活动室", "小班活动室", "多功能室", "会议室")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is written of one activity. ``scenes`` are the scenes that fit its pictures, best first."""

    title: str
    lead: str
    place: str
    attendance: int
    body: str
    scenes: tuple[str, ...]


class Author:
    """Writes accounts; one author a sample, so that its decks spread every sentence evenly."""

    def __init__(self, programme: Programme, names: dict[str, str], *, seed: object) -> None:
        self._measures = {m.id: m.name for m in programme.measures}
        self._names = names
        self._book = Phrasebook(seed)
        self._seed = seed

    def write_account(self, slot: Slot) -> Account:
        """Compose the account of an activity."""
        chance = make_random(self._seed, "account", slot.school, slot.date, slot.measure, slot.serial)
        online = slot.direction == "online"
        month = int(slot.month[5:])
        tags = frozenset(
            (
                "线上" if online else "实地",
                "春" if slot.epidemic else "秋",
                "帮" if slot.helper else "受",
                f"{month}月",
            )
        )
        bank = slot.measure if has_bank(slot.measure) else "general"
        values, scenes = self._values(slot, bank, tags, chance)
        attendance = self._attendance(slot, chance)
        values["who"] = self._who(slot, attendance)

        def draw(section: str) -> str:
            return self._book.draw_sentence(bank, section, tags).format_map(values)

        def share(section: str) -> str:
            return self._book.draw_sentence("shared", section, tags).format_map(values)

        parts = (
            ("方案", self._scheme(draw, share)),
            ("措施", self._steps(draw, chance)),
            ("记录", self._course(slot, bank, draw, share, values, chance)),
            ("总结", self._summary(draw, share, chance)),
        )
        body = "\n\n".join(f"## {head}\n\n{text}" for head, text in parts)
        return Account(
            title=draw("题"),
            lead=values["lead"],
            place=self._place(slot, values, chance),
            attendance=attendance,
            body=body + "\n",
            scenes=scenes,
        )

    def _values(
        self, slot: Slot, bank: str, tags: frozenset[str], chance: random.Random
    ) -> tuple[dict[str, str], tuple[str, ...]]:
        area = read_areas()[slot.area]

        def deal(key: str) -> str:
            return self._book.deal_option(f"{area['名'][0]}{key}", area[key])

        fix = deal("调整")
        values = {
            "area": area["名"][0],
            "mat": deal("材料"),
            "mat2": deal("材料"),
            "flaw": deal("问题"),
            "fix": fix,
            "fix2": deal("调整"),
            "measure": self._measures[slot.measure],
            "day": f"{slot.date.month}月{slot.date.day}日（星期{_WEEKDAYS[slot.date.weekday()]}）",
            "half": chance.choice(("上午", "上午", "下午")),
            "lead": self._lead(slot, chance),
        }
        if values["mat2"] == values["mat"]:
            values["mat2"] = deal("材料")
        drawn = [scene for scene in area["图"][0].split(",") if scene != "water" or 4 < slot.date.month < 11]
        chance.shuffle(drawn)
        scenes = tuple(drawn)
        if bank == "demonstration-lesson":
            for number, grade in enumerate(("大班", "中班", "小班"), start=1):
                domain, title, seen = chance.choice(read_lessons()[grade])
                values |= {f"d{number}": domain, f"t{number}": title, f"v{number}": seen}
        if bank not in ("area-observation", "environment-guidance", "demonstration-lesson"):
            focus, _, scene = self._book.draw_sentence(bank, "点", tags).partition("@")
            values["focus"] = focus
            scenes = (scene,) if scene else ()
        elif bank == "demonstration-lesson":
            scenes = ()
        usual = list(_SCENES.get(slot.measure, ("meeting",) if not scenes else ()))
        chance.shuffle(usual)
        # Not every visit has a picture of its area: some show the arrival or the talk afterwards.
        turned = slot.measure in ("area-observation", "environment-guidance") and chance.random() < 0.2
        scenes = tuple(dict.fromkeys((*usual, *scenes) if turned else (*scenes, *usual)))
        if slot.direction == "online" and chance.random() < (
            0.55 if slot.measure in _ONLINE_MEETING else 0.22
        ):
            scenes = ("screen", *scenes)
        return values, scenes

    def _lead(self, slot: Slot, chance: random.Random) -> str:
        if slot.measure in _LOGISTIC and chance.random() < 0.5:
            return "后勤园长" if slot.helper else "园长"
        return chance.choice(_HELPER_LEADS if slot.helper else _HELPED_LEADS)

    def _attendance(self, slot: Slot, chance: random.Random) -> int:
        if slot.measure == "home-coeducation":
            return chance.randrange(32, 86)
        if slot.direction == "online":
            return chance.randrange(16, 48)
        return chance.randrange(9, 26) + 3 * len(slot.partners)

    def _partners(self, slot: Slot) -> str:
        return "、".join(self._names[partner] for partner in slot.partners)

    def _who(self, slot: Slot, attendance: int) -> str:
        partners = self._partners(slot)
        if slot.direction == "online":
            return f"我园与{partners}教师共{attendance}人"
        if slot.direction == "visit":
            place = f"赴{partners}" if len(slot.partners) == 1 else f"分别到{partners}"
            return f"我园{slot.sent}名业务骨干{place}，现场共{attendance}人"
        return f"{partners}{slot.received}名业务骨干到我园，现场共{attendance}人"

    def _place(self, slot: Slot, values: dict[str, str], chance: random.Random) -> str:
        if slot.direction == "online":
            return chance.choice(("钉钉视频会议", "钉钉群直播", "钉钉"))
        spot = (
            values["area"]
            if slot.measure in ("area-observation", "environment-guidance")
            else chance.choice(_PLACES)
        )
        if slot.measure == "outdoor-support":
            spot = "户外场地"
        host = slot.school if slot.direction == "host" else slot.partners[0]
        return f"{self._names[host]}{spot}"

    def _scheme(self, draw: Draw, share: Draw) -> str:
        return (
            f"{share('目的称')}：{draw('目的')}\n\n{share('对象称')}：{share('对象')}\n\n"
            f"{share('流程称')}：{draw('流程')}"
        )

    def _steps(self, draw: Draw, chance: random.Random) -> str:
        steps: list[str] = []
        while len(steps) < 3 or (sum(map(len, steps)) < 88 and len(steps) < 5):
            step = draw("措施")
            if step not in steps:
                steps.append(step)
        if chance.random() < 0.45 and sum(map(len, steps)) < 190:
            steps.append(draw("措施"))
        return "\n".join(f"{number}. {step}" for number, step in enumerate(dict.fromkeys(steps), start=1))

    def _course(
        self, slot: Slot, bank: str, draw: Draw, share: Draw, values: dict[str, str], chance: random.Random
    ) -> str:
        opening = [draw("始")]
        if chance.random() < (0.75 if slot.epidemic else 0.4):
            opening.append(share("防疫"))
        else:
            opening.insert(0, share("时令"))
        middle: list[str] = []
        if bank == "demonstration-lesson":
            middle = [draw("课"), draw("中")]
        elif bank == "area-observation":
            area = read_areas()[slot.area]
            grade = slot.grades[chance.randrange(len(slot.grades))] if slot.grades else "大班"
            seen = self._book.deal_option(f"{area['名'][0]}{grade}", area[grade])
            frame = (
                chance.choice(("录像里，", "画面中，", "往期片段里，")) if slot.direction == "online" else ""
            )
            middle = [
                f"{frame}{seen}",
                self._book.deal_option(f"{area['名'][0]}提问", area["提问"]),
                draw("中"),
            ]
            chance.shuffle(middle)
        else:
            middle = [draw("中"), draw("中"), draw("中")]
        ending = draw("末")
        while len(middle) > 1 and sum(map(len, (*opening, *middle, ending))) > _LONGEST:
            middle.pop()
        return f"{''.join(opening)}\n\n{''.join(dict.fromkeys(middle))}{ending}"

    def _summary(self, draw: Draw, share: Draw, chance: random.Random) -> str:
        gains = draw("得")
        again = draw("得")
        if again != gains and len(gains) < 48:
            gains += again
        text = f"{gains}\n\n{draw('失')}{draw('下')}"
        if chance.random() < 0.4 or len(text) < 96:
            text += share("归档")
        return text
