"""Messages to groups: the whole request as a local service gets it, its signature checked as 钉钉 does, every mishap.

The last part runs the commands: at most once whatever happens, and no secret in any word that is printed.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from generator.accounts.ledger import make_ledger
from generator.actions.notify import settings
from generator.actions.notify.delivery import PAUSES, NotDeliveredError, UnknownOutcomeError, deliver_message
from generator.actions.notify.https import Limits
from generator.actions.notify.message import Message
from generator.actions.notify.reminder import make_reminder, make_reminder_message
from generator.actions.notify.robots import DingTalk, WeCom
from generator.actions.notify.sending import Sending
from generator.archive import read_corpus
from generator.cli import main
from generator.records import parse_yaml
from tests.conftest import MakeArchive
from tests.service import Service, service, trusting
from tests.test_bulletin import archive

NOW = dt.datetime(2021, 3, 4, 9, 30, 15, 250_000, ZoneInfo("Asia/Shanghai"))
SECRET = "SECf3a9d1e0b7c85264"  # noqa: S105  # nobody's
TOKEN = "4d1c0ffee0token0f0group"  # noqa: S105  # nobody's
LINK = "https://archive.example/bulletins/2021-02/"
PATIENT = Limits(connect=10, answer=10, whole=20)  # for a machine that is busy
QUICK = Limits(connect=10, answer=0.4, whole=0.8)
OK: Any = (200, {"errcode": 0, "errmsg": "ok"}, {})


def message(text: str = "正文", link: str = LINK) -> Message:
    whole = f"{text}\n全文：{link}\n"
    return Message(
        what="bulletin",
        month="2021-02",
        title="《帮扶简报》2021年第7期（二月）",
        link=link,
        plain=lambda limit: whole if limit is None else whole[-limit // 3 :],
        markdown=lambda limit: whole if limit is None else whole[-limit // 3 :],
        html=lambda: f"<p>{text}</p>",
    )


@pytest.fixture
def web() -> Iterator[Service]:
    with service() as running:
        yield running


def dingtalk(
    web: Service, *, scheme: str = "http", host: str = "127.0.0.1", limits: Limits = PATIENT, **more: str
) -> DingTalk:
    webhook = f"{scheme}://{host}:{web.port}/robot/send?access_token={TOKEN}"
    robot = settings.read_dingtalk({"PAIRING_DINGTALK_WEBHOOK": webhook, **more})
    return DingTalk(robot=robot, now=lambda: NOW, limits=limits, tls=trusting())


def wecom(web: Service) -> WeCom:
    webhook = f"http://127.0.0.1:{web.port}/cgi-bin/webhook/send?key={TOKEN}"
    return WeCom(robot=settings.read_wecom({"PAIRING_WECOM_WEBHOOK": webhook}), limits=PATIENT)


# --- whole requests ------------------------------------------------------------------------------


def test_dingtalk_gets_a_signed_message(web: Service) -> None:
    dingtalk(web, PAIRING_DINGTALK_SECRET=SECRET).send_message(message())
    ((path, headers, body),) = web.requests
    query = parse_qs(urlsplit(path).query, strict_parsing=True)
    assert urlsplit(path).path == "/robot/send"
    assert query.keys() == {"access_token", "timestamp", "sign"}
    assert query["access_token"] == [TOKEN]
    assert query["timestamp"] == [str(round(NOW.timestamp() * 1000))]
    # As the service's documentation has it.
    told = f"{query['timestamp'][0]}\n{SECRET}"
    code = hmac.new(SECRET.encode("utf-8"), told.encode("utf-8"), digestmod=hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(code).decode()]
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(body) == {
        "msgtype": "markdown",
        "markdown": {"title": "《帮扶简报》2021年第7期（二月）", "text": f"正文\n全文：{LINK}\n"},
    }
    assert "正文".encode() in body  # not as \\u escapes, which would take twice the room


def test_dingtalk_without_a_secret_is_not_signed_and_has_its_keyword(web: Service) -> None:
    dingtalk(web, PAIRING_DINGTALK_KEYWORD="帮扶通知").send_message(message())
    ((path, _, _),) = web.requests
    assert path == f"/robot/send?access_token={TOKEN}"
    assert web.bodies[0]["markdown"]["text"] == f"帮扶通知\n\n正文\n全文：{LINK}\n"
    web.requests.clear()
    dingtalk(web, PAIRING_DINGTALK_KEYWORD="正文").send_message(message())
    assert web.bodies[0]["markdown"]["text"] == f"正文\n全文：{LINK}\n"


def test_wecom_gets_words_whose_signs_mean_nothing(web: Service) -> None:
    wecom(web).send_message(
        message('# 标题\n[点我](https://evil.example) <font color="x">`红`</font> *重* a_b')
    )
    ((path, _, _),) = web.requests
    assert path == f"/cgi-bin/webhook/send?key={TOKEN}"
    assert web.bodies == [
        {
            "msgtype": "markdown",
            "markdown": {
                "content": '**＃ 标题**\n［点我］(https://evil.example) ＜font color="x">｀红｀＜/font> ＊重＊ a＿b\n'
                f"全文：[{LINK}]({LINK})\n"
            },
        }
    ]


def test_https_is_verified(web: Service) -> None:
    with service(tls=True) as safe:
        dingtalk(safe, scheme="https", host="localhost").send_message(message())
        assert len(safe.requests) == 1
        safe.answers = ["drip"]
        with pytest.raises(UnknownOutcomeError):
            dingtalk(safe, scheme="https", host="localhost", limits=QUICK).send_message(message())
        safe.requests.clear()
        robot = dingtalk(safe, scheme="https", host="localhost")
        stranger = DingTalk(robot=robot.robot, now=robot.now, limits=PATIENT)
        with pytest.raises(NotDeliveredError, match=r"^localhost 的证书不可信，没有发送$") as caught:
            stranger.send_message(message())
        assert not caught.value.again
        assert safe.requests == []


# --- what fits -----------------------------------------------------------------------------------


def _long(corpus_root: Path) -> Message:
    """A reminder to six hundred schools."""
    corpus = read_corpus(corpus_root)
    account = make_ledger(corpus, 2021, dt.date(2021, 3, 23))
    assert account is not None
    value = make_reminder(corpus, account, "2021-03")
    many = tuple(
        type(debt)(school=f"{debt.school}{number}“号”", words=debt.words)
        for number in range(600)
        for debt in value.debts[:1]
    )
    from dataclasses import replace

    return make_reminder_message(replace(value, debts=many), link=LINK)


def test_a_long_message_is_cut_at_a_line_and_says_so(make_archive: MakeArchive, web: Service) -> None:
    long = _long(make_archive(archive()))
    dingtalk(web, PAIRING_DINGTALK_KEYWORD="帮扶通知").send_message(long)
    wecom(web).send_message(long)
    ding, we = web.bodies[0]["markdown"]["text"], web.bodies[1]["markdown"]["content"]
    assert 19_000 < len(web.requests[0][2]) <= 20_000
    assert 3_900 < len(we.encode()) <= 4_096
    for text in (ding, we):
        assert LINK in text
        (left,) = re.findall(r"（后面还有 (\d+) 行，从略，见网页。）", text)
        listed = re.findall(r"(?m)^(\d+)\. 甲园\d+“号”：活动应报2项，还没有上报，还差2项", text)
        assert [int(number) for number in listed] == list(range(1, 601 - int(left)))
    assert dingtalk(web).fit_message(long).shortened
    assert not dingtalk(web).fit_message(message()).shortened


def test_the_link_is_kept_whatever_else_goes(web: Service) -> None:
    wecom(web).send_message(
        Message(
            what="bulletin",
            month="2021-02",
            title="题目",
            link=LINK,
            plain=lambda limit: "长" * (2000 if limit is None else limit // 3),
            markdown=lambda limit: "",
            html=lambda: "",
        )
    )
    assert web.bodies[0]["markdown"]["content"] == f"题目\n\n{LINK}\n"


# --- mishaps -------------------------------------------------------------------------------------


def _delivered(channel: DingTalk | WeCom) -> tuple[str, list[float], list[str]]:
    slept: list[float] = []
    told: list[str] = []
    try:
        deliver_message(channel, message(), sleep=slept.append, report=told.append)
    except (NotDeliveredError, UnknownOutcomeError) as error:
        return f"{type(error).__name__}: {error}", slept, told
    return "sent", slept, told


def _error(status: int, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    return status, b"<html>oops</html>", {name.replace("_", "-"): value for name, value in headers.items()}


def _code(code: int, words: str = "no") -> tuple[int, dict[str, object], dict[str, str]]:
    return 200, {"errcode": code, "errmsg": words}, {}


@pytest.mark.parametrize(
    ("answers", "slept"),
    [
        ([_error(500), OK], [2]),
        ([_error(503), _error(500), OK], [2, 8]),
        ([_error(429), OK], [60]),
        ([_error(429, Retry_After="17"), OK], [17]),
        ([_error(429, Retry_After="999999"), OK], [120]),
        ([_error(503, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), OK], [2]),
        ([_code(-1), OK], [2]),
        ([_code(130101, "send too fast, exceed 20 times per minute"), OK], [60]),
        ([_code(410100), _code(-1), OK], [60, 8]),
    ],
)
def test_what_did_not_arrive_is_sent_again(web: Service, answers: list[object], slept: list[float]) -> None:
    web.answers = answers
    assert _delivered(dingtalk(web))[:2] == ("sent", slept)
    assert len({body for _, _, body in web.requests}) == 1


def test_every_attempt_is_signed_anew(web: Service) -> None:
    web.answers = [_error(500), OK]
    moments = iter([NOW, NOW + dt.timedelta(hours=2)])
    robot = dingtalk(web, PAIRING_DINGTALK_SECRET=SECRET).robot
    deliver_message(
        DingTalk(robot=robot, now=lambda: next(moments), limits=PATIENT),
        message(),
        sleep=lambda _: None,
        report=lambda _: None,
    )
    first, second = (parse_qs(urlsplit(path).query)["timestamp"][0] for path, _, _ in web.requests)
    assert int(second) - int(first) == 7_200_000


@pytest.mark.parametrize(
    "answer", ["hang", "close", "drip", _error(502), _error(504), (200, b"ok", {}), (200, b"[]", {})]
)
def test_what_may_have_arrived_is_never_sent_again(web: Service, answer: object) -> None:
    web.answers = [answer, OK]
    begun = time.monotonic()
    outcome, slept, _ = _delivered(dingtalk(web, limits=QUICK if answer in ("hang", "drip") else PATIENT))
    assert outcome.startswith("UnknownOutcomeError: 已经发给 127.0.0.1，")
    assert (len(web.requests), slept) == (1, [])
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            _error(302, Location="http://127.0.0.1:1/"),
            "127.0.0.1 不收（HTTP 302）；它要转到别的地址，不跟着走；核对机器人的地址",
        ),
        (_error(404), "127.0.0.1 不收（HTTP 404）；核对机器人的地址"),
        (
            _code(310000, "keywords not in content, more: [https://ding-doc.example/doc]"),
            (
                "127.0.0.1 不收（310000）：机器人设了关键词：把关键词设为环境变量 PAIRING_DINGTALK_KEYWORD；"
                "它说：keywords not in content, more: [https://ding-doc.example/doc]"
            ),
        ),
        (
            _code(310000, "sign not match"),
            (
                "127.0.0.1 不收（310000）：签名不对：核对环境变量 PAIRING_DINGTALK_SECRET，再看这台电脑的时间准不准；"
                "它说：sign not match"
            ),
        ),
        (
            _code(300005, f"token {TOKEN} is not exist\n\x1b[31m"),
            "127.0.0.1 不收（300005）：机器人的地址里 access_token 不对；它说：token （不显示） is not exist [31m",
        ),
        (_code(40035, "x" * 999), f"127.0.0.1 不收（40035）：它说：{'x' * 200}"),
    ],
)
def test_what_is_refused_is_told_and_not_repeated(web: Service, answer: object, words: str) -> None:
    web.answers = [answer, OK]
    assert _delivered(dingtalk(web)) == (f"NotDeliveredError: {words}", [], [])
    assert len(web.requests) == 1


def test_nobody_there_is_tried_thrice(web: Service) -> None:
    with service() as gone:
        pass
    outcome, slept, told = _delivered(dingtalk(gone))
    assert outcome.startswith("NotDeliveredError: 连不上 127.0.0.1：")
    assert slept == list(PAUSES)
    assert all(TOKEN not in words for words in (*told, outcome))


def test_wecom_has_codes_of_its_own(web: Service) -> None:
    web.answers = [_code(45009, "api freq out of limit"), _code(93000, "invalid webhook url")]
    outcome, slept, _ = _delivered(wecom(web))
    assert slept == [60]
    assert outcome == (
        "NotDeliveredError: 127.0.0.1 不收（93000）：机器人的地址不对，或机器人已经移出群；它说：invalid webhook url"
    )


_SEARCH = ";link:请参考本接口对应文档获得具体要求，或者在https://open.dingtalk.com/document/  搜索相关文档;"
KEYWORD, SIGN = "PAIRING_DINGTALK_KEYWORD", "PAIRING_DINGTALK_SECRET"
ADDRESS, ACCESS, GONE = "允许的 IP", "access_token 不对", "移出群"


@pytest.mark.parametrize(
    ("robot", "code", "words", "meant"),
    [
        # As the services say it, in one language and in the other; in the longer ones the advice names more.
        (dingtalk, 310000, "keywords not in content", KEYWORD),
        (
            dingtalk,
            310000,
            "description:关键词不匹配;solution:请联系群管理员查看此机器人的关键词，并在发送的信息中包含此关键词"
            + _SEARCH,
            KEYWORD,
        ),
        (
            dingtalk,
            310000,
            "错误描述:关键词不匹配;解决方案:请在发送的信息中包含此关键词，或改用加签;",
            KEYWORD,
        ),
        (
            dingtalk,
            310000,
            "sign not match, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]",
            SIGN,
        ),
        (
            dingtalk,
            310000,
            "description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中，请确认机器人的密钥加密和填写正确"
            + _SEARCH,
            SIGN,
        ),
        (
            dingtalk,
            310000,
            "错误描述:机器人发送签名过期;解决方案:签名生成时间和发送时间请保持在 timestampms 以内;",
            SIGN,
        ),
        (
            dingtalk,
            310000,
            "description:机器人发送签名不匹配;solution:没有加签的机器人请检查关键词或者IP白名单" + _SEARCH,
            SIGN,
        ),
        (
            dingtalk,
            310000,
            "invalid timestamp, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]",
            SIGN,
        ),
        (dingtalk, 310000, "ip 203.0.113.7 not in whitelist", ADDRESS),
        (
            dingtalk,
            310000,
            "description:机器人发送ip不在白名单内;solution:请把来源ip加入白名单，或改用关键词" + _SEARCH,
            ADDRESS,
        ),
        (dingtalk, 310000, "来源IP 203.0.113.7 不在允许的范围", ADDRESS),
        (dingtalk, 310000, "不符合要求", "没有通过机器人的安全设置"),
        (dingtalk, 300001, "token is not exist", ACCESS),
        (dingtalk, 300005, "description:token不存在;solution:请检查关键词" + _SEARCH, ACCESS),
        (dingtalk, 400101, "access_token不存在", ACCESS),
        (dingtalk, 400102, "机器人已停用，不再校验签名", "机器人已经停用"),
        (dingtalk, 999999, "invalid access_token", ACCESS),
        (dingtalk, 999999, "机器人签名不匹配", SIGN),
        (wecom, 93000, "invalid webhook url, hint: [1620000000_5_7c4d], from ip: 203.0.113.7", GONE),
        (wecom, 93000, "机器人webhookurl不合法或者机器人已经被移除出群", GONE),
        (wecom, 60020, "not allow to access from your ip, hint: [1620], from ip: 203.0.113.7", ADDRESS),
        (wecom, 999999, "机器人已不在群里", GONE),
    ],
)
def test_a_refusal_is_understood_in_both_languages(
    web: Service, robot: Callable[[Service], DingTalk | WeCom], code: int, words: str, meant: str
) -> None:
    """The number first; where that stands for several things or is unknown, what the words say is wrong."""
    web.answers = [_code(code, words), OK]
    outcome, slept, _ = _delivered(robot(web))
    why, _, quoted = outcome.partition("；它说：")
    assert outcome.startswith(f"NotDeliveredError: 127.0.0.1 不收（{code}）：")
    hints = {KEYWORD, SIGN, ADDRESS, ACCESS, GONE}
    assert {each for each in hints if each in why} == hints & {meant}
    assert meant in why
    assert quoted[:9] == words[:9]
    assert (slept, len(web.requests)) == ([], 1)


@pytest.mark.parametrize(
    ("robot", "code", "words", "pause"),
    [
        (dingtalk, 130101, "send too fast, exceed 20 times per minute", 60),
        (dingtalk, 410100, "发送速度太快而限流", 60),
        (
            dingtalk,
            130102,
            "description:发送太频繁，超过每分钟20条;solution:请稍后再试，检查关键词" + _SEARCH,
            60,
        ),
        (dingtalk, -1, "系统繁忙", 2),
        (dingtalk, 999999, "system busy", 2),
        (wecom, 45009, "api freq out of limit, hint: [1620]", 60),
        (wecom, 45009, "接口调用超过限制", 60),
        (wecom, 45033, "接口并发调用超过限制", 60),
        (wecom, 999999, "接口调用过于频繁", 60),
    ],
)
def test_a_robot_that_is_busy_is_asked_again_in_both_languages(
    web: Service, robot: Callable[[Service], DingTalk | WeCom], code: int, words: str, pause: int
) -> None:
    web.answers = [_code(code, words), OK]
    assert _delivered(robot(web))[:2] == ("sent", [pause])


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"errcode": Infinity}', b'{"errcode": null}', b"\xff"])
def test_an_answer_that_is_none_is_no_crash(web: Service, body: bytes) -> None:
    web.answers = [(200, body, {}), OK]
    outcome = _delivered(dingtalk(web))
    assert outcome == ("UnknownOutcomeError: 已经发给 127.0.0.1，答复看不懂，不知收到没有", [], [])


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "",
        "oapi.dingtalk.com/robot/send",
        "ftp://x/",
        "https://",
        "https://user:geheim@host/x?access_token=geheim",
        "https://host/geheim\r\nX: y",
        "https://host/中文geheim",
        "https://host:geheim/",
        "http://oapi.dingtalk.com/robot/send?access_token=geheim",
        "http://127.0.0.1.evil.example/geheim",
        "https://[geheim/",
    ],
)
def test_an_unsafe_address_is_refused_without_being_shown(value: str) -> None:
    with pytest.raises(settings.SettingsError) as caught:
        settings.read_dingtalk({"PAIRING_DINGTALK_WEBHOOK": value})
    assert "PAIRING_DINGTALK_WEBHOOK" in str(caught.value)
    assert "geheim" not in f"{caught.value!r}{caught.value}{caught.value.__cause__!r}"


def test_no_value_shows_a_secret() -> None:
    robot = settings.read_dingtalk(
        {
            "PAIRING_DINGTALK_WEBHOOK": f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}",
            "PAIRING_DINGTALK_SECRET": SECRET,
        }
    )
    assert TOKEN not in f"{robot!r}{robot}"
    assert SECRET not in f"{robot!r}{robot}"


# --- the commands --------------------------------------------------------------------------------

Run = Callable[..., Result]


@pytest.fixture
def run(make_archive: MakeArchive, web: Service, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on an archive whose robot is the local service."""
    root = make_archive(archive())
    monkeypatch.setenv(
        "PAIRING_DINGTALK_WEBHOOK", f"http://127.0.0.1:{web.port}/robot/send?access_token={TOKEN}"
    )
    monkeypatch.setenv("PAIRING_DINGTALK_SECRET", SECRET)
    monkeypatch.setattr("time.sleep", lambda _: None)

    def command(line: str) -> Result:
        result = CliRunner().invoke(main.pairing, [*line.split(), "--root", str(root)], standalone_mode=False)
        assert TOKEN not in result.output
        assert SECRET not in result.output
        assert result.exception is None or isinstance(result.exception, Exception), result.exception
        return result

    command.root = root  # type: ignore[attr-defined] # the archive, for a look
    return command


