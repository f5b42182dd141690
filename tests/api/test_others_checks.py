"""A check is its owner's: to another key it is not there, whatever is asked, and it is not told from what never was."""

from __future__ import annotations

import httpx
import pytest

from factories import ARTICLE
from fakes import MODEL, FakeChecker
from headwater.api.app import create_app
from headwater.corpus.keys import KeyTerms, open_keys
from headwater.corpus.store import CorpusStore
from headwater.settings import Settings

pytestmark = pytest.mark.anyio
ASKED = (
    ("GET", "", None),
    ("GET", "/events", None),
    ("GET", "/report?form=html", None),
    ("POST", "/cancel", None),
    ("POST", "/keep", None),
    ("POST", "/decisions", {"claim": "c1", "decision": "accept"}),
    ("DELETE", "", None),
)


@pytest.mark.parametrize("save", [False, True])
async def test_what_is_anothers_is_not_found(store: CorpusStore, settings: Settings, save: bool) -> None:
    keys = open_keys(store)
    owner, other = (
        {"Authorization": f"Bearer {keys.create(KeyTerms(name, ('check',))).written}"} for name in ("One", "Other")
    )
    app = create_app(FakeChecker(), store, settings, model_id=MODEL)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        body = {"article": {"text": ARTICLE}, "source": {"text": "A source."}, "save": save}
        started = await client.post("/v1/checks", json=body, headers=owner)
        where, nowhere = started.headers["location"], "/v1/checks/" + "A" * 32
        assert "event: done" in (await client.get(f"{where}/events", headers=owner)).text
        for method, end, sent in ASKED:
            told = [
                await client.request(method, f"{place}{end}", json=sent, headers=other) for place in (where, nowhere)
            ]
            assert [answer.status_code for answer in told] == [404, 404], (method, end)
            assert told[0].json()["detail"] == told[1].json()["detail"]
            assert ARTICLE[:20] not in told[0].text
        mine = await client.get(where, headers=owner)
        assert (mine.status_code, mine.json()["state"]) == (200, "done")
        page = await client.get(f"/checks/{where.rpartition('/')[2]}", headers=other | {"Accept": "text/html"})
        assert page.status_code == 404
