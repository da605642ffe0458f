"""Pair a report's pictures with the words about them: beside, below, above, or by number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.actions.receive.flow_events import Event, Headed, Shown, Text

_NUMBERED = re.compile(
    r"[（(【\[]?\s*(?:(?:附图|图片|照片|插图|截图|图)\s*[0-9０-９一二三四五六七八九十]{1,3}|(?:左|右|上|下|中)(?:图|一|二)?(?=[:：])|(?:上|下|左|右)图)"
    r"\s*[:：、.．,，\s—-]*"
)
_MARKED = re.compile(r"[▲△↑▼▽◆◇※●○◎☆★]\s*")
_LEFT_RIGHT = re.compile(
    r"(?:图为|左右图为)?\s*(.{2,80}?)\s*[（(]左[)）]\s*[和与及、，,；;]?\s*(.{2,80}?)\s*[（(]右[)）]\s*[。.]?"
)
_AGAIN = re.compile(rf"(?:^|(?<=[\s　；;，,、)）])){_NUMBERED.pattern}")
_LISTED = re.compile(
    r"\s*[（(]?(?:以上|以下|上面|下面)?(?:图片|照片|附图|配图|图)?(?:从左(?:到|至)右|从上(?:到|至)下|按顺序)?(?:依次|分别)(?:是|为)\s*[:：]?\s*"
)
_LIST_SIGNS = re.compile(r"[、，,；;。]|(?:图|[（(])?\s*[0-9]{1,2}\s*[)）.．、：:]?|[①-⑳]")
_SEVERAL = re.compile(
    r"[（(【\[]?\s*(?:附图|图片|照片|图)\s*(?P<first>[0-9]{1,2})\s*(?:[-—–~～至到]|、\s*(?:图)?)\s*(?:图)?(?P<last>[0-9]{1,2})\s*[:：、.．,，)）\]】\s]*"
)
_LEAST_ROW = 4
"""Events of a row of captions and pictures: two of each."""
_MOST_ALIKE = 9
"""Pictures that one line may be about: 图1-3."""
_HAN = re.compile("[\u4e00-\u9fff]")
_END = re.compile(r"[）)】\]]\s*\Z")
_OPEN = re.compile(r"[（(【\[]")
_SENTENCE = re.compile(r"[。！？；;!?]|……\Z")
_LIKE_A_HEADING = re.compile(
    r"\s*(?:[【〖][^】〗]*[】〗]\s*$|0[0-9]\s|[一二三四五六七八九十]{1,3}\s*、|[（(][一二三四五六七八九十]{1,2}[)）])"
)
_LONGEST_UNMARKED = 30
LONGEST = 200


def split_captions(text: str) -> tuple[str, ...]:
    """Return the captions that a line of ``图1：…  图2：…`` or ``▲…`` gives, none where it is no such line."""
    if (listed := _LISTED.match(text)) and len(text) <= LONGEST:
        pieces = [_strip(piece) for piece in _LIST_SIGNS.split(text[listed.end() :]) if _HAN.search(piece)]
        return tuple(pieces)
    if (
        (several := _SEVERAL.match(text))
        and len(text) <= LONGEST
        and (words := _strip(text[several.end() :]))
    ):
        count = int(several["last"]) - int(several["first"]) + 1
        return (words,) * count if 1 < count <= _MOST_ALIKE else ()
    if both := _LEFT_RIGHT.fullmatch(text):
        return both[1].strip(), both[2].strip()
    if (shown := re.match("图为|(?:图片|照片)?说明\\s*[:：]|图注\\s*[:：]", text)) and len(text) <= LONGEST:
        return (text[shown.end() :].strip(" 　：:。"),)
    if mark := _MARKED.match(text):
        words = text[mark.end() :].strip()
        return (words,) if words and len(words) <= LONGEST else ()
    if not _NUMBERED.match(text):
        return ()
    starts = list(_AGAIN.finditer(text))
    ends = [found.start() for found in starts[1:]] + [len(text)]
    pieces = [_strip(text[found.end() : end]) for found, end in zip(starts, ends, strict=True)]
    return tuple(pieces) if all(pieces) and all(len(piece) <= LONGEST for piece in pieces) else ()


def _strip(text: str) -> str:
    """Return a caption without what parts it from the next, and without brackets around it or that began before it."""
    text = text.strip(" 　；;，,、。")
    if re.fullmatch(r"[（(][^（）()]*[)）]", text):
        text = text[1:-1]
    if _END.search(text) and len(_OPEN.findall(text)) < len(re.findall(r"[）)】\]]", text)):
        text = _END.sub("", text)
    return text.strip()


def may_be_caption(event: Event) -> bool:
    """Say whether a line that stands right behind a picture is about it, though nothing marks it."""
    return (
        isinstance(event, Text)
        and 0 < len(event.text) <= _LONGEST_UNMARKED
        and _HAN.search(event.text) is not None
        and not _LIKE_A_HEADING.match(event.text)
        and not _SENTENCE.search(event.text)  # a picture may hang on a paragraph of the account
    )


def attach_captions(events: Sequence[Event]) -> list[Event]:
    """Return a flow whose pictures carry their captions; lines that are captions are gone from it.

    Captions behind pictures are theirs in order; of fewer captions than pictures the last pictures'.
    """
    found = _take_above(_free_captions(events))
    at = 0
    while at < len(found):
        if not isinstance(found[at], Shown):
            at += 1
            continue
        end = at
        while end < len(found) and isinstance(found[end], Shown):
            end += 1
        bare = [place for place in range(at, end) if not _shown(found[place]).caption]
        captions, after = _behind(found, end, len(bare))
        unmarked = bool(captions) and not split_captions(_text(found[end]))
        if captions:
            for place, caption in zip(bare[-len(captions) :], captions, strict=False):
                number = _shown(found[place]).number
                unsure = unmarked or len(captions) < len(bare)
                found[place] = Shown(number=number, caption=caption, unsure=unsure)
            del found[end:after]
        elif bare and at and (above := _above(found[at - 1], len(bare))):
            for place, caption in zip(bare, above, strict=False):
                found[place] = Shown(number=_shown(found[place]).number, caption=caption)
            del found[at - 1]
            end -= 1
        at = end
    return found


def _free_captions(events: Sequence[Event]) -> list[Event]:
    """Return a flow in which a caption that reads like a heading is text: behind a picture, with nothing told below it."""
    found = list(events)
    for at in range(1, len(found)):
        event, behind = found[at], found[at + 1] if at + 1 < len(found) else None
        told = isinstance(behind, Text) and (
            len(behind.text) > _LONGEST_UNMARKED or bool(_SENTENCE.search(behind.text))
        )
        if (
            isinstance(event, Headed)
            and isinstance(found[at - 1], Shown)
            and not (event.form or event.heading.level or event.heading.plain or event.heading.rest)
            and (behind is None or isinstance(behind, Shown) or (isinstance(behind, Text) and not told))
        ):
            found[at] = Text(text=event.line)
    return found


def _take_above(events: Sequence[Event]) -> list[Event]:
    """Return a flow in which pictures have the captions right above them, where a row of both begins with a caption.

    In such a row each picture has one marked caption above it, and none is below the last.
    """
    found = list(events)
    at = 0
    while at < len(found):
        end = at
        while end + 1 < len(found) and _is_pair(found[end], found[end + 1]):
            end += 2
        below = end < len(found) and len(split_captions(_text(found[end]))) == 1
        row = range(at, end, 2)
        if end - at < _LEAST_ROW or below or (at and isinstance(found[at - 1], Shown)):
            at = max(end, at + 1)
            continue
        found[at:end] = [
            Shown(number=_shown(found[place + 1]).number, caption=split_captions(_text(found[place]))[0])
            for place in row
        ]
        at += len(row)
    return found


def _is_pair(above: Event, below: Event) -> bool:
    """Say whether a marked caption stands right above a picture that has none."""
    return len(split_captions(_text(above))) == 1 and isinstance(below, Shown) and not below.caption


def _text(event: Event) -> str:
    return event.text if isinstance(event, Text) else ""


def _shown(event: Event) -> Shown:
    if not isinstance(event, Shown):
        raise TypeError(event)
    return event


def _behind(events: Sequence[Event], at: int, wanted: int) -> tuple[list[str], int]:
    """Return the captions that begin at a place, at most so many, and where the flow goes on."""
    captions: list[str] = []
    while at < len(events) and len(captions) < wanted:
        event = events[at]
        if not isinstance(event, Text):
            break
        marked = split_captions(event.text)
        if marked and len(captions) + len(marked) <= wanted:
            captions += marked
        elif not marked and not captions and may_be_caption(event):
            captions.append(_strip(event.text))
            at += 1
            break
        else:
            break
        at += 1
    return captions, at


def _above(event: Event, wanted: int) -> tuple[str, ...]:
    captions = split_captions(event.text) if isinstance(event, Text) else ()
    return captions if len(captions) == wanted else ()


def list_loose_captions(events: Sequence[Event]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield where lines of captions stand that no picture is beside, with the captions, for pictures sent apart."""
    for at, event in enumerate(events):
        if (
            isinstance(event, Text)
            and not _MARKED.match(event.text)
            and (given := split_captions(event.text))
        ):
            yield at, given


