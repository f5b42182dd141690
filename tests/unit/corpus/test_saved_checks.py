"""Saved checks on both databases: kept step by step, taken over, cancelled, expired, deleted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from headwater.corpus.saved_checks import CANCELLED, DONE, RUNNING, SavedCheck, SavedChecks, open_saved_checks
from headwater.corpus.store import CorpusStore

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def checks(store: CorpusStore, clock: Clock) -> SavedChecks:
    return SavedChecks(store._database, clock)


def make_check(check_id: str = "a", hours: int = 24) -> SavedCheck:
    return SavedCheck(check_id, {"article": "£5 \x00 \ud800"}, NOW, NOW + timedelta(hours=hours), owner="k1")


def test_a_check_is_kept_as_it_was_asked(checks: SavedChecks) -> None:
    checks.add(make_check(), "one")
    assert checks.find("a") == make_check()
    assert checks.find("b") is None


def test_steps_are_kept_once_and_in_order(checks: SavedChecks) -> None:
    checks.add(make_check(), "one")
    assert checks.begin("a", {"rules": "1"}, "one")
    kept = [checks.add_step("a", number, {"number": number}, "one") for number in (1, 2, 10, 2)]
    assert kept == [True] * 4
    assert checks.steps("a") == [(1, {"number": 1}), (2, {"number": 2}), (10, {"number": 10})]
    assert checks.steps("a", after=2) == [(10, {"number": 10})]
    checks.end("a", DONE, "one", rest={"notices": []})
    found = checks.find("a")
    assert found is not None
    assert (found.state, found.rest, found.ended, found.versions) == (DONE, {"notices": []}, NOW, {"rules": "1"})
    assert not checks.add_step("a", 11, {}, "one")


def test_a_check_that_nobody_works_at_is_taken_over_once(checks: SavedChecks, clock: Clock) -> None:
    checks.add(make_check("a"), "one")
    checks.add(make_check("b"), "two")
    clock.now += timedelta(minutes=1)
    checks.keep_beating("two")
    silent = clock.now - timedelta(seconds=30)
    assert [check.check_id for check in checks.take_orphans("three", silent)] == ["a"]
    assert checks.take_orphans("four", silent) == ()
    assert not checks.begin("a", {}, "one")
    assert checks.begin("a", {}, "three")
    assert not checks.add_step("a", 1, {}, "one")
    assert checks.steps("a") == []


def test_one_process_never_takes_its_own(checks: SavedChecks, clock: Clock) -> None:
    checks.add(make_check(), "one")
    clock.now += timedelta(hours=1)
    assert checks.take_orphans("one", clock.now) == ()


def test_a_cancelled_check_takes_no_more_steps(checks: SavedChecks) -> None:
    checks.add(make_check(), "one")
    checks.begin("a", {}, "one")
    checks.add_step("a", 1, {}, "one")
    checks.cancel("a")
    assert not checks.add_step("a", 2, {}, "one")
    checks.end("a", DONE, "one", rest={"late": 1})
    found = checks.find("a")
    assert found is not None
    assert (found.state, found.rest) == (CANCELLED, {})
    assert len(checks.steps("a")) == 1


def test_what_has_ended_is_not_cancelled(checks: SavedChecks) -> None:
    checks.add(make_check(), "one")
    checks.end("a", DONE, "one")
    checks.cancel("a")
    assert checks.find("a").state == DONE  # type: ignore[union-attr]


def test_a_deleted_check_leaves_nothing(checks: SavedChecks) -> None:
    checks.add(make_check(), "one")
    checks.add_step("a", 1, {}, "one")
    checks.decide("a", {"claim": "c1", "finding": 0, "decision": "dismiss", "reason": "", "who": "", "at": "1"})
    assert checks.delete("a")
    assert (checks.find("a"), checks.steps("a"), checks.decisions("a")) == (None, [], [])
    assert not checks.delete("a")
    assert not checks.begin("a", {}, "one")


def test_expired_checks_are_gone_at_once_and_then_deleted(checks: SavedChecks, clock: Clock) -> None:
    checks.add(make_check("a", hours=1), "one")
    checks.add(make_check("b", hours=9), "one")
    clock.now += timedelta(hours=2)
    assert checks.find("a") is None
    assert checks.delete_expired() == 1
    assert checks.find("b") is not None


def test_the_last_decision_on_a_finding_counts(checks: SavedChecks) -> None:
    checks.add(make_check(), "one")
    first = {"claim": "c1", "finding": 0, "decision": "dismiss", "reason": "house style", "who": "A", "at": "1"}
    second = {"claim": "c2", "finding": 1, "decision": "accept", "reason": "", "who": "B", "at": "2"}
    third = first | {"decision": "accept", "at": "3"}
    for one in (first, second, third):
        checks.decide("a", one)
    assert checks.decisions("a") == [second, third]
    checks.decide("a", third | {"decision": ""})
    assert checks.decisions("a") == [second]


def test_a_decision_on_a_claim_stands_beside_those_on_its_findings(checks: SavedChecks) -> None:
    checks.add(make_check(), "one")
    finding = {"claim": "c1", "finding": 0, "decision": "dismiss", "reason": "r", "who": "A", "at": "1"}
    whole = finding | {"finding": None}
    for one in (finding, whole):
        checks.decide("a", one)
    assert checks.decisions("a") == [whole, finding]
    checks.decide("a", whole | {"decision": ""})
    assert checks.decisions("a") == [finding]


def test_a_check_that_has_ended_is_kept_with_all_that_came_of_it(checks: SavedChecks, clock: Clock) -> None:
    ended = replace(make_check(hours=1), state=DONE, rest={"end": 1}, versions={"rules": "1"}, ended=clock.now)
    decision = {"claim": "c1", "finding": 0, "decision": "accept", "reason": "", "who": "", "at": "1"}
    checks.keep(ended, [{"step": 1}, {"step": 2}], [decision])
    assert checks.find("a") == ended
    assert (checks.steps("a"), checks.decisions("a")) == ([(1, {"step": 1}), (2, {"step": 2})], [decision])
    assert checks.take_orphans("two", clock.now + timedelta(hours=9)) == ()
    assert checks.keep_until("a", ended.expires + timedelta(hours=5))
    clock.now += timedelta(hours=2)
    assert checks.find("a") is not None
    checks.delete("a")
    assert not checks.keep_until("a", ended.expires + timedelta(hours=9))
    assert (checks.find("a"), checks.steps("a"), checks.decisions("a")) == (None, [], [])


def test_of_checks_kept_for_a_while_those_that_ended_last_are_left(checks: SavedChecks, clock: Clock) -> None:
    def ended(name: str, minutes: int, hours: float) -> SavedCheck:
        moment = clock.now + timedelta(minutes=minutes)
        return replace(
            make_check(name), created=clock.now, expires=clock.now + timedelta(hours=hours), state=DONE, ended=moment
        )

    for name, minutes in (("a", 3), ("b", 1), ("c", 2)):
        checks.keep(ended(name, minutes, 0.5), [{"step": 1}], [])
    checks.keep(ended("days", 0, 48), [], [])
    checks.add(replace(make_check("running"), created=clock.now, expires=clock.now + timedelta(minutes=30)), "one")
    since, until = clock.now - timedelta(minutes=30), clock.now + timedelta(minutes=30)
    assert checks.delete_crowd(3, since, until) == 0
    assert checks.delete_crowd(2, since, until) == 1
    assert [name for name in ("a", "b", "c", "days", "running") if checks.find(name) is None] == ["b"]
    assert checks.steps("b") == []


def test_the_store_has_them(store: CorpusStore) -> None:
    checks = open_saved_checks(store)
    checks.add(make_check(hours=10**6), "one")
    checks.begin("a", {}, "one")
    assert checks.find("a").state == RUNNING  # type: ignore[union-attr]
