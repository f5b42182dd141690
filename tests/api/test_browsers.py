"""What a browser may send: nothing for a web page, everything for an extension; other programs need nothing."""

import httpx
import pytest
from fastapi import FastAPI

from fakes import FakeChecker
from headwater.api.app import create_app
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings, SettingsError, load_settings
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

CHROME = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"
FIREFOX = "moz-extension://11111111-2222-4333-8444-555555555555"
CLIENT = {"x-headwater-client": "addon/0.1.0"}
OWN = "http://127.0.0.1"
ASKED = {"access-control-request-method": "POST", "access-control-request-headers": "content-type,x-headwater-client"}
CLAIM = {"text": "Some claim."}


def granting(store: CorpusStore, settings: Settings, *origins: str) -> httpx.AsyncClient:
    app: FastAPI = create_app(
        FakeChecker(), store, settings.model_copy(update={"extension_origins": origins}), model_id="m"
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=OWN)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"user-agent": "curl/8"},
        {**CLIENT, "origin": CHROME},
        {**CLIENT, "origin": FIREFOX, "sec-fetch-site": "none"},
        {**CLIENT, "origin": OWN, "sec-fetch-site": "same-origin"},
        {**CLIENT, "sec-fetch-site": "none"},
    ],
)
@pytest.mark.parametrize("path", ["/v1/match", "/v1/compare"])
async def test_programs_and_extensions_are_answered(
    client: httpx.AsyncClient, path: str, headers: dict[str, str]
) -> None:
    body = {**CLAIM, "source": "A source."} if path == "/v1/compare" else CLAIM
    answer = await client.post(path, json=body, headers=headers)
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": CHROME},
        {"origin": OWN},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": CHROME, "x-headwater-client": ""},
        {"origin": CHROME, "x-headwater-client": "no version"},
        {"origin": CHROME, "x-headwater-client": "a/" + "1" * 41},
    ],
)
@pytest.mark.parametrize("path", ["/v1/match", "/v1/compare", "/v1/nowhere"])
async def test_a_browser_must_name_its_client(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> None:
    assert_problem(await client.post(path, json=CLAIM, headers=headers), "client-unnamed")


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://news.example",
        "http://127.0.0.1:9999",
        "http://127.0.0.1.evil.example",
        "http://localhost",
        "http://[",
    ],
)
async def test_no_page_of_another_site_may_send_even_with_the_header(client: httpx.AsyncClient, origin: str) -> None:
    answer = await client.post("/v1/match", json=CLAIM, headers={**CLIENT, "origin": origin})
    assert_problem(answer, "cross-site")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("headers", [{}, CLIENT, {**CLIENT, "origin": CHROME}])
async def test_what_a_form_can_send_is_read_by_no_address(
    client: httpx.AsyncClient, media_type: str, headers: dict[str, str]
) -> None:
    answer = await client.post(
        "/v1/match", content=b'{"text": "Some claim."}', headers={**headers, "content-type": media_type}
    )
    assert_problem(answer, "unsupported-media-type")


@pytest.mark.parametrize("origin", [CHROME, FIREFOX, "https://news.example", OWN])
async def test_no_preflight_is_granted_unless_an_operator_lists_the_extension(
    client: httpx.AsyncClient, origin: str
) -> None:
    answer = await client.options("/v1/match", headers={"origin": origin, **ASKED})
    assert_problem(answer, "method-not-allowed")
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_a_listed_extension_may_read_and_no_other(store: CorpusStore, settings: Settings) -> None:
    async with granting(store, settings, CHROME) as client:
        preflight = await client.options("/v1/match", headers={"origin": CHROME, **ASKED})
        assert preflight.status_code == 204
        assert "X-Headwater-Client" in preflight.headers["access-control-allow-headers"]
        answers = [
            preflight,
            await client.post("/v1/match", json=CLAIM, headers={**CLIENT, "origin": CHROME}),
            await client.post("/v1/match", json=CLAIM, headers={"origin": CHROME}),
            await client.get("/version", headers={"origin": CHROME}),
            await client.post("/v1/match", json={}, headers={**CLIENT, "origin": CHROME}),
        ]
        assert [answer.status_code for answer in answers] == [204, 200, 403, 200, 422]
        assert {answer.headers["access-control-allow-origin"] for answer in answers} == {CHROME}
        assert {answer.headers["vary"] for answer in answers} == {"Origin"}
        for other in (FIREFOX, "https://news.example", "null"):
            answer = await client.options("/v1/match", headers={"origin": other, **ASKED})
            assert answer.status_code == 405
            assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("given", ["*", "https://news.example", "chrome-extension://", "chrome-extension://*", "null"])
def test_only_extensions_can_be_listed(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("HEADWATER_EXTENSION_ORIGINS", f"{CHROME},{given}")
    with pytest.raises(SettingsError, match="HEADWATER_EXTENSION_ORIGINS"):
        load_settings()


def test_listed_extensions_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().extension_origins == ()
    monkeypatch.setenv("HEADWATER_EXTENSION_ORIGINS", f"{CHROME}, {FIREFOX},")
    assert load_settings().extension_origins == (CHROME, FIREFOX)
