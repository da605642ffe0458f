"""Build the requests to the group robots of 钉钉 and 企业微信 as each service defines them.

钉钉: 自定义机器人接入, signed with HMAC-SHA256 over the time in milliseconds and the key; 20,000 bytes a
message. 企业微信: 群机器人, 4,096 bytes of Markdown. Both take twenty messages a minute.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import quote_plus

from generator.actions.notify import robot_answers
from generator.actions.notify.https import Limits, post_json
from generator.actions.notify.message import Fitted, Message, fit_message
from generator.actions.notify.settings import Robot

Now = Callable[[], dt.datetime]

# Signs that 企业微信 reads as markup: its Markdown has no escapes.
_WECOM_SIGNS = str.maketrans({"[": "［", "]": "］", "<": "＜", "`": "｀", "*": "＊", "_": "＿", "\\": "＼"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DingTalk:
    """钉钉's robot. `now` gives the time of signing, which may be an hour off at most."""

    robot: Robot
    now: Now
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext | None = None

    name: ClassVar[str] = "钉钉"
    most: ClassVar[int] = 20_000

    def fit_message(self, message: Message) -> Fitted:
        """Return the message's text within the limit of the whole request."""
        return format_dingtalk_text(message, self.robot.keyword)

    def send_message(self, message: Message) -> None:
        """Send once. Raises NotDeliveredError or UnknownOutcomeError."""
        webhook, target = self.robot.webhook, self.robot.webhook.target
        if self.robot.secret:
            moment = round(self.now().timestamp() * 1000)
            target += f"{'&' if '?' in target else '?'}timestamp={moment}&sign={quote_plus(sign_request(moment, self.robot.secret))}"
        body = _dingtalk_body(message.title, self.fit_message(message).text)
        reply = post_json(webhook, target, body, limits=self.limits, tls=self.tls)
        robot_answers.raise_unless_delivered(reply, self.robot, webhook.host, robot_answers.DINGTALK)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeCom:
    """企业微信's robot."""

    robot: Robot
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext | None = None

    name: ClassVar[str] = "企业微信"
    most: ClassVar[int] = 4096

    def fit_message(self, message: Message) -> Fitted:
        """Return the message's text within the limit of the content."""
        return format_wecom_text(message)

    def send_message(self, message: Message) -> None:
        """Send once. Raises NotDeliveredError or UnknownOutcomeError."""
        webhook = self.robot.webhook
        content = self.fit_message(message).text
        body = _json({"msgtype": "markdown", "markdown": {"content": content}})
        reply = post_json(webhook, webhook.target, body, limits=self.limits, tls=self.tls)
        robot_answers.raise_unless_delivered(reply, self.robot, webhook.host, robot_answers.WECOM)


def sign_request(moment: int, secret: str) -> str:
    """Return 钉钉's signature for a time in milliseconds: base64 of HMAC-SHA256 with the secret as key."""
    signed = f"{moment}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def format_dingtalk_text(message: Message, keyword: str = "") -> Fitted:
    """Return what 钉钉 is sent: Markdown with the keyword in it, in a request of at most 20,000 bytes."""

    def form(limit: int | None) -> str:
        text = message.markdown(limit if limit is None else max(0, limit - len(keyword.encode()) - 4))
        return text if keyword in text else f"{keyword}\n\n{text}"

    return fit_message(
        message, form, size=lambda text: len(_dingtalk_body(message.title, text)), most=DingTalk.most
    )


def format_wecom_text(message: Message) -> Fitted:
    """Return what 企业微信 is sent: plain text, its signs neutralised, with a bold title and a link."""

    def form(limit: int | None) -> str:
        lines = message.plain(limit).translate(_WECOM_SIGNS).splitlines()
        if message.link:
            written, link = message.link.translate(_WECOM_SIGNS), f"[{message.link}]({message.link})"
            lines = [line.replace(written, link) for line in lines]
        lines = [re.sub(r"^(\s*)#", r"\1＃", line) for line in lines]
        if lines:
            lines[0] = f"**{lines[0]}**"
        return "\n".join(lines) + "\n"

    return fit_message(message, form, size=lambda text: len(text.encode()), most=WeCom.most)


def _dingtalk_body(title: str, text: str) -> bytes:
    return _json({"msgtype": "markdown", "markdown": {"title": title, "text": text}})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
