"""Documented options of MkDocs and Material: each works, on generated pages as on hand-written ones, or is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.site import plugin
from generator.site.plugin import BuildFailed
from tests.conftest import ROOT
from tests.small_archive import activity, base

HEAD = "mkdocs.yml 里有本网站不用的选项，请删去："
OWN = {
    "site_name": "甲县的档案",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False},
    "plugins": ["pairing"],
}

REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "palette": ({"theme": {"palette": {"primary": "teal"}}}, "theme.palette"),
    "navigation.tabs": ({"theme": {"features": ["navigation.tabs"]}}, "theme.features"),
    "navigation.tabs.sticky": ({"theme": {"features": ["navigation.tabs.sticky"]}}, "theme.features"),
    "navigation.top": ({"theme": {"features": ["navigation.top"]}}, "theme.features"),
    "navigation.footer": ({"theme": {"features": ["navigation.footer"]}}, "theme.features"),
    "navigation.instant": ({"theme": {"features": ["navigation.instant"]}}, "theme.features"),
    "toc.follow": ({"theme": {"features": ["toc.follow"]}}, "theme.features"),
    "toc.integrate": ({"theme": {"features": ["toc.integrate"]}}, "theme.features"),
    "header.autohide": ({"theme": {"features": ["header.autohide"]}}, "theme.features"),
    "announce.dismiss": ({"theme": {"features": ["announce.dismiss"]}}, "theme.features"),
    "content.action.edit": ({"theme": {"features": ["content.action.edit"]}}, "theme.features"),
    "content.code.copy": ({"theme": {"features": ["content.code.copy"]}}, "theme.features"),
    "search.suggest": ({"theme": {"features": ["search.suggest"]}}, "theme.features"),
    "icon": ({"theme": {"icon": {"repo": "fontawesome/brands/git"}}}, "theme.icon"),
    "font": ({"theme": {"font": {"text": "Roboto"}}}, "theme.font"),
    "language": ({"theme": {"language": "en"}}, "theme.language: en"),
    "another theme": ({"theme": {"name": "readthedocs"}}, "theme.name: readthedocs"),
    "extra.social": ({"extra": {"social": [{"icon": "a", "link": "https://a.example"}]}}, "extra.social"),
    "extra.analytics": ({"extra": {"analytics": {"provider": "google"}}}, "extra.analytics"),
    "extra.alternate": ({"extra": {"alternate": [{"name": "English", "link": "/en/"}]}}, "extra.alternate"),
    "repo_url": ({"repo_url": "https://forge.example.org/a/b"}, "repo_url"),
    "edit_uri": ({"edit_uri": "edit/main/"}, "edit_uri"),
    "use_directory_urls": ({"use_directory_urls": False}, "use_directory_urls: false"),
    "nav with an external link": (
        {"nav": [{"组": [{"局": "https://a.example/"}]}]},
        "nav 里的 https://a.example/",
    ),
    "search": ({"plugins": ["search", "pairing"]}, "plugins 里的 search"),
    "tags": ({"plugins": ["pairing", "tags"]}, "plugins 里的 tags"),
    "blog": ({"plugins": ["pairing", {"material/blog": {"blog_dir": "news"}}]}, "plugins 里的 material/blog"),
    "privacy": ({"plugins": ["pairing", "privacy"]}, "plugins 里的 privacy"),
    "offline": ({"plugins": ["pairing", "offline"]}, "plugins 里的 offline"),
    "meta": ({"plugins": ["pairing", "meta"]}, "plugins 里的 meta"),
    "a style of another host": (
        {"extra_css": ["https://a.example/a.css"]},
        "extra_css 里的 https://a.example/a.css",
    ),
    "a script of another host": (
        {"extra_javascript": [{"path": "//a.example/a.js", "defer": True}]},
        "extra_javascript 里的 //a.example/a.js",
    ),
}


def _write(root: Path, options: dict[str, object]) -> Path:
    config = {**OWN, **options}
    if isinstance(theme := options.get("theme"), dict):
        config["theme"] = {"name": "material", "font": False, **theme}
    files = {
        **base(),
        "records/jia/2021/02/05-visit/activity.md": activity("2021-02-05"),
        "content/guides/index.md": "# 指南\n\n一段话。\n",
        "content/own.css": "body { color: black }\n",
        "content/own.js": "document.title += '!';\n",
        "content/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
        "mkdocs.yml": yaml.safe_dump(config, allow_unicode=True),
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


@pytest.mark.parametrize("name", REFUSED)
def test_an_option_that_would_be_ignored_is_refused_by_its_name(name: str, tmp_path: Path) -> None:
    options, told = REFUSED[name]
    with pytest.raises(BuildFailed) as refused:
        plugin.build_site(root=_write(tmp_path, options))
    head, line = str(refused.value).splitlines()
    assert head == HEAD
    assert line.startswith(f"{told}：")
    assert not (tmp_path / "site").exists()


def test_all_that_is_refused_is_told_at_once(tmp_path: Path) -> None:
    options: dict[str, object] = {"edit_uri": "edit/main/", "extra": {"social": []}, "theme": {"palette": []}}
    with pytest.raises(BuildFailed) as refused:
        plugin.build_site(root=_write(tmp_path, options))
    assert [line.partition("：")[0] for line in str(refused.value).splitlines()[1:]] == [
        *("edit_uri", "theme.palette", "extra.social"),
    ]


def test_the_projects_own_configuration_is_taken() -> None:
    from generator.site.plugin.site_options import list_refusals

    text = (ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", "")
    assert list(list_refusals(yaml.safe_load(text))) == []


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Build a site with every option that works; return a hand-written page and a generated one."""
    root = _write(
        tmp_path_factory.mktemp("options"),
        {
            "site_description": "甲县的说明",
            "site_url": "https://site.example.org/county/",
            "copyright": "甲县教育局 <2021>",
            "extra_css": ["own.css"],
            "extra_javascript": [{"path": "own.js", "defer": True}],
            "theme": {"logo": "logo.svg", "favicon": "logo.svg", "custom_dir": "overrides"},
            "hooks": ["hook.py"],
            "markdown_extensions": ["admonition", "footnotes"],
            "nav": [{"指南": [{"怎样用": "guides/index.md"}]}, {"特别的": "special.md"}],
        },
    )
    more = {
        "hook.py": "def on_page_content(html, **_):\n    return html.replace('一段话', '钩子改过的话')\n",
        "overrides/partials/icon-search.html": "<b>自己的图标</b>\n",
        "overrides/special.html": "{% extends 'main.html' %}{% block content %}<p>自己的模板</p>{% endblock %}\n",
        "content/special.md": "---\ntemplate: special.html\n---\n# 特别的\n",
        "content/guides/index.md": '# 指南\n\n一段话[^1]。\n\n!!! note "注意"\n    内容。\n\n[^1]: 脚注。\n',
    }
    for name, content in more.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    plugin.build_site(root=root)
    pages = {"written": "guides/index.html", "made": "schools/jia/2021/02/05-visit/index.html"}
    found = {name: (root / "site" / page).read_text("utf-8") for name, page in pages.items()}
    return {**found, "special": (root / "site/special/index.html").read_text("utf-8")}


