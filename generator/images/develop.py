"""Bytes of a photo → encoded sizes, the only place that touches pixels. Bad bytes give a :class:`Fault`.

One decode, as small as the format allows, then planes of brightness and colour, scaled from the largest size down
(:mod:`generator.images.yuv`). ``python -m tests.bench photos`` has the set of photos and the peers.

What the encoder's effort and the filter come to, in milliseconds of one core for a phone's JPEG of 8 to 12
megapixels, bytes of the three WebP sizes, and their SSIM to the original, all at quality 78, scaled and encoded as RGB:

=====================================  ====  ======  =====
recipe                                   ms      kB   SSIM
=====================================  ====  ======  =====
scaled by Pillow, Hamming, method 2     143     192  0.941
the same with bilinear                  131     178  0.941
Lanczos in SIMD, method 2               120     207  0.949
Lanczos in SIMD, method 1               101     228  0.949
Lanczos in SIMD, method 0                88     243  0.949
Lanczos in SIMD, method 4               223     200  0.951
=====================================  ====  ======  =====

So Lanczos is worth its name, method 4 is not worth its time, and quality 76 has the bytes that Hamming had, more like
the original. The two larger sizes alone, at quality 76:

========  ====  ======  =====  ====  ======  =====
method    1600      kB   SSIM   800      kB   SSIM
========  ====  ======  =====  ====  ======  =====
2           54     136  0.921    14      43  0.952
1           38     151  0.921    11      49  0.953
0           31     161  0.921     9      52  0.953
========  ====  ======  =====  ====  ======  =====

The largest is fetched only by who opens a photo, while the smaller ones are what pages show: it alone gets method 0,
which makes the whole a fourth faster. Method 1 for the middle one would save a twentieth more; its bytes put the first
screen of a large gallery over its budget.

On another machine, a photo in milliseconds: decoding 42, of which 31 are its Huffman codes; planes and scaling 15,
WebP 31, 17 and 3, the JPEG 2, its own Huffman tables would take 1.3 more for 2.7 % of what hardly a browser fetches.
Tried and left, each with what it is in place of: scaling and encoding RGB through libvips or Pillow (76 in place of
66); cubic in place of Lanczos (3 less, less like by 0.002, 4 % smaller); one segment in the encoder (a quarter faster,
8 % larger at the same likeness); FFmpeg's presets (those set method 4); the middle size with method 1 at quality 72
(3 less, 4 % larger and less like); FFmpeg's JPEG decoder at half size, which gives planes at once (65 in place of 42);
YCbCr from Pillow's (43 in place of 42, and planes are to be made of it); simplejpeg's (3 more); feeding the decoder in
one piece (0.4 less); handing pixels to FFmpeg through NumPy (0.8 less, but it takes 80 MB).
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PIL import Image, UnidentifiedImageError, features

from generator.images import heic, png
from generator.images.colour import is_standard, scalable, standard
from generator.images.faults import (
    OFFERED,
    PUBLISHED,
    Bounds,
    Fault,
    damaged,
    empty,
    misnamed,
    moving,
    no_heic,
    not_a_photo,
    out_of_size,
    still_too_large,
    too_many_bytes,
    too_many_pixels,
    too_much_memory,
)
from generator.images.png_chunks import SIGNATURE, is_truncated
from generator.images.recipe import Recipe, Size
from generator.images.scaling import scaled
from generator.images.truncation import refuse_missing_scans, refuse_short_scan
from generator.images.webp import WebP, read_webp

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_Made = TypeVar("_Made")

_FORMATS = ("JPEG", "PNG", "WEBP")
_JPEGS = ("JPEG", "MPO")
_SEVERAL = ("MPO", heic.FORMAT)
"""Formats in which several pictures are no animation but one photo and what the phone added to it."""
_AT_ONCE = 8_000_000
"""Pixels up to which a picture becomes planes in one step with being scaled, for which it is held twice."""
_LARGE = 16_000_000
"""Pixels from which on time and memory count for more than the last bit of sharpness."""
_ORIENTATION = 0x0112
Image.MAX_IMAGE_PIXELS = (
    OFFERED.pixels
)  # Pillow's own guard; each photo is held to its bounds before it is decoded
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_ARCHIVE_QUALITY = 88
_ARCHIVE_LUMA = 884
"""Sum of the luminance quantisation table at that quality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """One finished size: WebP (the fallback: JPEG) bytes that hold pixels and nothing else."""

    size: Size
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Developed:
    """All sizes of a photo, largest first, and its dominant ``colour`` as ``#rrggbb``.

    fallback: one JPEG for browsers without WebP, made of the largest size that is no larger than it may be.
    """

    sizes: tuple[Encoded, ...]
    fallback: Encoded
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A phone's photo made fit for the archive: an upright sRGB JPEG that holds pixels and nothing else."""

    data: bytes
    width: int
    height: int


