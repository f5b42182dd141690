import tomllib
from pathlib import Path

import pytest

from headwater.comparison.modality import compare_modality
from headwater.domain.findings import Effect, Severity
from unit.comparison.reading import read

BANK = tomllib.loads((Path(__file__).parent / "banks" / "light_changes.toml").read_text("utf-8"))


def rows(name):
    return [pytest.param(*pair, id=f"{group}: {pair[0][:40]}") for group, lists in BANK.items() for pair in lists[name]]


def warned(claimed, official):
    found = compare_modality(read(claimed), [read(official)])
    return [f for f in found if f.effect is Effect.SHIFTS and f.severity in {Severity.MEDIUM, Severity.HIGH}]


@pytest.mark.parametrize(("claimed", "official"), rows("speaks"))
def test_a_changed_word_is_warned_of(claimed, official):
    assert warned(claimed, official)


@pytest.mark.parametrize(("claimed", "official"), rows("silent"))
def test_a_faithful_rewording_is_not(claimed, official):
    assert not [finding.rule for finding in warned(claimed, official)]
