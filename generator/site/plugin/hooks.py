"""The MkDocs plugin: MkDocs renders the hand-written pages and the shell that all other pages are written with.

MkDocs renders one page of slots a section, that section's shell. When it is done, the archive's pages are written
with it, and the finished site takes the place of the old one.

What the templates of the shell find besides MkDocs' own context: `subtitle` and `imprint` (as in `PreparedSite`),
`tabs`, `section` (whose tab is current), `slots` (name to token in a page of slots, otherwise empty), `source_url`
(the repository or None) and `serving` (a live preview, which needs a script of MkDocs' own).
"""

from __future__ import annotations

import datetime
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.plumbing.project import PROJECT
from generator.records.diagnostics import Severity
from generator.site.change_preview import PREVIEW_PROOF, write_preview
from generator.site.pages import write_scripts
from generator.site.pages.page import SECTIONS, Section
from generator.site.plugin.build_options import PairingConfig, Request
from generator.site.plugin.mkdocs_warnings import Warnings
from generator.site.plugin.site_options import read_refusals
from generator.site.prepare import PreparedSite, prepare_site
from generator.site.shards import WorkerKilledError, write_shard, write_site
from generator.site.shell import (
    POLICY,
    SLOTS,
    Shell,
    SitemapEntry,
    Written,
    format_policy,
    format_sitemap,
    make_slot_token,
    resolve_sample_parts,
)
from generator.site.site_parts import CONTENT, MANIFEST, Source, describe_program, digest_files, write_part
from generator.site.staging import SITE_PROOF, SiteFolderError, StagedSite

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.utils.templates import TemplateContext

TIME_ZONE = ZoneInfo("Asia/Shanghai")

TABS: tuple[tuple[Section, str, str], ...] = (
    ("home", "首页", "."),
    ("pairings", "帮扶对子", "pairings/"),
    ("schools", "校园档案", "schools/"),
    ("bulletins", "工作简报", "bulletins/"),
    ("inspections", "督导互促", "inspections/"),
    ("galleries", "活动图库", "galleries/"),
    ("plan", "方案与规则", "plan/"),
    ("guides", "使用指南", "guides/"),
    ("write", "填报", "write/"),
)
_TAB_OF: dict[str, Section] = {"rules": "plan", "data": "guides"}
"""Sections without a tab of their own, and the tab that they belong to."""

# Below MkDocs' logger, so that its switches and its strictness hold; get_plugin_logger would add a prefix.
_log = logging.getLogger("mkdocs.plugins.pairing")


