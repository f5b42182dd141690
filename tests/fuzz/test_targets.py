"""A bounded share of the fuzzing, always the same: seeds, what broke a target before, and some hundred changed inputs.

FUZZ_INPUTS sets how many changed inputs each target gets; `make fuzz` is the long run, guided by coverage.
"""

import os
from pathlib import Path
from random import Random

import pytest
from tests.fuzz.mutating import mutate
from tests.fuzz.targets import CASES, TARGETS, cases_of

INPUTS = int(os.environ.get("FUZZ_INPUTS", "120"))
SHARES = {"compare": 12, "extract": 3}  # a whole comparison takes a hundred times as long as a reader does


@pytest.mark.parametrize("name", TARGETS)
def test_what_people_wrote_is_taken(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    assert seeds
    for seed in seeds:
        target.act(seed)


@pytest.mark.parametrize(
    ("name", "case"),
    [pytest.param(name, case, id=f"{name}-{case.name}") for name in TARGETS for case in cases_of(name)],
)
def test_what_broke_a_target_once_does_so_no_more(name: str, case: Path) -> None:
    TARGETS[name].act(case.read_bytes())


def test_every_case_belongs_to_a_target() -> None:
    assert {folder.name for folder in CASES.iterdir() if folder.is_dir()} <= set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_changed_inputs_are_taken_or_refused(name: str) -> None:
    target, chance = TARGETS[name], Random(f"headwater {name}")
    seeds = [seed[:3_000] for seed in target.seeds()]
    for _ in range(INPUTS // SHARES.get(name, 1)):
        raw = mutate(chance.choice(seeds), seeds, target.words, chance)
        target.act(raw)
