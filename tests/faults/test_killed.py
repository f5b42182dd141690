"""`kill -9` during ingestion, syncs, indexing anew, backups and migrations: what was acknowledged is there, nothing is
half done, and the next run ends where one that was never killed would have.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from corpus_factories import make_fields
from faults.killing import ROUNDS, TELLING, Program, loaded
from headwater.corpus import migrating
from headwater.corpus.backups import verify_backup, verify_corpus_file
from headwater.corpus.engine import Database, load_driver
from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater.corpus.verifying import silent
from headwater.retrieval.query import Query
from headwater.retrieval.retriever import HybridRetriever
from headwater.sources.ingest import ingest
from headwater.sources.reindexing import reindex
from headwater_embeddings.hashing import HashingEncoder
from misbehaving_server import MisbehavingServer, answer, misbehaving_server

OLD, NEW = HashingEncoder(64), HashingEncoder(48)
ENCODERS = {"64": OLD, "48": NEW}
DOCUMENTS = 60
RELEASES = 20  # that a sync finds
BATCH = 4  # documents and texts a transaction: as many instants to be killed at
RELEASED = Path(__file__).parents[1] / "unit" / "corpus" / "released_0001.sql"
START_SECONDS = 60.0  # of a start after a kill, on a machine that does other things, too

SMALL = f"""
from headwater.sources import embedding, ingest
ingest.DOCUMENTS_A_BATCH = embedding.TEXTS_A_BATCH = {BATCH}
"""
INGEST = f"""{TELLING}{SMALL}
with Telling(Path(sys.argv[1])) as store:
    say("ready")
    ingest.ingest([Path(sys.argv[2])], store, HashingEncoder(64))
    say("ended")
"""
REINDEX = f"""{TELLING}{SMALL}
from headwater.sources.reindexing import reindex
with Telling(Path(sys.argv[1])) as store:
    say("ready")
    reindex(store, HashingEncoder(int(sys.argv[2])), sys.argv[2])
    say("chosen", sys.argv[2])
"""
SYNC = f"""{TELLING}{SMALL}
from datetime import UTC, datetime
from headwater.corpus.syncing import SyncRecords
from headwater.sources.fetching.clock import SystemClock
from headwater.sources.fetching.fetcher import GuardedFetcher
from headwater.sources.fetching.network import Reach
from headwater.sources.keeping_up.sync import SyncParts, sync_sources
from headwater.sources.publishers.contract import SourceEntry

class Unhurried(SystemClock):
    def sleep(self, seconds):
        pass

def note_finds(self, state, finds, reader):
    waiting = unsaid[0](self, state, finds, reader)
    say("listed", *(find.key for find in finds))
    return waiting

def store_visit(self, source, key, visit):
    outcome = unsaid[1](self, source, key, visit)
    say("stored", key)
    return outcome

unsaid = SyncRecords.note_finds, SyncRecords.store_visit
SyncRecords.note_finds, SyncRecords.store_visit = note_finds, store_visit

reach = Reach(stand_in=("127.0.0.1", int(sys.argv[2])))
with Telling(Path(sys.argv[1])) as store, GuardedFetcher(clock=Unhurried(), reach=reach) as fetcher:
    say("ready")
    source = SourceEntry("mine", "Mine", "feed", {{"url": "https://www.gov.uk/feed.xml"}})
    (summary,) = sync_sources(SyncParts(store, fetcher), [source], datetime(2026, 1, 1, tzinfo=UTC))
    assert not summary.problems, summary.problems
    say("ended")
"""
BACKUP = f"""{TELLING}
from headwater.corpus import backups
backups.PAGES_A_STEP = 4
say("ready")
backups.save_backup(Path(sys.argv[1]), Path(sys.argv[2]), lambda what, done, of: say("step"))
say("backed", sys.argv[2])
"""
MIGRATE = f"""{TELLING}
from sqlalchemy import event
from sqlalchemy.engine import Engine
from headwater.corpus import migrating
from headwater.corpus.engine import Database
say("ready")
event.listen(Engine, "after_cursor_execute", lambda *_: say("step"))
database = Database(Path(sys.argv[1]))
if sys.argv[2] == "up":
    migrating.prepare_file(database)
