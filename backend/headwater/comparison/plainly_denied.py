"""What the source denies in a clause that holds most of the claim's sentence, and the claim affirms in the same word.

"We would not be able to shield the elderly" against "the government could shield the elderly, she said". The two need
not be laid word by word: most of what the claim says stands in the official clause, the word that is denied there is
the claim's own, and neither side has anything else by which a sense is turned round.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from headwater.comparison.polarity_reading import Pointing, is_restricted
from headwater.comparison.same_clause import tell_other_periods
from headwater.comparison.statements import EVIDENCE, TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import HEAVY, clause_around, keys_of, read_keyed
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span
from headwater.extraction.modality_cues import BE, HAVE

READ = 3  # passages in which the denial is looked for; what the source affirms counts in all of them
HELD = 0.6  # share of the claim's sentence that the official one holds
HELD_IN_CLAUSE = 0.5  # and that its clause around the denied word holds
REACH = 8  # words between a denial and what it denies: "not, in any of these cases, be able to"
TELLS = 0.6  # weight from which a subject of the claim that the official sentence has not is somebody else
NEAR = 7  # words on either side of the denied one in which another turn would undo it
AXIS = "plainly denied"


@cache
def _listed(name: str) -> frozenset[str]:
    table = tomllib.loads(Path(__file__).with_name("plainly_denied.toml").read_text("utf-8"))
    return frozenset(str(table[name]).split())


def affirm_what_is_denied(
    claim: Annotated, passages: Sequence[Annotated]
) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield a word that the claim affirms and the source denies, each with its place, and the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("And no, to answer that, we would not be able to shield the elderly in care homes.")
        >>> found = affirm_what_is_denied(text("Ministers could shield the elderly in care homes."), [official])
        >>> [theirs.negated for _, theirs, _ in found]
        [True]
    """
    if claim.facts.quotations:
        return
    for statement in read_statements(claim.text):
        if not any(_turns(word.text) for word in statement.words):
            yield from _denied(claim, statement, passages[:EVIDENCE])


def _turns(word: str) -> bool:
    return _denies(word) or word in _listed("turning")


def _denies(word: str) -> bool:
    return word in _listed("denying") or word.endswith(("n't", "n’t"))


def _denied(
    claim: Annotated, statement: Statement, passages: Sequence[Annotated]
) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    own = keys_of(statement.words)
    total = sum(own.values())
    found: tuple[Pointing, Pointing, Annotated] | None = None
    for at, passage in enumerate(passages if total else ()):
        for official, theirs in read_keyed(passage.text):
            if sum(heavy for key, heavy in own.items() if key in theirs) < HELD * total:
                continue
            pair = _pair(statement, passage, official) if at < READ else None
            if pair is None and not any(_denies(word.text) for word in official.words):
                return  # the source affirms as much elsewhere
            if pair is not None and not tell_other_periods((claim, statement), (passage, official)):
                found = found or (*pair, passage)
    if found is not None:
        yield found


def _pair(statement: Statement, passage: Annotated, official: Statement) -> tuple[Pointing, Pointing] | None:
    """Return a word of the claim, and where the official sentence denies it in a clause that tells the same."""
    own = keys_of(statement.words)
    for there, denial in _denials(passage.text)[official.span]:
        word = official.words[there]
        here = next((at for at, one in enumerate(statement.words) if one.event == word.event and one.key), None)
        first, end = clause_around(passage.text, official.words, there)
        inside = keys_of(official.words[first:end])
        told = sum(heavy for key, heavy in own.items() if key in inside)
        around = official.words[max(first, there - NEAR) : there + NEAR + 1]
        if here is None or told < HELD_IN_CLAUSE * sum(own.values()) or _is_undone(around):
            continue
        if not _is_one_statement(statement, here, official.words[first:end], official.words[denial].start):
            continue
        ours = Pointing(statement.place(here), AXIS, AXIS, 1, False, statement.words[here].span)
        span = Span(official.words[denial].span.start, word.span.end)
        theirs = Pointing(official.place(there), AXIS, AXIS, 1, True, span)
        if not is_restricted(passage.text, theirs, statement):
            return ours, theirs
    return None


def _is_one_statement(statement: Statement, at: int, theirs: Sequence[Term], denial: int) -> bool:
    """Say whether the claim tells of nothing that the official clause does not, its subject perhaps set aside.

    "We" of an official text is anybody; another noun there is somebody else.
    """
    told = {word.key for word in theirs}
    if statement.figures - {word.event for word in theirs if word.figure}:
        return False
    if any(word.key not in told for word in statement.words[at + 1 :] if word.weight >= HEAVY):
        return False
    own = all(word.key in told for word in statement.words[:at] if word.key and word.weight >= TELLS)
    return own or any(word.text in _listed("speaking") for word in theirs if word.start < denial)


def _is_undone(words: Sequence[Term]) -> bool:
    """Say whether words around a denial hold another turn: "did not fail to", "not only"."""
    return sum(_denies(word.text) for word in words) > 1 or any(
        word.text in _listed("turning") - _listed("of_time") for word in words
    )


@lru_cache(maxsize=TEXTS_REMEMBERED)
def _denials(text: str) -> dict[Span, tuple[tuple[int, int], ...]]:
    """Return, for each sentence of a text, the words that a denial stands before, each with the place of the denial."""
    return {statement.span: tuple(_read(text, statement)) for statement in read_statements(text)}


def _read(text: str, statement: Statement) -> Iterator[tuple[int, int]]:
    words = statement.words
    for at, word in enumerate(words):
        if not _denies(word.text) or (at + 1 < len(words) and words[at + 1].text in _listed("not_denied")):
            continue
        _, end = clause_around(text, words, at)
        for place in range(at + 1, min(at + 1 + REACH, end)):
            other = words[place]
            if other.key and other.text not in BE | HAVE | _listed("passed_over"):
                yield place, at
                break
