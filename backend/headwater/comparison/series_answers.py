"""Figures of a claim held against official series: worked out, compared, and put into words with their rows.

The document that a claim follows is judged elsewhere, and its verdict stays as it is: this is a second official source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from headwater.comparison.closeness import judge_equal, judge_unequal
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.measures import Measured, measure
from headwater.comparison.series_questions import SeriesQuestion, ask_series, find_fit
from headwater.comparison.series_wording import explain
from headwater.comparison.series_words import vocabulary, words_of
from headwater.comparison.series_working import (
    change_in_percent,
    extreme_since,
    find_figure,
    find_last_day,
    find_year_before,
)
from headwater.domain.claims import Claim
from headwater.domain.findings import Effect, Finding, Lane
from headwater.domain.quantities import Dimension, Qualifier, Quantity
from headwater.domain.series import Agreement, ComputedFigure, Operation, PeriodFigure, Series
from headwater.domain.spans import Span

SERIES_ASKED = 40  # looked at for one claim: a document has a handful of columns
AGREEING = frozenset(
    {
        Outcome.EQUAL,
        Outcome.SAME_ROUNDED,
        Outcome.CONVERTED,
        Outcome.BOUND_HOLDS,
        Outcome.HEDGE_ADDED,
        Outcome.BOUND_ADDED,
        Outcome.ROUNDED_BARE,
    }
)
DIFFERING = frozenset({Outcome.VALUE, Outcome.BOUND_FAILS, Outcome.SCALE})
STEP_OF_CHANGE = Decimal("0.1")  # per cent: a change is worked out to this digit
MATTERS = Decimal("0.5")  # per cent: a change smaller than this is neither a rise nor a fall worth contradicting
REVISED = Decimal("0.01")  # by as much may a figure differ that was right when the text was written: series are revised
HUNDREDTH = Decimal("0.01")

FindSeries = Callable[[Sequence[str]], Sequence[Series]]


def find_computed(
    claim: Claim, findings: Sequence[Finding], find_series: FindSeries, *, day: date | None = None
) -> tuple[ComputedFigure, ...]:
    """Return what official series say of the figures of a claim that its document does not state.

    Args:
        claim: The claim.
        findings: Of the claim against its document.
        find_series: Returns series for stems, best first.
        day: Of the text, or None: of a period that was not over then ("this year") it tells what was counted so far.

    Returns:
        At most one for each figure, in order of appearance; none where a series does not settle it.
    """
    stated = {
        finding.claimed.span
        for finding in findings
        if finding.lane is Lane.FIGURE and finding.effect is not Effect.NOT_STATED
    }
    asked = (one for one in ask_series(claim) if claim.content.side(one.quantity.span).span not in stated)
    questions = [_until(day, one) for one in asked if day is None or one.first < day]
    if not questions:
        return ()
    series = find_series(sorted({stem for one in questions for stem in _asked(one)}))
    return tuple(answer for one in questions if (answer := _answer(claim, one, series)) is not None)


def _until(day: date | None, question: SeriesQuestion) -> SeriesQuestion:
    """End a question's period before the day of the text, where it goes on beyond it: nobody knew the rest."""
    if day is None or question.open_end or not question.first <= day <= question.last:
        return question
    return replace(question, last=date.fromordinal(day.toordinal() - 1), open_end=True)


def _asked(question: SeriesQuestion) -> Iterable[str]:
    groups = vocabulary().groups
    alike = {stem for stem, first in groups.items() if first in question.around}
    return question.around | alike


def _answer(claim: Claim, question: SeriesQuestion, found: Sequence[Series]) -> ComputedFigure | None:
    """Answer with the series that fits best; where two columns of one document fit as well and differ, with none."""
    answers: list[tuple[float, ComputedFigure]] = []
    for series in found:
        fit = find_fit(question, words_of(series))
        if fit is not None:
            answers += [(fit, answer) for answer in _worked_out(claim, question, series)]
    if not answers:
        return None
    best = max(fit for fit, _ in answers)
    equal = [answer for fit, answer in answers if fit == best]
    chosen = max(equal, key=_standing)
    mine = chosen.series.document
    rivals = [one for one in equal if mine and one.series.document and one.series.document.id == mine.id]
    return chosen if all(one.value == chosen.value for one in rivals) else None


