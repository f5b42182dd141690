"""Several processes at one corpus and one index folder: one writes the index, the others hold what is new in memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import numpy as np
import pytest

from corpus_factories import make_record
from headwater.corpus.store import CorpusStore
from headwater.retrieval.following import IndexFollower
from headwater.sources.embedding import embed_passages
from headwater_embeddings.hashing import HashingEncoder

ENCODER = HashingEncoder(64)

OTHER = """
import logging, sys
from pathlib import Path
from headwater.corpus.store import CorpusStore
from headwater.retrieval.following import IndexFollower
logging.basicConfig(format="%(message)s", stream=sys.stderr)
with CorpusStore(Path(sys.argv[1])) as store:
    follower = IndexFollower(store, sys.argv[2])
    for line in sys.stdin:
        print(len(follower.latest().index), flush=True)
"""


class Other:
    """A second process that follows the same corpus."""

    def __init__(self, store: CorpusStore) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self.process = subprocess.Popen(
            [sys.executable, "-c", OTHER, str(store.path), ENCODER.model_id],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths},
        )

    def held(self) -> int:
        given, told = self._pipe(self.process.stdin), self._pipe(self.process.stdout)
        given.write("?\n")
        given.flush()
        return int(told.readline())

    def end(self) -> str:
        self._pipe(self.process.stdin).close()
        said = self._pipe(self.process.stderr).read()
        assert self.process.wait(timeout=60) == 0, said
        for pipe in (self.process.stdout, self.process.stderr):
            self._pipe(pipe).close()
        return said

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def add(store: CorpusStore, *texts: str) -> None:
    store.add_documents([make_record(url=f"https://a.gov.uk/{text}", text=text) for text in texts])
    embed_passages(store, ENCODER)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        add(store, "Ships sank.", "Rates rose.", "Prices fell.")
        yield store


def assert_follows(follower: IndexFollower, store: CorpusStore) -> None:
    state = follower.latest()
    ids, vectors = store.vectors(ENCODER.model_id)
    assert state.index.owners.ids.tolist() == ids.tolist()
    np.testing.assert_allclose(state.index.rows.take(state.index.owners.rows), vectors, atol=5e-5)


def test_both_follow_and_the_second_says_that_it_keeps_to_memory(store: CorpusStore) -> None:
    mine = IndexFollower(store, ENCODER.model_id)
    assert_follows(mine, store)
    other = Other(store)
    assert other.held() == 3
    for number, text in enumerate(("Votes were counted.", "Seats were won.", "A bridge was opened."), 4):
        add(store, text)
        assert_follows(mine, store)
        assert other.held() == number
    said = other.end()
    assert "stays in memory until the next start: another process wrote it" in said
    assert_follows(IndexFollower(store, ENCODER.model_id), store)


def test_while_one_writes_the_other_answers_from_memory(store: CorpusStore) -> None:
    mine = IndexFollower(store, ENCODER.model_id)
    assert_follows(mine, store)
    files = mine._files
    assert files is not None
    with files.lock() as is_mine:  # as in the middle of writing
        assert is_mine
        add(store, "Votes were counted.")
        other = Other(store)
        assert other.held() == 4
        assert "another process writes it" in other.end()
    assert_follows(mine, store)
    assert_follows(IndexFollower(store, ENCODER.model_id), store)
