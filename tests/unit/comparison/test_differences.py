# Two figures, one outcome: cases as (claimed, official, expected), figures made by hand so that no reader is needed.
from dataclasses import replace
from decimal import Decimal

import pytest

from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import Outcome
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity, Role, Unit
from headwater.domain.spans import Span

COUNT = Unit(Dimension.COUNT)
POUND, DOLLAR, EURO = (Unit(Dimension.CURRENCY, code) for code in ("GBP", "USD", "EUR"))
PERCENT, POINT = Unit(Dimension.PERCENT, "percent"), Unit(Dimension.PERCENTAGE_POINTS, "percentage_point")
BASIS = Unit(Dimension.PERCENTAGE_POINTS, "basis_point", Decimal("0.01"))
FRACTION, MULTIPLE = Unit(Dimension.PROPORTION, "fraction"), Unit(Dimension.MULTIPLE, "times")
MILE, KILOMETRE = (
    Unit(Dimension.LENGTH, code, Decimal(metres)) for code, metres in (("mile", "1609.344"), ("kilometre", "1000"))
)
WEEK, DAY = (Unit(Dimension.DURATION, code, Decimal(days * 86400)) for code, days in (("week", 7), ("day", 1)))
CELSIUS, FAHRENHEIT = Unit(Dimension.TEMPERATURE, "celsius"), Unit(Dimension.TEMPERATURE, "fahrenheit")
A_WEEK, A_DAY = (Unit(Dimension.COUNT, per=period) for period in ("week", "day"))
HEDGES = {
    "about": Qualifier.ABOUT,
    "almost": Qualifier.BELOW,
    "nearly": Qualifier.BELOW,
    "less than": Qualifier.BELOW,
    "more than": Qualifier.ABOVE,
    "over": Qualifier.ABOVE,
    "at least": Qualifier.AT_LEAST,
    "up to": Qualifier.AT_MOST,
}


def made(value: str, unit: Unit = COUNT, hedge: str = "", *, step: str = "1", upper: str | None = None) -> Quantity:
    return Quantity(
        value,
        Span(0, len(value)),
        Decimal(value),
        unit,
        HEDGES.get(hedge, Qualifier.EXACT),
        hedge,
        Decimal(step),
        Decimal(upper) if upper else None,
    )


def moving(value: str, unit: Unit, role: Role, direction: Direction | None = None) -> Quantity:
    return replace(made(value, unit), role=role, direction=direction)


