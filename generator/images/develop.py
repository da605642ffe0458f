"""Turn a photo's bytes into the site's sizes, or into one JPEG for the archive; bad bytes give a :class:`Fault`.

The picture is decoded once: a JPEG as small as its decoder can make it, others whole and then reduced by the same
steps. It becomes sRGB, then planes of brightness and colour that are scaled from the largest size down and encoded
(:mod:`generator.images.yuv`). ``python -m tests.bench photos`` measures this; docs/decisions.md says what else was tried.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PIL import Image, UnidentifiedImageError, features

from generator.images import heic, png
from generator.images.colour import convert_to_scalable, convert_to_srgb
from generator.images.faults import (
    OFFERED,
    PUBLISHED,
    Bounds,
    Fault,
    check_size,
    check_suffix,
    report_animation,
    report_damage,
    report_empty_file,
    report_missing_heic_reader,
    report_other_content,
    report_still_too_large,
    report_too_many_bytes,
    report_too_many_pixels,
    report_too_much_memory,
)
from generator.images.png_chunks import SIGNATURE, is_truncated
from generator.images.recipe import Recipe, Size
from generator.images.truncation import refuse_missing_scans, refuse_short_scan
from generator.images.webp import WebP, read_webp

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

_Made = TypeVar("_Made")

_FORMATS = ("JPEG", "PNG", "WEBP")
_JPEGS = ("JPEG", "MPO")
_SEVERAL = ("MPO", heic.FORMAT)
"""Formats in which several pictures are no animation but one photo and what the phone added to it."""
_MOST_WEBP = 120_000_000
"""Pixels, of which Pillow takes 16 bytes for each."""
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
    """A reduced picture in its file's own colours, the profile that explains them, and the turn that puts it upright."""

    picture: Image.Image
    profile: object
    turn: Image.Transpose | None


def list_codec_versions() -> str:
    """Return the versions of everything that decides which bytes come out."""
    import importlib.metadata  # late: decoding processes, which never ask, start the sooner

    names = ("pil", "webp", "jpg", "libjpeg_turbo", "zlib", "littlecms2")
    versions = {name: features.version(name) for name in names}
    versions |= {"av": importlib.metadata.version("av"), "heif": heic.find_version()}
    return " ".join(f"{name}={version}" for name, version in versions.items())


def develop_photo(data: bytes, name: str, recipe: Recipe) -> Developed | Fault:
    """Return the renditions of the photo ``data``, whose file is called ``name``. Never raises for bad bytes."""

    def made(source: Image.Image) -> Developed:
        size = recipe.choose_sizes(*source.size)[0]
        return _encode_sizes(_to_planes(_decode(source, data, size), size), recipe)

    return _open(data, name, made)


def normalise_photo(
    data: bytes, name: str, edges: Sequence[int] = (2048,), weight: int | None = None
) -> Normalised | Fault:
    """Return the photo ``data`` as a JPEG for the archive, decoded once.

    It may be as large as phones take them. Never enlarged, never raises for bad bytes.
    name: its file's, whose suffix must be its content's.
    edges: pixels of its longer side at most, largest first; the first is taken of which it has ``weight`` bytes or less.
    """

    def made(source: Image.Image) -> Normalised | Fault:
        size = _fit_within(source.size, edges[0])
        tables = _find_coarser_tables(source) if source.size == (size.width, size.height) else None
        picture, profile, turn = _decode(source, data, size)
        whole = convert_to_srgb(_resize(picture, size), profile)
        if turn is not None:
            whole = whole.transpose(turn)
        for edge in edges:
            picture = _resize(whole, _fit_within(whole.size, edge))
            encoded = _encode_jpeg(picture, _ARCHIVE_QUALITY, tables if picture is whole else None)
            if weight is None or len(encoded) <= weight:
                return Normalised(data=encoded, width=picture.width, height=picture.height)
        return report_still_too_large()

    return _open(data, name, made, OFFERED)


def _resize(picture: Image.Image, size: Size) -> Image.Image:
    """Return a picture at ``size`` by Pillow's own Lanczos: the archive's copy is made once, so its 40 ms do not count."""
    wanted = (size.width, size.height)
    return picture if picture.size == wanted else picture.resize(wanted, Image.Resampling.LANCZOS)


def _fit_within(size: tuple[int, int], edge: int) -> Size:
    """Return a size of the same shape whose longer side has so many pixels at most."""
    share = min(1.0, edge / max(size))
    return Size(width=max(1, round(size[0] * share)), height=max(1, round(size[1] * share)))


def _open(
    data: bytes, name: str, use: Callable[[Image.Image], _Made], bounds: Bounds = PUBLISHED
) -> _Made | Fault:
    """Open a photo and return what ``use`` makes of it, or why it cannot be used."""
    if not data:
        return report_empty_file()
    if len(data) > bounds.bytes:
        return report_too_many_bytes(bounds)
    formats: tuple[str, ...] = _FORMATS
    if heic.is_heic(data):
        if not heic.can_read():
            return report_missing_heic_reader()
        formats = (heic.FORMAT,)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            # What Pillow grumbles about in damaged metadata does not matter: metadata is dropped.
            warnings.simplefilter("ignore", UserWarning)
            webp = read_webp(data)
            # Before Pillow opens it as an animation, for which it takes memory by what the header claims.
            if webp.width and (fault := _refuse_webp(webp, name, bounds)):
                return fault
            shown = png.drop_texts(data) if data.startswith(SIGNATURE) else data
            with Image.open(io.BytesIO(shown), formats=formats) as source:
                return _refuse(source, name, bounds) or use(source)
    except UnidentifiedImageError:
        return (
            report_damage()
            if heic.is_heic(data) or data.startswith(SIGNATURE)
            else report_other_content(data)
        )
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return report_too_many_pixels(bounds)
    except MemoryError:
        return report_too_much_memory()
    except RuntimeError as error:
        # So libheif says that it got no memory.
        return report_too_much_memory() if "Memory allocation" in str(error) else report_damage()
    except Exception:
        # On hostile bytes decoders raise almost anything (OSError, SyntaxError, struct.error, ValueError …);
        # whatever it is, this file is no photo that can be shown.
        return report_damage()


