"""Runs of words that may be one name: capitals with the small words that stand inside names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_tables import common_words, find_known, given_names, name_words, phrase_lengths
from headwater.extraction.names_tokens import NameToken, is_joined

LONGEST_RUN = 14  # words: "Department for Environment, Food and Rural Affairs" and a little more
_TAIL_REACH = 4  # words behind "and" in which "Office" or "Commission" must stand


@cache
def _heads() -> frozenset[str]:
    return name_words().organisations | name_words().laws


def phrase_at(tokens: Sequence[NameToken], at: int) -> int:
    """Return how many words a longer name of the tables has that begins at a word, or 0.

    Args:
        tokens: Of the line.
        at: Where.
    """
    for length in phrase_lengths().get(fold_name(tokens[at].text), ()):
        words = tokens[at : at + length]
        if len(words) == length and words[-1].is_capital and all(t.gap in (" ", ", ", " & ") for t in words[1:]):
            if any(t.possessive for t in words[:-1]):
                continue
            if find_known([t.text for t in words]) is not None:
                return length
    return 0


def find_runs(tokens: Sequence[NameToken], taken: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the first and one past the last word of every run of capitals.

    Args:
        tokens: Of the line.
        taken: For each word, whether it belongs to an office and ends a run.
    """
    runs = []
    at = 0
    while at < len(tokens):
        if taken[at] or not _may_begin(tokens, at):
            at += 1
            continue
        end = _extend(tokens, taken, at)
        runs.append((at, end))
        at = end
    return runs


def _may_begin(tokens: Sequence[NameToken], at: int) -> bool:
    token = tokens[at]
    if token.text in ("I", "A") and not (at + 1 < len(tokens) and tokens[at + 1].gap == ". "):
        return False
    return is_name_word(token, tokens[at - 1] if at else None)


def is_name_word(token: NameToken, before: NameToken | None) -> bool:
    """Say whether a word may be part of a name: a capital, and no month, day or pronoun.

    Args:
        token: The word.
        before: The word before it, by which "Theresa May" is told from the month.
    """
    if token.lower.startswith(("al-", "el-")) and any(c.isupper() for c in token.text):
        return True
    if not token.is_capital or ("'" in token.lower and token.lower.split("'")[0] in name_words().openers):
        return False  # "We've", "I'm"
    if token.lower.endswith("n't") or _is_numeral(token):
        return False
    if token.lower in name_words().calendar:
        named = before is not None and is_joined(token, before)
        return token.lower == "may" and named and before is not None and _is_first_name(before)
    return True


def _is_numeral(token: NameToken) -> bool:
    """Say whether a word is a compound number: "Thirty-one Australians", behind a dateline too."""
    parts = token.lower.split("-")
    return len(parts) > 1 and all(part in name_words().openers for part in parts)


def _is_first_name(token: NameToken) -> bool:
    return token.text in given_names() or token.lower in name_words().honorifics


def _extend(tokens: Sequence[NameToken], taken: Sequence[bool], start: int) -> int:
    at = start + max(1, phrase_at(tokens, start))
    while at < len(tokens) and at - start < LONGEST_RUN and not taken[at]:
        last = tokens[at - 1]
        if last.possessive and not _owns(tokens, at):
            break
        if is_joined(tokens[at], last) and (is_name_word(tokens[at], last) or _is_tail(tokens[at], last)):
            at += max(1, phrase_at(tokens, at))
            continue
        skipped = _joint(tokens, taken, start, at)
        if skipped < 0:
            break
        at += skipped
        at += max(1, phrase_at(tokens, at))
    return min(at, len(tokens))


def _is_tail(token: NameToken, last: NameToken) -> bool:
    """Say whether a word without a capital ends a name: "Rolls-Royce plc", "Article 50"."""
    numbered = token.text[0].isdigit() and last.lower in name_words().numbered_laws
    return token.text in name_words().companies or numbered


def _owns(tokens: Sequence[NameToken], at: int) -> bool:
    """Say whether a possessive belongs to the name: "Women's Aid", "King's College", not "Russia's Duma"."""
    last = tokens[at - 1]
    if not last.is_capital or not tokens[at].is_capital or find_known([last.text]) is not None:
        return False
    heads = name_words().organisations | name_words().place_tails | name_words().laws
    known = last.lower in common_words() or last.lower in name_words().royal
    return known and tokens[at].lower in heads | {"aid", "speech", "republic", "bench"}


