"""Mail: whole letters as a local server gets them, encrypted, to all or to none, once."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import email.policy
import io
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from click.testing import CliRunner
from pypdf import PdfReader

from generator.accounts.ledger import make_ledger
from generator.actions.notify import settings
from generator.actions.notify.delivery import NotDeliveredError, UnknownOutcomeError, deliver_message
from generator.actions.notify.mail import Mailer
from generator.actions.notify.message import Attachment, Message
from generator.archive import read_corpus
from generator.cli import main
from generator.documents.bulletin import compose_bulletin
from generator.documents.bulletin.plain_text import make_plain_text
from tests.conftest import MakeArchive
from tests.service import CERTIFICATE, serving, trusting
from tests.test_bulletin import archive

NOW = dt.datetime(2021, 3, 4, 9, 30, 15, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PASSWORD = "geheim-word"  # noqa: S105  # of a server that lives as long as a test
WRONG = "falsch-falsch"
PDF = b"%PDF-1.7\r\n.\r\n.."


class Post:
    """A mail server's handler: keeps what it gets, answers as it is told."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.answers: list[str] = []
        self.refused: set[str] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return f"550 5.1.1 no such user {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "close":
            assert isinstance(server.transport, asyncio.Transport)
            self.letters.append(envelope)
            server.transport.abort()
            return "250 nobody hears this"
        if answer == "hang":
            self.letters.append(envelope)
            await asyncio.sleep(2)
        if answer.startswith("250"):
            self.letters.append(envelope)
            assert isinstance(server.transport, asyncio.Transport)
            self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
        return answer


def _knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and data.password.decode() == PASSWORD
    return AuthResult(success=known, handled=False)


def _knock(port: int) -> None:
    with (
        socket.create_connection(("127.0.0.1", port), timeout=2) as line,
        trusting().wrap_socket(line, server_hostname="localhost") as safe,
    ):
        safe.recv(100)


@contextmanager
def mail_server(post: Post, *, tls: bool = False, plain: bool = False) -> Iterator[int]:
    """Run a mail server on a free port: STARTTLS and login required, or TLS from the start, or no TLS."""
    more: dict[str, Any] = {}
    if tls:
        more = {"ssl_context": serving()}
    elif not plain:
        more = {
            "tls_context": serving(),
            "require_starttls": True,
            "authenticator": _knows,
            "auth_required": True,
        }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    controller = Controller(post, hostname="127.0.0.1", port=port, **more)
    if tls:
        # The controller looks whether it runs by speaking to itself, and knows no certificate.
        controller._trigger_server = lambda: _knock(port)  # type: ignore[method-assign]
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def mailer(port: int, security: str = "starttls", timeout: float = 10, **more: str) -> Mailer:
    environment = {
        "PAIRING_SMTP_HOST": "localhost",
        "PAIRING_SMTP_PORT": str(port),
        "PAIRING_SMTP_SECURITY": security,
        "PAIRING_SMTP_FROM": "基教股 <office@county.example>",
        "PAIRING_SMTP_TO": "a@yi.example，b@bing.example",
        **(
            {}
            if security != "starttls"
            else {"PAIRING_SMTP_USER": "office", "PAIRING_SMTP_PASSWORD": PASSWORD}
        ),
        **more,
    }
    return Mailer(
        mail=settings.read_smtp(environment), now=lambda: NOW, timeout=timeout, whole=30, tls=trusting()
    )


def message(text: str = "第一行\n.以点开头\n..两个点\n全文：https://archive.example/") -> Message:
    return Message(
        what="bulletin",
        month="2021-02",
        title="《帮扶简报》2021年第7期（二月）",
        link="https://archive.example/",
        plain=lambda limit: text + "\n",
        markdown=lambda limit: text,
        html=lambda: "<p>第一行 &amp; 更多</p>\n",
        attachments=lambda: (Attachment(name="2021-02 简报.pdf", kind="application/pdf", data=PDF),),
    )


