"""Tell ages from other numbers and durations: "aged 16 to 24", "65-year-olds", "under-18s", "Jane Smith, 27,"."""

from __future__ import annotations

from decimal import Decimal

from headwater.domain.quantities import Dimension, Qualifier, Unit
from headwater.extraction.counted import find_noun_group, is_plural
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import Form
from headwater.extraction.tables import load_words
from headwater.extraction.tokens import HYPHENS, NUMBER, WORD, Tokens
from headwater.extraction.units import UNITS

_OLDEST = Decimal(115)  # years; the oldest person ever reached 122
_LABELS = frozenset({"aged", "age", "ages"})
_BOUNDS = {"under": Qualifier.BELOW, "over": Qualifier.ABOVE, "unders": Qualifier.BELOW}


def _age(unit: Unit) -> Unit:
    """Return the unit of an age stated in a unit of time."""
    return Unit(Dimension.AGE, unit.code, unit.factor)


_YEARS = _age(UNITS["year"])


def read_age(tokens: Tokens, draft: Draft) -> None:
    """Make an age of a figure where the words around it say so.

    Args:
        tokens: The tokens.
        draft: A figure with its unit, before its noun group is sought.
    """
    if draft.unit.dimension is Dimension.DURATION:
        _from_duration(tokens, draft)
    elif draft.bare and draft.form is not Form.VAGUE and 0 <= draft.value <= _OLDEST and not draft.grouped:
        _from_number(tokens, draft)


def _from_duration(tokens: Tokens, draft: Draft) -> None:
    """Read "years old", "-year-olds", "years of age"; and "aged 18 months"."""
    at = draft.last + 1 if tokens.hyphen(draft.last) else draft.last
    if tokens.lower[at] in {"old", "olds"}:
        if not _is_of_a_thing(tokens, at):
            draft.unit, draft.last = _age(draft.unit), at + 1
    elif tokens.lower[at : at + 2] == ["of", "age"]:
        draft.unit, draft.last = _age(draft.unit), at + 2
    elif _label_before(tokens, draft.first):
        draft.unit = _age(draft.unit)


def _is_of_a_thing(tokens: Tokens, at: int) -> bool:
    """Say whether "-old" at a token is said of a thing, which has no age in a register: "the two-year-old notice"."""
    group = find_noun_group(tokens, at + 1, singular=True) if tokens.words[at - 1] in HYPHENS else None
    if group is None or not tokens.lower[at + 1].isalpha():
        return False
    nouns = tokens.words[at + 1 : group.head + 1]
    living = _PERSONS | _PEOPLE | _LIVING
    named = any(noun[:1].isupper() or noun.lower().endswith(_PERSON_ENDINGS) for noun in nouns)
    return not named and living.isdisjoint(noun.lower().removesuffix("s") for noun in nouns)


def _label_before(tokens: Tokens, first: int) -> bool:
    """Say whether "aged" or "age" stands before the number, a qualifier or "between" in between."""
    for back in range(1, 5):
        word = tokens.lower[first - back]
        if word in _LABELS:
            return True
        if word not in {
            "between",
            "over",
            "under",
            "about",
            "around",
            "of",
            "just",
            "only",
            "at",
            "least",
            "from",
            "the",
            "to",
        }:
            return False
    return False


def _from_number(tokens: Tokens, draft: Draft) -> None:
    """Read "aged 16", "under-18s", "the over 65s", "Jane Smith, 27,"."""
    last = draft.last
    plural = (tokens.lower[last] == "s" and tokens.glued(last)) or tokens.lower[last : last + 2] == ["'", "s"]
    bound_at = draft.first - 2 if tokens.words[draft.first - 1] in HYPHENS else draft.first - 1
    bound = _BOUNDS.get(tokens.lower[bound_at])
    grouped = tokens.words[draft.first - 1] in HYPHENS and tokens.lower[last] == "age"  # "the over-85 age group"
    if bound is not None and grouped:
        draft.unit, draft.qualifier, draft.hedge = _YEARS, bound, (bound_at, draft.first)
    elif plural and bound is not None:
        draft.unit, draft.last = _YEARS, last + 1
        draft.qualifier, draft.hedge = bound, (bound_at, draft.first)
    elif _is_number_of_years(tokens, draft):
        draft.unit = _YEARS


