"""Find in a plan's clauses what the programme asks of it: which clause demands what, by when, how much, and of whom.

Plans are worded alike, since all follow the same circulars; the words below are theirs. What is not found is said, not
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.archive.plan_clauses import Clause, Plan
from generator.rules.rule import DISPENSABLE, OPTIONAL_REQUIREMENTS, REQUIREMENTS

_NUMBER = "[一二两三四五六七八九十]|[0-9]{1,2}"
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "format": (r"过程性(?:资料|材料)", r"(?:帮扶|专门的?|工作)档案|建档|归档", r"档案|资料|材料"),
    "archive-parts": (r"有方案|有记录|有总结|有图片|图片信息", r"方案.{0,12}(?:记录|总结)", r"档案"),
    "monthly-report": (
        r"每月.{0,8}[0-9一二三十]+日.{0,30}(?:报|交)",
        r"(?:每月|月底|月末).{0,30}(?:上报|报送|报.{2,4}[股科室])",
    ),
    "privacy": (r"隐私|个人信息|肖像",),
    "deemed-undone": (r"视为.{0,16}(?:没有|未)",),
    "assessment": (r"(?:学期|学年|年终|年度).{0,8}考核", r"考核|考评|评估"),
    "truthful": (r"弄虚作假|虚报|造假|走过场", r"真实|如实"),
    "quota": (
        rf"每月.{{0,24}}(?:不少于|不低于|至少).{{0,3}}(?:{_NUMBER})(?:项|次|个)",
        rf"(?:不少于|不低于|至少).{{0,3}}(?:{_NUMBER})(?:项|次|个)",
    ),
    "plan-table": (r"计划表",),
    "arrangement": (r"安排表|结对(?:名单|一览)", r"帮扶对子|结对安排"),
    "responsible": (r"第一责任人", r"责任人|负总责"),
    "agreement": (r"协议",),
    "term-start": (r"学期初|开学(?:初|前)",),
    "roster": (r"花名册", r"师徒.{0,6}(?:名单|表)"),
}
"""For each requirement what its clause says, the surest first. ``measures`` is the section that holds them."""
_MEASURES = re.compile(r"(?:帮扶|结对|共建|帮带|工作|主要|重点|具体)(?:内容|任务|措施|举措|重点)|主要工作")
_DEADLINE = re.compile(r"每月\s*(?:的)?\s*([0-9]{1,2}|[一二三]?十?[一二三四五六七八九]?)日(?:之?前|以前)")
_MONTH_END = re.compile(r"(?:每月|当月)(?:月末|月底|末|底)(?:之?前)?")
_EACH_MONTH = rf"每月.{{0,24}}?(?:不少于|不低于|至少).{{0,3}}?({_NUMBER})\s*(?:[—－-]\s*\d+)?(?:项|次|个)"
_HELPER_QUOTA = re.compile(rf"(?<!被)(?<!受)帮扶(?:园|校|幼儿园|学校){_EACH_MONTH}")
_HELPED_QUOTA = re.compile(rf"(?:被帮扶|受援|受帮扶|薄弱)(?:园|校|幼儿园|学校){_EACH_MONTH}")
_ANY_QUOTA = re.compile(_EACH_MONTH)
_BUREAU = re.compile(r"教育和体育局|教育体育局|教育科技局|教体局|教科局|教育局")
_OFFICE = re.compile(
    r"(?:报送?|交|上报)(?:至|到|给)?(?:县|区|市)?(?:教育和体育局|教育体育局|教体局|教育局)?"
    r"([\u4e00-\u9fff]{1,6}?(?:股|科|室|办公室|中心))"
)
_BULLETIN = re.compile(r"《([^《》]{2,12})》\s*(?:工作)?(?:简报|通报)")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a plan says; None or "" where it says nothing.

    requirements: the clause behind each kind of check, without those that the plan does not have.
    bureau: what the education bureau is called, without its county.
    missing: requirements that every archive needs and that no clause was found for.
    section: the clause that holds the measures.
    """

    requirements: Mapping[str, str]
    missing: tuple[str, ...]
    section: Clause | None
    deadline_day: int | None
    helper_quota: int | None
    helped_quota: int | None
    bureau: str
    office: str
    bulletin: str


