"""Who may ask: keys, scopes, limits, and the machine's own user without any."""

import base64
import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from fakes import MODEL, FakeChecker
from headwater.api import access, key_ring, limits
from headwater.api.app import create_app
from headwater.api.limits import MinuteLimits, block_of, seconds_to_midnight
from headwater.api.problems import InvalidKeyError
from headwater.corpus.key_secrets import make_key
from headwater.corpus.keys import KeyRecords, KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.logs import configure_logs
from headwater.settings import AccessMode, Settings

pytestmark = pytest.mark.anyio
ASK = {"text": "A claim."}
ELSEWHERE = ("198.51.100.7", 4711)


@pytest.fixture
def keys(store: CorpusStore) -> KeyRecords:
    return open_keys(store)


@pytest.fixture(autouse=True)
def read_anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a key ring knows is never old, except where a test says so."""
    init = key_ring.KeyRing.__init__
    monkeypatch.setattr(key_ring.KeyRing, "__init__", lambda ring, records: init(ring, records, -1.0))
    yield


def ask(
    store: CorpusStore, settings: Settings, mode: AccessMode = "auto", client: tuple[str, int] = ("127.0.0.1", 1)
) -> httpx.AsyncClient:
    app = create_app(FakeChecker(), store, settings.model_copy(update={"access": mode}), model_id=MODEL)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=client), base_url="http://127.0.0.1")


def bearer(written: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {written}"}


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).removeprefix("/problems/")


async def test_without_keys_the_machine_itself_is_answered(store: CorpusStore, settings: Settings) -> None:
    async with ask(store, settings) as client:
        answer = await client.post("/v1/match", json=ASK)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("ratelimit")]


@pytest.mark.parametrize("peer", [ELSEWHERE, ("::ffff:198.51.100.7", 1), ("2001:db8::1", 1), ("not-an-address", 1)])
async def test_without_keys_nobody_else_is(store: CorpusStore, settings: Settings, peer: tuple[str, int]) -> None:
    async with ask(store, settings, client=peer) as client:
        answer = await client.post("/v1/match", json=ASK)
        assert (await client.get("/healthz")).status_code == 200
    assert (answer.status_code, slug(answer)) == (401, "key-required")


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host"])
@pytest.mark.parametrize("mode", ["auto", "open"])
async def test_nobody_whom_a_proxy_brings(store: CorpusStore, settings: Settings, name: str, mode: AccessMode) -> None:
    async with ask(store, settings, mode) as client:
        answer = await client.post("/v1/match", json=ASK, headers={name: "for=127.0.0.1"})
    assert (answer.status_code, slug(answer)) == (401, "key-required")


@pytest.mark.parametrize(("mode", "status"), [("auto", 401), ("keys", 401), ("open", 200), ("proxy", 200)])
async def test_once_a_key_was_made_all_need_one(
    store: CorpusStore, settings: Settings, keys: KeyRecords, mode: AccessMode, status: int
) -> None:
    keys.revoke(keys.create(KeyTerms("Desk")).key_id)  # even if it is no longer good
    async with ask(store, settings, mode) as client:
        assert (await client.post("/v1/match", json=ASK)).status_code == status


async def test_a_guarding_proxy_may_bring_anybody(store: CorpusStore, settings: Settings) -> None:
    async with ask(store, settings, "proxy", ELSEWHERE) as client:
        assert (await client.post("/v1/match", json=ASK, headers={"X-Forwarded-For": "x"})).status_code == 200


async def test_a_key_lets_in_and_says_what_is_left(store: CorpusStore, settings: Settings, keys: KeyRecords) -> None:
    made = keys.create(KeyTerms("Desk", per_minute=3, per_day=100))
    async with ask(store, settings, client=ELSEWHERE) as client:
        answers = [await client.post("/v1/match", json=ASK, headers=bearer(made.written)) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["ratelimit-limit"] for answer in answers} == {"3"}
    assert {answer.headers["ratelimit-policy"] for answer in answers} == {'"minute";q=3;w=60, "day";q=100;w=86400'}
    assert [answer.headers["ratelimit"][:12] for answer in answers] == [f'"minute";r={left}' for left in (2, 1, 0, 0)]
    assert 1 <= int(answers[3].headers["retry-after"]) <= 20
    assert slug(answers[3]) == "rate-limited"


async def test_a_quota_ends_at_midnight(store: CorpusStore, settings: Settings, keys: KeyRecords) -> None:
    made = keys.create(KeyTerms("Desk", per_day=2))
    async with ask(store, settings) as one, ask(store, settings) as other:
        sent = [await client.get("/version", headers=bearer(made.written)) for client in (one, other, one, other)]
    assert [answer.status_code for answer in sent] == [200, 200, 429, 429]
    assert slug(sent[3]) == "quota-used-up"
    assert sent[3].headers["ratelimit"].startswith('"day";r=0;t=')
    assert abs(int(sent[3].headers["retry-after"]) - seconds_to_midnight(datetime.now(UTC))) <= 5


async def test_every_wrong_key_gets_the_same_answer(store: CorpusStore, settings: Settings, keys: KeyRecords) -> None:
    good = keys.create(KeyTerms("Desk"))
    revoked, expired = keys.create(KeyTerms("Old")), keys.create(KeyTerms("Past", expires=datetime.now(UTC)))
    keys.revoke(revoked.key_id)
    mistyped = good.written[:-1] + ("a" if good.written[-1] != "a" else "b")
    wrong = [mistyped, revoked.written, expired.written, make_key().written, "secret", "hw_" + "a" * 50_000]
    said = set()
    async with ask(store, settings) as client:
        for written in wrong:
            answer = await client.get("/v1/coverage", headers=bearer(written))
            body = {name: value for name, value in answer.json().items() if name != "request_id"}
            said.add((answer.status_code, str(body), answer.headers["www-authenticate"]))
            assert written[:20] not in answer.text
    assert len(said) == 1
    assert "invalid-key" in str(said)


async def test_unknown_and_known_ids_take_equally_long_work(keys: KeyRecords, monkeypatch: pytest.MonkeyPatch) -> None:
    """Timing is no assertion of a test: what is done is. Each look-up hashes and compares once, whatever is sent."""
    compared: list[int] = []
    true_compare = key_ring.is_secret_of
    monkeypatch.setattr(
        key_ring, "is_secret_of", lambda sent, kept: compared.append(len(kept)) or true_compare(sent, kept)
    )
    known = keys.create(KeyTerms("Desk"))
    ring = key_ring.KeyRing(keys)
    for written in (known.written[:-1] + "-", known.written[:14] + make_key().secret, make_key().written, "", "x" * 99):
        with pytest.raises(InvalidKeyError):
            await ring.verify(written)
    await ring.verify(known.written)
    assert compared == [64] * 6


async def test_guessing_is_slowed_and_harms_nobody_with_a_key(
    store: CorpusStore, settings: Settings, keys: KeyRecords
) -> None:
    made = keys.create(KeyTerms("Desk"))
    async with ask(store, settings, client=ELSEWHERE) as client:
        guesses = [await client.get("/v1/coverage", headers=bearer(make_key().written)) for _ in range(40)]
        right = await client.get("/v1/coverage", headers=bearer(made.written))
    assert [answer.status_code for answer in guesses].count(429) == 40 - access.FAILURES_A_MINUTE
    assert int(guesses[-1].headers["retry-after"]) >= 1
    assert guesses[-1].headers["ratelimit"].startswith('"wrong-keys";r=0;t=')
    assert guesses[-1].headers["ratelimit-policy"] == '"wrong-keys";q=30;w=60'
    assert right.status_code == 200


@pytest.mark.parametrize(
    ("scopes", "method", "path", "status"),
    [
        (("match",), "GET", "/version", 200),
        (("ingest",), "GET", "/version", 200),
        (("match",), "GET", "/v1/coverage", 200),
        (("check",), "GET", "/v1/coverage", 403),
        (("admin",), "GET", "/v1/coverage", 200),
        (("match",), "GET", "/v1/checks/1", 403),
        (("match",), "POST", "/v1/documents", 403),
        (("match",), "GET", "/metrics", 403),
        (("match", "check", "ingest"), "GET", "/metrics", 403),
    ],
)
async def test_scopes(
    store: CorpusStore,
    settings: Settings,
    keys: KeyRecords,
    scopes: tuple[str, ...],
    method: str,
    path: str,
    status: int,
) -> None:
    made = keys.create(KeyTerms("Desk", scopes))
    async with ask(store, settings) as client:
        answer = await client.request(method, path, headers=bearer(made.written))
    assert answer.status_code == status
    if status == 403:
        assert slug(answer) == "key-scope"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic ", "Basic !!", "Digest x", "Basic " + "A" * 9])
async def test_headers_without_a_key(store: CorpusStore, settings: Settings, keys: KeyRecords, header: str) -> None:
    keys.create(KeyTerms("Desk"))
    async with ask(store, settings) as client:
        answer = await client.post("/v1/match", json=ASK, headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_a_browser_may_send_the_key_as_a_password(
    store: CorpusStore, settings: Settings, keys: KeyRecords
) -> None:
    made = keys.create(KeyTerms("Desk"))
    given = base64.b64encode(f"desk:{made.written}".encode()).decode()
    async with ask(store, settings) as client:
        asked = await client.get("/")
        shown = await client.get("/", headers={"Authorization": f"Basic {given}"})
    assert "Basic realm=" in asked.headers["www-authenticate"]
    assert (asked.status_code, shown.status_code) == (401, 200)


async def test_an_unreadable_corpus_lets_nobody_in(store: CorpusStore, settings: Settings, keys: KeyRecords) -> None:
    made = keys.create(KeyTerms("Desk"))
    async with ask(store, settings) as client:
        store.close()
        settings.database.write_bytes(b"no database, " * 1_000)
        answer = await client.post("/v1/match", json=ASK, headers=bearer(made.written))
        assert (await client.get("/healthz")).status_code == 200
    assert (answer.status_code, slug(answer)) == (503, "corpus-unavailable")


async def test_logs_name_the_key_and_never_its_secret(store: CorpusStore, settings: Settings, keys: KeyRecords) -> None:
    made, written = keys.create(KeyTerms("Desk")), io.StringIO()
    configure_logs("debug", "json", written)
    async with ask(store, settings) as client:
        await client.get("/v1/coverage", headers=bearer(made.written))
        await client.get("/v1/coverage", headers=bearer(made.written[:-1]))
    assert f'"key_id": "{made.key_id}"' in written.getvalue()
    assert made.secret[:10] not in written.getvalue()


async def test_a_revocation_holds_within_seconds(keys: KeyRecords, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    ring = key_ring.KeyRing(keys)
    ring._fresh_seconds = key_ring.FRESH_SECONDS
    made = keys.create(KeyTerms("Desk"))
    assert (await ring.verify(made.written)).key_id == made.key_id
    keys.revoke(made.key_id)
    clock[0] += key_ring.FRESH_SECONDS + 0.1
    with pytest.raises(InvalidKeyError):
        await ring.verify(made.written)
    assert key_ring.FRESH_SECONDS <= 5


def test_the_minute_is_counted_by_a_clock_that_is_never_set_back() -> None:
    clock = [0.0]
    counted = MinuteLimits(lambda: clock[0])
    passed = 0
    for tenth in range(6_000):  # ten minutes of ten requests a second
        clock[0] = tenth / 10
        passed += counted.take("a", 30).granted
    assert passed == pytest.approx(30 * 11, abs=1)  # what came together at first, and then one every two seconds
    assert counted.take("b", 30).remaining == 29
    assert counted.take("c", 30, cost=1_000).remaining == 0
    assert MinuteLimits.__init__.__defaults__ == (time.monotonic,)


def test_callers_are_forgotten_in_the_end() -> None:
    counted = MinuteLimits(lambda: 0.0)
    for number in range(limits.REMEMBERED + 10):
        counted.take(str(number), 1)
    assert len(counted._due) == limits.REMEMBERED


@pytest.mark.parametrize(("per_day", "block"), [(0, 50), (1, 1), (199, 1), (1_000, 10), (1_000_000, 50)])
def test_blocks_lose_at_most_a_hundredth(per_day: int, block: int) -> None:
    assert block_of(per_day) == block


def test_midnight() -> None:
    assert seconds_to_midnight(datetime(2026, 12, 31, 23, 59, 30, tzinfo=UTC)) == 30
    assert seconds_to_midnight(datetime(2026, 1, 1, tzinfo=UTC)) == timedelta(days=1).total_seconds()
