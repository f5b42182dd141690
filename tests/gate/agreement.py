"""How far a report agrees with a labelled pair."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.gate.gold import GoldClaim, GoldPair

from headwater.domain.spans import Span
from headwater.domain.verdicts import CheckReport, ClaimReport, ScoredPassage


@dataclass(frozen=True)
class Answer:
    """The report's answer to one labelled claim: the reported claim that shares most of its words."""

    gold: GoldClaim
    report: ClaimReport | None

    @property
    def verdict(self) -> str:
        return self.report.verdict.value if self.report else "missing"

    @property
    def agrees(self) -> bool:
        return self.verdict in self.gold.accepted


def shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def answers(pair: GoldPair, report: CheckReport) -> list[Answer]:
    found = []
    for gold in pair.claims:
        # The share of both sides: a whole sentence must not answer for a clause that was parted from it.
        best = max(
            report.claims,
            key=lambda answer: shared(gold.span, answer.claim.span) ** 2 / max(1, len(answer.claim.span)),
            default=None,
        )
        found.append(Answer(gold, best if best and shared(gold.span, best.claim.span) else None))
    return found


def rank_of_gold(pair: GoldPair, gold: GoldClaim, hits: Iterable[ScoredPassage], document: str) -> int | None:
    """Return the rank, from 1, of the first hit that overlaps one of the claim's gold passages."""
    spans = [pair.passages[identifier].span for identifier in gold.passages]
    for rank, hit in enumerate(hits, 1):
        if hit.passage.document.id == document and any(shared(hit.passage.span, span) for span in spans):
            return rank
    return None
