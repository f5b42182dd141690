"""What the OpenAPI description says beyond the types: examples, and every problem an address can answer with."""

from __future__ import annotations

import json
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from headwater.api.answers import ProblemAnswer
from headwater.api.checks.requests import CheckRequest
from headwater.api.described import complete
from headwater.api.handed_in import DocumentRequest
from headwater.api.problems import MEDIA_TYPE, PROBLEMS, Problem
from headwater.api.streams import NDJSON, ClaimsLine, ProblemLine, SummaryLine
from headwater.report.linked import MEDIA_TYPE as LINKED_TYPE

EXAMPLES = Path(__file__).with_name("examples")
REF = "#/components/schemas/{model}"

DESCRIPTION = """
Trace news text to the official words it came from, and name every difference that matters.

A verdict says what the official source says, never whether a statement is right. `not_in_source` says that the
source does not state it, which is no word against it, and the nearest passage is no support.

All spans are half-open ranges of **Unicode code points**, counted from 0: not bytes, and not the UTF-16 units that
JavaScript counts. A span of a claim, a repair or the claimed side of a finding is of the text that was sent; a span
of a passage or the official side is of the stored document's text (for `/v1/compare`: of `source`). A lone surrogate,
which no encoding can carry, is taken in and comes back as U+FFFD, one for one, so that positions hold.

Every failure is `application/problem+json` (RFC 9457); its `type` is the address of a page of this service.
"""

KEYS_TEXT = (
    "A key of the form `hw_ID_SECRET`, made by `headwater keys create`. A service for which none was ever made answers "
    "its own machine without. Answers to a request with a key carry `RateLimit` (what is left, and the seconds until "
    "all is there again) and `RateLimit-Policy`, and the former `RateLimit-Limit`, `RateLimit-Remaining` and "
    "`RateLimit-Reset`."
)
KEYLESS = frozenset({"/healthz", "/readyz"})
LINKED_SCHEMA = {
    "type": "object",
    "description": "JSON-LD in the terms of schema.org: which official words the text is based on; no rating of it.",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"type": "string", "description": "https://schema.org"},
        "@graph": {"type": "array", "items": {"type": "object"}, "description": "Article, documents, passages."},
    },
}
Responses = dict[int | str, dict[str, Any]]


class DescribedAPI(FastAPI):
    """FastAPI whose description also holds the schemas that no route returns by itself: problems, lines of a stream."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description, made once."""
        if self.openapi_schema is None:
            schemas = super().openapi().setdefault("components", {}).setdefault("schemas", {})
            unreturned = (ProblemAnswer, ClaimsLine, SummaryLine, ProblemLine, CheckRequest, DocumentRequest)
            _, parts = models_json_schema([(model, "serialization") for model in unreturned], ref_template=REF)
            schemas.update(parts["$defs"])
            _describe_keys(super().openapi())
            _mend_examples(super().openapi())
            complete(super().openapi())
        described: dict[str, Any] = super().openapi()
        return described


def _describe_keys(description: dict[str, Any]) -> None:
    scheme = {"type": "http", "scheme": "bearer", "description": KEYS_TEXT}
    description["components"]["securitySchemes"] = {"key": scheme}
    for path, methods in description["paths"].items():
        for operation in methods.values():
            operation["security"] = [] if path in KEYLESS else [{}, {"key": []}]


def declare(*slugs: str, keyed: bool = True) -> Responses:
    """Declare the problems that an address can answer with, grouped by status; `keyed` ones may need a key."""
    everywhere = (*EVERYWHERE, *KEY_PROBLEMS) if keyed else EVERYWHERE
    unique = dict.fromkeys((*slugs, *everywhere))
    problems = sorted((PROBLEMS[slug] for slug in unique), key=attrgetter("status"))
    return {status: _declared(list(group)) for status, group in groupby(problems, key=attrgetter("status"))}


def example_requests(name: str) -> dict[str, Any]:
    """Return the examples of a request body, in the form that a route adds to its description."""
    examples = json.loads((EXAMPLES / f"{name}_requests.json").read_text(encoding="utf-8"))
    return {"requestBody": {"content": {"application/json": {"examples": examples}}}}


def example_answer(name: str, **also: Any) -> Responses:
    """Return examples of an answer, in the form that a route declares; `also` are further forms by media type."""
    text, linked = {"schema": {"type": "string"}}, {"schema": LINKED_SCHEMA}
    json_form = {"examples": _answers(name)}
    return {200: {"content": {"application/json": json_form, "text/plain": text, LINKED_TYPE: linked, **also}}}


