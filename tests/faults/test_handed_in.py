"""`kill -9` of a service that takes in documents and deletes some: what it acknowledged is so, the rest is whole."""

from __future__ import annotations

import random
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from faults.killing import LONGEST_STEP, ROUNDS
from faults.serving import Service, serving
from headwater.corpus.backups import verify_corpus_file
from headwater.corpus.store import CorpusStore
from headwater.corpus.verifying import silent
from headwater_embeddings.hashing import HashingEncoder

MODEL = HashingEncoder().model_id
MOST = 12  # answers that are waited for before a kill
KILLS_OF_ONE = 10  # corpus
EVERY = 4  # documents, of which one is deleted again


def document(number: int) -> dict[str, str]:
    return {
        "url": f"https://www.gov.uk/government/news/{number}",
        "title": f"Ferries of office {number}",
        "publisher": "Department for Transport",
        "licence": "OGL-UK-3.0",
        "text": f"In month {number} the office counted {number * 17} ferries.\n\nFew of the {number} boats sank.",
    }


@dataclass
class Handed:
    """What a service said of the documents it was handed; `midway` is what it was asked last, with no answer yet."""

    there: dict[int, str] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)
    midway: set[int] = field(default_factory=set)
    answers: int = 0

    def go_on(self, client: httpx.Client, number: int) -> None:
        """Hand over one document after the other, until nobody answers any more."""
        try:
            while True:
                self.midway = {number}
                self.hand_over(client, number)
                if number % EVERY == 0:
                    self.midway = {number - 1}
                    self.take_back(client, number - 1)
                number += 1
        except httpx.TransportError:
            pass

    def hand_over(self, client: httpx.Client, number: int) -> httpx.Response:
        answer = client.post("/v1/documents", json=document(number), headers={"Idempotency-Key": f"document-{number}"})
        assert answer.status_code in {200, 201}, answer.text
        self.there[number] = answer.headers["location"]
        self.answers += 1
        return answer

    def take_back(self, client: httpx.Client, number: int) -> None:
        assert client.delete(self.there[number]).status_code == 204
        self.gone[number] = self.there.pop(number)
        self.answers += 1


def kill_at_some_instant(service: Service, handed: Handed, chance: random.Random, number: int) -> None:
    wanted, later = handed.answers + chance.randrange(1, MOST + 1), chance.uniform(0, LONGEST_STEP)
    with service.client() as client:
        sender = threading.Thread(target=handed.go_on, args=(client, number))
        sender.start()
        while handed.answers < wanted and sender.is_alive():
            time.sleep(0.001)
        time.sleep(later)  # the instant is what is tried, and any will do
        service.process.kill()
        service.process.wait(60)
        sender.join(60)
    assert handed.answers >= wanted


def assert_so(path: Path, handed: Handed) -> None:
    """Hold what a killed service left to what it had acknowledged."""
    assert verify_corpus_file(path, silent).faults == ()
    with CorpusStore(path) as store:
        held = {one.document.url: one.document for one in store.passages(range(1, 10_000)).values()}
        numbers = {int(url.rpartition("/")[2]) for url in held}
        assert handed.there.keys() - handed.midway <= numbers
        assert not (handed.gone.keys() - handed.midway) & numbers
        assert numbers <= handed.there.keys() | handed.midway
        for one in held.values():
            assert store.document(one.id).text == document(int(one.url.rpartition("/")[2]))["text"]
            assert len(store.passages_of(one.id, one.version)) == 2
        if not handed.midway & numbers:
            assert store.texts_without_vector(MODEL) == 0


def assert_goes_on(service: Service, handed: Handed) -> int:
    """Ask the next service for what was midway, and return the number of a document that nobody has seen yet."""
    with service.client() as client:
        for number in sorted(handed.midway):
            if number not in handed.there:
                handed.hand_over(client, number)
            elif client.get(handed.there[number]).status_code == 404:  # it was being deleted, or is there yet
                handed.gone[number] = handed.there.pop(number)
        handed.midway = set()
        for number in sorted(handed.there)[-3:]:
            claim = client.post(
                "/v1/match", json={"text": f"In month {number} the office counted {number * 17} ferries."}
            )
            (found,) = claim.json()["claims"]
            assert found["verdict"] == "supported"
            assert found["evidence"][0]["document"]["url"] == document(number)["url"]
        for where in handed.gone.values():
            assert client.get(where).status_code == 404
    return max((*handed.there, *handed.gone, 0)) + 1


def test_documents_handed_over_and_taken_back(tmp_path: Path) -> None:
    chance, kills = random.Random(11), 0
    while kills < ROUNDS:
        path, handed = tmp_path / f"{kills}.sqlite3", Handed()
        for _ in range(min(KILLS_OF_ONE, ROUNDS - kills)):
            with serving(path) as service:
                kill_at_some_instant(service, handed, chance, assert_goes_on(service, handed))
            assert_so(path, handed)
            kills += 1
        with serving(path) as service:
            assert_goes_on(service, handed)
        handed.midway = set()
        assert_so(path, handed)
        assert handed.gone or kills < ROUNDS
