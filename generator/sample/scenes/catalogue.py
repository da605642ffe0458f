"""Which scenes belong to which measure, and how a scene becomes a small JPEG."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

from PIL import Image, ImageOps

from generator.sample.scenes import areas, corners, discovery, gifts, grounds, indoors, outdoors, rooms
from generator.sample.scenes.canvas import Canvas
from generator.sample.scenes.mood import Mood, grade, make_mood
from generator.sample.scenes.watermark import make_seal

Scene = Callable[[Canvas, Mood], None]

SCENES: dict[str, Scene] = {
    "reading": areas.reading, "building": areas.building, "art": areas.art, "shop": areas.shop,
    "science": discovery.science, "puppets": discovery.puppets, "planting": discovery.planting, "crafts": discovery.crafts,
    "kitchen": corners.kitchen, "games": corners.games, "stage": corners.stage, "water": corners.water,
    "lesson": rooms.lesson, "screen": rooms.screen, "meeting": rooms.meeting, "lecture": rooms.lecture,
    "research": rooms.research, "documents": indoors.documents, "signing": indoors.signing,
    "corridor": indoors.corridor, "washing": indoors.washing, "home": indoors.home, "nap": indoors.nap,
    "slide": outdoors.slide, "front": outdoors.front, "sports": outdoors.sports, "garden": grounds.garden,
    "equipment": grounds.equipment, "course": grounds.course,
    "toys": gifts.toys, "parcels": gifts.parcels, "knitwear": gifts.knitwear, "supplies": gifts.supplies,
}  # fmt: skip

_PORTRAIT = frozenset(
    {"reading", "art", "planting", "washing", "corridor", "screen", "front", "lesson", "slide", "home"}
)


def draw_scene(scene: str, *, season: str, number: int, chance: random.Random) -> Image.Image:
    """Draw a scene, 960 × 720 or for some 720 × 960; ``number`` counts pictures and turns the palettes."""
    upright = scene in _PORTRAIT and chance.random() < 0.2
    canvas = Canvas(720, 960) if upright else Canvas(960, 720)
    mood = make_mood(chance, season, number * 7)
    SCENES[scene](canvas, mood)
    zoom = chance.uniform(0.87, 1.0)
    picture = canvas.finish(zoom=zoom, at=(chance.random(), chance.random()))
    if chance.random() < 0.5:
        picture = ImageOps.mirror(picture)
    return grade(picture, mood.hour)


def variant(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Return another light and cut of a picture already drawn: far faster than drawing anew."""
    w, h = picture.size
    zoom = chance.uniform(0.84, 0.98)
    left, top = w * (1 - zoom) * chance.random(), h * (1 - zoom) * chance.random()
    box = (round(left), round(top), round(left + w * zoom), round(top + h * zoom))
    cut = picture.resize((w, h), Image.Resampling.BILINEAR, box)
    shares = (chance.uniform(0.88, 1.0), chance.uniform(0.9, 1.0), chance.uniform(0.84, 1.0))
    bands = [
        band.point([round(i * s) for i in range(256)]) for band, s in zip(cut.split(), shares, strict=True)
    ]
    return Image.merge("RGB", bands)


def stamped(picture: Image.Image) -> Image.Image:
    """Return the picture with the mark 示例 in its lower right corner."""
    seal = make_seal()
    picture.paste(seal, (picture.width - seal.width - 22, picture.height - seal.height - 22), seal)
    return picture


def encode(picture: Image.Image, *, quality: int = 58) -> bytes:
    """Return the JPEG file of a picture, without any metadata."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, subsampling="4:2:0")
    return out.getvalue()
