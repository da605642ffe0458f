"""The shell: the whole document of a page, its links at every depth, and what is refused."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.site.pages.page import Excerpt, Page
from generator.site.shell import (
    POLICY,
    SLOTS,
    Shell,
    ShellError,
    SitemapEntry,
    Written,
    format_sitemap,
    make_slot_token,
    resolve_sample_parts,
)

FRAME = (
    '<html><head><!--slot:policy--><!--slot:modules--><title><!--slot:title--></title><link rel="icon" href="../assets/i.svg">'
    "<!--slot:description--><!--slot:canonical--><!--slot:robots--><!--slot:styles--><!--slot:scripts-->"
    '</head><body><a href="..">首页</a><a href="./">校园</a><form action="../search/"></form>'
    "<main><!--slot:body--></main></body></html>"
)
PAGE = Page(
    url="schools/leimeng/",
    section="schools",
    title="蕾梦幼儿园",
    description="全年活动",
    body="<h1>蕾梦幼儿园</h1>",
)


def _shell(html: str = FRAME, **settings: Any) -> Shell:
    return Shell({"schools": (html, "schools/")}, site_name="档案", **settings)


def _document(page: Page, **settings: Any) -> str:
    return _shell(**{"policies": False} | settings).render_page(page)


def test_a_page_fills_every_slot() -> None:
    page = replace(
        PAGE,
        styles=("gallery", "facts"),
        scripts=("lightbox",),
        modules=("assets/js/a/start.js", "assets/js/a/b.js"),
        index=False,
    )
    assert _document(page, site_url="https://example.org/da/") == (
        '<html><head><script type="module" src="../../assets/js/a/start.js"></script>'
        '<script type="module" src="../../assets/js/a/b.js"></script>'
        '<title>蕾梦幼儿园 - 档案</title><link rel="icon" href="../../assets/i.svg">'
        '<meta name="description" content="全年活动">'
        '<link rel="canonical" href="https://example.org/da/schools/leimeng/">'
        '<meta name="robots" content="noindex">'
        '<link rel="stylesheet" href="../../assets/css/gallery.css">'
        '<link rel="stylesheet" href="../../assets/css/facts.css">'
        '<script src="../../assets/js/lightbox.js" defer></script>'
        '</head><body><a href="../../">首页</a><a href="../../schools/">校园</a>'
        '<form action="../../search/"></form><main><h1>蕾梦幼儿园</h1></main></body></html>'
    )


def test_what_a_page_does_not_have_leaves_nothing() -> None:
    assert _document(replace(PAGE, url="", title="档案首页", description="")) == (
        '<html><head><title>档案首页</title><link rel="icon" href="assets/i.svg">'
        '</head><body><a href="./">首页</a><a href="schools/">校园</a>'
        '<form action="search/"></form><main><h1>蕾梦幼儿园</h1></main></body></html>'
    )


def test_every_page_has_a_policy_its_own_or_the_sites_but_in_a_live_preview() -> None:
    element = '<meta http-equiv="Content-Security-Policy" content="{}">'
    own = replace(PAGE, policy="default-src 'self'; connect-src 'self' https://api.example.org")
    assert element.format(POLICY) + "<title>" in _shell().render_page(PAGE)
    assert element.format(own.policy) + "<title>" in _shell().render_page(own)
    for page in (PAGE, own):
        assert "Content-Security-Policy" not in _shell(policies=False).render_page(page)


def test_a_sample_is_never_indexed() -> None:
    assert '<meta name="robots" content="noindex">' in _document(PAGE, sample=True)


def test_title_and_description_are_escaped_and_slot_tokens_in_them_stay_text() -> None:
    page = replace(
        PAGE, title=f"<b>&{make_slot_token('body')}", description='"><script>', body=make_slot_token("title")
    )
    html = _document(page)
    assert "<title>&lt;b&gt;&amp;&lt;!--slot:body--&gt; - 档案</title>" in html
    assert 'content="&quot;&gt;&lt;script&gt;"' in html
    assert html.count("<!--slot:") == 1  # the body's own, as it came


@pytest.mark.parametrize(
    ("link", "at_root", "deep"),
    [
        ("..", "./", "../../../"),
        ("../", "./", "../../../"),
        (".", "schools/", "../../../schools/"),
        ("../feed.xml", "feed.xml", "../../../feed.xml"),
        ("../search/?q=a/../b#c", "search/?q=a/../b#c", "../../../search/?q=a/../b#c"),
        ("diyi/#m2020-03", "schools/diyi/#m2020-03", "../../../schools/diyi/#m2020-03"),
        ("#main", "#main", "#main"),
        ("?q=1", "?q=1", "?q=1"),
        ("", "", ""),
        ("/root/", "/root/", "/root/"),
        ("//host/x", "//host/x", "//host/x"),
        ("https://example.org/", "https://example.org/", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org", "mailto:a@example.org"),
        ("data:,x", "data:,x", "data:,x"),
    ],
)
def test_links_are_rewritten_for_the_depth(link: str, at_root: str, deep: str) -> None:
    shell = _shell(FRAME.replace("../assets/i.svg", link))
    for url, expected in (("", at_root), ("a/b/c/", deep)):
        assert f'<link rel="icon" href="{expected}">' in shell.render_page(replace(PAGE, url=url))


def test_an_error_page_links_from_the_root() -> None:
    page = replace(PAGE, url="404.html")
    assert 'href="/assets/i.svg"' in _document(page)
    html = _document(page, site_url="https://example.org/da/")
    assert 'href="/da/assets/i.svg"' in html
    assert "canonical" not in html


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("", "no slot " + ", no slot ".join(repr(name) for name in SLOTS)),
        (FRAME.replace(make_slot_token("body"), ""), "no slot 'body'"),
        (FRAME + make_slot_token("title") * 2, "slot 'title' 3 times"),
        (FRAME + make_slot_token("banner"), "unknown slot 'banner'"),
    ],
)
def test_a_shell_with_wrong_slots_is_refused(html: str, message: str) -> None:
    with pytest.raises(ShellError) as caught:
        _shell(html)
    assert str(caught.value) == f"shell of the section 'schools': {message}"


def test_a_link_out_of_the_site_is_refused() -> None:
    with pytest.raises(ShellError, match=r"leaves the site: '\.\./\.\./x'"):
        _shell(FRAME.replace("../assets/i.svg", "../../x")).render_page(PAGE)


def test_a_section_that_was_not_rendered_is_refused() -> None:
    with pytest.raises(ShellError, match="no shell for the section 'plan'"):
        _shell().render_page(replace(PAGE, section="plan"))


def test_pages_are_written_and_what_belongs_in_the_site_map_is_told(tmp_path: Path) -> None:
    day = datetime.date(2020, 5, 14)
    pages = [
        replace(PAGE, url=""),
        replace(PAGE, modified=day, excerpt=Excerpt(record=b"{}"), files={"data/x.bin": b"\0"}),
        replace(PAGE, url="schools/leimeng/2020/05/14-x/", index=False),
        replace(PAGE, url="404.html", index=False),
    ]
    shell = _shell()
    assert shell.write_pages(iter(pages), tmp_path) == Written(
        urls=("", "schools/leimeng/", "schools/leimeng/2020/05/14-x/", "404.html"),
        entries=(SitemapEntry(url=""), SitemapEntry(url="schools/leimeng/", modified=day)),
        excerpts={"schools/leimeng/": Excerpt(record=b"{}")},
    )
    files = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*") if path.is_file()}
    assert sorted(files) == [
        "404.html",
        "data/x.bin",
        "index.html",
        "schools/leimeng/2020/05/14-x/index.html",
        "schools/leimeng/index.html",
    ]
    assert files["schools/leimeng/2020/05/14-x/index.html"].read_text("utf-8") == shell.render_page(pages[2])


@pytest.mark.parametrize(
    "url", ["/schools/", "schools", "../x/", "a//b/", "a/../b/", ".git/", "a b/", "校/", "a/x.js", "C:/x/"]
)
def test_a_url_that_is_no_plain_path_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(ShellError, match="bad URL of a page"):
        _shell().write_pages([replace(PAGE, url=url)], tmp_path)


def test_two_pages_at_one_address_are_refused() -> None:
    with pytest.raises(ShellError, match="two pages at 'schools/leimeng/'"):
        Written.join_parts([Written(urls=("", PAGE.url)), Written(urls=(PAGE.url,))])


def test_the_site_map_is_sorted_and_dated() -> None:
    entries = [
        SitemapEntry(url="b/", modified=datetime.date(2020, 5, 14)),
        SitemapEntry(url=""),
        SitemapEntry(url="a/"),
    ]
    assert format_sitemap(entries, "https://example.org/da/") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://example.org/da/</loc></url>\n"
        "<url><loc>https://example.org/da/a/</loc></url>\n"
        "<url><loc>https://example.org/da/b/</loc><lastmod>2020-05-14</lastmod></url>\n"
        "</urlset>\n"
    )
    assert "<loc>/a/</loc>" in format_sitemap(entries, "")


@pytest.mark.parametrize(("sample", "left"), [(True, "a<b>1\n2</b>c"), (False, "ac")])
def test_what_is_said_of_samples_stays_or_goes_whole(sample: bool, left: str) -> None:
    assert resolve_sample_parts("a<!--sample--><b>1\n2</b><!--/sample-->c", sample=sample) == left
