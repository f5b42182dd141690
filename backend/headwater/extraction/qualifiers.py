"""Find how firmly a figure is stated, from the words before it and behind it: "almost", "at least", "or more"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from headwater.domain.quantities import Dimension, Qualifier
from headwater.extraction.counted import STOPS
from headwater.extraction.currencies import SIGNS
from headwater.extraction.numeral_types import find_scale
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import Tokens

_TABLE = load_table("qualifiers")
_MAY_STAND_BETWEEN = load_words("qualifiers", "between")
_DURING = frozenset({"over"})  # "over six weeks" is during them; "for over six weeks" is more than them
_NOT_OF_TIME = frozenset({"past", "beyond", "towards", "around the", "projected"})  # "the past 24 hours"
_MAKES_IT_MORE = load_words("qualifiers", "makes_it_more")
_TAKES_OVER = load_words("qualifiers", "takes_over")
_UP_TO_OF_MOTION = load_words("qualifiers", "up_to_of_motion")


_OF_MILESTONES = load_words("qualifiers", "of_milestones")
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our", "existing", "current"})
_PERHAPS = frozenset({"perhaps", "maybe", "possibly"})  # "perhaps one reason" is no estimate
_KNOWN = load_words("qualifiers", "known")
_BOUNDS = load_words("qualifiers", "bounds")
_MULTIPLES = frozenset({"times", "time", "twice", "thrice", "half", "double", "triple"})
_NEARLY = frozenset({"almost", "nearly", "virtually", "practically"})  # "almost the 500 hoped for" is no comparison
_FIGURE_REACH = 6  # tokens of a figure and the word behind it: "US$ 1.5 million mark"


_OTHER_BOUND = {Qualifier.ABOVE: Qualifier.AT_MOST, Qualifier.BELOW: Qualifier.AT_LEAST}
_DENIALS = frozenset({"none", "nobody", "neither", "cannot"})  # "no", "not" and "never" deny too much besides
_NEW_CLAUSE = frozenset({",", ";", ":", ".", "(", "that", "who", "which", "and", "but", "while", "whose"})
_DENIAL_REACH = 5  # words: "none of them may get"


class Hedge(NamedTuple):
    """A qualifier, and tokens `first` to `last - 1` that say it."""

    qualifier: Qualifier
    first: int
    last: int


def _index(side: str, at: int) -> dict[str, list[tuple[tuple[str, ...], Qualifier]]]:
    """Index the phrases of one side by their last (-1) or first (0) word, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Qualifier]]] = {}
    for name, phrases in _TABLE[side].items():
        for words in _words(phrases):
            index.setdefault(words[at], []).append((words, Qualifier(name)))
    for listed in index.values():
        listed.sort(key=lambda entry: -len(entry[0]))
    return index


