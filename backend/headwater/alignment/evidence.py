"""Which passages face a claim, and how much of its content they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headwater.alignment.carrying import Carrier, Carrying
from headwater.alignment.content import ContentWord, content_words, held
from headwater.alignment.frames import find_frame
from headwater.alignment.likeness import Likeness
from headwater.alignment.passages import PassageReader
from headwater.alignment.trends import is_assertion, unstated_trends
from headwater.domain.claims import Claim
from headwater.domain.documents import Passage
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span
from headwater.domain.support import Support, SupportLevel
from headwater.domain.verdicts import ScoredPassage

MOST_EVIDENCE = 3  # a sentence of a real rewrite rests on three passages at most (seed gold: A3, A27a, A29a)
MOST_READ = 4  # passages whose words are compared one by one; more find nothing that these lack
LEAST_GAIN = 0.10  # share of the claim that a further passage must add: one content word of ten
LEAST_NEARNESS = 0.5  # of the best passage's similarity: a passage further off shares words, not the matter
COSINE_WEIGHT = 0.3  # beside the share held; of a logistic fit on the labelled development pairs, by case
FULL = 0.55  # from this a claim is carried
PARTIAL = 0.40  # below this what is shared is the topic
PARTIAL_OF_SENTENCE = 0.30  # the same of part of a sentence: its subject and its matter stand in the rest
HELD = 0.25  # likeness from which a word counts as said: a near synonym in the same place
LEAST_SAID = 3  # content words of a part; fewer are judged with the rest of the claim
STATED = (
    0.29  # share of a part's telling words from which a passage carries it; one faithful part in a hundred lies below
)
_ARTICLE = re.compile(r"(?:the|an?|this|that) ", re.IGNORECASE)
MOST_ALONE = 0.5  # share of a claim's content words in unstated parts, from which the claim is not stated
LONG_RUN = 5  # content words; shorter runs are turns of phrase: "went on to", "come out worse"
LARGEST_GAP = 0.5  # share of the claim, by weight, from which a long run is a statement of its own

BETWEEN = re.compile(r"[^\d,;:()“”\"]*+")  # what may stand inside one missing run


@dataclass(frozen=True, slots=True)
class Alignment:
    """What faces a claim.

    Args:
        passages: All candidates as comparison sees them: the evidence first, then the rest by relevance.
        evidence: The passages that hold parts of the claim's content, weightiest first.
        support: How far they carry it.
        leads: The lines above the lists that the evidence is items of.
        lead_hits: The same as passages found.
    """

    passages: tuple[Annotated, ...]
    evidence: tuple[ScoredPassage, ...]
    support: Support
    leads: tuple[Annotated, ...] = ()
    lead_hits: tuple[ScoredPassage, ...] = ()

    def leads_of(self, findings: Sequence[Finding]) -> tuple[ScoredPassage, ...]:
        """Return the lines above lists that some findings point into."""
        named = {finding.passage_id for finding in findings}
        return tuple(hit for hit in self.lead_hits if hit.passage.id in named)


def align(
    claim: Claim,
    hits: Sequence[ScoredPassage],
    reader: PassageReader,
    likeness: Likeness | None = None,
    *,
    parts: Mapping[Span, Span] | None = None,
    leaning: bool = False,
) -> Alignment:
    """Choose the passages that together hold most of a claim's content.

    Args:
        claim: The claim.
        hits: Retrieved passages of one document, best first.
        reader: Reads their facts, and knows their document's words.
        likeness: Compares words; None where only the same words are alike.
        parts: Of the claim's working text that are judged by themselves too, each with the words that tell what.
        leaning: Whether the claim goes on with a sentence, in whose rest its matter stands.
    """
    words = content_words(claim.content.text, claim.content.facts)
    read = [reader.read(hit.passage) for hit in hits]
    matches = [held(words, passage.text) for passage in read]
    chosen = _choose(words, matches, hits)
    looked_at = list(dict.fromkeys([*chosen, *range(min(MOST_READ, len(hits)))]))
    carrier = Carrier(lambda: reader.words_of([hit.passage for hit in hits]), likeness or Likeness())
    carrying = carrier.carry(claim.content.text, [read[index].text for index in looked_at], find_frame(claim.content))
    rest = [index for index in range(len(hits)) if index not in chosen]
    best = hits[chosen[0]] if chosen else None
    support = _support(claim.content.text, words, carrying, best, leaning=leaning)
    telling = parts or {}
    candidates = [*telling, *_long_runs(support, words, carrying)]
    told = _without_stated_figures(claim.content, candidates, [read[index] for index in looked_at])
    figures = [quantity.span for quantity in claim.content.facts.quantities]
    said = [*figures, *(word.span for word in words)]
    stated_apart = _unstated({part: telling.get(part, part) for part in told}, said, carrying)
    trends = [
        span
        for span in unstated_trends(claim.content, [read[index] for index in looked_at])
        if not any(span.overlaps(part) for part in stated_apart) and not _is_of_a_day(claim.content, span)
    ]
    known = {hit.passage.id for hit in hits}
    leads = [one for one in reader.lead_ins([hits[index].passage for index in chosen]) if one.id not in known]
    return Alignment(
        tuple(read[index] for index in [*chosen, *rest]),
        tuple(hits[index] for index in chosen),
        _with_unstated(
            support,
            (*stated_apart, *trends),
            words,
            asserted=any(is_assertion(claim.content, change) for change in trends),
        ),
        tuple(map(reader.read, leads)),
        tuple(score_by_words(claim, one) for one in leads),
    )


def _is_of_a_day(claim: Annotated, part: Span) -> bool:
    """Say whether a part is a day, left to its own lane: "the fall of 1992" is no decline."""
    article = _ARTICLE.match(claim.text, part.start, part.end)
    bare = Span(article.end(), part.end) if article else part
    return any(mention.span.contains(bare) for mention in claim.facts.dates)


def _with_unstated(
    support: Support, unstated: Sequence[Span], words: Sequence[ContentWord], *, asserted: bool
) -> Support:
    """A claim whose assertion, or most of its words, no passage carries is not carried by what is left."""
    if support.level is SupportLevel.NONE:
        return support  # nothing of it is said: there is no part to tell from the rest
    alone = sum(any(part.contains(word.span) for part in unstated) for word in words)
    nothing_left = asserted or (bool(unstated) and alone >= MOST_ALONE * len(words))
    level = SupportLevel.NONE if nothing_left else support.level
    return replace(support, level=level, unstated=tuple(sorted(unstated)))


def _without_stated_figures(claim: Annotated, parts: Sequence[Span], passages: Sequence[Annotated]) -> tuple[Span, ...]:
    """Leave out parts that have a figure of the passages: the lane of figures says what is to be said of them."""
    if not any(quantity.span.overlaps(part) for part in parts for quantity in claim.facts.quantities):
        return tuple(parts)
    known = {quantity.value for passage in passages for quantity in passage.facts.quantities}
    stated = [quantity.span for quantity in claim.facts.quantities if quantity.value in known]
    return tuple(part for part in parts if not any(part.overlaps(span) for span in stated))


def _unstated(candidates: Mapping[Span, Span], said: Sequence[Span], carrying: Carrying) -> tuple[Span, ...]:
    """Return the parts that no passage carries, in order; where two overlap, the longer one."""
    found: list[Span] = []
    for part in sorted(candidates, key=len, reverse=True):
        if any(part.overlaps(span) for span in found) or sum(map(part.contains, said)) < LEAST_SAID:
            continue
        if not any(share >= STATED for share in carrying.shares(candidates[part])):
            found.append(part)
    return tuple(sorted(found))


def _long_runs(support: Support, words: Sequence[ContentWord], carrying: Carrying) -> list[Span]:
    """Runs of words, each unlike all words of the passages, that make up much of the claim."""
    return [
        run
        for run in support.missing
        if sum(run.contains(word.span) for word in words) >= LONG_RUN and carrying.weight(run) >= LARGEST_GAP
    ]


def _choose(
    words: Sequence[ContentWord], matches: Sequence[frozenset[int]], hits: Sequence[ScoredPassage]
) -> list[int]:
    """Take the passage that is nearest in meaning and words, then what adds to it from the same document.

    A rewrite flows from one document: words gathered from several prove only that they are common.
    """
    total = sum(word.weight for word in words)
    if not total or not hits:
        return []
    own = [sum(words[position].weight for position in match) / total for match in matches]
    first = max(range(len(hits)), key=lambda index: (hits[index].similarity + own[index], -index))
    chosen, covered = [first], set(matches[first])
    while len(chosen) < MOST_EVIDENCE:
        gains = {
            index: sum(words[position].weight for position in matches[index] - covered) / total
            for index in range(len(hits))
            if index not in chosen and _may_join(hits[index], hits[first])
        }
        best = max(gains, key=lambda index: (gains[index], -index), default=None)
        if best is None or gains[best] < LEAST_GAIN:
            break
        chosen.append(best)
        covered |= matches[best]
    return chosen


def _may_join(hit: ScoredPassage, first: ScoredPassage) -> bool:
    one, other = hit.passage.document, first.passage.document
    same = (one.id, one.version) == (other.id, other.version)
    return same and hit.similarity >= LEAST_NEARNESS * first.similarity


def _support(
    text: str, words: Sequence[ContentWord], carrying: Carrying, best: ScoredPassage | None, *, leaning: bool
) -> Support:
    total = sum(word.weight for word in words)
    if not total:
        return Support(SupportLevel.FULL, 1.0)  # nothing but figures and glue: their lanes decide
    covered = {position for position, word in enumerate(words) if carrying.holds(word.span, HELD)}
    cosine = (best.cosine or 0.0) if best else 0.0
    least = PARTIAL_OF_SENTENCE if leaning else PARTIAL
    level, share = _level(carrying, COSINE_WEIGHT * cosine, least)
    return Support(level, share, _missing(text, words, covered))


def score_by_words(claim: Claim, passage: Passage) -> ScoredPassage:
    """Return a passage that no search found, with the share of the claim's content words that it holds."""
    words = content_words(claim.content.text, claim.content.facts)
    total = sum(word.weight for word in words)
    share = sum(words[position].weight for position in held(words, passage.text)) / total if total else 0.0
    return ScoredPassage(passage, share**2, None, share)


def nearness(hit: ScoredPassage) -> float:
    """How near a passage is by itself: similarity may have been lifted because its document answers other claims."""
    return hit.similarity if hit.cosine is None else hit.cosine + hit.coverage**2


def _level(carrying: Carrying, near: float, least: float) -> tuple[SupportLevel, float]:
    """Return how far a claim is carried, and the share that tells it: once it is enough nobody looks further."""
    share = 0.0
    for known in carrying.shares():
        share = max(share, known)
        if share + near >= FULL:
            return SupportLevel.FULL, share
    return (SupportLevel.NONE if share + near < least else SupportLevel.PARTIAL), share


def _missing(text: str, words: Sequence[ContentWord], covered: set[int]) -> tuple[Span, ...]:
    """Runs of content words that no passage holds, with nothing but small words between them."""
    runs: list[Span] = []
    last = -1
    for position, word in enumerate(words):
        if position in covered:
            continue
        between = text[words[last].span.end : word.span.start] if last >= 0 else ""
        if runs and last == position - 1 and BETWEEN.fullmatch(between):
            runs[-1] = Span(runs[-1].start, word.span.end)
        else:
            runs.append(word.span)
        last = position
    return tuple(runs)
