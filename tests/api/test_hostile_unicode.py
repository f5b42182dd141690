"""Bidirectional controls and lone surrogates: taken out or carried, and never obeyed."""

import json

import httpx
import pytest

from headwater.text.normalise import normalise

pytestmark = pytest.mark.anyio
BIDIRECTIONAL = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize("control", BIDIRECTIONAL)
async def test_controls_of_direction_are_not_read(control: str) -> None:
    found = normalise(f"The fund is £{control}75 million.")
    assert found.text == "The fund is £75 million."


@pytest.mark.parametrize("text", ["A \ud800 claim.", "\udfff", "\ufffe a", "a\u0000b", "\u202eevil a"])
async def test_no_text_breaks_an_answer(client: httpx.AsyncClient, text: str) -> None:
    body = json.dumps({"text": text}).encode()  # lone surrogates as escapes, the one form in which JSON carries them
    answer = await client.post("/v1/match", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {200, 422}
    answer.json()
