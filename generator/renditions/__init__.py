"""Photos → renditions: sizes and names planned purely, pixels encoded anew without metadata, cached by content.

Only re-encoded pixels are ever published. Originals are read here and nowhere else on the way to the site.
"""

from __future__ import annotations

from generator.renditions.album import Album, Picture, render
from generator.renditions.pixels import Fault
from generator.renditions.recipe import RECIPE, Recipe, Size

__all__ = ["RECIPE", "Album", "Fault", "Picture", "Recipe", "Size", "render"]
