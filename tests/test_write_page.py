"""The page 填报: its whole data, of which nothing is private; its policy; the scripts as published and kept."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

from generator.site.forge import Forge
from generator.site.pages import write
from generator.site.pages.page import Page
from generator.site.pages.write_scripts import _shorten
from tests.conftest import ROOT
from tests.test_pages import archive, site

THEME = ROOT / "theme_overrides"


def _page(tmp_path: Path, forge: Forge | None = None) -> Page:
    files = archive()
    files["records/jia/2021/plan.yml"] = (
        "rows:\n"
        "  - {id: 2021-02-1, month: 2021-02, date: 2021-02-05, task: 观摩, measure: visit, lead: 业务园长}\n"
        "  - {id: 2021-03-1, month: 2021-03, task: 电话13912345678联系, lead: 李明13912345678}\n"
    )
    return next(write.make_pages(replace(site(tmp_path, files), forge=forge)))


def _read(page: Page, name: str) -> object:
    return json.loads(page.files[f"write/{name}.json"])


def test_the_index(tmp_path: Path) -> None:
    assert _read(_page(tmp_path), "index") == {
        "version": 1,
        "year": 2021,
        "sample": False,
        "office": "甲县教育局学前股",
        "schools": [
            {"id": "jia", "name": "甲园", "short": "甲园", "kind": "帮扶园"},
            {"id": "yi", "name": "乙园", "short": "乙园", "kind": "农村园"},
        ],
        "terms": [{"name": "春学期", "starts": "2021-02-01", "ends": "2021-03-31"}],
        "measures": [
            {
                "id": "visit",
                "name": "观摩",
                "clause": "一-1",
                "clause_url": "plan/2021/#c1-1",
                "quote": "每月开展观摩。",
                "expects": {"helper": ["每月接待两名骨干"], "helped": ["每月派出一名骨干"]},
                "by_grade": [],
            },
            {
                "id": "lesson",
                "name": "示范课",
                "clause": "一-1",
                "clause_url": "plan/2021/#c1-1",
                "quote": "每月开展观摩。",
                "expects": {"helper": ["大班小班各一节"], "helped": []},
                "by_grade": ["helper"],
            },
            {
                "id": "care",
                "name": "慰问",
                "clause": "一-2",
                "clause_url": "plan/2021/#c1-2",
                "quote": "每学期开展慰问。",
                "expects": {"helper": ["每学期一次慰问"], "helped": []},
                "by_grade": [],
            },
            {
                "id": "papers",
                "name": "文件",
                "clause": "一-2",
                "clause_url": "plan/2021/#c1-2",
                "quote": "每学期开展慰问。",
                "expects": {"helper": [], "helped": []},
                "by_grade": [],
            },
        ],
        "repository": "https://forge.example/county/archive",
        "forge": None,
        "modules": [
            name for name in ("checker", "forges") if (THEME / f"assets/js/write/{name}.js").exists()
        ],
    }


def test_a_schools_data_holds_what_its_page_shows_and_nothing_private(tmp_path: Path) -> None:
    """The record that is not public counts, as on the school's page; its folder and its words are nowhere."""
    page = _page(tmp_path)
    assert _read(page, "jia") == {
        "id": "jia",
        "name": "甲园",
        "short": "甲园",
        "kind": "帮扶园",
        "helper": True,
        "year": 2021,
        "sample": False,
        "partners": [{"id": "yi", "name": "乙园", "short": "乙园"}],
        "months": [
            {
                "month": "2021-02",
                "name": "二月",
                "deadline": "2021-02-28",
                "quota": 2,
                "on_time": 1,
                "late": 1,
                "closed": False,
            },
            {
                "month": "2021-03",
                "name": "三月",
                "deadline": "2021-03-30",
                "quota": 2,
                "on_time": 0,
                "late": 0,
                "closed": False,
            },
        ],
        "plan": [
            {
                "id": "2021-02-1",
                "month": "2021-02",
                "date": "2021-02-05",
                "task": "观摩",
                "measure": "visit",
                "lead": "业务园长",
                "done": True,
            },
            {
                "id": "2021-03-1",
                "month": "2021-03",
                "date": None,
                "task": "电话███████████联系",
                "measure": None,
                "lead": "李明███████████",
                "done": False,
            },
        ],
        "taken": {"2021-02": ["05-visit", "20-lesson"]},
        "leads": ["业务园长"],
        "places": ["多功能厅"],
    }
    other = page.files["write/yi.json"].decode()
    assert json.loads(other)["taken"] == {"2021-03": ["03-visit"]}
    assert json.loads(other)["months"][1]["on_time"] == 2
    assert "04-quiet" not in other


