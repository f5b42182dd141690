"""How probable it is that a passage found speaks of a claim's matter at all: decides "no official source found"."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from headwater.domain.verdicts import ScoredPassage
from headwater.retrieval.agreement import figures_told
from headwater.retrieval.candidates import days_of
from headwater.retrieval.news import is_news
from headwater.retrieval.query import Query

FEW_QUERIES = 3  # from a fourth on, claims and sentences around them tell each other's document


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query brings with it.

    Args:
        weight: Of its words, in words as rare as can be.
        news: How much it tells that a document appeared within days of the text; see `news_tells`.
    """

    weight: float = 0.0
    news: float = 0.0


NOT_ASKED = Asked()


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a passage being of a query's matter.

    Args:
        near: Cosine and squared coverage: how near it is by itself.
        lift: What the ranker gave beyond that.
        ahead: By how much the best document leads the next: what many documents say alike is of no certain one.
        figures: Share of the query's figures that it tells: figures met by chance lift a passage as well.
        held: How much of what the query says it holds: "Crime fell." is held whole by many, and says next to nothing.
        day: How much it tells that its document appeared within days of the text; 0 where it did not.
    """

    near: float
    lift: float
    ahead: float
    figures: float
    held: float = 0.0
    day: float = 0.0


@dataclass(frozen=True, slots=True)
class SameMatter:
    """A map from the signs to a probability: log odds where there are none, and what each whole adds."""

    base: float
    near: float
    lift: float
    ahead: float
    figures: float = 0.0
    held: float = 0.0
    day: float = 0.0

    def probability(self, signs: Signs) -> float:
        """Return the probability that a passage speaks of the matter of the query it was found for."""
        odds = self.base + self.near * signs.near + self.lift * signs.lift + self.ahead * signs.ahead
        odds += self.figures * signs.figures + self.held * signs.held + self.day * signs.day
        return 1 / (1 + math.exp(-odds))


def signs_of(query: Query, hits: Sequence[ScoredPassage], asked: Asked = NOT_ASKED) -> list[Signs]:
    """Return the signs of each hit of a query.

    Args:
        query: The query.
        hits: What was found for it, best first.
        asked: What it brings with it.
    """
    ahead = _ahead(hits) if hits else 0.0
    return [_signs(query, hit, ahead, asked) for hit in hits]


def _ahead(hits: Sequence[ScoredPassage]) -> float:
    """Return how far the best hit leads those of other documents; the last one bounds what was not looked at.

    Where it is the only one, there is nothing else that it could be taken for.
    """
    best = hits[0]
    if len(hits) == 1:
        return best.similarity
    others = [hit.similarity for hit in hits if hit.passage.document.id != best.passage.document.id]
    return best.similarity - (others[0] if others else hits[-1].similarity)


def _signs(query: Query, hit: ScoredPassage, ahead: float, asked: Asked) -> Signs:
    near = (hit.cosine if hit.cosine is not None else hit.similarity - hit.coverage**2) + hit.coverage**2
    is_of_the_day = query.day is not None and is_news(days_of(hit.passage.document), query.day)
    return Signs(
        near,
        hit.similarity - near,
        ahead,
        figures_told(query, hit.passage.text),
        held=hit.coverage * asked.weight,
        day=asked.news if is_of_the_day else 0.0,
    )


_TABLE = tomllib.loads(Path(__file__).with_name("same_matter.toml").read_text(encoding="utf-8"))
ALONE, IN_A_TEXT = SameMatter(**_TABLE["alone"]), SameMatter(**_TABLE["in_a_text"])


def with_probabilities(
    query: Query, hits: Sequence[ScoredPassage], queries: int, asked: Asked = NOT_ASKED
) -> tuple[ScoredPassage, ...]:
    """Return hits with the probability of each.

    Args:
        query: What they were found for.
        hits: Best first.
        queries: How many were asked together.
        asked: What the query brings with it: told of only where few were asked.
    """
    found = ALONE if queries <= FEW_QUERIES else IN_A_TEXT
    signs = signs_of(query, hits, asked)
    return tuple(replace(hit, probability=found.probability(each)) for hit, each in zip(hits, signs, strict=True))
