"""Read where the page 填报 opens requests from the option `forge` of mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

Kind = Literal["github", "gitea", "gitlab", "gitee"]

_DEFAULTS = {
    "github": {"api": "https://api.github.com", "web": "https://github.com"},
    "gitee": {"api": "https://gitee.com/api/v5", "web": "https://gitee.com"},
}
_NAMES = ("kind", "api", "web", "repository", "branch")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*")
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+")
_BRANCH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
_LONGEST = 200
_HERE = ("127.0.0.1", "localhost")


class ForgeError(Exception):
    """The option cannot be used; the message, in Chinese, says what to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """A forge and a repository on it.

    api, web: addresses of its API and of its pages, without a final slash: https://gitee.com/api/v5, https://gitee.com.
    repository: owner and name, of GitLab with the groups between: county/archive.
    branch: the branch that requests are for.
    """

    kind: Kind
    api: str
    web: str
    repository: str
    branch: str

    @property
    def origin(self) -> str:
        """Scheme, host and port of the API, as a Content-Security-Policy names them."""
        parts = urlsplit(self.api)
        return f"{parts.scheme}://{parts.netloc}"


def parse_forge(option: object) -> Forge | None:
    """Return the forge that an option says; None without a `kind`.

    option: a mapping of `kind`, `api`, `web`, `repository` and `branch` to texts; GitHub and Gitee need no addresses.
    Raises ForgeError for what cannot be used.
    """
    if option is None:
        return None
    if not isinstance(option, Mapping):
        raise ForgeError("应写成 kind、repository 等几项")
    if strange := [str(name)[:40] for name in option if name not in _NAMES]:
        raise ForgeError(f"没有“{strange[0]}”这一项，可写的是 {'、'.join(_NAMES)}")
    values = {name: "" if option.get(name) is None else str(option[name]).strip() for name in _NAMES}
    kind = next((kind for kind in get_args(Kind) if kind == values["kind"]), None)
    if kind is None:
        if values["kind"]:
            raise ForgeError(f"kind 应是 {'、'.join(get_args(Kind))} 之一，不是“{values['kind'][:40]}”")
        return None
    return Forge(
        kind=kind,
        api=_address("api", values["api"] or _DEFAULTS.get(kind, {}).get("api", "")),
        web=_address("web", values["web"] or _DEFAULTS.get(kind, {}).get("web", "")),
        repository=_name("repository", values["repository"], _REPOSITORY, "county/archive"),
        branch=_name("branch", values["branch"] or "main", _BRANCH, "main"),
    )


def _address(name: str, value: str) -> str:
    value = value.rstrip("/")
    if not value:
        raise ForgeError(f"缺少 {name}，写接口或网页的地址，如 https://git.example.cn/api/v1")
    if len(value) > _LONGEST or not _ADDRESS.fullmatch(value):
        raise ForgeError(f"{name} 应是 https://git.example.cn/api/v1 这样的地址，不是“{value[:80]}”")
    parts = urlsplit(value)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        raise ForgeError(f"{name} 要用 https：钥匙不能明着传")
    return value


def _name(name: str, value: str, form: re.Pattern[str], example: str) -> str:
    steps = value.split("/")
    if len(value) > _LONGEST or not form.fullmatch(value) or {"", ".", ".."} & set(steps):
        raise ForgeError(f"{name} 应写成 {example} 的样子，不是“{value[:80]}”")
    return value
