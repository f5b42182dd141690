"""What the claim has none of, by its noun, where the source has it: "carries no risks", "outweigh any risks".

denied.py knows kinds of things (plans, duties, proof) in other words for each; here the noun itself is the same, or one
that newsrooms call the thing by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from headwater.comparison.opposed import shared_terms
from headwater.comparison.opposites import binds_nothing
from headwater.comparison.polarity_reading import Pointing
from headwater.comparison.statements import Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, clause_around, parts
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import listed as cue_words

READ = 2  # passages
EVERY = 8  # passages in which the claim's own denial may stand
NOUN = 4  # words of the noun group behind "no"
LEAST_SHARED = 2  # content words beside what there is none of, or its only one
HELD = 0.5  # share of the claim's clause, beside that noun, that the official clause holds
LESSENED_BEFORE, LESSENED_AFTER = 7, 4  # words around the official noun among which something takes it away
AXIS = "there is or there is none"
_NONE = frozenset({"no", "without", "zero", "none"})
_ANY = frozenset({"a", "an", "any", "the", "its", "their", "his", "her", "of"})
_LESSENED = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|zero|nil|cannot|free(?: of| from)?|remov\w+|abolish\w*|scrap\w*"
    r"|avoid\w*|end(?:s|ed|ing)?|eliminat\w+|lack\w*|absence|little|few|low|lower\w*|reduc\w+|negligible|minimal"
    r"|rul(?:e|es|ed|ing) out|prevent\w*|stop\w*|if|whether|unless|any more|longer|less|rather than|instead|waiv\w+"
    r"|den(?:y|ies|ied)|hardly|fail\w*|refus\w+|barely|ban\w*|prohibit\w*|other than|ceas\w+|withdr\w+|minimi[sz]\w+"
    r"|mitigat\w+|resolv\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
# "no later than", "no one", "no doubt", "without delay": nothing is said of a thing.
_NO_THING = frozenset(
    {
        "later",
        "longer",
        "more",
        "less",
        "fewer",
        "one",
        "doubt",
        "wonder",
        "matter",
        "other",
        "such",
        "sooner",
        "earlier",
    }
    | {"delay", "least", "better", "worse", "small", "mean", "further", "question", "need", "way", "change", "new"}
    | {"comment", "details", "information"}
)


def lack_what_is_there(
    claim: Annotated, passages: Sequence[Annotated]
) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield where the claim says there is none of something that the source has, with the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("The benefits of the ferry far outweigh the risks to swimmers.")
        >>> found = lack_what_is_there(text("The ferry carries no risks for swimmers."), [official])
        >>> [theirs.span.slice(official.text) for _, theirs, _ in found]
        ['risks']
    """
    if claim.facts.quotations:
        return
    for statement in read_statements(claim.text):
        for span, noun, clause in _lacking(claim, statement):
            faced = _has(noun, clause, passages)
            if faced is not None:
                official, thing, passage = faced
                at = statement.words.index(noun)
                there = official.words.index(thing)
                yield (
                    Pointing(statement.place(at), AXIS, AXIS, 1, True, span),
                    Pointing(official.place(there), AXIS, AXIS, 1, False, thing.span),
                    passage,
                )
                return


def _lacking(claim: Annotated, statement: Statement) -> Iterator[tuple[Span, Term, list[Term]]]:
    """Yield what a sentence says there is none of: the words, the noun, and the rest of the clause."""
    words = statement.words
    for at, word in enumerate(words[:-1]):
        if word.text not in _NONE or words[at + 1].text in _NO_THING or words[at + 1].text.endswith("ing"):
            continue
        group = []
        for place in range(at + 1, min(at + 1 + NOUN, len(words))):
            if parts(claim.text, words[place - 1], words[place]) or not (words[place].key or words[place].text in _ANY):
                break
            group += [words[place]] if words[place].key else []
        loose = len(group) == 1 and group[0].key in binds_nothing()
        if not group or loose or group[-1].named or group[-1].weight < HEAVY:
            continue
        first, end = clause_around(claim.text, words, at)
        told = [i for i in range(first, at) if words[i].text in cue_words("reporting")]
        rest = [w for w in words[max(told, default=first) : end] if w.key and w.weight >= HEAVY and w not in group]
        verb = words[at - 1] if at else None  # "carries no", "poses no": what there is none of tells more
        rest = [w for w in rest if w.text not in cue_words("reporting") and w is not verb]
        yield Span(word.span.start, group[-1].span.end), group[-1], rest


def _has(noun: Term, clause: Sequence[Term], passages: Sequence[Annotated]) -> tuple[Statement, Term, Annotated] | None:
    """Return the official sentence that has the thing, said of what the claim says it of; none of them denies it."""
    found = None
    for rank, passage in enumerate(passages[:EVERY]):
        for official in read_statements(passage.text):
            thing = next((w for w in official.words if w.key == noun.key and w.weight >= HEAVY), None)
            if thing is None:
                continue
            at = official.words.index(thing)
            first, end = clause_around(passage.text, official.words, at)
            around = official.words[max(0, at - LESSENED_BEFORE) : at + LESSENED_AFTER + 1]
            if _LESSENED.search(passage.text, around[0].span.start, around[-1].span.end) is not None:
                return None
            beside = shared_terms(clause, [w for w in official.words[first:end] if w.key and w.key != noun.key])
            enough = len(beside) >= min(LEAST_SHARED, len({w.key for w in clause}) or 1) and len(beside) >= HELD * len(
                {w.key for w in clause}
            )
            if found is None and rank < READ and enough:
                found = official, thing, passage
    return found
