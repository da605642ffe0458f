"""Guess which kind of help a report is about from its words; certain only where they mean one kind and no other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from generator.actions.receive.folding import fold_text
from generator.documents.tables.plan_reading import guess_measure
from generator.records.models import Measure

_AREA = "区(?:域|角)(?:活动|游戏)?"
_WORDS = {
    "needs-survey": "园情调研|调研摸底|摸底调研|需求调研|园情分析|制定(?:年度)?帮扶计划",
    "agreement": "(?:签订|签署|续签).{0,8}协议|协议.{0,2}(?:签订|签署)|签约|帮扶协议|协议书",
    "planning-guidance": "保教计划|园务计划|班务计划",
    "institution-building": "制度建设|(?:健全|完善|修订|制定|规范|梳理).{0,10}制度|规章制度|机构建设",
    "staff-exchange": "跟岗|挂职|顶岗",
    "area-observation": f"观摩.{{0,10}}{_AREA}|{_AREA}.{{0,6}}(?:观摩|参观)|参观.{{0,10}}{_AREA}|区(?:域|角)观摩",
    "environment-guidance": "环境创设|环创|环境改造",
    "area-lecture": f"{_AREA}.{{0,12}}讲座|讲座.{{0,12}}{_AREA}",
    "demonstration-lesson": "示范(?:教学|课)|送教|公开课|教学展示|展示课",
    "mentoring": "结对学习|师徒|拜师|青蓝工程",
    "joint-research": "教研|集体备课|联研",
    "home-coeducation": "家园共育|家校共育|家长会|家长学校|家长开放|家长讲座|家长课堂",
    "outdoor-support": "室外活动条件|户外(?:活动)?(?:器械|玩具|条件)|室外(?:条件|器械)",
    "resource-support": "教学资源|玩教具|教玩具",
    "hardship-care": "困境(?:幼儿|儿童)|特殊幼儿|留守儿童|贫困幼儿",
}
"""Words that mean one kind of help of this county's plan; used where a programme has a measure of that id."""
_HINTS = {
    "needs-survey": "调研|需求调查",
    "planning-guidance": "计划",
    "institution-building": "制度",
    "area-observation": "观摩|区域活动|区角",
    "environment-guidance": "主题墙|环境",
    "area-lecture": "讲座",
    "demonstration-lesson": "示范|观摩课|同课异构|优质课|听课",
    "joint-research": "研讨",
    "home-coeducation": "家长|亲子|家园",
    "outdoor-support": "户外|室外",
    "resource-support": "捐赠|图书|资源",
    "hardship-care": "慰问|爱心|困境|留守|送温暖",
}
"""Words that may mean a kind of help, and as often another: whoever hands the record in chooses."""
_MEANS, _MAY_MEAN = 3, 1
_MOST_IN_A_TEXT = 2
_PATTERNS = {measure: re.compile(words) for measure, words in _WORDS.items()}
_MAYBE = {measure: re.compile(words) for measure, words in _HINTS.items()}


def list_measures(text: str, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return the measures that a text's words mean, the one whose own name it begins with alone."""
    folded = fold_text(text)
    if named := guess_measure(folded, measures):
        return (named,)
    known = {measure.id for measure in measures}
    names = [measure.id for measure in measures if fold_text(measure.name) in folded]
    words = [id_ for id_, pattern in _PATTERNS.items() if id_ in known and pattern.search(folded)]
    return tuple(dict.fromkeys((*names, *words)))


def list_possible_measures(text: str, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return the measures that a text's words may mean, those that they do mean first."""
    folded = fold_text(text)
    known = {measure.id for measure in measures}
    maybe = [id_ for id_, pattern in _MAYBE.items() if id_ in known and pattern.search(folded)]
    return tuple(dict.fromkeys((*list_measures(text, measures), *maybe)))


def sort_measures(texts: Iterable[tuple[int, str]], measures: Sequence[Measure]) -> list[tuple[str, int]]:
    """Return the measures that texts' words mean or may mean with their points, the most first. ``texts``: each with its weight."""
    known = {measure.id for measure in measures}
    points: Counter[str] = Counter()
    for weight, text in texts:
        folded = fold_text(text)
        for patterns, worth in ((_PATTERNS, _MEANS), (_MAYBE, _MAY_MEAN)):
            for measure, pattern in patterns.items():
                if measure in known:
                    points[measure] += weight * worth * min(len(pattern.findall(folded)), _MOST_IN_A_TEXT)
    return [(measure, count) for measure, count in points.most_common() if count]
