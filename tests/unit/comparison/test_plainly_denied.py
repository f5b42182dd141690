import tomllib
from pathlib import Path

import pytest

from headwater.comparison.plainly_denied import affirm_what_is_denied
from headwater.comparison.polarity import compare_polarity
from headwater.domain.findings import Effect
from unit.comparison.reading import read

BANK = tomllib.loads((Path(__file__).parent / "banks" / "plainly_denied.toml").read_text("utf-8"))


def rows(name):
    return [pytest.param(*pair, id=f"{group}: {pair[0][:40]}") for group, lists in BANK.items() for pair in lists[name]]


@pytest.mark.parametrize(("claimed", "official"), rows("speaks"))
def test_what_the_source_denies_is_contradicted(claimed, official):
    found = compare_polarity(read(claimed), [read(official)])
    assert [finding.rule for finding in found if finding.effect is Effect.CONTRADICTS]


@pytest.mark.parametrize(("claimed", "official"), rows("silent"))
def test_a_faithful_rewording_is_not(claimed, official):
    assert not list(affirm_what_is_denied(read(claimed), [read(official)]))


def test_what_another_passage_affirms_is_left_alone():
    claim = read("Farmers may burn stubble in the valley in dry summers.")
    denied = read("No farmer may burn stubble in the valley in dry summers.")
    allowed = read("With a licence farmers may burn stubble in the valley in dry summers.")
    assert list(affirm_what_is_denied(claim, [denied]))
    assert not list(affirm_what_is_denied(claim, [denied, allowed]))
