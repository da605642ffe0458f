"""One reader of each picture format, as lenient as the decoders: a check and a build judge the same file alike."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from generator.images.develop import develop_photo
from generator.images.facts import read_photo_facts
from generator.images.faults import Fault, report_animation, report_damage
from generator.images.heif import Extent, Heif, read_heif
from generator.images.iptc import has_place_in_resource
from generator.images.jpeg import read_jpeg
from generator.images.png_chunks import read_header, walk_png_chunks
from generator.images.recipe import RECIPE
from generator.images.webp import read_webp
from tests.hostile_photos.formats import PNG, chunk, encoded, header, riff, segment, webp_frame
from tests.photo_places import app1, exif, iptc, photoshop

JPEG = encoded("JPEG")


def _with(*segments: bytes) -> bytes:
    return JPEG[:2] + b"".join(segments) + JPEG[2:]


def _fault(data: bytes, name: str) -> Fault | None:
    made = develop_photo(data, name, RECIPE)
    return made if isinstance(made, Fault) else None


# --- JPEG -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("marker", [0xE1, 0xEF, 0xFE])
@pytest.mark.parametrize("length", [0, 1])
def test_a_segment_that_libjpeg_skips_may_be_shorter_than_its_length(marker: int, length: int) -> None:
    """The facts called such a photo broken, while a build published it."""
    data = _with(bytes((0xFF, marker, 0, length)))
    assert (read_photo_facts(data).whole, read_photo_facts(data).metadata) == (True, 4)
    assert _fault(data, "a.jpg") is None


@pytest.mark.parametrize("marker", [0xDB, 0xC4])
def test_a_table_shorter_than_its_length_is_an_error(marker: int) -> None:
    at = JPEG.index(bytes((0xFF, marker)))
    data = JPEG[: at + 2] + b"\0\1" + JPEG[at + 4 :]
    assert not read_photo_facts(data).whole
    assert _fault(data, "a.jpg") == report_damage()


def test_a_segment_that_the_end_cuts_off_ends_the_reading() -> None:
    cut = read_jpeg(JPEG[:2] + segment(0xFE, b"abc") + segment(0xE1, b"x" * 100)[:50])
    assert ([each.content for each in cut.segments], cut.end) == ([b"abc"], None)


@pytest.mark.parametrize("behind", [b"", b"\0" * 9 + JPEG])
def test_metadata_between_scans_is_read_whatever_follows_the_picture(behind: bytes) -> None:
    """The facts read it only where an end marker stood in what follows."""
    layered = encoded("JPEG", progressive=True)
    at = layered.index(b"\xff\xda", layered.index(b"\xff\xda") + 2)
    part = app1(exif())
    facts = read_photo_facts(layered[:at] + part + layered[at:] + behind)
    assert (facts.whole, facts.places, facts.metadata) == (True, ("exif",), len(part))


def test_the_first_frame_is_the_picture() -> None:
    """A decoder refuses a second one."""
    at = JPEG.index(b"\xff\xc0")
    second = segment(0xC0, struct.pack(">BHHB", 8, 10, 10, 1) + b"\1\x11\0")
    frame = read_jpeg(JPEG[: at + 19] + second + JPEG[at + 19 :]).frame
    assert frame
    assert (frame.width, frame.height, frame.components) == (640, 480, (1, 2, 3))


# --- PNG and WebP -----------------------------------------------------------------------------------


def test_a_png_without_its_whole_header_has_no_size() -> None:
    """Half a size was told before."""
    data = PNG + header(640, 480)
    assert read_header(data) == (640, 480, 8, 2, 0, 0, 0)
    for cut in range(8, len(data)):
        facts = read_photo_facts(data[:cut])
        assert (facts.width, facts.height, facts.whole, list(walk_png_chunks(data[:cut]))) == (
            0,
            0,
            False,
            [],
        )


@pytest.mark.parametrize("content", [b"", bytes(12), bytes(14)])
def test_a_png_header_of_another_length_is_none(content: bytes) -> None:
    data = PNG + chunk(b"IHDR", content) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
    assert read_header(data) is None
    assert not read_photo_facts(data).whole


def test_chunks_behind_a_webps_length_are_appended_bytes() -> None:
    """As to libwebp; the build's reader took them for further pictures, and refused the photo as moving."""
    picture = webp_frame(encoded("WEBP"))
    canvas = b"VP8X", bytes(4) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
    further = riff(picture)[12:]
    data = riff(canvas, picture) + further
    facts = read_photo_facts(data)
    assert (facts.frames, facts.whole, facts.appended) == (1, True, len(further))
    assert read_webp(data).frames == 1
    assert _fault(data, "a.webp") is None


