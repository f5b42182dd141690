import inspect
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from headwater.corpus import key_secrets
from headwater.corpus.key_secrets import NO_HASH, WrittenKey, find_key, hash_secret, is_secret_of, make_key
from headwater.corpus.key_tables import KEYS
from headwater.corpus.keys import KeyRecords, KeyTerms, StoredKey, open_keys, parse_scopes
from headwater.corpus.store import CorpusStore
from headwater.domain.errors import InvalidInputError, NotFoundError

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def keys(store: CorpusStore) -> KeyRecords:
    return open_keys(store)


def only(keys: KeyRecords) -> StoredKey:
    (key,) = keys.all()
    return key


def test_a_key_is_found_again_by_its_parts() -> None:
    made = make_key()
    assert find_key(made.written) == made
    assert is_secret_of(made, hash_secret(made))
    assert made.secret not in f"{made} {made!r}"
    assert len({make_key().written for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "written", ["", "hw_", "hw_abcdefghij_short", make_key().written + "a", " " + make_key().written, "x" * 1_000_000]
)
def test_what_has_not_the_form_of_a_key_is_none(written: str) -> None:
    assert find_key(written) is None


def test_a_hash_belongs_to_one_key() -> None:
    one, other = make_key(), make_key()
    assert not is_secret_of(WrittenKey(other.key_id, one.secret), hash_secret(one))
    assert not is_secret_of(one, NO_HASH)


def test_secrets_are_compared_in_a_time_that_tells_nothing() -> None:
    assert "hmac.compare_digest(" in inspect.getsource(key_secrets.is_secret_of)


def test_the_database_holds_no_secret(store: CorpusStore, keys: KeyRecords) -> None:
    made = keys.create(KeyTerms("Desk", ("match", "check"), per_day=5))
    with store._database.read() as connection:
        row = connection.execute(select(KEYS)).one()
    assert made.secret not in str(row)
    assert row.key_id == made.key_id
    assert is_secret_of(made, row.secret_hash)
    assert only(keys).terms == KeyTerms("Desk", ("match", "check"), per_day=5)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "a\nb"},
        {"name": "n" * 101},
        {"scopes": ()},
        {"scopes": ("root",)},
        {"per_minute": 0},
        {"per_minute": 100_001},
        {"per_day": -1},
        {"per_day": 1_000_000_001},
    ],
)
def test_terms_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        KeyTerms(**{"name": "Desk", **wrong})  # type: ignore[arg-type]


def test_scopes_are_read() -> None:
    assert parse_scopes(["check,MATCH", "match"]) == ("match", "check")
    with pytest.raises(InvalidInputError, match="match, check, ingest, admin"):
        parse_scopes(["everything"])


def test_a_revoked_key_stays_revoked_whatever_the_clock_says(keys: KeyRecords) -> None:
    made = keys.create(KeyTerms("Desk"))
    first = keys.revoke(made.key_id)
    assert keys.revoke(made.key_id) == first
    assert only(keys).state(datetime(1999, 1, 1, tzinfo=UTC)) == "revoked"
    with pytest.raises(InvalidInputError, match="is revoked"):
        keys.rotate(made.key_id, timedelta())


def test_a_key_expires(keys: KeyRecords) -> None:
    keys.create(KeyTerms("Desk", expires=NOW))
    assert only(keys).state(NOW - timedelta(seconds=1)) == "live"
    assert only(keys).state(NOW) == "expired"


def test_rotation_keeps_the_terms_and_lets_both_live_for_a_while(keys: KeyRecords) -> None:
    terms = KeyTerms("Desk", ("check",), per_minute=7, per_day=9)
    old = keys.create(terms)
    new = keys.rotate(old.key_id, timedelta(hours=1))
    stored = {key.key_id: key for key in keys.all()}
    now = datetime.now(UTC)
    assert stored[new.key_id].terms == terms
    assert stored[old.key_id].successor == new.key_id
    assert [stored[one.key_id].state(now) for one in (old, new)] == ["live", "live"]
    assert stored[old.key_id].state(now + timedelta(hours=1)) == "expired"
    with pytest.raises(InvalidInputError, match="replaced"):
        keys.rotate(old.key_id, timedelta())


def test_rotation_never_makes_a_key_live_longer(keys: KeyRecords) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=1)
    old = keys.create(KeyTerms("Desk", expires=soon))
    keys.rotate(old.key_id, timedelta(days=30))
    assert {key.key_id: key for key in keys.all()}[old.key_id].terms.expires == soon


def test_keys_that_are_not_there(keys: KeyRecords) -> None:
    for act in (lambda: keys.revoke("nowhere"), lambda: keys.rotate("nowhere", timedelta())):
        with pytest.raises(NotFoundError):
            act()
    with pytest.raises(NotFoundError):
        keys.set_aside("nowhere", 1)


def test_a_quota_is_never_passed_however_many_take_from_it(keys: KeyRecords) -> None:
    made = keys.create(KeyTerms("Desk", per_day=50))
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: keys.set_aside(made.key_id, 7), range(20)))
    assert sum(taken) == 50
    assert only(keys).used == 50
    assert keys.set_aside(made.key_id, 1) == 0


def test_without_a_quota_use_is_counted_only(keys: KeyRecords) -> None:
    made = keys.create(KeyTerms("Desk"))
    assert keys.set_aside(made.key_id, 500) == 500
    assert (only(keys).used, only(keys).used_day) == (500, datetime.now(UTC).date().isoformat())
    keys.revoke(made.key_id)
    assert keys.set_aside(made.key_id, 1) == 0


def test_all_services_take_from_one_minute(store: CorpusStore, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    keys, other = open_keys(store), open_keys(store)
    key_id = keys.create(KeyTerms("Desk", per_minute=90)).key_id
    assert keys.take_minute(key_id, 1, 29) == (30, pytest.approx(20))
    assert other.take_minute(key_id, 60, 10) == (60, pytest.approx(60))
    assert keys.take_minute(key_id, 1, 0) == (0, pytest.approx(60))
    clock[0] += 2
    assert other.take_minute(key_id, 4, 0) == (0, pytest.approx(58))
    assert other.take_minute(key_id, 1, 9) == (3, pytest.approx(60))
    clock[0] += 1_000_000  # the clock is set forward, and back
    assert keys.take_minute(key_id, 1, 0) == (1, pytest.approx(60 / 90))
    clock[0] -= 1_000_000
    assert keys.take_minute(key_id, 1, 0) == (1, pytest.approx(60 / 90))
    assert keys.take_minute("unknown", 1, 0) == (0, 60)
