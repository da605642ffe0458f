"""The note of what the program gave an archive: its version, and a digest of each file, by which own changes show."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from generator import __version__
from generator.plumbing import atomic

NAME = ".pairing.yml"
_HEAD = "# 程序给这个档案的文件，和给的时候的样子；pairing upgrade 照它看哪些是本县自己改过的。不要手改。\n"


class Manifest(BaseModel):
    """What an archive was given. ``files``: SHA-256 by POSIX path."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: str = Field(max_length=40)
    files: Mapping[str, str] = Field(max_length=2000)


class ManifestError(Exception):
    """The note is missing or is not one; the message, in Chinese, says what to do."""


def digest(data: bytes) -> str:
    """Return a file's digest as the note keeps it: line ends do not count, git may change them."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def write_manifest(root: Path, files: Mapping[str, bytes]) -> None:
    """Note this version and what these files are now."""
    digests = {name: digest(data) for name, data in sorted(files.items())}
    text = yaml.safe_dump({"version": __version__, "files": digests}, allow_unicode=True, sort_keys=False)
    atomic.write_file(root / NAME, _HEAD + text)


def read_manifest(root: Path) -> Manifest:
    """Return an archive's note. Raises ManifestError."""
    try:
        return Manifest.model_validate(yaml.safe_load((root / NAME).read_text("utf-8")))
    except FileNotFoundError:
        raise ManifestError(
            f"{root} 里没有 {NAME}：这个档案不是 pairing new-archive 建的，没有要换的文件"
        ) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
        raise ManifestError(f"{NAME} 读不出来；从 git 里找回它原来的样子，再运行一次") from None
