"""An archive of two years, the first with all that can happen in one: who left and joined, an excused month, two terms."""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

from tests.small_archive import PROGRAMME, activity, school

SCHOOLS = {"jia": "甲园", "yi": "乙园", "bing": "丙园", "ding": "丁园"}
_AUTUMN = "  - {id: autumn, name: 秋学期, starts: 2020-09-01, ends: 2020-12-31, months: [2020-09, 2020-10]}\n"
_PAIRING = "  - {helper: jia, helped: [yi], responsible: [某甲, 某乙]}\n"
_CHANGES = """  - helper: jia
    helped: [yi, {school: bing, until: 2020-08}, {school: ding, from: 2020-09}]
    responsible: [某甲, 某乙, {name: 某丙, until: 2020-08-31}, {name: 某丁, from: 2020-09-01}]
deadlines:
  2020-09: {date: 2020-10-09, reason: 国庆放假, decided: 2020-09-10}
cancelled:
  2020-03: {reason: 疫情防控, decided_by: 县教育局, decided: 2020-03-02}
excused:
  - {school: yi, months: [2020-10], reason: 封控停园, decided_by: 学前股股长, decided: 2020-10-12}
assessment:
  - {id: quota, name: 完成数量, clause: 一-1, kind: quota, helper: 100, helped: 100}
"""
_LATER = "  - {helper: jia, helped: [yi, ding], responsible: [某甲, 某乙, 某丁]}\n"
_DONE = {
    2020: ("02-10", "02-17", "03-10", "09-08", "09-15", "10-13"),
    2021: ("02-10", "02-17", "03-10"),
}


def write_archive(root: Path) -> None:
    """Write the archive; some sixty JPEG files."""
    files: dict[str, str | bytes] = {}
    for number, (identity, name) in enumerate(SCHOOLS.items()):
        kind = "rural" if number else "helper"
        files[f"records/{identity}/school.yml"] = school(identity, name, kind)
    for year, pairings in ((2020, _CHANGES), (2021, _LATER)):
        text = PROGRAMME.replace(_PAIRING, pairings).replace("2021", str(year))
        text = text.replace(
            f"plan_text: {year}.md", "plan_text: 2020.md"
        )  # the one that the site's content has
        if year == 2020:
            text = text.replace("quotas:", f"{_AUTUMN}quotas:", 1)
        files[f"records/bureau/{year}/programme.yml"] = text
        bureau = f"records/bureau/{year}"
        visited = f"title: 入校核查\ndate: {year}-02-20\nschool: jia\nfinding: confirmed\n"
        files[f"{bureau}/inspections/{year}-02-20-jia.md"] = f"---\n{visited}---\n看了材料。\n"
        files[f"{bureau}/events/{year}-02-24-open-day.md"] = (
            f"---\ntitle: 观摩\ndate: {year}-02-24\nhost: jia\nschools: [yi]\n---\n看了区角。\n"
        )
        files[f"{bureau}/surveys/{year}-03-10-jia.yml"] = (
            f"title: 家长问卷\ndate: {year}-03-10\nschool: jia\naudience: parents\nrespondents: 24\n"
            "answers:\n  - question: 满意吗？\n    choices: {满意: 18, 一般: 6}\n"
        )
        for place, identity in enumerate(SCHOOLS):
            files |= dict(_list_records(year, identity, place))
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _list_records(year: int, identity: str, place: int) -> list[tuple[str, str | bytes]]:
    """Return a school's activities of a year, three photos each, in the months in which it takes part."""
    found: list[tuple[str, str | bytes]] = []
    for number, day in enumerate(_DONE[year]):
        autumn = day >= "08"
        if (identity == "bing" and (autumn or year == 2021)) or (
            identity == "ding" and year == 2020 and not autumn
        ):
            continue
        folder = f"records/{identity}/{year}/{day[:2]}/{day[3:]}-visit"
        lines = "".join(f"  - {{file: {n:02}.jpg, caption: 区角{n}, people: none}}\n" for n in (1, 2, 3))
        text = activity(
            f"{year}-{day}",
            title=f"{SCHOOLS[identity]}第{number + 1}次观摩",
            measure="care" if number == 2 else "visit",
            partner="yi" if identity == "jia" else "jia",
            photos=f"photos:\n{lines}",
            reported="2020-12-20" if (identity, day) == ("jia", "09-15") and year == 2020 else "",
        )
        found.append((f"{folder}/activity.md", text))
        for n in (1, 2, 3):
            shade = (year - 2019) * 40 + place * 30 + number * 9 + n
            image, out = Image.new("RGB", (640, 480), (shade, 90 + 9 * n, 120)), io.BytesIO()
            image.save(out, "JPEG", quality=80)
            found.append((f"{folder}/{n:02}.jpg", out.getvalue()))
    return found


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
