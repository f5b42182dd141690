"""The passages that may answer one query, and their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headwater.domain.documents import Passage
from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.candidates import Candidate
from headwater.retrieval.coherence import LIFT, Affinities, lift, vote
from headwater.retrieval.fusion import Scores, Shares, score
from headwater.retrieval.lexical import WeighedWords, inverse_frequency
from headwater.retrieval.neighbours import Beside, Landing, draw, landing_of
from headwater.retrieval.news import news_tells, with_news
from headwater.retrieval.page_versions import tell_versions_apart
from headwater.retrieval.same_matter import Asked

PLACES = 6  # decimals by which two similarities differ: beyond is noise of the arithmetic


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Candidates of one query, scored.

    Args:
        words: Of the query.
        ids: Of the passages.
        candidates: The passages, in the order of `ids`.
        scores: The same.
        is_led: Whether the text tells which document the query flows from.
    """

    words: WeighedWords
    ids: tuple[int, ...]
    candidates: tuple[Candidate, ...]
    scores: Scores
    is_led: bool = False

    @classmethod
    def of(
        cls, words: WeighedWords, candidates: Mapping[int, Candidate], cosines: Shares, day: date | None = None
    ) -> Pool:
        """Score candidates for a query.

        Args:
            words: Of the query.
            candidates: Passage identifier to passage.
            cosines: In their order; not-a-number where a passage has no vector. Shape: (len(candidates),).
            day: Of the text that the query stands in, or None.
        """
        passages = tuple(candidates.values())
        scores = score(words, passages, cosines)
        similarities, within = (with_news(each, passages, day) for each in (scores.similarities, scores.within))
        scores = replace(scores, similarities=similarities, within=within)
        return cls(words, tuple(candidates), passages, scores)

    def asked(self, day: date | None, passages: int) -> Asked:
        """Return what the query brings with it, for the probability that a passage is of its matter.

        Args:
            day: Of the text that it stands in, or None.
            passages: Number of all passages.
        """
        return Asked(self.words.total / inverse_frequency(0, passages), news_tells(self.candidates, day))

    def vote(self) -> dict[str, float]:
        """Return for which documents the query speaks."""
        return vote(self.scores.similarities, self.candidates)

    def joined(self, other: Pool) -> Pool:
        """Return both pools of one query as one; they share no passage."""
        return replace(
            self,
            ids=self.ids + other.ids,
            candidates=self.candidates + other.candidates,
            scores=self.scores.joined(other.scores),
        )

    def lifted(self, affinities: Affinities, *, by: float = LIFT, near: Iterable[Candidate] = ()) -> Pool:
        """Return the pool with the passages lifted that stand in documents the text flows from.

        Args:
            affinities: Of those documents.
            by: What full affinity adds; 0 where there is no other document to prefer them to.
            near: Passages around those found in several versions of a document; see `near_versions`.
        """
        led = np.fromiter((one.document in affinities for one in self.candidates), dtype=np.bool_)
        similarities = np.where(led, self.scores.within, self.scores.similarities)
        similarities = lift(similarities, self.candidates, self.words, affinities, by=by)
        similarities = similarities + tell_versions_apart(self.candidates, near, self.words)
        return replace(self, scores=replace(self.scores, similarities=similarities), is_led=bool(affinities))

    def landing(self) -> Landing | None:
        """Return where the source of the query stands, or None where that is open."""
        return landing_of(self.ids, self.candidates, self.scores.similarities)

    def agreed(self, hits: Iterable[ScoredPassage]) -> Pool:
        """Return the pool with what passages of it gained when they were compared with the query.

        Args:
            hits: The passages compared.
        """
        places = {one: place for place, one in enumerate(self.ids)}
        similarities = self.scores.similarities.copy()
        for hit in hits:
            similarities[places[hit.passage.id]] = hit.similarity
        return replace(self, scores=replace(self.scores, similarities=similarities))

    def drawn(self, beside: Beside) -> Pool:
        """Return the pool with the passages lifted that stand near the sources of the sentences around.

        Args:
            beside: Where the sentences before and after stand.
        """
        similarities = draw(self.scores.similarities, self.ids, self.candidates, beside)
        return replace(self, scores=replace(self.scores, similarities=similarities))

    def best(self, limit: int) -> list[int]:
        """Return places of the best passages, best first; of copies in several versions only the latest.

        Args:
            limit: How many at most.
        """
        versions = np.array([candidate.version for candidate in self.candidates])
        similarities = np.round(self.scores.similarities, PLACES)
        order: NDArray[np.intp] = np.lexsort((np.array(self.ids), -versions, -similarities))
        seen: dict[int, int] = {}
        for place in order.tolist():
            seen.setdefault(self.candidates[place].copy_of, place)
            if len(seen) == limit:
                break
        return list(seen.values())

    def hit(self, place: int, passage: Passage) -> ScoredPassage:
        """Return the passage at a place as an answer."""
        cosine = float(self.scores.cosines[place])
        return ScoredPassage(
            passage,
            similarity=float(self.scores.similarities[place]),
            cosine=None if np.isnan(cosine) else cosine,
            coverage=float(self.scores.coverages[place]),
        )


def to_hits(pool: Pool, places: Iterable[int], passages: Mapping[int, Passage]) -> tuple[ScoredPassage, ...]:
    """Return passages of a pool as answers; those not in `passages` are left out.

    Args:
        pool: Of one query.
        places: Of the passages wanted, from `Pool.best`.
        passages: By identifier.
    """
    return tuple(pool.hit(place, passages[pool.ids[place]]) for place in places if pool.ids[place] in passages)
