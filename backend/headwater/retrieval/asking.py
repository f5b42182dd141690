"""How a check asks for passages: what it needs of an encoder and a searcher, and the queries of its claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from headwater.alignment.hits import search_text
from headwater.corpus.filters import PassageFilters
from headwater.domain.claims import Claim
from headwater.retrieval.query import Query, RetrievalResult
from headwater.text.sentences import split_sentences
from headwater.text.surroundings import Surrounded

EACH_SIDE = 4  # sentences around a highlight that vote: each costs as much as a claim, and those beyond tell less
LEAST_WORDS = 4  # of such a sentence: the rest of one that was cut off says nothing


class Encoder(Protocol):
    """Text to unit vectors; see `headwater_embeddings.encoder`."""

    model_id: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text. Shape: (len(texts), dimensions)."""


class Searcher(Protocol):
    """Official passages for queries; see `headwater.retrieval.retriever`."""

    def retrieve(
        self, queries: Sequence[Query], *, limit: int, filters: PassageFilters | None = None
    ) -> RetrievalResult:
        """Return the best passages of each query, best first."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a highlight.

    Args:
        before: The sentences just before it.
        after: The sentences just after it.
        title: The headline, or "".
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    title: str = ""


NOTHING = Around()


def queries_of(
    claims: Sequence[Claim], encoder: Encoder, *, around: Around = NOTHING, day: date | None = None
) -> list[Query]:
    """Make one query for each claim, one for each sentence that was parted into several, and one for each around them.

    Args:
        claims: Of one text.
        encoder: Text to vectors.
        around: What stands around it: this votes for documents, and is not answered.
        day: The text's day, or None.

    Returns:
        The queries, each text once.
    """
    places: dict[str, int | None] = {}
    for claim in claims:
        for text in (search_text(claim), claim.sentence):
            places.setdefault(text, claim.sentence_id)
    answered = len(places)
    first, last = (choose((claim.sentence_id for claim in claims), default=0) for choose in (min, max))
    for distance, text in enumerate(reversed(around.before), 1):
        places.setdefault(text, first - distance)
    for distance, text in enumerate(around.after, 1):
        places.setdefault(text, last + distance)
    if around.title:
        places.setdefault(around.title, None)
    vectors = encoder.encode(list(places))
    return [
        Query(text, vector, day, only_votes=number >= answered, place=place)
        for number, ((text, place), vector) in enumerate(zip(places.items(), vectors, strict=True))
    ]


def words_around(surrounded: Surrounded, title: str = "") -> Around:
    """Return the sentences nearest to a highlight, and the headline it stands under.

    Args:
        surrounded: The highlight.
        title: The headline, or "".
    """
    text, within = surrounded.mapped.text, surrounded.within
    before = tuple(_sentences(text[: within.start]))[-EACH_SIDE:]
    after = tuple(_sentences(text[within.end :]))[:EACH_SIDE]
    return Around(before, after, title if _says_something(title) else "")


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        for span in split_sentences(line):
            sentence = span.slice(line).strip()
            if _says_something(sentence):
                yield sentence


def _says_something(sentence: str) -> bool:
    return len(sentence.split()) >= LEAST_WORDS