def _decode(source: Image.Image, data: bytes, size: Size) -> _Decoded:
    """Return the picture, less than twice as large as ``size``.   data: the file's bytes."""
    is_jpeg = source.format in _JPEGS
    if is_jpeg:
        refuse_missing_scans(data)
    elif source.format == "PNG":
        png.scale_clear_colour(source, data)
    # Of the exact aspect: in a square box the shorter side would keep a JPEG from being decoded smaller.
    source.draft(None, (size.width, size.height))
    # Pixels before anything else: what asks for notes first may swallow what the decoder says of the pixels.
    source.load()
    if is_jpeg:
        refuse_short_scan(source, data)
    elif source.format == "PNG" and is_truncated(data, most=None):
        raise OSError("a PNG without its last rows")
    return _Decoded(
        _reduce(convert_to_scalable(source), size), source.info.get("icc_profile"), _read_turn(source)
    )


def _reduce(picture: Image.Image, size: Size) -> Image.Image:
    """Return a picture as means of so many pixels as still leave ``size`` or more, as JPEG's decoder does.

    So a 12-megapixel HEIC is as like its original as the same JPEG (SSIM 0.9451; 0.9460 without), for 3 % fewer bytes.
    """
    times = min(picture.width // size.width, picture.height // size.height)
    return picture.reduce(times) if times > 1 else picture


def _to_planes(decoded: _Decoded, size: Size) -> VideoFrame:
    """Return the picture as planes of ``size``, upright."""
    from generator.images import yuv  # late: the parent process never needs FFmpeg

    planes = yuv.convert_from_rgb(convert_to_srgb(decoded.picture, decoded.profile), size)
    return planes if decoded.turn is None else yuv.transpose_planes(planes, decoded.turn)


def _encode_sizes(planes: VideoFrame, recipe: Recipe) -> Developed:
    from generator.images import yuv  # late, as above

    encoded, fallback = [], None
    for size in recipe.choose_sizes(planes.width, planes.height):
        planes = yuv.scale_planes(planes, size)
        webp = yuv.encode_webp(planes, recipe.quality, recipe.choose_method(size))
        encoded.append(Encoded(size=size, data=webp))
        if fallback is None and size.edge <= recipe.fallback_edge:
            jpeg = _encode_jpeg(
                yuv.convert_to_rgb(planes, fast=True), recipe.fallback_quality, optimize=False
            )
            fallback = Encoded(size=size, data=jpeg)
    if fallback is None:
        raise ValueError("a recipe's smallest edge is no larger than its fallback")
    return Developed(sizes=tuple(encoded), fallback=fallback, colour=_find_colour(yuv.convert_to_rgb(planes)))


def _find_colour(picture: Image.Image) -> str:
    """Return the colour of most of a picture. Its mean would be a brown that is nowhere in it."""
    coarse = picture.resize((24, 24), Image.Resampling.BOX).quantize(6)
    most = max(coarse.histogram()[:6])
    number = coarse.histogram().index(most)
    red, green, blue = (coarse.getpalette() or [])[3 * number : 3 * number + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _encode_jpeg(
    picture: Image.Image, quality: int, tables: list[list[int]] | None = None, *, optimize: bool = True
) -> bytes:
    picture.info.clear()
    out = io.BytesIO()
    options = {"qtables": tables} if tables else {"quality": quality}
    picture.save(out, "JPEG", subsampling="4:2:0", optimize=optimize, **options)
    return out.getvalue()


def _find_coarser_tables(source: Image.Image) -> list[list[int]] | None:
    """Return the quantisation of a JPEG that was saved more coarsely than the archive would save it.

    Saving such a picture with our finer tables would only make it larger.
    """
    tables = getattr(source, "quantization", None)
    if not isinstance(tables, dict) or not tables or min(tables) != 0 or len(tables) > 2:
        return None
    own = [list(table) for _, table in sorted(tables.items())]
    return own if sum(own[0]) > _ARCHIVE_LUMA else None


def _refuse(source: Image.Image, name: str, bounds: Bounds) -> Fault | None:
    # A phone's "motion" or stereo JPEG is an MPO to Pillow; its first picture is the photo.
    kind = "JPEG" if source.format == "MPO" else str(source.format)
    if fault := check_suffix(kind, name):
        return fault
    if source.format not in _SEVERAL and getattr(source, "n_frames", 1) > 1:
        return report_animation()
    return check_size(source.width, source.height, bounds)


def _refuse_webp(head: WebP, name: str, bounds: Bounds) -> Fault | None:
    if head.frames > 1:
        return check_suffix("WEBP", name) or report_animation()
    fault = check_suffix("WEBP", name) or check_size(head.width, head.height, bounds)
    # A decoder without memory may call it damaged. No phone takes photos as WebP.
    return fault or (report_too_much_memory() if head.width * head.height > _MOST_WEBP else None)


def _read_turn(source: Image.Image) -> Image.Transpose | None:
    """Return what puts a loaded picture upright (TIFF 6.0, tag 274). As in browsers, only EXIF counts, not XMP."""
    exif = Image.Exif()
    try:
        exif.load(source.info.get("exif") or b"")
        found = exif.get(_ORIENTATION)
    except Exception:  # damaged EXIF raises anything; the picture itself may be fine
        return None
    return _TURNS.get(found) if isinstance(found, int) else None
