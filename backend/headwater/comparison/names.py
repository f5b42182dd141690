"""The name lane: each name of the claim against those of the source, one finding for each.

A name "contradicts" only where another name of the same kind stands in the same slot of the same statement, the claim's
own name is nowhere in the passages and the official one nowhere in the claim, or where two lists differ in one member.
A name that no passage holds is otherwise "not stated": a miss costs less than an invented contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from headwater.comparison.names_absent import (
    absent_outcome,
    is_in_dateline,
    stands_for_another,
    tells_of,
    tells_whose,
)
from headwater.comparison.names_attachments import find_exchanged_pairs
from headwater.comparison.names_bonds import find_other_holders, read_bonds
from headwater.comparison.names_lists import ListOutcome, compare_lists, read_lists
from headwater.comparison.names_posts import find_other_posts, read_posts
from headwater.comparison.names_relations import NameRelation, relate_names
from headwater.comparison.names_roles import Official, Part, find_exchanged, find_filling, read_parts
from headwater.comparison.names_rules import NameOutcome, name_rules
from headwater.comparison.names_scope import find_wider_or_narrower
from headwater.comparison.names_series import find_added_fields, read_series
from headwater.comparison.names_settings import Setting, read_settings
from headwater.comparison.names_slots import SAME_STATEMENT, coverage, find_faced
from headwater.comparison.names_source import Source, read_source
from headwater.domain.facts import Annotated, NameKind, NameMention, QuotationForm
from headwater.domain.findings import Effect, Finding, Lane
from headwater.extraction.names_tables import lies_within, place_parents

_GENERAL = frozenset(
    ("nation", "countri", "state", "partner", "neighbour", "member", "organis", "citi", "area", "bodi", "agenc")
)


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim with the settings of its names and its verbs, and the source it faces."""

    claim: Annotated
    settings: tuple[Setting, ...]
    parts: tuple[Part, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class _Faced:
    """What came of one name of the claim, and the official names it faces."""

    outcome: NameOutcome
    ours: Setting
    theirs: tuple[Setting, ...] = ()


def compare_names(claim: Annotated, passages: Sequence[Annotated]) -> tuple[Finding, ...]:
    """Compare every name of a claim with the source.

    Names inside quotation marks are left to the quotation lane where they differ.

    Args:
        claim: The text in hand.
        passages: Official passages, the aligned ones first.

    Returns:
        One finding for each different name of the claim, in order of appearance, and those of its lists.

    Examples:
        Rule NAM-SAME and rule NAM-SWAPPED.

        >>> from headwater.domain.facts import Facts
        >>> from headwater.domain.spans import MappedText
        >>> from headwater.extraction.names import extract_names
        >>> def text(words):
        ...     return Annotated(MappedText.identity(words), Facts(names=extract_names(words)))
        >>> source = text("Ministers will attend the annual summit in Budapest on Thursday.")
        >>> [f.rule for f in compare_names(text("Ministers will attend the summit in Budapest."), [source])]
        ['NAM-SAME']
        >>> [f.rule for f in compare_names(text("Ministers will attend the annual summit in Bucharest."), [source])]
        ['NAM-SWAPPED']
    """
    series = read_series(claim.text)
    if not claim.facts.names and not series:
        return ()
    settings = read_settings(claim)
    case = _Case(claim, settings, read_parts(claim, settings), read_source(passages))
    judged = [_Faced(outcome.outcome, outcome.ours, outcome.theirs) for outcome in _list_outcomes(case)]
    judged += _misplaced(case, passages, {id(one.ours) for one in judged})
    settled = {id(one.ours) for one in judged if one.outcome is not NameOutcome.LIST_LEFT_OUT}
    faced = [_faced(case, setting) for setting in _distinct(settings) if id(setting) not in settled]
    faced += judged + _generalised(settings, case.source)
    faced += list(_added_fields(case)) if series else []
    told = [one for one in faced if not _is_quoted(claim, one)]
    return tuple(_finding(claim, passages, one) for one in sorted(told, key=lambda one: one.ours.mention.span))


def _distinct(settings: Sequence[Setting]) -> Iterator[Setting]:
    """The first mention of each name: the second says nothing new."""
    seen: set[str] = set()
    for setting in settings:
        if setting.mention.canonical not in seen:
            seen.add(setting.mention.canonical)
            yield setting


def _misplaced(case: _Case, passages: Sequence[Annotated], judged: Set[int]) -> list[_Faced]:
    """Find the names that have another's part, another's post, or what the source says of another."""
    source = case.source
    own = [(passage, [s for s in source.settings if s.passage == at]) for at, passage in enumerate(passages)]
    found = {
        id(ours): _Faced(NameOutcome.PARTS_EXCHANGED, ours, (theirs,))
        for ours, theirs in find_exchanged(case.parts, source.parts)
    }
    claimed = tuple(read_bonds(case.claim, case.settings))
    if claimed:
        official = tuple(bond for passage, settings in own for bond in read_bonds(passage, settings))
        for ours, theirs in find_other_holders(claimed, official):
            found.setdefault(id(ours), _Faced(NameOutcome.OTHER_HOLDER, ours, (theirs,)))
    for ours, theirs in _other_posts(case, own):
        found.setdefault(id(ours), _Faced(NameOutcome.OTHER_POST, ours, (theirs,)))
    for ours, theirs in find_wider_or_narrower(case.settings, source.settings, case.claim.text, source.texts):
        found.setdefault(id(ours), _Faced(NameOutcome.SCOPE, ours, (theirs,)))
    for ours, theirs in find_exchanged_pairs((case.claim, case.settings), own):
        found.setdefault(id(ours), _Faced(NameOutcome.EXCHANGED, ours, (theirs,)))
    return [one for identity, one in found.items() if identity not in judged]


def _other_posts(case: _Case, own: Sequence[tuple[Annotated, Sequence[Setting]]]) -> Iterator[tuple[Setting, Setting]]:
    claimed = tuple(read_posts(case.claim.text, case.settings))
    if not claimed:
        return
    official = [given for passage, settings in own for given in read_posts(passage.text, settings)]
    yield from find_other_posts(claimed, official, case.source.texts)


def _added_fields(case: _Case) -> Iterator[_Faced]:
    """Find offices of a series that the official list lacks: "the secretaries of state, defense and energy"."""
    for span, passage in find_added_fields(case.claim.text, case.source.texts):
        offices = [s for s in case.source.settings if s.passage == passage and s.mention.kind is NameKind.OFFICE]
        if offices:
            surface = span.slice(case.claim.text)
            mention = NameMention(surface, span, NameKind.OFFICE, surface.lower())
            yield _Faced(NameOutcome.LIST_ADDED, replace(offices[0], mention=mention, passage=-1), tuple(offices))


def _list_outcomes(case: _Case) -> list[ListOutcome]:
    lists = read_lists(case.claim, case.settings)
    return list(compare_lists(lists, case.source.lists, case.source.sentences)) if lists else []


def _is_quoted(claim: Annotated, one: _Faced) -> bool:
    """Say whether a difference is inside quotation marks, where the quotation lane names it."""
    return name_rules()[one.outcome].effect is not Effect.AGREES and any(
        quotation.span.contains(one.ours.mention.span)
        for quotation in claim.facts.quotations
        if quotation.form is not QuotationForm.TERM
    )


def _faced(case: _Case, ours: Setting) -> _Faced:
    known = _known(case, ours) or _told_otherwise(case.claim, ours, case.settings, case.source)
    if known is not None:
        return known
    free = [theirs for theirs in case.source.settings if not _is_told(theirs, case.settings)]
    names = {theirs.mention.canonical for theirs in free}
    faced = find_faced(ours, free) or find_filling(
        ours, case.parts, Official(case.source.parts, names, case.source.told)
    )
    if faced is not None and not _lies_in(ours, faced):
        return _Faced(NameOutcome.SWAPPED, ours, (faced,))
    return _Faced(absent_outcome(case.claim, ours, case.settings, case.source), ours)


def _lies_in(ours: Setting, theirs: Setting) -> bool:
    """Say whether a place is in the one it faces, which it then only narrows down: "in Berlin", "in Germany"."""
    place, wider = ours.mention.canonical, theirs.mention.canonical
    return place_parents().get(place) == wider or lies_within(place, wider)


def _known(case: _Case, ours: Setting) -> _Faced | None:
    """Return what the source has a name as: the same, its words, a place inside it, a body it stands for."""
    related = case.source.related(ours.mention)
    if related.same:
        return _Faced(NameOutcome.SAME, ours, (max(related.same, key=lambda theirs: coverage(ours, theirs)),))
    if case.source.holds_words(ours.mention) or case.source.shortens(ours.mention):
        return _Faced(NameOutcome.IN_WORDS, ours)
    if related.inside and not tells_whose(case.claim, ours, case.settings):
        return _Faced(NameOutcome.WIDER, ours, related.inside[:1])
    if is_in_dateline(case.claim, ours):
        return _Faced(NameOutcome.DATELINE, ours)
    return _Faced(NameOutcome.METONYM, ours) if stands_for_another(ours, case.source) else None


def _told_otherwise(claim: Annotated, ours: Setting, settings: Sequence[Setting], source: Source) -> _Faced | None:
    """Return the official name that is spelt a little otherwise, or has another first name."""
    related = source.related(ours.mention)
    told = {setting.mention.canonical for setting in settings}
    for relation, outcome in (
        (related.spelt, NameOutcome.SPELT_OTHERWISE),
        (related.first_name, NameOutcome.FIRST_NAME),
    ):
        free = [theirs for theirs in relation if theirs.mention.canonical not in told]
        if outcome is NameOutcome.FIRST_NAME:
            # "Donald Trump" and, further on, "Melania Trump": two people of one name, and no slip.
            free = [theirs for theirs in free if not tells_of(claim, theirs.mention)]
        if free:
            return _Faced(outcome, ours, (max(free, key=lambda theirs: coverage(ours, theirs)),))
    return None


def _is_told(theirs: Setting, settings: Sequence[Setting]) -> bool:
    """Say whether the claim has an official name too: then it stands for itself."""
    return any(relate_names(setting.mention, theirs.mention) is not NameRelation.APART for setting in settings)


def _generalised(settings: Sequence[Setting], source: Source) -> list[_Faced]:
    """Find "nations in the Western Balkans" where the source lists them by name."""
    general = next((s for s in settings if _GENERAL.intersection((*s.before[:2], *s.behind[:2]))), None)
    if general is None:
        return []
    for official in source.lists:
        absent = not any(_is_told(member, settings) for member in official.members)
        if absent and max(coverage(general, member) for member in official.members) >= SAME_STATEMENT:
            return [_Faced(NameOutcome.GENERALISED, general, official.members)]
    return []


def _finding(claim: Annotated, passages: Sequence[Annotated], one: _Faced) -> Finding:
    rule = name_rules()[one.outcome]
    first = one.theirs[0] if one.theirs else None
    passage = passages[first.passage] if first is not None else None
    named = ", ".join(f"“{theirs.mention.surface}”" for theirs in one.theirs)
    official = None if first is None or passage is None else passage.side(first.mention.span, first.mention.canonical)
    evidence = tuple(passages[s.passage].side(s.mention.span, s.mention.canonical) for s in one.theirs[1:])
    return Finding(
        rule=rule.id,
        lane=Lane.NAME,
        kind=one.outcome.value,
        effect=rule.effect,
        severity=rule.severity,
        claimed=claim.side(one.ours.mention.span, one.ours.mention.canonical),
        official=official,
        explanation=rule.explanation.format(ours=one.ours.mention.surface, theirs=named),
        passage_id=None if passage is None else passage.passage_id,
        evidence=evidence,
    )
