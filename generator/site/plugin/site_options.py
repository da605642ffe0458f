"""Refuse options of mkdocs.yml that this site would ignore: each by its name, with what to do instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

_OWN_SWITCH = "深色、浅色跟随读者的系统，页面上也能切换"
_OWN_COLOURS = "要改颜色，在自己的 custom_dir 里放一份 assets/css/tokens.css"
THEME = {
    "palette": f"{_OWN_SWITCH}；{_OWN_COLOURS}",
    "features": "网站不用 Material 的功能开关：导航、目录、搜索都是自带的",
    "icon": "图标是自带的；要换，在自己的 custom_dir 里放同名的文件，如 partials/icon-search.html",
    "direction": "网站只有从左到右的中文",
    "include_search_page": "搜索页是自带的",
    "search_index_only": "搜索页是自带的",
}
"""Options of the theme Material that nothing here reads."""

EXTRA = {
    "social": "页脚的链接写在方案数据的 imprint.site 里",
    "analytics": "网站不做访问统计，不向别的网站要任何东西",
    "consent": "网站不用 Cookie，不用征求同意",
    "alternate": "网站只有中文",
    "version": "网站不分版本",
    "status": "网站不显示页面状态",
    "generator": "页脚是自带的",
    "homepage": "网站标志总是通到首页",
    "annotate": "网站不用批注",
    "tags": "网站不用标签",
}
"""Keys of ``extra`` that the theme Material documents and nothing here reads."""

PLUGINS = {
    "search": "全站搜索是自带的",
    "tags": "网站不用标签；活动按帮扶内容、月份、对子分类",
    "blog": "最新活动和简报是自带的",
    "privacy": "网站不向别的网站要任何东西，不用它",
    "offline": "“填报”页没有网络也能用，是自带的；别的页面要联网看",
    "meta": "每一页的说明写在那一页开头",
    "social": "网站不生成分享图",
    "optimize": "图片由程序自己缩小",
    "group": "插件一个一个写",
    "projects": "一份档案一个网站",
    "typeset": "标题照写的显示",
    "info": "出了问题，把 pairing 的提示发给维护人员",
}
"""Plugins of Material whose pages or settings would not reach this site."""

TOP = {
    "edit_uri": "指南页上没有“编辑”链接",
    "edit_uri_template": "指南页上没有“编辑”链接",
    "repo_name": "仓库的链接在页脚，写着“记录与源代码”",
    "repo_url": "写在 plugins 的 pairing 里：- pairing: {repo_url: 网址}",
    "remote_branch": "发布由工作流做，见 .github/workflows/publish.yml",
    "remote_name": "发布由工作流做，见 .github/workflows/publish.yml",
}


def read_refusals(file: str | None) -> list[str]:
    """Return a message for each option of a configuration file, what it inherits included, that would be ignored."""
    if not file:
        return []
    with Path(file).open("rb") as opened:
        return list(list_refusals(yaml_load(opened) or {}))


def list_refusals(written: Mapping[str, Any]) -> Iterator[str]:
    """Yield a message for each option that would be ignored. ``written``: mkdocs.yml as it was typed."""
    for name, advice in TOP.items():
        if written.get(name) is not None:
            yield f"{name}：{advice}"
    if written.get("use_directory_urls") is False:
        yield "use_directory_urls: false：每一页的网址固定，以“/”结尾，不能改"
    typed = written.get("theme")
    theme: dict[str, Any] = (
        {"name": typed} if isinstance(typed, str) else typed if isinstance(typed, dict) else {}
    )
    if theme.get("name", "material") != "material":
        yield f"theme.name: {theme['name']}：网站的模板照 material 写，写 material"
    if theme.get("font"):
        yield "theme.font：网站用读者设备上的字体，不从别处取；写 false"
    if theme.get("language", "zh") != "zh":
        yield f"theme.language: {theme['language']}：网站只有中文，写 zh"
    yield from (f"theme.{name}：{advice}" for name, advice in THEME.items() if name in theme)
    extra = written.get("extra")
    if isinstance(extra, dict):
        yield from (f"extra.{name}：{advice}" for name, advice in EXTRA.items() if name in extra)
    for plugin in _list_plugins(written.get("plugins")):
        if reason := PLUGINS.get(plugin.removeprefix("material/")):
            yield f"plugins 里的 {plugin}：{reason}"
    for name in ("extra_css", "extra_javascript"):
        for entry in written.get(name) or ():
            path = entry.get("path") if isinstance(entry, dict) else entry
            if isinstance(path, str) and "//" in path:
                yield f"{name} 里的 {path}：网站不向别的网站要任何东西；把文件放进 {written.get('docs_dir', 'docs')}"
    yield from (
        f"nav 里的 {address}：外部链接不显示，写进页面的文字里"
        for address in _list_addresses(written.get("nav"))
    )


def _list_plugins(plugins: Any) -> Iterator[str]:
    for plugin in plugins or ():
        if isinstance(plugin, str):
            yield plugin
        elif isinstance(plugin, dict):
            yield from map(str, plugin)


def _list_addresses(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        if "://" in nav:
            yield nav
    elif isinstance(nav, list | dict):
        for entry in nav.values() if isinstance(nav, dict) else nav:
            yield from _list_addresses(entry)
