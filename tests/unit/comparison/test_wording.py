# What the words around two figures explain away.
import pytest

from headwater.comparison.contexts import read_contexts
from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.wording import settle
from unit.comparison.reading import read


@pytest.mark.parametrize(
    ("claim", "official", "before", "after"),
    [
        ("Inflation rose to 2.3%.", "Prices rose by 2.3%.", Outcome.BY_TO, Outcome.EQUAL),
        ("Turnout rose to 2.3%.", "Turnout rose by 2.3%.", Outcome.BY_TO, Outcome.BY_TO),
        ("Its lead rose from 28%.", "It was up 28% above the mean.", Outcome.BY_TO, Outcome.EQUAL),
        ("The gap went down from 28%.", "The gap went down by 28%.", Outcome.BY_TO, Outcome.BY_TO),
        ("Petrol per litre costs 134 pence.", "Petrol costs 134 pence a litre.", Outcome.RATE, Outcome.EQUAL),
        ("Petrol costs 134 pence.", "Petrol costs 134 pence a litre.", Outcome.RATE, Outcome.RATE),
        ("The plan limits bills, with a cap at £20.", "Bills are capped at £20.", Outcome.HEDGE_DROPPED, Outcome.EQUAL),
        ("The plan costs £20.", "The plan costs up to £20.", Outcome.HEDGE_DROPPED, Outcome.HEDGE_DROPPED),
    ],
)
def test_settle(claim: str, official: str, before: Outcome, after: Outcome) -> None:
    (mine,), (theirs,) = read_contexts(read(claim)), read_contexts(read(official))
    plain = compare_quantities(mine.figure, theirs.figure)
    assert plain.outcome is before
    assert settle(mine, theirs, plain).outcome is after
