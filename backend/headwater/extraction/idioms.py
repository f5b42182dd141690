"""Tell number words that count from those in idioms, names and ordinals: "no one", "one-off", "a third man"."""

from __future__ import annotations

from headwater.domain.quantities import Dimension
from headwater.extraction.counted import STOPS, VERBS
from headwater.extraction.drafts import Draft
from headwater.extraction.numeral_types import Form
from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import NUMBER, WORD, Tokens

_PREFIXES = load_words("identifiers", "figure_prefixes")
_ONE_IDIOMS = load_words("identifiers", "one_idioms")
_ONE_BEFORE = load_words("identifiers", "one_before")
_ROOFS = load_words("identifiers", "roofs")
_HYPHEN_IDIOMS = load_words("identifiers", "hyphen_idioms")
_ORDINALS = load_words("identifiers", "ordinals")
_FRACTION_BEFORE = load_words("identifiers", "fraction_before")
_FRACTION_BEHIND = load_words("identifiers", "fraction_behind")
_FRACTION_HEDGES = frozenset(load_table("identifiers")["fraction_hedges"])
_FRACTION_TAIL = load_words("identifiers", "fraction_tail")
_OTHER_HALVES = load_words("identifiers", "other_halves")
_HALF_BEHIND = load_words("identifiers", "half_behind")
_HALF_BEFORE = load_words("identifiers", "half_before")


def _index_phrases() -> dict[str, list[tuple[str, ...]]]:
    """Index the fixed phrases by their first word, longest first."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for phrase in load_table("identifiers")["phrases"]:
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append(words)
    for listed in index.values():
        listed.sort(key=len, reverse=True)
    return index


_PHRASES = _index_phrases()
PHRASE_STARTS = frozenset(_PHRASES)


def find_phrase_end(tokens: Tokens, at: int) -> int | None:
    """Return the token behind a fixed phrase that begins at a token ("one by one", "net zero"), or None.

    Args:
        tokens: The tokens.
        at: Where to begin.
    """
    for words in _PHRASES.get(tokens.lower[at], ()):
        here = at
        for word in words:
            if here > at and tokens.hyphen(here):
                here += 1
            if tokens.lower[here] != word:
                break
            here += 1
        else:
            return here
    return None


def is_idiom(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a number word is a pronoun, part of a compound or of a name: "no one", "one-off", "Article Two".

    Args:
        tokens: The tokens.
        draft: The amount, with what it counts.
    """
    if tokens.hyphen(draft.number_end) and tokens.lower[draft.number_end + 1] in _ORDINALS:
        return True  # "forty-ninth"
    if draft.form is not Form.WORDS or tokens.lower[draft.first] == "half":
        return False
    one_word = draft.first + 1 >= draft.number_end and tokens.kinds[draft.first] == WORD
    if one_word and _is_compound(tokens, draft.first):
        return True
    return (one_word and _is_no_count(tokens, draft)) or _is_capital_name(tokens, draft)


def _is_compound(tokens: Tokens, at: int) -> bool:
    """Say whether a hyphen makes the word part of another: "one-off", "seventy-one" left over, "7-Eleven"."""
    if tokens.hyphen(at + 1) and (tokens.lower[at + 2] in _HYPHEN_IDIOMS or tokens.lower[at] == "zero"):
        return True  # "zero-risk"
    if not tokens.hyphen(at - 1):
        return False
    if tokens.kinds[at - 2] == NUMBER:
        return tokens.words[at][0].isupper()
    return tokens.kinds[at - 2] == WORD and tokens.lower[at - 2] not in _PREFIXES


