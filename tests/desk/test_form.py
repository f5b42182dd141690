"""The form: files dropped, pasted and chosen, the corpus or a release, house style, and what is said when it fails."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.desk.conftest import Desk, finished, ready

from factories import ARTICLE, OFFICIAL_TEXT
from file_factories import make_docx
from headwater.checking import CheckContext

# Hands files to an element as a hand does that drops or pastes them.
GIVE = """(zone, [kind, files]) => {
  const held = new DataTransfer();
  for (const [name, type, content] of files) {
    held.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name, {type}));
  }
  const init = {bubbles: true, cancelable: true};
  const event = kind === 'paste' ? new ClipboardEvent('paste', {...init, clipboardData: held})
    : new DragEvent(kind, {...init, dataTransfer: held});
  zone.dispatchEvent(event);
  return event.defaultPrevented }"""
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def give(page: Page, what: str, kind: str, *files: tuple[str, str, bytes]) -> bool:
    encoded = [[name, media_type, base64.b64encode(content).decode()] for name, media_type, content in files]
    return page.locator(f"[data-drop={what}] textarea").evaluate(GIVE, [kind, encoded])


def send(page: Page) -> None:
    page.get_by_role("button", name="Check", exact=True).click()


@pytest.fixture
def form(page: Page, desk: Desk) -> Page:
    page.goto(desk.url)
    return ready(page)


def test_files_are_dropped_and_pasted(form: Page, desk: Desk) -> None:
    assert give(form, "article", "dragover", ("a.docx", DOCX, b"x"))
    assert give(form, "article", "drop", ("a.docx", DOCX, make_docx("A claim in a Word file.")))
    expect(form.locator("[data-said=article]")).to_contain_text("a.docx, 1 kB")
    assert give(form, "source", "paste", ("r.html", "text/html", b"<p>A source in a page.</p>"))
    send(form)
    finished(form)
    text, source, *_ = desk.checker.asked[-1]
    assert "A claim in a Word file." in str(text)
    assert "A source in a page." in str(source)


def test_a_file_is_taken_away_again(form: Page, desk: Desk) -> None:
    give(form, "article", "drop", ("a.txt", "text/plain", b"From a file."), ("b.txt", "text/plain", b"Another."))
    expect(form.locator("[data-said=article]")).to_contain_text("One file is taken at a time.")
    form.get_by_role("button", name="Take the file away").click()
    expect(form.locator("[data-said=article]")).to_have_text("")
    form.locator("#article_text").fill(ARTICLE)
    form.get_by_label("Find it in the corpus").check()
    assert not form.locator("#source_text").is_visible()
    send(form)
    finished(form)
    assert desk.checker.asked[-1] == (ARTICLE, CheckContext(house_style=()), None, None)


def test_a_file_that_is_too_large_is_told_before_it_is_sent(form: Page, tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"word " * 300_000)
    form.locator("#article_file").set_input_files(large)
    expect(form.locator("[data-said=article]")).to_have_text("The file has 1.5 MB; 1.0 MB can be read.")
    send(form)
    assert form.url.endswith("/")
    form.get_by_role("button", name="Take the file away").click()
    assert form.locator("#article_file").evaluate("field => field.validity.valid")


def test_nothing_to_check_is_told_before_it_is_sent(form: Page) -> None:
    send(form)
    expect(form.locator("[data-said=article]")).to_contain_text("There is no article")
    assert form.evaluate("document.activeElement.id") == "article_text"


def test_what_was_written_comes_back_with_what_went_wrong(form: Page) -> None:
    form.locator("#article_text").fill("“Ich bin's” & <b>wir</b>")
    form.get_by_text("House style").click()
    form.get_by_label("capitals").check()
    send(form)
    expect(form.get_by_role("alert")).to_contain_text("there is no release")
    assert form.locator("#article_text").input_value() == "“Ich bin's” & <b>wir</b>"
    assert form.get_by_label("capitals").is_checked()


def test_dates_house_style_and_keeping(form: Page, desk: Desk) -> None:
    form.locator("#article_text").fill(ARTICLE)
    form.locator("#source_text").fill(OFFICIAL_TEXT)
    form.get_by_label("Day of publication").fill("2024-11-08")
    form.get_by_label("Day of the release").fill("2024-11-07")
    form.get_by_text("House style").click()
    form.get_by_label("hyphens").check()
    form.get_by_label("-ise and -ize").check()
    form.get_by_text("Keep the check for 30 days").click()
    send(form)
    finished(form)
    _, _, context, known = desk.checker.asked[-1]
    assert isinstance(context, CheckContext)
    assert isinstance(known, CheckContext)
    assert (str(context.published), context.house_style) == ("2024-11-08", ("hyphenation", "ise_ize"))
    assert str(known.published) == "2024-11-07"
    expect(form.locator("#takeaway")).to_contain_text("Kept until")
    expect(form.locator("#summary")).to_contain_text("House style: hyphens; -ise and -ize")
