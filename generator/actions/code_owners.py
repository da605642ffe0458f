"""Put a county's office and organisation into CODEOWNERS, which says who must approve what on the forge."""

from __future__ import annotations

import re
from pathlib import Path

PLACE = ".github/CODEOWNERS"
"""Where the file lies, below the root."""

_PLACEHOLDER = "example-county"
_ORGANISATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,99}", re.ASCII)
_OFFICE = re.compile(r"(?m)^(# Records: any officer of )the bureau's \S+( …)$")
_NOTE = re.compile(rf"(?m)^# PLACEHOLDERS: `{_PLACEHOLDER}` .*$")
_MOST_BYTES = 200_000


def fits_organisation(name: str) -> bool:
    """Say whether a name may be an organisation's on a forge."""
    return _ORGANISATION.fullmatch(name) is not None


def read_owners(root: Path) -> str:
    """Return the file's text; "" where there is none that may be changed."""
    path = root / PLACE
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return ""
    return path.read_bytes().decode("utf-8", errors="replace")


def has_placeholder(text: str) -> bool:
    """Say whether the owners are still the template's, which do not exist."""
    return f"@{_PLACEHOLDER}/" in text


def make_owners_file(root: Path, office: str) -> dict[str, str]:
    """Return the file, by its path, with a programme's office in it; nothing where it is not another."""
    text = read_owners(root)
    changed = replace_owners(text, office=office, organisation="")
    return {PLACE: changed} if changed != text else {}


def replace_owners(text: str, *, office: str, organisation: str) -> str:
    """Return the text with the office, and with the organisation in place of the template's; "" leaves it."""
    said = " ".join(office.split()).replace("#", "")
    text = _OFFICE.sub(lambda found: f"{found[1]}{said}{found[2]}", text) if said else text
    if not organisation:
        return text
    text = _NOTE.sub(
        f"# Teams of `{organisation}`: make them on the forge, or put others in their place.", text
    )
    return text.replace(f"@{_PLACEHOLDER}/", f"@{organisation}/")
