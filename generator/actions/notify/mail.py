"""Send mail over SMTP: encrypted, to all receivers or to none, the same Message-ID for the same words.

The steps are taken one by one, since only the answer to the last one, the end of the data, is in doubt when
the line breaks. A message that is sent again on purpose keeps its id, by which mail programs recognise it.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from html import escape
from typing import ClassVar

from generator.actions.notify.delivery import NotDeliveredError, UnknownOutcomeError
from generator.actions.notify.message import Fitted, Message
from generator.actions.notify.robots import Now
from generator.actions.notify.settings import Mail, mask_secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """Sends by mail. `now` dates the message; `timeout` is in seconds for each step, `whole` for all."""

    mail: Mail
    now: Now
    timeout: float = 30
    whole: float = 120
    tls: ssl.SSLContext | None = None

    name: ClassVar[str] = "邮件"

    def fit_message(self, message: Message) -> Fitted:
        """Return the whole text: mail has room. Attachments are made now, before anything is sent."""
        message.attachments()
        return format_mail_text(message)

    def send_message(self, message: Message) -> None:
        """Send once. Raises NotDeliveredError or UnknownOutcomeError."""
        letter = self.compose_letter(message).as_bytes(policy=SMTP)
        server = self._connected()
        timer = threading.Timer(self.whole, _end, [server])
        timer.daemon = True
        timer.start()
        try:
            self._in_step(lambda: self._introduce(server))
            self._in_step(lambda: _envelope(server, self.mail))
            self._in_step(lambda: _accepted(server.docmd("DATA"), 354))
            try:
                server.send(_dotted(letter))
            except OSError:
                raise NotDeliveredError(f"发给 {self.mail.host} 的途中断开了", again=True) from None
            try:
                answer = server.getreply()
            except (OSError, smtplib.SMTPException):
                raise UnknownOutcomeError(f"邮件已经交给 {self.mail.host}，没有等到答复") from None
            self._in_step(lambda: _accepted(answer, 250))
        finally:
            timer.cancel()
            server.close()  # QUIT could fail, and says nothing new

    def compose_letter(self, message: Message) -> EmailMessage:
        """Return the whole mail."""
        name, address = parseaddr(self.mail.sender)
        letter = EmailMessage()
        letter["From"] = formataddr((name, address))
        letter["To"] = ", ".join(self.mail.receivers)
        letter["Subject"] = message.title
        letter["Date"] = format_datetime(self.now())
        domain = address.rpartition("@")[2]
        letter["Message-ID"] = f"<{message.what}.{message.month}.{message.digest[:32]}@{domain}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.plain(None), cte="base64")
        letter.add_alternative(_document(message.title, message.html()), subtype="html", cte="base64")
        for attachment in message.attachments():
            main, _, sub = attachment.kind.partition("/")
            letter.add_attachment(attachment.data, maintype=main, subtype=sub, filename=attachment.name)
        return letter

    def _connected(self) -> smtplib.SMTP:
        mail, host = self.mail, self.mail.host
        context = self.tls or ssl.create_default_context()
        try:
            if mail.security == "tls":
                return smtplib.SMTP_SSL(host, mail.port, timeout=self.timeout, context=context)
            return smtplib.SMTP(host, mail.port, timeout=self.timeout)
        except ssl.SSLCertVerificationError:
            raise NotDeliveredError(f"{host} 的证书不可信，没有发送") from None
        except (OSError, smtplib.SMTPException):
            raise NotDeliveredError(f"连不上邮件服务器 {host}，端口 {mail.port}", again=True) from None

    def _introduce(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self.mail.security == "starttls":
            server.starttls(context=self.tls or ssl.create_default_context())
            server.ehlo()
        if self.mail.user:
            server.login(self.mail.user, self.mail.password)

    def _in_step(self, step: Callable[[], None]) -> None:
        """Run a step before delivery; turn its errors into messages."""
        host, secrets = self.mail.host, self.mail.secrets
        try:
            step()
        except smtplib.SMTPAuthenticationError as error:
            answer = mask_secrets(_decoded(error.smtp_error), secrets)
            raise NotDeliveredError(
                f"{host} 不认用户名或密码（{error.smtp_code}：{answer}）；许多邮箱要用“授权码”当密码"
            ) from None
        except smtplib.SMTPResponseException as error:
            answer = mask_secrets(_decoded(error.smtp_error), secrets)
            again = 400 <= error.smtp_code < 500
            raise NotDeliveredError(f"{host} 不收（{error.smtp_code}：{answer}）", again=again) from None
        except smtplib.SMTPNotSupportedError:
            raise NotDeliveredError(f"{host} 不支持加密或登录；核对 PAIRING_SMTP_SECURITY 和端口") from None
        except ssl.SSLCertVerificationError:
            raise NotDeliveredError(f"{host} 的证书不可信，没有发送") from None
        except (OSError, smtplib.SMTPException):
            raise NotDeliveredError(f"与邮件服务器 {host} 的连接断了", again=True) from None


def format_mail_text(message: Message) -> Fitted:
    """Return the whole text: mail has room."""
    return Fitted(text=message.plain(None), shortened=False)


def _end(server: smtplib.SMTP) -> None:
    """Cut the connection, so that a slow answer ends the wait."""
    with contextlib.suppress(OSError, AttributeError):
        server.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr] # None once it is closed: suppressed


def _envelope(server: smtplib.SMTP, mail: Mail) -> None:
    """Name sender and receivers; if one is refused, all are, so that a corrected list is sent to once."""
    _accepted(server.mail(parseaddr(mail.sender)[1]), 250)
    refused = []
    for receiver in mail.receivers:
        code, _ = server.rcpt(receiver)
        if code not in (250, 251):
            refused.append((receiver, code))
    if refused:
        code = min(code for _, code in refused)
        # Shortened: a public log must not list addresses.
        names = "、".join(f"{receiver[0]}…@{receiver.rpartition('@')[2]}" for receiver, _ in refused)
        raise smtplib.SMTPResponseException(code, f"不收这些收件人：{names}；没有发给任何人".encode())


def _accepted(answer: tuple[int, bytes], code: int) -> None:
    if answer[0] != code:
        raise smtplib.SMTPResponseException(answer[0], answer[1])


def _dotted(data: bytes) -> bytes:
    """Return a message as SMTP transmits it: leading dots doubled, ended by a line with a dot."""
    if not data.endswith(b"\r\n"):
        data += b"\r\n"
    return data.replace(b"\r\n.", b"\r\n..") + b".\r\n"


def _decoded(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _document(title: str, body: str) -> str:
    return f'<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(title)}</title></head>\n<body>\n{body}</body></html>\n'
