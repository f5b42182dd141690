"""What one side says there is none of, and the other has: "no requirement to buy local food", "schools must buy local".

The two seldom share a verb: what is denied is a plan, a duty, proof, a decision, a limit. Each kind has its own words
for the denial and for what it denies; beyond them the sentences have to be about the same things.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from headwater.comparison.opposed import content_of, shared_terms
from headwater.comparison.polarity_reading import Pointing
from headwater.comparison.statements import EVIDENCE, TEXTS_REMEMBERED, Statement, Term, read_statements
from headwater.comparison.telling import clause_around
from headwater.domain.facts import Annotated
from headwater.domain.spans import Span

READ = 2  # passages
LEAST_SHARED = 2  # content words of what is denied, the words of denying left out
ENOUGH_SHARED = 3  # and from which another word or two may differ
HELD, HELD_SHORT = 0.5, 0.75  # share of the claim's clause that the official one must hold
NOUN_REACH = 3  # words between "no" and what there is none of
AXIS = "there is or there is none"
_NO = (
    r"(?:no|without(?: any)?|not(?: [a-z]+){0,2} any|neither|nor|n['’]t(?: been| be)?"
    r"|(?:is|are|was|were|does|do|did|has|have|will|would|be)(?: currently| yet| now)? not(?: been| be)?)"
)
_DENYING = re.compile(
    r"\b(?:no|not|never|without|nor|neither|nobody|none|cannot|reject\w*|refus\w*|den(?:y|ies|ied)|dismiss\w*|oppos\w*"
    r"|scrap\w*|drop(?:s|ped)|abandon\w*|unlikely|whether|if|unless|voluntar\w+|optional|rul(?:e|es|ed|ing) out)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)


_NO_SUCH = re.compile(
    r"\b(?:no|not|none|nobody|without)\b[^.;]{0,20}?(?:dissent|unanimous|against)|nearly unanimous", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Denial:
    """A clause that says there is none of something.

    Args:
        kind: Which kind of thing.
        statement: The sentence.
        span: Of the words that deny it.
        content: The content words of the clause, those words left out.
    """

    kind: int
    statement: Statement
    span: Span
    content: tuple[Term, ...]


@cache
def _votes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    votes = tomllib.loads(Path(__file__).with_name("denied.toml").read_text("utf-8"))["votes"]
    return re.compile(votes["unanimous"], re.IGNORECASE), re.compile(votes["against"], re.IGNORECASE)


def vote_otherwise(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield what the claim has as unanimous and the source's votes as not, or the reverse, with the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    unanimous, against = _votes()
    for ours, theirs, side in ((unanimous, against, 1), (against, unanimous, -1)):
        found = ours.search(claim.text)
        if found is None or _NO_SUCH.search(claim.text) or any(ours.search(passage.text) for passage in passages):
            continue
        for passage in passages[:EVIDENCE]:
            there = theirs.search(passage.text)
            if there is not None and _NO_SUCH.search(passage.text) is None:
                yield (
                    _point(claim.text, Span(*found.span()), side),
                    _point(passage.text, Span(*there.span()), -side),
                    passage,
                )
                return


def vote_the_other_way(
    claim: Annotated, passages: Sequence[Annotated]
) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield how the claim has somebody vote whom the source's record of the votes has on the other side.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.
    """
    if _NO_SUCH.search(claim.text):
        return
    for side, other, name in ((1, "for", "said_against"), (-1, "against", "said_for")):
        found = _vote_patterns()[name].search(claim.text)
        named = _voters_before(claim.text, Span(*found.span())) if found is not None else frozenset()
        for passage in passages[:EVIDENCE] if named else ():
            sides = dict(_recorded(passage.text))
            here, there = sides.get(other), sides.get("against" if other == "for" else "for")
            if found and here and named <= here[0] and not (there and named & there[0]):
                ours = _point(claim.text, Span(*found.span()), -side)
                yield ours, _point(passage.text, here[1], side), passage
                return


@cache
def _vote_patterns() -> dict[str, re.Pattern[str]]:
    votes = tomllib.loads(Path(__file__).with_name("denied.toml").read_text("utf-8"))["votes"]
    return {name: re.compile(votes[name], re.IGNORECASE) for name in ("record", "said_for", "said_against")}


def _recorded(text: str) -> Iterator[tuple[str, tuple[frozenset[str], Span]]]:
    """Yield each side of a record of votes with the names on it, and the words that tell the side."""
    marks = _vote_patterns()["record"].finditer(text)
    for mark, following in pairwise([*marks, None]):
        if mark is None:
            return
        end = following.start() if following is not None else len(text)
        line = text.find("\n", mark.end(), end)
        inside = Span(mark.end(), line if line >= 0 else end)
        names = frozenset(
            word.text
            for statement in read_statements(text)
            for word in statement.words
            if inside.contains(word.span) and text[word.span.start].isupper() and len(word.text) > 1
        )
        side = "for" if mark["side"].lower() in {"for", "in favour of", "in favor of"} else "against"
        yield side, (names, Span(*mark.span()))


