import pytest

from headwater.comparison.polarity import compare_polarity
from unit.comparison.reading import read


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        ("The Harbour Board starved the Navy of money.", "He starved the Harbour Board of the money that it needed."),
        ("Ada Obi paid tribute to Lena Holt.", "The minister today paid a warm tribute to Ada Obi, who has died."),
        ("The Leeds Mission praised the envoy for its patience.", "They praised the Leeds Mission for its patience."),
        ("Marta Kline defeated the mayor in the run-off.", "The mayor defeated Marta Kline in the run-off."),
    ],
)
def test_who_does_it_and_to_whom_is_turned_round(claimed, official):
    assert "POL-ROLES" in [finding.rule for finding in compare_polarity(read(claimed), [read(official)])]


@pytest.mark.parametrize(
    ("claimed", "official"),
    [
        ("The Harbour Board was starved of money.", "He starved the Harbour Board of the money that it needed."),
        ("The minister paid tribute to Ada Obi.", "The minister today paid a warm tribute to Ada Obi, who has died."),
        ("The survey was financed partly by Dutch taxpayers.", "A survey financed partly by Dutch taxpayers found it."),
        ("Marta Kline met the mayor.", "The mayor met Marta Kline."),
        ("Ada Obi praised the envoy.", "They praised Ada Obi. Ada Obi praised the envoy in turn."),
        ("Ada Obi visited Leeds.", "The minister and Ada Obi visited Leeds."),
    ],
)
def test_the_same_deed_is_left_alone(claimed, official):
    assert "POL-ROLES" not in [finding.rule for finding in compare_polarity(read(claimed), [read(official)])]
