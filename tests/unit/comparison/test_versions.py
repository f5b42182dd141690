"""Figures and dates that two versions of a document give otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from headwater.alignment.passages import annotate
from headwater.comparison.lanes import compare
from headwater.comparison.versions import VersionPair, compare_versions, version_name
from headwater.corpus.given import given_passages
from headwater.domain.documents import Document, Passage
from headwater.domain.findings import Finding
from headwater.segmentation.claims import segment_claims
from headwater.text.normalise import normalise

FIRST, SECOND = datetime(2024, 11, 7, tzinfo=UTC), datetime(2024, 11, 9, tzinfo=UTC)
DAY = date(2024, 11, 8)


def passage_of(text: str, version: int) -> Passage:
    [passage] = given_passages(text)
    updated = FIRST if version == 1 else SECOND
    document = replace(passage.document, version=version, first_published=FIRST, updated=updated)
    return replace(passage, id=version, document=document)


def against(text: str, followed: Passage, other: Passage, *, day: date | None, in_force: bool) -> list[Finding]:
    pair = VersionPair(followed.document, other.document, day, in_force)
    [claim] = segment_claims(normalise(text).mapped)
    own = compare(claim, [annotate(followed)])
    return list(compare_versions(claim.content, own, annotate(other), pair))


OLD, NEW = "The ferry fund is worth £75 million.", "The ferry fund is worth £85 million."
# claim, version followed, the text's day, whether that version was in force, rule
CASES = [
    (OLD, 1, DAY, True, "VER-CHANGED-SINCE"),
    (OLD, 1, None, False, "VER-SUPERSEDED"),
    (OLD, 1, date(2024, 11, 12), False, "VER-NOT-IN-FORCE"),
    (NEW, 2, DAY, False, "VER-NOT-IN-FORCE"),
    (NEW, 2, None, True, "VER-CHANGED-BEFORE"),
    ("The ferry fund is worth £57 million.", 1, DAY, True, "VER-BOTH"),
]


@pytest.mark.parametrize(("text", "version", "day", "in_force", "rule"), CASES)
def test_each_outcome_cites_both_versions(text: str, version: int, day: date | None, in_force: bool, rule: str) -> None:
    passages = {1: passage_of(OLD, 1), 2: passage_of(NEW, 2)}
    followed, other = passages[version], passages[3 - version]
    [finding] = against(text, followed, other, day=day, in_force=in_force)
    assert finding.rule == rule
    assert finding.passage_id == other.id
    assert finding.official is not None
    assert finding.official.span.slice(other.text) == finding.official.surface
    assert [side.surface for side in finding.evidence] == ["£75 million" if version == 1 else "£85 million"]
    assert all(name in finding.explanation for name in ("7 November 2024", "9 November 2024", "£75", "£85"))


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (OLD, OLD, "The ferry fund, as said before, is worth £75 million."),  # the figure stayed
        (OLD, OLD, "The ferry fund is worth £75m, and £85 million was asked for."),
        ("About 9,400 people were returned.", "9,412 people were returned.", "9,399 people were returned."),
        ("The fund pays for quays.", "The fund pays for nine quays.", "The fund pays for ten quays."),  # no figure
    ],
)
def test_versions_that_say_the_same_of_a_figure_give_no_finding(text: str, old: str, new: str) -> None:
    assert against(text, passage_of(old, 1), passage_of(new, 2), day=None, in_force=False) == []


def test_a_day_that_was_moved_is_named() -> None:
    old, new = "The summit opens on 5 May 2025 in Oslo.", "The summit opens on 12 May 2025 in Oslo."
    [finding] = against(old, passage_of(old, 1), passage_of(new, 2), day=None, in_force=False)
    assert (finding.lane.value, finding.rule) == ("date", "VER-SUPERSEDED")


def test_a_version_without_a_day_is_named_by_its_number() -> None:
    document: Document = replace(passage_of(OLD, 2).document, first_published=None, updated=None)
    assert version_name(document) == "version 2"
