"""The word index: BM25 search, how many passages hold a word, and which passages a filter passes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, column, func, literal_column, or_, select, table, text

from headwater.corpus.filters import PassageFilters
from headwater.corpus.meta import read_revision
from headwater.corpus.reading import in_parts
from headwater.corpus.stemming import quote_term
from headwater.corpus.tables import DOCUMENTS, PASSAGES, VERSIONS, WORD_INDEX, WORD_VOCABULARY

KNOWN_STEMS = 200_000  # remembered at most: a large newspaper's vocabulary, about 20 MB
INDEX = table(WORD_INDEX, column("rowid"))


def search_words(
    connection: Connection, terms: Sequence[str], limit: int, filters: PassageFilters
) -> list[tuple[int, float]]:
    """Return the passages that hold any of the terms, best first, each with its BM25 weight (higher is better).

    Args:
        connection: A reading connection.
        terms: Words or short phrases as written; nothing in them is read as query syntax.
        limit: How many at most.
        filters: Which passages may be returned.
    """
    quoted = [quote_term(term) for term in dict.fromkeys(terms) if term.strip()]
    if not quoted or limit < 1:
        return []
    weight = func.bm25(literal_column(WORD_INDEX))  # negative: SQLite's best is the lowest
    wanted = select(INDEX.c.rowid, -weight).where(literal_column(WORD_INDEX).op("MATCH")(" OR ".join(quoted)))
    if not filters.is_empty:
        # Looked up hit by hit: asked for the passages of all versions first, SQLite takes twenty times as long.
        version = select(PASSAGES.c.version_id).where(PASSAGES.c.id == INDEX.c.rowid).scalar_subquery()
        wanted = wanted.where(version.in_(passing_versions(filters)))
    # Equal weights stand in the order of storing, so that the same search gives the same answer.
    found = connection.execute(wanted.order_by(weight, INDEX.c.rowid).limit(limit))
    return [(int(row[0]), float(row[1])) for row in found]


def count_stems(connection: Connection, stems: Iterable[str]) -> dict[str, int]:
    """Return in how many passages each stem stands; stems that stand in none are left out.

    Args:
        connection: A reading connection.
        stems: As the word index makes them.
    """
    wanted = list(dict.fromkeys(stems))
    statement = text(f"SELECT term, doc FROM {WORD_VOCABULARY} WHERE term = :term")  # noqa: S608
    found = (connection.execute(statement, {"term": stem}).one_or_none() for stem in wanted)
    return {row[0]: int(row[1]) for row in found if row is not None}


class StemCounts:
    """Remembers how many passages hold a stem, for as long as the corpus stays the same: common words cost most."""

    def __init__(self) -> None:
        self._known: tuple[str, dict[str, int]] = "", {}

    def get(self, connection: Connection, stems: Iterable[str]) -> dict[str, int]:
        """Return in how many passages each stem stands, 0 included.

        Args:
            connection: A reading connection.
            stems: As the word index makes them.
        """
        revision, known = self._known
        now = read_revision(connection)
        if revision != now or len(known) > KNOWN_STEMS:
            known = {}
            self._known = now, known
        wanted = set(stems)
        new = [stem for stem in wanted if stem not in known]
        known |= dict.fromkeys(new, 0) | count_stems(connection, new)
        return {stem: known[stem] for stem in wanted}


def find_passage_ids(connection: Connection, filters: PassageFilters) -> NDArray[np.int64] | None:
    """Return the passages a filter passes, ascending, or None where it limits nothing.

    Args:
        connection: A reading connection.
        filters: The limits.
    """
    if filters.is_empty:
        return None
    passing = select(PASSAGES.c.id).where(PASSAGES.c.version_id.in_(passing_versions(filters)))
    rows = connection.execute(passing).scalars()
    return np.sort(np.fromiter(rows, dtype=np.int64))


def find_version_numbers(connection: Connection, filters: PassageFilters) -> NDArray[np.int64] | None:
    """Return row numbers of the versions a filter passes, ascending, or None where it limits nothing.

    Args:
        connection: A reading connection.
        filters: The limits.
    """
    if filters.is_empty:
        return None
    rows = connection.execute(passing_versions(filters)).scalars()
    return np.sort(np.fromiter(rows, dtype=np.int64))


def find_passing(connection: Connection, ids: Sequence[int], filters: PassageFilters) -> list[int]:
    """Return those of some passages that a filter passes, in their order.

    Args:
        connection: A reading connection.
        ids: Of passages.
        filters: The limits.
    """
    if filters.is_empty:
        return list(ids)
    passed: set[int] = set()
    for part in in_parts(map(int, ids)):
        mine = select(PASSAGES.c.id).where(PASSAGES.c.id.in_(part))
        passed.update(connection.execute(mine.where(PASSAGES.c.version_id.in_(passing_versions(filters)))).scalars())
    return [one for one in ids if one in passed]


def passing_versions(filters: PassageFilters) -> Select[Any]:
    """Return a query for the row numbers of the versions that filters pass.

    Args:
        filters: The limits.
    """
    joined = VERSIONS.join(DOCUMENTS, VERSIONS.c.document_id == DOCUMENTS.c.id)
    return select(VERSIONS.c.id).select_from(joined).where(*_conditions(filters))


def _conditions(filters: PassageFilters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.publishers:
        conditions.append(VERSIONS.c.publisher.in_(filters.publishers))
    if filters.document_types:
        conditions.append(VERSIONS.c.document_type.in_(filters.document_types))
    if filters.published_from is not None:
        conditions.append(VERSIONS.c.last_day >= filters.published_from.isoformat())
    if filters.published_to is not None:
        conditions.append(VERSIONS.c.first_day <= filters.published_to.isoformat())
    if filters.language:
        wide = DOCUMENTS.c.language.startswith(f"{filters.language}-", autoescape=True)
        conditions.append(or_(DOCUMENTS.c.language == filters.language, wide))
    if filters.latest_only:
        conditions.append(VERSIONS.c.is_latest)
    if filters.as_of is not None:
        conditions += _in_force(filters.as_of.isoformat())
    return conditions


def _in_force(day: str) -> list[ColumnElement[bool]]:
    later = VERSIONS.alias("later")
    replaced = select(later.c.id).where(
        later.c.document_id == VERSIONS.c.document_id, later.c.number > VERSIONS.c.number, later.c.first_day <= day
    )
    return [VERSIONS.c.first_day <= day, ~replaced.exists()]
