"""What is found by less than a clear label is written with a mark; what a label says is not."""

from __future__ import annotations

import dataclasses

import pytest

from generator.actions.receive.children import hold_back_children
from generator.actions.receive.draft import Doubt, Draft, DraftPhoto
from generator.actions.receive.drafting import Group, make_drafts
from generator.actions.receive.inputs import open_desk
from generator.actions.receive.parts import Left
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
    found = []
    for at, line in enumerate(lines):
        if line.startswith("（请填写：请核对"):
            found.append(f"{line} {lines[at - 2].removeprefix('## ')}")
        elif "分得不一定对" in line:
            found.append(f"{lines[at - 2]} {line}")
        elif "请核对" in line:
            found.append(line)
    return found


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


_CHILDREN = "（请填写：请核对，像是写了孩子的姓名和家庭情况；改成不指名的，再删去这一行）"


@pytest.mark.parametrize(
    ("told", "marked"),
    [
        ("两园教师走进留守儿童马小军家中，送去绘本。", True),
        ("大班的王梓涵父母离异，跟着奶奶生活。", True),
        ("慰问了李浩然、张欣怡两名困境儿童。", True),
        ("单亲家庭的甜甜小朋友收到了新书包。", True),
        ("欧阳雨桐（女，5岁）家庭困难，教师给她带了衣服。", True),
        ("接着去了陈佳怡家。她的爸爸患病，妈妈外出务工。", True),
        ("教师走进三户留守儿童家中，送去绘本。", False),
        ("困境儿童小雨（化名）收到了新书包。", False),
        ("王园长带领教师看望了两名残疾幼儿。", False),
        ("孩子们高兴地画出了黄河水车，留守儿童也参加了。", False),
        ("教师走进金太阳幼儿园的单亲家庭幼儿中间。", False),
        ("王梓涵小朋友搭了一座桥。", False),
    ],
)
def test_a_named_child_beside_its_familys_circumstances_is_marked(
    corpus: Corpus, told: str, marked: bool
) -> None:
    text = _CLEAR.replace("教师分两组观摩。", told)
    assert _marks(corpus, text) == ([f"{_CHILDREN} 记录"] if marked else [])


def test_a_child_named_in_a_title_or_caption_is_left_out(corpus: Corpus) -> None:
    draft = Draft(
        source="家访.docx",
        values={"title": "走进留守儿童马小军家中", "place": "马小军家里"},
        sources={},
        doubts=(),
        sections={"记录": ("送去绘本。",)},
        photos=(
            DraftPhoto(name="1.jpg", data=b"", caption="马小军家中"),
            DraftPhoto(name="2.jpg", data=b"", caption="绘本"),
        ),
    )
    desk = open_desk(corpus, TODAY)
    held = hold_back_children(draft, desk.names)
    why = "像是写了孩子的姓名和家庭情况"
    assert held == dataclasses.replace(
        draft,
        values={},
        doubts=(Doubt(field="title", why=why), Doubt(field="place", why=why)),
        photos=(dataclasses.replace(draft.photos[0], caption=""), draft.photos[1]),
        left=tuple(
            Left(text=each, why=why) for each in ("走进留守儿童马小军家中", "马小军家里", "马小军家中")
        ),
    )
