"""No answer of a publisher makes a reader fail in a way that a sync does not expect."""

import json
import random
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

import pytest

from headwater.domain.documents import DocumentRecord
from headwater.domain.errors import HeadwaterError
from headwater.sources.fetching.contract import Fetched
from headwater.sources.publishers.contract import Departure, Found, SourceEntry
from headwater.sources.publishers.readers import make_reader, shipped_sources
from publisher_server import PublisherServer, govuk_items, ons_pages, payload, written_questions

JUNK: tuple[Any, ...] = (
    None, 0, -1, 10**400, True, "", "x", [], {}, [None], [[]], {"a": 1}, "<p>" * 30, "2024-13-45T99:99:99Z", "\ud800",
    "http://[", "9" * 5000, ["x", {"note": 3}], [{"url": 3, "title": []}], "0001-01-01T00:00:00+23:59",
)  # fmt: skip
CHANGES = 150  # changed answers for each kind of reader: 2 s in all


class OneAnswer:
    """Answers everything with one body."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        assert not etag + last_modified
        return Fetched(url, 200, {"content-type": "application/json"}, self._body, "", "")


def places(value: object, path: tuple[Any, ...] = ()) -> Iterable[tuple[Any, ...]]:
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from places(one, (*path, key))


def spoilt(value: object, chance: random.Random) -> bytes:
    """Return a payload with some of its values replaced by what should not be there."""
    changed = deepcopy(value)
    for place in chance.sample(list(places(changed)), k=3):
        holder: Any = changed
        try:
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = chance.choice(JUNK)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    return json.dumps(changed).encode("utf-8", "surrogatepass")


def payloads() -> dict[str, list[object]]:
    server = PublisherServer()
    return {
        "govuk": list(govuk_items().values()),
        "parliament_questions": [{"value": value} for value in written_questions()[:8]],
        "parliament_statements": [{"value": value} for value in server.statements[:3]],
        "hansard": list(server.debates.values()),
        "ons": list(ons_pages().values()),
        "federal_register": [document["meta"] for document in server.register],
        "govinfo": [
            json.loads(payload("govinfo/FR-2018-04-12_2018-07777-granule-summary.json")) | {"granulesLink": None}
        ],
    }


@pytest.mark.parametrize("kind", payloads())
def test_spoilt_answers(kind: str) -> None:
    chance = random.Random(kind)
    reader = make_reader(SourceEntry("x", "X", kind, {"translations": "no", "children": "no"}))
    held = payloads()[kind]
    records = 0
    for _ in range(CHANGES):
        fetcher = OneAnswer(spoilt(chance.choice(held), chance))
        try:
            for record in reader.read(Found("k", "https://www.gov.uk/api/content/x"), fetcher):
                assert isinstance(record, DocumentRecord | Departure)
                records += 1
        except HeadwaterError:
            continue
    assert records > CHANGES / 4


@pytest.mark.parametrize("kind", [*payloads(), "feed", "pages"])
@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b'{"results":3}', b'{"results":[3],"items":[[]]}', b"<rss><channel>"]
)
def test_spoilt_listings(kind: str, body: bytes) -> None:
    options = {"url": "https://www.gov.uk/x", "from": "2024-01-01"}
    reader = make_reader(SourceEntry("x", "X", kind, options))
    find: Callable[..., Iterable[Found]] = reader.find
    try:
        found = [one for _, one in zip(range(3), find(None, OneAnswer(body), "not a cursor"), strict=False)]
    except HeadwaterError:
        return
    assert found == []


def test_every_shipped_source_has_its_reader() -> None:
    for name, entry in shipped_sources().items():
        reader = make_reader(entry)
        assert (reader.name, reader.title) == (name, entry.title)
        assert reader.version
    with pytest.raises(HeadwaterError, match="no reader of kind"):
        make_reader(SourceEntry("x", "X", "unheard-of"))
