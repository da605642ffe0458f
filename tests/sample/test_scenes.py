"""Drawn scenes: small pictures that differ, each with the mark 示例, from templates that are whole."""

from __future__ import annotations

import io

import pytest
from defusedxml import ElementTree
from PIL import Image

from generator.reuse.fingerprint import WINDOWS, compute_fingerprint
from generator.reuse.likeness import compare_fingerprints
from generator.sample.dice import make_random
from generator.sample.phrasebook import read_bank
from generator.sample.scenes import (
    SCENES,
    draw_scene,
    drawing,
    encode_picture,
    find_season,
    stamp_picture,
    vary_picture,
)

SEASONS = ("bare", "spring", "summer", "autumn", "winter")
PALETTES = 16


@pytest.fixture(scope="module")
def pictures() -> dict[str, tuple[bytes, bytes]]:
    """Return each scene drawn twice in the same season and palette."""
    drawn = {}
    for place, scene in enumerate(SCENES):
        season = SEASONS[place % 5]
        one, other = (
            draw_scene(scene, season=season, number=number, chance=make_random("test", scene, number))
            for number in (place, place + PALETTES)
        )
        assert {one.size, other.size} <= {(960, 720), (720, 960)}
        drawn[scene] = encode_picture(stamp_picture(one)), encode_picture(stamp_picture(other))
    return drawn


def test_every_scene_is_a_small_jpeg_without_metadata(pictures: dict[str, tuple[bytes, bytes]]) -> None:
    for data in (data for both in pictures.values() for data in both):
        assert len(data) < 50_000
        with Image.open(io.BytesIO(data)) as read:
            assert not read.getexif()
            assert set(read.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}


def test_a_scene_drawn_twice_is_not_taken_for_one_photo(pictures: dict[str, tuple[bytes, bytes]]) -> None:
    for scene, both in pictures.items():
        one, other = map(compute_fingerprint, both)
        assert one.is_distinctive, scene
        for photo in (other, other.mirror_picture()):
            assert not compare_fingerprints(one, photo, WINDOWS[0]).is_same, scene


def test_every_template_is_whole_in_every_season(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def keep(svg: str) -> Image.Image:
        drawn.append(svg)
        return Image.new("RGBA", (96, 72))

    monkeypatch.setattr(drawing, "_render", keep)
    for number, scene in enumerate(SCENES * 2):
        for season in SEASONS:
            chance = make_random(season, scene, number)
            draw_scene(scene, season=season, number=number, chance=chance)
    assert len(drawn) == 2 * 5 * len(SCENES)
    for svg in drawn:
        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}
        assert not tags & {"text", "image", "use"}, "there are no fonts and no files to draw with"


def test_every_scene_has_captions_and_every_month_a_season() -> None:
    assert set(SCENES) == set(read_bank("captions"))
    assert {find_season(month) for month in range(1, 13)} == set(SEASONS)


def test_the_mark_is_on_the_picture_and_variants_differ() -> None:
    plain = Image.new("RGB", (960, 720), "white")
    marked = stamp_picture(plain.copy())
    assert marked.crop((800, 620, 960, 720)).getextrema() != plain.crop((800, 620, 960, 720)).getextrema()
    assert marked.crop((0, 0, 800, 720)).getextrema() == plain.crop((0, 0, 800, 720)).getextrema()
    picture = draw_scene("slide", season="autumn", number=1, chance=make_random("v"))
    first, second = (encode_picture(vary_picture(picture, make_random("v", i))) for i in range(2))
    assert first != second
