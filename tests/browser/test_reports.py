"""Reports opened from disk in a real browser with no network: they load and run nothing, and anybody can read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from factories import ARTICLE, HOSTILE, OFFICIAL_TEXT, make_report
from headwater.report.assembled import whole_to_json
from headwater.report.forms import FORMS
from headwater.report.receipt import Checked, make_receipt
from headwater.report.rows import RowReader

NASTY = (
    f"{HOSTILE} <script>window.ran = true</script><img src=x onerror='window.ran = true'>"
    " <a href='javascript:window.ran = true'>here</a><style>*{display:none}</style> <!-- </style></script>"
)
WORDS = {"text", "explanation", "reason", "title", "publisher", "speaker", "name", "attribution"}


def make(poison: str = "") -> dict[str, Any]:
    whole = whole_to_json(make_report(), RowReader())
    decisions = [
        {
            "claim": "c2",
            "finding": 0,
            "decision": "dismiss",
            "reason": "the desk knows",
            "who": "A. Editor",
            "at": "now",
        },
        {"claim": "c1", "finding": 0, "decision": "accept", "reason": "", "who": "", "at": "now"},
    ]
    about = {"name": "a.txt", "title": "Trade deals", "notices": ["a notice"]}
    receipt = make_receipt(Checked(ARTICLE, OFFICIAL_TEXT), whole, decisions=decisions)
    report = {**whole, "article": about, "source": None, "decisions": decisions, "receipt": receipt, "changes": ["one"]}
    return poisoned(report, poison) if poison else report


def poisoned(value: Any, words: str) -> Any:
    """The same report with hostile words wherever words of a text stand."""
    if isinstance(value, dict):
        return {
            key: words if key in WORDS and isinstance(one, str) else poisoned(one, words) for key, one in value.items()
        }
    return [poisoned(one, words) for one in value] if isinstance(value, list) else value


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Addresses that the page asks for; all but files are refused."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.context.set_offline(True)
    return seen


def opened(page: Page, folder: Path, report: dict[str, Any]) -> list[str]:
    """Open a report from disk, and return what the browser complains of."""
    path = folder / "report.html"
    path.write_text(FORMS["html"].render(report), "utf-8")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    return said


def test_a_report_opens_from_disk_and_asks_for_nothing(page: Page, tmp_path: Path, asked: list[str]) -> None:
    assert opened(page, tmp_path, make()) == []
    assert [address for address in asked if not address.startswith("file:")] == []
    assert len(asked) == 1
    assert page.locator("h1").inner_text() == "Trade deals"
    style = page.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse")
    assert style == "collapse"  # the style inside is let in by the policy inside
    assert "the desk knows" in page.locator("#decisions + div").inner_text()
    page.locator("nav a").first.click()
    assert page.url.endswith("#differences")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anybody_can_read_a_report(page: Page, tmp_path: Path, asked: list[str], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened(page, tmp_path, make())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert len(asked) == 1


def test_hostile_words_are_shown_as_words(page: Page, tmp_path: Path, asked: list[str]) -> None:
    opened(page, tmp_path, make(NASTY))
    assert page.evaluate("window.ran") is None
    assert page.locator("main script, main img, main style").count() == 0
    assert "<script>window.ran = true</script>" in page.locator("h1").inner_text()
    assert page.evaluate("getComputedStyle(document.body).display") != "none"
    links = page.eval_on_selector_all("a", "all => all.map(one => one.getAttribute('href'))")
    assert all(link.startswith(("#", "https://")) for link in links)
    assert [address for address in asked if not address.startswith("file:")] == []


def test_a_report_fits_a_phone_and_prints(page: Page, tmp_path: Path, asked: list[str]) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    opened(page, tmp_path, make())
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert len(page.pdf()) > 1_000
    page.emulate_media(media="screen")
    assert len(asked) == 1
