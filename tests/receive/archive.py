"""The county's archive that the reports are received into: programme, schools, a few rows of plans, no activity."""

from __future__ import annotations

import shutil
from pathlib import Path

_BASE = Path(__file__).resolve().parents[1] / "rules" / "_base"
_TOWNSHIPS = {
    "xinba": "新坝", "heiquan": "黑泉", "luocheng": "罗城", "nanhua": "南华", "xuanhua": "宣化",
    "luotuocheng": "骆驼城", "xiangdao": "巷道",
}  # fmt: skip
_OTHERS = {
    "diyi": ("第一幼儿园", "第一", "helper"),
    "guangcai": ("光彩幼儿园", "光彩", "helper"),
    "dongyuan": ("东苑幼儿园", "东苑", "helper"),
    "nanyuan": ("南苑幼儿园", "南苑", "helper"),
    "xiyuan": ("西苑幼儿园", "西苑", "helper"),
    "heli": ("合黎镇中心幼儿园", "合黎", "rural"),
    "leimeng": ("蕾梦幼儿园", "蕾梦", "private"),
    "jinguoguo": ("金果果景隆幼儿园", "金果果", "private"),
    "jintaiyang": ("金太阳幼儿园", "金太阳", "private"),
    "qiseguo": ("七色果幼儿园", "七色果", "private"),
    "qianzitong": ("千字童幼儿园", "千字童", "private"),
}
_RESPONSIBLE = {"heli": "文加丰", "guangcai": "濮丽娟", "nanyuan": "汪丽娟"}
_ROWS = {
    "jinguoguo": [("2020-11-1", "2020-11-19", "光彩幼儿园来园指导环境创设", "environment-guidance")],
    "leimeng": [("2020-09-1", "2020-09-17", "到第一幼儿园观摩区域活动", "area-observation")],
    "guangcai": [
        ("2020-05-1", "2020-05-14", "大班区域活动观摩", "area-observation"),
        ("2020-05-2", "2020-05-26", "接收金果果景隆幼儿园教师跟岗", "staff-exchange"),
    ],
}


def write_archive(root: Path) -> Path:
    """Write the archive below a new folder and return it."""
    shutil.copytree(_BASE / "content", root / "content")
    programme = root / "records/bureau/2020/programme.yml"
    programme.parent.mkdir(parents=True)
    text = (_BASE / "records/bureau/2020/programme.yml").read_text(encoding="utf-8")
    programme.write_text(text.replace("某县", "高台县"), encoding="utf-8", newline="\n")
    rural = {s: (f"{t}镇中心小学辖区内幼儿园", t, "rural") for s, t in _TOWNSHIPS.items()}
    for school, (name, short, kind) in {**_OTHERS, **rural}.items():
        folder = root / "records" / school
        folder.mkdir()
        place = f"township: {short}镇\n" if kind == "rural" else ""
        text = (
            f"id: {school}\nname: {name}\nshort: {short}\nkind: {kind}\n{place}"
            f"responsible: {_RESPONSIBLE.get(school, '园长')}\narchivist: 专职档案员\n"
        )
        (folder / "school.yml").write_text(text, encoding="utf-8", newline="\n")
    for school, rows in _ROWS.items():
        lines = [
            f"  - {{id: {row}, month: {day[:7]}, date: {day}, task: {task}, measure: {measure}, lead: 业务园长}}\n"
            for row, day, task, measure in rows
        ]
        plan = root / "records" / school / "2020" / "plan.yml"
        plan.parent.mkdir()
        plan.write_text("rows:\n" + "".join(lines), encoding="utf-8", newline="\n")
    return root
