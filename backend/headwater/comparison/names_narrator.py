"""Who speaks in an article whose source names no speaker: a speech in the first person, or words of an office alone.

"I will set out a roadmap" is told by nobody's name, and "The First Minister said:" by none either. The person whom the
article has do most of the saying is then the speaker, which the passages can neither confirm nor deny.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from headwater.comparison.names_rules import NameOutcome, name_rules
from headwater.comparison.names_source import Source
from headwater.domain.facts import Annotated, NameKind, NameMention
from headwater.domain.findings import Finding
from headwater.extraction.names import extract_names

LONGEST_TEXT = 20_000  # characters of an article that are read for its narrator
_I = re.compile(r"\b(?:I|I['’](?:m|ve|ll|d)|[Mm]y)\b(?!\.)")
_QUOTED = re.compile(r"“[^”]*+(?:”|$)|\"[^\"\n]*+(?:\"|$)")
_VERB = re.compile(
    r"(?:, [^,.;:]{1,60},)? (?:(?:has|had|have|also|later|then|yesterday|today|will|would) ){0,2}"
    r"(?:[a-z]{3,}ed|said|says|told|tells|set|sets|gave|gives|put|puts|made|makes|spoke|laid|drew|paid|took|takes|went|"
    r"wants|hopes|thinks|is|was|did|does|has|had|will|would|could|may)\b"
)
_SAYS = re.compile(
    r"\b(?:says|said|told|added|asked|argued|insisted|warned) (?:Mr|Ms|Mrs|Miss|Dr|Sir|Lord|Lady)?\.? ?$"
)


def is_narrator(claim: Annotated, name: NameMention, source: Source) -> bool:
    """Say whether a person is the one who says what the source says, and the source leaves its speaker unnamed.

    Args:
        claim: The claim, with the article around it.
        name: A person of it, whom no passage names.
        source: All names of the passages.
    """
    if not (is_told_by_one(source.texts) or is_told_by_office(source.speakers)):
        return False
    return name.surface.split()[-1] == find_narrator(claim.mapped.original[:LONGEST_TEXT])


def misses_a_name(findings: Sequence[Finding]) -> bool:
    """Say whether a name is said not to be stated.

    Args:
        findings: Of one claim.
    """
    return any(finding.rule == name_rules()[NameOutcome.NOT_STATED].id for finding in findings)


def with_narrator(findings: Sequence[Finding], claim: Annotated, texts: Sequence[str]) -> tuple[Finding, ...]:
    """Return findings in which the narrator of a whole document is its speaker, and no name that it does not state.

    Args:
        findings: Of one claim.
        claim: The claim, with the article around it.
        texts: All passages of the document.
    """
    rules = name_rules()
    missed = [finding for finding in findings if finding.rule == rules[NameOutcome.NOT_STATED].id]
    narrator = find_narrator(claim.mapped.original[:LONGEST_TEXT]) if missed and is_told_by_one(texts) else ""
    if not narrator:
        return tuple(findings)
    return tuple(
        _as_speaker(finding) if finding in missed and finding.claimed.surface.split()[-1:] == [narrator] else finding
        for finding in findings
    )


def _as_speaker(finding: Finding) -> Finding:
    rule = name_rules()[NameOutcome.SPEAKER_NOT_STATED]
    said = rule.explanation.format(ours=finding.claimed.surface, theirs="")
    return replace(
        finding, rule=rule.id, kind=NameOutcome.SPEAKER_NOT_STATED.value, severity=rule.severity, explanation=said
    )


def is_told_by_one(texts: Sequence[str]) -> bool:
    """Say whether passages are told by somebody who says "I" and need not give a name: a speech, a statement.

    Args:
        texts: Passages as working text; what stands between quotation marks is somebody else's.
    """
    return any(_I.search(_QUOTED.sub(" ", text)) for text in texts)


@lru_cache(maxsize=256)  # the speakers of one document are asked for with each name of each claim
def is_told_by_office(speakers: Sequence[str]) -> bool:
    """Say whether passages have speakers, and none of them by a person's name: "The First Minister".

    Args:
        speakers: Of the passages, "" for narration.
    """
    named = [speaker for speaker in speakers if speaker]
    persons = (mention for speaker in named for mention in extract_names(speaker) if mention.kind is NameKind.PERSON)
    return bool(named) and next(persons, None) is None


@lru_cache(maxsize=16)  # an article is asked for with each of its claims
def find_narrator(article: str) -> str:
    """Return the surname of the person whom an article has say and do most, or "".

    Args:
        article: Its text.

    >>> find_narrator("Jane Doe urged caution. Ms Doe said rates would rise, John Roe was told.")
    'Doe'
    """
    acting: Counter[str] = Counter()
    for mention in extract_names(article):
        says = _SAYS.search(article, max(0, mention.span.start - 20), mention.span.start)
        if mention.kind is NameKind.PERSON and (says or _VERB.match(article, mention.span.end)):
            acting[mention.surface.split()[-1]] += 1
    return acting.most_common(1)[0][0] if acting else ""
