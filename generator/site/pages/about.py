"""Pages about the site itself: privacy, children's data, the map of the site; and what its foot says of who runs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from generator.documents.bulletin import list_bulletin_months
from generator.records.models import Programme
from generator.site.pages.page import Page
from generator.site.pages.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprintLine:
    """A line of the site's foot: what it is, what it says, and where that can be looked up, "" for nowhere."""

    name: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Branch:
    """A part of the map of the site: its page, and the pages below it, each a name and a site path."""

    name: str
    url: str
    links: tuple[tuple[str, str], ...] = ()


def list_imprint_lines(programme: Programme) -> tuple[ImprintLine, ...]:
    """Return what the site's foot says, in the order in which official sites say it."""
    site = programme.imprint.site
    lines = [ImprintLine(name="主办", text=site.organiser or f"{programme.issuer}{programme.office}")]
    if site.operator:
        lines.append(ImprintLine(name="承办", text=site.operator))
    if site.telephone:
        lines.append(ImprintLine(name="电话", text=site.telephone))
    if site.party_mark:
        lines.append(ImprintLine(name="", text="党政机关网站标识", url=site.party_mark))
    if site.site_code:
        lines.append(ImprintLine(name="网站标识码", text=site.site_code))
    if site.icp:
        lines.append(ImprintLine(name="", text=site.icp, url="https://beian.miit.gov.cn/"))
    if site.police:
        code = re.sub(r"\D", "", site.police)
        address = f"https://beian.mps.gov.cn/#/query/webSearch?code={quote(code)}"
        lines.append(ImprintLine(name="", text=site.police, url=address))
    if site.report_errors:
        lines.append(ImprintLine(name="", text="我为政府网站找错", url=site.report_errors))
    return tuple(lines)


def make_pages(site: Site) -> Iterator[Page]:
    """Yield the pages on privacy and on children's data, and the map of the site."""
    programme = site.programmes.get(site.year)
    yield _make_page(
        site,
        "privacy",
        "隐私政策",
        "本网站收集什么、公开什么、存在哪里，怎样要求更正和撤下。",
        programme=programme,
        forge=site.forge,
        source_url=site.repo_url,
    )
    yield _make_page(
        site,
        "children",
        "儿童个人信息保护规则",
        "照片和文字怎样保护孩子：监护人同意、不公开、撤下。",
        programme=programme,
    )
    yield _make_page(site, "site-map", "网站地图", "全部栏目和页面。", branches=tuple(_list_branches(site)))


def _make_page(site: Site, name: str, title: str, description: str, **values: object) -> Page:
    url = f"{name}/"
    return Page(
        url=url,
        section="guides",
        title=title,
        description=description,
        body=site.render_template(f"{name.replace('-', '_')}.html", url, title=title, **values),
        styles=("docs",),
    )


def _list_branches(site: Site) -> Iterator[_Branch]:
    schools = {each.id: (each.name, each.url) for year in site.schools.values() for each in year.values()}
    yield _Branch(name="帮扶对子", url="pairings/", links=tuple(_list_pairings(site)))
    yield _Branch(
        name="校园档案", url="schools/", links=tuple(sorted(schools.values(), key=lambda link: link[1]))
    )
    months = sorted({month for account in site.ledgers.values() for month in list_bulletin_months(account)})
    links = tuple((f"{month[:4]}年{int(month[5:])}月", f"bulletins/{month}/") for month in reversed(months))
    yield _Branch(name="工作简报", url="bulletins/", links=links)
    yield _Branch(name="督导互促", url="inspections/", links=(("问卷", "surveys/"), ("观摩活动", "events/")))
    yield _Branch(name="活动图库", url="galleries/")
    rest = (
        ("校验规则", "rules/"),
        ("填写项说明", "fields/"),
        ("学期考核", "assessment/"),
        ("帮扶日历", "calendar/"),
    )
    yield _Branch(name="方案与规则", url="plan/", links=rest)
    yield _Branch(name="使用指南", url="guides/")
    yield _Branch(name="填报", url="write/")
    yield _Branch(
        name="开放数据",
        url="data/",
        links=(("订阅新活动（Atom）", "feed.xml"), ("全部地址（XML）", "sitemap.xml")),
    )
    yield _Branch(name="搜索", url="search/")
    yield _Branch(name="隐私政策", url="privacy/")
    yield _Branch(name="儿童个人信息保护规则", url="children/")


def _list_pairings(site: Site) -> Iterator[tuple[str, str]]:
    for year, programme in site.programmes.items():
        for pairing in programme.pairings:
            school = site.schools[year].get(pairing.helper)
            if school:
                name = f"{school.name}的对子" + (f"（{year}年）" if len(site.programmes) > 1 else "")
                yield name, site.make_pairing_url(pairing.helper, year)
