"""Ask on a terminal for what a report leaves open; an empty answer leaves it open."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import click

from generator.actions.receive.answers import UnfitAnswer, list_open, parse_answer, settle
from generator.actions.receive.draft import FIELDS, Draft, Value
from generator.actions.receive.drafting import Drafted, Group, make_drafts
from generator.actions.receive.evidence import Desk
from generator.actions.receive.placement import PhotoAnswer, Placement
from generator.cli.photo_questions import ask_caption, ask_people
from generator.cli.photos_messages import replace_unprintable
from generator.cli.receive_messages import describe_earlier
from generator.records import PARTS

_YES = ("y", "yes", "对", "是")
_ONLY_CONFIRMED = {
    "school": "不对的，先按回车；收完删去，加上 --school 再收",
    "grades": "不对的，先按回车，收好以后在记录里改",
    "plan": "不对的，先按回车，收好以后在记录里改",
}
"""Fields that are only confirmed here, and what to do where they are wrong."""


class Terminal:
    """Asks on the terminal, field by field."""

    def name_school(self, desk: Desk, group: Group, drafted: Drafted) -> tuple[Desk, Drafted]:
        """Ask whose a report is, and read it again with the answer: partners, ways and numbers hang on it."""
        unknown = next((draft for draft in drafted.drafts if not draft.school), None)
        school = _ask(desk, unknown, "school") if unknown else None
        if school is None:
            return desk, drafted
        desk = dataclasses.replace(desk, school=str(school))
        return desk, make_drafts(desk, group)

    def fill_in(self, desk: Desk, draft: Draft) -> Draft:
        """Return a draft with the answers to its open fields."""
        for field in list_open(draft):
            if field in draft.values or field == "school":  # the answer about the way says one of the numbers
                continue
            value = _ask(desk, draft, field)
            if value is not None:
                draft = settle(draft, field, value)
        return _confirm_all(desk, draft)

    def describe_photos(self, draft: Draft) -> dict[int, PhotoAnswer]:
        """Return what is said of a draft's photos, by their index."""
        answers = {}
        for number, photo in enumerate(draft.photos):
            name = replace_unprintable(photo.name)
            shown = f"{name}（{replace_unprintable(photo.caption)}）" if photo.caption else name
            caption = None if photo.caption else ask_caption(shown)
            answers[number] = PhotoAnswer(caption=caption, people=ask_people(shown))
        return answers

    def replaces(self, newer: Placement) -> bool:
        """Show what a newer version says differently, and ask whether it takes the place of the archive's."""
        if newer.over is None:
            return False
        for line in describe_earlier(newer.source, newer.over):
            click.echo(line)
        return click.confirm("换成新的吗？（y 是换；回车是不换）", default=False, show_default=False)


def _confirm_all(desk: Desk, draft: Draft) -> Draft:
    """Ask about each value and part that was found by less than a clear label; what is confirmed keeps no mark."""
    for field in [name for name in FIELDS if name in draft.unsure]:
        value = _confirm(desk, draft, field)
        if value is not None:
            draft = settle(draft, field, value)
    for part in [name for name in PARTS if name in draft.guessed]:
        for line in draft.sections[part]:
            click.echo(f"  {replace_unprintable(line)}")
        if _agrees(
            f"{replace_unprintable(draft.source)}：以上是“{part}”，分得对吗？（对就写 y；以后再看就按回车）"
        ):
            draft = dataclasses.replace(draft, guessed=draft.guessed - {part})
    if why := draft.unsure.get("图片"):
        for photo in draft.photos:
            click.echo(f"  {replace_unprintable(photo.name)}：{replace_unprintable(photo.caption)}")
        if _agrees(f"以上图片的说明是{why}，都对吗？（对就写 y；以后再看就按回车）"):
            unsure = {name: said for name, said in draft.unsure.items() if name != "图片"}
            draft = dataclasses.replace(draft, unsure=unsure)
    return draft


def _confirm(desk: Desk, draft: Draft, field: str) -> Value | None:
    """Return a value that is right, the one that was found or another; None for later."""
    found = draft.values[field]
    shown = "、".join(found) if isinstance(found, tuple) else str(found)
    source = draft.sources.get(field, "")
    said = f"，材料里是“{replace_unprintable(source)}”" if source else ""
    click.echo(
        f"{replace_unprintable(draft.source)}：{FIELDS[field]} {replace_unprintable(shown)}（{draft.unsure[field]}{said}）"
    )
    again = "" if field in _ONLY_CONFIRMED else "，不对就直接写对的"
    while True:
        text: str = click.prompt(
            f"{FIELDS[field]}对吗？（对就写 y{again}；以后再看就按回车）", default="", show_default=False
        ).strip()
        if not text:
            return None
        if text.lower() in _YES:
            return found
        try:
            if field in _ONLY_CONFIRMED:
                raise UnfitAnswer(_ONLY_CONFIRMED[field])
            return parse_answer(desk, draft, field, text)
        except UnfitAnswer as error:
            click.echo(str(error))


def _agrees(question: str) -> bool:
    answer: str = click.prompt(question, default="", show_default=False)
    return answer.strip().lower() in _YES


def _ask(desk: Desk, draft: Draft, field: str) -> Value | None:
    doubt = next((each for each in draft.doubts if each.field == field), None)
    candidates = doubt.candidates if doubt else ()
    click.echo(f"{replace_unprintable(draft.source)}：{FIELDS[field]}，{doubt.why if doubt else '没有写'}")
    for number, (value, words) in enumerate(candidates, start=1):
        click.echo(f"  {number}  {value} {words}".rstrip())
    while True:
        hint = "写数字选一项，或直接写" if candidates else "写"
        text: str = click.prompt(
            f"{FIELDS[field]}（{hint}；以后再写就按回车）", default="", show_default=False
        )
        if not text.strip():
            return None
        try:
            return parse_answer(desk, draft, field, _choose(field, text.strip(), candidates))
        except UnfitAnswer as error:
            click.echo(str(error))


def _choose(field: str, text: str, candidates: Sequence[tuple[str, str]]) -> str:
    """Return the candidate that a number means; numbers of people are themselves."""
    if (
        field not in ("sent", "received")
        and text.isascii()
        and text.isdigit()
        and 1 <= int(text) <= len(candidates)
    ):
        return candidates[int(text) - 1][0]
    return text
