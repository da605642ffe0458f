"""Scale, turn and encode pictures as planes of brightness and, at half the size, colour (YUV 4:2:0) with FFmpeg.

WebP encodes such planes. FFmpeg makes them once, while it scales, and then has half as many bytes to scale further
(docs/decisions.md, Photos).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from av.codec import Codec, CodecContext
from av.codec.codec import UnknownCodecError
from av.filter import Graph
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from PIL import Image

from generator.images.recipe import Size

_PLANES = "yuv420p"
_ENCODER: Literal["libwebp"] = "libwebp"
_RATE = Fraction(1)
"""Frames a second, which FFmpeg requires even for a single picture."""
_BAND = 64
"""Rows that are handed over at a time: so few stay in the processor's cache, which takes a third less time."""
_TURNS = {
    Image.Transpose.FLIP_LEFT_RIGHT: (("hflip", ""),),
    Image.Transpose.ROTATE_180: (("hflip", ""), ("vflip", "")),
    Image.Transpose.FLIP_TOP_BOTTOM: (("vflip", ""),),
    Image.Transpose.TRANSPOSE: (("transpose", "cclock_flip"),),
    Image.Transpose.ROTATE_270: (("transpose", "clock"),),
    Image.Transpose.TRANSVERSE: (("transpose", "clock_flip"),),
    Image.Transpose.ROTATE_90: (("transpose", "cclock"),),
}
"""FFmpeg's filters for Pillow's turns."""
_EXACT = Interpolation.POINT | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND
"""Without these, RGB is off by up to 2 levels on average where the height is odd."""


def can_encode() -> bool:
    """Say whether this FFmpeg encodes WebP, as that of every wheel does."""
    try:
        Codec(_ENCODER, "w")
    except UnknownCodecError:
        return False
    return True


def convert_from_rgb(picture: Image.Image, size: Size) -> VideoFrame:
    """Return an RGB picture as planes at ``size``."""
    whole = VideoFrame(picture.width, picture.height, "rgb24")
    stride, pixels = whole.planes[0].line_size, memoryview(whole.planes[0]).cast("B")
    for top in range(0, picture.height, _BAND):
        end = min(top + _BAND, picture.height)
        rows = picture.crop((0, top, picture.width, end)).tobytes("raw", "RGB", stride)
        pixels[top * stride : end * stride] = rows
    return _reformat(whole, size)


def scale_planes(planes: VideoFrame, size: Size) -> VideoFrame:
    """Return planes at ``size``."""
    if (planes.width, planes.height) == (size.width, size.height):
        return planes
    return _reformat(planes, size)


def transpose_planes(planes: VideoFrame, turn: Image.Transpose) -> VideoFrame:
    """Return planes turned or mirrored as Pillow would a picture."""
    graph = Graph()
    graph.threads = 1
    begin = graph.add_buffer(width=planes.width, height=planes.height, format=planes.format, time_base=_RATE)
    turns = [graph.add(name, how) for name, how in _TURNS[turn]]
    graph.link_nodes(begin, *turns, graph.add("buffersink")).configure()
    graph.vpush(planes)
    return graph.vpull()


def encode_webp(planes: VideoFrame, quality: int, method: int) -> bytes:
    """Return planes as WebP.   quality: 0 to 100.   method: the encoder's effort, 0 to 6."""
    encoder = CodecContext.create(_ENCODER, "w")
    encoder.width, encoder.height, encoder.pix_fmt = planes.width, planes.height, _PLANES
    encoder.time_base = _RATE
    encoder.thread_count = 1
    encoder.options = {"quality": str(quality), "compression_level": str(method)}
    return b"".join(bytes(packet) for packet in encoder.encode(planes) + encoder.encode(None))


def convert_to_rgb(planes: VideoFrame, *, fast: bool = False) -> Image.Image:
    """Return planes as an RGB picture.

    fast: in an eighth of the time, off by half a level, where rows come in pairs; it makes no difference elsewhere.
    """
    whole = planes.reformat(
        format="rgb24",
        interpolation=None if fast and planes.height % 2 == 0 else _EXACT,
        src_colorspace=Colorspace.ITU601,
        src_color_range=ColorRange.MPEG,
        threads=1,
    )
    plane = whole.planes[0]
    return Image.frombytes("RGB", (whole.width, whole.height), bytes(plane), "raw", "RGB", plane.line_size)


def _reformat(picture: VideoFrame, size: Size) -> VideoFrame:
    return picture.reformat(
        width=size.width,
        height=size.height,
        format=_PLANES,
        # As WebP's decoders read them (RFC 6386, section 9.2).
        dst_colorspace=Colorspace.ITU601,
        dst_color_range=ColorRange.MPEG,
        interpolation="LANCZOS",
        threads=1,
    )