def _answers(name: str) -> dict[str, Any]:
    typical = json.loads((EXAMPLES / f"{name}_answer.json").read_text(encoding="utf-8"))
    verdicts: dict[str, Any] = json.loads((EXAMPLES / "verdicts.json").read_text(encoding="utf-8"))
    return {"typical": {"summary": "As the first example of a request is answered", "value": typical}, **verdicts}


def _mend_examples(description: dict[str, Any]) -> None:
    """Put the examples in again: the framework leaves out what is null, and answers do not."""
    for name in ("match", "compare"):
        content = description["paths"][f"/v1/{name}"]["post"]["responses"]["200"]["content"]
        content["application/json"]["examples"] = _answers(name)


def answer_lines() -> dict[str, Any]:
    """Return how an answer in lines is declared: one JSON value a line."""
    models = (ClaimsLine, SummaryLine, ProblemLine)
    return {NDJSON: {"schema": {"oneOf": [{"$ref": REF.format(model=model.__name__)} for model in models]}}}


def _declared(problems: list[Problem]) -> dict[str, Any]:
    content = {
        "schema": {"$ref": REF.format(model=ProblemAnswer.__name__)},
        "examples": {problem.slug: {"summary": problem.title, "value": _example(problem)} for problem in problems},
    }
    titles = "; ".join(problem.title for problem in problems)
    return {"description": titles, "content": {MEDIA_TYPE: content}}


def _example(problem: Problem) -> dict[str, Any]:
    places = [{"location": "body.context.published", "message": "Input should be a day as YYYY-MM-DD"}]
    return {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.meaning,
        "request_id": "5f0c2d1e9b7a4c3d8e6f1a2b3c4d5e6f",
        **({"errors": places} if problem.slug == "invalid-request" else {}),
    }


EVERYWHERE = ("host-not-allowed", "internal-error")
KEY_PROBLEMS = ("key-required", "invalid-key", "key-scope", "rate-limited", "quota-used-up", "corpus-unavailable")
BODY_PROBLEMS = ("unreadable-body", "too-slow", "body-too-large", "unsupported-media-type", "invalid-request")
BROWSER_PROBLEMS = ("cross-site", "client-unnamed")
TEXT_PROBLEMS = (
    *BODY_PROBLEMS,
    *BROWSER_PROBLEMS,
    "empty-text",
    "text-too-long",
    "overloaded",
    "check-too-long",
    "model-unavailable",
    "not-ready",
)
COMPARE_PROBLEMS = declare(*TEXT_PROBLEMS)
MATCH_PROBLEMS = declare(*TEXT_PROBLEMS, "empty-corpus", "model-mismatch", "corpus-unavailable")
DOCUMENT_PROBLEMS = declare("not-found", "invalid-request", "corpus-unavailable")
SOURCE_PROBLEMS = ("address-refused", "publisher-unavailable", "not-found")
FILE_PROBLEMS = ("invalid-input", "unreadable-file", "file-too-large")
CHECK_JOB_PROBLEMS = declare(
    *TEXT_PROBLEMS, *FILE_PROBLEMS, *SOURCE_PROBLEMS, "idempotency-conflict", "corpus-unavailable"
)
FIND_JOB_PROBLEMS = declare(*BODY_PROBLEMS, *BROWSER_PROBLEMS, "not-found", "invalid-input", "corpus-unavailable")
CHANGE_JOB_PROBLEMS = declare(
    *BODY_PROBLEMS, *BROWSER_PROBLEMS, "not-found", "invalid-input", "idempotency-conflict", "corpus-unavailable"
)
INGEST_PROBLEMS = declare(
    *BODY_PROBLEMS,
    *BROWSER_PROBLEMS,
    *FILE_PROBLEMS,
    *SOURCE_PROBLEMS,
    "empty-text",
    "text-too-long",
    "overloaded",
    "model-unavailable",
    "idempotency-conflict",
    "corpus-unavailable",
)
DELETE_DOCUMENT_PROBLEMS = declare(
    *BODY_PROBLEMS, *BROWSER_PROBLEMS, "not-found", "overloaded", "idempotency-conflict", "corpus-unavailable"
)
READY_PROBLEMS = declare("not-ready", keyed=False)
PLAIN_PROBLEMS = declare(keyed=False)
VERSION_PROBLEMS = declare()
