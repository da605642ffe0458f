"""``python -m tests.hostile_photos FOLDER`` writes all cases, each under its number."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.hostile_photos.cases import CASES

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir()
    for number, case in enumerate(CASES):
        (folder / f"{number:03}{case.suffix}").write_bytes(case.make())
