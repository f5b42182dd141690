"""Read every figure of a text: amounts, units, what they count, how firmly they are stated, which way they moved.

The text is walked line by line as tokens. At each token that can begin a figure one amount is read by hand-written
rules; neighbours are joined to ranges and scores; names and years are dropped; the words around give the rest.
Every look-around is bounded in tokens, so that the work grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from headwater.domain.quantities import Dimension, Qualifier, Quantity, Role
from headwater.domain.spans import Span
from headwater.extraction import ages, identifiers, idioms, labels, proportions, qualifiers
from headwater.extraction.amounts import find_amount
from headwater.extraction.borrowed_units import borrow_units
from headwater.extraction.changes import assign_change
from headwater.extraction.counted import NounGroup, find_noun_group
from headwater.extraction.currencies import SIGNS
from headwater.extraction.drafts import Draft
from headwater.extraction.joining import join_neighbours
from headwater.extraction.masks import find_masks
from headwater.extraction.numeral_types import Form
from headwater.extraction.numerals import STARTERS
from headwater.extraction.parts import link_parts
from headwater.extraction.rates import read_rate
from headwater.extraction.stops import read_stops
from headwater.extraction.tables import load_words
from headwater.extraction.tokens import DASHES, FRACTION, NUMBER, SIGN, WORD, Tokens, iterate_windows
from headwater.extraction.units import AMERICAN, american
from headwater.text.letters import letter_runs

REMEMBERED = 4_096  # texts, a kilobyte each: ranking reads the figures of passages that are compared afterwards
_AMOUNT_STARTS = STARTERS | proportions.MULTIPLE_WORDS | {"half", "minus", "negative", "few", "couple", "many"}
_STARTS = _AMOUNT_STARTS | idioms.PHRASE_STARTS
_IN_WORDS = (STARTERS | proportions.MULTIPLE_WORDS) - {"a", "an"}  # one of them is part of every figure without a digit
_IN_SIGNS = re.compile(r"[\d¼½¾⅐-⅞]")
_BRITISH = ("£", "per cent", "tonne", "litre", "metre", "A$")  # no American text writes these
_COUNTABLE = frozenset(
    {Dimension.COUNT, Dimension.CURRENCY, Dimension.PERCENT, Dimension.PROPORTION, Dimension.MULTIPLE}
)
_SUBSTANCE = frozenset(Dimension) - _COUNTABLE - {Dimension.AGE, Dimension.SCORE, Dimension.TEMPERATURE}


def extract_quantities(text: str, *, exclude: Sequence[Span] = ()) -> tuple[Quantity, ...]:
    """Return the figures of a text in order of appearance; dates and names with numbers in them are none.

    Args:
        text: Any text; a newline ends every figure.
        exclude: Spans to leave alone, such as those of dates.

    >>> [(q.surface, str(q.value), q.counted) for q in extract_quantities("Almost 2,590 enforced returns")]
    [('2,590', '2590', 'enforced returns')]
    >>> extract_quantities("Covid-19 rules under Section 21 of 2019")
    ()
    """
    return _read_lines(text, tuple(exclude)) if may_hold_figure(text) else ()


def may_hold_figure(text: str) -> bool:
    """Say whether a text may hold a figure: a look at its letters and digits, which most passages end with.

    Args:
        text: Any text.
    """
    return not _IN_WORDS.isdisjoint(letter_runs(text)) or _IN_SIGNS.search(text) is not None


@lru_cache(maxsize=REMEMBERED)
def _read_lines(text: str, exclude: tuple[Span, ...]) -> tuple[Quantity, ...]:
    masks = sorted((span.start, span.end) for span in exclude if len(span))
    quantities: list[Quantity] = []
    at = 0
    for start, end in iterate_windows(text):
        own = find_masks(text, start, end)
        while at < len(masks) and masks[at][1] <= start:
            at += 1
        here = at
        while here < len(masks) and masks[here][0] < end:
            own.append(masks[here])
            here += 1
        quantities.extend(_read_window(Tokens(text, start, end, sorted(own))))
    return tuple(read_stops(quantity) for quantity in _in_american_measure(quantities, text))


def _in_american_measure(quantities: list[Quantity], text: str) -> list[Quantity]:
    """Return the figures with gallons, pints and tons of an American text as the American ones."""
    if not any(quantity.unit.code in AMERICAN for quantity in quantities):
        return quantities
    american_text = ("$" in text or "percent" in text) and not any(word in text for word in _BRITISH)
    return [replace(read, unit=american(read.unit)) for read in quantities] if american_text else quantities


def _read_window(tokens: Tokens) -> list[Quantity]:
    """Read the figures of one line."""
    drafts = join_neighbours(tokens, _read_amounts(tokens))
    kept = _read_context(tokens, drafts)
    borrow_units(tokens, kept)
    for draft in kept:
        assign_change(tokens, draft)
    link_parts(tokens, kept)
    return [_finish(tokens, draft) for draft in kept]


def _read_amounts(tokens: Tokens) -> list[Draft]:
    """Read every amount of a line, from left to right."""
    drafts: list[Draft] = []
    at = 0
    while at < tokens.count:
        if not _may_start(tokens, at):
            at += 1
            continue
        draft, at = _read_at(tokens, at)
        if draft is not None:
            drafts.append(draft)
    return drafts


def _may_start(tokens: Tokens, at: int) -> bool:
    """Say whether a figure can begin at a token."""
    kind = tokens.kinds[at]
    if kind == WORD:
        if tokens.lower[at] == "minus" and tokens.lower[at - 1] == "or":
            return False  # "plus or minus 3 points"
        return tokens.lower[at] in _STARTS or (len(tokens.words[at]) <= 4 and _may_be_code(tokens, at))
    if kind == SIGN:
        word = tokens.words[at]
        return word in SIGNS or ((word in DASHES or word == "+") and tokens.glued(at + 1) and not tokens.glued(at))
    return kind in {NUMBER, FRACTION}


def _may_be_code(tokens: Tokens, at: int) -> bool:
    """Say whether a short word may stand for a currency, by what follows it: "US$", "GBP 5", "Rs. 5", "CHF -5"."""
    after = tokens.words[at + 1]
    if tokens.kinds[at + 1] == NUMBER or after in SIGNS or after == ".":
        return True
    return after in DASHES and tokens.kinds[at + 2] == NUMBER and tokens.words[at].isupper()


def _read_at(tokens: Tokens, at: int) -> tuple[Draft | None, int]:
    """Return the amount at a token, if there is one, and the token to go on from."""
    phrase_end = idioms.find_phrase_end(tokens, at) if tokens.kinds[at] == WORD else None
    if phrase_end is not None:
        return None, phrase_end
    if _begins_none(tokens, at):
        return None, at + 1
    draft = proportions.find_multiple(tokens, at) or find_amount(tokens, at)
    if draft is None:
        return None, at + 1
    if not draft.signed and draft.form in {Form.DIGITS, Form.WORDS}:
        share = proportions.find_share(tokens, draft)
        if share is not None:
            return share, share.last
        if draft.unit.dimension is Dimension.COUNT:
            proportions.make_multiple(tokens, draft)
    elif draft.signed:
        draft = proportions.find_share(tokens, draft) or draft
    ages.read_age(tokens, draft)
    if identifiers.letters_follow(tokens, draft) or identifiers.too_large(draft.value):
        return None, draft.last + 1
    return draft, draft.last


def _begins_none(tokens: Tokens, at: int) -> bool:
    """Say whether a number names something, or a word begins a phrase and no figure."""
    if tokens.kinds[at] == NUMBER:
        return identifiers.names_before_reading(tokens, at)
    return tokens.kinds[at] == WORD and tokens.lower[at] not in _AMOUNT_STARTS and not _may_be_code(tokens, at)


def _read_context(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """Give each amount its noun group, hedge and rate, and drop what is a name, a year or an idiom."""
    kept: list[Draft] = []
    label_end = behind = -1
    for draft in drafts:
        if draft.first < behind:
            continue
        ages.read_age(tokens, draft)
        _take_group(tokens, draft)
        _take_hedge_before(tokens, draft)
        if labels.is_label(tokens, draft, label_end):
            label_end = draft.last
            continue
        if _is_no_figure(tokens, draft):
            continue
        read_rate(tokens, draft)
        _take_hedge_behind(tokens, draft)
        kept.append(draft)
        behind = draft.last
    return kept


def _is_no_figure(tokens: Tokens, draft: Draft) -> bool:
    """Say whether what was read is a name, a year, a list number, an idiom or a fraction that is an ordinal."""
    if draft.form is Form.DIGITS and draft.bare and labels.is_list_number(tokens, draft):
        return True
    if draft.form is Form.FRACTION:
        return idioms.is_ordinal(tokens, draft)
    return identifiers.is_name_or_year(tokens, draft) or idioms.is_idiom(tokens, draft)


def _take_group(tokens: Tokens, draft: Draft) -> None:
    """Find what a figure counts, as English puts it for its kind of unit."""
    dimension, at = draft.unit.dimension, draft.last
    if draft.attributive and dimension is Dimension.COUNT:
        _take_hyphened_noun(tokens, draft)
    elif dimension in {Dimension.COUNT, Dimension.MULTIPLE}:
        singular = draft.value == 1 and draft.upper is None and not draft.scaled
        draft.group = find_noun_group(tokens, at, singular=singular)
    elif dimension in _COUNTABLE:
        _take_what_it_is_of(tokens, draft)
    elif dimension in _SUBSTANCE and tokens.lower[at] == "of" and not _is_stretch_of_time(tokens, draft):
        draft.group = find_noun_group(tokens, at + 1, singular=True)


def _take_hyphened_noun(tokens: Tokens, draft: Draft) -> None:
    """Read "nation" in "27-nation"."""
    at = draft.last + 1
    group = None if draft.scaled else find_noun_group(tokens, at, singular=True)
    if group is not None:
        draft.group = group._replace(last=at + 1, head=at)


def _is_stretch_of_time(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "of" behind a duration tells when and not what: "the last 24 hours of the year"."""
    if draft.unit.dimension is not Dimension.DURATION:
        return False
    return tokens.lower[draft.last + 1] in _TIME_BEHIND or tokens.lower[draft.first - 1] in _TIME_BEFORE