def find_plan_facts(plan: Plan, lines: Iterable[str], given: Mapping[str, str]) -> PlanFacts:
    """Find what a plan says.

    lines: all of its lines, those in tables too.   given: clauses that the officer names, by requirement.
    """
    section = _find_section(plan, given.get("measures", ""))
    found = {name: clause.id for name in _SIGNS if (clause := _find_clause(plan, name))}
    if section is not None:
        found["measures"] = section.id
    # Whoever keeps the archive keeps the children's privacy there, whether the plan says so or not.
    for name, instead in (("privacy", "format"), ("archive-parts", "format"), ("format", "archive-parts")):
        if name not in found and instead in found:
            found[name] = found[instead]
    found |= given
    text = "\n".join(clause.quote for clause in plan)
    bureau = _BUREAU.search("\n".join(lines))
    office = _OFFICE.search(text)
    bulletin = _BULLETIN.search(text)
    return PlanFacts(
        requirements={name: found[name] for name in (*REQUIREMENTS, *OPTIONAL_REQUIREMENTS) if name in found},
        missing=tuple(name for name in REQUIREMENTS if name not in found and name not in DISPENSABLE),
        section=section,
        deadline_day=_find_deadline(text),
        helper_quota=_find_number(_HELPER_QUOTA, text) or _find_number(_ANY_QUOTA, text),
        helped_quota=_find_number(_HELPED_QUOTA, text) or _find_number(_ANY_QUOTA, text),
        bureau=bureau[0] if bureau else "",
        office=office[1] if office else "",
        bulletin=bulletin[1] if bulletin else "",
    )


def _find_section(plan: Plan, given: str) -> Clause | None:
    """Return the section of the measures; of it the part that says the work, where another says the aims."""
    if given:
        return plan.find_clause(given)
    headed = [c for c in plan if c.children and _MEASURES.search(c.heading or "")]
    first = next((c for c in headed if c.level == 1), headed[0] if headed else None)
    return next((c for c in headed if first and c in first.children), first)


def list_measure_clauses(section: Clause) -> Iterator[Clause]:
    """Yield the clauses of a section that say what is to be done: those without clauses below them."""
    for clause in section.children:
        if clause.children:
            yield from list_measure_clauses(clause)
        else:
            yield clause


def _find_clause(plan: Plan, requirement: str) -> Clause | None:
    """Return the clause that says most surely what a requirement asks for, the innermost and first of them."""
    for sign in _SIGNS[requirement]:
        pattern = re.compile(sign)
        for clauses in (_list_attachments(plan), plan.leaves):
            headed = [c for c in clauses if pattern.search(c.heading or "")]
            if requirement in ("plan-table", "arrangement") and headed:
                return headed[0]
        said = [c for c in plan.leaves if pattern.search(c.quote)]
        if said:
            return said[0]
    return None


def _list_attachments(plan: Plan) -> Sequence[Clause]:
    return [clause for clause in plan if clause.level == 1 and clause.label.startswith("附件")]


def _find_deadline(text: str) -> int | None:
    if found := _DEADLINE.search(text):
        day = read_number(found[1])
        return day if 1 <= day <= 31 else None
    return 31 if _MONTH_END.search(text) else None


def _find_number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return read_number(found[1]) if found else None


def read_number(words: str) -> int:
    """Return a number of one or two digits, 两 and 二十五 too."""
    if words.isdigit():
        return int(words)
    words = words.replace("两", "二")
    tens, ten, ones = words.rpartition("十")
    high = (_DIGITS.index(tens) if tens else 1) * 10 if ten else 0
    return high + (_DIGITS.index(ones) if ones else 0)
