"""The built site as a whole: links, validity, outline, hosts, metadata; nothing private and nothing dead."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from PIL import Image

from tests.browser.kinds import KINDS, file_of, page_urls
from tests.conftest import ROOT, SITE_URL, is_sample

PHOTOS = (".jpg", ".jpeg", ".png", ".webp")

# What a browser fetches by itself when it shows a page. `a` is only followed by the reader.
FETCHED = {
    "audio": ("src",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "link": ("href",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
# A `link` that only tells something.
TELLING = {"canonical", "alternate", "license", "author", "prev", "next", "up", "help", "search"}


@dataclass(frozen=True, kw_only=True)
class Document:
    """A parsed page of the site."""

    url: str
    root: ElementTree.Element
    mistakes: tuple[str, ...]

    @cached_property
    def elements(self) -> list[tuple[str, ElementTree.Element]]:
        """Return (tag without namespace, element) of the whole page in order."""
        return [
            (element.tag.rpartition("}")[2], element)
            for element in self.root.iter()
            if not callable(element.tag)  # a comment's is a function
        ]

    @cached_property
    def ids(self) -> list[str]:
        """Return every id on the page, doubles included."""
        return [element.attrib["id"] for _, element in self.elements if "id" in element.attrib]

    def all(self, tag: str) -> list[ElementTree.Element]:
        """Return the elements of a tag."""
        return [element for name, element in self.elements if name == tag]

    @cached_property
    def repeats(self) -> str:
        """Return the URL of the page that this one repeats at a second address, or ""."""
        named = next((e.get("href", "") for e in self.all("link") if e.get("rel") == "canonical"), "")
        url = named.removeprefix(SITE_URL)
        return url if url != self.url else ""

    def meta(self, name: str) -> str | None:
        """Return the content of a meta element."""
        return next((e.get("content") for e in self.all("meta") if e.get("name") == name), None)

    @cached_property
    def references(self) -> list[tuple[str, str, bool]]:
        """Return (element, address, fetched by the browser itself) of everything the page refers to."""
        found = []
        for tag, element in self.elements:
            if tag in {"a", "area"} and "href" in element.attrib:
                found.append((tag, element.attrib["href"], False))
            for name in FETCHED.get(tag, ()):
                value = element.get(name) or element.get(f"{{http://www.w3.org/1999/xlink}}{name}")
                if value is None:
                    continue
                told = tag == "link" and set(element.get("rel", "").split()) <= TELLING
                values = [part.split()[0] for part in value.split(",")] if name == "srcset" else [value]
                found.extend((tag, each, not told) for each in values)
        return found


@pytest.fixture(scope="module")
def documents(built_site: Path) -> dict[str, Document]:
    """Parse every page of the site once, strictly by the HTML standard's own algorithm."""
    parsed = {}
    for url in page_urls(built_site):
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"))
        root = parser.parse(file_of(built_site, url).read_bytes().decode("utf-8"), scripting=False)
        mistakes = tuple(f"{url}:{place}: {code} {data}" for place, code, data in parser.errors)
        parsed[url] = Document(url=url, root=root, mistakes=mistakes)
    return parsed


def _texts(site: Path, *suffixes: str) -> Iterator[tuple[str, str]]:
    for path in sorted(site.rglob("*")):
        if path.suffix in suffixes and path.is_file():
            yield path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")


def test_the_archive_is_all_there(built_site: Path) -> None:
    counts = Counter(
        kind for url in page_urls(built_site) for kind, pattern in KINDS.items() if re.fullmatch(pattern, url)
    )
    assert counts["school"] == 18
    assert counts["activity"] >= 224
    assert counts["bulletin"] == 8
    assert counts["pairing"] == 5
    assert set(counts) == set(KINDS)


def test_html_is_valid(documents: dict[str, Document]) -> None:
    mistakes = [mistake for document in documents.values() for mistake in document.mistakes]
    assert not mistakes, "\n".join(mistakes[:40])


def test_every_page_says_what_it_is(documents: dict[str, Document]) -> None:
    wrong = []
    for url, document in documents.items():
        titles = [(title.text or "").strip() for title in document.all("title")]
        # An SVG drawing has titles of its own.
        if not titles or not titles[0]:
            wrong.append(f"{url}: no title")
        if not (document.meta("description") or "").strip():
            wrong.append(f"{url}: no description")
        if len(document.all("h1")) != 1:
            wrong.append(f"{url}: {len(document.all('h1'))} h1")
        if len(document.all("main")) != 1:
            wrong.append(f"{url}: {len(document.all('main'))} main")
        if not document.all("html")[0].get("lang", "").startswith("zh"):
            wrong.append(f"{url}: no lang")
    assert not wrong, "\n".join(wrong[:40])


