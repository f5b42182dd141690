import tomllib
from pathlib import Path

import pytest

from headwater.comparison.modality import compare_modality
from headwater.comparison.polarity import compare_polarity
from headwater.domain.findings import Effect, Severity
from unit.comparison.reading import read

BANK = tomllib.loads((Path(__file__).parent / "banks" / "light_rewording.toml").read_text("utf-8"))
SILENT = {Effect.AGREES, Effect.UNDECIDED}


def rows(name):
    return [pytest.param(*pair, id=f"{group}: {pair[0][:40]}") for group, lists in BANK.items() for pair in lists[name]]


def warned(claimed, official):
    claim, passages = read(claimed), [read(official)]
    found = (*compare_modality(claim, passages), *compare_polarity(claim, passages))
    return [f for f in found if f.effect not in SILENT and f.severity in {Severity.MEDIUM, Severity.HIGH}]


@pytest.mark.parametrize(("claimed", "official"), rows("speaks"))
def test_a_shift_is_warned_of(claimed, official):
    assert warned(claimed, official)


@pytest.mark.parametrize(("claimed", "official"), rows("silent"))
def test_a_faithful_rewording_is_not(claimed, official):
    assert not [finding.rule for finding in warned(claimed, official)]


@pytest.mark.parametrize("group", BANK)
def test_each_class_has_both_kinds(group):
    assert len(BANK[group]["speaks"]) >= 2
    assert len(BANK[group]["silent"]) >= 3
