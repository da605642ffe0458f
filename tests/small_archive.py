"""A small archive as text, for tests that need a whole one: one pairing, two terms, a plan of five clauses."""

from __future__ import annotations

PLAN = """# 甲县2021年结对帮扶方案

为结对帮扶，制定本方案。

## 一、内容

1.每月开展观摩。

2.每学期开展慰问。

## 二、要求

1.各园每月二十八日前上报材料。

2.月末没有上报的，视为没有开展。
"""

PROGRAMME = """year: 2021
county: 甲县
title: 甲县2021年结对帮扶方案
issuer: 甲县教育局
office: 学前股
bulletin: 帮扶简报
plan_text: 2021.md
deadline_day: 30
terms:
  - {id: spring, name: 春学期, starts: 2021-02-01, ends: 2021-03-31, months: [2021-02, 2021-03]}
quotas: {helper: 2, helped: 1}
requirements: {format: 二-1, monthly-report: 二-1, deemed-undone: 二-2, quota: 一-1}
measures:
  - id: visit
    name: 观摩
    clause: 一-1
    expectations:
      - {by: helper, every: month, kind: received, at_least: 2, text: 每月接待两名骨干}
      - {by: helped, every: month, kind: sent, at_least: 1, text: 每月派出一名骨干}
  - id: lesson
    name: 示范课
    clause: 一-1
    expectations:
      - {by: helper, every: month, kind: grades, grades: [大班, 小班], text: 大班小班各一节}
  - id: care
    name: 慰问
    clause: 一-2
    expectations:
      - {by: helper, every: term, kind: activities, at_least: 1, text: 每学期一次慰问}
  - id: papers
    name: 文件
    clause: 一-2
    expectations:
      - {by: helper, every: term, kind: document, document: roster, within_days: 7, text: 第一周报花名册}
      - {by: helper, every: year, kind: document, document: agreement, text: 签订协议}
      - {by: helped, every: year, kind: document, document: plan, text: 制定计划}
pairings:
  - {helper: jia, helped: [yi], responsible: [某甲, 某乙]}
leading_group: []
"""


def school(identity: str, name: str, kind: str) -> str:
    """Return a school.yml."""
    return f"id: {identity}\nname: {name}\nshort: {name[:2]}\nkind: {kind}\nresponsible: 某{name[0]}\narchivist: 专职档案员\n"


def activity(
    date: str,
    *,
    title: str = "观摩活动",
    measure: str = "visit",
    partner: str = "yi",
    reported: str = "",
    staff: str = "{sent: 0, received: 2}",
    extra: str = "",
    photos: str = "",
) -> str:
    """Return an activity.md; ``extra`` is further front matter, with its line end."""
    return (
        f"---\ntitle: {title}\ndate: {date}\nmeasure: {measure}\npartners: [{partner}]\ndirection: host\n"
        f"staff: {staff}\nlead: 业务园长\nreported: {reported or date}\n{extra}{photos}---\n"
        "## 方案\n\n观摩区域活动的组织。\n\n## 措施\n\n分三组观摩并记录。\n\n"
        "## 记录\n\n上午观摩，下午研讨。\n\n## 总结\n\n教师学会了投放材料。\n"
    )


def base() -> dict[str, str | bytes]:
    """Return the archive without any record: plan, programme and the two schools."""
    return {
        "content/plan/2021.md": PLAN,
        "records/bureau/2021/programme.yml": PROGRAMME,
        "records/jia/school.yml": school("jia", "甲园", "helper"),
        "records/yi/school.yml": school("yi", "乙园", "rural"),
    }
