"""Is all of a JPEG there? What is missing before an end marker, its decoder fills up with one colour, and says nothing."""

from __future__ import annotations

import io

from PIL import Image

from generator.images.jpeg import jpeg_frame, lacks_scans, without_end
from generator.images.memory import jpeg_by_ffmpeg


def refuse_thin(data: bytes, most: int) -> None:
    """Raise OSError for a layered JPEG whose scans are not all there, or end early.

    most: bytes that this process may take; where the scans themselves would take more, only their heads are read.
    """
    frame = jpeg_frame(data)
    if frame is None or not frame.layered:
        return
    if lacks_scans(data):
        raise OSError("a JPEG without its last scans")
    if jpeg_by_ffmpeg(data) <= most:
        from generator.images import ffmpeg  # late: hardly a photo is layered

        ffmpeg.refuse_cut(data)


def refuse_cut(source: Image.Image, data: bytes) -> None:
    """Raise OSError for a JPEG of a single scan that ends early.   source: the same, its pixels loaded.

    Hardly a photo ends with so much of one colour as what is made up: only those are read again.
    """
    width, height = source.size
    end = source.crop((width - max(2, width // 16), height - 1, width, height))
    if end.getcolors(1) is None:
        return
    padded = without_end(data)
    if padded is None:
        return
    with Image.open(io.BytesIO(padded), formats=("JPEG",)) as again:
        again.draft(None, (1, 1))  # as small as can be: all that matters is that nothing is missing
        again.load()
