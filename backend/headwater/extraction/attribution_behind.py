"""Who is the subject of a verb of speech behind it: "said Jane Smith, the health secretary"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from headwater.domain.spans import Span
from headwater.extraction.attribution_subjects import LONGEST_GROUP, begins_group, is_bare
from headwater.extraction.attribution_words import (
    BEHIND,
    BREAKS,
    FINITE,
    OPENERS,
    PEOPLE,
    PRONOUNS,
    ROLES,
    STUDIES,
    Token,
)

_LONGEST_BARE = 4  # words: "crime prevention minister"


def find_subject_behind(tokens: Sequence[Token]) -> Span | None:
    """Find the subject behind a verb: "said Jane Smith, the health secretary".

    Args:
        tokens: From behind the verb to the end of the sentence or the next quotation.
    """
    end = 0
    depth = 0
    for at, token in enumerate(tokens):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth > 0 or token.text == ")":
            end = at + 1
            continue
        if token.text in ".!?;:–—" or not (token.is_word or token.text == ","):
            break
        if token.text == "," and not _is_apposition(tokens[at + 1 :]):
            break
        if token.lower in BEHIND and not token.is_capital and not _belongs_to_office(tokens, at):
            break
        end = at + 1
    group = list(tokens[:end])
    while group and not group[-1].is_word and group[-1].text != ")":
        group.pop()
    if not group or len(group) > LONGEST_GROUP or not (begins_group(group[0]) or _is_bare_office(group)):
        return None
    if group[0].lower in PRONOUNS:
        group = group[:1]
    return None if is_bare(group) else Span(group[0].start, group[-1].end)


def _is_bare_office(group: Sequence[Token]) -> bool:
    """Say whether a name follows its office without an article: "port director Ian Flack"."""
    at = next((at for at, token in enumerate(group[:_LONGEST_BARE]) if token.lower in PEOPLE), None)
    if at is None or at + 1 >= len(group) or any(token.lower in FINITE | OPENERS for token in group[:at]):
        return False
    return group[at + 1].is_capital and all(token.is_word for token in group[: at + 1])


def _is_apposition(tokens: Sequence[Token]) -> bool:
    if not tokens or not tokens[0].is_word:
        return False
    first = tokens[0].lower
    if first in OPENERS | BREAKS | PRONOUNS or first.endswith("ing") or first in ("and", "but"):
        return False
    stop = next((at for at, token in enumerate(tokens) if token.text in ",.;:"), len(tokens))
    group = tokens[:stop]
    if any(token.lower in FINITE | BREAKS and not token.is_capital for token in group):
        return False
    return any(token.lower in ROLES for token in group[:8] if token.is_word)


def _belongs_to_office(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word goes on with an office or a text: "director of research at the institute", "a study by X"."""
    if tokens[at].lower not in ("at", "in", "on", "from", "with", "by") or at + 1 >= len(tokens):
        return False
    if tokens[at].lower in ("by", "from") and at > 0:
        return tokens[at - 1].lower in STUDIES
    office = any(token.lower in ROLES and not token.is_capital for token in tokens[:at])
    office |= any(comma.text == "," and a.lower in ("a", "an") for comma, a in pairwise(tokens[:at]))
    following = tokens[at + 1]
    return office and ((following.is_capital and following.lower not in OPENERS) or following.lower == "the")
