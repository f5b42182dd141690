# What holds of the figure lane whatever the figures: identity, units, unrelated words, no surprise errors.
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.comparison.differences import compare_quantities
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.figure_rules import figure_rules
from headwater.comparison.figures import compare_figures
from headwater.domain.facts import Annotated, Facts
from headwater.domain.findings import Effect, Severity
from headwater.domain.quantities import Dimension, Direction, Qualifier, Quantity, Role, Unit
from headwater.domain.spans import MappedText, Span
from headwater.extraction.quantities import extract_quantities

UNITS = st.sampled_from(
    [
        Unit(Dimension.COUNT),
        Unit(Dimension.COUNT, per="day"),
        Unit(Dimension.COUNT, per="week"),
        Unit(Dimension.CURRENCY, "GBP"),
        Unit(Dimension.CURRENCY, "USD"),
        Unit(Dimension.PERCENT, "percent"),
        Unit(Dimension.PERCENTAGE_POINTS, "percentage_point"),
        Unit(Dimension.PROPORTION),
        Unit(Dimension.MULTIPLE),
        Unit(Dimension.LENGTH, "mile", Decimal("1609.344")),
        Unit(Dimension.LENGTH, "kilometre", Decimal(1000)),
        Unit(Dimension.TEMPERATURE, "celsius"),
        Unit(Dimension.TEMPERATURE, "fahrenheit"),
        Unit(Dimension.DURATION, "day", Decimal(86400)),
        Unit(Dimension.SCORE),
        Unit(Dimension.OTHER, "", Decimal(0)),
    ]
)
VALUES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=3)
HEDGES = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about",
    Qualifier.BELOW: "almost",
    Qualifier.ABOVE: "more than",
    Qualifier.AT_LEAST: "at least",
    Qualifier.AT_MOST: "up to",
}


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    value = draw(VALUES)
    qualifier = draw(st.sampled_from(Qualifier))
    return Quantity(
        str(value),
        Span(0, len(str(value))),
        value,
        draw(UNITS),
        qualifier,
        HEDGES[qualifier],
        draw(st.sampled_from([Decimal(1), Decimal("0.1"), Decimal(1_000_000)])),
        draw(st.none() | VALUES),
        direction=draw(st.none() | st.sampled_from(Direction)),
        role=draw(st.sampled_from(Role)),
        vague=draw(st.booleans()),
    )


@given(quantities(), quantities())
def test_no_two_figures_raise(claimed: Quantity, official: Quantity) -> None:
    result = compare_quantities(claimed, official)
    assert result.outcome in Outcome
    assert result.explanation


@given(quantities())
def test_a_figure_agrees_with_itself(quantity: Quantity) -> None:
    outcome = compare_quantities(quantity, quantity).outcome
    assert figure_rules()[outcome].effect is Effect.AGREES
    assert figure_rules()[outcome].severity is Severity.INFO


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.sampled_from([10, 1000, 1609]))
def test_rescaling_a_unit_changes_nothing(mine: int, theirs: int, factor: int) -> None:
    unit = Unit(Dimension.LENGTH, "metre")
    claimed = Quantity(str(mine), Span(0, 1), Decimal(mine), unit)
    official = Quantity(str(theirs), Span(0, 1), Decimal(theirs), unit)
    larger = Unit(Dimension.LENGTH, "metre", Decimal(factor))
    rescaled = compare_quantities(replace(claimed, unit=larger), replace(official, unit=larger))
    plain = compare_quantities(claimed, official)
    assert (rescaled.outcome, rescaled.relative) == (plain.outcome, plain.relative)


def read(text: str) -> Annotated:
    return Annotated(MappedText.identity(text), Facts(quantities=extract_quantities(text)))


SENTENCES = [
    "The government has returned 9,400 people, including 2,590 enforced returns, an increase of 19%.",
    "Borrowing fell by £1.2 billion to £16.6 billion.",
    "Almost 100,000 migrants transited through the Western Balkans.",
    "Turnout rose by 5 percentage points to 67%.",
    "The bypass is 9.7km long and cost £43 million.",
]
UNRELATED = ["Penguins huddle in blizzards.", "Violins opened the rehearsal.", "The novelist sketched a garden."]


@pytest.mark.parametrize("other", UNRELATED)
@pytest.mark.parametrize("official", SENTENCES)
@pytest.mark.parametrize("claim", SENTENCES)
def test_an_unrelated_sentence_changes_no_outcome(claim: str, official: str, other: str) -> None:
    plain = [f.kind for f in compare_figures(read(claim), [read(official)])]
    assert [f.kind for f in compare_figures(read(f"{claim} {other}"), [read(official)])] == plain
    assert [f.kind for f in compare_figures(read(claim), [read(f"{other} {official}")])] == plain
    assert [f.kind for f in compare_figures(read(claim), [read(official), read(other)])] == plain


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_agrees_with_itself(sentence: str) -> None:
    findings = compare_figures(read(sentence), [read(sentence)])
    assert {f.effect for f in findings} == {Effect.AGREES}


ALPHABET = st.sampled_from(
    [*"0123456789,.%£$- \n", " million", " per cent", " people", " rose by ", " to ", " of ", "a"]
)


@given(st.lists(ALPHABET, max_size=40).map("".join), st.lists(ALPHABET, max_size=40).map("".join))
def test_no_text_raises_and_each_figure_has_one_finding(claim: str, official: str) -> None:
    text = read(claim)
    findings = compare_figures(text, [read(official), read(claim)])
    assert len(findings) == len(text.facts.quantities)
