"""What an address of a database says, and what the driver is given of it."""

import ssl
from pathlib import Path
from typing import Any

import pytest

from headwater.corpus.postgres import address
from headwater.corpus.postgres.address import connection_arguments, parse_database_url
from headwater.domain.errors import CorpusUnavailableError


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PGHOST", "PGUSER", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(address, "SOCKET_FOLDERS", (str(tmp_path),))


def arguments(url: str) -> dict[str, Any]:
    return connection_arguments(parse_database_url(url))


def test_an_address_in_full() -> None:
    found = arguments("postgresql://reporter:p%40ss@db.example:6543/news?connect_timeout=9&application_name=x")
    assert found == {
        "user": "reporter",
        "password": "p@ss",
        "database": "news",
        "host": "db.example",
        "port": 6543,
        "unix_sock": None,
        "ssl_context": None,
        "timeout": 9,
        "application_name": "x",
    }


def test_a_folder_is_that_of_a_socket(tmp_path: Path) -> None:
    found = arguments("postgresql://a@/news?host=/run/pg&port=6000")
    assert (found["unix_sock"], found["host"], found["ssl_context"]) == ("/run/pg/.s.PGSQL.6000", None, False)
    (tmp_path / ".s.PGSQL.5432").touch()
    assert arguments("postgresql://a@/news")["unix_sock"] == f"{tmp_path}/.s.PGSQL.5432"
    assert arguments("postgresql://a@localhost/news")["unix_sock"] is None


def test_what_is_not_said_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert arguments("postgresql://a@/")["host"] == "localhost"
    assert arguments("postgresql://a@/")["database"] == "a"
    monkeypatch.setenv("PGHOST", "other.example")
    monkeypatch.setenv("PGUSER", "somebody")
    monkeypatch.setenv("PGPASSWORD", "secret")
    found = arguments("postgresql:///news")
    assert [found[name] for name in ("host", "user", "password")] == ["other.example", "somebody", "secret"]
    assert arguments("postgresql://b:own@h/news")["password"] == "own"


@pytest.mark.parametrize(
    ("mode", "expected"), [("disable", False), ("allow", None), ("prefer", None), ("require", True)]
)
def test_encryption_as_far_as_asked(mode: str, expected: bool | None) -> None:
    assert arguments(f"postgresql://a@h/b?sslmode={mode}")["ssl_context"] is expected


@pytest.mark.parametrize(("mode", "named"), [("verify-ca", False), ("verify-full", True)])
def test_encryption_with_a_server_that_is_known(mode: str, named: bool) -> None:
    context = arguments(f"postgresql://a@h/b?sslmode={mode}")["ssl_context"]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, named)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("options=-cx", "says options, which is not understood"),
        ("sslmode=perhaps", "sslmode; it must be one of"),
        ("connect_timeout=soon", "says connect_timeout, and no number"),
        ("port=x", "says port, and no number"),
    ],
)
def test_what_is_not_understood_is_refused(query: str, reason: str) -> None:
    with pytest.raises(CorpusUnavailableError, match=reason) as raised:
        parse_database_url(f"postgresql://a:secret@h/b?{query}")
    assert "secret" not in str(raised.value)


def test_certificates_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusUnavailableError, match="sslrootcert"):
        arguments(f"postgresql://a@h/b?sslmode=verify-full&sslrootcert={tmp_path}/none.pem")
