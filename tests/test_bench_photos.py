"""The benchmark of renditions: its set, its measure, and peers that make what we make."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from generator.images.develop import Developed, develop_photo
from generator.images.recipe import RECIPE
from tests.bench import photo_judge, photo_set
from tests.bench.galleries import write_hugo, write_sigal
from tests.bench.likeness import likeness, mean_likeness, references
from tests.bench.photo_judge import Judge, Judged, ours
from tests.bench.photo_makers import VipsRecipe, make_with_ours, make_with_vips, vips_renditions
from tests.phone_photos import phone_photo


def test_a_photograph_becomes_a_phones_photo() -> None:
    for size, shape in (
        ((6000, 3000), (4000, 3000)),
        ((2100, 3000), (2448, 3264)),
    ):
        assert photo_set.phone_shape(Image.new("RGB", size)).size == shape
    flat = Image.new("RGB", (400, 300), (120, 130, 140))
    noise = photo_set.noisy(flat, 3)
    assert noise.size == flat.size
    assert len(set(noise.get_flattened_data())) > 1000


def test_a_variant_is_the_same_picture_in_other_bytes() -> None:
    photo = phone_photo(size=(640, 480))
    first, second = photo_set.variant(photo, 1), photo_set.variant(photo, 2)
    assert len({photo, first, second}) == 3
    for data in (first, second):
        with Image.open(io.BytesIO(data)) as one, Image.open(io.BytesIO(photo)) as other:
            assert one.tobytes() == other.tobytes()
            assert one.getexif() == other.getexif()


def test_likeness() -> None:
    picture = Image.effect_noise((320, 240), 60)
    blurred = picture.filter(ImageFilter.GaussianBlur(0.5))
    more = picture.filter(ImageFilter.GaussianBlur(2))
    assert likeness(picture, picture) == pytest.approx(1)
    assert 1 > likeness(picture, blurred) > likeness(picture, more) > 0
    # Two even greys differ by their brightness alone, which the formula gives at once.
    dark, light = Image.new("L", (64, 64), 100), Image.new("L", (64, 64), 150)
    brightness = (2 * 100 * 150 + 6.5025) / (100**2 + 150**2 + 6.5025)
    assert likeness(dark, light) == pytest.approx(brightness, abs=1e-4)
    with pytest.raises(ValueError, match="is not"):
        likeness(picture, dark)


@pytest.mark.parametrize("loader", ["thumbnail", "hand"])
def test_libvips_makes_the_sizes_that_we_make(loader: str) -> None:
    photo = phone_photo(size=(3264, 2448))
    made = develop_photo(photo, "01.jpg", RECIPE)
    assert isinstance(made, Developed)
    theirs = vips_renditions(photo, VipsRecipe(loader=loader))
    expected = [("WEBP", each.size) for each in made.sizes] + [("JPEG", made.fallback.size)]
    for data, (kind, size) in zip(theirs, expected, strict=True):
        with Image.open(io.BytesIO(data)) as picture:
            assert (picture.format, picture.width, picture.height) == (kind, size.width, size.height)
            assert not picture.getexif()
    originals = references(photo, RECIPE.edges[-1:])
    alike = mean_likeness(originals, theirs[2:3])
    assert alike == pytest.approx(mean_likeness(originals, [made.sizes[-1].data]), abs=0.01)


def test_makers_make_every_photo(tmp_path: Path) -> None:
    photos = []
    for number in range(2):
        photos.append(tmp_path / f"{number}.jpg")
        photos[-1].write_bytes(phone_photo(number))
    make_with_ours(photos, tmp_path / "ours", 1)
    assert len(list((tmp_path / "ours").rglob("*.webp"))) == 6
    make_with_vips(photos, tmp_path / "vips", VipsRecipe(loader="hand", processes=1))
    assert len(list((tmp_path / "vips").iterdir())) == 8


def test_no_larger_and_no_less_like() -> None:
    judged = Judged(size=100_000, ssim=0.95)
    assert Judged(size=100_400, ssim=0.9496).is_fair(judged)
    assert not Judged(size=101_000, ssim=0.96).is_fair(judged)
    assert not Judged(size=90_000, ssim=0.949).is_fair(judged)


def test_a_peer_is_matched_at_the_least_quality_that_is_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge([])
    monkeypatch.setattr(photo_judge, "vips_renditions", lambda photo, recipe: [b"x" * recipe.quality])
    monkeypatch.setattr(
        judge, "judge", lambda make: Judged(size=len(make(b"")[0]), ssim=len(make(b"")[0]) / 100)
    )
    for least in range(RECIPE.quality - 4, RECIPE.quality + 5):
        recipe, judged = judge.match(VipsRecipe(loader="hand"), Judged(size=1, ssim=least / 100))
        assert (recipe.quality, judged.size) == (least, least)


def test_ours_is_judged_by_its_webp_sizes(tmp_path: Path) -> None:
    path = tmp_path / "01.jpg"
    path.write_bytes(phone_photo(size=(1600, 1200)))
    judged = Judge([path]).judge(ours)
    assert judged.size == sum(map(len, ours(path.read_bytes())))
    assert 0.8 < judged.ssim < 1


def test_gallery_programs_get_every_photo(tmp_path: Path) -> None:
    photo = tmp_path / "01.jpg"
    photo.write_bytes(phone_photo())
    sigal = write_sigal([photo], tmp_path / "sigal", webp=True)
    hugo = write_hugo([photo], tmp_path / "hugo")
    assert sigal[1:] == ["build", "-n", "2", "-c", "sigal.conf.py", "source", "made"]
    assert hugo[1:4] == ["--quiet", "--destination", "made"]
    assert (tmp_path / "sigal/source/album/01.jpg").samefile(photo)
    assert (tmp_path / "hugo/assets/01.jpg").samefile(photo)
    assert (tmp_path / "sigal/sigal.conf.py").read_text("utf-8") == (
        "img_size = (1600, 1600)\nthumb_size = (320, 320)\nthumb_fit = False\n"
        f"jpg_options = {{'quality': {RECIPE.quality}, 'optimize': True, 'progressive': True}}\n"
        "img_format = 'WEBP'\n"
    )
    assert (tmp_path / "hugo/layouts/home.html").read_text("utf-8").count("webp q76") == 3
    assert json.loads((tmp_path / "hugo/hugo.json").read_text("utf-8"))["title"] == "photos"
