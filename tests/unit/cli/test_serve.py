"""`headwater serve`: what the server is told."""

import pkgutil
from typing import Any

import pytest
import uvicorn

from headwater.cli import serve
from headwater.settings import Settings


def test_the_application_is_named_rightly() -> None:
    assert callable(pkgutil.resolve_name(serve.APPLICATION))


def test_the_server_is_closed_to_the_outside_and_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {}
    monkeypatch.setattr(pkgutil, "resolve_name", lambda _name: lambda settings: ("application", settings))
    monkeypatch.setattr(uvicorn, "run", lambda application, **options: told.update(options, application=application))
    settings = Settings(port=0)
    serve.run(settings)
    assert told["application"] == ("application", settings)
    assert told["host"] == "127.0.0.1"
    assert told["timeout_graceful_shutdown"] == 5
    assert told["access_log"] is False
    assert told["log_config"] is None
    assert told["proxy_headers"] is False
