"""Whatever bytes come in, readers answer with diagnostics: the fuzzers' corpus, and some seconds of new inputs."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.mutations import KINDS, Change, apply_changes
from tests.fuzz.targets import CORPUS, list_corpus, list_seeds, load_targets, run

TARGETS = load_targets()
CHANGES = st.lists(
    st.builds(
        Change, st.sampled_from(KINDS), st.integers(0, 65_535), st.integers(0, 255), st.integers(0, 65_535)
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_kept_inputs_are_survived(name: str) -> None:
    for data in list_seeds(name):
        run(name, data)


def test_the_corpus_is_of_targets() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= set(TARGETS)
    assert all(path.stat().st_size <= 20_000 for name in TARGETS for path in list_corpus(name))


@pytest.mark.parametrize("name", TARGETS)
def test_changed_inputs_are_survived(name: str) -> None:
    seeds = list_seeds(name)
    few = 60 if name == "activity" else 12

    @settings(max_examples=few, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(seed=st.sampled_from(seeds), changes=CHANGES)
    def survive(seed: bytes, changes: list[Change]) -> None:
        run(name, apply_changes(seed, changes))

    survive()
