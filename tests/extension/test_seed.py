"""The seed article as a web page, against the real service on the seed release."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.extension.chromium import Card, Chromium
from tests.extension.conftest import check, select
from tests.extension.probes import MARKED, MARKED_WORDS
from tests.extension.site import ARTICLE, TITLE, Site

UNSTATED = "More than 31,000 people have travelled the dangerous route so far this year"
MONEY = (
    "Additionally, the UK has committed to investing an extra ÂŁ75 million to strengthen its Border Security Command."
)
QUOTATION = next(line for line in ARTICLE.splitlines() if line.startswith("The Home Secretary emphasised")).split(
    ". ", 1
)[1]


def seed(browser: Chromium, site: Site, query: str = "") -> Page:
    page = browser.context.new_page()
    page.goto(site.url(f"seed{query}"))
    return page


def differences(card: Card) -> list[str]:
    return card.texts("li")


def test_a_figure_that_the_source_does_not_state_is_paired_with_none(asked: Chromium, site: Site) -> None:
    sentence = next(part for part in ARTICLE.split(". ") if part.startswith(UNSTATED)) + "."
    card = check(asked, seed(asked, site), sentence)
    figures = [words for words in differences(card) if words.startswith("Figure")]
    assert [words for words in figures if "31,000" in words and "The source does not state more than 31,000" in words]
    assert all("Official sourcenot stated" in words for words in figures)
    assert not card.count("mark")  # no official figure is named beside it


def test_damaged_characters_are_read_as_meant_and_the_figure_is_the_same(asked: Chromium, site: Site) -> None:
    card = check(asked, seed(asked, site), MONEY)
    assert "Matches the official source" in card.text("h3")
    assert not differences(card)
    assert "The article's £75 million is the source's £75 million." in card.text("details")
    assert "“ÂŁ” → “£”" in card.text(".body")
    assert "£75 million" in card.text("blockquote")
    assert "Prime Minister's Office, 10 Downing Street" in card.text("figcaption")
    assert "2024-11-07" in card.text("figcaption")


def test_every_edit_of_a_quotation_is_named(asked: Chromium, site: Site) -> None:
    card = check(asked, seed(asked, site), QUOTATION)
    found = differences(card)
    assert "Differs in part" in card.text("h3")
    assert len(found) == 4
    assert all(words.startswith("Quotation") for words in found)
    assert sum("the official text has “unscrupulous gangs at source”" in words for words in found) == 1
    assert sum("Serbia, North Macedonia and Kosovo" in words for words in found) == 1
    assert sum("information and intelligence, and work" in words for words in found) == 1
    assert sum("happening and where, to break" in words for words in found) == 1


def test_a_figure_with_two_digits_swapped_is_shown_beside_the_official_one(asked: Chromium, site: Site) -> None:
    page = seed(asked, site, "?%C3%82%C5%8175=%C2%A357")  # "ÂŁ75" becomes "£57"
    card = check(asked, page, MONEY.replace("ÂŁ75", "£57"))
    [found] = differences(card)
    assert "Differs: the official source says otherwise" in card.text("h3")
    assert "Article£57 million" in found
    assert "Official source£75 million" in found
    assert "The article's £57 million is £18 million (24%) less than the source's £75 million" in found
    assert card.texts("mark") == ["£75 million"]
    assert page.evaluate(MARKED) == ["headwater-contradicted"]


def test_what_is_sent_is_what_was_agreed_to(faked: Chromium, scripted, site: Site) -> None:
    page = seed(faked, site)
    check(faked, page, MONEY)
    sent = scripted.asked[0]["body"]
    context = sent["context"]
    assert sent["text"] == MONEY
    assert (context["title"], context["published"]) == (TITLE, "2024-11-08")
    flat = " ".join(ARTICLE.split())
    at = flat.index(MONEY)
    assert flat[:at].strip().endswith(" ".join(context["prefix"].split()))
    assert flat[at + len(MONEY) :].strip().startswith(" ".join(context["suffix"].split()))
    assert 300 < len(context["prefix"]) <= 500
    assert 300 < len(context["suffix"]) <= 500
    assert set(context) == {"title", "published", "prefix", "suffix"}  # no address
    assert "news.test" not in str(sent)


@pytest.mark.parametrize("several", [MONEY + " This new program", "“we cannot do it in isolation.”"])
def test_marks_are_exact(several: str, asked: Chromium, site: Site) -> None:
    page = seed(asked, site)
    select(page, several)
    asked.click_action(page)
    Card(page).wait("done")
    marked = page.evaluate(MARKED_WORDS)
    assert marked
    assert all(words in several for words in marked)


def test_the_source_is_opened_at_the_passage(asked: Chromium, site: Site) -> None:
    page = asked.context.new_page()
    page.goto(site.url("plain.html"))
    sentence = "Flexibility would apply to disasters in 2024 or 2025."
    page.evaluate("words => { document.getElementById('claim').textContent = words }", sentence)
    card = check(asked, page, sentence)
    link = card.run("function(){return this.querySelector('figure a').href}")
    assert link.startswith("https://www.europarl.europa.eu/news/en/press-room/20241212IPR25960#:~:text=")
    assert "Flexibility would apply" in card.text("blockquote")