def _register(root: Path) -> list[tuple[str, str, str, str, str]]:
    path = root / "records/bureau/2021/sent.yml"
    if not path.exists():
        return []
    record, problems = parse_yaml("sent", "sent.yml", path.read_bytes())
    assert problems == []
    assert record is not None
    return [(e.what, e.month, e.to, str(e.date), e.state) for e in record.data.messages]


NOTIFY = "notify 2021-02 --to dingtalk --as-of 2021-03-04 --link https://archive.example/bulletins/2021-02/"
REMIND = "remind 2021-03 --to dingtalk --as-of 2021-03-23"


def test_a_bulletin_is_sent_once(run: Run, web: Service) -> None:
    first = run(NOTIFY)
    assert (first.return_value, first.output) == (0, "钉钉群：已发“《帮扶简报》2021年第7期（二月）”\n")
    (body,) = web.bodies
    assert body["markdown"]["title"] == "《帮扶简报》2021年第7期（二月）"
    assert "█" in body["markdown"]["text"]  # the private name
    assert "小明" not in body["markdown"]["text"]
    assert LINK in body["markdown"]["text"]
    entry = ("bulletin", "2021-02", "dingtalk", "2021-03-04", "sent")
    assert _register(run.root) == [entry]  # type: ignore[attr-defined] # as above
    second = run(NOTIFY.replace("03-04", "03-09"))
    assert (second.return_value, second.output) == (
        0,
        "钉钉群：2021-03-04 已经发过，不再发。要再发一次，加 --again\n",
    )
    assert len(web.requests) == 1
    assert run(f"{NOTIFY} --again").return_value == 0
    assert len(web.requests) == 2
    assert _register(run.root) == [entry, entry]  # type: ignore[attr-defined] # as above
    check = run("check --as-of 2021-03-04")
    assert "sent.yml" not in check.output


