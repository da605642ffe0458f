"""Put a county's own schools, offices, clauses and kinds of help into the guides and examples that speak of another's.

Guides, rules and examples are written with the schools of one county, `examples/county.yml`. On that county's site they
stay as they are. On any other, the first pairing's words stand for the first pairing's, and so on in turn; each clause
is that of the same requirement; a kind of help that the county does not have is its first one. Tables of schools and
kinds of help are always the programme's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.records.models import Programme

EXAMPLES = Path(__file__).parent / "examples"

_TABLE = re.compile(r"<!-- programme: (schools|measures) -->")
_NUMERALS = "一二三四五六七八九十"
_CLAUSE = rf"[{_NUMERALS}]-(?:（[{_NUMERALS}]）(?:-\d+)?|\d+)|附件\d-备注"
_CITED = re.compile(
    rf"\[(?P<linked>{_CLAUSE})\]\((?P<plan>(?:\.\./)+plan/)#[^)\s]+\)"
    rf"|(?<![{_NUMERALS}A-Za-z0-9-])(?:{_CLAUSE})(?![A-Za-z0-9-])"
)
"""A clause of the plan, with or without a link to it."""
_KINDS = {"helper": ("帮扶园", "园名"), "rural": ("农村园", "所在地"), "private": ("民办园", "园名")}
_SIGNS = re.compile(r"""[<>&"'|`*_\[\]\\]""")
"""What has a meaning in HTML or Markdown: a name of a county's file puts no mark-up into ours."""
_FALLBACK = "monthly-report"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, kw_only=True)
class ExampleWords:
    """The words of one site: its archive, and the programme that the guides are for."""

    corpus: Corpus
    programme: Programme | None

    def translate_text(self, text: str) -> str:
        """Return a text of ours with this county's words."""
        if not self._words:
            return text
        text = _CITED.sub(self._cite, text)
        return self._pattern.sub(lambda found: self._words[found[0]], text)

    def complete_guide(self, markdown: str) -> str:
        """Return a guide with this county's words, and the programme's tables in their places."""
        return _TABLE.sub(lambda found: "\n".join(self._list_rows(found[1])), self.translate_text(markdown))

    def _list_rows(self, name: str) -> Iterator[str]:
        if self.programme is None:
            return
        if name == "measures":
            yield from ("| 代号 | 帮扶内容 |", "| --- | --- |")
            yield from (f"| `{m.id}` | {_make_plain(m.name)} |" for m in self.programme.measures)
            return
        for kind, (title, column) in _KINDS.items():
            profiles = [(id_, p) for id_ in self.programme.school_ids if (p := self.corpus.find_profile(id_))]
            rows = [
                f"| `{id_}` | {_make_plain((p.township if kind == 'rural' else None) or p.name)} |"
                for id_, p in profiles
                if p.kind == kind
            ]
            if rows:
                yield from (f"### {title}", "", f"| 代号 | {column} |", "| --- | --- |", *rows, "")

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """What stands for each word; nothing on the site of the county that the guides speak of."""
        known, programme = _read_county(), self.programme
        if programme is None or known["county"] == programme.county:
            return {}
        words = {
            known["county"]: programme.county,
            known["office"]: programme.office,
            known["bulletin"]: programme.bulletin,
            known["leader"]: programme.leading_group[0].name if programme.leading_group else "某某某",
            "县教育局": programme.issuer,
            f"{known['deadline_day']} 日": f"{programme.deadline_day} 日",
            str(known["year"]): str(programme.year),
        }
        for number, schools in enumerate(known["pairings"]):
            pairing = programme.pairings[number % len(programme.pairings)]
            for place, school in enumerate(schools):
                own = pairing.helped[(place - 1) % len(pairing.helped)] if place else pairing.helper
                words |= self._pair(school, own)
        first, own_measures = programme.measures[0], {measure.id for measure in programme.measures}
        for measure in known["measures"]:
            if measure["id"] not in own_measures:
                words[measure["name"]] = first.name
                if "-" in measure["id"]:  # `agreement` is also a kind of record, and an English word
                    words[measure["id"]] = first.id
        return {word: _make_plain(own) for word, own in words.items()}

    def _pair(self, school: Mapping[str, str], own: str) -> dict[str, str]:
        """Return what stands for the words of one school."""
        profile = self.corpus.find_profile(own)
        if profile is None:
            return {school["id"]: own}
        words = {school["id"]: own, school["name"]: profile.name, school["responsible"]: profile.responsible}
        if "township" in school:
            words[school["township"]] = profile.township or profile.name
        # 第一 is a word of its own: 第一周, 第一责任人.
        return words if school["short"].startswith("第") else words | {school["short"]: profile.short}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(self._words, key=len, reverse=True)
        typed = [re.escape(word) for word in words if word.isascii()]
        others = [re.escape(word) for word in words if not word.isascii()]
        return re.compile(
            rf"(?<![A-Za-z0-9])(?:{'|'.join(typed)})(?![A-Za-z0-9])|{'|'.join(others)}",
            re.ASCII,
        )

    @cached_property
    def _clauses(self) -> Mapping[str, str]:
        """For each clause that the guides cite, this county's clause of the same requirement or kind of help."""
        known, programme = _read_county(), self.programme
        if programme is None:
            return {}
        own = {measure.id: measure.clause for measure in programme.measures}
        found = {m["clause"]: own.get(m["id"], programme.measures[0].clause) for m in known["measures"]}
        # Where a clause stands behind several requirements, one that this county's plan has, too.
        for name, clause in known["requirements"].items():
            instead = found.get(clause, programme.requirements.get(_FALLBACK, ""))
            found[clause] = programme.requirements.get(name, instead)
        return found

    def _cite(self, found: re.Match[str]) -> str:
        """Return this county's clause in place of a cited one, and a link to it in place of a link."""
        cited = found["linked"] or found[0]
        name = self._clauses.get(cited)
        if name is None:
            return found[0]
        if not found["linked"]:
            return name
        bureau = self.corpus.bureau.get(self.programme.year) if self.programme else None
        clause = bureau.plan.find_clause(name) if bureau and bureau.plan else None
        return f"[{name}]({found['plan']}#{clause.anchor})" if clause else name


def _make_plain(words: str) -> str:
    """Return words of a county's file without mark-up, and with numbers blacked out as on every page."""
    return _SIGNS.sub("", mask_private_words(words))


@cache
def _read_county() -> dict[str, Any]:
    text = (EXAMPLES / "county.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe loader, of our own file
    return data
