"""Photos → renditions: sizes and names planned purely, pixels encoded anew without metadata, cached by content.

Only re-encoded pixels are ever published. Originals are read here and nowhere else on the way to the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.renditions.album import Album, Picture, render
    from generator.renditions.faults import Fault
    from generator.renditions.recipe import RECIPE, Recipe, Size

__all__ = ["RECIPE", "Album", "Fault", "Picture", "Recipe", "Size", "render"]

_HOMES = {
    "Album": "album",
    "Fault": "faults",
    "Picture": "album",
    "RECIPE": "recipe",
    "Recipe": "recipe",
    "Size": "recipe",
    "render": "album",
}


def __getattr__(name: str) -> object:
    # A decoding process starts in a third of the time when it does not load the records' models with the album.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
