"""What a build is told: the plugin's options in mkdocs.yml, and what a command asks for besides."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import base, config_options

from generator.site.change_preview import Preview
from generator.site.forge import Forge, ForgeError, parse_forge
from generator.site.pages.page import Progress
from generator.site.shards import Shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a caller of `build_site` or `serve_site` asks for beyond mkdocs.yml.

    shard: build this part alone, for other machines to build the others.   workers: as in `write_site`.
    preview: write only the pages that a submission changes.
    """

    root: Path | None = None
    as_of: datetime.date | None = None
    progress: Progress = lambda stage, done, total: None
    shard: Shard | None = None
    workers: int | None = None
    preview: Preview | None = None


class _Day(base.BaseConfigOption[datetime.date]):
    """A date; YAML may have parsed it already."""

    def run_validation(self, value: object) -> datetime.date:
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            raise base.ValidationError("应写成 2020-12-31 这样的日期") from None


class _ForgeOption(base.BaseConfigOption[Forge | None]):
    """Where the page 填报 opens requests; nothing unless a kind is written."""

    def run_validation(self, value: object) -> Forge | None:
        try:
            return parse_forge(value)
        except ForgeError as error:
            raise base.ValidationError(str(error)) from None


class PairingConfig(base.Config):  # type: ignore[no-untyped-call] # mkdocs leaves it untyped
    """The plugin's options in mkdocs.yml."""

    repo_url = config_options.Optional(config_options.URL())
    """Address of the repository; with it, pages link to the records' sources and their history."""
    records_root = config_options.Optional(config_options.Dir(exists=True))
    """The folder that holds `records/`; otherwise the folder of mkdocs.yml."""
    forge = config_options.Optional(_ForgeOption())
    """The forge on which the page 填报 opens requests with a school's key; off unless `kind` is written."""
    as_of = config_options.Optional(_Day())
    """The day as of which months are due; otherwise today in Asia/Shanghai."""
