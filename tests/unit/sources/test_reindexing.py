"""The corpus indexed anew: the old index answers until the new one is whole, whatever happens on the way."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import ModelMismatchError
from headwater.retrieval.index_store import folder_name
from headwater.retrieval.query import Query
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources import embedding
from headwater.sources.reindexing import reindex
from headwater_embeddings.encoder import Vectors
from headwater_embeddings.hashing import HashingEncoder

OLD, NEW = HashingEncoder(32), HashingEncoder(16)
TEXTS = [f"In month {number} the office counted {number * 17} ferries and {number * 3} ships." for number in range(40)]


def ingest(store: CorpusStore, texts: Sequence[str], *encoders: HashingEncoder) -> None:
    store.add_documents([make_record(url=f"https://a.gov.uk/{hash(text)}", text=text) for text in texts])
    for encoder in encoders:
        wanted = store.passages_without_vector(encoder.model_id, 1_000)
        store.put_vectors(encoder.model_id, [one for one, _ in wanted], encoder.encode([text for _, text in wanted]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        ingest(store, TEXTS, OLD)
        store.models.use(ModelInUse("old", OLD.model_id))
        yield store


def nearest(retriever: HybridRetriever, encoder: HashingEncoder, text: str) -> tuple[str, float | None]:
    """The best passage of a text, and its cosine; None where it was found by words alone."""
    hits = retriever.retrieve([Query(text, encoder.encode([text])[0])], limit=1).hits[0]
    cosine = hits[0].cosine
    return hits[0].passage.text, None if cosine is None or math.isnan(cosine) else round(cosine, 3)


def assert_answers(store: CorpusStore, encoder: HashingEncoder) -> None:
    retriever = HybridRetriever(store, encoder.model_id)
    for text in TEXTS[::7]:
        assert nearest(retriever, encoder, text) == (text, pytest.approx(1, abs=1e-3))


def indexes(store: CorpusStore) -> set[str]:
    folder = store.index_folder
    assert folder is not None
    return {path.name for path in folder.iterdir() if (path / "commit.json").exists()} - {"cards", "postings"}


def test_the_new_index_answers_and_the_old_is_gone(store: CorpusStore) -> None:
    assert_answers(store, OLD)
    store.models.want("new")
    summary = reindex(store, NEW, "new")
    assert (summary.encoded, summary.switched, summary.removed) == (40, True, 40)
    assert store.models.in_use() == ModelInUse("new", NEW.model_id)
    assert store.models.wanted() == ""
    assert store.stored_models() == {NEW.model_id: 40}
    assert indexes(store) == {folder_name(NEW.model_id)}
    assert_answers(store, NEW)


def test_running_it_again_changes_nothing(store: CorpusStore) -> None:
    reindex(store, NEW, "new")
    change = store.change()
    summary = reindex(store, NEW, "new")
    assert (summary.encoded, summary.switched, summary.removed) == (0, False, 0)
    assert store.change() == change


def test_the_old_may_be_kept_to_go_back(store: CorpusStore) -> None:
    reindex(store, NEW, "new", keep_old=True)
    assert store.stored_models() == {NEW.model_id: 40, OLD.model_id: 40}
    assert store.models.use(ModelInUse("old", OLD.model_id))
    assert_answers(store, OLD)


class Watching(HashingEncoder):
    """Lets somebody look at the corpus before each call."""

    def __init__(self, look: Callable[[int], None]) -> None:
        super().__init__(16)
        self.calls, self.look = 0, look

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.calls += 1
        self.look(self.calls)
        return super().encode(texts)


def test_the_old_index_answers_all_the_while(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "TEXTS_A_BATCH", 8)
    retriever, other = HybridRetriever(store, OLD.model_id), CorpusStore(store.path)
    late = "A zebra was counted while the index was made."

    def look(call: int) -> None:
        if call == 3:
            ingest(store, [late], OLD)  # documents go on coming in
        assert nearest(retriever, OLD, TEXTS[5]) == (TEXTS[5], pytest.approx(1, abs=1e-3))
        assert nearest(HybridRetriever(other, OLD.model_id), OLD, TEXTS[6])[0] == TEXTS[6]  # a service started now
        assert store.models.in_use() == ModelInUse("old", OLD.model_id)
        if call > 3:
            assert nearest(retriever, OLD, late) == (late, pytest.approx(1, abs=1e-3))

    with other:
        reindex(store, Watching(look), "new")
    assert store.stored_models() == {NEW.model_id: 41}
    assert nearest(HybridRetriever(store, NEW.model_id), NEW, late)[0] == late


def test_documents_that_come_at_the_last_moment_are_indexed_first(
    store: CorpusStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from headwater.sources import reindexing

    late = "A zebra was counted at the last moment."

    class Late(reindexing.IndexFollower):
        def latest(self) -> object:  # type: ignore[override]
            ingest(store, [late])
            return super().latest()

    monkeypatch.setattr(reindexing, "IndexFollower", Late)
    assert reindex(store, NEW, "new").encoded == 41
    assert store.texts_without_vector(NEW.model_id) == 0


def test_who_has_the_old_index_open_goes_on_with_it(store: CorpusStore) -> None:
    retriever = HybridRetriever(store, OLD.model_id)
    assert nearest(retriever, OLD, TEXTS[0])[0] == TEXTS[0]
    reindex(store, NEW, "new")
    query = Query(TEXTS[1], OLD.encode([TEXTS[1]])[0])
    for _ in range(2):
        found = retriever.retrieve([query], limit=1)
        assert found.hits[0][0].passage.text == TEXTS[1]
        assert found.hits[0][0].cosine == pytest.approx(1, abs=1e-3)
        assert "indexed anew by another model" in found.notices[0]
    with pytest.raises(ModelMismatchError, match="headwater reindex"):
        HybridRetriever(store, OLD.model_id).retrieve([query], limit=1)


def test_a_database_that_searches_itself_lets_searches_end_first(
    store: CorpusStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(CorpusStore, "dense_search", lambda _store, model: model if model == OLD.model_id else None)
    reindex(store, NEW, "new", wait=waited.append)
    assert waited == [10.0]
    assert store.stored_models() == {NEW.model_id: 40}


KILLED = """
import os, signal, sys
from pathlib import Path
from headwater.corpus import model_choice, vectors
from headwater.corpus.store import CorpusStore
from headwater.retrieval import following, index_store
from headwater.sources import embedding, reindexing
from headwater_embeddings import index_files
from headwater_embeddings.hashing import HashingEncoder

