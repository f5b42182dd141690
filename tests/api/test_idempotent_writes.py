"""Every write takes `Idempotency-Key`: sent again it is done once, and answered as before."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from factories import ARTICLE

pytestmark = pytest.mark.anyio


def test_every_write_takes_a_key(app: FastAPI) -> None:
    reading = {"match_text", "match_batch", "compare_texts"}  # POST for the size of what is asked; nothing is changed
    for methods in app.openapi()["paths"].values():
        for method, operation in methods.items():
            names = {parameter["name"] for parameter in operation.get("parameters", ())}
            is_write = method not in {"get", "head"} and operation["operationId"] not in reading
            assert ("Idempotency-Key" in names) == is_write, operation["operationId"]


async def started(client: httpx.AsyncClient) -> str:
    answer = await client.post("/v1/checks", json={"article": {"text": ARTICLE}, "source": {"text": "A source."}})
    assert answer.status_code == 202
    await client.get(f"{answer.headers['location']}/events")  # ends when the check does
    return str(answer.headers["location"])


DECISION: dict[str, Any] = {"claim": "c2", "finding": 0, "decision": "dismiss", "reason": "Corrected since."}


@pytest.mark.parametrize(
    ("method", "end", "body"),
    [("DELETE", "", None), ("POST", "/cancel", None), ("POST", "/keep", None), ("POST", "/decisions", DECISION)],
)
async def test_a_write_that_is_sent_again_is_answered_as_before(
    client: httpx.AsyncClient, method: str, end: str, body: dict[str, Any] | None
) -> None:
    address = await started(client)
    headers = {"Idempotency-Key": "k1"}
    first = await client.request(method, f"{address}{end}", json=body, headers=headers)
    again = await client.request(method, f"{address}{end}", json=body, headers=headers)
    assert first.is_success, first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotent-replay"] == "true"
    assert "idempotent-replay" not in first.headers
    elsewhere = await client.post(
        f"{address}/cancel" if end != "/cancel" else f"{address}/decisions", json=DECISION, headers=headers
    )
    assert elsewhere.status_code in {404, 409}  # one key stands for one write
