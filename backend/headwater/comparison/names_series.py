"""Offices told in one breath: "the secretaries of state, treasury, defense and energy"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from headwater.comparison.names_settings import TEXTS_REMEMBERED
from headwater.domain.spans import Span

LEAST_HELD = 2  # fields that one official passage has too: then it is that list
_HEADS = {
    "secretaries": "secretary",
    "ministers": "minister",
    "departments": "department",
    "ministries": "ministry",
}
_FIELD = r"[a-zA-Z]+(?: [a-zA-Z]+)?"
_FIELDS = rf"(?P<fields>{_FIELD}(?:, (?!and\b){_FIELD}){{1,11}},? and {_FIELD})"
_SERIES = re.compile(rf"\b(?P<head>{'|'.join(_HEADS)}) (?:of|for) (?:the )?{_FIELDS}")
_BEHIND = re.compile(rf"\bthe {_FIELDS} (?P<head>{'|'.join(_HEADS)})\b")
_JOINED = re.compile(r",? and |, ")
_ALIKE = (frozenset(("defense", "defence", "war")), frozenset(("foreign", "state", "foreign affairs")))


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_series(text: str) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """Return the series of a text: the office, and the places of its fields.

    The last field of a series that runs on into the sentence is left out where it cannot be told from what follows.

    Args:
        text: Of a claim.

    >>> read_series("The ministers for health, trade and energy met.")[0][0]
    'minister'
    """
    found = []
    for pattern in (_SERIES, _BEHIND):
        for match in pattern.finditer(text):
            start, fields, at = match.start("fields"), match["fields"], 0
            spans = []
            for joint in (*_JOINED.finditer(fields), None):
                end = len(fields) if joint is None else joint.start()
                spans.append(Span(start + at, start + end))
                at = end if joint is None else joint.end()
            found.append((_HEADS[match["head"]], tuple(spans)))
    return tuple(found)


def find_added_fields(claim: str, passages: Sequence[str]) -> Iterator[tuple[Span, int]]:
    """Yield each field of a series that the official list lacks, and the index of the passage with that list.

    Args:
        claim: Its working text.
        passages: The passages' working text.
    """
    for head, spans in read_series(claim):
        told = spans[:-1]
        held = [len(_held(head, told, claim, text)) for text in passages]
        most = max(held, default=0)
        if most < LEAST_HELD or most == len(told):
            continue
        for span in told:
            if not any(_has(head, span.slice(claim), text) for text in passages):
                yield span, held.index(most)


def _held(head: str, spans: Sequence[Span], claim: str, text: str) -> tuple[str, ...]:
    return tuple(span.slice(claim) for span in spans if _has(head, span.slice(claim), text))


def _has(head: str, field: str, text: str) -> bool:
    """Say whether a text has the office of one field: "the Secretary of Energy", "the energy secretary"."""
    field = field.lower().removeprefix("the ")
    forms = next((alike for alike in _ALIKE if field in alike), frozenset((field,)))
    return any(_form(head, form).search(text) for form in forms)


@lru_cache(maxsize=1024)
def _form(head: str, field: str) -> re.Pattern[str]:
    heads = r"(?:secretary|minister|secretaries|ministers)" if head in ("secretary", "minister") else f"{head[:-1]}\\w+"
    words = re.escape(field)
    before = rf"\b{heads}(?: of state)?(?: of| for|,)(?: the)?(?: [\w,]+){{0,6}}? {words}\b"
    return re.compile(rf"{before}|\b{words}(?: [\w,]+){{0,6}}? {heads}\b", re.IGNORECASE)
