"""Every way a check can end without an answer has its own words, names the host, and offers what helps."""

from __future__ import annotations

import socket

import pytest
from tests.extension.chromium import Card, Chromium
from tests.extension.conftest import check, select
from tests.extension.scripted import Reply, Server, answer
from tests.extension.site import Site

WORDS = "It was £57 million"
REPLIES = {  # what the service does: the code, and what the card says of it
    "key": (Reply({}, 401), "did not accept the API key"),
    "key-403": (Reply({}, 403), "did not accept the API key"),
    "busy": (Reply.problem(503, "overloaded", Retry_After="7"), "Try again in 7 s"),
    "busy-429": (Reply({}, 429), "Try again soon"),
    "server": (Reply({}, 500), "failed, or is not ready"),
    "server-empty": (Reply.problem(503, "empty-corpus", Retry_After="30"), "failed, or is not ready"),
    "bad-reply": (Reply(b"<html>Not found"), "does not understand"),
    "bad-reply-shape": (Reply({"claims": "none"}), "does not understand"),
    "bad-reply-verdict": (Reply(answer(WORDS, verdict="true")), "does not understand"),
    "bad-reply-spans": (Reply(answer(WORDS, span={"start": -1, "end": 2})), "does not understand"),
    "timeout": (Reply({}, 504), "did not answer in time"),
    "version": (Reply.problem(404, "not-found"), "does not speak this version's language"),
    "version-422": (Reply.problem(422, "invalid-request"), "does not speak this version's language"),
    "too-long": (Reply.problem(413, "text-too-long"), "more text than can be checked at once"),
}


def plain(browser: Chromium, site: Site):
    page = browser.context.new_page()
    page.goto(site.url("plain.html"))
    return page


@pytest.mark.parametrize("case", REPLIES)
def test_the_service_answers_with_a_fault(case: str, faked: Chromium, scripted: Server, site: Site) -> None:
    reply, words = REPLIES[case]
    scripted.script = reply
    card = check(faked, plain(faked, site), WORDS, state="error")
    assert words in card.status()
    host = f"127.0.0.1:{scripted.server_port}"
    assert host in card.status() or case == "too-long"
    assert ("Try again" in card.texts("button")) == (case != "too-long")
    assert ("Settings" in card.texts("button")) == (case != "too-long")


def test_try_again_asks_again(faked: Chromium, scripted: Server, site: Site) -> None:
    replies = iter([Reply({}, 500), Reply(answer(WORDS))])
    scripted.script = lambda _: next(replies)
    card = check(faked, plain(faked, site), WORDS, state="error")
    card.click("Try again")
    assert card.wait("done").count("article") == 1


def test_nobody_listens(faked: Chromium, site: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    faked.store(backend=f"http://127.0.0.1:{port}", consentFor=f"127.0.0.1:{port}")
    card = check(faked, plain(faked, site), WORDS, state="error")
    assert card.status() == f"The checking service at 127.0.0.1:{port} cannot be reached."
    assert card.texts(".body button") == ["Try again", "Settings", "Copy details"]


def test_a_slow_service_is_waited_for(faked: Chromium, scripted: Server, site: Site) -> None:
    """The end of the wait (8 s) is tested in tests/js, where a clock can be turned."""
    scripted.script = Reply(answer(WORDS), wait=30)
    page = plain(faked, site)
    card = check(faked, page, WORDS, state="busy")
    assert card.status() == "Looking in official sources…"
    assert card.says("Still looking")  # after two seconds
    scripted.enough.set()
    assert card.wait("done").count("article") == 1


def test_no_permission_for_the_host(faked: Chromium, site: Site) -> None:
    faked.store(backend="https://checks.example", consentFor="checks.example")
    card = check(faked, plain(faked, site), WORDS, state="error")
    assert "does not let Headwater reach checks.example" in card.status()


def test_the_extension_was_updated_meanwhile(faked: Chromium, scripted: Server) -> None:
    """A message of another version is what a card sends whose extension was replaced."""
    reply = faked.desk.evaluate("chrome.runtime.sendMessage({v: 2, type: 'check', text: 'a'})")
    assert reply == {"ok": False, "code": "stale"}
    assert not scripted.asked


@pytest.mark.parametrize(
    "message",
    [
        {"v": 1, "type": "check", "text": 5},
        {"v": 1, "type": "check", "text": "a" * 5001},
        {"v": 1, "type": "agree", "host": "elsewhere.example"},
        {"v": 1, "type": "read", "tabId": 999999},
    ],
)
def test_wrong_messages_are_refused(message: dict, faked: Chromium, scripted: Server) -> None:
    assert faked.desk.evaluate("m => chrome.runtime.sendMessage(m)", message)["ok"] is False
    assert not scripted.asked


def test_another_language(faked: Chromium, scripted: Server, site: Site) -> None:
    values = {"backend": scripted.url, "consentFor": f"127.0.0.1:{scripted.server_port}", "language": "fr"}
    faked.store(**values)
    page = plain(faked, site)
    select(page, WORDS)
    faked.click_action(page)
    card = Card(page).wait("done")
    assert "Diffère : la source officielle dit autre chose" in card.text("h3")
    assert card.run("function(){return this.querySelector('section').lang}") == "fr"
    assert card.run("function(){return this.querySelector('li p').lang}") == "en"  # the service's own words