def _is_number_of_years(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the words around a bare number make it an age."""
    labelled = _label_before(tokens, draft.first) and tokens.lower[draft.last] != "to"
    return (
        labelled
        or _bound_behind(tokens, draft)
        or _between_commas(tokens, draft)
        or _bounds_people(tokens, draft)
        or _is_told_of_one(tokens, draft)
    )


_PERSONS = load_words("ages", "persons")
_LIVING = load_words("ages", "living")
_PERSON_ENDINGS = ("man", "woman", "fielder", "keeper", "worker", "maker", "player", "officer", "ologist")
_DETERMINERS = load_words("counted", "determiners")
_NOUN_GROUP = 5  # tokens in which "the" of "the former England striker" is sought
_YOUNG_OR_OLD = load_words("ages", "young_or_old")
_TURNED = frozenset({"turned", "turns", "turning"})
_ADVERBS = frozenset({"just", "only", "now", "about", "nearly", "almost", "around", "already", "barely"})
_ONES = frozenset({"he", "she", "who", "whom", "oldest", "youngest", "eldest"})
_ENDS_AGE = frozenset({"", ".", ",", ";", "?", "!", ")", "”", '"', "when", "at", "–", "—", "and", "but", "now"})
_PEOPLE = load_words("ages", "people")


def _bound_behind(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "and over" or "or younger" stands behind a number of years."""
    joint, word = tokens.lower[draft.last], tokens.lower[draft.last + 1]
    if joint not in {"and", "or"} or draft.value % 1 != 0:
        return False
    return word in {"older", "younger"} or (word in {"over", "under"} and 5 <= draft.value <= 100)


def _bounds_people(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "under 12" or "over 65" stands behind people and before no noun: "children under 12"."""
    bound = tokens.lower[draft.first - 1] in {"under", "over", "below", "above"}
    return bound and tokens.lower[draft.first - 2] in _PEOPLE and find_noun_group(tokens, draft.last) is None


def _between_commas(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a number stands as an age behind a name: two capitalised words, comma, number, comma."""
    first, last = draft.first, draft.last
    if tokens.kinds[first] != NUMBER or last - first != 1 or draft.value < 1 or tokens.words[first - 1] != ",":
        return False
    if tokens.kinds[first - 2] != WORD or not (_ends_name(tokens, first - 2) or _is_person(tokens, first - 2)):
        return False
    if tokens.words[last] in {"–", "—", "-"}:
        return not tokens.glued(last)
    return tokens.words[last] in {",", ".", ";", ":", ")"} and not tokens.glued(last + 1)


def _ends_name(tokens: Tokens, at: int) -> bool:
    """Say whether two capitalised words end at a token: "Jane Smith", "Siân O'Brien", "Ann Smith-Jones"."""
    before = at - 3 if tokens.hyphen(at - 1) else at - 1
    return all(
        tokens.words[here][:1].isupper() and tokens.words[here][-1].islower() and len(tokens.words[here]) > 1
        for here in (at, before)
    )


def _is_person(tokens: Tokens, at: int) -> bool:
    """Say whether a noun for one person ends a noun group at a token: "the pilot", "her grandmother"."""
    if not (tokens.lower[at] in _PERSONS or tokens.lower[at].endswith(_PERSON_ENDINGS)):
        return False
    return any(word in _DETERMINERS for word in tokens.lower[max(0, at - _NOUN_GROUP) : at])


def _is_told_of_one(tokens: Tokens, draft: Draft) -> bool:
    """Say whether the number is somebody's age: "turned 60", "when she was nine", "a child of 10"."""
    before, at = tokens.lower[draft.first - 1], draft.first - 1
    if draft.upper is not None or draft.value % 1 != 0 or draft.value < 1 or tokens.hyphen(draft.last):
        return False
    if before == "of":
        return tokens.lower[at - 1] in _YOUNG_OR_OLD and _stands_alone(tokens, draft)
    if before in _TURNED:
        return _stands_alone(tokens, draft)
    if before in _ADVERBS:
        at -= 1
    if tokens.lower[at] in {"was", "is"} and tokens.lower[draft.last] == "when" and _ends_name(tokens, at - 1):
        return True  # "Jane Smith was 15 when she left"
    is_one = tokens.lower[at] in {"was", "is"} and tokens.lower[at - 1] in _ONES
    return (is_one or tokens.lower[at] in {"he's", "she's"}) and tokens.lower[draft.last] in _ENDS_AGE


def _stands_alone(tokens: Tokens, draft: Draft) -> bool:
    """Say whether no noun follows that the number could count."""
    word = tokens.lower[draft.last]
    if word in {"to", "per", "of", "%", "out", "-", "for"} or tokens.glued(draft.last + 1):
        return False
    group = find_noun_group(tokens, draft.last)
    return group is None or not is_plural(tokens, group.head)
