"""The polarity lane: what the claim affirms and the source denies, what rises here and falls there.

A contradiction is said only where the same words face each other in one statement: most of the claim's content in one
official sentence, no other name, figure or period on either side that could make it another statement, and no
official sentence as near that says what the claim says. All else is left unsaid: an invented contradiction costs more
than a missed one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from headwater.comparison.both_hold import may_both_hold
from headwater.comparison.denied import deny_in_other_words, vote_otherwise, vote_the_other_way
from headwater.comparison.inclusion import Inclusion, deny_inclusion
from headwater.comparison.nothing_of import lack_what_is_there
from headwater.comparison.opposed import oppose
from headwater.comparison.plainly_denied import affirm_what_is_denied
from headwater.comparison.polarity_described import describe_otherwise
from headwater.comparison.polarity_evidence import bound_otherwise, deny_in_evidence, turn_around_date
from headwater.comparison.polarity_reading import (
    Pointing,
    holds_of_none,
    holds_of_some,
    is_restricted,
    pointings_by_key,
    read_pointings,
)
from headwater.comparison.same_clause import tell_other_periods
from headwater.comparison.statements import (
    EVIDENCE,
    MOST_FACED,
    Likeness,
    Statement,
    Term,
    is_light,
    liken,
    read_statements,
    share_figure,
)
from headwater.comparison.turned_words import TURNED, turn_words
from headwater.comparison.voices import Deed, exchange_roles
from headwater.domain.facts import Annotated
from headwater.domain.findings import Effect, Finding, Lane, Severity

SAME_WORDS = 2  # content words near both: one is a coincidence
TOLD_BY_FIGURE = 0.5  # share of the claim's content asked where both give the same telling figure
TOLD_BY_NAME = 0.65  # where both name the same thing
TOLD_BY_WORDS = 0.75  # where only the words tell
BESIDE = 3  # passages in which the claim's own word may be said of the same thing
BACK = 0.4  # share of the official sentence that the claim must hold: a long one has other matters too
LIGHT_TOLD = 0.8  # where the verb stands in any sentence
CLOSE = 0.1  # closeness by which an official sentence that agrees may lie behind one that does not
VERBATIM = 0.85  # both shares: one sentence is the other but for a word or so
THERE_IS = 4  # words of "there is as yet"
OTHER_WORDS = 3  # content words by which both sides may differ at once: more of them tell another thing


_IN_OTHER_WORDS = (
    turn_around_date,
    describe_otherwise,
    oppose,
    deny_in_other_words,
    lack_what_is_there,
    vote_otherwise,
    vote_the_other_way,
    turn_words,
    affirm_what_is_denied,
)
_OF_FIGURES = frozenset({"rise or fall", "above or below", TURNED})  # a passage of figures has many of them
_WITHIN = frozenset(",;:()–—")
CLAUSE_OPENERS = frozenset({"while", "although", "but", "which", "who", "because", "whereas"})


@dataclass(frozen=True, slots=True)
class _Faced:
    """An official word on the same axis, or of the same event."""

    pointing: Pointing
    passage: Annotated
    likeness: Likeness


def compare_polarity(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Compare what a claim affirms, and which way it points, with what the source does.

    Rules: POL-NEGATION, POL-DIRECTION, POL-INCLUSION, POL-ROLES, POL-UNCERTAIN.

    Args:
        claim: The text in hand.
        passages: Official passages, best first; the first three are read.

    Returns:
        At most one finding for each statement of the claim.

    Examples:
        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts())
        >>> source = text("Unemployment in Wales fell in May.")
        >>> compare_polarity(text("In May unemployment fell in Wales."), [source])
        ()
        >>> [f.rule for f in compare_polarity(text("In May unemployment rose in Wales."), [source])]
        ['POL-DIRECTION']
    """
    found = []
    for _, pointings in read_pointings(claim.text):
        finding = next((f for p in pointings if (f := _judge(claim, p, passages[:EVIDENCE]))), None)
        if finding is not None:
            found.append(finding)
    if not found and passages:
        facing = [pair for pair in deny_in_evidence(claim, passages[0]) if not may_both_hold(*pair)]
        found = [_finding(claim, *pair, passages[0]) for pair in facing]
    for read in _IN_OTHER_WORDS:
        if not found:
            otherwise = (one for one in read(claim, passages) if not may_both_hold(one[0], one[1]))
            found = [_finding(claim, *one) for one in otherwise if not _is_said_beside(one[0], one[1], passages)]
    if not found:
        found = [_placed("inclusion", claim, *one) for one in deny_inclusion(claim, passages)]
    if not found:
        found = [_placed("roles", claim, *one) for one in exchange_roles(claim, passages)]
    return tuple(found)