class _Decoded(NamedTuple):
    """A picture as its file holds it, the profile that explains its colours, and how it is put upright."""

    picture: Image.Image
    profile: object
    turn: Image.Transpose | None


def codecs() -> str:
    """Return the versions of everything that decides which bytes come out."""
    import importlib.metadata  # late: decoding processes, which never ask, start the sooner

    names = ("pil", "webp", "jpg", "libjpeg_turbo", "zlib", "littlecms2")
    versions = {name: features.version(name) for name in names}
    versions |= {name: importlib.metadata.version(name) for name in ("cykooz-resizer", "av")}
    versions |= {"heif": heic.version()}
    return " ".join(f"{name}={version}" for name, version in versions.items())


def develop(data: bytes, name: str, recipe: Recipe) -> Developed | Fault:
    """Return the renditions of the photo ``data``, whose file is called ``name``. Never raises for bad bytes."""

    def made(source: Image.Image) -> Developed:
        size = recipe.sizes(*source.size)[0]
        return _cascade(_planes(source, _decoded(source, data, size), size), recipe)

    return _opened(data, name, made)


def normalise(
    data: bytes, name: str, edges: Sequence[int] = (2048,), weight: int | None = None
) -> Normalised | Fault:
    """Return the photo ``data`` as a JPEG for the archive, decoded once.

    It may be as large as phones take them. Never enlarged, never raises for bad bytes.
    name: its file's, whose suffix must be its content's.
    edges: pixels of its longer side at most, largest first; the first is taken of which it has ``weight`` bytes or less.
    """

    def made(source: Image.Image) -> Normalised | Fault:
        size = _within(source.size, edges[0])
        tables = _coarser_tables(source) if source.size == (size.width, size.height) else None
        decoded = _decoded(source, data, size)
        whole = _standard(source, decoded, size)
        if decoded.turn is not None:
            whole = whole.transpose(decoded.turn)
        for edge in edges:
            picture = scaled(whole, _within(whole.size, edge))
            encoded = _jpeg(picture, _ARCHIVE_QUALITY, tables if picture is whole else None)
            if weight is None or len(encoded) <= weight:
                return Normalised(data=encoded, width=picture.width, height=picture.height)
        return still_too_large()

    return _opened(data, name, made, OFFERED)


def _within(size: tuple[int, int], edge: int) -> Size:
    """Return a size of the same shape whose longer side has so many pixels at most."""
    share = min(1.0, edge / max(size))
    return Size(width=max(1, round(size[0] * share)), height=max(1, round(size[1] * share)))


def _opened(
    data: bytes, name: str, use: Callable[[Image.Image], _Made], bounds: Bounds = PUBLISHED
) -> _Made | Fault:
    """Open a photo and return what ``use`` makes of it, or why it cannot be used."""
    if not data:
        return empty()
    if len(data) > bounds.bytes:
        return too_many_bytes(bounds)
    formats: tuple[str, ...] = _FORMATS
    if heic.is_heic(data):
        if not heic.can_read():
            return no_heic()
        formats = (heic.FORMAT,)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # What Pillow grumbles about in damaged metadata does not matter: metadata is dropped.
            warnings.simplefilter("ignore", UserWarning)
            head = read_webp(data)
            if head.width and (
                fault := _refused_webp(head, name, bounds)
            ):  # Pillow opens each as an animation
                return fault
            shown = png.drop_texts(data) if data.startswith(SIGNATURE) else data
            with Image.open(io.BytesIO(shown), formats=formats) as source:
                return _refused(source, name, bounds) or use(source)
    except UnidentifiedImageError:
        return damaged() if heic.is_heic(data) or data.startswith(SIGNATURE) else not_a_photo(data)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return too_many_pixels(bounds)
    except MemoryError:
        return too_much_memory()
    except RuntimeError as error:
        # So libheif says that it got no memory.
        return too_much_memory() if "Memory allocation" in str(error) else damaged()
    except Exception:
        # On hostile bytes decoders raise almost anything (OSError, SyntaxError, struct.error, ValueError …);
        # whatever it is, this file is no photo that can be shown.
        return damaged()


def _decoded(source: Image.Image, data: bytes, size: Size) -> _Decoded:
    """Return the picture, hardly larger than ``size`` where its format allows.   data: the file's bytes."""
    is_jpeg = source.format in _JPEGS
    if is_jpeg:
        refuse_missing_scans(data)
    elif source.format == "PNG":
        png.scale_clear_colour(source, data)
    if source.format != heic.FORMAT:
        # Of the exact aspect: in a square box the shorter side would keep a JPEG from being decoded smaller.
        source.draft(None, (size.width, size.height))
    # Pixels before anything else: what asks for notes first may swallow what the decoder says of the pixels.
    source.load()
    if is_jpeg:
        refuse_short_scan(source, data)
    elif source.format == "PNG" and is_truncated(data, most=None):
        raise OSError("a PNG without its last rows")
    return _Decoded(_reduced(scalable(source), size), source.info.get("icc_profile"), _turn(source))


