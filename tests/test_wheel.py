"""The program as a wheel: all in it that it needs, and another county's archive made, checked and built with it."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from html import unescape
from importlib.metadata import distribution
from pathlib import Path

import pytest
import yaml

from generator import __version__
from generator.cli.missing_package import EXTRAS
from generator.plumbing.project import PACKED
from tests.conftest import ROOT, once
from tests.county_plans import QINGSHAN
from tests.test_three_counties import find_first_countys_words

SOURCES = (
    *("generator", "theme_overrides", "content", "requirements", ".github"),
    *("pyproject.toml", "setup.py", "MANIFEST.in", "mkdocs.yml", "README.md", "LICENSE", "requirements.txt"),
    *("requirements.in", ".gitignore", ".gitattributes"),
)
UNWANTED = shutil.ignore_patterns("__pycache__", "*.egg-info")
IN_WHEEL = sys.platform != "win32"  # an environment's programs lie elsewhere on Windows


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


@pytest.fixture(scope="session")
def wheel(shared: Path) -> Path:
    """Build the wheel of this tree, once."""
    source, target = shared / "wheel-source", shared / "wheel"
    if not (shared / "wheel-built").exists():
        source.mkdir(exist_ok=True)
        for name in SOURCES:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, source / name, ignore=UNWANTED, dirs_exist_ok=True)
            else:
                shutil.copy(ROOT / name, source / name)
        for file in (
            *ROOT.glob("records/*/school.yml"),
            *ROOT.glob("records/bureau/*/programme.yml"),
            *ROOT.glob("records/schema/*"),
        ):
            place = source / file.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    once(shared / "wheel-built", [*pip, "--wheel-dir", str(target), str(source)])
    (found,) = target.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def environment(wheel: Path, shared: Path) -> Path:
    """Install the wheel into an environment of its own, which takes the other packages from this one."""
    folder = shared / "wheel-environment"
    once(shared / "wheel-environment-made", [sys.executable, "-m", "venv", str(folder)])
    _lend_packages(folder, Path(sysconfig.get_paths()["purelib"]))
    pip = (folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--no-index")
    once(shared / "wheel-installed", [*pip, wheel])
    return folder


def _lend_packages(environment: Path, packages: Path) -> None:
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "lent.pth").write_text(f"{packages}\n", encoding="utf-8")


def test_the_wheel_holds_what_the_project_does(wheel: Path) -> None:
    """Every module and every file beside the modules; of the project's folders those that an archive needs."""
    with zipfile.ZipFile(wheel) as packed:
        found = {name for name in packed.namelist() if ".dist-info/" not in name}
    code = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "generator").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    folders = ("content", "theme_overrides", ".github/actions", ".github/workflows", ".github/ISSUE_TEMPLATE")
    project = {
        path.relative_to(ROOT)
        for name in folders
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    patterns = (
        *("mkdocs.yml", "requirements.txt", "requirements/*.txt", ".gitignore", ".gitattributes"),
        *(".github/*.md", ".github/*.yml", ".github/CODEOWNERS"),
        *("records/schema/*.json", "records/bureau/*/programme.yml", "records/*/school.yml"),
    )
    project |= {path.relative_to(ROOT) for pattern in patterns for path in ROOT.glob(pattern)}
    assert found == code | {(PACKED / path).as_posix() for path in project}


def test_a_package_index_would_take_it(wheel: Path) -> None:
    programs = Path(sys.executable).parent
    assert "PASSED" in _run(programs / "twine", "check", "--strict", wheel, cwd=wheel.parent)
    assert _run(programs / "check-wheel-contents", wheel, cwd=wheel.parent).strip().endswith(": OK")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Return a folder that holds a county's two Word files and nothing else."""
    (tmp_path / "方案.docx").write_bytes(QINGSHAN.plan)
    (tmp_path / "附件2.docx").write_bytes(QINGSHAN.pairings)
    return tmp_path


@pytest.mark.skipif(not IN_WHEEL, reason="an environment's programs lie elsewhere on Windows")
def test_a_county_begins_with_the_installed_program(environment: Path, wheel: Path, empty: Path) -> None:
    """Another county's archive, ready to push, of no word of the first; then the sample, a bulletin, a report."""

    def pairing(*arguments: str) -> list[str]:
        return _run(environment / "bin" / "pairing", *arguments, cwd=empty).splitlines()

    assert pairing("--version") == [f"pairing {__version__}"]
    made = pairing("new-archive", "county", "--plan", "方案.docx", "--pairings", "附件2.docx")
    assert made[-3] == f"已建好 county：{sum(p.is_file() for p in (empty / 'county').rglob('*'))} 个文件。"
    assert made[-1] == "接着：pairing check --root county；再照 county/README.md 放到网上"
    day = ("--as-of", f"{QINGSHAN.year}-01-01")
    assert pairing("check", "--root", "county", *day)[-1].endswith("的 0 份活动记录：没有问题。")
    pairing("build", "--root", "county", *day)
    site = empty / "county" / "site"
    assert (site / "index.html").read_text("utf-8").count(QINGSHAN.own[0]) > 0
    assert {
        path.relative_to(site).as_posix(): found
        for path in site.rglob("*.html")
        if (found := find_first_countys_words(unescape(path.read_text("utf-8"))))
    } == {}
    for command in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "First"), ("status", "--porcelain")):
        assert _run("git", *command, cwd=empty / "county") == ""
    tracked = _run("git", "ls-files", cwd=empty / "county").splitlines()
    assert {name.split("/")[0] for name in tracked} == {
        *(".gitattributes", ".github", ".gitignore", ".pairing.yml", "README.md", "content", "mkdocs.yml"),
        *("program.txt", "records", "requirements.txt"),
    }
    assert not [name for name in tracked if name.endswith((".py", ".html", ".css", ".js"))]

    # The workflows' set-up installs this very wheel again, by its hash.
    (empty / "county" / "wheels").mkdir()
    shutil.copy(wheel, empty / "county" / "wheels")
    action = yaml.safe_load((empty / "county/.github/actions/setup/action.yml").read_text("utf-8"))
    line = action["runs"]["steps"][-1]["run"].splitlines()[-1]
    assert line.startswith("python -m pip install ")
    options = ("--no-index", "--dry-run", "--force-reinstall")
    install = [word for word in line.split()[1:] if word != "--quiet"]
    said = _run(environment / "bin" / "python", *install, *options, cwd=empty / "county")
    assert f"Would install pairing-archive-{__version__}" in said

    assert (
        pairing("sample", "--out", "sample", "--activities", "20", "--photos", "4")[-1]
        == "生成网站：pairing build --root sample"
    )
    pairing("build", "--root", "sample")
    assert (empty / "sample" / "site" / "search" / "index.html").is_file()
    assert "已写出 2020-04.pdf" in pairing("bulletin", "--root", "sample", "2020-04")
    assert pairing("photos", "report", "--root", "sample")[-1] == "报告：evidence-report.html"
    assert pairing("upgrade", "--root", "county") == [f"已经是 {__version__} 版给的文件，没有要换的。"]


