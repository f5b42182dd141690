"""The words of the date lane: how a period is shown, and the one line that explains a finding."""

from __future__ import annotations

from datetime import date

from headwater.comparison.date_rules import DateOutcome
from headwater.comparison.period_relations import PeriodOutcome
from headwater.domain.quantities import DateMention
from headwater.extraction.date_tokens import MONTHS

_MONTHS = tuple(MONTHS)  # in order; strftime would follow the machine's language


def day(value: date) -> str:
    """Return a day as it is shown.

    >>> day(date(2024, 11, 7))
    '7 November 2024'
    """
    return f"{value.day} {_MONTHS[value.month - 1].title()} {value.year}"


def shown(mention: DateMention) -> str:
    """Return the days of a mention in words, or why they are not known."""
    if mention.first is None:
        return mention.unresolved
    if mention.last is None:
        return f"from {day(mention.first)}"
    if mention.first == mention.last:
        return day(mention.first)
    return f"{day(mention.first)} to {day(mention.last)}"


def _named(mention: DateMention) -> str:
    """Return a mention as written, with its days where the words alone do not give them."""
    written = f"“{mention.surface}”"
    return f"{written} ({shown(mention)})" if mention.relative and mention.first is not None else written


def explain(
    outcome: DateOutcome, claimed: DateMention, official: DateMention | None, relation: PeriodOutcome | None
) -> str:
    """Return one line that a reporter understands.

    Args:
        outcome: What came of the date.
        claimed: The date of the text in hand.
        official: The date it faces, or None.
        relation: How the two periods lie to each other, or None.
    """
    ours = _named(claimed)
    if official is None or relation is None:
        if outcome is DateOutcome.NOWHERE:
            return f"No date of the whole document is {ours}."
        if outcome is DateOutcome.OTHER_WEEKDAY:
            return f"The source was published days away from {ours}, and names no such day."
        why = f" ({claimed.unresolved})" if claimed.unresolved else ""
        return f"The source does not state {ours}{why}."
    theirs, words = _named(official), relation.words
    same = "which fits" if relation.assumed else "the same as"
    since = ", whatever the day of publication" if relation.assumed and "whatever" not in words else ""
    lines = {
        DateOutcome.SAME: f"The source has {theirs}: the same days.",
        DateOutcome.SAME_RESOLVED: f"The source has {theirs}, {same} {ours}.",
        DateOutcome.SAME_WORDS: f"The source has {theirs} too; neither text's date is known to resolve it.",
        DateOutcome.LESS_PRECISE: f"{ours} is less precise than the source, which has {theirs}.",
        DateOutcome.MORE_PRECISE: f"{ours} is more precise than the source, which has {theirs}.",
        DateOutcome.WIDER: f"The source gives the figure for {theirs}, the text for {ours}: {words}.",
        DateOutcome.NARROWER: f"The source gives the figure for {theirs}, the text for {ours}: {words}.",
        DateOutcome.MOVED: f"{ours} is not the same period as {theirs} in the source: {words}{since}.",
        DateOutcome.BOUND_REVERSED: f"Of {ours}, one text makes the start and the other the end.",
        DateOutcome.DIFFERS: f"The source says {theirs}, the text {ours}: {words}.",
        DateOutcome.BASE_DIFFERS: f"The source compares with {theirs}, the text with {ours}: {words}.",
        DateOutcome.WEEKDAY_DIFFERS: f"The source says {theirs}, which is another day of the week than {ours}.",
        DateOutcome.UNRESOLVED: f"Cannot be resolved: {words}.",
    }
    return lines.get(outcome, f"The source does not state {ours}.")
