"""What a claim asks of an official series: which figure, of which period, worked out how; and whether the series fits.

Nothing is asked where the period cannot be told, where a figure is no plain report of what was counted, or where the
claim has a word that the series does not know: "31,000 people claimed asylum" is no question to a series of arrivals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headwater.comparison.series_words import SeriesWords, vocabulary
from headwater.domain.claims import Claim
from headwater.domain.facts import NameKind
from headwater.domain.quantities import DateMention, Dimension, PeriodKind, Quantity, Role
from headwater.domain.series import Operation
from headwater.domain.spans import Span
from headwater.text.tokens import content_stems, words

COVERED = 0.6  # of the words of a series' title and measure: the rest is wording ("detected", "English")
LEAST_COVERED = 2  # words: one alone ("boats") names too many things
SUPERLATIVE = re.compile(r"\b(?:(highest|most|biggest|largest)|lowest|fewest|smallest)\b[^.]*?\bsince\b", re.IGNORECASE)
NAMED = frozenset({PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR})
WITHIN = frozenset({"on", "in", "during", "for", "of", "throughout", "over", "within"})
BOUNDS = frozenset(
    {"by", "before", "after", "until", "till", "to", "past", "from", "through", "following", "since", "ahead", "prior"}
    | {"towards", "beyond", "up"}
)
AVERAGES = frozenset({"average", "averaged", "mean", "median", "typical"})
POINTING = re.compile(r"\b(?:the|this|that|these|those|such)((?:\s+[^\W\d_]+){1,3})", re.IGNORECASE)
CITED = frozenset({NameKind.ORGANISATION, NameKind.OFFICE})
DAYS_PER = {"day": 1, "week": 7}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeriesQuestion:
    """One figure of a claim, to be held against series.

    Args:
        quantity: The figure.
        operation: How the official one is worked out.
        first: First day of its period.
        last: Last day; for `open_end` the day before the text's.
        open_end: Whether the period runs up to the text's day, as far as figures go.
        compared: Whether the claim compares it with a year before.
        is_abroad: Whether it names a place that is no word to a stemmer: "US".
        since: Since when it is said to be the highest or lowest, or None.
        highest: Which of the two.
        days: Days of the unit of an average, else 0.
        own: Canonical stems of the claim.
        cited: Those of bodies that it names; they may be whom it cites.
        numbers: Figures among its words.
        referred: Those of its words that point back at something said before: "the dangerous route".
        around: Those of the claim, of its sentence and of the one before.
        counted: Canonical stem of what is counted, or "".
        directions: Which ways the claim says that it moved: "up", "down".
    """

    quantity: Quantity
    operation: Operation
    first: date
    last: date
    open_end: bool
    compared: bool
    is_abroad: bool
    since: date | None
    highest: bool
    days: int
    own: frozenset[str]
    cited: frozenset[str]
    numbers: frozenset[str]
    referred: frozenset[str]
    around: frozenset[str]
    counted: str
    directions: frozenset[str]


def ask_series(claim: Claim) -> tuple[SeriesQuestion, ...]:
    """Return what a claim asks, a question for each of its figures that can be answered from rows with dates.

    Args:
        claim: With its facts; its dates are resolved from the text's day.
    """
    spoken = frozenset(words(_without(claim.content.text, [one.span for one in claim.content.facts.dates])))
    if vocabulary().unsettled & spoken:
        return ()
    period = _period(claim)
    return tuple(_questions(claim, period, spoken)) if period else ()


def _period(claim: Claim) -> DateMention | None:
    """Return the one period of a claim; None where there is none, where it has two, or where one cannot be resolved."""
    text = claim.content.text
    mentions = [one for one in claim.content.facts.dates if not one.base and one.kind is not PeriodKind.SINCE]
    spans = {(one.first, one.last) for one in mentions}
    if len(spans) != 1 or None in next(iter(spans)) or not all(_says_when(one, text) for one in mentions):
        return None
    return mentions[0]


def _says_when(mention: DateMention, text: str) -> bool:
    """Say whether a period is the one in which things happened, and not the end or the beginning of another."""
    before = [word for word in words(text[: mention.span.start])[-2:] if word != "the"][-1:]
    if not before or text[: mention.span.start].rstrip().endswith((",", ";", "(", "–", "—")):
        return True
    if mention.kind in NAMED and not mention.relative:
        return before[0] in WITHIN
    return before[0] not in BOUNDS


def _questions(claim: Claim, period: DateMention, spoken: frozenset[str]) -> Iterator[SeriesQuestion]:
    facts, known = claim.content.facts, vocabulary()
    own = _own_words(claim)
    around = own | known.canonical(content_stems(f"{claim.sentence} {claim.context}")) | _aliased(claim)
    base = any(one.base for one in facts.dates)
    since = next((one.first for one in facts.dates if one.kind is PeriodKind.SINCE), None)
    superlative = SUPERLATIVE.search(claim.content.text)
    directions = {name for name, ways in (("up", known.up), ("down", known.down)) if spoken & ways}
    for quantity in facts.quantities:
        operation = _operation(quantity, compared=base)
        if spoken & AVERAGES and operation is not Operation.AVERAGE:
            continue
        if operation is None or period.first is None or period.last is None:
            continue
        counted = next(iter(content_stems(quantity.counted_head)), "")
        is_open = period.kind is PeriodKind.SO_FAR
        yield SeriesQuestion(
            quantity,
            operation,
            period.first,
            period.last - ONE_DAY if is_open else period.last,
            open_end=is_open,
            compared=base,
            is_abroad=any(one.kind is NameKind.PLACE and not content_stems(one.surface) for one in facts.names),
            since=since if superlative else None,
            highest=bool(superlative and superlative[1]),
            days=DAYS_PER.get(quantity.unit.per or "", 0),
            own=own,
            cited=known.canonical(content_stems(" ".join(one.surface for one in facts.names if one.kind in CITED))),
            numbers=frozenset(word for word in spoken if word[0].isdigit()) | _aliased_numbers(claim),
            referred=known.canonical(content_stems(" ".join(POINTING.findall(claim.content.text)))),
            around=around,
            counted=known.groups.get(counted, counted),
            directions=frozenset({quantity.direction.value} if quantity.direction else directions),
        )


def _operation(quantity: Quantity, *, compared: bool) -> Operation | None:
    unit = quantity.unit
    if quantity.vague or quantity.upper is not None or quantity.whole is not None:
        return None
    if unit.dimension is Dimension.PERCENT and quantity.role is Role.CHANGE_BY:
        return Operation.CHANGE if compared and unit.per is None else None
    if unit.dimension not in {Dimension.COUNT, Dimension.PERCENT, Dimension.CURRENCY}:
        return None
    if quantity.role not in {Role.LEVEL, Role.CHANGE_TO}:
        return None
    if unit.per is not None:
        return Operation.AVERAGE if unit.per in DAYS_PER and unit.dimension is Dimension.COUNT else None
    return Operation.SUM


def _own_words(claim: Claim) -> frozenset[str]:
    """Canonical stems of a claim without its figures and its dates."""
    facts = claim.content.facts
    left_out = [one.span for one in facts.dates] + [one.span for one in facts.quantities]
    rest = " ".join((_without(claim.content.text, left_out), *(one.counted for one in facts.quantities)))
    return vocabulary().canonical(content_stems(rest)) | _aliased(claim)


def _without(text: str, spans: Sequence[Span]) -> str:
    kept, at = [], 0
    for span in sorted(spans):
        kept.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return " ".join((*kept, text[at:]))


def _aliased(claim: Claim) -> frozenset[str]:
    return vocabulary().canonical(_meant(claim))


def _aliased_numbers(claim: Claim) -> frozenset[str]:
    return frozenset(word for word in _meant(claim) if word[0].isdigit())


def _meant(claim: Claim) -> frozenset[str]:
    text = claim.content.text.casefold()
    return frozenset(stem for said, means in vocabulary().aliases if said.search(text) for stem in means)


def find_fit(question: SeriesQuestion, series: SeriesWords) -> float | None:
    """Return how much of a series' words a claim covers, or None where the two may speak of different things.

    Args:
        question: What the claim asks.
        series: What the series says of itself.
    """
    known = vocabulary()
    if question.own - series.known - question.cited or not question.own & (series.title | series.measure):
        return None
    if (
        not series.measure <= question.own
        or not series.numbers <= question.numbers
        or not _counts_the_same(question, series)
    ):
        return None
    if question.is_abroad or any(not place & question.around for place in series.places):
        return None
    if not series.title & question.referred and not _is_covered(series.title & question.own, series):
        return None  # the sentence before may be of something else
    if not _is_covered(series.title & question.around, series):
        return None
    return len(series.title & question.around) / len(series.title) + (question.counted not in known.anybody)


def _is_covered(held: frozenset[str], series: SeriesWords) -> bool:
    return len(held) >= max(min(LEAST_COVERED, len(series.title)), COVERED * len(series.title))


def _counts_the_same(question: SeriesQuestion, series: SeriesWords) -> bool:
    """Say whether what the claim counts is what the column counts."""
    known = vocabulary()
    events = known.canonical(known.events) | known.events
    persons = known.anybody | known.populations
    if not question.counted:  # "small boat arrivals" counts arrivals, and no boats
        return series.head in (persons | events if question.own & events else question.own)
    if question.counted in persons | events:
        return series.head in persons | events
    return question.counted == series.head
