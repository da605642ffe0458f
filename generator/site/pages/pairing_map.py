"""The overview of pairings as a drawing: helpers in the middle, rural schools left, private ones right.

Only geometry, in units of the drawing; colours and fonts are the style sheet's.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.site.pages.view import SchoolView

WIDTH = 380
_NODE_WIDTH = 84
_NODE_HEIGHT = 30
_STEP = 42
_HEAD = 34
_BETWEEN = 22
_THINNEST = 1.0
_APART = 2.0
_THICKEST = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A school's box: its top left corner and size; the text stands in its middle."""

    school: SchoolView
    x: float
    y: float
    width: float = _NODE_WIDTH
    height: float = _NODE_HEIGHT

    @property
    def text_x(self) -> float:
        """The middle of the box."""
        return self.x + self.width / 2

    @property
    def text_y(self) -> float:
        """The baseline of the text."""
        return self.y + self.height / 2 + 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line between a helper and a helped school; `width` grows with `count`, the activities together."""

    path: str
    width: float
    count: int
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The whole drawing; `heads` are the columns' names with their middles, `rules` separate pairings."""

    width: int
    height: float
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    heads: tuple[tuple[str, float], ...]
    rules: tuple[float, ...]


def draw_pairings(pairings: tuple[tuple[SchoolView, tuple[tuple[SchoolView, int], ...]], ...]) -> Drawing:
    """Draw pairings: each a helper with its helped schools and the number of activities together."""
    most = max((count for _, helped in pairings for _, count in helped), default=0)
    middle, right = (WIDTH - _NODE_WIDTH) / 2, WIDTH - _NODE_WIDTH - 1
    nodes: list[Node] = []
    links: list[Link] = []
    rules: list[float] = []
    top = float(_HEAD)
    for helper, helped in pairings:
        if nodes:
            rules.append(top - _BETWEEN / 2)
        sides = (
            [pair for pair in helped if pair[0].kind != "private"],
            [pair for pair in helped if pair[0].kind == "private"],
        )
        height = _STEP * max(len(sides[0]), len(sides[1]), 1)
        centre = Node(school=helper, x=middle, y=top + (height - _NODE_HEIGHT) / 2)
        nodes.append(centre)
        for side, x in zip(sides, (1.0, right), strict=True):
            first = top + (height - _STEP * len(side)) / 2 + (_STEP - _NODE_HEIGHT) / 2
            widths = [_weight(count, most) for _, count in side]
            # Lines leave the helper one below the other, so that their weights can be compared.
            start = centre.y + (_NODE_HEIGHT - sum(widths) - _APART * (len(widths) - 1)) / 2
            for place, (school, count) in enumerate(side):
                node = Node(school=school, x=x, y=first + place * _STEP)
                nodes.append(node)
                links.append(_link(centre, start + widths[place] / 2, node, count, widths[place]))
                start += widths[place] + _APART
        top += height + _BETWEEN
    return Drawing(
        width=WIDTH,
        height=top - _BETWEEN + 2,
        nodes=tuple(nodes),
        links=tuple(links),
        heads=(("农村园", 1 + _NODE_WIDTH / 2), ("帮扶园", WIDTH / 2), ("民办园", right + _NODE_WIDTH / 2)),
        rules=tuple(rules),
    )


def _weight(count: int, most: int) -> float:
    return round(_THINNEST + (_THICKEST - _THINNEST) * count / most, 1) if most else _THINNEST


def _link(helper: Node, y1: float, helped: Node, count: int, width: float) -> Link:
    leftwards = helped.x < helper.x
    start = helper.x if leftwards else helper.x + helper.width
    end = helped.x + helped.width if leftwards else helped.x
    y2 = helped.y + helped.height / 2
    bend = (start + end) / 2
    return Link(
        path=f"M{start:g} {y1:g}C{bend:g} {y1:g} {bend:g} {y2:g} {end:g} {y2:g}",
        width=width,
        count=count,
        # Near the helped school, where lines have parted.
        text_x=round(end + (start - end) * 0.3, 1),
        text_y=round(y2 + (y1 - y2) * 0.22 + 4, 1),
    )
