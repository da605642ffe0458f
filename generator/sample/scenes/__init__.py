"""Drawn scenes that stand in for photos: no faces, no persons, each marked 示例."""

from __future__ import annotations

from generator.sample.scenes.catalogue import SCENES, draw_scene, encode, stamped, variant
from generator.sample.scenes.mood import season_of

__all__ = ["SCENES", "draw_scene", "encode", "season_of", "stamped", "variant"]
