"""The seed pair through the real service: given as two texts, and with the release in the corpus."""

from __future__ import annotations

import json
import re
import socket

import pytest
from tests.gate.__main__ import make_checker
from tests.gate.gold import FIXTURES, GoldPair, seed_pair
from tests.gate.seed import seed_bar

from headwater.checking import FactChecker
from headwater.corpus.store import CorpusStore
from headwater.domain.verdicts import CheckReport
from headwater.report.json import report_to_json
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources.ingest import ingest
from headwater_embeddings.registry import load_encoder

pytestmark = pytest.mark.model
RETRIEVED = re.compile(r'"retrieved": "[^"]*"')  # when the given text was taken in: the one thing that may differ
ASKED_NOW = {  # the other items are the verdict issue's: printed by `python -m tests.gate`
    "quotations with exactly the gold's edits",
    "figures right",
    "claims without contradiction",
    "a gold passage first",
}
IN_THREE = 23  # of 25, the bar is 24: A5a and A13a are worded like neighbouring passages; a floor, never to be lowered

REACHED = {
    "not_in_source recalled": 13,
    "not_in_source not called supported": 15,
}  # bars 14 and 16; never to be lowered


@pytest.fixture(scope="module")
def pair() -> GoldPair:
    return seed_pair()


@pytest.fixture(scope="module")
def encoder():
    return load_encoder("minilm")


@pytest.fixture(scope="module")
def compared(pair: GoldPair) -> CheckReport:
    return make_checker().compare(pair.article, pair.release)


@pytest.fixture(scope="module")
def matched(pair: GoldPair, encoder, tmp_path_factory) -> tuple[CheckReport, str]:
    paths = [FIXTURES / "seed" / "release.txt", FIXTURES / "corpus" / "european_union"]
    with CorpusStore(tmp_path_factory.mktemp("corpus") / "corpus.sqlite3") as store:
        ingest(paths, store, encoder)
        checker = FactChecker(encoder, HybridRetriever(store, encoder.model_id), corpus_version=store.revision)
        report = checker.check(pair.article)
    release = {
        hit.passage.document.id
        for claim in report.claims
        for hit in claim.nearest
        if hit.passage.document.url == "urn:headwater:seed:release"
    }
    return report, release.pop()


@pytest.mark.parametrize("name", sorted(ASKED_NOW))
def test_compared_as_two_texts(name: str, pair: GoldPair, compared: CheckReport) -> None:
    item = next(item for item in seed_bar(pair, compared, "given") if item.name == name)
    assert item.holds, str(item)


@pytest.mark.parametrize("name", sorted(ASKED_NOW))
def test_matched_against_the_corpus(name: str, pair: GoldPair, matched: tuple[CheckReport, str]) -> None:
    item = next(item for item in seed_bar(pair, *matched) if item.name == name)
    assert item.holds, str(item)


def test_a_gold_passage_is_in_the_first_three(
    pair: GoldPair, compared: CheckReport, matched: tuple[CheckReport, str]
) -> None:
    for report, document in ((compared, "given"), matched):
        item = next(i for i in seed_bar(pair, report, document) if i.name == "a gold passage in the first three")
        assert item.reached >= IN_THREE, str(item)


@pytest.mark.parametrize(("name", "least"), sorted(REACHED.items()))
def test_what_has_been_reached_short_of_the_bar(name: str, least: int, pair: GoldPair, compared: CheckReport) -> None:
    item = next(item for item in seed_bar(pair, compared, "given") if item.name == name)
    assert item.reached >= least, str(item)


def test_spans_are_exact_on_both_sides(pair: GoldPair, compared: CheckReport) -> None:
    sides = 0
    for claim in compared.claims:
        assert claim.claim.span.slice(pair.article) == claim.claim.text
        for hit in claim.nearest:
            assert hit.passage.span.slice(pair.release) == hit.passage.text
        for finding in claim.findings:
            assert finding.claimed.span.slice(pair.article) == finding.claimed.surface
            sides += 1
            if finding.official:
                assert finding.official.span.slice(pair.release) == finding.official.surface
                sides += 1
    assert sides > 20


def test_the_mojibake_is_reported(compared: CheckReport) -> None:
    assert [(repair.surface, repair.repaired) for repair in compared.repairs] == [("ÂŁ", "£")]


def test_the_same_answer_twice_with_the_network_off(pair: GoldPair, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    answers = []
    for _ in range(2):
        answer = report_to_json(make_checker().compare(pair.article, pair.release))
        del answer["elapsed_ms"]
        answers.append(RETRIEVED.sub("", json.dumps(answer)))
    assert answers[0] == answers[1]
