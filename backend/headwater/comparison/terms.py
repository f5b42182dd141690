"""The term lane: words distinct in law or statistics, one in the place of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from headwater.comparison.statements import EVIDENCE, MOST_FACED, Likeness, Place, Statement, liken, read_statements
from headwater.comparison.term_groups import TermForm, TermTable, load_terms
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Severity
from headwater.domain.spans import Span
from headwater.extraction.modality import read_predicates
from headwater.extraction.verbs import verb_base

__all__ = ["compare_terms", "load_terms"]

SAME_STATEMENT = 0.5  # share of the claim's content from which one word may stand for the other
SAME_WORDS = 2  # content words near both
COUNTED = 3  # words between a figure and what it counts: "2 million first doses"
DIGITS = 3  # of a figure that is hardly in two sentences by chance
FIGURE_REACH = 20  # words between a term and the figure it tells of
MOST_TERMS = 200  # of a claim: one sentence has a few
SAME_TOPIC = 0.3  # share of the claim's content, for words that name a subject
NEAR = 0.5  # of the words near, where no neighbour is the same
NEAR_NEIGHBOUR = 0.2  # and where one is: "human trafficking gangs" in other words throughout


@dataclass(frozen=True, slots=True)
class _Used:
    """A term of a group where it is used."""

    form: TermForm
    place: Place
    span: Span


def compare_terms(
    claim: Annotated, passages: Sequence[Annotated], table: TermTable | None = None
) -> tuple[Finding, ...]:
    """Find terms of the claim that stand where the source uses another of the same group.

    Rule TRM-EXCHANGED: a contradiction where the group's terms exclude each other and both sentences tell one thing,
    a shift elsewhere. Nothing is said where the claim's own term occurs in the passages, or the official one in the
    claim.

    Args:
        claim: The text in hand.
        passages: Official passages, best first; all are read.
        table: Groups of terms; None for the shipped ones.

    Returns:
        One finding for each exchanged term, in order of appearance.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> source = text("Median pay in the county rose.")
        >>> compare_terms(text("The county's median pay rose."), [source])
        ()
        >>> [f.rule for f in compare_terms(text("Mean pay in the county rose."), [source])]
        ['TRM-EXCHANGED']
    """
    table = table or load_terms()
    own = _read(claim.text, table)
    if not own:
        return ()
    official = [(passage, used) for passage in passages[:EVIDENCE] for used in _read(passage.text, table)]
    claimed = {(used.form.group.id, used.form.term) for used in own}
    stated = {(used.form.group.id, used.form.term) for _, used in official}
    found: dict[Span, Finding] = {}
    for ours in own[:MOST_TERMS]:
        if (ours.form.group.id, ours.form.term) in stated or ours.span in found:
            continue
        faced = max(_facing(ours, official, claimed), key=lambda one: one[2].closeness, default=None)
        if faced is not None:
            found[ours.span] = _finding(claim, ours, faced)
    return tuple(found[span] for span in sorted(found))


def _facing(
    ours: _Used, official: Sequence[tuple[Annotated, _Used]], claimed: set[tuple[str, int]]
) -> Iterator[tuple[Annotated, _Used, Likeness]]:
    same = [(passage, theirs) for passage, theirs in official if theirs.form.group is ours.form.group]
    for passage, theirs in same[:MOST_FACED]:
        if (theirs.form.group.id, theirs.form.term) not in claimed and _are_counted(ours, theirs):
            likeness = liken(ours.place, theirs.place)
            if (
                _is_same_slot(likeness)
                or _tell_one_figure(ours, theirs)
                or (ours.form.group.topic and _is_same_topic(likeness))
            ):
                yield passage, theirs, likeness


def _is_same_slot(likeness: Likeness) -> bool:
    if likeness.shared < SAME_WORDS:
        return False
    neighbour = likeness.before or likeness.after
    if not likeness.compatible:
        return False
    if likeness.coverage >= SAME_STATEMENT:
        return neighbour or likeness.near >= NEAR
    return neighbour and likeness.near >= NEAR_NEIGHBOUR


def _tell_one_figure(ours: _Used, theirs: _Used) -> bool:
    """Say whether both terms tell what one figure is of: "571 were convicted", "those proceeded against were 571"."""
    own, official = _nearest_figure(ours.place), _nearest_figure(theirs.place)
    return own is not None and own == official


def _nearest_figure(place: Place) -> str | None:
    """Return the nearest figure of three digits or more, years left out."""
    words, figures = place.statement.words, place.statement.figures
    near = [
        (min(abs(at - place.at), abs(at - place.first)), word.event)
        for at, word in enumerate(words)
        if word.figure and word.event in figures and sum(map(str.isdigit, word.event)) >= DIGITS
    ]
    distance, figure = min(near, default=(FIGURE_REACH + 1, None))
    return figure if distance <= FIGURE_REACH else None


def _is_one_statement(likeness: Likeness) -> bool:
    """Say whether both sentences can only tell of the same thing, so that the one term denies the other."""
    neighbour = likeness.before or likeness.after
    return likeness.compatible and neighbour and likeness.shared >= SAME_WORDS and likeness.coverage >= SAME_STATEMENT


def _are_counted(ours: _Used, theirs: _Used) -> bool:
    """Say whether a figure stands right before both, where their group asks for one."""
    return not ours.form.group.counted or all(
        any(word.figure for word in place.statement.words[max(0, place.first - COUNTED) : place.first])
        for place in (ours.place, theirs.place)
    )


def _is_same_topic(likeness: Likeness) -> bool:
    """Say whether two words that name a subject are used of the same one, in sentences that say different things."""
    neighbour = likeness.before or likeness.after
    return likeness.shared >= 1 and (neighbour or likeness.coverage >= SAME_TOPIC)


@lru_cache(maxsize=1024)  # an article's passages are compared with each of its claims in turn
def _read(text: str, table: TermTable) -> tuple[_Used, ...]:
    verbs = {p.span.start for p in read_predicates(text) if p.direct}
    return tuple(used for statement in read_statements(text) for used in _used(statement, table, verbs))


def _used(statement: Statement, table: TermTable, verbs: set[int]) -> Iterator[_Used]:
    words = [word.text for word in statement.words]
    stems = [verb_base(word) for word in words]
    at = 0
    while at < len(words):
        if words[at] not in table.forms and stems[at] not in table.forms:  # as hardly any word is
            at += 1
            continue
        candidates = {*table.forms.get(words[at], ()), *table.forms.get(stems[at], ())}
        standing = [form for form in candidates if form.stands_at(words, stems, at) and form.fits(stems)]
        # "will act", "to mean": verbs that look like a term; "was charged" is the term itself
        if statement.words[at].start in verbs and not words[at].endswith("ed"):
            standing = [form for form in standing if not form.exact]
        longest = max((len(form.words) for form in standing), default=1)
        last = at + longest - 1
        span = Span(statement.words[at].span.start, statement.words[last].span.end)
        for form in sorted(standing, key=lambda form: (form.group.id, form.term)):
            if len(form.words) == longest:
                yield _Used(form, Place(statement, last, at), span)
        at = last + 1


def _finding(claim: Annotated, ours: _Used, faced: tuple[Annotated, _Used, Likeness]) -> Finding:
    passage, theirs, likeness = faced
    group = ours.form.group
    contradicts = group.apart and _is_one_statement(likeness)
    said = f"The text says “{ours.span.slice(claim.text)}”, the source “{theirs.span.slice(passage.text)}”: "
    return Finding(
        rule="TRM-EXCHANGED",
        lane=Lane.TERM,
        kind=group.id,
        effect=Effect.CONTRADICTS if contradicts else Effect.SHIFTS,
        severity=Severity.HIGH if contradicts else Severity.MEDIUM,
        claimed=claim.side(ours.span, group.terms[ours.form.term]),
        official=passage.side(theirs.span, theirs.form.group.terms[theirs.form.term]),
        explanation=said + group.reason + ".",
        passage_id=passage.passage_id,
    )
