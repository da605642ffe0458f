"""A report is made on or after the activity's day and not in the future.

查什么
上报日期不早于活动日期，也不晚于今天（北京时间）。

交材料的那一次，还要与提交的日子核对：新记录的 `reported`、旧记录改过的 `reported`，应当是合并请求提出的那天，到最后一次改动的那天之间。写早了，就是倒填日期；写晚了，那天还没有到。

为什么
是否按时，看的就是上报日期。活动之前就上报、或上报日期还没有到，都说明其中一个日期写错了。

一天就分得出按时和逾期，所以核对时一天也不放宽；但应教育局要求补正的，当初交来的日期照旧有效。核对只在提交时做一次，结账以后按时与否以结账为准，再改这一栏没有用。

学校早就送来（微信、邮箱、档案包）、后来才收进档案的，也写收进的那天：程序看不到当初哪天送到，只有教育局知道。确是按时送到的，结账以后由教育局[补计](../../guides/bureau/#amend)。

怎么改
`date` 写活动那天，`reported` 写材料报送那天：

```yaml
date: 2020-05-14
reported: 2020-05-20
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        date, reported = activity.data.date, activity.data.reported
        if date <= reported <= today or not activity.knows("reported"):
            continue
        if reported > today:
            message, fix = f"上报日期 {reported} 还没有到（今天是 {today}）", "改成材料报送那天的日期"
        elif activity.knows("date"):
            message = f"上报日期 {reported} 早于活动日期 {date}"
            fix = "核对两个日期：date 写活动那天，reported 写材料报送那天"
        else:
            continue
        yield make_problem(RULE.slug, activity.find_span("reported"), message, fix)


RULE = Rule(
    slug="reported-date",
    requirement="monthly-report",
    severity=Severity.ERROR,
    summary="上报日期在活动之后、不在将来",
    check=_check,
    text=__doc__,
)
