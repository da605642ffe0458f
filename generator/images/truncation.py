"""Detect truncated JPEGs: libjpeg pads missing data silently."""

from __future__ import annotations

import io

from PIL import Image

from generator.images.jpeg import read_head, read_jpeg, replace_end


def refuse_missing_scans(data: bytes) -> None:
    """Raise OSError for a layered JPEG with missing or truncated scans."""
    if not read_head(data).is_layered:
        return
    if read_jpeg(data).lacks_scans:
        raise OSError("a JPEG without its last scans")
    _refuse_short_scans(data)


def _refuse_short_scans(data: bytes) -> None:
    """Raise OSError for a layered JPEG one of whose scans ends early, which FFmpeg reports and libjpeg does not."""
    import av  # late: hardly a photo is layered
    from av.codec import CodecContext
    from av.packet import Packet

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


def refuse_short_scan(source: Image.Image, data: bytes) -> None:
    """Raise OSError for a JPEG of a single scan that ends early.   source: the same, its pixels loaded.

    Hardly a photo ends with so much of one colour as what is made up: only those are read again.
    """
    width, height = source.size
    end = source.crop((width - max(2, width // 16), height - 1, width, height))
    if end.getcolors(1) is None:
        return
    padded = replace_end(data)
    if padded is None:
        return
    with Image.open(io.BytesIO(padded), formats=("JPEG",)) as again:
        again.draft(None, (1, 1))  # as small as can be: all that matters is that nothing is missing
        again.load()