def _voters_before(text: str, vote: Span) -> frozenset[str]:
    """Return the names in the clause before a word for voting."""
    statement = next(one for one in read_statements(text) if one.span.overlaps(vote))
    at = _at(statement, vote)
    begin, _ = clause_around(text, statement.words, at)
    words = statement.words[begin:at]
    return frozenset(word.text for word in words if word.named)


def _point(text: str, span: Span, side: int) -> Pointing:
    statement = next(one for one in read_statements(text) if one.span.overlaps(span))
    return Pointing(statement.place(_at(statement, span)), AXIS, AXIS, side, False, span)


@cache
def _kinds() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(Path(__file__).with_name("denied.toml").read_text("utf-8"))["kind"])


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            re.compile(
                rf"\b{_NO} (?:[a-z-]+ ){{0,{NOUN_REACH}}}?(?:{'|'.join(kind['none'])})\b|{'|'.join(kind['phrases'])}",
                re.IGNORECASE,
            ),
            re.compile("|".join(kind["some"]), re.IGNORECASE),
        )
        for kind in _kinds()
    )


def deny_in_other_words(
    claim: Annotated, passages: Sequence[Annotated]
) -> Iterator[tuple[Pointing, Pointing, Annotated]]:
    """Yield what the claim has and the source denies, or the reverse, with the passage.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("There are no plans to introduce additional enforcement measures for school food.")
        >>> found = deny_in_other_words(text("Extra enforcement of school food rules is being drawn up."), [official])
        >>> [theirs.negated for _, theirs, _ in found]
        [True]
    """
    if claim.facts.quotations or not passages:
        return
    denied_here = read_denials(claim.text)
    for passage in passages[:READ]:
        denied_there = read_denials(passage.text)
        found = next(_affirmed(claim.text, denied_there, ours=False), None) if not denied_here else None
        if found is not None and not _denied_elsewhere(claim.text, found[1]):
            ours, theirs = found
            yield ours, theirs, passage
            return
        turned = next(_affirmed(passage.text, denied_here, ours=True), None)
        if turned is not None and not _says_so_too(turned[1], passages):
            theirs, ours = turned
            yield ours, theirs, passage
            return


def _denied_elsewhere(text: str, theirs: Pointing) -> bool:
    """Say whether the affirming text denies something too: which of the two is of what, cannot be seen."""
    return _DENYING.search(text) is not None and theirs.negated


def _says_so_too(ours: Pointing, passages: Sequence[Annotated]) -> bool:
    """Say whether the source denies anything of that kind itself, in any sentence on the same things."""
    own = content_of(ours.place.statement)
    return any(
        denial.kind == _kind_of(ours) and len(shared_terms(own, denial.content)) > 0
        for passage in passages[:EVIDENCE]
        for denial in read_denials(passage.text)
    )


def _kind_of(pointing: Pointing) -> int:
    return int(pointing.key)


def _affirmed(text: str, denials: Sequence[Denial], *, ours: bool) -> Iterator[tuple[Pointing, Pointing]]:
    """Yield where a text affirms what another denies: the affirming words, and the denying ones."""
    for denial in denials:
        _, some = _patterns()[denial.kind]
        for statement in read_statements(text):
            found = some.search(text, statement.span.start, statement.span.end)
            if found is None or _DENYING.search(text, statement.span.start, statement.span.end):
                continue
            at = next((i for i, word in enumerate(statement.words) if word.span.end > found.start()), 0)
            begin, end = clause_around(text, statement.words, at)
            inside = Span(*found.span())
            words = [w for w in statement.words[begin:end] if w.key and w.weight >= 1 and not inside.overlaps(w.span)]
            shared = shared_terms(words, denial.content)
            least = HELD if len(shared) >= ENOUGH_SHARED else HELD_SHORT
            whole = len({w.key for w in (denial.content if ours else words)})
            if len(shared) >= LEAST_SHARED and len(shared) >= least * whole:
                key = str(denial.kind)
                there = _at(denial.statement, denial.span)
                yield (
                    Pointing(statement.place(at), AXIS, key, 1, False, inside),
                    Pointing(denial.statement.place(there), AXIS, key, 1, True, denial.span),
                )


def _at(statement: Statement, span: Span) -> int:
    return next((i for i, word in enumerate(statement.words) if word.span.overlaps(span)), 0)


@lru_cache(maxsize=TEXTS_REMEMBERED)
def read_denials(text: str) -> tuple[Denial, ...]:
    """Return what a text says there is none of, in order.

    Args:
        text: Working text.
    """
    return tuple(denial for statement in read_statements(text) for denial in _read(text, statement))


def _read(text: str, statement: Statement) -> Iterator[Denial]:
    for kind, (none, _) in enumerate(_patterns()):
        found = none.search(text, statement.span.start, statement.span.end)
        if found is None:
            continue
        span = Span(*found.span())
        begin, end = clause_around(text, statement.words, _at(statement, span))
        content = tuple(
            word
            for word in statement.words[begin:end]
            if word.key and word.weight >= 1 and not span.overlaps(word.span)
        )
        yield Denial(kind, statement, span, content)
