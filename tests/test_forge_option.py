"""The option `forge`: what each kind needs, and what is refused with which words."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from generator.site.forge import Forge, ForgeError, parse_forge
from tests.conftest import ROOT

NOTHING = {"kind": None, "api": None, "web": None, "repository": None, "branch": "main"}
GITEA = {"kind": "gitea", "api": "https://git.example.cn/api/v1/", "web": "https://git.example.cn"}


@pytest.mark.parametrize("option", [None, {}, NOTHING, {"kind": ""}, {"repository": "a/b"}])
def test_without_a_kind_there_is_none(option: Any) -> None:
    assert parse_forge(option) is None


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        (
            {"kind": "github", "repository": "county/archive"},
            Forge(
                kind="github",
                api="https://api.github.com",
                web="https://github.com",
                repository="county/archive",
                branch="main",
            ),
        ),
        (
            {"kind": "gitee", "repository": "county/archive", "branch": 2020},
            Forge(
                kind="gitee",
                api="https://gitee.com/api/v5",
                web="https://gitee.com",
                repository="county/archive",
                branch="2020",
            ),
        ),
        (
            {**GITEA, "repository": "county/archive"},
            Forge(
                kind="gitea",
                api="https://git.example.cn/api/v1",
                web="https://git.example.cn",
                repository="county/archive",
                branch="main",
            ),
        ),
        (
            {
                "kind": "gitlab",
                "api": "http://127.0.0.1:8080/api/v4",
                "web": "http://localhost:8080",
                "repository": "edu/county/archive",
                "branch": "release/2020",
            },
            Forge(
                kind="gitlab",
                api="http://127.0.0.1:8080/api/v4",
                web="http://localhost:8080",
                repository="edu/county/archive",
                branch="release/2020",
            ),
        ),
    ],
)
def test_each_kind(option: Any, expected: Forge) -> None:
    assert parse_forge({**NOTHING, **option}) == expected


def test_the_policy_names_the_host_of_the_api() -> None:
    forge = parse_forge({**GITEA, "api": "https://git.example.cn:8443/api/v1", "repository": "a/b"})
    assert forge is not None
    assert forge.origin == "https://git.example.cn:8443"


ADDRESS = "应是 https://git.example.cn/api/v1 这样的地址，不是"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("github", "应写成 kind、repository 等几项"),
        ({"kind": "github", "token": "x"}, "没有“token”这一项，可写的是 kind、api、web、repository、branch"),
        ({"kind": "svn"}, "kind 应是 github、gitea、gitlab、gitee 之一，不是“svn”"),
        ({"kind": "gitlab", "repository": "a/b"}, "缺少 api，写接口或网页的地址，如 https://git.example.cn/api/v1"),
        ({"kind": "github"}, "repository 应写成 county/archive 的样子，不是“”"),
        ({"kind": "github", "repository": "archive"}, "repository 应写成 county/archive 的样子，不是“archive”"),
        ({"kind": "github", "repository": "../x"}, "repository 应写成 county/archive 的样子，不是“../x”"),
        ({"kind": "github", "repository": "a/b?c"}, "repository 应写成 county/archive 的样子，不是“a/b?c”"),
        ({"kind": "github", "repository": "a/b", "branch": "a..b/../c"}, "branch 应写成 main 的样子，不是“a..b/../c”"),
        ({**GITEA, "repository": "a/b", "api": "http://git.example.cn"}, "api 要用 https：钥匙不能明着传"),
        ({**GITEA, "repository": "a/b", "api": "https://x; script-src *"}, f"api {ADDRESS}“https://x; script-src *”"),
        ({**GITEA, "repository": "a/b", "web": "javascript:alert(1)"}, f"web {ADDRESS}“javascript:alert(1)”"),
        ({**GITEA, "repository": "a/b", "web": "https://user@host"}, f"web {ADDRESS}“https://user@host”"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(option: Any, message: str) -> None:
    with pytest.raises(ForgeError) as caught:
        parse_forge(option)
    assert str(caught.value) == message


def test_the_guides_examples_are_read_and_its_variables_are_those_of_the_sites_settings() -> None:
    guide = (ROOT / "content/guides/keys.md").read_text("utf-8")
    found = [
        parse_forge(yaml.safe_load(block)["plugins"][0]["pairing"]["forge"])
        for block in re.findall(r"(?ms)^```yaml\n(.*?)^```", guide)
    ]
    assert [(each.kind, each.api, each.repository) for each in found if each] == [
        ("github", "https://api.github.com", "county/archive"),
        ("gitea", "https://git.example.gov.cn/api/v1", "county/archive"),
    ]
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    rows = re.findall(r"(?m)^\| `([a-z]+)` \| .*\| `(PAIRING_FORGE\w*)` \|$", guide)
    assert rows == re.findall(r"(?m)^        ([a-z]+): !ENV \[(PAIRING_FORGE\w*), ", settings)
    publish = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    passed = re.findall(r"(?m)^          (PAIRING_FORGE\w*): \$\{\{ vars\.(PAIRING_FORGE\w*) ", publish)
    assert passed == [(variable, variable) for _, variable in rows]
    assert len(rows) == 5