else:
    migrating.roll_back(database, sys.argv[2])
say("ended")
"""


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for file in range(3):
        lines = [
            json.dumps(
                make_fields(
                    url=f"https://www.gov.uk/{file}/{number}",
                    text=f"In month {number} office {file} counted {number * 17} ferries.\n\nFew of {number} sank.",
                )
            )
            for number in range(DOCUMENTS // 3)
        ]
        (folder / f"{file}.jsonl").write_text("\n".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of a run that was never killed."""
    path = tmp_path_factory.mktemp("whole") / "corpus.sqlite3"
    with CorpusStore(path) as store:
        assert ingest([documents], store, OLD).outcome.added == DOCUMENTS
        store.models.use(ModelInUse("old", OLD.model_id))
    return path


def revision(path: Path) -> str:
    with CorpusStore(path) as store:
        return store.revision()


def open_after_a_kill(path: Path) -> CorpusStore:
    """Open a corpus as the next program does: in bounded time, and sound in all its parts."""
    begun = time.monotonic()
    store = CorpusStore(path)
    assert store.passage_count() >= 0
    assert time.monotonic() - begun < START_SECONDS
    assert verify_corpus_file(path, silent).faults == ()
    return store


def check_acknowledged(store: CorpusStore, said: list[list[str]]) -> None:
    urls = {address for what, *rest in said if what == "stored" for address in rest}
    held = {version.url for one in store.passages(range(1, 10_000)).values() for version in [one.document]}
    assert urls <= held
    for model in {words[1] for words in said if words[0] == "encoded"}:
        encoded = {
            int(one) for what, name, *ids in (w for w in said if w[0] == "encoded") for one in ids if name == model
        }
        assert encoded <= set(store.vectors(model)[0].tolist())


def test_ingestion(documents: Path, whole: Path, tmp_path: Path) -> None:
    chance, wanted = random.Random(1), revision(whole)
    acknowledged = kills = number = 0
    with loaded(INGEST) as program:
        while kills < ROUNDS:
            number += 1
            path, said, ended = tmp_path / f"{number}.sqlite3", [], False
            for _ in range(2):  # killed again on its way
                more, ended = program.run([str(path), str(documents)], chance, most=20)
                said += more
                with open_after_a_kill(path) as store:
                    check_acknowledged(store, said)
                if ended:
                    break
                kills += 1
            with CorpusStore(path) as store:
                ingest([documents], store, OLD)
            assert revision(path) == wanted
            acknowledged += len(said)
            path.unlink()
    assert acknowledged


@pytest.fixture
def publisher() -> Iterator[MisbehavingServer]:
    with misbehaving_server() as running:
        items = "".join(
            f"<item><title>Release {n}</title><link>https://www.gov.uk/{n}</link><guid>https://www.gov.uk/{n}</guid>"
            f"<pubDate>Mon, 02 Mar 2026 09:{n:02}:00 GMT</pubDate></item>"
            for n in range(RELEASES)
        )
        feed = f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'
        running.play("/feed.xml", answer(200, feed.encode(), content_type="application/rss+xml"))
        for n in range(RELEASES):
            page = (
                f"<html><head><title>Release {n}</title></head><body><main><h1>Release {n}</h1>"
                f"<p>The department returned {n},400 people in the year to March, the minister said on Monday.</p>"
                f"<p>It will publish further figures in release {n + 1} of the series next month.</p></main></body>"
                "</html>"
            )
            running.play(f"/{n}", answer(200, page.encode(), content_type="text/html; charset=utf-8"))
        yield running


