"""Offices in a text: "Home Secretary", "Secretary of State for Health", "the prime minister", "Chancellor"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from headwater.domain.spans import Span
from headwater.extraction.names_folding import fold_name
from headwater.extraction.names_tables import common_words
from headwater.text.letters import letter_runs

_FIELDED = re.compile(
    r"(?<![\w’'-])(?:(?:Shadow|Assistant|Junior) )?(?:Minister|Secretary)(?: of State)? for(?: the)?(?= [A-Z])"
)
_FIELD_WORD = re.compile(r" (?:(?P<name>[A-Z][a-z]+)|and)(?![\w’'-])")
_BEHIND_THE = r"(?:(?<=\bthe )|(?<=\bThe )|(?<=['’]s )|(?<=\ban )|(?<=\bwas )|(?<=\bformer ))"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "names_offices.toml").read_text("utf-8"))


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    table = _table()
    fields, heads = _any(table["fields"]), _any(table["heads"])
    single = _any([word.capitalize() for word in table["single"]])
    behind = _any(table["single"][:5])
    return re.compile(
        rf"(?<![\w’'-])(?:"
        rf"(?i:(?:shadow |deputy |assistant |acting )?(?:(?:{heads})(?: of state)? (?:for|of) (?:the )?(?:{fields})\b))"
        rf"|(?i:(?:shadow )?(?:{_any(table['sole'])})\b)"
        rf"|(?i:(?:shadow |deputy |assistant )?(?:{fields}) (?:secretary|minister)\b)"
        rf"|(?:{single})\b(?!(?<=King|ueen|Pope)(?:[’']s)? [A-Z])|{_BEHIND_THE}(?:{behind})\b"
        rf"|(?:{'|'.join(table['letters'])})\b|Secretary of State\b"
        rf")(?![-‐‑]\w)"
    )


@cache
def _heads() -> frozenset[str]:
    """Return the longest run of letters of each form of office: without one of them a text names none."""
    table = _table()
    forms = [*table["heads"], *table["sole"], *table["single"], *table["letters"], "secretary", "minister"]
    return frozenset(max(sorted(letter_runs(form)), key=len) for form in forms)


def extract_offices(text: str) -> tuple[tuple[Span, str], ...]:
    """Return the offices of a text and the form each is compared in, in order.

    Args:
        text: Working text.

    >>> [name for _, name in extract_offices("The Home Secretary and the Secretary of State for Health met.")]
    ['home secretary', 'health secretary']
    """
    if _heads().isdisjoint(letter_runs(text)):
        return ()
    spans = [Span(*found.span()) for found in _pattern().finditer(text)]
    spans += [span for span in _fielded(text) if not any(span.overlaps(other) for other in spans)]
    return tuple((span, canonical_office(span.slice(text))) for span in sorted(spans))


def _fielded(text: str) -> Iterator[Span]:
    """Yield "Minister for Tertiary Education": common words with capitals are a field, whatever it is called."""
    for found in _FIELDED.finditer(text):
        end = found.end()
        for word in _FIELD_WORD.finditer(text, end):
            if word.start() != end or (word["name"] and word["name"].lower() not in common_words()):
                break
            if word["name"]:
                end = word.end()
            elif not _FIELD_WORD.match(text, word.end()):
                break
            else:
                end = word.end()
        if end > found.end():
            yield Span(found.start(), end)


@lru_cache(maxsize=1024)
def canonical_office(written: str) -> str:
    """Return the form an office is compared in.

    >>> canonical_office("Secretary of State for the Home Department"), canonical_office("Chancellor of the Exchequer")
    ('home secretary', 'chancellor')
    >>> canonical_office("Minister for Immigration")
    'immigration minister'
    """
    lower = " ".join(written.lower().replace("’", "'").split())
    known = _table()["same"].get(lower)
    if known is not None:
        return str(known)
    for head in _table()["heads"]:
        for joint in (" for ", " of "):
            before, found, field = lower.partition(head + joint)
            if found and (not before or before.endswith(" ")):
                noun = "minister" if "minister" in head else "secretary"
                return fold_name(f"{before}{field.removeprefix('the ')} {noun}")
    return fold_name(lower)
