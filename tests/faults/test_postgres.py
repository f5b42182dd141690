"""PostgreSQL that is stopped and started while callers write and read: said clearly, nothing acknowledged lost."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from corpus_factories import make_record
from faults.serving import Service, serving
from faults.test_desk import until
from headwater.corpus.postgres.store import PostgresStore
from headwater.sources.embedding import embed_passages
from headwater_embeddings.registry import load_encoder
from postgres_server import TestServer

SENTENCE = {"text": "The government returned 9,400 people."}
SAVED = {"article": SENTENCE, "source": SENTENCE, "save": True}
CALLERS = 6
RESTARTS = 2


@pytest.fixture(scope="module")
def server() -> Iterator[TestServer]:
    server = TestServer()
    try:
        yield server
    finally:
        server.stop()


class Callers:
    """Ask again and again, each by a connection of its own, until the block ends."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._call, args=(number,)) for number in range(CALLERS)]
        self.statuses: Counter[int] = Counter()
        self.saved: list[str] = []
        self.faults: list[str] = []

    def __enter__(self) -> Callers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _call(self, number: int) -> None:
        with self._service.client() as client:
            while not self._stop.is_set():
                try:
                    answer = self._ask(client, number)
                except httpx.HTTPError as error:
                    self.faults.append(type(error).__name__)
                    continue
                self.statuses[answer.status_code] += 1
                if answer.status_code == 202:
                    self.saved.append(answer.headers["location"])
                elif answer.status_code == 503:
                    slug = answer.json()["type"].rpartition("/")[2]
                    if slug not in {"corpus-unavailable", "overloaded"}:
                        self.faults.append(slug)
                elif answer.status_code != 200:
                    self.faults.append(answer.text)

    def _ask(self, client: httpx.Client, number: int) -> httpx.Response:
        if number % 2:
            return client.post("/v1/match", json=SENTENCE)
        return client.post("/v1/checks", json=SAVED)


def test_restarts_under_load(server: TestServer) -> None:
    with server.database() as url:
        with PostgresStore(url) as store:
            store.add_documents([make_record()])
            embed_passages(store, load_encoder("hashing"))
        with serving(database_url=url) as service, service.client() as client, Callers(service) as callers:
            for _ in range(RESTARTS):
                goes_on(callers)
                server.halt()
                try:
                    until(lambda: state(client)["database"] == "does not answer")
                    assert client.get("/healthz").status_code == 200
                    refused = callers.statuses[503]
                    until(lambda: callers.statuses[503] > refused)  # noqa: B023 - looked at within this turn
                finally:
                    server.resume()
                until(lambda: client.get("/readyz").status_code == 200)
            goes_on(callers)
        assert not callers.faults
        with serving(database_url=url) as service, service.client() as client:
            for where in callers.saved:  # nothing that was acknowledged is lost, and what was cut off is gone on with
                until(lambda: client.get(where).json()["state"] == "done")  # noqa: B023 - looked at within this turn


def goes_on(callers: Callers) -> None:
    answered, saved = callers.statuses[200], len(callers.saved)
    until(lambda: callers.statuses[200] > answered and len(callers.saved) > saved)


def state(client: httpx.Client) -> dict[str, Any]:
    checks: dict[str, Any] = client.get("/readyz").json()["checks"]
    return checks
