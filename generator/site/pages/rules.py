"""Pages of the rules: what each one checks, why (the clause it quotes) and how to fix a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from generator.documents import safe_html
from generator.records.diagnostics import Severity
from generator.rules import RULES, Rule, Scope, find_clause
from generator.rules.rule import REQUIREMENTS
from generator.site.pages.page import Page
from generator.site.pages.site import Site

_SEVERITIES = {Severity.ERROR: "必须改正", Severity.WARNING: "提醒"}
_SCOPES = {Scope.FILE: "单份材料", Scope.ARCHIVE: "档案整体"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """A rule as pages show it; ``clause_words`` is the clause's text, "" when the plan has no such clause."""

    slug: str
    url: str
    summary: str
    severity: str
    is_error: bool
    scope: str
    is_archive: bool
    clause: str
    clause_url: str
    clause_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Requirement:
    """The rules that enforce one requirement of the programme."""

    id: str
    name: str
    rules: tuple[_Rule, ...]


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the index of the rules and a page for each."""
    views = {rule.slug: _view(site, rule) for rule in RULES}
    groups = tuple(
        _Requirement(id=key, name=name, rules=tuple(views[r.slug] for r in RULES if r.requirement == key))
        for key, name in REQUIREMENTS.items()
        if any(rule.requirement == key for rule in RULES)
    )
    yield _index(site, groups)
    order = [view for group in groups for view in group.rules]
    by_slug = {rule.slug: rule for rule in RULES}
    for place, view in enumerate(order):
        before = order[place - 1] if place else None
        after = order[place + 1] if place + 1 < len(order) else None
        yield _page(site, by_slug[view.slug], view, before, after)


def _view(site: Site, rule: Rule) -> _Rule:
    clause_id = find_clause(site.corpus, rule, site.today)
    bureau = site.corpus.bureau.get(site.year)
    clause = bureau.plan.find_clause(clause_id) if bureau and bureau.plan and clause_id else None
    return _Rule(
        slug=rule.slug,
        url=f"rules/{rule.slug}/",
        summary=rule.summary,
        severity=_SEVERITIES[rule.severity],
        is_error=rule.severity is Severity.ERROR,
        scope=_SCOPES[rule.scope],
        is_archive=rule.scope is Scope.ARCHIVE,
        clause=clause_id,
        clause_url=site.make_clause_url(clause_id, site.year) if clause_id else "",
        clause_words=clause.quote if clause else "",
    )


def _index(site: Site, groups: tuple[_Requirement, ...]) -> Page:
    url, title = "rules/", "校验规则"
    return Page(
        url=url,
        section="rules",
        title=title,
        description=f"{title}：上报的材料由程序按{len(RULES)}条规则检查，每条都写明依据的条款和改正的办法。",
        body=site.render_template("rules.html", url, title=title, groups=groups, count=len(RULES)),
        styles=("docs",),
    )


def _page(site: Site, rule: Rule, view: _Rule, before: _Rule | None, after: _Rule | None) -> Page:
    texts = rule.split_documentation()
    parts: tuple[tuple[str, Markup], ...] = tuple(
        (title, safe_html.render_own(site.words.translate_text(text), level=3))
        for title, text in (("查什么", texts.checks), ("为什么", texts.why), ("怎么改", texts.how))
        if text
    )
    return Page(
        url=view.url,
        section="rules",
        title=rule.summary,
        description=f"校验规则 {rule.slug}：{rule.summary}。",
        body=site.render_template("rule.html", view.url, rule=view, parts=parts, before=before, after=after),
        styles=("docs",),
    )
