"""What the claim says of some alone, where the source sets no such bound: "only coastal seats", "for Jews alone".

"Only" shuts others out. It is a difference where an official sentence tells most of the claim's and neither it nor
any other on the matter has a word that shuts out, or where it says "not only".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from pathlib import Path

from headwater.comparison.modality_findings import Cued, modality_finding
from headwater.comparison.statements import EVIDENCE, Statement, read_statements
from headwater.comparison.telling import HEAVY, clause_around, keys_of, read_keyed
from headwater.domain.facts import Annotated
from headwater.domain.findings import Finding
from headwater.domain.spans import Span

READ = 3  # passages in which the claim's statement is looked for; words that shut out count in all of them
HELD = 0.6  # share of the claim's sentence that the official one holds
ON_IT = 0.4  # and from which an official sentence is on the matter
ABOUT = 2  # content words of a claim's sentence, from which it can be known again
SHUT_IN = 3  # words behind "only" in which the thing that it is said of stands


@cache
def _table() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("narrowed.toml").read_text("utf-8"))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_table()[name].split())


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_table()[name]})\b", re.IGNORECASE)


def compare_narrowed(claim: Annotated, passages: Sequence[Annotated]) -> Iterator[Finding]:
    """Find "only" and "alone" in a claim where the source says the same without.

    Rule: MOD-ONLY.

    Args:
        claim: The text in hand.
        passages: Official passages, best first.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> official = text("The fund will support orchards, vineyards and dairy farms in the Tamar valley.")
        >>> found = compare_narrowed(text("The fund will support only vineyards in the Tamar valley."), [official])
        >>> [finding.rule for finding in found]
        ['MOD-ONLY']
    """
    if claim.facts.quotations:
        return
    for statement in read_statements(claim.text):
        bound = _bound(statement)
        if bound is None:
            continue
        own = keys_of([word for word in statement.words if word.text not in _listed("only")])
        found = _unbound(own, passages[:EVIDENCE])
        if found is not None:
            ours, theirs = Cued("stated", False, False, bound), Cued("stated", False, False, found[1])
            yield modality_finding("narrowed", claim, ours, (found[0], theirs))
            return


def _bound(statement: Statement) -> Span | None:
    """Return the words that shut others out: "only" with what it is said of, or a noun with "alone"."""
    words = statement.words
    for at, word in enumerate(words):
        if word.text not in _listed("only") or (at and words[at - 1].text in _listed("not_bound_before")):
            continue
        if word.text == "alone":
            if at and words[at - 1].key and words[at - 1].weight >= HEAVY:
                return Span(words[at - 1].start, word.end)
            continue
        behind = words[at + 1 : at + 1 + SHUT_IN]
        loose = word.text == "only" and bool(behind) and behind[0].text in _listed("not_bound_behind")
        if behind and not behind[0].figure and not loose:
            last = next((one for one in behind if one.key), None)
            if last is not None:
                return Span(word.start, last.end)
    return None


def _unbound(own: Mapping[str, float], passages: Sequence[Annotated]) -> tuple[Annotated, Span] | None:
    """Return the clause that tells what a claim's sentence does, where no official sentence on it shuts others out."""
    total = sum(own.values())
    best: tuple[float, Annotated, Span] | None = None
    if sum(weight >= HEAVY for weight in own.values()) < ABOUT:
        return None
    for at, passage in enumerate(passages):
        for statement, theirs in read_keyed(passage.text):
            shared = own.keys() & theirs.keys()
            coverage = sum(own[key] for key in shared) / total
            if coverage < ON_IT:
                continue
            if _shuts_out(statement.span.slice(passage.text)):
                return None
            if at < READ and coverage >= HELD and (best is None or coverage > best[0]):
                best = coverage, passage, _around(passage.text, statement, shared)
    return best[1:] if best is not None else None


def _shuts_out(sentence: str) -> bool:
    return _pattern("shutting_out").search(_pattern("taking_in").sub("", sentence)) is not None


def _around(text: str, statement: Statement, shared: Set[str]) -> Span:
    """Return the clause of an official sentence that the first shared content word stands in."""
    words = statement.words
    at = next((at for at, word in enumerate(words) if word.key in shared and word.weight >= HEAVY), 0)
    first, end = clause_around(text, words, at)
    return Span(words[first].start, words[end - 1].end)
