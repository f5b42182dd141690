"""How weighty a thing is called: important, key, essential."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.statements import MOST_FACED, Likeness, Place, liken, read_statements
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.extraction.modality_cues import importance

FAR = 2  # steps between "important" and "essential"; writers exchange neighbours freely
SAME_STATEMENT = 0.5  # share of the claim's content
SAME_WORDS = 2  # content words near both


def compare_importance(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Compare how weighty the claim calls a thing with how weighty the source does.

    Rules: MOD-IMPORTANCE-UP, MOD-IMPORTANCE-DOWN, MOD-IMPORTANCE-NEAR.

    Args:
        claim: The text in hand.
        passages: Official passages.
    """
    for place in islice(_read(claim), MOST_FACED):
        faced = [
            (passage, there, likeness)
            for passage in passages
            for there in islice(_read(passage), MOST_FACED)
            if _is_same(likeness := liken(place, there))
        ]
        if not faced:
            continue
        passage, there, _ = max(faced, key=lambda one: one[2].closeness)
        word, facing = place.word, there.word
        steps = importance()[word.text][1] - importance()[facing.text][1]
        if word.text == facing.text:
            continue
        outcome = "importance_near" if abs(steps) < FAR else "importance_up" if steps > 0 else "importance_down"
        yield modality_finding(
            outcome,
            claim,
            Cued(word.text, False, False, word.span),
            (passage, Cued(facing.text, False, False, facing.span)),
        )


def _is_same(likeness: Likeness) -> bool:
    if likeness.shared < SAME_WORDS:
        return False
    return likeness.coverage >= SAME_STATEMENT and (likeness.after or likeness.before)


def _read(text: Annotated) -> Iterator[Place]:
    starts = {modality.span.start for modality in text.facts.modalities if modality.surface.lower() in importance()}
    for statement in read_statements(text.text) if starts else ():
        for place, word in enumerate(statement.words):
            if word.start in starts:
                yield statement.place(place)