@pytest.mark.skipif(not IN_WHEEL, reason="an environment's programs lie elsewhere on Windows")
def test_a_check_needs_little_and_other_commands_say_what_they_want(
    environment: Path, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With the packages of ``requirements/check.in`` alone, as their lock names them."""
    packages, target = Path(sysconfig.get_paths()["purelib"]), tmp_path_factory.mktemp("few")
    lock = (ROOT / "requirements/check.txt").read_text("utf-8")
    for name in re.findall(r"(?m)^([A-Za-z0-9_.-]+)==", lock):
        if name == "colorama":  # Windows' alone
            continue
        for top in {file.parts[0] for file in distribution(name).files or () if ".." not in file.parts}:
            if not (target / top).exists():
                (target / top).symlink_to(packages / top)
    few = tmp_path_factory.mktemp("environment") / "few"
    shutil.copytree(environment, few, symlinks=True)
    _lend_packages(few, target)

    def pairing(*arguments: str) -> tuple[int, str]:
        program = (
            str(few / "bin" / "python"),
            "-c",
            "from generator.cli.entry import run; run()",
            *arguments,
        )
        done = subprocess.run(program, cwd=empty, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, (done.stdout + done.stderr).splitlines()[-1]

    _run(
        environment / "bin" / "pairing",
        "new-archive",
        "county",
        "--plan",
        "方案.docx",
        "--pairings",
        "附件2.docx",
        cwd=empty,
    )
    assert pairing("check", "--root", "county", "--as-of", f"{QINGSHAN.year}-01-01") == (
        0,
        "已检查 6 所校（园）的 0 份活动记录：没有问题。",
    )
    assert pairing("status", "--root", "county", "--as-of", f"{QINGSHAN.year}-01-01")[0] == 0

    def wants(extra: str) -> tuple[int, str]:
        words = f"没有做成：这个命令要用“{extra}”这一组包，还没有装："
        return 2, f'{words}python -m pip install "pairing-archive[{extra}]"'

    assert pairing("build", "--root", "county") == wants("site")
    assert pairing("sample", "--out", "sample") == wants("photos")
    assert pairing("photos", "report", "--root", "county") in (wants("photos"), wants("documents"))
    assert pairing("bulletin", "2021-04", "--root", "county") == wants("documents")


def _list_imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_package_belongs_to_the_extra_that_its_list_says() -> None:
    """What the code imports is in a list, and what a list names is imported."""
    imported = {name for path in (ROOT / "generator").rglob("*.py") for name in _list_imports(path)}
    imported -= {*sys.stdlib_module_names, "generator", "pillow_heif"}
    by_list = {
        part: set(re.findall(r"(?m)^([a-z][\w.-]*)", (ROOT / f"requirements/{part}.in").read_text("utf-8")))
        for part in ("check", *EXTRAS)
    }
    names = {
        "PIL": "pillow",
        "docx": "python-docx",
        "yaml": "pyyaml",
        "yaml_env_tag": "pyyaml-env-tag",
        "markdown_it": "markdown-it-py",
        "ruamel": "ruamel.yaml",
        "material": "mkdocs-material",
        "pymdownx": "pymdown-extensions",
        "zoneinfo": "tzdata",
    }
    for extra, modules in EXTRAS.items():
        assert {names.get(module, module) for module in modules} == by_list[extra]
    known = {module for modules in EXTRAS.values() for module in modules}
    rest = {names.get(name, name) for name in imported if name not in known}
    # pydantic brings its core, MkDocs and Jinja2 bring MarkupSafe and Markdown, and tzdata is data.
    assert rest - {"pydantic_core", "markupsafe", "markdown"} == by_list["check"] - {"tzdata"}


def test_every_description_of_the_program_names_the_same_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    code = yaml.safe_load((ROOT / "publiccode.yml").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {citation["version"], str(code["softwareVersion"]), project["version"]} == {__version__}
    assert {citation["license"], code["legal"]["license"], project["license"]} == {"MIT"}
    assert citation["keywords"] == project["keywords"]
    assert code["description"]["en"]["shortDescription"] == project["description"]
