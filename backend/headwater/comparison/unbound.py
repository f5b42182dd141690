"""A number that the document has to the digit, though no word says that it is the claim's.

"About 40 holders of British National (Overseas) passports" of "around 40 prisoners": that the source does not state 40
would be untrue. Where the words of the source have another figure for the claim's thing, that has been said before.
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.comparison.belonging import find_rival
from headwater.comparison.contexts import Context
from headwater.comparison.figure_outcomes import Outcome
from headwater.comparison.pairing import Candidate

SELDOM = 2  # places of a document that have a number: more have it by chance


def find_unbound(reading: Context, ranked: Sequence[Candidate]) -> Candidate | None:
    """Find the equal figure of a document that has the number once or twice.

    Args:
        reading: A figure of the claim.
        ranked: The document's figures that it may be compared with.
    """
    plain = [
        one
        for one in ranked
        if one.outcome.outcome is Outcome.EQUAL and not one.binding.apart and find_rival(reading, one, ranked) is None
    ]
    places = {(one.passage, one.official.figure.span) for one in plain}
    return plain[0] if plain and len(places) <= SELDOM else None
