"""Accounts change only what they were given: a sound list of accounts, and requests that keep to it.

查什么
账号名单 `accounts.yml`：每个账号只写一次，写明替哪些校（园）交材料，或写明是教育局的；校（园）的代号在方案里；至少有一个教育局的账号。

交来的改动：主分支上有账号名单的，每个改动的文件都要在提交人负责的校（园）文件夹里。移动、删去也算，原来的和后来的地方都看。教育局的文件、方案、结账和程序，只有教育局的账号可以改。名单里没有的账号，材料照样检查，等教育局登记以后才会变绿。

为什么
材料放在哪个园的文件夹里，就算哪个园的。谁都能改别人的文件夹，就说不清一份材料是谁交的。名单以主分支为准，请求里自己改的不算，所以谁也不能给自己添权限。

怎么改
放错了文件夹的，移到自己园的文件夹里。替别的园代交，或换了账号的，请教育局在 `records/bureau/2020/accounts.yml` 里登记，一个账号一行：

```yaml
accounts:
  - {name: example-officer, bureau: true}
  - {name: example-guangcai, schools: [guangcai]}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import YamlRecord
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Account
from generator.rules.rule import Rule, make_problem
from generator.rules.subjects import find_nearest


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for year, bureau in corpus.bureau.items():
        if bureau.accounts and bureau.accounts.knows("accounts"):
            yield from _list(corpus, year, bureau.accounts)


def _list(corpus: Corpus, year: int, record: YamlRecord) -> Iterator[Diagnostic]:
    accounts: list[Account] = record.data.accounts
    first: dict[str, int] = {}
    for index, account in enumerate(accounts):
        before = first.setdefault(account.name.lower(), index)
        if before != index:
            line = record.find_span("accounts", before, "name").line
            yield make_problem(
                RULE.slug,
                record.find_span("accounts", index, "name"),
                f"账号“{account.name}”在第 {line} 行已经写过",
                "一个账号只写一次，几所校（园）写在一起，如 schools: [guangcai, heiquan]",
            )
        if not account.bureau and not account.schools:
            yield make_problem(
                RULE.slug,
                record.find_span("accounts", index, "name"),
                f"账号“{account.name}”什么也不能改",
                "写上 schools: [校（园）代号]；教育局的账号写 bureau: true；不再使用的，删去这一行",
            )
        yield from _schools(corpus, year, record, index, account)
    if not any(account.bureau for account in accounts):
        yield make_problem(
            RULE.slug,
            record.find_span("accounts", key=True),
            "没有教育局的账号，合并以后谁也不能再改这份名单",
            "给教育局的账号写上 bureau: true",
        )


def _schools(
    corpus: Corpus, year: int, record: YamlRecord, index: int, account: Account
) -> Iterator[Diagnostic]:
    programme = corpus.find_programme(year)
    known = programme.school_ids if programme else tuple(corpus.schools)
    for place, school in enumerate(account.schools):
        span = record.find_span("accounts", index, "schools", place)
        if school in account.schools[:place]:
            yield make_problem(RULE.slug, span, f"“{school}”写了两次", "删去一处")
        elif school not in known:
            near = find_nearest(school, known)
            fix = (
                f"是不是想写 {near}（{corpus.name_school(near)}）？"
                if near
                else "代号见 programme.yml 的 pairings"
            )
            yield make_problem(RULE.slug, span, f"方案里没有代号是“{school}”的校（园）", fix)


RULE = Rule(
    slug="account-folders",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="账号只改自己负责的校（园）的材料",
    check=_check,
    text=__doc__,
)
