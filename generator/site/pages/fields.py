"""The fields page: every field of every kind of record, from the models' own words, with a whole example each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.records import MODELS
from generator.records.schemas import make_schema
from generator.site.pages.example_words import EXAMPLES
from generator.site.pages.page import Page
from generator.site.pages.site import Site

PLACES = {
    "activity": "records/<园>/2020/05/14-area-observation/activity.md",
    "school": "records/<园>/school.yml",
    "plan": "records/<园>/2020/plan.yml",
    "roster": "records/<帮扶园>/2020/roster.yml",
    "agreement": "records/<帮扶园>/2020/agreement-<被帮扶园>.md",
    "programme": "records/bureau/2020/programme.yml",
    "closing": "records/bureau/2020/closings/2020-05.yml",
    "amendment": "records/bureau/2020/amendments/2020-05-amendment-1.yml",
    "filings": "records/bureau/2020/filings.yml",
    "sent": "records/bureau/2020/sent.yml",
    "accounts": "records/bureau/2020/accounts.yml",
    "assessment": "records/bureau/2020/assessments/2020-spring.yml",
    "bulletin": "records/bureau/2020/bulletins/2020-05.md",
    "inspection": "records/bureau/2020/inspections/2020-05-28-guangcai.md",
    "event": "records/bureau/2020/events/2020-09-25-open-day.md",
    "draw": "records/bureau/2020/draws/2020-05.yml",
    "survey": "records/bureau/2020/surveys/2020-11-12-leimeng-teachers.yml",
}
"""Where each kind of record lies, as a teacher would look for it."""

_BY_SCHOOLS = ("activity", "school", "plan", "roster", "agreement")
_DEEPEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """One field: ``key`` as it is typed, ``form`` in words, and the fields within it."""

    id: str
    key: str
    title: str
    required: bool
    form: str
    description: str
    within: tuple[_Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """One kind of record."""

    id: str
    title: str
    description: str
    place: str
    schema_url: str
    fields: tuple[_Field, ...]
    example: str


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the page that documents the record format."""
    url, title = "fields/", "填写项说明"
    kinds = [describe_kind(kind) for kind in MODELS]
    yield Page(
        url=url,
        section="rules",
        title=title,
        description=f"{title}：活动记录、计划表等每种材料放在哪里，有哪些填写项，各怎么写。",
        body=site.words.translate_text(
            site.render_template(
                "fields.html",
                url,
                title=title,
                groups=(
                    ("各校（园）填写", [kind for kind in kinds if kind.id in _BY_SCHOOLS]),
                    ("教育局填写", [kind for kind in kinds if kind.id not in _BY_SCHOOLS]),
                ),
            )
        ),
        styles=("docs",),
    )


def describe_kind(kind: str) -> _Kind:
    """Return what the page says of a kind of record."""
    schema = make_schema(kind)
    return _Kind(
        id=kind,
        title=schema["title"],
        description=_beyond_title(schema["description"], schema["title"]),
        place=PLACES[kind],
        schema_url=f"data/schema/{kind}.schema.json",
        fields=tuple(_fields(schema, schema.get("$defs", {}), kind, 1)),
        example=read_example(kind),
    )


def _beyond_title(words: str, title: str) -> str:
    """Return what a description says that its title does not."""
    return words.partition("：")[2] or ("" if words.rstrip("。") == title else words)


def read_example(kind: str) -> str:
    """Return the whole example of a kind of record; Markdown and YAML records keep their ending."""
    suffix = Path(PLACES[kind]).suffix
    return (EXAMPLES / f"{kind}{suffix}").read_text(encoding="utf-8").rstrip("\n")


def _fields(
    part: Mapping[str, Any], definitions: Mapping[str, Any], path: str, depth: int
) -> Iterator[_Field]:
    required = part.get("required", ())
    for key, field in part.get("properties", {}).items():
        inner = _inner(field, definitions) if depth < _DEEPEST else None
        yield _Field(
            id=f"{path}-{key}",
            key=key,
            title=field["title"],
            required=key in required,
            form=_form(field, definitions),
            description=field["description"],
            within=tuple(_fields(inner, definitions, f"{path}-{key}", depth + 1)) if inner else (),
        )


def _inner(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the schema of the records within a field: its own, or that of a list's or a mapping's items."""
    places = (field, field.get("items", {}), *field.get("patternProperties", {}).values())
    reference = next((r for place in places if (r := place.get("$ref"))), None)
    found: Mapping[str, Any] | None = definitions[reference.removeprefix("#/$defs/")] if reference else None
    return _longer(found) if found else None


def _longer(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the mapping of what may be written as a text or as a mapping; any other part as it is."""
    return next((each for each in part.get("anyOf", ()) if "properties" in each), part)


def _form(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """Say in words what may be written."""
    if "$ref" in field:
        return _several(field, definitions)
    kind = field.get("type")
    if kind == "array":
        counts = {(True, True): "{0}—{1}项", (True, False): "至少{0}项", (False, True): "最多{1}项"}
        least, most = field.get("minItems"), field.get("maxItems")
        count = counts.get((least is not None, most is not None), "").format(least, most)
        items = field["items"]
        form = _form(items, definitions)
        what = f"列表，每项{form}" if form == "几个小项" else f"列表，每项是{form}"
        return f"{what}，{count}" if count else what
    if kind == "object":
        within = [each for each in field.get("patternProperties", {}).values() if "$ref" in each]
        return "月份与几个小项成对" if within else "名称与值成对"
    if "enum" in field:
        return "、".join(str(choice) for choice in field["enum"]) + "之一"
    if kind == "integer":
        least, most = field.get("minimum"), field.get("maximum")
        return f"整数，{least}—{most}" if least is not None and most is not None and most < 1000 else "整数"
    if kind == "boolean":
        return "true 或 false"
    return _text_form(field)


def _several(field: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    """Say what a mapping is written as: names with values, or instead of them a text."""
    kinds = definitions[field["$ref"].removeprefix("#/$defs/")].get("anyOf", ())
    short = next((_form(each, definitions) for each in kinds if "properties" not in each), "")
    return f"{short}，或几个小项" if short else "几个小项"


def _text_form(field: Mapping[str, Any]) -> str:
    pattern = str(field.get("pattern", ""))
    if field.get("format") == "date":
        return "日期，如 2020-05-14"
    if pattern.endswith(r"(-\d{2})?$"):
        return "日期或月份，如 2020-10-15、2020-10"
    if pattern.startswith(r"^\d{4}-"):
        return "月份，如 2020-05"
    if pattern:
        return "代号：小写字母、数字和短横线"
    most = field.get("maxLength")
    return f"文字，不超过{most}字" if most else "文字"
