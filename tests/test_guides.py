"""The Chinese guides are true: their examples pass the check, their tables are the programme's, the commands exist."""

from __future__ import annotations

import datetime as dt
import doctest
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from PIL import Image

from generator.archive import Corpus, read_corpus
from generator.cli import main
from generator.records import parse_activity, parse_note, parse_yaml
from generator.records.models import Activity, School
from generator.rules import check_corpus
from generator.rules.guide_sample import PASSAGES
from generator.site.pages.example_words import ExampleWords
from tests.conftest import ROOT

GUIDES = sorted((ROOT / "content" / "guides").glob("*.md"))
WITHOUT_COMMANDS = {"index.md", "pull-request.md"}
WITHOUT_DATES = {"index.md", "plan-table.md"}
# Of a day or of a record's folder; a word boundary would not do, as a Chinese character is a word's.
DATE = re.compile(r"(?<!\d)20\d\d(?:-\d\d-|/\d\d/)\d\d(?!\d)")
_CODE = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
_TEMPLATE = re.compile(r"(?ms)^<!-- record-template: (\S+) -->\n\n```text\n(.*?)^```$")


def _guide(name: str) -> str:
    return (ROOT / "content" / "guides" / f"{name}.md").read_text(encoding="utf-8")


def _section(text: str, anchor: str) -> str:
    """Return a section of a guide: from the heading with this anchor, or these words, to the next of its level."""
    found = re.search(
        rf"(?m)^(#+) (?:[^\n]*{re.escape(f'{{ #{anchor} }}')}|{re.escape(anchor)}\b[^\n]*)$", text
    )
    assert found, anchor
    return re.split(rf"(?m)^#{{1,{len(found[1])}}} ", text[found.end() :], maxsplit=1)[0]


def _rows(text: str) -> list[tuple[str, str]]:
    """Return (code in the first cell, second cell) of every table row that begins with code."""
    return re.findall(r"(?m)^\| `([^`]+)` \| ([^|]*?) \|", text)


def _snippet(text: str, anchor: str) -> bytes:
    (found,) = _CODE.findall(_section(text, anchor))
    return str(found[1]).encode()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(ROOT)


def test_the_record_to_copy_passes_the_check(tmp_path: Path) -> None:
    """In the county's own archive, with two photos, on the day it was reported: only that it is the sample."""
    ((path, text),) = _TEMPLATE.findall(_guide("write-a-record"))
    shutil.copytree(ROOT / "content" / "plan", tmp_path / "content" / "plan")
    for name in ("bureau/2020/programme.yml", *(f"{p.parent.name}/school.yml" for p in _schools())):
        target = tmp_path / "records" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "records" / name, target)
    record = tmp_path / path
    record.parent.mkdir(parents=True)
    record.write_text(text, encoding="utf-8", newline="\n")
    for number in (1, 2):
        photo = io.BytesIO()
        Image.linear_gradient("L").resize((1000, 700 + number)).convert("RGB").save(photo, "JPEG")
        (record.parent / f"{number:02}.jpg").write_bytes(photo.getvalue())
    corpus = read_corpus(tmp_path)
    (activity,) = corpus.activities
    assert activity.complete
    found = check_corpus(corpus, activity.data.reported)
    told = [d.message for d in found if d.span.file.path.startswith(Path(path).parent.as_posix())]
    assert told == ["“方案、措施、记录、总结”还是样例里的文字"]


def test_the_texts_that_nobody_hands_in_are_those_to_copy() -> None:
    ((_, text),) = _TEMPLATE.findall(_guide("write-a-record"))
    example = (ROOT / "generator" / "site" / "pages" / "examples" / "activity.md").read_text(encoding="utf-8")
    passages = set()
    for record in (text, example):
        activity, _ = parse_activity("records/a/2020/09/17-b/activity.md", record.encode())
        assert activity is not None
        passages |= {"".join(section.text.split()) for section in activity.markdown.sections}
    assert passages == PASSAGES


def _schools() -> list[Path]:
    return sorted((ROOT / "records").glob("*/school.yml"))


@pytest.mark.parametrize(
    ("guide", "anchor", "kind", "path"),
    [
        ("faq", "plan", "plan", "records/leimeng/2020/plan.yml"),
        ("faq", "roster", "roster", "records/diyi/2020/roster.yml"),
        ("faq", "agreement", "agreement", "records/diyi/2020/agreement-leimeng.md"),
        ("bureau", "bulletin", "bulletin", "records/bureau/2020/bulletins/2020-05.md"),
        ("bureau", "accounts", "accounts", "records/bureau/2020/accounts.yml"),
    ],
)
def test_the_other_examples_are_right(guide: str, anchor: str, kind: str, path: str) -> None:
    parse = parse_note if path.endswith(".md") else parse_yaml
    parsed, problems = parse(kind, path, _snippet(_guide(guide), anchor))
    assert problems == []
    assert parsed is not None
    assert parsed.complete


