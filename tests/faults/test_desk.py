"""Saved checks and event streams of a real service that is killed: nothing that was seen is lost or half-written."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from faults.killing import ROUNDS
from faults.serving import Service, serving

Json = dict[str, Any]
FUNDS = ("roads", "rail", "ports", "farms", "homes", "clinics", "courts", "parks", "buses", "mines", "ferries", "labs")
RELEASE = "\n\n".join(
    f"The {name} fund paid £{10 * number} million to {number + 2} schools in 2024. Ministers said the {name} fund will"
    f" open on {number} March 2025, after {number + 5} months of work."
    for number, name in enumerate(FUNDS, 3)
)
ARTICLE = "\n\n".join(
    f"The {name} fund paid £{10 * number + (number % 3 == 0)} million to {number + 2} schools. It will open on"
    f" {number + (number % 4 == 0)} March 2025, ministers said."
    for number, name in enumerate(FUNDS, 3)
)
CHECKS = 3  # of each round
KILLS_OF_ONE = 5  # corpus
WAIT_SECONDS = 120  # for anything, on a machine under load


def until(look: Callable[[], Any]) -> Any:
    """Look again and again until there is something to see."""
    ends = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < ends:
        if seen := look():
            return seen
        time.sleep(0.01)
    raise AssertionError("it never comes")


def start(client: httpx.Client, number: int, *, save: bool = True) -> str:
    body = {"article": {"text": f"{ARTICLE}\n\nPage {number}."}, "source": {"text": RELEASE}, "save": save}
    answer = client.post("/v1/checks", json=body)
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def finished(client: httpx.Client, where: str) -> Json:
    def look() -> Json | None:
        told: Json = client.get(where).json()
        return told if told["state"] not in {"waiting", "running"} else None

    told: Json = until(look)
    return told


def claims_of(told: Json) -> list[Json]:
    claims: list[Json] = told["claims"] or (told["report"] or {"claims": []})["claims"]
    return claims


def without_days(claims: list[Json]) -> list[Json]:
    """Claims without what a given text has of the moment at which it was read."""
    kept: list[Json] = json.loads(json.dumps(claims))
    for claim in kept:
        for passage in (*claim["evidence"], *claim["nearest"]):
            passage["document"].pop("retrieved")
    return kept


def assert_whole(database: Path) -> None:
    """Hold what a killed process left to what must hold at every instant."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        steps: dict[str, list[int]] = {}
        for step, body in connection.execute("SELECT step, body FROM saved_steps ORDER BY step"):
            check, _, number = step.rpartition(":")
            steps.setdefault(check, []).append(int(number))
            assert json.loads(body)["decided"] == int(number) - 1
        checks = connection.execute("SELECT check_id, state, asked, rest FROM saved_checks").fetchall()
        assert steps.keys() <= {check for check, *_ in checks}
        for check, state, asked, rest in checks:
            numbers = steps.get(check, [])
            assert numbers == list(range(1, len(numbers) + 1))
            assert json.loads(asked)["article"]["text"]
            assert bool(rest) == (state == "done")
    connection.close()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[Json]:
    """What a check comes to where nobody disturbs it."""
    with serving(tmp_path_factory.mktemp("calm") / "corpus.sqlite3") as service, service.client() as client:
        told = finished(client, start(client, 0, save=False))
        assert told["state"] == "done"
        return without_days(told["report"]["claims"])[:-1]  # the last one names the page


def kill(service: Service) -> None:
    service.process.kill()
    service.process.wait(60)


def test_a_service_killed_in_a_batch_loses_nothing_that_was_seen(tmp_path: Path, expected: list[Json]) -> None:
    chance, done = random.Random(8), 0
    while (
        done < ROUNDS
    ):  # what was not done when it was killed is gone on with, so that each corpus is killed a few times
        rounds = min(KILLS_OF_ONE, ROUNDS - done)
        seen = kill_again_and_again(tmp_path / f"{done}.sqlite3", expected, chance, rounds)
        check_all(tmp_path / f"{done}.sqlite3", expected, seen)
        done += rounds


