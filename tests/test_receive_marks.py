"""What is found by less than a clear label is written with a mark; what a label says is not."""

from __future__ import annotations

import pytest

from generator.actions.receive.drafting import Group, make_drafts
from generator.actions.receive.inputs import open_desk
from generator.actions.receive.record_text import write_record
from generator.archive import Corpus, read_corpus
from generator.documents.reports.report_content import Line, ReportContent
from tests.receive.archive import write_archive
from tests.receive_table import TODAY


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_corpus(write_archive(tmp_path_factory.mktemp("marks") / "archive"))


def _marks(corpus: Corpus, text: str) -> list[str]:
    """Return the lines of a record of 光彩幼儿园 that carry a mark."""
    blocks = tuple(Line(text=line) for line in text.split("\n"))
    group = Group(contents=(ReportContent(name="活动.docx", blocks=blocks),))
    (draft,) = make_drafts(open_desk(corpus, TODAY, school="guangcai"), group).drafts
    lines = write_record(draft, TODAY).split("\n")
    return [
        f"{lines[at - 2]} {line}" if "分得不一定对" in line else line
        for at, line in enumerate(lines)
        if "请核对" in line or "分得不一定对" in line
    ]


_CLEAR = """大班区域活动观摩
活动时间：2020年5月14日
活动地点：光彩幼儿园
结对园：黑泉镇中心小学辖区内幼儿园
活动形式：请进来
接待人数：4人
参加人数：10人
主持人：业务园长
一、活动方案
让结对园教师了解材料怎样投放。
二、活动措施
提前一周通知。
三、活动记录
教师分两组观摩。
四、活动总结
教师学会了投放材料。"""


def test_what_clear_labels_say_has_no_mark(corpus: Corpus) -> None:
    assert _marks(corpus, _CLEAR) == []


_PART = "（请填写：这一段分得不一定对，核对后删去这一行）"


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        pytest.param(
            "主持人：业务园长",
            "主持人：业务园长\n负责人：教研组长",
            ["lead: 业务园长  # 请核对：材料里有不一样的说法"],
            id="two posts",
        ),
        pytest.param(
            "活动地点：光彩幼儿园",
            "活动地点：光彩幼儿园\n会场：会议室",
            ["place: 光彩幼儿园  # 请核对：材料里有不一样的说法"],
            id="two places",
        ),
        pytest.param(
            "参加人数：10人",
            "受益人数：10人",
            ["attendance: 10  # 请核对：推断的"],
            id="a count of some",
        ),
        pytest.param(
            "活动时间：2020年5月14日",
            "活动时间：5月14日",
            ["date: 2020-05-14  # 请核对：推断的", "plan: 2020-05-1  # 请核对：推断的"],
            id="no year",
        ),
        pytest.param(
            "教师分两组观摩。",
            "教师分两组观摩。\n意外收获篇\n也看了户外。",
            [f"## 记录 {_PART}"],
            id="a heading of no vocabulary",
        ),
        pytest.param(
            "四、活动总结",
            "四、下一步措施\n每月再来一次。\n五、活动总结",
            [f"## 记录 {_PART}"],
            id="a heading of another part behind the account",
        ),
        pytest.param(
            "主持人：业务园长\n",
            "",
            ["lead: 教研组长  # 请核对：从正文看的"],
            id="told in the text",
        ),
    ],
)
def test_less_than_a_clear_label_is_marked(corpus: Corpus, old: str, new: str, marks: list[str]) -> None:
    text = _CLEAR.replace(old, new)
    if marks[0].startswith("lead: 教研组长"):
        text = text.replace("提前一周通知。", "提前一周通知，由教研组长主持。")
    assert _marks(corpus, text) == marks
