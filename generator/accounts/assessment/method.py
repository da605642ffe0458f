"""How each kind of item is counted, in words for pages, the command and the workbook."""

from __future__ import annotations

METHODS = {
    "quota": "计入的活动项数 ÷ 各月应完成的项数。一个月超过应完成项数的部分不再加，也不补别的月份。",
    "full-months": "按时报够项数的月份数 ÷ 学期的帮扶月数。",
    "archive": "应完成的项数里，方案、措施、记录、总结、图片五样齐全的项数 ÷ 各月应完成的项数。已撤下的图片算有。",
    "plan": "计划表里按时完成的任务数 ÷ 任务数。任务少于应完成项数的，按应完成项数算。",
    "measure": "达到频次要求的次数 ÷ 应达到的次数。每月的要求一月一次，每学期的要求一学期一次。",
    "document": "已有的文件份数 ÷ 应有的份数；规定了期限的，逾期的不算。",
    "truthful": "本学期没有查实虚报的，得满分；有一项虚报的，不得分。",
}
"""By the kinds of :class:`generator.records.models.AssessmentItem`."""

COUNTED = "按时上报、填写完整的活动才计入；已经结账的月份，以结账为准。"
ROUNDING = "每一项按“做到 ÷ 应做 × 分值”计算，四舍五入到两位小数；总分是各项得分之和。"
FALSE = (
    "查实虚报的活动，相关项目按零分计算：它那一类帮扶内容本学期整项记零分；它所在的月份，按月计算的各项记零；"
    "它完成的计划任务不算完成；“如实填报”整项记零分。记录不删。结论是“存疑”的，不扣分；结论以最近一次核查为准。"
)
