"""`headwater serve`: what the server is told, and a real one on loopback from start to end."""

import pkgutil
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from factories import OFFICIAL_TEXT
from headwater.cli import serve
from headwater.domain.errors import InvalidInputError
from headwater.settings import Settings


def test_the_application_is_named_rightly() -> None:
    assert callable(pkgutil.resolve_name(serve.APPLICATION))


def test_the_server_is_closed_to_the_outside_and_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}

    class Server:
        def __init__(self, config: uvicorn.Config) -> None:
            told["config"] = config

        def run(self, sockets: list[socket.socket]) -> None:
            told["host"] = sockets[0].getsockname()[0]
            raise KeyboardInterrupt

    monkeypatch.setattr(pkgutil, "resolve_name", lambda _name: lambda _settings: "application")
    monkeypatch.setattr(uvicorn, "Server", Server)
    serve.run(Settings(port=0))
    assert told["host"] == "127.0.0.1"
    config = told["config"]
    assert config.timeout_graceful_shutdown == 5
    assert (config.access_log, config.log_config, config.proxy_headers) == (False, None, False)


def test_a_port_that_is_taken_is_named() -> None:
    with serve.listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InvalidInputError, match=f"port {port}"):
            serve.listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "start"), [("127.0.0.1", "http://127.0.0.1:"), ("::1", "http://[::1]:")])
def test_the_address_for_a_browser(host: str, start: str) -> None:
    try:
        listener = serve.listen(host, 0)
    except InvalidInputError:
        pytest.skip("this machine has no such address")
    with listener:
        assert re.fullmatch(re.escape(start) + r"\d+/", serve.address_of(listener))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A real server in a process of its own, with a corpus of one document."""
    (tmp_path / "release.txt").write_text(OFFICIAL_TEXT, encoding="utf-8")
    shared = ["--database", str(tmp_path / "corpus.sqlite3"), "--model", "hashing"]
    command = [sys.executable, "-m", "headwater.cli.main"]
    subprocess.run([*command, "ingest", str(tmp_path), *shared], check=True, capture_output=True)
    process = subprocess.Popen([*command, "serve", "--port", "0", *shared], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        yield process, next(found[1] for line in process.stderr if (found := re.search(r"listens on (\S+)", line)))
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.mark.slow
def test_a_real_service_from_start_to_end(service: tuple[subprocess.Popen[str], str]) -> None:
    process, address = service
    with httpx.Client(base_url=address) as client:
        while (answer := client.get("/readyz")).status_code != 200:  # the index is being read
            assert answer.json()["type"] == "/problems/not-ready"
        assert answer.json()["ready"] is True
        sent = {"text": "The Border Security Command will receive £57 million."}
        answer = client.post("/v1/match", json=sent)
        assert answer.status_code == 200
        assert "£75 million" in answer.json()["claims"][0]["nearest"][0]["text"]
        assert "server" not in answer.headers
        assert "<form" in client.get("/").text
        pasted = {"article_text": (None, sent["text"]), "against": (None, "corpus")}
        assert client.post("/checks", files=pasted).status_code == 303
        assert client.get("/nowhere").headers["content-type"] == "application/problem+json"
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) in {0, -signal.SIGTERM}
    assert process.stderr is not None
    logged = process.stderr.read()
    assert '"route": "/v1/match"' in logged
    assert "57 million" not in logged
