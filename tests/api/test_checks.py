import httpx
import pytest

from fakes import FakeChecker

pytestmark = pytest.mark.anyio


async def test_match_answers_with_the_report(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    answer = await client.post("/v1/match", json={"text": "Some claim."})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["summary"]["contradicted"] == 1
    assert checker.asked[0][0] == "Some claim."