def _placed(
    kind: str,
    claim: Annotated,
    *faced: *tuple[Inclusion | Deed, Inclusion | Deed, Annotated],
) -> Finding:
    ours, theirs, passage = faced
    rule, said = _RULES[kind]
    return Finding(
        rule=rule,
        lane=Lane.POLARITY,
        kind=kind,
        effect=Effect.CONTRADICTS,
        severity=Severity.HIGH,
        claimed=claim.side(ours.span),
        official=passage.side(theirs.span),
        explanation=said.format(ours=ours.span.slice(claim.text), theirs=theirs.span.slice(passage.text)),
        passage_id=passage.passage_id,
    )


def _judge(claim: Annotated, ours: Pointing, passages: Sequence[Annotated]) -> Finding | None:
    faced = sorted(_facing(ours, passages), key=lambda one: -one.likeness.closeness)
    if not faced:
        return None
    best = faced[0]
    near = [one for one in faced if one.likeness.closeness >= best.likeness.closeness - CLOSE]
    if any(not one.pointing.denies(ours) for one in near):
        return _uncertain(claim, ours, best) if _is_one_statement(claim, ours, best) else None
    if not _is_one_statement(claim, ours, best):
        return None
    if (
        _holds_of_some(claim, ours, best)
        or may_both_hold(ours, best.pointing)
        or _is_said_beside(ours, best.pointing, passages)
    ):
        return None
    return _finding(claim, ours, best.pointing, best.passage)


def _is_said_beside(ours: Pointing, theirs: Pointing, passages: Sequence[Annotated]) -> bool:
    """Say whether another sentence has the claim's own word: of which the claim speaks, only a reader can tell."""
    word, own = ours.place.word, theirs.place.statement
    if ours.axis in _OF_FIGURES or ours.negated or word.key == theirs.place.word.key:
        return False
    others = (one for passage in passages[:BESIDE] for one in read_statements(passage.text) if one is not own)
    return any(word.text == other.text for statement in others for other in statement.words)


def _holds_of_some(claim: Annotated, ours: Pointing, faced: _Faced) -> bool:
    """Say whether either side may hold of some of the things only, or of none, so that both may be so."""
    theirs, passage = faced.pointing, faced.passage
    if ours.side == theirs.side and is_restricted(passage.text, theirs, ours.place.statement):
        return True
    if ours.side == theirs.side and (holds_of_some(ours) or holds_of_some(theirs)):
        return True
    if ours.side != theirs.side and (holds_of_none(ours) or holds_of_none(theirs)):
        return True
    return _points_both_ways(ours, claim) or _points_both_ways(theirs, passage)


def _uncertain(claim: Annotated, ours: Pointing, faced: _Faced) -> Finding | None:
    """Tell "did not fall" from "rose": what is not the one need not be the other."""
    theirs = faced.pointing
    if ours.side == theirs.side or ours.negated == theirs.negated:
        return None
    return _finding(claim, ours, theirs, faced.passage)


