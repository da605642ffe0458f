"""Judge whether accounts may change what a submission changes: a school's folder is for its own accounts.

The list of accounts is the base branch's, never the submission's, so nobody gives rights to himself. Of several
years' lists the newest counts: whoever is taken off it may change nothing more, old years included.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.archive import Corpus
from generator.records import parse_yaml
from generator.records.diagnostics import Diagnostic, SourceFile
from generator.rules import account_folders
from generator.rules.subjects import list_schools
from generator.rules.submission.file_readers import list_blobs, make_base_reader

_LIST = re.compile(r"records/bureau/[0-9]{4}/accounts\.yml", re.ASCII)
_AMENDMENT = re.compile(r"records/bureau/[0-9]{4}/(?:amendments/[^/]+\.yml|filings\.yml)", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(?:\[bot\])?", re.ASCII)
_MOST_GROUPS = 40
_MOST_PATHS = 10
_MOST_NAMES = 5

NO_LIST = "主分支上没有账号名单（records/bureau/年度/accounts.yml），没有核对谁可以改哪所校（园）的材料。"
"""What is said where nobody has assigned accounts yet: the check is then as it was without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """A list of accounts: where it lies, the bureau's accounts, and each account's schools; names in small letters.

    ``readable`` is False for a list that cannot be read whole: nobody may then change anything.
    """

    path: str
    officers: frozenset[str] = frozenset()
    schools: Mapping[str, frozenset[str]]
    readable: bool = True

    def knows(self, account: str) -> bool:
        """Say whether an account is on the list."""
        name = _fold(account)
        return name in self.officers or name in self.schools

    def may_change(self, account: str, path: str) -> bool:
        """Say whether an account may change a file, POSIX and relative to the archive's root."""
        name, school = _fold(account), _find_folder(path)
        return name in self.officers or (school != "" and school in self.schools.get(name, frozenset()))

    def list_accounts(self, school: str) -> tuple[str, ...]:
        """Return the accounts that may change a school's records, "" for the bureau's."""
        if not school:
            return tuple(sorted(self.officers))
        return tuple(sorted(name for name, schools in self.schools.items() if school in schools))


def read_owners(root: Path, tip: str, base: Path | None) -> Owners | None:
    """Return the newest list of accounts in the commit ``tip`` of the base branch; ``None`` where it has none.

    base: a checkout of the base branch beside, if there is one.   Raises :class:`RevisionError` where git cannot
    show the list.
    """
    paths = sorted(path for path in list_blobs(root, tip) if _LIST.fullmatch(path))
    if not paths:
        return None
    data = make_base_reader(root, (tip,), base)(paths[-1]) or b""
    record, _ = parse_yaml("accounts", paths[-1], data)
    if record is None or not record.complete:
        return Owners(path=paths[-1], schools={}, readable=False)
    schools: dict[str, frozenset[str]] = {}
    for account in record.data.accounts:
        name = account.name.lower()
        schools[name] = schools.get(name, frozenset()) | frozenset(account.schools)
    officers = frozenset(account.name.lower() for account in record.data.accounts if account.bureau)
    return Owners(path=paths[-1], officers=officers, schools=schools)


