"""The whole service with nothing faked but the model: the seed release in the corpus, good and bad texts."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from headwater import wiring
from headwater.api.answers import CheckAnswer
from headwater.api.app import create_app
from headwater.settings import Settings
from headwater.sources.ingest import ingest
from headwater.wiring import open_parts, open_store
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

SEED = Path(__file__).parents[2] / "fixtures" / "seed"
ARTICLE = (SEED / "article.txt").read_text(encoding="utf-8")
RELEASE = (SEED / "release.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(database=tmp_path_factory.mktemp("corpus") / "corpus.sqlite3", model="hashing")
    with open_store(settings) as store:
        parts = open_parts(settings, store)
        ingest([SEED / "release.txt"], store, parts.encoder)
        app = create_app(parts.checker, store, settings, model_id=parts.encoder.model_id)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            yield client


async def ask(service: httpx.AsyncClient, path: str, **body: object) -> CheckAnswer:
    answer = await service.post(path, content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code == 200, answer.text
    return CheckAnswer.model_validate_json(answer.content)


async def test_the_seed_pair_is_checked_against_the_corpus(service: httpx.AsyncClient) -> None:
    answer = await ask(service, "/v1/match", text=ARTICLE, context={"published": "2024-11-07"})
    assert answer.summary["contradicted"] == 0
    assert len(answer.claims) > 30
    for claim in answer.claims:
        assert ARTICLE[claim.span.start : claim.span.end] == claim.text
        for passage in claim.evidence + claim.nearest:
            assert RELEASE[passage.span.start : passage.span.end] == passage.text
            assert passage.document.publisher == "Prime Minister's Office, 10 Downing Street"
            assert passage.document.attribution
    assert [(repair.text, repair.repaired) for repair in answer.repairs] == [("ÂŁ", "£")]


async def test_spans_of_both_sides_are_of_the_texts_that_were_sent(service: httpx.AsyncClient) -> None:
    answer = await ask(service, "/v1/compare", text=ARTICLE, source=RELEASE)
    findings = [finding for claim in answer.claims for finding in claim.findings]
    assert any(finding.official for finding in findings)
    for finding in findings:
        assert ARTICLE[finding.claimed.span.start : finding.claimed.span.end] == finding.claimed.text
        if finding.official is not None:
            assert RELEASE[finding.official.span.start : finding.official.span.end] == finding.official.text
    for omission in answer.omissions:
        assert RELEASE[omission.span.start : omission.span.end] == omission.text


async def test_the_same_check_twice_is_the_same(service: httpx.AsyncClient) -> None:
    first, second = [await ask(service, "/v1/match", text=ARTICLE) for _ in range(2)]
    assert first.model_copy(update={"elapsed_ms": {}}) == second.model_copy(update={"elapsed_ms": {}})


async def test_the_lines_of_the_seed_article_are_its_plain_answer_claim_by_claim(service: httpx.AsyncClient) -> None:
    body = json.dumps({"text": ARTICLE, "context": {"published": "2024-11-07"}})
    headers = {"content-type": "application/json"}
    plain = (await service.post("/v1/match", content=body, headers=headers)).json()
    lined = await service.post("/v1/match", content=body, headers={**headers, "accept": "application/x-ndjson"})
    *steps, summary = [json.loads(line) for line in lined.content.splitlines()]
    assert [claim for step in steps for claim in step["claims"]] == plain["claims"]
    assert [step["decided"] for step in steps] == list(range(steps[0]["sentences"] + 1))
    for name in plain.keys() - {"claims", "elapsed_ms"}:
        assert summary[name] == plain[name]
    assert summary["totals"]["claims"] == len(plain["claims"])
    assert 0 < summary["totals"]["found_share"] < 1


ODD_TEXTS = [
    "word",
    "£",
    "1",
    "“",
    "“We need to go further.",
    "a\x00b 5\x1b[31m million\x7f\x9b",
    "\ud83d alone 5 million",
    "أعلن رئيس الوزراء اتفاقات جديدة مع ثلاث دول بقيمة ٧٥ مليون جنيه.",
    "政府は新しい協定を発表した。",
    "👩‍👩‍👧‍👦 costs £5",
    "e\u0301" * 1_000,
    "\u202eright to left 100,000",
    "１２３ people",
    "9" * 5_000,
    "£" * 5_000,
    "“" * 5_000,
    "(" * 5_000,
    "said " * 200,
    "1,2,3," * 10,
    "2024-13-45 99/99/9999 31 February 0000",
    "\n" * 5_000 + "word",
    "A. " * 3_000,
    "per cent of per cent of per cent",
    "ÂŁÂŁÂŁ75 million",
]


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[:16]))
async def test_odd_texts_get_a_verdict_or_a_problem(service: httpx.AsyncClient, text: str) -> None:
    for path, body in (("/v1/match", {"text": text}), ("/v1/compare", {"text": text, "source": text})):
        answer = await service.post(path, content=json.dumps(body), headers={"content-type": "application/json"})
        if not any(character.isalnum() for character in text):
            assert_problem(answer, "empty-text")
            continue
        checked = CheckAnswer.model_validate_json(answer.content)
        assert checked.summary["contradicted"] == 0
        assert answer.status_code == 200


async def test_the_page_shows_the_whole_article(service: httpx.AsyncClient) -> None:
    begun = await service.post("/v1/checks", json={"article": {"text": ARTICLE}, "source": {"text": RELEASE}})
    await service.get(f"{begun.headers['location']}/events")  # ends when the check does
    page = await service.get(begun.headers["location"].removeprefix("/v1"))
    assert page.status_code == 200
    assert page.text.count("<article") > 30


async def test_the_service_says_why_it_cannot_check(tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "corpus.sqlite3", model="hashing")
    with wiring.open_store(settings) as store:
        parts = open_parts(settings, store)
        app = create_app(parts.checker, store, settings, model_id=parts.encoder.model_id)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
            assert_problem(await client.post("/v1/match", json={"text": "A claim."}), "empty-corpus")
            assert_problem(await client.get("/readyz"), "not-ready")
            compared = await client.post("/v1/compare", json={"text": "A claim.", "source": "A source."})
            assert compared.status_code == 200
