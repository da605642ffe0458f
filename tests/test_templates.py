"""The page templates: every sign that means something in HTML is escaped, in texts and in attributes."""

from __future__ import annotations

from pathlib import Path

import html5lib
import pytest

from generator.site.pages import templates
from generator.site.pages.templates import make_environment
from tests.small_archive import activity
from tests.test_pages import all_pages, archive, site

SIGNS = "&<>\"'"


@pytest.mark.parametrize(
    ("sign", "escaped"), [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")]
)
def test_a_sign_is_escaped_wherever_it_is_printed(sign: str, escaped: str) -> None:
    template = make_environment().from_string(
        "{% macro link(to) %}<a href=\"{{ to }}\" title='{{ to }}'>{{ to }}</a>{% endmacro %}{{ link(text) }}{{ text ~ text }}"
    )
    expected = f"<a href=\"{escaped}\" title='{escaped}'>{escaped}</a>{escaped}{escaped}"
    assert template.render(text=sign) == expected


def test_words_of_a_record_stay_within_their_attribute(tmp_path: Path) -> None:
    """Taken for mark-up, one of these would end an attribute, open a tag or become another sign."""
    title = "课" + SIGNS + '" onclick="x" a=\'b'
    caption = "图" + SIGNS + '" onerror="x'
    place = "厅" + SIGNS + "&quot;"
    quoted = {
        name: "'" + text.replace("'", "''") + "'"
        for name, text in [("t", title), ("c", caption), ("p", place)]
    }
    files = archive()
    key = "records/jia/2021/02/05-visit"
    files[f"{key}/activity.md"] = activity(
        "2021-02-05",
        title=quoted["t"],
        extra=f"place: {quoted['p']}\n",
        photos=f"photos:\n  - {{file: 01.jpg, caption: {quoted['c']}}}\n",
    )
    pages = all_pages(site(tmp_path, files))
    for page in pages.values():
        tree = html5lib.parse(page.body, namespaceHTMLElements=False)
        names = {name for element in tree.iter() for name in element.attrib}
        assert not [name for name in names if name.startswith("on") or not name.replace("-", "").isalnum()], (
            page.url
        )
        assert "a" not in names
    tree = html5lib.parse(pages["schools/jia/2021/02/05-visit/"].body, namespaceHTMLElements=False)
    assert [h1.text for h1 in tree.iter("h1")] == [title]
    assert [img.get("alt") for img in tree.iter("img")] == [caption]
    assert f"请进来 · {place}" in ["".join(dd.itertext()) for dd in tree.iter("dd")]


def test_compiled_templates_are_kept_and_a_folder_that_cannot_be_written_costs_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def render(folder: Path) -> str:
        monkeypatch.setattr(templates, "COMPILED", folder)
        templates.make_environment.cache_clear()
        return templates.make_environment().get_template("_symbols.html").render()

    (tmp_path / "a file").touch()
    try:
        first = render(tmp_path / "kept")
        kept = {path.name: path.read_bytes() for path in (tmp_path / "kept").glob("__jinja2_*")}
        assert len(kept) == 1
        monkeypatch.setattr("jinja2.environment.Environment.compile", None)  # not asked for again
        assert render(tmp_path / "kept") == first
        monkeypatch.undo()
        assert render(tmp_path / "a file" / "below") == first
    finally:
        monkeypatch.undo()
        templates.make_environment.cache_clear()
