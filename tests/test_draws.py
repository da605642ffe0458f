"""Drawing lots: what anyone can compute by hand, the same everywhere, nobody favoured; and the command."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.accounts import draws
from generator.archive import read_corpus
from generator.cli.main import main
from generator.records import parse_yaml
from generator.records.models import Draw
from tests.conftest import MakeArchive
from tests.small_archive import PROGRAMME, activity, base, school

KNOWN = ("guangcai", "heiquan", "leimeng", "xinba", "diyi")
SEED = "04 11 17 22 28 31 09"
NAMES = ("diyi", "guangcai", "heiquan", "leimeng", "xinba")


def test_a_lot_is_the_hash_of_three_lines() -> None:
    """As printf and sha256sum print it."""
    by_hand = hashlib.sha256(b"04 11 17 22 28 31 09\n2020-05\nheiquan").hexdigest()
    assert draws.make_lot(SEED, "2020-05", "heiquan") == by_hand
    lots = sorted((hashlib.sha256(f"{SEED}\n2020-05\n{n}".encode()).hexdigest(), n) for n in NAMES)
    assert draws.draw_names(SEED, "2020-05", NAMES, 3) == tuple(name for _, name in lots[:3])


def test_a_known_draw() -> None:
    """Written down once: another machine, system or version of Python must come to the same."""
    assert draws.draw_names("公开的种子 2020", "2020-05", NAMES, 5) == KNOWN
    assert (
        draws.digest_candidates(NAMES)
        == hashlib.sha256(b"diyi\nguangcai\nheiquan\nleimeng\nxinba\n").hexdigest()
    )


@given(names=st.permutations(NAMES), count=st.integers(0, 7))
def test_order_and_repetition_change_nothing(names: list[str], count: int) -> None:
    assert draws.draw_names(SEED, "2020-05", [*names, *names], count) == draws.draw_names(
        SEED, "2020-05", NAMES, count
    )


@given(names=st.sets(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=2, max_size=30), data=st.data())
def test_leaving_one_out_pushes_the_others_up_in_their_order(names: set[str], data: st.DataObject) -> None:
    """So that a list can be changed only openly: who is left keeps the order."""
    everyone = draws.draw_names(SEED, "2020-05", names, len(names))
    gone = data.draw(st.sampled_from(sorted(names)))
    assert draws.draw_names(SEED, "2020-05", names - {gone}, len(names)) == tuple(
        n for n in everyone if n != gone
    )


def test_every_school_is_drawn_as_often_as_any_other() -> None:
    """Over 4,000 seeds and 18 schools: chi-squared with 17 degrees of freedom stays below its 99.9 % point."""
    schools = [f"s{number:02d}" for number in range(18)]
    chance = random.Random(5)  # noqa: S311  # the same seeds every time
    rounds = 4000
    seeds = [
        " ".join(str(n) for n in chance.sample(range(1, 34), 6)) + f" {number}" for number in range(rounds)
    ]
    counts = Counter(name for seed in seeds for name in draws.draw_names(seed, "2020-05", schools, 3))
    expected = rounds * 3 / 18
    squares = sum((counts[name] - expected) ** 2 / expected for name in schools)
    # Three of eighteen without replacement spread less than independent draws do.
    assert squares / (15 / 17) < 40.79
    first = Counter(draws.draw_names(seed, "2020-05", schools, 1)[0] for seed in seeds)
    assert sum((first[n] - rounds / 18) ** 2 / (rounds / 18) for n in schools) < 40.79
    pairs = Counter(frozenset(draws.draw_names(seed, "2020-05", schools, 2)) for seed in seeds)
    assert len(pairs) == 153  # every pair comes up: 26 times on average


def test_months_and_seeds_are_independent() -> None:
    together = sum(
        draws.draw_names(f"{SEED} {n}", "2020-05", NAMES, 1)
        == draws.draw_names(f"{SEED} {n}", "2020-06", NAMES, 1)
        for n in range(2000)
    )
    assert 320 < together < 480  # a fifth of 2,000, give or take four deviations


@pytest.mark.parametrize(
    ("typed", "plain"), [(" ０４ 11\u3000", "04 11"), ("第０２０期", "第020期"), ("①", "1"), ("café", "café")]
)
def test_a_seed_typed_in_full_width_is_the_same_seed(typed: str, plain: str) -> None:
    assert draws.normalise_seed(typed) == plain


# What a person can type and the command takes: no control or invisible characters.
_typed = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp"))
    | st.sampled_from("\"\\'#:,{}[]&*!|>%@`-?~ \u3000\u00a0：，、【】｛｝"),
    min_size=1,
    max_size=40,
)
_one_line = _typed.map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=200, deadline=None)
@given(seed=_typed.map(draws.normalise_seed).filter(bool), source=_one_line)
@example(seed='"', source="\\")
@example(seed='04" 11', source='双色球"第1期": #5')
@example(seed="{a: [b]}, c", source="- & * ! | > % @ `")
@example(seed="'04' #11", source='\\n\\u0041"')
def test_what_is_written_reads_back(seed: str, source: str) -> None:
    """Whatever a seed or its source holds that can be typed; the check then draws the same again."""
    made = Draw(
        month="2020-05",
        seed=seed,
        source=source,
        announced=dt.date(2020, 5, 18),
        made=dt.date(2020, 5, 21),
        algorithm=draws.ALGORITHM,
        records=1,
        excluded=["xinba"],
        groups=[draws.draw_group(seed, "2020-05", "全部校（园）", NAMES[:4], 2)],
        schools=[draws.draw_records(seed, "2020-05", "diyi", ["diyi/2020/05/14-visit"], 1)],
    )
    record, problems = parse_yaml(
        "draw", "records/bureau/2020/draws/2020-05.yml", draws.format_draw(made).encode()
    )
    assert problems == []
    assert record is not None
    assert record.data == made
    assert draws.repeat_draw(record.data) == made


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def root(make_archive: MakeArchive) -> Path:
    helped = ("yi", "bing", "ding")
    files: dict[str, str | bytes] = dict(base())
    files["records/bureau/2021/programme.yml"] = PROGRAMME.replace("helped: [yi]", "helped: [yi, bing, ding]")
    for name in helped:
        files[f"records/{name}/school.yml"] = school(name, f"{name}园", "rural")
        for day in (10, 11, 12):
            files[f"records/{name}/2021/02/{day}-visit/activity.md"] = activity(
                f"2021-02-{day}", partner="jia"
            )
    files["records/bureau/2021/inspections/2021-02-13-yi.md"] = (
        "---\ntitle: 核查\ndate: 2021-02-13\nschool: yi\nfinding: confirmed\n---\n\n看了。\n"
    )
    return make_archive(files)


ARGUMENTS = ("--month", "2021-02", "--count", "2", "--seed", "０４ 11", "--as-of", "2021-02-20")
OFFICIAL = (*ARGUMENTS, "--source", "双色球: 第1期 #5", "--announced", "2021-02-15", "--out")


def run(root: Path, *arguments: str) -> int:
    return main(["draw", "--root", str(root), *arguments])


def _draws(root: Path) -> list[str]:
    folder = root / "records/bureau/2021/draws"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_trial_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, *ARGUMENTS) == 0
    assert _draws(root) == []
    out = capsys.readouterr().out
    drawn = draws.draw_names("04 11", "2021-02", ("jia", "yi", "bing", "ding"), 2)
    assert out.startswith(f"种子：04 11\n算法：{draws.ALGORITHM}")
    assert [line.split("（")[1].split("）")[0] for line in out.splitlines() if line.startswith("  1.")] == [
        drawn[0]
    ]
    assert "试抽" in out


def test_a_draw_is_archived_checked_and_never_replaced(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, *OFFICIAL) == 0
    (path,) = (root / "records/bureau/2021/draws").iterdir()
    first = path.read_bytes()
    assert run(root, *OFFICIAL) == 0
    assert _draws(root) == ["2021-02.yml"]
    assert run(root, *OFFICIAL, "--exclude-visited") == 0
    assert _draws(root) == ["2021-02-2.yml", "2021-02.yml"]
    assert path.read_bytes() == first
    assert "已经抽过" in capsys.readouterr().err
    corpus = read_corpus(root)
    assert corpus.problems == ()
    second = corpus.bureau[2021].draws["2021-02-2"].data
    assert second.excluded == ["yi"]
    assert second.groups[0].candidates == ["bing", "ding", "jia"]
    for school_ in second.schools:
        assert len(school_.drawn) == min(2, len(school_.candidates))


def test_by_kind_every_kind_is_drawn(root: Path) -> None:
    assert run(root, *OFFICIAL, "--by-kind") == 0
    made = read_corpus(root).bureau[2021].draws["2021-02"].data
    assert {g.name: (g.candidates, len(g.drawn)) for g in made.groups} == {
        "帮扶园": (["jia"], 1),
        "农村园": (["bing", "ding", "yi"], 2),
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--month", "2021-02"), "--seed-file"),
        (("--month", "2021-07", "--seed", "x"), "不是帮扶月"),
        (("--month", "2030-02", "--seed", "x"), "没有 2030 年的方案数据"),
        (("--month", "2021-02", "--seed", "  "), "种子应当是一行文字"),
        (("--month", "2021-02", "--seed", "a\nb"), "种子应当是一行文字"),
        (("--month", "2021-02", "--seed", "x", "--source", "a\nb"), "来源应当是一行文字"),
        (("--month", "2021-02", "--seed", "x", "--source", " "), "来源应当是一行文字"),
        (("--month", "2021-02", "--seed", "x", "--source", "某处" * 101), "来源应当是一行文字"),
        (("--month", "2021-02", "--seed", "x", "--out"), "--announced"),
        (
            ("--month", "2021-02", "--seed", "x", "--out", "--source", "某处", "--announced", "2021-02-20", "--as-of", "2021-02-20"),
            "隔天以后再抽",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert run(root, *arguments) == 2
    assert words in capsys.readouterr().err
    assert _draws(root) == []


def test_the_seed_may_lie_in_a_file(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "seed.txt"
    file.write_text("\ufeff04 11\n", encoding="utf-8")
    assert (
        run(root, "--month", "2021-02", "--count", "2", "--seed-file", str(file), "--as-of", "2021-02-20")
        == 0
    )
    by_file = capsys.readouterr().out
    assert run(root, *ARGUMENTS) == 0
    assert capsys.readouterr().out == by_file
    file.write_bytes("种子".encode("gb18030"))
    assert run(root, "--month", "2021-02", "--seed-file", str(file)) == 2
    assert "不是 UTF-8" in capsys.readouterr().err


def test_all_visited_leaves_nobody_to_draw(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = root / "records/bureau/2021/inspections"
    for name in ("jia", "bing", "ding"):
        text = (
            (notes / "2021-02-13-yi.md").read_text(encoding="utf-8").replace("school: yi", f"school: {name}")
        )
        (notes / f"2021-02-13-{name}.md").write_text(text, encoding="utf-8")
    assert run(root, *OFFICIAL, "--exclude-visited") == 1
    assert "都已经核查过" in capsys.readouterr().err
    shutil.rmtree(notes)