def test_titles_tell_pages_apart(documents: dict[str, Document]) -> None:
    own = (document for document in documents.values() if not document.repeats)
    titles = Counter((document.all("title")[0].text or "").strip() for document in own)
    assert not {title: count for title, count in titles.items() if count > 1}


def test_headings_skip_no_level(documents: dict[str, Document]) -> None:
    wrong = []
    for url, document in documents.items():
        level = 0
        for tag, _ in document.elements:
            if re.fullmatch("h[1-6]", tag):
                if int(tag[1]) > level + 1:
                    wrong.append(f"{url}: {tag} after h{level}")
                level = int(tag[1])
    assert not wrong, "\n".join(wrong[:40])


def test_ids_are_unique(documents: dict[str, Document]) -> None:
    wrong = [
        f"{url}: {name}"
        for url, document in documents.items()
        for name, count in Counter(document.ids).items()
        if count > 1
    ]
    assert not wrong, "\n".join(wrong[:40])


def test_every_internal_link_arrives(built_site: Path, documents: dict[str, Document]) -> None:
    """Pages, files and fragments; from the sub-path, since a link to the host's root would leave the site."""
    files = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()}
    ids = {url: {*document.ids, "", "top"} for url, document in documents.items()}
    # 填报 shows the screen that the fragment names: a school's, the choice of one, or that of the key.
    ids["write/"] |= {f"school={path.stem}" for path in (built_site / "write").glob("*.json")}
    ids["write/"] |= {"school=", "screen=key"}
    wrong = []
    for url, document in documents.items():
        for tag, address, _ in document.references:
            target = urlsplit(urljoin(SITE_URL + url, address.replace("webcal:", "https:")))
            if target.scheme in {"data", "mailto", "tel"}:
                continue
            if target.netloc != urlsplit(SITE_URL).netloc:
                continue
            here, site = unquote(target.path), urlsplit(SITE_URL).path
            if not here.startswith(site):
                wrong.append(f"{url}: <{tag}> {address} leaves the site")
                continue
            here = here.removeprefix(site)
            if here in ids:
                if unquote(target.fragment) not in ids[here]:
                    wrong.append(f"{url}: <{tag}> {address}: no such place on the page")
            elif here not in files:
                wrong.append(f"{url}: <{tag}> {address}: no such page or file")
    assert not wrong, f"{len(wrong)} dead links\n" + "\n".join(sorted(set(wrong))[:40])


def test_links_outside_are_safe(documents: dict[str, Document]) -> None:
    for url, document in documents.items():
        for tag, address, _ in document.references:
            assert urlsplit(address).scheme in {"", "http", "https", "mailto", "tel", "data", "webcal"}, (
                url,
                tag,
                address,
            )


def test_nothing_is_fetched_from_another_host(built_site: Path, documents: dict[str, Document]) -> None:
    wrong = []
    for url, document in documents.items():
        for tag, address, fetched in document.references:
            foreign = urlsplit(address).scheme not in {"", "data"} or address.startswith("//")
            if fetched and foreign:
                wrong.append(f"{url}: <{tag}> {address}")
        wrong += [
            f"{url}: refresh"
            for meta in document.all("meta")
            if meta.get("http-equiv", "").lower() == "refresh"
        ]
    for name, text in _texts(built_site, ".css", ".svg"):
        wrong += [
            f"{name}: {found}"
            for found in re.findall(r"(?:url\(|@import)\s*['\"]?((?:https?:)?//[^'\")\s]+)", text)
        ]
    for name, text in _texts(built_site, ".js"):
        code = re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", text, flags=re.DOTALL)
        wrong += [
            f"{name}: {found}"
            for found in re.findall(r"(?:https?|wss?)://[^'\"`\s)]+", code)
            if not found.startswith("http://www.w3.org/")  # names of XML vocabularies
            # Where Pyodide would look for packages of its own: none is asked for, and its addresses are given
            # (checker-worker.js); tests/browser/test_checker.py watches its requests.
            and found not in {"https://cdn.jsdelivr.net/pyodide/v${U}/full/", "https://${t}"}
        ]
    assert not wrong, "\n".join(wrong[:40])