UP, DOWN = Direction.UP, Direction.DOWN
BY, TO = Role.CHANGE_BY, Role.CHANGE_TO
MILLION, BILLION = "1000000", "1000000000"
CASES = [
    (made("9400"), made("9400"), Outcome.EQUAL),
    (made("75000000", POUND), made("75000000", POUND, step=MILLION), Outcome.EQUAL),
    (made("1200000000", POUND, step="100000000"), made("1234000000", POUND, step=MILLION), Outcome.SAME_ROUNDED),
    (made("19", PERCENT), made("19.4", PERCENT, step="0.1"), Outcome.SAME_ROUNDED),
    (made("1", PERCENT), made("1.4", PERCENT, step="0.1"), Outcome.ROUNDED_COARSELY),
    (made("19.4", PERCENT, step="0.1"), made("19", PERCENT), Outcome.FINER),
    (made("98000"), made("100000", hedge="almost"), Outcome.FINER),
    (made("9000"), made("9400"), Outcome.ROUNDED_BARE),
    (made("9000", hedge="more than"), made("9400"), Outcome.BOUND_HOLDS),
    (made("9400", hedge="about"), made("9412"), Outcome.BOUND_HOLDS),
    (made("10000", hedge="almost"), made("9400"), Outcome.BOUND_LOOSE),
    (made("10000", hedge="more than"), made("9400"), Outcome.BOUND_FAILS),
    (made("9000", hedge="nearly"), made("9400"), Outcome.BOUND_FAILS),
    (made("9400", hedge="more than"), made("9400"), Outcome.BOUND_ADDED),
    (made("9400", hedge="about"), made("9400"), Outcome.HEDGE_ADDED),
    (made("100000"), made("100000", hedge="almost"), Outcome.HEDGE_DROPPED),
    (made("100000", hedge="nearly"), made("100000", hedge="almost"), Outcome.EQUAL),
    (made("100000", hedge="over"), made("100000", hedge="almost"), Outcome.HEDGE_FLIPPED),
    (made("100000", hedge="about"), made("100000", hedge="almost"), Outcome.HEDGE_SOFTENED),
    (made("500", hedge="almost"), made("500", hedge="up to"), Outcome.HEDGE_CHANGED),
    (made("100", MILE), made("160", KILOMETRE), Outcome.CONVERTED),
    (made("2", WEEK), made("14", DAY), Outcome.CONVERTED),
    (made("68", FAHRENHEIT), made("20", CELSIUS), Outcome.CONVERTED),
    (made("100", MILE), made("260", KILOMETRE), Outcome.VALUE),
    (made("25", BASIS), made("0.25", POINT, step="0.01"), Outcome.CONVERTED),
    (made("0.2", FRACTION, "nearly", step="0.1"), made("19", PERCENT), Outcome.BOUND_HOLDS),
    (made("0.2", FRACTION, step="0.1"), made("19", PERCENT), Outcome.ROUNDED_BARE),
    (made("0.5", FRACTION, step="0.1"), made("19", PERCENT), Outcome.VALUE),
    (moving("2", MULTIPLE, BY, UP), moving("100", PERCENT, BY, UP), Outcome.CONVERTED),
    (made("75000000000", POUND, step=BILLION), made("75000000", POUND, step=MILLION), Outcome.SCALE),
    (made("10000", hedge="almost"), made("100000", hedge="almost"), Outcome.VALUE),
    (made("110000", hedge="almost"), made("100000", hedge="almost"), Outcome.VALUE),
    (made("1000000", hedge="almost"), made("100000", hedge="almost"), Outcome.VALUE),
    (made("57000000", POUND, step=MILLION), made("75000000", POUND, step=MILLION), Outcome.VALUE),
    (made("75", DOLLAR), made("75", POUND), Outcome.CURRENCY),
    (made("97", DOLLAR), made("75", POUND), Outcome.UNDECIDED),
    (made("19", POINT), made("19", PERCENT), Outcome.POINTS),
    (made("19", PERCENT), made("19"), Outcome.UNIT),
    (moving("3", PERCENT, BY, DOWN), moving("3", PERCENT, BY, UP), Outcome.DIRECTION),
    (moving("-3", PERCENT, BY), moving("3", PERCENT, BY, DOWN), Outcome.EQUAL),
    (moving("3", PERCENT, TO, UP), moving("3", PERCENT, BY, UP), Outcome.BY_TO),
    (made("12", PERCENT), made("10", PERCENT, upper="15"), Outcome.RANGE_POINT),
    (made("15", PERCENT, "up to"), made("10", PERCENT, upper="15"), Outcome.BOUND_HOLDS),
    (made("20", PERCENT), made("10", PERCENT, upper="15"), Outcome.VALUE),
    (replace(made("200000", upper="1000000"), vague=True), made("310000"), Outcome.BOUND_HOLDS),
    (made("320", upper="276"), made("320", upper="276"), Outcome.EQUAL),
    (made("6500", A_WEEK), made("6500", A_DAY), Outcome.UNIT),
    (made("45500", A_WEEK), made("6500", A_DAY), Outcome.CONVERTED),
]  # fmt: skip


@pytest.mark.parametrize(("claimed", "official", "expected"), CASES)
def test_outcome(claimed: Quantity, official: Quantity, expected: Outcome) -> None:
    assert compare_quantities(claimed, official).outcome is expected


def test_difference_is_given_in_words_and_numbers() -> None:
    claimed = replace(made("57000000", POUND, step=MILLION), surface="£57 million")
    official = replace(made("75000000", POUND, step=MILLION), surface="£75 million")
    outcome = compare_quantities(claimed, official)
    assert (outcome.absolute, outcome.relative) == (Decimal(-18_000_000), Decimal("-0.24"))
    assert "£57 million is £18 million (24%) less than the source's £75 million" in outcome.explanation
