"""Give a figure the unit that its clause leaves out: "from 12 years to nine", "22 months and his brother for 16".

And make percentage points of the points of polls, where shares beside them say so: "up four points to 25%".
"""

from __future__ import annotations

from itertools import pairwise

from headwater.domain.quantities import Dimension
from headwater.extraction.counted import STOPS
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import Form
from headwater.extraction.tokens import WORD, Tokens
from headwater.extraction.units import COUNT, UNITS

_POINT = UNITS["percentage_point"]
_BARE = frozenset({Dimension.COUNT, Dimension.SCORE, Dimension.MULTIPLE, Dimension.PROPORTION, Dimension.AGE})
_PARALLEL = 6  # tokens between "22 months" and "16": "and his brother for"
_LEADS = frozenset({"lead", "leads", "leading", "led", "ahead", "behind", "gap", "margin", "advantage"})
_FAR = 30  # tokens between "50 billion euros" and "200 billion more"
_MORE = frozenset({"more", "extra", "further"})
_LARGER = 2  # a sum that fell "from $12 to $11 billion" is larger than the next, though never many times
_NEAR_LEAD = 4  # tokens between "lead" and its points
_POLLS = frozenset({"approval", "poll", "polls", "polling", "pollster", "voters", "favorability", "favourability"})
_NEAR_POLL = 12  # tokens between "approval rating" and its points
_SWING = 4  # tokens between "swing" and "of 3 points"
_MOST_POINTS = 60  # of a lead or swing: a larger number of points is that of an index or a game


def borrow_units(tokens: Tokens, drafts: list[Draft]) -> None:
    """Complete the units of a line's figures by those beside them.

    Args:
        tokens: The tokens.
        drafts: The figures, in order, with what they count.
    """
    for left, right in pairwise(drafts):
        if _is_bare(tokens, right) and left.unit.dimension not in _BARE and _are_parallel(tokens, left, right):
            _borrow(left, right)
        if _leaves_currency_out(tokens, left, right):
            right.unit = left.unit
        if _leaves_scale_out(tokens, left, right):
            _borrow_scale(left, right)
    shares = [draft for draft in drafts if draft.unit.dimension is Dimension.PERCENT]
    for draft in drafts:
        if draft.unit is COUNT and _counts_points(tokens, draft) and _are_of_shares(tokens, draft, shares):
            _make_points(tokens, draft)


def _is_bare(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a figure is a number and nothing else, and no noun follows it."""
    bare = draft.bare and draft.group is None and not draft.grouped and draft.form is not Form.VAGUE
    after = draft.last
    return bare and (tokens.kinds[after] != WORD or tokens.lower[after] in STOPS) and not tokens.hyphen(after)


def _are_parallel(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether two figures stand alike: "from A to B", "for A and C for B", "A for C and B for D"."""
    gap = tokens.lower[left.last : right.first]
    if not gap or len(gap) > _PARALLEL:
        return False
    before = tokens.lower[left.first - 1]
    if gap == ["to"]:
        return before == "from"
    if "and" not in gap:
        return False
    alike = before == "for" and gap[-1] == "for" and tokens.kinds[right.last] != WORD
    return alike or (gap[0] == "for" and tokens.lower[right.last] == "for" and gap[-1] == "and")


def _borrow(left: Draft, right: Draft) -> None:
    """Give the right figure the unit of the left; pence and cents are hundredths of theirs."""
    if left.unit.dimension is Dimension.CURRENCY and not left.signed:
        return  # "from 45p to 50": pence or pounds
    if left.scaled and not right.scaled:
        return  # "from £3m to 5": the scale is left out as well, or is not
    right.unit = left.unit


def _leaves_currency_out(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether a sum is told by its scale alone: "brought in 50 billion euros, and may bring 200 billion more"."""
    if left.unit.dimension is not Dimension.CURRENCY or not (left.scaled and right.scaled) or right.unit is not COUNT:
        return False
    between = range(left.last, right.first)
    more = right.group is None and tokens.lower[right.last] in _MORE
    return more and len(between) <= _FAR and not any(tokens.ends_sentence(at) for at in between)


def _leaves_scale_out(tokens: Tokens, left: Draft, right: Draft) -> bool:
    """Say whether a sum leaves its scale word to the next: "from $8 to $11.8 billion"."""
    if left.scaled or left.grouped or left.unit.dimension is not Dimension.CURRENCY or left.unit is not right.unit:
        return False
    if tokens.lower[left.first - 1] != "from" or tokens.lower[left.last : right.first] != ["to"]:
        return False
    return right.spelled_scale > 1 and left.value * right.spelled_scale <= _LARGER * right.value


def _borrow_scale(left: Draft, right: Draft) -> None:
    left.value, left.step = left.value * right.spelled_scale, left.step * right.spelled_scale
    left.scaled, left.spelled_scale = True, right.spelled_scale


def _counts_points(tokens: Tokens, draft: Draft) -> bool:
    at = draft.last + 1 if tokens.hyphen(draft.last) else draft.last
    return tokens.lower[at] in {"point", "points"} and draft.value <= _MOST_POINTS and not draft.scaled


def _are_of_shares(tokens: Tokens, draft: Draft, shares: list[Draft]) -> bool:
    """Say whether points are those of a share: "four points to 25%", a swing, or a lead beside percentages."""
    behind = draft.last + (2 if tokens.hyphen(draft.last) else 1)
    before = tokens.lower[max(0, draft.first - _SWING) : draft.first]
    if "swing" in before or tokens.lower[behind] == "swing":
        return True
    if tokens.lower[behind] == "to" and any(share.first - behind in {1, 2} for share in shares):
        return True
    near = tokens.lower[max(0, draft.first - _NEAR_LEAD) : behind + _NEAR_LEAD]
    polled = tokens.lower[max(0, draft.first - _NEAR_POLL) : behind + _NEAR_POLL]
    if _LEADS.isdisjoint(near) and _POLLS.isdisjoint(polled):
        return False
    return any(_in_one_sentence(tokens, draft, share) for share in shares)


def _in_one_sentence(tokens: Tokens, draft: Draft, share: Draft) -> bool:
    """Say whether no sentence ends between two figures, and the second does not restate the first ("or 0.5%")."""
    first, last = (draft.last, share.first) if share.first > draft.first else (share.last, draft.first)
    if any(tokens.ends_sentence(at) for at in range(first, last)):
        return False
    return tokens.lower[share.first - 1] not in {"or", "("}


def _make_points(tokens: Tokens, draft: Draft) -> None:
    """Make percentage points of a count of points."""
    draft.last += 2 if tokens.hyphen(draft.last) else 1
    draft.unit, draft.group, draft.attributive = _POINT, None, False
