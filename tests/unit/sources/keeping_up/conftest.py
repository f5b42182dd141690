"""A publisher made by hand: what it lists and shows can be changed between two syncs, and it can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus_factories import make_record
from headwater.corpus.store import CorpusStore
from headwater.domain.documents import DocumentRecord
from headwater.sources.fetching.contract import Fetched, Fetcher
from headwater.sources.keeping_up import sync
from headwater.sources.keeping_up.sync import SyncParts
from headwater.sources.publishers.contract import Departure, Found, SourceEntry

SITE = "https://www.gov.uk"
BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Page:
    text: str = "Almost 100,000 people passed through last year."
    updated: datetime = BEGUN
    status: int = 200
    withdrawn: str = ""
    moved_to: str = ""
    language: str = "en"
    children: tuple[str, ...] = ()

    @property
    def etag(self) -> str:
        return f'"{hash((self.text, self.withdrawn, self.status, self.children))}"'


@dataclass
class Publisher:
    """Site, interface and fetcher in one."""

    pages: dict[str, Page] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    failing: dict[str, Exception] = field(default_factory=dict)
    before_fetch: Callable[[str], None] = lambda _: None
    hidden: set[str] = field(default_factory=set)  # shown, and not listed

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        del last_modified
        path = url.removeprefix(SITE)
        self.before_fetch(path)
        self.fetched.append(path)
        if path in self.failing:
            raise self.failing[path]
        page = self.pages.get(path, Page(status=404))
        status = 304 if etag and etag == page.etag else page.status
        return Fetched(url, status, {}, page.text.encode(), page.etag, "")


@dataclass
class Reader:
    """Reads the publisher; lists by pages of three."""

    publisher: Publisher
    name: str = "s"
    title: str = "S"
    version: str = "1"
    asked: list[tuple[datetime | None, str]] = field(default_factory=list)

    def find(self, since: datetime | None, fetcher: Fetcher, cursor: str) -> Iterator[Found]:
        self.asked.append((since, cursor))
        listed = sorted(
            (page.updated, path) for path, page in self.publisher.pages.items() if path not in self.publisher.hidden
        )
        wanted = [one for one in listed if since is None or one[0] >= since]
        for number in range(int(cursor or 0), len(wanted)):
            if number % 3 == 0:
                fetcher.fetch(f"{SITE}/list/{number}")
            updated, path = wanted[number]
            yield Found(path, SITE + path, updated, cursor=str(number // 3 * 3))

    def read(self, found: Found, fetcher: Fetcher) -> Iterator[DocumentRecord | Departure]:
        for url in (found.url, *(SITE + child for child in self.publisher.pages.get(found.key, Page()).children)):
            fetched = fetcher.fetch(url)
            page = self.publisher.pages.get(url.removeprefix(SITE), Page())
            if fetched.status in {404, 410}:
                yield Departure(url, page.language, moved_to=page.moved_to, explanation="No longer here.", when=BEGUN)
            else:
                yield make_record(
                    url=url, text=fetched.body.decode(), updated=page.updated, first_published=BEGUN,
                    withdrawn=page.withdrawn, language=page.language,
                )  # fmt: skip


class Clock:
    """The machine's time, put forward by hand."""

    ahead = timedelta()

    def monotonic(self) -> float:
        return self.now().timestamp()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def sleep(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def publisher() -> Publisher:
    return Publisher(
        {
            f"/{number}": Page(f"Page {number}: {number}00 people returned.", BEGUN + timedelta(minutes=number))
            for number in range(8)
        }
    )


@pytest.fixture
def reader(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader(publisher)
    monkeypatch.setattr(sync, "make_reader", lambda _: made)
    return made


@pytest.fixture
def entry() -> SourceEntry:
    return SourceEntry("s", "S", "made by hand", {"from": "2026-01-01"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as opened:
        yield opened


@pytest.fixture
def parts(store: CorpusStore, reader: Reader, clock: Clock) -> SyncParts:
    return SyncParts(store, reader.publisher, clock)
