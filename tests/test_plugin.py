"""The MkDocs adapter with a stand-in for the page builders: one site however it is started, or none at all."""

from __future__ import annotations

import datetime
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import html5lib
import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli as mkdocs
from mkdocs.livereload import LiveReloadServer

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity, SourceFile
from generator.site import plugin
from generator.site.forge import Forge
from generator.site.pages.about import ImprintLine
from generator.site.pages.example_words import ExampleWords
from generator.site.pages.page import SECTIONS, Excerpt, Page
from generator.site.plugin import BuildFailed, hooks
from generator.site.shell import ShellError, name_page_file
from tests.conftest import ROOT

SITE_URL = "https://site.example.org/archive"
TABS = ["首页", "帮扶对子", "校园档案", "工作简报", "活动图库", "方案与规则", "使用指南"]


def _page(url: str, section: Any, **values: Any) -> Page:
    return Page(
        url=url,
        section=section,
        title="标题",
        description="说明",
        body='<h1>标题</h1><p><a href="x/">x</a></p>',
        **values,
    )


@dataclass
class StandIn:
    """A prepared site of one page a section and one activity; notes what it was prepared from."""

    sample: bool = True
    pictures: int = 0
    problems: tuple[Diagnostic, ...] = ()
    broken: Callable[[], None] = lambda: None
    refused: str = ""
    asked: dict[str, Any] = field(default_factory=dict)
    words: ExampleWords = field(
        default_factory=lambda: ExampleWords(
            corpus=Corpus(root=Path(), bureau={}, schools={}, problems=()), programme=None
        )
    )

    def __call__(self, **asked: Any) -> StandIn:
        self.asked = asked
        return self

    @property
    def site(self) -> StandIn:
        return self

    @property
    def subtitle(self) -> str:
        return "某县 <2031> 年"

    @property
    def imprint(self) -> tuple[ImprintLine, ...]:
        return (ImprintLine(name="主办", text="某县教育局"),)

    @property
    def site_url(self) -> str:
        return str(self.asked["site_url"])

    @property
    def activities(self) -> Sequence[object]:
        return ()

    @property
    def refusal(self) -> str:
        return self.refused

    def list_page_makers(self) -> Sequence[Callable[[], Iterator[Page]]]:
        return (self.pages,)

    def pages(self) -> Iterator[Page]:
        for section in SECTIONS:
            if section != "guides":
                yield _page("" if section == "home" else f"{section}/", section, index=section != "search")
        yield _page("schools/a/2031/03/05-x/", "schools", modified=datetime.date(2031, 3, 5))
        yield _page("404.html", "search", index=False)
        self.broken()

    def list_file_writers(self, folder: Path) -> Sequence[Callable[[], None]]:
        return (lambda: _write_feed(folder),)

    def write_excerpt_files(self, folder: Path, excerpts: Mapping[str, Excerpt]) -> None:
        (folder / "excerpts.txt").write_text("\n".join(excerpts), encoding="utf-8")

    def write_search_index(self, folder: Path, urls: Iterable[str]) -> None:
        assert all((folder / name_page_file(url)).is_file() for url in urls)


def _write_feed(folder: Path) -> None:
    (folder / "feed.xml").write_text("<feed/>", encoding="utf-8")


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    site = StandIn()
    monkeypatch.setattr(hooks, "prepare_site", site)
    return site


@pytest.fixture(autouse=True)
def mkdocs_log() -> Iterator[None]:
    """Leave MkDocs' logger as it was: its command line sets levels and handlers for good."""
    logger, building = logging.getLogger("mkdocs"), logging.getLogger("mkdocs.commands.build")
    before, filters = (logger.level, list(logger.handlers), logger.propagate), list(building.filters)
    yield
    building.filters[:] = filters  # of a quiet run, says no message twice
    logger.setLevel(before[0])
    logger.handlers[:] = before[1]
    logger.propagate = before[2]


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _documents(folder: Path) -> dict[str, str]:
    return {name: content.decode() for name, content in _tree(folder).items() if name.endswith(".html")}


