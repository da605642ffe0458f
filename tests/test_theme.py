"""The design tokens and vendored files of the theme: readable in light and dark, one set of dark values."""

from __future__ import annotations

import hashlib
import re
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import ROOT

ASSETS = ROOT / "theme_overrides" / "assets"
STATUSES = ("met", "short", "missing", "late", "open", "off")
GROUNDS = ("paper", "surface", "sunken")


def _blocks() -> list[dict[str, str]]:
    """Return the custom properties of tokens.css: light, dark by the system, dark by the switch."""
    css = re.sub(r"/\*.*?\*/", "", (ASSETS / "css" / "tokens.css").read_text("utf-8"), flags=re.DOTALL)
    return [
        dict(re.findall(r"--([a-z0-9-]+):\s*([^;]+);", block)) for block in re.findall(r"\{([^{}]*)\}", css)
    ]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_both_ways_into_the_dark_have_the_same_values() -> None:
    _, by_system, by_switch = _blocks()
    assert by_system == by_switch


@pytest.mark.parametrize("dark", [False, True])
def test_every_pair_of_colours_is_readable(dark: bool) -> None:
    tokens = _blocks()[1 if dark else 0]
    wanted = [
        *((ink, ground, 7.0) for ink, ground in product(("ink", "ink-soft"), GROUNDS)),
        *(
            (ink, ground, 4.5)
            for ink, ground in product(("ink-faint", "link", "link-hover", "accent"), GROUNDS)
        ),
        *((control, ground, 3.0) for control, ground in product(("rule-strong", "focus"), GROUNDS)),
        *((f"st-{status}", f"st-{status}-bg", 4.5) for status in STATUSES),
        *((f"st-{status}", ground, 4.5) for status, ground in product(STATUSES, GROUNDS)),
        ("on-accent", "accent-fill", 4.5),
        ("ink", "mark", 4.5),
        ("ink", "accent-wash", 7.0),
    ]
    weak = {
        (one, other): round(_contrast(tokens[one], tokens[other]), 2)
        for one, other, least in wanted
        if _contrast(tokens[one], tokens[other]) < least
    }
    assert weak == {}


def test_style_sheets_use_only_tokens_that_exist() -> None:
    light, *_ = _blocks()
    own = re.compile(r"--([a-z0-9-]+):")
    unknown = {}
    for sheet in sorted((ASSETS / "css").glob("*.css")):
        text = sheet.read_text("utf-8")
        # A fallback, as in var(--grid-min, 17rem), makes a property optional.
        used = set(re.findall(r"var\(--([a-z0-9-]+)\)", text))
        if missing := used - set(light) - set(own.findall(text)):
            unknown[sheet.name] = missing
    assert unknown == {}


def test_vendored_code_is_what_its_readme_says() -> None:
    vendor = ASSETS / "vendor"
    stated = dict(
        re.findall(
            r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", (vendor / "README.md").read_text("utf-8"), re.MULTILINE
        )
    )
    actual = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.suffix in {".js", ".css", ".gz", ".whl", ".zip", ".txt"} and "LICENSE" not in path.name
    }
    assert stated == actual
    users = (*(ASSETS / "js").rglob("*.js"), ROOT / "generator" / "site" / "checker" / "publish.py")
    scripts = "".join(path.read_text("utf-8") for path in users)
    for name in actual:
        assert all(part in scripts for part in name.split("/")), name


def test_scripts_and_styles_stay_small() -> None:
    """A reader on a slow link gets an activity page with its photos still to come in at most 150 KB."""

    def size(*names: str) -> int:
        return sum(Path(ASSETS, name).stat().st_size for name in names)

    shell = size(
        *(f"css/{name}.css" for name in ("tokens", "base", "shell", "print")), "js/theme.js", "js/site.js"
    )
    assert shell <= 40_000
