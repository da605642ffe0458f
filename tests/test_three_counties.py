"""Two Word files become a county's own site, in three commands; of the county that the program came with nothing is left."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.archive import Corpus, read_corpus
from generator.archive.plan_text import parse_plan
from generator.records import YamlRecord
from generator.site.pages.example_words import EXAMPLES, ExampleWords
from tests.conftest import PAIRING, ROOT
from tests.county_plans import PLANS

_SHARED = {"第一", "南华", "第一幼儿园"}
"""Words of the first county that any text may hold."""
_TEXTS = (".html", ".json", ".xml", ".css", ".js", ".csv", ".ics", ".txt", ".webmanifest", ".yml", ".md")


def _known() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((EXAMPLES / "county.yml").read_text(encoding="utf-8"))
    return found


def _list_words() -> list[str]:
    """Return every word that only the first county has: its schools, persons, offices."""
    known, programme = _known(), read_corpus(ROOT).find_programme(2020)
    assert programme is not None
    schools = [school for pairing in known["pairings"] for school in pairing]
    words = {known[name] for name in ("county", "office", "bulletin")}
    words |= {word for school in schools for name, word in school.items() if name != "id"}
    words |= {person.name for person in programme.leading_group}
    return sorted(words - _SHARED) + [school["id"] for school in schools]


def test_the_county_of_the_examples_is_the_archives_own() -> None:
    corpus, known = read_corpus(ROOT), _known()
    programme = corpus.find_programme(2020)
    assert programme is not None
    assert (known["county"], known["office"], known["bulletin"], known["year"], known["deadline_day"]) == (
        programme.county,
        programme.office,
        programme.bulletin,
        programme.year,
        programme.deadline_day,
    )
    assert [[school["id"] for school in pairing] for pairing in known["pairings"]] == [
        [pairing.helper, *pairing.helped] for pairing in programme.pairings
    ]
    for school in (school for pairing in known["pairings"] for school in pairing):
        profile = corpus.find_profile(school["id"])
        assert profile is not None
        assert school == {
            "id": profile.id,
            "name": profile.name,
            "short": profile.short,
            "responsible": profile.responsible,
            **({"township": profile.township} if profile.township else {}),
        }
    assert known["leader"] == programme.leading_group[0].name
    assert known["requirements"] == programme.requirements
    assert known["measures"] == [{"id": m.id, "name": m.name, "clause": m.clause} for m in programme.measures]
    words = ExampleWords(corpus=corpus, programme=programme)
    text = "leimeng 和 guangcai，基教股，[五-4](../../plan/#c5-4)"
    assert words.translate_text(text) == text


def find_first_countys_words(text: str) -> list[str]:
    """Return the words of a text that only the first county has."""
    return sorted(set(_make_pattern().findall(text)))


@cache
def _make_pattern() -> re.Pattern[str]:
    words = _list_words()
    typed = [re.escape(word) for word in words if word.isascii()]
    others = [re.escape(word) for word in words if not word.isascii()]
    return re.compile(rf"(?<![A-Za-z0-9-])(?:{'|'.join(typed)})(?![A-Za-z0-9-])|{'|'.join(others)}", re.ASCII)


@pytest.mark.parametrize("county", PLANS)
def test_a_county_has_a_site_of_its_own(county: str, tmp_path: Path) -> None:
    plan, root = PLANS[county], tmp_path / "archive"
    for name in ("records", "content", "theme_overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("pyodide-*", "__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    (tmp_path / "方案.docx").write_bytes(plan.plan)
    (tmp_path / "附件2.docx").write_bytes(plan.pairings)
    day = f"{plan.year}-01-01"
    for command in (
        ("start", "--plan", str(tmp_path / "方案.docx"), "--pairings", str(tmp_path / "附件2.docx")),
        ("check", "--as-of", day),
        ("build", "--as-of", day),
    ):
        ran = subprocess.run(
            [PAIRING, *command, "--root", str(root)],
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
    texts = {
        path.relative_to(root / "site").as_posix(): unescape(path.read_text(encoding="utf-8"))
        for path in (root / "site").rglob("*")
        if path.suffix in _TEXTS and "vendor" not in path.parts
    }
    assert {path: found for path, text in texts.items() if (found := find_first_countys_words(text))} == {}
    whole = "\n".join(texts.values())
    assert [word for word in (county, *plan.own) if word not in whole] == []
    corpus = read_corpus(root, content=root / "content")
    guide = texts["guides/write-a-record/index.html"]
    programme = corpus.find_programme(plan.year)
    assert programme is not None
    for school in programme.school_ids:
        assert f"<code>{school}</code>" in guide
    for measure in programme.measures:
        assert f"<td><code>{measure.id}</code></td>\n<td>{measure.name}</td>" in guide
    pages = {path: text for path, text in texts.items() if path.startswith(("schools/", "pairings/"))}
    for name, word in (("roster", "花名册"), ("agreement", "帮扶协议"), ("plan-table", "计划表")):
        told = any(word in re.sub(r"<[^>]*>", "", text) for text in pages.values())
        assert told == (name not in plan.silent), name


def test_clauses_and_names_of_the_guides_are_the_countys() -> None:
    text = "# 临江区方案\n\n## 一、任务\n\n1.互相学习。\n\n## 二、要求\n\n1.每月25日前报送材料，如实填写。\n\n2.园长是第一责任人。\n"
    corpus = read_corpus(ROOT)
    bureau = corpus.bureau[2020]
    assert bureau.programme is not None
    data = bureau.programme.data.model_copy(
        update={
            "county": "临江区",
            "office": "幼教科<b>",
            "deadline_day": 25,
            "requirements": {"monthly-report": "二-1", "truthful": "二-1", "responsible": "二-2"},
            "measures": bureau.programme.data.measures[:1],
        }
    )
    record = YamlRecord(
        file=bureau.programme.file, data=data, tree=bureau.programme.tree, complete=True, unread=frozenset()
    )
    changed = _with(corpus, record, text)
    words = ExampleWords(corpus=changed, programme=data)
    assert words.translate_text(
        "见[五-3](../../plan/#c5-3)、[五-2](../plan/#c5-2)和五-1；[别的](../faq/#x)"
    ) == ("见[二-1](../../plan/#c2-1)、[二-1](../plan/#c2-1)和二-2；[别的](../faq/#x)")
    assert words.translate_text("交给基教股，30 日前") == "交给幼教科b，25 日前"
    assert words.translate_text("14-area-observation 区域活动观摩") == "14-needs-survey 园情调研与帮扶计划"
    assert words.complete_guide("<!-- programme: measures -->\n") == (
        "| 代号 | 帮扶内容 |\n| --- | --- |\n| `needs-survey` | 园情调研与帮扶计划 |\n"
    )
    assert ExampleWords(corpus=changed, programme=None).complete_guide("基教股") == "基教股"


def _with(corpus: Corpus, record: YamlRecord, plan: str) -> Corpus:
    import dataclasses

    bureau = dataclasses.replace(corpus.bureau[2020], programme=record, plan=parse_plan(plan))
    return dataclasses.replace(corpus, bureau={2020: bureau})
