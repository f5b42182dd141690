"""The whole article: what is read of a page, and marks that stand exactly or not at all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.extension.chromium import EXTENSION, Card, Chromium
from tests.extension.conftest import select
from tests.extension.probes import MARKED, MARKED_WORDS
from tests.extension.site import Site

STORY = """Rates fall again

The rate fell to 3.9 percent in March, a long sentence that stands for the story and has some weight in it.

It was 4.1 percent a year before, and that too is a sentence of some length for the weighing of elements.

The rate fell again.

Later on, the rate fell again.

Food: 2.0
Fuel: 7.5

In a component: 6.6 percent."""
SEND = "message => chrome.runtime.sendMessage({v: 1, ...message})"
TAB = "async () => (await chrome.tabs.query({active: true, lastFocusedWindow: true}))[0].id"


class Reader:
    """Says to the worker what the panel says."""

    def __init__(self, browser: Chromium, page: Page) -> None:
        self.browser, self.page = browser, page
        browser.click_action(page)
        Card(page).wait("error")  # nothing is selected; the act grants access
        self.tab = browser.desk.evaluate(TAB)

    def say(self, **message: object) -> dict:
        return self.browser.desk.evaluate(SEND, {**message, "tabId": self.tab})

    def mark(self, text: str, *words: str) -> list[int]:
        marks = [
            {"i": i, "start": text.index(some), "end": text.index(some) + len(some), "outcome": "shifted"}
            for i, some in enumerate(words)
        ]
        return self.say(type="mark", marks=marks)["placed"]


@pytest.fixture
def reader(faked: Chromium, site: Site) -> Reader:
    page = faked.context.new_page()
    page.goto(site.url("article.html"))
    return Reader(faked, page)


def test_the_story_is_read_without_its_furniture(reader: Reader) -> None:
    reply = reader.say(type="read")
    assert reply["ok"], reply
    assert reply["article"] == {"text": STORY, "title": "Rates fall again", "published": "2026-03-05", "lang": "en-GB"}
    assert reader.page.locator("#headwater-card").count() == 0  # the panel takes over from the card


def test_marks_are_exact(reader: Reader) -> None:
    text = reader.say(type="read")["article"]["text"]
    words = ["The rate fell to 3.9 percent in March", "4.1 percent a year before", "Fuel: 7.5", "6.6 percent"]
    assert reader.mark(text, *words) == [0, 1, 2, 3]
    assert reader.page.evaluate(MARKED) == ["headwater-shifted"]
    assert (
        reader.page.evaluate(MARKED_WORDS)[0] == "The rate fell to 3.91 percent in March"
    )  # as browsers would read it
    assert reader.say(type="show", i=3) == {"ok": True, "shown": True}
    assert "headwater-flash" in reader.page.evaluate(MARKED)
    assert reader.say(type="show", i=9) == {"ok": True, "shown": False}
    assert reader.say(type="clear") == {"ok": True}
    assert reader.page.evaluate(MARKED) == []
    assert reader.page.evaluate("document.adoptedStyleSheets.length") == 0


def test_a_page_that_drew_itself_anew_is_searched_for_the_exact_words(reader: Reader) -> None:
    text = reader.say(type="read")["article"]["text"]
    reader.page.evaluate("const story = document.getElementById('story'); story.innerHTML = story.innerHTML")
    assert reader.mark(text, "The rate fell to 3.9 percent", "Later on, the rate fell again.") == [0, 1]
    assert reader.page.evaluate(MARKED_WORDS) == ["The rate fell to 3.91 percent", "Later on, the rate fell again."]


def test_words_that_changed_are_not_marked(reader: Reader) -> None:
    text = reader.say(type="read")["article"]["text"]
    reader.page.evaluate("const it = document.querySelector('#story b'); it.textContent = '8'")
    reader.page.evaluate(
        "const p = document.querySelectorAll('#story p')[1]; p.innerHTML = p.innerHTML.replace('3.9', '3.8')"
    )
    assert reader.mark(text, "Fuel: 7.5", "The rate fell to 3.9 percent", "Food: 2.0") == [2]


def test_words_that_stand_twice_are_told_apart_by_their_neighbours_or_not_marked(reader: Reader) -> None:
    text = reader.say(type="read")["article"]["text"]
    reader.page.evaluate("document.querySelectorAll('#story p').forEach(p => { p.innerHTML = p.innerHTML })")
    assert reader.mark(text, "he rate fell again") == [0]  # the first of two, by its neighbours
    again = "document.getElementById('story').append(...[1, 2].map(() => { const p = document.createElement('p');"
    reader.page.evaluate(again + " p.textContent = 'Prices stood still.'; return p }))")
    text = reader.say(type="read")["article"]["text"]
    reader.page.evaluate("document.querySelectorAll('#story p').forEach(p => { p.innerHTML = p.innerHTML })")
    reader.page.evaluate("document.querySelector('my-card').remove()")
    assert reader.mark(text, "Prices stood still.") == []
    assert reader.page.evaluate(MARKED_WORDS) == []


def test_a_page_that_was_left_says_so(reader: Reader, site: Site) -> None:
    text = reader.say(type="read")["article"]["text"]
    reader.page.goto(site.url("plain.html", host="other.test"))
    marks = [{"i": 0, "start": 0, "end": len(text), "outcome": "shifted"}]
    assert reader.say(type="mark", marks=marks) == {"ok": False, "code": "no-access"}
    assert reader.say(type="read")["code"] == "no-access"


def test_what_a_page_says_of_its_day_is_taken_with_care(faked: Chromium, site: Site) -> None:
    page = faked.context.new_page()
    page.goto(site.url("plain.html"))
    page.add_script_tag(path=EXTENSION / "content" / "text.js")
    told = {
        '<meta name="dcterms.issued" content="2024-11-08">': "2024-11-08",
        '<meta property="article:published_time" content="2024-11-08T23:30:00-05:00">': "2024-11-08",
        '<meta itemprop="datePublished" content="8 November 2024">': "",
        '<meta itemprop="datePublished" content="2999-01-01">': "",
        '<meta itemprop="datePublished" content="2024-13-45">': "",
        '<main><time datetime="2024-11-08T06:00">1</time><time datetime="2024-11-08">2</time></main>': "2024-11-08",
        '<main><time datetime="2024-11-08">8</time><time datetime="2024-11-09">9</time></main>': "",
        '<script type="application/ld+json">{"@type":"Article","datePublished":"2024-11-08"}</script>': "2024-11-08",
        '<script type="application/ld+json">[{"@type":"Article","datePublished":"2024-11-08"},'
        '{"@type":"Article","datePublished":"2023-01-01"}]</script>': "",
        '<script type="application/ld+json">null</script><script type="application/ld+json">[5]</script>': "",
        "<p>8 November 2024</p>": "",
    }
    for markup, day in told.items():
        page.evaluate("markup => { document.body.innerHTML = markup }", markup)
        assert page.evaluate("Headwater.page().published") == day, markup


def test_the_words_around_stop_at_the_article(faked: Chromium, site: Site, scripted) -> None:
    page = faked.context.new_page()
    page.goto(site.url("article.html"))
    select(page, "4.1 percent")
    faked.click_action(page)
    Card(page).wait("done")
    context = scripted.asked[0]["body"]["context"]
    assert context["prefix"].startswith("Rates fall again")
    assert "3.9 percent in March" in context["prefix"]
    assert context["suffix"].startswith("a year before")
    assert "Another story" not in context["suffix"]
    assert context["published"] == "2026-03-05"
