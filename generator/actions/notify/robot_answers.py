"""Interpret the robot services' answers: delivered or not, and what to do, in Chinese.

The number decides. Where one number stands for several things, or is not known here, the words do: both
services answer in English or in Chinese, as they please, and 钉钉 adds advice to what is wrong
(``description:…;solution:…``), in which the names of other settings may occur.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.actions.notify.delivery import NotDeliveredError, UnknownOutcomeError
from generator.actions.notify.https import Reply
from generator.actions.notify.settings import Robot, mask_secrets

# A service that is busy or takes no more for now has not taken the message.
_BUSY_STATUS = {408, 425, 429, 500, 503}
# A gateway answers so: it does not know what became of the request.
_UNSURE_STATUS = {502, 504}
_LONGEST_WAIT = 120.0
_TOO_FAST_PAUSE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a message was refused. ``again``: it may be taken later.   wait: seconds to wait first."""

    why: str
    again: bool = False
    wait: float | None = None


_BUSY = Reason(why="系统繁忙", again=True)
_TOO_FAST = Reason(why="发得太快，超过每分钟 20 条", again=True, wait=_TOO_FAST_PAUSE)
_TOKEN = Reason(why="机器人的地址里 access_token 不对")
_SECURITY = Reason(why="没有通过机器人的安全设置")
_KEYWORD = Reason(why="机器人设了关键词：把关键词设为环境变量 PAIRING_DINGTALK_KEYWORD")
_SIGN = Reason(
    why="签名不对：核对环境变量 PAIRING_DINGTALK_SECRET，再看这台电脑的时间准不准",
)
_ADDRESS = Reason(why="这台电脑的地址不在机器人允许的 IP 之内")
_GONE = Reason(why="机器人的地址不对，或机器人已经移出群")

DINGTALK: Mapping[int, Reason] = {
    -1: _BUSY,
    130101: _TOO_FAST,
    410100: _TOO_FAST,
    300001: _TOKEN,
    300005: _TOKEN,
    400101: _TOKEN,
    310000: _SECURITY,
    400013: Reason(why="这个群已经解散"),
    400102: Reason(why="机器人已经停用"),
    400106: Reason(why="机器人已经删除"),
}
WECOM: Mapping[int, Reason] = {
    -1: _BUSY,
    45009: _TOO_FAST,
    45033: _TOO_FAST,
    93000: _GONE,
    40058: Reason(why="内容不合要求"),
    60020: _ADDRESS,
}

_WORDS: tuple[tuple[re.Pattern[str], Reason], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"keyword|关键[词字]", _KEYWORD),
        (r"whitelist|white list|from your ip|白名单|(?<![a-z])IP(?![a-z]).*(?:不在|不允许)", _ADDRESS),
        (r"\bsign|timestamp|签名|加签|时间戳", _SIGN),
        (r"too fast|too many|freq|limit exceeded|太快|限流|频繁|频率|超过.*(?:次|条)", _TOO_FAST),
        (r"system busy|系统繁忙|服务繁忙", _BUSY),
        (r"webhook ?url|not in (?:the )?chat|移出群|不在群", _GONE),
        (r"token", _TOKEN),
    )
)
_ADVICE = re.compile(r"(?i)[;；]\s*(?:solution|解决方案)\s*[:：]")


def raise_unless_delivered(reply: Reply, robot: Robot, host: str, known: Mapping[int, Reason]) -> None:
    """Raise NotDeliveredError or UnknownOutcomeError unless the answer says that the message arrived."""
    status = reply.status
    if status in _BUSY_STATUS:
        wait = _wait(reply.retry_after) or (_TOO_FAST_PAUSE if status == 429 else None)
        raise NotDeliveredError(f"{host} 暂时不收（HTTP {status}）", again=True, wait=wait)
    if status in _UNSURE_STATUS or status > 504:
        raise UnknownOutcomeError(f"已经发给 {host}，答复是 HTTP {status}，不知收到没有")
    if status != 200:
        hint = "；它要转到别的地址，不跟着走" if 300 <= status < 400 else ""
        raise NotDeliveredError(f"{host} 不收（HTTP {status}）{hint}；核对机器人的地址")
    try:
        answer = json.loads(reply.body)
        code = int(answer["errcode"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise UnknownOutcomeError(f"已经发给 {host}，答复看不懂，不知收到没有") from None
    if code == 0:
        return
    words = mask_secrets(str(answer.get("errmsg", "")), robot.secrets)
    reason = known.get(code)
    if reason is None or reason is _SECURITY:
        reason = _find_reason(words) or reason or Reason(why="")
    if reason.again:
        raise NotDeliveredError(f"{host} 暂时不收：{reason.why}（{code}）", again=True, wait=reason.wait)
    why = f"{reason.why}；" if reason.why else ""
    raise NotDeliveredError(f"{host} 不收（{code}）：{why}它说：{words}")


def _find_reason(words: str) -> Reason | None:
    """Return what words mean: those that say what is wrong before those that advise."""
    for text in (_ADVICE.split(words)[0], words):
        for pattern, reason in _WORDS:
            if pattern.search(text):
                return reason
    return None


def _wait(retry_after: str) -> float | None:
    return min(float(retry_after), _LONGEST_WAIT) if re.fullmatch(r"\d{1,6}", retry_after) else None