def test_the_fields_are_the_models() -> None:
    fields = _section(_guide("write-a-record"), "fields")
    required, _, optional = fields.partition("### 可以不填的")
    # A photo is asked for by a rule, since the plan does (五-3); the sample's mark is nobody's to write.
    model = {name: field.is_required() for name, field in Activity.model_fields.items() if name != "sample"}
    assert {name for name, _ in _rows(required)} == {n for n, must in model.items() if must} | {"photos"}
    assert {name for name, _ in _rows(optional)} == {n for n, must in model.items() if not must} - {"photos"}


def test_the_tables_of_ids_are_the_programmes(corpus: Corpus) -> None:
    programme = corpus.find_programme(2020)
    assert programme is not None
    guide = ExampleWords(corpus=corpus, programme=programme).complete_guide(_guide("write-a-record"))
    assert _rows(_section(guide, "measures")) == [(m.id, m.name) for m in programme.measures]
    schools = {id_: school.profile.data for id_, school in corpus.schools.items() if school.profile}
    listed = dict(_rows(_section(guide, "schools")))
    assert set(listed) == set(schools) == set(programme.school_ids)
    for id_, name in listed.items():
        school = schools[id_]
        assert isinstance(school, School)
        assert name == (school.township if school.kind == "rural" else school.name), id_


def _commands(group: click.Group, *before: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command with its full name, those of groups as ``photos add``."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command
        yield " ".join((*before, name)), command
        if isinstance(command, click.Group):
            yield from _commands(command, *before, name)


COMMANDS = dict(_commands(main.pairing))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained_with_all_its_options(name: str) -> None:
    section = _section(_guide("commands"), name)
    if isinstance(COMMANDS[name], click.Group):
        section = section.partition("\n### ")[0]
    options = {
        option
        for parameter in COMMANDS[name].params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    } - {"-h", "--help"}
    explained = {re.split(r"[ ]", code)[0] for code, _ in _rows(section) if code.startswith("--")}
    assert explained == options


@pytest.mark.parametrize(
    "path", [*GUIDES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda p: p.name
)
def test_commands_are_written_as_they_are_typed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = re.findall(r"(?m)(?:^|`)(?:\.venv/bin/)?pairing ([a-z].*?)(?:`|$)", text)
    assert lines or path.name in WITHOUT_COMMANDS
    for line in lines:
        name, *arguments = line.split()
        assert name in COMMANDS, line
        if arguments and isinstance(COMMANDS[name], click.Group):
            name = f"{name} {arguments.pop(0)}"
            assert name in COMMANDS, line
        known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
        assert {a for a in arguments if a.startswith("-")} <= known | {"--help"}, line


def test_the_readme_lists_every_guide() -> None:
    linked = re.findall(
        r"(?m)^\[[^\]]+\]\(content/guides/([a-z-]+)\.md\)", (ROOT / "README.md").read_text(encoding="utf-8")
    )
    written = {path.stem for path in (ROOT / "content/guides").glob("*.md")} - {"index"}
    assert sorted(linked) == sorted(written)


def test_the_readme_names_every_command_of_a_county() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`pairing ([a-z-]+)", _section(text, "The commands")))
    # The record format is changed by those who change the code; CONTRIBUTING names that command.
    assert told == set(main.COMMANDS) - {"schema"}


@pytest.mark.parametrize("path", GUIDES, ids=lambda p: p.name)
def test_dates_of_the_examples_exist(path: Path) -> None:
    days = DATE.findall(path.read_text(encoding="utf-8"))
    assert days or path.name in WITHOUT_DATES
    assert [day for day in days if not _is_a_day(day)] == []


def _is_a_day(day: str) -> bool:
    try:
        dt.date.fromisoformat(day.replace("/", "-"))
    except ValueError:
        return False
    return True


def test_a_date_of_an_example_is_found_and_looked_up() -> None:
    text = "date: 2020-05-14，到2020-02-30为止；records/leimeng/2020/13/01-lesson，2020-05 和 12020-05-144 都不算"
    days = DATE.findall(text)
    assert days == ["2020-05-14", "2020-02-30", "2020/13/01"]
    assert [day for day in days if not _is_a_day(day)] == ["2020-02-30", "2020/13/01"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_files_that_are_named_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    told = re.findall(r"`((?:\.?[a-z_]+)/[\w./-]+)`", text)
    assert linked
    # What only exists once the commands have run, and pages of the site.
    made = (".venv/", ".cache/", "site/")
    # A module may be named as `room/module.py`.
    roots = (ROOT, ROOT / "generator")
    missing = [
        path
        for path in (*linked, *told)
        if not path.startswith(made) and not any((root / path).exists() for root in roots)
    ]
    assert not missing


def test_what_contributors_may_type_says_what_the_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?ms)^```pycon\n(.*?)^```", text)
    assert len(blocks) == 3
    monkeypatch.chdir(ROOT)
    told: list[str] = []
    lines = doctest.DocTestParser().get_doctest(
        "\n".join(blocks), {}, "CONTRIBUTING.md", "CONTRIBUTING.md", 0
    )
    result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(lines, out=told.append)
    assert "".join(told) == ""
    assert (result.failed, result.attempted) == (0, text.count("\n>>> "))
