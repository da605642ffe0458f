"""Where a photo was taken never gets out: every place where a file can tell it is found, and none is kept or published."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.actions.photos.shrink import Offered, shrink_photos
from generator.archive import read_corpus
from generator.cli import photos_add
from generator.cli.main import main
from generator.images.exif import read_exif
from generator.images.facts import read_photo_facts
from generator.images.iptc import has_place
from generator.images.locations import find_locations, read_comment
from generator.images.revealed import EXIF, FILM, IPTC, MAKER, PICTURE, TEXT, XMP
from generator.images.xmp import is_place_property
from generator.rules import check_corpus
from tests import exiftool, photo_places
from tests.conftest import PAIRING, ROOT, MakeArchive
from tests.hostile_photos.formats import chunk, segment, zeros
from tests.phone_photos import RECORD, archive
from tests.photo_places import app1, box, film, heic, iptc, jpeg, photoshop, png, text_chunk, webp, xmp

PHOTOS = photo_places.photos()
TOLD = {
    "exif": EXIF, "exif-maker": MAKER, "raw-exif": EXIF, "raw-app1": EXIF, "text-behind": EXIF, "xmp": XMP,
    "raw-xmp": XMP, "iptc": IPTC, "raw-iptc": IPTC, "comment": TEXT, "text-location": TEXT, "film": FILM,
    "second": PICTURE, "exif-thumbnail": EXIF,
}  # fmt: skip


def _where(name: str) -> str:
    return TOLD[max((begin for begin in TOLD if name.startswith(begin)), key=len)]


@pytest.mark.parametrize("name", PHOTOS)
def test_every_hiding_place_is_found(name: str) -> None:
    facts = read_photo_facts(PHOTOS[name])
    assert (facts.places, facts.whole, facts.taken is not None) == (
        (_where(name),),
        True,
        (facts.kind == "HEIC" and name.startswith("exif")) or _tells_day(name),
    )


def _tells_day(name: str) -> bool:
    """Say whether the photo itself, and not another in its file, has the camera's notes."""
    return name.startswith(("exif", "raw-exif", "raw-app1", "text-behind"))


def test_the_check_names_each_photo_and_where_its_place_is(make_archive: MakeArchive) -> None:
    named = {f"{n:02}{Path(name).suffix}": name for n, name in enumerate(PHOTOS, 1)}
    root = archive(make_archive, {new: PHOTOS[name] for new, name in named.items()}, _listed(*named))
    said = {
        Path(problem.span.file.path).name: (problem.message, problem.fix)
        for problem in check_corpus(read_corpus(root), dt.date(2021, 4, 1))
        if problem.rule == "photo-location"
    }
    words = {
        EXIF: "相机信息（EXIF）", MAKER: "相机厂家的附注", XMP: "修图软件的说明（XMP）", IPTC: "图片说明（IPTC）",
        TEXT: "文字注释", FILM: "动态照片的短片", PICTURE: "附带的另一张图",
    }  # fmt: skip
    assert said == {
        new: (
            f"图片“{new}”里记着拍摄地点，藏在{words[_where(name)]}里",
            f"在电脑上运行 pairing photos add {RECORD}/{new}；"
            "或在手机上用微信发给“文件传输助手”（不勾“原图”）后存下来，换掉这一张"
            + ("；以后拍照前在相机里关掉“动态照片”" if _where(name) == FILM else ""),
        )
        for new, name in named.items()
    }


def _listed(*names: str) -> str:
    return "photos:\n" + "".join(f"  - {{file: {name}, caption: 观摩, people: none}}\n" for name in names)