def kill_again_and_again(
    database: Path, expected: list[Json], chance: random.Random, rounds: int
) -> dict[str, list[Json]]:
    """Start checks and kill their service, so many times; return the claims that were seen of each check."""
    seen: dict[str, list[Json]] = {}
    lost: list[str] = []
    for round_number in range(rounds):
        with serving(database) as service, service.client() as client:
            lost = [where for where in lost if client.get(where).status_code != 404]
            assert not lost, "what was not saved is not there after a restart"
            lost = [start(client, 99, save=False)]
            new = [start(client, CHECKS * round_number + number) for number in range(CHECKS)]
            seen |= {where: [] for where in new}
            wanted = chance.randrange(len(expected) * CHECKS)
            until(lambda: note(client, new, seen) >= wanted)  # noqa: B023 - looked at within this turn
            kill(service)
        assert_whole(database)
    return seen


def check_all(database: Path, expected: list[Json], seen: dict[str, list[Json]]) -> None:
    """Have all checks come to their end, and hold them to what was seen of them."""
    with serving(database) as service, service.client() as client:
        for where, claims in seen.items():
            told = finished(client, where)
            assert told["state"] == "done"
            report = without_days(told["report"]["claims"])
            assert report[: len(claims)] == without_days(claims)
            assert report[:-1] == expected
            assert [one[0] for one in told["report"]["receipt"]["claims"]] == [claim["id"] for claim in report]
            assert told["report"]["tables"]["figures"]


def note(client: httpx.Client, checks: list[str], seen: dict[str, list[Json]]) -> int:
    """Look at checks, keep what is seen of them, and return how many claims that is; very many where all are done."""
    told = [client.get(where).json() for where in checks]
    seen |= {where: claims_of(one) for where, one in zip(checks, told, strict=True)}
    is_over = all(one["state"] == "done" for one in told)
    return 10**6 if is_over else sum(len(seen[where]) for where in checks)


def events(client: httpx.Client, where: str, after: int = 0) -> Iterator[tuple[int, str, Json]]:
    """Yield the events of a check as a browser reads them."""
    headers = {"Last-Event-ID": str(after)} if after else {}
    with client.stream("GET", f"{where}/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        fields: dict[str, str] = {}
        for line in answer.iter_lines():
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value
            elif "event" in fields:
                yield int(fields["id"]), fields["event"], json.loads(fields["data"])
                fields = {}


def test_a_stream_goes_on_where_it_was_cut_off_and_after_a_restart(tmp_path: Path, expected: list[Json]) -> None:
    database = tmp_path / "corpus.sqlite3"
    got: list[tuple[int, str, Json]] = []
    with serving(database) as service, service.client() as client:
        where = start(client, 0)
        for stop in (3, 7):  # the connection is lost, and made again
            with service.client() as reader:
                for event in events(reader, where, got[-1][0] if got else 0):
                    got.append(event)
                    if event[0] >= stop:
                        break
        kill(service)
    assert_whole(database)
    with serving(database) as service, service.client() as client:
        got += events(client, where, got[-1][0])
        whole = list(events(client, where))
    assert [number for number, *_ in got] == list(range(1, len(got) + 1))
    assert [name for _, name, _ in got] == ["claims"] * (len(got) - 1) + ["done"]
    told = [claim for _, _, body in got[:-1] for claim in body["claims"]]
    assert without_days(told)[:-1] == expected
    assert [event[:2] for event in whole] == [event[:2] for event in got]


def test_a_stopped_service_leaves_its_saved_checks_to_the_next(tmp_path: Path, expected: list[Json]) -> None:
    database = tmp_path / "corpus.sqlite3"
    with serving(database) as service, service.client() as client:
        checks = [start(client, number) for number in range(CHECKS)]
        assert service.stop() != -signal.SIGKILL
    assert_whole(database)
    with serving(database) as service, service.client() as client:
        for where in checks:
            told = finished(client, where)
            assert (told["state"], without_days(told["report"]["claims"])[:-1]) == ("done", expected)
