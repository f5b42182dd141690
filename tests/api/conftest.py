from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from factories import OFFICIAL_TEXT
from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentRecord
from headwater.settings import Settings


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "corpus.sqlite3", max_text_characters=2_000_000, max_body_bytes=4_000_000)


@pytest.fixture
def store(settings: Settings) -> Iterator[CorpusStore]:
    record = DocumentRecord(
        publisher="Home Office",
        document_type="press_release",
        url="https://www.gov.uk/government/news/new-deals",
        title="New deals",
        text=OFFICIAL_TEXT,
        licence="OGL-UK-3.0",
        first_published=datetime(2024, 11, 7, tzinfo=UTC),
    )
    with CorpusStore(settings.database) as store:
        store.add_documents([record])
        yield store


@pytest.fixture
def checker() -> FakeChecker:
    return FakeChecker()


@pytest.fixture
def app(checker: FakeChecker, store: CorpusStore, settings: Settings) -> FastAPI:
    return create_app(checker, store, settings, model_id=MODEL)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    # The service must answer every fault itself, so an exception that gets out fails the test.
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client
