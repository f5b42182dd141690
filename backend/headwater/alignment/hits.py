"""What is searched for claims, and how what was found is sorted before it is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from headwater.domain.claims import Claim, ClaimKind
from headwater.domain.verdicts import ScoredPassage

SHORT_CLAIM_WORDS = 6  # shorter claims ("which have increased recently") mean nothing without their sentence
LEAST_SAID = 0.5  # share of a claim that has to be what is said, for the rest to be who says it
RIVAL_NEARNESS = 0.85  # of the best document's similarity: below it a document tells of something else
MOST_RIVALS = 4  # documents compared with a claim

Judged = TypeVar("Judged")
Order = tuple[tuple[int, int], int, bool]
UNRIVALLED: Order = ((0, 0), 0, False)  # the best found, in force, and nothing in the claim that it says otherwise


def search_text(claim: Claim) -> str:
    """Return what is searched for a claim: its words, or its sentence where they are too few to stand alone.

    However short, a quotation is searched by its own words.

    A lead-in that names nobody is left out: "According to official sources, ..." would find what speaks of sources. A
    name or an office helps, since a passage is known by its speaker too.
    """
    text = claim.content.text
    said = [
        one.content
        for one in claim.content.facts.attributions
        if one.speaker.islower() and len(one.content) >= LEAST_SAID * len(text)
    ]
    words = said[0].slice(text).strip(" ,;:") if said else text
    stands_alone = claim.kind is ClaimKind.QUOTATION or len(words.split()) >= SHORT_CLAIM_WORDS
    return words if stands_alone else claim.sentence


def rival_documents(hits: Sequence[ScoredPassage], least: float = 0.0) -> list[list[ScoredPassage]]:
    """Group hits by document version, keeping the documents that come near the best; best first, never empty.

    Many official pages say one sentence with other figures (versions of a page, monthly bulletins): a claim is judged
    by the one that it agrees with best, never by words gathered from several.

    Args:
        hits: Of one claim.
        least: Probability that one of a document's passages speaks of the claim's matter, at least: however well its
            words agree, a document of another matter answers nothing. Where no document is left, one group is empty.
    """
    groups: dict[tuple[str, int], list[ScoredPassage]] = {}
    for hit in hits:
        groups.setdefault((hit.passage.document.id, hit.passage.document.version), []).append(hit)
    groups = {key: group for key, group in groups.items() if any(_is_probable(hit, least) for hit in group)}
    if not groups:
        return [[]]
    ranked = sorted(groups.values(), key=lambda group: -group[0].similarity)
    best = ranked[0][0].similarity
    near = [group for group in ranked if group[0].similarity >= min(best, RIVAL_NEARNESS * best)]  # it may be below 0
    return near[:MOST_RIVALS]


def _is_probable(hit: ScoredPassage, least: float) -> bool:
    return hit.probability is None or hit.probability >= least


def rank_of(group: Sequence[ScoredPassage], hits: Sequence[ScoredPassage]) -> int:
    """Return how many hits are better than every hit of a group's document, whatever the version.

    Of documents that agree with a claim alike the better found answers: which version of it is in force is a question
    among its own versions.

    Args:
        group: Hits of one document, or none.
        hits: All hits, best first.
    """
    documents = [hit.passage.document.id for hit in hits]
    return documents.index(group[0].passage.document.id) if group else 0


def least(judged: Iterable[Judged], order: Callable[[Judged], Order]) -> Judged:
    """Return what comes first, and judge no further once nothing can come before it; of equals the first.

    Args:
        judged: A claim as each rival document judges it, made one after the other; one at least.
        order: How much the document says otherwise, its rank, and whether it is not in force.
    """
    rivals = iter(judged)
    best = next(rivals)
    first = order(best)
    while first != UNRIVALLED and (rival := next(rivals, None)) is not None:
        if (own := order(rival)) < first:
            best, first = rival, own
    return best


def searched_texts(claims: Sequence[Claim]) -> dict[str, str]:
    """Return what is searched for claims, each text once, with the words that stand before it."""
    found: dict[str, str] = {}
    for claim in claims:
        for text in (search_text(claim), claim.sentence):
            found.setdefault(text, claim.context)
    return found


def hits_of(claim: Claim, found: Mapping[str, Sequence[ScoredPassage]]) -> tuple[ScoredPassage, ...]:
    """Return the passages found for a claim or for its whole sentence, each with the better similarity, best first.

    A clause alone may have lost the words that tell its source from others; a sentence may rest on two sources.
    """
    best: dict[int, ScoredPassage] = {}
    for hit in (*found[search_text(claim)], *found[claim.sentence]):
        known = best.get(hit.passage.id)
        if known is None or hit.similarity > known.similarity:
            best[hit.passage.id] = hit
    return tuple(sorted(best.values(), key=lambda hit: -hit.similarity))
