"""The tables that names are read by: places, bodies, given names, common words, and the words of titles and heads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from headwater.domain.facts import NameKind
from headwater.extraction.names_folding import fold_marks, fold_name

_HERE = Path(__file__).parent


class Known(NamedTuple):
    """What a table says of a name: the form compared, what it names, and whether it is the word for its people."""

    canonical: str
    kind: NameKind
    demonym: bool = False


@dataclass(frozen=True, slots=True)
class NameWords:
    """The word lists of names_words.toml, all in lower case."""

    honorifics: frozenset[str]
    personal: frozenset[str]
    royal: frozenset[str]
    roles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    organisations: frozenset[str]
    generic: frozenset[str]
    relational: frozenset[str]
    governing: frozenset[str]
    laws: frozenset[str]
    numbered_laws: frozenset[str]
    place_tails: frozenset[str]
    place_heads: frozenset[str]
    openers: frozenset[str]
    determiners: frozenset[str]
    for_heads: frozenset[str]
    on_heads: frozenset[str]
    listing_heads: frozenset[str]
    calendar: frozenset[str]
    small: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]
    events: frozenset[str]
    companies: frozenset[str]
    speech: frozenset[str]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((_HERE / "names_words.toml").read_text("utf-8"))


@cache
def name_words() -> NameWords:
    """Return the word lists, read once."""
    table = _table()
    return NameWords(**{name: frozenset(table[name].split()) for name in NameWords.__slots__})


def _words(file: str) -> Iterator[str]:
    for line in (_HERE / file).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield from line.split()


@cache
def common_words() -> frozenset[str]:
    """Return words that official English writes in lower case."""
    return frozenset(_words("names_common.txt"))


@cache
def given_names() -> frozenset[str]:
    """Return given names, accents folded, with their capital."""
    return frozenset(fold_marks(word) for word in _words("names_given.txt"))


@cache
def _place_lines() -> tuple[tuple[str, str, str, str], ...]:
    lines = (_HERE / "names_places.tsv").read_text("utf-8").splitlines()
    rows = [(*line.split("\t"), "", "", "") for line in lines if not line.startswith("#")]
    return tuple((row[0], row[1], row[2], row[3]) for row in rows)


@cache
def place_parents() -> Mapping[str, str]:
    """Return the country of each place that has one in the table, both in canonical form."""
    return {fold_name(row[0]): fold_name(row[3]) for row in _place_lines() if row[3]}


@cache
def regions() -> Mapping[str, frozenset[str]]:
    """Return the countries of each region that newsrooms name for them, all in canonical form.

    >>> "thailand" in regions()["asia"]
    True
    """
    table: dict[str, str] = tomllib.loads((_HERE / "names_regions.toml").read_text("utf-8"))
    return {
        fold_name(region): frozenset(fold_name(country.strip()) for country in countries.split("|"))
        for region, countries in table.items()
    }


def lies_within(place: str, region: str) -> bool:
    """Say whether a place is in a region, or its country is.

    Args:
        place: Canonical form.
        region: Canonical form.

    >>> lies_within("budapest", "europe"), lies_within("ghana", "asia")
    (True, False)
    """
    countries = regions().get(region, frozenset())
    return place in countries or place_parents().get(place, "") in countries


@cache
def places() -> Mapping[str, Known]:
    """Return places by how they are written, accents folded, capitals kept."""
    found: dict[str, Known] = {}
    for canonical, names, demonyms, _ in _place_lines():
        key = fold_name(canonical)
        for written in filter(None, (canonical, *names.split("|"))):
            found.setdefault(fold_marks(written), Known(key, NameKind.PLACE))
        for written in filter(None, demonyms.split("|")):
            for form in (written, *_plural(written)):
                found.setdefault(fold_marks(form), Known(key, NameKind.PLACE, demonym=True))
    return found


def _plural(demonym: str) -> tuple[str, ...]:
    """Return the people of a place: "Qataris", "New Zealanders"; "French" and "Chinese" are the same for many."""
    return (f"{demonym}s",) if demonym[-1] in "inrkz" and not demonym.endswith("ish") else ()


@cache
def demonyms() -> Mapping[str, tuple[str, ...]]:
    """Return what is said of each place and its people ("Victorian"), folded, by the place's canonical form."""
    return {
        fold_name(row[0]): tuple(" ".join(fold_marks(word).lower().split()) for word in row[2].split("|"))
        for row in _place_lines()
        if row[2]
    }


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """Return, for each given name, the sets of names that one person may go by: "bob" and "robert"."""
    found: dict[str, frozenset[str]] = {}
    for line in _table()["same_person"]:
        group = frozenset(line.split())
        for name in group:
            found[name] = found.get(name, frozenset()) | group
    return found


@cache
def bodies() -> Mapping[str, Known]:
    """Return known bodies: abbreviations and single words by how they are written, longer names folded."""
    found: dict[str, Known] = {}
    for canonical, aliases in _table()["known"].items():
        known = Known(canonical, NameKind.ORGANISATION)
        found[canonical] = known
        for written in aliases:
            found[fold_name(written) if " " in written else fold_marks(written)] = known
    return found


@cache
def place_names() -> frozenset[str]:
    """Return the canonical names of all places."""
    return frozenset(known.canonical for known in places().values())


def find_known(words: Iterable[str]) -> Known | None:
    """Find a name in the tables.

    Args:
        words: As written, possessive endings dropped.

    >>> find_known(["North", "Macedonia"]).canonical, find_known(["British"]).canonical
    ('north macedonia', 'united kingdom')
    """
    written = fold_marks(" ".join(words))
    found = places().get(written) or bodies().get(written)
    if found is None and " " in written:
        found = bodies().get(fold_name(written))
    return found


@cache
def phrase_lengths() -> Mapping[str, tuple[int, ...]]:
    """Return, by the folded first word, how many words the tables' longer names have, longest first."""
    lengths: dict[str, set[int]] = {}
    for written in (*places(), *bodies()):
        words = fold_name(written).split() if written in bodies() else written.split()
        if len(words) > 1:
            lengths.setdefault(fold_name(words[0]), set()).add(len(words))
    return {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}