@pytest.mark.parametrize(("security", "tls"), [("starttls", False), ("tls", True)])
def test_a_whole_letter(security: str, tls: bool) -> None:
    post = Post()
    with mail_server(post, tls=tls) as port:
        mailer(port, security).send_message(message())
    (envelope,) = post.letters
    assert envelope.mail_from == "office@county.example"
    assert envelope.rcpt_tos == ["a@yi.example", "b@bing.example"]
    assert post.encrypted == [True]
    assert isinstance(envelope.content, bytes)
    letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
    assert envelope.content.isascii()
    assert max(map(len, envelope.content.split(b"\r\n"))) <= 78
    headers = {name: str(value) for name, value in letter.items() if name != "Content-Type"}
    assert headers == {
        "From": "基教股 <office@county.example>",
        "To": "a@yi.example, b@bing.example",
        "Subject": "《帮扶简报》2021年第7期（二月）",
        "Date": "Thu, 04 Mar 2021 09:30:15 +0800",
        "Message-ID": f"<bulletin.2021-02.{message().digest[:32]}@county.example>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    parts = [
        (part.get_content_type(), part.get_filename(), part.get_content())
        for part in letter.walk()
        if not part.is_multipart()
    ]
    assert parts == [
        ("text/plain", None, "第一行\n.以点开头\n..两个点\n全文：https://archive.example/\n"),
        (
            "text/html",
            None,
            (
                '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8"><title>《帮扶简报》2021年第7期（二月）</title></head>\n'
                "<body>\n<p>第一行 &amp; 更多</p>\n</body></html>\n"
            ),
        ),
        ("application/pdf", "2021-02 简报.pdf", PDF),
    ]


def test_a_line_of_a_dot_does_not_end_the_mail() -> None:
    """Dots at the beginning of lines travel as they are (RFC 5321, 4.5.2)."""
    from generator.actions.notify.mail import _dotted

    assert _dotted(b"a\r\n.\r\n..b") == b"a\r\n..\r\n...b\r\n.\r\n"


def _outcome(channel: Mailer) -> tuple[str, int]:
    slept: list[float] = []
    try:
        deliver_message(channel, message(), sleep=slept.append, report=lambda _: None)
    except (NotDeliveredError, UnknownOutcomeError) as error:
        return f"{type(error).__name__}: {error}", len(slept)
    return "sent", len(slept)


@pytest.mark.parametrize(
    ("answers", "outcome", "letters"),
    [
        (["451 4.3.0 try later", "250 OK"], ("sent", 1), 1),
        (["552 5.3.4 too big"], ("NotDeliveredError: localhost 不收（552：5.3.4 too big）", 0), 0),
        (["close"], ("UnknownOutcomeError: 邮件已经交给 localhost，没有等到答复", 0), 1),
        (["hang"], ("UnknownOutcomeError: 邮件已经交给 localhost，没有等到答复", 0), 1),
    ],
)
def test_mishaps_at_the_end(answers: list[str], outcome: tuple[str, int], letters: int) -> None:
    post = Post()
    post.answers = answers
    with mail_server(post) as port:
        assert _outcome(mailer(port, timeout=1.5 if "hang" in answers else 10)) == outcome
    assert len(post.letters) == letters


def test_one_bad_receiver_stops_all() -> None:
    """Nobody gets it, so that the corrected list is sent to without anyone getting it twice; no address is told."""
    post = Post()
    post.refused = {"b@bing.example"}
    with mail_server(post) as port:
        outcome = _outcome(mailer(port))
    assert outcome == (
        "NotDeliveredError: localhost 不收（550：不收这些收件人：b…@bing.example；没有发给任何人）",
        0,
    )
    assert post.letters == []


def test_a_wrong_password_is_told_without_it() -> None:
    post = Post()
    with mail_server(post) as port:
        outcome, slept = _outcome(mailer(port, PAIRING_SMTP_PASSWORD=WRONG))
    assert outcome.startswith("NotDeliveredError: localhost 不认用户名或密码（535：")
    assert "falsch" not in outcome
    assert "授权码" in outcome
    assert slept == 0


def test_a_server_that_cannot_encrypt_gets_no_password_and_no_mail() -> None:
    post = Post()
    with mail_server(post, plain=True) as port:
        assert _outcome(mailer(port)) == (
            "NotDeliveredError: localhost 不支持加密或登录；核对 PAIRING_SMTP_SECURITY 和端口",
            0,
        )
        assert _outcome(mailer(port, "none")) == ("sent", 0)
    assert len(post.letters) == 1


def test_a_stranger_is_not_trusted() -> None:
    post = Post()
    with mail_server(post) as port:
        known = mailer(port)
        stranger = Mailer(mail=known.mail, now=known.now, tls=ssl.create_default_context())
        assert _outcome(stranger) == ("NotDeliveredError: localhost 的证书不可信，没有发送", 0)
    assert post.letters == []


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert _outcome(mailer(port)) == (f"NotDeliveredError: 连不上邮件服务器 localhost，端口 {port}", 2)


