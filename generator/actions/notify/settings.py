"""Read the channels' addresses and secrets from the environment. No secret is ever part of a text.

A webhook's address is a secret: whoever knows it can write into the group.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

Security = Literal["starttls", "tls", "none"]

_PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
_MAIL = re.compile(r"[!-?A-~]+@[A-Za-z0-9.-]+")
HIDDEN = "（不显示）"


class SettingsError(Exception):
    """What is missing or wrong in the environment; each problem in Chinese, naming variables, never values."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where a robot takes messages. `target` is path and query, which hold the token."""

    scheme: str
    host: str
    port: int
    target: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Robot:
    """A group's robot. `secret` is 钉钉's key for signing, "" without; `keyword` must occur in each message."""

    webhook: Webhook
    secret: str = field(default="", repr=False)
    keyword: str = ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what must not be shown, the longest first."""
        query = urlsplit(self.webhook.target).query
        values = (self.webhook.target, self.secret, *(value for _, value in parse_qsl(query)))
        return _longest_first(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail server, who sends and who receives."""

    host: str
    port: int
    security: Security
    sender: str
    receivers: tuple[str, ...]
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what must not be shown, the longest first."""
        return _longest_first((self.password, self.user, *self.receivers))


def _longest_first(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({v for v in values if v}, key=lambda v: (-len(v), v)))


def mask_secrets(text: str, secrets: Iterable[str]) -> str:
    """Return a text of the other side, on one line, bounded, with every secret taken out of it."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def read_dingtalk(environment: Mapping[str, str]) -> Robot:
    """Return the settings of 钉钉's robot. Raises SettingsError."""
    webhook = _webhook(environment, "PAIRING_DINGTALK_WEBHOOK")
    return Robot(
        webhook=webhook,
        secret=_value(environment, "PAIRING_DINGTALK_SECRET"),
        keyword=_value(environment, "PAIRING_DINGTALK_KEYWORD"),
    )


def read_wecom(environment: Mapping[str, str]) -> Robot:
    """Return the settings of 企业微信's robot. Raises SettingsError."""
    return Robot(webhook=_webhook(environment, "PAIRING_WECOM_WEBHOOK"))


def read_smtp(environment: Mapping[str, str]) -> Mail:
    """Return the settings of mail. Raises SettingsError with all that is wrong."""
    problems = []
    host = _value(environment, "PAIRING_SMTP_HOST")
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", host):
        problems.append(_missing("PAIRING_SMTP_HOST", host))
    security = _security(_value(environment, "PAIRING_SMTP_SECURITY") or "starttls")
    if security is None:
        problems.append("PAIRING_SMTP_SECURITY 只能写 starttls 或 tls")
        security = "starttls"
    if security == "none" and not _loopback(host):
        problems.append("PAIRING_SMTP_SECURITY=none 不加密，只能用于本机；请写 starttls 或 tls")
    port = _value(environment, "PAIRING_SMTP_PORT") or str(_PORTS[security])
    if not (port.isascii() and port.isdecimal() and 1 <= int(port) <= 65535):
        problems.append("PAIRING_SMTP_PORT 应当是 1 到 65535 的整数")
        port = "0"
    sender = _value(environment, "PAIRING_SMTP_FROM")
    if not _MAIL.fullmatch(parseaddr(sender)[1]):
        problems.append(_missing("PAIRING_SMTP_FROM", sender))
    named = _value(environment, "PAIRING_SMTP_TO")
    receivers = tuple(dict.fromkeys(filter(None, re.split(r"[,;，；\s]+", named))))
    if not receivers or not all(_MAIL.fullmatch(each) for each in receivers):
        problems.append(_missing("PAIRING_SMTP_TO", named))
    user, password = _value(environment, "PAIRING_SMTP_USER"), environment.get("PAIRING_SMTP_PASSWORD", "")
    if bool(user) != bool(password):
        problems.append("PAIRING_SMTP_USER 和 PAIRING_SMTP_PASSWORD 要么都设，要么都不设")
    for name, value in (("PAIRING_SMTP_USER", user), ("PAIRING_SMTP_PASSWORD", password)):
        if not re.fullmatch(r"[ -~]*", value):
            problems.append(f"{name} 里有中文、全角字符或换行")
    if problems:
        raise SettingsError(problems)
    return Mail(
        host=host,
        port=int(port),
        security=security,
        sender=sender,
        receivers=receivers,
        user=user,
        password=password,
    )


def _security(word: str) -> Security | None:
    known: dict[str, Security] = {"starttls": "starttls", "tls": "tls", "none": "none"}
    return known.get(word.lower())


def _value(environment: Mapping[str, str], name: str) -> str:
    return environment.get(name, "").strip()


def _missing(name: str, value: str) -> str:
    return f"环境变量 {name} {'写得不对' if value else '还没有设'}"


def _webhook(environment: Mapping[str, str], name: str) -> Webhook:
    value = _value(environment, name)
    if not value:
        raise SettingsError([_missing(name, value)])
    wrong = SettingsError([f"环境变量 {name} 不是一个网址，照机器人设置页上的 Webhook 原样复制"])
    if not re.fullmatch(r"[!-~]{1,2000}", value):
        raise wrong
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("https", "http") or not host or parts.username is not None:
        raise wrong
    if parts.scheme == "http" and not _loopback(host):
        raise SettingsError([f"环境变量 {name} 要以 https:// 开头；http:// 不加密，谁都能看到"])
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Webhook(
        scheme=parts.scheme, host=host, port=port or (443 if parts.scheme == "https" else 80), target=target
    )


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
