"""Official passages for claims, from the corpus: found by words and by meaning, scored together, copies shown once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from headwater.corpus.contract import PassageStore
from headwater.corpus.filters import PassageFilters
from headwater.domain.documents import Passage
from headwater.domain.policy import CheckPolicy
from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.agreement import RERANKED, rerank, tells
from headwater.retrieval.candidates import Candidate, CandidateMemory
from headwater.retrieval.cards import CardIndex
from headwater.retrieval.coherence import Affinities, affinities_of, lift_for
from headwater.retrieval.dense import FilteredIndex
from headwater.retrieval.lexical import WeighedWords, weigh_words
from headwater.retrieval.lists import whole_lists
from headwater.retrieval.neighbours import landings_beside
from headwater.retrieval.page_versions import near_versions
from headwater.retrieval.pool import Pool, to_hits
from headwater.retrieval.postings import WordSearch
from headwater.retrieval.query import Query, RetrievalResult
from headwater.retrieval.same_matter import FEW_QUERIES, NOT_ASKED, Asked, with_probabilities
from headwater.retrieval.same_release import gather_copies
from headwater.retrieval.snapshot import Snapshot, Snapshots
from headwater.retrieval.word_search import WordIndex

__all__ = ["HybridRetriever", "PassageStore", "Query", "RetrievalResult"]

NO_FILTERS = PassageFilters()
MORE = 4  # hits looked at for copies beyond those wanted


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """What one call may search.

    Args:
        snapshot: The corpus.
        filters: Which documents may answer.
        words: Search by words beside the database, or None where the database is asked.
    """

    snapshot: Snapshot
    filters: PassageFilters
    words: WordSearch | None


class HybridRetriever:
    """Finds passages of the corpus by words and by meaning. Safe to share between threads.

    Args:
        store: The corpus.
        model: Identifier of the model that the queries' vectors come from.
        policy: How many candidates are taken from each search.
        passages_of: All passages of a document, as something else remembers them; None to ask the corpus.
    """

    def __init__(
        self,
        store: PassageStore,
        model: str,
        policy: CheckPolicy | None = None,
        *,
        passages_of: Callable[[str], Sequence[Passage]] | None = None,
    ) -> None:
        self._store = store
        self._candidates = (policy or CheckPolicy()).candidates
        self._cards = cards = CardIndex(store)
        self._snapshots = Snapshots(store, model, cards)
        self._words = WordIndex(store, cards)
        self._passages_of = passages_of or store.passages_of
        self._memory = CandidateMemory(store.passages, self._passages_of, cards.get)

    def wait_until_whole(self) -> None:
        """Return when all that searches read has been made: until then the database's own word index answers."""
        self._cards.wait()

    def retrieve(
        self, queries: Sequence[Query], *, limit: int, filters: PassageFilters | None = None
    ) -> RetrievalResult:
        """Find the best passages of each query.

        Args:
            queries: Of one text: a document that answers many of them is preferred for the others.
            limit: Passages wanted of each; of copies in several versions of a document only the latest is given.
            filters: Which documents may answer; None for all.

        Raises:
            EmptyCorpusError: If the corpus holds no passage.
            ModelMismatchError: If the corpus was embedded by another model.
        """
        filters = filters or NO_FILTERS
        reach = self._reach(filters)
        pools = self._pools(queries, reach)
        votes = [pool.vote() for pool in pools]
        lifted = [
            self._lifted(query, pool, affinities_of(votes, place), reach)
            for place, (query, pool) in enumerate(zip(queries, pools, strict=True))
        ]
        answers = self._answers(queries, lifted, limit)
        hits = (
            () if query.only_votes else with_probabilities(query, next(answers), len(queries), asked)
            for query, asked in zip(queries, _asked(queries, pools, reach.snapshot.passages), strict=True)
        )
        return RetrievalResult(tuple(hits), reach.snapshot.notices)

    def _answers(
        self, queries: Sequence[Query], pools: Sequence[Pool], limit: int
    ) -> Iterator[tuple[ScoredPassage, ...]]:
        """Yield the best passages of each query to be answered, in order.

        Passages first that agree with it in figures and days, then those near the sources of the sentences around it:
        where these stand is known better once figures have been compared.
        """
        passages: dict[int, Passage] = {}
        drawn = _drawn(queries, self._agreed(queries, pools, limit, passages))
        chosen = [pool.best(limit + MORE) for pool in drawn]
        best = {pool.ids[place] for pool, places in zip(drawn, chosen, strict=True) for place in places}
        passages |= self._store.passages(sorted(best - passages.keys()))  # mostly none: those drawn from far off
        for pool, places in zip(drawn, chosen, strict=True):
            yield self._distinct(to_hits(pool, places, passages), limit)

    def _agreed(
        self, queries: Sequence[Query], pools: Sequence[Pool], limit: int, passages: dict[int, Passage]
    ) -> list[Pool]:
        """Return the pools with what their best passages gain by agreement; what is read is put into `passages`."""
        telling = [not query.only_votes and tells(query) for query in queries]
        depths = [max(limit, RERANKED) if one else limit + MORE for one in telling]
        chosen = [
            [] if query.only_votes else pool.best(depth)
            for query, pool, depth in zip(queries, pools, depths, strict=True)
        ]
        best = {pool.ids[place] for pool, places in zip(pools, chosen, strict=True) for place in places}
        passages |= self._store.passages(sorted(best))
        lists = whole_lists(passages.values(), self._store.passages) if any(telling) else {}
        return [
            pool.agreed(rerank(query, to_hits(pool, places, passages), lists, is_led=pool.is_led)) if places else pool
            for query, pool, places in zip(queries, pools, chosen, strict=True)
        ]

    def _distinct(self, hits: Sequence[ScoredPassage], limit: int) -> tuple[ScoredPassage, ...]:
        """Return the best passages, copies on other sites gathered; a few more are looked at to make up for them."""
        return gather_copies(hits[: limit + MORE], self._passages_of)[:limit]

    def _pools(self, queries: Sequence[Query], reach: Reach) -> list[Pool]:
        """Find and score the candidates of each query by itself."""
        frequencies = self._store.document_frequencies if reach.words is None else reach.words.frequencies
        words = weigh_words([query.text for query in queries], frequencies, reach.snapshot.passages)
        found = [
            dict.fromkeys([*meant, *self._named(weighed, reach)])
            for weighed, meant in zip(words, self._meant(queries, reach), strict=True)
        ]
        known = self._memory.get((one for ids in found for one in ids), str(reach.snapshot.change))
        return [
            self._pool(query, weighed, {one: known[one] for one in ids if one in known}, reach)
            for query, weighed, ids in zip(queries, words, found, strict=True)
        ]

    def _named(self, words: WeighedWords, reach: Reach) -> Sequence[int]:
        """Return the passages that hold most of a query's words, from the postings or from the database's own index."""
        if reach.words is not None:
            versions = None if reach.filters.is_empty else self._store.version_numbers(reach.filters)
            return reach.words.search(words, self._candidates, versions)
        if not words.terms:
            return ()
        return [one for one, _ in self._store.lexical_search(words.terms, self._candidates, reach.filters)]

    def _reach(self, filters: PassageFilters) -> Reach:
        snapshot = self._snapshots.latest()
        index = snapshot.index
        if not isinstance(index, FilteredIndex):
            return Reach(snapshot, filters, None)
        return Reach(snapshot, filters, self._words.search_in(index.index, snapshot.passages))

    def _meant(self, queries: Sequence[Query], reach: Reach) -> list[list[int]]:
        """Return for each query the passages nearest to its vector; none for a query without one."""
        vectors = [query.vector for query in queries if query.vector is not None]
        if not vectors:
            return [[] for _ in queries]
        found = iter(reach.snapshot.index.search(np.stack(vectors), self._candidates, reach.filters))
        return [[] if query.vector is None else next(found).tolist() for query in queries]

    def _pool(self, query: Query, words: WeighedWords, candidates: Mapping[int, Candidate], reach: Reach) -> Pool:
        ids = np.fromiter(candidates, dtype=np.int64, count=len(candidates))
        cosines = np.full(len(ids), np.nan) if query.vector is None else reach.snapshot.index.cosines(query.vector, ids)
        return Pool.of(words, candidates, cosines, query.day)

    def _lifted(self, query: Query, pool: Pool, affinities: Affinities, reach: Reach) -> Pool:
        """Add all passages of the documents that the text flows from, and lift them."""
        there = set(pool.ids)
        added: dict[int, Candidate] = {}
        for document in affinities:
            complete = self._memory.of_document(document, str(reach.snapshot.change))
            added |= {one: candidate for one, candidate in complete.items() if one not in there}
        if added and not reach.filters.is_empty:
            passing = set(self._store.passing(list(added), reach.filters))
            added = {one: candidate for one, candidate in added.items() if one in passing}
        if added:
            pool = pool.joined(self._pool(query, pool.words, added, reach))
        near = self._memory.get(near_versions(pool.ids, pool.candidates), str(reach.snapshot.change))
        return pool.lifted(affinities, by=lift_for(pool.words, reach.snapshot.passages), near=near.values())


def _drawn(queries: Sequence[Query], pools: Sequence[Pool]) -> list[Pool]:
    """Return the pools of the queries to be answered, each with what the sentences before and after tell of it."""
    whole = sorted(range(len(queries)), key=lambda one: len(queries[one].text))  # of a sentence's parts it speaks
    landings = {place: pools[one].landing() for one in whole if (place := queries[one].place) is not None}
    return [
        pool.drawn(landings_beside(query, landings))
        for query, pool in zip(queries, pools, strict=True)
        if not query.only_votes
    ]


def _asked(queries: Sequence[Query], pools: Sequence[Pool], passages: int) -> Iterator[Asked]:
    """Yield what each query brings with it; nothing is made of it where many are asked together."""
    few = len(queries) <= FEW_QUERIES
    return (pool.asked(query.day, passages) if few else NOT_ASKED for query, pool in zip(queries, pools, strict=True))
