"""Make texts comparable: without spaces, in half width and in simplified characters; read the numbers in front of headings."""

from __future__ import annotations

import re

from generator.documents.tables.grid import pack_text

# Characters of headings, labels, school names and dates as people in the county still write them now and then.
_TRADITIONAL = (
    "動時間點參負責記錄總結準備過標學習資園對聯絡單專題講導環創設觀區師兒園鎮羅黃駱駝東蘇華樓縣實踐簽訂協議機構劃計類別級紀"
    "會議現場話題組織開來業務進請廢舊變長號歲週壹貳圖攝編輯審備註領隊員總數績與從後線電視頻視連辦項應內驗評價問題議論體"
    "險關愛護貧困難慰問戶條設戲農邊遠飛歡樂誦讀書畫藝術觀察測記說課聽課團隊個舉辦溫馨傳統節慶"
)
_SIMPLIFIED = (
    "动时间点参负责记录总结准备过标学习资园对联络单专题讲导环创设观区师儿园镇罗黄骆驼东苏华楼县实践签订协议机构划计类别级纪"
    "会议现场话题组织开来业务进请废旧变长号岁周壹贰图摄编辑审备注领队员总数绩与从后线电视频视连办项应内验评价问题议论体"
    "险关爱护贫困难慰问户条设戏农边远飞欢乐诵读书画艺术观察测记说课听课团队个举办温馨传统节庆"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_HAN = "一二三四五六七八九十〇零两"
_NUMBERS = (
    re.compile(
        rf"\s*第\s*[{_HAN}0-9]{{1,3}}\s*(?:部分|章|节|项)\s*[、.．:：,，]?\s*|\s*[{_HAN}]{{1,3}}\s*[、.．,，]\s*"
    ),
    re.compile(rf"\s*[（(]\s*[{_HAN}]{{1,3}}\s*[)）]\s*[、.．]?\s*"),
    re.compile(r"\s*[0-9０-９]{1,2}\s*[、.．)）]\s*(?![0-9０-９])"),
    re.compile(r"\s*[（(]\s*[0-9０-９]{1,2}\s*[)）]\s*"),
    re.compile(r"\s*[①-⑳⑴-⒇]\s*"),
)
UNNUMBERED = 0


def fold_text(text: str) -> str:
    """Return a text without spaces, in half width, its common traditional characters simplified."""
    return pack_text(text).translate(_FOLD)


def simplify(text: str) -> str:
    """Return a text with its common traditional characters simplified, each in its place."""
    return text.translate(_FOLD)


def split_number(text: str) -> tuple[int, str]:
    """Return the level of a heading's number (一、 is 1, （一） 2, 1. 3, （1） 4, ① 5, none 0) and what follows it."""
    for level, pattern in enumerate(_NUMBERS, start=1):
        if found := pattern.match(text):
            return level, text[found.end() :]
    return UNNUMBERED, text