def test_an_answer_that_drips_ends() -> None:
    over = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        line, _ = listener.accept()
        with line:
            line.sendall(b"220 hello\r\n")
            line.recv(1000)
            try:
                while not over.wait(0.05):
                    line.sendall(b"250-more\r\n")
            except OSError:
                return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    known = mailer(listener.getsockname()[1])
    with pytest.raises(NotDeliveredError, match="连接断了"):
        Mailer(mail=known.mail, now=known.now, whole=0.4).send_message(message())
    over.set()
    thread.join()
    listener.close()


def test_the_same_words_have_the_same_id() -> None:
    one, two = (mailer(25).compose_letter(message()) for _ in range(2))
    other = mailer(25).compose_letter(message("别的"))
    assert one["Message-ID"] == two["Message-ID"] != other["Message-ID"]


def test_the_command_mails_the_whole_bulletin_with_its_pdf(
    make_archive: MakeArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the environment alone, over STARTTLS with the certificate that the system is told to trust."""
    root = make_archive(archive())
    post = Post()
    with mail_server(post) as port:
        for name, value in {
            "PAIRING_SMTP_HOST": "localhost",
            "PAIRING_SMTP_PORT": str(port),
            "PAIRING_SMTP_USER": "office",
            "PAIRING_SMTP_PASSWORD": PASSWORD,
            "PAIRING_SMTP_FROM": "office@county.example",
            "PAIRING_SMTP_TO": "a@yi.example",
            "PAIRING_NOTIFY_TO": "smtp",
            "PAIRING_SITE_URL": "https://archive.example/county/",
            "SSL_CERT_FILE": str(CERTIFICATE),
        }.items():
            monkeypatch.setenv(name, value)
        line = ["notify", "2021-02", "--as-of", "2021-03-04", "--root", str(root)]
        result = CliRunner().invoke(main.pairing, line, standalone_mode=False)
        again = CliRunner().invoke(main.pairing, line, standalone_mode=False)
    assert (result.return_value, result.output) == (0, "邮件：已发“《帮扶简报》2021年第7期（二月）”\n")
    assert (again.return_value, again.output) == (
        0,
        "邮件：2021-03-04 已经发过，不再发。要再发一次，加 --again\n",
    )
    (envelope,) = post.letters
    assert isinstance(envelope.content, bytes)
    letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
    plain, html, pdf = [part for part in letter.walk() if not part.is_multipart()]
    corpus = read_corpus(root)
    account = make_ledger(corpus, 2021, dt.date(2021, 3, 4))
    assert account is not None
    issue = compose_bulletin(corpus, account, "2021-02")
    assert plain.get_content() == make_plain_text(
        issue, link="https://archive.example/county/bulletins/2021-02/"
    )
    assert "<table>" in html.get_content()
    assert "小明" not in plain.get_content() + html.get_content()
    assert pdf.get_filename() == "2021-02.pdf"
    pages = PdfReader(io.BytesIO(pdf.get_content())).pages
    assert "甲县二月幼儿园结对帮扶工作情况" in "".join(page.extract_text() for page in pages)


def test_settings_are_all_judged_at_once() -> None:
    with pytest.raises(settings.SettingsError) as caught:
        settings.read_smtp(
            {
                "PAIRING_SMTP_HOST": "mail server",
                "PAIRING_SMTP_PORT": "geheim",
                "PAIRING_SMTP_SECURITY": "none",
                "PAIRING_SMTP_FROM": "nobody",
                "PAIRING_SMTP_TO": "a@b.example\r\nBcc: geheim",
                "PAIRING_SMTP_PASSWORD": "geheim，",
            }
        )
    assert caught.value.problems == (
        "环境变量 PAIRING_SMTP_HOST 写得不对",
        "PAIRING_SMTP_SECURITY=none 不加密，只能用于本机；请写 starttls 或 tls",
        "PAIRING_SMTP_PORT 应当是 1 到 65535 的整数",
        "环境变量 PAIRING_SMTP_FROM 写得不对",
        "环境变量 PAIRING_SMTP_TO 写得不对",
        "PAIRING_SMTP_USER 和 PAIRING_SMTP_PASSWORD 要么都设，要么都不设",
        "PAIRING_SMTP_PASSWORD 里有中文、全角字符或换行",
    )
