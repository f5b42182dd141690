"""The word index in PostgreSQL: the same stems as in SQLite, in a `tsvector`, ranked by BM25.

PostgreSQL's own dictionaries are left aside: they stem otherwise than FTS5, and folding diacritics needs an extension.
The words are split and stemmed by the tokenizer of the SQLite corpus, so that one search finds the same passages in
both, and a passage counts as holding a word in both or in neither.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import accumulate, combinations
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    Text,
    case,
    cast,
    column,
    delete,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from headwater.corpus.filters import PassageFilters
from headwater.corpus.meta import read_meta, write_meta
from headwater.corpus.postgres.counts import PASSAGES_INDEXED, count_indexed
from headwater.corpus.postgres.wire import as_array, copy_values, write_integer, write_number, write_words
from headwater.corpus.searching import passing_versions
from headwater.corpus.stemming import Stemmer
from headwater.corpus.tables import PASSAGES

LONGEST_STEM = 400  # characters: a lexeme holds 2,046 bytes, a character four at most
MOST_STEMS = 10_000  # different ones a passage: some hundreds of kilobytes, and a tsvector holds one megabyte
WORDS_HELD = "words"  # in corpus_meta: words of all passages together, for their average length

K1, B = 1.2, 0.75  # of BM25, as FTS5 has them
LEAST_WEIGHT = 1e-6  # of a word that more than half of the passages hold, as FTS5 has it
WEIGHED_ANEW = 20  # passages beyond the limit whose words are counted after the first, coarser order
ALONE = 1_500  # passages read for the rarest words; those that hold none of them must hold two of the others

_STEMMER = cache(Stemmer)  # one for the process, made with the first passage

_COUNT = text(
    "INSERT INTO passage_vocabulary (term, doc) SELECT * FROM unnest(CAST(:terms AS text[]), CAST(:held AS bigint[])) "
    "ON CONFLICT (term) DO UPDATE SET doc = passage_vocabulary.doc + excluded.doc"
)
_OCCURRENCES = text(
    "SELECT passage_id, lexeme, cardinality(positions) FROM passage_words, unnest(words) "
    "WHERE passage_id = ANY(CAST(:ids AS bigint[])) AND lexeme = ANY(CAST(:stems AS text[]))"
)
_HELD = text("SELECT term, doc FROM passage_vocabulary WHERE term = ANY(CAST(:terms AS text[]))")
INDEX = table("passage_words", column("passage_id"), column("version_id"), column("length"), column("words"))
VOCABULARY = table("passage_vocabulary", column("term"), column("doc"))


@dataclass(frozen=True, slots=True)
class IndexedWords:
    """A passage's words as the index holds them.

    Args:
        length: How many words it has.
        places: The places of each different stem, from 1.
    """

    length: int
    places: Mapping[str, Sequence[int]]


def words_of(texts: Sequence[str]) -> list[IndexedWords]:
    """Return the words of passages as the index holds them.

    Args:
        texts: Of the passages.
    """
    return [_indexed(stems) for stems in _STEMMER().words_of(texts)]


def _indexed(stems: Sequence[str]) -> IndexedWords:
    places: dict[str, list[int]] = {}
    for place, stem in enumerate(stems, 1):
        lexeme = stem[:LONGEST_STEM]
        if lexeme in places or len(places) < MOST_STEMS:
            places.setdefault(lexeme, []).append(place)
    return IndexedWords(len(stems), places)


def index_words(connection: Connection, version_id: int) -> None:
    """Take the passages of a version into the word index.

    Args:
        connection: A writing connection.
        version_id: Row number of the version.
    """
    rows = connection.execute(select(PASSAGES.c.id, PASSAGES.c.text).where(PASSAGES.c.version_id == version_id)).all()
    if rows:
        store_words(connection, [(row.id, version_id, row.text) for row in rows])


def store_words(connection: Connection, passages: Sequence[tuple[int, int, str]]) -> None:
    """Store the words of passages, and count them in.

    Args:
        connection: A writing connection.
        passages: Number, row number of the version, and text of each.
    """
    indexed = words_of([one for *_, one in passages])
    copy_values(
        connection,
        "passage_words (passage_id, version_id, length, words)",
        (
            (
                (number, write_number),
                (version, write_number),
                (words.length, write_integer),
                (words.places, write_words),
            )
            for (number, version, _), words in zip(passages, indexed, strict=True)
        ),
    )
    count_words(connection, indexed)


def forget_words(connection: Connection, versions: Sequence[int]) -> None:
    """Take the passages of versions out of the word index.

    Args:
        connection: A writing connection.
        versions: Row numbers of the versions; their passages are still stored.
    """
    texts = connection.execute(select(PASSAGES.c.text).where(PASSAGES.c.version_id.in_(versions))).scalars().all()
    connection.execute(delete(INDEX).where(INDEX.c.version_id.in_(versions)))
    count_words(connection, words_of(texts), sign=-1)


def count_words(connection: Connection, indexed: Iterable[IndexedWords], *, sign: int = 1) -> None:
    """Count passages in or out: how many hold each stem, how many there are, and how long they are.

    Args:
        connection: A writing connection.
        indexed: Words of the passages.
        sign: 1 for passages that came, -1 for passages that went.
    """
    held: Counter[str] = Counter()
    passages = words = 0
    for one in indexed:
        held.update(one.places.keys())
        passages, words = passages + 1, words + one.length
    terms = sorted(held)  # every writer touches the rows in one order
    connection.execute(_COUNT, {"terms": as_array(terms), "held": [sign * held[term] for term in terms]})
    for name, change in ((PASSAGES_INDEXED, passages), (WORDS_HELD, words)):
        write_meta(connection, name, str(int(read_meta(connection, name, "0")) + sign * change))


def count_stems(connection: Connection, stems: Iterable[str]) -> dict[str, int]:
    """Return in how many passages each stem stands; stems that stand in none are left out.

    Args:
        connection: A reading connection.
        stems: As the tokenizer makes them.
    """
    cut = {stem: stem[:LONGEST_STEM] for stem in stems}
    rows = connection.execute(_HELD, {"terms": as_array(sorted(set(cut.values())))})
    found = {row[0]: int(row[1]) for row in rows if row[1] > 0}
    return {stem: found[lexeme] for stem, lexeme in cut.items() if lexeme in found}


def _quoted(stem: str) -> str:
    return "'" + stem.replace("\\", "\\\\").replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class SoughtTerm:
    """A term that is looked up.

    Args:
        stems: In order; a hyphenated word has several, which have to stand side by side.
        weight: Inverse document frequency, as BM25 has it.
        held: How many passages hold it, at most.
    """

    stems: tuple[str, ...]
    weight: float
    held: int

    @property
    def query(self) -> str:
        """The term as PostgreSQL reads a `tsquery`."""
        return " <-> ".join(map(_quoted, self.stems))


def search_words(
    connection: Connection, terms: Mapping[str, Sequence[str]], limit: int, filters: PassageFilters
) -> list[tuple[int, float]]:
    """Return the passages that hold any of the terms, best first, each with its BM25 weight (higher is better).

    Args:
        connection: A reading connection.
        terms: Each with its stems.
        limit: How many at most.
        filters: Which passages may be returned.
    """
    passages = count_indexed(connection)
    sought = _sought(connection, terms, passages)
    if not sought or limit < 1:
        return []
    average = int(read_meta(connection, WORDS_HELD, "0")) / max(passages, 1)
    first = connection.execute(_coarse(sought, average, limit + WEIGHED_ANEW, filters)).all()
    lengths = {int(row.passage_id): int(row.length) for row in first}
    counts = _counts(connection, list(lengths), {stem for term in sought for stem in term.stems})
    weighed = [
        (number, _bm25(sought, counts.get(number, {}), length / max(average, 1e-9)))
        for number, length in lengths.items()
    ]
    # Equal weights stand in the order of storing, so that the same search gives the same answer.
    return sorted(weighed, key=lambda one: (-one[1], one[0]))[:limit]


def _sought(connection: Connection, terms: Mapping[str, Sequence[str]], passages: int) -> list[SoughtTerm]:
    held = count_stems(connection, (stem for stems in terms.values() for stem in stems))
    different = {
        tuple(stem[:LONGEST_STEM] for stem in stems): min((held.get(s, 0) for s in stems), default=0)
        for stems in terms.values()
    }
    return [
        SoughtTerm(stems, max(LEAST_WEIGHT, math.log((passages - count + 0.5) / (count + 0.5))), count)
        for stems, count in different.items()
        if count
    ]


def _coarse(sought: Sequence[SoughtTerm], average: float, limit: int, filters: PassageFilters) -> Select[Any]:
    """Return a query for the passages with the greatest weights, every word counted once."""
    weights = [
        case((_holds(term.query), literal(term.weight, Float)), else_=literal(0.0, Float)).label(None)
        for term in sought
    ]
    relative = cast(INDEX.c.length, Float) / literal(max(average, 1e-9), Float)
    saturated = literal(K1 + 1, Float) / (literal(1 + K1 * (1 - B), Float) + literal(K1 * B, Float) * relative)
    found = select(INDEX.c.passage_id, INDEX.c.length).where(_holds(_worth_reading(sought)))
    if not filters.is_empty:
        found = found.where(INDEX.c.version_id.in_(passing_versions(filters)))
    return found.order_by((reduce(add, weights) * saturated).desc(), INDEX.c.passage_id).limit(limit)


def _worth_reading(sought: Sequence[SoughtTerm]) -> str:
    """Return what a passage must hold to be read: a rare word, or two of the others.

    The index tells which passages hold two words without reading any; passages with one frequent word are most of
    those found, and the last of them.
    """
    ordered = sorted(sought, key=lambda term: term.held)
    read = accumulate(term.held for term in ordered)
    alone = max(1, sum(total <= ALONE for total in read))
    pairs = combinations(ordered[alone:], 2)
    return " | ".join(
        [f"({term.query})" for term in ordered[:alone]] + [f"(({one.query}) & ({other.query}))" for one, other in pairs]
    )


def _holds(query: str) -> ColumnElement[bool]:
    return INDEX.c.words.op("@@", is_comparison=True)(cast(literal(query, Text), TSQUERY))


def _counts(connection: Connection, passages: list[int], stems: set[str]) -> dict[int, dict[str, int]]:
    """Return how often each stem stands in each passage."""
    found = connection.execute(_OCCURRENCES, {"ids": passages, "stems": as_array(sorted(stems))})
    counts: dict[int, dict[str, int]] = {}
    for number, stem, times in found:
        counts.setdefault(int(number), {})[stem] = int(times)
    return counts


def _bm25(sought: Sequence[SoughtTerm], counts: Mapping[str, int], relative_length: float) -> float:
    weight = 0.0
    for term in sought:
        times = min(counts.get(stem, 0) for stem in term.stems)
        weight += term.weight * times * (K1 + 1) / (times + K1 * (1 - B + B * relative_length))
    return weight
