"""Photos that tell where they were taken, one for each place where a file can hold that."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache

import pillow_heif
from PIL import Image

from tests.hostile_photos.formats import chunk, riff, segment

LATITUDE, LONGITUDE = (39, 22, 33), (99, 49, 1)
TOWN = "某某镇"
VILLAGE = "某某小区3号楼"
_ISO_6709 = b"+39.3758+099.8169/"
_SIZE = (320, 240)

_NAMESPACES = {
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "drone-dji": "http://www.dji.com/drone-dji/1.0/",
    "dwc": "http://rs.tdwg.org/dwc/index.htm",
    "xmpNote": "http://ns.adobe.com/xmp/note/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


@cache
def picture() -> Image.Image:
    """Return the pixels of all of them."""
    return Image.linear_gradient("L").rotate(33).resize(_SIZE).convert("RGB")


@cache
def encoded(kind: str, **options: object) -> bytes:
    """Return the picture as a file of a kind that Pillow writes."""
    out = io.BytesIO()
    picture().save(out, kind, **options)
    return out.getvalue()


# --- What tells the place ---------------------------------------------------------------------------


def exif(*, gps: bool = True, first: dict[int, object] | None = None, maker: bytes = b"") -> bytes:
    """Return an EXIF block from its TIFF header on."""
    made = Image.Exif()
    made[0x010F] = "Phone"
    for tag, value in (first or {}).items():
        made[tag] = value
    made.get_ifd(0x8769)[0x9003] = "2021:03:05 10:11:12"
    if maker:
        made.get_ifd(0x8769)[0x927C] = maker
    if gps:
        made.get_ifd(0x8825).update({1: "N", 2: LATITUDE, 3: "E", 4: LONGITUDE})
    return made.tobytes().removeprefix(b"Exif\0\0")


def panasonic() -> bytes:
    """Return an EXIF block whose maker note, a Panasonic's, names the town."""
    town = TOWN.encode().ljust(72, b"\0")
    note = b"Panasonic\0\0\0" + struct.pack(">HHHI", 1, 0x006D, 7, len(town))
    block = exif(gps=False, first={0x010F: "Panasonic"}, maker=note + bytes(4) + bytes(4) + town)
    at = block.index(b"Panasonic\0\0\0")
    place = struct.pack(">I", at + len(note) + 8)
    return block[: at + len(note)] + place + block[at + len(note) + 4 :]


def xmp(body: str = "", attributes: str = "", prefixes: dict[str, str] | None = None) -> bytes:
    """Return an XMP packet of one description."""
    known = prefixes or _NAMESPACES
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in known.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces} {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()


def iptc(dataset: int, value: str = TOWN) -> bytes:
    """Return one data set of IPTC's application record (IIM 4.2)."""
    data = value.encode()
    return b"\x1c\x01\x5a\x00\x03\x1b%G" + struct.pack(">BBBH", 0x1C, 2, dataset, len(data)) + data


def photoshop(records: bytes) -> bytes:
    """Return IPTC records as the resource of Photoshop's that holds them."""
    return b"8BIM\x04\x04\0\0" + struct.pack(">I", len(records)) + records + b"\0" * (len(records) % 2)


def box(kind: bytes, *content: bytes) -> bytes:
    """Return a box of an MP4 film."""
    data = b"".join(content)
    return struct.pack(">I", 8 + len(data)) + kind + data


def film(*inside_moov: bytes) -> bytes:
    """Return a film without a picture."""
    head = box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 3000) + bytes(80))
    return (
        box(b"ftyp", b"mp42\0\0\0\0isommp42") + box(b"mdat", b"\x5a" * 300) + box(b"moov", head, *inside_moov)
    )


def quicktime_place() -> bytes:
    """Return what Android's and Apple's cameras write into a film."""
    return box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(_ISO_6709), 0x15C7), _ISO_6709))