_CAMERA = re.compile(
    r"(?:img|image|dsc[nf]?|dji|pic|photo|mmexport|wx_?camera|screenshot|微信图片|微信截图|qq图片|qq截图|图片|照片|图像|无标题|新建.*|"
    r"扫描件?|截图|屏幕截图|p|图|hdr|pano|mvimg|video|vid|wechatimg|wechat|cam|camera|save)*",
    re.IGNORECASE,
)
_FILE_NUMBER = re.compile(r"^[\s（(【\[]*[0-9０-９一二三四五六七八九十]{1,3}\s*[)）】\]、.．_\-—:：\s]*")


def read_caption_in_name(name: str) -> str:
    """Return what a picture's file name says of it, "" where a camera or a program made the name."""
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    words = _NUMBERED.sub("", stem, count=1) if _NUMBERED.match(stem) else _FILE_NUMBER.sub("", stem)
    words = re.sub(r"[_＿]+", " ", words).strip(" 　-—")
    words = re.sub(r"\s*[（(]\s*[0-9]{1,3}\s*[)）]\s*$|[0-9]{1,3}$", "", words)
    rest = re.sub(r"[0-9０-９\s_\-—.（）()]+", "", words)
    if not _HAN.search(rest) or _CAMERA.fullmatch(rest):
        return ""
    return words[:LONGEST]
