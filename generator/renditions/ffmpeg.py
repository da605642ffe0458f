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
from PIL import Image

from generator.photo_memory import shrinking
from generator.renditions.heif_grid import Single
from generator.soundness import WebPHead, webp_chunks

WEBP = "WEBP"
"""Pillow's name of the format."""
_TOLD = {b"EXIF": "exif", b"ICCP": "icc_profile"}


def webp(data: bytes, head: WebPHead, edge: int) -> Image.Image:
    """Return a WebP that is still, made smaller, with what Pillow would tell of it.

    edge: its longer side has so many pixels at least. Raises OSError, or what av raises, for bytes that are no such
    picture.
    """
    decoder = CodecContext.create("webp", "r")
    decoder.thread_count = 1  # threads have memory of their own
    frames = decoder.decode(Packet(data)) + decoder.decode(None)
    picture = _smaller(frames, (head.width, head.height), edge, clear=head.clear)
    picture.format = WEBP
    picture.info = {_TOLD[name]: bytes(told) for name, told in webp_chunks(data) if name in _TOLD}
    return picture


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
        frames = decoder.decode(next(file.demux(stream))) + decoder.decode(None)
        del decoder
    picture = _smaller(frames, (single.width, single.height), edge)
    return picture if single.turn is None else picture.transpose(single.turn)


def _smaller(
    frames: list[VideoFrame], size: tuple[int, int], edge: int, *, clear: bool = False
) -> Image.Image:
    """Return the one picture that was decoded, which ``frames`` then no longer holds."""
    frame = frames.pop()
    if frames or (frame.width, frame.height) != size:
        raise OSError("not the one picture that the file claims")
    times = shrinking(*size, edge)
    mode, form = ("RGBA", "rgba") if clear else ("RGB", "rgb24")
    small = frame.reformat(
        width=-(-size[0] // times), height=-(-size[1] // times), format=form, interpolation="AREA"
    )
    del frame  # before what it comes to is copied
    plane = small.planes[0]
    return Image.frombytes(mode, (small.width, small.height), bytes(plane), "raw", mode, plane.line_size)
