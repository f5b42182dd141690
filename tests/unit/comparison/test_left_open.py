import tomllib
from pathlib import Path

import pytest

from headwater.comparison.left_open import compare_left_open
from headwater.comparison.modality import compare_modality
from headwater.domain.findings import Effect, Severity
from unit.comparison.reading import read

BANK = tomllib.loads((Path(__file__).parent / "banks" / "left_open.toml").read_text("utf-8"))


def rows(name):
    return [pytest.param(*pair, id=f"{group}: {pair[0][:40]}") for group, lists in BANK.items() for pair in lists[name]]


@pytest.mark.parametrize(("claimed", "official"), rows("speaks"))
def test_what_is_left_open_and_told_as_done_is_warned_of(claimed, official):
    found = compare_modality(read(claimed), [read(official)])
    assert [f for f in found if f.effect is Effect.SHIFTS and f.severity in {Severity.MEDIUM, Severity.HIGH}]


@pytest.mark.parametrize(("claimed", "official"), rows("silent"))
def test_what_is_done_or_only_told_of_is_not(claimed, official):
    assert not list(compare_left_open(read(claimed), [read(official)]))


def test_a_thing_done_in_another_passage_counts():
    claim = read("The tunnel under the Solent has been surveyed.")
    going_on = read("The tunnel route under the Solent is being surveyed by divers.")
    done = read("Divers surveyed the tunnel under the Solent in March.")
    assert list(compare_left_open(claim, [going_on]))
    assert not list(compare_left_open(claim, [going_on, done]))
