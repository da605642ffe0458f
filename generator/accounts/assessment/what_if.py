"""Try out other points than the programme's, from a file or item by item; nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ConfigDict, Field

from generator.accounts.assessment.scores import FULL, SIDES, find_points
from generator.plumbing.system_errors import describe_system_error
from generator.records.decoding import MAX_BYTES, decode_record
from generator.records.models import AssessmentItem, Model
from generator.records.validation import validate_mapping
from generator.records.yaml_tree import read_yaml

_WEIGHT = re.compile(r"(?P<item>[a-z0-9-]+)(?::(?P<side>helper|helped))?=(?P<points>[0-9]{1,3})\Z", re.ASCII)


class _Trial(Model):
    """The one part of a programme that is tried out; all other parts are ignored."""

    model_config = ConfigDict(extra="ignore")

    assessment: list[AssessmentItem] = Field(title="学期考核", description="考核项目与分值。", max_length=40)


class WeightError(Exception):
    """The given points cannot be used; the message says why in Chinese, one problem a line."""


def read_items(path: Path) -> tuple[AssessmentItem, ...]:
    """Return the items of a file: a programme.yml, or one that holds its ``assessment`` alone.

    Raises :class:`WeightError`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise WeightError(f"读不了 {path}：{describe_system_error(error)}") from None
    decoded = decode_record(path.name, data)
    problems = list(decoded.problems)
    tree, found = read_yaml(decoded.file, decoded.file.text) if not problems else (None, [])
    problems += found
    checked = validate_mapping(_Trial, tree, {"assessment": []}) if tree else None
    problems += checked.problems if checked else []
    if problems:
        raise WeightError(
            "\n".join(f"{path.name} 第 {p.span.line} 行：{p.message}；{p.fix}" for p in problems)
        )
    trial = checked.model if checked else None
    if trial is None or not trial.assessment:
        raise WeightError(f"{path.name} 里没有 assessment；照 programme.yml 的样子写")
    return tuple(trial.assessment)


def change_points(items: Sequence[AssessmentItem], weights: Iterable[str]) -> tuple[AssessmentItem, ...]:
    """Return the items with other points: ``quota=40`` where it counts already, ``quota:helper=40`` for one side.

    Raises :class:`WeightError` with everything that is wrong.
    """
    by_id, wrong = {item.id: item for item in items}, []
    for weight in weights:
        found = _WEIGHT.match(weight)
        item = by_id.get(found["item"]) if found else None
        if found is None:
            wrong.append(f"看不懂“{weight[:60]}”，写成 quota=40 或 quota:helper=40 的样子")
        elif item is None:
            wrong.append(f"没有考核项目“{found['item'][:60]}”，只有：{'、'.join(by_id)}")
        else:
            points = int(found["points"])
            sides = [found["side"]] if found["side"] else [s for s in SIDES if find_points(item, s)]
            by_id[item.id] = item.model_copy(update=dict.fromkeys(sides, points))
    if wrong:
        raise WeightError("\n".join(wrong))
    return tuple(by_id.values())


def find_imbalance(items: Sequence[AssessmentItem]) -> tuple[str, ...]:
    """Return a sentence for each side whose items do not add up to the full score."""
    sums = {name: sum(find_points(item, side) for item in items) for side, name in SIDES.items()}
    return tuple(
        f"{name}各项合计 {found} 分，不是 {FULL} 分" for name, found in sums.items() if found != FULL
    )
