"""The seed pair pasted in: what the desk shows is what the API says. WRITE_PICTURES=1 keeps the pictures of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.desk.conftest import WAIT_MS, ask, finished, seed
from tests.desk.served import Served
from tests.gate.gold import FIXTURES

from headwater.domain.findings import Lane

PICTURES = FIXTURES.parent / "docs" / "pictures"
MOST_BYTES = 350_000  # a page of pictures stays quick to open
TOLD = {Lane.FIGURE.value, Lane.QUOTATION.value, Lane.DATE.value}  # whose agreements have a line, too


@pytest.fixture(scope="module")
def seen(browser: Browser, real_desk: Served) -> Iterator[tuple[Page, dict[str, Any]]]:
    """The page of the checked seed pair, and the API's answer on the same check."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    ask(page, real_desk.url, seed("article.txt"), seed("release.txt"), Day_of_publication="2024-11-08")
    finished(page)
    answer = context.request.get(page.url.replace("/checks/", "/v1/checks/"))
    yield page, answer.json()["report"]
    context.close()


@pytest.fixture
def report(seen: tuple[Page, dict[str, Any]]) -> dict[str, Any]:
    return seen[1]


@pytest.fixture
def page(seen: tuple[Page, dict[str, Any]]) -> Page:
    page = seen[0]
    page.emulate_media(color_scheme="light", media="screen")
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def test_every_finding_of_the_api_stands_on_the_page(page: Page, report: dict[str, Any]) -> None:
    shown = page.locator("#claims .stop[data-finding]").evaluate_all(
        """all => all.map(one => [one.dataset.claim, Number(one.dataset.finding), one.dataset.lane, one.dataset.effect,
             one.dataset.weight, one.querySelector('.why').textContent])"""
    )
    wanted = [
        [
            claim["id"], place, one["lane"], one["effect"],
            "agrees" if one["effect"] == "agrees" else one["severity"], one["explanation"],
        ]
        for claim in report["claims"]
        for place, one in enumerate(claim["findings"])
        if one["effect"] != "agrees" or one["lane"] in TOLD
    ]  # fmt: skip
    assert shown == wanted
    assert len(wanted) > 30


def test_every_claim_stands_on_the_page_with_its_verdict_and_words(page: Page, report: dict[str, Any]) -> None:
    shown = page.locator("#claims .card").evaluate_all(
        "all => all.map(one => [one.id, one.dataset.verdict, one.querySelector('.claimed').textContent])"
    )
    assert shown == [[claim["id"], claim["verdict"], claim["text"]] for claim in report["claims"]]
    tiles = page.locator(".tile b").evaluate_all("all => all.map(one => Number(one.textContent))")
    assert tiles == list(report["summary"].values())


def test_marked_words_are_those_of_the_findings(page: Page, report: dict[str, Any]) -> None:
    words = """pane => {
      const found = {};
      for (const mark of document.querySelectorAll(`${pane} mark`)) {
        for (const id of mark.dataset.findings.split(' ')) found[id] = (found[id] ?? '') + mark.textContent;
      }
      return found }"""
    article, official = page.evaluate(words, "#article"), page.evaluate(words, "#documents")
    for claim in report["claims"]:
        for place, one in enumerate(claim["findings"]):
            name = f"{claim['id']}-{place}"
            assert "".join(article.get(name, "").split()) == "".join(one["claimed"]["text"].split()), name
            sides = [*([one["official"]] if one["official"] else []), *one["evidence"]]
            words_of = {word for side in sides for word in side["text"].split()}
            assert set(official.get(name, "").split()) <= words_of, name
            if len(sides) == 1:
                assert "".join(official.get(name, "").split()) == "".join(sides[0]["text"].split()), name