def _reduced(picture: Image.Image, size: Size) -> Image.Image:
    """Return a large picture as means of so many pixels as still leave more than ``size``.

    That is what a JPEG's decoder does on the way to a smaller picture, and four times as fast as Lanczos.
    """
    times = min(picture.width // size.width, picture.height // size.height)
    return picture.reduce(times) if times > 1 and picture.width * picture.height > _LARGE else picture


def _standard(source: Image.Image, decoded: _Decoded, size: Size) -> Image.Image:
    """Return the picture at ``size``, in sRGB.   source: the file's picture, which is no longer needed then."""
    picture = scaled(decoded.picture, size)
    if picture is not source:
        source.close()  # 50 million pixels take 200 MB; encoding needs some of its own
    # Colour is put right once, at the largest size that is needed.
    return standard(picture, decoded.profile)


def _planes(source: Image.Image, decoded: _Decoded, size: Size) -> VideoFrame:
    """Return the picture as planes of ``size``, upright.   source: as above."""
    from generator.images import yuv  # late: its libraries are of no use to who has photos made

    picture = decoded.picture
    if picture.width * picture.height > _AT_ONCE or not is_standard(picture, decoded.profile):
        picture = _standard(source, decoded, size)
    made = yuv.of_rgb(picture, size)
    source.close()
    return yuv.turned(made, decoded.turn) if decoded.turn is not None else made


def _cascade(picture: VideoFrame, recipe: Recipe) -> Developed:
    from generator.images import yuv  # late, as above

    encoded, fallback = [], None
    for size in recipe.sizes(picture.width, picture.height):
        picture = yuv.scaled(picture, size)
        encoded.append(Encoded(size=size, data=yuv.webp(picture, recipe.quality, recipe.method_for(size))))
        if fallback is None and size.edge <= recipe.fallback_edge:
            jpeg = _jpeg(yuv.rgb(picture, fast=True), recipe.fallback_quality, optimize=False)
            fallback = Encoded(size=size, data=jpeg)
    if fallback is None:
        raise ValueError("a recipe's smallest edge is no larger than its fallback")
    return Developed(sizes=tuple(encoded), fallback=fallback, colour=_dominant(yuv.rgb(picture)))


def _dominant(picture: Image.Image) -> str:
    """Return the colour of most of a picture. Its mean would be a brown that is nowhere in it."""
    coarse = picture.resize((24, 24), Image.Resampling.BOX).quantize(6)
    most = max(coarse.histogram()[:6])
    number = coarse.histogram().index(most)
    red, green, blue = (coarse.getpalette() or [])[3 * number : 3 * number + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _jpeg(
    picture: Image.Image, quality: int, tables: list[list[int]] | None = None, *, optimize: bool = True
) -> bytes:
    picture.info.clear()
    out = io.BytesIO()
    options = {"qtables": tables} if tables else {"quality": quality}
    picture.save(out, "JPEG", subsampling="4:2:0", optimize=optimize, **options)
    return out.getvalue()


def _coarser_tables(source: Image.Image) -> list[list[int]] | None:
    """Return the quantisation of a JPEG that was saved more coarsely than the archive would save it.

    Saving such a picture with our finer tables would only make it larger.
    """
    tables = getattr(source, "quantization", None)
    if not isinstance(tables, dict) or not tables or min(tables) != 0 or len(tables) > 2:
        return None
    own = [list(table) for _, table in sorted(tables.items())]
    return own if sum(own[0]) > _ARCHIVE_LUMA else None


def _refused(source: Image.Image, name: str, bounds: Bounds) -> Fault | None:
    # A phone's "motion" or stereo JPEG is an MPO to Pillow; its first picture is the photo.
    kind = "JPEG" if source.format == "MPO" else str(source.format)
    if fault := misnamed(kind, name):
        return fault
    if source.format not in _SEVERAL and getattr(source, "n_frames", 1) > 1:
        return moving()
    return out_of_size(source.width, source.height, bounds)


def _refused_webp(head: WebP, name: str, bounds: Bounds) -> Fault | None:
    if head.frames > 1:
        return misnamed("WEBP", name) or moving()
    return misnamed("WEBP", name) or out_of_size(head.width, head.height, bounds)


def _turn(source: Image.Image) -> Image.Transpose | None:
    """Return what puts a loaded picture upright (TIFF 6.0, tag 274). As in browsers, only EXIF counts, not XMP."""
    exif = Image.Exif()
    try:
        exif.load(source.info.get("exif") or b"")
        found = exif.get(_ORIENTATION)
    except Exception:  # damaged EXIF raises anything; the picture itself may be fine
        return None
    return _TURNS.get(found) if isinstance(found, int) else None
