"""An editor that opens the project knows each record's schema, as the record itself names it."""

from __future__ import annotations

import json
import re
from pathlib import Path, PurePosixPath


def test_the_editor_knows_each_records_schema(project_root: Path) -> None:
    settings = json.loads((project_root / ".vscode/settings.json").read_text(encoding="utf-8"))
    schemas: dict[str, str] = settings["yaml.schemas"]
    assert all((project_root / schema).is_file() for schema in schemas)
    for path in (project_root / "records").rglob("*.yml"):
        place = PurePosixPath(path.relative_to(project_root).as_posix())
        known = [Path(schema).name for schema, pattern in schemas.items() if place.match(pattern)]
        named = re.search(
            r"yaml-language-server: \$schema=\S*/(\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        assert named, place
        assert known == [named[1]], place
