"""``python -m tests.fuzz [--seconds N] [TARGET…]``: look for inputs that a reader does not survive.

With atheris installed (``pip install atheris``) its coverage guides the search; without it the tests' own changes are made at
random. A find is written into the corpus, where the tests try it from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.mutations import KINDS, Change, apply_changes
from tests.fuzz.targets import CORPUS, ROOT, list_seeds, load_targets, run


def main() -> int:
    """Fuzz each target for its share of the time; return 1 if one did not survive."""
    targets = load_targets()
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=60, help="of all targets together")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(targets))
    asked = parser.parse_args()
    names = asked.targets or list(targets)
    if unknown := set(names) - set(targets):
        parser.error(f"no such target: {', '.join(unknown)}")
    guided = importlib.util.find_spec("atheris") is not None
    search = _search_guided if guided else _search
    print(f"{'atheris' if guided else 'random changes'}, {asked.seconds:.0f} s", flush=True)
    found = [name for name in names if not search(name, asked.seconds / len(names))]
    print(f"not survived: {', '.join(found)}" if found else "all survived")
    return 1 if found else 0


def _search(name: str, seconds: float) -> bool:
    seeds, dice = list_seeds(name), random.Random()  # noqa: S311  # nothing secret
    end, count = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        changes = [
            Change(dice.choice(KINDS), dice.randrange(65_536), dice.randrange(256), dice.randrange(65_536))
            for _ in range(dice.randint(1, 8))
        ]
        data = apply_changes(dice.choice(seeds), changes)
        count += 1
        try:
            run(name, data)
        except Exception:
            _keep(name, data)
            traceback.print_exc()
            return False
    print(f"{name}: {count} inputs", flush=True)
    return True


def _search_guided(name: str, seconds: float) -> bool:
    """Let libFuzzer search in a process of its own, since it ends the one it is in."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "corpus").mkdir()
        for number, seed in enumerate(list_seeds(name)):
            (folder / "corpus" / str(number)).write_bytes(seed)
        command = [
            *(sys.executable, "-m", "tests.fuzz.guided", name, str(folder / "corpus")),
            *(f"-max_total_time={max(1, round(seconds))}", f"-artifact_prefix={folder}/find-"),
            *("-max_len=20000", "-timeout=20", "-verbosity=0", "-print_final_stats=1"),
        ]
        done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
        for find in folder.glob("find-*"):
            _keep(name, find.read_bytes())
        if done.returncode:
            print(done.stderr, file=sys.stderr)
        else:
            count = next((w for w in done.stderr.splitlines() if "number_of_executed_units" in w), "").split(
                " "
            )[-1]
            print(f"{name}: {count} inputs", flush=True)
    return done.returncode == 0


def _keep(name: str, data: bytes) -> None:
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:12]
    path.write_bytes(data)
    print(f"{name}: not survived, kept as {path.relative_to(ROOT)}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
