"""Search among vectors inside PostgreSQL: an HNSW index of half-precision copies finds, the exact vectors decide.

A graph answers a filter the worse the less it passes, so that there are three ways to answer one: where few passages
pass, from those alone, exactly; where more do, from the signs of all their vectors, of which the best are compared in
full; where a good part of the corpus does, through the graph, which goes on until enough of what it finds passes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    true,
)

from headwater.corpus.contract import Ids, Vectors
from headwater.corpus.filters import PassageFilters
from headwater.corpus.postgres.counts import VECTOR_COUNTS
from headwater.corpus.postgres.indexes import half_precision, of_model
from headwater.corpus.postgres.types import PgVectorValue
from headwater.corpus.searching import passing_versions
from headwater.corpus.tables import PASSAGES, VECTORS, VERSIONS

SEARCH_WIDTH = 400  # vectors looked at; by few queries over a million, 200 finds a little less of the nearest 100
WIDEST = 1_000  # the most that pgvector takes
SCANNED_AT_MOST = 20_000  # vectors a filtered search goes through before the rest is answered exactly
FEW_PASSAGES = 15_000  # a filter that passes no more is answered from these alone: no slower than the graph, and exact
ROUGHLY_BEST = 3_000  # passages compared in full of those found by their signs
WIDE_SHARE = 0.35  # of all passages: a filter that passes more is answered through the graph, as quickly and as well
KNOWN_FILTERS = 200  # whose number of passages is remembered
MOST_COPIES = 200  # passages answered for one vector: a sentence may stand in every version of a page
EVERYTHING = PassageFilters()

Reading = Callable[[], AbstractContextManager[Connection]]
BITS = table("passage_bits", column("passage_id"), column("version_id"), column("model"), column("bits"))
SOUGHT: ColumnElement[Any] = bindparam("sought", type_=PgVectorValue())


class PostgresDense:
    """The vectors of one model, searched where they are.

    Args:
        read: Opens a reading connection.
        model: Identifier of the model.
        dimensions: Of its vectors.
        passages: How many passages have a vector.
    """

    def __init__(self, read: Reading, model: str, *, dimensions: int, passages: int) -> None:
        self._read, self._passages = read, passages
        self._mine, self._model = of_model(model), model
        self._dimensions = dimensions
        self._passing: dict[PassageFilters, int] = {}
        self._nearness = half_precision(dimensions).op("<#>")(SOUGHT.op("::")(literal_column(f"halfvec({dimensions})")))

    def __len__(self) -> int:
        return self._passages

    def search(self, queries: Vectors, k: int, filters: PassageFilters = EVERYTHING) -> list[Ids]:
        """Find the passages nearest to each query: all copies of its `k` nearest different texts.

        Args:
            queries: Unit vectors. Shape: (q, dimensions).
            k: Different texts wanted of each.
            filters: Which passages may be answered.

        Returns:
            For each query the identifiers of passages, nearest first. Shapes: (any,).
        """
        if not len(queries) or k < 1:
            return [np.zeros(0, dtype=np.int64) for _ in queries]
        with self._read() as connection:
            connection.exec_driver_sql(f"SET LOCAL hnsw.ef_search = {min(WIDEST, max(k, SEARCH_WIDTH))}")
            ways = self._ways(connection, k, filters)
            return [self._first_that_suffices(connection, ways, query, k) for query in queries]

    def cosines(self, query: Vectors, ids: Ids) -> NDArray[np.float64]:
        """Return the cosine of a query with passages; not-a-number for those without a vector.

        Args:
            query: A unit vector. Shape: (dimensions,).
            ids: Of the passages. Shape: (n,).

        Returns:
            Shape: (n,).
        """
        answer = np.full(len(ids), np.nan)
        if not len(ids):
            return answer
        wanted = (
            select(PASSAGES.c.id, _inner_product())
            .join(VECTORS, VECTORS.c.text_hash == PASSAGES.c.text_hash)
            .where(self._mine, PASSAGES.c.id == func.any(bindparam("ids")))
        )
        with self._read() as connection:
            found = connection.execute(wanted, {"sought": query, "ids": [int(one) for one in ids]})
            cosines = {int(row[0]): float(row[1]) for row in found}
        for place, one in enumerate(ids.tolist()):
            answer[place] = cosines.get(one, np.nan)
        return answer

    def _ways(self, connection: Connection, k: int, filters: PassageFilters) -> list[Select[Any]]:
        """Return the searches to be tried in turn: the next one where one finds fewer texts than were asked for."""
        if filters.is_empty:
            return [_with_copies(self._approximate(k), k, filters)]
        exact = _with_copies(self._exact(_texts_passing(filters)), k, filters)
        passing = self._count_passing(connection, filters)
        if passing <= FEW_PASSAGES:
            return [exact]
        if passing <= WIDE_SHARE * self._passages:
            return [_with_copies(self._exact(self._texts_by_signs(filters)), k, filters), exact]
        connection.exec_driver_sql(  # what passes lies far apart in the graph
            f"SET LOCAL hnsw.ef_search = {WIDEST}; SET LOCAL hnsw.iterative_scan = relaxed_order; "
            f"SET LOCAL hnsw.max_scan_tuples = {SCANNED_AT_MOST}"
        )
        passes = select(PASSAGES.c.id).where(PASSAGES.c.text_hash == VECTORS.c.text_hash, _passes(filters)).exists()
        return [_with_copies(self._approximate(k).where(passes), k, filters), exact]

    def _count_passing(self, connection: Connection, filters: PassageFilters) -> int:
        """Return how many passages pass, as far as it matters."""
        if filters not in self._passing:
            if len(self._passing) >= KNOWN_FILTERS:
                self._passing.clear()
            enough = max(FEW_PASSAGES, int(WIDE_SHARE * self._passages)) + 1
            some = select(PASSAGES.c.id).where(PASSAGES.c.version_id.in_(passing_versions(filters))).limit(enough)
            self._passing[filters] = int(
                connection.execute(select(func.count()).select_from(some.subquery())).scalar_one()
            )
        return self._passing[filters]

    def _first_that_suffices(
        self, connection: Connection, ways: list[Select[Any]], query: NDArray[np.float32], k: int
    ) -> Ids:
        rows: list[Any] = []
        for way in ways:
            rows = list(connection.execute(way, {"sought": query}))
            if len({row.text_hash for row in rows}) == k:
                break
        return np.fromiter((row.id for row in rows), dtype=np.int64, count=len(rows))

    def _approximate(self, k: int) -> Select[Any]:
        """Return a search through the graph, whose finds are to be put in order by the exact vectors."""
        width = max(k, SEARCH_WIDTH)
        return select(VECTORS.c.text_hash, VECTORS_AS_THEY_ARE).where(self._mine).order_by(self._nearness).limit(width)

    def _exact(self, texts: Select[Any]) -> Select[Any]:
        """Return the vectors of some texts."""
        few = texts.distinct().cte("few").prefix_with("MATERIALIZED", dialect="postgresql")
        return (
            select(VECTORS.c.text_hash, VECTORS_AS_THEY_ARE)
            .join(few, few.c.text_hash == VECTORS.c.text_hash)
            .where(self._mine)
        )

    def _texts_by_signs(self, filters: PassageFilters) -> Select[Any]:
        """Return the texts of the passages that pass whose vectors agree with the one sought in most signs."""
        number = select(VECTOR_COUNTS.c.number).where(VECTOR_COUNTS.c.model == self._model).scalar_subquery()
        sought = func.binary_quantize(SOUGHT).op("::")(literal_column(f"bit({self._dimensions})"))
        signs = BITS.c.bits.op("::")(literal_column(f"bit({self._dimensions})"))
        best = (
            select(BITS.c.passage_id)
            .where(BITS.c.model == number, BITS.c.version_id.in_(passing_versions(filters)))
            .order_by(signs.op("<~>")(sought))
            .limit(ROUGHLY_BEST)
        )
        found = best.cte("roughly").prefix_with("MATERIALIZED", dialect="postgresql")
        return select(PASSAGES.c.text_hash).join(found, found.c.passage_id == PASSAGES.c.id)


VECTORS_AS_THEY_ARE: ColumnElement[Any] = literal_column("vectors.vector", type_=PgVectorValue()).label("vector")


def _inner_product() -> ColumnElement[float]:
    """Return the inner product of the stored vector with the one sought: of unit vectors it is the cosine."""
    stored: ColumnElement[Any] = literal_column("vectors.vector", type_=PgVectorValue())
    return -stored.op("<#>", return_type=Float())(SOUGHT)


def _with_copies(found: Select[Any], k: int, filters: PassageFilters) -> Select[Any]:
    """Return the passages of the `k` nearest texts found, nearest first, the latest stored copies of each."""
    near = found.subquery("near")
    distance = near.c.vector.op("<#>", return_type=Float())(SOUGHT).label("distance")
    best = select(near.c.text_hash, distance).order_by(distance, near.c.text_hash).limit(k).subquery("best")
    copies = select(PASSAGES.c.id).where(PASSAGES.c.text_hash == best.c.text_hash)
    if not filters.is_empty:
        copies = copies.where(_passes(filters))
    latest = copies.order_by(PASSAGES.c.id.desc()).limit(MOST_COPIES).lateral("copies")
    return (
        select(best.c.text_hash, latest.c.id)
        .select_from(best.join(latest, true()))
        .order_by(best.c.distance, best.c.text_hash, latest.c.id)
    )


def _passes(filters: PassageFilters) -> ColumnElement[bool]:
    """Return the condition that a passage's version passes, looked up passage by passage."""
    return passing_versions(filters).where(VERSIONS.c.id == PASSAGES.c.version_id).correlate(PASSAGES).exists()


def _texts_passing(filters: PassageFilters) -> Select[Any]:
    """Return the texts of all passages that pass."""
    return select(PASSAGES.c.text_hash).where(PASSAGES.c.version_id.in_(passing_versions(filters)))
