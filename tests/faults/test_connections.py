"""Slow and silent connections to a real service: each is closed by its deadline, and nobody else waits for it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from faults.serving import Service, serving

BODY = json.dumps({"text": "The fund paid £30 million.", "source": "The fund paid £40 million."}).encode()
HEAD = (
    b"POST /v1/compare HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    % len(BODY)
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    path = tmp_path_factory.mktemp("slow") / "corpus.sqlite3"
    with serving(path, receive_seconds="1", log_level="info") as service:
        yield service


def connect(service: Service) -> socket.socket:
    place = urlsplit(service.address)
    return socket.create_connection((place.hostname or "", place.port or 0), timeout=60)


def until_closed(connection: socket.socket) -> bytes:
    got = b""
    try:
        while piece := connection.recv(65_536):
            got += piece
    except ConnectionResetError:
        pass
    return got


def trickle(connection: socket.socket, piece: bytes) -> bytes:
    """Send a piece again and again, five times a second, until the connection is closed; return what came."""
    ended = threading.Event()

    def send() -> None:
        while not ended.wait(0.2):
            try:
                connection.sendall(piece)
            except OSError:
                return

    thread = threading.Thread(target=send)
    thread.start()
    try:
        return until_closed(connection)
    finally:
        ended.set()
        thread.join()


def assert_too_slow(answer: bytes) -> None:
    head, _, body = answer.rpartition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in head
    assert b"connection: close" in head
    told = json.loads(body)
    assert (told["type"], told["status"]) == ("/problems/too-slow", 408)


def test_a_silent_connection_is_closed_without_a_word(service: Service) -> None:
    with connect(service) as connection:
        assert until_closed(connection) == b""


def test_a_head_that_trickles_is_cut_off(service: Service) -> None:
    with connect(service) as connection:
        connection.sendall(HEAD[:-2])
        assert_too_slow(trickle(connection, b"X-A: b\r\n"))


def test_a_body_that_trickles_is_cut_off(service: Service) -> None:
    with connect(service) as connection:
        connection.sendall(HEAD)
        assert_too_slow(trickle(connection, BODY[:1]))


def test_a_body_that_stops_is_cut_off(service: Service) -> None:
    with connect(service) as connection:
        connection.sendall(HEAD + BODY[:-1])
        assert_too_slow(until_closed(connection))


def test_a_body_that_nobody_asked_for_holds_nothing(service: Service) -> None:
    with connect(service) as connection:
        connection.sendall(HEAD.replace(b"/v1/compare", b"/nowhere"))
        answer = trickle(connection, b"{")
    assert answer.startswith(b"HTTP/1.1 404 ")


def test_a_connection_that_is_kept_alive_by_empty_lines_is_closed(service: Service) -> None:
    with connect(service) as connection:
        connection.sendall(HEAD + BODY)
        answer = trickle(connection, b"\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")


def test_an_answer_that_nobody_takes_is_cut_off(service: Service) -> None:
    ask = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with connect(service) as connection, service.client() as other:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        for _ in range(400):  # more than all buffers between them hold
            try:
                connection.sendall(ask)
            except OSError:
                break
        length = len(other.get("/openapi.json").content)
        while "an answer that nobody takes was cut off" not in service.said:
            assert other.get("/healthz").status_code == 200
        assert len(until_closed(connection)) < 400 * length
    assert '"level": "error"' not in service.said


@pytest.mark.parametrize(
    "sent", [b"nothing of HTTP\r\n\r\n", HEAD.replace(b"Length: ", b"Length: x"), b"\x16\x03\x01\x02\x00"]
)
def test_what_is_no_http_is_a_problem(service: Service, sent: bytes) -> None:
    with connect(service) as connection:
        connection.sendall(sent)
        head, _, body = until_closed(connection).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 Bad Request")
    assert json.loads(body)["type"] == "/problems/bad-request"


def test_what_comes_in_time_is_answered_however_many_are_slow(service: Service) -> None:
    slow = [connect(service) for _ in range(50)]
    for connection in slow:
        connection.sendall(HEAD + BODY[:-1])
    with connect(service) as connection:
        for piece in (HEAD[:40], HEAD[40:], BODY[:9], BODY[9:]):
            connection.sendall(piece)
        assert connection.recv(12) == b"HTTP/1.1 200"
    for connection in slow:
        assert_too_slow(until_closed(connection))
        connection.close()
