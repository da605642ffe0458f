"""Find what is attached to an issue: addresses on the forge's own host are taken, other pictures and files named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import SplitResult, unquote, urlsplit

_MARKUP = re.compile(
    r"(?P<picture>!?)\[(?P<words>[^\[\]\n]{0,300})\]\((?P<address>https?://[^\s()<>\"']{1,1000})\)"
    r"|<img\b(?P<attributes>[^<>]{0,2000})>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\b(src|alt)\s*=\s*\"([^\"]{0,1000})\"", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FILE = re.compile(r"\.(?:zip|docx?|jpe?g|png|webp|heic|heif|txt|md)\Z", re.IGNORECASE)
_CHINESE = re.compile("[\u4e00-\u9fff]")

GITHUB = "https://github.com"
GITHUB_STORES = frozenset({
    "private-user-images.githubusercontent.com", "user-images.githubusercontent.com", "objects.githubusercontent.com",
    "github-production-user-asset-6210df.s3.amazonaws.com", "github-production-repository-file-5c1aeb.s3.amazonaws.com",
})  # fmt: skip
"""Where github.com keeps what is attached: it answers an attachment's address with a signed one there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where attachments may come from.

    server: the forge's address, ``https://github.com``.   repository: ``owner/name``.
    stores: hosts, with their port if it is not the usual one, to which the forge may redirect.
    """

    server: str
    repository: str
    stores: frozenset[str] = frozenset()

    def is_own(self, address: str) -> bool:
        """Say whether an address is an attachment's on the forge's own host."""
        owner = re.escape(self.repository)
        own = rf"""/(?:user-attachments/(?:assets/{_UUID.pattern}|files/[0-9]{{1,20}}/[^/]{{1,255}})
            |{owner}/(?:assets|files)/[0-9]{{1,20}}/[^/]{{1,255}}|attachments/{_UUID.pattern})"""
        parts = _split(address)
        return bool(
            parts
            and f"{parts.scheme}://{parts.netloc}".lower() == self.server.lower()
            and not parts.query
            and not parts.fragment
            and ".." not in unquote(parts.path)
            and re.fullmatch(own, parts.path, re.VERBOSE | re.IGNORECASE)
        )

    def allows(self, address: str) -> bool:
        """Say whether anything may be fetched from an address: from the forge's host or its stores, as encrypted as it is."""
        parts = _split(address)
        server = urlsplit(self.server)
        return bool(
            parts
            and parts.scheme == server.scheme
            and parts.netloc.lower() in {server.netloc.lower(), *self.stores}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """An attachment: its address, the name it is received under, the words that were written for it."""

    address: str
    name: str
    caption: str = ""

    @property
    def uuid(self) -> str:
        """The attachment's UUID, "" where its address has none."""
        found = _UUID.search(self.address)
        return found[0] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a text has attached, the foreign addresses of pictures and files in it, and the text without its attachments."""

    attachments: tuple[Attachment, ...]
    foreign: tuple[str, ...]
    text: str


def find_attachments(places: Places, *texts: str) -> Found:
    """Return what is attached in the texts; of the last one the text that is left is returned."""
    own: dict[str, Attachment] = {}
    foreign: dict[str, None] = {}
    left = ""
    for text in texts:
        kept = []
        at = 0
        for start, end, address, words, is_picture in _list_links(text):
            if places.is_own(address):
                if address not in own:
                    own[address] = _name(len(own) + 1, address, words)
            elif is_picture or _FILE.search(urlsplit(address).path if _split(address) else address):
                foreign[address] = None
            else:
                continue
            kept.append(text[at:start])
            at = end
        left = "".join([*kept, text[at:]])
    return Found(attachments=tuple(own.values()), foreign=tuple(foreign), text=left.strip())


def _list_links(text: str) -> Iterator[tuple[int, int, str, str, bool]]:
    for found in _MARKUP.finditer(text):
        if found["attributes"] is None:
            yield *found.span(), found["address"], found["words"], bool(found["picture"])
            continue
        attributes = {
            name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(found["attributes"])
        }
        if address := attributes.get("src", ""):
            yield *found.span(), address, attributes.get("alt", ""), True


def _name(number: int, address: str, words: str) -> Attachment:
    """Return an attachment: numbered, so that pictures keep their order, and with its own name where that says something."""
    last = unquote(urlsplit(address).path.rpartition("/")[2])
    given = words if _FILE.search(words) else last if _FILE.search(last) else ""
    safe = "".join(char if char.isprintable() and char not in '/\\:*?"<>|' else "_" for char in given)[-80:]
    is_caption = _CHINESE.search(words) and not _FILE.search(words)
    caption = " ".join(words.split()) if is_caption else ""
    # A camera's name, which ``receive`` takes for no caption.
    name = f"{number:02} {safe}" if safe else f"IMG_{number:04}"
    return Attachment(address=address, name=name, caption=caption[:200])


class _Addresses(HTMLParser):
    """Collects the addresses of pictures and links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over `<![…>` as browsers do; the library's own way ends in an AssertionError where it is no SGML."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag leads to."""
        self.found += [value for name, value in attrs if name in ("src", "href") and value]


def find_signed(places: Places, html: str) -> dict[str, str]:
    """Return the signed addresses by UUID that a forge writes into an issue's HTML for attachments of private repositories."""
    reader = _Addresses()
    reader.feed(html)
    own = urlsplit(places.server).netloc.lower()
    return {
        uuid[0]: address
        for address in reader.found
        if places.allows(address)
        and urlsplit(address).netloc.lower() != own
        and (uuid := _UUID.search(urlsplit(address).path))
    }


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return None if "@" in parts.netloc or "\\" in address else parts
