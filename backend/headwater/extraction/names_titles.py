"""Headings and headlines, where every word has a capital and capitals prove nothing."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.domain.facts import NameKind, NameMention
from headwater.domain.spans import Span
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_runs import phrase_at
from headwater.extraction.names_tables import common_words, find_known, name_words
from headwater.extraction.names_tokens import NameToken

_LONGEST_TITLE = 20  # words
_LONG_WORD = 4  # letters: shorter words are lower case in every style of title
_MOST = 0.6  # share of long words with a capital: a sentence full of names has fewer
_LONGEST_NAME = 8  # words
_COMMON_SMALL = "etaoinsrhl"  # a fifth of a line in these cannot be set in capitals, and need not be counted


def is_title_line(line: str, tokens: Sequence[NameToken]) -> bool:
    """Say whether a line is set in title case or in capitals.

    Args:
        line: As written.
        tokens: Its words.
    """
    words = [token for token in tokens if token.text[0].isalpha()]
    if not words:
        return False
    if len(words) > 2 and len(line) > 5 * sum(map(line.count, _COMMON_SMALL)):
        letters = [c for c in line if c.isalpha()]
        if sum(c.isupper() for c in letters) > 0.8 * len(letters):
            return True
    if len(words) > _LONGEST_TITLE or line.rstrip(" \"'”’)").endswith((".", "!", ":", ";", ",", "…")):
        return False
    long = [token for token in words[1:] if len(token.text) >= _LONG_WORD]
    common = [token for token in long if token.is_capital and token.lower in common_words()]
    return len(long) > 1 and bool(common) and sum(token.is_capital for token in long) > _MOST * len(long)


def names_in_title(text: str, tokens: Sequence[NameToken], known: Sequence[NameMention]) -> list[NameMention]:
    """Return the names of a heading: those that the rest of the text or the tables know.

    Args:
        text: The whole working text.
        tokens: Of the heading.
        known: The names of the rest of the text.
    """
    by_words = {fold_name(mention.surface): mention for mention in known}
    found = []
    at = 0
    while at < len(tokens):
        mention, length = _longest(text, tokens, at, by_words)
        if mention is not None:
            found.append(mention)
        at += length
    return found


def _longest(
    text: str, tokens: Sequence[NameToken], at: int, known: dict[str, NameMention]
) -> tuple[NameMention | None, int]:
    if not tokens[at].is_capital:
        return None, 1
    for length in range(min(_LONGEST_NAME, len(tokens) - at), 0, -1):
        words = tokens[at : at + length]
        span = Span(words[0].start, words[-1].end)
        same = known.get(fold_name(span.slice(text)))
        if same is not None and words[-1].is_capital:
            return NameMention(span.slice(text), span, same.kind, same.canonical), length
    return _from_tables(text, tokens, at)


def _from_tables(text: str, tokens: Sequence[NameToken], at: int) -> tuple[NameMention | None, int]:
    length = max(1, phrase_at(tokens, at))
    words = tokens[at : at + length]
    found = find_known([token.text for token in words])
    plain = length == 1 and words[0].lower in common_words() | name_words().generic and not words[0].is_acronym
    if found is None or plain or (found.kind is NameKind.ORGANISATION and length == 1 and not words[0].is_acronym):
        return None, length
    span = Span(words[0].start, words[-1].end)
    return NameMention(span.slice(text), span, found.kind, found.canonical), length