def test_the_advice_that_is_given_helps(
    make_archive: MakeArchive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed as it stands, for a photo of every kind that is read."""
    names = ("film-samsung.jpg", "raw-exif-packed.png", "xmp.webp", "film-google.heic")
    files = {f"{n:02}{Path(name).suffix}": PHOTOS[name] for n, name in enumerate(names, 1)}
    root = archive(make_archive, files, _listed(*files))
    monkeypatch.chdir(root)
    monkeypatch.setattr(photos_add, "is_terminal", lambda: False)
    typed = [found for fix in _advice(root) for found in re.findall(r"pairing (photos add \S+?)；", fix)]
    assert len(typed) == len(names)
    assert [main(line.split()) for line in typed] == [0] * len(names)
    assert _advice(root) == []
    assert sorted(path.name for path in (root / RECORD).iterdir()) == [
        *(f"{n:02}.jpg" for n in range(1, 5)), "activity.md",
    ]  # fmt: skip


def _advice(root: Path) -> list[str]:
    found = check_corpus(read_corpus(root), dt.date(2021, 4, 1))
    return [problem.fix for problem in found if problem.rule == "photo-location"]


# --- ExifTool is the judge --------------------------------------------------------------------------


def test_exiftool_reads_a_place_in_each(tmp_path: Path) -> None:
    """Which shows that they are what programs write; what it does not unpack by itself it gets alone."""
    for name, data in PHOTOS.items():
        if _where(name) == FILM:
            (tmp_path / f"{name}.mp4").write_bytes(data[data.rindex(b"ftypmp42") - 4 :])
        elif name.startswith(("second", "exif-thumbnail")):
            (tmp_path / f"{name}.jpg").write_bytes(data[data.rindex(b"\xff\xd8\xff\xe1") :])
        elif name != "comment.jpg":  # free text is nothing to it
            (tmp_path / name).write_bytes(data)
    found = exiftool.places(tmp_path)
    assert len(found) == len(PHOTOS) - 1
    assert [name for name, tags in found.items() if not tags] == []


def test_photos_add_keeps_none_of_them(tmp_path: Path) -> None:
    offered, kept = tmp_path / "offered", tmp_path / "kept"
    offered.mkdir()
    kept.mkdir()
    for name, data in PHOTOS.items():
        (offered / name).write_bytes(data)
    for name, made in zip(
        PHOTOS, shrink_photos([offered / name for name in PHOTOS], lambda done, total: None), strict=True
    ):
        assert isinstance(made, Offered), (name, made)
        (kept / f"{name}.jpg").write_bytes(made.data)
        assert (find_locations(made.data).places, read_photo_facts(made.data).metadata) == ((), 0), name
    assert exiftool.places(kept) == {f"{name}.jpg": [] for name in PHOTOS}


def test_photos_add_keeps_no_notes_between_a_jpegs_scans(tmp_path: Path) -> None:
    """Where no program looks for them; the photo would be fit as it is, otherwise."""
    layered = photo_places.encoded("JPEG", progressive=True)
    at = layered.index(b"\xff\xda", layered.index(b"\xff\xda") + 2)
    (tmp_path / "a.jpg").write_bytes(layered[:at] + app1(photo_places.exif()) + layered[at:])
    (tmp_path / "b.jpg").write_bytes(layered)
    with_notes, without = shrink_photos([tmp_path / "a.jpg", tmp_path / "b.jpg"], lambda done, total: None)
    assert isinstance(with_notes, Offered)
    assert isinstance(without, Offered)
    assert (find_locations(with_notes.data).places, without.data == layered) == ((), True)


def test_nothing_published_tells_a_place(make_archive: MakeArchive, tmp_path: Path) -> None:
    """A whole site of them, were they merged all the same: pages, pictures, feeds, documents."""
    root, site = archive(make_archive, PHOTOS, _listed(*PHOTOS)), tmp_path / "site"
    command = [str(PAIRING), "build", "--root", str(root), "--site-dir", str(site), "--as-of", "2021-04-30"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, [line for line in done.stderr.splitlines() if "没有发布" in line]) == (0, [])
    found = exiftool.places(site)
    assert len([name for name in found if name.startswith("photos/")]) > len(PHOTOS)
    assert [name for name, tags in found.items() if tags] == []


# --- What tells no place is no reproach -------------------------------------------------------------

_PLAIN = photo_places.exif(gps=False, first={0x010E: "区域活动 9.30, 10.30", 0x0131: "Adobe Photoshop 25.1"})
_NOWHERE = xmp(
    "<Iptc4xmpExt:LocationCreated><rdf:Bag/></Iptc4xmpExt:LocationCreated><photoshop:City> </photoshop:City>",
    'exif:GPSLatitude="0,0.000000N" exif:GPSVersionID="2.2.0.0" xmp:CreatorTool="9.1" photoshop:City=""'
    ' Iptc4xmpCore:CiAdrCity="兰州"',
)
SOUND = {
    "camera": jpeg(app1(_PLAIN)),
    "blank XMP": jpeg(app1(_NOWHERE)),
    "caption in IPTC": jpeg(segment(0xED, b"Photoshop 3.0\0" + photoshop(iptc(120, "幼儿在益智区")))),
    "blank city in IPTC": jpeg(segment(0xED, b"Photoshop 3.0\0" + photoshop(iptc(90, "  ")))),
    "comment": jpeg(segment(0xFE, b"CREATOR: gd-jpeg v1.0 (using IJG JPEG v80), quality = 90")),
    "film": jpeg(behind=film()),
    "film at no point": jpeg(behind=film(box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+00.0000+000.0000/")))),
    "film of a day": jpeg(behind=film(photo_places.apple_place(b"com.apple.quicktime.creationdate"))[:-60]),
    "second picture": jpeg(behind=jpeg(app1(_PLAIN))),
    "texts": png(
        text_chunk("tEXt", "Software", "画图 1.2345, 这里"), text_chunk("zTXt", *photo_places.raw_profile("exif", b"Exif\0\0" + _PLAIN))
    ),
    "webp": webp((b"EXIF", _PLAIN), (b"XMP ", _NOWHERE)),
    "heic": heic(exif=_PLAIN, xmp=_NOWHERE),
}  # fmt: skip


@pytest.mark.parametrize("kind", SOUND)
def test_other_notes_are_no_place(kind: str) -> None:
    assert read_photo_facts(SOUND[kind]).places == ()


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("latitude: 39.37", True), ("Lng=99.81", True), ("纬度：39", True), ("39.37583, 99.81694", True),
        ("+39.3758+099.8169/", True), ("plate: 39.37", False), ("latitude: 0.0", False), ("+00.00+000.00/", False),
        ("北纬39°22′33″", True), ("东经：99.8", True), ("39°22'33.0\"N", True), ("39 deg 22' 33.00\" N", True),
        ("39°22′N", True), ("体温36°5′", False), ("角度 39°22′North", False),
        ("时间 9.3014, 10.30", False), ("13.5.2, 14.25", False), ("", False),
    ],
)  # fmt: skip
def test_points_in_plain_text(text: str, placed: bool) -> None:
    assert read_comment(text.encode()).places == ((TEXT,) if placed else ())


_POINT = "拍摄地点 纬度：39.37 经度：99.81"
_NO_POINT = "大班区域活动 第 39.37 号"


@pytest.mark.parametrize(
    ("tag", "before", "encoding"),
    [
        (0x9286, b"UNICODE\0", "utf-16-le"), (0x9286, b"UNICODE\0", "utf-16-be"), (0x9286, bytes(8), "utf-8"),
        (0x9C9B, b"", "utf-16-le"), (0x9C9C, b"", "utf-16-le"), (0x9C9F, b"", "utf-16-le"), (0x010E, b"", "utf-8"),
    ],
)  # fmt: skip
def test_points_in_exifs_texts(tag: int, before: bytes, encoding: str) -> None:
    def places(text: str) -> tuple[str, ...]:
        made = Image.Exif()
        made[tag] = before + text.encode(encoding)
        return read_exif(made.tobytes().removeprefix(b"Exif\0\0")).places

    assert (places(_POINT), places(_NO_POINT)) == ((TEXT,), ())


@pytest.mark.parametrize("dataset", [5, 25, 40, 105, 120])
def test_points_in_iptcs_texts(dataset: int) -> None:
    assert has_place(iptc(dataset, _POINT))
    assert not has_place(iptc(dataset, _NO_POINT))


@pytest.mark.parametrize("name", ["title", "description", "subject"])
def test_points_in_xmps_texts(name: str) -> None:
    def places(text: str) -> tuple[str, ...]:
        listed = f"<dc:{name}><rdf:Alt><rdf:li>{text}</rdf:li></rdf:Alt></dc:{name}>"
        return find_locations(
            f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/">{listed}</rdf:Description></rdf:RDF>'.encode()
        ).places

    assert (places(_POINT), places(_NO_POINT), places("3f2a-4455-1234")) == ((XMP,), (), ())


_OF_A_PLACE = (
    "exif:GPSLatitude drone-dji:GpsLongtitude GPSPosition exif:GPSAreaInformation photoshop:City photoshop:State"
    " photoshop:Country Iptc4xmpCore:Location Iptc4xmpCore:CountryCode Iptc4xmpExt:Sublocation Iptc4xmpExt:ProvinceState"
    " Iptc4xmpExt:CountryName Iptc4xmpExt:WorldRegion Iptc4xmpExt:LocationName Iptc4xmpExt:LocationId"
    " xmpDM:shotLocation dwc:decimalLatitude dwc:verbatimCoordinates dwc:locality dwc:municipality dwc:county"
    " dwc:stateProvince dwc:higherGeography dwc:locationRemarks exif:GPSLatitude Latitude"
)
_OF_NONE = (
    "exif:GPSAltitude exif:GPSVersionID exif:GPSTimeStamp exifEX:ISOSpeedLatitudeyyy Iptc4xmpCore:CiAdrCity"
    " photoshop:AuthorsPosition exif:SubjectLocation mwg-rs:RegionName tiff:Orientation dc:description Software"
)


def test_properties_that_hold_a_place_are_known_by_name() -> None:
    assert {name: is_place_property(name) for name in (*_OF_A_PLACE.split(), *_OF_NONE.split())} == (
        dict.fromkeys(_OF_A_PLACE.split(), True) | dict.fromkeys(_OF_NONE.split(), False)
    )


@pytest.mark.parametrize("dataset", [26, 27, 90, 92, 95, 100, 101])
def test_iptcs_records_of_a_place(dataset: int) -> None:
    assert has_place(iptc(dataset, "CHN"))
    assert not has_place(iptc(dataset, " "))


@pytest.mark.parametrize(
    ("tag", "value", "placed"),
    [
        (2, (39, 22, 33), True), (4, (99, 49, 1), True), (20, (39, 22, 33), True), (22, (99, 49, 1), True),
        (28, b"ASCII\0\0\0Gaotai", True), (28, b"ASCII\0\0\0    ", False), (2, (0, 0, 0), False), (6, 1430.0, False),
    ],
)  # fmt: skip
def test_exifs_tags_of_a_place(tag: int, value: object, placed: bool) -> None:
    made = Image.Exif()
    made.get_ifd(0x8825)[tag] = value
    assert read_exif(made.tobytes().removeprefix(b"Exif\0\0")).places == ((EXIF,) if placed else ())


# --- Hostile notes ----------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(PHOTOS)), st.randoms(use_true_random=False))
def test_broken_notes_never_raise(name: str, chance: random.Random) -> None:
    data = bytearray(PHOTOS[name])
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(data))
        data[at : at + chance.choice((0, 1, 4))] = chance.randbytes(chance.choice((0, 1, 4)))
    read_photo_facts(bytes(data[: chance.choice((None, len(data) // 2))]))


def _deep() -> bytes:
    return b'<x xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' + b"<City>" * 2_000_000


HOSTILE: dict[str, Callable[[], bytes]] = {
    "XMP of two million elements within each other": lambda: png(text_chunk("tEXt", "XML:com.adobe.xmp", _deep().decode())),
    "XMP with entities": lambda: jpeg(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")),
    "IPTC's records of no length": lambda: jpeg(*[segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + b"\x1c\2\0\0\0" * 12_000)] * 50),
    "a hundred thousand resources of Photoshop's": lambda: jpeg(
        segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04" + bytes(100)) * 100_000
    ),
    "20 MB of TIFF heads": lambda: jpeg(behind=b"II*\0\x08\0\0\0" * 2_500_000),
    "20 MB of films' heads": lambda: jpeg(behind=b"moov\xa9xyz" * 2_500_000),
    "20 MB of RDF": lambda: jpeg(behind=b"http://www.w3.org/1999/02/22-rdf-syntax-ns#" * 480_000),
    "20 MB of names": lambda: jpeg(behind=b"http://www.w3.org/1999/02/22-rdf-syntax-ns#" + b":gpslat" * 3_000_000),
    "a text of 20 MB of digits": lambda: png(chunk(b"tEXt", b"a\0" + b"+11.1" * 4_000_000)),
    "texts of 16 GB": lambda: png(*[chunk(b"zTXt", b"a\0\0" + zeros(16))] * 1000),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_notes_take_little_time(kind: str) -> None:
    data = HOSTILE[kind]()
    begun = time.process_time()
    read_photo_facts(data)
    assert time.process_time() - begun < 2


def test_an_ordinary_photo_takes_next_to_none() -> None:
    """A phone's JPEG of three megabytes: its pixels are not searched."""
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 90).save(out, "JPEG", quality=95)
    photo = out.getvalue()
    photo = photo[:2] + app1(photo_places.exif()) + photo[2:]
    begun = time.process_time()
    for _ in range(20):
        read_photo_facts(photo)
    assert time.process_time() - begun < 1
