"""Vendor the Python that checks drafts in a browser: ``python -m tests.browser.pyodide_runtime FOLDER``.

FOLDER holds what ``npm pack pyodide@VERSION`` fetched, unpacked as ``package/``, and the wheel of pydantic-core for
WebAssembly (theme_overrides/assets/vendor/README.md has the command). The same files give the same bytes:

- The scripts are taken as they are, under names that every server sends as scripts and every reader knows as
  minified.
- ``pyodide.asm.wasm`` is packed: many servers would send its 9.6 MB unpacked.
- The standard library is compiled by Pyodide itself, without docstrings and without what no check imports. A phone
  then starts in half the time and fetches 1.0 MB less.
- The wheel is taken as it is.
"""

from __future__ import annotations

import base64
import fnmatch
import gzip
import io
import json
import shutil
import sys
import zipfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch
from tests.browser.serving import served

VENDOR = Path(__file__).resolve().parents[2] / "theme_overrides" / "assets" / "vendor"
SCRIPTS = {"pyodide.mjs": "pyodide.min.js", "pyodide.asm.mjs": "pyodide.asm.min.js"}
PROGRAM, LIBRARY = "pyodide.asm.wasm", "python_stdlib.zip"

# By the first part of a name, or by a pattern: what needs a terminal, a network, a process, a database or a debugger.
_LEFT_OUT = (
    *("_pydatetime", "_pyio", "_pyrepl", "antigravity", "argparse", "bdb", "cProfile", "cmd", "code"),
    *("colorsys", "compileall", "configparser", "ctypes", "dbm", "doctest", "email.*", "ensurepip"),
    *("filecmp", "fileinput", "ftplib", "getopt", "getpass", "http", "imaplib", "lib2to3", "logging.*"),
    *("mailbox", "mimetypes", "modulefinder", "multiprocessing", "netrc", "nturl2path", "optparse", "pdb"),
    *("pickletools", "plistlib", "poplib", "profile", "pstats", "pty", "py_compile", "pyclbr", "pydoc"),
    *("pydoc_data", "rlcompleter", "runpy", "sched", "shelve", "site-packages", "smtplib", "socketserver"),
    *("sqlite3", "sre_*", "statistics", "symtable", "tabnanny", "tarfile", "this", "timeit", "tomllib"),
    *("trace", "tracemalloc", "tty", "unittest", "urllib.r*", "wave", "webbrowser", "wsgiref", "xml.dom*"),
    *("xml.sax*", "xmlrpc", "zipapp", "concurrent.interpreters*", "json.tool", "__*hello__", "*.__main__"),
    *("asyncio.proactor_events", "asyncio.tools", "asyncio.windows_*", "concurrent.futures.process"),
    *(
        "concurrent.futures.interpreter",
        "gzip",
        "pyodide.console",
        "pyodide._nodesock*",
        "pyodide.http.pyxhr",
    ),
    *("quopri", "stringprep", "xml.etree.ElementInclude"),
)
# Of the encodings only those that the check tries, and those of zip files and of Python's own start.
_ENCODINGS = ("aliases", "ascii", "cp437", "gb*", "latin_1", "unicode_escape", "utf_*")

_COMPILE = """
async ({ names, library }) => {
  const { loadPyodide } = await import("./package/pyodide.mjs");
  const python = await loadPyodide({ indexURL: new URL("package/", location.href).href });
  python.FS.writeFile("/names.json", names);
  python.FS.writeFile("/library.zip", Uint8Array.from(atob(library), (c) => c.charCodeAt(0)));
  return python.runPython(`
import base64, importlib.util, json, zipfile
from importlib import _bootstrap_external
made = {}
with zipfile.ZipFile("/library.zip") as library:
    for name in json.load(open("/names.json")):
        source = library.read(name)
        code = compile(source, "/lib/" + name, "exec", dont_inherit=True, optimize=2)
        kept = _bootstrap_external._code_to_hash_pyc(code, importlib.util.source_hash(source), False)
        made[name + "c"] = base64.b64encode(kept).decode()
json.dumps(made)
`);
}
"""


def is_kept(name: str) -> bool:
    """Say whether a file of the standard library is of use to a check."""
    module = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    if module.startswith("encodings."):
        return any(fnmatch.fnmatchcase(module.removeprefix("encodings."), kept) for kept in _ENCODINGS)
    parts = (module, module.partition(".")[0])
    return name.endswith(".py") and not any(fnmatch.fnmatchcase(p, left) for p in parts for left in _LEFT_OUT)


def compile_library(fetched: Path) -> bytes:
    """Return the standard library's zip with compiled modules in the place of sources."""
    source = (fetched / "package" / LIBRARY).read_bytes()
    with zipfile.ZipFile(io.BytesIO(source)) as library:
        names = sorted(name for name in library.namelist() if is_kept(name))
    (fetched / "index.html").write_text("<!doctype html>", encoding="utf-8")
    with sync_playwright() as playwright, served(fetched, "/") as address:
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(address)
        made = page.evaluate(
            _COMPILE, {"names": json.dumps(names), "library": base64.b64encode(source).decode()}
        )
        browser.close()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as library:
        for name, code in sorted(json.loads(made).items()):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            library.writestr(entry, base64.b64decode(code), zipfile.ZIP_DEFLATED, 9)
    return packed.getvalue()


def vendor(fetched: Path) -> Path:
    """Write the folder of this version of Pyodide and return it."""
    version = json.loads((fetched / "package" / "package.json").read_text("utf-8"))["version"]
    folder = VENDOR / f"pyodide-{version}"
    folder.mkdir(exist_ok=True)
    for name, renamed in SCRIPTS.items():
        shutil.copyfile(fetched / "package" / name, folder / renamed)
    program = (fetched / "package" / PROGRAM).read_bytes()
    (folder / f"{PROGRAM}.gz").write_bytes(gzip.compress(program, 9, mtime=0))
    (folder / LIBRARY).write_bytes(compile_library(fetched))
    for wheel in folder.glob("*.whl"):
        wheel.unlink()
    (wheel,) = fetched.glob("pydantic_core-*_wasm32.whl")
    shutil.copyfile(wheel, folder / wheel.name)
    return folder


if __name__ == "__main__":
    print(vendor(Path(sys.argv[1])))
