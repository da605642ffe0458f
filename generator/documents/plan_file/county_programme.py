"""Make the data of programme.yml out of a county's plan: measures, quotas, persons, and what people must judge.

What the plan does not say is taken from the archive's present programme (school years) or left out (points of the
assessment), and listed for the officer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from generator.archive.plan_clauses import Clause, Plan
from generator.documents.plan_file.plan_facts import PlanFacts, list_measure_clauses, read_number
from generator.documents.reports.report_content import Block, Line, Table
from generator.documents.tables.pinyin import spell_pinyin
from generator.records.models import Expectation, Measure, Programme
from generator.records.models.year_programme import Person
from generator.rules.rule import REQUIREMENTS

_MOST_IN_NAME = 12
_LONGEST_SENTENCE = 60
_STOPS = re.compile(r"[。；，：:]")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
_PERIODS = {"month": "每月", "term": "每学期", "year": "每年"}
_LIKE_ENOUGH = 0.6
_SUBJECT = re.compile(
    r"^(?:(?:各|受援|受帮扶|被帮扶|帮扶|支援)(?:园|校|幼儿园|学校)|师幼|教师|双方|每(?:年|月|学期)|积极|要|应|负责|定期|至少|[为给向对与](?:受援|被帮扶|受帮扶)园)+"
)
_AT_LEAST = re.compile(r"(?:至少|不少于|不低于|派)[派出]{0,2}([一二两三四五六七八九十]|[0-9]{1,2})")
_OF_DOCUMENT = {
    "plan": ("plan-table", "计划", "制定并上报工作计划表"),
    "agreement": ("agreement", "协议", "与每所被帮扶园签订帮扶协议"),
    "roster": ("roster", "花名册", "上报师徒结对花名册"),
}
"""For each document its requirement, the word by which a clause asks for it, and what it asks for in short."""
_FIRST_WEEK = re.compile(r"第一周|一周内|开学一周|7\s*(?:日|天)内|七(?:日|天)内")
_ROLE = re.compile(r"(副\s*组\s*长|组\s*长|成\s*员)\s*[：:]?\s*")
_ROLES = {"组长": "leader", "副组长": "deputy", "成员": "member"}
_PERSON = re.compile(r"([\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff])[ （(]+(\S[^（）()]*)")
_JUDGED = "由{office}在督导和考核时判断；怎样判断，请改写这一句。"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyProgramme:
    """The data of programme.yml but for its pairings, and what the officer should confirm."""

    data: Mapping[str, Any]
    notes: tuple[str, ...]


def make_county_programme(
    plan: Plan,
    facts: PlanFacts,
    blocks: Sequence[Block],
    present: Programme,
    *,
    county: str,
    year: int,
    last_plan: Plan | None = None,
) -> CountyProgramme:
    """Return what a plan makes of the present programme's data.

    last_plan: the county's own plan of the year before, whose kinds of help go on where their clauses do.
    """
    notes = [
        f"“{REQUIREMENTS[name]}”的依据是 {clause}"
        for name, clause in facts.requirements.items()
        if name in REQUIREMENTS
    ]
    measures = _make_measures(facts, present, last_plan)
    persons = list_leading_group(blocks)
    office = facts.office or present.office
    deadline = facts.deadline_day or present.deadline_day
    quotas = {
        "helper": facts.helper_quota or present.quotas.helper,
        "helped": facts.helped_quota or present.quotas.helped,
    }
    data: dict[str, Any] = {
        "year": year,
        "county": county,
        "title": plan.title,
        "issuer": f"{county}{facts.bureau or '教育局'}",
        "office": office,
        "bulletin": facts.bulletin or "结对帮扶工作",
        "plan_text": f"{year}.md",
        "unstated_people": present.unstated_people,
        "timezone": present.timezone,
        "deadline_day": deadline,
        "reply_days": present.reply_days,
        "terms": _shift_terms(present, year),
        "quotas": quotas,
        "requirements": dict(facts.requirements),
        "measures": [_dump(measure) for measure in measures],
        "leading_group": [_dump(person) for person in persons],
    }
    enforced = {clause for name, clause in facts.requirements.items() if name in REQUIREMENTS}
    attended = enforced | {m.clause for m in measures if m.expectations}
    judged = [
        {"clause": clause.id, "reason": _JUDGED.format(office=office)}
        for clause in plan.leaves
        if clause.id not in attended
    ]
    if judged:
        data["human_judgement"] = judged
    for missing, said in (
        (not facts.deadline_day, f"方案里没有找到每月的截止日，暂按 {deadline} 日，请核对 deadline_day"),
        (
            not (facts.helper_quota and facts.helped_quota),
            f"方案里没有找到每月的数量，暂按帮扶园 {quotas['helper']} 项、被帮扶园 {quotas['helped']} 项，请核对 quotas",
        ),
        (not facts.office, f"方案里没有找到收材料的科室，暂写{office}，请核对 office"),
        (not persons, "方案里没有认出领导小组的名单，请填 leading_group"),
        (True, "学期的日期是照原来的推算的，请照校历改 terms"),
        ("assessment" in facts.requirements, "学期考核的项目和分值方案里没有，要考核的填 assessment"),
        (bool(judged), f"有 {len(judged)} 条没有自动检查，写进了 human_judgement，请逐条看一看"),
    ):
        if missing:
            notes.append(said)
    left = [meaning for name, meaning in REQUIREMENTS.items() if name not in facts.requirements]
    if left:
        notes.append(f"方案里没有写这几项，不作要求：{'、'.join(left)}")
    return CountyProgramme(data=data, notes=tuple(notes))


def list_leading_group(blocks: Sequence[Block]) -> list[Person]:
    """Return the leading group's members, from its lines (组长：某某 县教育局局长) or its table."""
    found: list[Person] = []
    role, within = "member", False
    for line in _list_rows(blocks):
        if match := _ROLE.match(line):
            within, role = True, _ROLES["".join(match[1].split())]
            line = line[match.end() :]  # noqa: PLW2901  # the rest
        elif line.startswith("附件") or "。" in line:
            within = False
        if not within:
            continue
        found += [
            Person(name=name.replace(" ", ""), post=post.strip("，、；; ）)"), role=role)  # type: ignore[arg-type]  # one of three
            for name, post in _PERSON.findall(line)
        ]
    return found


