"""Properties of the figure reader: it never raises, its spans are true, and it reads back what is rendered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.domain.quantities import Dimension, Quantity, Role, Unit
from headwater.domain.spans import Span
from headwater.extraction import tokens as tokens_module
from headwater.extraction.quantities import extract_quantities
from headwater.extraction.rendering import Style, render
from headwater.extraction.units import COUNT, UNITS

_WORDS = (
    "£ $ € % - – — ' ’ , . ; : ( ) [ ] / + 1 2.5 1,234 2024 2,000,000 ½ one two twenty five hundred thousand "
    "million billion dozen half third quarter a an and of in out every to from by between or per cent percentage "
    "points pence p m bn k people deaths more less than at least nearly about over under rose fell up down "
    "including whom aged year years old day week mile km kg °C Section No Covid G x times fold "
)
_FRAGMENTS = st.sampled_from([*_WORDS.split(" "), "\n", "\u00a0", "\u2009", "\u0000", "é", "😀", "٣", "４"])
_NOISE = st.lists(st.tuples(_FRAGMENTS, st.sampled_from(["", " ", "-", " ", " "])), max_size=40).map(
    lambda parts: "".join(word + joint for word, joint in parts)
)


def _check(text: str, quantities: tuple[Quantity, ...]) -> None:
    last = 0
    for quantity in quantities:
        assert quantity.span.slice(text) == quantity.surface
        assert quantity.surface.strip() == quantity.surface != ""
        assert quantity.span.start >= last, "figures overlap or stand out of order"
        assert "\n" not in quantity.surface
        assert quantity.value.is_finite()
        assert quantity.step > 0
        assert quantity.negative == (quantity.value < 0)
        if quantity.upper is not None and quantity.role is not Role.SCORE:
            assert quantity.upper >= quantity.value
        if quantity.whole is not None:
            assert quantity.whole in [other.span for other in quantities]
        last = quantity.span.end


@given(_NOISE)
@settings(max_examples=200, deadline=None)
def test_noise_made_of_figure_words_never_raises_and_spans_are_true(text: str) -> None:
    _check(text, extract_quantities(text))


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_never_raises_and_spans_are_true(text: str) -> None:
    _check(text, extract_quantities(text))


@given(_NOISE, st.lists(st.tuples(st.integers(0, 120), st.integers(0, 20)), max_size=5))
@settings(max_examples=200, deadline=None)
def test_excluded_spans_are_left_alone(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(start, min(len(text), start + size)) for start, size in places if start + 1 < len(text)]
    spans = [span for span in spans if len(span)]
    quantities = extract_quantities(text, exclude=spans)
    _check(text, quantities)
    assert not any(
        quantity.span.overlaps(span) and quantity.span.start >= span.start for quantity in quantities for span in spans
    )


_UNITS = st.sampled_from(
    [
        COUNT,
        *(Unit(Dimension.CURRENCY, code) for code in ("GBP", "USD", "EUR", "JPY", "AUD", "INR", "CHF")),
        *(
            UNITS[code]
            for code in (
                "percent",
                "percentage_point",
                "basis_point",
                "kilometre",
                "mile",
                "tonne",
                "litre",
                "hectare",
                "week",
                "megawatt",
            )
        ),
        Unit(Dimension.COUNT, per="day"),
        Unit(Dimension.COUNT, per="person", per_amount=Decimal(100000)),
        Unit(Dimension.CURRENCY, "GBP", per="week"),
    ]
)
_INTEGERS = st.one_of(
    st.integers(2, 99),
    st.integers(100, 999_999),
    st.integers(1, 999).map(lambda n: n * 1_000_000),
    st.integers(1, 10**12 - 1),  # a plain run of 13 digits is read as a code
).filter(lambda n: not 1500 <= n <= 2100 and n != 1)


def _quantity(value: Decimal, unit: Unit, upper: Decimal | None = None) -> Quantity:
    counted = "people" if unit.dimension is Dimension.COUNT else ""
    return Quantity("", Span(0, 0), value, unit, counted=counted, upper=upper)


def _same(read: tuple[Quantity, ...], wanted: Quantity, text: str) -> None:
    assert len(read) == 1, f"{text!r} was read as {[quantity.surface for quantity in read]}"
    assert (read[0].value, read[0].upper) == (wanted.value, wanted.upper), text
    assert read[0].unit == wanted.unit, text
    assert read[0].counted == wanted.counted, text


@pytest.mark.parametrize("style", list(Style))
@given(value=_INTEGERS, unit=_UNITS)
@settings(max_examples=60, deadline=None)
def test_a_whole_number_is_read_back_in_every_style(style: Style, value: int, unit: Unit) -> None:
    wanted = _quantity(Decimal(value), unit)
    text = f"It said {render(wanted, style)} in all."
    _same(extract_quantities(text), wanted, text)


@pytest.mark.parametrize("style", [Style.PLAIN, Style.GROUPED, Style.SCALED])
@given(value=st.decimals("0.01", "99999.99", places=2), unit=_UNITS, negative=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_decimal_is_read_back_in_every_style(style: Style, value: Decimal, unit: Unit, negative: bool) -> None:
    signed = -value if negative else value
    if value == value.to_integral_value():
        value = signed = value + Decimal("0.01")
    wanted = _quantity(signed, unit)
    text = f"It said {render(wanted, style)} in all."
    _same(extract_quantities(text), wanted, text)


@pytest.mark.parametrize("style", [Style.GROUPED, Style.SCALED, Style.WORDS])
@given(value=st.integers(3, 400), more=st.integers(1, 400), unit=_UNITS)
@settings(max_examples=50, deadline=None)
def test_a_range_is_read_back_in_every_style(style: Style, value: int, more: int, unit: Unit) -> None:
    wanted = _quantity(Decimal(value), unit, Decimal(value + more))
    text = f"It costs {render(wanted, style)} in all."
    _same(extract_quantities(text), wanted, text)


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1 ",
        "1,234,",
        " million",
        "million million ",
        "one hundred and ",
        "£",
        "- ",
        "1.2.3.",
        "1-",
        "(1",
        "12,34,",
        "a half of a ",
        "'",
        "A1-",
        "+1 (1) ",
    ],
)
def test_steps_grow_with_the_length_and_no_faster(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the look-ups of tokens for a text and for one eight times as long."""

    def steps(size: int) -> int:
        count = 0
        glued = tokens_module.Tokens.glued

        def counting(self: tokens_module.Tokens, at: int) -> bool:
            nonlocal count
            count += 1
            return glued(self, at)

        with monkeypatch.context() as patch:
            patch.setattr(tokens_module.Tokens, "glued", counting)
            extract_quantities(piece * (size // len(piece)))
        return count

    short, long = steps(12_000), steps(96_000)
    assert long <= 8 * short * 1.5 + 2_000
