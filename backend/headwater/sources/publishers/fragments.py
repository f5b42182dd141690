"""Stretches of HTML that come without their page: the body of a release, an answer, a note."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from headwater.sources.html import is_nested_too_deep
from headwater.sources.html_text import PageText, join_texts, read_blocks
from headwater.sources.records import RecordFaultError

BLANKS = re.compile(r"\s+")


def read_fragment(html: str) -> PageText:
    """Return the words of a stretch of HTML: all of them, for there is no site around it.

    Args:
        html: As the publisher's interface gives it.

    Raises:
        RecordFaultError: If it is made to exhaust its reader.
    """
    if "<" not in html and "&" not in html:
        return PageText(html.strip())
    if is_nested_too_deep(html):
        raise RecordFaultError("elements are nested too deep: no text that people read")
    root = LexborHTMLParser(f"<body>{html}</body>").body
    return PageText() if root is None else read_blocks(root, is_body=True)


def plain_line(html: str) -> str:
    """Return the words of a title, a name or a note on one line; "" for one that is made to exhaust its reader."""
    try:
        return BLANKS.sub(" ", read_fragment(html).text).strip()
    except RecordFaultError:
        return ""


def joined(parts: list[PageText]) -> PageText:
    """Return several texts as one, in order; parts without a word are left out."""
    return join_texts(parts)