place, number = sys.argv[2], int(sys.argv[3])
embedding.TEXTS_A_BATCH = 8

def dying(owner, attribute, before):
    work = getattr(owner, attribute)
    def deadly(*given, **named):
        global number
        number -= 1
        if number == 0 and before:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = work(*given, **named)
        if number == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer
    setattr(owner, attribute, deadly)

PLACES = {
    "encoding": (HashingEncoder, "encode", True),
    "storing, before it is committed": (vectors, "store_vectors", False),
    "storing": (CorpusStore, "put_vectors", False),
    "writing the index": (index_files, "_write_at", False),
    "committing the index": (index_files.ColumnFiles, "_put_commit", True),
    "switching, before it is committed": (model_choice, "count_change", False),
    "switching": (model_choice.ModelChoice, "use", False),
    "removing, before it is committed": (vectors, "delete_vectors", False),
    "removing": (CorpusStore, "reset_vectors", False),
    "removing the index": (index_store, "drop_unused", True),
    "nowhere": (reindexing, "reindex", False),
}
reindexing.drop_unused = lambda *given: index_store.drop_unused(*given)
dying(*PLACES[place])
with CorpusStore(Path(sys.argv[1])) as store:
    reindexing.reindex(store, HashingEncoder(16), "new")
"""
ANSWERS_ALREADY = {"switching", "removing, before it is committed", "removing", "removing the index"}


@pytest.mark.skipif(os.name == "nt", reason="signals of that system are others")
@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("encoding", 3),
        ("storing, before it is committed", 2),
        ("storing", 5),
        ("writing the index", 5),
        ("committing the index", 1),
        ("switching, before it is committed", 1),
        *((place, 1) for place in sorted(ANSWERS_ALREADY)),
    ],
)
def test_killed_anywhere_one_index_answers_and_the_next_run_ends_it(
    store: CorpusStore, place: str, number: int
) -> None:
    assert_answers(store, OLD)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(store.path), place, str(number)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    is_switched = place in ANSWERS_ALREADY
    assert store.models.in_use() == (
        ModelInUse("new", NEW.model_id) if is_switched else ModelInUse("old", OLD.model_id)
    )
    assert_answers(store, NEW if is_switched else OLD)
    with CorpusStore(store.path) as again:
        assert_answers(again, NEW if is_switched else OLD)
        held = again.stored_models().get(NEW.model_id, 0)
        assert reindex(again, NEW, "new").encoded == 40 - held  # nothing is encoded twice
        assert again.models.in_use() == ModelInUse("new", NEW.model_id)
        assert again.stored_models() == {NEW.model_id: 40}
        assert indexes(again) == {folder_name(NEW.model_id)}
        assert_answers(again, NEW)
