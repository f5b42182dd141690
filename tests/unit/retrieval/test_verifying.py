"""Files are read whole beside the searches: damage that the quick look at start does not see is repaired."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus_factories import make_record
from headwater.corpus.store import CorpusStore
from headwater.retrieval import index_store, snapshot
from headwater.retrieval.query import Query
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources.embedding import embed_passages
from headwater_embeddings.hashing import HashingEncoder

ENCODER = HashingEncoder(64)
TEXTS = [f"In month {number} the office counted {number * 17} ferries and {number * 3} ships." for number in range(30)]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CorpusStore]:
    monkeypatch.setattr(snapshot, "VERIFIED_AFTER", 0)
    monkeypatch.setattr(index_store, "SAMPLED", 1)  # as in a large index, where most rows are not looked at
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        store.add_documents([make_record(url=f"https://a.gov.uk/{text}", text=text) for text in TEXTS])
        embed_passages(store, ENCODER)
        yield store


def ask(retriever: HybridRetriever, text: str) -> float:
    hit = retriever.retrieve([Query(text, ENCODER.encode([text])[0])], limit=1).hits[0][0]
    assert hit.passage.text == text
    return float(hit.cosine or 0)


def settle() -> None:
    for thread in threading.enumerate():
        if thread.name in {"verify", "cards"}:
            thread.join()


@pytest.mark.parametrize(
    ("name", "place"), [("rows", 0.3), ("rows", 0.6), ("rows", 0.93), ("codes", 0.5), ("places", 0.0), ("places", 0.9)]
)
def test_a_byte_that_nobody_looked_at_is_found_and_repaired(
    store: CorpusStore, name: str, place: float, caplog: pytest.LogCaptureFixture
) -> None:
    ask(HybridRetriever(store, ENCODER.model_id), TEXTS[0])
    settle()
    (path,) = (store.index_folder or Path()).glob(f"*/{name}-*.bin")
    content = bytearray(path.read_bytes())
    content[int(place * len(content))] ^= 0x41
    path.write_bytes(content)
    retriever = HybridRetriever(store, ENCODER.model_id)
    ask(retriever, TEXTS[0])
    settle()
    assert "does not add up" in caplog.text
    np.testing.assert_allclose([ask(retriever, text) for text in TEXTS], 1, atol=1e-3)
    settle()
    caplog.clear()
    again = HybridRetriever(store, ENCODER.model_id)
    np.testing.assert_allclose([ask(again, text) for text in TEXTS], 1, atol=1e-3)
    settle()
    assert not caplog.text


def test_whole_files_are_left_alone(store: CorpusStore, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        retriever = HybridRetriever(store, ENCODER.model_id)
        ask(retriever, TEXTS[3])
        settle()
        before = retriever._snapshots.latest()
        assert retriever._snapshots.latest() is before
    assert not caplog.text