def _joint(tokens: Sequence[NameToken], taken: Sequence[bool], start: int, at: int) -> int:
    """Return how many small words at a place join it to the run before; -1 where it does not go on."""
    if tokens[at].gap == ", ":
        return 0 if tokens[at].is_capital and _goes_on_listing(tokens, start, at) else -1
    following = _next_capital(tokens, taken, at)
    if following is None or following == at or not is_name_word(tokens[following], tokens[following - 1]):
        return -1  # a month or a pronoun ends a name: "Since February Zimbabweans", "the committee on April 15"
    between = [tokens[place].lower for place in range(at, following)]
    if all(word in name_words().particles for word in between):
        return len(between)
    if len(between) > 2 or (len(between) == 2 and (between[1] != "the" or between[0] == "and")):
        return -1
    return len(between) if _small_word_joins(tokens, start, at, following) else -1


def _next_capital(tokens: Sequence[NameToken], taken: Sequence[bool], at: int) -> int | None:
    """Return the first capital among the next few words, if nothing but blanks parts them."""
    for place in range(at, min(at + 4, len(tokens))):
        if not is_joined(tokens[place], tokens[place - 1]) or taken[place]:
            return None
        if tokens[place].is_capital:
            return place
    return None


def _small_word_joins(tokens: Sequence[NameToken], start: int, at: int, following: int) -> bool:
    word, last = tokens[at].lower, tokens[at - 1].lower
    if word == "of":
        return _joins_of(tokens, at, following)
    if word == "and":
        return _joins_and(tokens, start, at, following)
    return (word == "for" and last in name_words().for_heads) or (word == "on" and last in name_words().on_heads)


def _goes_on_listing(tokens: Sequence[NameToken], start: int, at: int) -> bool:
    """Say whether "Department for Business, Energy and ..." goes on behind a comma."""
    words = [token.lower for token in tokens[start:at]]
    if not name_words().listing_heads.intersection(words) or not {"of", "for", "on"}.intersection(words):
        return False
    ahead = tokens[at : at + 6]
    common = all(token.lower in common_words() for token in ahead[:3] if token.is_capital)
    ends = next((place for place, token in enumerate(ahead) if token.lower == "and"), -1)
    return (
        common and 0 < ends < len(ahead) - 1 and ahead[ends + 1].is_capital and ahead[ends + 1].lower in common_words()
    )


def _joins_of(tokens: Sequence[NameToken], at: int, following: int) -> bool:
    last, after = tokens[at - 1], tokens[following]
    known_place = find_known([after.text])
    if last.lower in (
        "government",
        "parliament",
        "people",
        "president",
        "king",
        "queen",
        "peoples",
        "members",
        "ministers",
        "nation",
    ):
        return False
    if known_place is not None and last.lower in name_words().generic - name_words().organisations:
        return False
    return last.lower in common_words() or last.lower in _heads() or last.lower in name_words().place_heads


def _is_titled(run: Sequence[NameToken]) -> bool:
    """Say whether a run opens as a body's title does: "National Oceanic and ...", "Human Fertilisation and ..."."""
    place = any(find_known([token.text]) is not None for token in run)
    common = run[0].lower in common_words() | name_words().generic and not run[0].initial
    return len(run) > 1 and common and not place and run[0].text not in given_names()


def _joins_and(tokens: Sequence[NameToken], start: int, at: int, following: int) -> bool:
    run, last = tokens[start:at], tokens[at - 1]
    words = {token.lower for token in run}
    known = last.lower in common_words() or last.lower.removesuffix("s") in common_words() or _is_titled(run)
    if last.is_acronym or tokens[following].is_acronym or not known:
        return False
    if words & {"of", "for", "on"} and words & (_heads() | name_words().for_heads) and last.lower not in _heads():
        return tokens[following].lower in common_words() and find_known([tokens[following].text]) is None
    chamber = run[0].lower in ("house", "senate", "commons", "lords")  # "House Ways and Means Committee"
    if len(run) > 3 or (words - {run[0].lower} if chamber else words) & _heads():
        return False
    tail = following
    while tail < len(tokens) and tail < following + _TAIL_REACH and tokens[tail].is_capital:
        if tokens[tail].lower in _heads() | {"administration"} and (
            tail > following or tokens[tail].lower in name_words().laws | {"office"}
        ):
            return True
        tail += 1
    return False
