"""Notice where a report seems to tell a child's name and its family's circumstances: nothing of that is published unread."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from generator.actions.receive.draft import Doubt, Draft
from generator.actions.receive.folding import fold_text
from generator.actions.receive.parts import Left
from generator.actions.receive.school_names import SchoolNames
from generator.actions.receive.vocabulary import CHILD, HARDSHIP, NO_NAMES
from generator.archive.privacy import SURNAMES

CHILDREN = "像是写了孩子的姓名和家庭情况"
_FIELDS = ("title", "place")
"""Fields of one line that may name a child; the others are numbers, choices or checked for names already."""

_HARDSHIP = re.compile(HARDSHIP)
_SIGN = "[\u4e00-\u9fff]"
_GIVEN = "[^\\W\\d_的了是在和与个名位们这那有不很都也就还及等向对为给把被从到说看儿孩童生幼家所]"
_TITLE = "老师|园长|主任|教师|校长|书记|院长|局长|主席|医生|干事"
_NAME = f"(?!{NO_NAMES}){SURNAMES}{_GIVEN}{{1,2}}?(?!{_TITLE})"
_PET = f"(?!爸爸|妈妈|爷爷|奶奶|哥哥|姐姐|弟弟|妹妹|娃娃|宝宝|叔叔|阿姨|大大|小小|多多|常常)(?P<twin>{_SIGN})(?P=twin)|小[^\\W\\d_的了朋班组学区镇姐时伙家孩手型小]"
_KIN = "的?(?:父|母|爸|妈|爷爷|奶奶|姥|外公|外婆|祖|监护|家长)"
_ENDS = f"(?=[,。、;:()“”!]|$|的|是|因|家|今|从|跟|和|与|父|母|爸|妈|由|等|[0-9一二三四五六两]|患|随|{CHILD})"
_HOME = "家(?:中|里|庭|访)?(?=[,。、;了的看]|$)"
_NAMED = re.compile(
    f"(?:{CHILD}|名?叫做?|班的?|慰问了?|看望了?|走访了?|探望了?|来到了?|走进了?|资助|帮助)(?:{_NAME}|(?<=叫)(?:{_PET})){_ENDS}"
    f"|{_NAME}(?:{CHILD}|{_KIN}|{_HOME}|\\((?:女|男|[大中小]班|[0-9]))"
    f"|(?<!{_SIGN}){_NAME}(?:、{_NAME})+(?!{_SIGN}{{0,2}}(?:{_TITLE}))"
    f"|(?<!{_SIGN}){_NAME}[,(:]?(?:今年|[0-9一二三四五六]岁|女|男|从小|是|随|跟|父|母|爸|妈|患)"
)
_NICKNAMED = re.compile(f"(?:{_PET})(?:小朋友|同学|{_KIN}|{_HOME})")
_MASKED = re.compile("化名")


def hold_back_children(draft: Draft, names: SchoolNames) -> Draft:
    """Return a draft whose parts that seem to tell of a named child are marked, and whose fields and captions that do are left out."""
    theme = bool(_HARDSHIP.search(str(draft.values.get("title", "")))) or (
        draft.values.get("measure") == "hardship-care"
    )
    private = frozenset(
        part for part, lines in draft.sections.items() if _tells(lines, names, hardship=theme)
    )
    held = {name for name in _FIELDS if _tells([str(draft.values.get(name, ""))], names, hardship=theme)}
    photos = tuple(
        dataclasses.replace(photo, caption="")
        if _tells([photo.caption], names, hardship=theme or bool(private))
        else photo
        for photo in draft.photos
    )
    left = [
        *(Left(text=str(draft.values[name]), why=CHILDREN) for name in _FIELDS if name in held),
        *(
            Left(text=before.caption, why=CHILDREN)
            for before, after in zip(draft.photos, photos, strict=True)
            if before != after
        ),
    ]
    doubts = [Doubt(field=name, why=CHILDREN) for name in _FIELDS if name in held]
    return dataclasses.replace(
        draft,
        private=private,
        values={name: value for name, value in draft.values.items() if name not in held},
        unsure={name: why for name, why in draft.unsure.items() if name not in held},
        doubts=(*draft.doubts, *doubts),
        photos=photos,
        left=(*draft.left, *left),
    )


def _tells(lines: Sequence[str], names: SchoolNames, *, hardship: bool) -> bool:
    """Say whether lines name a child, in a text about hardship or beside words of it."""
    folded = [_cover_schools(line, names) for line in lines]
    for at, line in enumerate(folded):
        around = "".join(folded[max(0, at - 1) : at + 2])
        if (hardship or _HARDSHIP.search(around)) and any(_list_children(line)):
            return True
    return False


def _list_children(line: str) -> Iterator[str]:
    """Yield what looks like a child's name, with the words that make it one; a changed name is none."""
    if not _MASKED.search(line):
        yield from (match[0] for pattern in (_NAMED, _NICKNAMED) for match in pattern.finditer(line))


def _cover_schools(line: str, names: SchoolNames) -> str:
    """Return a folded line without the county and the schools that it names: 金太阳 begins like a surname."""
    folded = fold_text(line)
    for each in reversed(names.find(folded, short=True)):
        folded = f"{folded[: each.start]}/{folded[each.end :]}"
    return folded.replace(names.county, "/")
