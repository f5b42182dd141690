"""The attribution lane: who says it, in the text in hand and in the official words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from headwater.comparison.attribution_authors import find_author
from headwater.comparison.attribution_narrators import are_in_first_person, find_mention, is_named_person
from headwater.comparison.attribution_speakers import (
    Relation,
    SpeakerKind,
    is_publisher,
    read_speaker,
    relate_speakers,
    stands_outside,
)
from headwater.comparison.official_words import join_passages
from headwater.comparison.quotation_fit import LONGEST_CHANCE_RUN, longest_run
from headwater.comparison.quotation_search import find_quotation
from headwater.comparison.quotation_spelling import is_common, is_inflection
from headwater.comparison.quotation_words import read_words
from headwater.comparison.shared_runs import may_share_run, runs_of_words
from headwater.domain.facts import Annotated, Attribution, Quotation, QuotationForm
from headwater.domain.findings import Effect, Finding, Lane, Severity, Side
from headwater.domain.spans import Span
from headwater.extraction.attribution_pronouns import is_pronoun
from headwater.extraction.speech_verbs import SPEECH_VERB, SURE_FORMS

_AUTHOR = "the author of the text"  # who says "I" in it and does not give a name
_LEAST_QUOTED = 5  # words: fewer are met by chance
_LEAST_SHARED = 4  # content words that indirect speech and a passage share: fewer are the topic
_LEAST_SHARE = 0.4  # of the content words of indirect speech
_SURE_SHARE = 0.6  # before it is said that somebody else says so
_BEGINNING = 3  # letters that forms of one stem share
_AROUND = 300  # characters of the article read on either side of a claim: a paragraph of news
_LONGEST_TEXT = 20_000  # characters of an article read for "Prime Minister Keir Starmer"

_SAID = {
    Relation.DIFFERENT: (
        "ATT-SPEAKER",
        "misattributed",
        "These words are given to {ours}; in the source {theirs} says them.",
    ),
    Relation.VAGUE: ("ATT-VAGUE", "vague", "The source names who says this ({theirs}); here it is {ours}."),
    Relation.RAISED: ("ATT-RAISED", "raised", "What {theirs} says in the source is told here as the word of {ours}."),
    Relation.LENT: ("ATT-LENT", "lent", "In the source {theirs} says this, here {ours}."),
}


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What somebody says on both sides: where, and the speakers as written."""

    claimed: Side
    official: Side
    passage: Annotated
    ours: str
    theirs: str
    direct: bool
    share: float = 1.0
    relation: Relation | None = None  # where it is known without comparing the two


