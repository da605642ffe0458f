"""Read the archive that a sample is modelled on, or invent as many schools as asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from generator.records.models import Programme, School
from generator.records.yaml_writing import format_yaml

_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DIGITS = "零一二三四五六七八九"
_UNITS = ((1000, "千"), (100, "百"), (10, "十"))


class TemplateError(Exception):
    """The template has no programme, or one of its schools has no school.yml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A programme and its schools, as values and as the files' own bytes."""

    programme: Programme
    text: str
    schools: dict[str, School]
    school_files: dict[str, bytes]
    schemas: dict[str, bytes]

    def move_to_year(self, year: int) -> tuple[Programme, str]:
        """Return the programme and its file for another year: the same, with every date moved."""
        if year == self.programme.year:
            return self.programme, self.text
        plan = f"plan_text: {self.programme.plan_text}"
        text = re.sub(rf"(?<!\d){self.programme.year}(?!\d)", str(year), self.text)
        text = re.sub(r"(?m)^plan_text: .*$", plan, text)
        return Programme.model_validate(yaml.load(text, _Loader)), text  # noqa: S506  # CBaseLoader: text only


def read_template(root: Path) -> Template:
    """Read the first year's programme and every school it names below ``root/records``."""
    found = sorted((root / "records" / "bureau").glob("[0-9][0-9][0-9][0-9]/programme.yml"))
    if not found:
        raise TemplateError(f"{root} 里没有 records/bureau/年度/programme.yml，不能照着生成示例")
    text = found[0].read_text(encoding="utf-8")
    programme = Programme.model_validate(yaml.load(text, _Loader))  # noqa: S506  # CBaseLoader: text only
    schools, files = {}, {}
    for school in programme.school_ids:
        path = root / "records" / school / "school.yml"
        if not path.is_file():
            raise TemplateError(f"方案里的 {school} 没有 records/{school}/school.yml")
        files[school] = path.read_bytes()
        data = yaml.load(files[school], _Loader)  # noqa: S506  # CBaseLoader: text only
        schools[school] = School.model_validate(data)
    schemas = {
        path.name: path.read_bytes() for path in sorted((root / "records/schema").glob("*.schema.json"))
    }
    return Template(programme=programme, text=text, schools=schools, school_files=files, schemas=schemas)


def scale_template(template: Template, count: int) -> Template:
    """Return a template of ``count`` invented schools, helpers and helped in the same ratio."""
    shares = [template.schools[school].kind for school in template.programme.school_ids]
    helpers = min(count - 1, max(1, round(count * shares.count("helper") / len(shares))))
    rural = round((count - helpers) * shares.count("rural") / max(1, len(shares) - shares.count("helper")))
    ids = [f"s{number:0{max(3, len(str(count)))}d}" for number in range(1, count + 1)]
    names = {id_: f"示例{_han(number)}园" for number, id_ in enumerate(ids, start=1)}
    pairings = [(id_, ids[helpers + i :: helpers]) for i, id_ in enumerate(ids[:helpers])]
    data: dict[str, Any] = yaml.load(template.text.replace(template.programme.county, "示例县"), _Loader)  # noqa: S506
    data["pairings"] = [
        {"helper": helper, "helped": helped, "responsible": [f"{names[s]}园长" for s in (helper, *helped)]}
        for helper, helped in pairings
    ]
    data["leading_group"] = [{"name": "示例组长", "post": "教育局负责人（示例）", "role": "leader"}]
    data.pop("oddities", None)  # they speak of the real plan's pairings
    text = "# yaml-language-server: $schema=../../schema/programme.schema.json\n"
    text += format_yaml(data, width=110)
    text = re.sub(r"(?m)^(\s*[\w-]+: |\s*- (?:[\w-]+: )?)'(\d[\d-]*)'$", r"\1\2", text)
    schools, files = {}, {}
    for number, id_ in enumerate(ids):
        kind = "helper" if number < helpers else "rural" if number < helpers + rural else "private"
        lines = ["# yaml-language-server: $schema=../schema/school.schema.json", f"id: {id_}", f"name: {names[id_]}",
                 f"short: 园{number + 1}", f"kind: {kind}", f"responsible: {names[id_]}园长",
                 "archivist: 专职档案员", "profile: 用来演示的校（园），并不存在。"]  # fmt: skip
        files[id_] = ("\n".join(lines) + "\n").encode()
        schools[id_] = School.model_validate(yaml.load(files[id_], _Loader))  # noqa: S506  # CBaseLoader: text only
    programme = Programme.model_validate(yaml.load(text, _Loader))  # noqa: S506  # CBaseLoader: text only
    return replace(template, programme=programme, text=text, schools=schools, school_files=files)


def _han(number: int) -> str:
    """Write a number below ten thousand in Han numerals."""
    text, rest, gap = "", number, False
    for value, unit in _UNITS:
        digit, rest = divmod(rest, value)
        if digit:
            text += (
                ("零" if gap and text else "")
                + ("" if value == 10 and digit == 1 and not text else _DIGITS[digit])
                + unit
            )
            gap = False
        else:
            gap = True
    return text + ("零" if gap and text and rest else "") + (_DIGITS[rest] if rest or not text else "")
