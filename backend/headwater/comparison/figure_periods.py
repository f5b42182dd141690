"""Which of a sentence's dates a figure is given for, and which it is compared with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headwater.domain.quantities import DateMention, Quantity, Role
from headwater.domain.spans import Span

_EARLIER_FIGURE = re.compile(
    r"\b(?:from|compared (?:with|to)|against|than)\b[^.,;]{0,20}$"
)  # "down from 4.4% in April"
# "The 2018-19 Budget", "the Act of 2010": when a paper is of, and not what its figures are for
_PAPER = re.compile(
    r"(?: (?:[Ff]ederal|[Ss]tate|[Ss]pring|[Ss]ummer|[Aa]utumn|[Mm]arch))? (?:[Bb]udgets?|[Aa]ct|[Ll]aw|[Bb]ill|"
    r"[Tt]reaty|[Aa]greement|[Aa]ccord|[Ss]ummit|[Cc]onference|[Mm]anifesto|[Ss]trategy|[Ss]pending [Rr]eview)\b"
)
_TURN = re.compile(r";|\b(?:but|although|though|whereas)\b")  # what is told behind it is told of another time
_PART = re.compile(r"[,;]|\band\b")


def find_period(
    figure: Quantity, text: str, dates: Sequence[DateMention], others: Sequence[Span]
) -> DateMention | None:
    """Find the period that a figure is given for.

    A figure that is itself the earlier one of a comparison ("from 4.4% in April") has its own date, which is the base
    of the figure before it.

    Args:
        figure: The figure.
        text: The working text.
        dates: The dates of its sentence, in order.
        others: Where the sentence's other figures are, in order.
    """
    previous, _ = _neighbours(figure.span, others)
    earlier = figure.role is Role.CHANGE_FROM or _EARLIER_FIGURE.search(text, previous, figure.span.start)
    if earlier and previous:
        own = _after(figure.span, text, dates, others)
        if own is not None or figure.role is Role.CHANGE_FROM:
            return own  # the date of what it changed to is not its own
    plain = [mention for mention in dates if not mention.base and not _PAPER.match(text, mention.span.end)]
    found = _after(figure.span, text, plain, others) or _before(figure.span, plain, others)
    return found or _opening(figure.span, plain, others)


def find_base(figure: Quantity, dates: Sequence[DateMention], others: Sequence[Span]) -> DateMention | None:
    """Find the period that a figure is compared with: the base named after it, before the next figure.

    Args:
        figure: The figure.
        dates: The dates of its sentence, in order.
        others: Where the sentence's other figures are, in order.
    """
    bases = [mention for mention in dates if mention.base]
    return (
        _after(figure.span, "", bases, others)
        or _before(figure.span, bases, others)
        or _opening(figure.span, bases, others)
    )


def _neighbours(figure: Span, others: Sequence[Span]) -> tuple[int, int | None]:
    """Return where the figure before ends (0 where there is none) and where the one behind begins."""
    previous = max((other.end for other in others if other.end <= figure.start), default=0)
    return previous, min((other.start for other in others if other.start >= figure.end), default=None)


def _after(figure: Span, text: str, dates: Sequence[DateMention], others: Sequence[Span]) -> DateMention | None:
    """Return the first date between a figure and the next, unless it opens the next one's clause."""
    _, following = _neighbours(figure, others)
    for mention in dates:
        if mention.span.start < figure.end:
            continue
        if text and _TURN.search(text, figure.end, mention.span.start):
            return None
        if following is None:
            return mention
        if mention.span.end > following:
            return None
        gap, onward = mention.span.start - figure.end, following - mention.span.end
        parted = text and _PART.search(text, figure.end, mention.span.start)
        return None if parted and onward < gap else mention
    return None


def _before(figure: Span, dates: Sequence[DateMention], others: Sequence[Span]) -> DateMention | None:
    """Return the last date between the figure before and this one."""
    previous, _ = _neighbours(figure, others)
    found = [mention for mention in dates if previous <= mention.span.start and mention.span.end <= figure.start]
    return found[-1] if found else None


def _opening(figure: Span, dates: Sequence[DateMention], others: Sequence[Span]) -> DateMention | None:
    """Return the date that stands before every figure of the sentence."""
    first = min([figure.start, *(other.start for other in others)])
    return next((mention for mention in dates if mention.span.end <= first), None)
