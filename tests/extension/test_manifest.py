"""What the extension may do, what it weighs, and that its parts agree."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.extension.chromium import EXTENSION

MANIFEST = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
MAX_INJECTED = 30_000  # bytes, raw: the goal of the design
SOURCES = sorted(EXTENSION.rglob("*.js"))
CODES = (
    re.search(r"@typedef \{(.*)\} Code", (EXTENSION / "lib" / "errors.js").read_text("utf-8"))[1]
    .replace("'", "")
    .split("|")
)
CONTENT = {path.name: path.read_text("utf-8") for path in (EXTENSION / "content").glob("*.js")}
PROTOCOL = (EXTENSION / "lib" / "protocol.js").read_text("utf-8")


def files_injected(name: str) -> list[str]:
    background = (EXTENSION / "background.js").read_text("utf-8")
    listed = {
        key: re.findall(r"'(content/[a-z]+\.js)'", line)
        for key, line in re.findall(r"const (\w+) = \[(.*)\];", background)
    }
    return listed["READING"] + listed[name]


def messages(language: str) -> dict:
    return json.loads((EXTENSION / "_locales" / language / "messages.json").read_text("utf-8"))


def test_permissions_are_these_and_no_others() -> None:
    assert MANIFEST["permissions"] == ["activeTab", "scripting", "contextMenus", "storage", "sidePanel"]
    assert MANIFEST["host_permissions"] == ["http://127.0.0.1/*"]
    assert MANIFEST["optional_host_permissions"] == ["https://*/*"]
    assert "optional_permissions" not in MANIFEST
    assert "content_scripts" not in MANIFEST  # nothing at page load: its cost is 0
    assert "web_accessible_resources" not in MANIFEST
    assert "externally_connectable" not in MANIFEST
    assert MANIFEST["content_security_policy"]["extension_pages"].startswith("default-src 'none'; script-src 'self';")
    assert MANIFEST["browser_specific_settings"]["gecko"]["data_collection_permissions"] == {
        "required": ["websiteContent"]
    }


def test_what_the_manifest_names_is_there() -> None:
    named = [
        *MANIFEST["icons"].values(),
        MANIFEST["options_ui"]["page"],
        MANIFEST["side_panel"]["default_path"],
        "pages/welcome.html",
    ]
    assert all((EXTENSION / name).is_file() for name in named)
    assert MANIFEST["commands"]["check"]["suggested_key"]["default"] == "Alt+Shift+K"


@pytest.mark.parametrize("act", ["CARD", "PANEL"])
def test_little_is_injected(act: str) -> None:
    files = files_injected(act)
    assert len(files) >= 3
    assert sum((EXTENSION / name).stat().st_size for name in files) <= MAX_INJECTED


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(EXTENSION).as_posix())
def test_nothing_becomes_markup_or_code(path: Path) -> None:
    source = path.read_text("utf-8")
    assert source.startswith("// @ts-check\n")
    code = re.sub(r"/\*\*.*?\*/", "", source, flags=re.DOTALL)  # types are imported in comments
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|import\(", code)


def test_numbers_that_stand_twice_are_equal() -> None:
    """Scripts of a page cannot import the library."""
    of = lambda name: int(re.search(rf"{name} = ([0-9_]+)", PROTOCOL)[1])  # noqa: E731
    most, around, slow = re.search(r"MOST = (\d+), AROUND = (\d+), SLOW = (\d+)", CONTENT["main.js"]).groups()
    assert (int(most), int(around), int(slow)) == (of("MAX_SELECTION"), of("MAX_AROUND"), of("STILL_LOOKING"))
    assert int(re.search(r"LONGEST = ([0-9_]+)", CONTENT["article.js"])[1]) == of("MAX_ARTICLE")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_word_has_its_twin_and_every_code_its_words(language: str) -> None:
    own, english = messages(language), messages("en")
    assert len(set(CODES)) == 13
    assert {f"error_{code.replace('-', '_')}" for code in CODES} <= set(own)
    assert set(own) == set(english)
    for key, entry in own.items():
        assert entry["message"].strip(), key
        named = set(re.findall(r"\$([a-z_]+)\$", entry["message"]))
        assert named == set(entry.get("placeholders", {})), key
        assert named == set(english[key].get("placeholders", {})), key


def test_every_word_that_the_card_says_is_there() -> None:
    said = set(re.findall(r"'((?:card|consent|error|extension)_[a-z_]+)'", "".join(CONTENT.values())))
    assert len(said) > 25
    assert said <= set(messages("en"))
    for kind, names in {
        "verdict": "supported shifted contradicted not_in_source no_source not_checkable",
        "lane": "figure quotation date name attribution modality polarity term content",
        "severity": "high medium low info",
    }.items():
        assert {f"{kind}_{name}" for name in names.split()} <= set(messages("en"))


def test_the_library_in_node() -> None:
    """`node --test`: the library without a browser."""
    tests = sorted((EXTENSION.parents[1] / "tests" / "js").glob("*.test.mjs"))
    assert tests
    done = subprocess.run(
        [shutil.which("node") or "node", "--test", *map(str, tests)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:]