def test_what_may_have_arrived_needs_a_look_and_a_word(run: Run, web: Service) -> None:
    web.answers = ["close", OK]
    first = run(NOTIFY)
    look = "请先看一看收到没有：没有收到，加 --again 再发；收到了就不用管\n"
    assert (first.return_value, first.output) == (
        1,
        f"钉钉群：已经发给 127.0.0.1，没有等到完整的答复。{look}",
    )
    unknown = ("bulletin", "2021-02", "dingtalk", "2021-03-04", "unknown")
    assert _register(run.root) == [unknown]  # type: ignore[attr-defined] # as above
    second = run(NOTIFY)
    assert (second.return_value, second.output) == (
        1,
        f"钉钉群：2021-03-04 发过，没有等到答复，不知收到没有，没有再发。{look}",
    )
    assert len(web.requests) == 1
    assert run(f"{NOTIFY} --again").return_value == 0
    assert run(NOTIFY).return_value == 0
    assert len(web.requests) == 2


def test_what_did_not_arrive_leaves_no_trace(run: Run, web: Service) -> None:
    web.answers = [_error(500)]
    first = run(NOTIFY)
    assert (first.return_value, len(web.requests)) == (1, 3)
    assert first.output == (
        "钉钉群：127.0.0.1 暂时不收（HTTP 500）；2 秒后再试\n"
        "钉钉群：127.0.0.1 暂时不收（HTTP 500）；8 秒后再试\n"
        "钉钉群：没有发送，127.0.0.1 暂时不收（HTTP 500）\n"
    )
    assert _register(run.root) == []  # type: ignore[attr-defined] # as above
    web.answers = [OK]
    assert run(NOTIFY).return_value == 0