def compare_attribution(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Compare who says what the claim reports with who says it in the source.

    Rules: ATT-SAME, ATT-SPEAKER, ATT-VAGUE, ATT-RAISED, ATT-LENT, ATT-AS-FACT. Nothing is said where a side
    is unknown, or where an office and a name may be one person.

    - The Prime Minister said: “We will act.” where the passage's speaker is Prime Minister: ATT-SAME.
    - The Home Secretary said: “We will act.” of the same passage: ATT-SPEAKER, high.

    Args:
        claim: The claim, its speakers resolved.
        passages: Official passages, best first, with their speakers.
    """
    texts = (claim.mapped.original[:_LONGEST_TEXT], *(passage.mapped.original for passage in passages))
    spoken = [*_direct(claim, passages), *_indirect(claim, passages)]
    findings = [_outside(finding, one, texts[1:]) for one in spoken for finding in _related(one, texts)]
    if not spoken and not claim.facts.attributions and not claim.speaker:
        findings += _as_fact(claim, passages)
    return tuple(findings)


def _direct(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[_Spoken]:
    """Pair each quotation that stands in the source with who says it there."""
    quotations = [q for q in claim.facts.quotations if q.form is not QuotationForm.TERM]
    groups = join_passages(passages) if quotations else ()
    for quotation in quotations:
        ours = quotation.speaker or claim.speaker
        found = find_quotation(claim, quotation, groups) if ours else None
        if found is None or not found.fit.holds or found.fit.facing[0] == found.fit.facing[1]:
            continue
        passage, span = found.aligned.official.span(*found.fit.facing)
        theirs = _speaker_at(passage, span)
        relation = _against_author(ours, passage, quotation) if not theirs and found.fit.whole else None
        if relation is not None:
            side, author = _speaker_side(claim, ours, quotation), passage.author
            yield _Spoken(side, passage.side(span, author), passage, ours, author, True, relation=relation)
        elif not theirs and found.fit.whole and are_in_first_person(passages):
            yield from _in_third_person(claim, passages, _Found(quotation, ours, passage, span))
        if theirs and not _said_by_both(ours, theirs, quotation, passages):
            side = _speaker_side(claim, ours, quotation)
            yield _Spoken(side, passage.side(span, theirs), passage, ours, theirs, True)


def _speaker_at(passage: Annotated, span: Span) -> str:
    """Return who says the words under a span of a passage, or "" for narration.

    A pronoun that the passage alone cannot resolve gives way to the speaker that the whole document told.
    """
    for quotation in passage.facts.quotations:
        if quotation.form is not QuotationForm.TERM and quotation.inner.overlaps(span) and quotation.speaker:
            unknown = is_pronoun(quotation.speaker) and passage.speaker
            return passage.speaker if unknown else quotation.speaker
    return passage.speaker


@dataclass(frozen=True, slots=True)
class _Found:
    """A quotation of the claim, its speaker as written, and where the words stand."""

    quotation: Quotation
    speaker: str
    passage: Annotated
    span: Span


def _in_third_person(claim: Annotated, passages: Sequence[Annotated], found: _Found) -> Iterator[_Spoken]:
    """Pair words of an unnamed author with a speaker whom that author speaks of as of somebody else."""
    long_enough = len(read_words(found.quotation.words).words) >= _LEAST_QUOTED
    mention = find_mention(found.speaker, passages) if long_enough else None
    if mention is not None:
        side = _speaker_side(claim, found.speaker, found.quotation)
        official = found.passage.side(found.span, _AUTHOR)
        yield _Spoken(side, official, found.passage, found.speaker, _AUTHOR, True, relation=Relation.DIFFERENT)


def _against_author(ours: str, passage: Annotated, quotation: Quotation) -> Relation | None:
    """Return how the speaker of narrated words compares with the known author of their document, where they differ.

    What a body says its ministers say, and the other way round: only another named person, or nobody by name, counts.
    """
    if not passage.author or len(read_words(quotation.words).words) < _LEAST_QUOTED:
        return None
    mine, author = read_speaker(ours), read_speaker(passage.author)
    relation = relate_speakers(ours, passage.author, (passage.text,))
    named = is_named_person(ours, mine) and author.kind is SpeakerKind.PERSON and author.names and author.sure
    return relation if relation is Relation.VAGUE or (relation is Relation.DIFFERENT and named) else None


def _said_by_both(ours: str, theirs: str, quotation: Quotation, passages: Sequence[Annotated]) -> bool:
    """Say whether the source has the same words from somebody else too, who may be the claim's speaker."""
    if relate_speakers(ours, theirs) is not Relation.DIFFERENT:
        return False
    words = [word.key for word in read_words(quotation.words).words]
    return any(
        relate_speakers(ours, speaker) in (Relation.SAME, Relation.UNKNOWN)
        for passage in passages
        for speaker in _speakers_of(words, passage)
        if speaker != theirs
    )


def _speakers_of(words: Sequence[str], passage: Annotated) -> Iterator[str]:
    """Yield who says words in a passage, wherever they stand in it one after another."""
    official = read_words(passage.text).words
    keys = [word.key for word in official]
    for at in range(len(keys) - len(words) + 1):
        if keys[at] == words[0] and keys[at : at + len(words)] == list(words):
            speaker = _speaker_at(passage, Span(official[at].start, official[at + len(words) - 1].end))
            if speaker:
                yield speaker


def _speaker_side(claim: Annotated, speaker: str, quotation: Quotation) -> Side:
    """Return where the claim names the speaker, or the quotation where it does so elsewhere."""
    at = claim.text.find(speaker) if speaker else -1
    span = Span(at, at + len(speaker)) if at >= 0 else quotation.span
    return claim.side(span, speaker)


def _indirect(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[_Spoken]:
    """Pair indirect speech with the passage that shares most of its content, where that has a speaker."""
    for attribution in claim.facts.attributions:
        if any(quotation.span.overlaps(attribution.content) for quotation in claim.facts.quotations):
            continue
        author = find_author(claim, attribution, passages)
        if author is not None:
            side, official = claim.side(attribution.span, attribution.speaker), author[0].side(author[1])
            yield _Spoken(
                side, official, author[0], attribution.speaker, author[0].author, False, relation=Relation.DIFFERENT
            )
            continue
        found = _nearest(_content_words(claim, attribution), passages)
        if found is None:
            continue
        passage, theirs, share = found
        if passage.author and relate_speakers(attribution.speaker, passage.author) is Relation.SAME:
            continue  # whomever else the author names in the passage
        side = claim.side(attribution.span, attribution.speaker)
        official = passage.side(Span(0, len(passage.text)), theirs)
        yield _Spoken(side, official, passage, attribution.speaker, theirs, False, share)


def _content_words(claim: Annotated, attribution: Attribution) -> list[str]:
    words = read_words(attribution.content.slice(claim.text)).words
    return [word.key for word in words if not is_common(word.key)]


def _nearest(content: Sequence[str], passages: Sequence[Annotated]) -> tuple[Annotated, str, float] | None:
    best: tuple[int, Annotated] | None = None
    for passage in passages:
        words = _by_beginning(passage.text)
        shared = sum(1 for key in content if _stands_in(key, words))
        if best is None or shared > best[0]:
            best = (shared, passage)
    if best is None or best[0] < max(_LEAST_SHARED, _LEAST_SHARE * len(content)):
        return None
    passage = best[1]
    return passage, passage.speaker or _only_speaker(passage), best[0] / len(content)


@lru_cache(maxsize=512)  # passages of a document are asked for with every claim
def _by_beginning(text: str) -> Mapping[str, frozenset[str]]:
    """Return the folded words of a text by their first letters, so that forms of one stem are found at once."""
    words: dict[str, set[str]] = {}
    for word in read_words(text).words:
        words.setdefault(word.key[:_BEGINNING], set()).add(word.key)
    return {beginning: frozenset(keys) for beginning, keys in words.items()}


def _stands_in(key: str, words: Mapping[str, frozenset[str]]) -> bool:
    near = words.get(key[:_BEGINNING], frozenset())
    return key in near or any(is_inflection(key, other) for other in near)


def _only_speaker(passage: Annotated) -> str:
    """Return the speaker of a passage whose words are one person's, told in direct or indirect speech."""
    speakers = {quotation.speaker for quotation in passage.facts.quotations if quotation.speaker}
    speakers |= {attribution.speaker for attribution in passage.facts.attributions}
    only = speakers.pop() if len(speakers) == 1 else ""
    # "I know that there are some who will say that": the rest is the author's
    nobody = bool(only) and read_speaker(only).kind is SpeakerKind.VAGUE and are_in_first_person([passage])
    return "" if nobody else only


def _related(spoken: _Spoken, texts: tuple[str, ...]) -> Iterator[Finding]:
    if not spoken.theirs:
        ours = read_speaker(spoken.ours)
        sure = ours.sure or stands_outside(spoken.ours, texts[1:])
        if ours.kind is SpeakerKind.VAGUE and sure and not spoken.passage.facts.attributions:
            yield _vague_narration(spoken)
        return
    relation = spoken.relation or relate_speakers(spoken.ours, spoken.theirs, texts)
    if relation is Relation.RAISED and _is_no_other(spoken):
        return
    if relation is Relation.VAGUE and _is_group_of(spoken):
        return  # "the courts" of a passage that speaks of the courts
    if relation is Relation.UNKNOWN or (relation is Relation.DIFFERENT and spoken.share < _SURE_SHARE):
        return
    if relation is Relation.SAME:
        yield Finding(
            "ATT-SAME",
            Lane.ATTRIBUTION,
            "same",
            Effect.AGREES,
            Severity.INFO,
            spoken.claimed,
            spoken.official,
            f"Both name the same speaker: {spoken.theirs}.",
            spoken.passage.passage_id,
        )
        return
    rule, kind, said = _SAID[relation]
    severity = _severity(relation, spoken)
    yield Finding(
        rule,
        Lane.ATTRIBUTION,
        kind,
        Effect.CONTRADICTS if severity is Severity.HIGH else Effect.SHIFTS,
        severity,
        spoken.claimed,
        spoken.official,
        said.format(ours=spoken.ours, theirs=spoken.theirs),
        spoken.passage.passage_id,
    )


def _is_no_other(spoken: _Spoken) -> bool:
    """Say whether no body speaks ("he said"), or the one whose release has the minister's words."""
    person = spoken.claimed.surface.lower().startswith(("he ", "she "))
    return person or is_publisher(spoken.ours, spoken.passage.publisher)


def _outside(finding: Finding, spoken: _Spoken, official: tuple[str, ...]) -> Finding:
    """Weigh it as put into another mouth where a group says it that has no part in the official text."""
    if finding.rule != "ATT-VAGUE" or spoken.share < _SURE_SHARE or not stands_outside(spoken.ours, official):
        return finding
    said = f"“{spoken.ours}” say nothing in the source; there it is {spoken.theirs or 'the official text itself'}."
    return replace(finding, kind="misattributed", severity=Severity.MEDIUM, explanation=said)


def _is_group_of(spoken: _Spoken) -> bool:
    """Say whether the claim's speaker is a group that the passage itself names."""
    ours = read_speaker(spoken.ours)
    words = {word.key for word in read_words(spoken.passage.text).words}
    return ours.kind is SpeakerKind.VAGUE and not ours.sure and ours.body <= words


def _severity(relation: Relation, spoken: _Spoken) -> Severity:
    """High where words are put into another mouth; medium where they weigh otherwise, low in a summary."""
    if relation is Relation.DIFFERENT:
        return Severity.HIGH if spoken.direct else Severity.MEDIUM
    if relation is Relation.RAISED:
        text = read_speaker(spoken.ours).kind is SpeakerKind.DOCUMENT
        return Severity.MEDIUM if spoken.direct or text else Severity.LOW
    return Severity.MEDIUM if spoken.direct else Severity.LOW


def _vague_narration(spoken: _Spoken) -> Finding:
    return Finding(
        "ATT-VAGUE",
        Lane.ATTRIBUTION,
        "vague",
        Effect.SHIFTS,
        Severity.LOW,
        spoken.claimed,
        spoken.official,
        f"“{spoken.ours}” names nobody; the official text itself states this.",
        spoken.passage.passage_id,
    )


def _as_fact(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find words of somebody in the source that the claim tells as its own, with no mark and no speaker."""
    words = read_words(claim.text).words
    if claim.facts.quotations or len(words) <= LONGEST_CHANCE_RUN or _is_reported(claim):
        return
    keys = [word.key for word in words]
    ours = runs_of_words(claim.text)
    for passage in passages:
        if not may_share_run(keys, passage.text) or ours.isdisjoint(runs_of_words(passage.text)):
            continue
        official = read_words(passage.text).words
        run = longest_run(keys, [word.key for word in official])
        if run is None or run[2] <= LONGEST_CHANCE_RUN:
            continue
        claimed = Span(words[run[0]].start, words[run[0] + run[2] - 1].end)
        span = Span(official[run[1]].start, official[run[1] + run[2] - 1].end)
        speaker = _speaker_at(passage, span)
        if not speaker or _tells_of(speaker, claim) or _is_name(claimed.slice(claim.text)):
            continue
        yield Finding(
            "ATT-AS-FACT",
            Lane.ATTRIBUTION,
            "quotation_as_fact",
            Effect.SHIFTS,
            Severity.MEDIUM,
            claim.side(claimed),
            passage.side(span, speaker),
            f"These are words of {speaker} in the source; here they are told as fact.",
            passage.passage_id,
        )
        return


def _tells_of(speaker: str, claim: Annotated) -> bool:
    """Say whether a claim names the speaker: it tells what that person does by speaking ("introduced the Act")."""
    words = {word.key for word in read_words(claim.text).words}
    return not words.isdisjoint(read_speaker(speaker).names)


def _is_name(run: str) -> bool:
    """Say whether a run of words is little more than the name of a thing: "the Deposit and Recycling Act of 1997"."""
    words = run.split()
    return 2 * sum(word[:1].isupper() or word[:1].isdigit() for word in words) >= len(words)


def _is_reported(claim: Annotated) -> bool:
    """Say whether the paragraph of a claim reports somebody's speech, if only in the sentence before."""
    original = claim.mapped.original
    place = claim.mapped.to_original(Span(0, len(claim.text)))
    before = original[max(0, place.start - _AROUND) : place.start].rsplit("\n", 1)[-1]
    after = original[place.end : place.end + _AROUND].split("\n", 1)[0]
    around = f"{before} {claim.text} {after}"
    return any(found.group() in SURE_FORMS for found in SPEECH_VERB.finditer(around))
