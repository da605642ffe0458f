"""Publish what the check in a browser fetches: `write/checker/`, with names by content, and its manifest.

The manifest, `write/checker/manifest.json`:

- `pyodide`: its version.   `scripts`: paths of its two scripts, to be imported.
- `files`: of each other piece its `path`, `bytes` and `sha256`: `program` (WebAssembly, packed with gzip), `library`
  (the standard library, zip), `core` (pydantic-core, a wheel), `code` and `archive` (tar packed with gzip).
- `site`: the site's address, "" where it is not known: with it problems tell their rules' pages, as in the gate.
- `undecided`: rules whose verdict the pull request's check has to give.

Paths are relative to the site's root. What a path leads to never changes, so it may be kept for ever.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path

from generator.plumbing.project import PROJECT
from generator.site.checker.code_bundle import bundle_code
from generator.site.checker.public_archive import UNDECIDED, write_public_archive
from generator.site.pages.site import Site

RUNTIME = "assets/vendor/pyodide-314.0.7"
VERSION = RUNTIME.rpartition("-")[2]
"""Of Pyodide: https://github.com/pyodide/pyodide."""

CORE = "pydantic_core-2.50.4-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
FOLDER = "write/checker"

_SCRIPTS = ("pyodide.min.js", "pyodide.asm.min.js")
_VENDORED = {"program": "pyodide.asm.wasm.gz", "library": "python_stdlib.zip", "core": CORE}


def write_checker(site: Site, folder: Path) -> None:
    """Write what drafts are checked with below the site's folder.

    Files are written straight to their place: `folder` is the staging folder of this build.
    """
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    files = dict(_describe_runtime())
    for name, data in (("code", _pack_code()), ("archive", pack_tar(write_public_archive(site.corpus)))):
        described = _describe(f"{FOLDER}/{name}-{hashlib.sha256(data).hexdigest()[:16]}.tar.gz", data)
        files[name] = described
        (folder / str(described["path"])).write_bytes(data)
    manifest = {
        "pyodide": VERSION,
        "scripts": [f"{RUNTIME}/{name}" for name in _SCRIPTS],
        "files": files,
        "site": site.site_url,
        "undecided": UNDECIDED,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (target / "manifest.json").write_text(text, "utf-8", newline="\n")


def pack_tar(files: Mapping[str, bytes]) -> bytes:
    """Return files as a tar packed with gzip, which a browser unpacks by itself; the same bytes for the same files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, data in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), 6, mtime=0)


@functools.cache
def _pack_code() -> bytes:
    return pack_tar(bundle_code())


@functools.cache
def _describe_runtime() -> Mapping[str, Mapping[str, str | int]]:
    folder = PROJECT / "theme_overrides" / RUNTIME
    return {
        piece: _describe(f"{RUNTIME}/{name}", (folder / name).read_bytes())
        for piece, name in _VENDORED.items()
    }


def _describe(path: str, data: bytes) -> Mapping[str, str | int]:
    return {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
