# A rise told as a fall: seen in the claim itself.
import pytest

from headwater.comparison.figures import compare_figures
from headwater.domain.findings import Effect
from unit.comparison.reading import read

TURNED = [
    ("Those hunting for a job rose to 433,000, from 511,000.", "There were 433,000, down from 511,000."),
    ("More than four-fifths of it was CO2, down from three-quarters.", "CO2 was 84.4%, up from 75%."),
    ("Some 30.2% were workless, a slight fall on the 28.7% of 2011.", "30.2% were workless; in 2011 it was 28.7%."),
    ("The rate climbed from 4.1% to 3.9%.", "The rate was 3.9%, against 4.1% before."),
    ("Unemployment was 5.1%, up from 5.4%.", "Unemployment was 5.1%; it had been 5.4%."),
    ("Takings came to £3.2m, a drop on the £2.9m of 2012.", "Takings came to £3.2 million (2012: £2.9 million)."),
]
RIGHT = [
    ("Those hunting for a job fell to 433,000, from 511,000.", "There were 433,000, down from 511,000."),
    ("Unemployment was 5.1%, down from 5.4%.", "Unemployment was 5.1%; it had been 5.4%."),
    ("Sales fell from £3m to £2m, and costs rose from £1m to £2m.", "Sales: £2m (£3m). Costs: £2m (£1m)."),
    ("The club rose from 10 to 3 in the rankings.", "The club is 3, from 10."),
    ("Shares in the two were 20% and 30%, up from 15% and 25% respectively.", "20% and 30% (15% and 25% before)."),
    ("The 12 deaths were two more than the 10 seen in May.", "There were 12 deaths, and 10 in May."),
    ("Pay was £410 a week, higher than the 450 hours worked.", "Pay was £410 a week; 450 hours were worked."),
]


@pytest.mark.parametrize(("claim", "official"), TURNED)
def test_a_move_told_the_other_way_is_contradicted_by_the_claims_own_figures(claim: str, official: str) -> None:
    assert "opposite_direction" in [one.kind for one in compare_figures(read(claim), [read(official)])]


@pytest.mark.parametrize(("claim", "official"), RIGHT)
def test_figures_that_go_as_told_are_left_alone(claim: str, official: str) -> None:
    findings = compare_figures(read(claim), [read(official)])
    assert [one.kind for one in findings if one.effect is Effect.CONTRADICTS] == []
