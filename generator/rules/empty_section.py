"""None of an activity's four parts is empty.

查什么
方案、措施、记录、总结每一部分都有内容，不是空的，也不是只写“无”“略”“同上”。

为什么
有标题没有内容，等于缺这一部分。以后翻档案的人，只能看到写下来的。

怎么改
没有特别的内容，也请用一两句话说清楚：

错：

```markdown
## 总结

略
```

对：

```markdown
## 总结

带回两条做法：材料按难易分层，每周五更换一次。下周先在大班试用。
```
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from generator.archive import Corpus
from generator.records import PARTS
from generator.records.diagnostics import Diagnostic, Severity
from generator.rules.rule import Rule, make_problem

# The numbers of a list that was left empty say nothing either.
_NOTHING = re.compile(
    r"(?:[\W_]|^[ \t]*\d{1,2}[.、)）])*(?:无|没有|略|同上|暂无|见附件|见图|none|n/?a)?[\W_]*",
    re.IGNORECASE | re.MULTILINE,
)
_SHORT = 40  # a longer text says something; do not strip and match it


def _check(corpus: Corpus, today: dt.date) -> Iterator[Diagnostic]:
    for activity in corpus.activities:
        for section in activity.markdown.sections:
            text = section.text
            if section.title not in PARTS or (len(text) > _SHORT and "<!--" not in text):
                continue
            text = _without_comments(text).strip()
            if len(text) <= _SHORT and _NOTHING.fullmatch(text) and not _is_left_open(text):
                said = f"只写了“{text}”" if re.search(r"[^\W\d_]", text) else "下面没有内容"
                yield make_problem(
                    RULE.slug,
                    activity.markdown.find_heading_span(section),
                    f"“{section.title}”{said}",
                    "用一两句话写清楚",
                )


def _without_comments(text: str) -> str:
    parts = text.split("<!--")
    return parts[0] + "".join(part.partition("-->")[2] for part in parts[1:])


def _is_left_open(text: str) -> bool:
    """Say whether the text is a template's ellipsis, which another rule names."""
    return bool(text) and not text.strip(" ….?？\n")


RULE = Rule(
    slug="empty-section",
    requirement="archive-parts",
    severity=Severity.ERROR,
    summary="四部分都写了内容",
    check=_check,
    text=__doc__,
)