def _take_what_it_is_of(tokens: Tokens, draft: Draft) -> None:
    """Find the noun behind money, a percentage or a fraction: "of adults", "in aid", "worth of drugs"."""
    dimension, at = draft.unit.dimension, draft.last
    word, after = tokens.lower[at], tokens.lower[at + 1]
    money = dimension is Dimension.CURRENCY
    if word == "of" or (word == "in" and money and after not in _MONEY_DETERMINERS):
        draft.group = _find_any_group(tokens, at + 1)
    elif word == "worth" and after == "of":
        draft.group = _find_any_group(tokens, at + 2)
    elif money:
        _take_what_money_is_for(tokens, draft)
    elif dimension is Dimension.PROPORTION:
        of_them = word in _WHOLE_BEHIND
        draft.group = _find_any_group(tokens, at) if of_them else find_noun_group(tokens, at)


def _find_any_group(tokens: Tokens, at: int) -> NounGroup | None:
    """Return the noun group at a token, headed by a plural if there is one, else by a singular."""
    return find_noun_group(tokens, at) or find_noun_group(tokens, at, singular=True)


def _take_what_money_is_for(tokens: Tokens, draft: Draft) -> None:
    """Read "fund" in "a £75 million fund": money stands before its noun only behind a determiner."""
    if draft.attributive and tokens.lower[draft.last + 1] in {"a", "an", "per"}:
        return  # "£200-a-week": a rate
    before = [word for word in tokens.lower[max(0, draft.first - 3) : draft.first] if word not in _AMOUNT_FILLERS]
    if (before and before[-1] in _MONEY_DETERMINERS) or draft.attributive:
        draft.group = find_noun_group(tokens, draft.last + 1 if draft.attributive else draft.last, singular=True)