def gpp_place() -> bytes:
    """Return the place of 3GPP's films (TS 26.244)."""
    numbers = struct.pack(">iii", int(99.8169 * 65536), int(39.3758 * 65536), 0)
    return box(
        b"udta", box(b"loci", bytes(4), b"\x15\xc7", TOWN.encode() + b"\0", b"\0", numbers, b"earth\0\0")
    )


def apple_place(key: bytes = b"com.apple.quicktime.location.ISO6709", value: bytes = _ISO_6709) -> bytes:
    """Return the metadata of Apple's films."""
    return box(
        b"meta",
        box(b"hdlr", bytes(8), b"mdta", bytes(13)),
        box(b"keys", struct.pack(">II", 0, 1), struct.pack(">I", 8 + len(key)), b"mdta", key),
        box(b"ilst", box(b"\0\0\0\1", box(b"data", struct.pack(">II", 1, 0), value))),
    )


# --- Where it is put --------------------------------------------------------------------------------


def jpeg(*segments: bytes, behind: bytes = b"") -> bytes:
    """Return a JPEG with these segments, and bytes behind its end."""
    whole = encoded("JPEG", quality=85)
    return whole[:2] + b"".join(segments) + whole[2:] + behind


def app1(data: bytes) -> bytes:
    """Return EXIF or XMP as a JPEG's segment."""
    return segment(0xE1, (b"http://ns.adobe.com/xap/1.0/\0" if data.startswith(b"<") else b"Exif\0\0") + data)


def extended(packet: bytes) -> Iterator[bytes]:
    """Yield XMP in two parts beside a main packet, as where it is longer than a segment."""
    name = hashlib.md5(packet).hexdigest().upper()  # noqa: S324  # as XMP's part 3 wants it
    yield app1(xmp(attributes=f'xmpNote:HasExtendedXMP="{name}"'))
    half = packet.index(b"Latitude") + 3  # in the middle of the word
    for at, part in ((0, packet[:half]), (half, packet[half:])):
        head = name.encode() + struct.pack(">II", len(packet), at)
        yield segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + head + part)


def mpf(second: bytes) -> bytes:
    """Return a JPEG with a second picture that its MPF segment names (CIPA DC-007)."""

    def index(first_size: int, offset: int) -> bytes:
        entries = struct.pack("<IIIHH", 0x030000, first_size, 0, 0, 0)
        entries += struct.pack("<IIIHH", 0, len(second), offset, 0, 0)
        tags = (
            (0xB000, 7, 4, b"0100"),
            (0xB001, 4, 1, struct.pack("<I", 2)),
            (0xB002, 7, 32, struct.pack("<I", 50)),
        )
        body = b"II*\0" + struct.pack("<IH", 8, 3)
        body += b"".join(struct.pack("<HHI", *tag[:3]) + tag[3] for tag in tags)
        return segment(0xE2, b"MPF\0" + body + bytes(4) + entries)

    size = len(jpeg(index(0, 0)))
    return jpeg(index(size, size - 10), behind=second)


def png(*chunks: bytes, behind_pixels: bytes = b"", behind: bytes = b"") -> bytes:
    """Return a PNG with these chunks before its pixels, others behind them, and bytes behind its end."""
    whole = encoded("PNG")
    at, end = whole.index(b"IDAT") - 4, len(whole) - 12
    return whole[:at] + b"".join(chunks) + whole[at:end] + behind_pixels + whole[end:] + behind


def raw_profile(name: str, data: bytes) -> tuple[str, str]:
    """Return a block as ImageMagick writes it into a PNG's text."""
    text = data.hex()
    lines = "\n".join(text[n : n + 72] for n in range(0, len(text), 72))
    return f"Raw profile type {name}", f"\n{name}\n{len(data):8d}\n{lines}\n"


