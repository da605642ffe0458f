"""Tell the parts of a report without headings by the tone of its paragraphs; whoever hands it in confirms them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.actions.receive.folding import fold_text

_PURPOSE = re.compile("为(?!什么|此|期|人)[^。]{2,80}[,。]|根据|按照|结合|围绕.{0,20},特|依据|本着")
_BEFORE = re.compile(
    "(?:.{0,8}(?:活动|出发|教研|观摩|培训|讲座|送教|会议)(?:之|以)?前|前期|会前|课前|为(?:了)?(?:确保|保证|做好)|提前)[^。]*[,。]"
)
_ENDING = re.compile(
    "通过(?:此次|本次|这次|这一|这样|今天|活动|观摩|学习|交流|一天|此)|(?:此次|本次|这次)(?:活动|观摩|学习|送教|教研|讲座|帮扶|交流|培训)|今后|下一步|"
    "下阶段|接下来|展望|.{0,8}收获|感谢|相信|一分耕耘|总之|虽然.{0,30}但|存在的(?:不足|问题)|不足之处"
)


def sort_paragraphs(paragraphs: Sequence[str]) -> dict[str, list[str]]:
    """Return paragraphs by part: those of purpose at the beginning, those of preparation behind them, those that look back at the end, the others between."""
    first = 0
    while first < len(paragraphs) - 1 and _PURPOSE.match(fold_text(paragraphs[first])):
        first += 1
    last = len(paragraphs)
    while last > max(first, 1) and _ENDING.match(fold_text(paragraphs[last - 1])):
        last -= 1
    begun = first
    while begun < last - 1 and _BEFORE.match(fold_text(paragraphs[begun])):
        begun += 1
    found = {
        "方案": paragraphs[:first],
        "措施": paragraphs[first:begun],
        "记录": paragraphs[begun:last],
        "总结": paragraphs[last:],
    }
    return {part: list(lines) for part, lines in found.items() if lines}
