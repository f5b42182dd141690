"""What the card shows of an answer, and that hostile words stay words."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.extension.chromium import Card, Chromium
from tests.extension.conftest import check
from tests.extension.scripted import FINDING, Reply, Server, answer, scored
from tests.extension.site import Site

WORDS = "It was £57 million"
MARKUP = '<img src=x onerror="window.owned=1"><script>window.owned=1</script></blockquote>'
REVERSED = "\u202e57\u202c"


@pytest.fixture
def page(faked: Chromium, site: Site) -> Page:
    found = faked.context.new_page()
    found.goto(site.url("plain.html"))
    return found


def shown(browser: Chromium, page: Page, scripted: Server, **claim: Any) -> Card:
    scripted.script = lambda asked: Reply(answer(asked["text"], **claim))
    return check(browser, page, WORDS)


def test_a_difference_stands_side_by_side_and_is_named(faked: Chromium, page: Page, scripted: Server) -> None:
    card = shown(faked, page, scripted)
    assert card.texts("dt") == ["Article", "Official source"]
    assert card.texts("dd") == ["£57 million", "£75 million"]
    ours, theirs = (card.box(f"dl > div:nth-child({n})") for n in (1, 2))
    assert ours[1] == theirs[1]
    assert ours[2] < theirs[0]
    assert FINDING["explanation"] in card.text("li")


def test_a_passage_is_cited_in_full(faked: Chromium, page: Page, scripted: Server) -> None:
    passage = scored(
        document_language="fr-CA",
        document_is_latest=False,
        document_withdrawn="Withdrawn in May.",
        speaker="The minister",
        link="https://office.example/release#:~:text=It%20was,million",
    )
    card = shown(faked, page, scripted, evidence=[passage])
    assert card.texts("mark") == ["£75 million"]  # after an emoji, counted in code points by the service
    caption = card.text("figcaption")
    for words in (
        "An office",
        "A release",
        "2024-11-09",
        "version 2",
        "The minister",
        "newer version",
        "Withdrawn in May.",
    ):
        assert words in caption
    assert "Contains public sector information." in caption
    place = card.run(
        """function(){ const a = this.querySelector('a'), q = this.querySelector('blockquote');
          return [a.getAttribute('href'), a.rel, a.target, q.lang, q.dir] }"""
    )
    assert place == [passage["link"], "noopener noreferrer", "_blank", "fr-CA", "auto"]


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({}, "https://office.example/release"),
        ({"document_url": "javascript:alert(1)"}, None),
        ({"document_url": "urn:headwater:seed:release"}, None),
        ({"link": "data:text/html,x", "document_url": ""}, None),
    ],
)
def test_links_open_the_web_alone(
    changes: dict, address: str | None, faked: Chromium, page: Page, scripted: Server
) -> None:
    card = shown(faked, page, scripted, evidence=[scored(**changes)])
    assert card.run("function(){return this.querySelector('a')?.getAttribute('href') ?? null}") == address


def test_nearest_is_no_support(faked: Chromium, page: Page, scripted: Server) -> None:
    card = shown(
        faked,
        page,
        scripted,
        verdict="not_in_source",
        findings=[],
        evidence=[],
        nearest=[scored(id=n) for n in range(5)],
    )
    assert "Not in the official source" in card.text("h3")
    assert "It does not support the statement." in card.text("article")
    assert card.count("figure.near") == 3
    assert card.count("figure:not(.near)") == 0
    assert card.count("h4") == 0  # "Official words" stands over support alone


def test_no_official_source_is_a_result(faked: Chromium, page: Page, scripted: Server) -> None:
    looked = "Looked through: 79 documents of 2 publishers, undated; never synced with its publishers."
    reply = answer(WORDS, verdict="not_in_source", topic_known=False, findings=[], evidence=[])
    scripted.script = Reply({**reply, "coverage": {"line": looked}})
    card = check(faked, page, WORDS)
    assert "No official source found" in card.text("h3")
    assert looked in card.text(".body")


def test_up_to_three_passages_and_what_they_lack(faked: Chromium, page: Page, scripted: Server) -> None:
    card = shown(faked, page, scripted, evidence=[scored(id=n) for n in range(5)], missing=["she said"])
    assert card.count("figure") == 3
    assert "More official passages: 2" in card.texts("summary")
    assert "Words that no passage states: she said" in card.text("article")


def test_computed_figures_show_what_they_were_worked_out_from(faked: Chromium, page: Page, scripted: Server) -> None:
    used = [{"text": text, "span": {"start": 0, "end": 3}, "value": ""} for text in ("£40 million", "£35 million")]
    card = shown(faked, page, scripted, findings=[{**FINDING, "effect": "shifts", "severity": "low", "evidence": used}])
    assert "Worked out from: £40 million · £35 million" in card.text("li")


def test_never_true_or_false(faked: Chromium, page: Page, scripted: Server) -> None:
    for verdict in ("supported", "shifted", "contradicted", "not_in_source", "not_checkable"):
        words = shown(faked, page, scripted, verdict=verdict).text("section").lower()
        assert "true" not in words
        assert "false" not in words
        page.keyboard.press("Escape")
        faked.desk.evaluate("chrome.storage.session.clear()")


def test_hostile_words_of_the_service(faked: Chromium, page: Page, scripted: Server) -> None:
    side = {"text": MARKUP + REVERSED, "span": {"start": 0, "end": 5}, "value": ""}
    finding = {
        **FINDING,
        "claimed": side,
        "official": {**FINDING["official"], "text": MARKUP},
        "explanation": MARKUP,
        "lane": "figure",
    }
    passage = scored(
        text=MARKUP + REVERSED, span={"start": 0, "end": 200}, document_title=MARKUP, document_publisher=MARKUP
    )
    reply = answer(WORDS, findings=[finding], evidence=[passage], reason=MARKUP, missing=[MARKUP])
    reply["notices"], reply["repairs"] = (
        [MARKUP],
        [{"kind": "mojibake", "span": side["span"], "text": MARKUP, "repaired": MARKUP}],
    )
    scripted.script = Reply(reply)
    card = check(faked, page, WORDS)
    assert card.text("section").count(MARKUP) == 11
    assert card.text("section").count("⟨U+202E⟩57⟨U+202C⟩") == 2  # shown, not obeyed: it would read 75
    assert card.count("img,script,style") == 0
    assert page.evaluate("window.owned ?? null") is None
    assert card.run(
        "function(){return [...this.querySelectorAll('bdi,cite,blockquote,p[dir]')].every(e => e.dir === 'auto')}"
    )


def test_hostile_words_of_the_page(faked: Chromium, scripted: Server, site: Site) -> None:
    page = faked.context.new_page()
    page.goto(site.url("hostile_text.html"))
    page.evaluate("getSelection().selectAllChildren(document.getElementById('claim'))")

    def twice(asked: dict[str, Any]) -> Reply:
        reply = answer(asked["text"])
        return Reply({**reply, "claims": [*reply["claims"], {**reply["claims"][0], "id": "c2"}]})

    scripted.script = twice
    card = check(faked, page)
    assert '<img src=x onerror="window.owned=1"> ⟨U+202E⟩noillim 57£⟨U+202C⟩' in card.text("section")
    assert card.count("img,script") == 0
    assert page.evaluate("window.owned ?? null") is None
    assert scripted.asked[0]["body"]["context"]["title"] == "<script>alert(1)</script>"


def test_a_mismatch_can_be_reported(faked: Chromium, scripted: Server, site: Site) -> None:
    page = faked.context.new_page()
    page.goto(site.url("plain.html"))
    card = shown(faked, page, scripted)
    card.click("Report a mismatch")  # http: the page's browser lends no clipboard
    assert '"verdict": "contradicted"' in card.text("pre")
    page.goto(site.url("plain.html", host="localhost"))
    faked.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = check(faked, page, WORDS)
    card.click("Report a mismatch")
    assert card.says("The details are copied.")
    assert f'"text": "{WORDS}"' in page.evaluate("navigator.clipboard.readText()")
