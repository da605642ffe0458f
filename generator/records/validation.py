"""Validate a parsed mapping as a typed model, with one diagnostic for each wrong field.

A record with a bad field is still read: the field is replaced by a harmless stand-in, so that every
other check runs in the same pass and a teacher sees all problems at once. Such a record is marked
incomplete and is neither counted nor published.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.records.diagnostics import MOST_ALIKE, Diagnostic
from generator.records.models import Model, list_written_fields
from generator.records.yaml_tree import Tree

M = TypeVar("M", bound=Model)

_MOST_OF_A_KIND = MOST_ALIKE + 20
_OWN_RULES = frozenset({"date-format", "full-width-digits", "field-value"})


class Validated(NamedTuple):
    """A model (``None`` when not even stand-ins make one), the names it could not read, and the problems."""

    model: Any
    unread: frozenset[str]
    problems: list[Diagnostic]


def validate_mapping(
    model: type[M], tree: Tree, stand_ins: dict[str, Any], *, where: str = "填写栏"
) -> Validated:
    """Validate ``tree`` as ``model``. ``stand_ins`` gives a harmless value for each required field."""
    data = tree.value
    unfilled = [
        found
        for path in islice(tree.list_unfilled(), _MOST_OF_A_KIND)
        if (found := _unfilled(model, tree, path))
    ]
    unread = _left_out(model, tree) if tree.broken else frozenset()
    try:
        return Validated(model.model_validate(data), unread, unfilled)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
    shown = list(_few(details))
    misspelt = {
        (*detail["loc"][:-1], _guess_meant_key(model, detail["loc"])[0])
        for detail in shown
        if detail["type"] == "extra_forbidden"
    }
    problems = [
        _diagnose(model, tree, detail)
        for detail in shown
        if not _on_a_broken_line(tree, detail)
        and not (detail["type"] == "missing" and detail["loc"] in misspelt)
    ]
    problems += unfilled
    data = dict(data)
    names = {str(detail["loc"][0]) if detail["loc"] else "" for detail in details}
    for name in names:
        data.pop(name, None)
    for detail in shown:
        if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1:
            names |= {_guess_meant_key(model, detail["loc"])[0]} - {""}
    unread |= names
    for name, value in stand_ins.items():
        data.setdefault(name, value)
    try:
        return Validated(model.model_validate(data), unread, problems)
    except ValidationError:
        return Validated(None, unread, problems)


def _few(details: Sequence[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield no more problems of a kind than a file is shown with, and some to spare."""
    seen: Counter[str] = Counter()
    for detail in details:
        seen[detail["type"]] += 1
        if seen[detail["type"]] <= _MOST_OF_A_KIND:
            yield detail


def _unfilled(model: type[Model], tree: Tree, path: tuple[str | int, ...]) -> Diagnostic | None:
    """Report a name without a value where validation would not: it is unknown, or may be left away."""
    owner, field = _owner(model, path)
    if owner is None:
        return None
    info = list_written_fields(owner).get(field)
    if info is None:
        return _unknown_key(model, tree, path, "")
    if info.is_required() or info.default == []:
        return None
    span, name = tree.find_span(path), _dotted(path)
    message = f"“{name}”（{info.title}）没有填"
    return Diagnostic(rule="missing-field", span=span, message=message, fix="填上内容，或删去这一行")


def _left_out(model: type[Model], tree: Tree) -> frozenset[str]:
    """Return the names that may stand on a line that could not be parsed: those absent, and all lists."""
    value = tree.value
    return frozenset(
        n for n in list_written_fields(model) if n not in value or isinstance(value[n], dict | list)
    )


def _on_a_broken_line(tree: Tree, detail: ErrorDetails) -> bool:
    """Say whether a missing field does stand in the file, on a line whose syntax was reported already."""
    if detail["type"] != "missing" or not tree.broken:
        return False
    return (
        re.search(rf"^\s*(?:- )?{re.escape(str(detail['loc'][-1]))}\s*[:：]", tree.file.text, re.MULTILINE)
        is not None
    )


