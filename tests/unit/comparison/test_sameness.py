# What it takes to agree, and what it takes to contradict.
from dataclasses import replace
from decimal import Decimal

import pytest

from headwater.comparison.binding import Binding, Counted
from headwater.comparison.figure_outcomes import FigureOutcome, Outcome
from headwater.comparison.sameness import is_related, is_same_thing, may_contradict

FIRM = Binding(0.9, coverage=1.0, shared=6, counted=Counted.SAME, period=None, base=None, local=1.0, apart=False)
HALF = replace(FIRM, coverage=0.6, shared=3, local=0.6)
NEAR = FigureOutcome(Outcome.VALUE, Decimal(-18), Decimal("-0.24"))
FAR = FigureOutcome(Outcome.VALUE, Decimal(900), Decimal("9.3"))
NOUGHT = FigureOutcome(Outcome.VALUE, Decimal(900), Decimal(9))


@pytest.mark.parametrize(
    ("binding", "outcome", "sisters_agree", "expected"),
    [
        (FIRM, NEAR, None, True),
        (FIRM, FAR, False, True),
        (HALF, NEAR, None, True),
        (HALF, NEAR, True, True),
        (HALF, NEAR, False, False),
        (HALF, FAR, None, False),
        (HALF, NOUGHT, None, True),
        (replace(HALF, local=0.3), NEAR, None, False),
        (replace(HALF, coverage=0.4), NEAR, None, False),
        (replace(HALF, shared=1), NEAR, None, False),
        (replace(FIRM, counted=Counted.OTHER), NEAR, None, False),
        (replace(FIRM, apart=True, period=False), NEAR, None, False),
        (HALF, FigureOutcome(Outcome.POINTS, Decimal(0), Decimal(0)), None, True),
        (HALF, FigureOutcome(Outcome.POINTS, Decimal(4), Decimal(2)), None, False),
        (HALF, FigureOutcome(Outcome.DIRECTION, Decimal(0), Decimal(0)), None, True),
        (HALF, FigureOutcome(Outcome.DIRECTION, Decimal(4), Decimal(2)), None, False),
    ],
)
def test_may_contradict(binding: Binding, outcome: FigureOutcome, sisters_agree: bool | None, expected: bool) -> None:
    assert may_contradict(binding, outcome, sisters_agree=sisters_agree) is expected


@pytest.mark.parametrize(
    ("binding", "sisters_agree", "expected"),
    [
        (HALF, None, True),
        (replace(HALF, coverage=0.3, shared=1), None, True),
        (replace(HALF, coverage=0.2), None, False),
        (replace(HALF, coverage=0.3, counted=Counted.OTHER), None, False),
        (replace(HALF, coverage=0.3, counted=Counted.OTHER), True, True),
    ],
)
def test_is_related(binding: Binding, sisters_agree: bool | None, expected: bool) -> None:
    assert is_related(binding, sisters_agree=sisters_agree) is expected


def test_one_word_is_enough_where_it_is_all_there_is() -> None:
    assert is_same_thing(replace(FIRM, shared=1))
    assert not is_same_thing(replace(HALF, shared=1))
