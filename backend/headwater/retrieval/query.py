"""What retrieval is asked, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headwater.domain.verdicts import ScoredPassage


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """One search.

    Args:
        text: The words to find, as working text.
        vector: Of `text`, of length 1, or None to search by words alone. Shape: (dimensions,).
        day: Of the text it stands in, or None: news is told within days of the document it flows from.
        only_votes: Whether it stands around the others (the sentence before, the headline): it helps to tell which
            documents they flow from, and is not answered.
        place: Number of its sentence in the text, or None where that is not known; parts of one sentence share it.
    """

    text: str
    vector: NDArray[np.float32] | None
    day: date | None = None
    only_votes: bool = False
    place: int | None = None


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """The answer to a list of queries.

    Args:
        hits: For each query the passages found, best first; none for one that only votes.
        notices: Degraded work, in words.
    """

    hits: tuple[tuple[ScoredPassage, ...], ...]
    notices: tuple[str, ...] = ()