def test_edits_of_a_quotation_are_shown_word_by_word(page: Page, report: dict[str, Any]) -> None:
    edits = [
        (claim["id"], one["edit"], (one["claimed"] if one["edit"] == "insert" else one["official"])["text"])
        for claim in report["claims"]
        for one in sorted(claim["findings"], key=lambda one: one["claimed"]["span"]["start"])
        if one["edit"]
    ]
    shown = page.locator(".edits ins, .edits del").evaluate_all(
        "all => all.map(e => [e.closest('.card').id, e.localName === 'ins' ? 'insert' : 'delete', e.textContent])"
    )
    assert [tuple(one) for one in shown] == edits
    assert len(edits) >= 5
    assert page.locator("#c25 .edits del").last.get_attribute("title") == "punctuation changes reading, medium"


def test_tables_omissions_and_what_is_not_in_the_source(page: Page, report: dict[str, Any]) -> None:
    assert page.locator("#figures tbody tr").count() == len(report["tables"]["figures"])
    assert page.locator("#quotations tbody tr").count() == len(report["tables"]["quotations"])
    left_out = page.locator("#omissions blockquote").evaluate_all("all => all.map(one => one.textContent)")
    assert left_out == [one["text"] for one in report["omissions"]]
    assert "9,400" in left_out[0]
    page.locator("#omissions a").first.click()
    expect(page.locator("#documents p:target")).to_contain_text("returned 9,400 people")
    absent = page.locator("#missing li")
    assert absent.count() == sum(claim["verdict"] == "not_in_source" for claim in report["claims"])


def test_the_corpus_gives_the_whole_document_beside_the_claims(page: Page, real_desk: Served) -> None:
    other = page.context.new_page()
    ask(
        other,
        real_desk.url,
        "The command gets £75 million. Almost 100,000 migrants crossed the Western Balkans last year.",
    )
    finished(other)
    whole = " ".join(seed("release.txt").split())
    text = other.locator("#documents .document p[id]").evaluate_all("all => all.map(one => one.textContent).join(' ')")
    assert " ".join(text.split()) == whole
    other.keyboard.press("j")
    other.locator("#article a").last.click()
    assert "100,000" in other.locator("#documents p.chosen").first.inner_text()
    other.close()


def test_printed_it_is_the_report_alone(page: Page) -> None:
    page.emulate_media(media="print")
    for hidden in ("#bar", "#takeaway", ".decide", "#article"):
        assert not page.locator(hidden).first.is_visible()
    for shown in ("#summary", "#claims", "#figures", "#omissions", ".receipt"):
        assert page.locator(shown).is_visible()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return PICTURES if os.environ.get("WRITE_PICTURES") == "1" else tmp_path


def take(page: Page, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    page.screenshot(path=target)
    assert target.read_bytes().startswith(b"\x89PNG")
    assert 5_000 < target.stat().st_size < MOST_BYTES


def test_pictures(page: Page, folder: Path, real_desk: Served) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(page.url.split("#")[0])
    page.reload()  # as it is when nothing was chosen yet
    finished(page).mouse.move(0, 0)
    take(page, folder / "desk_summary.png")
    page.locator("#article a[data-claim=c25]").click()
    take(page, folder / "desk_quotation.png")
    page.emulate_media(color_scheme="dark")
    take(page, folder / "desk_dark.png")
    page.emulate_media(color_scheme="light")
    page.locator("#omissions-title").evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 120)")
    take(page, folder / "desk_omissions.png")
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()  # as a phone loads it: its filters are folded
    finished(page)
    page.locator("#c25-1 .head").click()
    take(page, folder / "desk_phone.png")
    form = page.context.new_page()
    form.set_viewport_size({"width": 1100, "height": 760})
    form.goto(real_desk.url)
    take(form, folder / "desk_form.png")
    ask(form, real_desk.url, seed("article.txt").replace("ÂŁ75", "£57"), seed("release.txt"))  # a figure is wrong in it
    finished(form).set_viewport_size({"width": 1280, "height": 800})
    form.locator(".stop[data-lane=figure][data-weight=high] .head").click()
    take(form, folder / "desk_figure.png")
    form.close()
