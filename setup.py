"""Put what the program needs besides its Python into the wheel: theme, guides, plan, workflows, the model programme."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PACKED = Path("generator", "_project")  # as in generator/plumbing/project.py
FILES = ("mkdocs.yml", ".github/CODEOWNERS", "requirements.txt", ".gitignore", ".gitattributes")
FOLDERS = ("content", "theme_overrides", ".github/actions", ".github/workflows", ".github/ISSUE_TEMPLATE")
PATTERNS = (
    ".github/*.md",
    ".github/*.yml",
    "requirements/*.txt",
    "records/schema/*.json",
    "records/bureau/*/programme.yml",
    "records/*/school.yml",
)


class BuildWithProject(build_py):
    """Copy the project's files beside the code; an editable install uses them where they lie."""

    def run(self) -> None:
        """Copy modules, then files."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / PACKED
        shutil.rmtree(target, ignore_errors=True)
        root = Path(__file__).parent
        for name in FOLDERS:
            shutil.copytree(
                root / name, target / name, ignore=shutil.ignore_patterns("__pycache__", ".DS_Store")
            )
        for file in (
            *FILES,
            *(path.relative_to(root) for pattern in PATTERNS for path in root.glob(pattern)),
        ):
            (target / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / file, target / file)

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        """Return all files that were made, so that every way of installing counts them."""
        packed = Path(self.build_lib) / PACKED
        made = [str(path) for path in sorted(packed.rglob("*")) if path.is_file()]
        return [*super().get_outputs(include_bytecode), *made]


setup(cmdclass={"build_py": BuildWithProject})