def _facing(ours: Pointing, passages: Sequence[Annotated]) -> Iterator[_Faced]:
    told = ours.place.statement.told
    least = min(SAME_WORDS, max(1, len(told) - 1))
    for passage in passages:
        for theirs in pointings_by_key(passage.text).get(ours.key, ())[:MOST_FACED]:
            if theirs.axis == ours.axis and _may_share(ours, theirs, least):
                likeness = liken(ours.place, theirs.place)
                if likeness.shared >= least:
                    yield _Faced(theirs, passage, likeness)


def _may_share(ours: Pointing, theirs: Pointing, least: int) -> bool:
    """Say whether two statements have as many words in common as two words in them would need to share."""
    own, official = ours.place.statement, theirs.place.statement
    return len(own.told.keys() & official.told.keys()) + (not own.figures.isdisjoint(official.figures)) >= least


def _points_both_ways(pointing: Pointing, text: Annotated) -> bool:
    """Say whether a sentence has both sides of an axis; which is told of what cannot be seen without a parser."""
    inside = pointing.place.statement.span
    signs = {other.sign for other in pointings_by_key(text.text)[pointing.key] if other.place.statement.span == inside}
    return bool(pointing.axis) and len(signs) > 1


def _is_one_statement(claim: Annotated, ours: Pointing, faced: _Faced) -> bool:
    """Say whether both sentences can only tell of the same thing."""
    statement, official, likeness = ours.place.statement, faced.pointing.place.statement, faced.likeness
    if is_light(faced.pointing.key) and likeness.coverage < LIGHT_TOLD:
        return False
    if not _could_agree(statement, official) or tell_other_periods((claim, statement), (faced.passage, official)):
        return False
    told = _least_told(statement, official)
    if bound_otherwise((claim, statement), (faced.passage, official)):
        return False
    if not _is_bound(faced, ours) or _counts_none(faced, statement) or _is_none_of_another(claim, ours, faced):
        return False
    return likeness.coverage >= told and (likeness.back >= BACK or _clause_held(faced, statement) >= BACK)


def _is_none_of_another(claim: Annotated, ours: Pointing, faced: _Faced) -> bool:
    """Say whether there is none of a thing, and the other side has one of another kind: "no right to a refund"."""
    theirs, likeness = faced.pointing, faced.likeness
    sides = ((claim.text, ours), (faced.passage.text, theirs))
    if not any(pointing.span.slice(text).lower().startswith("no ") for text, pointing in sides):
        return False
    return not likeness.after and all(_goes_on(text, pointing) for text, pointing in sides)


def _goes_on(text: str, pointing: Pointing) -> bool:
    """Say whether the clause tells more of a thing: "the right to see"."""
    words, at = pointing.place.statement.words, pointing.place.at
    behind = words[at + 1 : at + 2]
    return bool(behind) and behind[0].text in {"to", "of", "for", "on", "in"} and not _parts(text, words[at], behind[0])


def _clause_held(faced: _Faced, statement: Statement) -> float:
    """Return the share of the official clause around the word that the claim holds."""
    text, place = faced.passage.text, faced.pointing.place
    words = place.statement.words
    first, last = place.first, place.at
    while first > 0 and not _parts(text, words[first - 1], words[first]):
        first -= 1
    while last + 1 < len(words) and not _parts(text, words[last], words[last + 1]):
        last += 1
    around = [word for word in (*words[first : place.first], *words[place.at + 1 : last + 1]) if word.key]
    total = sum(word.weight for word in around)
    return sum(word.weight for word in around if word.key in statement.told) / total if total else 0.0


def _parts(text: str, word: Term, following: Term) -> bool:
    """Say whether a clause ends between two words that follow each other."""
    return not _WITHIN.isdisjoint(text[word.end : following.start]) or following.text in CLAUSE_OPENERS


def _follow_figure(ours: Pointing, theirs: Pointing) -> bool:
    """Say whether both stand right after one figure: "$80,000 before tax", "$80,000 tax free"."""
    own, official = (p.place.statement.words[max(0, p.place.first - 1)] for p in (ours, theirs))
    return own.figure and official.figure and own.event == official.event