def _list_rows(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the lines, and of tables each row as one."""
    for block in blocks:
        if isinstance(block, Line):
            yield " ".join(block.text.split())
        elif isinstance(block, Table):
            for row in block.rows:
                yield " ".join(" ".join(box.text.split()) for box in row if box.text.strip())


def _make_measures(facts: PlanFacts, present: Programme, last_plan: Plan | None) -> list[Measure]:
    """Return a measure for each clause of the section: the known ones that it is about, else a new one."""
    clauses = list(list_measure_clauses(facts.section)) if facts.section else []
    known: dict[str, list[Measure]] = {}
    for measure in present.measures:
        before = last_plan.find_clause(measure.clause) if last_plan else None
        scores = [max(_score_name(each, measure), _score_clause(each, before)) for each in clauses]
        if scores and max(scores) >= _LIKE_ENOUGH:
            known.setdefault(clauses[scores.index(max(scores))].id, []).append(measure)
    made: list[Measure] = []
    ids = {measure.id for measures in known.values() for measure in measures}
    for clause in clauses:
        for measure in known.get(clause.id, ()):
            expectations = [e for each in measure.expectations if (e := _keep(each, clause, facts))]
            made.append(measure.model_copy(update={"clause": clause.id, "expectations": expectations}))
        if clause.id not in known:
            name = _shorten(clause)
            made.append(Measure(id=_make_id(name, ids), name=name, clause=clause.id))
            ids.add(made[-1].id)
    return _ask_for_plan_tables(made, facts)


def _ask_for_plan_tables(measures: list[Measure], facts: PlanFacts) -> list[Measure]:
    """Let a measure ask for the plan tables where none of those that did is in this plan."""
    asked = any(e.document == "plan" for measure in measures for e in measure.expectations)
    if asked or not measures or "plan-table" not in facts.requirements:
        return measures
    at = next((n for n, measure in enumerate(measures) if "计划" in measure.name), 0)
    text = _OF_DOCUMENT["plan"][2]
    asking = [
        Expectation(by=side, every="year", kind="document", document="plan", text=text)
        for side in ("helper", "helped")
    ]
    changed = measures[at].model_copy(update={"expectations": [*measures[at].expectations, *asking]})
    return [*measures[:at], changed, *measures[at + 1 :]]


def _score_name(clause: Clause, measure: Measure) -> float:
    """Return which part of the pairs of signs of a measure's name a clause holds; half as much again in its heading."""
    pairs = [measure.name[at : at + 2] for at in range(len(measure.name) - 1)]
    text, heading = clause.quote, clause.heading or ""
    found = sum(pair in text for pair in pairs) + sum(pair in heading for pair in pairs) / 2
    return found / len(pairs) if pairs else 0.0


def _score_clause(clause: Clause, before: Clause | None) -> float:
    """Return how much of last year's clause stands in this one: where it is most of it, more than a name can score."""
    like = SequenceMatcher(None, before.quote, clause.quote, autojunk=False).ratio() if before else 0.0
    return 2 + like if like >= _LIKE_ENOUGH else 0.0


def _keep(expectation: Expectation, clause: Clause, facts: PlanFacts) -> Expectation | None:
    """Return an expectation in this plan's words; None where the plan does not ask for it."""
    if expectation.document is not None:
        requirement, word, usual = _OF_DOCUMENT[expectation.document]
        if requirement not in facts.requirements:
            return None
        text = next((s for s in re.split(r"[。；]", clause.quote) if word in s), "").strip()
        days = expectation.within_days if _FIRST_WEEK.search(clause.quote) else None
        text = text if 0 < len(text) <= _LONGEST_SENTENCE else usual
        return expectation.model_copy(update={"text": text, "within_days": days})
    period = _PERIODS[expectation.every]
    sentence = next((s for s in re.split(r"[。；]", clause.quote) if period in s), "")
    if not sentence:
        return None
    number = _AT_LEAST.search(sentence)
    text = sentence.strip()
    if len(text) > _LONGEST_SENTENCE:
        text = text.partition("，")[0][:_LONGEST_SENTENCE]
    return expectation.model_copy(update={"text": text, "at_least": read_number(number[1]) if number else 1})


def _shorten(clause: Clause) -> str:
    """Return a name for what a clause asks: its heading, or the words before its first comma."""
    words = "".join(_WORDS.findall(_STOPS.split(clause.heading or clause.text)[0]))
    name = _SUBJECT.sub("", words) or words or clause.id
    return name[:_MOST_IN_NAME]


def _make_id(name: str, taken: set[str]) -> str:
    parts = [part for part in spell_pinyin(name)[:4] if part]
    base = "-".join(parts) or "measure"
    return next(id_ for n in range(1, 100) if (id_ := base if n == 1 else f"{base}-{n}") not in taken)


def _shift_terms(present: Programme, year: int) -> list[dict[str, Any]]:
    """Return the present terms as many years later."""
    later = year - present.year
    terms = []
    for term in present.terms:
        data = term.model_dump()
        for name in ("starts", "ends"):
            data[name] = data[name].replace(year=data[name].year + later)
        data["months"] = [f"{int(month[:4]) + later}{month[4:]}" for month in term.months]
        terms.append(data)
    return terms


def _dump(model: Measure | Person) -> dict[str, Any]:
    return model.model_dump(exclude_defaults=True)
