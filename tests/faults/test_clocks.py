"""Clocks that jump, backwards and forwards: no limit is passed for it twice, nothing waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from headwater.api.limits import MinuteLimits
from headwater.corpus import keys as keys_module
from headwater.corpus.answered import AnsweredWrites, KeptAnswer
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.saved_checks import SavedCheck, SavedChecks
from headwater.corpus.store import CorpusStore
from headwater.corpus.syncing import SyncRecords

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
JUMPS = [timedelta(hours=-3), timedelta(days=-400), timedelta(hours=3), timedelta(days=400)]
EACH = pytest.mark.parametrize("jump", JUMPS, ids=str)


class Clock:
    """A clock that is put forward and back; also the `datetime` and the `time` of a module."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def now(self, zone: object) -> datetime:
        assert zone is UTC
        return self.moment

    fromisoformat = staticmethod(datetime.fromisoformat)

    def time(self) -> float:
        return self.moment.timestamp()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(keys_module, "datetime", clock)
    monkeypatch.setattr(keys_module, "time", clock)
    return clock


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CorpusStore]:
    with CorpusStore(tmp_path / "corpus.sqlite3") as store:
        yield store


@EACH
def test_quotas_and_minutes(store: CorpusStore, clock: Clock, jump: timedelta) -> None:
    keys = open_keys(store)
    made = keys.create(KeyTerms("Desk", per_minute=10, per_day=100)).key_id
    assert keys.set_aside(made, 100) == 100
    assert keys.take_minute(made, 10, 0)[0] == 10
    clock.moment += jump
    first = keys.set_aside(made, 100)  # the same day is never opened twice
    assert first == (100 if abs(jump) >= timedelta(days=1) else 0)
    assert keys.set_aside(made, 100) == 0
    assert keys.take_minute(made, 10, 0)[0] == 10  # at most a minute's more than there should be
    assert keys.take_minute(made, 1, 0)[0] == 0
    clock.moment += timedelta(minutes=1)
    assert keys.take_minute(made, 10, 0)[0] == 10
    clock.moment += timedelta(days=1)
    assert keys.set_aside(made, 100) == 100  # nobody waits for a day that is a year away


def test_a_clock_that_is_set_back_over_midnight_opens_no_quota_twice(store: CorpusStore, clock: Clock) -> None:
    keys = open_keys(store)
    made = keys.create(KeyTerms("Desk", per_day=100)).key_id
    clock.moment = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)
    assert keys.set_aside(made, 100) == 100
    clock.moment -= timedelta(minutes=10)
    assert keys.set_aside(made, 100) == 0
    clock.moment += timedelta(minutes=10)
    assert keys.set_aside(made, 100) == 0


@EACH
def test_the_right_to_sync(store: CorpusStore, clock: Clock, jump: timedelta) -> None:
    records = SyncRecords(store._database, clock)
    assert records.begin_scheduled(60)
    assert not records.begin_scheduled(60)
    assert records.take_lease("one", 900) == ""
    clock.moment += jump
    # Whoever has it prolongs it, and then it is nobody else's; who has died does not hold it until the clock is right.
    assert records.take_lease("one", 900) == ""
    assert records.take_lease("two", 900) == "one"
    clock.moment += jump
    assert records.take_lease("two", 900) == ""
    assert records.begin_scheduled(60)
    assert not records.begin_scheduled(60)


@EACH
def test_saved_checks_of_a_process_that_died(store: CorpusStore, clock: Clock, jump: timedelta) -> None:
    checks = SavedChecks(store._database, clock)
    checks.add(SavedCheck("a", {"article": "£5"}, NOW, NOW + timedelta(days=4_000)), "one")
    clock.moment += jump
    checks.keep_beating("one")
    assert checks.take_orphans("two", clock() - timedelta(seconds=30)) == ()  # it lives
    clock.moment += jump
    taken = checks.take_orphans("two", clock() - timedelta(seconds=30))
    assert [check.check_id for check in taken] == ["a"]
    assert not checks.add_step("a", 1, {}, "one")  # who had it finds out with its next step
    assert checks.add_step("a", 1, {}, "two")


@EACH
def test_writes_that_were_answered(store: CorpusStore, clock: Clock, jump: timedelta) -> None:
    writes = AnsweredWrites(store._database, clock.time)
    assert writes.claim("done", "digest", "one") is None
    writes.keep("done", "one", KeptAnswer("digest", 202))
    assert writes.claim("under way", "digest", "one") is None
    clock.moment += jump
    kept = writes.claim("done", "digest", "two")
    assert (kept is None) == (jump > timedelta(days=1))  # kept for a day, by whatever the clock calls one
    assert writes.claim("under way", "digest", "two") is None  # and who was at it is taken for gone


@EACH
def test_the_clock_of_limits_is_another(jump: timedelta, clock: Clock) -> None:
    counted = MinuteLimits()
    assert counted.take("a", 1).granted
    clock.moment += jump
    assert not counted.take("a", 1).granted
