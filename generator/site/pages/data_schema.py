"""The JSON Schema (2020-12) of archive.json: every name with its type and its meaning in Chinese."""

from __future__ import annotations

import json
from typing import Any

from generator.site.pages.open_data import VERSION

NAME = "archive.schema.json"

Schema = dict[str, Any]


def archive_schema() -> Schema:
    """Return the schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "archive.json",
        "description": "幼儿园结对帮扶档案的全部公开内容。格式版本不变时，只会增加名称，不会改名或删去。",
        **_object(
            {
                "$schema": _text("这份格式说明的位置"),
                "version": {"const": VERSION, "description": "格式版本"},
                "as_of": _day("按哪一天计算"),
                "sample": _flag("含示例数据为 true"),
                "programmes": _list("各年度方案", _PROGRAMME),
                "schools": _list("校（园）", _SCHOOL),
                "months": _list("月度完成情况", _MONTH),
                "assessments": _list("学期考核", _ASSESSMENT),
                "activities": _list("公开的活动，按日期先后", _ACTIVITY),
            }
        ),
    }


def schema_text() -> str:
    """Return the schema's file."""
    return json.dumps(archive_schema(), ensure_ascii=False, indent=2) + "\n"


def _object(properties: Schema) -> Schema:
    # A reader of this version meets names that were added later: they are no mistake.
    return {"type": "object", "properties": properties, "required": list(properties)}


def _text(meaning: str, **more: object) -> Schema:
    return {"type": "string", "description": meaning, **more}


def _day(meaning: str) -> Schema:
    return _text(meaning, format="date", pattern=r"^\d{4}-\d{2}-\d{2}$")


def _month(meaning: str) -> Schema:
    return _text(meaning, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")


def _count(meaning: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": meaning}


def _number(meaning: str) -> Schema:
    return {"type": "number", "minimum": 0, "description": meaning}


def _flag(meaning: str) -> Schema:
    return {"type": "boolean", "description": meaning}


def _choice(meaning: str, *words: str) -> Schema:
    return {"enum": list(words), "description": meaning}


def _perhaps(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _list(meaning: str, items: Schema) -> Schema:
    return {"type": "array", "description": meaning, "items": items}


_SCHOOL_ID = _text("校（园）代号")
_PROGRAMME = _object(
    {
        "year": _count("年度"),
        "county": _text("县名"),
        "title": _text("方案名称"),
        "months": _list("帮扶月", _month("月份")),
        "terms": _list(
            "学期",
            _object(
                {
                    "id": _text("代号"),
                    "name": _text("名称"),
                    "starts": _day("开学日期"),
                    "ends": _day("结束日期"),
                    "months": _list("帮扶月", _month("月份")),
                }
            ),
        ),
        "deadline_day": _count("每月上报截止日"),
        "quotas": _object({"helper": _count("帮扶园每月最少项数"), "helped": _count("被帮扶园每月最少次数")}),
        "measures": _list(
            "帮扶内容", _object({"id": _text("代号"), "name": _text("名称"), "clause": _text("条款")})
        ),
        "pairings": _list(
            "帮扶对子", _object({"helper": _SCHOOL_ID, "helped": _list("被帮扶园", _SCHOOL_ID)})
        ),
    }
)
_SCHOOL = _object(
    {
        "id": _SCHOOL_ID,
        "name": _text("名称"),
        "kind": _choice("类别：helper 帮扶园、rural 农村园、private 民办园", "helper", "rural", "private"),
        "url": _text("页面，相对于网站首页"),
    }
)
_MONTH = _object(
    {
        "school": _SCHOOL_ID,
        "month": _month("月份"),
        "status": _choice(
            "完成情况：met 完成、short 不足、missing 未上报、late 逾期、open 未到期",
            *("met", "short", "missing", "late", "open"),
        ),
        "quota": _count("应完成项数"),
        "on_time": _count("按时上报项数"),
        "late": _count("逾期上报项数"),
        "owed": _count("还欠项数"),
        "closed": _flag("已结账为 true"),
    }
)
_ASSESSMENT = _object(
    {
        "term": _text("学期，如 2020-autumn"),
        "url": _text("页面，相对于网站首页"),
        "published": _perhaps(_day("公布日期；暂计的为 null")),
        "items": _list(
            "项目与分值",
            _object(
                {
                    "id": _text("代号"),
                    "name": _text("项目"),
                    "clause": _text("条款"),
                    "kind": _text("算法"),
                    "helper": _count("帮扶园分值"),
                    "helped": _count("被帮扶园分值"),
                }
            ),
        ),
        "scores": _list(
            "各校（园）得分",
            _object(
                {
                    "school": _SCHOOL_ID,
                    "side": _choice("helper 帮扶园、helped 被帮扶园", "helper", "helped"),
                    "total": _number("总分"),
                    "full": _count("满分"),
                    "lines": _list(
                        "各项",
                        _object(
                            {
                                "item": _text("项目代号"),
                                "points": _count("分值"),
                                "got": _count("做到"),
                                "of": _count("应做"),
                                "zeroed": _flag("因虚报按零分为 true"),
                                "score": _number("得分"),
                            }
                        ),
                    ),
                }
            ),
        ),
    }
)
_ACTIVITY = _object(
    {
        "key": _text("编号，即活动的文件夹"),
        "number": _text("备案号；还没有备案为空"),
        "url": _text("页面，相对于网站首页"),
        "school": _SCHOOL_ID,
        "date": _day("活动日期"),
        "reported": _day("上报日期"),
        "late": _flag("逾期为 true"),
        "title": _text("标题"),
        "measure": _text("帮扶内容代号"),
        "clause": _text("条款"),
        "partners": _list("参与园", _SCHOOL_ID),
        "direction": _choice("host 请进来、visit 走出去、online 线上", "host", "visit", "online"),
        "place": _text("地点"),
        "lead": _text("负责人职务"),
        "sent": _count("派出业务骨干人数"),
        "received": _count("接待业务骨干人数"),
        "attendance": _perhaps(_count("参加人数；没有填为 null")),
        "grades": _list("年级", _text("大班、中班或小班")),
        "plan": _text("计划表任务编号"),
        "parts": _list("正文", _object({"title": _text("标题"), "html": _text("HTML")})),
        "photos": _list(
            "公开的图片",
            _object(
                {
                    "url": _text("最大的 WebP，相对于网站首页"),
                    "width": _count("宽，像素"),
                    "height": _count("高，像素"),
                    "caption": _text("图片说明"),
                    "number": _count("在记录里的序号，从 1 起"),
                    "jpeg": _text("JPEG，长边不超过 800"),
                    "colour": _text("平均颜色"),
                }
            ),
        ),
        "withheld": _list(
            "不公开的图片",
            _object(
                {
                    "number": _count("在记录里的序号，从 1 起"),
                    "reason": _choice("原因", "withdrawn", "consent", "private", "unstated", "unreadable"),
                }
            ),
        ),
    }
)