_WHOLE_BEHIND = frozenset({"the", "its", "their", "our", "all", "these", "those"})  # "half the workforce"
_TIME_BEHIND = frozenset({"the", "this", "that", "its", "their", "a", "our"})
_TIME_BEFORE = frozenset({"last", "past", "next", "previous", "first", "final", "coming"})
_AMOUNT_FILLERS = load_words("counted", "money_fillers")
_MONEY_DETERMINERS = load_words("counted", "money_determiners")


def _take_hedge_before(tokens: Tokens, draft: Draft) -> None:
    """Find the qualifier before a figure."""
    hedge = None if draft.hedge is not None else qualifiers.find_before(tokens, draft.first, draft.unit.dimension)
    if hedge is not None:
        draft.qualifier, draft.hedge = hedge.qualifier, (hedge.first, hedge.last)
    if draft.hedge is not None:
        first, last = draft.hedge
        draft.hedge_words = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]


def _take_hedge_behind(tokens: Tokens, draft: Draft) -> None:
    """Find the qualifier behind a figure or behind what it counts, where none stands before it."""
    if draft.qualifier is not Qualifier.EXACT:
        return
    hedge = qualifiers.find_after(tokens, draft.last) or (
        qualifiers.find_after(tokens, draft.end) if draft.end > draft.last else None
    )
    if hedge is not None:
        draft.qualifier = hedge.qualifier
        draft.hedge_words = tokens.text[tokens.starts[hedge.first] : tokens.ends[hedge.last - 1]]
    if hedge is not None and draft.group is None and draft.unit.dimension is Dimension.COUNT:
        draft.group = find_noun_group(tokens, hedge.last)


def _finish(tokens: Tokens, draft: Draft) -> Quantity:
    """Make the frozen quantity of a draft."""
    if draft.group is not None and not draft.counted:
        first, last = draft.group.first, draft.group.last
        draft.counted = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
        draft.counted_head = draft.group.head_noun(tokens)
    span = tokens.span(draft.first, draft.last)
    return Quantity(
        surface=span.slice(tokens.text),
        span=span,
        value=_plain(draft.value),
        unit=draft.unit,
        qualifier=draft.qualifier,
        qualifier_surface=draft.hedge_words,
        step=_plain(draft.step),
        upper=None if draft.upper is None else _plain(draft.upper),
        counted=draft.counted,
        counted_head=draft.counted_head,
        direction=draft.direction,
        role=draft.role if draft.form is not Form.VAGUE or draft.role is not Role.LEVEL else Role.LEVEL,
        whole=draft.whole,
        negative=draft.value < 0,
        vague=draft.form is Form.VAGUE,
    )


def _plain(value: Decimal) -> Decimal:
    """Return a value without exponent and trailing zeros: 75000000, not 75E+6; 0.50 stays 0.5."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1)) if abs(value) < Decimal("1e26") else value
    return value.normalize()
