"""Sentences that one version of a page answers: ninety-two versions of the small-boats pages.

Each sentence gives the figures of one version's own day in other words. It is found when the first passage stands in a
version that gives this day these figures; a table shows seven days, so that a day stands in up to seven versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from headwater.checking import FactChecker
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Document, Passage
from headwater.retrieval.retriever import HybridRetriever, Query
from headwater_embeddings.encoder import Encoder

PAGES = (
    "https://www.gov.uk/government/statistical-data-sets/migrants-detected-crossing-the-english-channel-in-small-boats",
    "https://www.gov.uk/government/publications/"
    "migrants-detected-crossing-the-english-channel-in-small-boats/"
    "migrants-detected-crossing-the-english-channel-in-small-boats-last-7-days",
)
LISTED = re.compile(
    r"23:59,? (?P<day>\d+ \w+ \d{4}).*?migrants detected in small boats: (?P<people>[\d,]+)"
    r".*?boats detected: (?P<boats>[\d,]+)",
    re.DOTALL,
)
# One version was published with its table unmade: all rows stand in one paragraph, each after a hash sign.
ROW = re.compile(r"(?:^|\|# )(?P<day>\d+ \w+ \d{4}) \| (?P<people>[\d,]+) \| (?P<boats>[\d,]+) \|", re.MULTILINE)
FRAMES = (
    "On {day} {people} people came across the Channel in {boats} small boats.",
    "Home Office figures put arrivals at {people} in {boats} boats on {day}.",
    "Border officials counted {people} migrants aboard {boats} dinghies on {day}.",
)

MOVED = "UPDATE 01/02/2023"  # the one version without figures says where they are from now on
ELSEWHERE = "Daily numbers of crossings in small boats moved to another page on Wednesday 1 February, a note said."

Fact = tuple[str, str, str]  # day, people, boats


@dataclass(frozen=True)
class VersionQuestion:
    """A sentence, and the versions that answer it."""

    text: str
    versions: frozenset[tuple[str, int]]


def version_questions(store: CorpusStore) -> list[VersionQuestion]:
    """Return one sentence for each version: the figures of its day, or what else it says.

    Args:
        store: The corpus.
    """
    versions = [
        (each.id, each.version, store.document_text(each.id, each.version))
        for identifier in _identifiers(store)
        for each in store.versions(identifier)
    ]
    held = [facts_of(text) for _, _, text in versions]
    questions = [
        VersionQuestion(ELSEWHERE, frozenset({(one, number)})) for one, number, text in versions if MOVED in text
    ]
    for place, facts in enumerate(held):
        if facts:
            own = _own(facts)
            text = FRAMES[place % len(FRAMES)].format(day=own[0], people=own[1], boats=own[2])
            holders = frozenset(each[:2] for each, told in zip(versions, held, strict=True) if own in told)
            questions.append(VersionQuestion(text, holders))
    return questions


def facts_of(text: str) -> list[Fact]:
    """Return the days of a version with their figures, in order."""
    return [(found["day"], found["people"], found["boats"]) for found in (*LISTED.finditer(text), *ROW.finditer(text))]


def stands_in(passage: Passage, question: VersionQuestion) -> bool:
    """Whether a passage stands in a version that answers."""
    document: Document = passage.document
    return (document.id, document.version) in question.versions


def first_of_search(store: CorpusStore, encoder: Encoder, questions: Sequence[VersionQuestion]) -> int:
    """Return for how many sentences the search finds a version that answers first.

    Args:
        store: The corpus.
        encoder: Of its vectors.
        questions: Of `version_questions`.
    """
    retriever = HybridRetriever(store, encoder.model_id)
    vectors = encoder.encode([question.text for question in questions])
    return sum(
        stands_in(retriever.retrieve([Query(question.text, vector)], limit=1).hits[0][0].passage, question)
        for question, vector in zip(questions, vectors, strict=True)
    )


def first_of_check(store: CorpusStore, encoder: Encoder, questions: Sequence[VersionQuestion]) -> int:
    """Return for how many sentences a check answers with a version that does, be it evidence or the nearest.

    Args:
        store: The corpus.
        encoder: Of its vectors.
        questions: Of `version_questions`.
    """
    checker = FactChecker(
        encoder,
        HybridRetriever(store, encoder.model_id),
        passages_of=store.passages_of,
        versions_of=store.versions,
        series_of=store.find_series,
    )
    return sum(stands_in(_shown_first(checker, question.text), question) for question in questions)


def _shown_first(checker: FactChecker, text: str) -> Passage:
    [claim, *_] = checker.check(text).claims
    return (claim.evidence or claim.nearest)[0].passage


def _own(facts: Sequence[Fact]) -> Fact:
    """The newest day on which anybody came: days without arrivals are all alike but for their date."""
    return next((fact for fact in reversed(facts) if fact[1] != "0"), facts[-1])


def _identifiers(store: CorpusStore) -> Iterable[str]:
    found = {
        passage.document.url: passage.document.id
        for passage in store.passages(range(1, store.passage_count() * 2)).values()
        if passage.document.url in PAGES
    }
    return [found[url] for url in PAGES]