def _words(phrases: Iterable[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(phrase.split()) for phrase in phrases)


_BEFORE = _index("before", -1)
_AFTER = _index("after", 0)


def find_before(tokens: Tokens, first: int, dimension: Dimension) -> Hedge | None:
    """Return the qualifier before a figure, or None.

    Args:
        tokens: The tokens.
        first: The figure's first token.
        dimension: What the figure measures: "over" before a duration may mean during.
    """
    last = first
    for _ in range(3):
        hedge = _match_before(tokens, last)
        if hedge is not None and (_compares(tokens, hedge, first) or _is_no_milestone(tokens, hedge, first)):
            return None
        if hedge is not None and _ends_verb(tokens, hedge):
            return None
        if hedge is not None and tokens.lower[hedge.first : hedge.last] == ["up", "to"]:
            return None if tokens.lower[hedge.first - 1] in _UP_TO_OF_MOTION else hedge
        if hedge is not None:
            return None if _means_during(tokens, hedge, dimension) else _denied(tokens, hedge)
        if tokens.lower[last - 1] not in _MAY_STAND_BETWEEN or last <= 0:
            return None
        last -= 1
    return None


def _denied(tokens: Tokens, hedge: Hedge) -> Hedge:
    """Return a bound the other way about where its clause denies it: "none may get more than £500" is at most that."""
    other = _OTHER_BOUND.get(hedge.qualifier)
    if other is None or tokens.lower[hedge.last - 1] != "than":
        return hedge
    before = tokens.lower[max(0, hedge.first - _DENIAL_REACH) : hedge.first]
    clause = before[max((at + 1 for at, word in enumerate(before) if word in _NEW_CLAUSE), default=0) :]
    return hedge._replace(qualifier=other) if not _DENIALS.isdisjoint(clause) else hedge


def _match_before(tokens: Tokens, last: int) -> Hedge | None:
    for words, qualifier in _BEFORE.get(tokens.lower[last - 1] if last > 0 else "", ()):
        first = last - len(words)
        if first >= 0 and tuple(tokens.lower[first:last]) == words:
            return Hedge(qualifier, first, last)
    return None


def _ends_verb(tokens: Tokens, hedge: Hedge) -> bool:
    """Say whether "over" belongs to the verb before it: "handed over £250"."""
    over = tokens.lower[hedge.first : hedge.last] == ["over"]
    return over and hedge.first > 0 and tokens.lower[hedge.first - 1] in _TAKES_OVER


def _compares(tokens: Tokens, hedge: Hedge, first: int) -> bool:
    """Say whether the words compare with a known figure: "above the 2% target", and not "above the 1,000 mark"."""
    if tokens.lower[hedge.first] == "as" and tokens.lower[hedge.first - 1] in _MULTIPLES:
        return True  # "three times as many as 300"
    known = any(word in _KNOWN for word in tokens.lower[hedge.last : first])
    comparison = hedge.qualifier in {Qualifier.BELOW, Qualifier.ABOVE} and tokens.lower[hedge.last - 1] not in _NEARLY
    return known and comparison and _BOUNDS.isdisjoint(tokens.lower[first : first + _FIGURE_REACH])


def _is_no_milestone(tokens: Tokens, hedge: Hedge, first: int) -> bool:
    """Say whether "passed" stands before a small bare number (laws, not a milestone), or "perhaps" before "one"."""
    if tokens.lower[hedge.first] in _PERHAPS:
        return tokens.lower[first] == "one"
    if tokens.lower[hedge.first] not in _OF_MILESTONES:
        return False
    number, behind = tokens.words[first], tokens.lower[first + 1]
    return not ("," in number or number in SIGNS or find_scale(behind) is not None or behind in {"m", "bn", "tn", "%"})


def _means_during(tokens: Tokens, hedge: Hedge, dimension: Dimension) -> bool:
    """Say whether "over" before a duration means during it, or "towards" and "past" their plain senses."""
    word = tokens.lower[hedge.first]
    if word == "near" and hedge.last - hedge.first == 1:
        return dimension not in {Dimension.PERCENT, Dimension.CURRENCY, Dimension.PROPORTION}
    if word in _NOT_OF_TIME and dimension is Dimension.DURATION:
        return True
    if hedge.last - hedge.first > 1 or dimension is not Dimension.DURATION:
        return False
    return word in _DURING and tokens.lower[hedge.first - 1] not in _MAKES_IT_MORE


def find_after(tokens: Tokens, last: int) -> Hedge | None:
    """Return the qualifier behind a figure or its noun group, or None.

    Args:
        tokens: The tokens.
        last: The token behind the figure.
    """
    for words, qualifier in _AFTER.get(tokens.lower[last], ()):
        end = last + len(words)
        if tuple(tokens.lower[last:end]) == words and _stands_apart(tokens, last, end, words):
            return Hedge(qualifier, last, end)
    return None


def _stands_apart(tokens: Tokens, first: int, end: int, words: tuple[str, ...]) -> bool:
    """Say whether the phrase qualifies what stands before it, and not what follows ("or more people")."""
    if words in {("+",), ("-", "plus"), ("-", "odd"), ("-", "ish")}:
        return tokens.glued(first)
    if words[0] in {"plus", "at", "approximately", "roughly", "minimum", "maximum", "give"}:
        follows = tokens.lower[end]
        if follows in STOPS and words[0] == "at":
            return True
        return not follows or not (follows[0].isalnum() or follows in {"£", "$", "€"})
    follows = tokens.lower[end]
    if words[0] == "and" and (follows == "of" or follows[:1].isdigit() or follows in {"£", "$", "€"}):
        return False  # "one dose and upwards of 141,000 two"
    if words[0] == "and" and follows in _ARTICLES:
        return False  # "13.4 per cent, and under the previous government 10.8"
    return follows not in {"than", "importantly", "crucially", "to"}