def test_its_policy_is_the_sites_with_what_the_page_needs(tmp_path: Path) -> None:
    shared = (
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
        "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'"
    )
    assert _page(tmp_path).policy == shared
    forge = Forge(
        kind="gitea",
        api="https://git.example.cn:8443/api/v1",
        web="https://git.example.cn",
        repository="county/archive",
        branch="main",
    )
    page = _page(tmp_path, forge)
    assert page.policy == f"{shared} https://git.example.cn:8443"
    index = json.loads(page.files["write/index.json"])
    assert index["forge"] == {
        "kind": "gitea",
        "api": "https://git.example.cn:8443/api/v1",
        "web": "https://git.example.cn",
        "repository": "county/archive",
        "branch": "main",
    }


def test_scripts_are_published_without_their_comments_and_needless_spaces(tmp_path: Path) -> None:
    """Every line of code is left, and nothing of it but spaces and remarks."""
    page = _page(tmp_path)
    for path in sorted((THEME / "assets/js/write").glob("*.js")):
        kept, within = [], False
        for line in path.read_text("utf-8").splitlines():
            within = within or line.lstrip().startswith("/**")
            if not within and not line.lstrip().startswith("//"):
                code, _, remark = line.rpartition(" // ")
                kept.append(line if set(remark) & {'"', "`"} else code or line)
            within = within and not line.rstrip().endswith("*/")
        published = page.files[f"assets/js/write/{path.name}"].decode()
        assert _squeeze(published) == _squeeze("\n".join(kept)), path.name


def _squeeze(script: str) -> str:
    return re.sub(r"\s", "", script).replace(";}", "}")


SCRIPT = r"""/** What it is. */
import { one, two } from "./one.js";

// A remark.
export const three = (four, { five }) => {
  const six = [four, "a  ,  b // no remark", `${four} : ${five}`]; // a remark
  /** @type {any} */
  const seven = four ? `${five ? ` = ` : " , "} , ` : five / 2 + 'a , b';
  return six.replace(/ , "/g, " = ") && - -seven;
};
"""
SHORT = r"""import { one, two } from "./one.js";
export const three=(four,{five})=>{const six=[four,"a  ,  b // no remark",`${four} : ${five}`];
const seven = four ? `${five ? ` = ` : " , "} , ` : five / 2 + 'a , b';return six.replace(/ , "/g, " = ") && - -seven};"""


def test_texts_and_patterns_keep_their_spaces() -> None:
    assert _shorten(SCRIPT) == SHORT


def test_the_service_worker_keeps_all_that_the_page_loads(tmp_path: Path) -> None:
    page = _page(tmp_path)
    first, second = page.files["write/sw.js"].decode().splitlines()
    assert second == 'importScripts("../assets/js/write/offline.js");'
    kept = json.loads(first.removeprefix("self.SHELL = ").removesuffix(";"))
    for address, digest in kept["files"].items():
        path = address.removeprefix("../")
        content = page.files.get(path) or (THEME / path).read_bytes()
        assert digest == "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode(), path
    scripts = {f"../{path}" for path in page.files if path.startswith("assets/")}
    clients = {f"../assets/js/write/forge-{kind}.js" for kind in ("github", "gitea", "gitlab", "gitee")}
    assert scripts - set(kept["files"]) == {"../assets/js/write/offline.js", *clients}
    assert page.modules[0] == "assets/js/write/start.js"
    assert {f"../{path}" for path in page.modules} < scripts
    assert {f"../assets/css/{name}.css" for name in ("tokens", "base", "shell", "print", "write")} <= set(
        kept["files"]
    )


def test_the_version_changes_with_the_data_that_the_page_is_made_of(tmp_path: Path) -> None:
    def version(page: Page) -> str:
        found = re.search(r'"version":"([0-9a-f]{16})"', page.files["write/sw.js"].decode())
        assert found is not None
        return found[1]

    made = site(tmp_path, archive())
    sample = site(tmp_path / "other", {**archive(), "records/jia/2021/02/05-visit/activity.md": _sampled()})
    assert version(next(write.make_pages(made))) == version(next(write.make_pages(made)))
    assert version(next(write.make_pages(made))) != version(next(write.make_pages(sample)))


def _sampled() -> str:
    text = archive()["records/jia/2021/02/05-visit/activity.md"]
    assert isinstance(text, str)
    return text.replace("measure: visit\n", "measure: visit\nsample: true\n")
