"""The form of a quotation between marks: speech, a fragment in a heading, or a term, title or scare quote."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from headwater.domain.facts import QuotationForm
from headwater.domain.spans import Span
from headwater.extraction.speech_verbs import is_speech_form

_TABLE = tomllib.loads((Path(__file__).parent / "quotation_forms.toml").read_text("utf-8"))
_NAMING = frozenset(_TABLE["naming"])
_TITLE_SMALL = frozenset(_TABLE["title_small"])
_BRIDGES = frozenset(_TABLE["bridges"])
_WORD = re.compile(r"[^\W_][\w’'-]*")
_LONGEST_TERM = 3  # words; the domain's definition of a term
_LONGEST_HEADLINE_FRAGMENT = 9  # words; longer stretches in a heading are whole sentences
_LONGEST_HEADING = 200  # characters
_CONTEXT = 80  # characters read on either side: about twelve words
_PASSIVES = frozenset(("is", "are", "was", "were", "what's", "so", "been", "being", "commonly", "it's"))
_END = frozenset(".;,:…")
_SENTENCE_END = frozenset('.!?”"')
_SENTENCES = re.compile(r"[.!?;:]")
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "these", "its", "their", "his", "her", "our", "called"))
_LEAST_TOLD = 2  # words: a single one may be a term
_LONGEST_TOLD = 9  # words between a verb of speech and the words spoken
_LONGEST_DESCRIBED = 8  # words of what is described: "the new rules on imports of steel"
_DESCRIBING = frozenset(_TABLE["describing"])


def find_form(text: str, span: Span, inner: Span) -> QuotationForm:
    """Say how a quotation between marks is set.

    Args:
        text: The whole text.
        span: Of the quotation with its marks.
        inner: Of the words inside.
    """
    words = _WORD.findall(text, inner.start, min(inner.end, inner.start + 400))
    if len(words) <= _LONGEST_HEADLINE_FRAGMENT and _in_heading(text, span):
        return QuotationForm.HEADLINE
    if _is_named(text, span):
        return QuotationForm.TERM
    if not words or inner.end == span.end or _is_speech(text, span, inner):  # one that never closes is speech
        return QuotationForm.MARKS
    if len(words) <= _LONGEST_TERM:
        return QuotationForm.TERM
    return QuotationForm.TERM if _is_title(words) else QuotationForm.MARKS


def _in_heading(text: str, span: Span) -> bool:
    start = text.rfind("\n", max(0, span.start - _LONGEST_HEADING), span.start) + 1
    if start == 0 and span.start > _LONGEST_HEADING:
        return False
    end = text.find("\n", span.end, span.end + _LONGEST_HEADING)
    line = text[start : len(text) if end < 0 else end].rstrip()
    if not line or len(line) > _LONGEST_HEADING or line.startswith(("- ", "• ", "* ")):
        return False
    bare = line.rstrip("”\"’'»")
    if bare[-1:] in _END or " | " in line:
        return False
    outside = f"{text[start : span.start]} {text[span.end : start + len(line)]}"
    words = _WORD.findall(outside)
    return len(words) > 1 and _is_title(words)


def _is_named(text: str, span: Span) -> bool:
    """Say whether a word that names stands directly before: "the term “…”", "entitled “…”"."""
    before = _WORD.findall(text[max(0, span.start - _CONTEXT) : span.start].rsplit("\n", 1)[-1])
    directly = text[max(0, span.start - 2) : span.start].rstrip(" ,")
    return bool(before) and bool(directly) and directly[-1].isalnum() and before[-1].lower() in _NAMING


def _is_title(words: list[str]) -> bool:
    weighty = [word for word in words if word.lower() not in _TITLE_SMALL]
    return bool(weighty) and all(word[0].isupper() or word[0].isdigit() for word in weighty)


def _is_speech(text: str, span: Span, inner: Span) -> bool:
    """Say whether a verb of speech stands at the quotation, or the quotation is a sentence of its own."""
    before = text[max(0, span.start - _CONTEXT) : span.start].rsplit("\n", 1)[-1].rstrip()
    after = text[span.end : span.end + _CONTEXT].split("\n", 1)[0]
    if not before or before[-1] == ":":
        last = text[inner.end - 1 : inner.end]
        return before[-1:] == ":" or last in ".!?,…" or after[:1] == ","
    if before[-1] in _SENTENCE_END and _is_sentence(text, inner):
        return True
    words = [word.lower() for word in _WORD.findall(before)]
    if _is_told_so(text, span, inner, before):
        return True
    return _describes(words) or _speech_before(words) or _speech_after(text[inner.end - 1 : inner.end], after)


def _is_sentence(text: str, inner: Span) -> bool:
    """Say whether the words inside begin and end as a sentence does."""
    return text[inner.start : inner.start + 1].isupper() and text[inner.end - 1 : inner.end] in (".", "!", "?")


def _is_told_so(text: str, span: Span, inner: Span, before: str) -> bool:
    """Say whether a short quotation ends what a verb of speech tells: "said the sums were “made up on the train”"."""
    told = _SENTENCES.split(before)[-1].lower()
    words = _WORD.findall(told)
    inside = _WORD.findall(text, inner.start, inner.end)
    if len(inside) < _LEAST_TOLD or not inside[0].islower() or words[-1:] == [] or words[-1] in _ARTICLES:
        return False
    ends = text[span.end : span.end + 1] in ("", "\n", *".,;!?") or text[inner.end - 1 : inner.end] in (",", ".")
    return ends and any(is_speech_form(word) for word in words[-_LONGEST_TOLD:])


def _describes(words: list[str]) -> bool:
    """Say whether somebody describes something in these words: "described the blockade as “illegal”"."""
    return words[-1:] == ["as"] and any(word in _DESCRIBING for word in words[-_LONGEST_DESCRIBED - 1 : -1])


def _speech_before(words: list[str]) -> bool:
    for at in range(len(words) - 1, max(-1, len(words) - 6), -1):
        word = words[at]
        if word == "called" and at > 0 and words[at - 1].replace("’", "'") in _PASSIVES:
            return False  # "what's called": a term
        if is_speech_form(word):
            return True
        if word not in _BRIDGES:
            return False
    return False


def _speech_after(last: str, after: str) -> bool:
    if last not in ",?!" and after[:1] != ",":
        return any(is_speech_form(word) for word in _WORD.findall(after)[:1])
    return any(is_speech_form(word) for word in _WORD.findall(after)[:6])