def _build(tmp_path: Path, **options: Any) -> Path:
    site = tmp_path / "site"
    plugin.build_site(root=ROOT, site_dir=site, **options)
    return site


@pytest.mark.usefixtures("stand_in")
def test_a_build_writes_the_pages_the_hand_written_ones_and_nothing_of_material(
    tmp_path: Path,
) -> None:
    stages: list[str] = []
    site = tmp_path / "site"
    built = plugin.build_site(
        root=ROOT, site_dir=site, progress=lambda stage, done, total: stages.append(stage)
    )
    assert built == plugin.Built(site=site, pages=len(SECTIONS) + 1, pictures=0, warnings=())
    names = set(_tree(site))
    assert {"index.html", "schools/a/2031/03/05-x/index.html", "feed.xml", "sitemap.xml", "404.html"} <= names
    assert {"guides/index.html", "guides/write-a-record/index.html"} <= names
    assert {"assets/css/tokens.css", "assets/images/favicon.svg"} <= names
    # The pages of slots, the sources of generated pages, and what Material would bring along.
    assert not [
        name
        for name in names
        if re.search(r"_shell|^home/|partials|pages/|stylesheets|javascripts|xml\.gz", name)
    ]
    assert set(stages) == {"写入网站"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("stand_in")
def test_mkdocs_itself_gives_the_same_site(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        mkdocs, ["build", "-f", str(ROOT / "mkdocs.yml"), "-d", str(tmp_path / "other")]
    )
    assert (result.exit_code, result.exception) == (0, None)
    assert _tree(tmp_path / "other") == _tree(_build(tmp_path))


@pytest.mark.usefixtures("stand_in")
def test_a_live_preview_gives_the_same_pages_and_watches_the_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, Any] = {}

    def look(server: LiveReloadServer, **_: object) -> None:
        seen.update(tree=_tree(Path(server.root)), watched=set(server._watched_paths), url=server.url)

    monkeypatch.setattr(LiveReloadServer, "serve", look)
    plugin.serve_site(root=ROOT, port=8765)
    assert seen["url"] == "http://127.0.0.1:8765/"
    assert {str(ROOT / "records"), str(ROOT / "theme_overrides"), str(ROOT / "content")} <= seen["watched"]
    assert set(seen["tree"]) == set(_tree(_build(tmp_path)))
    # MkDocs' reloading is an inline script.
    assert b"Content-Security-Policy" not in seen["tree"]["index.html"]


@pytest.mark.usefixtures("stand_in")
def test_every_document_is_valid_and_asks_no_other_host(tmp_path: Path) -> None:
    for name, html in _documents(_build(tmp_path)).items():
        html5lib.HTMLParser(strict=True).parse(html)
        assert "<!--slot" not in html
        assert html.startswith('<!doctype html>\n<html lang="zh-Hans">'), name
        assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', html), name
        assert not re.findall(r"<style|<script(?! src=)|\sstyle=|\son[a-z]+=|generator", html), name
        assert "Content-Security-Policy" in html
        assert '<meta name="robots" content="noindex">' in html, name
        assert 'class="sample-note"' in html, name
        assert "某县 &lt;2031&gt; 年" in html
        assert len(re.findall(r"<h1", html)) == 1, name
    css = "".join(path.read_text("utf-8") for path in (tmp_path / "site" / "assets" / "css").glob("*.css"))
    assert not re.findall(r"url\(|@import", css)


