"""The same activities as a Hugo site and as a plain MkDocs + Material site.

Hugo gets our own frame as its layout: the finished HTML of one activity page with the record's values
replaced by template actions, so that both write the same page. Plain MkDocs gets each record's facts and
sections as Markdown in a project with the theme's defaults, but for a navigation of one entry: with 4,000
entries it needs six minutes.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path

from generator.archive import Corpus
from generator.records import ActivityRecord

_MARK = "BENCHMARK-"


def _facts(corpus: Corpus, record: ActivityRecord) -> dict[str, str]:
    programme = corpus.find_programme(record.year)
    measure = programme.find_measure(record.data.measure) if programme else None
    return {
        "title": record.data.title,
        "date": record.data.date.isoformat(),
        "reported": record.data.reported.isoformat(),
        "measure": measure.name if measure else "",
        "clause": measure.clause if measure else "",
        "school": corpus.name_school(record.school),
        "partners": "、".join(corpus.name_school(p) for p in record.data.partners),
        "lead": record.data.lead,
        "place": record.data.place or "",
        "sent": str(record.data.staff.sent),
        "received": str(record.data.staff.received),
    }


def write_mkdocs(corpus: Corpus, folder: Path) -> None:
    """Write the plain MkDocs + Material project."""
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    for record in corpus.activities:
        facts = _facts(corpus, record)
        target = docs / "schools" / f"{record.key}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        table = "| 项目 | 内容 |\n| --- | --- |\n" + "".join(f"| {k} | {v} |\n" for k, v in facts.items())
        target.write_text(f"# {facts['title']}\n\n{table}\n{record.markdown.body}", encoding="utf-8")
    (docs / "index.md").write_text("# 档案\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: 档案\nsite_url: https://site.example.org/\nnav: [index.md]\nnot_in_nav: schools/\n"
        "theme: {name: material, language: zh, font: false}\n",
        encoding="utf-8",
    )


def write_hugo(corpus: Corpus, sample_page: Path, sample: ActivityRecord, folder: Path) -> None:
    """Write the Hugo project; ``sample_page`` is our page of the record ``sample``."""
    shutil.rmtree(folder, ignore_errors=True)
    for record in corpus.activities:
        facts = _facts(corpus, record)
        target = folder / "content" / "schools" / record.key / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        front = json.dumps(facts, ensure_ascii=False)
        target.write_text(f"{front}\n{record.markdown.body}", encoding="utf-8")
    layouts = folder / "layouts"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(
        _layout(sample_page.read_text(encoding="utf-8"), corpus, sample), encoding="utf-8"
    )
    (folder / "hugo.toml").write_text(
        'baseURL = "https://site.example.org/"\nlocale = "zh"\ntitle = "档案"\n'
        'disableKinds = ["home", "section", "taxonomy", "term", "rss", "sitemap", "robotsTXT", "404"]\n',
        encoding="utf-8",
    )


def _layout(page: str, corpus: Corpus, record: ActivityRecord) -> str:
    """Turn one finished page into a layout: its written parts become .Content, its facts .Params."""
    page = page.replace("{{", "{{ `{{` }}")
    first = page.index(">方案</h2>")
    first = page.rindex("<", 0, first)
    text = record.markdown.sections[-1].text.strip().splitlines()[-1]
    last = page.index(html.escape(text[-8:], quote=False), first)
    last = page.index("</section>", last) if "</section>" in page[last:] else page.index("</div>", last)
    page = page[:first] + "{{ .Content }}" + page[last:]
    for name, value in _facts(corpus, record).items():
        if len(value) > 3:
            page = page.replace(html.escape(value), f"{{{{ .Params.{name} }}}}")
    neighbours = re.compile(r'(<a [^>]*rel="(prev|next)"[^>]*href=")[^"]*(")')
    return neighbours.sub(
        lambda m: f"{m[1]}{{{{ with .{m[2].title()}InSection }}}}{{{{ .RelPermalink }}}}{{{{ end }}}}{m[3]}",
        page,
    )