def _is_bound(faced: _Faced, ours: Pointing) -> bool:
    """Say whether the two words are said of one thing: what stands before each stands before the other."""
    likeness = faced.likeness
    if faced.pointing.governs and not likeness.after:
        return False
    if likeness.coverage >= VERBATIM and (likeness.back >= VERBATIM or _follow_figure(ours, faced.pointing)):
        return True
    if _is_turned_round(ours, faced.pointing):
        return True
    there = [word.text for word in faced.pointing.place.statement.words[: faced.pointing.place.first]]
    if there[:1] == ["there"] and len(there) <= THERE_IS:  # "there is no right to launch": whose, it does not say
        return likeness.after
    if not there or not likeness.has_before:
        return likeness.patient or likeness.crossed
    return (likeness.agent and likeness.faced) or likeness.crossed


def _is_turned_round(ours: Pointing, theirs: Pointing) -> bool:
    """Say whether what nobody named does to a thing faces what is done to it: "we will read letters", "letters are"."""
    words, there = ours.place.statement.words, theirs.place.statement.words
    if any(word.key for word in there[: theirs.place.first]):
        return False
    thing = next((word.key for word in there[theirs.place.at + 1 :] if word.key and word.weight >= 1), None)
    first = next((word.key for word in words[: ours.place.first] if word.key and word.weight >= 1), None)
    return thing is not None and thing == first


def _counts_none(faced: _Faced, statement: Statement) -> bool:
    """Say whether "no deaths" faces a number of them: how many there were is left to the figure lane."""
    official = faced.pointing.place.statement
    has_figures = bool(statement.figures or official.figures)
    return has_figures and any(word.text == "no" for one in (statement, official) for word in one.words)


def _least_told(statement: Statement, official: Statement) -> float:
    if share_figure(statement, official):
        return TOLD_BY_FIGURE
    return TOLD_BY_NAME if statement.names & official.names else TOLD_BY_WORDS


def _could_agree(statement: Statement, official: Statement) -> bool:
    """Say whether names, figures and words leave room for one statement only."""
    if (statement.names - set(official.told)) and (official.names - set(statement.told)):
        return False
    if statement.figures - official.figures and official.figures - statement.figures:
        return False
    return min(len(statement.told.keys() - official.told.keys()), len(official.told.keys() - statement.told.keys())) < (
        OTHER_WORDS
    )


_RULES = {
    "negation": ("POL-NEGATION", "The text says “{ours}”, the source “{theirs}”: one denies what the other states."),
    "direction": ("POL-DIRECTION", "The text says “{ours}”, the source “{theirs}”: the opposite."),
    "inclusion": (
        "POL-INCLUSION",
        "The text says “{ours}”, the source “{theirs}”: one leaves out what the other takes in.",
    ),
    "roles": ("POL-ROLES", "The text says “{ours}”, the source “{theirs}”: who does it to whom is turned round."),
    "uncertain": ("POL-UNCERTAIN", "The text says “{ours}”, the source “{theirs}”: near, yet not the same."),
}


def _finding(claim: Annotated, ours: Pointing, theirs: Pointing, passage: Annotated) -> Finding:
    kind = "negation" if ours.side == theirs.side else "uncertain" if ours.negated != theirs.negated else "direction"
    rule, said = _RULES[kind]
    return Finding(
        rule=rule,
        lane=Lane.POLARITY,
        kind=kind,
        effect=Effect.UNDECIDED if kind == "uncertain" else Effect.CONTRADICTS,
        severity=Severity.INFO if kind == "uncertain" else Severity.HIGH,
        claimed=claim.side(ours.span),
        official=passage.side(theirs.span),
        explanation=said.format(ours=ours.span.slice(claim.text), theirs=theirs.span.slice(passage.text)),
        passage_id=passage.passage_id,
    )
