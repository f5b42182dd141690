"""The address of a PostgreSQL database as libpq writes it, and what is needed to connect to it."""

from __future__ import annotations

import getpass
import os
import ssl
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from headwater.domain.errors import CorpusUnavailableError

DRIVER = "postgresql+pg8000"
PORT = 5432
CONNECT_SECONDS = 5  # until a server that does not answer is given up
APPLICATION = "headwater"
SOCKET_FOLDERS = ("/var/run/postgresql", "/tmp")  # noqa: S108 - where servers put theirs; asked where no host is named
UNDERSTOOD = frozenset({"host", "port", "sslmode", "sslrootcert", "connect_timeout", "application_name"})
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def parse_database_url(url: str) -> URL:
    """Return the address of a PostgreSQL database, with the driver that is used.

    Args:
        url: "postgresql://user:password@host:port/name"; "postgres://" is taken, too. After a question mark may stand
            what libpq knows by the names in `UNDERSTOOD`.

    Raises:
        CorpusUnavailableError: If it is none. The message does not repeat it: it may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or parsed.drivername.partition("+")[0] not in {"postgresql", "postgres"}:
        raise CorpusUnavailableError(
            "the address of the database must be written as postgresql://user:password@host:port/name"
        )
    unknown = sorted(set(parsed.query) - UNDERSTOOD)
    if unknown:
        raise CorpusUnavailableError(
            f"the address of the database says {unknown[0]}, which is not understood; "
            f"understood are {', '.join(sorted(UNDERSTOOD))}"
        )
    _integer(parsed, "port", PORT), _integer(parsed, "connect_timeout", CONNECT_SECONDS), _ssl_mode(parsed)
    return parsed.set(drivername=DRIVER)


def connection_arguments(url: URL) -> dict[str, Any]:
    """Return what the driver is given to connect.

    Args:
        url: From `parse_database_url`.

    Raises:
        CorpusUnavailableError: If the certificates it names cannot be read.
    """
    port = url.port or _integer(url, "port", PORT)
    host = url.host or _said(url, "host") or os.environ.get("PGHOST", "") or _socket_folder(port) or "localhost"
    is_socket = host.startswith("/")
    user = url.username or os.environ.get("PGUSER") or getpass.getuser()
    return {
        "user": user,
        "password": url.password if url.password is not None else os.environ.get("PGPASSWORD"),
        "database": url.database or user,
        "host": None if is_socket else host,
        "port": port,
        "unix_sock": f"{host}/.s.PGSQL.{port}" if is_socket else None,
        "ssl_context": False if is_socket else _ssl_context(url),
        "timeout": _integer(url, "connect_timeout", CONNECT_SECONDS),
        "application_name": _said(url, "application_name") or APPLICATION,
    }


def _said(url: URL, name: str) -> str:
    said = url.query.get(name, "")
    return said if isinstance(said, str) else said[-1]


def _integer(url: URL, name: str, default: int) -> int:
    said = _said(url, name) or str(default)
    if not (said.isascii() and said.isdigit()):
        raise CorpusUnavailableError(f"the address of the database says {name}, and no number after it")
    return int(said)


def _ssl_mode(url: URL) -> str:
    mode = _said(url, "sslmode") or "prefer"
    if mode not in SSL_MODES:
        raise CorpusUnavailableError(
            f"the address of the database says sslmode; it must be one of {', '.join(SSL_MODES)}"
        )
    return mode


def _ssl_context(url: URL) -> ssl.SSLContext | bool | None:
    """Return how the connection is to be encrypted; None where the server may choose."""
    mode, authority = _ssl_mode(url), _said(url, "sslrootcert")
    if mode in {"disable", "allow", "prefer"}:
        return False if mode == "disable" else None
    if mode == "require" and not authority:
        return True  # encrypted, and nobody asked who it is
    try:
        context = ssl.create_default_context(cafile=authority or None)
    except OSError as error:
        raise CorpusUnavailableError(f"the certificates that sslrootcert names cannot be read: {error}") from error
    context.check_hostname = mode == "verify-full"
    return context


def _socket_folder(port: int) -> str:
    return next((folder for folder in SOCKET_FOLDERS if Path(folder, f".s.PGSQL.{port}").exists()), "")
