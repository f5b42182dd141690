"""What faces a passage in the other versions of its document: official words change, and a figure with them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from headwater.domain.documents import Document, Passage
from headwater.domain.verdicts import ClaimReport, ScoredPassage
from headwater.text.tokens import content_stems

REMEMBERED = 32  # versions with their passages; an article follows a handful of documents
LEAST_LIKENESS = 0.5  # of the stems of both: below it a passage was written anew, and nothing faces it

VersionsOf = Callable[[str], Sequence[Document]]
PassagesOf = Callable[[str, int], Sequence[Passage]]


class OtherVersions:
    """Versions of documents, asked for only where a document has several. Safe to share between threads."""

    def __init__(self, versions_of: VersionsOf, passages_of: PassagesOf) -> None:
        self._versions_of = versions_of
        self._passages_of = passages_of
        self._known: OrderedDict[tuple[str, str], Sequence[Passage]] = OrderedDict()

    def is_in_force(self, document: Document, day: date | None) -> bool:
        """Say whether a version is what the publisher said on a day, or says now where the day is not known."""
        if is_alone(document):
            return True
        return find_in_force(self._versions_of(document.id), day) == document.version

    def dated(self, report: ClaimReport) -> ClaimReport:
        """Return a report whose superseded passages say when the next version took their place."""
        moments: dict[tuple[str, int], datetime | None] = {}

        def dated(hit: ScoredPassage) -> ScoredPassage:
            document = hit.passage.document
            if document.is_latest:
                return hit
            key = document.id, document.version
            if key not in moments:
                moments[key] = find_end(self._versions_of(document.id), document.version)
            document = replace(document, superseded=moments[key])
            return replace(hit, passage=replace(hit.passage, document=document))

        return replace(report, evidence=tuple(map(dated, report.evidence)), nearest=tuple(map(dated, report.nearest)))

    def facing(self, passage: Passage, day: date | None) -> tuple[Passage, ...]:
        """Return the passages that say the same thing in other words or figures in other versions.

        Args:
            passage: Of one version.
            day: Of the text that is checked, or None.

        Returns:
            At most two: of the version in force on the day, and of the latest; where the passage is of both, of
            the version before. None where a version has the same words, or nothing like them.
        """
        document = passage.document
        if is_alone(document):
            return ()
        versions = {version.version: version for version in self._versions_of(document.id)}
        wanted = {find_in_force(tuple(versions.values()), day), max(versions, default=None)} - {document.version}
        chosen = sorted(number for number in wanted or {document.version - 1} if number in versions)
        found = (find_counterpart(passage, self._passages(versions[number])) for number in chosen)
        return tuple(counterpart for counterpart in found if counterpart is not None)

    def _passages(self, document: Document) -> Sequence[Passage]:
        key = (document.id, document.sha256)
        if key not in self._known:
            self._known[key] = self._passages_of(document.id, document.version)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]


def is_alone(document: Document) -> bool:
    """Say whether a document has no other version."""
    return document.version == 1 and document.is_latest


def day_of(document: Document) -> date | None:
    """Return the day on which the words of a version appeared."""
    moment = document.valid_from
    return moment.date() if moment else None


def find_end(versions: Sequence[Document], number: int) -> datetime | None:
    """Return when the version after one appeared, or None where there is none.

    Args:
        versions: Of one document.
        number: Of the version that it followed.
    """
    following = next((version for version in versions if version.version == number + 1), None)
    return (following.valid_from or following.retrieved) if following else None


def find_in_force(versions: Sequence[Document], day: date | None) -> int | None:
    """Return the number of the version that stood on a day: the last that had appeared; the first before all.

    Args:
        versions: Of one document, oldest first.
        day: The day, or None for now.
    """
    if not versions:
        return None
    if day is None:
        return versions[-1].version
    appeared = [version for version in versions if (own := day_of(version)) is None or own <= day]
    return (appeared[-1] if appeared else versions[0]).version


def find_counterpart(passage: Passage, others: Sequence[Passage]) -> Passage | None:
    """Return the passage of another version that is most like this one, or None where one is the same or none is like.

    Args:
        passage: Of one version.
        others: All passages of another version.
    """
    words = " ".join(passage.text.split())
    if any(" ".join(other.text.split()) == words for other in others):
        return None
    own = frozenset(content_stems(passage.text))
    likeness = {other.ordinal: _likeness(own, frozenset(content_stems(other.text))) for other in others}
    best = max(others, key=lambda other: likeness[other.ordinal], default=None)
    return best if best and likeness[best.ordinal] >= LEAST_LIKENESS else None


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
