"""Who held an office when: the name that a document of the White House need not give, and every reporter does."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from headwater.alignment.hosts import find_by_host
from headwater.domain.documents import Document
from headwater.extraction.names_folding import fold_name


@dataclass(frozen=True, slots=True)
class _Term:
    """From when to when a person held the office in whose name an institution publishes."""

    person: str
    given: frozenset[str]
    first: date
    end: date


@dataclass(frozen=True, slots=True)
class _Office:
    hosts: Mapping[str, str]
    publishers: tuple[str, ...]
    terms: tuple[_Term, ...]


@cache
def _offices() -> tuple[_Office, ...]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["office"]
    return tuple(
        _Office(
            {host: host for host in row["hosts"]},
            tuple(row["publishers"]),
            tuple(_term(*term) for term in row["terms"]),
        )
        for row in table
    )


def _term(name: str, first: date, end: date) -> _Term:
    *given, person = fold_name(name).split()
    return _Term(person, frozenset(given), first, end)


def is_incumbent(canonical: str, document: Document) -> bool:
    """Say whether a name is of the person in whose office's name a document was published, on its day.

    Args:
        canonical: Of a name, in folded form.
        document: The document.
    """
    day = document.first_published.date() if document.first_published else None
    *given, person = canonical.split() or [""]
    if day is None or document.speaker:
        return False  # who speaks in it is known, and may be another
    return any(
        term.person == person and term.first <= day < term.end and term.given.issuperset(given[:1])
        for office in _offices()
        if _publishes(office, document)
        for term in office.terms
    )


def _publishes(office: _Office, document: Document) -> bool:
    publisher = document.publisher.lower().replace("’", "'")
    is_named = any(name in publisher for name in office.publishers)
    return is_named or find_by_host(document.url, office.hosts) is not None