def test_syncs(publisher: MisbehavingServer, tmp_path: Path) -> None:
    chance, finished, port = random.Random(2), tmp_path / "finished.sqlite3", str(publisher.port)
    kills = number = 0
    with loaded(SYNC) as program:
        said = program.run_whole([str(finished), port])
        assert [what for what, *_ in said] == ["listed"] + ["stored"] * RELEASES + ["ended"]
        with CorpusStore(finished) as store:
            assert store.counts().documents == RELEASES
        wanted, acknowledged = revision(finished), set()
        while kills < ROUNDS:
            number += 1
            path, said = tmp_path / f"{number}.sqlite3", []
            for _ in range(2):
                more, ended = program.run([str(path), port], chance, most=RELEASES + 1)
                said += more
                with open_after_a_kill(path) as store:
                    check_acknowledged(store, said)
                if ended:
                    break
                kills += 1
            assert program.run_whole([str(path), port])[-1] == ["ended"]
            acknowledged |= {words[1] for words in said if words[0] == "stored"}
            assert revision(path) == wanted
            path.unlink()
    assert acknowledged


def answers(store: CorpusStore, encoder: HashingEncoder) -> None:
    retriever = HybridRetriever(store, encoder.model_id)
    for number in (0, 7, 19):
        text = f"In month {number} office 1 counted {number * 17} ferries."
        hit = retriever.retrieve([Query(text, encoder.encode([text])[0])], limit=1).hits[0][0]
        assert hit.passage.text == text
        assert hit.cosine == pytest.approx(1, abs=1e-3)


def test_indexing_anew(whole: Path, tmp_path: Path) -> None:
    chance, held = random.Random(3), "64"
    path = tmp_path / "corpus.sqlite3"
    shutil.copy(whole, path)
    with CorpusStore(path) as store:
        store.models.use(ModelInUse(held, OLD.model_id))
    with loaded(REINDEX) as program:
        for _ in range(ROUNDS):
            held = index_anew(program, path, held, chance)


def index_anew(program: Program, path: Path, held: str, chance: random.Random) -> str:
    """Index with the other model, kill that, go on with it, and return the model's name."""
    wanted = "48" if held == "64" else "64"
    said, _ = program.run([str(path), wanted], chance, most=DOCUMENTS * 2 // BATCH + 2)
    with open_after_a_kill(path) as store:
        chosen = store.models.in_use()
        assert chosen is not None
        assert chosen.name in {held, wanted}
        assert chosen.name == wanted or ["chosen", wanted] not in said
        assert store.texts_without_vector(chosen.id) == 0  # whichever model answers, it answers from all there is
        answers(store, ENCODERS[chosen.name])
        reindex(store, ENCODERS[wanted], wanted)
        assert list(store.stored_models()) == [ENCODERS[wanted].model_id]
        answers(store, ENCODERS[wanted])
    return wanted


def test_backups(whole: Path, tmp_path: Path) -> None:
    chance = random.Random(4)
    with loaded(BACKUP) as program:
        for number in range(ROUNDS):
            backup = tmp_path / f"{number}.backup"
            said, _ = program.run([str(whole), str(backup)], chance, most=60)
            assert backup.exists() or ["backed", str(backup)] not in said
            if backup.exists():  # a file of the name is a backup, never part of one
                assert verify_backup(backup, silent).faults == ()
            with CorpusStore(whole) as store:
                assert store.counts().documents == DOCUMENTS


def test_migrations(tmp_path: Path) -> None:
    chance, known = random.Random(5), migrating.revisions()
    path = tmp_path / "corpus.sqlite3"
    with closing(load_driver().connect(path)) as connection:
        connection.executescript(RELEASED.read_text("utf-8"))
        connection.commit()
    faults = verify_corpus_file(path, silent).faults  # of a document made by hand, whose hashes are none
    with loaded(MIGRATE) as program:
        for _ in range(ROUNDS):
            for where in ("up", chance.choice(known[:-1])):
                before = verify_corpus_file(path, silent).tables
                if where != "up" and known.index(before) < known.index(where):
                    continue  # killed before it got so far
                said, _ = program.run([str(path), where], chance, most=90)
                after = verify_corpus_file(path, silent)
                reached = migrating.HEAD if where == "up" else where
                assert after.tables in {before, reached}
                assert after.tables == reached or ["ended"] not in said
                assert after.faults == faults
            database = Database(path)
            migrating.prepare_file(database)
            database.close()
            with CorpusStore(path) as store:
                assert store.document("a1b2c3d4e5f60718").title == "Boats"
