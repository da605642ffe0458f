"""List the reasons why a month cannot be closed or amended now, all at once, in Chinese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from pydantic import TypeAdapter, ValidationError

from generator import rules
from generator.accounts.months import find_deadline
from generator.archive import Corpus
from generator.archive.privacy import mask_private_words
from generator.records.diagnostics import Diagnostic, Severity
from generator.records.models import Programme, format_month
from generator.records.scalars import Text

_WORDS = TypeAdapter[str](Text)
CHAIN = ("closing-chain", "closing-changed", "filing-register")
_MOST = 20


def list_reasons_not_to_close(
    corpus: Corpus, programme: Programme, month: str, day: dt.date, today: dt.date
) -> Iterator[str]:
    """Yield what keeps a month from being closed on ``day``; ``today`` is the day on which that is asked."""
    settlement = corpus.find_settlement(programme.year)
    end = find_deadline(programme, month)
    if not programme.list_members(month):
        yield f"{month} 没有要报的校（园）：方案还没有起算，或当月没有一所一直在方案里；不用结账"
    if day <= end:
        yield f"{month} 还没有过截止日 {end}：{end + dt.timedelta(days=1)} 起才能结账"
    yield from list_reasons_against_day(corpus, programme, day, today)
    earlier = [
        m for m in programme.months if m < month and m not in settlement.months and programme.list_members(m)
    ]
    if earlier:
        yield f"前面的月份还没有结账：{'、'.join(earlier)}；先结 {earlier[0]}：pairing close {earlier[0]}"
    yield from describe_errors(find_errors_in_month(corpus, programme.year, month, today))


def list_reasons_against_day(
    corpus: Corpus, programme: Programme, day: dt.date, today: dt.date
) -> Iterator[str]:
    """Yield what is wrong with the day of a new link: the chain runs forward and not into the future."""
    head = corpus.find_settlement(programme.year).head
    if day > today:
        yield f"日期 {day} 还没有到（今天是 {today}）"
    if head and day < head.day:
        yield f"日期 {day} 早于上一份 {head.name}（{head.day}）"


def list_reasons_not_to_file(
    corpus: Corpus, programme: Programme, day: dt.date, today: dt.date
) -> Iterator[str]:
    """Yield what keeps records from being filed: a day to come, a register that was edited."""
    if day > today:
        yield f"日期 {day} 还没有到（今天是 {today}）"
    found = rules.check_corpus(corpus, today, scopes=[rules.Scope.FILE])
    books = f"records/bureau/{programme.year}/"
    yield from describe_errors([d for d in found if d.rule in CHAIN and _is_book(d.span.file.path, books)])


def explain_unfit_words(words: str) -> str:
    """Return what is wrong with a reason or an office that is to be published, "" when it will do."""
    try:
        text = _WORDS.validate_python(words)
    except ValidationError as error:
        (detail, *_) = error.errors(include_url=False)
        if detail["type"] == "string_too_long":
            return "太长，最多 200 个字"
        return "是空的" if not words.strip() else "里有看不见的字符，请重新打一遍"
    return "里有电话或证件号码，不能写" if mask_private_words(text) != text else ""


def describe_errors(found: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield diagnostics as reasons, the first of them."""
    for diagnostic in found[:_MOST]:
        place = f"{diagnostic.span.file.path}:{diagnostic.span.line}"
        yield f"{place} {diagnostic.message}\n    怎么改：{diagnostic.fix}"
    if len(found) > _MOST:
        yield f"还有 {len(found) - _MOST} 处错误；全部看 pairing check"


def find_errors_in_month(corpus: Corpus, year: int, month: str, today: dt.date) -> tuple[Diagnostic, ...]:
    """Return the errors that make a month's account doubtful.

    Those of every file in the month's folders, also what could not be read as a record there; of every
    record whose date lies in the month, whatever its folder; of the programme; and of the chain. What
    schools owe, what other months hold and all warnings are no reason.
    """
    dated = {
        a.file.path.rpartition("/")[0]
        for a in corpus.activities
        if a.knows("date") and format_month(a.data.date) == month
    }
    found = rules.check_corpus(corpus, today, scopes=[rules.Scope.FILE])
    return tuple(
        d
        for d in found
        if d.severity is Severity.ERROR
        and (d.rule in CHAIN or _concerns(d.span.file.path, year, month) or _within(d.span.file.path, dated))
    )


def find_errors_beyond_amendment(
    corpus: Corpus, year: int, keys: Collection[str], today: dt.date
) -> tuple[Diagnostic, ...]:
    """Return the errors that an amendment of these records cannot mend: broken books, faulty records."""
    folders = {f"records/{key}" for key in keys}
    books = f"records/bureau/{year}/"
    found = rules.check_corpus(corpus, today, scopes=[rules.Scope.FILE])
    return tuple(
        d
        for d in found
        if d.severity is Severity.ERROR
        and (
            (d.rule in CHAIN and _is_book(d.span.file.path, books))
            or (d.rule not in CHAIN and _within(d.span.file.path, folders))
        )
    )


def _is_book(path: str, books: str) -> bool:
    return path.startswith(books) and path != f"{books}programme.yml"


def _concerns(path: str, year: int, month: str) -> bool:
    parts = path.split("/")
    if parts[1:3] == ["bureau", str(year)]:
        return parts[3:] == ["programme.yml"]
    # `5` for `05` is refused while reading: what lies in it would be missing from the account.
    return len(parts) >= 4 and parts[2] == str(year) and parts[3].zfill(2) == month[5:]


def _within(path: str, folders: set[str]) -> bool:
    return path in folders or path.rpartition("/")[0] in folders
