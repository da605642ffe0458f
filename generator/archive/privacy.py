"""Find what must never be published: phone and identity-card numbers, private names, withheld photos."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.archive import Corpus, Photographed
from generator.records.models import Photo, Programme

# Between the digits a writer may put a space, a hyphen or a dot, in half or full width.
_GAP = r"[\s　\-－—.·]?"
_DIGIT = "[0-9０-９]"
_MOBILE = rf"(?:[+＋]?[8８]{_GAP}[6６]{_GAP})?[1１][3-9３-９]" + rf"(?:{_GAP}{_DIGIT})" + "{9}"
_LANDLINE = rf"[0０]{_DIGIT}" + "{2,3}" + rf"[\-－—\s)）]{{1,2}}{_DIGIT}" + "{7,8}"
_IDENTITY = rf"[1-9１-９](?:{_GAP}{_DIGIT}){{16}}{_GAP}[0-9０-９xXｘＸ]"
_NUMBER = re.compile(
    rf"(?<![0-9０-９A-Za-z])(?:(?P<identity>{_IDENTITY})|(?P<mobile>{_MOBILE})|(?P<landline>{_LANDLINE}))(?![0-9０-９])"
)
# A quick test that most lines fail: no run of digits long enough to be a number at all.
_CANDIDATE = re.compile(r"[0-9０-９](?:[\s　\-－—.·)）]{0,2}[0-9０-９]){9}")
# What a program wrote: MD5, SHA-1 or SHA-256 in hexadecimal, or the beginning of one as a message of the closings' rules
# gives it (校验值当时是 …). Eleven digits in a row are no rarity there.
_DIGEST = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32}|(?<=[是值] )[0-9a-f]{12})(?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

MASK = "█"
MOST_IN_A_LINE = 3
"""How many secrets of one line are each shown; of the others their number is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A passage that must not be published: ``start`` and ``end`` index the text it was found in."""

    kind: str
    start: int
    end: int


def find_numbers(text: str) -> Iterator[Secret]:
    """Yield phone numbers and identity-card numbers (GB 11643-1999, checksum verified or birthday plausible).

    A digest is not searched for any.
    """
    if not _CANDIDATE.search(text):
        return
    text = _DIGEST.sub(lambda digest: "x" * len(digest[0]), text)
    for match in _NUMBER.finditer(text):
        digits = unicodedata.normalize("NFKC", re.sub(_GAP, "", match[0])).upper()
        digits = re.sub(r"[^0-9X]", "", digits)
        if match["identity"] and not _is_identity(digits):
            continue
        yield Secret(
            kind="身份证号" if match["identity"] else "电话号码", start=match.start(), end=match.end()
        )


def _is_identity(digits: str) -> bool:
    month, day = int(digits[10:12]), int(digits[12:14])
    born = digits[6:8] in ("19", "20") and 1 <= month <= 12 and 1 <= day <= 31
    check = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True)) % 11
    return born or "10X98765432"[check] == digits[17]


def find_names(text: str, names: Iterable[str]) -> Iterator[Secret]:
    """Yield every place in which one of the private names occurs."""
    for name in names:
        start = text.find(name)
        while name and start >= 0:
            yield Secret(kind="保密姓名", start=start, end=start + len(name))
            start = text.find(name, start + len(name))


def mask_private_words(text: str, names: Iterable[str] = ()) -> str:
    """Return ``text`` with every secret in it blacked out, character by character."""
    return _masked(text, tuple(names))


# A line with many problems is shown at each of them.
@functools.lru_cache(maxsize=16)
def _masked(text: str, names: tuple[str, ...]) -> str:
    if not names and not _CANDIDATE.search(text):
        return text
    secrets = [*find_numbers(text), *find_names(text, names)]
    if not secrets:
        return text
    out = list(text)
    for secret in secrets:
        out[secret.start : secret.end] = MASK * (secret.end - secret.start)
    return "".join(out)


_POSTS = tuple("长任师员组班部室人会队家园校科办工医")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}\Z")
_BETWEEN = re.compile(r"[、,，;；:：/（）()\s和]+")
# The hundred most frequent surnames (Ministry of Public Security, 2020) and those of two characters.
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚"
    "卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]"
)
SURNAMES = f"(?:欧阳|司马|上官|诸葛|令狐|皇甫|尉迟|慕容|{_SURNAME})"
_TITLE = "副?(?:园长|校长|院长|主任|局长|股长|科长|书记|老师|教师|干事)"
# Words that begin with what is a surname elsewhere.
_WORDS = (
    "高级|高中|高年|任课|任教|武术|陶艺|陶泥|金牌|白班|方案|江南|万人|石艺|严格|向导|田径|钟点|程序|马术|龙舟"
)
_PERSON = re.compile(
    rf"(?:[\u4e00-\u9fff]*{_TITLE})?(?!{_WORDS}){SURNAMES}(?:[\u4e00-\u9fff]{{0,2}}(?P<title>{_TITLE})|[\u4e00-\u9fff]{{1,2}})\Z"
)
_SPACED = re.compile(rf"(?<![\u4e00-\u9fff])({SURNAMES})[ \u3000]+(?=[\u4e00-\u9fff](?![\u4e00-\u9fff]))")
"""The space that sets a name of two characters as wide as one of three: 王　丽."""


def looks_like_a_name(text: str) -> bool:
    """Say whether a text in the place of a post has a part like a person's name: two to four characters, no post."""
    parts = _BETWEEN.split(text)
    return any(_HAN_NAME.match(part) and not part.endswith(_POSTS) for part in parts) or names_person(text)