def text_chunk(kind: str, keyword: str, text: str) -> bytes:
    """Return a PNG's text: plain, compressed, or international and one of these."""
    key, packed = keyword.encode("latin-1"), zlib.compress(text.encode())
    if kind == "tEXt":
        return chunk(b"tEXt", key + b"\0" + text.encode())
    if kind == "zTXt":
        return chunk(b"zTXt", key + b"\0\0" + packed)
    if kind == "iTXt packed":
        return chunk(b"iTXt", key + b"\0\1\0\0\0" + packed)
    return chunk(b"iTXt", key + b"\0\0\0\0\0" + text.encode())


def webp(*parts: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    """Return a WebP with these chunks behind its pixels."""
    whole = encoded("WEBP", quality=80)
    flags = 0x08 * any(k == b"EXIF" for k, _ in parts) | 0x04 * any(k == b"XMP " for k, _ in parts)
    head = bytes((flags, 0, 0, 0)) + b"".join((side - 1).to_bytes(3, "little") for side in _SIZE)
    frame = whole[12:16], whole[20 : 20 + int.from_bytes(whole[16:20], "little")]
    return riff((b"VP8X", head), frame, *parts) + behind


def heic(*, exif: bytes = b"", xmp: bytes = b"", behind: bytes = b"") -> bytes:
    """Return a HEIC with these notes."""
    file = pillow_heif.from_pillow(picture())
    out = io.BytesIO()
    file.save(out, **({"exif": b"Exif\0\0" + exif} if exif else {}), **({"xmp": xmp} if xmp else {}))
    return out.getvalue() + behind


def photos() -> dict[str, bytes]:
    """Return every photo by a name that says what tells the place, its suffix that of its kind."""
    gps, plain = exif(), exif(gps=False)
    coordinates = xmp(attributes='exif:GPSLatitude="39,22.55N" exif:GPSLongitude="99,49.02E"')
    city = xmp(attributes=f'photoshop:City="{TOWN}"')
    other = dict(_NAMESPACES) | {"x1": _NAMESPACES["photoshop"]}
    shown = (
        f'<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:Sublocation>{VILLAGE}'
        "</Iptc4xmpExt:Sublocation></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>"
    )
    created = shown.replace("LocationShown", "LocationCreated").replace("Sublocation", "City")
    position = "<drone-dji:GpsLatitude>+39.3758</drone-dji:GpsLatitude>"
    decimal = '<dwc:Location rdf:parseType="Resource"><dwc:decimalLatitude>39.37</dwc:decimalLatitude></dwc:Location>'
    second = jpeg(app1(gps))
    return {
        "exif.jpg": jpeg(app1(gps)),
        "exif-second-segment.jpg": jpeg(app1(plain), app1(gps)),
        "exif-maker-note.jpg": jpeg(app1(panasonic())),
        "exif-thumbnail.jpg": jpeg(segment(0xE1, b"Exif\0\0" + _with_thumbnail(second))),
        "xmp-gps.jpg": jpeg(app1(coordinates)),
        "xmp-gps-elements.jpg": jpeg(app1(xmp("<exif:GPSLatitude>39,22.55N</exif:GPSLatitude>"))),
        "xmp-city.jpg": jpeg(app1(city)),
        "xmp-other-prefix.jpg": jpeg(app1(xmp(f"<x1:City>{TOWN}</x1:City>", prefixes=other))),
        "xmp-location.jpg": jpeg(app1(xmp(attributes=f'Iptc4xmpCore:Location="{VILLAGE}"'))),
        "xmp-location-shown.jpg": jpeg(app1(xmp(shown))),
        "xmp-location-created.jpg": jpeg(app1(xmp(created))),
        "xmp-area.jpg": jpeg(app1(xmp(attributes=f'exif:GPSAreaInformation="{VILLAGE}"'))),
        "xmp-decimal.jpg": jpeg(app1(xmp(decimal))),
        "xmp-drone.jpg": jpeg(app1(xmp(position))),
        "xmp-extended.jpg": jpeg(*extended(coordinates)),
        "iptc-city.jpg": jpeg(segment(0xED, b"Photoshop 3.0\0" + photoshop(iptc(90)))),
        "iptc-sublocation.jpg": jpeg(segment(0xED, b"Photoshop 3.0\0" + photoshop(iptc(92, VILLAGE)))),
        "iptc-content-location.jpg": jpeg(segment(0xED, b"Photoshop 3.0\0" + photoshop(iptc(27)))),
        "comment.jpg": jpeg(segment(0xFE, b"lat=39.37583 lon=99.81694")),
        "second-picture.jpg": jpeg(behind=second),
        "second-picture-mpf.jpg": mpf(second),
        "film-android.jpg": jpeg(behind=film(quicktime_place())),
        "film-3gpp.jpg": jpeg(behind=film(gpp_place())),
        "film-apple.jpg": jpeg(behind=film(apple_place())),
        "film-apple-name.jpg": jpeg(
            behind=film(apple_place(b"com.apple.quicktime.location.name", TOWN.encode()))
        ),
        "film-samsung.jpg": jpeg(behind=_samsung(film(quicktime_place()))),
        "exif.png": png(chunk(b"eXIf", gps)),
        "exif-behind-pixels.png": png(behind_pixels=chunk(b"eXIf", gps)),
        "raw-exif-text.png": png(text_chunk("tEXt", *raw_profile("exif", b"Exif\0\0" + gps))),
        "raw-exif-packed.png": png(text_chunk("zTXt", *raw_profile("exif", b"Exif\0\0" + gps))),
        "raw-app1-packed.png": png(text_chunk("zTXt", *raw_profile("APP1", b"Exif\0\0" + gps))),
        "raw-exif-international.png": png(text_chunk("iTXt", *raw_profile("exif", b"Exif\0\0" + gps))),
        "raw-iptc-packed.png": png(text_chunk("zTXt", *raw_profile("iptc", photoshop(iptc(90))))),
        "raw-xmp-text.png": png(text_chunk("tEXt", *raw_profile("xmp", city))),
        "xmp.png": png(text_chunk("iTXt", "XML:com.adobe.xmp", city.decode())),
        "xmp-packed.png": png(text_chunk("iTXt packed", "XML:com.adobe.xmp", coordinates.decode())),
        "text-behind-pixels.png": png(
            behind_pixels=text_chunk("zTXt", *raw_profile("exif", b"Exif\0\0" + gps))
        ),
        "text-location.png": png(text_chunk("tEXt", "Location", "39.37583, 99.81694")),
        "second-picture.png": png(behind=second),
        "exif.webp": webp((b"EXIF", gps)),
        "exif-with-head.webp": webp((b"EXIF", b"Exif\0\0" + gps)),
        "xmp.webp": webp((b"XMP ", city)),
        "film-android.webp": webp(behind=film(quicktime_place())),
        "exif.heic": heic(exif=gps),
        "xmp.heic": heic(xmp=city),
        "film-google.heic": heic(behind=box(b"mpvd", film(quicktime_place()))),
    }


def _with_thumbnail(thumbnail: bytes) -> bytes:
    """Return an EXIF block whose second directory holds a small picture with notes of its own."""
    tags = struct.pack("<HHIIHHII", 0x0201, 4, 1, 44, 0x0202, 4, 1, len(thumbnail))
    return b"II*\0" + struct.pack("<IHI", 8, 0, 14) + struct.pack("<H", 2) + tags + bytes(4) + thumbnail


def _samsung(data: bytes) -> bytes:
    """Return a film as Samsung's cameras append it: a named block, a directory of blocks, and its length."""
    name = b"MotionPhoto_Data"
    block = struct.pack("<HHI", 0, 0x0A30, len(name)) + name + data
    directory = b"SEFH" + struct.pack("<II", 107, 1) + struct.pack("<HHII", 0, 0x0A30, len(block), len(block))
    return block + directory + struct.pack("<I", len(directory)) + b"SEFT"