def _standing(answer: ComputedFigure) -> tuple[bool, date, int]:
    """Latest published first; of equals that with a year before, and then the longer one."""
    document = answer.series.document
    moment = document.valid_from if document else None
    return answer.before is not None, moment.date() if moment else date.min, len(answer.series.points)


def _worked_out(claim: Claim, question: SeriesQuestion, series: Series) -> Iterator[ComputedFigure]:
    last = question.last
    if question.open_end:
        reached = find_last_day(series, question.first, _next_day(question.last))
        if reached is None:
            return
        last = reached
    figure = find_figure(series, question.first, last)
    if figure is None:
        return
    before = find_year_before(series, figure)
    value = _value(question, figure, before)
    if value is None or not _one_unit(question, series):
        return
    operation = question.operation
    if operation is Operation.SUM and len(figure.points) == 1:
        operation = Operation.VALUE
    claimed = claim.content.side(question.quantity.span)
    draft = ComputedFigure(claimed, series, operation, figure, value, before, Agreement.OPEN, "")
    draft = replace(draft, agreement=_agreement(question, draft))
    yield replace(draft, explanation=explain(question, draft))


def _next_day(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _value(question: SeriesQuestion, figure: PeriodFigure, before: PeriodFigure | None) -> Decimal | None:
    if question.operation is Operation.CHANGE:
        return change_in_percent(figure, before) if before else None
    if question.operation is Operation.AVERAGE:
        days = (figure.last - figure.first).days + 1
        return (figure.value * question.days / days).quantize(HUNDREDTH)
    return figure.value


def _one_unit(question: SeriesQuestion, series: Series) -> bool:
    unit = question.quantity.unit
    if question.operation is Operation.CHANGE:
        return series.unit != "percent"
    if unit.dimension is Dimension.PERCENT:
        return series.unit == "percent"
    if unit.dimension is Dimension.CURRENCY:
        return series.unit == unit.code
    return not series.unit


def _agreement(question: SeriesQuestion, answer: ComputedFigure) -> Agreement:
    if _moved_otherwise(question, answer.figure, answer.before):
        return Agreement.DIFFERS
    if question.since and extreme_since(answer.series, answer.figure, question.since, highest=question.highest):
        return Agreement.DIFFERS
    outcome = _outcome(question, answer.value)
    if outcome in AGREEING:
        return Agreement.AGREES
    if abs(answer.value - question.quantity.value) <= REVISED * abs(answer.value):
        return Agreement.OPEN
    return Agreement.DIFFERS if outcome in DIFFERING else Agreement.OPEN


def _moved_otherwise(question: SeriesQuestion, figure: PeriodFigure, before: PeriodFigure | None) -> bool:
    """Say whether figures went down where the claim says up against a year before, or the other way about."""
    if not question.compared or before is None or len(question.directions) != 1:
        return False
    change = change_in_percent(figure, before)
    if change is None or abs(change) < MATTERS:
        return False
    return ("up" in question.directions) != (change > 0)


def _outcome(question: SeriesQuestion, value: Decimal) -> Outcome:
    claimed = question.quantity
    if question.operation is Operation.CHANGE:
        claimed = replace(claimed, value=abs(claimed.value))
        official = _exact(claimed, abs(value).quantize(STEP_OF_CHANGE), STEP_OF_CHANGE)
    elif question.operation is Operation.AVERAGE:
        official = _exact(claimed, value, HUNDREDTH)
    else:
        official = _exact(claimed, value, claimed.step if value == claimed.value else Decimal(1))
    both = measure(claimed, official)
    if not isinstance(both, Measured):
        return Outcome.UNDECIDED
    if both.claimed.value == both.official.value:
        return judge_equal(claimed, official)
    return judge_unequal(claimed, official, both)


def _exact(claimed: Quantity, value: Decimal, step: Decimal) -> Quantity:
    surface = f"{value:,}"
    return replace(
        claimed, surface=surface, span=Span(0, len(surface)), value=value, qualifier=Qualifier.EXACT,
        qualifier_surface="", step=step, upper=None,
    )  # fmt: skip