def _diagnose(model: type[Model], tree: Tree, detail: ErrorDetails) -> Diagnostic:
    loc = _as_written(tree, tuple(part for part in detail["loc"] if part != "[key]"))
    kind = detail["type"]
    context = detail.get("ctx") or {}
    name = _dotted(loc)
    if kind == "extra_forbidden":
        return _unknown_key(model, tree, loc, detail["input"])
    if kind == "missing":
        owner, field = _owner(model, loc)
        info = list_written_fields(owner).get(field) if owner else None
        label = info.title if info else field
        filled = field in _keys_at(tree, loc[:-1])
        example = info.description if info else ""
        return Diagnostic(
            rule="missing-field",
            span=tree.find_span(loc),
            message=f"“{name}”（{label}）没有填" if filled else f"缺少“{name}”（{label}）",
            fix=f"{'填上内容' if filled else f'加一行 {field}: …'}；{example}",
        )
    if kind in _OWN_RULES:
        return Diagnostic(
            rule=kind,
            span=tree.find_span(loc),
            message=f"“{name}”：{context['message']}",
            fix=str(context["fix"]),
        )
    if kind == "literal_error" and (word := _word_for(model, loc, detail["input"])):
        message, fix = f"不能写“{str(detail['input'])[:40]}”", f"改成 {word}"
    else:
        message, fix = _describe(kind, context, detail["input"], _example(model, loc))
    return Diagnostic(rule="field-value", span=tree.find_span(loc), message=f"“{name}”{message}", fix=fix)