def _is_no_count(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "one" is a pronoun, or "zero" a state."""
    word = tokens.lower[draft.first]
    if word == "one":
        return _is_pronoun(tokens, draft)
    if word in {"zero", "nil", "nought"}:
        return draft.bare and (draft.group is None or tokens.lower[draft.first - 1] in {"net", "near", "the", "a"})
    return False


def _is_pronoun(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "one" stands for a person or a thing, and counts nothing."""
    dimension = draft.unit.dimension
    if dimension not in {Dimension.COUNT, Dimension.DURATION} or draft.scaled or draft.last - draft.first > 2:
        return False
    after, before = tokens.lower[draft.number_end], tokens.lower[draft.first - 1]
    if dimension is Dimension.DURATION:
        return after in {"day", "night"} or before in {"no", "any", "every"}
    if before in _SAID and tokens.words[draft.first - 2] in _QUOTATION_ENDS:
        return True  # "..., said one official"
    no_count = draft.attributive or draft.group is None or _is_name(tokens.words[draft.group.head])
    return no_count or after in _ROOFS or after in _ONE_IDIOMS or before in _ONE_BEFORE


_PLACES = frozenset({"in", "at", "on", "by", "from", "near", "outside", "with", "as", "for"})  # "a third held in Leeds"
_SAID = frozenset({"said", "says", "added", "adds", "wrote", "asked", "recalled", "joked", "warned", "explained"})
_QUOTATION_ENDS = frozenset({",", '"', "”", "'", "’", "?", "!"})


def _is_name(word: str) -> bool:
    """Say whether a word is written as a name: "comparable to the one Germany adopted"."""
    return word[:1].isupper() and word[1:].islower()


def _is_capital_name(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a number word with a capital stands inside a sentence and heads no plural: "Nine Elms"."""
    at = draft.first
    if not tokens.words[at][:1].isupper() or at == 0 or draft.unit.dimension is not Dimension.COUNT or draft.scaled:
        return False
    before = tokens.words[at - 1]
    if before in {",", ";"}:
        return tokens.words[at + 1][:1].isupper()
    if tokens.kinds[at - 1] != WORD or tokens.ends_sentence(at - 1):
        return False
    return draft.group is None or before[:1].islower() or not draft.group.plural


def is_ordinal(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "a third" is an ordinal ("a third man") and "half" part of another word ("first half").

    Args:
        tokens: The tokens.
        draft: A fraction.
    """
    if draft.unit.dimension is not Dimension.PROPORTION or tokens.kinds[draft.first] != WORD:
        return False
    word, behind = tokens.lower[draft.first], tokens.lower[draft.last]
    if word == "half":
        return _is_other_half(tokens, draft)
    if word not in {"a", "an"}:
        return behind in {"party", "place"}
    if behind in _FRACTION_TAIL or _has_predicate(tokens, draft) or _is_hedged(draft):
        return False
    if tokens.lower[draft.first - 1] not in _FRACTION_BEFORE and draft.hedge is None:
        return True
    return tokens.kinds[draft.last] == WORD and behind not in _FRACTION_BEHIND


def _is_hedged(draft: Draft) -> bool:
    """Say whether a hedge stands before that no ordinal has: "nearly a third", unlike "about a third term"."""
    return draft.hedge is not None and " ".join(draft.hedge_words.lower().split()) in _FRACTION_HEDGES


def _has_predicate(tokens: Tokens, draft: Draft) -> bool:
    """Say whether a verb with an object or clause follows: "a third opposed it", unlike "a third wanted man"."""
    at = draft.last
    verb = tokens.lower[at] in VERBS or tokens.lower[at].endswith("ed")
    return verb and tokens.lower[at + 1] in STOPS - _PLACES


def _is_other_half(tokens: Tokens, draft: Draft) -> bool:
    """Say whether "half" is no share: "first half", "half-time", "half past", "in half"."""
    before, behind = tokens.lower[draft.first - 1], tokens.lower[draft.last]
    if tokens.hyphen(draft.last) or tokens.hyphen(draft.first - 1) or before in _OTHER_HALVES:
        return True
    return behind not in _HALF_BEHIND and draft.hedge is None and before not in _HALF_BEFORE