def names_person(text: str, persons: Iterable[str] = (), places: Iterable[str] = ()) -> bool:
    """Say whether a text in the place of a post names a person: 王丽, 王丽园长, 李老师, 园长王丽.

    Stricter than :func:`looks_like_a_name`: a word of two characters that begins with no frequent surname is none.
    persons: names that are known.   places: names of schools, which may begin like a surname (金太阳园长).
    """
    if any(person in text for person in persons):
        return True
    for place in places:
        text = text.replace(place, "、")
    for part in _BETWEEN.split(_SPACED.sub(r"\1", text)):
        match = _PERSON.match(part)
        if match and (match["title"] or not part.endswith(_POSTS)):
            return True
    return False


class Withheld(StrEnum):
    """Why a photo is kept in the archive and not shown on the site."""

    WITHDRAWN = "withdrawn"
    PRIVATE = "private"
    CONSENT = "consent"
    UNSTATED = "unstated"


def find_withholding_reason(photo: Photo, programme: Programme | None) -> Withheld | None:
    """Return why a photo must not be published, or ``None`` when it may be.

    Children are shown only with their guardians' recorded consent; whether a photo that does not say who is
    in it may be shown is the programme's decision (``unstated_people``).
    """
    if photo.withdrawn:
        return Withheld.WITHDRAWN
    if not photo.public:
        return Withheld.PRIVATE
    if photo.people == "children" and not photo.consent:
        return Withheld.CONSENT
    if photo.people is None and programme is not None and programme.unstated_people == "withhold":
        return Withheld.UNSTATED
    return None


def list_withholding_reasons(corpus: Corpus, activity: Photographed) -> tuple[Withheld | None, ...]:
    """Return for each photo of a record why it must not be published, or ``None`` when it may be.

    A picture that was withdrawn stays withdrawn under every name and in every record of the archive.
    """
    programme = corpus.find_programme(activity.year)
    reasons = tuple(find_withholding_reason(photo, programme) for photo in activity.data.photos)
    returned = {file.name for file in activity.photo_files if file.digest in corpus.withdrawn}
    if not returned:
        return reasons
    return tuple(
        Withheld.WITHDRAWN if photo.file in returned else reason
        for photo, reason in zip(activity.data.photos, reasons, strict=True)
    )
