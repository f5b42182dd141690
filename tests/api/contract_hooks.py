"""What the contract test asks besides the tool's own checks; loaded by it in a process of its own."""

from __future__ import annotations

import json
from typing import Any

import schemathesis


@schemathesis.check  # type: ignore[untyped-decorator]
def the_schema_tells_all(ctx: Any, response: Any, case: Any) -> None:
    """What fits the published schema is never refused for its shape: other refusals are about what it says."""
    del ctx
    is_valid = case.meta is not None and case.meta.generation.mode is schemathesis.GenerationMode.POSITIVE
    if is_valid and response.status_code == 422:
        assert response.json()["type"] != "/problems/invalid-request", response.text[:500]


@schemathesis.check  # type: ignore[untyped-decorator]
def every_failure_is_a_problem(ctx: Any, response: Any, case: Any) -> None:
    """All failures have one form, and the identifier of the request stands in body and header."""
    del ctx
    assert response.headers.get("x-request-id")
    if response.status_code >= 400 and case.method != "HEAD":
        assert response.headers["content-type"][0] == "application/problem+json"
        body = response.json()
        assert body["type"].startswith("/problems/")
        assert body["status"] == response.status_code
        assert [body["request_id"]] == response.headers["x-request-id"]


@schemathesis.deserializer("application/x-ndjson")  # type: ignore[untyped-decorator]
def lines(ctx: Any, response: Any) -> Any:
    """The last line stands for all: each is of one schema."""
    del ctx
    return json.loads(response.content.rstrip(b"\n").rsplit(b"\n", 1)[-1])
