"""What a figure or a superlative holds for: England in the source, the United Kingdom in the claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_settings import Setting
from headwater.domain.facts import NameKind
from headwater.extraction.names_tables import place_parents

SMALL = 10  # a bare "three" in two sentences is no sign that they give one figure
_OVER = frozenset(("in", "across", "within", "throughout"))


def find_wider_or_narrower(
    claimed: Sequence[Setting], official: Sequence[Setting]
) -> Iterator[tuple[Setting, Setting]]:
    """Yield each place of the claim whose statement the source makes of a part of it, or of the whole it is in.

    Args:
        claimed: All names of the claim.
        official: All names of the passages.
    """
    held = {setting.mention.canonical for setting in official}
    told = {setting.mention.canonical for setting in claimed}
    for ours in claimed:
        if ours.mention.kind is not NameKind.PLACE or ours.lead not in _OVER or ours.mention.canonical not in held:
            continue
        facing = [
            theirs
            for theirs in official
            if theirs.mention.kind is NameKind.PLACE and theirs.lead in _OVER and _is_one_matter(ours, theirs)
        ]
        if any(_is_same(ours, theirs) or ours.mention.canonical in theirs.names for theirs in facing):
            continue
        for theirs in facing:
            beside = _stand_alike(ours, theirs)
            if _is_within(ours, theirs) and (beside or theirs.mention.canonical not in told):
                yield ours, theirs
                break


def _is_same(ours: Setting, theirs: Setting) -> bool:
    return relate_names(ours.mention, theirs.mention) is not NameRelation.APART


def _is_within(ours: Setting, theirs: Setting) -> bool:
    """Say whether one place lies in the other."""
    one, other = ours.mention.canonical, theirs.mention.canonical
    return place_parents().get(one) == other or place_parents().get(other) == one


def _is_one_matter(ours: Setting, theirs: Setting) -> bool:
    """Say whether both sentences give the same figures, or have the same words right before the place."""
    figures = {value for value in ours.figures if value >= SMALL or value != int(value)}
    shared = sum(key[0] != "=" for key in ours.told.keys() & theirs.told.keys())
    return (bool(figures) and figures <= theirs.figures and shared >= 1) or _stand_alike(ours, theirs)


def _stand_alike(ours: Setting, theirs: Setting) -> bool:
    """Say whether two places stand behind the same two words and preposition: "the first woman in"."""
    return ours.lead == theirs.lead != "" and len(ours.before) > 1 and ours.before[:2] == theirs.before[:2]