def test_no_inline_style_or_script(documents: dict[str, Document]) -> None:
    wrong = []
    for url, document in documents.items():
        for tag, element in document.elements:
            if tag == "style" or "style" in element.attrib:
                wrong.append(f"{url}: <{tag}> with style")
            if (
                tag == "script"
                and "src" not in element.attrib
                and element.get("type") != "application/ld+json"
            ):
                wrong.append(f"{url}: <script> without src")
            wrong += [f"{url}: <{tag} {name}>" for name in element.attrib if name.lower().startswith("on")]
    assert not wrong, "\n".join(sorted(set(wrong))[:40])


def test_pictures_keep_their_place_and_say_what_they_show(documents: dict[str, Document]) -> None:
    wrong = [
        f"{url}: {image.get('src')}"
        for url, document in documents.items()
        for image in document.all("img")
        if not (image.get("width") and image.get("height")) or image.get("alt") is None
    ]
    assert not wrong, "\n".join(wrong[:40])


def test_pages_of_activities_are_light(built_site: Path) -> None:
    """12 KB at most in a site without addresses; canonical link, links to the sources and years take 550 bytes more."""
    pages = [url for url in page_urls(built_site) if re.fullmatch(KINDS["activity"], url)]
    sizes = {url: file_of(built_site, url).stat().st_size for url in pages}
    assert len(sizes) > 300
    assert not {url: size for url, size in sizes.items() if size > 12_288 + 550}


def test_sample_records_are_marked_on_every_page(documents: dict[str, Document], archive: Path) -> None:
    sample = is_sample(archive)
    wrong = []
    for url, document in documents.items():
        body = "".join(document.all("body")[0].itertext())
        if ("示例数据" in body) != sample and not url.startswith("guides/"):
            wrong.append(f"{url}: banner")
        if sample and "noindex" not in (document.meta("robots") or ""):
            wrong.append(f"{url}: robots")
    assert not wrong, "\n".join(wrong[:40])


def test_the_sitemap_is_complete(built_site: Path, documents: dict[str, Document]) -> None:
    tree = ElementTree.parse(built_site / "sitemap.xml")  # noqa: S314 - our own file
    listed = [element.text or "" for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    own = [url for url, document in documents.items() if not document.repeats and url != "404.html"]
    assert sorted(listed) == sorted(SITE_URL + url for url in own)


def test_each_page_without_a_year_names_the_one_with_it(documents: dict[str, Document]) -> None:
    repeated = {url: document.repeats for url, document in documents.items() if document.repeats}
    assert {"schools/", "pairings/", "plan/", "calendar/", "galleries/", "assessment/"} <= repeated.keys()
    assert len(repeated) > 60
    for url, own in repeated.items():
        assert own in documents
        assert re.sub(r"\d{4}/", "", own) == url
        assert not documents[own].repeats


def test_no_byte_of_an_original_photo_is_published(built_site: Path, archive: Path) -> None:
    def digests(root: Path) -> dict[str, Path]:
        paths = (path for path in root.rglob("*") if path.suffix.lower() in PHOTOS and path.is_file())
        return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in paths}

    originals, published = digests(archive / "records"), digests(built_site)
    assert originals
    assert not originals.keys() & published.keys()


def test_published_pictures_carry_no_metadata(built_site: Path) -> None:
    wrong = []
    seen = 0
    for path in built_site.rglob("*"):
        if path.suffix.lower() not in PHOTOS:
            continue
        seen += 1
        with Image.open(path) as image:
            image.load()
            told = {
                "exif",
                "xmp",
                "icc_profile",
                "comment",
                "photoshop",
                "XML:com.adobe.xmp",
            } & image.info.keys()
            if told or image.getexif():
                wrong.append(f"{path.relative_to(built_site).as_posix()}: {sorted(told)}")
    assert seen
    assert not wrong, "\n".join(wrong[:40])


def test_nothing_unfinished_or_private_lies_in_the_site(built_site: Path) -> None:
    files = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()]
    hidden = [
        name for name in files if any(part.startswith(".") for part in name.split("/")) if name != ".nojekyll"
    ]
    assert not hidden
    sources = [name for name in files if name.endswith((".py", ".yml", ".md", ".map", ".part", ".tmp"))]
    # A bulletin as Markdown is published on purpose.
    assert not [name for name in sources if not re.fullmatch(r"bulletins/(\d{4}-\d{2})/\1\.md", name)]
    for name, text in _texts(built_site, ".html", ".json", ".csv", ".xml", ".txt"):
        for trace in (str(ROOT), "Traceback (most recent", "{{", "{%"):
            assert trace not in text, (name, trace)
