"""Words that read opposite and may both be so: what is asked for is not yet done, and a falling rate is of a rise.

"Three states have not signed" and "the minister urged the three states to sign" tell one story; so do "inflation fell
to 1.4%" and "prices rose by 1.4%".
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.comparison.polarity_reading import Pointing
from headwater.comparison.statements import Term, listed
from headwater.extraction.date_tokens import MONTHS, WEEKDAYS
from headwater.extraction.verbs import verb_base

DAY_REACH = 6  # words behind "close" in which its day stands: "close at noon GMT on February 10"
_OPEN = frozenset(("open", "opened", "opens"))
_CLOSES = frozenset(("close", "closes", "closing"))
_LIKE = frozenset(("same", "different"))
_TIMES = frozenset(("time", "day", "days", "week", "month", "year", "morning", "evening", "moment"))
# What is going slower may be strong all the same: "job gains have moderated but remain strong".
_SLOWING = frozenset(("slowed", "slowing", "slows", "cooled", "cooling", "eased", "easing", "moderated", "moderating"))
_STRONG = frozenset(("strong", "robust", "solid", "healthy", "resilient", "firm", "buoyant", "brisk", "low", "high"))
_GOING_ON = frozenset(("continue", "continues", "continued", "continuing"))
_LEAVING = frozenset(("leave", "leaves", "leaving", "left"))
_ASIDE = frozenset(("out", "aside", "alone", "behind", "off"))  # "leave out food and fuel" leaves nothing
_DAYS = frozenset((*WEEKDAYS, *MONTHS, "today", "tonight", "tomorrow", "midnight", "noon", "midday"))
ASKED_REACH = 4  # words before a verb in which what makes it a wish or a plan stands: "must by then be published"
PAST_REACH = 5  # words before a denied verb in which its auxiliary stands: "have so far still not joined"
FIGURE_REACH = 2  # words between a change and its figure: "fell back to 2%", "rose a further 2%"
OBJECT_REACH = 2  # words behind a verb in which its object is denied: "creates no new right"
_NONE = frozenset(("no", "nothing", "nobody"))
NONE_REACH = 8  # words before "right" in which its verb is denied: "does not, create any substantive or other right"
LATER_REACH = 6  # words behind a change by so much in which the level reached stands: "rose by 3 points to 7%"


def may_both_hold(ours: Pointing, theirs: Pointing) -> bool:
    """Say whether two words that deny each other may yet both be so.

    Args:
        ours: The claim's.
        theirs: The official one.
    """
    if _is_yet_to_be_done(ours, theirs) or _is_rate_of_the_other(ours, theirs):
        return True
    if any(_is_none_by_its_verb(*pair) or _is_denied_in_its_object(*pair) for pair in ((ours, theirs), (theirs, ours))):
        return True
    if any(_is_another_matter(*pair) for pair in ((ours, theirs), (theirs, ours))):
        return True
    return _is_open_until_closed(ours, theirs) or any(map(_is_of_one_time, (ours, theirs)))


def _is_another_matter(one: Pointing, other: Pointing) -> bool:
    """Say whether one word cannot be the opposite of the other, whatever both are said of."""
    if _word(one) in _SLOWING and _word(other) in _STRONG:
        return True
    behind = [word.text for word in one.place.statement.words[one.place.at + 1 : one.place.at + 3]]
    if _word(one) in _LEAVING and not _ASIDE.isdisjoint(behind[:1]):
        return True
    inside = [word.text for word in one.place.statement.words if one.span.contains(word.span)]
    if inside[:2] == ["no", "other"]:  # "no other woman has held it" denies no woman who has
        return True
    # "The embassy continues to work with lawyers" and "the course ended": it is the work that goes on
    goes_on = _word(one) in _GOING_ON and behind[:1] == ["to"]
    return goes_on and all(verb_base(word.text) != verb_base(behind[-1]) for word in other.place.statement.words)


def _is_denied_in_its_object(plain: Pointing, denied: Pointing) -> bool:
    """Say whether one side has "creates no right" and the other "does not create a right"."""
    words, at = plain.place.statement.words, plain.place.at
    behind = {word.text for word in words[at + 1 : at + 1 + OBJECT_REACH]}
    return denied.negated and not plain.negated and plain.side == denied.side and not _NONE.isdisjoint(behind)


def _is_none_by_its_verb(none: Pointing, other: Pointing) -> bool:
    """Say whether one side has "no right" and the other denies the verb instead: "does not create any right"."""
    if not none.negated or other.negated or none.side != other.side:
        return False
    opens = none.place.statement.words[: none.place.at + 1]
    if not any(word.text == "no" and none.span.contains(word.span) for word in opens):
        return False
    before = [word.text for word in _before(other, NONE_REACH)]
    return "any" in before and not {"not", "never", "nor"}.isdisjoint(before[: before.index("any")])


def _is_open_until_closed(ours: Pointing, theirs: Pointing) -> bool:
    """Say whether one side is open, on no day, and the other closes on one: "are now open", "close on 10 February"."""
    opening = [one for one in (ours, theirs) if _word(one) in _OPEN]
    closing = [one for one in (ours, theirs) if _word(one) in _CLOSES]
    if len(opening) != 1 or len(closing) != 1 or ours.negated or theirs.negated:
        return False
    return _has_day(closing[0]) and not _has_day(opening[0])


def _is_of_one_time(pointing: Pointing) -> bool:
    """Say whether "same" or "different" only tells when: "at the same time", "on the same day"."""
    behind = pointing.place.statement.words[pointing.place.at + 1 : pointing.place.at + 2]
    return _word(pointing) in _LIKE and bool(behind) and behind[0].text in _TIMES


def _word(pointing: Pointing) -> str:
    return pointing.place.statement.words[pointing.place.at].text


def _has_day(pointing: Pointing) -> bool:
    words, at = pointing.place.statement.words, pointing.place.at
    return any(word.figure or word.text in _DAYS for word in words[at + 1 : at + 1 + DAY_REACH])


def _is_yet_to_be_done(ours: Pointing, theirs: Pointing) -> bool:
    """Say whether one side has something not done so far, and the other asks for it, plans it or allows it."""
    if ours.side != theirs.side or ours.negated == theirs.negated:
        return False
    denied, affirmed = (ours, theirs) if ours.negated else (theirs, ours)
    return _is_not_so_far(denied) and _is_no_fact(affirmed)


def _is_not_so_far(pointing: Pointing) -> bool:
    before = _before(pointing, PAST_REACH)
    return not listed("done_so_far").isdisjoint(word.text for word in before)


def _is_no_fact(pointing: Pointing) -> bool:
    """Say whether a verb stands behind "must", "will" or "to": "managed to sign" has been done, all the same."""
    before = [word.text for word in _before(pointing, ASKED_REACH)]
    if "to" in before:
        at = len(before) - 1 - before[::-1].index("to")
        between = before[at + 1 :]
        return "have" not in between and (at == 0 or before[at - 1] not in listed("done_by_saying"))
    return "have" not in before and not listed("not_yet_fact").isdisjoint(before)


def _before(pointing: Pointing, reach: int) -> Sequence[Term]:
    words, at = pointing.place.statement.words, pointing.place.at
    return words[max(0, at - reach) : at]


def _is_rate_of_the_other(ours: Pointing, theirs: Pointing) -> bool:
    """Say whether one side gives the level reached, the other a change by the same figure and no level."""
    if not ours.axis or ours.side == theirs.side:
        return False
    reached, changed = (_level(ours), _change(theirs)) if _level(ours) else (_level(theirs), _change(ours))
    return bool(reached) and reached == changed


def _level(pointing: Pointing) -> str:
    """Return the figure that something rose or fell to, or ""."""
    return _figure_behind(pointing, "to", FIGURE_REACH)


def _change(pointing: Pointing) -> str:
    """Return the figure by which something rose or fell, or "" where the level that it reached stands too."""
    if _figure_behind(pointing, "to", LATER_REACH):
        return ""
    words, at = pointing.place.statement.words, pointing.place.at
    behind = words[at + 1 : at + 2 + FIGURE_REACH]
    return next((word.event for word in behind if word.figure), "")


def _figure_behind(pointing: Pointing, preposition: str, reach: int) -> str:
    words, at = pointing.place.statement.words, pointing.place.at
    for place in range(at + 1, min(at + 2 + reach, len(words) - 1)):
        if words[place].text == preposition and words[place + 1].figure:
            return words[place + 1].event
    return ""