class PairingPlugin(BasePlugin[PairingConfig]):  # type: ignore[no-untyped-call] # as above
    """Generates the archive's pages around what MkDocs builds."""

    def __init__(self) -> None:
        self.request = Request()
        self.pages = self.pictures = 0
        self._serving = False
        self._staged: StagedSite | None = None
        self._target = ""
        self._prepared: PreparedSite | None = None
        self._source: Source | None = None
        self._section_of: dict[str, Section] = {}
        self._rendered: dict[Section, tuple[str, str]] = {}
        self._written: list[Path] = []
        self._entries: list[SitemapEntry] = []
        self._warnings = Warnings()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Note whether this is a live preview."""
        if dirty:
            raise PluginError("不支持 --dirty：未改动的页面会从网站中消失。")
        self._serving = command == "serve"

    def on_shutdown(self) -> None:
        """Drop what an interrupted build left."""
        self._end()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Send MkDocs' output to a staging folder and read the archive."""
        if refusals := read_refusals(config.config_file_path):
            raise PluginError("\n".join(("mkdocs.yml 里有本网站不用的选项，请删去：", *refusals)))
        self._warnings.start_listening(strict=config.strict)
        self._target = config.site_dir
        if not self._serving:
            self._stage(config)
        self._source = self.describe_source(config)
        self._prepared = prepare_site(
            root=self.find_root(config),
            content=Path(config.docs_dir),
            today=self._source.today,
            site_url=self._source.site_url,
            repo_url=self._source.repo_url,
            forge=self.config.forge,
            progress=self.request.progress,
            photos_of=self.request.preview.activities if self.request.preview else None,
        )
        # Our own site map knows the archive's pages, and our error page the site: MkDocs' would be overwritten.
        config.theme.static_templates -= {"sitemap.xml", "404.html"}
        # Nothing of Material's own reaches the site: 137 KB of styles and a script bundle, where a whole
        # activity page may weigh 150 KB before its photos. MkDocs would also walk its 12,000 icons each time.
        config.theme.dirs = [str(folder) for folder in _list_theme_folders(config)]
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add a page of slots for each section; leave to their page the scripts that it publishes itself."""
        for file in [file for file in files if file.src_uri.startswith(write_scripts.FOLDER)]:
            files.remove(file)
        self._written.clear()
        self._section_of.clear()
        self._rendered.clear()
        self._entries.clear()
        for section in SECTIONS:
            uri = "index.md" if section == "home" else f"{section}/index.md"
            if files.get_file_from_path(uri) is not None:
                uri = f"{section}/_shell.md"
            self._section_of[uri] = section
            files.append(File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the shell's templates their values, and escape what our own templates print."""
        folders, prepared = _list_theme_folders(config), self._prepared
        env.trim_blocks = env.lstrip_blocks = True
        env.autoescape = lambda name: name is not None and any((each / name).is_file() for each in folders)
        env.globals.update(
            subtitle=prepared.subtitle if prepared else "",
            imprint=prepared.imprint if prepared else (),
            tabs=TABS,
            policy=format_policy(POLICY),
            source_url=self._source_url,
            serving=self._serving,
            section="",
            slots={},
        )
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Put the county's own schools, offices and clauses into the guides."""
        return self._prepared.site.words.complete_guide(markdown) if self._prepared else markdown

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Mark the current tab, and put slots where the pages of a section differ."""
        of_slots = self._section_of.get(page.file.src_uri)
        section = of_slots or page.url.partition("/")[0]
        # MkDocs types its own entries only, and plugins are meant to add theirs.
        entries = cast("dict[str, object]", context)
        entries["section"] = _TAB_OF.get(section, section)
        entries["slots"] = {name: _Token(make_slot_token(name)) for name in SLOTS} if of_slots else {}
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        """Keep a section's shell, away from the site; note a hand-written page for the site map."""
        section = self._section_of.get(page.file.src_uri)
        if section is None:
            self._entries.append(SitemapEntry(url=page.file.url.removeprefix("./")))
            self._written.append(Path(page.file.abs_dest_path))
            return output
        self._rendered[section] = (output, page.file.url.removeprefix("./"))
        return ""

    @event_priority(-100)  # what other plugins add belongs to the finished site
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the archive's pages and files and put the site, or the part, in its place."""
        if self._prepared is None or self._source is None:
            raise PluginError("档案没有读。")
        prepared, folder, shard = self._prepared, Path(config.site_dir), self.request.shard
        self._report(prepared)
        shell = Shell(
            self._rendered,
            site_name=config.site_name,
            site_url=self._source.site_url,
            sample=prepared.sample,
            policies=not self._serving,
        )
        for path in self._written:
            path.write_text(
                resolve_sample_parts(path.read_text("utf-8"), sample=prepared.sample), "utf-8", newline="\n"
            )
        if self.request.preview:
            built = write_preview(prepared, shell, folder, self.request.preview)
            self.pages, self.pictures = built.pages, built.photos
            self._publish(config)
            return
        hand_written = Written(entries=tuple(self._entries))
        if shard is None:
            try:
                # A preview lies in the system's folder for such, which no later run clears: no file of private values.
                workers = 1 if self._serving else self.request.workers
                written = write_site(prepared, shell, folder, self.request.progress, workers)
            except WorkerKilledError as error:
                raise PluginError(str(error)) from error
            complete_site(prepared, folder, Written.join_parts([hand_written, written]))
        else:
            if shard.number > 1:  # what MkDocs wrote belongs to the first part
                shutil.rmtree(folder)
                folder.mkdir()
            written = write_shard(prepared, shell, folder, shard, self.request.progress)
            said = Written.join_parts([hand_written, written]) if shard.number == 1 else written
            write_part(
                folder.parent, shard=shard, source=self._source, pictures=prepared.pictures, written=said
            )
        self.pages, self.pictures = len(written.urls), prepared.pictures
        if config.strict and self._warnings.messages:
            # MkDocs only looks at its warnings when the site is already in its place.
            raise PluginError(f"严格模式下有 {len(self._warnings.messages)} 条警告，网站未更新。")
        self._publish(config)

    def _publish(self, config: MkDocsConfig) -> None:
        """Put the staged folder in its place."""
        if self._staged is not None:
            try:
                self._staged.publish_site()
            except SiteFolderError as error:
                raise PluginError(str(error)) from error
            config.site_dir = self._target
        self._end()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the old site as it is."""
        self._end()

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Build again when a record, a template or a style changes."""
        for folder in (self.find_root(config) / "records", *_list_theme_folders(config)):
            server.watch(str(folder))
        return server

    def find_root(self, config: MkDocsConfig) -> Path:
        """Return the folder that holds `records/`."""
        project = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        return self.request.root or Path(self.config.records_root or project)

    def describe_source(self, config: MkDocsConfig) -> Source:
        """Return what the site is made from; digests only for a part, which must fit the others."""
        files = (
            self.find_root(config) / "records",
            Path(config.docs_dir),
            *_list_theme_folders(config),
            *((Path(config.config_file_path),) if config.config_file_path else ()),
        )
        return Source(
            program=describe_program() if self.request.shard else "",
            archive=digest_files(*files) if self.request.shard else "",
            today=self.request.as_of or self.config.as_of or datetime.datetime.now(TIME_ZONE).date(),
            site_url=config.site_url.rstrip("/") + "/" if config.site_url else "",
            repo_url=self._source_url,
        )

    def _stage(self, config: MkDocsConfig) -> None:
        """Send what MkDocs writes to a staging folder."""
        part = self.request.shard is not None
        try:
            proof = MANIFEST if part else PREVIEW_PROOF if self.request.preview else SITE_PROOF
            self._staged = StagedSite(Path(config.site_dir), proof=proof)
        except SiteFolderError as error:
            raise PluginError(str(error)) from error
        config.site_dir = str(self._staged.folder / CONTENT if part else self._staged.folder)

    def _report(self, prepared: PreparedSite) -> None:
        """Say what is wrong with the archive, and refuse what must not be published."""
        for problem in prepared.problems:
            level = logging.WARNING if problem.severity is Severity.ERROR else logging.INFO
            place = f"{problem.span.file.path}:{problem.span.line}:{problem.span.column}"
            advice = f"；{problem.fix}" if problem.fix else ""
            _log.log(level, "%s %s%s", place, problem.message, advice)
        if prepared.refusal:
            raise PluginError(prepared.refusal)

    @property
    def _source_url(self) -> str | None:
        return self.config.repo_url.rstrip("/") if self.config.repo_url else None

    def _end(self) -> None:
        if self._staged is not None:
            self._staged.remove_staging()
            self._staged = None
        self._prepared = self._source = None
        self._warnings.stop_listening()


def _list_theme_folders(config: MkDocsConfig) -> list[Path]:
    """Return where templates and assets are looked for: the archive's own overrides, then the program's theme."""
    own = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
    return list(dict.fromkeys([*own, PROJECT / "theme_overrides"]))


def complete_site(prepared: PreparedSite, folder: Path, written: Written) -> None:
    """Write what all pages make up: the data files, the search index, the feeds and the site map."""
    prepared.write_excerpt_files(folder, written.excerpts)
    # Each page once, at its own address. MkDocs escapes what is not ASCII in the URL of a hand-written page.
    urls = {unquote(entry.url) for entry in written.entries}
    prepared.write_search_index(folder, urls)
    text = format_sitemap(written.entries, prepared.site.site_url)
    (folder / "sitemap.xml").write_text(text, "utf-8", newline="\n")


class _Token(str):
    """A slot token, which autoescaping leaves as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)
