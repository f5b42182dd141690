"""The table of terms that are distinct in law or statistics, with a newsroom's own groups beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from headwater.extraction.verbs import verb_base

SHIPPED = Path(__file__).with_name("terms.toml")
SOON = 3  # words after a term in which its sense is settled: "charged them a fee"
_KNOWN = frozenset({"id", "reason", "terms", "topic", "counted", "apart", "near", "unless"})


@dataclass(frozen=True, slots=True)
class TermGroup:
    """Words that rewrites exchange and that do not mean the same.

    Args:
        id: Its name.
        reason: Why the difference matters, as a reporter reads it.
        terms: The names of its terms, in order.
        topic: Whether its words name what a text is about, so that the place in the sentence matters less.
        counted: Whether they are exchanged only where a figure counts them.
        apart: Whether what is the one cannot be the other, so that the exchange contradicts.
        near: Stems of which both sentences must hold one, where the words are in free use too; empty for none.
        unless: Words soon after a term that give it another sense ("charged a fee").
    """

    id: str
    reason: str
    terms: tuple[str, ...]
    topic: bool = False
    counted: bool = False
    apart: bool = False
    near: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TermForm:
    """One form of a term: the stems of its words, or the words just as written."""

    words: tuple[str, ...]
    exact: bool
    group: TermGroup
    term: int

    def stands_at(self, words: Sequence[str], stems: Sequence[str], at: int) -> bool:
        """Say whether the form stands at a place.

        Args:
            words: Of a sentence, in lower case.
            stems: Of the same words.
            at: Index of the first.
        """
        read = words if self.exact else stems
        after = at + len(self.words)
        if tuple(read[at:after]) != self.words:
            return False
        return self.group.unless.isdisjoint(words[after : after + SOON])

    def fits(self, stems: Iterable[str]) -> bool:
        """Say whether a sentence is about what the group is about.

        Args:
            stems: Of all its words.
        """
        return not self.group.near or not self.group.near.isdisjoint(stems)


@dataclass(frozen=True, slots=True, eq=False)
class TermTable:
    """Every form by its first word, longest first."""

    groups: tuple[TermGroup, ...]
    forms: Mapping[str, tuple[TermForm, ...]]


@cache
def load_terms(extra: Path | None = None) -> TermTable:
    """Return the table of terms, with a newsroom's own groups where it has some.

    Args:
        extra: A TOML file of the same form as the shipped one; a group of the same id takes the shipped one's place.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is no TOML, or a group lacks its id, its reason, or two terms.

    >>> len(load_terms().groups) > 30
    True
    """
    found: dict[str, dict[str, Any]] = {}
    for path in (SHIPPED, extra):
        for row in _rows(path):
            found[row["id"]] = row
    forms = [form for row in found.values() for form in _forms(row)]
    by_word: dict[str, list[TermForm]] = {}
    for form in sorted(forms, key=lambda form: -len(form.words)):
        by_word.setdefault(form.words[0], []).append(form)
    groups = {form.group.id: form.group for form in forms}
    return TermTable(tuple(groups.values()), {word: tuple(found) for word, found in by_word.items()})


def _rows(path: Path | None) -> list[dict[str, Any]]:
    if path is None:
        return []
    rows = tomllib.loads(path.read_text("utf-8")).get("group", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("groups of terms are written under [[group]]")
    for row in rows:
        _check(row)
    return list(rows)


def _check(row: Mapping[str, Any]) -> None:
    """Refuse a group that cannot be used, and say what it lacks."""
    terms = row.get("terms")
    whole = all(isinstance(row.get(name), str) and row[name].strip() for name in ("id", "reason"))
    if not whole or not isinstance(terms, list) or len(terms) < 2 or not all(map(_is_term, terms)):
        raise ValueError(f"a group of terms needs an id, a reason and two terms with a word each: {row.get('id')!r}")
    if unknown := sorted(row.keys() - _KNOWN):
        raise ValueError(f"the group of terms {row['id']!r} has {', '.join(unknown)}; known are {sorted(_KNOWN)}")
    for name in ("near", "unless"):
        if not isinstance(row.get(name, ""), str):
            raise ValueError(f"in the group of terms {row['id']!r}, {name} is one string of words parted by spaces")


def _is_term(written: object) -> bool:
    """Say whether a term is a list of words, each of them more than a mark."""
    return isinstance(written, list) and bool(written) and all(isinstance(w, str) and w.strip("= ") for w in written)


def _forms(row: Mapping[str, Any]) -> list[TermForm]:
    names = tuple(term[0].removeprefix("=") for term in row["terms"])
    group = TermGroup(
        row["id"],
        row["reason"],
        names,
        topic=row.get("topic") is True,
        counted=row.get("counted") is True,
        apart=row.get("apart") is True,
        near=frozenset(map(verb_base, row.get("near", "").split())),
        unless=frozenset(row.get("unless", "").lower().split()),
    )
    return [_form(written, group, index) for index, term in enumerate(row["terms"]) for written in term]


def _form(written: str, group: TermGroup, term: int) -> TermForm:
    exact = written.startswith("=")
    words = written.removeprefix("=").lower().replace("-", " ").split()  # as sentences are parted into words
    return TermForm(tuple(words if exact else map(verb_base, words)), exact, group, term)
