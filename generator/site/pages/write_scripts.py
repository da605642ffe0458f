"""The scripts of 填报: published without comments and needless spaces, and kept by the page's service worker as one version."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

from generator.plumbing.project import PROJECT
from generator.site.forge import Kind
from generator.site.open_data.archive_json import encode_json

FOLDER = "assets/js/write/"
"""Where the scripts lie, in the theme as on the site."""

_THEME = PROJECT / "theme_overrides"
_SHELL = (
    *(f"assets/css/{name}.css" for name in ("tokens", "base", "shell", "print", "write")),
    "assets/js/theme.js",
    "assets/js/site.js",
    "assets/images/favicon.svg",
    "assets/images/favicon.png",
    "assets/vendor/client-zip-2.5.1/client-zip.js",
)
"""What the page loads besides its own scripts."""
_OFFLINE = "offline.js"
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_START = f"{FOLDER}start.js"
_IMPORT = re.compile(r'^import .*?from "\./([a-z-]+\.js)";$', re.MULTILINE)
_TEXT = re.compile(r'("(?:[^"\\]|\\.)*"|`[^`]*`)')
_SPACE = re.compile(r" ?([=<>?:,;{}()\[\]&|]) ?")
_GOING_ON = ";{,(["
"""After these signs a line break says nothing."""
_REMARK = re.compile(r" // [^\"`\n]*$", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/[ \t]*)\n", re.MULTILINE | re.DOTALL)


@cache
def read_scripts() -> Mapping[str, bytes]:
    """Return the page's scripts by site path, without comments, indents and needless spaces.

    A phone fetches 50 KB of them instead of 64 (gzip).
    """
    return {
        f"{FOLDER}{path.name}": _shorten(path.read_text("utf-8")).encode()
        for path in sorted((_THEME / FOLDER).glob("*.js"))
    }


def _shorten(script: str) -> str:
    code = _REMARK.sub("", _COMMENT.sub("", script)).lstrip("\n")
    # In a text of several lines, which begins or ends in a line with an odd number of back quotes, indents would count.
    if any(line.count("`") % 2 for line in code.split("\n")):
        return code
    return _join(map(_tighten, _INDENT.sub("", code).split("\n")))


def _join(lines: Iterable[str]) -> str:
    """Put lines together that need no line break between them; an import keeps its line, a remark ends at its own."""
    code = ""
    for line in filter(None, lines):
        if line.startswith("}") and code.endswith(";"):
            code = code[:-1]
        whole = line[-1] not in _GOING_ON or line.startswith("import ") or "//" in line
        code += f"{line}\n" if whole else line
    return code


def _tighten(line: str) -> str:
    """Leave out the spaces around signs, unless the line may hold a pattern or texts that are not told from code here."""
    parts = _TEXT.split(line)
    code = "".join(parts[::2])
    if line.startswith("import ") or line.count("`") > 2 or any(sign in code for sign in "`'/"):
        return line
    return "".join(part if at % 2 else _SPACE.sub(r"\1", part) for at, part in enumerate(parts))


@cache
def list_modules() -> tuple[str, ...]:
    """Return the site paths of the page's script and of all that it imports as it starts."""
    found = [_START]
    for path in found:
        names = _IMPORT.findall(read_scripts()[path].decode())
        found += [f"{FOLDER}{name}" for name in names if f"{FOLDER}{name}" not in found]
    return tuple(found)


def has_module(name: str) -> bool:
    """Say whether there is a script that the page can do without."""
    return f"{FOLDER}{name}.js" in read_scripts()


def make_service_worker(parts: Iterable[bytes], forge: str | None) -> bytes:
    """Return the service worker: which files of which digests it keeps, and the script that keeps them.

    parts: what the version is of besides these files and the shell's templates.   forge: the kind of forge whose client
    is kept.
    """
    kept = {f"../{path}": _digest(content) for path, content in _read_kept(forge).items()}
    templates = (_THEME / "main.html", *sorted((_THEME / "partials").glob("*.html")))
    version = hashlib.sha256()
    for part in (*parts, *(path.read_bytes() for path in templates), encode_json(kept)):
        version.update(hashlib.sha256(part).digest())
    shell = encode_json({"version": version.hexdigest()[:16], "files": kept})
    return b'self.SHELL = %s;\nimportScripts("../%s%s");\n' % (shell, FOLDER.encode(), _OFFLINE.encode())


def _read_kept(forge: str | None) -> dict[str, bytes]:
    left = {_OFFLINE, *(f"forge-{kind}.js" for kind in get_args(Kind) if kind != forge)}
    scripts = {
        path: content for path, content in read_scripts().items() if path.removeprefix(FOLDER) not in left
    }
    return {path: (_THEME / path).read_bytes() for path in _SHELL} | scripts


def _digest(content: bytes) -> str:
    """Return a digest as a browser checks it (Subresource Integrity)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
