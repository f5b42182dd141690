"""A real service with checks that take too long, and with callers who do not wait for them: such work ends."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from faults.serving import Service, serving
from faults.test_desk import until

SHORT = {"text": "The fund paid £30 million.", "source": "The fund paid £40 million."}
LONG = " ".join(f"The fund paid £{number} million to {number + 3} schools in 2024." for number in range(1, 1_200))


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Service]:
    """One thread and no queue: whoever comes while it works is refused."""
    with serving(tmp_path / "corpus.sqlite3", check_threads="1", check_queue_length="0") as service:
        yield service


def answered(client: httpx.Client) -> bool:
    answer = client.post("/v1/compare", json=SHORT)
    assert answer.status_code in {200, 503}
    return answer.status_code == 200


def figure(client: httpx.Client, name: str) -> int:
    (value,) = re.findall(rf"^headwater_checks_{name} (\d+)", client.get("/metrics").text, re.MULTILINE)
    return int(value)


def test_nobody_waits_for_a_check(busy: Service) -> None:
    place = urlsplit(busy.address)
    body = json.dumps({"text": LONG, "source": LONG}).encode()
    head = (
        f"POST /v1/compare HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with busy.client() as client:
        with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as gone:
            gone.sendall(head.encode() + body)
            until(lambda: figure(client, "at_work") == 1)
            assert not answered(client)
        until(lambda: answered(client))
        assert figure(client, "total") == 1  # the one that waited; the other never came to its end


def test_a_cancelled_job_gives_its_thread_back(busy: Service) -> None:
    body = {"article": {"text": LONG}, "source": {"text": LONG}}
    with busy.client() as client:
        where = client.post("/v1/checks", json=body).headers["location"]
        until(lambda: client.get(where).json()["state"] == "running")
        assert client.delete(where).status_code == 204
        until(lambda: answered(client))
        assert client.get(where).status_code == 404
        assert figure(client, "total") == 1


def test_a_check_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with serving(tmp_path / "corpus.sqlite3", check_seconds="1") as service, service.client() as client:
        answer = client.post("/v1/compare", json={"text": LONG, "source": LONG})
        assert_too_long(answer.json())
        assert int(answer.headers["retry-after"]) >= 1
        where = client.post("/v1/checks", json={"article": {"text": LONG}, "source": {"text": LONG}}).headers[
            "location"
        ]
        told = until(lambda: over(client.get(where).json()))
        assert told["state"] == "failed"
        assert_too_long(told["problem"])
        assert answered(client)
        assert client.get("/healthz").status_code == 200


def over(told: dict[str, Any]) -> dict[str, Any] | None:
    return told if told["state"] not in {"waiting", "running"} else None


def assert_too_long(problem: dict[str, Any]) -> None:
    assert (problem["type"], problem["status"]) == ("/problems/check-too-long", 503)
