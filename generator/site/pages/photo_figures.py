"""Photos on a record's own page: figures, and notes in place of photos that are withheld."""

from __future__ import annotations

from dataclasses import dataclass

from generator.site.pages.view import HiddenPhoto, PublicPhoto, format_row_sizes

# In rem as in activity.css: the height of a row, the greatest height of the first photo, its column.
_ROW, _LEAD, _COLUMN = 11.0, 36.0, 47.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A photo with the `sizes` at which it is shown; `number` counts from 1 within the record."""

    photo: PublicPhoto
    number: int
    sizes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """Photos that are not shown for one and the same reason."""

    text: str
    numbers: tuple[int, ...]


def make_figures(photos: tuple[PublicPhoto, ...], *, leading: bool = True) -> tuple[Figure, ...]:
    """Return the figures of a record; with ``leading`` the first stands large above the others."""
    return tuple(
        Figure(
            photo=photo,
            number=photo.index + 1,
            sizes=_lead_sizes(photo.picture.shape)
            if leading and not place
            else format_row_sizes(photo.picture.shape, _ROW),
        )
        for place, photo in enumerate(photos)
    )


def _lead_sizes(shape: int) -> str:
    width = _LEAD * shape / 100
    return f"(max-width: 66rem) min(92vw, {width:.3g}rem), {min(width, _COLUMN):.3g}rem"


def list_withheld(hidden: tuple[HiddenPhoto, ...]) -> tuple[Withheld, ...]:
    """Return the photos that are not shown, by reason."""
    texts = dict.fromkeys(photo.text for photo in hidden)
    return tuple(
        Withheld(text=text, numbers=tuple(p.index + 1 for p in hidden if p.text == text)) for text in texts
    )
