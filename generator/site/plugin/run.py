"""Run MkDocs from Python: the same builds that `mkdocs build` and `mkdocs serve` do, with a quiet log."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from generator.plumbing.project import PROJECT
from generator.site.change_preview import Preview
from generator.site.pages.page import Progress
from generator.site.plugin.build_options import Request
from generator.site.plugin.hooks import PairingPlugin, complete_site
from generator.site.plugin.mkdocs_warnings import Warnings
from generator.site.prepare import prepare_site
from generator.site.shards import Shard
from generator.site.shell import Written
from generator.site.site_parts import PartError, copy_parts, read_parts
from generator.site.staging import SiteFolderError, StagedSite

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class BuildFailed(Exception):
    """The site was not built and the old one is unchanged; the message says why, one reason a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A finished build: where the site or part is, what it holds, and what MkDocs and the records warn of."""

    site: Path
    pages: int
    pictures: int
    warnings: tuple[str, ...]


def build_site(
    *,
    root: Path,
    site_dir: Path | None = None,
    strict: bool = False,
    progress: Progress = lambda stage, done, total: None,
    as_of: datetime.date | None = None,
    shard: Shard | None = None,
    workers: int | None = None,
) -> Built:
    """Build the site of the archive at `root` as `mkdocs build` does.

    root: a project with mkdocs.yml, or a folder with only `records/`, which gets this project's shell.
    site_dir: where the site belongs; otherwise `root`/site.
    strict: any warning or wrong record fails the build.
    shard: build only this part into `site_dir`, for `merge_parts`.
    workers: how many processes; by default what the site and the machine call for.
    Raises BuildFailed; the old site is then unchanged.
    """
    target = (site_dir or root / "site").resolve()
    with _quiet_mkdocs() as messages:
        try:
            config = load_config(_config_file(root), site_dir=str(target), strict=strict or None)
            request = Request(
                root=root.resolve(), as_of=as_of, progress=progress, shard=shard, workers=workers
            )
            with _asked(config, request) as plugin:
                config.plugins.on_startup(command="build", dirty=False)
                try:
                    build.build(config)
                finally:
                    config.plugins.on_shutdown()
                return Built(
                    site=target,
                    pages=plugin.pages,
                    pictures=plugin.pictures,
                    warnings=tuple(messages),
                )
        except MkDocsException as error:
            raise BuildFailed("\n".join(messages) or error.format_message()) from error


def build_preview(
    *,
    root: Path,
    base: Path | None = None,
    target: Path,
    preview: Preview,
    as_of: datetime.date | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Built:
    """Build the pages that a submission to the archive at `root` changes, as a folder of their own.

    Only records are the archive's: configuration and plan are those of `base`, or else of this project, whatever lies
    in `root`, which may be a stranger's.   Raises BuildFailed; an older preview is then unchanged.
    """
    folder = target.resolve()
    with _quiet_mkdocs() as messages:
        try:
            config = load_config(_config_file(base or PROJECT), site_dir=str(folder))
            request = Request(root=root.resolve(), as_of=as_of, progress=progress, preview=preview)
            with _asked(config, request) as plugin:
                config.plugins.on_startup(command="build", dirty=False)
                try:
                    build.build(config)
                finally:
                    config.plugins.on_shutdown()
                return Built(
                    site=folder, pages=plugin.pages, pictures=plugin.pictures, warnings=tuple(messages)
                )
        except MkDocsException as error:
            raise BuildFailed("\n".join(messages) or error.format_message()) from error


def merge_parts(
    folders: Sequence[Path],
    *,
    root: Path,
    site_dir: Path | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Built:
    """Put the parts that `build_site` made of the archive at `root` together into its whole site.

    Raises BuildFailed; the old site is then unchanged.
    """
    target = (site_dir or root / "site").resolve()
    with _quiet_mkdocs() as messages:
        try:
            parts = read_parts(folders)
            part = next(iter(parts.values()))
            config = load_config(_config_file(root))
            request = Request(root=root.resolve(), as_of=part.source.today, shard=part.shard)
            with _asked(config, request) as plugin:
                here = plugin.describe_source(config)
                if here.program != part.source.program:
                    raise BuildFailed(
                        f"各部分是程序的另一个版本生成的（{part.source.program}，这里是 {here.program}）"
                    )
                if here.archive != part.source.archive:
                    raise BuildFailed("各部分出自另一份档案：这里的记录、页面或设置与生成时不同")
                prepared = prepare_site(
                    root=plugin.find_root(config),
                    content=Path(config.docs_dir),
                    today=part.source.today,
                    site_url=part.source.site_url,
                    repo_url=part.source.repo_url,
                    progress=progress,
                    with_photos=False,  # the parts hold them
                )
            written = Written.join_parts(part.written for part in parts.values())
            staged = StagedSite(target)
            try:
                copy_parts(parts, staged.folder, progress)
                complete_site(prepared, staged.folder, written)
                staged.publish_site()
            finally:
                staged.remove_staging()
        except MkDocsException as error:
            raise BuildFailed("\n".join(messages) or error.format_message()) from error
        except (PartError, SiteFolderError) as error:
            raise BuildFailed(str(error)) from error
    return Built(site=target, pages=len(written.urls), pictures=part.pictures, warnings=())


def serve_site(
    *,
    root: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    as_of: datetime.date | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> None:
    """Show a live preview of the archive at `root` until interrupted, as `mkdocs serve` does.

    Raises BuildFailed if the first build fails, and OSError if the port is taken.
    """
    from mkdocs.commands import serve  # late: a build needs no server

    address = f"{host}:{port}"
    with _quiet_mkdocs() as messages:
        try:
            config = load_config(_config_file(root), dev_addr=address)
            # MkDocs loads the configuration anew for each build but keeps a plugin that has on_startup.
            with _asked(config, Request(root=root.resolve(), as_of=as_of, progress=progress)):
                serve.serve(_config_file(root), dev_addr=address)
        except MkDocsException as error:
            raise BuildFailed("\n".join(messages) or error.format_message()) from error


def _config_file(root: Path) -> str:
    own = root / "mkdocs.yml"
    return str((own if own.is_file() else PROJECT / "mkdocs.yml").resolve())


@contextmanager
def _asked(config: MkDocsConfig, request: Request) -> Iterator[PairingPlugin]:
    plugin = config.plugins.get("pairing")
    if not isinstance(plugin, PairingPlugin):
        raise BuildFailed("mkdocs.yml 的 plugins 里没有 pairing。")
    plugin.request = request
    try:
        yield plugin
    finally:
        plugin.request = Request()


@contextmanager
def _quiet_mkdocs() -> Iterator[list[str]]:
    """Keep MkDocs' log from the terminal; its warnings and errors are in the list."""
    logger, collected = logging.getLogger("mkdocs"), Warnings()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(collected)
    try:
        yield collected.messages
    finally:
        logger.removeHandler(collected)
        logger.propagate = propagate