def test_a_webp_of_two_pictures_moves() -> None:
    """The build's reader did not look beyond the first chunk."""
    data = riff(webp_frame(encoded("WEBP")), webp_frame(encoded("WEBP")))
    assert read_photo_facts(data).frames == 2
    assert _fault(data, "a.webp") == report_animation()


def test_a_webp_chunk_that_is_cut_off_counts_as_far_as_it_goes() -> None:
    data = riff(webp_frame(encoded("WEBP")), (b"EXIF", exif()))
    facts = read_photo_facts(data[:-20])
    assert (facts.whole, facts.metadata, facts.places) == (
        False,
        8 + len(exif()) - 20 + len(exif()) % 2,
        ("exif",),
    )


# --- HEIF -------------------------------------------------------------------------------------------


def _box(kind: bytes, *content: bytes) -> bytes:
    data = b"".join(content)
    return struct.pack(">I", 8 + len(data)) + kind + data


def _heif(
    *more: bytes, sizes: bytes = _box(b"ispe", bytes(4), struct.pack(">II", 640, 480)), extent: bytes = b""
) -> bytes:
    """Return boxes around no pixels: one EXIF item, whose place may be another than its own."""
    place = extent or struct.pack(">II", 40, 10)
    items = _box(b"iinf", bytes(4), b"\0\1", _box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0"))
    places = _box(b"iloc", b"\0\0\0\0\x44\0\0\1", b"\0\1\0\0\0\1", place)
    meta = _box(b"meta", bytes(4), items, places, _box(b"iprp", _box(b"ipco", sizes)))
    return _box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta + b"".join(more) + _box(b"mdat", bytes(50))


def test_boxes_of_a_heif() -> None:
    data = _heif(_box(b"free", bytes(3)))
    assert read_heif(data + b"behind it") == Heif(
        width=640, height=480, moving=False, whole=True, end=len(data), metadata=(Extent(b"Exif", 40, 10),)
    )


ODD: dict[str, tuple[Callable[[], bytes], tuple[int, int, bool, int]]] = {
    "nothing": (lambda: b"", (0, 0, False, 0)),
    "cut among the boxes": (lambda: _heif()[:60], (0, 0, False, 0)),
    "cut in the pixels": (lambda: _heif()[:-20], (640, 480, False, 1)),
    "an item beyond the end": (lambda: _heif(extent=struct.pack(">II", 40, 9999)), (640, 480, False, 1)),
    "a second list of items": (
        lambda: _heif(_box(b"meta", bytes(4), _box(b"iprp", _box(b"ipco", bytes(99))))), (640, 480, True, 1)),
    "a box longer than what holds it": (
        lambda: _heif(sizes=struct.pack(">I", 2**31) + b"ispe" + bytes(4) + struct.pack(">II", 640, 480)),
        (640, 480, True, 1)),
    "a box shorter than its head": (lambda: _heif(sizes=struct.pack(">I", 4) + b"ispe" * 9), (0, 0, True, 1)),
    "a box of 64 bits": (
        lambda: _heif(sizes=b"\0\0\0\1ispe" + struct.pack(">QIII", 28, 0, 640, 480)), (640, 480, True, 1)),
    "boxes by the hundred thousand": (lambda: _heif(_box(b"free") * 100_000), (640, 480, False, 1)),
}  # fmt: skip


@pytest.mark.parametrize("kind", ODD)
def test_odd_boxes_are_read_as_far_as_they_go(kind: str) -> None:
    make, expected = ODD[kind]
    found = read_heif(make())
    assert (found.width, found.height, found.whole, len(found.metadata)) == expected


# --- IPTC -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [b"", b"x"])
@pytest.mark.parametrize("name", [b"\0\0", b"\4name\0", b"\3abc"])
def test_a_resource_is_read_wherever_it_begins(before: bytes, name: bytes) -> None:
    """Its name's padding was counted from the file's beginning."""
    resource = photoshop(iptc(90)).replace(b"8BIM\4\4\0\0", b"8BIM\4\4" + name)
    assert has_place_in_resource(before + resource, len(before))
