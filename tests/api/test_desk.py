"""The newsroom desk without its script: the form, a check as far as it is, and what is decided on it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import anyio
import httpx
import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser

from factories import ARTICLE, HOSTILE, OFFICIAL_TEXT, make_hostile_report
from fakes import FakeChecker
from headwater.checking import CheckContext
from headwater.desk.assets import assets, digest
from headwater.domain.errors import EmptyCorpusError
from headwater.report.wording import VERDICT_WORDING
from problem_shape import assert_problem

pytestmark = pytest.mark.anyio

FIELDS = {"content-type": "application/x-www-form-urlencoded"}
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
RELEASE = {"article_text": ARTICLE, "source_text": OFFICIAL_TEXT}
CORPUS = {"article_text": ARTICLE, "against": "corpus"}


async def send(client: httpx.AsyncClient, fields: Mapping[str, object], **files: tuple[str, bytes]) -> httpx.Response:
    parts = {name: (None, str(value).encode("utf-8", "replace")) for name, value in fields.items()}
    return await client.post("/checks", files={**parts, **files})


async def finished(client: httpx.AsyncClient, answer: httpx.Response) -> httpx.Response:
    """The page of a check, once it is over."""
    assert answer.status_code == 303, answer.text
    address = answer.headers["location"]
    with anyio.fail_after(20):
        while True:
            page = await client.get(address)
            assert page.status_code == 200
            if tree(page).css_first("#progress").attributes["data-state"] not in {"waiting", "running"}:
                return page
            await anyio.sleep(0.01)


async def checked(
    client: httpx.AsyncClient, fields: Mapping[str, object], **files: tuple[str, bytes]
) -> httpx.Response:
    return await finished(client, await send(client, fields, **files))


def tree(page: httpx.Response) -> LexborHTMLParser:
    return LexborHTMLParser(page.text)


def words(page: httpx.Response, selector: str = "body") -> str:
    return " ".join(tree(page).css_first(selector).text(separator=" ").split())


async def test_the_empty_form(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    form = tree(page).css_first("form")
    assert (form.attributes["action"], form.attributes["enctype"]) == ("/checks", "multipart/form-data")
    names = [field.attributes["name"] for field in form.css("[name]")]
    assert names[:3] == ["article_text", "article_file", "published"]
    assert {"against", "source_text", "source_file", "as_of", "save", "style_serial_comma"} <= set(names)
    assert " style=" not in page.text
    assert "onclick" not in page.text


async def test_the_policy_of_the_pages(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "same-origin"
    scripts = tree(page).css("script")
    assert [script.text() for script in scripts] == [""]


async def test_the_methods_of_the_pages(client: httpx.AsyncClient) -> None:
    assert (await client.head("/")).status_code == 200
    for method, path, allowed in (("DELETE", "/", {"GET", "HEAD"}), ("DELETE", "/checks/x/decide", {"POST"})):
        answer = await client.request(method, path)
        assert_problem(answer, "method-not-allowed")
        assert set(answer.headers["allow"].split(", ")) == allowed
    again = await client.get("/checks")
    assert (again.status_code, again.headers["location"]) == (303, "/")


async def test_a_text_is_checked_against_the_corpus(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    await checked(client, {**CORPUS, "published": "2024-11-08", "style_percent": "on", "source_text": "left over"})
    context = CheckContext(published=date(2024, 11, 8), house_style=("percent",))
    assert checker.asked == [(ARTICLE, context, None, None)]


async def test_a_text_is_compared_with_a_release(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    fields = {"source_published": "2024-11-07", "source_title": "New deals", "source_publisher": "Home Office"}
    page = await checked(client, {**RELEASE, **fields, "title": "Gangs"})
    [(text, source, context, known)] = checker.asked
    assert (text, source) == (ARTICLE, OFFICIAL_TEXT)
    assert context == CheckContext(title="Gangs", house_style=())
    assert (known.title, known.publisher, known.published) == ("New deals", "Home Office", date(2024, 11, 7))
    assert words(page, "h1") == "Gangs"


async def test_a_file_goes_before_what_was_pasted(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    page = await checked(client, RELEASE, article_file=("a.html", b"<h1>Big</h1><p>A claim in a page.</p>"))
    assert "A claim in a page." in str(checker.asked[0][0])
    assert words(page, "h1") != ""
    await checked(client, RELEASE, article_file=("", b""))
    assert checker.asked[1][0] == ARTICLE


async def test_a_document_of_the_corpus_stands_for_the_release(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    named = {"source_document": "https://www.gov.uk/government/news/new-deals", "source_text": "left over"}
    page = await checked(client, {**CORPUS, **named})
    assert checker.asked[0][:2] == (ARTICLE, OFFICIAL_TEXT)
    assert [p.text() for p in tree(page).css("#documents p[id]")] == OFFICIAL_TEXT.split("\n\n")
    refused = await send(client, {**CORPUS, "source_document": "https://www.gov.uk/none"})
    assert tree(refused).css_first("[role=alert] a").attributes["href"] == "/problems/not-found"


async def test_an_address_that_is_not_listed_is_refused_above_the_form(client: httpx.AsyncClient) -> None:
    page = await send(client, {"article_text": ARTICLE, "source_url": "https://evil.example/release"})
    assert tree(page).css_first("[role=alert] a").attributes["href"] == "/problems/address-refused"
    assert tree(page).css_first("#source_url").attributes["value"] == "https://evil.example/release"


async def test_line_ends_are_those_that_were_pasted(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    await checked(
        client, {"article_text": "One claim.\r\n\r\nTwo.", "source_text": OFFICIAL_TEXT.replace("\n", "\r\n")}
    )
    assert checker.asked[0][:2] == ("One claim.\n\nTwo.", OFFICIAL_TEXT)


async def test_the_page_of_a_check_says_everything(client: httpx.AsyncClient) -> None:
    text = words(await checked(client, RELEASE))
    for wording in VERDICT_WORDING.values():
        assert wording.word in text
    for said in (
        "£18 million less", "Home Office, “New deals to smash the gangs”, 2024-11-07", "Contains public sector",
        "Prime Minister , in", "Not stated: More than 31,000", "The nearest passage, which is no support",
        "No official source found on this topic.", "wrongly decoded characters at", "searched by words alone",
        "leaves out", "Receipt", "rules 2026.11.2",
    ):  # fmt: skip
        assert said in text, said
    assert re.search(r"\b(true|false|fake)\b", text, re.IGNORECASE) is None


async def test_both_texts_stand_beside_the_claims_with_the_words_of_findings_marked(client: httpx.AsyncClient) -> None:
    page = tree(await checked(client, RELEASE))
    assert " ".join(page.css_first("#article").text().split()) == f"Article {ARTICLE}"
    assert [p.text() for p in page.css("#documents p[id]")] == OFFICIAL_TEXT.split("\n\n")
    link = page.css_first("#article a[data-claim=c1]")
    assert (link.attributes["href"], link.text()) == ("#c1", "Nearly 100,000 people passed through.")
    for place in ("#article", "#c2 .claimed"):
        assert page.css_first(f"{place} mark[data-findings~='c2-0']").text() == "£57 million"
    for place in ("#documents p[data-claims~=c2]", "#c2 blockquote"):
        assert page.css_first(f"{place} mark[data-findings~='c2-0']").text() == "£75 million"


async def test_parts_are_what_changed_since_a_step(client: httpx.AsyncClient) -> None:
    address = (await checked(client, RELEASE)).url.path
    page = await client.get(f"{address}/parts", params={"after": 3})
    parts = tree(page).css_first("#parts")
    assert (parts.attributes["data-after"], parts.attributes["data-state"]) == ("7", "done")
    assert [card.attributes["id"] for card in parts.css(".card")] == ["c3", "c4", "c5", "c6"]
    assert {child.attributes["id"] for child in parts.iter()} >= {"progress", "summary", "takeaway", "results", "a0"}
    assert (await client.get(f"{address}/parts", params={"after": -1})).status_code == 422


async def test_events_say_the_numbers_of_the_steps(client: httpx.AsyncClient) -> None:
    address = (await checked(client, RELEASE)).url.path
    told = (await client.get(f"{address}/events", params={"after": 5})).text
    assert re.findall(r"event: (\w+)\ndata: (\w+)", told) == [("step", "6"), ("step", "7"), ("end", "done")]
    cut_off = await client.get(f"{address}/events", params={"after": 1}, headers={"last-event-id": "6"})
    assert re.findall(r"data: (\w+)", cut_off.text) == ["7", "done"]
    assert "million" not in told


async def test_a_finding_is_dismissed_with_a_reason_and_the_receipt_says_so(client: httpx.AsyncClient) -> None:
    address = (await checked(client, RELEASE)).url.path
    fields = {"claim": "c2", "finding": "0", "decision": "dismiss", "reason": "Confirmed", "who": "A. Editor"}
    own = {**FIELDS, "origin": "http://127.0.0.1"}
    answer = await client.post(f"{address}/decide", content=urlencode(fields), headers=own)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address}#c2-0")
    finding = tree(await client.get(address)).css_first("#c2-0")
    assert finding.attributes["data-decision"] == "dismiss"
    assert "Dismissed by A. Editor: Confirmed" in " ".join(finding.text(separator=" ").replace(" :", ":").split())
    receipt = (await client.get(f"/v1{address}/report", params={"form": "json"})).json()["receipt"]
    assert [(one["claim"], one["who"], one["reason"]) for one in receipt["decisions"]] == [
        ("c2", "A. Editor", "Confirmed")
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"claim": "c2", "finding": "0", "decision": "dismiss"},
        {"claim": "c2", "finding": "9", "decision": "accept"},
        {"claim": "c2", "finding": "-1", "decision": "accept"},
        {"claim": "c2", "finding": "0", "decision": "burn"},
        {"claim": "c" * 30, "finding": "0", "decision": "accept"},
        {f"field{number}": "x" for number in range(20)},
    ],
)
async def test_an_unusable_decision_is_said_on_a_page(client: httpx.AsyncClient, fields: dict[str, str]) -> None:
    address = (await checked(client, RELEASE)).url.path
    page = await client.post(f"{address}/decide", content=urlencode(fields), headers={**FIELDS, **BROWSER})
    assert page.status_code == 422
    assert tree(page).css_first("[role=alert] a").attributes["href"] == "/problems/invalid-input"


async def test_the_texts_of_a_check_come_back_to_be_mended(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    known = {"published": "2024-11-08", "source_published": "2024-11-07", "source_title": "<b>Deals</b>", "save": "on"}
    for asked in ({**RELEASE, **known, "style_percent": "on"}, {**CORPUS, "as_of": "2024-12-01"}):
        address = (await checked(client, asked)).url.path
        form = tree(await client.get(f"{address}/again")).css_first("form")
        again = {
            field.attributes["name"]: field.attributes.get("value") or field.text().removeprefix("\n")
            for field in form.css("[name]")
            if field.attributes.get("type") not in {"file", "radio", "checkbox"} or "checked" in field.attributes
        }
        await checked(client, {name: value for name, value in again.items() if value})
        assert checker.asked[-1] == checker.asked[-2]
    assert (await client.get("/checks/none/again")).status_code == 404


async def test_a_check_is_deleted(client: httpx.AsyncClient) -> None:
    address = (await checked(client, {**RELEASE, "save": "on"})).url.path
    answer = await client.post(f"{address}/delete", headers=FIELDS)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    for path in (address, f"{address}/parts"):
        page = await client.get(path, headers=BROWSER)
        assert page.status_code == 404
        assert page.headers["content-type"].startswith("text/html")
    assert (await client.get(f"/v1{address}")).status_code == 404


async def test_a_saved_check_says_until_when_it_is_kept(client: httpx.AsyncClient) -> None:
    assert "Kept until 20" in words(await checked(client, {**RELEASE, "save": "on"}), "#takeaway")
    assert "Not kept" in words(await checked(client, RELEASE), "#takeaway")


async def test_a_check_is_made_again_from_its_report_with_what_it_was_asked(
    client: httpx.AsyncClient, checker: FakeChecker
) -> None:
    asked = {**RELEASE, "published": "2024-11-08", "style_percent": "on"}
    address = (await checked(client, asked)).url.path
    report = (await client.get(f"/v1{address}/report", params={"form": "json"})).content
    again = await checked(client, RELEASE, receipt=("check.json", report))
    assert checker.asked[-1][2] == checker.asked[-2][2]  # day and house style
    assert words(again, "[aria-labelledby=changes-title]") == "Since the former check The same answer."
    checker.report = replace(checker.report, claims=checker.report.claims[:-1])
    fewer = await checked(client, RELEASE, receipt=("check.json", report))
    assert "claim c6" in words(fewer, "[aria-labelledby=changes-title]")
    for fields, raw, says in (
        (RELEASE, b"{", "the receipt is no JSON"),
        (
            {**RELEASE, "source_text": ""},
            report,
            "the former check was given its official text: give the same one again",
        ),
    ):
        page = await send(client, fields, receipt=("check.json", raw))
        assert page.status_code == 422
        assert says.lower() in words(page, "[role=alert]").lower()


async def test_a_check_is_kept_afterwards_and_a_claim_decided_on_as_a_whole(client: httpx.AsyncClient) -> None:
    address = (await checked(client, RELEASE)).url.path
    assert "Keep it for 30 days" in words(await client.get(address), ".keep")
    answer = await client.post(f"{address}/keep", headers=FIELDS)
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    page = await client.get(address)
    assert "Kept until 20" in words(page, "#takeaway")
    assert tree(page).css_first(".keep") is None
    fields = {"claim": "c3", "finding": "", "decision": "dismiss", "reason": "Said at the hearing"}
    answer = await client.post(f"{address}/decide", content=urlencode(fields), headers=FIELDS)
    assert answer.headers["location"] == f"{address}#c3-absent"
    stop = tree(await client.get(address)).css_first("#c3-absent")
    assert stop.attributes["data-decision"] == "dismiss"
    assert "Said at the hearing" in stop.text()


async def test_cancelling_a_check_that_is_over_changes_nothing(client: httpx.AsyncClient) -> None:
    address = (await checked(client, RELEASE)).url.path
    assert (await client.post(f"{address}/cancel", headers=FIELDS)).headers["location"] == address
    assert tree(await client.get(address)).css_first("#progress").attributes["data-state"] == "done"


async def test_hostile_text_is_shown_as_text(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    checker.report = make_hostile_report()
    page = await checked(client, {"article_text": HOSTILE, "source_text": HOSTILE, "title": HOSTILE})
    parsed = tree(page)
    assert [script.attributes["src"] for script in parsed.css("script")] == [f"/static/{digest()}/check.js"]
    assert parsed.css("img") == []
    assert [a for a in parsed.css("a") if "script" in (a.attributes["href"] or "")] == []
    assert "<script>alert('x')</script>" in parsed.css_first("#article").text()
    again = await send(client, {"article_text": f"</textarea>{HOSTILE}", "published": '"><img src=x>'})
    assert tree(again).css("img") == []
    assert tree(again).css_first("#article_text").text().endswith(HOSTILE)


@pytest.mark.parametrize(
    ("fields", "slug"),
    [
        ({"published": ""}, "invalid-input"),
        ({"article_text": "A claim."}, "invalid-input"),
        ({"article_text": "a", "published": "yesterday", "against": "corpus"}, "invalid-input"),
        ({"article_text": "a" * 2_000_001, "against": "corpus"}, "text-too-long"),
    ],
)
async def test_a_failure_is_said_above_the_form(client: httpx.AsyncClient, fields: dict[str, str], slug: str) -> None:
    page = await send(client, fields)
    assert page.status_code in {413, 422}
    alert = tree(page).css_first("[role=alert] a")
    assert alert.attributes["href"] == f"/problems/{slug}"
    kept = tree(page).css_first("#article_text").text()
    assert kept.strip() == fields.get("article_text", "")


async def test_a_file_that_cannot_be_read_is_said_above_the_form(client: httpx.AsyncClient) -> None:
    page = await send(client, RELEASE, article_file=("a.docx", b"PK\x03\x04 broken"))
    assert page.status_code == 422
    assert "a.docx" in words(page, "[role=alert]")


async def test_a_check_that_fails_says_why(client: httpx.AsyncClient, checker: FakeChecker) -> None:
    checker.failure = EmptyCorpusError()
    page = await checked(client, CORPUS)
    assert tree(page).css_first("#progress").attributes["data-state"] == "failed"
    assert "corpus" in words(page, "#progress")


async def test_forms_of_another_site_are_refused(client: httpx.AsyncClient) -> None:
    address = (await checked(client, RELEASE)).url.path
    for origin in ("https://evil.example", "null", "http://127.0.0.1:99"):
        headers = {**FIELDS, "origin": origin}
        for path in ("delete", "cancel", "keep", "decide"):
            page = await client.post(f"{address}/{path}", content="claim=c2", headers=headers)
            assert page.status_code == 403
        assert (await client.get(address)).status_code == 200
        sent = await client.post("/checks", files={"article_text": (None, b"x")}, headers={"origin": origin})
        assert_problem(sent, "cross-site")
    for site in ("cross-site", "same-site", "none"):
        page = await client.post(f"{address}/delete", headers={**FIELDS, "sec-fetch-site": site})
        assert_problem(page, "cross-site")
    assert (await client.get(address)).status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "", FIELDS["content-type"]])
async def test_other_bodies_are_refused(client: httpx.AsyncClient, media_type: str) -> None:
    answer = await client.post("/checks", content="article_text=claim", headers={"content-type": media_type})
    assert_problem(answer, "unsupported-media-type")


async def test_assets_are_served_for_good_under_the_name_of_their_state(client: httpx.AsyncClient) -> None:
    for name, content in assets().items():
        answer = await client.get(f"/static/{digest()}/{name}")
        assert answer.content == content
        assert "immutable" in answer.headers["cache-control"]
        assert (await client.get(f"/static/000000000000/{name}")).headers["cache-control"] == "no-store"
    for name in ("nothing.js", "..%2Fpages.py", "desk.css%00"):
        assert_problem(await client.get(f"/static/{digest()}/{name}"), "not-found")


async def test_problems_are_pages_for_browsers_and_stay_json_for_programs(client: httpx.AsyncClient) -> None:
    long = b"x" * 5_000_000
    for method, path, content, slug in (
        ("GET", "/checks/none", b"", "not-found"),
        ("GET", "/nowhere", b"", "not-found"),
        ("PUT", "/checks/none", b"", "method-not-allowed"),
        ("POST", "/checks", b"x", "unsupported-media-type"),
        ("POST", "/checks/none/decide", long, "body-too-large"),
    ):
        as_json = await client.request(method, path, content=content)
        assert_problem(as_json, slug)
        page = await client.request(method, path, content=content, headers=BROWSER)
        assert page.status_code == as_json.status_code
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers.get("allow") == as_json.headers.get("allow")
        assert tree(page).css_first("[role=alert] a").attributes["href"] == f"/problems/{slug}"
    assert_problem(await client.get("/v1/checks/none", headers=BROWSER), "not-found")
    assert (await client.head("/nowhere", headers=BROWSER)).content == b""


def test_the_scripts_are_small_and_load_nothing_from_elsewhere() -> None:
    scripts = {name: content.decode() for name, content in assets().items() if name.endswith(".js")}
    assert len(scripts) >= 6
    assert sum(map(len, scripts.values())) < 25_000
    for name, script in scripts.items():
        assert re.search(r"https?:|innerHTML|eval\(", script) is None, name
        assert set(re.findall(r"from '\./([\w.]+)'", script)) <= scripts.keys()
    assert "url(" not in assets()["desk.css"].decode()


async def test_a_strangers_key_does_not_open_a_check(app: FastAPI, client: httpx.AsyncClient) -> None:
    address = (await checked(client, RELEASE)).url.path
    [job] = [job for job in app.state.jobs._jobs.values() if job.check_id in address]
    job.owner = "somebody"
    assert (await client.get(address)).status_code == 404
