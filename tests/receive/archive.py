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
_PAIRINGS = {
    "diyi": ("xinba", "leimeng"),
    "guangcai": ("heiquan", "luocheng", "jinguoguo"),
    "dongyuan": ("nanhua", "xuanhua", "jintaiyang"),
    "nanyuan": ("luotuocheng", "xiangdao", "qiseguo"),
    "xiyuan": ("heli", "qianzitong"),
}
_MEASURES = {
    "needs-survey": "园情调研与帮扶计划",
    "agreement": "签订帮扶协议",
    "planning-guidance": "园务与保教计划指导",
    "institution-building": "机构与制度建设",
    "staff-exchange": "跟岗实践",
    "area-observation": "区域活动观摩",
    "environment-guidance": "环境创设指导",
    "area-lecture": "区域活动专题讲座",
    "demonstration-lesson": "示范教学",
    "mentoring": "结对学习",
    "joint-research": "园本教研",
    "home-coeducation": "家园共育",
    "outdoor-support": "室外活动条件支持",
    "resource-support": "教学资源支持",
    "hardship-care": "困境幼儿关爱",
}
_GRADES = (
    "{by: helper, every: month, kind: grades, grades: [大班, 中班, 小班], text: 每月大、中、小班各准备一节}"
)
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
    text = text.replace("某县", "高台县").partition("measures:\n")[0] + _format_programme()
    programme.write_text(text, encoding="utf-8", newline="\n")
    rural = {s: (f"{t}镇中心小学辖区内幼儿园", t, "rural") for s, t in _TOWNSHIPS.items()}
    for school, (name, short, kind) in {**_OTHERS, **rural}.items():
        folder = root / "records" / school
        folder.mkdir()
        place = f"township: {short}镇\n" if kind == "rural" else ""
        text = (
            f"id: {school}\nname: {name}\nshort: {short}\nkind: {kind}\n{place}"
            f"responsible: {_RESPONSIBLE.get(school, '某某')}\narchivist: 专职档案员\n"
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


def _format_programme() -> str:
    """Return the programme's measures, pairings and leading group."""
    lines = ["measures:"]
    for measure, name in _MEASURES.items():
        expected = f", expectations: [{_GRADES}]" if measure == "demonstration-lesson" else ""
        lines.append(f"  - {{id: {measure}, name: {name}, clause: 四{expected}}}")
    lines.append("pairings:")
    lines += [
        f"  - {{helper: {helper}, helped: [{', '.join(helped)}], responsible: [某某]}}"
        for helper, helped in _PAIRINGS.items()
    ]
    lines.append("leading_group:")
    lines += [f"  - {{name: {name}, post: 园长}}" for name in _RESPONSIBLE.values()]
    return "\n".join([*lines, ""])
