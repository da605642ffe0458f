"""What the site says of itself: the foot of every page, privacy, children's data, the map of the site."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest
import yaml
from pydantic import ValidationError

from generator.records.models import Programme
from generator.records.models.imprint import SiteImprint
from generator.site.forge import Forge
from generator.site.pages import about
from generator.site.pages.about import ImprintLine, list_imprint_lines
from generator.site.pages.page import Page
from tests.small_archive import PROGRAMME, base
from tests.test_pages import site

WHOLE = {
    "organiser": "甲县教育局",
    "operator": "甲县教育信息中心",
    "telephone": "0936-6621234",
    "party_mark": "https://bszs.conac.cn/sitename?method=show&id=1A2B",
    "site_code": "6207240001",
    "icp": "甘ICP备12345678号-1",
    "police": "甘公网安备62072402000001号",
    "report_errors": "https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=6207240001",
}


def _programme(imprint: dict[str, str]) -> Programme:
    return Programme.model_validate({**yaml.safe_load(PROGRAMME), "year": 2021, "imprint": {"site": imprint}})


def test_the_foot_says_what_the_programme_gives_in_the_order_of_official_sites() -> None:
    assert list_imprint_lines(_programme({})) == (ImprintLine(name="主办", text="甲县教育局学前股"),)
    assert list_imprint_lines(_programme(WHOLE)) == (
        ImprintLine(name="主办", text="甲县教育局"),
        ImprintLine(name="承办", text="甲县教育信息中心"),
        ImprintLine(name="电话", text="0936-6621234"),
        ImprintLine(name="", text="党政机关网站标识", url=WHOLE["party_mark"]),
        ImprintLine(name="网站标识码", text="6207240001"),
        ImprintLine(name="", text="甘ICP备12345678号-1", url="https://beian.miit.gov.cn/"),
        ImprintLine(
            name="",
            text="甘公网安备62072402000001号",
            url="https://beian.mps.gov.cn/#/query/webSearch?code=62072402000001",
        ),
        ImprintLine(name="", text="我为政府网站找错", url=WHOLE["report_errors"]),
    )


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("icp", "甘ICP备 12345678 号 － 1", "甘ICP备12345678号-1"),
        ("icp", "甘icp备12345678号", "甘ICP备12345678号"),
        ("police", "甘公网安备 ６２０７２４０２０００００１号", "甘公网安备62072402000001号"),
        ("site_code", "bm01000001", "bm01000001"),
    ],
)
def test_what_a_keyboard_makes_of_a_number_is_understood(name: str, typed: str, meant: str) -> None:
    assert getattr(SiteImprint.model_validate({name: typed}), name) == meant


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("icp", "12345678"),
        ("icp", "某ICP备12345678号"),
        ("icp", "甘ICP备12345678号<b>"),
        ("police", "甘公网安备620724020001号"),
        ("site_code", "62072400"),
        ("party_mark", "javascript:alert(1)"),
        ("party_mark", "http://bszs.conac.cn/"),
        ("report_errors", 'https://zfwzgl.www.gov.cn/ " onclick=x'),
        ("report_errors", "https://户.example/"),
    ],
)
def test_what_was_never_given_out_is_refused_with_how_to_write_it(name: str, typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SiteImprint.model_validate({name: typed})
    (fault,) = refused.value.errors()
    assert (fault["type"], fault["loc"]) == ("field-value", (name,))
    assert fault["ctx"]["fix"].startswith("照批下来的原样写，如 ")


def _pages(root: Path, imprint: str = "", forge: Forge | None = None) -> dict[str, Page]:
    text = PROGRAMME.replace("plan_text:", f"{imprint}plan_text:", 1)
    made = site(root, base() | {"records/bureau/2021/programme.yml": text})
    import dataclasses

    return {page.url: page for page in about.make_pages(dataclasses.replace(made, forge=forge))}


def _words(page: Page) -> str:
    body = html5lib.parse(page.body, treebuilder="etree", namespaceHTMLElements=False)
    return "".join("".join(body.itertext()).split())


def test_the_pages_are_written_from_what_this_site_does(tmp_path: Path) -> None:
    pages = _pages(tmp_path / "a")
    assert list(pages) == ["privacy/", "children/", "site-map/"]
    privacy = _words(pages["privacy/"])
    assert "本网站由甲县教育局学前股主办" in privacy
    assert "页面不向任何地方发送" in privacy
    assert "钥匙" not in privacy
    assert "请告诉园里或主办单位，也可以在档案所在的网站填“图片撤回申请”，说清是哪一页、第几张。" in privacy
    children = _words(pages["children/"])
    assert "没有写明图中有谁的，照其他规则公开" in children
    assert "联系甲县教育局学前股，或孩子所在的园。" in children

    forge = Forge(
        kind="gitea", api="https://f.example/api/v1", web="https://f.example", repository="a/b", branch="main"
    )
    imprint = "unstated_people: withhold\nimprint: {site: {organiser: 甲局, telephone: 0936-6621234}}\n"
    pages = _pages(tmp_path / "b", imprint, forge)
    privacy = _words(pages["privacy/"])
    assert "直接交到档案所在的网站" in privacy
    assert "教育局发给园里的钥匙" in privacy
    assert "请告诉园里或主办单位（电话0936-6621234），" in privacy
    children = _words(pages["children/"])
    assert "没有写明图中有谁的，也不公开。" in children
    assert "联系甲局，电话0936-6621234，或孩子所在的园。" in children


def test_what_the_privacy_page_says_is_kept_is_all_that_scripts_keep() -> None:
    """A new kind of storage must be told there."""
    scripts = Path(__file__).parent.parent / "theme_overrides" / "assets" / "js"
    kept = {
        (path.relative_to(scripts).as_posix(), word)
        for path in scripts.rglob("*.js")
        for word in ("localStorage", "sessionStorage", "indexedDB", "caches", "document.cookie")
        if re.search(rf"(?<!\w){re.escape(word)}\b\??[.\[]", path.read_text("utf-8"))
    }
    assert kept == {
        ("theme.js", "localStorage"),  # 浅色还是深色
        ("site.js", "localStorage"),
        ("write/start.js", "localStorage"),  # 选过的园、字的大小
        ("write/key.js", "localStorage"),  # 钥匙
        ("write/storage.js", "indexedDB"),  # 草稿和照片
        ("write/offline.js", "caches"),  # “填报”页的程序
        ("write/screens.js", "caches"),
        ("write/checker-cache.js", "caches"),
    }


def test_the_map_names_every_section(tmp_path: Path) -> None:
    links = re.findall(r'<a href="\.\./([^"]*)">([^<]*)</a>', _pages(tmp_path)["site-map/"].body)
    assert links == [
        ("", "首页"),
        ("pairings/", "帮扶对子"),
        ("pairings/jia/2021/", "甲园的对子"),
        ("schools/", "校园档案"),
        ("schools/jia/2021/", "甲园"),
        ("schools/yi/2021/", "乙园"),
        ("bulletins/", "工作简报"),
        ("bulletins/2021-02/", "2021年2月"),
        ("inspections/", "督导互促"),
        ("surveys/", "问卷"),
        ("events/", "观摩活动"),
        ("galleries/", "活动图库"),
        ("plan/", "方案与规则"),
        ("rules/", "校验规则"),
        ("fields/", "填写项说明"),
        ("assessment/", "学期考核"),
        ("calendar/", "帮扶日历"),
        ("guides/", "使用指南"),
        ("write/", "填报"),
        ("data/", "开放数据"),
        ("feed.xml", "订阅新活动（Atom）"),
        ("sitemap.xml", "全部地址（XML）"),
        ("search/", "搜索"),
        ("privacy/", "隐私政策"),
        ("children/", "儿童个人信息保护规则"),
    ]
