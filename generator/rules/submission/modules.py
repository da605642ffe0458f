"""Refuse submodules and repositories in the repository: what lies in them is no part of the archive."""

from __future__ import annotations

from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, SourceFile
from generator.rules.submission.changed_paths import Submission


def refuse_modules(corpus: Corpus, touched: Submission) -> Iterator[Diagnostic]:
    """Yield a fault for each touched path that is a folder: git names files, and of a module its folder alone."""
    for path in touched.paths:
        place = corpus.root / path
        if place.is_dir() and not place.is_symlink():
            yield Diagnostic(
                rule="unsafe-path",
                span=SourceFile(path=path).make_span(),
                message="这是另一个仓库（子模块），里面的东西不在档案里",
                fix="删去它，把里面的文件直接放进来；原来在这里的材料，从主分支恢复",
                excerpt="",
            )
