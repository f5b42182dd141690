"""One sentence parted into the assertions inside it, by cues that hold without a parser.

A cut is made only where both sides can stand: a sentence left whole is compared as a whole, while a clause cut
in the wrong place would be judged without the words it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from headwater.domain.spans import Span
from headwater.segmentation.cues import cues

WORD = re.compile(r"[^\W_]++(?:['’\-][^\W_]++)*+")
WINDOW = 7  # words after a coordinator among which its finite verb must come; longer subjects are rare in news
PRONOUNS = frozenset({"i", "he", "she", "it", "they", "we", "you"})  # what follows one of them in -ed is finite
LEAST_WORDS = 4  # a clause shorter than this asserts nothing that could be checked


def split_clauses(sentence: str, quotations: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Part a sentence into clauses; together they hold every word that asserts something.

    Args:
        sentence: One sentence of working text.
        quotations: Quotations inside it; each becomes a clause of its own and is never cut.

    Returns:
        Spans in order of appearance, trimmed of blanks and loose punctuation; lead-ins to a quotation
        ("They stated,") are left out.
    """
    clauses: list[Span] = []
    for span, quoted in _around(sentence, quotations):
        if quoted:
            clauses.append(span)
            continue
        for start, end in pairwise([span.start, *_cuts(sentence, span), span.end]):
            piece = trim(sentence, Span(start, end))
            if asserts(piece.slice(sentence), beside_quotation=bool(quotations)):
                clauses.append(piece)
    return tuple(clauses)


def asserts(piece: str, *, beside_quotation: bool) -> bool:
    """Say whether a piece of a sentence holds an assertion of its own rather than a lead-in.

    Args:
        piece: Part of a sentence.
        beside_quotation: Whether a quotation stands in the same sentence.
    """
    words = WORD.findall(piece)
    if not beside_quotation:
        return bool(words)
    lower = [word.lower() for word in words]
    if len(words) < LEAST_WORDS:
        return False
    spoken = any(word in cues().speech for word in lower)
    named = sum(word[0].isupper() or word in cues().subjects or word in cues().speech for word in words)
    # "The Prime Minister said that" is names, a speech verb and glue; "the deal, which cost £3m, was" is not.
    return not spoken or len(words) - named > LEAST_WORDS


def _around(sentence: str, quotations: Iterable[Span]) -> list[tuple[Span, bool]]:
    pieces: list[tuple[Span, bool]] = []
    at = 0
    for quotation in quotations:
        if quotation.start > at:
            pieces.append((Span(at, quotation.start), False))
        pieces.append((quotation, True))
        at = quotation.end
    if at < len(sentence):
        pieces.append((Span(at, len(sentence)), False))
    return pieces


def _cuts(sentence: str, span: Span) -> list[int]:
    """Places where a new clause begins, in order, strictly inside the span."""
    words = [match.span() for match in WORD.finditer(sentence, span.start, span.end)]
    lower = [sentence[a:b].lower() for a, b in words]
    found: list[int] = []
    last = span.start
    for index in range(1, len(words)):
        gap = sentence[words[index - 1][1] : words[index][0]]
        before = sum(1 for a, _ in words[:index] if a >= last)
        if before < LEAST_WORDS or len(words) - index < LEAST_WORDS:
            continue
        if _opens_clause(gap, lower, index) or _ends_subordinate(gap, lower, index, first=not found):
            last = words[index][0]
            found.append(last)
    return found


def _opens_clause(gap: str, lower: Sequence[str], index: int) -> bool:
    if ";" in gap:
        return _finite_within(lower, index)
    word = lower[index]
    if word in cues().companions and index + 1 < len(lower) and lower[index + 1].endswith("ing"):
        return True
    if not any(mark in gap for mark in ",–—"):
        return False
    if word in cues().relatives or word in cues().contrasts:
        return _finite_within(lower, index + 1)
    # After "and" a bare noun may be the end of a list: only a subject that cannot be one opens a clause.
    return word in cues().coordinators and _subject_and_verb(lower, index + 1)


def _ends_subordinate(gap: str, lower: Sequence[str], index: int, *, first: bool) -> bool:
    """The comma after "Although ...": what follows is the main clause."""
    if not first or "," not in gap:
        return False
    opening = {lower[0], " ".join(lower[:2]), " ".join(lower[:3])}
    return bool(opening & cues().subordinators) and _subject_and_verb(lower, index)


def _subject_and_verb(lower: Sequence[str], index: int) -> bool:
    return index < len(lower) and lower[index] in cues().subjects and _finite_within(lower, index + 1)


def _finite_within(lower: Sequence[str], index: int) -> bool:
    """Say whether a finite verb comes soon, and not inside a relative clause that belongs to a noun before it."""
    for position in range(index, min(index + WINDOW, len(lower))):
        word = lower[position]
        if word == "that" or word in cues().relatives:
            return False
        if word in cues().finite or word.endswith("n't"):
            return True
        if word.endswith("ed") and lower[position - 1] in PRONOUNS:
            return True
    return False


def trim(text: str, span: Span) -> Span:
    """Return a span without the blanks and loose punctuation at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in " \t\n,;:–—-":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:–—-":
        end -= 1
    return Span(start, end)
