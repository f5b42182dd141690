"""Who says what: attributions of direct and indirect speech, and the speakers of quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from headwater.domain.facts import Attribution, Quotation, QuotationForm
from headwater.domain.spans import Span
from headwater.extraction.attribution_cues import Cue, find_cues, find_lead_in
from headwater.extraction.attribution_pronouns import Speakers, is_pronoun
from headwater.extraction.attribution_sentences import Sentences, read_sentences

_MARK = re.compile('[“”"]')  # inside a speaker as written: the title of a work, as a rule


def extract_attributions(text: str, quotations: Sequence[Quotation] = ()) -> tuple[Attribution, ...]:
    """Read who says what, in direct and indirect speech, in order of appearance.

    Args:
        text: Working text: a whole article, or a passage.
        quotations: Of the same text.

    Returns:
        One attribution for each verb of speech with a speaker, "according to", and lead-in; the speaker as written,
        a pronoun giving way to the name or office it stands for.
    """
    sentences = read_sentences(text, quotations)
    cues = find_cues(sentences)
    speakers = Speakers(sentences, cues)
    found = []
    for cue in cues:
        span = Span(min(cue.speaker.start, cue.verb.start), max(cue.speaker.end, cue.verb.end))
        content = _content(sentences, cue)
        speaker = cue.speaker.slice(text)
        if is_pronoun(speaker):
            speaker = speakers.antecedent(cue.speaker) or speaker
        found.append(Attribution(span.slice(text), span, speaker, cue.verb.slice(text).lower(), content))
    return tuple(sorted(found, key=lambda attribution: attribution.span))


def resolve_speakers(text: str, quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Fill in who says each quotation, carried across sentences and paragraphs; "" where the text does not say.

    A pronoun gives way to the name or office it stands for.

    Args:
        text: Working text of the whole article or passage.
        quotations: Of the same text.
    """
    sentences = read_sentences(text, quotations)
    cues = find_cues(sentences)
    speakers = Speakers(sentences, cues)
    starts = [cue.sentence for cue in cues]
    resolved: list[Quotation] = []
    for quotation in quotations:
        speaker = _speaker(sentences, quotation, _near(cues, starts, sentences, quotation), resolved)
        if speaker is None:
            name = ""
        elif isinstance(speaker, str):
            name = speaker
        else:
            name = speaker.slice(text)
            if is_pronoun(name):
                name = speakers.antecedent(speaker) or name
            if _MARK.search(name) or name.count("(") != name.count(")"):
                name = ""  # a reference, not a speaker
        resolved.append(replace(quotation, speaker=name))
    return tuple(resolved)


def _near(cues: Sequence[Cue], starts: Sequence[int], sentences: Sentences, quotation: Quotation) -> list[Cue]:
    """Return the cues of the quotation's own sentence and of the next one."""
    number = sentences.number_at(quotation.span.start)
    low, high = bisect_right(starts, number - 1), bisect_right(starts, number + 1)
    return list(cues[low:high])


def _speaker(
    sentences: Sentences, quotation: Quotation, cues: Sequence[Cue], before: Sequence[Quotation]
) -> Span | str | None:
    own = _of_own_sentence(sentences, quotation, cues)
    if own is not None:
        return own
    lead_in = find_lead_in(sentences, quotation.span.start)
    if lead_in is not None:
        return lead_in
    trailing = (cue for cue in cues if cue.trails and _adjoins(sentences, quotation, cue))
    found = next(trailing, None)
    if found is not None:
        return found.speaker
    if quotation.form is QuotationForm.TERM:
        return None
    number = sentences.number_at(quotation.span.start)
    rest = [cue.speaker for cue in cues if cue.sentence == number and cue.trails]
    return rest[0] if rest else _carried(sentences, quotation, before)


def _of_own_sentence(sentences: Sentences, quotation: Quotation, cues: Sequence[Cue]) -> Span | None:
    """Find the speaker directly behind a quotation, else the nearest before it."""
    number = sentences.number_at(quotation.span.start)
    own = [cue for cue in cues if cue.sentence == number]
    behind = [cue.speaker for cue in own if _follows(sentences, quotation, cue)]
    if behind:
        return behind[0]
    ahead = [cue for cue in own if max(cue.verb.end, cue.speaker.end) <= quotation.span.start]
    named = (cue.speaker for cue in reversed(ahead) if cue.opens_quotation or not _is_first_person(sentences, cue))
    return next(named, None)


def _is_first_person(sentences: Sentences, cue: Cue) -> bool:
    """Say whether a cue is a speaker's own "I say that": words quoted further on in it are another's, as a rule."""
    return cue.speaker.slice(sentences.text).lower() in ("i", "we")


def _follows(sentences: Sentences, quotation: Quotation, cue: Cue) -> bool:
    """Say whether a cue stands directly behind a quotation: nothing but a comma between."""
    start = min(cue.speaker.start, cue.verb.start)
    if start < quotation.span.end:
        return False
    between = sentences.masked[quotation.span.end : start].strip(" ,–—-")
    return not between and not (cue.opens_quotation and quotation.words[-1:] in ".!?" and not cue.inverted)


def _adjoins(sentences: Sentences, quotation: Quotation, cue: Cue) -> bool:
    start = min(cue.speaker.start, cue.verb.start)
    return start >= quotation.span.end and not sentences.masked[quotation.span.end : start].strip(" ,")


def _carried(sentences: Sentences, quotation: Quotation, before: Sequence[Quotation]) -> str | None:
    """Carry the speaker of the quotation before, where this one stands alone and goes on with it."""
    if not sentences.stands_alone(quotation.span):
        return None
    subject = _speaker_before(sentences, quotation)
    spoken = [earlier for earlier in before if earlier.form is not QuotationForm.TERM]
    between = spoken and sentences.number_at(quotation.span.start) > sentences.number_at(spoken[-1].span.end) + 1
    if subject is not None and (between or not spoken):
        return subject
    if spoken and sentences.paragraphs_between(spoken[-1].span.end, quotation.span.start) <= 1:
        return spoken[-1].speaker or None
    return subject


def _speaker_before(sentences: Sentences, quotation: Quotation) -> str | None:
    """Return who speaks, or is spoken of first, in the sentence before; at the very beginning, in the one behind."""
    before = sentences.subject_before(quotation.span.start)
    number = sentences.number_at(quotation.span.start)
    if before is not None or number + 1 >= len(sentences) or number > 0:
        return before
    subject = sentences.subjects[number + 1]
    start = sentences.bounds(number + 1)[0]
    if subject is None or sentences.paragraphs_between(quotation.span.start, start) > 0:
        return None
    return subject.slice(sentences.text)


def _content(sentences: Sentences, cue: Cue) -> Span:
    """Return what is said: behind the cue as a rule, before it where it trails."""
    start, end = sentences.bounds(cue.sentence)
    first, last = min(cue.speaker.start, cue.verb.start), max(cue.speaker.end, cue.verb.end)
    if cue.trails:
        if not sentences.masked[start:first].strip(" ,") and cue.sentence > 0:
            start = sentences.bounds(cue.sentence - 1)[0]
        return sentences.stripped(start, first)
    content = sentences.stripped(last, end)
    if len(content) or cue.sentence + 1 >= len(sentences):
        return content
    return sentences.stripped(*sentences.bounds(cue.sentence + 1))  # a lead-in: the next line is what is said