@pytest.mark.parametrize(
    ("option", "written", "made"),
    [
        ("site_name", "<title>怎样用 - 甲县的档案</title>", " - 甲县的档案</title>"),
        ("site_url", 'rel="canonical" href="https://site.example.org/county/guides/"', 'rel="canonical" href="https://site.example.org/county/schools/jia/2021/02/05-visit/"'),
        ("copyright", "<p>甲县教育局 &lt;2021&gt;</p>", "<p>甲县教育局 &lt;2021&gt;</p>"),
        ("extra_css", '<link rel="stylesheet" href="../own.css">', '<link rel="stylesheet" href="../../../../../own.css">'),
        ("extra_javascript", '<script src="../own.js" defer></script>', '<script src="../../../../../own.js" defer></script>'),
        ("logo", '<img src="../logo.svg" alt=""', '<img src="../../../../../logo.svg" alt=""'),
        ("favicon", '<link rel="icon" href="../logo.svg">', '<link rel="icon" href="../../../../../logo.svg">'),
        ("a partial in a custom_dir of its own", "<b>自己的图标</b>", "<b>自己的图标</b>"),
    ],
)  # fmt: skip
def test_an_option_works_on_both_kinds_of_page(
    option: str, written: str, made: str, both: dict[str, str]
) -> None:
    assert written in both["written"], option
    assert made in both["made"], option


@pytest.mark.parametrize(
    ("option", "page", "words"),
    [
        ("hooks", "written", "钩子改过的话"),
        ("admonitions", "written", '<div class="admonition note">'),
        ("footnotes", "written", 'class="footnote"'),
        ("nav with groups", "written", 'rel="next" href="../special/"'),
        ("template of a page", "special", "<p>自己的模板</p>"),
    ],
)
def test_an_option_of_hand_written_pages_works(
    option: str, page: str, words: str, both: dict[str, str]
) -> None:
    assert words in both[page], option
