"""Functions are named by verbs with objects, so that a call reads as what it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The verbs in use. Take one of them before adding one: two verbs for one kind of work hide it from a search.
_VERBS = """
    abbreviate add advise answer append arrange ask assess assign attach build bundle cancel carry change
    check choose cite clean clear close collect comment commit compare compile complete compose
    compute conclude convert copy count cut darken decode deliver describe develop digest draw drop
    encode escape examine excerpt excuse explain extract fetch fill find fit fix fold forget format gather
    group guess hold inspect join judge keep label lighten limit list load locate make mark mask
    match measure merge mix name normalise open order pack parse plan post prepare preview print
    prompt propose publish push put raise read receive refuse relocate remove render repack repeat
    replace replay report require resolve run scale send serve set settle shorten show shrink sign
    simplify sort span speak spell split spread stage stamp start strip suggest summarise take tell
    transpose unpack use validate vary view walk warn write
"""
# How a function begins that answers yes or no.
_QUESTIONS = "asks begins can fits has holds is looks matches may names says was"
_BEGINNINGS = frozenset(f"{_VERBS} {_QUESTIONS}".split())
# What Python calls the entry point of a program.
_BY_CUSTOM = {"main"}


def _misnamed(tree: ast.Module) -> Iterator[str]:
    """Yield the public functions of a module that begin with no verb; a command has the name that is typed."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            is_command = any(
                isinstance(each, ast.Call) and ast.unparse(each.func).endswith((".command", ".group"))
                for each in node.decorator_list
            )
            first = node.name.partition("_")[0]
            if not is_command and first not in _BEGINNINGS and node.name not in _BY_CUSTOM:
                yield node.name


def test_public_functions_begin_with_a_verb() -> None:
    wrong = [
        f"{path.relative_to(ROOT).as_posix()}: {name}"
        for path in sorted((ROOT / "generator").rglob("*.py"))
        for name in _misnamed(ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))
    ]
    assert not wrong, "name the verb first, of those in _VERBS where one will do:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("source", "misnamed"),
    [
        ("def pages(site): ...", ["pages"]),
        ("def write_pages(site): ...", []),
        ("def is_late(record): ...", []),
        ("def _pages(site): ...", []),
        ("@click.command(cls=Command)\ndef status(root): ...", []),
        ("@contextmanager\ndef changing(root): ...", ["changing"]),
        ("class Page:\n    def url(self): ...", []),
    ],
)
def test_what_counts_as_a_name(source: str, misnamed: list[str]) -> None:
    assert list(_misnamed(ast.parse(source))) == misnamed
