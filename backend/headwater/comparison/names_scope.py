"""What a figure or a superlative holds for: England in the source, the United Kingdom in the claim.

A place is wider or narrower news only where the statement is one of a whole: a share of its people, the first or the
largest in it, a count of what it has. What merely happened in Budapest happened in Hungary too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_settings import Setting
from headwater.comparison.vocabulary import concept
from headwater.domain.facts import NameKind
from headwater.extraction.names_tables import place_parents

SMALL = 10  # a bare "three" in two sentences is no sign that they give one figure
MOST_BETWEEN = 70  # characters between "the first" and "in Queensland"
LEAST_FIGURES = 2  # shared by both sentences: one may be met by chance
_OVER = frozenset(("in", "across", "within", "throughout"))
_BEST = re.compile(
    r"\b(?P<most>first|only|sole|last|most|least|[a-z]{3,}est)\b(?P<what>(?: [\w’'-]+){1,5}?)"
    r" (?:in|across|within|throughout|anywhere in) (?:the |all of |all )?\Z"
)
_NOT_BEST = frozenset(
    ("interest", "forest", "request", "harvest", "protest", "west", "rest", "test", "guest", "invest")
)
_SHARE = re.compile(r"(?:%|\bper ?cent\b) of\b", re.IGNORECASE)
_GREAT_BRITAIN = "great britain"


def find_wider_or_narrower(
    claimed: Sequence[Setting], official: Sequence[Setting], claim: str, passages: Sequence[str]
) -> Iterator[tuple[Setting, Setting]]:
    """Yield each place of the claim whose statement the source makes of a part of it, or of the whole it is in.

    Args:
        claimed: All names of the claim.
        official: All names of the passages.
        claim: The claim as working text.
        passages: The passages as working text.
    """
    places = [theirs for theirs in official if theirs.mention.kind is NameKind.PLACE and theirs.lead in _OVER]
    held = {setting.mention.canonical for setting in official}
    told = {setting.mention.canonical for setting in claimed}
    for ours in claimed:
        if ours.mention.kind is not NameKind.PLACE or ours.lead not in _OVER:
            continue
        best = find_superlative(ours, claim)
        facing = [theirs for theirs in places if is_one_whole(ours, theirs) or _is_best(best, theirs, passages)]
        if any(_is_same(ours, theirs) or ours.mention.canonical in theirs.names for theirs in facing):
            facing = [theirs for theirs in facing if _is_great_britain(ours, theirs)]
        for theirs in facing:
            other = theirs.mention.canonical not in told - {ours.mention.canonical}
            sure = best is not None or (other and (ours.mention.canonical in held or _shares(ours, claim)))
            if sure and _is_within(ours, theirs):
                yield ours, theirs
                break


def _is_same(ours: Setting, theirs: Setting) -> bool:
    return relate_names(ours.mention, theirs.mention) is not NameRelation.APART


def _is_within(ours: Setting, theirs: Setting) -> bool:
    """Say whether one place lies in the other."""
    one, other = ours.mention.canonical, theirs.mention.canonical
    inside = place_parents().get(one) == other or place_parents().get(other) == one
    return inside or _is_great_britain(ours, theirs)


def _is_great_britain(ours: Setting, theirs: Setting) -> bool:
    """Say whether one has Great Britain where the other has the United Kingdom: "Britain" alone may be either."""
    written = {name.mention.surface.lower().removeprefix("the ") for name in (ours, theirs)}
    kingdom = written - {_GREAT_BRITAIN}
    same = ours.before[:1] == theirs.before[:1] != ()
    return same and len(written) > len(kingdom) and kingdom <= {"united kingdom", "uk", "u.k."} and bool(kingdom)


def _large(setting: Setting) -> set[object]:
    return {value for value in setting.figures if value >= SMALL or value != int(value)}


def _shares(ours: Setting, claim: str) -> bool:
    """Say whether a text gives a share: "one in ten adults", "38 per cent of households"."""
    return any(0 < value < 1 for value in ours.figures) or (bool(ours.figures) and _SHARE.search(claim) is not None)


def is_one_whole(ours: Setting, theirs: Setting) -> bool:
    """Say whether two sentences give the same figures of the same things.

    Args:
        ours: Of the claim's place.
        theirs: Of the official one.
    """
    figures = _large(ours)
    common = figures & set(theirs.figures)
    shared = sum(key[0] != "=" for key in ours.told.keys() & theirs.told.keys())
    mostly = len(common) >= LEAST_FIGURES and len(common) * 2 > len(figures)
    return shared >= 1 and bool(common) and (mostly or figures <= set(theirs.figures))


def find_superlative(ours: Setting, text: str) -> tuple[str, frozenset[str]] | None:
    """Return "first" and "woman" of "the first woman in Australia", or None.

    Args:
        ours: The place.
        text: The text it stands in.
    """
    start = ours.mention.span.start
    found = _BEST.search(text[max(0, start - MOST_BETWEEN) : start].lower())
    if found is None or found["most"] in _NOT_BEST:
        return None
    return found["most"], frozenset(concept(word) for word in found["what"].split()) - {""}


def _is_best(best: tuple[str, frozenset[str]] | None, theirs: Setting, passages: Sequence[str]) -> bool:
    """Say whether the same superlative of the same thing stands before an official place."""
    other = None if best is None else find_superlative(theirs, passages[theirs.passage])
    return best is not None and other is not None and best[0] == other[0] and bool(best[1] & other[1])
