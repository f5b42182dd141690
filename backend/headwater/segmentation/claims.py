"""A text parted into checkable claims, each with its facts and its place in the original."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.facts import Annotated, Facts, Quotation, QuotationForm
from headwater.domain.spans import MappedText, Span
from headwater.extraction.facts import ReadingContext, extract_facts, facts_within
from headwater.segmentation.clauses import WORD, split_clauses
from headwater.segmentation.cues import cues, remark_pattern
from headwater.text.sentences import split_sentences

HEADING_WORDS = 16  # a line of more words is a paragraph, however it ends
QUOTED_SHARE = 0.6  # share of a clause's words between marks from which the clause is a quotation
OWN_CLAUSE_WORDS = 3  # a quotation of fewer words is part of the sentence around it, not a claim of its own
LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its place in the working text: `span` is the part of it that claims are made of."""

    number: int
    span: Span
    kind: ClaimKind
    context: str
    whole: str


def segment_claims(
    text: MappedText, context: ReadingContext | None = None, *, within: Span | None = None
) -> tuple[Claim, ...]:
    """Part a text into claims, in order of appearance.

    Args:
        text: Normalised text with its original.
        context: What the text's own document says (its date).
        within: The part that claims are made of; the rest only helps to read it. All of it unless given.

    Returns:
        Claims whose spans are of the original; headings, questions and framing are told apart by their kind.
    """
    facts = extract_facts(text.text, context)
    claims: list[Claim] = []
    for sentence in _sentences(text.text, facts, within or Span(0, len(text.text))):
        for clause in _clauses(text.text, sentence, facts.quotations):
            claims.append(_claim(f"c{len(claims) + 1}", text, sentence, clause, facts=facts))
    return tuple(claims)


def _sentences(text: str, facts: Facts, within: Span) -> Iterator[_Sentence]:
    context, number = "", 0
    for match in LINE.finditer(text):
        line = Span(match.start(), match.end())
        heading = _is_heading(line.slice(text), facts, line)
        for part in [Span(0, len(line))] if heading else split_sentences(line.slice(text)):
            whole = part.shift(line.start)
            words = whole.slice(text)
            if not WORD.search(words):
                continue
            span = Span(max(whole.start, within.start), max(whole.start, within.start, min(whole.end, within.end)))
            if WORD.search(span.slice(text)):
                number += 1
                yield _Sentence(number, span, _kind(words, heading=heading), context, words)
            context = words


def _is_heading(line: str, facts: Facts, span: Span) -> bool:
    """A short line of its own without a full stop; a line wholly between marks is a quotation instead."""
    words = WORD.findall(line)
    if not words or len(words) > HEADING_WORDS:
        return False
    if any(quotation.span.contains(span) for quotation in facts.quotations):
        return False
    stripped = line.rstrip(" ”’\"'")
    if stripped.endswith("?"):
        return _title_cased(words)
    return not stripped.endswith((".", "!", ":", ";", ",", "…")) and not line.lstrip().startswith(("- ", "• ", "* "))


def _title_cased(words: list[str]) -> bool:
    long = [word for word in words if len(word) > 3]  # short words are lower case in every title style
    return len(long) > 1 and sum(word[0].isupper() for word in long) >= len(long) - 1


def _kind(words: str, *, heading: bool) -> ClaimKind:
    if words.rstrip(" ”’\"'").endswith("?"):
        return ClaimKind.QUESTION
    if heading:
        return ClaimKind.HEADING
    lower = words.lower()
    if any(phrase in lower for phrase in cues().framing | cues().predictions) or remark_pattern().search(lower):
        return ClaimKind.FRAMING
    return ClaimKind.STATEMENT


def _clauses(text: str, sentence: _Sentence, quotations: tuple[Quotation, ...]) -> tuple[Span, ...]:
    own = [q for q in quotations if q.span.overlaps(sentence.span) and _stands_alone(q, sentence)]
    inside = [
        Span(max(q.span.start, sentence.span.start), min(q.span.end, sentence.span.end)).shift(-sentence.span.start)
        for q in own
    ]
    words = sentence.span.slice(text)
    if sentence.kind in {ClaimKind.HEADING, ClaimKind.QUESTION}:
        return (sentence.span, *(span.shift(sentence.span.start) for span in inside if len(span) < len(words)))
    return tuple(span.shift(sentence.span.start) for span in split_clauses(words, inside))


def _stands_alone(quotation: Quotation, sentence: _Sentence) -> bool:
    if sentence.kind in {ClaimKind.HEADING, ClaimKind.QUESTION}:
        return True
    return quotation.form is not QuotationForm.TERM and len(WORD.findall(quotation.words)) >= OWN_CLAUSE_WORDS


def _claim(identifier: str, text: MappedText, sentence: _Sentence, clause: Span, *, facts: Facts) -> Claim:
    own = facts_within(facts, clause, text.text)
    words = clause.slice(text.text)
    quoted = sum(len(WORD.findall(quotation.words)) for quotation in own.quotations)
    kind = ClaimKind.QUOTATION if quoted >= QUOTED_SHARE * len(WORD.findall(words)) else sentence.kind
    speaker = next((quotation.speaker for quotation in own.quotations if quotation.speaker), "")
    return Claim(
        id=identifier,
        text=text.surface(clause),
        span=text.to_original(clause),
        kind=kind,
        content=Annotated(text.slice(clause), own, speaker=speaker),
        sentence=sentence.whole,
        sentence_id=sentence.number,
        context=sentence.context,
        speaker=speaker,
    )
