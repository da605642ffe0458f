"""Large pictures through FFmpeg's decoders, made smaller before they are RGB: in a fraction of others' memory.

Pillow takes 16 bytes for each pixel of a WebP, which it opens as an animation; libheif has a HEIC at once as planes
and as RGB. FFmpeg keeps planes, of 1.5 bytes for each pixel, and scales from them.
"""

from __future__ import annotations

import io

import av
from av.codec import CodecContext
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from PIL import Image

from generator.images import yuv
from generator.images.heif_tiles import Single
from generator.images.memory import shrinking
from generator.images.png_webp import WebPHead, webp_chunks

WEBP = "WEBP"
"""Pillow's name of the format."""
_TOLD = {b"EXIF": ("exif", 0x08), b"ICCP": ("icc_profile", 0x20)}
"""What chunks are to Pillow, and the flag without which they do not count (RFC 9649, section 2.7)."""
_MEANS = Interpolation.AREA | Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND
"""Means of pixels. Without the last two every colour is two levels darker, for a tenth less time."""
_FORMULAS = {1: Colorspace.ITU709, 5: Colorspace.ITU601, 6: Colorspace.SMPTE170M}


def webp(data: bytes, head: WebPHead, edge: int) -> Image.Image:
    """Return a WebP that is still, made smaller, with what Pillow would tell of it.

    edge: its longer side has so many pixels at least. Raises OSError, or what av raises, for bytes that are no such
    picture.
    """
    decoder = CodecContext.create("webp", "r")
    decoder.thread_count = 1  # threads have memory of their own
    frames = decoder.decode(Packet(data)) + decoder.decode(None)
    if not head.lossless:
        _refuse_blank(frames)
    picture = _smaller(frames, (head.width, head.height), edge, clear=head.clear)
    picture.format = WEBP
    for name, told in webp_chunks(data):
        key, flag = _TOLD.get(name, ("", 0))
        if data[12:16] == b"VP8X" and data[20] & flag:
            picture.info.setdefault(key, bytes(told))
    return picture


def _refuse_blank(frames: list[VideoFrame]) -> None:
    """Raise OSError when rows are missing, which FFmpeg leaves at zero: no brightness that a file may hold."""
    for frame in frames:
        plane = frame.planes[0]
        pixels, stride = memoryview(plane), plane.line_size
        for row in {*range(0, frame.height, 16), frame.height - 1}:
            if not any(pixels[row * stride : row * stride + frame.width]):
                raise OSError("rows that are missing")


def refuse_cut(data: bytes) -> None:
    """Raise OSError for a JPEG whose scans end before all of its picture is told."""
    decoder = CodecContext.create("mjpeg", "r")
    decoder.thread_count = 1
    decoder.options = {"err_detect": "explode", "lowres": "3"}  # an eighth: its pixels do not matter
    try:
        decoder.decode(Packet(data))
        decoder.decode(None)
    except av.error.InvalidDataError as error:
        raise OSError("scans that end early") from error
    except av.error.FFmpegError:
        return  # of a kind that FFmpeg does not know


def heic(data: bytes, single: Single, edge: int) -> Image.Image:
    """Return a HEIC of one piece, upright and made smaller.

    edge: as in :func:`webp`. Raises OSError, or what av raises, for bytes that are no such picture.
    """
    with av.open(io.BytesIO(data), "r", format="mov") as file:
        stream = next((one for one in file.streams.video if one.id == single.number), None)
        if stream is None:
            raise OSError("no picture of that number")
        # Another than the stream's own, which would keep what it decoded.
        decoder = CodecContext.create("hevc", "r")
        decoder.extradata = stream.codec_context.extradata
        decoder.thread_count = 1
        decoder.options = {"err_detect": "explode"}  # not what it makes of damaged bytes
        frames = decoder.decode(next(file.demux(stream))) + decoder.decode(None)
        del decoder
    picture = _smaller(frames, (single.width, single.height), edge, formula=single.formula)
    return picture if single.turn is None else picture.transpose(single.turn)


def _smaller(
    frames: list[VideoFrame],
    size: tuple[int, int],
    edge: int,
    *,
    clear: bool = False,
    formula: tuple[int, bool] | None = None,
) -> Image.Image:
    """Return the one picture that was decoded, which ``frames`` then no longer holds."""
    frame = frames.pop()
    if frames or (frame.width, frame.height) != size:
        raise OSError("not the one picture that the file claims")
    times = shrinking(*size, edge)
    mode, form = ("RGBA", "rgba") if clear else ("RGB", "rgb24")
    matrix, whole_range = formula or (0, False)
    if formula and not whole_range and frame.format.name.startswith("yuvj"):
        raise OSError(
            "a file and its coded bytes that contradict each other"
        )  # FFmpeg cannot be told otherwise
    small = frame.reformat(
        width=-(-size[0] // times),
        height=-(-size[1] // times),
        format=form,
        interpolation=_MEANS,
        src_colorspace=_FORMULAS.get(matrix),
        src_color_range=(ColorRange.JPEG if whole_range else ColorRange.MPEG) if formula else None,
    )
    del frame  # before what it comes to is copied
    return yuv.picture(small, mode)
