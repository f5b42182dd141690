"""All ninety-two versions of the two small-boats pages: which of them answers, asked plainly and asked for a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from corpus_factories import real_fields
from headwater.checking import FactChecker
from headwater.corpus.filters import PassageFilters
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import Document
from headwater.domain.policy import CheckPolicy
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources.embedding import embed_passages
from headwater.sources.records import parse_record
from headwater_embeddings.hashing import HashingEncoder

LISTED = re.compile(r"23:59,? (\d+ \w+ \d{4}).*?small boats: ([\d,]+).*?boats detected: ([\d,]+)", re.DOTALL)
ROW = re.compile(r"^(\d+ \w+ \d{4}) \| ([\d,]+) \| ([\d,]+) \|", re.MULTILINE)
VERSIONS = 92
MOVED = "On 1 February 2023 the daily numbers of crossings in small boats moved to another page."


class Versions:
    """The versions in a corpus, and a checker of it."""

    def __init__(self, store: CorpusStore) -> None:
        encoder = HashingEncoder()
        embed_passages(store, encoder)
        self.checker = FactChecker(
            encoder,
            HybridRetriever(store, encoder.model_id),
            passages_of=store.passages_of,
            versions_of=store.versions,
            policy=CheckPolicy(matter_probability=0.0),  # which is calibrated for another encoder
        )
        documents = {passage.document.id for passage in store.passages(range(1, 5_000)).values()}
        self.every = [version for one in sorted(documents) for version in store.versions(one)]
        self.texts = {(one.id, one.version): store.document_text(one.id, one.version) for one in self.every}

    def facts(self, version: Document) -> list[tuple[str, str, str]]:
        text = self.texts[version.id, version.version]
        return [(found[1], found[2], found[3]) for found in (*LISTED.finditer(text), *ROW.finditer(text))]

    def question(self, version: Document) -> tuple[str, set[tuple[str, int]]]:
        """A sentence with the figures of a version's newest day with people, and the versions that hold them."""
        facts = self.facts(version)
        if not facts:
            return MOVED, {(version.id, version.version)}
        own = next((one for one in reversed(facts) if one[1] != "0"), facts[-1])
        text = f"On {own[0]} {own[1]} migrants were detected in small boats and {own[2]} boats."
        return text, {(one.id, one.version) for one in self.every if own in self.facts(one)}


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Versions]:
    with CorpusStore(tmp_path_factory.mktemp("versions") / "corpus.sqlite3") as store:
        fields = real_fields("uk_government/govuk_small_boats_versions")
        store.add_documents([parse_record(one, "boats", line) for line, one in enumerate(fields, 1)])
        yield Versions(store)


def test_a_sentence_with_the_figures_of_a_day_finds_that_days_version_first(versions: Versions) -> None:
    missed = []
    for version in versions.every:
        text, holders = versions.question(version)
        [claim, *_] = versions.checker.check(text).claims
        first = (claim.evidence or claim.nearest)[0].passage.document
        if (first.id, first.version) not in holders:
            missed.append(text)
    assert len(versions.every) == VERSIONS
    assert len(missed) <= 2, missed


def test_asked_for_a_day_the_version_in_force_on_it_answers_alone(versions: Versions) -> None:
    for version in versions.every:
        day = day_of(version)
        in_force = max((one for one in versions.every if one.id == version.id and day_of(one) <= day), key=number)
        text, _ = versions.question(version)
        filters = PassageFilters(as_of=day)
        hits = [hit for claim in versions.checker.check(text, filters=filters).claims for hit in claim.nearest]
        found = {hit.passage.document.version for hit in hits if hit.passage.document.id == version.id}
        assert found == {in_force.version}


def number(version: Document) -> int:
    return version.version


def day_of(version: Document) -> date:
    assert version.valid_from is not None
    return version.valid_from.date()
