"""A long article against a long release: the first claim is seen while the rest is at work, and the page is usable."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect
from tests.benchmark.desk import article_of, release_of
from tests.desk.conftest import ask, ready
from tests.desk.served import Served

PATIENCE_MS = 300_000  # a machine with other work; no test looks at how long it took
# Notes what the page was like when the first card came, and the longest that it could not answer a reader.
WITNESS = """
addEventListener('DOMContentLoaded', () => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('#claims .card')) return;
    const {state} = document.getElementById('progress').dataset;
    const {value, max} = document.querySelector('#progress progress') ?? {};
    globalThis.first = {state, value, max, at: performance.now()};
    observer.disconnect();
  }).observe(document.body, {childList: true, subtree: true});
});
globalThis.longest = 0;
new PerformanceObserver(list => { for (const {duration} of list.getEntries()) longest = Math.max(longest, duration) })
  .observe({type: 'longtask'});
"""


@pytest.mark.slow
def test_a_long_article(page: Page, real_desk: Served, record_property: pytest.RecordProperty) -> None:
    release = release_of("statistics")
    article = article_of(release)
    assert len(article.split()) >= 3_000
    assert len(release.split()) >= 5_000
    page.add_init_script(WITNESS)
    began = time.perf_counter()
    ask(page, real_desk.url, article, release)
    page.locator("#claims .card").first.wait_for(timeout=PATIENCE_MS)
    seen = time.perf_counter() - began
    page.locator("#claims .stop:not([hidden])").first.wait_for(timeout=PATIENCE_MS)
    ready(page).keyboard.press("j")
    assert page.evaluate("document.activeElement.matches('.stop')")
    expect(page.locator("#progress")).to_have_attribute("data-state", "done", timeout=PATIENCE_MS)
    whole = time.perf_counter() - began
    first = page.evaluate("first")
    assert first["state"] == "running"
    assert first["value"] < first["max"] / 2
    assert page.evaluate("document.activeElement.matches('.stop')")
    assert page.locator("#claims .card").count() > 100
    figures = {"first_claim_s": seen, "whole_s": whole, "longest_task_ms": page.evaluate("longest")}
    for name, value in figures.items():
        record_property(name, round(value, 2))
    print({name: round(value, 2) for name, value in figures.items()})  # shown by `pytest -rP`
