"""Drawn scenes that stand in for photos: no faces, no persons, each marked 示例."""

from __future__ import annotations

from generator.sample.scenes.colours import season_of
from generator.sample.scenes.drawing import SCENES, draw_scene, encode, stamped, variant

__all__ = ["SCENES", "draw_scene", "encode", "season_of", "stamped", "variant"]
