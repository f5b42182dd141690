"""What is filled in of the OpenAPI description once the framework has written it.

Fields that say nothing of themselves get their words from `descriptions.toml`; answers get their headers, the links
that lead on from them, and an example each from `examples/answers.json`, which the tests hold to the schemas.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

HERE = Path(__file__).parent
WORDS: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads((HERE / "descriptions.toml").read_text(encoding="utf-8"))
EXAMPLES: Final[Mapping[str, Mapping[str, Any]]] = json.loads(
    (HERE / "examples" / "answers.json").read_text(encoding="utf-8")
)
Json = dict[str, Any]
REQUEST_ID: Json = {
    "description": "Identifier of the request: the caller's own if it has 8 to 64 letters, digits, `_` or `-`.",
    "schema": {"type": "string"},
}
RETRY: Json = {"description": "Seconds after which to try again.", "schema": {"type": "integer", "minimum": 0}}
TAG: Json = {"description": "Of this answer; send it back as `If-None-Match`.", "schema": {"type": "string"}}
LOCATION: Json = {"description": "Address of the check, or of the document.", "schema": {"type": "string"}}
REPLAY: Json = {
    "description": "`true` where this is what a request with the same `Idempotency-Key` was answered before.",
    "schema": {"type": "string"},
}
LEFT: Json = {
    "description": "With a key, what is left of a quota: its name, requests (r), and seconds until all are there (t).",
    "schema": {"type": "string"},
}
POLICY: Json = {
    "description": "All quotas that count for the key: name, requests (q), seconds (w).",
    "schema": {"type": "string"},
}
CHALLENGE: Json = {"description": "How to send a key.", "schema": {"type": "string"}}
ALLOW: Json = {"description": "Methods that the address takes.", "schema": {"type": "string"}}
HEADERS: Final[Mapping[str, Json]] = {
    "X-Request-ID": REQUEST_ID,
    "Retry-After": RETRY,
    "RateLimit": LEFT,
    "RateLimit-Policy": POLICY,
    "ETag": TAG,
    "Location": LOCATION,
    "Idempotent-Replay": REPLAY,
    "WWW-Authenticate": CHALLENGE,
    "Allow": ALLOW,
}
OF_STATUS: Final[Mapping[str, tuple[str, ...]]] = {
    "401": ("WWW-Authenticate",),
    "429": ("Retry-After", "RateLimit", "RateLimit-Policy"),
    "503": ("Retry-After",),
    "304": ("ETag",),
}
LOCATED = frozenset({("start_check", "202"), ("add_document", "201"), ("add_document", "200")})
TAGGED = frozenset({"show_document", "look_at_document", "show_coverage"})
LINKED = ("show_check", "watch_check", "take_report", "cancel_check", "keep_check", "delete_check", "decide_finding")
OF_DOCUMENTS = ("show_document", "look_at_document", "delete_document")


def complete(description: Json) -> None:
    """Fill in what the description lacks.

    Args:
        description: As the framework wrote it; changed in place.
    """
    _describe_fields(description["components"]["schemas"])
    description["components"]["headers"] = dict(HEADERS)
    for operation in _operations(description):
        _describe_parameters(operation)
        for status, answer in operation["responses"].items():
            answer["headers"] = {
                name: {"$ref": f"#/components/headers/{name}"} for name in _headers_of(operation, status)
            }
        _add_examples(operation)
        if operation["operationId"] == "start_check":
            operation["responses"]["202"]["links"] = {name: _link(name, "check_id", "id") for name in LINKED}
        if operation["operationId"] == "add_document":
            for status in ("200", "201"):
                links = {name: _link(name, "document_id", "document/id") for name in OF_DOCUMENTS}
                operation["responses"][status]["links"] = links


def _operations(description: Json) -> Iterator[Json]:
    for methods in description["paths"].values():
        yield from methods.values()


def _describe_fields(schemas: Mapping[str, Json]) -> None:
    for name, schema in schemas.items():
        for field, found in schema.get("properties", {}).items():
            words = WORDS.get(name, {}).get(field) or WORDS["fields"].get(field)
            if words and "description" not in found:
                found["description"] = words


def _describe_parameters(operation: Json) -> None:
    for parameter in operation.get("parameters", ()):
        words = WORDS["parameters"].get(parameter["name"].lower())
        if words and "description" not in parameter:
            parameter["description"] = words


def _headers_of(operation: Json, status: str) -> Iterator[str]:
    yield "X-Request-ID"
    yield from OF_STATUS.get(status, ())
    if operation["operationId"] in TAGGED and status == "200":
        yield "ETag"
    if (operation["operationId"], status) in LOCATED:
        yield "Location"
    names = {parameter["name"].lower() for parameter in operation.get("parameters", ())}
    if "idempotency-key" in names and status.startswith("2"):
        yield "Idempotent-Replay"


def _link(operation: str, parameter: str, place: str) -> Json:
    return {"operationId": operation, "parameters": {parameter: f"$response.body#/{place}"}}


def _add_examples(operation: Json) -> None:
    for status, examples in EXAMPLES.get(operation["operationId"], {}).items():
        for media_type, value in examples.items():
            content = operation["responses"][status].setdefault("content", {}).setdefault(media_type, {})
            content.setdefault("example", value)
