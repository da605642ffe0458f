"""Texts of the guide's sample and of the fields page's examples, by which copies of them are recognised."""

from __future__ import annotations

PASSAGES = frozenset(
    {
        "派两名骨干教师到帮扶园观摩大班区域活动。重点看区角怎样划分、材料怎样投放。看完后座谈，带回能用的做法。",
        "出发前列好五个问题，两人分工：一人看环境，一人看教师怎样指导。下午与对方教师座谈四十分钟。",
        "上午九点入班。建构区、美工区、阅读区同时开放，幼儿用插牌自己选区。教师多在一旁观察，材料不够时才介入。座谈时，对方教师介绍了每周更换材料的办法。",
        "带回三条做法：区角用插牌控制人数，材料按难易分层，每周五更换一次。下周先在大班试用，十月请帮扶园来看效果。",
        "请被帮扶园教师来园观摩大班区域活动，重点看材料怎样投放。",
        "1.提前一周告知观摩重点，每位教师带一个问题来；2.分两组观摩，每组由一名骨干教师陪同讲解。",
        "上午观摩阅读区、建构区和美工区，下午集体研讨，逐一回应带来的问题。",
        "教师明白了材料要分层次投放。下月到被帮扶园回访，看调整后的区域。",
    }
)
"""Sections without their white space; a test compares them with the guide and the examples."""
