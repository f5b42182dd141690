"""Texts named on the command line: what is read of plain files and of web pages."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from headwater.cli.reading import STANDARD_INPUT, read_text
from headwater.sources.intake.errors import UnreadableFileError

PAGE = (
    b"<!DOCTYPE html><html><head><title>Ferries</title><script>var a = 1;</script></head><body><nav>Home</nav>"
    b"<article><h1>Ferries are back</h1><p>The fund is worth &pound;75&nbsp;million.</p></article></body></html>"
)
WORDS = "Ferries are back\n\nThe fund is worth £75\u00a0million."


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "page", "page.txt"])
def test_of_a_page_the_words_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(PAGE)
    assert read_text(path).text == WORDS


def test_a_page_may_come_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n  " + PAGE)))
    assert read_text(STANDARD_INPUT).text == WORDS


@pytest.mark.parametrize("text", ["2 < 3, and <b>bold</b> words.", "The tag <html> begins a page.", "<htmlish>", "<"])
def test_a_text_with_angle_brackets_is_no_page(tmp_path: Path, text: str) -> None:
    path = tmp_path / "article.txt"
    path.write_text(text, "utf-8")
    assert read_text(path).text == text


def test_the_pages_own_encoding_is_heeded(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes('<html><meta charset="iso-8859-2"><body><p>Šabac signed.</p>'.encode("iso-8859-2"))
    assert read_text(path).text == "Šabac signed."


def test_a_page_that_exhausts_its_reader_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<div>" * 6000, "utf-8")
    with pytest.raises(UnreadableFileError, match="nested"):
        read_text(path)