def test_a_run_that_is_killed_leaves_unknown_behind(
    run: Run, web: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise SystemExit(137)

    monkeypatch.setattr("generator.actions.notify.sending.deliver_message", killed)
    with pytest.raises(AssertionError, match="137"):
        run(NOTIFY)
    assert [entry[-1] for entry in _register(run.root)] == ["unknown"]  # type: ignore[attr-defined] # as above


def test_of_two_at_once_one_gives_way(make_archive: MakeArchive, web: Service) -> None:
    """Four at the same time: one sends, the others say that it does, and none waits and sends after it."""
    web.answers = ["slow"]
    root = make_archive(archive())
    told: list[str] = []
    sending = Sending(
        root=root,
        corpus=read_corpus(root),
        year=2021,
        day=NOW.date(),
        environment={"PAIRING_DINGTALK_WEBHOOK": f"http://127.0.0.1:{web.port}/?x={TOKEN}"},
        now=lambda: NOW,
        sleep=lambda _: None,
        report=told.append,
    )
    together = threading.Barrier(4)

    def send() -> None:
        together.wait()
        sending.send_message(message(), "dingtalk")

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [
        "钉钉群：已发“《帮扶简报》2021年第7期（二月）”",
        *3 * ["钉钉群：没有发送，另一个 pairing 正在发送；等它结束，再运行一次"],
    ]
    assert len(web.requests) == 1


def test_a_dry_run_sends_nothing(run: Run, web: Service) -> None:
    result = run(f"{NOTIFY} --dry-run --to wecom --to smtp")
    assert result.return_value == 0
    assert web.requests == []
    assert _register(run.root) == []  # type: ignore[attr-defined] # as above
    heads = re.findall(r"(?m)^—— (.*) ——$", result.output)
    assert heads == [
        "钉钉群：发到 127.0.0.1，地址中的口令不显示",
        "企业微信群：环境变量 PAIRING_WECOM_WEBHOOK 还没有设",
        "邮件：环境变量 PAIRING_SMTP_HOST 还没有设；环境变量 PAIRING_SMTP_FROM 还没有设；环境变量 PAIRING_SMTP_TO 还没有设",
    ]
    assert result.output.count(LINK) >= 3
    assert result.output.endswith("以上只是试运行，什么都没有发送。\n")


def test_one_channels_failure_is_no_others(run: Run, web: Service) -> None:
    result = run(f"{NOTIFY} --to wecom".replace("--to dingtalk", "--to wecom --to dingtalk"))
    assert result.return_value == 1
    assert result.output == (
        "企业微信群：没有发送，环境变量 PAIRING_WECOM_WEBHOOK 还没有设\n"
        "钉钉群：已发“《帮扶简报》2021年第7期（二月）”\n"
    )


def test_another_register_and_the_archives_own_both_count(run: Run, web: Service, tmp_path: Path) -> None:
    """A fresh machine brings a file of its own; what an officer sent and committed is known to it all the same."""
    state = tmp_path / "kept" / "sent.yml"
    assert run(f"{NOTIFY} --state {state}").return_value == 0
    assert _register(run.root) == []  # type: ignore[attr-defined] # as above
    assert "已经发过" in run(f"{NOTIFY} --state {state}").output
    assert len(web.requests) == 1
    assert run(NOTIFY).return_value == 0  # without the file nobody knows
    state.unlink()
    assert "已经发过" in run(f"{NOTIFY} --state {state}").output
    assert len(web.requests) == 2


def test_a_register_that_cannot_be_read_stops_everything(run: Run, web: Service) -> None:
    path = run.root / "records/bureau/2021/sent.yml"  # type: ignore[attr-defined] # as above
    path.write_text("messages: [\n", encoding="utf-8")
    result = run(NOTIFY)
    assert (result.return_value, web.requests) == (1, [])
    assert "读不出来；改正以后再发，免得发两次" in result.output


def test_an_open_month_has_no_bulletin_to_send(run: Run, web: Service) -> None:
    result = run(NOTIFY.replace("2021-03-04", "2021-02-28"))
    assert (result.return_value, web.requests) == (1, [])
    assert "催报用 pairing remind 2021-02" in result.output


@pytest.mark.parametrize(
    ("day", "sent"), [("2021-03-04", 1), ("2021-03-10", 1), ("2021-03-11", 0), ("2021-03-02", 0)]
)
def test_without_a_month_it_is_the_one_just_closed(run: Run, web: Service, day: str, sent: int) -> None:
    closing = run.root / "records/bureau/2021/closings/2021-02.yml"  # type: ignore[attr-defined] # as above
    closing.parent.mkdir(parents=True)
    closing.write_text("month: 2021-02\nclosed: 2021-03-04\nschools: []\n", encoding="utf-8")
    result = run(f"notify --to dingtalk --as-of {day}")
    assert (result.return_value, len(web.requests)) == (0, sent)


@pytest.mark.parametrize("line", [NOTIFY, REMIND])
def test_a_sample_says_so_once(run: Run, web: Service, line: str) -> None:
    note = run.root / "records/bureau/2021/bulletins/2021-02.md"  # type: ignore[attr-defined] # as above
    note.write_text(note.read_text("utf-8").replace("number: 7\n", "number: 7\nsample: true\n"), "utf-8")
    run(line)
    sent = web.bodies[0]["markdown"]
    assert sent["title"].startswith("【示例】")
    assert sent["text"].count("示例数据") == 1


# --- reminders -----------------------------------------------------------------------------------


def test_a_reminder_says_who_owes_what(run: Run, web: Service) -> None:
    assert run(f"{REMIND} --link {LINK}").return_value == 0
    assert web.bodies == [
        {
            "msgtype": "markdown",
            "markdown": {
                "title": "三月帮扶材料3月30日截止，还有7天",
                "text": (
                    "### 三月帮扶材料3月30日截止，还有7天\n\n2所校（园）中，还有2所没有交齐：\n\n"
                    "1. 甲园：活动应报2项，还没有上报，还差2项；春学期的师徒结对花名册没有交，2月7日已经到期；"
                    "帮扶协议没有交，2月28日已经到期\n"
                    "2. 乙园：活动应报1项，还没有上报，还差1项\n\n"
                    "怎么办：每项活动写一份记录（方案、措施、记录、总结、图片），3月30日（含）前报学前股。"
                    "已经报了的，请不必理会。\n\n月末没有上报的，视为没有开展。\n\n"
                    f"[完成情况和怎样上报]({LINK})\n"
                ),
            },
        }
    ]


def test_a_reminder_leads_to_the_page_that_is_filled_in(
    run: Run, web: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIRING_SITE_URL", "https://archive.example/county")
    assert run(REMIND).return_value == 0
    (body,) = web.bodies
    assert body["markdown"]["text"].endswith(
        "月末没有上报的，视为没有开展。\n\n[用手机填报](https://archive.example/county/write/)\n\n"
        "[完成情况和怎样上报](https://archive.example/county/)\n"
    )


def test_a_reminder_comes_once_a_day(run: Run, web: Service) -> None:
    assert "已发" in run(REMIND).output
    assert "已经发过" in run(REMIND).output
    assert "已发" in run(REMIND.replace("03-23", "03-27")).output
    assert len(web.requests) == 2


@pytest.mark.parametrize(("day", "sent"), [(22, 0), (23, 1), (24, 0), (27, 1), (29, 1), (30, 0)])
def test_a_daily_run_reminds_on_the_days_it_is_told(run: Run, web: Service, day: int, sent: int) -> None:
    line = f"remind --to dingtalk --as-of 2021-03-{day} --days-before 7 --days-before 3 --days-before 1"
    assert run(line).return_value == 0
    assert len(web.requests) == sent


def test_nothing_owed_is_said_and_not_sent(run: Run, web: Service) -> None:
    root: Path = run.root  # type: ignore[attr-defined] # as above
    from tests.small_archive import activity

    for school, day in (("jia", 1), ("jia", 2), ("yi", 3)):
        folder = root / f"records/{school}/2021/03/0{day}-visit"
        folder.mkdir(parents=True)
        partner = "jia" if school == "yi" else "yi"
        (folder / "activity.md").write_text(activity(f"2021-03-0{day}", partner=partner), encoding="utf-8")
    (root / "records/jia/2021/roster.yml").write_text(
        "terms:\n  - term: spring\n    reported: 2021-02-04\n    pairs:\n"
        "      - {mentor: 骨干教师, mentee: 青年教师, school: yi, focus: 备课}\n",
        encoding="utf-8",
    )
    (root / "records/jia/2021/agreement-yi.md").write_text(
        "---\ntitle: 帮扶协议\nhelped: yi\nsigned: 2021-02-03\ngoals: [每月观摩一次]\n---\n## 责任\n\n互通信息。\n",
        encoding="utf-8",
    )
    result = run(REMIND)
    assert (result.return_value, result.output) == (0, "2021-03 各校（园）都已交齐，没有欠的，不发送。\n")
    assert web.requests == []


def test_after_the_deadline_nobody_is_reminded(run: Run, web: Service) -> None:
    result = run(REMIND.replace("03-23", "03-31"))
    assert (result.return_value, web.requests) == (0, [])
    assert "pairing status --month 2021-03" in result.output
    assert run("remind --to dingtalk --as-of 2021-04-15").output == "没有要截止的月份，不发送。\n"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://a b", "x", "https://a/)[x](https://evil"])
def test_a_link_is_an_address(run: Run, web: Service, link: str) -> None:
    result = run(f"{REMIND} --link").exception
    assert result is not None
    line = CliRunner().invoke(main.pairing, [*REMIND.split(), "--link", link], standalone_mode=False)
    assert "--link 应当是一个网址" in str(line.exception)
