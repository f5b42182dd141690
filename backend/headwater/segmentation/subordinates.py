"""The parts of a claim that a writer adds to what happened: why, what for, how, and with what result.

They are read by the words that open them. Each runs to the next one or to the end, and is judged by itself: a rewrite
that keeps the news and makes up its cause is supported but for that part.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from headwater.domain.facts import Facts
from headwater.domain.spans import Span
from headwater.segmentation.clauses import WORD, trim
from headwater.segmentation.cues import cues

LEAST_BEFORE = 2  # words of what the part is added to
MOST_OPENING = 4  # words of the longest opening, "as a result of"
LEAST_BESIDE = 4  # words of a sentence beside a claim; fewer are a speaker or an adverb
GERUND_LETTERS = 5  # shorter words in -ing are nouns: "king", "ring"


def subordinate_parts(text: str, facts: Facts) -> dict[Span, Span]:
    """Return the parts that tell a cause, a purpose, a means or a result, in order, each with what is behind its cue.

    Args:
        text: Working text of one claim.
        facts: Its facts; no quotation is opened.

    >>> words = "Fares rose because of the strike"
    >>> [(part.slice(words), telling.slice(words)) for part, telling in subordinate_parts(words, Facts()).items()]
    [('because of the strike', 'of the strike')]
    """
    places = [match.span() for match in WORD.finditer(text)]
    words = [text[start:end] for start, end in places]
    lower = [word.lower() for word in words]
    opened = [place for place in range(len(words)) if _opens(text, places, lower, place)]
    ends = [place for place in range(LEAST_BEFORE, len(words)) if lower[place] in cues().instruments]
    found = []
    for first, following in pairwise([*opened, len(words)]):
        following = min((place for place in ends if first < place < following), default=following)  # noqa: PLW2901
        end = places[following][0] if following < len(words) else len(text)
        if first == 0 and lower[0] not in cues().companions:  # "Because of the strike, trains were late."
            comma = text.find(",", places[0][0], end)
            end = comma if comma >= 0 else 0
        span = trim(text, Span(places[first][0], max(places[first][0], end)))
        if len(span) and not any(quotation.span.overlaps(span) for quotation in facts.quotations):
            found.append(span)
    return {span: _behind_opening(text, span) for span in found}


def _behind_opening(text: str, part: Span) -> Span:
    """Return a part without the words that open it, which say only that a cause or a purpose follows."""
    found = [match.span() for match in WORD.finditer(text, part.start, part.end)][: MOST_OPENING + 1]
    lower = [text[start:end].lower() for start, end in found]
    for length in range(min(MOST_OPENING, len(lower) - 1), 0, -1):
        if " ".join(lower[:length]) in cues().causes | cues().purposes | cues().parted_causes | cues().companions:
            return Span(found[length][0], part.end)
    return part


def leans_on_sentence(text: str, sentence: str) -> bool:
    """Say whether a claim goes on with a sentence that says something beside it: a second verb, a relative clause.

    What it is about then stands in the rest of the sentence. What tells a cause, a purpose, a means or what goes with
    it is what writers add: it leans on nothing.

    Args:
        text: Working text of the claim.
        sentence: The whole sentence.

    >>> leans_on_sentence("and will cost £3m.", "The bridge opens in May, and will cost £3m.")
    True
    >>> leans_on_sentence("to bring down fares.", "The bridge opens in May to bring down fares.")
    False
    """
    beside = len(WORD.findall(sentence)) - len(WORD.findall(text))
    return beside >= LEAST_BESIDE and not _tells_why_or_how([word.lower() for word in WORD.findall(text)])


def _tells_why_or_how(lower: Sequence[str]) -> bool:
    first, second = ([*lower[:2], "", ""])[:2]
    opening = {" ".join(lower[:length]) for length in range(1, MOST_OPENING + 1)}
    if opening & (cues().causes | cues().purposes | cues().parted_causes | cues().companions | cues().attendants):
        return True
    if first in {"to", *cues().joiners} and second in cues().aims:
        return True
    return _is_gerund(first) or (first in cues().means and _is_gerund(second))


def _opens(text: str, places: Sequence[tuple[int, int]], lower: Sequence[str], place: int) -> bool:
    if place + 1 >= len(lower):
        return False
    opening = {" ".join(lower[place : place + length]) for length in range(1, MOST_OPENING + 1)}
    before = lower[place - 1] if place else ""
    parted = place > 0 and "," in text[places[place - 1][1] : places[place][0]]
    if place == 0 and opening & cues().companions:
        return _is_gerund(lower[1])
    if opening & cues().causes:
        return before not in cues().timetables  # "is due to open" tells when
    named = bool(opening & cues().purposes) or (parted and bool(opening & cues().parted_causes))
    return place >= LEAST_BEFORE and (named or _goes_on(lower, place) or (parted and _accompanies(lower, place)))


def _goes_on(lower: Sequence[str], place: int) -> bool:
    """What for, another thing done, or by what means: "to cut costs", "and cut costs", "by cutting costs"."""
    word, following = lower[place], lower[place + 1]
    if following in cues().aims:
        return word == "and" or (word == "to" and lower[place - 1] not in cues().governors)
    return word in cues().means and _is_gerund(following)


def _accompanies(lower: Sequence[str], place: int) -> bool:
    """What comes of it or goes with it: ", making it the largest", ", possibly leading to losses"."""
    word, following = lower[place], lower[place + 1]
    if following in cues().joiners:  # "growth, hiring and inflation" is a list
        return False
    return _is_gerund(word) or (word.endswith("ly") and _is_gerund(following))


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and len(word) >= GERUND_LETTERS and word not in cues().no_gerunds
