"""HEIF files → the items that their boxes tell of: kinds, properties, references, coded bytes. Nothing is decoded.

Boxes are ISO/IEC 14496-12's, items ISO/IEC 23008-12's. Of a file that is not understood to the last field nothing
is told: whoever asks leaves it to the decoder, which may know better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_MOST_BYTES = 256 * 1024
"""Of the boxes that tell of items: a phone's photo has 5,000, one of a thousand tiles 50,000. Each step of the
reading takes at least a byte of them, so no file keeps it busy."""
_MOST_BOXES = 10_000
_USED = (b"iinf", b"iloc", b"iprp", b"iref", b"pitm", b"idat")


class UnknownHeif(ValueError):
    """Bytes that are not understood, or lie about themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of an item: a box, without its head.   essential: who does not know it must not show the item."""

    kind: bytes
    data: memoryview
    essential: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What one item says of others."""

    kind: bytes
    source: int
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """All items of a file.   kinds, properties, pieces: by the item's number; what is unknown is not there."""

    primary: int
    kinds: Mapping[int, bytes]
    properties: Mapping[int, tuple[Property, ...]]
    references: tuple[Reference, ...]
    pieces: Mapping[int, tuple[memoryview, ...]]

    def named(self, number: int, kind: bytes) -> list[Property]:
        """Return an item's properties of one kind, in their order."""
        return [found for found in self.properties.get(number, ()) if found.kind == kind]


def items(data: bytes) -> Items:
    """Return the items of a HEIF file. Raises UnknownHeif."""
    file = memoryview(data)
    meta = _meta(file)
    if len(meta) > _MOST_BYTES:
        raise UnknownHeif("more is told than of any photo")
    held = _once(_boxes(_full(meta, (0,))[1]))
    try:
        return Items(
            primary=_primary(held[b"pitm"]),
            kinds=_kinds(held[b"iinf"]),
            properties=_properties(held[b"iprp"]),
            references=tuple(_references(held[b"iref"])) if b"iref" in held else (),
            pieces=_pieces(held[b"iloc"], file, held.get(b"idat", memoryview(b""))),
        )
    except KeyError as error:
        raise UnknownHeif("a box that is missing") from error


class _Fields:
    """A box's fields, one after another; each must be there."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> memoryview:
        end = self._at + length
        if end > len(self._data):
            raise UnknownHeif("a box ends early")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def number(self, length: int) -> int:
        """Return an unsigned number of so many bytes; of none it is 0."""
        return int.from_bytes(self.take(length), "big")

    def turns(self, length: int) -> range:
        """Return as many turns as the next number says."""
        return range(self.number(length))


def _boxes(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    at = 0
    for _ in range(_MOST_BOXES):
        if at == len(data):
            return
        fields = _Fields(data[at:])
        size, kind, head = fields.number(4), bytes(fields.take(4)), 8
        if size == 1:
            size, head = fields.number(8), 16
        if size < head or at + size > len(data):
            raise UnknownHeif("a box longer than what holds it")
        yield kind, data[at + head : at + size]
        at += size
    raise UnknownHeif("more boxes than any photo has")


def _once(boxes: Iterable[tuple[bytes, memoryview]]) -> dict[bytes, memoryview]:
    found: dict[bytes, memoryview] = {}
    for kind, data in boxes:
        if kind in found and kind in _USED:
            raise UnknownHeif("a box that comes twice")
        found[kind] = data
    return found


def _meta(file: memoryview) -> memoryview:
    """Return the body of the box that tells of items. What follows it, whole or not, is not looked at."""
    for kind, data in _boxes(file):
        if kind == b"meta":
            return data
    raise UnknownHeif("no items")


def _full(data: memoryview, versions: tuple[int, ...]) -> tuple[int, memoryview]:
    """Return the version of a box that has one, and what follows its flags."""
    version = _Fields(data).number(1)
    if version not in versions or len(data) < 4:
        raise UnknownHeif("a box of another version")
    return version, data[4:]


def _primary(data: memoryview) -> int:
    version, body = _full(data, (0, 1))
    return _Fields(body).number(4 if version else 2)


def _kinds(data: memoryview) -> dict[int, bytes]:
    version, body = _full(data, (0, 1))
    length = 4 if version else 2
    count = _Fields(body).number(length)
    kinds: dict[int, bytes] = {}
    for _, entry in _boxes(body[length:]):
        second, told = _full(entry, (2, 3))
        fields = _Fields(told)
        number, protection = fields.number(4 if second == 3 else 2), fields.number(2)
        if number in kinds or protection:
            raise UnknownHeif("an item told of twice, or locked")
        kinds[number] = bytes(fields.take(4))
    if len(kinds) != count:
        raise UnknownHeif("another count of items")
    return kinds


def _references(data: memoryview) -> Iterator[Reference]:
    version, body = _full(data, (0, 1))
    length = 4 if version else 2
    for kind, entry in _boxes(body):
        fields = _Fields(entry)
        source = fields.number(length)
        yield Reference(
            kind=kind, source=source, targets=tuple(fields.number(length) for _ in fields.turns(2))
        )


def _properties(data: memoryview) -> dict[int, tuple[Property, ...]]:
    parts = list(_boxes(data))
    if [kind for kind, _ in parts] != [b"ipco", *[b"ipma"] * (len(parts) - 1)]:
        raise UnknownHeif("properties in another order")
    boxes = tuple(_boxes(parts[0][1]))
    found: dict[int, tuple[Property, ...]] = {}
    for _, entry in parts[1:]:
        version, body = _full(entry, (0, 1))
        fields, bits = _Fields(body), 15 if entry[3] & 1 else 7
        for _ in fields.turns(4):
            number = fields.number(4 if version else 2)
            if number in found:
                raise UnknownHeif("an item whose properties are told twice")
            found[number] = tuple(_associated(fields, boxes, bits))
    return found


def _associated(
    fields: _Fields, boxes: tuple[tuple[bytes, memoryview], ...], bits: int
) -> Iterator[Property]:
    for _ in fields.turns(1):
        value = fields.number(2 if bits == 15 else 1)
        index = value & ((1 << bits) - 1)
        if not 0 < index <= len(boxes):
            raise UnknownHeif("a property that is not there")
        kind, data = boxes[index - 1]
        yield Property(kind=kind, data=data, essential=bool(value >> bits))


def _pieces(data: memoryview, file: memoryview, near: memoryview) -> dict[int, tuple[memoryview, ...]]:
    """Return where the items' bytes lie.   near: those that stand among the boxes, not behind them."""
    version, body = _full(data, (0, 1, 2))
    fields = _Fields(body)
    sizes = fields.number(2)
    of_offset, of_length, of_base, of_index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    if of_length not in (4, 8):
        raise UnknownHeif("items without lengths")
    found: dict[int, tuple[memoryview, ...]] = {}
    told = set()
    for _ in fields.turns(wide):
        number = fields.number(wide)
        method = fields.number(2) if version else 0
        elsewhere, base = fields.number(2), fields.number(of_base)
        if number in told:
            raise UnknownHeif("an item that lies in two places")
        told.add(number)
        pieces = []
        for _ in fields.turns(2):
            fields.take(of_index if version else 0)
            start, length = base + fields.number(of_offset), fields.number(of_length)
            pieces.append((near if method else file)[start : start + length])
            # A length of 0 would mean all that follows.
            elsewhere |= not length or len(pieces[-1]) != length
        if method in _METHODS and not elsewhere:
            found[number] = tuple(pieces)
    return found


_METHODS = (0, 1)
"""Where an item's bytes may lie: in the file, or among the boxes."""
