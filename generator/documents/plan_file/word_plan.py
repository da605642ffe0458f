"""Read a county's plan from Word: its Markdown, its clauses, what they ask for, and the tables in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.archive.plan_clauses import Plan
from generator.archive.plan_text import parse_plan
from generator.documents.plan_file.markdown_plan import MarkdownPlan, write_markdown_plan
from generator.documents.plan_file.plan_facts import PlanFacts, find_plan_facts
from generator.documents.reports.docx_report import read_report
from generator.documents.reports.report_content import Block, list_lines
from generator.documents.tables.table_files import read_office_file
from generator.rules.rule import OPTIONAL_REQUIREMENTS, REQUIREMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPlan:
    """A plan that came in Word. ``notes`` are to be read by the officer; ``faults`` must be mended first."""

    markdown: MarkdownPlan
    plan: Plan
    facts: PlanFacts
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    faults: tuple[str, ...]


def read_word_plan(path: Path, given: Mapping[str, str]) -> WordPlan:
    """Read a plan from Word.

    given: clauses that the officer names, by requirement.   Raises TableError with a Chinese message for what is no
    Word file or cannot be read.
    """
    report = read_report(path.name, read_office_file(path))
    markdown = write_markdown_plan(report.blocks)
    plan = parse_plan(markdown.text)
    facts = find_plan_facts(plan, list_lines(report.blocks), given)
    faults = [f"方案第 {problem.line} 行：{problem.message}{problem.fix}" for problem in plan.problems]
    for name, clause in given.items():
        if name not in REQUIREMENTS and name not in OPTIONAL_REQUIREMENTS:
            faults.append(f"--clause {name}={clause}：没有“{name}”；只能写 {'、'.join(REQUIREMENTS)}")
        elif clause not in plan:
            faults.append(f"--clause {name}={clause}：方案里没有条款“{clause}”；有 {_list_some(plan)}")
    if facts.section is None and "measures" not in given:
        faults.append("没有找到写帮扶内容的那一部分；它的标题要有“帮扶内容”“帮扶措施”“主要任务”这样的字")
    return WordPlan(
        markdown=markdown,
        plan=plan,
        facts=facts,
        blocks=report.blocks,
        notes=tuple(f"方案里：{lost}" for lost in report.lost),
        faults=tuple(faults),
    )


def _list_some(plan: Plan) -> str:
    ids = [clause.id for clause in plan.leaves]
    return "、".join(ids[:12]) + ("……" if len(ids) > 12 else "")
