"""Who speaks in the paragraphs of a document that are mostly somebody's words, read from the whole document.

A lead-in line announces most quotations (see `voices`). The others name their speaker beside them, or go on with the
quotation before: "“We are ready,” she added."
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from headwater.domain.facts import QuotationForm
from headwater.extraction.attribution import resolve_speakers
from headwater.extraction.attribution_pronouns import is_pronoun
from headwater.extraction.quotations import extract_quotations

MOSTLY = 0.6  # share of a paragraph's characters between marks, from which it is somebody's words
MARKS = re.compile('[“”"„«»‘`]')
OPENERS = tuple("“\"„«‘'")


def find_quoted_speakers(texts: Sequence[str]) -> Mapping[int, str]:
    """Return the speaker of each paragraph that is mostly one speaker's words, by its number.

    Args:
        texts: The document's paragraphs, in order.
    """
    if not any(map(_may_be_spoken, texts)):
        return {}
    whole = "\n".join(texts)
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    held: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    number = 0
    for quotation in resolve_speakers(whole, extract_quotations(whole)):
        while starts[number + 1] <= quotation.span.start:
            number += 1
        place = number
        while quotation.form is not QuotationForm.TERM and starts[place] < quotation.span.end:
            low, high = max(starts[place], quotation.span.start), min(starts[place + 1] - 1, quotation.span.end)
            held[place][quotation.speaker] += max(0, high - low)
            place += 1
    found = ((place, _only(speakers, len(texts[place]))) for place, speakers in held.items())
    return {place: speaker for place, speaker in found if speaker}


def _may_be_spoken(text: str) -> bool:
    """Say at little cost whether most of a paragraph can stand between marks."""
    places = [match.start() for match in MARKS.finditer(text)]
    return text.startswith(OPENERS) or (bool(places) and places[-1] - places[0] >= MOSTLY * len(text))


def _only(speakers: Mapping[str, int], length: int) -> str:
    """Return the one speaker of a paragraph, where most of it is between marks; "" for a pronoun that stayed one."""
    if len(speakers) != 1:
        return ""
    speaker, held = next(iter(speakers.items()))
    return speaker if held >= MOSTLY * length and not is_pronoun(speaker) else ""