def find_trespasses(
    corpus: Corpus, owners: Owners, accounts: Sequence[str], paths: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield what accounts change without being allowed to; each path must be allowed to every one of them.

    accounts: who opened the request and who changed it last, as the forge says; none or an empty one is nobody.
    A school that corrects a record of a closed month cannot amend the closing: where an officer changed its
    request last, the amendment and the register are the officer's.
    paths: all that the submission touches, removed files and both places of moved ones included.
    """
    if not paths:
        return
    if not owners.readable:
        message = "主分支上的账号名单读不出来，不能核对谁可以改哪所校（园）的材料"
        yield _refuse(owners.path, message, "请教育局先改好这份名单")
        return
    named = list(dict.fromkeys(accounts)) or [""]
    known = []
    for account in named:
        if owners.knows(account):
            known.append(account)
        elif _NAME.fullmatch(account):
            yield _refuse(owners.path, *_introduce(corpus, owners, account, paths))
        else:
            message = f"不知道这个请求是谁交的（账号“{account[:40]}”）"
            yield _refuse(owners.path, message, "请教育局看自动检查有没有把提交人的账号传给程序")
    amended = bool(accounts) and _fold(accounts[-1]) in owners.officers
    groups: dict[tuple[str, str, str], list[str]] = {}
    for account in dict.fromkeys(map(_fold, known)):
        for path in paths:
            if not owners.may_change(account, path) and not (amended and _AMENDMENT.fullmatch(path)):
                groups.setdefault((account, *_find_place(path)), []).append(path)
    for number, ((account, owner, _), found) in enumerate(groups.items()):
        if number == _MOST_GROUPS:
            rest = sum(map(len, list(groups.values())[number:]))
            message = f"还有 {rest} 个文件，这个账号也不能改"
            yield _refuse(found[0], message, "一个请求只放自己园的材料")
            return
        yield _refuse(found[0], *_describe(corpus, owners, account, owner, found))


def _fold(account: str) -> str:
    """Return an account's name as it is compared: forges take ``Li`` and ``li`` for one, and have no other letters."""
    return account.lower() if account.isascii() else ""


def _find_folder(path: str) -> str:
    """Return the school in whose folder a file lies, "" for the bureau's files, code and all else."""
    parts = path.split("/")
    inside = len(parts) > 2 and parts[0] == "records" and parts[1] not in ("bureau", "schema")
    return parts[1] if inside and ".." not in parts else ""


def _find_place(path: str) -> tuple[str, str]:
    """Return whose a file is (a school, ``bureau``, or "" for code) and the folder that it is reported with."""
    parts = path.split("/")
    if school := _find_folder(path):
        return school, "/".join(parts[:-1])
    return ("bureau" if parts[0] == "records" else ""), ""


def _describe(
    corpus: Corpus, owners: Owners, account: str, owner: str, found: Sequence[str]
) -> tuple[str, str]:
    """Return message and advice on files of one owner that an account may not change."""
    listed = "、".join(found[:_MOST_PATHS]) + (f"……共 {len(found)} 个" if len(found) > _MOST_PATHS else "")
    who = _list_names(owners.list_accounts("" if owner in ("", "bureau") else owner))
    own = _list_folders(owners, account)
    if owner in ("", "bureau"):
        what = "教育局的文件" if owner else "程序、网页和设置"
        message = f"账号“{account}”不能改{what}：{listed}"
        return message, f"恢复这些文件；确实要改的，请教育局来改（{who}）"
    message = f"账号“{account}”不能改{list_schools(corpus, (owner,))}的文件夹：{listed}"
    assign = f"替它代交的，请教育局在 {owners.path} 里给这个账号加上 {owner}"
    return message, f"自己园的材料移到{own}；{assign}；现在可以改它的：{who}"


def _list_folders(owners: Owners, account: str) -> str:
    schools = sorted(owners.schools.get(account, ()))
    return "、".join(f" records/{school}/" for school in schools[:_MOST_NAMES]).lstrip("、") or "自己的文件夹"


def _list_names(accounts: Sequence[str]) -> str:
    if not accounts:
        return "还没有登记账号"
    return "、".join(accounts[:_MOST_NAMES]) + (" 等" if len(accounts) > _MOST_NAMES else "")


def _introduce(corpus: Corpus, owners: Owners, account: str, paths: Collection[str]) -> tuple[str, str]:
    """Return message and advice on an account that nobody has assigned yet, with the line to add."""
    touched = {_find_folder(path) for path in paths}
    schools = ", ".join(sorted(touched.intersection(corpus.schools))[:_MOST_NAMES]) or "校（园）代号"
    message = f"账号“{account}”还没有登记，不知道它替哪所校（园）交材料；材料照样检查过了，登记以后才能收下"
    who = _list_names(owners.list_accounts(""))
    line = f"- {{name: {account}, schools: [{schools}]}}"
    return message, f"请教育局（{who}）核实以后，在主分支的 {owners.path} 里加一行：{line}"


def _refuse(path: str, message: str, fix: str) -> Diagnostic:
    span = SourceFile(path=path).make_span()
    return Diagnostic(rule=account_folders.RULE.slug, span=span, message=message, fix=fix, excerpt="")