def _as_written(tree: Tree, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Return the place of a value as it was typed: a text may stand for a mapping (:class:`Short`)."""
    value: Any = tree.value
    for n, part in enumerate(loc):
        if isinstance(value, str):
            return loc[:n]
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return loc
    return loc


def _word_for(model: type[Model], loc: tuple[str | int, ...], value: object) -> str:
    """Return the word that stands for a Chinese one, as the field's description pairs them (host 请进来)."""
    named = tuple(part for part in loc if isinstance(part, str))
    owner, field = _owner(model, named)
    info = list_written_fields(owner).get(field) if owner else None
    if info is None or not isinstance(value, str) or not value:
        return ""
    match = re.search(rf"([a-z]+) {re.escape(value)}(?![\w])", info.description or "")
    return match[1] if match else ""


def _example(model: type[Model], loc: tuple[str | int, ...]) -> str:
    """Return how an item of the names at ``loc`` is written, ``{file: …, caption: …}``; "" for plain values."""
    owner, field = _owner(model, tuple(part for part in loc if isinstance(part, str)))
    info = list_written_fields(owner).get(field) if owner else None
    within = _model_within(info.annotation) if info is not None else None
    if within is None:
        return ""
    fields = list_written_fields(within)
    required = [name for name, own in fields.items() if own.is_required()]
    return "{" + ", ".join(f"{name}: …" for name in required or fields) + "}"


def _describe(kind: str, context: dict[str, Any], value: object, example: str) -> tuple[str, str]:
    """Return message and fix of a value that pydantic refused; ``example`` is :func:`_example`'s."""
    shown = str(value)[:40] if isinstance(value, str) else ""
    match kind:
        case "list_type" if example:
            return "应当是一个列表", f"每项另起一行，行首两个空格：  - {example}"
        case "list_type":
            items = [item for item in re.split(r"[\s,，、;；]+", shown) if item]
            one = f"[{', '.join(items)}]" if items else "[第一项, 第二项]"
            return "应当是一个列表", f"用英文方括号括起来，各项之间用英文逗号：{one}"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "应当是几个“名称: 内容”", f"用英文花括号括起来，写成 {example}"
        case "string_type":
            return "应当是一段文字", "直接写文字；不用方括号、花括号或列表"
        case "string_too_short":
            return "没有填", "填上内容"
        case "string_too_long":
            return f"太长，最多 {context.get('max_length')} 个字", "缩短；详细内容写在正文里"
        case "string_pattern_mismatch":
            return f"写的“{shown}”不是代号", "代号只用小写英文字母、数字和短横线，如 diyi、area-observation"
        case "literal_error":
            # Pydantic lists the allowed words as 'a', 'b' or 'c'.
            allowed = str(context.get("expected", "")).split("'")[1::2]
            near = difflib.get_close_matches(shown, allowed, 1, 0.6)  # 托班 is not 小班
            return f"不能写“{shown}”", f"改成 {near[0]}" if near else "从这些词里选一个：" + "、".join(
                allowed
            )
        case "too_short":
            return "是空的", "至少写一项"
        case "too_long":
            return f"太多，最多 {context.get('max_length')} 项", "删去多余的项"
        case "greater_than_equal":
            return "太小", f"不小于 {context.get('ge')}"
        case "less_than_equal":
            return "太大", f"不大于 {context.get('le')}"
        case _:
            return "的内容不对", "对照字段说明页改写"


def _guess_meant_key(model: type[Model], loc: tuple[str | int, ...]) -> tuple[str, dict[str, str]]:
    """Return the field that an unknown key is probably meant to be ("" if none), and all fields' labels."""
    owner, field = _owner(model, loc)
    names = {name: info.title or "" for name, info in list_written_fields(owner).items()} if owner else {}
    by_label = {label: name for name, label in names.items()}
    if field in by_label:
        return by_label[field], names
    near = difflib.get_close_matches(field.lower(), list(names), 1, 0.6)
    if not near:
        near = [by_label[label] for label in difflib.get_close_matches(field, list(by_label), 1, 0.5)]
    return next(iter(near), ""), names


def _unknown_key(model: type[Model], tree: Tree, loc: tuple[str | int, ...], value: object) -> Diagnostic:
    meant, names = _guess_meant_key(model, loc)
    if not meant and not str(loc[-1]).isascii() and not value:
        # `{caption: 搭建,合作}` reads as a caption and a name without a value.
        return Diagnostic(
            rule="unknown-key",
            span=tree.find_span(loc, key=True),
            message=f"“{str(loc[-1])[:40]}”前面的英文逗号把一句话断开了",
            fix="把这个英文逗号换成中文逗号“，”",
        )
    fix = (
        f"是不是想写 {meant}（{names[meant]}）？"
        if meant
        else "删去这一行；可以写的名称：" + "、".join(names)
    )
    return Diagnostic(
        rule="unknown-key",
        span=tree.find_span(loc, key=True),
        message=f"没有“{str(loc[-1])[:40]}”这个名称",
        fix=fix,
    )


def _owner(model: type[Model], loc: tuple[str | int, ...]) -> tuple[type[Model] | None, str]:
    """Return the model that owns the last name in ``loc``, and that name."""
    owner: type[Model] | None = model
    free_key = False  # the next name is none of a model's: `deadlines: {2020-10: {date: …}}`
    for part in loc[:-1]:
        if isinstance(part, int) or owner is None:
            continue
        if free_key:
            free_key = False
            continue
        info = list_written_fields(owner).get(part)
        owner = _model_within(info.annotation) if info is not None else None
        free_key = info is not None and get_origin(info.annotation) is dict
    return owner, str(loc[-1]) if loc else ""


def _model_within(annotation: Any) -> type[Model] | None:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_within(arg))), None)


def _keys_at(tree: Tree, loc: tuple[str | int, ...]) -> set[str]:
    node = tree.root
    for part in loc:
        if part not in node.children:
            return set()
        node = node.children[part]
    return set(node.keys)


def _dotted(loc: tuple[str | int, ...]) -> str:
    out = ""
    for part in loc:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out
