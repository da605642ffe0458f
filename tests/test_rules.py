"""The rules: a folder of cases for each, the registry's own order, and the clauses that nobody may forget.

A case is what differs from ``tests/rules/_base``: files below ``records/`` or ``content/``, ``as-of.txt``,
and for what git or Windows cannot hold well ``files.yml``. ``expected.txt`` holds all that all rules say.
``UPDATE_CASES=1 pytest tests/test_rules.py`` writes the expectations anew; read every change.
"""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.archive import Corpus, read_corpus
from generator.archive.privacy import mask_private_words
from generator.records.diagnostics import Diagnostic
from generator.records.models import Programme
from generator.rules import BY_SLUG, RULES, check_corpus, clause_coverage, photo_heic, reading_faults
from generator.rules.rule import OPTIONAL_REQUIREMENTS, REQUIREMENTS, Rule

ROOT = Path(__file__).resolve().parent.parent
CASES = Path(__file__).resolve().parent / "rules"
BASE = CASES / "_base"
UPDATE = bool(os.environ.get("UPDATE_CASES"))

FOLDERS = sorted(p for p in CASES.glob("*/*") if p.is_dir() and p.parent.name != "_base")


def lay_out(case: Path, root: Path) -> None:
    """Lay a case over the base archive in ``root``."""
    shutil.copytree(BASE, root)
    special: dict[str, Any] = {}
    if (case / "files.yml").exists():
        special = yaml.safe_load((case / "files.yml").read_text(encoding="utf-8"))
    for path in special.get("remove", ()):
        target = root / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    shutil.copytree(case, root, dirs_exist_ok=True)
    for path, text in special.get("write", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    for path, size in special.get("pad", {}).items():  # a file of that many bytes, the rest of it a hole
        with (root / path).open("r+b") as file:
            file.truncate(size)
    for path, target in special.get("link", {}).items():
        (root / path).symlink_to(target)


def read_case(case: Path, root: Path) -> tuple[Corpus, tuple[Diagnostic, ...]]:
    lay_out(case, root)
    corpus = read_corpus(root)
    today = dt.date.fromisoformat((root / "as-of.txt").read_text(encoding="utf-8").strip())
    return corpus, check_corpus(corpus, today)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def render(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Return everything that a report could show, in a form that is pleasant to read in a diff."""
    out = []
    for d in diagnostics:
        span = d.span
        out.append(
            f"{_printable(span.file.path)}:{span.line}:{span.column}: {d.severity.value} [{d.rule}] {d.clause or '-'} {d.message}"
        )
        line = d.excerpt if d.excerpt is not None else span.file.read_line(span.line)
        if line:
            marked = line[span.column - 1 : span.end_column - 1]
            caret = " " * _width(line[: span.column - 1]) + "^" * max(1, _width(marked))
            out += [f"    | {_printable(mask_private_words(line))[:120]}", f"    | {caret}"[:124]]
        out.append(f"    → {d.fix}")
    return "\n".join(out) + "\n" if out else ""


@pytest.mark.parametrize("case", FOLDERS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_case(case: Path, tmp_path: Path) -> None:
    slug, kind = case.parent.name, case.name.split("-")[0]
    assert kind in ("good", "bad"), "a case is called good-… or bad-…"
    if os.name == "nt" and (case / "files.yml").exists():
        pytest.skip("links need a privilege on Windows")
    corpus, found = read_case(case, tmp_path / "archive")
    assert {(d.rule, d.span) for d in corpus.problems} <= {(d.rule, d.span) for d in found}
    output, expected_file = render(found), case / "expected.txt"
    if UPDATE:
        expected_file.unlink(missing_ok=True)
        if output:
            expected_file.write_text(output, encoding="utf-8", newline="\n")
    expected = expected_file.read_text(encoding="utf-8") if expected_file.exists() else ""
    assert output == expected
    if expected_file.exists():
        assert expected.strip(), "an empty expectation proves nothing"
    assert (slug in {d.rule for d in found}) == (kind == "bad")


def test_the_base_archive_is_without_fault(tmp_path: Path) -> None:
    empty = tmp_path / "case"
    empty.mkdir()
    assert render(read_case(empty, tmp_path / "archive")[1]) == ""


@pytest.mark.parametrize(
    ("installed", "said"), [(True, "很多电脑打不开"), (False, "网站没有装读它的附加包，不会显示这一张")]
)
def test_a_heic_photo_that_the_site_cannot_show_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, installed: bool, said: str
) -> None:
    monkeypatch.setattr(photo_heic, "_SHOWN", installed)
    _, found = read_case(CASES / "photo-heic" / "bad-heic", tmp_path / "archive")
    told = [d.message for d in found if d.rule == "photo-heic"]
    assert told
    assert all(message.endswith(f"是苹果手机的 HEIC，{said}") for message in told)


# --- the registry --------------------------------------------------------------------------------


def test_slugs_are_unique() -> None:
    slugs = [rule.slug for rule in RULES]
    assert len(slugs) == len(set(slugs)) == len(BY_SLUG)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)


def test_every_module_with_a_rule_is_registered_and_named_like_its_slug() -> None:
    folder = ROOT / "generator" / "rules"
    modules = [
        p.stem
        for p in folder.glob("*.py")
        if re.search(r"^RULE = Rule\(", p.read_text("utf-8"), re.MULTILINE)
    ]
    own = {importlib.import_module(f"generator.rules.{name}").RULE.slug: name for name in modules}
    assert own == {slug: slug.replace("-", "_") for slug in own}
    assert BY_SLUG.keys() == own.keys() | {rule.slug for rule in reading_faults.RULES}


def test_every_folder_of_cases_is_a_rule() -> None:
    assert {p.name for p in CASES.iterdir() if p.is_dir()} == {*BY_SLUG, "_base"}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.slug)
def test_every_rule_has_a_good_and_a_bad_case(rule: Rule) -> None:
    kinds = {p.name.split("-")[0] for p in (CASES / rule.slug).glob("*")}
    assert kinds == {"good", "bad"}


def test_no_two_bad_cases_expect_the_same() -> None:
    seen: dict[str, Path] = {}
    for case in FOLDERS:
        if case.name.startswith("bad-"):
            text = (case / "expected.txt").read_text(encoding="utf-8")
            assert text not in seen, f"{case} and {seen[text]} show the same"
            seen[text] = case


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.slug)
def test_every_rule_is_documented(rule: Rule) -> None:
    parts = rule.split_documentation()
    assert parts.checks
    assert parts.why
    assert parts.how
    assert rule.summary
    assert "。" not in rule.summary
    text = parts.checks + parts.why + parts.how + rule.summary
    assert not re.search(r"[一-鿿][,;:?!][一-鿿]", re.sub(r"`[^`]*`|```.*?```", "", text, flags=re.DOTALL))


def test_no_documentation_copies_a_clause(programme: Programme, corpus: Corpus) -> None:
    plan = corpus.bureau[programme.year].plan
    assert plan is not None
    for rule in RULES:
        why = rule.split_documentation().why
        for clause in plan:
            for sentence in re.split("[。；]", clause.text):
                assert len(sentence) < 16 or sentence not in why, (
                    f"{rule.slug} copies {clause.id}: look it up"
                )


@cache
def _emitters() -> dict[str, set[str]]:
    """Return the functions that write a slug into a diagnostic, as ``path:function``, by the slug."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names_slug_first = path.relative_to(ROOT / "generator").parts[0] in ("records", "archive", "rules")
        for function, call in _calls(tree, ()):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            slugs = [k.value for k in call.keywords if k.arg == "rule"]
            if names_slug_first and name in ("report", "refuse_path", "_error", "make_problem"):
                slugs += call.args[:1]
            for value in slugs:
                if isinstance(value, ast.Constant):
                    place = f"{path.relative_to(ROOT).as_posix()}:{function}"
                    found.setdefault(str(value.value), set()).add(place)
    return found


def _calls(node: ast.AST, within: tuple[str, ...]) -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls below a node, each with the name of the function that it stands in."""
    for child in ast.iter_child_nodes(node):
        names = (*within, child.name) if isinstance(child, ast.ClassDef | ast.FunctionDef) else within
        if isinstance(child, ast.Call):
            yield ".".join(names), child
        yield from _calls(child, names)


def test_every_slug_that_the_sources_emit_has_a_rule() -> None:
    assert _emitters().keys() <= BY_SLUG.keys()
    from generator.records import validation

    assert BY_SLUG.keys() >= validation._OWN_RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.slug)
def test_a_rule_names_the_functions_elsewhere_that_report_it(rule: Rule) -> None:
    own = f"generator/rules/{rule.slug.replace('-', '_')}.py:"
    elsewhere = {place for place in _emitters().get(rule.slug, ()) if not place.startswith(own)}
    assert rule.found_in == tuple(sorted(elsewhere))


def test_every_rule_of_reading_is_reported_by_a_reader() -> None:
    for rule in reading_faults.RULES:
        places = [place.partition("/")[2] for place in rule.found_in]
        assert any(place.startswith(("records/", "archive/")) for place in places), rule.slug


# --- the plan ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(ROOT)


@pytest.fixture(scope="module")
def programme(corpus: Corpus) -> Programme:
    programme = corpus.find_programme(2020)
    assert programme is not None
    return programme


def test_every_requirement_names_a_clause_of_the_plan(corpus: Corpus, programme: Programme) -> None:
    plan = corpus.bureau[2020].plan
    assert plan is not None
    assert programme.requirements.keys() == REQUIREMENTS.keys() | OPTIONAL_REQUIREMENTS.keys()
    assert [c for c in programme.requirements.values() if c not in plan] == []


def test_every_requirement_is_enforced_by_a_rule() -> None:
    assert {rule.requirement for rule in RULES} == REQUIREMENTS.keys()


def test_every_clause_is_enforced_or_left_to_people_with_a_reason(
    corpus: Corpus, programme: Programme
) -> None:
    plan = corpus.bureau[2020].plan
    assert plan is not None
    assert list(clause_coverage.find_unattended(programme, plan)) == []
    assert list(clause_coverage.find_unneeded(programme)) == []
    leaves = {clause.id for clause in clause_coverage.list_leaves(plan)}
    for entry in programme.human_judgement:
        assert entry.clause in leaves
        assert len(entry.reason) > 12
