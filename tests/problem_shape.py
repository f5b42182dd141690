"""What every failure of the service looks like."""

import httpx

from headwater.api.problems import PROBLEMS

MEMBERS = {"type", "title", "status", "detail", "request_id"}


def assert_problem(answer: httpx.Response, slug: str) -> None:
    """Hold an answer to RFC 9457 and to the row of the table that it names."""
    body = answer.json()
    row = PROBLEMS[slug]
    assert body["type"] == f"/problems/{slug}"
    assert (answer.status_code, body["status"], body["title"]) == (row.status, row.status, row.title)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(body) - MEMBERS <= {"errors", "checks"}
    assert set(body) >= MEMBERS
    assert body["detail"]
    assert body["request_id"] == answer.headers["x-request-id"]
    assert answer.headers.get("retry-after") == (str(row.retry_after) if row.retry_after else None)
    assert answer.headers["x-content-type-options"] == "nosniff"
