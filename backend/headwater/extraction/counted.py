"""Find what a number counts: the noun group behind it and its head, by rules of English word order alone.

A noun group of a plural number ends with its first plural noun ("2,590 enforced returns"), or the last of several in a
row ("92 small boats crossings"): before its head English puts adjectives, participles and singular nouns. It never
goes past a preposition, a conjunction, a pronoun, an auxiliary or a common verb. An "of" phrase belongs to it.
"""

from __future__ import annotations

from typing import NamedTuple

from headwater.extraction.tables import load_table, load_words
from headwater.extraction.tokens import HYPHENS, NUMBER, WORD, Tokens

_TABLE = load_table("counted")
STOPS = frozenset(_TABLE["stops"].split())
VERBS = frozenset(_TABLE["verbs"].split())
_PURE_VERBS = load_words("counted", "pure_verbs")
_PLURALS = frozenset(_TABLE["plurals"].split())
_NOMINAL = frozenset(_TABLE["nominal_adjectives"].split())
_NOT_PLURAL = frozenset(_TABLE["not_plural"].split())
_FILLERS = frozenset(_TABLE["fillers"])
CHANGE_NOUNS = frozenset(_TABLE["change_nouns"])
_IRREGULAR: dict[str, str] = _TABLE["irregular"]
_ENDINGS = (("people", "person"), ("children", "child"), ("men", "man"))  # "salespeople", "schoolchildren", "gunmen"
_SIBILANTS = ("sses", "shes", "ches", "xes", "zzes")  # plurals in "-es"
_LONGEST = 8  # words of one noun group: beyond it stands another phrase
_LONGEST_SINGULAR = 4
_OF_PHRASE = 5
_JOINED_ADJECTIVES = 3  # "mental health beds": the second adjective, its noun, and the head
_NO_HEAD = ("ed", "ing", "ly", "able", "ible", "ful", "ous", "less")
_NOUNS_ALL_THE_SAME = load_words("counted", "nouns_all_the_same")
_TRANSPARENT = load_words("counted", "transparent")
_DETERMINERS = load_words("counted", "determiners")


class NounGroup(NamedTuple):
    """Tokens `first` to `last - 1`, headed by token `head`; `plural` says whether the head is one."""

    first: int
    last: int
    head: int
    plural: bool

    def head_noun(self, tokens: Tokens) -> str:
        """Return the head, lower case and singular; of a formula ("CO2e") the whole of it."""
        begin = self.head
        while begin > self.first and tokens.glued(begin) and NUMBER in tokens.kinds[begin - 1 : begin + 1]:
            begin -= 1
        return to_singular("".join(tokens.lower[begin : self.head + 1]))


def to_singular(noun: str) -> str:
    """Return the singular of an English noun.

    Args:
        noun: Lower case.

    >>> [to_singular(noun) for noun in ("returns", "countries", "people", "classes", "boxes", "houses")]
    ['return', 'country', 'person', 'class', 'box', 'house']
    """
    noun = noun.removesuffix("'s").removesuffix("'")
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if not noun.endswith("s") or noun.endswith(("ss", "us", "is")) or noun in _NOT_PLURAL:
        plural, singular = next((pair for pair in _ENDINGS if noun.endswith(pair[0]) and noun != pair[0]), ("", ""))
    elif noun.endswith("ies") and len(noun) > 4:
        plural, singular = "ies", "y"
    else:
        plural, singular = ("es" if noun.endswith(_SIBILANTS) else "s"), ""
    return noun.removesuffix(plural) + singular if len(noun) > len(plural) else noun


def is_plural(tokens: Tokens, at: int) -> bool:
    """Say whether the word at a token looks like a plural noun.

    Args:
        tokens: The tokens.
        at: A word token.
    """
    word, written = tokens.lower[at], tokens.words[at]
    if word in _PLURALS:
        return True
    if word in _PURE_VERBS or len(word) < 3 or written.isupper() or word.endswith("'s"):
        return False  # "SRS", "US"
    if written[:-1].isupper() and word.endswith("s"):
        return True  # "MPs", "NGOs"
    if word in _NOT_PLURAL or word.endswith(("ss", "ous", "us", "is")):
        return False
    return word.endswith(("s", "s'")) or (word.endswith("men") and len(word) > 5)


def find_noun_group(tokens: Tokens, at: int, *, singular: bool = False) -> NounGroup | None:
    """Return the noun group that begins at a token, or None where none does.

    Args:
        tokens: The tokens.
        at: The token behind the number and its unit.
        singular: Whether the number is one, so that the group's head is singular.
    """
    at = _skip_fillers(tokens, at)
    end, heads = at, -1
    for _ in range(_LONGEST_SINGULAR if singular else _LONGEST):
        noun = not singular and heads < 0 and _is_verb_like_plural(tokens, end)
        noun = noun or (end == at and tokens.lower[at] in VERBS and tokens.lower[at - 1] in _DETERMINERS)  # "the vote"
        if heads < 0 and end > at and _joins_adjectives(tokens, end):
            end += 1
            continue
        if not (noun or _may_continue(tokens, end, heads)):
            break
        word_end = _word_end(tokens, end)
        if not singular and is_plural(tokens, word_end - 1):
            heads = word_end - 1
        elif heads >= 0:
            break
        end = word_end
    if heads < 0:
        return _without_plural(tokens, at, end, singular=singular)
    last = _with_of_phrase(tokens, heads + 1)
    return NounGroup(at, last, heads, plural=True)


