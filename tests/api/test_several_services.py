"""Several services on one PostgreSQL database: each sees what the others store, and all outlive its restart."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from corpus_factories import make_record
from headwater.corpus.postgres.store import PostgresStore
from headwater_embeddings.registry import load_encoder
from postgres_server import TestServer

MODEL = "hashing"  # needs no weights and answers alike in every process
SERVE = f"import sys\nfrom headwater.cli.main import main\nmain(['serve', '--port', '0', '--model', '{MODEL}'])"
SENTENCE = "The government returned 9,400 people in the year to September."


@pytest.fixture(scope="module")
def server() -> Iterator[TestServer]:
    server = TestServer()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def url(server: TestServer) -> Iterator[str]:
    with server.database() as url:
        with PostgresStore(url) as store:
            store_page(store, "https://a.gov.uk/1", SENTENCE)
        yield url


def store_page(store: PostgresStore, address: str, text: str) -> None:
    encoder = load_encoder(MODEL)
    store.add_documents([make_record(url=address, text=text)])
    missing = store.passages_without_vector(encoder.model_id, 100)
    store.put_vectors(encoder.model_id, [one for one, _ in missing], encoder.encode([text for _, text in missing]))


@contextmanager
def service(url: str) -> Iterator[httpx.Client]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HEADWATER_DATABASE_URL": url}
    environment |= {"HEADWATER_LOG_LEVEL": "error"}
    with subprocess.Popen([sys.executable, "-c", SERVE], env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            said = next((line for line in process.stderr if "listens on" in line), "")
            found = re.search(r"http://\S+", said)
            assert found, said
            with httpx.Client(base_url=found[0], timeout=60) as client:
                yield client
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


def best(client: httpx.Client, text: str) -> str:
    answer = client.post("/v1/match", json={"text": text})
    assert answer.status_code == 200, answer.text
    return str(re.search(r"https://a\.gov\.uk/\w+", answer.text)[0])  # type: ignore[index]


def test_each_sees_what_is_stored_and_all_outlive_a_restart(server: TestServer, url: str) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(service(url)) for _ in range(2)]
        assert [best(client, SENTENCE) for client in clients] == ["https://a.gov.uk/1"] * 2
        with PostgresStore(url) as store:
            store_page(store, "https://a.gov.uk/2", "Ferries carried 84 lorries from Dover on Monday.")
        lorries = "Ferries carried 84 lorries from Dover on Monday."
        assert [best(client, lorries) for client in clients] == ["https://a.gov.uk/2"] * 2
        server.halt()
        try:
            for client in clients:
                for _ in range(2):
                    refused = client.post("/v1/match", json={"text": SENTENCE})
                    assert refused.status_code == 503
                    assert refused.json()["type"].endswith("corpus-unavailable")
                    assert "9,400" not in refused.text
        finally:
            server.resume()
        assert [best(client, lorries) for client in clients] == ["https://a.gov.uk/2"] * 2
