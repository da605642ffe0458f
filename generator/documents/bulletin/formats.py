"""Write a bulletin's files in every format; PDF and Word documents are cached by a digest of what they are made of.

A cache entry's name is the digest of everything that decides its bytes: the value, the photos, this room's
code, template and fonts, and the versions of the libraries. No time of a file matters, and the folder may be
deleted at any time.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import importlib.metadata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from generator.documents.bulletin.bulletin_content import Bulletin
from generator.documents.bulletin.illustrations import Illustration
from generator.documents.bulletin.markdown import make_markdown
from generator.documents.bulletin.plain_text import make_plain_text
from generator.plumbing import atomic

DOCUMENT_CACHE = ".cache/bulletins"
"""Where documents are kept between builds, below the archive's root."""

Format = Literal["pdf", "docx", "text", "markdown"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: Mapping[Format, str] = {"pdf": ".pdf", "docx": ".docx", "text": ".txt", "markdown": ".md"}
_ROOM = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCache:
    """Documents in a folder. ``wanted`` collects the names that this build asked for."""

    folder: Path
    wanted: set[str] = dataclasses.field(default_factory=set)

    def load_document(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a document by its name, made now if it is missing or damaged."""
        self.wanted.add(name)
        path = self.folder / name
        try:
            kept = path.read_bytes()
        except OSError:
            kept = b""
        if kept[:64] == _digest(kept[64:]):
            return kept[64:]
        made = make()
        atomic.write_file(path, _digest(made) + made)
        return made

    def remove_unwanted(self) -> None:
        """Remove the documents that this build did not ask for."""
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            if path.name not in self.wanted and path.is_file():
                path.unlink(missing_ok=True)


def make_document(
    value: Bulletin,
    photos: Mapping[str, Illustration],
    form: Format,
    *,
    link: str | None = None,
    cache: DocumentCache | None = None,
) -> bytes:
    """Return a bulletin in one format. ``link`` is the address of its page, for text and Markdown."""
    if form == "text":
        return make_plain_text(value, link=link).encode()
    if form == "markdown":
        return make_markdown(value, link=link).encode()
    make = functools.partial(_make, value, photos, form)
    return cache.load_document(_name(value, photos, form), make) if cache else make()


def _make(value: Bulletin, photos: Mapping[str, Illustration], form: Format) -> bytes:
    if form == "pdf":  # both libraries are loaded only by what makes a document anew
        from generator.documents.bulletin.pdf import make_pdf

        return make_pdf(value, photos)
    from generator.documents.bulletin.docx import make_docx

    return make_docx(value, photos)


def _name(value: Bulletin, photos: Mapping[str, Illustration], form: Format) -> str:
    # An issued bulletin does not change with the day on which it is looked at.
    shown = dataclasses.replace(value, as_of=value.issued) if value.issued else value
    pictures = [(key, _digest(photo.jpeg), photo.caption) for key, photo in sorted(photos.items())]
    parts = (repr(shown), repr(value.deadline < value.as_of), repr(pictures), _digest_of_makers())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest() + SUFFIXES[form]


@functools.cache
def _digest_of_makers() -> str:
    """Return digests of the code, template and fonts, and the versions of the libraries, that make documents."""
    own = [path for path in sorted(_ROOM.rglob("*")) if path.suffix in (".py", ".typ", ".otf", ".txt")]
    found = [_digest(path.read_bytes()).decode() for path in own]
    found += [importlib.metadata.version(name) for name in ("typst", "python-docx")]
    return "\n".join(found)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def write_documents(
    value: Bulletin,
    photos: Mapping[str, Illustration],
    forms: Collection[Format],
    folder: Path,
    *,
    link: str | None = None,
) -> tuple[Path, ...]:
    """Write a bulletin's files into a folder, beside their names first; return them in the order of formats."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {
        folder / f"{value.month}{SUFFIXES[form]}": make_document(value, photos, form, link=link)
        for form in forms
    }
    for path, data in made.items():
        atomic.write_file(path, data)
    return tuple(made)