def test_a_real_archive_is_indexed_and_carries_no_banner(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in.sample = False
    documents = _documents(_build(tmp_path))
    assert {name for name, html in documents.items() if "noindex" in html} == {
        "404.html",
        "search/index.html",
    }
    assert not [name for name, html in documents.items() if 'class="sample-note"' in html]


@pytest.mark.usefixtures("stand_in")
def test_each_section_marks_its_tab(tmp_path: Path) -> None:
    current = {
        name: re.findall(r'aria-current="true">([^<]*)<', html)
        for name, html in _documents(_build(tmp_path)).items()
    }
    assert current["index.html"] == ["首页"]
    assert current["schools/a/2031/03/05-x/index.html"] == ["校园档案"]
    assert current["rules/index.html"] == ["方案与规则"]
    assert current["data/index.html"] == current["guides/faq/index.html"] == ["使用指南"]
    assert current["404.html"] == current["search/index.html"] == []
    html = _documents(tmp_path / "site")["guides/faq/index.html"]
    assert [label for label in TABS if f">{label}</a></li>" in html] == TABS


@pytest.mark.usefixtures("stand_in")
def test_addresses_follow_the_site_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIRING_SITE_URL", SITE_URL)
    tree = _tree(_build(tmp_path))
    locations = re.findall(r"<loc>([^<]*)</loc>", tree["sitemap.xml"].decode())
    assert sorted(locations) == locations
    assert set(locations) == {
        f"{SITE_URL}/{name.removesuffix('index.html')}"
        for name in tree
        if name.endswith(".html") and name not in {"404.html", "search/index.html"}
    }
    assert f'<link rel="canonical" href="{SITE_URL}/schools/a/2031/03/05-x/">' in (
        tree["schools/a/2031/03/05-x/index.html"].decode()
    )
    assert 'href="/archive/assets/css/base.css"' in tree["404.html"].decode()
    assert 'href="../../assets/css/base.css"' in tree["guides/faq/index.html"].decode()


def test_options_reach_the_page_builders(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("", "_API", "_WEB", "_BRANCH"):  # a workflow's variables that nobody set are empty
        monkeypatch.setenv(f"PAIRING_FORGE{name}", "")
    assert "记录与源代码" not in _documents(_build(tmp_path))["index.html"]
    asked = stand_in.asked
    assert asked.pop("progress") is not None
    assert asked == {
        "root": ROOT,
        "content": ROOT / "content",
        "today": datetime.datetime.now(ZoneInfo("Asia/Shanghai")).date(),
        "site_url": "",
        "repo_url": None,
        "photos_of": None,
        "forge": None,
    }
    monkeypatch.setenv("PAIRING_REPO_URL", "https://forge.example.org/a/")
    monkeypatch.setenv("PAIRING_FORGE", "gitee")
    monkeypatch.setenv("PAIRING_FORGE_REPOSITORY", "county/archive")
    html = _documents(_build(tmp_path, as_of=datetime.date(2031, 3, 9)))["index.html"]
    assert '<a href="https://forge.example.org/a">记录与源代码</a>' in html
    assert stand_in.asked["today"] == datetime.date(2031, 3, 9)
    assert stand_in.asked["repo_url"] == "https://forge.example.org/a"
    assert stand_in.asked["forge"] == Forge(
        kind="gitee",
        api="https://gitee.com/api/v5",
        web="https://gitee.com",
        repository="county/archive",
        branch="main",
    )


@pytest.mark.usefixtures("stand_in")
def test_a_forge_that_cannot_be_used_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRING_FORGE", "gitea")
    with pytest.raises(BuildFailed, match="缺少 api，写接口或网页的地址"):
        _build(tmp_path)


def test_a_folder_with_only_records_gets_this_projects_shell(tmp_path: Path, stand_in: StandIn) -> None:
    (tmp_path / "records").mkdir()
    built = plugin.build_site(root=tmp_path)
    assert stand_in.asked["root"] == tmp_path
    assert stand_in.asked["content"] == ROOT / "content"
    assert built.site == tmp_path / "site"
    assert (built.site / "guides" / "index.html").is_file()


def _own_project(folder: Path, options: str) -> Path:
    (folder / "content").mkdir()
    config = f"site_name: x\ndocs_dir: content\nplugins: [pairing: {{{options}}}]\n"
    theme = f"theme: {{name: material, custom_dir: '{ROOT / 'theme_overrides'}', font: false}}\n"
    (folder / "mkdocs.yml").write_text(config + theme, encoding="utf-8")
    return folder


def test_mkdocs_yml_may_name_the_day_and_the_records(tmp_path: Path, stand_in: StandIn) -> None:
    (tmp_path / "elsewhere").mkdir()
    _own_project(tmp_path, "as_of: 2031-04-02, records_root: elsewhere")
    # As MkDocs would start it: `build_site` names its root itself.
    result = CliRunner().invoke(mkdocs, ["build", "-q", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    assert stand_in.asked["today"] == datetime.date(2031, 4, 2)
    assert stand_in.asked["root"] == tmp_path / "elsewhere"


def test_a_wrong_option_is_told(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="应写成 2020-12-31 这样的日期"):
        plugin.build_site(root=_own_project(tmp_path, "as_of: soon"))


def _problem(severity: Severity) -> Diagnostic:
    file = SourceFile(path="records/a/2031/03/05-x/activity.md")
    return Diagnostic(rule="r", span=file.make_span(3, 7), message="日期写错了", fix="改", severity=severity)


def test_a_wrong_record_warns_and_fails_a_strict_build(tmp_path: Path, stand_in: StandIn) -> None:
    site = _build(tmp_path)
    before = _tree(site)
    message = "records/a/2031/03/05-x/activity.md:3:7 日期写错了；改"
    stand_in.sample = False
    stand_in.problems = (_problem(Severity.WARNING), _problem(Severity.ERROR))
    with pytest.raises(BuildFailed) as caught:
        plugin.build_site(root=ROOT, site_dir=site, strict=True)
    assert str(caught.value).splitlines() == [message, "严格模式下有 1 条警告，网站未更新。"]
    # MkDocs' own switch for a quiet log hides warnings from its own strictness.
    arguments = ["build", "--strict", "--quiet", "-f", str(ROOT / "mkdocs.yml"), "-d", str(site)]
    assert CliRunner().invoke(mkdocs, arguments).exit_code == 1
    assert _tree(site) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    built = plugin.build_site(root=ROOT, site_dir=site)
    assert built.warnings == (message,)
    assert _tree(site) != before


@pytest.mark.parametrize("error", [ShellError("defect"), KeyboardInterrupt()])
def test_a_build_that_breaks_leaves_the_old_site(
    tmp_path: Path, stand_in: StandIn, error: BaseException
) -> None:
    def broken() -> None:
        raise error

    before = _tree(_build(tmp_path))
    stand_in.broken = broken
    with pytest.raises(type(error)):
        _build(tmp_path)
    assert _tree(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.usefixtures("stand_in")
def test_an_archive_without_its_programme_leaves_the_old_site(tmp_path: Path, stand_in: StandIn) -> None:
    before = _tree(_build(tmp_path))
    stand_in.refused = "没有可用的方案数据"
    with pytest.raises(plugin.BuildFailed, match="没有可用的方案数据"):
        _build(tmp_path)
    assert _tree(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_other_things_is_not_built_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    with pytest.raises(BuildFailed, match="为免误删不予覆盖"):
        plugin.build_site(root=ROOT, site_dir=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.usefixtures("stand_in")
def test_a_dirty_build_is_refused(tmp_path: Path) -> None:
    arguments = ["build", "--dirty", "-f", str(ROOT / "mkdocs.yml"), "-d", str(tmp_path / "site")]
    result = CliRunner().invoke(mkdocs, arguments)
    assert result.exit_code == 1
    assert "不支持 --dirty" in result.output


@pytest.mark.usefixtures("stand_in")
def test_other_plugins_see_the_staged_site(tmp_path: Path) -> None:
    """A hook of the user's runs before the exchange, so what it adds is published with the rest."""
    own = _own_project(tmp_path, "")
    hook = (
        "from pathlib import Path\ndef on_post_build(config):\n    Path(config.site_dir, 'CNAME').touch()\n"
    )
    (own / "hook.py").write_text(hook, encoding="utf-8")
    with (own / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("hooks: [hook.py]\n")
    assert (plugin.build_site(root=own).site / "CNAME").is_file()
