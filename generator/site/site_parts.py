"""Parts of a site that several machines build, and the checks and copies that make them one site."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from generator import __version__
from generator.plumbing.project import CODE
from generator.plumbing.system_errors import OF_THE_MACHINE
from generator.site.pages.page import Progress
from generator.site.shards import Shard
from generator.site.shell import Written, name_page_file

MANIFEST = "part.json"
"""What a part says of itself; the part's pages and files lie beside it, in the folder `CONTENT`."""
CONTENT = "site"


class PartError(Exception):
    """The parts do not make one site; the message, in Chinese, says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a site is made from; the parts of one site agree in all of it.

    program: version and digest of the generator.
    archive: digest of the records, the hand-written pages, the templates and the configuration.
    today, site_url, repo_url: as in `prepare_site`.
    """

    program: str
    archive: str
    today: dt.date
    site_url: str
    repo_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part's manifest.

    files: SHA-256 by site path.   written: what its pages say in the data files and the site map.
    pictures: how many photos the whole site publishes.
    """

    shard: Shard
    source: Source
    pictures: int
    files: Mapping[str, str]
    written: Written


_MANIFEST_JSON = TypeAdapter(Part)


def describe_program() -> str:
    """Return the generator's version with a digest of its code."""
    return f"{__version__} {digest_files(CODE / 'generator')[:12]}"


def digest_files(*paths: Path) -> str:
    """Return one SHA-256 of files and of all that lies in folders, names included; hidden files do not count."""
    digest = hashlib.sha256()
    for path in paths:
        for name, file in list_files(path) if path.is_dir() else [(path.name, path)]:
            if not any(step.startswith((".", "__pycache__")) for step in name.split("/")):
                digest.update(f"{name} {_sha256(file)}\n".encode())
    return digest.hexdigest()


def list_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (path below the folder with slashes, path) of all its files, in order."""
    found = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    yield from sorted(found)


def write_part(folder: Path, *, shard: Shard, source: Source, pictures: int, written: Written) -> None:
    """Write the manifest of a part whose files are written."""
    files = {name: _sha256(path) for name, path in list_files(folder / CONTENT)}
    part = Part(shard=shard, source=source, pictures=pictures, files=files, written=written)
    (folder / MANIFEST).write_bytes(_MANIFEST_JSON.dump_json(part))


def read_parts(folders: Sequence[Path]) -> dict[Path, Part]:
    """Return the manifests of the parts in folders, in order of their numbers.

    Raises PartError unless they are all parts of one site, each once.
    """
    parts = {folder: _read_part(folder) for folder in folders}
    parts = dict(sorted(parts.items(), key=lambda item: item[1].shard.number))
    first, *others = parts.values()
    for other in others:
        _refuse_other_source(first, other)
    numbers = Counter(part.shard.number for part in parts.values())
    for number, times in numbers.items():
        if times > 1 or len(parts) < len(folders):
            both = [str(folder) for folder, part in parts.items() if part.shard.number == number]
            raise PartError(f"第 {number} 部分给了不止一次：{'、'.join(both)}")
    urls = Counter(url for part in parts.values() for url in part.written.urls)
    for url, times in urls.items():
        if times > 1:
            raise PartError(f"网页 {name_page_file(url)} 给了不止一次，请重新生成各部分")
    missing = [str(number) for number in range(1, first.shard.count + 1) if number not in numbers]
    if missing:
        raise PartError(f"一共 {first.shard.count} 部分，还缺第 {'、'.join(missing)} 部分")
    return parts


def _read_part(folder: Path) -> Part:
    try:
        return _MANIFEST_JSON.validate_json((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        raise PartError(f"{folder} 里没有 {MANIFEST}，不是 pairing build --shard 生成的部分") from None
    except ValidationError:
        raise PartError(
            f"{folder / MANIFEST} 读不懂，可能没有传完整，或是别的版本写的；请重新生成这一部分"
        ) from None


def _refuse_other_source(one: Part, other: Part) -> None:
    """Raise PartError unless two parts are of the same site."""
    who = f"第 {one.shard.number} 部分和第 {other.shard.number} 部分"
    mine, theirs = one.source, other.source
    if one.shard.count != other.shard.count:
        raise PartError(
            f"{who}不是一次分出来的：一个说共 {one.shard.count} 部分，一个说共 {other.shard.count} 部分"
        )
    if mine.program != theirs.program:
        raise PartError(f"{who}是程序的不同版本生成的（{mine.program}、{theirs.program}）")
    if mine.archive != theirs.archive:
        raise PartError(f"{who}出自不同的档案：记录、页面或设置有改动；请用同一份档案重新生成")
    if mine.today != theirs.today:
        raise PartError(f"{who}的日期不同（{mine.today}、{theirs.today}）；生成时都写上同一个 --as-of")
    if mine != theirs:
        raise PartError(f"{who}的网址设置不同；请用同样的设置重新生成")


def copy_parts(parts: Mapping[Path, Part], folder: Path, progress: Progress) -> None:
    """Copy the parts' files into a site's folder.

    Raises PartError for a file that is missing, damaged, in two parts, or left out of its part's manifest, and OSError
    where this machine refuses to write it.
    """
    total = sum(len(part.files) for part in parts.values())
    done = 0
    for source, part in parts.items():
        for name, digest in part.files.items():
            target = folder / name
            again = f"请重新取得第 {part.shard.number} 部分"
            try:
                if not target.resolve().is_relative_to(folder.resolve()) or target.exists():
                    raise PartError(f"第 {part.shard.number} 部分的文件 {name} 不该在这里，请重新生成各部分")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source / CONTENT / name, target, follow_symlinks=False)
            except FileNotFoundError:
                raise PartError(f"{source / CONTENT / name} 不见了，{again}") from None
            except (OSError, ValueError) as error:  # no plain file, or a name that no file can have
                if isinstance(error, OSError) and error.errno in OF_THE_MACHINE:
                    raise
                raise PartError(f"第 {part.shard.number} 部分的文件 {name!r} 复制不了，{again}") from None
            if target.is_symlink():
                raise PartError(f"{source / CONTENT / name} 是链接，{again}")
            if _sha256(target) != digest:
                raise PartError(f"{source / CONTENT / name} 损坏了，请重新取得第 {part.shard.number} 部分")
            done += 1
            progress("合并各部分", done, total)
        _refuse_incomplete(source, part)


def _refuse_incomplete(folder: Path, part: Part) -> None:
    """Raise PartError unless a part's manifest names all that lies in the part, and all the part's pages."""
    again = f"请重新取得第 {part.shard.number} 部分"
    for name, path in list_files(folder / CONTENT):
        if name not in part.files:
            raise PartError(f"{MANIFEST} 里没有 {path}，{again}")
    # MkDocs escapes what is not ASCII in the URL of a hand-written page.
    urls = (*part.written.urls, *(unquote(entry.url) for entry in part.written.entries))
    for name in map(name_page_file, urls):
        if name not in part.files:
            raise PartError(f"第 {part.shard.number} 部分少了网页 {name}，{again}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