def _joins_adjectives(tokens: Tokens, at: int) -> bool:
    """Say whether "and" stands between two words before one plural: "165 public and mental health beds"."""
    if tokens.lower[at] not in {"and", "or"} or tokens.lower[at - 1] in _NOMINAL:
        return False
    here = at + 1
    for _ in range(_JOINED_ADJECTIVES):
        if tokens.kinds[here] != WORD or tokens.lower[here] in STOPS or tokens.lower[here] in VERBS:
            return False
        end = _word_end(tokens, here)
        if is_plural(tokens, end - 1):
            return here > at + 1
        here = end
    return False


def _skip_fillers(tokens: Tokens, at: int) -> int:
    """Skip "of the", "more", "additional": words of amount before the noun."""
    for _ in range(4):
        if tokens.lower[at] not in _FILLERS or tokens.kinds[at] != WORD:
            break
        at += 1
    return at


def _word_end(tokens: Tokens, at: int) -> int:
    """Return the token behind the word at a token, hyphenated parts and possessive marks included."""
    end = at + 1
    if tokens.kinds[end] == NUMBER and tokens.glued(end):
        end += 2 if tokens.kinds[end + 1] == WORD and tokens.glued(end + 1) else 1  # "CO2", "CO2e"
    while (
        tokens.words[end] in HYPHENS and tokens.glued(end) and tokens.glued(end + 1) and tokens.kinds[end + 1] == WORD
    ):
        end += 2
    return end


def _may_continue(tokens: Tokens, at: int, head: int) -> bool:
    """Say whether the noun group goes on with the word at a token."""
    word = tokens.lower[at]
    if tokens.kinds[at] == NUMBER:
        return False
    if tokens.kinds[at] != WORD or (word in STOPS and not _joined(tokens, at)):
        return False
    if (word in VERBS or word in _PURE_VERBS) and not (head < 0 and _may_be_participle(tokens, at)):
        return False
    if (
        head >= 0
        and tokens.words[at][0].isupper()
        and not tokens.words[head][0].isupper()
        and not is_plural(tokens, at)
    ):
        return False  # "200 people Thursday", "20 officials Mr"
    return not (head >= 0 and word.endswith(("ed", "ing")))


def _may_be_participle(tokens: Tokens, at: int) -> bool:
    """Say whether a verb form right behind the number describes the noun: "3.5 million lost manufacturing jobs"."""
    word, after = tokens.lower[at], tokens.lower[at + 1]
    if word in {"said", "told"} or after in STOPS or tokens.kinds[at + 1] != WORD:
        return False
    return is_plural(tokens, at + 1) or (word.endswith(("t", "d", "n")) and is_plural(tokens, at + 2))


def _is_verb_like_plural(tokens: Tokens, at: int) -> bool:
    """Say whether a verb form in "-s" is a noun, as no verb of a plural subject ends so: "30,000 job cuts"."""
    return (
        tokens.kinds[at] == WORD
        and tokens.lower[at] in VERBS
        and is_plural(tokens, at)
        and tokens.lower[at] not in STOPS
    )


def _joined(tokens: Tokens, at: int) -> bool:
    """Say whether a stop word is part of a compound ("follow-up", "on-site", "US")."""
    return tokens.hyphen(at + 1) or (
        len(tokens.words[at]) <= 3 and tokens.words[at].isupper() and len(tokens.words[at]) > 1
    )


def _without_plural(tokens: Tokens, first: int, end: int, *, singular: bool) -> NounGroup | None:
    """Return the group where no plural was met: a singular head for one, an adjective used as a noun, or none."""
    if singular:
        while (
            end > first
            and tokens.lower[end - 1].endswith(_NO_HEAD)
            and tokens.lower[end - 1] not in _NOUNS_ALL_THE_SAME
        ):
            end -= 1
        if end == first or tokens.lower[end - 1].endswith("'s"):
            return None
        return _see_through(tokens, first, end)
    if end > first and tokens.lower[first] in _NOMINAL:
        return NounGroup(first, first + 1, first, plural=True)
    return None


def _see_through(tokens: Tokens, first: int, end: int) -> NounGroup | None:
    """Return the group of a singular head; "number of tests" is headed by what there is a number of."""
    if tokens.lower[end - 1] in _TRANSPARENT and tokens.lower[end] == "of":
        inner = find_noun_group(tokens, end + 1)
        if inner is not None:
            return inner
    return NounGroup(first, _with_of_phrase(tokens, end), end - 1, plural=False)


def _with_of_phrase(tokens: Tokens, at: int) -> int:
    """Return the token behind "of ..." where it follows a head: "members of staff", "cases of the virus"."""
    if tokens.lower[at] != "of" or tokens.kinds[at + 1] != WORD:
        return at
    here = at + 1
    if tokens.lower[here] in _DETERMINERS:
        here += 1
    begin = here
    while here < begin + _OF_PHRASE and _may_continue(tokens, here, -1):
        here = _word_end(tokens, here)
        if is_plural(tokens, here - 1):
            break
    return here if here > begin else at
