"""List the files that a county's archive gets from the program: guides, workflows, schemas, configuration, the pin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

from generator import __version__
from generator.plumbing.project import PROJECT
from generator.records.schemas import list_schema_files

PIN = "program.txt"
"""Where an archive says which program it is built with."""

_COPIED = (".github/ISSUE_TEMPLATE", ".github/workflows", "content")
_SINGLE = (".gitattributes", ".github/CODEOWNERS", ".github/PULL_REQUEST_TEMPLATE.md", "requirements.txt")
_OWN = re.compile(r"content/plan/")
_CUSTOM_DIR = "  custom_dir: theme_overrides\n"
_IGNORED = "# 生成的，不提交\n/site/\n/.site-*/\n/.cache/\n/evidence-report.html\n/.venv/\n\n.DS_Store\nThumbs.db\ndesktop.ini\n*~\n"
_ACTION = """name: Set up the program
description: Installs the pairing archive's program and its packages, exactly as this archive pins them.

runs:
  using: composite
  steps:
{python}    # No cache: what one run leaves behind must not reach the run that publishes.
    - name: Packages, each checked against its hash, and the program
      shell: bash
      run: |
        python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
        python -m pip install --quiet --disable-pip-version-check --no-deps --find-links wheels -r program.txt
"""
_README = """# 幼儿园结对帮扶档案

这里是本县幼儿园结对帮扶工作的档案：每次活动一个文件夹，在 `records/` 里；方案全文和使用指南在 `content/` 里；网站的名称和设置在 `mkdocs.yml` 里。程序不在这里，装哪一版写在 `program.txt` 里。

装好程序（Python 3.11 或更新的版本，在这个文件夹里运行）：

```sh
python -m venv .venv
.venv/bin/python -m pip install --require-hashes -r requirements.txt
.venv/bin/python -m pip install --no-deps --find-links wheels -r program.txt
```

Windows 上把 `.venv/bin/` 换成 `.venv\\Scripts\\`。程序的安装包（`.whl`）可以放在 `wheels` 文件夹里，也可以在 `program.txt` 里写它的网址。

| 要做的事 | 命令 |
| --- | --- |
| 检查全部记录 | `.venv/bin/pairing check` |
| 生成网站，在 `site` 文件夹里 | `.venv/bin/pairing build` |
| 每月完成情况 | `.venv/bin/pairing status` |
| 换成新版程序给的文件 | `.venv/bin/pairing upgrade` |

第一次放到网上以前：把 `.github/CODEOWNERS` 里的组织和小组换成本县的；在网站设置里打开 Pages；在 `mkdocs.yml` 里改网站名称。
"""


class MissingFilesError(Exception):
    """The installed program lacks files that an archive needs; the message, in Chinese, says which."""


def list_given_files() -> Mapping[str, bytes]:
    """Return the files that the program gives an archive, by POSIX path below its root.

    Neither records nor the plan's text are among them: those are the county's.
    Raises MissingFilesError.
    """
    found = dict(_copy_project_files())
    found["mkdocs.yml"] = _write_configuration(found.pop("mkdocs.yml"))
    found[".gitignore"] = _IGNORED.encode()
    found[".github/actions/setup/action.yml"] = _write_setup(found.pop(".github/actions/setup/action.yml"))
    found["README.md"] = _README.encode()
    found[PIN] = write_pin().encode()
    found.update((f"records/schema/{name}", data.encode()) for name, data in list_schema_files().items())
    return dict(sorted(found.items()))


def write_pin(address: str | None = None) -> str:
    """Return the requirement that pins this very version: with the wheel's hash where pip noted it.

    address: where the wheel lies, http or https; as pip noted it for None.
    """
    origin = _read_origin()
    hashes = origin.get("archive_info", {}).get("hashes", {})
    noted = str(origin.get("url", ""))
    address = address or (noted if noted.startswith(("https://", "http://")) else None)
    name = f"pairing-archive @ {address}" if address else f"pairing-archive=={__version__}"
    pinned = f" \\\n    --hash=sha256:{hashes['sha256']}" if "sha256" in hashes else ""
    return f"# The program of this archive; `pairing upgrade` names a newer one here.\n{name}{pinned}\n"


def _read_origin() -> dict[str, Any]:
    import json

    try:
        text = distribution("pairing-archive").read_text("direct_url.json")
    except PackageNotFoundError:
        return {}
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _copy_project_files() -> Iterator[tuple[str, bytes]]:
    singles = [PROJECT / name for name in (*_SINGLE, "mkdocs.yml", ".github/actions/setup/action.yml")]
    files = [
        *singles,
        *(path for name in _COPIED for path in sorted((PROJECT / name).rglob("*")) if path.is_file()),
    ]
    missing = [str(path) for path in files if not path.is_file()]
    missing += [str(PROJECT / name) for name in _COPIED if not (PROJECT / name).is_dir()]
    if missing:
        raise MissingFilesError(f"装好的程序缺文件，请重新安装：{'、'.join(missing)}")
    for path in files:
        name = path.relative_to(PROJECT).as_posix()
        if not _OWN.match(name) and "__pycache__" not in name:
            yield name, path.read_bytes()


def _write_configuration(data: bytes) -> bytes:
    """Return ``mkdocs.yml`` without the theme's folder, which the program adds itself."""
    text = data.decode("utf-8")
    if _CUSTOM_DIR not in text:
        raise MissingFilesError(f"程序的 mkdocs.yml 里没有“{_CUSTOM_DIR.strip()}”这一行，请重新安装")
    return text.replace(_CUSTOM_DIR, "", 1).encode()


def _write_setup(data: bytes) -> bytes:
    """Return the action that sets the program up: the project's own step for Python, then the pinned program."""
    steps = re.split(r"(?m)^(?=    - |    #)", data.decode("utf-8"))
    python = next((step for step in steps if "setup-python@" in step), None)
    if python is None:
        raise MissingFilesError("程序的 .github/actions/setup 里没有装 Python 的一步，请重新安装")
    return _ACTION.format(python=python).encode()
