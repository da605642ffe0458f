"""Drawn scenes in place of photos: no faces, no persons, each marked 示例."""

from __future__ import annotations

from generator.sample.scenes.colours import find_season
from generator.sample.scenes.drawing import SCENES, draw_scene, encode_picture, stamp_picture, vary_picture

__all__ = ["SCENES", "draw_scene", "encode_picture", "find_season", "stamp_picture", "vary_picture"]
