"""Send a message to each channel at most once, and report what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.actions.notify import settings
from generator.actions.notify.delivery import Channel, NotDeliveredError, UnknownOutcomeError, deliver_message
from generator.actions.notify.mail import Mailer, format_mail_text
from generator.actions.notify.message import Fitted, Message
from generator.actions.notify.robots import DingTalk, Now, WeCom, format_dingtalk_text, format_wecom_text
from generator.actions.notify.sent_register import RegisterError, open_register
from generator.archive import Corpus
from generator.records.models import Dispatch

To = Literal["dingtalk", "wecom", "smtp"]
NAMES: dict[To, str] = {"dingtalk": "钉钉群", "wecom": "企业微信群", "smtp": "邮件"}
_LOCK = ".cache/notify.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What all channels of one run share.

    state: the register to write, None for the archive's own.   again: send what was sent already.
    """

    root: Path
    corpus: Corpus
    year: int
    day: dt.date
    environment: Mapping[str, str]
    now: Now
    sleep: Callable[[float], None]
    report: Callable[[str], None]
    state: Path | None = None
    again: bool = False

    def send_message(self, message: Message, to: To) -> bool:
        """Send to a channel; return False when it did not, or may not have, arrived."""
        name = NAMES[to]
        try:
            channel = _channel(to, self.environment, self.now)
        except settings.SettingsError as error:
            for problem in error.problems:
                self.report(f"{name}：没有发送，{problem}")
            return False
        try:
            return self._send_once(message, to, channel)
        except RegisterError as error:
            self.report(f"{name}：没有发送，{error}")
            return False

    def _send_once(self, message: Message, to: To, channel: Channel) -> bool:
        name = NAMES[to]
        own = self.root / "records" / "bureau" / str(self.year) / "sent.yml"
        path = self.state or own
        lock = path.with_name(f".{path.name}.lock") if self.state else self.root / _LOCK
        # Two names for one file are not two registers.
        also = self.corpus.bureau[self.year].sent if path.absolute() != own.absolute() else None
        with open_register(path, lock, also=also) as register:
            day = self.day if message.what == "reminder" else None
            before = register.find_dispatch(message.what, message.month, to, day=day)
            if before is not None and not self.again:
                self.report(f"{name}：{_already(before, message)}")
                return before.state == "sent"
            if channel.fit_message(message).shortened:
                self.report(f"{name}：内容超过一条消息的上限，略去了一部分，消息里已经写明")
            register.add_dispatch(
                Dispatch(
                    what=message.what,
                    month=message.month,
                    to=to,
                    date=self.day,
                    state="unknown",
                    digest=message.digest,
                )
            )
            try:
                deliver_message(
                    channel, message, sleep=self.sleep, report=lambda words: self.report(f"{name}：{words}")
                )
            except NotDeliveredError as error:
                register.remove_last()
                self.report(f"{name}：没有发送，{error}")
                return False
            except UnknownOutcomeError as error:
                self.report(f"{name}：{error}。{_LOOK}")
                return False
            register.mark_arrived()
        self.report(f"{name}：已发“{message.title}”")
        return True

    def preview_message(self, message: Message, to: To) -> Iterator[str]:
        """Yield what would be sent, and what prevents it; nothing is sent and no secret is shown."""
        fitted, where = self._form(message, to)
        yield f"—— {NAMES[to]}：{where}{'，超过上限，略去了一部分' if fitted.shortened else ''} ——"
        yield fitted.text.rstrip("\n")
        yield ""

    def _form(self, message: Message, to: To) -> tuple[Fitted, str]:
        try:
            channel = _channel(to, self.environment, self.now)
        except settings.SettingsError as error:
            forms: dict[To, Callable[[Message], Fitted]] = {
                "dingtalk": format_dingtalk_text,
                "wecom": format_wecom_text,
                "smtp": format_mail_text,
            }
            return forms[to](message), "；".join(error.problems)
        return channel.fit_message(message), _where(channel)


_LOOK = "请先看一看收到没有：没有收到，加 --again 再发；收到了就不用管"


def _already(before: Dispatch, message: Message) -> str:
    changed = "" if before.digest == message.digest else "（内容后来有改动）"
    if before.state == "sent":
        return f"{before.date} 已经发过，不再发{changed}。要再发一次，加 --again"
    return f"{before.date} 发过，没有等到答复，不知收到没有，没有再发{changed}。{_LOOK}"


def _channel(to: To, environment: Mapping[str, str], now: Now) -> Channel:
    if to == "dingtalk":
        return DingTalk(robot=settings.read_dingtalk(environment), now=now)
    if to == "wecom":
        return WeCom(robot=settings.read_wecom(environment))
    return Mailer(mail=settings.read_smtp(environment), now=now)


def _where(channel: Channel) -> str:
    if isinstance(channel, Mailer):
        return f"经 {channel.mail.host} 发给 {len(channel.mail.receivers)} 个收件人"
    if isinstance(channel, DingTalk | WeCom):
        return f"发到 {channel.robot.webhook.host}，地址中的口令不显示"
    return ""


def send_to_all(sending: Sending, message: Message, channels: Sequence[To]) -> bool:
    """Send to every channel, whatever becomes of the others; return whether all of them have it."""
    arrived = [sending.send_message(message, to) for to in dict.fromkeys(channels)]
    return all(arrived)
