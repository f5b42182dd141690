"""Getting the browsers: nothing where they are there, words where they cannot be had."""

from __future__ import annotations

import subprocess

import pytest
from tests import browsers


def test_nothing_is_done_where_all_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsers, "find", lambda _: "/usr/bin/it")
    monkeypatch.setattr(browsers, "install", lambda _: pytest.fail("nothing is missing"))
    browsers.main(lambda _: pytest.fail("nothing is missing"))


def test_what_is_missing_is_said_and_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    said: list[str] = []
    monkeypatch.setattr(browsers, "find", lambda needed: "x" if installed or needed.name == "Chromium" else None)
    monkeypatch.setattr(browsers, "install", installed.extend)
    browsers.main(said.append)
    assert installed == ["firefox-esr", "nodejs"]
    assert [line.split(" is missing")[0] for line in said] == ["Firefox", "Node.js 20 or later"]


@pytest.mark.parametrize(
    ("apt", "user", "words"),
    [
        (None, 0, "This system has no apt-get. Install firefox-esr by hand"),
        ("/usr/bin/apt-get", 1000, "Only root can install packages. Install firefox-esr by hand"),
    ],
)
def test_who_cannot_install_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, apt: str | None, user: int, words: str
) -> None:
    monkeypatch.setattr(browsers.shutil, "which", lambda _: apt)
    monkeypatch.setattr(browsers.os, "geteuid", lambda: user)
    monkeypatch.setattr(browsers.subprocess, "run", lambda *_, **__: pytest.fail("nothing may be run"))
    with pytest.raises(SystemExit, match=words):
        browsers.install(["firefox-esr"])


def test_a_failed_installation_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browsers.shutil, "which", lambda _: "/usr/bin/apt-get")
    monkeypatch.setattr(browsers.os, "geteuid", lambda: 0)
    monkeypatch.setattr(browsers.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 100))
    with pytest.raises(SystemExit, match="apt-get update failed"):
        browsers.install(["firefox-esr"])


@pytest.mark.parametrize(("said", "major"), [("v20.20.2\n", 20), ("v9.1.0\n", 9), ("", 0), ("node 20", 0)])
def test_an_old_node_does_not_do(monkeypatch: pytest.MonkeyPatch, said: str, major: int) -> None:
    monkeypatch.setattr(browsers.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=said))
    monkeypatch.setattr(browsers.shutil, "which", lambda _: "/usr/bin/node")
    assert browsers.node_version("node") == major
    node = next(needed for needed in browsers.NEEDED if needed.programs == ("node",))
    assert (browsers.find(node) is not None) is (major >= 20)
