"""The groups' robots of 钉钉 and 企业微信: the request as each service defines it, and what its answer means.

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

from generator.notify.http_post import Limits, Reply, post
from generator.notify.message import Fitted, Message, fit
from generator.notify.outcome import NotDeliveredError, UnknownOutcomeError
from generator.notify.settings import Robot, masked

Now = Callable[[], dt.datetime]

# A service that is busy or takes no more for now has not taken the message.
_BUSY_STATUS = {408, 425, 429, 500, 503}
# Whoever answers thus stands before the service and does not know what became of the request.
_UNSURE_STATUS = {502, 504}
_LONGEST_WAIT = 120.0
_TOO_FAST = 60.0

# What 企业微信 would take for a mark: its Markdown has no escapes.
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

    def fitted(self, message: Message) -> Fitted:
        """Return the message's text within the limit of the whole request."""
        return dingtalk_text(message, self.robot.keyword)

    def send(self, message: Message) -> None:
        """Send once. Raises NotDeliveredError or UnknownOutcomeError."""
        webhook, target = self.robot.webhook, self.robot.webhook.target
        if self.robot.secret:
            moment = round(self.now().timestamp() * 1000)
            target += f"{'&' if '?' in target else '?'}timestamp={moment}&sign={quote_plus(signature(moment, self.robot.secret))}"
        body = _dingtalk_body(message.title, self.fitted(message).text)
        reply = post(webhook, target, body, limits=self.limits, tls=self.tls)
        _judge(reply, self.robot, webhook.host, _DINGTALK_CODES, busy={-1}, too_fast={130101, 410100})


@dataclass(frozen=True, slots=True, kw_only=True)
class WeCom:
    """企业微信's robot."""

    robot: Robot
    limits: Limits = field(default_factory=Limits)
    tls: ssl.SSLContext | None = None

    name: ClassVar[str] = "企业微信"
    most: ClassVar[int] = 4096

    def fitted(self, message: Message) -> Fitted:
        """Return the message's text within the limit of the content."""
        return wecom_text(message)

    def send(self, message: Message) -> None:
        """Send once. Raises NotDeliveredError or UnknownOutcomeError."""
        webhook = self.robot.webhook
        content = self.fitted(message).text
        body = _json({"msgtype": "markdown", "markdown": {"content": content}})
        reply = post(webhook, webhook.target, body, limits=self.limits, tls=self.tls)
        _judge(reply, self.robot, webhook.host, _WECOM_CODES, busy={-1}, too_fast={45009, 45033})


def signature(moment: int, secret: str) -> str:
    """Return 钉钉's signature for a time in milliseconds: base64 of HMAC-SHA256 with the secret as key."""
    told = f"{moment}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()).decode()


def dingtalk_text(message: Message, keyword: str = "") -> Fitted:
    """Return what 钉钉 is sent: Markdown with the keyword in it, in a request of at most 20,000 bytes."""

    def form(limit: int | None) -> str:
        text = message.markdown(limit if limit is None else max(0, limit - len(keyword.encode()) - 4))
        return text if keyword in text else f"{keyword}\n\n{text}"

    return fit(message, form, size=lambda text: len(_dingtalk_body(message.title, text)), most=DingTalk.most)


def wecom_text(message: Message) -> Fitted:
    """Return what 企业微信 is sent: plain text whose signs mean nothing, with a bold title and a real link."""

    def form(limit: int | None) -> str:
        lines = message.plain(limit).translate(_WECOM_SIGNS).splitlines()
        if message.link:
            written, link = message.link.translate(_WECOM_SIGNS), f"[{message.link}]({message.link})"
            lines = [line.replace(written, link) for line in lines]
        lines = [re.sub(r"^(\s*)#", r"\1＃", line) for line in lines]
        if lines:
            lines[0] = f"**{lines[0]}**"
        return "\n".join(lines) + "\n"

    return fit(message, form, size=lambda text: len(text.encode()), most=WeCom.most)


def _dingtalk_body(title: str, text: str) -> bytes:
    return _json({"msgtype": "markdown", "markdown": {"title": title, "text": text}})


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# --- answers -------------------------------------------------------------------------------------

_DINGTALK_CODES = {
    300001: "机器人的地址里 access_token 不对",
    300005: "机器人的地址里 access_token 不对",
    310000: "没有通过机器人的安全设置",
    400013: "这个群已经解散",
    400101: "机器人的地址里 access_token 不对",
    400102: "机器人已经停用",
    400106: "机器人已经删除",
}
_WECOM_CODES = {
    93000: "机器人的地址不对，或机器人已经移出群",
    40058: "内容不合要求",
}
_KEYWORD = "机器人设了关键词：把关键词设为环境变量 PAIRING_DINGTALK_KEYWORD"
_SIGN = "签名不对：核对环境变量 PAIRING_DINGTALK_SECRET，再看这台电脑的时间准不准"
_ADDRESS = "这台电脑的地址不在机器人允许的 IP 之内"
_SECURITY = (("keyword", _KEYWORD), ("sign", _SIGN), ("timestamp", _SIGN), ("whitelist", _ADDRESS))


def _judge(
    reply: Reply, robot: Robot, host: str, known: dict[int, str], *, busy: set[int], too_fast: set[int]
) -> None:
    """Raise unless the answer says that the message arrived."""
    status = reply.status
    if status in _BUSY_STATUS:
        wait = _wait(reply.retry_after) or (_TOO_FAST if status == 429 else None)
        raise NotDeliveredError(f"{host} 暂时不收（HTTP {status}）", again=True, wait=wait)
    if status in _UNSURE_STATUS or status > 504:
        raise UnknownOutcomeError(f"已经发给 {host}，答复是 HTTP {status}，不知收到没有")
    if status != 200:
        hint = "；它要转到别的地址，不跟着走" if 300 <= status < 400 else ""
        raise NotDeliveredError(f"{host} 不收（HTTP {status}）{hint}；核对机器人的地址")
    try:
        answer = json.loads(reply.body)
        code = int(answer["errcode"])
    except (ValueError, KeyError, TypeError):
        raise UnknownOutcomeError(f"已经发给 {host}，答复看不懂，不知收到没有") from None
    if code == 0:
        return
    told = masked(str(answer.get("errmsg", "")), robot.secrets)
    if code in busy or code in too_fast:
        wait = _TOO_FAST if code in too_fast else None
        why = "发得太快，超过每分钟 20 条" if code in too_fast else "系统繁忙"
        raise NotDeliveredError(f"{host} 暂时不收：{why}（{code}）", again=True, wait=wait)
    hint = next((words for word, words in _SECURITY if code == 310000 and word in told.lower()), "")
    why = hint or known.get(code, "")
    raise NotDeliveredError(f"{host} 不收（{code}）：{why}{'；' if why else ''}它说：{told}")


def _wait(retry_after: str) -> float | None:
    return min(float(retry_after), _LONGEST_WAIT) if re.fullmatch(r"\d{1,6}", retry_after) else None
