"""The model of a running service: loaded once, never used on the event loop, exchanged without a restart."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from headwater import wiring
from headwater.api.app import create_service
from headwater.corpus.model_choice import ModelInUse
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import EmptyCorpusError
from headwater.settings import Settings
from headwater.sources.ingest import ingest
from headwater.sources.reindexing import reindex
from headwater_embeddings import registry
from headwater_embeddings.encoder import Encoder, Vectors
from headwater_embeddings.errors import UnusableModelError
from headwater_embeddings.hashing import HashingEncoder

pytestmark = pytest.mark.anyio

RELEASE = Path(__file__).parents[2] / "fixtures" / "seed" / "release.txt"
TEXT = "Almost 100,000 people have passed through the Channel this year."


class Watched(HashingEncoder):
    """Notes on which thread it is called, and whether an event loop runs there."""

    def __init__(self, dimensions: int) -> None:
        super().__init__(dimensions)
        self.texts: list[str] = []
        self.threads: set[int] = set()
        self.on_a_loop = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        self.threads.add(threading.get_ident())
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            self.on_a_loop = True
        return super().encode(texts)


class Models:
    """Stands for the registry: encoders by name, and how often each was loaded."""

    def __init__(self) -> None:
        self.encoders = {"minilm": Watched(32), "new": Watched(16)}
        self.loaded: list[str] = []
        self.failure: Exception | None = None

    def load(self, name: str, **_: object) -> Encoder:
        self.loaded.append(name)
        if self.failure is not None:
            raise self.failure
        return self.encoders[name]


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Models:
    models = Models()
    monkeypatch.setattr(registry, "load_encoder", models.load)
    return models


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "corpus.sqlite3", check_threads=4)


@pytest.fixture
def store(settings: Settings, models: Models) -> Iterator[CorpusStore]:
    with CorpusStore(settings.database) as store:
        ingest([RELEASE], store, models.encoders["minilm"])
        models.encoders["minilm"].texts.clear()
        yield store


def connect(settings: Settings) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(create_service(settings)), base_url="http://127.0.0.1")


async def ask(client: httpx.AsyncClient, text: str = TEXT) -> httpx.Response:
    answer = await client.post("/v1/match", json={"text": text})
    assert answer.status_code == 200, answer.text
    assert answer.json()["claims"][0]["nearest"]
    return answer


async def model_of(client: httpx.AsyncClient) -> str:
    return str((await client.get("/version")).json()["model"])


async def until(condition: Callable[[], bool], client: httpx.AsyncClient) -> None:
    """Ask until something has come about; every answer on the way is a good one."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        await ask(client)


@pytest.mark.usefixtures("store")
async def test_the_model_is_loaded_once_and_never_used_on_the_event_loop(models: Models, settings: Settings) -> None:
    watched = models.encoders["minilm"]
    async with connect(settings) as client:
        texts = [f"{TEXT} In case {number % 5} it was said again." for number in range(20)]
        await asyncio.gather(*(ask(client, text) for text in texts))
        compared = await client.post("/v1/compare", json={"text": TEXT, "source": TEXT})
        assert compared.status_code == 200
    assert models.loaded == ["minilm"]
    assert watched.threads
    assert threading.get_ident() not in watched.threads
    assert not watched.on_a_loop
    assert len(watched.texts) == len(set(watched.texts))  # each text once, however many asked for it at once


async def test_a_service_follows_the_switch_and_answers_all_the_while(
    models: Models, settings: Settings, store: CorpusStore
) -> None:
    async with connect(settings) as client:
        await ask(client)
        first = await model_of(client)
        reindex(store, models.encoders["new"], "new")
        await until(lambda: "new" in models.loaded, client)
        end = time.monotonic() + 30
        while await model_of(client) == first:
            assert time.monotonic() < end
            await ask(client)
        assert await model_of(client) == models.encoders["new"].model_id
        answer = await ask(client)
        assert answer.json()["notices"] == []
        assert models.loaded == ["minilm", "new"]
        store.remove_documents([])
        await ask(client)
    assert models.loaded == ["minilm", "new"]


async def test_a_model_chosen_by_hand_stays_and_says_so(models: Models, settings: Settings, store: CorpusStore) -> None:
    async with connect(settings.model_copy(update={"model": "minilm"})) as client:
        await ask(client)
        reindex(store, models.encoders["new"], "new")
        answer = await ask(client)
    assert models.loaded == ["minilm"]
    assert "start the service again" in " ".join(answer.json()["notices"])


async def test_a_model_that_cannot_be_loaded_leaves_the_former_one(
    models: Models, settings: Settings, store: CorpusStore, capfd: pytest.CaptureFixture[str]
) -> None:
    async with connect(settings) as client:
        await ask(client)
        models.failure = UnusableModelError(Path("own"), "model.safetensors cannot be read")
        reindex(store, models.encoders["new"], "new")
        await until(lambda: models.loaded == ["minilm", "new"], client)
        await ask(client)
        assert await model_of(client) == models.encoders["minilm"].model_id
        models.failure = None
        store.models.use(ModelInUse("new again", models.encoders["new"].model_id))  # any change: it is tried again
        models.encoders["new again"] = models.encoders["new"]
        await until(lambda: "new again" in models.loaded, client)
    assert TEXT not in "".join(capfd.readouterr())


async def test_another_model_under_the_name_is_not_taken(
    models: Models, settings: Settings, store: CorpusStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    async with connect(settings) as client:
        await ask(client)
        reindex(store, HashingEncoder(8), "new")  # on a machine where that name is another model's
        await until(lambda: "new" in models.loaded, client)
        for _ in range(3):
            await ask(client)
        assert await model_of(client) == models.encoders["minilm"].model_id
    assert models.loaded == ["minilm", "new"]


def test_a_service_starts_with_the_corpuss_own_model(models: Models, settings: Settings, store: CorpusStore) -> None:
    reindex(store, models.encoders["new"], "new")
    parts = wiring.open_parts(settings, store)
    assert parts.encoder.model_id == models.encoders["new"].model_id
    with pytest.raises(EmptyCorpusError):
        wiring.open_corpus(settings.model_copy(update={"database": settings.database.with_name("none")}))
